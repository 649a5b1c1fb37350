#include "report/control_chart.h"

#include "base/alloc.h"
#include "report/trip.h"

#include <math.h>

enum { SAMPLES_SHOWN = 12 };

/* Four digits behind the point are what metrics have. */
static struct cell figure_cell(double value)
{
	return cell_number(decimal_from_double(value));
}

static double day_of(const struct sample *sample)
{
	return (double)sample->when / MINUTES_PER_DAY;
}

static struct series *add_series(struct figure *figure, const char *label, size_t room, enum tone tone)
{
	struct series *series = vec_push(&figure->chart.series);

	*series = (struct series){ .label = label, .tone = tone };
	series->points = arena_calloc(figure->arena, room + 1, sizeof(*series->points));
	return series;
}

static void add_points(struct figure *figure, const struct control_chart *c)
{
	const struct metric *m = c->metric;
	struct series *series = add_series(figure, N_("measured value"), m->count, TONE_NONE);

	for (size_t i = c->first; i < m->count; i++)
		series->points[series->count++] =
			(struct point){ day_of(&m->samples[i]), decimal_to_double(m->samples[i].value) };
	series = add_series(figure, N_("signal"), m->count, TONE_BAD);
	for (size_t i = c->first; i < m->count; i++)
		if (control_is_signal(c->control, i))
			series->points[series->count++] =
				(struct point){ day_of(&m->samples[i]), decimal_to_double(m->samples[i].value) };
}

static void add_level(struct figure *figure, const struct control_chart *c, const char *label, double y, enum tone tone)
{
	struct series *series = add_series(figure, label, 2, tone);
	const struct sample *samples = c->metric->samples;

	series->dashed = true;
	series->count = 2;
	series->points[0] = (struct point){ day_of(&samples[c->first]), y };
	series->points[1] = (struct point){ day_of(&samples[c->metric->count - 1]), y };
}

static void add_threshold(struct figure *figure, const struct control_chart *c, const char *label, decimal_t y,
	enum tone tone)
{
	const struct metric *m = c->metric;

	if (y == DECIMAL_NONE)
		return;
	if (m->direction != METRIC_NEAR || y == m->target) {
		add_level(figure, c, label, decimal_to_double(y), tone);
	} else if (m->target != DECIMAL_NONE) { /* a distance, on both sides */
		add_level(figure, c, label, decimal_to_double(m->target + y), tone);
		add_level(figure, c, label, decimal_to_double(m->target - y), tone);
	}
}

static void add_figure(struct doc *doc, const struct control_chart *c)
{
	struct figure *figure = doc_figure(doc, FIGURE_CONTROL, "chart", N_("Control chart"));
	const struct metric *m = c->metric;

	figure->description = N_("What was measured over time, with the limits of the process and the thresholds");
	figure->chart.x_axis = AXIS_DATE;
	figure->chart.y_axis = AXIS_NUMBER;
	add_points(figure, c);
	if (c->control->known) {
		add_level(figure, c, N_("centre"), c->control->centre, TONE_NONE);
		add_level(figure, c, N_("upper limit"), c->control->upper, TONE_NONE);
		add_level(figure, c, N_("lower limit"), c->control->lower, TONE_NONE);
	}
	add_threshold(figure, c, N_("target"), m->target, TONE_GOOD);
	add_threshold(figure, c, N_("warn"), m->direction == METRIC_NEAR &&
		m->tolerance != DECIMAL_NONE ? m->tolerance : m->warn,
		TONE_WATCH);
	add_threshold(figure, c, N_("fail"), m->fail, TONE_BAD);
}

static void add_facts(struct doc *doc, const struct control_chart *c)
{
	static const enum tone tones[] = { TONE_GOOD, TONE_WATCH, TONE_BAD, TONE_MUTED };
	static const char *const trends[] = { N_("rising"), N_("steady"), N_("falling"), N_("unknown") };
	struct block *pairs = doc_pairs(doc, "process");
	const struct metric *m = c->metric;
	const struct control *k = c->control;
	struct cell latest[] = { cell_date(moment_date(m->samples[m->count - 1].when)), trip_metric(doc, m) };

	pairs_add(doc, pairs, "latest", N_("latest"),
		cell_toned(tones[metric_health(m)], cell_message_of(&doc->arena, N_("%s: %s"), latest,
			ARRAY_SIZE(latest))));
	pairs_add(doc, pairs, "trend", N_("trend"), cell_word(&doc->arena, slice_of(trends[metric_trend(m)])));
	pairs_add(doc, pairs, "samples", N_("samples"), cell_integer((int64_t)m->count));
	if (!k->known) {
		pairs_add(doc, pairs, "limits", N_("limits of the process"),
			cell_message(N_("two samples are the least that limits are made of")));
		return;
	}
	if (c->data) {
		pairs_add(doc, pairs, "centre", N_("centre"), figure_cell(k->centre));
		pairs_add(doc, pairs, "lower", N_("lower limit"), figure_cell(k->lower));
		pairs_add(doc, pairs, "upper", N_("upper limit"), figure_cell(k->upper));
		pairs_add(doc, pairs, "mean_range", N_("moving range"), figure_cell(k->mean_range));
		pairs_add(doc, pairs, "limits_from", N_("samples"), cell_integer((int64_t)k->used));
		return;
	}
	struct cell limits[] = { figure_cell(k->centre), figure_cell(k->lower), figure_cell(k->upper),
		figure_cell(k->mean_range), cell_integer((int64_t)k->used) };
	pairs_add(doc, pairs, "limits", N_("limits of the process"), cell_message_of(&doc->arena,
		N_("centre %s, limits %s to %s (2.66 times the mean moving range of %s, from %s samples)"), limits,
			ARRAY_SIZE(limits)));
}

static void signal_columns(struct table *table, enum align rules)
{
	table->empty = N_("no signal: the process is steady");
	table_column(table, "date", N_("date"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "value", N_("value"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "rule", N_("rule"), rules, PRIORITY_MUST);
	table_column(table, "meaning", N_("meaning"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "side", N_("direction"), ALIGN_LEFT, PRIORITY_HIGH);
}

static void fill_signal(struct doc *doc, const struct control_chart *c, const struct control_signal *signal, struct cell *cells)
{
	const struct sample *sample = &c->metric->samples[signal->at];

	cells[0] = cell_moment(sample->when);
	cells[1] = cell_number(sample->value);
	cells[2] = cell_integer(signal->rule);
	cells[3] = cell_message(control_rule_text(signal->rule));
	cells[4] = cell_word(&doc->arena, slice_of(signal->above ? N_("above") : N_("below")));
}

/* For programs: one row a signal. */
static void add_signal_data(struct doc *doc, const struct control_chart *c)
{
	struct table *table = doc_table(doc, "signals", NULL);
	const struct control_signal *signals = c->control->signals.items;

	signal_columns(table, ALIGN_RIGHT);
	for (size_t i = 0; i < c->control->signals.len; i++)
		if (signals[i].at >= c->first)
			fill_signal(doc, c, &signals[i], table_row(table)->cells);
}

enum { SIGNALS_SHOWN = 12 };

/* How many samples from signal `from` on are the end of a pattern. */
static size_t count_points(const struct control *control, size_t from)
{
	const struct control_signal *signals = control->signals.items;
	size_t count = 0;

	for (size_t i = from; i < control->signals.len; i++)
		count += i == from || signals[i].at != signals[i - 1].at;
	return count;
}

/* For people: one row a sample with all its rules; the latest ones. */
static void add_signals(struct doc *doc, const struct control_chart *c)
{
	struct table *table = doc_table(doc, "signals", N_("Signals (Nelson's rules)"));
	const struct control_signal *signals = c->control->signals.items;
	size_t from = 0, left, total;

	signal_columns(table, ALIGN_LEFT);
	while (from < c->control->signals.len && signals[from].at < c->first)
		from++;
	total = left = count_points(c->control, from);
	for (size_t i = from, next; i < c->control->signals.len; i = next, left--) {
		struct cell rules[CONTROL_RULES], meanings[CONTROL_RULES], *cells;
		size_t count = 0;
		for (next = i; next < c->control->signals.len && signals[next].at == signals[i].at; next++) {
			rules[count] = cell_integer(signals[next].rule);
			meanings[count++] = cell_message(control_rule_text(signals[next].rule));
		}
		if (left > SIGNALS_SHOWN)
			continue;
		cells = table_row(table)->cells;
		fill_signal(doc, c, &signals[i], cells);
		cells[2] = cell_list(&doc->arena, rules, count);
		cells[3] = cell_list(&doc->arena, meanings, count);
	}
	if (total > SIGNALS_SHOWN) {
		struct cell rest = cell_integer((int64_t)(total - SIGNALS_SHOWN));
		doc_paragraph(doc, cell_toned(TONE_MUTED, cell_message_of(&doc->arena, N_("and %s earlier ones"), &rest, 1)));
	}
}

static void add_samples(struct doc *doc, const struct control_chart *c)
{
	struct table *table = doc_table(doc, "records", c->data ? NULL : N_("Samples"));
	const struct metric *m = c->metric;
	size_t first = c->first;

	if (!c->data && m->count > SAMPLES_SHOWN && m->count - SAMPLES_SHOWN > first)
		first = m->count - SAMPLES_SHOWN;
	table_column(table, "date", N_("date"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "value", N_("value"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "moving_range", N_("moving range"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "health", N_("health"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "remark", N_("remark"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	for (size_t i = first; i < m->count; i++) {
		static const char *const words[] = { "good", "warn", "fail", "unknown" };
		static const enum tone tones[] = { TONE_GOOD, TONE_WATCH, TONE_BAD, TONE_MUTED };
		enum metric_health health = metric_judge(m, m->samples[i].value);
		struct cell *cells = table_row(table)->cells;
		decimal_t before = i ? m->samples[i - 1].value : 0;

		cells[0] = cell_moment(m->samples[i].when);
		cells[1] = cell_number(m->samples[i].value);
		if (i)
			cells[2] = cell_number(m->samples[i].value > before ? m->samples[i].value - before :
										 before - m->samples[i].value);
		cells[3] = cell_toned(tones[health], cell_word(&doc->arena, slice_of(words[health])));
		if (m->samples[i].remark.len)
			cells[4] = cell_text(&doc->arena, m->samples[i].remark);
	}
}

void control_chart_build(struct doc *doc, const struct control_chart *c)
{
	const struct record *record = c->metric->record;

	doc->units = c->project->units;
	doc_title(doc, cell_ref(&doc->arena, record->id, record_title(record)));
	if (!c->metric->count) {
		doc_paragraph(doc,
			cell_message(N_("never measured; 'pmt metric record NAME VALUE' writes the first sample")));
		return;
	}
	add_facts(doc, c);
	add_figure(doc, c);
	if (c->data)
		add_signal_data(doc, c);
	else
		add_signals(doc, c);
	add_samples(doc, c);
}
