/*
 * Dated days: items on lines (or behind a comma that a date follows), each a date, a range, or a rule
 * (model/recurrence.h), then for working days perhaps "as fri" or own hours, then a remark:
 *   2026-02-15..2026-02-23 春节
 *   2026-02-28 as fri 补春节
 *   yearly 05-01 劳动节
 */
#include "base/alloc.h"
#include "base/vec.h"
#include "model/value_scan.h"

#include <string.h>

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A comma ends an item only when a date follows: remarks may have commas of their own. */
static size_t dates_item_end(struct slice rest)
{
	for (size_t i = 0; i < rest.len; i++) {
		struct slice ahead;

		if (rest.at[i] == '\n')
			return i;
		if (rest.at[i] != ',')
			continue;
		ahead = slice_trim(slice_from(rest, i + 1));
		if (ahead.len >= 5 && is_digit(ahead.at[0]) && is_digit(ahead.at[1]) &&
			is_digit(ahead.at[2]) && is_digit(ahead.at[3]) && ahead.at[4] == '-')
			return i;
	}
	return rest.len;
}

static int day_scan(
	struct scan *item, struct slice word, const struct value_context *context, date_t *out)
{
	struct scan part = scan_part(item, word);
	moment_t moment;
	bool has_time;

	if (date_scan(&part, context, &moment, &has_time))
		return -1;
	if (has_time)
		return scan_fault(item, "value-syntax", N_("a date without a time"), word);
	*out = moment_date(moment);
	return 0;
}

static int span_scan(struct scan *item, const struct value_context *context, struct date_range *out)
{
	struct slice word = scan_token(item);
	size_t dots = 0;

	while (dots + 1 < word.len && (word.at[dots] != '.' || word.at[dots + 1] != '.'))
		dots++;
	if (dots + 1 >= word.len)
		dots = word.len;
	if (day_scan(item, slice_new(word.at, dots), context, &out->from))
		return -1;
	out->to = out->from;
	if (dots < word.len && day_scan(item, slice_from(word, dots + 2), context, &out->to))
		return -1;
	if (out->to < out->from)
		return scan_fault(
			item, "value-order", N_("a last day that is not before the first"), word);
	return 0;
}

static int rule_scan(struct scan *item, struct arena *arena, struct date_range *out)
{
	struct recurrence *rule = arena_alloc(arena, sizeof(*rule));

	if (recurrence_scan(item, rule))
		return -1;
	out->rule = rule;
	out->from = rule->from;
	out->to = rule->until;
	return 0;
}

static int dates_item_scan(struct scan *item, const struct value_context *context,
	struct arena *arena, struct date_range *out)
{
	struct scan ahead;
	struct slice word;

	out->at = (uint32_t)(item->rest.at - item->text.at);
	if (recurrence_ahead(item) ? rule_scan(item, arena, out) : span_scan(item, context, out))
		return -1;
	scan_blanks(item);
	ahead = *item;
	if (slice_is(scan_token(&ahead), "as")) {
		scan_blanks(&ahead);
		word = scan_token(&ahead);
		out->as_weekday = weekday_find(word);
		if (!out->as_weekday)
			return scan_fault(
				item, "value-syntax", N_("a weekday behind 'as': mon … sun"), word);
		*item = ahead;
	}
	if (time_ranges_scan(item, arena, &out->ranges, &out->range_count))
		return -1;
	out->remark = slice_trim(item->rest);
	return 0;
}

int dates_scan(struct scan *scan, const struct value_context *context, struct arena *arena,
	struct value *out)
{
	size_t room = scan_count_items(scan->rest, ",\n"), count = 0;
	struct date_range *items = arena_calloc(arena, room, sizeof(*items));

	while (scan->rest.len) {
		size_t end = dates_item_end(scan->rest);
		struct slice text = slice_trim(slice_new(scan->rest.at, end));
		struct scan item;

		/* In front of the next item a comma at the end is that item's. */
		while (slice_ends(text, ","))
			text = slice_trim(slice_new(text.at, text.len - 1));
		item = scan_part(scan, text);

		scan->rest = slice_from(scan->rest, end + 1);
		if (!item.rest.len)
			continue;
		if (dates_item_scan(&item, context, arena, &items[count++]))
			return -1;
	}
	out->as.dates.items = items;
	out->as.dates.count = count;
	return 0;
}

static void date_range_print(const struct date_range *range, struct strbuf *out)
{
	char date[CIVIL_TEXT];

	if (range->rule)
		recurrence_print(range->rule, out);
	else
		strbuf_add_str(out, date_print(range->from, date));
	if (!range->rule && range->to != range->from)
		strbuf_addf(out, "..%s", date_print(range->to, date));
	if (range->as_weekday)
		strbuf_addf(out, " as %s", weekday_name(range->as_weekday));
	for (size_t i = 0; i < range->range_count; i++) {
		strbuf_add_char(out, ' ');
		time_range_print(&range->ranges[i], out);
	}
	if (range->remark.len) {
		strbuf_add_char(out, ' ');
		strbuf_add_slice(out, range->remark);
	}
}

void dates_print(const struct value *value, struct strbuf *out)
{
	for (size_t i = 0; i < value->as.dates.count; i++) {
		if (i)
			strbuf_add_char(out, '\n');
		date_range_print(&value->as.dates.items[i], out);
	}
}

enum { CENTURY = 36600 }; /* days */

struct expansion {
	struct vec out; /* struct date_range */
	const struct date_range *item;
};

static bool add_day(void *context, date_t date)
{
	struct expansion *e = context;
	struct date_range *range = vec_push(&e->out);

	*range = *e->item;
	range->from = date;
	range->to = date + e->item->rule->length - 1;
	return true;
}

/* Consecutive days of one rule stay apart: they are days, and their remarks are shown with each. */
static void expand_rule(struct expansion *e)
{
	const struct recurrence *rule = e->item->rule;
	date_t first = date_from_civil(2000, 1, 1), last = date_from_civil(2099, 12, 31);

	if (rule->from != DATE_NONE)
		first = rule->from;
	if (rule->until != DATE_NONE)
		last = rule->until;
	if (last < first && rule->from == DATE_NONE)
		first = last - CENTURY > date_from_civil(1, 1, 1) ? last - CENTURY : date_from_civil(1, 1, 1);
	if (last > first + CENTURY || (last < first && rule->until == DATE_NONE))
		last = first + CENTURY;
	recurrence_each(rule, first, last, add_day, e);
}

struct date_range *dates_expand(struct date_range *items, size_t *count, struct arena *arena)
{
	struct expansion e;
	struct date_range *out;
	size_t rules = 0;

	for (size_t i = 0; i < *count; i++)
		rules += items[i].rule != NULL;
	if (rules == 0)
		return items;
	vec_init(&e.out, sizeof(struct date_range));
	for (size_t i = 0; i < *count; i++) {
		e.item = &items[i];
		if (e.item->rule)
			expand_rule(&e);
		else
			vec_append(&e.out, e.item);
	}
	out = arena_calloc(arena, e.out.len + 1, sizeof(*out));
	if (e.out.len > 0)
		memcpy(out, e.out.items, e.out.len * sizeof(*out));
	*count = e.out.len;
	vec_release(&e.out);
	return out;
}
