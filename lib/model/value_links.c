/*
 * Dependencies and allocations: lists of small phrases.
 *   dependency   [PROJECT:]ID [FS|SS|FF|SF] [+2d|-1d|+50%]
 *   allocation   ID[|ID…] or @TEAM or skill:WORD, then in any order x2, 50%, 12d
 */
#include "base/alloc.h"
#include "base/utf8.h"
#include "model/value_scan.h"

/* An ASCII letter, in either case, or a digit: one range each. */
static bool is_plain(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26 || (unsigned char)(c - '0') < 10;
}

static bool id_fault(
	struct value_fault *fault, struct slice id, size_t at, size_t len, const char *expected)
{
	if (fault)
		*fault = (struct value_fault){ at, "id-syntax", expected,
			slice_new(id.at + at, len), { 0 } };
	return false;
}

/* The slow way round: letters of other scripts. */
static bool id_valid_unicode(struct slice id, struct value_fault *fault)
{
	size_t bad = utf8_check(id), step;

	if (bad < id.len)
		return id_fault(fault, id, bad, 1, N_("valid UTF-8"));
	for (size_t at = 0; at < id.len; at += step) {
		uint32_t code;

		step = utf8_decode(slice_from(id, at), &code);
		if (utf8_is_letter_or_digit(code) ||
			(at && (code == '-' || code == '_' || code == '.')))
			continue;
		return id_fault(fault, id, at, step, type_expected(TYPE_ID));
	}
	if (utf8_is_nfc(id))
		return true;
	id_fault(fault, id, 0, id.len, N_("an id in Unicode normal form C"));
	if (fault)
		fault->id = "id-nfc";
	return false;
}

bool id_valid(struct slice id, struct value_fault *fault)
{
	if (!id.len)
		return id_fault(fault, id, 0, 0, type_expected(TYPE_ID));
	for (size_t i = 0; i < id.len; i++) {
		char c = id.at[i];

		if (is_plain(c) || (i && (c == '-' || c == '_' || c == '.')))
			continue;
		if (!((unsigned char)c & 0x80))
			return id_fault(fault, id, i, 1,
				i ? type_expected(TYPE_ID)
				  : N_("an id that begins with a letter or digit"));
		return id_valid_unicode(id, fault);
	}
	return true;
}

static int checked_id(struct scan *scan, struct slice id)
{
	struct value_fault nested;

	if (id_valid(id, &nested))
		return 0;
	return id.len ? scan_fault_nested(scan, &nested, id)
		      : scan_fault_here(scan, "id-syntax", nested.expected);
}

static bool ends_id(char c)
{
	switch (c) {
	case ' ':
	case '\t':
	case '\r':
	case '\n':
	case ':':
	case '+':
	case '%':
	case '|': return true;
	default: return false;
	}
}

/* What an id in a phrase extends to: a blank, or a sign that goes on with the phrase. */
static struct slice id_token(struct scan *scan)
{
	struct slice rest = scan->rest;
	size_t len = 0;

	while (len < rest.len && !ends_id(rest.at[len]))
		len++;
	scan->rest = slice_from(rest, len);
	return slice_new(rest.at, len);
}

static int lag_scan(struct scan *item, const struct units *units, struct dependency *out)
{
	struct slice start;
	struct scan ahead;
	bool negative;

	scan_blanks(item);
	if (!item->rest.len)
		return 0;
	start = item->rest;
	negative = start.at[0] == '-';
	if (!scan_char(item, '-') && !scan_char(item, '+'))
		return scan_fault_here(item, "value-syntax",
			N_("a link type FS, SS, FF or SF, or a lag such as +2d, -1d, +50%"));
	scan_blanks(item);
	if (item->rest.len && (item->rest.at[0] == '-' || item->rest.at[0] == '+'))
		return scan_fault_here(item, "value-syntax", N_("one sign"));
	ahead = *item;
	ahead.fault = NULL;
	if (scan_decimal(&ahead, &out->lag_percent, NULL) == 0 && scan_char(&ahead, '%')) {
		out->lag_percent = (negative ? -1 : 1) * out->lag_percent;
		item->rest = ahead.rest;
	} else {
		out->lag_percent = DECIMAL_NONE;
		if (duration_scan_one(item, units, &out->lag))
			return -1;
		out->lag.minutes = (negative ? -1 : 1) * out->lag.minutes;
	}
	if (!scan_done(item))
		return scan_fault_here(
			item, "value-syntax", N_("a comma or the end behind the lag"));
	return 0;
}

static const char *const link_names[] = { "FS", "SS", "FF", "SF" };

static void link_type_scan(struct scan *item, enum link_type *type)
{
	scan_blanks(item);
	for (int i = 0; i < 4; i++) {
		struct scan ahead = *item;

		if (scan_text(&ahead, link_names[i]) &&
			(!ahead.rest.len || !is_plain(ahead.rest.at[0]))) {
			*type = (enum link_type)i;
			*item = ahead;
			return;
		}
	}
}

static int predecessor_scan(struct scan *item, struct dependency *out)
{
	*out = (struct dependency){ .lag_percent = DECIMAL_NONE,
		.at = (uint32_t)(item->rest.at - item->text.at) };
	out->id = id_token(item);
	if (checked_id(item, out->id))
		return -1;
	if (!scan_char(item, ':'))
		return 0;
	out->project = out->id;
	out->id = id_token(item);
	return checked_id(item, out->id);
}

static int dependency_scan(struct scan *item, const struct units *units, struct dependency *out)
{
	if (predecessor_scan(item, out))
		return -1;
	link_type_scan(item, &out->type);
	return lag_scan(item, units, out);
}

int dependencies_parse(struct slice text, const struct units *units,
	void (*item)(void *context, const struct dependency *dependency), void *context,
	struct value_fault *fault)
{
	struct scan scan = scan_new(text, fault), part;
	struct dependency dependency;
	int more;

	while ((more = scan_item(&scan, &part)) > 0) {
		if (dependency_scan(&part, units, &dependency))
			return -1;
		item(context, &dependency);
	}
	return more;
}

void dependency_print(
	const struct dependency *dependency, const struct units *units, struct strbuf *out)
{
	bool percent = dependency->lag_percent != DECIMAL_NONE;
	bool plain = dependency->type == LINK_FS && !percent && !dependency->lag.minutes;

	if (dependency->project.len) {
		strbuf_add_slice(out, dependency->project);
		strbuf_add_char(out, ':');
	}
	strbuf_add_slice(out, dependency->id);
	if (plain)
		return;
	strbuf_addf(out, " %s", link_names[dependency->type]);
	if (percent) {
		strbuf_add_str(out, dependency->lag_percent < 0 ? "" : "+");
		decimal_print(out, dependency->lag_percent, 0);
		strbuf_add_char(out, '%');
	} else if (dependency->lag.minutes) {
		strbuf_add_str(out, dependency->lag.minutes < 0 ? "" : "+");
		duration_print(dependency->lag.minutes, dependency->lag.elapsed, units, out);
	}
}

static int alternatives_scan(struct scan *item, struct arena *arena, struct allocation *out)
{
	size_t room = scan_count_items(item->rest, "|");

	out->alternatives = arena_calloc(arena, room, sizeof(*out->alternatives));
	do {
		struct slice id;

		scan_blanks(item);
		id = id_token(item);
		if (checked_id(item, id))
			return -1;
		out->alternatives[out->alternative_count++] = id;
		scan_blanks(item);
	} while (out->what == ALLOCATE_RESOURCE && scan_char(item, '|'));
	return 0;
}

static int count_scan(struct scan *item, struct allocation *out)
{
	struct slice word = scan_peek_token(item);
	decimal_t number;

	scan_char(item, 'x');
	if (scan_decimal(item, &number, NULL) || number % DECIMAL_ONE || number < DECIMAL_ONE ||
		number > (int64_t)1000000 * DECIMAL_ONE)
		return scan_fault(item, "value-range",
			N_("a whole number of at least 1 behind x, as in x2"), word);
	out->count = (int32_t)(number / DECIMAL_ONE);
	return 0;
}

/* 50%, or 12d of work. */
static int share_scan(struct scan *item, const struct units *units, struct allocation *out)
{
	struct slice word = scan_peek_token(item);
	struct scan ahead = *item;
	struct duration work;
	decimal_t number;

	ahead.fault = NULL;
	if (scan_decimal(&ahead, &number, NULL) == 0 && scan_char(&ahead, '%')) {
		if (number <= 0 || number > (int64_t)1000000 * DECIMAL_ONE)
			return scan_fault(item, "value-range", N_("a share above 0%"), word);
		out->share = decimal_scale(number, 1, 100);
		item->rest = ahead.rest;
		return 0;
	}
	if (duration_scan_one(item, units, &work))
		return -1;
	if (work.minutes < 0 || work.elapsed)
		return scan_fault(item, "value-range",
			N_("work such as 12d: not negative, not elapsed time"), word);
	out->effort = work.minutes;
	return 0;
}

static int allocation_scan(
	struct scan *item, const struct units *units, struct arena *arena, struct allocation *out)
{
	*out = (struct allocation){ .count = 1,
		.effort = -1,
		.at = (uint32_t)(item->rest.at - item->text.at) };
	if (scan_char(item, '@'))
		out->what = ALLOCATE_TEAM;
	else if (scan_text(item, "skill:"))
		out->what = ALLOCATE_SKILL;
	if (alternatives_scan(item, arena, out))
		return -1;
	for (scan_blanks(item); item->rest.len; scan_blanks(item)) {
		bool count = item->rest.at[0] == 'x', number = scan_at_number(item);

		if (!count && !number)
			return scan_fault_here(item, "value-syntax",
				N_("a share such as 50%, a number such as x2, work such as 12d, or "
				   "a comma"));
		if (count ? count_scan(item, out) : share_scan(item, units, out))
			return -1;
		if (item->rest.len && item->rest.at[0] != ' ' && item->rest.at[0] != '\t')
			return scan_fault_here(item, "value-syntax", N_("a blank or a comma"));
	}
	return 0;
}

int allocations_scan(
	struct scan *scan, const struct units *units, struct arena *arena, struct value *out)
{
	size_t room = scan_count_items(scan->rest, ",\n"), count = 0;
	struct allocation *items = arena_calloc(arena, room, sizeof(*items));
	struct scan item;
	int more;

	while ((more = scan_item(scan, &item)) > 0)
		if (allocation_scan(&item, units, arena, &items[count++]))
			return -1;
	out->as.allocations.items = items;
	out->as.allocations.count = count;
	return more;
}

void allocation_print(
	const struct allocation *allocation, const struct units *units, struct strbuf *out)
{
	if (allocation->what == ALLOCATE_TEAM)
		strbuf_add_char(out, '@');
	if (allocation->what == ALLOCATE_SKILL)
		strbuf_add_str(out, "skill:");
	for (size_t i = 0; i < allocation->alternative_count; i++) {
		strbuf_add_str(out, i ? "|" : "");
		strbuf_add_slice(out, allocation->alternatives[i]);
	}
	if (allocation->count != 1)
		strbuf_addf(out, " x%d", (int)allocation->count);
	if (allocation->share != 0) {
		strbuf_add_char(out, ' ');
		decimal_print(out, decimal_scale(allocation->share, 100, 1), 0);
		strbuf_add_char(out, '%');
	}
	if (allocation->effort >= 0) {
		strbuf_add_char(out, ' ');
		duration_print(allocation->effort, false, units, out);
	}
}
