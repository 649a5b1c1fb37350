#include "report/method.h"

#include "base/alloc.h"

enum { NAMED_MOST = 8 }; /* records named of one expectation */

static const char *text_of(struct doc *doc, const struct record *record, const char *field)
{
	struct slice text = slice_trim(record_text_or(record, field));

	return arena_strndup(&doc->arena, text.at ? text.at : "", text.len);
}

/* Shipped texts are in the catalogue; people's own are as they wrote them. */
static struct cell title_cell(struct doc *doc, const struct record *rule)
{
	const char *title = text_of(doc, rule, "title");

	if (!*title)
		return cell_text(&doc->arena, rule->id);
	return cell_message_of(&doc->arena, title, NULL, 0);
}

/* "3 of 5", "0, not 1", "2 found" */
static struct cell count_cell(struct doc *doc, const struct method_result *r)
{
	const char *met = arena_printf(&doc->arena, "%zu", r->met), *chosen = arena_printf(&doc->arena, "%zu", r->chosen);

	if (r->state == METHOD_NOT_ASKED)
		return cell_none();
	if (r->rule->counts && r->rule->share)
		return cell_messagef(&doc->arena, N_("%s of %s"), met, chosen, NULL);
	return cell_messagef(&doc->arena, r->rule->counts ? N_("%s there") : N_("%s found"), met, NULL);
}

static struct cell state_cell(const struct method_result *r)
{
	bool error = slice_is(record_text_or(r->rule->record, "severity"), "error");

	if (r->state == METHOD_NOT_ASKED)
		return cell_toned(TONE_MUTED, cell_message(N_("does not apply")));
	if (r->state == METHOD_MET)
		return cell_toned(TONE_GOOD, cell_message(N_("met")));
	return cell_toned(error ? TONE_BAD : TONE_WATCH, cell_message(N_("not met")));
}

static struct cell records_cell(struct doc *doc, const struct method_result *r)
{
	const struct record **records = r->records.items;
	size_t count = r->state == METHOD_LACKING ? r->records.len : 0, shown = count > NAMED_MOST ? NAMED_MOST : count;
	struct cell *cells = arena_calloc(&doc->arena, shown + 2, sizeof(*cells));

	for (size_t i = 0; i < shown; i++)
		cells[i] = cell_ref(&doc->arena, records[i]->id.len ? records[i]->id : slice_of(records[i]->kind->name), slice_of(""));
	if (count > shown)
		cells[shown++] = cell_messagef(&doc->arena, N_("and %s more"), arena_printf(&doc->arena, "%zu", count - NAMED_MOST),
			NULL);
	return shown ? cell_list(&doc->arena, cells, shown) : cell_none();
}

static void add_row(struct doc *doc, struct table *table, const struct method_result *r)
{
	struct cell *cells = table_row(table)->cells;
	const char *message = text_of(doc, r->rule->record, "message");

	cells[0] = cell_text(&doc->arena, r->rule->record->id);
	cells[1] = title_cell(doc, r->rule->record);
	cells[2] = state_cell(r);
	cells[3] = count_cell(doc, r);
	cells[4] = cell_word(&doc->arena, record_text_or(r->rule->record, "severity"));
	cells[5] = records_cell(doc, r);
	if (r->state == METHOD_LACKING && *message)
		cells[6] = cell_message_of(&doc->arena, message, NULL, 0);
}

/* For people, below the table: what to do about each, and where. */
static void add_advice(struct doc *doc, const struct method_set *set)
{
	const struct method_result *results = set->results.items;
	struct block *items = NULL;

	for (size_t i = 0; i < set->results.len; i++) {
		const char *message = text_of(doc, results[i].rule->record, "message");
		struct cell records = records_cell(doc, &results[i]), advice = cell_message_of(&doc->arena, message, NULL, 0);

		if (results[i].state != METHOD_LACKING)
			continue;
		if (!items) {
			doc_heading(doc, 2, cell_message(N_("What to do")));
			items = doc_items(doc, "advice");
		}
		if (!*message)
			advice = title_cell(doc, results[i].rule->record);
		items_add(doc, items, records.type == CELL_NONE ? advice :
			cell_message_of(&doc->arena, N_("%s: %s"), (const struct cell[]){ advice, records }, 2));
	}
}

struct method_counts method_report(struct doc *doc, const struct method_set *set, struct slice method, bool data)
{
	const struct method_result *results = set->results.items;
	struct method_counts counts = { 0 };
	struct table *table;
	struct block *pairs = doc_pairs(doc, "summary");

	table = doc_table(doc, "records", NULL);
	table_column(table, "rule", N_("rule"), ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "expects", N_("expectation"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "state", N_("state"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "count", N_("count"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "severity", N_("severity"), ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "records", N_("records"), ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "message", N_("what to do"), ALIGN_LEFT, PRIORITY_DATA);
	for (size_t i = 0; i < set->results.len; i++) {
		bool lacking = results[i].state == METHOD_LACKING;

		counts.met += results[i].state == METHOD_MET;
		counts.lacking += lacking;
		counts.errors += lacking && slice_is(record_text_or(results[i].rule->record, "severity"), "error");
		add_row(doc, table, &results[i]);
	}
	if (!data)
		add_advice(doc, set);
	pairs_add(doc, pairs, "method", N_("method"), cell_text(&doc->arena, method));
	pairs_add(doc, pairs, "met", N_("met"), cell_integer((int64_t)counts.met));
	pairs_add(doc, pairs, "lacking", N_("not met"),
		cell_toned(counts.errors ? TONE_BAD : counts.lacking ? TONE_WATCH : TONE_GOOD, cell_integer((int64_t)counts.lacking)));
	return counts;
}
