#include "report/requirement.h"

#include "base/alloc.h"
#include "register/value.h"

#include <string.h>

static bool is_chosen(const struct requirement_request *request, const struct record *record, struct arena *scratch)
{
	bool holds = !request->condition || condition_holds(request->condition, record, request->scope, scratch);

	arena_reset(scratch);
	return holds;
}

static struct cell money_cell(const struct project *project, decimal_t amount)
{
	struct money money = { .amount = amount };

	if (amount == DECIMAL_NONE)
		return cell_none();
	memcpy(money.currency, project->units.currency, sizeof(money.currency));
	return cell_money(money);
}

static struct cell number_cell(decimal_t number)
{
	return number == DECIMAL_NONE ? cell_none() : cell_number(number);
}

static struct cell word_cell(struct doc *doc, const struct record *record, const char *field)
{
	struct slice word = slice_trim(record_text_or(record, field));

	return word.len ? cell_word(&doc->arena, word) : cell_none();
}

/* --- MoSCoW --- */

enum { PRIORITIES = 4 };
static const char *const priorities[PRIORITIES] = { "must", "should", "could", "wont" };

struct class {
	size_t count, done;
	decimal_t value, cost; /* sums of what is said */
	bool has_value, has_cost;
	struct vec titles;     /* struct cell */
};

static bool is_done(const struct record *record)
{
	return word_index("implemented|verified|accepted", record_text_or(record, "status")) >= 0;
}

static void add_sum(decimal_t *sum, bool *has, decimal_t more)
{
	if (more == DECIMAL_NONE)
		return;
	decimal_add(*sum, more, sum);
	*has = true;
}

static void class_add(struct class *class, struct doc *doc, const struct project *project, const struct record *record,
	moment_t now)
{
	struct candidate figures;
	struct cell cell = cell_ref(&doc->arena, record->id, record_title(record));

	candidate_read(&figures, project, record, moment_date(now));
	class->count++;
	class->done += is_done(record);
	add_sum(&class->value, &class->has_value, figures.value);
	add_sum(&class->cost, &class->has_cost, figures.cost);
	vec_append(&class->titles, &cell);
}

static struct table *moscow_table(struct doc *doc)
{
	struct table *table = doc_table(doc, "priorities", NULL);

	table_column(table, "priority", N_("priority"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "count", N_("requirements"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "share", N_("share"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "done", N_("implemented"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "value", N_("value"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "cost", N_("cost"), ALIGN_RIGHT, PRIORITY_HIGH);
	return table;
}

static struct cell share_cell(size_t part, size_t whole)
{
	if (!whole)
		return cell_none();
	return cell_percent(decimal_scale(decimal_from_integer(100), (int64_t)part, (int64_t)whole));
}

static void add_classes(struct doc *doc, const struct project *project, const struct class *classes)
{
	struct table *table = moscow_table(doc);
	size_t total = 0;

	for (size_t i = 0; i < PRIORITIES; i++)
		total += classes[i].count;
	for (size_t i = 0; i < PRIORITIES; i++) {
		struct cell *cells = table_row(table)->cells;

		cells[0] = cell_word(&doc->arena, slice_of(priorities[i]));
		cells[1] = cell_integer((int64_t)classes[i].count);
		cells[2] = share_cell(classes[i].count, total);
		cells[3] = cell_integer((int64_t)classes[i].done);
		cells[4] = classes[i].has_value ? cell_number(classes[i].value) : cell_none();
		cells[5] = classes[i].has_cost ? money_cell(project, classes[i].cost) : cell_none();
	}
}

static void add_class_list(struct doc *doc, const struct class *class, const char *priority)
{
	const struct cell *titles = class->titles.items;
	struct block *items;

	if (!class->count)
		return;
	doc_heading(doc, 2, cell_word(&doc->arena, slice_of(priority)));
	items = doc_items(doc, priority);
	for (size_t i = 0; i < class->titles.len; i++)
		items_add(doc, items, titles[i]);
}

void requirement_moscow(struct doc *doc, const struct requirement_request *request)
{
	const struct project *project = request->scope->project;
	struct class classes[PRIORITIES] = { 0 };
	struct record *record;
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; i < PRIORITIES; i++)
		vec_init(&classes[i].titles, sizeof(struct cell));
	FOREACH_RECORD(project, kind_find(slice_of("requirement")), record) {
		int at = word_index("must|should|could|wont", record_text_or(record, "priority"));

		if (at >= 0 && is_chosen(request, record, &scratch))
			class_add(&classes[at], doc, project, record, request->scope->now);
	}
	add_classes(doc, project, classes);
	for (size_t i = 0; i < PRIORITIES; i++) {
		add_class_list(doc, &classes[i], priorities[i]);
		vec_release(&classes[i].titles);
	}
	arena_release(&scratch);
}

/* --- volatility --- */

static void add_months_figure(struct doc *doc, const struct vec *months)
{
	static const char *const labels[] = { N_("added"), N_("changed"), N_("removed") };
	const struct volatility_month *m = months->items;
	struct figure *figure = doc_figure(doc, FIGURE_BAR, "chart", N_("Requirements added, changed, removed"));

	figure->description = N_("How many requirements were added, changed and removed in each month");
	figure->chart.x_axis = AXIS_CATEGORY;
	figure->chart.category_count = months->len;
	figure->chart.categories = arena_calloc(&doc->arena, months->len + 1, sizeof(struct slice));
	for (size_t i = 0; i < months->len; i++) {
		struct civil civil = civil_from_date(m[i].first);

		figure->chart.categories[i] = slice_of(arena_printf(&doc->arena, "%04d-%02d", civil.year, civil.month));
	}
	for (size_t s = 0; s < ARRAY_SIZE(labels); s++) {
		struct series *series = vec_push(&figure->chart.series);

		*series = (struct series){ .label = labels[s], .count = months->len };
		series->points = arena_calloc(&doc->arena, months->len + 1, sizeof(*series->points));
		for (size_t i = 0; i < months->len; i++)
			series->points[i] = (struct point){ (double)i,
				(double)(s == 0 ? m[i].added : s == 1 ? m[i].changed : m[i].removed) };
	}
}

void requirement_volatility(struct doc *doc, const struct vec *months, bool cut)
{
	const struct volatility_month *m = months->items;
	struct table *table = doc_table(doc, "records", NULL);

	table->empty = N_("no requirement was ever committed");
	table_column(table, "month", N_("month"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "at_start", N_("at the beginning"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "added", N_("added"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "changed", N_("changed"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "removed", N_("removed"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "volatility", N_("volatility"), ALIGN_RIGHT, PRIORITY_MUST);
	for (size_t i = 0; i < months->len; i++) {
		struct cell *cells = table_row(table)->cells;
		struct civil civil = civil_from_date(m[i].first);

		cells[0] = cell_text(&doc->arena, slice_of(arena_printf(&doc->arena, "%04d-%02d", civil.year, civil.month)));
		cells[1] = cell_integer((int64_t)m[i].at_start);
		cells[2] = cell_integer((int64_t)m[i].added);
		cells[3] = cell_integer((int64_t)m[i].changed);
		cells[4] = cell_integer((int64_t)m[i].removed);
		cells[5] = m[i].share == DECIMAL_NONE ? cell_none() : cell_percent(m[i].share);
	}
	if (months->len > 1)
		add_months_figure(doc, months);
	if (cut)
		doc_paragraph(doc, cell_message(N_("The history here is shallow: older months may be missing.")));
}

/* --- the ranking --- */

void requirement_ranking(struct doc *doc, const struct project *project, const struct vec *ranked)
{
	const struct candidate *c = ranked->items;
	struct table *table = doc_table(doc, "records", NULL);

	table->empty = N_("nothing waits to be ruled on");
	table_column(table, "rank", N_("rank"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "kind", N_("kind"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "priority", N_("priority"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "due", N_("due"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "score", N_("score"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "value", N_("value"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "worth", N_("worth"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "cost", N_("cost"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "roi", N_("roi"), ALIGN_RIGHT, PRIORITY_MUST);
	for (size_t i = 0; i < ranked->len; i++) {
		struct cell *cells = table_row(table)->cells;

		cells[0] = cell_integer((int64_t)i + 1);
		cells[1] = cell_word(&doc->arena, slice_of(c[i].vulnerability ? "vulnerability" : c[i].record->kind->name));
		cells[2] = cell_ref(&doc->arena, c[i].record->id, slice_of(""));
		cells[3] = cell_text(&doc->arena, record_title(c[i].record));
		cells[4] = word_cell(doc, c[i].record, c[i].vulnerability ? "severity" : "priority");
		cells[5] = c[i].due == DATE_NONE ? cell_none() : cell_date(c[i].due);
		cells[6] = number_cell(c[i].score);
		cells[7] = number_cell(c[i].value);
		cells[8] = money_cell(project, c[i].worth);
		cells[9] = money_cell(project, c[i].cost);
		cells[10] = c[i].roi == DECIMAL_NONE ? cell_none() :
			cell_toned(c[i].roi < 0 ? TONE_BAD : TONE_GOOD, cell_percent(c[i].roi));
		if (c[i].vulnerability)
			cells[1].tone = TONE_BAD;
	}
}
