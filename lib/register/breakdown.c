#include "register/breakdown.h"

#include "base/alloc.h"

#include <stdlib.h>

struct checking {
	const struct plan *plan;
	int64_t longest;
	struct vec *findings;
};

static void add(struct checking *c, enum breakdown_fault fault, uint32_t task, int64_t is, int64_t should)
{
	struct breakdown_finding *finding = vec_push(c->findings);

	*finding = (struct breakdown_finding){ .fault = fault, .task = task, .is = is, .should = should };
}

static uint32_t count_parts(const struct plan *plan, uint32_t task)
{
	uint32_t count = 0;

	for (uint32_t child = task + 1; child < plan->subtree_end[task]; child = plan->subtree_end[child])
		count += !plan_is_synthetic(plan, child);
	return count;
}

static bool says(const struct record *record, const char *field)
{
	struct slice text;

	return record_text(record, field, &text) && slice_trim(text).len;
}

/* Who works on it counts for itself alone; who answers for a parent answers for its parts. */
static bool has_somebody(const struct plan *plan, uint32_t task)
{
	if (says(plan->records[task], "assign") || says(plan->records[task], "responsible"))
		return true;
	for (; task != PLAN_NO_TASK; task = plan->parent[task])
		if (says(plan->records[task], "accountable") || says(plan->records[task], "owner"))
			return true;
	return false;
}

static void check_effort(struct checking *c, uint32_t task)
{
	struct estimate own;
	struct slice text;
	int64_t mean;

	if (!record_text(c->plan->records[task], "effort", &text) ||
		duration_parse(slice_trim(text), &c->plan->project->units, &own, NULL) < 0)
		return;
	mean = estimate_mean(&own);
	if (mean != c->plan->effort[task])
		add(c, BREAKDOWN_EFFORT, task, mean, c->plan->effort[task]);
}

static void check_task(struct checking *c, uint32_t task)
{
	const struct plan *plan = c->plan;
	uint16_t flags = plan->flags[task];
	uint32_t parts = count_parts(plan, task);

	if (plan_is_synthetic(plan, task) || flags & PLAN_CANCELLED)
		return;
	if (parts) {
		if (parts == 1)
			add(c, BREAKDOWN_SINGLE, task, 0, 0);
		check_effort(c, task);
		return;
	}
	if (flags & PLAN_SUMMARY || flags & PLAN_MILESTONE)
		return;
	if (flags & PLAN_ESTIMATED)
		add(c, BREAKDOWN_NO_ESTIMATE, task, 0, 0);
	if (!has_somebody(plan, task))
		add(c, BREAKDOWN_NOBODY, task, 0, 0);
	if (!(flags & PLAN_ELAPSED) && plan->duration[task] > c->longest)
		add(c, BREAKDOWN_LONG, task, plan->duration[task], c->longest);
}

static void check_deliverables(struct checking *c)
{
	const struct project *project = c->plan->project;
	const struct kind *kind = kind_find(slice_of("deliverable"));
	bool *delivered = xcalloc(project_count(project, kind) + 1, sizeof(*delivered));
	struct record *record, *deliverable;
	struct slice rest, id;

	FOREACH_RECORD(project, kind_find(slice_of("task")), record) {
		rest = record_text_or(record, "deliverable");
		while (slice_next(&rest, ",\n", &id)) {
			deliverable = id.len ? project_find(project, kind, id) : NULL;
			if (deliverable)
				delivered[deliverable->kind_number] = true;
		}
	}
	FOREACH_RECORD(project, kind, record)
		if (!delivered[record->kind_number]) {
			add(c, BREAKDOWN_OUTSIDE, PLAN_NO_TASK, 0, 0);
			((struct breakdown_finding *)vec_at(c->findings, c->findings->len - 1))->deliverable = record;
		}
	free(delivered);
}

void breakdown_check(const struct plan *plan, int64_t longest, struct vec *findings)
{
	struct checking c = { plan, longest, findings };

	for (uint32_t task = 0; task < plan->task_count; task++)
		check_task(&c, task);
	check_deliverables(&c);
}
