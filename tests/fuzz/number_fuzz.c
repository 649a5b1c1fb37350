/* Dates, moments and decimals: what is read prints in a form that reads as the same. */
#include "tests/fuzz/fuzz.h"

#include "base/civil.h"
#include "base/decimal.h"

#include <stdlib.h>

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void check_moment(struct slice text)
{
	char printed[CIVIL_TEXT];
	moment_t moment, again;
	bool has_time, still;

	if (moment_parse(text, &moment, &has_time))
		return;
	must(!moment_parse(slice_of(moment_print_iso(moment, printed)), &again, &still) && still && again == moment);
	must(!moment_parse(slice_of(date_print(moment_date(moment), printed)), &again, &still) && !still);
	must(again + moment_minute_of_day(moment) == moment);
	must(date_weekday(moment_date(moment)) >= 1 && date_weekday(moment_date(moment)) <= 7);
}

static void check_decimal(struct slice text)
{
	struct strbuf printed;
	decimal_t value, again;

	if (decimal_parse(text, &value))
		return;
	for (int digits = 0; digits <= 4; digits++) {
		strbuf_init(&printed);
		decimal_print(&printed, value, digits);
		must(!decimal_parse(strbuf_slice(&printed), &again) && again == value);
		strbuf_release(&printed);
	}
	must(decimal_scale(value, 1, 1) == value && decimal_scale(value, -1, -1) == value);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_new((const char *)data, size);

	check_moment(text);
	check_decimal(text);
	return 0;
}
