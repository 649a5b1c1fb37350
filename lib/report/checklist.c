#include "report/checklist.h"

#include "base/alloc.h"

static struct cell date_cell(struct doc *doc, struct slice text)
{
	date_t date;

	if (date_parse(slice_trim(text), &date) == CIVIL_OK)
		return cell_date(date);
	return text.len ? cell_text(&doc->arena, text) : cell_none();
}

static struct cell text_or_none(struct doc *doc, struct slice text)
{
	return text.len ? cell_text(&doc->arena, text) : cell_none();
}

static struct cell progress_cell(struct checklist_count count)
{
	size_t whole = count.open + count.done;

	if (!whole)
		return cell_none();
	return cell_toned(count.open ? TONE_NONE : TONE_GOOD,
		cell_percent(decimal_scale(decimal_from_integer(100), (int64_t)count.done, (int64_t)whole)));
}

static void add_row(struct doc *doc, struct table *table, const struct record *record, date_t today)
{
	struct cell *cells = table_row(table)->cells;
	struct checklist_count count;
	struct vec items;
	date_t due;

	vec_init(&items, sizeof(struct checklist_item));
	checklist_read(record, &items);
	count = checklist_sum(&items);
	cells[0] = cell_ref(&doc->arena, record->id, slice_of(""));
	cells[1] = cell_text(&doc->arena, record_title(record));
	cells[2] = text_or_none(doc, slice_trim(record_text_or(record, "applies_to")));
	cells[3] = date_cell(doc, record_text_or(record, "due"));
	if (count.open && date_parse(slice_trim(record_text_or(record, "due")), &due) == CIVIL_OK && due < today)
		cells[3].tone = TONE_BAD;
	cells[4] = cell_integer((int64_t)count.open);
	cells[5] = cell_integer((int64_t)count.done);
	cells[6] = progress_cell(count);
	cells[7] = date_cell(doc, record_text_or(record, "done"));
	vec_release(&items);
}

void checklist_overview(struct doc *doc, const struct query_scope *scope, const struct condition *condition)
{
	struct table *table = doc_table(doc, "records", NULL);
	struct record *record;
	struct arena scratch;

	table->empty = N_("no checklists; 'pmt checklist start' begins one from a template");
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "applies_to", N_("applies to"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "due", N_("due"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "open", N_("open"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "ticked", N_("ticked"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "progress", N_("progress"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "done", N_("done"), ALIGN_LEFT, PRIORITY_LOW);
	arena_init(&scratch);
	FOREACH_RECORD(scope->project, kind_find(slice_of("checklist")), record) {
		if (!condition || condition_holds(condition, record, scope, &scratch))
			add_row(doc, table, record, moment_date(scope->now));
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

static void add_item(struct doc *doc, struct table *table, const struct project *project, const struct checklist_item *item,
	size_t number)
{
	static const char *const states[] = { N_("open"), N_("done"), N_("not needed") };
	static const enum tone tones[] = { TONE_WATCH, TONE_GOOD, TONE_MUTED };
	struct cell *cells = table_row(table)->cells;
	const struct record *who = item->who.len ? project_find_among(project, "resource|stakeholder", item->who) : NULL;

	cells[0] = cell_integer((int64_t)number);
	cells[1] = cell_toned(tones[item->state], cell_message(states[item->state]));
	cells[2] = cell_text(&doc->arena, item->what);
	cells[3] = who ? cell_ref(&doc->arena, who->id, slice_of("")) : text_or_none(doc, item->who);
	cells[4] = date_cell(doc, item->when);
	cells[5] = text_or_none(doc, item->evidence);
}

void checklist_page(struct doc *doc, const struct project *project, const struct record *checklist)
{
	struct table *table;
	struct vec items;
	struct block *pairs;
	struct checklist_count count;

	vec_init(&items, sizeof(struct checklist_item));
	checklist_read(checklist, &items);
	count = checklist_sum(&items);
	doc_heading(doc, 1, cell_ref(&doc->arena, checklist->id, record_title(checklist)));
	pairs = doc_pairs(doc, "checklist");
	pairs_add(doc, pairs, "progress", N_("progress"), progress_cell(count));
	pairs_add(doc, pairs, "open", N_("open"), cell_integer((int64_t)count.open));
	if (record_text_or(checklist, "due").len)
		pairs_add(doc, pairs, "due", N_("due"), date_cell(doc, record_text_or(checklist, "due")));
	if (record_text_or(checklist, "done").len)
		pairs_add(doc, pairs, "done", N_("done"), date_cell(doc, record_text_or(checklist, "done")));
	table = doc_table(doc, "records", NULL);
	table->empty = N_("it has no items");
	table_column(table, "number", N_("no."), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "state", N_("state"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "what", N_("item"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "who", N_("by whom"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "date", N_("date"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "evidence", N_("evidence"), ALIGN_LEFT, PRIORITY_LOW);
	for (size_t i = 0; i < items.len; i++)
		add_item(doc, table, project, vec_at(&items, i), i + 1);
	vec_release(&items);
}
