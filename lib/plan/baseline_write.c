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
	add_moment(out, s->engine->start[task]);
	add_moment(out, s->engine->finish[task]);
	if (kept)
		add_amount(out, kept);
	count(sum, cost, kept);
}

/* What an older baseline planned for tasks that are no longer there. */
static void add_gone(const struct baseline_source *s, struct strbuf *out, decimal_t *sum)
{
	for (size_t i = 0; s->previous && i < s->previous->count; i++) {
		struct slice id = s->previous->lines[i].id;
		decimal_t kept = plan_find(s->plan, id) != PLAN_NO_TASK ? 0 : kept_value(s, id);

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
	add_gone(source, out, cost);
}
