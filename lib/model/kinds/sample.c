#include "model/kinds/kinds.h"

/* Of each line. */
static const struct field fields[] = {
	{ "date", TYPE_DATETIME, FIELD_COMPUTED | FIELD_LINE | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("When it was measured") },
	{ "value", TYPE_NUMBER, FIELD_COMPUTED | FIELD_LINE, CLASS_FREE,
		.doc = N_("What was measured") },
	{ "text", TYPE_TEXT, FIELD_COMPUTED | FIELD_LINE | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The whole line") },
};

const struct kind kind_sample = {
	.name = "sample",
	.plural = "samples",
	.place = "samples/%Y.ini",
	.flags = KIND_JOURNAL | KIND_NAMED,
	.entry = JOURNAL_SAMPLE,
	.of = "metric",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.doc = N_("Journal of measurements of a metric"),
	.explain = N_("The id is that of a metric; the keys are dates or datetimes; each line is a "
		      "number and a remark."),
	.example = "[sample coverage]\n"
		   "2026-06-01 = 79.1\n"
		   "2026-06-08 = 78.4 结算引擎重构\n",
};
