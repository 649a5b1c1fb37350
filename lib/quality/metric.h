/*
 * Metrics: a series of samples, and what its latest value says against the thresholds.
 *
 * Samples come from the journals [sample ID]. Those after `now` are not looked at, only counted; several of one moment count in
 * the order of the file, the last one stands. A value at a threshold is still on its good side:
 *	up     below fail: red; below warn: yellow; else green
 *	down   above fail: red; above warn: yellow; else green
 *	near   further from the target than fail: red; than tolerance (else warn): yellow; else green
 * Without warn, fail and (near) tolerance there is nothing to judge by: unknown, as without a sample.
 *
 * Everything lives in the arena given; texts in the project. O(samples · log samples).
 */
#ifndef QUALITY_METRIC_H
#define QUALITY_METRIC_H

#include "base/civil.h"
#include "base/decimal.h"
#include "model/project.h"
#include "model/query.h"

#include <stdbool.h>

enum metric_direction { METRIC_UP, METRIC_DOWN, METRIC_NEAR };
/* In the order of the words of metric.health. */
enum metric_health { METRIC_GOOD, METRIC_WARN, METRIC_FAIL, METRIC_UNKNOWN };
/* In the order of the words of metric.trend. */
enum metric_trend { TREND_RISING, TREND_STEADY, TREND_FALLING, TREND_UNKNOWN };

struct sample {
	moment_t when;
	bool has_time;
	decimal_t value;
	struct slice remark; /* behind the number */
};

struct metric {
	const struct record *record;
	enum metric_direction direction;
	decimal_t target, warn, fail, tolerance; /* DECIMAL_NONE: not given */
	struct sample *samples; /* ascending, up to now */
	size_t count, future;   /* future: later ones, left out */
	size_t unreadable;      /* lines that hold no number */
	moment_t first_future;  /* the earliest of them */
};

/* now: the last moment that counts; a sample without a time counts from the beginning of its day. */
void metric_read(struct metric *metric, const struct project *project, const struct record *record, moment_t now,
	struct arena *arena);

/* The metrics of a project at one moment, for those who ask for them often: each is read when it is first asked for. */
struct metric_readings {
	const struct project *project;
	moment_t now;
	struct arena arena;
	const struct metric **known; /* by kind_number; NULL: not read yet */
};
void metric_readings_init(struct metric_readings *readings, const struct project *project, moment_t now);
void metric_readings_release(struct metric_readings *readings);
/* What metric_read gives: of the readings, which keep it; of none (NULL), or those of another project or moment, in the arena. */
const struct metric *metric_of(struct metric_readings *readings, const struct project *project, const struct record *record,
	moment_t now, struct arena *arena);

enum metric_health metric_judge(const struct metric *metric, decimal_t value);
/* Of the latest sample. */
enum metric_health metric_health(const struct metric *metric);
/*
 * Direction of the last five samples (at least three): the median of the slopes between all pairs (Theil-Sen), which one
 * outlier does not turn; steady when it moves less than a tenth of their range in a step.
 */
enum metric_trend metric_trend(const struct metric *metric);
/* Does a trend make things better (1), worse (-1), or neither (0)? */
int metric_trend_worth(const struct metric *metric);
/* Since when every sample has had the health of the latest; MOMENT_NONE without samples. */
moment_t metric_health_since(const struct metric *metric);
/*
 * The value that a gate asks for: fail, else target, else warn (near: fail, tolerance, warn, and a target to be near to);
 * DECIMAL_NONE: there is nothing to hold it against.
 */
decimal_t metric_gate_threshold(const struct metric *metric);
/* Worse than a threshold, by the metric's direction? near: further from the target than that. */
bool metric_is_worse(const struct metric *metric, decimal_t value, decimal_t threshold);
/* The last `most` samples as a line of eight levels: ▁▂▃▄▅▆▇█. */
void metric_sparkline(const struct metric *metric, size_t most, struct strbuf *out);
/* Working rule of freshness: days after which a metric measured every day, week or month is stale; 0: never. */
int metric_stale_days(const struct metric *metric);

/* Computed fields of metrics: value, measured, health, trend, recent, stale. */
struct metric_computed {
	const struct project *project;
	moment_t now;
	struct arena arena;   /* of the metric asked about last: the next question is mostly about the same */
	struct metric metric;
};
void metric_computed_init(struct metric_computed *context, const struct project *project, moment_t now);
void metric_computed_release(struct metric_computed *context);
struct computed metric_computed(struct metric_computed *context);

#endif
