/* The decision log: what waits to be decided or looked at again, and which decision replaced which. */
#include "report/register_log.h"

#include "base/alloc.h"

#include <stdlib.h>

struct owed {
	const struct record *record;
	date_t due;
	bool proposed;
};

static date_t date_of(const struct record *record, const char *field)
{
	date_t date;

	return date_parse(slice_trim(record_text_or(record, field)), &date) == CIVIL_OK ? date : DATE_NONE;
}

static int by_due(const void *a, const void *b, void *context)
{
	const struct owed *x = a, *y = b;

	(void)context;
	if (x->proposed != y->proposed)
		return x->proposed ? -1 : 1;
	if (x->due == y->due)
		return 0;
	if (x->due == DATE_NONE || y->due == DATE_NONE)
		return x->due == DATE_NONE ? 1 : -1;
	return x->due < y->due ? -1 : 1;
}

/* Proposed ones always wait; accepted ones from their review date on. */
static void collect(const struct vec *records, date_t until, struct vec *owed)
{
	const struct record *const *list = records->items;

	for (size_t i = 0; i < records->len; i++) {
		struct slice status = record_text_or(list[i], "status");
		struct owed one = { .record = list[i], .proposed = slice_is(status, "proposed") };

		one.due = date_of(list[i], one.proposed ? "due" : "review");
		if (one.proposed || (slice_is(status, "accepted") && one.due != DATE_NONE && one.due <= until))
			vec_append(owed, &one);
	}
	vec_sort(owed, by_due, NULL);
}

static void add_owed(struct doc *doc, struct risk_register *r, struct table *table, const struct owed *one)
{
	struct cell *c = table_row(table)->cells;
	struct slice who = slice_trim(record_text_or(one->record, "decided_by"));
	int64_t late = one->due == DATE_NONE ? 0 : (int64_t)r->today - one->due;

	c[0] = cell_word(&doc->arena, slice_of("decision"));
	c[1] = cell_ref(&doc->arena, one->record->id, slice_of(""));
	c[2] = cell_text(&doc->arena, record_title(one->record));
	c[3] = cell_message(one->proposed ? N_("to be decided") : N_("to be looked at again"));
	if (one->due != DATE_NONE)
		c[4] = cell_toned(late > 0 ? TONE_BAD : TONE_NONE, cell_date(one->due));
	if (late > 0)
		c[5] = cell_integer(late);
	if (who.len)
		c[6] = cell_text(&doc->arena, who);
}

void decision_due_report(struct doc *doc, struct risk_register *r, const struct vec *records, date_t until)
{
	struct table *table = doc_table(doc, "records", NULL);
	const struct owed *items;
	struct vec owed;

	vec_init(&owed, sizeof(struct owed));
	collect(records, until, &owed);
	table->empty = N_("no decision is waiting");
	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "wanted", N_("what is wanted"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "due", N_("due"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "overdue", N_("overdue days"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "decided_by", N_("who decides"), ALIGN_LEFT, PRIORITY_HIGH);
	items = owed.items;
	for (size_t i = 0; i < owed.len; i++)
		add_owed(doc, r, table, &items[i]);
	vec_release(&owed);
}

/* --- chains --- */

struct chains {
	struct doc *doc;
	struct risk_register *r;
	struct figure *figure; /* for people */
	struct table *table;   /* for programs */
	unsigned char *shown;  /* by kind_number */
	size_t faults;         /* replaced, but its status does not say so */
};

struct step {
	const struct record *record;
	struct slice rest; /* of what it supersedes */
};

static void add_node(struct chains *c, const struct record *record, int depth, const struct record *newer)
{
	struct slice status = record_text_or(record, "status");
	bool fault = newer && !slice_is(status, "superseded") && !slice_is(status, "rejected");
	struct arena *arena = &c->doc->arena;

	c->faults += fault && !c->shown[record->kind_number];
	c->shown[record->kind_number] = 1;
	if (c->table) {
		struct cell *cells = table_row(c->table)->cells;

		cells[0] = cell_word(arena, slice_of("decision"));
		cells[1] = cell_ref(arena, record->id, slice_of(""));
		cells[2] = cell_text(arena, record_title(record));
		cells[3] = cell_word(arena, status);
		if (newer)
			cells[4] = cell_ref(arena, newer->id, slice_of(""));
		cells[5] = cell_integer(depth);
		return;
	}
	*(struct tree_node *)vec_push(&c->figure->nodes) = (struct tree_node){ .id = record->id, .title = record_title(record),
		.code = record_text_or(record, "decided"), .depth = depth,
		.tone = fault ? TONE_BAD : depth ? TONE_MUTED : TONE_NONE };
}

/* What a decision replaced, and what that replaced; a circle, which is a finding of the check, is cut. */
static void add_chain(struct chains *c, const struct record *root)
{
	struct vec path;

	vec_init(&path, sizeof(struct step));
	*(struct step *)vec_push(&path) = (struct step){ root, record_text_or(root, "supersedes") };
	add_node(c, root, 0, NULL);
	while (path.len) {
		struct step *top = vec_at(&path, path.len - 1);
		const struct record *older = NULL;
		struct slice item;
		bool met = false;

		if (!slice_next(&top->rest, ",\n", &item)) {
			path.len--;
			continue;
		}
		older = item.len ? project_find(c->r->project, root->kind, item) : NULL;
		for (size_t i = 0; older && i < path.len; i++)
			met |= ((struct step *)vec_at(&path, i))->record == older;
		if (!older || met || path.len >= 60)
			continue;
		add_node(c, older, (int)path.len, top->record);
		*(struct step *)vec_push(&path) = (struct step){ older, record_text_or(older, "supersedes") };
	}
	vec_release(&path);
}

static bool is_link(struct risk_register *r, const struct record *record)
{
	return slice_trim(record_text_or(record, "supersedes")).len > 0 && !decision_replaced_by(r, record);
}

static void begin(struct chains *c, bool data)
{
	if (!data) {
		c->figure = doc_figure(c->doc, FIGURE_TREE, "chains", NULL);
		c->figure->description = N_("Decisions, and below each what it replaced");
		return;
	}
	c->table = doc_table(c->doc, "records", NULL);
	table_column(c->table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(c->table, "id", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(c->table, "title", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(c->table, "status", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(c->table, "superseded_by", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(c->table, "depth", NULL, ALIGN_RIGHT, PRIORITY_DATA);
}

void decision_chain_report(struct doc *doc, struct risk_register *r, const struct vec *records, bool given, bool data)
{
	struct chains c = { .doc = doc, .r = r };
	const struct record *const *list = records->items;
	size_t roots = 0;

	for (size_t i = 0; i < records->len; i++)
		roots += given || is_link(r, list[i]);
	if (roots == 0 && !data) {
		doc_paragraph(doc, cell_message(N_("no decision replaces another one")));
		return;
	}
	begin(&c, data);
	c.shown = xcalloc(project_count(r->project, kind_find(slice_of("decision"))) + 1, 1);
	for (size_t i = 0; i < records->len; i++)
		if (given || is_link(r, list[i]))
			add_chain(&c, list[i]);
	if (c.faults && !data) {
		struct cell count = cell_integer((int64_t)c.faults);
		doc_paragraph(doc, cell_toned(TONE_WATCH,
			cell_message_of(&doc->arena, N_("Replaced, but their status still is not 'superseded': %s"), &count, 1)));
	}
	free(c.shown);
}
