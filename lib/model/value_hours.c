/*
 * Weekly hours: items separated by commas or lines, each weekdays and then ranges or "off":
 *   mon-fri 09:00-12:00 13:00-18:00, sat off
 */
#include "base/alloc.h"
#include "model/value_scan.h"

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

int weekday_find(struct slice word)
{
	for (int i = 0; i < 7; i++) {
		struct scan scan = scan_new(word, NULL);

		if (scan_text(&scan, weekdays[i]) && !scan.rest.len)
			return i + 1;
	}
	return 0;
}

const char *weekday_name(int weekday)
{
	return weekdays[weekday - 1];
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* "9", "09:00", "24:00" → minutes; false when it is no time of day. */
static bool clock_scan(struct scan *scan, int *minutes)
{
	int hour = 0, minute = 0, digits = 0;

	for (; digits < 2 && scan->rest.len && is_digit(scan->rest.at[0]); digits++) {
		hour = hour * 10 + (scan->rest.at[0] - '0');
		scan->rest = slice_from(scan->rest, 1);
	}
	if (!digits)
		return false;
	if (scan_char(scan, ':')) {
		if (scan->rest.len < 2 || !is_digit(scan->rest.at[0]) ||
			!is_digit(scan->rest.at[1]))
			return false;
		minute = (scan->rest.at[0] - '0') * 10 + (scan->rest.at[1] - '0');
		scan->rest = slice_from(scan->rest, 2);
	}
	*minutes = hour * 60 + minute;
	return minute < 60 && *minutes <= MINUTES_PER_DAY;
}

/* Digits with ':' in them, then '-': what a person meant as hours, right or wrong. "2026-…" is not.
 */
bool at_time_range(struct slice token)
{
	size_t dash = slice_find(token, '-');

	if (!token.len || !is_digit(token.at[0]) || dash == 0 || dash >= token.len || dash > 5)
		return false;
	for (size_t i = 0; i < token.len; i++)
		if (!is_digit(token.at[i]) && token.at[i] != ':' && token.at[i] != '-')
			return false;
	return slice_find(token, ':') < token.len || dash <= 2;
}

int time_range_scan(struct scan *scan, struct time_range *out)
{
	struct slice token = scan_token(scan);
	struct scan range = scan_part(scan, token);
	int from, to;

	if (!clock_scan(&range, &from) || !scan_char(&range, '-') || !clock_scan(&range, &to) ||
		range.rest.len)
		return scan_fault(scan, "value-syntax", N_("hours such as 09:00-12:00"), token);
	if (to <= from)
		return scan_fault(scan, "value-order",
			N_("an end after the beginning; hours past midnight go to the next day: "
			   "22:00-24:00, then 00:00-06:00"),
			token);
	out->from = (int16_t)from;
	out->to = (int16_t)to;
	return 0;
}

void time_range_print(const struct time_range *range, struct strbuf *out)
{
	strbuf_addf(out, "%02d:%02d-%02d:%02d", range->from / 60, range->from % 60, range->to / 60,
		range->to % 60);
}

int time_ranges_scan(struct scan *scan, struct arena *arena, struct time_range **out, size_t *count)
{
	size_t room = scan_count_items(scan->rest, " \t");
	struct time_range *ranges = NULL;

	*count = 0;
	*out = NULL;
	for (scan_blanks(scan); at_time_range(scan_peek_token(scan)); scan_blanks(scan)) {
		struct slice token = scan_peek_token(scan);

		if (!ranges)
			ranges = arena_calloc(arena, room, sizeof(*ranges));
		if (time_range_scan(scan, &ranges[*count]))
			return -1;
		if (*count && ranges[*count].from < ranges[*count - 1].to)
			return scan_fault(
				scan, "value-order", N_("hours in order, without overlap"), token);
		++*count;
	}
	*out = ranges;
	return 0;
}

/* "mon", "mon-fri", "sat-mon": sets days[1..7]; 0 when the token is neither. */
static bool weekday_span(struct slice token, bool days[8])
{
	size_t dash = slice_find(token, '-');
	int from = weekday_find(slice_new(token.at, dash)), to = from;

	if (dash < token.len)
		to = weekday_find(slice_from(token, dash + 1));
	if (!from || !to)
		return false;
	for (int day = from;; day = day % 7 + 1) {
		days[day] = true;
		if (day == to)
			return true;
	}
}

static int hours_item_scan(struct scan *item, struct arena *arena, struct week_hours *hours)
{
	struct slice whole = item->rest;
	bool days[8] = { false }, any = false;
	struct time_range *ranges;
	size_t count;

	for (; weekday_span(scan_peek_token(item), days); scan_blanks(item), any = true)
		scan_token(item);
	if (!any)
		return scan_fault_here(item, "value-syntax",
			N_("weekdays such as mon-fri, then hours such as 09:00-12:00"));
	if (time_ranges_scan(item, arena, &ranges, &count))
		return -1;
	if (!count && !scan_text(item, "off"))
		return scan_fault_here(
			item, "value-syntax", N_("hours such as 09:00-12:00, or off"));
	if (!scan_done(item))
		return scan_fault_here(item, "value-syntax",
			N_("hours such as 13:00-18:00 or the end of the item"));
	for (int day = 1; day <= 7; day++) {
		if (!days[day])
			continue;
		if (hours->given[day])
			return scan_fault(item, "duplicate-item", N_("each weekday once"), whole);
		hours->given[day] = true;
		hours->ranges[day] = ranges;
		hours->range_count[day] = count;
	}
	return 0;
}

int hours_scan(struct scan *scan, struct arena *arena, struct week_hours **out)
{
	struct week_hours *hours = arena_calloc(arena, 1, sizeof(*hours));
	struct scan item;
	int more;

	if (scan_done(scan))
		return scan_fault_here(scan, "value-syntax", type_expected(TYPE_HOURS));
	while ((more = scan_item(scan, &item)) > 0)
		if (hours_item_scan(&item, arena, hours))
			return -1;
	*out = hours;
	return more;
}

static bool same_hours(const struct week_hours *hours, int a, int b)
{
	return hours->given[a] == hours->given[b] &&
	       hours->range_count[a] == hours->range_count[b] &&
	       (!hours->range_count[a] ||
		       memcmp(hours->ranges[a], hours->ranges[b],
			       hours->range_count[a] * sizeof(struct time_range)) == 0);
}

void hours_print(const struct week_hours *hours, struct strbuf *out)
{
	const char *separator = "";

	for (int day = 1, last; day <= 7; day = last + 1) {
		for (last = day; last < 7 && same_hours(hours, day, last + 1);)
			last++;
		if (!hours->given[day])
			continue;
		strbuf_addf(out, "%s%s", separator, weekday_name(day));
		if (last > day)
			strbuf_addf(out, "-%s", weekday_name(last));
		for (size_t i = 0; i < hours->range_count[day]; i++) {
			strbuf_add_char(out, ' ');
			time_range_print(&hours->ranges[day][i], out);
		}
		if (!hours->range_count[day])
			strbuf_add_str(out, " off");
		separator = ", ";
	}
}
