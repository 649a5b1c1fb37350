#include "quality/metric.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

struct reading {
	struct metric *metric;
	moment_t now;
	struct vec samples;
};

static void read_line(void *context, const struct journal_line *line)
{
	struct reading *r = context;
	struct slice number = line->what;
	struct sample *sample;
	decimal_t value;

	if (number.len > 1 && number.at[number.len - 1] == '%')
		number.len--;
	if (decimal_parse(number, &value) != DECIMAL_OK) {
		r->metric->unreadable++;
		return;
	}
	if (line->when > r->now) {
		if (!r->metric->future++ || line->when < r->metric->first_future)
			r->metric->first_future = line->when;
		return;
	}
	sample = vec_push(&r->samples);
	*sample = (struct sample){ line->when, line->has_time, value,
		slice_trim(slice_from(line->text, line->what.len)) };
}

static int by_when(const void *a, const void *b, void *context)
{
	const struct sample *x = a, *y = b;

	(void)context;
	return (x->when > y->when) - (x->when < y->when);
}

static decimal_t threshold(const struct project *project, const struct record *record, const char *name,
	struct arena *arena)
{
	struct value value;

	if (!record_value(project, record, kind_field_named(record->kind, name), arena, &value))
		return DECIMAL_NONE;
	return value.as.number;
}

void metric_read(struct metric *metric, const struct project *project, const struct record *record, moment_t now,
	struct arena *arena)
{
	const struct record *journal = project_find(project, kind_find(slice_of("sample")), record->id);
	struct reading reading = { .metric = metric, .now = now };
	int direction = word_index("up|down|near", record_text_or(record, "direction"));

	*metric = (struct metric){ .record = record };
	metric->direction = direction < 0 ? METRIC_UP : (enum metric_direction)direction;
	metric->target = threshold(project, record, "target", arena);
	metric->warn = threshold(project, record, "warn", arena);
	metric->fail = threshold(project, record, "fail", arena);
	metric->tolerance = threshold(project, record, "tolerance", arena);
	vec_init(&reading.samples, sizeof(struct sample));
	for (; journal; journal = journal->more)
		journal_each(journal, read_line, &reading);
	vec_sort(&reading.samples, by_when, NULL);
	metric->count = reading.samples.len;
	metric->samples = arena_calloc(arena, metric->count + 1, sizeof(*metric->samples));
	if (metric->count)
		memcpy(metric->samples, reading.samples.items, metric->count * sizeof(*metric->samples));
	vec_release(&reading.samples);
}

void metric_readings_init(struct metric_readings *readings, const struct project *project, moment_t now)
{
	*readings = (struct metric_readings){ .project = project, .now = now };
	arena_init(&readings->arena);
}

void metric_readings_release(struct metric_readings *readings)
{
	arena_release(&readings->arena);
}

const struct metric *metric_of(struct metric_readings *readings, const struct project *project, const struct record *record,
	moment_t now, struct arena *arena)
{
	bool kept = readings && readings->project == project && readings->now == now;
	struct metric *metric;

	if (kept && !readings->known)
		readings->known = arena_calloc(&readings->arena, project_count(project, record->kind) + 1, sizeof(*readings->known));
	if (kept && readings->known[record->kind_number])
		return readings->known[record->kind_number];
	arena = kept ? &readings->arena : arena;
	metric = arena_alloc(arena, sizeof(*metric));
	metric_read(metric, project, record, now, arena);
	if (kept)
		readings->known[record->kind_number] = metric;
	return metric;
}

static decimal_t distance(decimal_t a, decimal_t b)
{
	return a > b ? a - b : b - a;
}

bool metric_is_worse(const struct metric *metric, decimal_t value, decimal_t limit)
{
	if (limit == DECIMAL_NONE)
		return false;
	if (metric->direction == METRIC_UP)
		return value < limit;
	if (metric->direction == METRIC_DOWN)
		return value > limit;
	return metric->target != DECIMAL_NONE && distance(value, metric->target) > limit;
}

enum metric_health metric_judge(const struct metric *metric, decimal_t value)
{
	decimal_t yellow = metric->warn;

	if (metric->direction == METRIC_NEAR && metric->tolerance != DECIMAL_NONE)
		yellow = metric->tolerance;
	if ((yellow == DECIMAL_NONE && metric->fail == DECIMAL_NONE) ||
		(metric->direction == METRIC_NEAR && metric->target == DECIMAL_NONE))
		return METRIC_UNKNOWN;
	if (metric_is_worse(metric, value, metric->fail))
		return METRIC_FAIL;
	return metric_is_worse(metric, value, yellow) ? METRIC_WARN : METRIC_GOOD;
}

enum metric_health metric_health(const struct metric *metric)
{
	return metric->count ? metric_judge(metric, metric->samples[metric->count - 1].value) : METRIC_UNKNOWN;
}

moment_t metric_health_since(const struct metric *metric)
{
	enum metric_health health = metric_health(metric);
	size_t i = metric->count;

	if (!i)
		return MOMENT_NONE;
	while (i > 1 && metric_judge(metric, metric->samples[i - 2].value) == health)
		i--;
	return metric->samples[i - 1].when;
}

decimal_t metric_gate_threshold(const struct metric *metric)
{
	if (metric->fail != DECIMAL_NONE)
		return metric->fail;
	if (metric->direction == METRIC_NEAR && metric->target == DECIMAL_NONE)
		return DECIMAL_NONE;
	if (metric->direction == METRIC_NEAR)
		return metric->tolerance != DECIMAL_NONE ? metric->tolerance : metric->warn;
	return metric->target != DECIMAL_NONE ? metric->target : metric->warn;
}

enum { TREND_SAMPLES = 5, TREND_LEAST = 3 };

static int by_slope(const void *a, const void *b, void *context)
{
	const double *x = a, *y = b;

	(void)context;
	return (*x > *y) - (*x < *y);
}

/* Median of the slopes between all pairs of the samples from `first` on, a step being one sample. */
static double median_slope(const struct metric *metric, size_t first)
{
	double slopes[TREND_SAMPLES * (TREND_SAMPLES - 1) / 2];
	size_t count = 0;

	for (size_t i = first; i < metric->count; i++)
		for (size_t j = i + 1; j < metric->count; j++)
			slopes[count++] = (double)(metric->samples[j].value - metric->samples[i].value) /
				(double)(j - i);
	stable_sort(slopes, count, sizeof(*slopes), by_slope, NULL);
	return count % 2 ? slopes[count / 2] : (slopes[count / 2 - 1] + slopes[count / 2]) / 2;
}

enum metric_trend metric_trend(const struct metric *metric)
{
	size_t first = metric->count > TREND_SAMPLES ? metric->count - TREND_SAMPLES : 0;
	decimal_t low, high;
	double slope;

	if (metric->count < TREND_LEAST)
		return TREND_UNKNOWN;
	low = high = metric->samples[first].value;
	for (size_t i = first; i < metric->count; i++) {
		low = metric->samples[i].value < low ? metric->samples[i].value : low;
		high = metric->samples[i].value > high ? metric->samples[i].value : high;
	}
	slope = median_slope(metric, first);
	if (high == low || fabs(slope) < ((double)high - (double)low) / 10)
		return TREND_STEADY;
	return slope > 0 ? TREND_RISING : TREND_FALLING;
}

int metric_trend_worth(const struct metric *metric)
{
	enum metric_trend trend = metric_trend(metric);
	decimal_t last = metric->count ? metric->samples[metric->count - 1].value : 0;
	int up = trend == TREND_RISING ? 1 : trend == TREND_FALLING ? -1 : 0;

	if (metric->direction == METRIC_NEAR)
		return metric->target == DECIMAL_NONE || last == metric->target ? 0 : last < metric->target ? up : -up;
	return metric->direction == METRIC_UP ? up : -up;
}

void metric_sparkline(const struct metric *metric, size_t most, struct strbuf *out)
{
	static const char *const levels[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
	size_t first = metric->count > most ? metric->count - most : 0;
	decimal_t low = INT64_MAX, high = INT64_MIN;

	for (size_t i = first; i < metric->count; i++) {
		low = metric->samples[i].value < low ? metric->samples[i].value : low;
		high = metric->samples[i].value > high ? metric->samples[i].value : high;
	}
	for (size_t i = first; i < metric->count; i++) {
		double range = (double)high - (double)low;
		double share = range > 0 ? ((double)metric->samples[i].value - (double)low) / range : 0.5;
		strbuf_add_str(out, levels[(int)(share * 7 + 0.5)]);
	}
}

/* Two periods without a value: nobody measures any more. */
int metric_stale_days(const struct metric *metric)
{
	static const int days[] = { 0, 2, 14, 62, 0 };
	int period = word_index("commit|day|week|month|release", record_text_or(metric->record, "period"));

	return period < 0 ? 0 : days[period];
}

static bool word_value(struct value *out, enum field_type type, const char *word)
{
	out->type = type;
	out->as.text = slice_of(word);
	return true;
}

static bool recent_value(const struct metric *metric, struct arena *arena, struct value *out)
{
	struct strbuf line;

	strbuf_init(&line);
	metric_sparkline(metric, 12, &line);
	out->type = TYPE_LINE;
	out->as.text = arena_slice(arena, strbuf_slice(&line));
	strbuf_release(&line);
	return metric->count > 0;
}

static bool stale_value(const struct metric *metric, moment_t now, struct value *out)
{
	int days = metric_stale_days(metric);

	out->type = TYPE_YESNO;
	out->as.yes = metric->count && days &&
		moment_date(now) - moment_date(metric->samples[metric->count - 1].when) > days;
	return metric->count > 0;
}

static bool latest_value(const struct metric *metric, const char *field, struct value *out)
{
	const struct sample *last;

	if (!metric->count)
		return false;
	last = &metric->samples[metric->count - 1];
	if (strcmp(field, "value") == 0) {
		out->type = TYPE_NUMBER;
		out->as.number = last->value;
		return true;
	}
	out->type = TYPE_DATE;
	out->as.when.moment = last->when;
	out->as.when.has_time = last->has_time;
	return true;
}

static bool provide(void *context, const struct record *record, const struct field *field, struct arena *arena,
	struct value *out)
{
	static const char *const health_words[] = { "good", "warn", "fail", "unknown" };
	static const char *const trend_words[] = { "rising", "steady", "falling", "unknown" };
	struct metric_computed *c = context;
	const struct metric *metric = &c->metric;

	if (!(field->flags & FIELD_COMPUTED) || strcmp(record->kind->name, "metric") != 0)
		return false;
	if (metric->record != record) {
		arena_reset(&c->arena);
		metric_read(&c->metric, c->project, record, c->now, &c->arena);
	}
	if (strcmp(field->name, "health") == 0)
		return word_value(out, TYPE_ENUM, health_words[metric_health(metric)]);
	if (strcmp(field->name, "trend") == 0)
		return word_value(out, TYPE_ENUM, trend_words[metric_trend(metric)]);
	if (strcmp(field->name, "recent") == 0)
		return recent_value(metric, arena, out);
	if (strcmp(field->name, "stale") == 0)
		return stale_value(metric, c->now, out);
	return latest_value(metric, field->name, out);
}

void metric_computed_init(struct metric_computed *context, const struct project *project, moment_t now)
{
	*context = (struct metric_computed){ .project = project, .now = now };
	arena_init(&context->arena);
}

void metric_computed_release(struct metric_computed *context)
{
	arena_release(&context->arena);
}

struct computed metric_computed(struct metric_computed *context)
{
	return (struct computed){ .context = context, .value = provide, .next = NULL };
}
