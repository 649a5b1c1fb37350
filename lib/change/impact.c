/*
 * Engine 1: critical path and planned cost as a function of the text alone.
 *
 * impact(P) = plan_build and plan_schedule with plan_engine_options: nothing that happened, nobody's limits, no
 *clock, no choice. Of it remain per task its own cost and its dates, and their sums. A measure is its difference
 *to what the baseline's lines say of the engine.
 *
 * Worked example: two tasks of 10d at 1000/d one after the other, frozen. One is made 12d, the other 9d:
 *	cost   +1,000 (5 %)   finish  +1d (5 % of 20d)   churn  2,000 + 1,000 = 3,000   tasks  2
 * so that shifting money between tasks shows in churn although the sum hardly moves.
 *
 * Cost: that of the schedule, and O(tasks).
 */
#include "change/impact.h"

#include "base/alloc.h"
#include "model/header.h"
#include "plan/baseline.h"
#include "plan/cost.h"
#include "plan/plan.h"

#include <stdlib.h>

static void impact_init(struct impact *impact)
{
	*impact = (struct impact){ .start = MOMENT_NONE, .finish = MOMENT_NONE, .cost_known = true };
	arena_init(&impact->arena);
	map_init(&impact->tasks);
}

void impact_release(struct impact *impact)
{
	map_release(&impact->tasks);
	arena_release(&impact->arena);
}

static void add_cost(struct impact *impact, decimal_t cost)
{
	impact->cost_known &= decimal_add(impact->cost, cost, &impact->cost);
}

/* Sums and ends; the same for a plan and for a baseline's lines, so that both are alike. */
static void add_task(struct impact *impact, struct slice id, struct impact_task task)
{
	struct impact_task *kept = arena_alloc(&impact->arena, sizeof(*kept));

	*kept = task;
	map_put(&impact->tasks, arena_slice(&impact->arena, id_fold(id, &impact->arena)), (uintptr_t)kept);
	add_cost(impact, task.cost);
	if (task.start != MOMENT_NONE && (impact->start == MOMENT_NONE || task.start < impact->start))
		impact->start = task.start;
	if (task.finish != MOMENT_NONE && (impact->finish == MOMENT_NONE || task.finish > impact->finish))
		impact->finish = task.finish;
}

static void take_plan(struct impact *impact, struct plan *plan)
{
	struct plan_costs costs;

	plan_costs_init(&costs, plan);
	impact->cost_known = costs.unknown == 0;
	map_reserve(&impact->tasks, plan->task_count);
	for (uint32_t i = 0; i < plan->task_count; i++) {
		struct impact_task task = { plan_own_cost(&costs, plan, i), plan->start[i], plan->finish[i] };

		add_task(impact, plan_id(plan, i), task);
		if (!(plan->flags[i] & (PLAN_SUMMARY | PLAN_OCCURRENCE)))
			impact->effort += plan->effort[i];
	}
	plan_costs_release(&costs);
}

void impact_check(struct impact *out, const struct project *project, struct diagnostics *found)
{
	struct plan_options options = plan_engine_options();
	struct plan plan;
	struct err err;

	impact_init(out);
	err_init(&err);
	out->computed = plan_build(&plan, project, &options, found, &err) == 0 &&
			plan_schedule(&plan, &options, found, &err) == 0;
	if (out->computed)
		take_plan(out, &plan);
	plan_release(&plan);
	err_release(&err);
}

void impact_of(struct impact *out, const struct project *project)
{
	struct diagnostics ignored;

	diagnostics_init(&ignored);
	impact_check(out, project, &ignored);
	diagnostics_release(&ignored);
}

/* --- the baseline --- */

/* A line that only keeps an older value is no task of the plan. */
static bool only_keeps(const struct baseline_line *line)
{
	return !baseline_line_planned(line) && line->engine_start == MOMENT_NONE &&
	       line->engine_finish == MOMENT_NONE;
}

/* The work of recurring tasks is told by no line of a cancelled one: it counts nowhere. */
static int64_t line_effort(const struct baseline_line *line)
{
	return slice_find(line->id, '#') < line->id.len ? 0 : line->effort;
}

static void take_line(void *context, const struct baseline_line *line)
{
	struct impact *impact = context;
	decimal_t cost = line->engine_cost == DECIMAL_NONE ? 0 : line->engine_cost;

	if (only_keeps(line))
		return;
	if (line->engine_start == MOMENT_NONE || line->engine_finish == MOMENT_NONE)
		impact->computed = false;
	impact->effort += line_effort(line);
	add_task(impact, line->id, (struct impact_task){ cost, line->engine_start, line->engine_finish });
}

struct frozen_impact {
	struct impact impact;
	uint32_t uses;
};

static struct frozen_impact *read_frozen(const struct project *project, const struct record *record)
{
	struct frozen_impact *frozen = xcalloc(1, sizeof(*frozen));

	impact_init(&frozen->impact);
	frozen->impact.computed = record != NULL;
	if (record)
		baseline_each_line(project, record, take_line, &frozen->impact);
	return frozen;
}

/* The figures of a baseline are those of its lines, read with the units. */
static bool reads_alike(const struct impact_base *a, const struct impact_base *b)
{
	return a->current == b->current && units_equal(&a->units, &b->units) && slice_equal(a->lines, b->lines);
}

void impact_base_read(struct impact_base *out, const struct project *project, const struct impact_base *like)
{
	const struct record *record = baseline_current(project);
	struct diagnostics ignored;
	struct err err;

	*out = (struct impact_base){ .units = project->units, .current = record != NULL };
	if (record)
		out->lines = record_text_or(record, "tasks");
	err_init(&err);
	diagnostics_init(&ignored);
	calendars_new(&out->calendars, project, &ignored, &err);
	out->calendar = calendars_find(out->calendars, slice_of(""));
	diagnostics_release(&ignored);
	err_release(&err);
	out->shared = like && reads_alike(out, like) ? like->shared : read_frozen(project, record);
	out->shared->uses++;
	out->frozen = &out->shared->impact;
}

void impact_base_release(struct impact_base *base)
{
	calendars_free(base->calendars);
	if (--base->shared->uses)
		return;
	impact_release(&base->shared->impact);
	free(base->shared);
}

/* --- measures --- */

enum measured { MEASURED_COST, MEASURED_FINISH, MEASURED_EFFORT, MEASURED_CHURN, MEASURED_TASKS };
static const char measured_names[] = "cost|finish|effort|churn|tasks";

static decimal_t magnitude(decimal_t amount)
{
	return amount == INT64_MIN ? INT64_MAX : amount < 0 ? -amount : amount;
}

/* Σ |cost - baseline's|, and how many tasks differ at all. False: the sum does not hold. */
static bool churn(const struct impact *frozen, const struct impact *impact, decimal_t *sum, int64_t *differing)
{
	bool holds = true;

	*sum = 0;
	*differing = 0;
	for (size_t i = 0; i < impact->tasks.len; i++) {
		const struct impact_task *now = (const struct impact_task *)impact->tasks.entries[i].value;
		const struct impact_task *then = map_get_pointer(&frozen->tasks, impact->tasks.entries[i].key);
		decimal_t difference;

		holds &= decimal_add(now->cost, then ? -then->cost : 0, &difference);
		holds &= decimal_add(*sum, magnitude(difference), sum);
		*differing += !then || difference || now->finish != then->finish || now->start != then->start;
	}
	for (size_t i = 0; i < frozen->tasks.len; i++) {
		const struct impact_task *then = (const struct impact_task *)frozen->tasks.entries[i].value;

		if (map_get(&impact->tasks, frozen->tasks.entries[i].key, NULL))
			continue;
		holds &= decimal_add(*sum, magnitude(then->cost), sum);
		*differing += 1;
	}
	return holds;
}

/* The measure in its own unit (money in ten-thousandths, minutes, tasks), and what 100 % of it is. */
static bool raw_measure(
	const struct impact_base *base, const struct impact *impact, int which, int64_t *value, int64_t *whole)
{
	const struct impact *frozen = base->frozen;
	int64_t differing;

	if (!base->current || !frozen->computed || !impact->computed)
		return false;
	if ((which == MEASURED_COST || which == MEASURED_CHURN) && (!frozen->cost_known || !impact->cost_known))
		return false;
	*whole = frozen->cost;
	switch (which) {
	case MEASURED_COST: return decimal_add(impact->cost, -frozen->cost, value);
	case MEASURED_CHURN: return churn(frozen, impact, value, &differing);
	case MEASURED_EFFORT:
		*whole = frozen->effort;
		*value = impact->effort - frozen->effort;
		return true;
	case MEASURED_FINISH:
		if (!base->calendar || frozen->finish == MOMENT_NONE || impact->finish == MOMENT_NONE)
			return false;
		*whole = calendar_between(base->calendar, frozen->start, frozen->finish);
		*value = calendar_between(base->calendar, frozen->finish, impact->finish);
		return true;
	case MEASURED_TASKS:
		*whole = (int64_t)frozen->tasks.len;
		churn(frozen, impact, &differing, value); /* the sum is not asked for */
		return true;
	default: return false;
	}
}

/* In percent of the whole, whose hundredth must be something. */
static bool in_percent(int64_t value, int64_t whole, struct value *out)
{
	*out = (struct value){ .type = TYPE_PERCENT };
	out->as.number = whole > 0 ? decimal_scale(value, 100 * DECIMAL_ONE, whole) : 0;
	return whole > 0;
}

static bool in_money(const struct impact_base *base, struct slice wanted, int64_t value, struct value *out)
{
	static const struct field money = { .name = "cost", .type = TYPE_MONEY };
	struct value_context context = { .units = &base->units };
	struct value other;
	struct arena none;
	bool good;

	arena_init(&none);
	good = value_parse(&other, &money, wanted, &context, &none, NULL) == 0 &&
	       (!other.as.money.currency[0] || slice_is(slice_of(other.as.money.currency), base->units.currency));
	arena_release(&none);
	*out = (struct value){ .type = TYPE_MONEY, .as.money.amount = value };
	memcpy(out->as.money.currency, base->units.currency, sizeof(base->units.currency));
	return good;
}

static bool in_time(const struct impact_base *base, struct slice wanted, int64_t value, struct value *out)
{
	struct estimate other;
	bool negative = slice_starts(wanted, "-");

	*out = (struct value){ .type = TYPE_DURATION, .as.estimate = { value, value, value, false, false } };
	return duration_parse(slice_from(wanted, negative), &base->units, &other, NULL) == 0 && !other.elapsed &&
	       !other.three_point;
}

static bool in_number(struct slice wanted, int64_t value, struct value *out)
{
	decimal_t other;

	*out = (struct value){ .type = TYPE_INTEGER, .as.integer = value };
	return decimal_parse(wanted, &other) == DECIMAL_OK && other % DECIMAL_ONE == 0;
}

bool impact_measure(const struct impact_base *base, const struct impact *impact, struct slice name,
	struct slice wanted, struct value *out)
{
	int which = word_index(measured_names, name);
	int64_t value, whole;
	decimal_t percent;

	if (which < 0 || !raw_measure(base, impact, which, &value, &whole))
		return false;
	if (slice_ends(wanted, "%"))
		return decimal_parse(slice_trim(slice_new(wanted.at, wanted.len - 1)), &percent) == DECIMAL_OK &&
		       in_percent(value, whole, out);
	if (which == MEASURED_COST || which == MEASURED_CHURN)
		return in_money(base, wanted, value, out);
	return which == MEASURED_TASKS ? in_number(wanted, value, out) : in_time(base, wanted, value, out);
}

bool impact_worse(const struct impact_base *base, const struct impact *before, const struct impact *after,
	struct slice name, enum condition_direction direction)
{
	int which = word_index(measured_names, name);
	int64_t then, now, whole;

	if (which < 0 || !raw_measure(base, before, which, &then, &whole) ||
		!raw_measure(base, after, which, &now, &whole))
		return true;
	return direction == DIRECTION_UP ? now > then : direction == DIRECTION_DOWN ? now < then : now != then;
}

bool impact_change(const struct impact_base *base, const struct impact *before, const struct impact *after,
	decimal_t *cost, int64_t *finish)
{
	if (!before->computed || !after->computed || !before->cost_known || !after->cost_known || !base->calendar)
		return false;
	*finish = 0;
	if (before->finish != MOMENT_NONE && after->finish != MOMENT_NONE)
		*finish = calendar_between(base->calendar, before->finish, after->finish);
	else if (before->finish != after->finish) /* the first tasks, or the last */
		*finish = after->finish == MOMENT_NONE
				  ? 0
				  : calendar_between(base->calendar, after->start, after->finish);
	return decimal_add(after->cost, -before->cost, cost);
}

/* --- a new baseline --- */

struct confirming {
	const struct impact *impact;
	struct arena *arena;
	struct map seen;
	int64_t effort;
	const char *wrong; /* NULL: nothing yet */
};

static void confirm_line(void *context, const struct baseline_line *line)
{
	struct confirming *c = context;
	decimal_t cost = line->engine_cost == DECIMAL_NONE ? 0 : line->engine_cost;
	struct slice id = id_fold(line->id, c->arena);
	const struct impact_task *task = map_get_pointer(&c->impact->tasks, id);

	if (only_keeps(line) || c->wrong)
		return;
	c->effort += line_effort(line);
	if (!map_add(&c->seen, id, 1, NULL) || !task || task->cost != cost || task->start != line->engine_start ||
		task->finish != line->engine_finish)
		c->wrong = arena_strndup(c->arena, line->id.at, line->id.len);
}

bool impact_confirms(const struct impact *impact, const struct project *project, const struct record *baseline,
	struct arena *arena, const char **wrong)
{
	struct confirming c = { .impact = impact, .arena = arena };

	*wrong = "";
	if (!impact->computed)
		return false;
	map_init(&c.seen);
	baseline_each_line(project, baseline, confirm_line, &c);
	if (c.wrong)
		*wrong = c.wrong;
	if (!c.wrong && (c.seen.len != impact->tasks.len || c.effort != impact->effort))
		c.wrong = *wrong;
	map_release(&c.seen);
	return !c.wrong;
}
