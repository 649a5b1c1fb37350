/*
 * Values: the first byte chooses the type, the rest is the text. What parses prints, what was
 * printed parses to the same value and prints the same; a fault points into the text and says what
 * was expected.
 */
#include "tests/fuzz/fuzz.h"

#include "model/value.h"

#include <stdlib.h>

struct run {
	struct arena arena;
	struct units units;
	struct value_context context;
	struct field field;
};

static void check_fault(const struct value_fault *fault, struct slice text)
{
	if (!fault->id || !fault->expected || fault->offset > text.len)
		abort();
	if (fault->found.len > text.len)
		abort();
	if (fault->found.len && (fault->found.at < text.at ||
					fault->found.at + fault->found.len > text.at + text.len))
		abort();
}

static void print(struct run *run, const struct value *value, struct strbuf *out)
{
	strbuf_reset(out);
	value_print(value, &run->units, out);
}

static void check_value(struct run *run, struct slice text)
{
	struct value value, again;
	struct value_fault fault;
	struct strbuf once, twice;

	if (value_parse(&value, &run->field, text, &run->context, &run->arena, &fault)) {
		check_fault(&fault, text);
		if (!value_parse(&value, &run->field, text, &run->context, &run->arena, NULL))
			abort();
		return;
	}
	strbuf_init(&once);
	strbuf_init(&twice);
	print(run, &value, &once);
	if (value_parse(
		    &again, &run->field, strbuf_slice(&once), &run->context, &run->arena, &fault) ||
		value_compare(&value, &again) != 0)
		abort();
	print(run, &again, &twice);
	if (!slice_equal(strbuf_slice(&once), strbuf_slice(&twice)))
		abort();
	strbuf_release(&once);
	strbuf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct run run = { .field = { .name = "field", .of = "planned|doing|done" } };

	if (!size)
		return 0;
	arena_init(&run.arena);
	units_default(&run.units);
	run.context.units = &run.units;
	run.context.now = moment_from_date(date_from_civil(2026, 6, 10));
	run.context.words = data[0] & 0x40;
	run.field.flags = data[0] & 0x80 ? FIELD_POSITIVE : 0;
	run.field.type = (enum field_type)((data[0] & 0x3f) % TYPE_COUNT);
	check_value(&run, slice_new((const char *)data + 1, size - 1));
	arena_release(&run.arena);
	return 0;
}
