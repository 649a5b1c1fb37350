#include "register/trace.h"

#include "base/alloc.h"

#include <stdlib.h>

static const char *const end_kinds[TRACE_ENDS] = { "task", "deliverable", "test" };

const struct kind *trace_kind(enum trace_end end)
{
	return kind_find(slice_of(end_kinds[end]));
}

const char *test_result_word(enum test_result result)
{
	static const char *const words[] = { "untested", "pass", "fail", "blocked" };

	return words[result];
}

/* Marks of what leads to a requirement, by kind_number. */
struct tracing {
	struct trace *trace;
	const struct kind *requirement, *deliverable;
	bool *linked[TRACE_ENDS];
};

static void add_end(struct trace_row *row, enum trace_end end, const struct record *record)
{
	const struct record **items = row->ends[end].items;

	/* Records come in project order, so a repetition is the last one. */
	if (row->ends[end].len && items[row->ends[end].len - 1] == record)
		return;
	vec_append(&row->ends[end], &record);
}

/* Each requirement that a record's field names. */
static void link_named(struct tracing *t, enum trace_end end, const struct record *record, const struct record *through)
{
	struct slice rest, id;
	struct record *requirement;

	if (!record_text(through, "requirement", &rest))
		return;
	while (slice_next(&rest, ",\n", &id)) {
		requirement = id.len ? project_find(t->trace->project, t->requirement, id) : NULL;
		if (!requirement)
			continue;
		add_end(&t->trace->rows[requirement->kind_number], end, record);
		t->linked[end][record->kind_number] = true;
	}
}

static void link_deliverables(struct tracing *t, enum trace_end end, const struct record *record)
{
	struct slice rest, id;
	struct record *deliverable;

	if (!record_text(record, "deliverable", &rest))
		return;
	while (slice_next(&rest, ",\n", &id)) {
		deliverable = id.len ? project_find(t->trace->project, t->deliverable, id) : NULL;
		if (deliverable)
			link_named(t, end, record, deliverable);
	}
}

static void link_end(struct tracing *t, enum trace_end end)
{
	struct record *record;

	FOREACH_RECORD(t->trace->project, trace_kind(end), record) {
		link_named(t, end, record, record);
		if (end != TRACE_DELIVERABLE)
			link_deliverables(t, end, record);
	}
}

static int by_number(const void *a, const void *b, void *context)
{
	const struct record *x = *(struct record *const *)a, *y = *(struct record *const *)b;

	(void)context;
	return x->number < y->number ? -1 : x->number > y->number;
}

/* In project order, each once. */
static void tidy(struct vec *records)
{
	const struct record **items = records->items;
	size_t kept = 0;

	vec_sort(records, by_number, NULL);
	for (size_t i = 0; i < records->len; i++)
		if (i == 0 || items[i] != items[kept - 1])
			items[kept++] = items[i];
	records->len = kept;
}

/* What refines a requirement leads to it as well, over every level; a loop of parents ends where it began. */
static void lift(struct tracing *t, struct trace_row *row)
{
	const struct record *at = row->requirement;
	struct slice parent;

	for (size_t steps = 0; steps < t->trace->count && record_text(at, "parent", &parent); steps++) {
		struct record *above = project_find(t->trace->project, t->requirement, slice_trim(parent));

		if (!above || above == row->requirement)
			return;
		for (int end = 0; end < TRACE_ENDS; end++)
			for (size_t i = 0; i < row->ends[end].len; i++)
				vec_append(&t->trace->rows[above->kind_number].ends[end], vec_at(&row->ends[end], i));
		at = above;
	}
}

/* Parents take over only what was there before any of them took anything. */
static void lift_all(struct tracing *t)
{
	struct trace *trace = t->trace;
	size_t (*own)[TRACE_ENDS] = xcalloc(trace->count, sizeof(*own)), total;

	for (size_t i = 0; i < trace->count; i++)
		for (int end = 0; end < TRACE_ENDS; end++)
			own[i][end] = trace->rows[i].ends[end].len;
	for (size_t i = 0; i < trace->count; i++) {
		struct trace_row *row = &trace->rows[i];
		size_t lens[TRACE_ENDS];

		for (int end = 0; end < TRACE_ENDS; end++) {
			lens[end] = row->ends[end].len;
			row->ends[end].len = own[i][end];
		}
		lift(t, row);
		for (int end = 0; end < TRACE_ENDS; end++)
			row->ends[end].len = lens[end];
	}
	for (size_t i = 0; i < trace->count; i++)
		for (int end = 0; end < TRACE_ENDS; end++) {
			total = trace->rows[i].ends[end].len;
			if (total > own[i][end])
				tidy(&trace->rows[i].ends[end]);
		}
	free(own);
}

static bool is_live(const struct record *requirement)
{
	struct slice status = record_text_or(requirement, "status");

	return !slice_is(status, "rejected") && !slice_is(status, "withdrawn") &&
		!slice_is(record_text_or(requirement, "priority"), "wont");
}

static enum test_result read_result(struct slice word)
{
	for (int i = TEST_PASS; i <= TEST_BLOCKED; i++)
		if (slice_is(word, test_result_word(i)))
			return i;
	return TEST_UNTESTED;
}

struct running {
	struct trace *trace;
	size_t test;
	moment_t now;
};

/* A run that was skipped says nothing. */
static void take_run(void *context, const struct journal_line *line)
{
	struct running *running = context;
	moment_t *ran = &running->trace->ran[running->test];
	enum test_result result = read_result(line->what);

	if (result == TEST_UNTESTED || line->when > running->now || (*ran != MOMENT_NONE && line->when < *ran))
		return;
	*ran = line->when;
	running->trace->results[running->test] = result;
}

static void read_runs(struct trace *trace, moment_t now)
{
	const struct kind *tests = trace_kind(TRACE_TEST);
	size_t count = project_count(trace->project, tests);
	struct record *record, *test;

	trace->results = arena_calloc(&trace->arena, count + 1, sizeof(*trace->results));
	trace->ran = arena_calloc(&trace->arena, count + 1, sizeof(*trace->ran));
	for (size_t i = 0; i < count; i++)
		trace->ran[i] = MOMENT_NONE;
	FOREACH_RECORD(trace->project, kind_find(slice_of("run")), record) {
		struct running running = { trace, 0, moment_from_date(moment_date(now) + 1) - 1 };

		test = project_find(trace->project, tests, record->id);
		if (!test)
			continue;
		running.test = test->kind_number;
		journal_each(record, take_run, &running);
	}
}

static void judge_row(struct trace *trace, struct trace_row *row)
{
	const struct record **tests = row->ends[TRACE_TEST].items;
	size_t count = row->ends[TRACE_TEST].len;

	for (size_t i = 0; i < count; i++) {
		row->passed += trace->results[tests[i]->kind_number] == TEST_PASS;
		row->failed += trace->results[tests[i]->kind_number] == TEST_FAIL;
	}
	row->verified = count && row->passed == count;
	if (!row->live)
		return;
	trace->live++;
	trace->verified += row->verified;
	for (int end = 0; end < TRACE_ENDS; end++)
		trace->covered[end] += row->ends[end].len > 0;
}

/* A task leads to a requirement when it, or a parent of it, does. */
static bool task_is_linked(const struct tracing *t, const struct record *task)
{
	const struct kind *tasks = task->kind;
	struct slice parent;

	for (int depth = 0; task && depth < 1000; depth++) {
		if (t->linked[TRACE_TASK][task->kind_number])
			return true;
		task = record_text(task, "parent", &parent) ? project_find(t->trace->project, tasks, slice_trim(parent)) : NULL;
	}
	return false;
}

static void find_orphans(struct tracing *t, const bool *parents)
{
	struct record *record;

	for (int end = 0; end < TRACE_ENDS; end++)
		FOREACH_RECORD(t->trace->project, trace_kind(end), record) {
			bool leaf = end != TRACE_TASK || (!parents[record->kind_number] &&
				!slice_is(record_text_or(record, "milestone"), "yes") &&
				!slice_is(record_text_or(record, "status"), "cancelled"));

			if (leaf && !(end == TRACE_TASK ? task_is_linked(t, record) : t->linked[end][record->kind_number]))
				vec_append(&t->trace->orphans[end], &record);
		}
}

static bool *find_parents(const struct project *project)
{
	const struct kind *tasks = trace_kind(TRACE_TASK);
	bool *parents = xcalloc(project_count(project, tasks) + 1, sizeof(*parents));
	struct record *record, *above;
	struct slice parent;

	FOREACH_RECORD(project, tasks, record) {
		above = record_text(record, "parent", &parent) ? project_find(project, tasks, slice_trim(parent)) : NULL;
		if (above)
			parents[above->kind_number] = true;
	}
	return parents;
}

static void make_rows(struct trace *trace, const struct kind *requirement)
{
	struct record *record;

	trace->count = project_count(trace->project, requirement);
	trace->rows = arena_calloc(&trace->arena, trace->count + 1, sizeof(*trace->rows));
	FOREACH_RECORD(trace->project, requirement, record) {
		struct trace_row *row = &trace->rows[record->kind_number];

		row->requirement = record;
		row->live = is_live(record);
		for (int end = 0; end < TRACE_ENDS; end++)
			vec_init(&row->ends[end], sizeof(struct record *));
	}
}

void trace_init(struct trace *trace, const struct project *project, moment_t now)
{
	struct tracing t = { .trace = trace, .requirement = kind_find(slice_of("requirement")),
		.deliverable = kind_find(slice_of("deliverable")) };
	bool *parents = find_parents(project);

	*trace = (struct trace){ .project = project };
	arena_init(&trace->arena);
	make_rows(trace, t.requirement);
	read_runs(trace, now);
	for (int end = 0; end < TRACE_ENDS; end++) {
		vec_init(&trace->orphans[end], sizeof(struct record *));
		t.linked[end] = xcalloc(project_count(project, trace_kind(end)) + 1, sizeof(bool));
		link_end(&t, end);
	}
	lift_all(&t);
	for (size_t i = 0; i < trace->count; i++)
		judge_row(trace, &trace->rows[i]);
	find_orphans(&t, parents);
	for (int end = 0; end < TRACE_ENDS; end++)
		free(t.linked[end]);
	free(parents);
}

void trace_release(struct trace *trace)
{
	for (size_t i = 0; i < trace->count; i++)
		for (int end = 0; end < TRACE_ENDS; end++)
			vec_release(&trace->rows[i].ends[end]);
	for (int end = 0; end < TRACE_ENDS; end++)
		vec_release(&trace->orphans[end]);
	arena_release(&trace->arena);
	*trace = (struct trace){ 0 };
}
