/* The verbs of `pmt metric` and what they share. */
#ifndef CLI_METRIC_H
#define CLI_METRIC_H

#include "cmd/cli/noun.h"
#include "quality/metric.h"

struct metric_record_options {
	struct change_options change;
	const char *date;
};
struct metric_run_options {
	struct change_options change;
	const char *date;
	long timeout;
};
struct metric_import_options {
	struct change_options change;
	const char *date, *type;
};
struct metric_chart_options {
	const char *since, *limits;
};

extern const struct option_spec metric_record_specs[], metric_run_specs[], metric_import_specs[], metric_chart_specs[];
command_run metric_record, metric_run, metric_import, metric_chart;

/* What is to be written: samples of one moment, each of a metric known by its id. */
struct new_sample {
	char *id;
	decimal_t value;
	char *remark; /* or NULL */
};
struct new_samples {
	struct vec items; /* struct new_sample */
	moment_t when;
	bool has_time;
};
void samples_init(struct new_samples *samples);
void samples_release(struct new_samples *samples);
void samples_add(struct new_samples *samples, struct slice id, decimal_t value, struct slice remark);
/* --date, or today: ERR_USAGE for a day that has not come. */
int samples_date(struct new_samples *samples, struct context *context, const char *date, struct err *err);
/*
 * Writes all of them or none: one edit, one commit message that begins with `what`. The lock must be held and the project loaded under it.
 */
int samples_write(struct context *context, const struct new_samples *samples, const struct change_options *options,
	const char *what, struct err *err);
/* "coverage: 81.5 % (good)" on stderr: a new value against the metric's thresholds. */
void metric_say(struct context *context, const struct record *metric, decimal_t value);
/* A number with its unit as people read it. */
void metric_print(struct strbuf *out, const struct record *metric, decimal_t value);

#endif
