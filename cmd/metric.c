/*
 * `pmt metric`: what is measured, and how it stands. The list shows the latest values with trend and health; its own verbs write samples by
 * hand, by command and from files, and draw control charts.
 */
#include "cmd/cli/metric.h"

static const struct command_verb verbs[] = {
	{ "record", "NAME VALUE [TEXT...]", N_("Write one sample"), metric_record_specs, sizeof(struct metric_record_options),
		NEEDS_PROJECT | NEEDS_LOCK, metric_record },
	{ "run", "[NAME...]", N_("Run the commands that metrics name as their source, and write what they print"),
		metric_run_specs, sizeof(struct metric_run_options), NEEDS_PROJECT, metric_run },
	{ "import", "FILE [METRIC=MEASURE...]", N_("Take measures from a result file: JUnit, lcov, Cobertura, SARIF, JSON"),
		metric_import_specs, sizeof(struct metric_import_options), NEEDS_PROJECT | NEEDS_LOCK, metric_import },
	{ "chart", "NAME", N_("Draw the control chart: limits, signals, thresholds"), metric_chart_specs,
		sizeof(struct metric_chart_options), NEEDS_PROJECT, metric_chart },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_metric = {
	.name = "metric",
	.group = GROUP_WATCH,
	.summary = N_("What is measured: values, trends, control charts"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "metric",
};
