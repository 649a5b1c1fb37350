/* What freezing writes. */
#include "plan/baseline.h"

static void add_moment(struct strbuf *out, moment_t moment)
{
	char text[CIVIL_TEXT];

	strbuf_add_char(out, ' ');
	strbuf_add_str(out, moment == MOMENT_NONE ? "-" : moment_print_iso(moment, text));
}

static void add_amount(struct strbuf *out, decimal_t amount)
{
	strbuf_add_char(out, ' ');
	if (amount == 0)
		strbuf_add_char(out, '-');
	else
		decimal_print(out, amount, 0);
}

static decimal_t kept_value(const struct baseline_source *s, struct slice id)
{
	return s->previous ? baseline_planned_value_of(s->previous, s->plan, id, s->as_of) : 0;
}

static void count(decimal_t *sum, decimal_t cost, decimal_t kept)
{
	decimal_add(*sum, cost > kept ? cost : kept, sum);
}

/* The dates of the engine, and its cost where that is another than the schedule's. */
static void add_engine(const struct baseline_source *s, uint32_t task, decimal_t cost, decimal_t kept,
	struct strbuf *out)
{
	bool there = task != PLAN_NO_TASK;
	decimal_t engine_cost = there ? plan_own_cost(s->engine_costs, s->engine, task) : cost;

	add_moment(out, there ? s->engine->start[task] : MOMENT_NONE);
	add_moment(out, there ? s->engine->finish[task] : MOMENT_NONE);
	if (kept || engine_cost != cost)
		add_amount(out, kept);
	if (engine_cost == cost)
		return;
	strbuf_add_char(out, ' ');
	decimal_print(out, engine_cost, 0);
}

/* The same task in the other plan of the same project. */
static uint32_t counterpart(const struct plan *plan, uint32_t task, const struct plan *other)
{
	return plan_is_synthetic(plan, task) ? plan_find(other, plan_id(plan, task)) :
					       plan_task(other, plan->records[task]);
}

static void add_task(const struct baseline_source *s, uint32_t task, struct strbuf *out, decimal_t *sum)
{
	const struct plan *plan = s->plan;
	const struct units *units = &plan->project->units;
	struct slice id = plan_id(plan, task);
	decimal_t cost = plan_own_cost(s->costs, plan, task), kept = kept_value(s, id);

	strbuf_add_slice(out, id);
	add_moment(out, plan->start[task]);
	add_moment(out, plan->finish[task]);
	strbuf_add_char(out, ' ');
	if (plan->effort[task] && !(plan->flags[task] & PLAN_SUMMARY))
		duration_print(plan->effort[task], false, units, out);
	else
		strbuf_add_char(out, '-');
	add_amount(out, cost);
	add_engine(s, counterpart(plan, task, s->engine), cost, kept, out);
	count(sum, cost, kept);
}

/* What the engine alone plans: times of a cancelled series, which to it is no fact. */
static void add_unplanned(const struct baseline_source *s, struct strbuf *out, decimal_t *sum)
{
	for (uint32_t i = 0; i < s->engine->task_count; i++) {
		decimal_t kept;

		if (counterpart(s->engine, i, s->plan) != PLAN_NO_TASK)
			continue;
		kept = kept_value(s, plan_id(s->engine, i));
		if (out->len)
			strbuf_add_char(out, '\n');
		strbuf_add_slice(out, plan_id(s->engine, i));
		strbuf_add_str(out, " - - - -");
		add_engine(s, i, 0, kept, out);
		count(sum, 0, kept);
	}
}

/* What an older baseline planned for tasks that are no longer there. */
static void add_gone(const struct baseline_source *s, struct strbuf *out, decimal_t *sum)
{
	for (size_t i = 0; s->previous && i < s->previous->count; i++) {
		struct slice id = s->previous->lines[i].id;
		bool there = plan_find(s->plan, id) != PLAN_NO_TASK || plan_find(s->engine, id) != PLAN_NO_TASK;
		decimal_t kept = there ? 0 : kept_value(s, id);

		if (kept == 0)
			continue;
		if (out->len)
			strbuf_add_char(out, '\n');
		strbuf_add_slice(out, id);
		strbuf_add_str(out, " - - - - - -");
		add_amount(out, kept);
		count(sum, 0, kept);
	}
}

void baseline_write_tasks(const struct baseline_source *source, struct strbuf *out, decimal_t *cost)
{
	*cost = 0;
	for (uint32_t i = 0; i < source->plan->task_count; i++) {
		if (i > 0)
			strbuf_add_char(out, '\n');
		add_task(source, i, out, cost);
	}
	add_unplanned(source, out, cost);
	add_gone(source, out, cost);
}
