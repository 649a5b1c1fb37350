#include "plan/attribution.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

static const char plan_kinds[] = "project|sequence|calendar|resource|team|rate|task";

enum { BUDGET_MOST = 256, BUDGET_LEAST = 8, BUDGET_TASKS = 200000 };

/* A plan's dates by task of the later plan, and its sums. */
struct state {
	moment_t *start, *finish; /* MOMENT_NONE: the task is not in it */
	moment_t project_finish;
	int64_t effort;
	decimal_t cost;
};

struct attributing {
	struct attribution *out;
	const struct attribution_request *request;
	const struct plan *after;
	const struct kind *tasks;
	bool *made;    /* by difference */
	size_t count;  /* of differences that are made in order: all but the idle ones, which stand behind them */
	uint32_t left; /* plans */
};

/* --- states --- */

static void state_init(struct state *s, uint32_t count)
{
	s->start = xcalloc((size_t)count * 2 + 1, sizeof(*s->start));
	s->finish = s->start + count;
	s->project_finish = MOMENT_NONE;
	s->effort = 0;
	s->cost = 0;
	for (uint32_t i = 0; i < 2 * count; i++)
		s->start[i] = MOMENT_NONE;
}

static void state_release(struct state *s)
{
	free(s->start);
}

static void state_of_plan(const struct attributing *a, struct state *s, const struct plan *plan, const struct plan_costs *costs)
{
	state_init(s, a->after->task_count);
	for (uint32_t i = 0; i < a->after->task_count; i++) {
		uint32_t task = plan_find(plan, plan_id(a->after, i));

		if (task == PLAN_NO_TASK)
			continue;
		s->start[i] = plan->start[task];
		s->finish[i] = plan->finish[task];
	}
	for (uint32_t i = 0; i < plan->task_count; i = plan->subtree_end[i])
		s->effort += plan->effort[i];
	s->project_finish = plan->task_count ? plan->project_finish : MOMENT_NONE;
	s->cost = costs->total;
}

/* What was frozen stands for the earlier plan's own; what it does not know does not differ. */
static void lay_over(const struct attributing *a, struct state *s, const struct snapshot *snapshot)
{
	for (uint32_t i = 0; i < a->after->task_count; i++) {
		const struct snapshot_task *task = snapshot_find(snapshot, plan_id(a->after, i));

		if (!task || task->start == MOMENT_NONE || task->finish == MOMENT_NONE)
			continue;
		s->start[i] = task->start;
		s->finish[i] = task->finish;
	}
	if (snapshot->finish != MOMENT_NONE)
		s->project_finish = snapshot->finish;
	if (snapshot->effort)
		s->effort = snapshot->effort;
	if (snapshot->knows_cost)
		s->cost = snapshot->cost;
}

static struct state state_copy(const struct attributing *a, const struct state *from)
{
	struct state copy;

	state_init(&copy, a->after->task_count);
	memcpy(copy.start, from->start, (size_t)a->after->task_count * 2 * sizeof(*copy.start));
	copy.project_finish = from->project_finish;
	copy.effort = from->effort;
	copy.cost = from->cost;
	return copy;
}

static bool state_equal(const struct attributing *a, const struct state *x, const struct state *y)
{
	return x->project_finish == y->project_finish && x->effort == y->effort && x->cost == y->cost &&
		memcmp(x->start, y->start, (size_t)a->after->task_count * 2 * sizeof(*x->start)) == 0;
}

static bool compute_state(struct attributing *a, struct state *s, const struct project *project, moment_t now)
{
	struct plan_options options = a->request->options;
	struct diagnostics found;
	struct plan_costs costs;
	struct plan plan;
	struct err ignored;
	bool good;

	options.now = now;
	diagnostics_init(&found);
	err_init(&ignored);
	good = plan_build(&plan, project, &options, &found, &ignored) == 0 &&
		plan_schedule(&plan, &options, &found, &ignored) == 0;
	if (good) {
		plan_costs_init(&costs, &plan);
		state_of_plan(a, s, &plan, &costs);
		plan_costs_release(&costs);
	}
	plan_release(&plan);
	err_release(&ignored);
	diagnostics_release(&found);
	a->out->plans++;
	a->left -= a->left > 0;
	return good;
}

/* The plan with the first `made` changes made. False when they make none. */
static bool state_between(struct attributing *a, struct state *s, size_t made)
{
	struct project project;
	bool good;

	for (size_t i = 0; i < a->count; i++)
		a->made[a->out->order[i]] = i < made;
	project_blend(&project, a->request->before->project, a->after->project, plan_kinds, &a->out->differences, a->made);
	good = compute_state(a, s, &project, a->request->before_now);
	project_release(&project);
	return good;
}

/* --- steps --- */

static int64_t size_of(int64_t minutes)
{
	return minutes < 0 ? -minutes : minutes;
}

/* By how far it moved the finish, then the start. */
static bool outweighs(const struct task_cause *a, const struct task_cause *b)
{
	if (size_of(a->finish) != size_of(b->finish))
		return size_of(a->finish) > size_of(b->finish);
	return size_of(a->start) > size_of(b->start);
}

static void keep_cause(struct attributing *a, uint32_t task, struct task_cause cause)
{
	struct task_cause *kept = &a->out->causes[(size_t)task * TASK_CAUSES];

	a->out->cause_count[task]++;
	for (size_t i = 0; i < TASK_CAUSES; i++) {
		struct task_cause other = kept[i];

		if (other.step != 0 && !outweighs(&cause, &other))
			continue;
		kept[i] = cause;
		cause = other;
		if (cause.step == 0)
			return;
	}
}

static int64_t moved_by(const struct calendar *calendar, moment_t before, moment_t after)
{
	return before == MOMENT_NONE || after == MOMENT_NONE || before == after ? 0 : calendar_between(calendar, before, after);
}

static void add_step(struct attributing *a, struct attribution_step step, const struct state *before, const struct state *after)
{
	const struct plan *plan = a->after;
	uint32_t number = (uint32_t)a->out->steps.len + 1;

	step.finish = moved_by(plan->calendar, before->project_finish, after->project_finish);
	step.effort = after->effort - before->effort;
	step.cost = after->cost - before->cost;
	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct calendar *calendar = plan->task_calendar[i];
		struct task_cause cause = { number, moved_by(calendar, before->start[i], after->start[i]),
			moved_by(calendar, before->finish[i], after->finish[i]) };

		if (cause.start == 0 && cause.finish == 0)
			continue;
		step.moved += !(plan->flags[i] & PLAN_SUMMARY);
		keep_cause(a, i, cause);
	}
	vec_append(&a->out->steps, &step);
}

/* --- dividing --- */

/* The plan when the first `at` changes are made. What lies up to the next mark is one group, perhaps to be divided. */
struct mark {
	size_t at;
	struct state state;
	bool whole;      /* one change, no effect, or not to be divided */
	int64_t finish;  /* how far the group moves the finish, and how many tasks: the heaviest is divided first */
	uint32_t moved;
};

/* Looks at the group behind marks[i]. */
static void weigh(const struct attributing *a, struct mark *marks, size_t i)
{
	struct mark *from = &marks[i], *to = &marks[i + 1];

	from->whole = to->at - from->at <= 1 || state_equal(a, &from->state, &to->state);
	from->finish = size_of(moved_by(a->after->calendar, from->state.project_finish, to->state.project_finish));
	from->moved = 0;
	for (uint32_t t = 0; !from->whole && t < a->after->task_count; t++)
		from->moved += from->state.start[t] != to->state.start[t] || from->state.finish[t] != to->state.finish[t];
}

/* The heaviest group that can be divided; count - 1 when there is none. */
static size_t heaviest(const struct mark *marks, size_t count)
{
	size_t best = count - 1;

	for (size_t i = 0; i + 1 < count; i++) {
		if (marks[i].whole)
			continue;
		if (best == count - 1 || marks[i].finish > marks[best].finish ||
			(marks[i].finish == marks[best].finish && marks[i].moved > marks[best].moved))
			best = i;
	}
	return best;
}

/* A point at or near the middle at which the changes up to it make a plan; 0: there is none, or the budget is used up. */
static size_t find_middle(struct attributing *a, size_t from, size_t to, struct state *s)
{
	size_t middle = from + (to - from) / 2;

	for (size_t away = 0; a->left > 0 && away < to - from; away++) {
		size_t at = away % 2 ? middle - (away + 1) / 2 : middle + away / 2;

		if (at > from && at < to && state_between(a, s, at))
			return at;
	}
	return 0;
}

static void insert_mark(struct vec *marks, size_t behind, struct mark mark)
{
	struct mark *items;

	vec_push(marks);
	items = marks->items;
	memmove(&items[behind + 2], &items[behind + 1], (marks->len - behind - 2) * sizeof(*items));
	items[behind + 1] = mark;
}

/* All changes lead from one state to the other; both are taken over. */
static void divide(struct attributing *a, struct state before, struct state after)
{
	struct vec marks;
	size_t i;

	vec_init(&marks, sizeof(struct mark));
	vec_append(&marks, &(struct mark){ .state = before });
	vec_append(&marks, &(struct mark){ .at = a->count, .state = after });
	weigh(a, marks.items, 0);
	while (i = heaviest(marks.items, marks.len), i + 1 < marks.len && a->left > 0) {
		struct mark *from = vec_at(&marks, i), *to = vec_at(&marks, i + 1), middle = { .whole = false };

		middle.at = find_middle(a, from->at, to->at, &middle.state);
		from->whole = middle.at == 0;
		if (from->whole)
			continue;
		insert_mark(&marks, i, middle);
		weigh(a, marks.items, i);
		weigh(a, marks.items, i + 1);
	}
	a->out->complete = i + 1 >= marks.len;
	for (i = 0; i < marks.len; i++) {
		struct mark *from = vec_at(&marks, i), *to = i + 1 < marks.len ? vec_at(&marks, i + 1) : NULL;

		if (to && !state_equal(a, &from->state, &to->state))
			add_step(a, (struct attribution_step){ .what = to->at > from->at ? STEP_CHANGES : STEP_OTHER, .first = from->at,
				.count = to->at - from->at }, &from->state, &to->state);
	}
	for (i = 0; i < marks.len; i++)
		state_release(&((struct mark *)marks.items)[i].state);
	vec_release(&marks);
}

/* --- order --- */

enum phase { PHASE_SETTINGS, PHASE_ADDED, PHASE_PLANNED, PHASE_REMOVED, PHASE_FACTS, PHASE_IDLE, PHASE_COUNT };

static const struct field *field_of(const struct difference *d)
{
	size_t at = d->what == DIFFERENCE_FIELD ? kind_field_find(d->after->kind, d->field) : FIELD_UNKNOWN;

	return at < FIELD_CUSTOM ? kind_field(d->after->kind, at) : NULL;
}

static bool is_fact(const struct difference *d)
{
	const struct field *field = field_of(d);

	return field && field->class == CLASS_FACT;
}

/* Words that no schedule reads: they need not be tried. */
static bool is_idle(const struct difference *d)
{
	static const char words[] = "title|baseline|account|acceptance|requirement|deliverable|ev_rule|ev_milestones|units_total|units_done";
	const struct field *field = field_of(d);

	if (d->what != DIFFERENCE_FIELD)
		return false;
	return !field || word_index(words, d->field) >= 0 || (field->class == CLASS_FREE && !slice_is(d->field, "distribution"));
}

static enum phase phase_of(const struct attributing *a, const struct difference *d)
{
	if (is_idle(d))
		return PHASE_IDLE;
	if ((d->after ? d->after : d->before)->kind != a->tasks)
		return PHASE_SETTINGS;
	if (d->what != DIFFERENCE_FIELD)
		return d->what == DIFFERENCE_ADDED ? PHASE_ADDED : PHASE_REMOVED;
	return is_fact(d) ? PHASE_FACTS : PHASE_PLANNED;
}

static void order_differences(struct attributing *a)
{
	const struct difference *items = a->out->differences.items;

	size_t next = 0;

	a->out->order = arena_calloc(&a->out->arena, a->out->differences.len + 1, sizeof(size_t));
	for (int phase = 0; phase < PHASE_COUNT; phase++) {
		a->count = phase == PHASE_IDLE ? next : a->count;
		for (size_t i = 0; i < a->out->differences.len; i++)
			if ((int)phase_of(a, &items[i]) == phase)
				a->out->order[next++] = i;
	}
}

/* Do tasks that both plans have stand in another order? */
static bool is_reordered(const struct attributing *a)
{
	const struct project *before = a->request->before->project;
	const struct record *last = NULL;
	struct record *record;

	FOREACH_RECORD(a->after->project, a->tasks, record) {
		const struct record *then = record_counterpart(before, record);

		if (then && last && then->number < last->number)
			return true;
		if (then)
			last = then;
	}
	return false;
}

/* Does the plan depend on the day on which it is computed? */
static bool follows_time(const struct attribution_request *r)
{
	const struct project *project = r->after->project;

	return r->before_now != r->after_now && (slice_is(slice_trim(project_setting(project, "status_date")), "today") ||
		slice_trim(project_setting(project, "start")).len == 0);
}

/* *from becomes *to, with a step when they differ. */
static void advance(struct attributing *a, enum attribution_what what, struct state *from, struct state *to)
{
	if (!state_equal(a, from, to))
		add_step(a, (struct attribution_step){ .what = what }, from, to);
	state_release(from);
	*from = *to;
}

static void attribute(struct attributing *a)
{
	const struct attribution_request *r = a->request;
	struct state at, next, end, last;
	bool time = follows_time(r);

	state_of_plan(a, &at, r->before, r->before_costs);
	if (r->frozen) {
		state_of_plan(a, &next, r->before, r->before_costs);
		lay_over(a, &at, r->frozen);
		advance(a, STEP_RULES, &at, &next);
	}
	if (is_reordered(a) && state_between(a, &next, 0))
		advance(a, STEP_ORDER, &at, &next);
	state_of_plan(a, &last, a->after, r->after_costs);
	time = time && compute_state(a, &end, a->after->project, r->before_now);
	if (!time) {
		divide(a, at, last);
		return;
	}
	divide(a, at, state_copy(a, &end));
	advance(a, STEP_TIME, &end, &last);
	state_release(&end);
}

static uint32_t budget_of(const struct attribution_request *r)
{
	uint32_t budget = BUDGET_TASKS / (r->after->task_count + 1);

	if (r->budget)
		return r->budget;
	return budget > BUDGET_MOST ? BUDGET_MOST : budget < BUDGET_LEAST ? BUDGET_LEAST : budget;
}

void attribution_init(struct attribution *out, const struct attribution_request *request)
{
	struct attributing a = { .out = out, .request = request, .after = request->after, .tasks = kind_find(slice_of("task")),
		.left = budget_of(request) };
	size_t tasks = request->after->task_count;

	*out = (struct attribution){ .complete = true };
	arena_init(&out->arena);
	vec_init(&out->differences, sizeof(struct difference));
	vec_init(&out->steps, sizeof(struct attribution_step));
	out->causes = arena_calloc(&out->arena, tasks * TASK_CAUSES + 1, sizeof(*out->causes));
	out->cause_count = arena_calloc(&out->arena, tasks + 1, sizeof(*out->cause_count));
	project_differences(request->before->project, request->after->project, plan_kinds, &out->differences);
	a.made = xcalloc(out->differences.len + 1, sizeof(*a.made));
	order_differences(&a);
	attribute(&a);
	free(a.made);
}

void attribution_release(struct attribution *attribution)
{
	vec_release(&attribution->differences);
	vec_release(&attribution->steps);
	arena_release(&attribution->arena);
}

const struct difference *attribution_difference(const struct attribution *attribution, const struct attribution_step *step, size_t i)
{
	return vec_at(&attribution->differences, attribution->order[step->first + i]);
}

const struct attribution_step *attribution_cause(const struct attribution *attribution, uint32_t task, int64_t slip)
{
	const struct task_cause *causes = &attribution->causes[(size_t)task * TASK_CAUSES];

	for (size_t i = 0; i < TASK_CAUSES && causes[i].step; i++)
		if (slip == 0 || (causes[i].finish > 0) == (slip > 0))
			return vec_at(&attribution->steps, causes[i].step - 1);
	return causes[0].step ? vec_at(&attribution->steps, causes[0].step - 1) : NULL;
}
