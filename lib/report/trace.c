/* The trace matrix: requirement → task → deliverable → test, and what leads nowhere. */
#include "report/requirement.h"

#include "base/alloc.h"

static const char *const end_keys[TRACE_ENDS] = { "tasks", "deliverables", "tests" };
static const char *const end_titles[TRACE_ENDS] = { N_("tasks"), N_("deliverables"), N_("tests") };

static struct cell list_cell(struct doc *doc, const struct vec *records)
{
	const struct record **items = records->items;
	struct cell *cells = arena_calloc(&doc->arena, records->len + 1, sizeof(*cells));

	for (size_t i = 0; i < records->len; i++)
		cells[i] = cell_ref(&doc->arena, items[i]->id, slice_of(""));
	return records->len ? cell_list(&doc->arena, cells, records->len) : cell_none();
}

/* "3 of 4 pass" */
static struct cell result_cell(struct doc *doc, const struct trace_row *row)
{
	size_t tests = row->ends[TRACE_TEST].len;
	struct cell counts[] = { cell_integer(row->passed), cell_integer((int64_t)tests) };

	if (!tests)
		return cell_none();
	return cell_toned(row->verified ? TONE_GOOD : row->failed ? TONE_BAD : TONE_WATCH,
		cell_message_of(&doc->arena, N_("%s of %s pass"), counts, ARRAY_SIZE(counts)));
}

static bool is_complete(const struct trace_row *row)
{
	return !row->live || (row->ends[TRACE_TASK].len && row->ends[TRACE_DELIVERABLE].len && row->verified);
}

/* What is missing, in words: "no task, no test". */
static struct cell gap_cell(struct doc *doc, const struct trace_row *row)
{
	static const char *const missing[TRACE_ENDS] = { N_("no task"), N_("no deliverable"), N_("no test") };
	struct cell *cells = arena_calloc(&doc->arena, TRACE_ENDS + 1, sizeof(*cells));
	size_t count = 0;

	for (int end = 0; row->live && end < TRACE_ENDS; end++)
		if (!row->ends[end].len)
			cells[count++] = cell_message(missing[end]);
	if (row->live && row->ends[TRACE_TEST].len && !row->verified)
		cells[count++] = cell_message(row->failed ? N_("a test fails") : N_("not all tests have passed"));
	return count ? cell_toned(TONE_WATCH, cell_list(&doc->arena, cells, count)) : cell_none();
}

static void add_row(struct doc *doc, struct table *table, const struct trace_row *row, bool data)
{
	struct row *out = table_row(table);
	struct cell *cells = out->cells;

	out->tone = row->live ? TONE_NONE : TONE_MUTED;
	cells[0] = cell_ref(&doc->arena, row->requirement->id, slice_of(""));
	cells[1] = cell_text(&doc->arena, record_title(row->requirement));
	for (int end = 0; end < TRACE_ENDS; end++)
		cells[2 + end] = list_cell(doc, &row->ends[end]);
	cells[5] = result_cell(doc, row);
	cells[6] = gap_cell(doc, row);
	if (!data)
		return;
	cells[5] = cell_integer(row->passed);
	cells[7] = cell_yesno(row->live);
	cells[8] = cell_yesno(row->verified);
}

static struct table *trace_table(struct doc *doc, bool data, bool gaps)
{
	struct table *table = doc_table(doc, "records", NULL);

	table->empty = gaps ? N_("every requirement is served, delivered and proved") : N_("no requirements");
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (int end = 0; end < TRACE_ENDS; end++)
		table_column(table, end_keys[end], end_titles[end], ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, data ? "passed" : "result", N_("result"), data ? ALIGN_RIGHT : ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "gap", N_("lacking"), ALIGN_LEFT, PRIORITY_MUST);
	if (data) {
		table_column(table, "live", NULL, ALIGN_LEFT, PRIORITY_DATA);
		table_column(table, "verified", NULL, ALIGN_LEFT, PRIORITY_DATA);
	}
	return table;
}

static struct cell share_cell(size_t part, size_t whole)
{
	decimal_t share;

	if (!whole)
		return cell_none();
	share = decimal_scale(decimal_from_integer(100), (int64_t)part, (int64_t)whole);
	return cell_toned(part == whole ? TONE_GOOD : TONE_WATCH, cell_percent(share));
}

static void add_coverage(struct doc *doc, const struct trace *trace)
{
	static const char *const labels[TRACE_ENDS] = { N_("served by tasks"), N_("realised by deliverables"),
		N_("covered by tests") };
	struct block *pairs = doc_pairs(doc, "coverage");

	pairs_add(doc, pairs, "requirements", N_("live requirements"), cell_integer((int64_t)trace->live));
	for (int end = 0; end < TRACE_ENDS; end++)
		pairs_add(doc, pairs, end_keys[end], labels[end], share_cell(trace->covered[end], trace->live));
	pairs_add(doc, pairs, "verified", N_("verified: all tests pass"), share_cell(trace->verified, trace->live));
}

static void add_orphans(struct doc *doc, const struct trace *trace)
{
	static const char *const keys[TRACE_ENDS] = { "orphan_tasks", "orphan_deliverables", "orphan_tests" };
	static const char *const titles[TRACE_ENDS] = { N_("Tasks that lead to no requirement"),
		N_("Deliverables that realise no requirement"), N_("Tests that prove no requirement") };

	for (int end = 0; end < TRACE_ENDS; end++) {
		const struct record **records = trace->orphans[end].items;
		struct table *table;

		if (!trace->orphans[end].len)
			continue;
		table = doc_table(doc, keys[end], titles[end]);
		table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
		for (size_t i = 0; i < trace->orphans[end].len; i++) {
			struct cell *cells = table_row(table)->cells;

			cells[0] = cell_ref(&doc->arena, records[i]->id, slice_of(""));
			cells[1] = cell_text(&doc->arena, record_title(records[i]));
		}
	}
}

static bool is_chosen(const struct requirement_request *request, const struct trace_row *row, struct arena *scratch)
{
	bool holds = !request->condition || condition_holds(request->condition, row->requirement, request->scope, scratch);

	arena_reset(scratch);
	return holds;
}

void requirement_trace(struct doc *doc, const struct requirement_request *request, const struct trace *trace, bool gaps)
{
	struct table *table = trace_table(doc, request->data, gaps);
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; i < trace->count; i++)
		if (is_chosen(request, &trace->rows[i], &scratch) && !(gaps && is_complete(&trace->rows[i])))
			add_row(doc, table, &trace->rows[i], request->data);
	arena_release(&scratch);
	add_coverage(doc, trace);
	add_orphans(doc, trace);
}

bool requirement_traced(const struct requirement_request *request, const struct trace *trace)
{
	struct arena scratch;
	bool traced = true;

	arena_init(&scratch);
	for (size_t i = 0; i < trace->count && traced; i++)
		traced = is_complete(&trace->rows[i]) || !is_chosen(request, &trace->rows[i], &scratch);
	arena_release(&scratch);
	return traced;
}
