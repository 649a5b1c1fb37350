/* The probability-impact matrix: threats and opportunities apart, each risk where it stands before or after its response. */
#include "report/risk.h"

#include "base/alloc.h"
#include "report/health.h"

#include <string.h>

/* More ids than these in one cell say no more. */
enum { CELL_IDS = 24 };

struct spot {
	const struct record *record;
	struct risk risk;
	bool placed, placed_after;
	size_t row, column, row_after, column_after; /* from 0, low */
};

struct view {
	struct doc *doc;
	const struct risk_request *request;
	struct risk_matrix matrix;
	enum matrix_sides sides;
	struct vec spots; /* struct spot */
};

static const char *const heat_words[] = { "", "low", "medium", "high", "extreme" };

static int heat_of(const struct view *v, const struct spot *s, bool after)
{
	size_t row = after ? s->row_after : s->row, column = after ? s->column_after : s->column;

	if (!(after ? s->placed_after : s->placed))
		return 0;
	return v->matrix.heat[row * v->matrix.columns + column];
}

static bool is_after(const struct view *v)
{
	return v->sides == MATRIX_AFTER;
}

/* The hottest first, then the largest exposure. */
static int by_heat(const void *a, const void *b, void *context)
{
	const struct view *v = context;
	const struct spot *x = a, *y = b;
	int hx = heat_of(v, x, is_after(v)), hy = heat_of(v, y, is_after(v));
	decimal_t ex = is_after(v) ? x->risk.after.exposure : x->risk.before.exposure;
	decimal_t ey = is_after(v) ? y->risk.after.exposure : y->risk.before.exposure;

	if (hx != hy)
		return hx > hy ? -1 : 1;
	return ex == ey ? 0 : ex > ey ? -1 : 1;
}

static void collect(struct view *v)
{
	const struct record *const *records = v->request->records->items;

	for (size_t i = 0; i < v->request->records->len; i++) {
		struct spot *s = vec_push(&v->spots);

		s->record = records[i];
		risk_read(v->request->r, records[i], &s->risk);
		s->placed = risk_matrix_place(&v->matrix, &s->risk.before, &s->row, &s->column);
		s->placed_after = risk_matrix_place(&v->matrix, &s->risk.after, &s->row_after, &s->column_after);
	}
	vec_sort(&v->spots, by_heat, v);
}

/* --- the figure --- */

static struct cell level_cell(struct doc *doc, const struct risk_level *level)
{
	return level->message ? cell_message(level->message) : cell_text(&doc->arena, level->name);
}

/* Rows of the figure go from high to low. */
static size_t figure_cell(const struct view *v, size_t row, size_t column)
{
	return (v->matrix.rows - 1 - row) * v->matrix.columns + column;
}

static void label_axes(struct view *v, struct figure *figure)
{
	static const char *const impacts[] = { [IMPACT_WORST] = N_("impact: the worse of cost and time"),
		[IMPACT_COST] = N_("impact on cost"), [IMPACT_TIME] = N_("impact on time") };
	const struct risk_level *rows = v->matrix.probability.levels.items, *columns = v->matrix.columns_of->levels.items;
	struct cell *labels = arena_calloc(&v->doc->arena, v->matrix.rows + v->matrix.columns, sizeof(*labels));

	figure->row_count = v->matrix.rows;
	figure->column_count = v->matrix.columns;
	for (size_t i = 0; i < v->matrix.rows; i++)
		labels[i] = level_cell(v->doc, &rows[v->matrix.rows - 1 - i]);
	for (size_t i = 0; i < v->matrix.columns; i++)
		labels[v->matrix.rows + i] = level_cell(v->doc, &columns[i]);
	figure->row_labels = labels;
	figure->column_labels = labels + v->matrix.rows;
	figure->row_title = N_("probability");
	figure->column_title = impacts[v->matrix.impact];
}

static void add_move(const struct view *v, struct figure *figure, const struct spot *s)
{
	struct matrix_move move = { figure_cell(v, s->row, s->column), figure_cell(v, s->row_after, s->column_after),
		s->record->id };

	if (v->sides == MATRIX_BOTH && s->placed_after && s->risk.assessed && move.from != move.to)
		vec_append(&figure->nodes, &move);
}

/* Ids of a cell, the most important first; the rest as a number. */
static struct cell cell_ids(struct doc *doc, const struct vec *ids)
{
	struct cell list = cell_list(&doc->arena, ids->items, ids->len > CELL_IDS ? CELL_IDS + 1 : ids->len);

	if (ids->len > CELL_IDS)
		list.items[CELL_IDS] =
			cell_text(&doc->arena, slice_of(arena_printf(&doc->arena, "+%zu", ids->len - CELL_IDS)));
	return ids->len ? list : cell_none();
}

static void fill(struct view *v, struct figure *figure, bool opportunities)
{
	size_t count = v->matrix.rows * v->matrix.columns;
	struct vec *ids = arena_calloc(&v->doc->arena, count, sizeof(*ids));
	const struct spot *spots = v->spots.items;

	for (size_t i = 0; i < count; i++)
		vec_init(&ids[i], sizeof(struct cell));
	for (size_t i = 0; i < v->spots.len; i++) {
		const struct spot *s = &spots[i];
		struct vec *into;
		struct cell id = cell_ref(&v->doc->arena, s->record->id, record_title(s->record));

		if (s->risk.opportunity != opportunities || !(is_after(v) ? s->placed_after : s->placed))
			continue;
		into = &ids[is_after(v) ? figure_cell(v, s->row_after, s->column_after) : figure_cell(v, s->row, s->column)];
		if (into->len < CELL_IDS)
			add_move(v, figure, s);
		vec_append(into, &id);
	}
	figure->matrix = arena_calloc(&v->doc->arena, count, sizeof(struct cell));
	figure->heat = arena_calloc(&v->doc->arena, count, 1);
	for (size_t i = 0; i < count; i++) {
		figure->matrix[i] = cell_ids(v->doc, &ids[i]);
		vec_release(&ids[i]);
		figure->heat[figure_cell(v, i / v->matrix.columns, i % v->matrix.columns)] = v->matrix.heat[i];
	}
}

static bool has(const struct view *v, bool opportunities)
{
	const struct spot *spots = v->spots.items;

	for (size_t i = 0; i < v->spots.len; i++)
		if (spots[i].risk.opportunity == opportunities && (spots[i].placed || spots[i].placed_after))
			return true;
	return false;
}

static void add_figure(struct view *v, bool opportunities)
{
	static const char *const titles[2][3] = {
		{ N_("Threats before their responses"), N_("Threats after their responses"), N_("Threats: before → after their responses") },
		{ N_("Opportunities before their responses"), N_("Opportunities after their responses"),
			N_("Opportunities: before → after their responses") } };
	struct figure *figure;

	if (!has(v, opportunities))
		return;
	figure = doc_figure(v->doc, FIGURE_MATRIX, opportunities ? "opportunities" : "threats", titles[opportunities][v->sides]);
	figure->description = N_("Risks by probability and impact; colour tells how far up both lie");
	label_axes(v, figure);
	fill(v, figure, opportunities);
}

/* --- the table --- */

static void add_columns(const struct view *v, struct table *table)
{
	bool both = v->sides == MATRIX_BOTH;

	risk_columns(table);
	table_column(table, "type", N_("type"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "heat", N_("rating"), ALIGN_LEFT, both ? PRIORITY_DATA : PRIORITY_HIGH);
	table_column(table, "heat_after", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "before", N_("before response"), ALIGN_LEFT, is_after(v) ? PRIORITY_DATA : PRIORITY_MUST);
	table_column(table, "after", N_("after response"), ALIGN_LEFT, v->sides == MATRIX_BEFORE ? PRIORITY_DATA : PRIORITY_MUST);
	table_column(table, "exposure", N_("exposure"), ALIGN_RIGHT, is_after(v) ? PRIORITY_LOW : PRIORITY_HIGH);
	table_column(table, "residual_exposure", N_("residual exposure"), ALIGN_RIGHT,
		v->sides == MATRIX_BEFORE ? PRIORITY_LOW : PRIORITY_HIGH);
	table_column(table, "response_cost", N_("response cost"), ALIGN_RIGHT, both ? PRIORITY_LOW : PRIORITY_DATA);
	table_column(table, "response_benefit", N_("response benefit"), ALIGN_RIGHT, both ? PRIORITY_LOW : PRIORITY_DATA);
}

/* "high / medium": probability, impact. */
static struct cell spot_cell(struct view *v, bool placed, size_t row, size_t column)
{
	const struct risk_level *rows = v->matrix.probability.levels.items, *columns = v->matrix.columns_of->levels.items;

	if (!placed)
		return cell_none();
	const struct cell levels[] = { level_cell(v->doc, &rows[row]), level_cell(v->doc, &columns[column]) };
	return cell_message_of(&v->doc->arena, "%s / %s", levels, ARRAY_SIZE(levels));
}

static struct cell heat_cell(struct view *v, const struct spot *s, bool after)
{
	static const enum tone tones[] = { TONE_NONE, TONE_GOOD, TONE_WATCH, TONE_BAD, TONE_BAD };
	int heat = heat_of(v, s, after);

	if (heat == 0)
		return cell_none();
	return cell_toned(s->risk.opportunity ? TONE_NONE : tones[heat], cell_word(&v->doc->arena, slice_of(heat_words[heat])));
}

static void add_row(struct view *v, struct table *table, const struct spot *s)
{
	const struct project *project = v->request->r->project;
	struct cell *c = risk_row(v->doc, table, s->record)->cells + RISK_COLUMNS;

	c[0] = cell_word(&v->doc->arena, s->risk.opportunity ? slice_of("opportunity") : slice_of("threat"));
	c[1] = heat_cell(v, s, is_after(v));
	c[2] = s->risk.assessed ? heat_cell(v, s, true) : cell_none();
	c[3] = spot_cell(v, s->placed, s->row, s->column);
	c[4] = s->risk.assessed ? spot_cell(v, s->placed_after, s->row_after, s->column_after) : cell_none();
	c[5] = risk_amount(project, s->risk.before.exposure);
	c[6] = s->risk.assessed ? risk_amount(project, s->risk.after.exposure) : cell_none();
	c[7] = s->risk.response_cost ? risk_amount(project, s->risk.response_cost) : cell_none();
	c[8] = risk_amount(project, s->risk.benefit);
}

static void add_table(struct view *v)
{
	const struct spot *spots = v->spots.items;
	struct table *table = doc_table(v->doc, "records", NULL);

	table->empty = N_("no risk to show");
	add_columns(v, table);
	for (size_t i = 0; i < v->spots.len && (v->request->data || i < RISK_ROWS); i++)
		add_row(v, table, &spots[i]);
	if (!v->request->data)
		health_rest(v->doc, v->spots.len, RISK_ROWS);
}

/* What is on no scale is told, not left out in silence; and by what amounts in percent were graded. */
static void add_notes(struct view *v)
{
	static const char *const budgets[] = { [BUDGET_BASELINE] = N_("Cost impacts are graded as shares of the baseline's budget, %s."),
		[BUDGET_ACCOUNTS] = N_("Cost impacts are graded as shares of the accounts' budget, %s."),
		[BUDGET_LARGEST] = N_("Cost impacts are graded against the largest of them, %s: there is no scale and no budget.") };
	const struct spot *spots = v->spots.items;
	struct cell budget = risk_amount(v->request->r->project, v->matrix.budget);
	size_t missing = 0;

	for (size_t i = 0; i < v->spots.len; i++)
		missing += !(is_after(v) ? spots[i].placed_after : spots[i].placed);
	if (missing) {
		struct cell count = cell_integer((int64_t)missing);
		doc_paragraph(v->doc, cell_toned(TONE_MUTED,
			cell_message_of(&v->doc->arena, N_("On no scale, for probability or impact is not known: %s"), &count, 1)));
	}
	if (v->matrix.budget_from != BUDGET_NONE && v->matrix.budget > 0)
		doc_paragraph(v->doc, cell_toned(TONE_MUTED, cell_message_of(&v->doc->arena, budgets[v->matrix.budget_from], &budget, 1)));
}

void risk_matrix_report(struct doc *doc, const struct risk_request *request, enum matrix_impact impact, enum matrix_sides sides)
{
	struct view v = { .doc = doc, .request = request, .sides = sides };

	vec_init(&v.spots, sizeof(struct spot));
	risk_matrix_init(&v.matrix, request->r, impact);
	collect(&v);
	add_figure(&v, false);
	add_figure(&v, true);
	risk_totals_pairs(doc, request);
	add_table(&v);
	add_notes(&v);
	risk_matrix_release(&v.matrix);
	vec_release(&v.spots);
}
