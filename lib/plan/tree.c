/*
 * The work breakdown structure: task records in WBS order, parents before children, siblings as they stand in the files.
 *
 * Synthetic tasks take their places among them: occurrences and a parent's buffer behind its last child, a milestone's
 * buffer before it. Entries are numbered: records first, then b->synthetic in its order.
 *
 * Cost: O(tasks), one look-up a parent; without recursion, so depth does not matter.
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

/* By the entry's number; NO_TASK where there is none. */
struct plan_family {
	uint32_t *parent, *first_child, *next_sibling;
	uint8_t *is_parent; /* by record */
	uint32_t first_top;
	size_t records, count;
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
static void cut_circles(struct plan_builder *b, struct plan_family *f)
{
	uint32_t *walk = xcalloc(f->count + 1, sizeof(*walk)); /* 0: not seen; else the walk that saw it */

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

void plan_build_family(struct plan_builder *b)
{
	struct plan_family *f = arena_calloc(&b->scratch, 1, sizeof(*f));
	size_t field = kind_field_find(b->kind, slice_of("parent"));

	b->family = f;
	f->records = f->count = project_count(b->project, b->kind);
	f->parent = arena_alloc(&b->scratch, (f->count + 1) * sizeof(uint32_t));
	for (uint32_t i = 0; i < f->count; i++)
		f->parent[i] = parent_of(b, project_at(b->project, b->kind, i), field);
	cut_circles(b, f);
	f->is_parent = arena_calloc(&b->scratch, f->count + 1, 1);
	for (uint32_t i = 0; i < f->count; i++)
		if (f->parent[i] != PLAN_NO_TASK)
			f->is_parent[f->parent[i]] = 1;
}

bool plan_family_is_parent(const struct plan_builder *b, uint32_t record)
{
	return b->family->is_parent[record];
}

static void push_front(struct plan_family *f, uint32_t entry, uint32_t parent)
{
	uint32_t *head = parent == PLAN_NO_TASK ? &f->first_top : &f->first_child[parent];

	f->parent[entry] = parent;
	f->next_sibling[entry] = *head;
	*head = entry;
}

/* Synthetic tasks behind the records; those that stand before their milestone are put there later. */
static void adopt_synthetic(struct plan_builder *b, struct plan_family *f, uint32_t *before)
{
	const struct plan_synthetic *items = b->synthetic.items;

	for (uint32_t k = (uint32_t)b->synthetic.len; k-- > 0;) {
		if (items[k].before)
			before[items[k].owner] = (uint32_t)f->records + k;
		else
			push_front(f, (uint32_t)f->records + k, items[k].owner);
	}
}

/* Lists of children, made from the end. */
static void link_family(struct plan_builder *b)
{
	struct plan_family *f = b->family;
	uint32_t *parents = f->parent, *before;
	size_t bytes;

	f->count = f->records + b->synthetic.len;
	bytes = (f->count + 1) * sizeof(uint32_t);
	f->parent = arena_alloc(&b->scratch, bytes);
	f->first_child = arena_alloc(&b->scratch, bytes);
	f->next_sibling = arena_alloc(&b->scratch, bytes);
	before = arena_alloc(&b->scratch, bytes);
	memset(f->first_child, 0xff, bytes);
	memset(before, 0xff, bytes);
	f->first_top = PLAN_NO_TASK;
	adopt_synthetic(b, f, before);
	for (uint32_t i = (uint32_t)f->records; i-- > 0;) {
		push_front(f, i, parents[i]);
		if (before[i] != PLAN_NO_TASK)
			push_front(f, before[i], parents[i]);
	}
}

/* Next record in WBS order after `at`, whose subtree ends there when it has no children. */
static uint32_t step(const struct plan_family *f, struct plan *plan, uint32_t at, uint32_t placed)
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

/* The flags of a task by what it is in the tree. */
static uint16_t flags_of(const struct plan_builder *b, const struct plan_family *f, uint32_t entry)
{
	const struct plan_synthetic *items = b->synthetic.items;

	if (entry >= f->records)
		return items[entry - f->records].at == MOMENT_NONE ? PLAN_BUFFER :
			items[entry - f->records].endless          ? PLAN_OCCURRENCE | PLAN_ENDLESS :
								     PLAN_OCCURRENCE;
	return f->first_child[entry] == PLAN_NO_TASK ? 0 : PLAN_SUMMARY;
}

static void note_synthetic(struct plan_builder *b, uint32_t number, uint32_t task)
{
	b->plan->network->synthetic[number].task = task;
	b->plan->network->synthetic_of[task] = number + 1;
}

/* Parents of nothing but endless series are no part of the finish either. */
static void mark_endless(struct plan *plan)
{
	for (uint32_t i = plan->task_count; i-- > 0;) {
		bool endless = plan_is_summary(plan, i);

		for (uint32_t c = i + 1; endless && c < plan->subtree_end[i]; c = plan->subtree_end[c])
			endless = plan->flags[c] & PLAN_ENDLESS;
		if (endless)
			plan->flags[i] |= PLAN_ENDLESS;
	}
}

static void place_tasks(struct plan_builder *b, const struct plan_family *f)
{
	const struct plan_synthetic *items = b->synthetic.items;
	struct plan *plan = b->plan;
	uint32_t placed = 0;

	for (uint32_t at = f->first_top; at != PLAN_NO_TASK; at = step(f, plan, at, placed)) {
		uint32_t task = placed++;
		uint32_t parent = f->parent[at] == PLAN_NO_TASK ? PLAN_NO_TASK :
								  plan->network->task_of[f->parent[at]];

		plan->network->task_of[at] = task;
		plan->records[task] = project_at(b->project, b->kind, at < f->records ? at : items[at - f->records].owner);
		if (at >= f->records)
			note_synthetic(b, at - (uint32_t)f->records, task);
		plan->parent[task] = parent;
		plan->level[task] = parent == PLAN_NO_TASK ? 0 : below(plan->level[parent]);
		plan->flags[task] = flags_of(b, f, at);
	}
}

/* Buffers have no number of their own: they go by their owner's code. */
static void number_siblings(struct plan *plan)
{
	uint32_t *next = xcalloc((size_t)plan->task_count + 1, sizeof(*next)); /* by parent; the last: top level */

	for (uint32_t i = 0; i < plan->task_count; i++) {
		uint32_t parent = plan->parent[i] == PLAN_NO_TASK ? plan->task_count : plan->parent[i];

		if (!(plan->flags[i] & PLAN_BUFFER))
			plan->network->ordinal[i] = ++next[parent];
	}
	free(next);
}

void plan_build_tree(struct plan_builder *b)
{
	if (b->plan->task_count == 0)
		return;
	link_family(b);
	place_tasks(b, b->family);
	mark_endless(b->plan);
	number_siblings(b->plan);
}
