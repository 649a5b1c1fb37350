#include "model/exchange_rate.h"

#include <string.h>

const struct rate_step *rate_on(const struct value *rate, date_t on)
{
	size_t count = rate->as.rate.count, at = 0;

	while (at + 1 < count && on != DATE_NONE && rate->as.rate.steps[at + 1].from <= on)
		at++;
	return count > 0 ? &rate->as.rate.steps[at] : NULL;
}

bool money_convert(const struct project *project, struct money money, date_t on, decimal_t *out)
{
	const struct kind *kind = kind_find(slice_of("rate"));
	const struct rate_step *step = NULL;
	const struct record *record;
	struct arena arena;
	struct value value;

	*out = money.amount;
	if (money.amount == 0 || money.currency[0] == '\0' || strcmp(money.currency, project->units.currency) == 0)
		return true;
	*out = 0;
	record = project_find(project, kind, slice_of(money.currency));
	if (!record)
		return false;
	arena_init(&arena);
	if (record_value(project, record, kind_field_named(kind, "value"), &arena, &value))
		step = rate_on(&value, on);
	if (step)
		*out = decimal_scale(money.amount, step->amount.amount, DECIMAL_ONE);
	arena_release(&arena);
	return step != NULL;
}
