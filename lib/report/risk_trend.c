#include "report/risk_trend.h"

#include "base/alloc.h"
#include "report/risk.h"

static void add_series(struct doc *doc, struct figure *figure, const char *label, const struct risk_point *points, size_t count,
	bool residual)
{
	struct series *series = vec_push(&figure->chart.series);

	series->label = label;
	series->tone = residual ? TONE_GOOD : TONE_BAD;
	series->dashed = residual;
	series->points = arena_calloc(&doc->arena, count, sizeof(*series->points));
	for (size_t i = 0; i < count; i++)
		if (points[i].known)
			series->points[series->count++] = (struct point){ (double)points[i].when / MINUTES_PER_DAY,
				decimal_to_double(residual ? points[i].residual : points[i].threat) };
}

static void add_figure(struct doc *doc, const struct risk_point *points, size_t count)
{
	struct figure *figure = doc_figure(doc, FIGURE_LINE, "exposure", N_("Exposure to threats over time"));

	figure->description = N_("What the open threats are expected to cost, before and after their responses, at each revision");
	figure->chart.x_axis = AXIS_DATE;
	figure->chart.y_axis = AXIS_MONEY;
	add_series(doc, figure, N_("exposure"), points, count, false);
	add_series(doc, figure, N_("after the responses"), points, count, true);
}

static void add_columns(struct table *table)
{
	table_column(table, "when", N_("when"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "commit", N_("commit"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "open", N_("open"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "exposure", N_("exposure"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "change", N_("change"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "residual_exposure", N_("residual exposure"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "opportunity", N_("expected gain"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "overdue", N_("reviews overdue"), ALIGN_RIGHT, PRIORITY_LOW);
}

static void add_row(struct doc *doc, const struct project *project, struct table *table, const struct risk_point *point,
	const struct risk_point *before)
{
	struct cell *c = table_row(table)->cells;

	c[0] = cell_moment(point->when);
	if (point->commit.len)
		c[1] = cell_text(&doc->arena, slice_new(point->commit.at, point->commit.len < 9 ? point->commit.len : 9));
	if (!point->known)
		return;
	c[2] = cell_integer(point->open);
	c[3] = risk_amount(project, point->threat);
	if (before && before->threat != point->threat) {
		c[4] = cell_toned(point->threat > before->threat ? TONE_BAD : TONE_GOOD,
			risk_amount(project, point->threat - before->threat));
		c[4].sign = true;
	}
	c[5] = risk_amount(project, point->residual);
	c[6] = risk_amount(project, point->opportunity);
	c[7] = cell_integer(point->overdue);
}

void risk_trend_report(struct doc *doc, const struct project *project, const struct risk_point *points, size_t count, bool data)
{
	struct table *table;
	const struct risk_point *before = NULL;
	size_t known = 0;

	for (size_t i = 0; i < count; i++)
		known += points[i].known;
	if (known > 1 && !data)
		add_figure(doc, points, count);
	table = doc_table(doc, "records", NULL);
	add_columns(table);
	for (size_t i = 0; i < count; i++) {
		add_row(doc, project, table, &points[i], before);
		if (points[i].known)
			before = &points[i];
	}
}
