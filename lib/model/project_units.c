/* What d, w and mo stand for, from [project]; the defaults where a setting is absent or wrong (the
 * check says so). */
#include "model/project-internal.h"

#include <string.h>

static int32_t scaled(
	const struct project *project, const char *setting, int32_t minutes, int32_t fallback)
{
	decimal_t number;

	if (decimal_parse(slice_trim(project_setting(project, setting)), &number) != DECIMAL_OK ||
		number <= 0 || number > 1000 * (decimal_t)DECIMAL_ONE)
		return fallback;
	decimal_t result = decimal_scale(number, minutes, DECIMAL_ONE);
	return result > 0 && result <= INT32_MAX ? (int32_t)result : fallback;
}

void project_units(const struct project *project, struct units *units)
{
	units_default(units);
	units->minutes_per_day = scaled(project, "hours_per_day", 60, units->minutes_per_day);
	units->minutes_per_week = scaled(
		project, "days_per_week", units->minutes_per_day, 5 * units->minutes_per_day);
	units->minutes_per_month = scaled(
		project, "days_per_month", units->minutes_per_day, 20 * units->minutes_per_day);
	struct slice currency = slice_trim(project_setting(project, "currency"));
	if (currency.len == sizeof(units->currency) - 1) {
		memcpy(units->currency, currency.at, currency.len);
		units->currency[currency.len] = '\0';
	}
}
