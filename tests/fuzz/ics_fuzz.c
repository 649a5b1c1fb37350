/*
 * iCalendar: any bytes become lines that are a list of days, or are refused with a reason; the same bytes become the same
 * lines.
 */
#include "tests/fuzz/fuzz.h"

#include "exchange/ics.h"
#include "model/value.h"

#include <stdio.h>
#include <stdlib.h>

static void check_lines(const struct strbuf *lines)
{
	const struct field field = { .name = "holiday", .type = TYPE_DATES };
	struct units units;
	struct value_context context = { .units = &units };
	struct value_fault fault = { .id = "" };
	struct value value;
	struct arena arena;

	arena_init(&arena);
	units_default(&units);
	if (lines->len > 0 && value_parse(&value, &field, strbuf_slice(lines), &context, &arena, &fault) != 0) {
		fprintf(stderr, "%s at byte %zu of:\n%s\n", fault.id, fault.offset, lines->buf);
		abort();
	}
	arena_release(&arena);
}

static int read_once(struct slice input, struct ics_days *days)
{
	struct diagnostics found;
	struct err err;
	int result;

	err_init(&err);
	diagnostics_init(&found);
	ics_days_init(days);
	result = ics_read(input, "f.ics", days, &found, &err);
	if (result && (!err.message || days->off.len || days->work.len))
		abort();
	diagnostics_release(&found);
	err_release(&err);
	return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = slice_new((const char *)data, size);
	struct ics_days once, twice;
	int result = read_once(input, &once);

	if (read_once(input, &twice) != result || !slice_equal(strbuf_slice(&once.off), strbuf_slice(&twice.off)) ||
		!slice_equal(strbuf_slice(&once.work), strbuf_slice(&twice.work)))
		abort();
	check_lines(&once.off);
	check_lines(&once.work);
	ics_days_release(&once);
	ics_days_release(&twice);
	return 0;
}
