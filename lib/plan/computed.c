/* The computed fields of tasks, for lists, conditions, sorting and JSON. */
#include "plan/plan-internal.h"

#include "base/alloc.h"

#include <string.h>

struct request {
	const struct plan *plan;
	uint32_t task;
	struct arena *arena;
};

static bool moment_value(struct value *out, moment_t m)
{
	out->type = TYPE_DATETIME;
	out->as.when.moment = m;
	out->as.when.has_time = true;
	return true;
}

static bool minutes_value(struct value *out, int64_t minutes, bool elapsed)
{
	out->type = TYPE_DURATION;
	out->as.estimate = (struct estimate){ minutes, minutes, minutes, false, elapsed };
	return true;
}

static bool start_value(const struct request *r, struct value *out)
{
	return moment_value(out, r->plan->start[r->task]);
}

static bool finish_value(const struct request *r, struct value *out)
{
	return moment_value(out, r->plan->finish[r->task]);
}

static bool early_start_value(const struct request *r, struct value *out)
{
	return moment_value(out, r->plan->early_start[r->task]);
}

static bool early_finish_value(const struct request *r, struct value *out)
{
	return moment_value(out, r->plan->early_finish[r->task]);
}

static bool late_start_value(const struct request *r, struct value *out)
{
	return moment_value(out, r->plan->late_start[r->task]);
}

static bool late_finish_value(const struct request *r, struct value *out)
{
	return moment_value(out, r->plan->late_finish[r->task]);
}

static bool total_float_value(const struct request *r, struct value *out)
{
	return minutes_value(out, r->plan->total_float[r->task], false);
}

static bool free_float_value(const struct request *r, struct value *out)
{
	return minutes_value(out, r->plan->free_float[r->task], false);
}

static bool independent_float_value(const struct request *r, struct value *out)
{
	return minutes_value(out, plan_independent_float(r->plan, r->task), false);
}

static bool interfering_float_value(const struct request *r, struct value *out)
{
	int64_t interfering = r->plan->total_float[r->task] - r->plan->free_float[r->task];

	return minutes_value(out, interfering > 0 ? interfering : 0, false);
}

static bool drag_value(const struct request *r, struct value *out)
{
	return r->plan->drag && !(r->plan->flags[r->task] & (PLAN_SUMMARY | PLAN_FINISHED | PLAN_CANCELLED)) &&
		minutes_value(out, r->plan->drag[r->task], false);
}

/* "T-9 not_after", "project finish": the same words in every language. */
static bool float_cause_value(const struct request *r, struct value *out)
{
	const char *field;
	uint32_t by;
	struct slice id;

	if (r->plan->total_float[r->task] >= 0)
		return false;
	by = plan_late_cause(r->plan, r->task, &field);
	if (!field)
		return false;
	id = by == PLAN_NO_TASK ? slice_of("project") : plan_id(r->plan, by);
	out->type = TYPE_LINE;
	out->as.text = slice_of(arena_printf(r->arena, "%.*s %s", (int)id.len, id.at, field));
	return true;
}

static bool duration_value(const struct request *r, struct value *out)
{
	return minutes_value(out, r->plan->duration[r->task], r->plan->flags[r->task] & PLAN_ELAPSED);
}

static bool wait_value(const struct request *r, struct value *out)
{
	return minutes_value(out, plan_wait(r->plan, r->task), false);
}

static bool frozen_value(const struct request *r, const moment_t *frozen, struct value *out)
{
	return frozen && frozen[r->task] != MOMENT_NONE && moment_value(out, frozen[r->task]);
}

static bool baseline_start_value(const struct request *r, struct value *out)
{
	return frozen_value(r, r->plan->baseline_start, out);
}

static bool baseline_finish_value(const struct request *r, struct value *out)
{
	return frozen_value(r, r->plan->baseline_finish, out);
}

static bool finish_variance_value(const struct request *r, struct value *out)
{
	const struct plan *plan = r->plan;

	return baseline_finish_value(r, out) &&
		minutes_value(out, calendar_between(plan->task_calendar[r->task], plan->baseline_finish[r->task],
			plan->finish[r->task]), false);
}

static bool critical_value(const struct request *r, struct value *out)
{
	out->type = TYPE_YESNO;
	out->as.yes = r->plan->flags[r->task] & PLAN_CRITICAL;
	return true;
}

static bool level_value(const struct request *r, struct value *out)
{
	out->type = TYPE_INTEGER;
	out->as.integer = r->plan->level[r->task] + 1;
	return true;
}

static bool wbs_value(const struct request *r, struct value *out)
{
	struct strbuf code;

	strbuf_init(&code);
	plan_wbs_code(r->plan, r->task, &code);
	out->type = TYPE_LINE;
	out->as.text = arena_slice(r->arena, strbuf_slice(&code));
	strbuf_release(&code);
	return true;
}

static void list_value(const struct request *r, struct value *out, size_t room)
{
	out->type = TYPE_REFS;
	out->as.list.items = arena_calloc(r->arena, room + 1, sizeof(struct slice));
	out->as.list.count = 0;
}

static bool assigned_value(const struct request *r, struct value *out)
{
	uint32_t count = plan_people(r->plan, r->task, NULL, 0), all;
	const struct plan_resource *resources = plan_resources(r->plan, &all);
	uint32_t *people = arena_calloc(r->arena, (size_t)count + 1, sizeof(*people));

	list_value(r, out, count);
	plan_people(r->plan, r->task, people, count);
	for (uint32_t i = 0; i < count; i++)
		out->as.list.items[out->as.list.count++] = resources[people[i]].record->id;
	return count > 0;
}

static void list_add(const struct request *r, struct value *out, uint32_t task)
{
	out->as.list.items[out->as.list.count++] = r->plan->records[task]->id;
}

static bool children_value(const struct request *r, struct value *out)
{
	const struct plan *plan = r->plan;
	size_t count = 0;

	for (uint32_t c = r->task + 1; c < plan->subtree_end[r->task]; c = plan->subtree_end[c])
		count += !plan_is_synthetic(plan, c);
	list_value(r, out, count);
	for (uint32_t c = r->task + 1; c < plan->subtree_end[r->task]; c = plan->subtree_end[c])
		if (!plan_is_synthetic(plan, c))
			list_add(r, out, c);
	return count > 0;
}

static bool successors_value(const struct request *r, struct value *out)
{
	const struct plan *plan = r->plan;
	uint32_t from = plan->first_out[r->task], to = plan->first_out[r->task + 1];

	list_value(r, out, to - from);
	for (uint32_t k = from; k < to; k++) {
		uint32_t after = plan->links[plan->links_out[k]].to;

		/* A buffer stands for its milestone; its parent is no successor. */
		if (!plan_is_synthetic(plan, after) || plan_synthetic(plan, after)->before)
			list_add(r, out, after);
	}
	return out->as.list.count > 0;
}

static const struct {
	const char *name;
	bool (*value)(const struct request *request, struct value *out);
	bool structure; /* holds without a schedule */
} providers[] = {
	{ "start", start_value, false },
	{ "finish", finish_value, false },
	{ "early_start", early_start_value, false },
	{ "early_finish", early_finish_value, false },
	{ "late_start", late_start_value, false },
	{ "late_finish", late_finish_value, false },
	{ "total_float", total_float_value, false },
	{ "free_float", free_float_value, false },
	{ "independent_float", independent_float_value, false },
	{ "interfering_float", interfering_float_value, false },
	{ "drag", drag_value, false },
	{ "float_cause", float_cause_value, false },
	{ "critical", critical_value, false },
	{ "scheduled_duration", duration_value, false },
	{ "wait", wait_value, false },
	{ "assigned", assigned_value, false },
	{ "finish_variance", finish_variance_value, false },
	{ "baseline_start", baseline_start_value, true },
	{ "baseline_finish", baseline_finish_value, true },
	{ "level", level_value, true },
	{ "wbs", wbs_value, true },
	{ "children", children_value, true },
	{ "successors", successors_value, true },
};

static bool provide(void *context, const struct record *record, const struct field *field, struct arena *arena,
	struct value *out)
{
	struct request request = { .plan = context, .arena = arena };

	if (!(field->flags & FIELD_COMPUTED))
		return false;
	request.task = plan_task(request.plan, record);
	if (request.task == PLAN_NO_TASK)
		return false;
	if (strcmp(field->name, "drag") == 0 && request.plan->project_finish != MOMENT_NONE)
		plan_find_drag(context);
	for (size_t i = 0; i < ARRAY_SIZE(providers); i++)
		if (strcmp(providers[i].name, field->name) == 0)
			return (providers[i].structure || request.plan->project_finish != MOMENT_NONE) &&
				providers[i].value(&request, out);
	return false;
}

struct computed plan_computed(struct plan *plan)
{
	return (struct computed){ .context = plan, .value = provide, .next = NULL };
}
