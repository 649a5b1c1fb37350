#include "report/stakeholder.h"

#include "base/alloc.h"
#include "register/stakeholder.h"

#include <string.h>

static const char *const levels[GRID_LEVELS] = { "low", "medium", "high" };

/* Those the condition chooses: struct stakeholder. */
static void choose(const struct stakeholder_request *request, struct vec *out)
{
	struct record *record;
	struct arena scratch;

	arena_init(&scratch);
	FOREACH_RECORD(request->scope->project, kind_find(slice_of("stakeholder")), record) {
		if (!request->condition || condition_holds(request->condition, record, request->scope, &scratch))
			stakeholder_read(vec_push(out), record);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
}

/* A field's text as a word or as what people wrote; nothing when it is not there. */
static struct cell field_cell(struct doc *doc, const struct record *record, const char *name)
{
	const struct field *field = kind_field_named(record->kind, name);
	struct slice text;

	if (!record_text(record, name, &text) || !slice_trim(text).len)
		return cell_none();
	return field->type == TYPE_ENUM ? cell_word(&doc->arena, slice_trim(text)) : cell_text(&doc->arena, text);
}

/* --- the grid --- */

static struct cell grid_cell(struct doc *doc, const struct vec *chosen, int power, int interest, bool data)
{
	const struct stakeholder *items = chosen->items;
	struct cell *cells = arena_calloc(&doc->arena, chosen->len + 1, sizeof(*cells)), list;
	size_t count = 0;

	for (size_t i = 0; i < chosen->len; i++)
		if (items[i].power == power && items[i].interest == interest)
			cells[count++] = data ? cell_ref(&doc->arena, items[i].record->id, slice_of("")) :
				cell_text(&doc->arena, record_title(items[i].record));
	list = cell_list(&doc->arena, cells, count);
	return count ? list : cell_none();
}

static void add_grid(struct doc *doc, const struct vec *chosen, bool data)
{
	static const uint8_t heat[] = { 0, 0, 1, 2, 3 };
	struct figure *figure = doc_figure(doc, FIGURE_MATRIX, "grid", N_("Power and interest"));
	struct cell *rows = arena_calloc(&doc->arena, GRID_LEVELS, sizeof(*rows));
	struct cell *columns = arena_calloc(&doc->arena, GRID_LEVELS, sizeof(*columns));

	figure->description = N_("Stakeholders by power and interest, darker where they need more attention");
	figure->row_title = N_("power");
	figure->column_title = N_("interest");
	figure->row_labels = rows;
	figure->column_labels = columns;
	figure->row_count = figure->column_count = GRID_LEVELS;
	figure->matrix = arena_calloc(&doc->arena, (size_t)GRID_LEVELS * GRID_LEVELS, sizeof(*figure->matrix));
	figure->heat = arena_calloc(&doc->arena, (size_t)GRID_LEVELS * GRID_LEVELS, 1);
	for (int row = 0; row < GRID_LEVELS; row++) {
		rows[row] = cell_word(&doc->arena, slice_of(levels[GRID_LEVELS - 1 - row]));
		columns[row] = cell_word(&doc->arena, slice_of(levels[row]));
	}
	for (int row = 0; row < GRID_LEVELS; row++)
		for (int column = 0; column < GRID_LEVELS; column++) {
			int power = GRID_LEVELS - 1 - row;

			figure->matrix[row * GRID_LEVELS + column] = grid_cell(doc, chosen, power, column, data);
			figure->heat[row * GRID_LEVELS + column] = heat[stakeholder_strategy(power, column)];
		}
}

static int by_strategy(const void *a, const void *b, void *context)
{
	const struct stakeholder *x = a, *y = b;

	(void)context;
	return (int)y->strategy - (int)x->strategy;
}

static struct table *people_table(struct doc *doc)
{
	struct table *table = doc_table(doc, "records", NULL);

	table->empty = N_("no stakeholders; 'pmt stakeholder add' enters one");
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	return table;
}

static void set_person(struct doc *doc, struct row *row, const struct record *record)
{
	row->cells[0] = cell_ref(&doc->arena, record->id, slice_of(""));
	row->cells[1] = cell_text(&doc->arena, record_title(record));
}

static void add_strategies(struct doc *doc, const struct vec *chosen)
{
	const struct stakeholder *items = chosen->items;
	struct table *table = people_table(doc);

	table_column(table, "power", N_("power"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "interest", N_("interest"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "quadrant", N_("quadrant"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "attitude", N_("attitude"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "ambassador", N_("ambassador"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "strategy", N_("strategy"), ALIGN_LEFT, PRIORITY_LOW)->grow = true;
	for (size_t i = 0; i < chosen->len; i++) {
		struct row *row = table_row(table);

		set_person(doc, row, items[i].record);
		row->cells[2] = field_cell(doc, items[i].record, "power");
		row->cells[3] = field_cell(doc, items[i].record, "interest");
		row->cells[4] = cell_toned(items[i].strategy == STRATEGY_UNKNOWN ? TONE_WATCH :
			items[i].strategy == STRATEGY_MANAGE ? TONE_STRONG : TONE_NONE, cell_message(strategy_text(items[i].strategy)));
		row->cells[5] = field_cell(doc, items[i].record, "attitude");
		if (slice_is(record_text_or(items[i].record, "attitude"), "oppose"))
			row->cells[5].tone = TONE_BAD;
		row->cells[6] = field_cell(doc, items[i].record, "ambassador");
		row->cells[7] = field_cell(doc, items[i].record, "strategy");
	}
}

void stakeholder_grid(struct doc *doc, const struct stakeholder_request *request)
{
	struct vec chosen;

	vec_init(&chosen, sizeof(struct stakeholder));
	choose(request, &chosen);
	add_grid(doc, &chosen, request->data);
	vec_sort(&chosen, by_strategy, NULL);
	add_strategies(doc, &chosen);
	vec_release(&chosen);
}

/* --- engagement --- */

static int by_gap(const void *a, const void *b, void *context)
{
	const struct stakeholder *x = a, *y = b;

	(void)context;
	return x->gap == y->gap ? (int)y->strategy - (int)x->strategy : y->gap - x->gap;
}

/* C where they stand, D where they should. */
static struct cell mark_cell(const struct stakeholder *s, int level)
{
	if (s->engagement == level && s->desired == level)
		return cell_toned(TONE_GOOD, cell_message(N_("C D")));
	if (s->engagement == level)
		return cell_toned(s->gap > 1 || level < 2 ? TONE_BAD : TONE_WATCH, cell_message(N_("C")));
	return s->desired == level ? cell_toned(TONE_STRONG, cell_message(N_("D"))) : cell_none();
}

static const char *gap_text(const struct stakeholder *s)
{
	if (s->engagement < 0 || s->desired < 0)
		return N_("find out where they stand");
	if (s->gap <= 0)
		return N_("keep");
	return s->engagement == 0 ? N_("make aware, then win over") : s->engagement == 1 ? N_("resolve the resistance") :
		N_("win over");
}

static void add_engagement_row(struct doc *doc, struct table *table, const struct stakeholder *s, bool data)
{
	struct row *row = table_row(table);
	size_t at = 2;

	set_person(doc, row, s->record);
	if (data) {
		row->cells[at++] = field_cell(doc, s->record, "engagement");
		row->cells[at++] = field_cell(doc, s->record, "desired");
	}
	for (int level = 0; !data && level < ENGAGEMENT_LEVELS; level++)
		row->cells[at++] = mark_cell(s, level);
	row->cells[at] = s->engagement < 0 || s->desired < 0 ? cell_none() : cell_integer(s->gap);
	row->cells[at].sign = s->gap != 0;
	row->cells[at + 1] = cell_message(gap_text(s));
}

void stakeholder_engagement(struct doc *doc, const struct stakeholder_request *request)
{
	static const char *const keys[ENGAGEMENT_LEVELS] = { "unaware", "resistant", "neutral", "supportive", "leading" };
	static const char *const titles[ENGAGEMENT_LEVELS] = { N_("unaware"), N_("resistant"), N_("neutral"),
		N_("supportive"), N_("leading") };
	struct table *table;
	struct vec chosen;

	vec_init(&chosen, sizeof(struct stakeholder));
	choose(request, &chosen);
	vec_sort(&chosen, by_gap, NULL);
	table = people_table(doc);
	if (request->data) {
		table_column(table, "engagement", N_("engagement"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "desired", N_("desired"), ALIGN_LEFT, PRIORITY_MUST);
	}
	for (int level = 0; !request->data && level < ENGAGEMENT_LEVELS; level++)
		table_column(table, keys[level], titles[level], ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "gap", N_("gap"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "what", N_("what to do"), ALIGN_LEFT, PRIORITY_HIGH);
	for (size_t i = 0; i < chosen.len; i++)
		add_engagement_row(doc, table, vec_at(&chosen, i), request->data);
	vec_release(&chosen);
}
