/*
 * Tasks of Microsoft Project, written as sections.
 *
 * Length. Project keeps a duration and, for each assignment, work and units; whose hours count
 * decides which of them governs. Where all who work on a task keep the project's hours (or the task
 * says to ignore theirs), the duration on the task's calendar is exact and is written. Where
 * somebody's hours differ, each assignment's work is written instead
 * ("li.wei 50% 12d") and the finish follows from their calendars, as it does in Project.
 */
#include "exchange/mspdi.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>

static bool works(const struct mspdi_assignment *a)
{
	return a->resource && a->resource->type == 1 && a->work > 0 && a->units > 0;
}

/* Do the assignments' own calendars decide the finish, and can pmt compute it from them? */
static bool by_work(const struct mspdi *m, const struct mspdi_task *t)
{
	bool differ = false;
	int64_t work = 0;

	if (t->elapsed || t->summary || t->own_calendar_only ||
		(t->duration == 0 && !t->unknown_length))
		return false;
	for (uint32_t i = 0; i < t->assignment_count; i++) {
		const struct mspdi_assignment *a = &m->assignments[t->first_assignment + i];

		if (a->resource && a->resource->type == 1 && (a->delay || a->contour))
			return false; /* a plan for each person: the duration says more */
		if (!works(a))
			continue;
		work += a->work;
		differ |= a->resource->own_hours || t->calendar;
	}
	return differ && work > 0;
}

static void add_share(struct strbuf *out, int64_t units)
{
	strbuf_add_char(out, ' ');
	decimal_print(out, units * 100, 0);
	strbuf_add_char(out, '%');
}

/* A duration written out with each person's work would contradict itself where it does not follow
 * from units. */
static bool work_follows(const struct mspdi_task *t, const struct mspdi_assignment *a)
{
	int64_t expected = decimal_scale(t->duration, a->units, DECIMAL_ONE);

	return llabs(expected - a->work) <= 1 + t->duration / 1000;
}

static void add_material(struct strbuf *out, const struct mspdi_assignment *a)
{
	if (a->units == DECIMAL_ONE)
		return;
	if (a->units % DECIMAL_ONE == 0 && a->units > 0)
		strbuf_addf(out, " x%lld", (long long)(a->units / DECIMAL_ONE));
	else
		add_share(out, a->units);
}

static void put_assign(
	struct mspdi *m, struct import_section *s, const struct mspdi_task *t, bool by)
{
	struct strbuf text;

	strbuf_init(&text);
	for (uint32_t i = 0; i < t->assignment_count; i++) {
		const struct mspdi_assignment *a = &m->assignments[t->first_assignment + i];

		if (!a->resource || a->resource->type == 2)
			continue;
		strbuf_addf(&text, "%s%s", text.len ? ", " : "", a->resource->id);
		m->out->assignments++;
		if (a->resource->type == 0) {
			add_material(&text, a);
			continue;
		}
		if (a->units != a->resource->units && a->units > 0)
			add_share(&text, a->units);
		if (a->work > 0 && !t->summary && (by || !work_follows(t, a))) {
			strbuf_add_char(&text, ' ');
			duration_print(a->work, false, &m->units, &text);
		}
	}
	import_put(s, "assign", strbuf_slice(&text));
	strbuf_release(&text);
}

/* Somebody begins later than the others: shown, and felt through the interruptions it makes. */
static void put_delays(struct mspdi *m, struct import_section *s, const struct mspdi_task *t)
{
	struct strbuf text;

	strbuf_init(&text);
	for (uint32_t i = 0; i < t->assignment_count; i++) {
		const struct mspdi_assignment *a = &m->assignments[t->first_assignment + i];

		if (!a->resource || a->delay <= 0)
			continue;
		strbuf_addf(&text, "%s%s ", text.len ? ", " : "", a->resource->id);
		duration_print(a->delay, false, &m->units, &text);
	}
	import_put(s, "x_assignment_delay", strbuf_slice(&text));
	strbuf_release(&text);
}

static void add_lag(struct mspdi *m, struct strbuf *out, const struct xml_node *link)
{
	int64_t lag = mspdi_integer(link, "LinkLag", 0),
		format = mspdi_integer(link, "LagFormat", 7);

	if (!lag || llabs(lag) > 1000000000)
		return;
	if (lag > 0)
		strbuf_add_char(out, '+');
	if (mspdi_format_percent(format)) {
		strbuf_addf(out, "%lld%%", (long long)lag);
		return;
	}
	/* Tenths of minutes, whatever the unit it is shown in. */
	duration_print(
		(lag + (lag > 0 ? 5 : -5)) / 10, mspdi_format_elapsed(format), &m->units, out);
}

static bool is_ancestor(const struct mspdi *m, size_t above, size_t below)
{
	for (uint32_t p = m->tasks[below].parent; p != MSPDI_NO_TASK; p = m->tasks[p].parent)
		if (p == above)
			return true;
	return false;
}

static void put_depends(struct mspdi *m, struct import_section *s, const struct mspdi_task *t)
{
	static const char *const types[] = { "FF", "FS", "SF", "SS" };
	struct strbuf text;

	strbuf_init(&text);
	FOREACH_XML (t->node, "PredecessorLink", link) {
		size_t from =
			mspdi_lookup(&m->task_by_uid, mspdi_integer(link, "PredecessorUID", -1));
		int64_t type = mspdi_integer(link, "Type", 1);
		bool lagged = mspdi_integer(link, "LinkLag", 0) != 0;

		if (from == SIZE_MAX || is_ancestor(m, from, (size_t)(t - m->tasks)) ||
			is_ancestor(m, (size_t)(t - m->tasks), from)) {
			import_note(m->found, m->name, link->line, "import-dropped",
				N_("a link of %s to a task that is not in the file, or to its own "
				   "parent, is left out"),
				t->id, NULL);
			continue;
		}
		strbuf_addf(&text, "%s%s", text.len ? ", " : "", m->tasks[from].id);
		type = type < 0 || type > 3 ? 1 : type;
		if (type != 1 || lagged)
			strbuf_addf(&text, " %s", types[type]);
		add_lag(m, &text, link);
		m->out->links++;
	}
	import_put(s, "depends", strbuf_slice(&text));
	strbuf_release(&text);
}

static void put_constraint(struct mspdi *m, struct import_section *s, const struct mspdi_task *t)
{
	static const char *const fields[] = { NULL, NULL, "must_start", "must_finish", "not_before",
		"start_not_after", "finish_not_before", "not_after" };
	int64_t type = mspdi_integer(t->node, "ConstraintType", 0);
	moment_t date = mspdi_moment(t->node, "ConstraintDate");

	(void)m;
	if ((t->manual || t->external) && !t->summary) {
		/* It stays where a person, or another project, put it, whatever its links say. */
		if (t->actual_start == MOMENT_NONE)
			import_put_moment(s, "must_start", t->start);
		import_put(s, t->manual ? "x_manual" : "x_external", slice_of("yes"));
	} else if (type == 1) {
		import_put(s, "as_late_as_possible", slice_of("yes"));
	} else if (type >= 2 && type <= 7) {
		import_put_moment(s, fields[type], date);
	}
}

static void put_progress(
	struct mspdi *m, struct import_section *s, const struct mspdi_task *t, bool by)
{
	int64_t expected = t->duration * (100 - t->percent) / 100, work = 0;

	if (t->summary)
		return;
	import_put_moment(s, "actual_start", t->actual_start);
	if (t->percent == 100) {
		import_put_moment(s, "actual_finish",
			t->actual_finish != MOMENT_NONE ? t->actual_finish : t->finish);
		return;
	}
	import_put_moment(s, "actual_finish", t->actual_finish);
	if (t->percent > 0)
		import_putf(s, "progress", "%d%%", t->percent);
	if (t->actual_start == MOMENT_NONE)
		return;
	if (by) {
		for (uint32_t i = 0; i < t->assignment_count; i++) {
			const struct mspdi_assignment *a = &m->assignments[t->first_assignment + i];

			work += works(a) && a->remaining_work > 0 ? a->remaining_work : 0;
		}
		if (t->percent > 0 && work > 0)
			import_put_minutes(s, "remaining", work, false, &m->units);
	} else if (t->remaining >= 0 && t->remaining < t->duration &&
		   llabs(t->remaining - expected) > t->duration / 100 + 1) {
		import_put_minutes(s, "remaining", t->remaining, t->elapsed, &m->units);
	}
}

static void put_money(
	struct import_section *s, const char *key, const struct xml_node *node, const char *element)
{
	struct strbuf text;
	double hundredths;

	if (!mspdi_number(node, element, &hundredths) || hundredths == 0)
		return;
	strbuf_init(&text);
	decimal_print(&text, decimal_from_double(hundredths / 100), 0);
	import_put(s, key, strbuf_slice(&text));
	strbuf_release(&text);
}

static void put_spent(struct mspdi *m, struct import_section *s, const struct mspdi_task *t)
{
	int64_t work = mspdi_duration(t->node, "ActualWork", 0);

	if (t->summary)
		return;
	if (work > 0)
		import_put_minutes(s, "actual_effort", work, false, &m->units);
	put_money(s, "actual_cost", t->node, "ActualCost");
}

static void put_costs(struct mspdi *m, struct import_section *s, const struct mspdi_task *t)
{
	int64_t accrual = mspdi_integer(t->node, "FixedCostAccrual", 3);

	put_money(s, "fixed_cost", t->node, "FixedCost");
	if (mspdi_integer(t->node, "FixedCost", 0) && (accrual == 1 || accrual == 2))
		import_put(s, "fixed_cost_accrual", slice_of(accrual == 1 ? "start" : "end"));
	for (uint32_t i = 0; i < t->assignment_count; i++) {
		const struct mspdi_assignment *a = &m->assignments[t->first_assignment + i];

		if (a->resource && a->resource->type == 2)
			put_money(s, "x_cost", a->node, "Cost");
	}
}

static void put_delay(struct mspdi *m, struct import_section *s, const struct mspdi_task *t)
{
	int64_t delay = mspdi_integer(t->node, "LevelingDelay", 0) / 10;
	bool elapsed = mspdi_format_elapsed(mspdi_integer(t->node, "LevelingDelayFormat", 8));

	/* A task that has begun is where it is. */
	if (delay > 0 && t->actual_start == MOMENT_NONE)
		import_put_minutes(s, "levelling_delay", delay, elapsed, &m->units);
}

static void put_length(
	struct mspdi *m, struct import_section *s, const struct mspdi_task *t, bool by)
{
	if (t->summary)
		return;
	if (t->milestone && t->duration == 0)
		import_put(s, "milestone", slice_of("yes"));
	else if (!by && !t->unknown_length)
		import_put_minutes(s, "duration", t->duration, t->elapsed, &m->units);
	if (t->milestone && t->duration > 0)
		import_put(s, "x_milestone", slice_of("yes")); /* shown as one, but it takes time */
}

static void write_task(struct mspdi *m, const struct mspdi_task *t)
{
	bool by = by_work(m, t);
	int64_t priority = mspdi_integer(t->node, "Priority", 500);
	struct import_section s;

	import_begin(&s, m->out, "plan.ini", "task", slice_of(t->id));
	import_put_line(&s, "title", xml_child_text(t->node, "Name"));
	if (t->parent != MSPDI_NO_TASK)
		import_put(&s, "parent", slice_of(m->tasks[t->parent].id));
	put_depends(m, &s, t);
	put_length(m, &s, t, by);
	put_assign(m, &s, t, by);
	put_constraint(m, &s, t);
	import_put_moment(&s, "deadline", mspdi_moment(t->node, "Deadline"));
	if (t->calendar && t->calendar->id)
		import_put(&s, "calendar", slice_of(t->calendar->id));
	if (t->own_calendar_only)
		import_put(&s, "ignore_resource_calendar", slice_of("yes"));
	put_delay(m, &s, t);
	put_delays(m, &s, t);
	if (priority != 500 && priority >= 0 && priority <= 1000)
		import_putf(&s, "priority", "%lld", (long long)priority);
	put_costs(m, &s, t);
	if (t->inactive)
		import_put(&s, "status", slice_of("cancelled"));
	put_progress(m, &s, t, by);
	mspdi_put_splits(m, &s, t, by);
	put_spent(m, &s, t);
	if (!slice_equal(xml_child_text(t->node, "WBS"), xml_child_text(t->node, "OutlineNumber")))
		import_put_line(&s, "x_wbs", xml_child_text(t->node, "WBS"));
	mspdi_put_custom(m, &s, t->node);
	import_put_line(&s, "links", xml_child_text(t->node, "HyperlinkAddress"));
	import_put(&s, "description", xml_child_text(t->node, "Notes"));
	import_end(&s);
}

static void remember(struct mspdi *m, const struct mspdi_task *t)
{
	struct import_task *task = vec_push(&m->out->tasks);

	task->id = t->id;
	task->name = arena_strndup(&m->out->arena, xml_child_text(t->node, "Name").at,
		xml_child_text(t->node, "Name").len);
	task->key = t->uid;
	task->start = t->start;
	task->finish = t->finish;
	task->summary = t->summary;
	task->inactive = t->inactive;
}

void mspdi_write_tasks(struct mspdi *m)
{
	for (size_t i = 0; i < m->task_count; i++) {
		write_task(m, &m->tasks[i]);
		remember(m, &m->tasks[i]);
	}
}

/* "T-12 2026-03-02T09:00 2026-04-10T18:00 30d 90000"; without the plan's dates a line says nothing.
 */
/* One task of a baseline. Project sums work and cost up to the parents; ours are each task's own. */
struct frozen_task {
	const struct xml_node *node; /* NULL: not in it */
	int64_t work, own_work;
	decimal_t cost, own_cost;
};

static struct frozen_task *read_frozen(struct mspdi *m, int64_t number)
{
	struct frozen_task *all = xcalloc(m->task_count + 1, sizeof(*all));

	for (size_t i = 0; i < m->task_count; i++) {
		double cost = 0;

		FOREACH_XML (m->tasks[i].node, "Baseline", baseline)
			if (mspdi_integer(baseline, "Number", 0) == number)
				all[i].node = baseline;
		if (!all[i].node)
			continue;
		all[i].work = all[i].own_work = mspdi_duration(all[i].node, "Work", 0);
		mspdi_number(all[i].node, "Cost", &cost);
		all[i].cost = all[i].own_cost = decimal_from_double(cost / 100);
	}
	for (size_t i = 0; i < m->task_count; i++) {
		struct frozen_task *parent = m->tasks[i].parent == MSPDI_NO_TASK ? NULL : &all[m->tasks[i].parent];

		if (parent && parent->node) {
			parent->own_work -= all[i].work;
			parent->own_cost -= all[i].cost;
		}
	}
	return all;
}

static void add_baseline_line(struct mspdi *m, struct strbuf *lines, const struct mspdi_task *t, const struct frozen_task *frozen)
{
	moment_t start = mspdi_moment(frozen->node, "Start"), finish = mspdi_moment(frozen->node, "Finish");
	char text[CIVIL_TEXT];

	if (start == MOMENT_NONE || finish == MOMENT_NONE)
		return;
	strbuf_addf(lines, "%s%s %s", lines->len ? "\n" : "", t->id, moment_print_iso(start, text));
	strbuf_addf(lines, " %s ", moment_print_iso(finish, text));
	if (t->summary && frozen->own_work <= 0)
		strbuf_add_char(lines, '-');
	else
		duration_print(frozen->own_work, false, &m->units, lines);
	if (frozen->own_cost > 0) {
		strbuf_add_char(lines, ' ');
		decimal_print(lines, frozen->own_cost, 0);
	}
}

static void write_baseline(struct mspdi *m, int64_t number)
{
	struct import_section s;
	struct frozen_task *frozen = read_frozen(m, number);
	struct strbuf lines;
	const char *id, *path;
	char name[16];

	strbuf_init(&lines);
	for (size_t i = 0; i < m->task_count; i++)
		if (frozen[i].node)
			add_baseline_line(m, &lines, &m->tasks[i], &frozen[i]);
	free(frozen);
	if (lines.len) {
		snprintf(name, sizeof(name), "msp-%d", (int)number);
		id = import_id(m->out, m->options, "baseline", slice_of(name), "msp");
		path = arena_printf(&m->out->arena, "baselines/%s.ini", id);
		import_begin(&s, m->out, path, "baseline", slice_of(id));
		import_put(&s, "title",
			slice_of(number ? arena_printf(&m->out->arena, "Baseline %d", (int)number)
					: "Baseline"));
		import_put(&s, "tasks", strbuf_slice(&lines));
		import_end(&s);
	}
	strbuf_release(&lines);
}

void mspdi_write_baselines(struct mspdi *m)
{
	for (int64_t number = 0; number <= 10; number++)
		write_baseline(m, number);
}
