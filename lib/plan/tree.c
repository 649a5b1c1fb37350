/*
 * The work breakdown structure: task records in WBS order, parents before children, siblings as they stand in the files.
 *
 * Cost: O(tasks), one look-up a parent; without recursion, so depth does not matter.
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/* By the record's number among tasks; NO_TASK where there is none. */
struct family {
	uint32_t *parent, *first_child, *next_sibling;
	uint32_t first_top;
	size_t count;
};

static char *text_of(struct slice text)
{
	return xstrndup(text.len ? text.at : "", text.len);
}

static uint32_t parent_of(struct plan_builder *b, const struct record *record, size_t field)
{
	const struct entry *entry = record_entry(record, field);
	const struct record *parent;
	struct slice id;
	char *word;

	if (!entry)
		return PLAN_NO_TASK;
	id = slice_trim(entry->text);
	if (id.len == 0)
		return PLAN_NO_TASK;
	parent = project_find(b->project, b->kind, id);
	if (parent)
		return parent->kind_number;
	word = text_of(id);
	diagnostic_record(b->found,
		diagnose(b->found, entry_place(b->project, record, entry, 0), "ref-unknown",
			N_("unknown %s '%s' in '%s'"), "task", word, "parent", (const char *)NULL),
		record_name(&b->scratch, record));
	free(word);
	return PLAN_NO_TASK;
}

/* Cuts each circle of parents at one task, which becomes a top-level one, and reports it. O(tasks): marks by walk. */
static void cut_circles(struct plan_builder *b, struct family *f)
{
	uint32_t *walk = xcalloc(f->count, sizeof(*walk)); /* 0: not seen; else the walk that saw it */

	for (uint32_t i = 0; i < f->count; i++) {
		uint32_t at = i;

		while (at != PLAN_NO_TASK && walk[at] == 0) {
			walk[at] = i + 1;
			at = f->parent[at];
		}
		if (at != PLAN_NO_TASK && walk[at] == i + 1) {
			const struct record *record = project_at(b->project, b->kind, at);
			char *id = text_of(record->id);

			diagnose(b->found, record_place(b->project, record), "parent-cycle",
				N_("the parents of '%s' lead back to it"), id, (const char *)NULL);
			free(id);
			f->parent[at] = PLAN_NO_TASK;
		}
	}
	free(walk);
}

static void find_family(struct plan_builder *b, struct family *f)
{
	size_t field = kind_field_find(b->kind, slice_of("parent"));
	size_t bytes = f->count * sizeof(uint32_t);

	f->parent = arena_alloc(&b->scratch, bytes);
	f->first_child = arena_alloc(&b->scratch, bytes);
	f->next_sibling = arena_alloc(&b->scratch, bytes);
	memset(f->first_child, 0xff, bytes);
	f->first_top = PLAN_NO_TASK;
	for (uint32_t i = 0; i < f->count; i++)
		f->parent[i] = parent_of(b, project_at(b->project, b->kind, i), field);
	cut_circles(b, f);
	for (uint32_t i = (uint32_t)f->count; i-- > 0;) {
		uint32_t *head = f->parent[i] == PLAN_NO_TASK ? &f->first_top : &f->first_child[f->parent[i]];

		f->next_sibling[i] = *head;
		*head = i;
	}
}

/* Next record in WBS order after `at`, whose subtree ends there when it has no children. */
static uint32_t step(const struct family *f, struct plan *plan, uint32_t at, uint32_t placed)
{
	if (f->first_child[at] != PLAN_NO_TASK)
		return f->first_child[at];
	for (;;) {
		plan->subtree_end[plan->network->task_of[at]] = placed;
		if (f->next_sibling[at] != PLAN_NO_TASK)
			return f->next_sibling[at];
		at = f->parent[at];
		if (at == PLAN_NO_TASK)
			return PLAN_NO_TASK;
	}
}

/* Depth stops counting where it no longer fits. */
static uint16_t below(uint16_t level)
{
	return level < UINT16_MAX ? (uint16_t)(level + 1) : level;
}

static void place_tasks(struct plan_builder *b, const struct family *f)
{
	struct plan *plan = b->plan;
	uint32_t placed = 0;

	for (uint32_t at = f->first_top; at != PLAN_NO_TASK; at = step(f, plan, at, placed)) {
		uint32_t task = placed++;
		uint32_t parent = f->parent[at] == PLAN_NO_TASK ? PLAN_NO_TASK :
								  plan->network->task_of[f->parent[at]];

		plan->network->task_of[at] = task;
		plan->records[task] = project_at(b->project, b->kind, at);
		plan->parent[task] = parent;
		plan->level[task] = parent == PLAN_NO_TASK ? 0 : below(plan->level[parent]);
		plan->flags[task] = f->first_child[at] == PLAN_NO_TASK ? 0 : PLAN_SUMMARY;
	}
}

static void number_siblings(struct plan *plan)
{
	uint32_t *next = xcalloc((size_t)plan->task_count + 1, sizeof(*next)); /* by parent; the last: top level */

	for (uint32_t i = 0; i < plan->task_count; i++) {
		uint32_t parent = plan->parent[i] == PLAN_NO_TASK ? plan->task_count : plan->parent[i];

		plan->network->ordinal[i] = ++next[parent];
	}
	free(next);
}

void plan_build_tree(struct plan_builder *b)
{
	struct family family = { .count = b->plan->task_count };

	if (family.count == 0)
		return;
	find_family(b, &family);
	place_tasks(b, &family);
	number_siblings(b->plan);
}
