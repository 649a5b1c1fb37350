/*
 * What the risk register is owed: reviews that are overdue or come up, risks that can happen now (proximity), triggers to watch,
 * and open risks nobody looks after: without a review date or an owner.
 */
#include "report/risk.h"

#include "base/alloc.h"

struct owed {
	const struct record *record;
	date_t review, proximity;
	decimal_t exposure;
};

struct view {
	struct doc *doc;
	const struct risk_request *request;
	date_t until;
	struct vec reviews, watched, neglected; /* struct owed */
};

static date_t date_of(const struct record *record, const char *field)
{
	struct slice text;
	date_t date;

	return record_text(record, field, &text) && date_parse(slice_trim(text), &date) == CIVIL_OK ? date : DATE_NONE;
}

static bool has_text(const struct record *record, const char *field)
{
	return slice_trim(record_text_or(record, field)).len > 0;
}

static void sort_in(struct view *v, const struct record *record)
{
	struct owed owed = { .record = record, .review = date_of(record, "review"), .proximity = date_of(record, "proximity") };
	struct risk risk;

	risk_read(v->request->r, record, &risk);
	if (!risk.open)
		return;
	owed.exposure = risk_standing_exposure(&risk);
	if (owed.review != DATE_NONE && owed.review <= v->until)
		vec_append(&v->reviews, &owed);
	if (owed.review == DATE_NONE || !has_text(record, "owner"))
		vec_append(&v->neglected, &owed);
	if (has_text(record, "trigger") && (owed.proximity == DATE_NONE || owed.proximity <= v->until))
		vec_append(&v->watched, &owed);
}

static int by_review(const void *a, const void *b, void *context)
{
	const struct owed *x = a, *y = b;

	(void)context;
	if (x->review != y->review)
		return x->review < y->review ? -1 : 1;
	return x->exposure == y->exposure ? 0 : x->exposure > y->exposure ? -1 : 1;
}

static int by_exposure(const void *a, const void *b, void *context)
{
	const struct owed *x = a, *y = b;

	(void)context;
	return x->exposure == y->exposure ? 0 : x->exposure > y->exposure ? -1 : 1;
}

static struct cell owner_cell(struct doc *doc, const struct record *record)
{
	struct slice owner = slice_trim(record_text_or(record, "owner"));

	return owner.len ? cell_ref(&doc->arena, owner, slice_of("")) : cell_toned(TONE_WATCH, cell_message(N_("nobody")));
}

/* Overdue in red, with how long; today is due, not late. */
static struct cell review_cell(const struct view *v, date_t review)
{
	if (review == DATE_NONE)
		return cell_toned(TONE_WATCH, cell_message(N_("none")));
	return cell_toned(review < v->request->r->today ? TONE_BAD : TONE_NONE, cell_date(review));
}

static struct table *begin(struct view *v, const char *key, const char *title, const char *empty)
{
	struct table *table;

	if (!v->request->data)
		doc_heading(v->doc, 2, cell_message(title));
	table = doc_table(v->doc, key, NULL);
	table->empty = empty;
	risk_columns(table);
	return table;
}

static void add_reviews(struct view *v, const char *key, const char *title, const char *empty, const struct vec *owed)
{
	struct table *table = begin(v, key, title, empty);
	const struct owed *items = owed->items;

	table_column(table, "review", N_("review"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "overdue", N_("overdue days"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "owner", N_("owner"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "exposure", N_("exposure"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "strategy", N_("strategy"), ALIGN_LEFT, PRIORITY_LOW);
	for (size_t i = 0; i < owed->len; i++) {
		struct cell *c = risk_row(v->doc, table, items[i].record)->cells + RISK_COLUMNS;
		int64_t late = items[i].review == DATE_NONE ? 0 : (int64_t)v->request->r->today - items[i].review;

		c[0] = v->request->data && items[i].review == DATE_NONE ? cell_none() : review_cell(v, items[i].review);
		c[1] = late > 0 ? cell_integer(late) : cell_none();
		c[2] = v->request->data && !has_text(items[i].record, "owner") ? cell_none() : owner_cell(v->doc, items[i].record);
		c[3] = risk_amount(v->request->r->project, items[i].exposure);
		if (has_text(items[i].record, "strategy"))
			c[4] = cell_word(&v->doc->arena, record_text_or(items[i].record, "strategy"));
	}
}

static void add_triggers(struct view *v)
{
	struct table *table = begin(v, "triggers", N_("Triggers to watch"), N_("no open risk has a trigger"));
	const struct owed *items = v->watched.items;

	table_column(table, "trigger", N_("trigger"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "proximity", N_("possible from"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "owner", N_("owner"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "exposure", N_("exposure"), ALIGN_RIGHT, PRIORITY_LOW);
	for (size_t i = 0; i < v->watched.len; i++) {
		struct cell *c = risk_row(v->doc, table, items[i].record)->cells + RISK_COLUMNS;

		c[0] = cell_text(&v->doc->arena, record_text_or(items[i].record, "trigger"));
		if (items[i].proximity != DATE_NONE)
			c[1] = cell_date(items[i].proximity);
		if (has_text(items[i].record, "owner"))
			c[2] = owner_cell(v->doc, items[i].record);
		c[3] = risk_amount(v->request->r->project, items[i].exposure);
	}
}

void risk_due_report(struct doc *doc, const struct risk_request *request, date_t until)
{
	struct view v = { .doc = doc, .request = request, .until = until };
	const struct record *const *records = request->records->items;

	vec_init(&v.reviews, sizeof(struct owed));
	vec_init(&v.watched, sizeof(struct owed));
	vec_init(&v.neglected, sizeof(struct owed));
	for (size_t i = 0; i < request->records->len; i++)
		sort_in(&v, records[i]);
	vec_sort(&v.reviews, by_review, NULL);
	vec_sort(&v.watched, by_exposure, NULL);
	vec_sort(&v.neglected, by_exposure, NULL);
	add_reviews(&v, "records", N_("Reviews"), N_("no review is owed"), &v.reviews);
	add_triggers(&v);
	if (v.neglected.len || request->data)
		add_reviews(&v, "neglected", N_("Without a review date or an owner"), NULL, &v.neglected);
	vec_release(&v.reviews);
	vec_release(&v.watched);
	vec_release(&v.neglected);
}
