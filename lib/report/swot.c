#include "report/swot.h"

#include "base/alloc.h"

static const char quadrant_words[] = "strength|weakness|opportunity|threat";

struct item {
	const struct record *record;
	decimal_t weight; /* DECIMAL_NONE: none given */
	int quadrant;
};

static int by_weight(const void *a, const void *b, void *context)
{
	const struct item *x = a, *y = b;

	(void)context;
	if (x->quadrant != y->quadrant)
		return x->quadrant < y->quadrant ? -1 : 1;
	return x->weight == y->weight ? 0 : x->weight > y->weight ? -1 : 1;
}

static void collect(const struct project *project, const struct vec *records, struct vec *items)
{
	const struct record *const *list = records->items;
	struct arena scratch;
	struct value value;

	arena_init(&scratch);
	for (size_t i = 0; i < records->len; i++) {
		struct item item = { list[i], DECIMAL_NONE, word_index(quadrant_words, record_text_or(list[i], "quadrant")) };

		if (record_value(project, list[i], kind_field_named(list[i]->kind, "weight"), &scratch, &value))
			item.weight = value.as.number;
		if (item.quadrant >= 0)
			vec_append(items, &item);
	}
	arena_release(&scratch);
	vec_sort(items, by_weight, NULL);
}

/* "SW-7 HIS 厂商改造费用无出处 (5) → R-2" */
static struct cell item_cell(struct doc *doc, const struct item *item)
{
	struct slice title = record_title(item->record), id = item->record->id, risks = record_text_or(item->record, "risk"), risk;
	struct strbuf text;
	struct cell cell;
	bool first = true;

	strbuf_init(&text);
	strbuf_add_slice(&text, id);
	if (!slice_equal(title, id)) {
		strbuf_add_char(&text, ' ');
		strbuf_add_slice(&text, title);
	}
	if (item->weight != DECIMAL_NONE) {
		strbuf_add_str(&text, " (");
		decimal_print(&text, item->weight, 0);
		strbuf_add_char(&text, ')');
	}
	while (slice_next(&risks, ",\n", &risk))
		if (risk.len) {
			strbuf_add_str(&text, first ? " → " : ", ");
			strbuf_add_slice(&text, risk);
			first = false;
		}
	cell = cell_text(&doc->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return cell;
}

static void add_figure(struct doc *doc, const struct vec *items)
{
	static const char *const titles[] = { N_("Strengths"), N_("Weaknesses"), N_("Opportunities"), N_("Threats") };
	static const enum tone tones[] = { TONE_GOOD, TONE_WATCH, TONE_GOOD, TONE_BAD };
	struct figure *figure = doc_figure(doc, FIGURE_QUADRANTS, "swot", NULL);
	const struct item *list = items->items;

	figure->description = N_("Strengths and weaknesses above, opportunities and threats below");
	for (int q = 0; q < 4; q++) {
		struct quadrant *quadrant = vec_push(&figure->nodes);

		*quadrant = (struct quadrant){ .title = titles[q], .tone = tones[q],
			.items = arena_calloc(&doc->arena, items->len + 1, sizeof(struct cell)) };
		for (size_t i = 0; i < items->len; i++)
			if (list[i].quadrant == q)
				quadrant->items[quadrant->count++] = item_cell(doc, &list[i]);
	}
}

/* What is made of the items: one line each that has a strategy. */
static void add_strategies(struct doc *doc, const struct vec *items)
{
	const struct item *list = items->items;
	struct table *table = NULL;

	for (size_t i = 0; i < items->len; i++) {
		struct slice strategy = record_text_or(list[i].record, "strategy");
		struct cell *c;

		if (strategy.len == 0)
			continue;
		if (!table) {
			table = doc_table(doc, "strategies", N_("What is made of them"));
			table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
			table_column(table, "strategy", N_("strategy"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
		}
		c = table_row(table)->cells;
		c[0] = cell_ref(&doc->arena, list[i].record->id, slice_of(""));
		c[1] = cell_text(&doc->arena, strategy);
	}
}

static void add_data(struct doc *doc, const struct vec *items)
{
	struct table *table = doc_table(doc, "records", NULL);
	const struct item *list = items->items;

	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "title", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "quadrant", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "weight", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	table_column(table, "risk", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "strategy", NULL, ALIGN_LEFT, PRIORITY_DATA);
	for (size_t i = 0; i < items->len; i++) {
		struct cell *c = table_row(table)->cells;
		const struct record *record = list[i].record;

		c[0] = cell_word(&doc->arena, slice_of("swot"));
		c[1] = cell_ref(&doc->arena, record->id, slice_of(""));
		c[2] = cell_text(&doc->arena, record_title(record));
		c[3] = cell_word(&doc->arena, record_text_or(record, "quadrant"));
		if (list[i].weight != DECIMAL_NONE)
			c[4] = cell_number(list[i].weight);
		if (record_text_or(record, "risk").len)
			c[5] = cell_text(&doc->arena, record_text_or(record, "risk"));
		if (record_text_or(record, "strategy").len)
			c[6] = cell_text(&doc->arena, record_text_or(record, "strategy"));
	}
}

void swot_report(struct doc *doc, const struct project *project, const struct vec *records, bool data)
{
	struct vec items;

	vec_init(&items, sizeof(struct item));
	collect(project, records, &items);
	if (data)
		add_data(doc, &items);
	else if (items.len == 0)
		doc_paragraph(doc, cell_message(N_("no SWOT items: 'pmt swot add TITLE quadrant=strength' begins")));
	else
		add_figure(doc, &items);
	if (!data)
		add_strategies(doc, &items);
	vec_release(&items);
}
