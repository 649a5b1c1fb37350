/*
 * The simulation's figures. Bins of the histogram are whole days, weeks or months, so that their edges are dates people know; the S-curve
 * has a point at each whole percentage where it rises.
 */
#include "report/simulation-internal.h"

#include "base/alloc.h"

#include <math.h>

enum { BINS_MOST = 24, CURVE_POINTS = 100 };

static struct series *add_series(struct doc *doc, struct figure *figure, const char *label, size_t room)
{
	struct series *series = vec_push(&figure->chart.series);

	series->label = label;
	series->points = arena_calloc(&doc->arena, room + 1, sizeof(*series->points));
	return series;
}

static double day_of(moment_t finish)
{
	return (double)moment_date(finish - 1); /* midnight belongs to the day before */
}

/* Whole days of a bin, so that at most BINS_MOST cover the span. */
static int bin_days(date_t span)
{
	static const int sizes[] = { 1, 2, 7, 14, 28, 91, 182, 365 };

	for (size_t i = 0; i < ARRAY_SIZE(sizes); i++)
		if (span / sizes[i] < BINS_MOST)
			return sizes[i];
	return span / BINS_MOST + 1;
}

void simulation_histogram(struct doc *doc, const struct simulation *s)
{
	date_t first = (date_t)day_of(simulation_finish(s, 0)), last = (date_t)day_of(simulation_finish(s, 1)), days;
	double before = 0;
	struct figure *figure;
	struct series *series;

	if (s->finish_deviation <= 0)
		return;
	days = bin_days(last - first);
	if (days >= 7)
		first -= date_weekday(first) - 1; /* weeks begin on Monday */
	figure = doc_figure(doc, FIGURE_HISTOGRAM, "histogram", N_("How often it finishes when"));
	figure->description = N_("Share of the runs that finish in each period, which begins on the date shown");
	figure->chart.x_axis = AXIS_DATE;
	figure->chart.y_axis = AXIS_PERCENT;
	series = add_series(doc, figure, N_("share of runs"), (size_t)((last - first) / days) + 2);
	for (date_t from = first; from <= last; from += days) {
		double upto = simulation_chance(s, moment_from_date(from + days));

		series->points[series->count++] = (struct point){ from, round((upto - before) * 10000) / 100 };
		before = upto;
	}
}

/* A vertical line. */
static void add_mark(struct doc *doc, struct figure *figure, const char *label, double x)
{
	struct series *series = add_series(doc, figure, label, 11);

	series->dashed = true;
	series->tone = TONE_MUTED;
	for (int i = 0; i <= 10; i++)
		series->points[series->count++] = (struct point){ x, i * 10 };
}

void simulation_curve(struct doc *doc, const struct simulation *s)
{
	struct figure *figure;
	struct series *series;
	date_t first = (date_t)day_of(simulation_finish(s, 0)), last = (date_t)day_of(simulation_finish(s, 1)), step;

	if (s->finish_deviation <= 0)
		return;
	figure = doc_figure(doc, FIGURE_LINE, "curve", N_("Chance to be finished by"));
	figure->description = N_("Share of the runs that are finished by each date");
	figure->chart.x_axis = AXIS_DATE;
	figure->chart.y_axis = AXIS_PERCENT;
	step = (last - first) / CURVE_POINTS + 1;
	series = add_series(doc, figure, N_("chance"), (size_t)((last - first) / step) + 3);
	for (date_t day = first - 1; day < last + step; day += step)
		series->points[series->count++] = (struct point){ day,
			round(simulation_chance(s, moment_from_date(day + 1)) * 10000) / 100 };
	add_mark(doc, figure, N_("scheduled"), day_of(simulation_planned_finish(s)));
	if (s->dates[0].deadline != MOMENT_NONE)
		add_mark(doc, figure, N_("deadline"), day_of(s->dates[0].deadline));
}

void simulation_cost_curve(struct doc *doc, const struct simulation *s)
{
	struct figure *figure;
	struct series *series;

	if (s->cost_deviation <= 0)
		return;
	figure = doc_figure(doc, FIGURE_LINE, "cost", N_("Chance that it costs no more than"));
	figure->description = N_("Share of the runs whose cost is at most each amount");
	figure->chart.x_axis = AXIS_MONEY;
	figure->chart.y_axis = AXIS_PERCENT;
	series = add_series(doc, figure, N_("chance"), CURVE_POINTS + 1);
	for (int i = 0; i <= CURVE_POINTS; i++)
		series->points[series->count++] = (struct point){
			round((double)simulation_cost(s, (double)i / CURVE_POINTS) / DECIMAL_ONE), i };
	add_mark(doc, figure, N_("planned"), round((double)simulation_planned_cost(s) / DECIMAL_ONE));
}

/* --- the tornado --- */

struct bar {
	struct slice label;
	double low, high; /* minutes */
};

static int by_width(const void *a, const void *b, void *context)
{
	const struct bar *x = a, *y = b;
	double more = fabs(y->high - y->low) - fabs(x->high - x->low);

	(void)context;
	return more > 0 ? 1 : more < 0 ? -1 : 0;
}

static struct slice risk_label(struct doc *doc, const struct record *record)
{
	return slice_of(arena_printf(&doc->arena, "%.*s %.*s", (int)record->id.len, record->id.at,
		(int)record_title(record).len, record_title(record).at));
}

static void collect_bars(struct doc *doc, const struct simulation *s, struct vec *bars)
{
	for (size_t i = 0; i < s->task_count; i++)
		if (s->tasks[i].drawn && s->tasks[i].criticality > 0) {
			struct bar bar = { simulation_task_label(doc, s, s->tasks[i].task), s->tasks[i].low, s->tasks[i].high };

			vec_append(bars, &bar);
		}
	for (size_t i = 0; i < s->risk_count; i++)
		if (s->risks[i].happened > 0 && s->risks[i].happened < 1 && !s->risks[i].hits_nothing) {
			struct bar bar = { risk_label(doc, s->risks[i].record), s->risks[i].low, s->risks[i].high };

			vec_append(bars, &bar);
		}
	vec_sort(bars, by_width, NULL);
}

static double in_days(const struct simulation *s, double minutes)
{
	return round(minutes / s->plan->project->units.minutes_per_day * 10) / 10;
}

void simulation_tornado(struct doc *doc, const struct simulation *s)
{
	struct vec bars;
	struct figure *figure;
	struct series *low, *high;
	size_t count;

	vec_init(&bars, sizeof(struct bar));
	collect_bars(doc, s, &bars);
	count = bars.len < BARS_SHOWN ? bars.len : BARS_SHOWN;
	if (count > 0) {
		figure = doc_figure(doc, FIGURE_TORNADO, "tornado", N_("What moves the finish, in working days"));
		figure->description = N_("Mean finish against the mean of all runs, for each estimate over its lowest and highest fifth, for each risk without and with its event");
		figure->chart.x_axis = AXIS_CATEGORY;
		figure->chart.y_axis = AXIS_NUMBER;
		figure->chart.categories = arena_calloc(&doc->arena, count, sizeof(struct slice));
		figure->chart.category_count = count;
		low = add_series(doc, figure, N_("short, or without the risk"), count);
		high = add_series(doc, figure, N_("long, or with the risk"), count);
		low = figure->chart.series.items; /* pushing moved it */
		low->tone = TONE_GOOD;
		high->tone = TONE_BAD;
		for (size_t i = 0; i < count; i++) {
			const struct bar *bar = vec_at(&bars, i);

			figure->chart.categories[i] = bar->label;
			low->points[low->count++] = (struct point){ (double)i, in_days(s, bar->low) };
			high->points[high->count++] = (struct point){ (double)i, in_days(s, bar->high) };
		}
	}
	vec_release(&bars);
}

/* --- criticality --- */

static int by_criticality(const void *a, const void *b, void *context)
{
	const struct simulated_task *const *x = a, *const *y = b;
	double more = (*y)->criticality - (*x)->criticality;

	(void)context;
	return more > 0 ? 1 : more < 0 ? -1 : 0;
}

void simulation_criticality(struct doc *doc, const struct simulation *s)
{
	struct vec tasks; /* const struct simulated_task * */
	struct figure *figure;
	struct series *series;
	size_t count;

	vec_init(&tasks, sizeof(const struct simulated_task *));
	for (size_t i = 0; i < s->task_count; i++) {
		const struct simulated_task *t = &s->tasks[i];

		if (t->criticality > 0 && !(s->plan->flags[t->task] & PLAN_MILESTONE))
			vec_append(&tasks, &t);
	}
	vec_sort(&tasks, by_criticality, NULL);
	count = tasks.len < BARS_SHOWN ? tasks.len : BARS_SHOWN;
	if (count > 0) {
		figure = doc_figure(doc, FIGURE_BAR, "criticality", N_("How often a task decides the finish"));
		figure->description = N_("Share of the runs in which each task is on the path that decides the finish");
		figure->chart.x_axis = AXIS_CATEGORY;
		figure->chart.y_axis = AXIS_PERCENT;
		figure->chart.categories = arena_calloc(&doc->arena, count, sizeof(struct slice));
		figure->chart.category_count = count;
		series = add_series(doc, figure, N_("criticality index"), count);
		for (size_t i = 0; i < count; i++) {
			const struct simulated_task *t = *(const struct simulated_task **)vec_at(&tasks, i);

			figure->chart.categories[i] = simulation_task_label(doc, s, t->task);
			series->points[series->count++] = (struct point){ (double)i, round(t->criticality * 1000) / 10 };
		}
	}
	vec_release(&tasks);
}
