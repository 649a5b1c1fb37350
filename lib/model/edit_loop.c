/*
 * Does a change of `depends`, `parent` or `status` make tasks wait for each other in a circle?
 *
 * The schedule's network (plan/order.c): a task without parts is one node; one with parts is two, its opening, which its
 * parts wait for, and its closing, which waits for theirs. FF and SF links into a task with parts hold its closing, all
 * others its opening; every link comes from a closing. Links between a task and its own part are refused by the schedule
 * whatever their type, so here they hold the opening. Cancelled tasks hold nothing back.
 *
 * A circle that the change closes leads through the changed task: a walk, breadth first, over what it waits for comes back
 * to it, by the shortest way. One that leads through it already is not the caller's fault and is let pass.
 * Cost: nothing for changes of other fields; else O(tasks) once an edit and O(tasks + links) a change.
 */
#include "model/edit-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

#define NO_TASK UINT32_MAX
enum { LOOP_SHOWN = 24 };

struct loop_task {
	struct slice id, depends;
	uint32_t parent, first_child, next_sibling; /* NO_TASK: none */
	bool cancelled;
};

/* The tasks as this edit leaves them: those of the project by kind_number, then those that it makes. */
struct edit_links {
	struct vec tasks; /* struct loop_task */
	struct map added; /* folded id → index */
};

/* Nodes: 2 * task is an opening (or a task without parts), 2 * task + 1 a closing. */
struct walk {
	struct edit *edit;
	struct edit_links *links;
	const struct loop_task *tasks;
	uint32_t *for_whom; /* by node: the one that waits for it, + 1; 0: not met */
	uint32_t *queue, head, len;
	uint32_t task, node; /* whose links are read, and which of its nodes is asked about */
	uint32_t now;        /* who waits for what is met */
};

static uint32_t find_task(const struct edit *edit, const struct edit_links *links, struct slice id)
{
	const struct record *record = project_find(edit->project, kind_find(slice_of("task")), id);
	uintptr_t index = NO_TASK;
	struct arena arena;

	if (record)
		return record->kind_number;
	if (links->added.len == 0)
		return NO_TASK;
	arena_init(&arena);
	if (!map_get(&links->added, id_fold(id, &arena), &index))
		index = NO_TASK;
	arena_release(&arena);
	return (uint32_t)index;
}

static void adopt(struct edit_links *links, uint32_t index, uint32_t parent)
{
	struct loop_task *tasks = links->tasks.items;

	tasks[index].parent = parent;
	if (parent == NO_TASK)
		return;
	tasks[index].next_sibling = tasks[parent].first_child;
	tasks[parent].first_child = index;
}

static void leave(struct edit_links *links, uint32_t index)
{
	struct loop_task *tasks = links->tasks.items;
	uint32_t *at;

	if (tasks[index].parent == NO_TASK)
		return;
	for (at = &tasks[tasks[index].parent].first_child; *at != index;)
		at = &tasks[*at].next_sibling;
	*at = tasks[index].next_sibling;
	tasks[index].next_sibling = tasks[index].parent = NO_TASK;
}

static struct slice text_of(const struct record *record, const char *field)
{
	struct slice text;

	return record_text(record, field, &text) ? slice_trim(text) : slice_new(NULL, 0);
}

static struct edit_links *read_links(struct edit *edit)
{
	const struct kind *kind = kind_find(slice_of("task"));
	struct edit_links *links = xcalloc(1, sizeof(*links));
	const struct record *record;

	vec_init(&links->tasks, sizeof(struct loop_task));
	map_init(&links->added);
	FOREACH_RECORD(edit->project, kind, record)
	*(struct loop_task *)vec_push(&links->tasks) = (struct loop_task){ record->id,
		text_of(record, "depends"), NO_TASK, NO_TASK, NO_TASK,
		slice_is(text_of(record, "status"), "cancelled") };
	FOREACH_RECORD(edit->project, kind, record)
	adopt(links, record->kind_number, find_task(edit, links, text_of(record, "parent")));
	return links;
}

void edit_links_free(struct edit_links *links)
{
	if (!links)
		return;
	vec_release(&links->tasks);
	map_release(&links->added);
	free(links);
}

static uint32_t last_node(const struct walk *w, uint32_t task)
{
	return w->tasks[task].first_child == NO_TASK ? 2 * task : 2 * task + 1;
}

static void meet(struct walk *w, uint32_t node)
{
	if (w->for_whom[node])
		return;
	w->for_whom[node] = w->now + 1;
	w->queue[w->len++] = node;
}

/* Parents may lead in a circle already: no more steps than tasks. */
static bool is_part(const struct walk *w, uint32_t task, uint32_t whole)
{
	for (size_t i = 0; task != NO_TASK && i <= w->links->tasks.len; i++, task = w->tasks[task].parent)
		if (task == whole)
			return true;
	return false;
}

static void meet_link(void *context, const struct dependency *link)
{
	struct walk *w = context;
	uint32_t from = link->project.len ? NO_TASK : find_task(w->edit, w->links, link->id);
	bool closing = link->type == LINK_FF || link->type == LINK_SF;

	if (from == NO_TASK || w->tasks[from].cancelled)
		return;
	if (closing && last_node(w, w->task) != 2 * w->task && !is_part(w, from, w->task)) {
		if (w->node == 2 * w->task + 1)
			meet(w, last_node(w, from));
	} else if (w->node == 2 * w->task) {
		meet(w, last_node(w, from));
	}
}

/* All that the node waits for. */
static void look_behind(struct walk *w, uint32_t node)
{
	const struct loop_task *task = &w->tasks[node / 2];

	w->now = w->node = node;
	w->task = node / 2;
	if (task->depends.len > 0 && !task->cancelled)
		dependencies_parse(task->depends, &w->edit->project->units, meet_link, w, NULL);
	if (node % 2 == 0 && task->parent != NO_TASK)
		meet(w, 2 * task->parent);
	if (node % 2 == 1)
		for (uint32_t child = task->first_child; child != NO_TASK; child = w->tasks[child].next_sibling)
			meet(w, last_node(w, child));
}

/* "T-3 → T-7 → T-3": from the one that is waited for to the one that waits. */
static const char *loop_text(const struct walk *w, uint32_t start)
{
	struct slice first = w->tasks[start / 2].id;
	uint32_t node = start, last = start / 2;
	struct strbuf text;
	int shown = 1;

	strbuf_init(&text);
	strbuf_add_slice(&text, first);
	while ((node = w->for_whom[node] - 1) != start) {
		if (node / 2 == last)
			continue;
		last = node / 2;
		if (last == start / 2)
			break;
		if (++shown <= LOOP_SHOWN)
			strbuf_addf(&text, " → %.*s", (int)w->tasks[last].id.len, w->tasks[last].id.at);
	}
	strbuf_addf(&text, "%s → %.*s", shown > LOOP_SHOWN ? " → …" : "", (int)first.len, first.at);
	const char *loop = edit_text(w->edit, strbuf_slice(&text));
	strbuf_release(&text);
	return loop;
}

static const char *loop_from(struct edit *edit, struct edit_links *links, uint32_t start)
{
	size_t nodes = 2 * links->tasks.len;
	struct walk w = { .edit = edit, .links = links, .tasks = links->tasks.items };
	const char *loop;

	w.for_whom = xcalloc(nodes, sizeof(*w.for_whom));
	w.queue = xcalloc(nodes, sizeof(*w.queue));
	look_behind(&w, start);
	while (w.head < w.len && !w.for_whom[start])
		look_behind(&w, w.queue[w.head++]);
	loop = w.for_whom[start] ? loop_text(&w, start) : NULL;
	free(w.for_whom);
	free(w.queue);
	return loop;
}

/* A loop through the task, NULL when there is none. */
static const char *loop_through(struct edit *edit, struct edit_links *links, uint32_t task)
{
	const struct loop_task *tasks = links->tasks.items;
	const char *loop = loop_from(edit, links, 2 * task);

	if (!loop && tasks[task].first_child != NO_TASK)
		loop = loop_from(edit, links, 2 * task + 1);
	return loop;
}

static uint32_t add_task(struct edit *edit, struct edit_links *links, struct slice id)
{
	uint32_t index = (uint32_t)links->tasks.len;

	*(struct loop_task *)vec_push(&links->tasks) =
		(struct loop_task){ .id = id, .parent = NO_TASK, .first_child = NO_TASK, .next_sibling = NO_TASK };
	map_put(&links->added, id_fold(id, &edit->arena), index);
	return index;
}

/* What of a task makes it wait for others. */
struct waiting {
	struct slice depends;
	uint32_t parent;
	bool cancelled;
};

static void change(struct edit_links *links, uint32_t index, const struct waiting *to)
{
	struct loop_task *tasks = links->tasks.items;

	tasks[index].depends = to->depends;
	tasks[index].cancelled = to->cancelled;
	if (tasks[index].parent == to->parent)
		return;
	leave(links, index);
	adopt(links, index, to->parent);
}

static struct slice written(struct edit *edit, struct document *document, size_t section, const char *field)
{
	struct slice text = { NULL, 0 };

	return ini_doc_get(&document->doc, section, slice_of(field), &text) ? arena_slice(&edit->arena, slice_trim(text))
									     : slice_new(NULL, 0);
}

static bool is_as_before(const struct record *before, const struct waiting *now, struct slice parent)
{
	return slice_equal(now->depends, text_of(before, "depends")) && slice_equal(parent, text_of(before, "parent")) &&
		now->cancelled == slice_is(text_of(before, "status"), "cancelled");
}

int edit_check_loop(struct edit *edit, const struct kind *kind, const struct record *before, struct slice id,
	struct document *document, size_t section)
{
	if (kind != kind_find(slice_of("task")))
		return 0;
	struct waiting new = { written(edit, document, section, "depends"), NO_TASK,
		slice_is(written(edit, document, section, "status"), "cancelled") };
	struct slice parent = written(edit, document, section, "parent");

	if (before ? is_as_before(before, &new, parent) : new.depends.len == 0 && parent.len == 0)
		if (!edit->links)
			return 0;
	if (!edit->links)
		edit->links = read_links(edit);
	struct edit_links *links = edit->links;
	uint32_t index = before ? before->kind_number : add_task(edit, links, id);
	struct loop_task *task = vec_at(&links->tasks, index);
	struct waiting old = { task->depends, task->parent, task->cancelled };
	new.parent = find_task(edit, links, parent);
	change(links, index, &new);
	const char *loop = loop_through(edit, links, index);
	if (!loop)
		return 0;
	change(links, index, &old);
	if (before && loop_through(edit, links, index)) {
		change(links, index, &new);
		return 0;
	}
	diagnose(edit->found, (struct place){ NULL, 0, 0 }, "cycle", N_("this would close a loop: %s"), loop, NULL);
	return -1;
}
