/*
 * Tasks of Microsoft Project, read: outline, assignments by task, what the file says of each.
 *
 * Number 0 is the project's own summary and becomes no task; empty rows (IsNull) neither. The
 * outline is told by levels in the order of rows; links and assignments refer to numbers (UID).
 */
#include "exchange/mspdi.h"

#include "base/i18n.h"

#include <stdlib.h>

static bool is_task(const struct xml_node *node)
{
	return !mspdi_yes(node, "IsNull") && mspdi_integer(node, "UID", 0) != 0 &&
	       mspdi_integer(node, "OutlineLevel", 1) > 0;
}

static void read_dates(struct mspdi_task *t)
{
	t->start = mspdi_moment(t->node, "Start");
	t->finish = mspdi_moment(t->node, "Finish");
	t->actual_start = mspdi_moment(t->node, "ActualStart");
	t->actual_finish = mspdi_moment(t->node, "ActualFinish");
	t->stop = mspdi_moment(t->node, "Stop");
	t->resume = mspdi_moment(t->node, "Resume");
}

static void read_task(struct mspdi *m, struct mspdi_task *t)
{
	t->uid = mspdi_integer(t->node, "UID", 0);
	t->level = (int)mspdi_integer(t->node, "OutlineLevel", 1);
	t->summary = mspdi_yes(t->node, "Summary");
	t->milestone = mspdi_yes(t->node, "Milestone");
	t->manual = mspdi_yes(t->node, "Manual");
	t->external = mspdi_yes(t->node, "ExternalTask");
	t->inactive = xml_child(t->node, "Active") && !mspdi_yes(t->node, "Active");
	t->own_calendar_only = mspdi_yes(t->node, "IgnoreResourceCalendar");
	read_dates(t);
	t->duration = mspdi_duration(t->node, "Duration", -1);
	t->unknown_length = t->duration < 0;
	if (t->unknown_length)
		t->duration = 0;
	if (t->unknown_length && xml_child_text(t->node, "Duration").len)
		import_note(m->found, m->name, t->node->line, "import-value",
			N_("the duration of %s cannot be read"), t->id, NULL);
	t->remaining = mspdi_duration(t->node, "RemainingDuration", -1);
	t->elapsed = mspdi_format_elapsed(mspdi_integer(t->node, "DurationFormat", 7));
	t->percent = (int)mspdi_integer(t->node, "PercentComplete", 0);
	if (t->percent < 0 || t->percent > 100)
		t->percent = 0;
	t->calendar = mspdi_calendar_find(m, mspdi_integer(t->node, "CalendarUID", -1));
}

/* Parents by level; a level that jumps hangs below the last row above it. */
static void read_outline(struct mspdi *m)
{
	uint32_t *open = arena_calloc(&m->out->arena, m->task_count + 1, sizeof(*open));
	size_t depth = 0;

	for (size_t i = 0; i < m->task_count; i++) {
		struct mspdi_task *t = &m->tasks[i];

		while (depth && m->tasks[open[depth - 1]].level >= t->level)
			depth--;
		t->parent = depth ? open[depth - 1] : MSPDI_NO_TASK;
		open[depth++] = (uint32_t)i;
		t->summary = false;
		if (t->parent != MSPDI_NO_TASK)
			m->tasks[t->parent].summary = true;
	}
}

static const struct mspdi_resource *resource_of(const struct mspdi *m, const struct xml_node *node)
{
	size_t index =
		mspdi_lookup(&m->resource_by_uid, mspdi_integer(node, "ResourceUID", -65535));

	return index == SIZE_MAX ? NULL : &m->resources[index];
}

static void read_assignment(
	const struct mspdi *m, struct mspdi_assignment *a, const struct xml_node *node)
{
	double units = 1;

	mspdi_number(node, "Units", &units);
	a->node = node;
	a->resource = resource_of(m, node);
	a->units = units > 0 && units < 1e6 ? (int64_t)(units * 10000 + 0.5) : 0;
	a->work = mspdi_duration(node, "Work", 0);
	a->remaining_work = mspdi_duration(node, "RemainingWork", -1);
	/* Both in tenths of minutes. */
	a->delay = (mspdi_integer(node, "Delay", 0) + mspdi_integer(node, "LevelingDelay", 0)) / 10;
	a->contour = (int)mspdi_integer(node, "WorkContour", 0);
	a->start = mspdi_moment(node, "Start");
	a->finish = mspdi_moment(node, "Finish");
}

/* Counting sort by task: assignments of one task stand together, in the order of the file. */
static void read_assignments(struct mspdi *m)
{
	const struct xml_node *list = xml_child(m->root, "Assignments");
	uint32_t at = 0;

	FOREACH_XML (list, "Assignment", node) {
		size_t task = mspdi_lookup(&m->task_by_uid, mspdi_integer(node, "TaskUID", -1));

		if (task != SIZE_MAX)
			m->tasks[task].assignment_count++;
	}
	for (size_t i = 0; i < m->task_count; i++) {
		m->tasks[i].first_assignment = at;
		at += m->tasks[i].assignment_count;
		m->tasks[i].assignment_count = 0;
	}
	m->assignments = arena_calloc(&m->out->arena, at, sizeof(*m->assignments));
	m->assignment_count = at;
	FOREACH_XML (list, "Assignment", node) {
		size_t task = mspdi_lookup(&m->task_by_uid, mspdi_integer(node, "TaskUID", -1));
		struct mspdi_task *t;

		if (task == SIZE_MAX)
			continue;
		t = &m->tasks[task];
		read_assignment(
			m, &m->assignments[t->first_assignment + t->assignment_count++], node);
	}
}

void mspdi_read_tasks(struct mspdi *m)
{
	const struct xml_node *list = xml_child(m->root, "Tasks");
	uint32_t number = m->options && m->options->first_task ? m->options->first_task : 1;
	size_t count = 0;

	FOREACH_XML (list, "Task", node)
		count += is_task(node);
	m->tasks = arena_calloc(&m->out->arena, count, sizeof(*m->tasks));
	FOREACH_XML (list, "Task", node) {
		struct mspdi_task *t = &m->tasks[m->task_count];

		if (!is_task(node))
			continue;
		t->node = node;
		t->id = arena_printf(&m->out->arena, "T-%u", number++);
		read_task(m, t);
		mspdi_index(m, &m->task_by_uid, t->uid, m->task_count++);
	}
	read_outline(m);
	read_assignments(m);
}
