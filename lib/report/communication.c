/* The communication plan, and what of it is owed. */
#include "report/stakeholder.h"

#include "base/alloc.h"
#include "register/stakeholder.h"

static const char *const state_words[] = { N_("occasion"), N_("done"), N_("upcoming"), N_("due"), N_("overdue") };
static const enum tone state_tones[] = { TONE_MUTED, TONE_GOOD, TONE_NONE, TONE_WATCH, TONE_BAD };

static struct table *make_table(struct doc *doc, const char *empty)
{
	struct table *table = doc_table(doc, "records", NULL);

	table->empty = empty;
	table_column(table, "stakeholder", N_("stakeholder"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "what", N_("what is told"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "how", N_("how"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "often", N_("how often"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "ambassador", N_("by whom"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "last", N_("last"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "due", N_("due"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "state", N_("state"), ALIGN_LEFT, PRIORITY_MUST);
	return table;
}

static struct cell text_or_none(struct doc *doc, struct slice text)
{
	return text.len ? cell_text(&doc->arena, text) : cell_none();
}

static void add_row(struct doc *doc, struct table *table, const struct communication *c)
{
	struct row *row = table_row(table);
	struct slice ambassador = slice_trim(record_text_or(c->stakeholder, "ambassador"));

	row->cells[0] = cell_ref(&doc->arena, c->stakeholder->id, slice_of(""));
	row->cells[1] = cell_text(&doc->arena, record_title(c->stakeholder));
	row->cells[2] = cell_text(&doc->arena, c->what);
	row->cells[3] = text_or_none(doc, c->how);
	row->cells[4] = text_or_none(doc, c->often);
	row->cells[5] = ambassador.len ? cell_ref(&doc->arena, ambassador, slice_of("")) : cell_none();
	row->cells[6] = c->last == DATE_NONE ? cell_none() : cell_date(c->last);
	row->cells[7] = c->due == DATE_NONE ? cell_none() : cell_date(c->due);
	row->cells[8] = cell_toned(state_tones[c->state], cell_word(&doc->arena, slice_of(state_words[c->state])));
}

static bool is_chosen(const struct stakeholder_request *request, const struct record *record, struct arena *scratch)
{
	bool holds = !request->condition || condition_holds(request->condition, record, request->scope, scratch);

	arena_reset(scratch);
	return holds;
}

static void add_channels(struct doc *doc, const struct project *project)
{
	size_t people = communication_people(project);
	struct block *pairs = doc_pairs(doc, "summary");

	pairs_add(doc, pairs, "people", N_("people and groups"), cell_integer((int64_t)people));
	pairs_add(doc, pairs, "channels", N_("communication channels n(n-1)/2"),
		cell_integer((int64_t)communication_channels(people)));
}

/* A key stakeholder whom nobody tells anything is the plan's hole. */
static void add_silent(struct doc *doc, const struct stakeholder_request *request)
{
	struct block *items = NULL;
	struct record *record;
	struct stakeholder s;

	FOREACH_RECORD(request->scope->project, kind_find(slice_of("stakeholder")), record) {
		stakeholder_read(&s, record);
		if (slice_trim(record_text_or(record, "communication")).len || s.strategy < STRATEGY_INFORM)
			continue;
		if (!items) {
			doc_heading(doc, 2, cell_message(N_("Nothing is planned for")));
			items = doc_items(doc, "without");
		}
		items_add(doc, items, cell_ref(&doc->arena, record->id, record_title(record)));
	}
}

void communication_plan(struct doc *doc, const struct stakeholder_request *request, const struct vec *items)
{
	const struct communication *c = items->items;
	struct table *table = make_table(doc, N_("nothing is planned: 'communication' of a stakeholder says what they get"));
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; i < items->len; i++)
		if (is_chosen(request, c[i].stakeholder, &scratch))
			add_row(doc, table, &c[i]);
	arena_release(&scratch);
	add_channels(doc, request->scope->project);
	add_silent(doc, request);
}

static int by_due(const void *a, const void *b, void *context)
{
	const struct communication *x = a, *y = b;

	(void)context;
	return x->due < y->due ? -1 : x->due > y->due;
}

size_t communication_owed(struct doc *doc, const struct stakeholder_request *request, const struct vec *items)
{
	const struct communication *c = items->items;
	struct table *table = make_table(doc, N_("nothing is owed this week"));
	struct arena scratch;
	struct vec owed;

	arena_init(&scratch);
	vec_init(&owed, sizeof(*c));
	for (size_t i = 0; i < items->len; i++)
		if (c[i].state >= COMMUNICATION_DUE && is_chosen(request, c[i].stakeholder, &scratch))
			vec_append(&owed, &c[i]);
	vec_sort(&owed, by_due, NULL);
	for (size_t i = 0; i < owed.len; i++)
		add_row(doc, table, vec_at(&owed, i));
	arena_release(&scratch);
	vec_release(&owed);
	return table_length(table);
}
