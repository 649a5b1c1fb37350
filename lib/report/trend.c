#include "report/trend.h"

#include "report/history.h"

#include <math.h>
#include <string.h>

/* A value as a number on the axis. */
static double height(const struct doc *doc, const struct cell *cell)
{
	switch (cell->type) {
	case CELL_FINISH:
	case CELL_START:
	case CELL_MOMENT: return (double)cell->number / MINUTES_PER_DAY;
	case CELL_MONEY: return decimal_to_double(cell->money.amount);
	case CELL_DURATION: return (double)cell->number / doc->units.minutes_per_day;
	case CELL_PERCENT:
	case CELL_NUMBER: return decimal_to_double(cell->number);
	default: return (double)cell->number;
	}
}

static enum axis axis_of(const struct cell *cell)
{
	switch (cell->type) {
	case CELL_FINISH:
	case CELL_START:
	case CELL_MOMENT: return AXIS_DATE;
	case CELL_MONEY: return AXIS_MONEY;
	case CELL_PERCENT: return AXIS_PERCENT;
	default: return AXIS_NUMBER;
	}
}

/* What is more than before; of dates in calendar days. */
static struct cell difference(const struct cell *now, const struct cell *then)
{
	struct cell cell = *now;

	if (now->type == CELL_MONEY) {
		if (strcmp(now->money.currency, then->money.currency) != 0)
			return cell_none();
		cell.money.amount -= then->money.amount;
	} else if (axis_of(now) == AXIS_DATE) {
		cell = cell_duration(
			(int64_t)(moment_date(now->number) - moment_date(then->number)) * MINUTES_PER_DAY);
		cell.elapsed = true;
	} else {
		cell.number -= then->number;
	}
	cell.sign = true;
	return cell;
}

static void add_figure(struct doc *doc, const struct trend_report *report, const struct cell *like)
{
	struct figure *figure = doc_figure(doc, FIGURE_LINE, "trend", NULL);
	struct series *series = vec_push(&figure->chart.series);

	figure->description = N_("The measure over time");
	figure->chart.x_axis = AXIS_DATE;
	figure->chart.y_axis = axis_of(like);
	if (like->type == CELL_DURATION)
		figure->chart.y_label = N_("days");
	series->name = arena_slice(&doc->arena, report->measure);
	series->points = arena_calloc(&doc->arena, report->count, sizeof(*series->points));
	for (size_t i = 0; i < report->count; i++)
		if (report->points[i].value.type != CELL_NONE)
			series->points[series->count++] =
				(struct point){ (double)report->points[i].when / MINUTES_PER_DAY,
					height(doc, &report->points[i].value) };
}

static void add_rows(struct doc *doc, const struct trend_report *report)
{
	struct table *table = doc_table(doc, "records", NULL);
	const struct cell *last = NULL;

	table->empty = N_("no commits");
	table_column(table, "when", N_("when"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "commit", N_("commit"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "value", N_("value"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "difference", N_("difference"), ALIGN_RIGHT, PRIORITY_MUST);
	for (size_t i = 0; i < report->count; i++) {
		const struct trend_point *point = &report->points[i];
		struct cell *cells = table_row(table)->cells;

		cells[0] = cell_moment(point->when);
		cells[1] = history_commit_cell(&doc->arena, point->commit, report->data);
		if (!point->commit.len && !report->data)
			cells[1] = cell_message(N_("now"));
		cells[2] = point->value;
		if (last && point->value.type == last->type && point->value.type != CELL_NONE)
			cells[3] = difference(&point->value, last);
		if (point->value.type != CELL_NONE)
			last = &point->value;
	}
}

void trend_document(struct doc *doc, const struct trend_report *report)
{
	const struct cell *like = NULL;

	for (size_t i = 0; i < report->count && !like; i++)
		if (report->points[i].value.type != CELL_NONE)
			like = &report->points[i].value;
	if (report->data) {
		pairs_add(doc, doc_pairs(doc, "trend"), "measure", N_("measure"),
			cell_text(&doc->arena, report->measure));
	} else {
		doc_heading(doc, 1, cell_text(&doc->arena, report->measure));
		if (report->explained)
			doc_paragraph(doc, cell_message(report->explained));
		if (like)
			add_figure(doc, report, like);
	}
	add_rows(doc, report);
}
