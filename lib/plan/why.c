/*
 * The chain of reasons, and what single changes on it gain.
 *
 * Idea: the pass that placed a task noted what set its start. A link leads to its predecessor, a parent's bound to what binds the
 * parent, busy people to the task that kept them last, a parent to its first child; a date or a fact ends the chain.
 * What a change gains is found by making it in the plan's arrays and scheduling again: levelling makes any shorter way wrong.
 * Cost: O(chain × uses of a resource); each change tried is one plan_schedule.
 */
#include "plan/why.h"

#include "base/alloc.h"
#include "plan/level-internal.h"

enum { TRIALS_MOST = 24, PEOPLE_MOST = 32 };

struct tracer {
	struct plan *plan;
	struct vec uses; /* struct plan_use */
};

/* What kept the resource last before the task began. */
static uint32_t rival_of(const struct tracer *t, const struct why_step *step)
{
	const struct plan_use *uses = t->uses.items, *best = NULL;

	for (size_t i = 0; i < t->uses.len; i++) {
		const struct plan_use *use = &uses[i];

		if (use->resource != step->resource || use->task == step->task || use->start >= step->start ||
			use->finish > step->start)
			continue;
		if (!best || use->finish > best->finish)
			best = use;
	}
	if (!best || best->finish < step->until - 7 * MINUTES_PER_DAY)
		return PLAN_NO_TASK;
	return best->task;
}

/* The link into one of its parents that leads to the latest start. */
static uint32_t parent_link(const struct plan *plan, uint32_t task)
{
	uint32_t best = PLAN_NO_LINK;
	moment_t latest = MOMENT_MIN;

	for (uint32_t at = plan->parent[task]; at != PLAN_NO_TASK; at = plan->parent[at])
		for (uint32_t k = plan->links_in[at]; k < plan->links_in[at + 1]; k++) {
			const struct plan_link *link = &plan->links[k];
			bool from_start = link->type == LINK_SS || link->type == LINK_SF;
			moment_t m = link_forward(plan, link, from_start ? plan->start[link->from] : plan->finish[link->from]);

			if (link->type == LINK_FF || link->type == LINK_SF || m <= latest)
				continue;
			latest = m;
			best = k;
		}
	return best;
}

/* The start that a link asks of a task: its bound, or that of the finish less the work. */
static moment_t start_asked(const struct plan *plan, const struct plan_link *link)
{
	bool from_start = link->type == LINK_SS || link->type == LINK_SF;
	moment_t m = link_forward(plan, link, from_start ? plan->start[link->from] : plan->finish[link->from]);

	if (link->type == LINK_FF || link->type == LINK_SF)
		m = work_start(plan, link->to, m, work_amount(plan, link->to));
	return m == MOMENT_NONE ? m : work_snap(plan, link->to, m);
}

/* Several links may ask for the very start it has: of these the one whose predecessor has the least float. */
static uint32_t holding_link(const struct plan *plan, uint32_t task)
{
	uint32_t best = plan->reason_link[task];

	for (uint32_t k = plan->links_in[task]; k < plan->links_in[task + 1]; k++) {
		const struct plan_link *link = &plan->links[k];

		if (start_asked(plan, link) != plan->start[task])
			continue;
		if (best == PLAN_NO_LINK || plan->total_float[link->from] < plan->total_float[plan->links[best].from])
			best = k;
	}
	return best;
}

static uint32_t first_child(const struct plan *plan, uint32_t task)
{
	uint32_t first = PLAN_NO_TASK;

	for (uint32_t c = task + 1; c < plan->subtree_end[task]; c = plan->subtree_end[c])
		if (!(plan->flags[c] & PLAN_CANCELLED) && (first == PLAN_NO_TASK || plan->start[c] < plan->start[first]))
			first = c;
	return first;
}

/* Of those who do the task, who is off the longest from then on. */
static uint32_t absent(const struct plan *plan, uint32_t task, moment_t from)
{
	uint32_t people[PEOPLE_MOST], count, best = LEVEL_NOBODY;
	const struct plan_resource *all = plan_resources(plan, &count);
	moment_t latest = calendar_next_working(plan->calendar, from);

	count = plan_people(plan, task, people, PEOPLE_MOST);
	for (uint32_t i = 0; i < count && i < PEOPLE_MOST; i++) {
		const struct plan_resource *r = &all[people[i]];
		moment_t back = r->calendar ? calendar_next_working(r->calendar, from) : MOMENT_NONE;

		if (back == MOMENT_NONE || back <= latest)
			continue;
		latest = back;
		best = people[i];
	}
	return best;
}

/* A bound that the start is later than: time off that is not the project's. A delay of its own is no time off. */
static void note_absence(const struct plan *plan, struct why_step *step)
{
	if (step->reason == REASON_PROJECT_START)
		step->until = plan->project_start;
	else if (step->reason == REASON_STATUS_DATE)
		step->until = plan->status;
	if (step->reason == REASON_PEOPLE || step->until == MOMENT_NONE || plan_is_summary(plan, step->task) ||
		plan_extra(plan, step->task)->delay > 0)
		return;
	step->off = calendar_between(plan->calendar, step->until, step->start) > 0;
	if (step->off)
		step->resource = absent(plan, step->task, step->until);
}

static struct why_step step_of(const struct tracer *t, uint32_t task)
{
	const struct plan *plan = t->plan;
	struct why_step step = { task, plan->start[task], MOMENT_NONE, (enum plan_reason)plan->reason[task], PLAN_NO_LINK,
		LEVEL_NOBODY, false, PLAN_NO_TASK };

	switch (step.reason) {
	case REASON_LINK: step.link = holding_link(plan, task); break;
	case REASON_PARENT: step.link = parent_link(plan, task); break;
	case REASON_CHILDREN: step.other = first_child(plan, task); break;
	case REASON_PEOPLE:
		step.resource = plan_held_by(plan, task, &step.until);
		step.other = rival_of(t, &step);
		break;
	default: break;
	}
	if (step.link != PLAN_NO_LINK) {
		const struct plan_link *link = &plan->links[step.link];
		bool from_start = link->type == LINK_SS || link->type == LINK_SF;

		step.other = link->from;
		if (link->type == LINK_FS || link->type == LINK_SS)
			step.until = link_forward(plan, link, from_start ? plan->start[link->from] : plan->finish[link->from]);
	}
	note_absence(plan, &step);
	return step;
}

void plan_why(struct plan *plan, uint32_t task, struct vec *out)
{
	struct tracer t = { .plan = plan };

	vec_init(out, sizeof(struct why_step));
	plan_uses(plan, &t.uses);
	while (task != PLAN_NO_TASK && out->len <= (size_t)plan->task_count) {
		struct why_step step = step_of(&t, task);

		vec_append(out, &step);
		task = step.other;
	}
	vec_release(&t.uses);
}

/* A change, made for one schedule and taken back. */
struct trial_change {
	struct plan *plan;
	const struct why_step *step;
	enum why_change change;
	uint32_t task;
	/* what was */
	const struct plan_assignment *assignment;
	const struct crew *crew;
	struct plan_link link;
	struct plan_extra extra;
	int64_t duration, effort;
	struct plan_resource *supplied; /* a stock that was short */
};

static bool make(struct trial_change *c)
{
	struct plan *plan = c->plan;
	struct plan_network *network = plan->network;

	c->assignment = network->assignment[c->task];
	c->crew = network->crew[c->task];
	c->extra = *plan_extra(plan, c->task);
	c->duration = plan->duration[c->task];
	c->effort = plan->effort[c->task];
	switch (c->change) {
	case CHANGE_OTHER_PERSON: /* who works as fast, and is never off or busy; of a material: enough */
		if (network->resources && c->step->resource != LEVEL_NOBODY && network->resources[c->step->resource].stock) {
			c->supplied = &network->resources[c->step->resource];
			c->supplied->stock = false;
			return true;
		}
		if (!c->assignment || c->assignment->choice)
			return false;
		network->assignment[c->task] = NULL;
		network->crew[c->task] = NULL;
		return true;
	case CHANGE_NO_LINK:
		c->link = plan->links[c->step->link];
		plan->links[c->step->link].percent = 0;
		plan->links[c->step->link].elapsed = true;
		plan->links[c->step->link].lag = -(int64_t)100 * 366 * MINUTES_PER_DAY;
		return true;
	case CHANGE_NO_CONSTRAINT:
		if (network->extra[c->task] == NO_EXTRA)
			return false;
		network->extras[network->extra[c->task]].not_before = MOMENT_NONE;
		network->extras[network->extra[c->task]].must_start = MOMENT_NONE;
		network->extras[network->extra[c->task]].must_finish = MOMENT_NONE;
		return true;
	default:
		plan->duration[c->task] /= 2;
		plan->effort[c->task] /= 2;
		return c->duration > 1 && !(plan->flags[c->task] & (PLAN_SUMMARY | PLAN_FINISHED));
	}
}

static void take_back(struct trial_change *c)
{
	struct plan *plan = c->plan;

	plan->network->assignment[c->task] = c->assignment;
	plan->network->crew[c->task] = c->crew;
	plan->duration[c->task] = c->duration;
	plan->effort[c->task] = c->effort;
	if (c->supplied)
		c->supplied->stock = true;
	if (c->change == CHANGE_NO_LINK)
		plan->links[c->step->link] = c->link;
	if (plan->network->extra[c->task] != NO_EXTRA)
		plan->network->extras[plan->network->extra[c->task]] = c->extra;
}

struct asking {
	struct plan *plan;
	const struct plan_options *options;
	uint32_t task;
	moment_t start; /* now */
	struct vec *out;
	int trials;
};

static void attempt(struct asking *a, const struct why_step *step, uint32_t number, enum why_change change, uint32_t task)
{
	struct trial_change c = { .plan = a->plan, .step = step, .change = change, .task = task };
	struct diagnostics found;
	struct err ignored;

	if (a->trials >= TRIALS_MOST)
		return;
	diagnostics_init(&found);
	err_init(&ignored);
	if (make(&c)) {
		a->trials++;
		if (plan_schedule(a->plan, a->options, &found, &ignored) == 0 && a->plan->start[a->task] < a->start)
			vec_append(a->out, &(struct why_gain){ change, number, task,
				calendar_between(a->plan->calendar, a->plan->start[a->task], a->start),
				a->plan->start[a->task] });
	}
	take_back(&c);
	diagnostics_release(&found);
	err_release(&ignored);
}

static void attempt_step(struct asking *a, const struct why_step *step, uint32_t number)
{
	bool given = step->reason == REASON_NOT_BEFORE || step->reason == REASON_MUST;

	if (step->reason == REASON_PEOPLE || (step->off && step->resource != LEVEL_NOBODY))
		attempt(a, step, number, CHANGE_OTHER_PERSON, step->task);
	if (step->link != PLAN_NO_LINK)
		attempt(a, step, number, CHANGE_NO_LINK, step->task);
	if (given)
		attempt(a, step, number, CHANGE_NO_CONSTRAINT, step->task);
	if (number > 0)
		attempt(a, step, number, CHANGE_HALF_WORK, step->task);
}

static int by_gain(const void *x, const void *y, void *context)
{
	const struct why_gain *a = x, *b = y;

	(void)context;
	return (a->gain < b->gain) - (a->gain > b->gain);
}

int plan_why_late(struct plan *plan, const struct plan_options *options, uint32_t task, const struct vec *chain,
	struct vec *out, struct err *err)
{
	struct asking a = { plan, options, task, plan->start[task], out, 0 };
	struct diagnostics found;
	int status;

	vec_init(out, sizeof(struct why_gain));
	for (size_t i = 0; i < chain->len; i++)
		attempt_step(&a, vec_at(chain, i), (uint32_t)i);
	vec_sort(out, by_gain, NULL);
	diagnostics_init(&found);
	status = plan_schedule(plan, options, &found, err);
	diagnostics_release(&found);
	return status;
}
