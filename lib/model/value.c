#include "base/alloc.h"
#include "base/utf8.h"
#include "model/value_scan.h"

bool value_is_list(enum field_type type)
{
	switch (type) {
	case TYPE_REFS:
	case TYPE_WORDS:
	case TYPE_LINES:
	case TYPE_DEPENDENCIES:
	case TYPE_ALLOCATIONS:
	case TYPE_DATES: return true;
	default: return false;
	}
}

static int id_parse(struct scan *scan, struct slice id)
{
	struct value_fault nested;

	if (id_valid(id, &nested))
		return 0;
	return scan_fault_nested(scan, &nested, id);
}

static int enum_parse(struct scan *scan, const struct field *field, struct value *out)
{
	const char *words[64];
	char copy[1024];
	size_t count = 0;
	int nearest;

	out->as.text = scan->rest;
	if (!field->of || word_index(field->of, scan->rest) >= 0)
		return 0;
	scan_fault(scan, "enum-unknown", field->of, scan->rest);
	if (!scan->fault || strlen(field->of) >= sizeof(copy))
		return -1;
	memcpy(copy, field->of, strlen(field->of) + 1);
	for (char *at = copy; at && count < ARRAY_SIZE(words); count++) {
		words[count] = at;
		at = strchr(at, '|');
		if (at)
			*at++ = '\0';
	}
	nearest = utf8_nearest(scan->rest, words, count);
	if (nearest >= 0)
		scan->fault->nearest =
			slice_new(field->of + (words[nearest] - copy), strlen(words[nearest]));
	return -1;
}

static int yesno_parse(struct scan *scan, bool *yes)
{
	static const char *const words[] = { "no", "yes", "false", "true" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++) {
		struct scan ahead = *scan;

		if (scan_text(&ahead, words[i]) && !ahead.rest.len) {
			*yes = i % 2;
			return 0;
		}
	}
	return scan_fault(scan, "value-syntax", type_expected(TYPE_YESNO), scan->rest);
}

static int integer_parse(struct scan *scan, int64_t *out)
{
	bool negative = scan_char(scan, '-');
	struct slice digits = scan->rest;
	int64_t value = 0;

	if (!digits.len)
		return scan_fault(scan, "value-syntax", type_expected(TYPE_INTEGER), digits);
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.at[i] < '0' || digits.at[i] > '9')
			return scan_fault(scan, "value-syntax", type_expected(TYPE_INTEGER),
				slice_from(digits, i));
		if (__builtin_mul_overflow(value, 10, &value) ||
			__builtin_add_overflow(value, digits.at[i] - '0', &value))
			return scan_fault(scan, "value-range", N_("a smaller number"), digits);
	}
	*out = negative ? -value : value;
	return 0;
}

static int number_parse(struct scan *scan, enum field_type type, decimal_t *out)
{
	if (scan_decimal(scan, out, type_expected(type)))
		return -1;
	if (type == TYPE_PERCENT) {
		scan_blanks(scan);
		scan_char(scan, '%');
	}
	return scan_done(scan) ? 0 : scan_fault_here(scan, "value-syntax", type_expected(type));
}

static int list_parse(
	struct scan *scan, enum field_type type, struct arena *arena, struct value *out)
{
	size_t room = scan_count_items(scan->rest, ",\n");
	struct slice *items = arena_calloc(arena, room, sizeof(*items)), line;
	struct scan item;
	size_t count = 0;
	int more = 0;

	if (type == TYPE_LINES) {
		while (slice_next(&scan->rest, "\n", &line))
			if (line.len)
				items[count++] = line;
	} else {
		while ((more = scan_item(scan, &item)) > 0) {
			if (type == TYPE_REFS && id_parse(&item, item.rest))
				return -1;
			items[count++] = item.rest;
		}
	}
	out->as.list.items = items;
	out->as.list.count = count;
	return more;
}

struct collected {
	struct dependency *items;
	size_t count;
};

static void collect_dependency(void *context, const struct dependency *dependency)
{
	struct collected *collected = context;

	collected->items[collected->count++] = *dependency;
}

static int dependency_list_parse(struct slice text, const struct units *units, struct arena *arena,
	struct value *out, struct value_fault *fault)
{
	struct collected collected = { 0 };
	int result;

	collected.items =
		arena_calloc(arena, scan_count_items(text, ",\n"), sizeof(*collected.items));
	result = dependencies_parse(text, units, collect_dependency, &collected, fault);
	out->as.dependencies.items = collected.items;
	out->as.dependencies.count = collected.count;
	return result;
}

static int when_parse(struct scan *scan, enum field_type type, const struct value_context *context,
	struct value *out)
{
	struct slice text = scan->rest;

	if (date_scan(scan, context, &out->as.when.moment, &out->as.when.has_time))
		return -1;
	if (type == TYPE_DATE && out->as.when.has_time)
		return scan_fault(scan, "value-syntax", N_("a date without a time"), text);
	return 0;
}

static int scalar_parse(struct value *out, const struct field *field, struct scan *scan,
	const struct value_context *context, struct arena *arena)
{
	switch (field->type) {
	case TYPE_ID:
	case TYPE_REF: out->as.text = scan->rest; return id_parse(scan, scan->rest);
	case TYPE_ENUM: return enum_parse(scan, field, out);
	case TYPE_YESNO: return yesno_parse(scan, &out->as.yes);
	case TYPE_INTEGER: return integer_parse(scan, &out->as.integer);
	case TYPE_PERCENT:
	case TYPE_NUMBER: return number_parse(scan, field->type, &out->as.number);
	case TYPE_DATE:
	case TYPE_DATETIME: return when_parse(scan, field->type, context, out);
	case TYPE_DURATION:
	case TYPE_EFFORT:
		if (duration_scan(scan, context->units, &out->as.estimate))
			return -1;
		if (field->type == TYPE_EFFORT && out->as.estimate.elapsed)
			return scan_fault(scan, "value-unit",
				N_("work in h, d, w or mo: effort has no elapsed time"),
				scan->text);
		return 0;
	case TYPE_MONEY:
		if (money_scan(scan, &out->as.money))
			return -1;
		return scan_done(scan)
			       ? 0
			       : scan_fault_here(scan, "value-syntax", type_expected(TYPE_MONEY));
	case TYPE_RATE: return rate_scan(scan, arena, out);
	case TYPE_HOURS: return hours_scan(scan, arena, &out->as.hours);
	default: return -1;
	}
}

static bool is_negative(const struct value *value)
{
	switch (value->type) {
	case TYPE_DURATION:
	case TYPE_EFFORT: return value->as.estimate.optimistic < 0;
	case TYPE_PERCENT:
	case TYPE_NUMBER: return value->as.number < 0;
	case TYPE_INTEGER: return value->as.integer < 0;
	case TYPE_MONEY: return value->as.money.amount < 0;
	case TYPE_RATE:
		for (size_t i = 0; i < value->as.rate.count; i++)
			if (value->as.rate.steps[i].amount.amount < 0)
				return true;
		return false;
	default: return false;
	}
}

/* Text written with an input method often has １２ or ， in it: say so instead of only what was
 * expected. */
static void explain_full_width(struct value_fault *fault)
{
	struct slice found;
	uint32_t code;

	if (!fault)
		return;
	found = fault->found;
	for (size_t at = 0, step; at < found.len && at < 256; at += step) {
		step = utf8_decode(slice_from(found, at), &code);
		if ((code >= 0xff01 && code <= 0xff5e) || code == 0x3001 || code == 0x3000) {
			fault->expected = N_("half-width digits, letters and signs, such as 12 and "
					     "',' instead of １２ and ，");
			fault->offset += at;
			fault->found = slice_new(found.at + at, step);
			return;
		}
	}
}

static int typed_parse(struct value *out, const struct field *field, struct scan *scan,
	const struct value_context *context, struct arena *arena)
{
	switch (field->type) {
	case TYPE_REFS:
	case TYPE_WORDS:
	case TYPE_LINES: return list_parse(scan, field->type, arena, out);
	case TYPE_DEPENDENCIES:
		return dependency_list_parse(scan->text, context->units, arena, out, scan->fault);
	case TYPE_ALLOCATIONS: return allocations_scan(scan, context->units, arena, out);
	case TYPE_DATES: return dates_scan(scan, context, arena, out);
	case TYPE_CONDITION:
		out->as.text = slice_trim(scan->rest);
		return condition_check(scan->text, scan->fault);
	default: break;
	}
	scan->rest = slice_trim(scan->rest);
	if (!scan->rest.len)
		return scan_fault(scan, "value-syntax",
			field->type == TYPE_ENUM ? field->of : type_expected(field->type),
			scan->rest);
	if (field->type != TYPE_RATE && field->type != TYPE_HOURS &&
		slice_find(scan->rest, '\n') < scan->rest.len)
		return scan_fault(scan, "value-line", N_("one line"),
			slice_from(scan->rest, slice_find(scan->rest, '\n') + 1));
	return scalar_parse(out, field, scan, context, arena);
}

int value_parse(struct value *out, const struct field *field, struct slice text,
	const struct value_context *context, struct arena *arena, struct value_fault *fault)
{
	struct scan scan = scan_new(text, fault);
	struct slice trimmed = slice_trim(text);

	out->type = field->type;
	if (field->type == TYPE_TEXT) {
		out->as.text = text;
		return 0;
	}
	if (field->type == TYPE_LINE) {
		out->as.text = trimmed;
		if (slice_find(trimmed, '\n') == trimmed.len)
			return 0;
		return scan_fault(&scan, "value-line", N_("one line"),
			slice_from(trimmed, slice_find(trimmed, '\n') + 1));
	}
	if (typed_parse(out, field, &scan, context, arena)) {
		explain_full_width(fault);
		return -1;
	}
	if ((field->flags & FIELD_POSITIVE) && is_negative(out))
		return scan_fault(&scan, "value-range", N_("no negative value"), trimmed);
	return 0;
}
