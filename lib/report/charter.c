#include "report/charter.h"

#include "base/alloc.h"
#include "model/scale.h"

#include <string.h>

static const char *label_of(struct doc *doc, const char *name)
{
	char *label = arena_strdup(&doc->arena, name);

	for (char *c = label; *c; c++)
		if (*c == '_')
			*c = ' ';
	return label;
}

static struct cell people_cell(struct doc *doc, const struct project *project, struct slice ids)
{
	struct cell *cells = arena_calloc(&doc->arena, ids.len / 2 + 2, sizeof(*cells));
	struct slice id;
	size_t count = 0;

	while (slice_next(&ids, ",\n", &id)) {
		const struct record *record = id.len ? project_find_among(project, "stakeholder|resource|team", id) : NULL;

		if (id.len)
			cells[count++] = cell_ref(&doc->arena, id, record ? record_title(record) : slice_of(""));
	}
	return count ? cell_list(&doc->arena, cells, count) : cell_none();
}

/* "signed on 2026-03-06; changed since: budget" */
static struct cell approval_cell(struct doc *doc, const struct charter_page *page)
{
	struct slice date = slice_trim(record_text_or(page->charter, "approved"));
	const char *day = arena_strndup(&doc->arena, date.at ? date.at : "", date.len);

	if (!charter_approved(page->charter))
		return cell_toned(TONE_WATCH, cell_message(N_("not approved")));
	if (page->pending.len)
		return cell_toned(TONE_WATCH, cell_messagef(&doc->arena, N_("approved on %s by %s, which has not landed yet"), day,
			arena_strndup(&doc->arena, page->pending.at, page->pending.len), NULL));
	if (page->changed && page->changed->len)
		return cell_toned(TONE_BAD, cell_messagef(&doc->arena, N_("approved on %s, and changed since"), day, NULL));
	if (!charter_approved_by_sponsor(page->project, page->charter))
		return cell_toned(TONE_WATCH, cell_messagef(&doc->arena, N_("approved on %s, but not by its sponsor"), day, NULL));
	return cell_toned(TONE_GOOD, cell_messagef(&doc->arena, N_("approved on %s"), day, NULL));
}

static void add_facts(struct doc *doc, const struct charter_page *page)
{
	static const char *const people[] = { "sponsor", "manager", "stakeholders", "approved_by" };
	struct block *pairs = doc_pairs(doc, "facts");
	const struct field *budget = kind_field_named(page->charter->kind, "budget");
	const struct slice *fields = page->changed ? page->changed->items : NULL;
	struct value value;
	struct cell cell;

	pairs_add(doc, pairs, "approval", N_("status"), approval_cell(doc, page));
	for (size_t i = 0; i < ARRAY_SIZE(people); i++) {
		cell = people_cell(doc, page->project, record_text_or(page->charter, people[i]));
		if (cell.type != CELL_NONE)
			pairs_add(doc, pairs, people[i], label_of(doc, people[i]), cell);
	}
	if (record_value(page->project, page->charter, budget, &doc->arena, &value))
		pairs_add(doc, pairs, "budget", N_("budget"), cell_value(&doc->arena, &value, &page->project->units));
	if (fields && page->changed->len) {
		struct cell *cells = arena_calloc(&doc->arena, page->changed->len, sizeof(*cells));

		for (size_t i = 0; i < page->changed->len; i++)
			cells[i] = cell_text(&doc->arena, fields[i]);
		pairs_add(doc, pairs, "changed", N_("changed since it was approved"),
			cell_list(&doc->arena, cells, page->changed->len));
	}
}

/* Long texts, a heading each; lists as lists. */
static void add_text(struct doc *doc, const struct record *charter, const struct field *field)
{
	struct slice text, line;
	struct block *items;

	if (!record_text(charter, field->name, &text) || !slice_trim(text).len)
		return;
	doc_heading(doc, 2, cell_message(label_of(doc, field->name)));
	if (field->type == TYPE_TEXT) {
		doc_paragraph(doc, cell_text(&doc->arena, text));
		return;
	}
	items = doc_items(doc, field->name);
	while (slice_next(&text, "\n", &line))
		if (line.len)
			items_add(doc, items, cell_text(&doc->arena, line));
}

static struct cell where_cell(struct doc *doc, const struct charter_item *item)
{
	const char *number = arena_printf(&doc->arena, "%zu", item->count);

	if (item->state == CHARTER_THERE)
		return cell_toned(TONE_GOOD, cell_message(N_("said")));
	if (item->state == CHARTER_MISSING)
		return cell_toned(TONE_BAD, cell_message(N_("missing")));
	return cell_toned(TONE_GOOD, cell_messagef(&doc->arena, N_("in the registers: %s"), number, NULL));
}

size_t charter_completeness(struct doc *doc, const struct charter_page *page, bool missing_alone)
{
	struct table *table = doc_table(doc, "completeness", N_("What a charter must say"));
	const struct charter_item *item;
	struct vec items;
	size_t missing;

	table->empty = N_("nothing is missing");
	table_column(table, "item", N_("item"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "state", N_("state"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "field", N_("field"), ALIGN_LEFT, PRIORITY_HIGH);
	vec_init(&items, sizeof(*item));
	missing = charter_read(page->project, page->charter, &items);
	item = items.items;
	for (size_t i = 0; i < items.len; i++) {
		struct cell *cells;

		if (missing_alone && item[i].state != CHARTER_MISSING)
			continue;
		cells = table_row(table)->cells;
		cells[0] = cell_message(item[i].title);
		cells[1] = where_cell(doc, &item[i]);
		cells[2] = cell_text(&doc->arena, slice_of(item[i].field));
	}
	vec_release(&items);
	return missing;
}

static void add_record(struct doc *doc, const struct charter_page *page)
{
	struct block *pairs = doc_pairs(doc, "records");
	struct slice text;

	for (size_t i = 0; i < page->charter->kind->field_count; i++) {
		const struct field *field = &page->charter->kind->fields[i];
		struct value value;

		if (record_text(page->charter, field->name, &text) &&
			record_value(page->project, page->charter, field, &doc->arena, &value))
			pairs_add(doc, pairs, field->name, NULL, cell_value(&doc->arena, &value, &page->project->units));
	}
	pairs_add(doc, pairs, "kind", NULL, cell_text(&doc->arena, slice_of("charter")));
	pairs_add(doc, pairs, "is_approved", NULL, cell_yesno(charter_approved(page->charter) && !page->pending.len));
	if (page->pending.len)
		pairs_add(doc, pairs, "pending", NULL, cell_text(&doc->arena, page->pending));
	pairs_add(doc, pairs, "by_sponsor", NULL, cell_yesno(charter_approved_by_sponsor(page->project, page->charter)));
	if (page->changed)
		pairs_add(doc, pairs, "changed_since", NULL, cell_yesno(page->changed->len > 0));
}

void charter_page(struct doc *doc, const struct charter_page *page)
{
	const struct kind *kind = kind_find(slice_of("charter"));

	if (!page->charter && page->data) {
		table_column(doc_table(doc, "records", NULL), "kind", NULL, ALIGN_LEFT, PRIORITY_MUST);
	} else if (!page->charter) {
		doc_paragraph(doc, cell_message(N_("There is no charter; 'pmt charter edit' begins one.")));
	} else if (page->data) {
		add_record(doc, page);
	} else {
		doc_heading(doc, 1, cell_text(&doc->arena, record_title(page->charter)));
		add_facts(doc, page);
		for (size_t i = 0; i < kind->field_count; i++)
			if (kind->fields[i].type == TYPE_TEXT || kind->fields[i].type == TYPE_LINES)
				add_text(doc, page->charter, &kind->fields[i]);
	}
	charter_completeness(doc, page, !page->data);
}

/* --- advice --- */

static struct cell reason_cell(struct doc *doc, const struct method_reason *r, enum method advised)
{
	bool against = r->speaks_for != advised && advised != METHOD_HYBRID;

	return cell_toned(against ? TONE_MUTED : TONE_NONE, cell_messagef(&doc->arena, r->message, r->number, r->days, NULL));
}

/* The table of advice: "≥ 30 %", or how many days or points. */
static struct cell limit_cell(struct doc *doc, const struct advice_row *row)
{
	struct cell share = cell_percent(decimal_from_integer(row->limit));

	if (row->sign == ADVICE_WITHIN)
		return cell_text(&doc->arena, slice_of(arena_printf(&doc->arena, "%dd", row->limit)));
	if (!advice_is_share(row->sign))
		return cell_none();
	return cell_message_of(&doc->arena, row->below ? N_("< %s") : N_("≥ %s"), &share, 1);
}

static const char *sign_words(enum advice_sign sign)
{
	static const char *const words[ADVICE_SIGNS] = {
		[ADVICE_FIXED_PRICE] = N_("a signed contract for a fixed price comes in"),
		[ADVICE_HARDWARE] = N_("hardware is among the deliverables"),
		[ADVICE_EARLY] = N_("a prototype, MVP or pilot brings requirements"),
		[ADVICE_RECURRING] = N_("tasks that recur"),
		[ADVICE_LAW] = N_("share of the requirements of type compliance or security"),
		[ADVICE_CHANGED] = N_("share of the requirements that changed"),
		[ADVICE_LINKED] = N_("share of the tasks that wait for another"),
		[ADVICE_UNSETTLED] = N_("share of the requirements not approved yet"),
		[ADVICE_FREE] = N_("share of the tasks that wait for nothing, where no requirement is served"),
		[ADVICE_WITHIN] = N_("how far back changes of requirements count"),
		[ADVICE_HYBRID] = N_("points for waterfall and for scrum from which both are a hybrid"),
	};

	return words[sign];
}

void charter_advice_table(struct doc *doc, const struct project *project)
{
	const struct record *scale;
	struct slice rest = method_table(project, &scale), line, signs, word;
	struct table *table = doc_table(doc, "records", NULL);
	struct advice_row row;

	table_column(table, "sign", N_("sign"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "limit", N_("limit"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "method", N_("method"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "points", N_("points"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "means", N_("what it means"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	while (slice_next(&rest, "\n", &line)) {
		struct cell *cells;

		if (!slice_trim(line).len || advice_row_parse(line, &row))
			continue;
		signs = slice_of(advice_signs);
		for (int i = 0; i <= (int)row.sign; i++)
			slice_next(&signs, "|", &word);
		cells = table_row(table)->cells;
		cells[0] = cell_text(&doc->arena, word);
		cells[1] = limit_cell(doc, &row);
		if (row.points && row.sign != ADVICE_HYBRID)
			cells[2] = cell_word(&doc->arena, slice_of(method_word((enum method)row.method)));
		if (row.points)
			cells[3] = cell_integer(row.points);
		cells[4] = cell_message(sign_words(row.sign));
	}
	doc_paragraph(doc, cell_toned(TONE_MUTED, scale ?
		cell_messagef(&doc->arena, N_("The project's own table, [scale %s]; the first row of a sign that fits counts."),
			arena_strndup(&doc->arena, scale->id.at, scale->id.len), (const char *)NULL) :
		cell_message(N_("Rules of thumb. A [scale] with type = method_advice and rows such as 'law >= 30% waterfall 2' in 'advice' takes "
				"their place; the first row of a sign that fits counts."))));
}

static struct cell part_cell(struct doc *doc, const struct plan *plan, const struct method_advice *advice)
{
	if (advice->task == PLAN_NO_TASK)
		return cell_message(N_("the whole project"));
	return cell_ref(&doc->arena, plan_id(plan, advice->task), plan_title(plan, advice->task));
}

static struct table *advice_table(struct doc *doc, bool data)
{
	struct table *table = doc_table(doc, "records", NULL);

	table_column(table, "part", N_("part"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "advised", N_("advised"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "method", N_("now"), ALIGN_LEFT, PRIORITY_HIGH);
	if (data)
		table_column(table, "reasons", NULL, ALIGN_LEFT, PRIORITY_DATA);
	return table;
}

static void add_reasons(struct doc *doc, const struct plan *plan, const struct method_advice *advice)
{
	const struct method_reason *r = advice->reasons.items;
	struct block *items;

	doc_heading(doc, 2, part_cell(doc, plan, advice));
	items = doc_items(doc, NULL);
	if (!advice->reasons.len)
		items_add(doc, items, cell_message(N_("nothing speaks for another method than the present one")));
	for (size_t i = 0; i < advice->reasons.len; i++)
		items_add(doc, items, cell_message_of(&doc->arena, N_("%s: %s"),
			(const struct cell[]){ cell_word(&doc->arena, slice_of(method_word(r[i].speaks_for))),
				reason_cell(doc, &r[i], advice->advised) }, 2));
}

void charter_advice(struct doc *doc, const struct plan *plan, const struct method_advices *advices, bool data)
{
	const struct method_advice *items = advices->items.items;
	struct table *table = advice_table(doc, data);

	for (size_t i = 0; i < advices->items.len; i++) {
		const struct method_reason *r = items[i].reasons.items;
		struct cell *cells = table_row(table)->cells;
		bool same = slice_is(items[i].now, method_word(items[i].advised));

		cells[0] = part_cell(doc, plan, &items[i]);
		cells[1] = cell_toned(same ? TONE_GOOD : TONE_WATCH, cell_word(&doc->arena, slice_of(method_word(items[i].advised))));
		cells[2] = items[i].now.len ? cell_word(&doc->arena, items[i].now) : cell_none();
		if (data) {
			struct cell *list = arena_calloc(&doc->arena, items[i].reasons.len + 1, sizeof(*list));

			for (size_t k = 0; k < items[i].reasons.len; k++)
				list[k] = reason_cell(doc, &r[k], items[i].advised);
			cells[3] = cell_list(&doc->arena, list, items[i].reasons.len);
		}
	}
	for (size_t i = 0; i < advices->items.len && !data; i++)
		add_reasons(doc, plan, &items[i]);
}
