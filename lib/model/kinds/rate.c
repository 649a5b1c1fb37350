#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Name of the currency") },
	{ "value", TYPE_RATE, FIELD_REQUIRED | FIELD_COLUMN | FIELD_POSITIVE, CLASS_AUTHORITY,
		.doc = N_("What one unit is worth in the project's currency, with later values on "
			  "lines 'from DATE 7.05'") },
	{ "source", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("Where the rates come from") },
};

static void check_rate(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };
	bool good = record->id.len == 3;

	for (size_t i = 0; good && i < 3; i++)
		good = record->id.at[i] >= 'A' && record->id.at[i] <= 'Z';
	if (!good)
		check_record_fault(&check, "id-syntax",
			N_("'%s' is no currency: expected three capital letters such as USD"),
			record->id);
	if (slice_equal(record->id, project_setting(project, "currency")))
		check_record_fault(
			&check, "ref-self", N_("'%s' is the project's own currency"), record->id);
}

const struct kind kind_rate = {
	.name = "rate",
	.plural = "rates",
	.place = "pmt.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_rate,
	.doc = N_("Exchange rate of a currency, by date"),
	.example = "[rate USD]\n"
		   "value  = 6.92\n"
		   "         from 2026-07-01 6.88\n"
		   "source = 中国外汇交易中心\n",
};
