/*
 * iCalendar (RFC 5545): events as lines of a list of days.
 *
 * All-day events are days; timed ones hours of a day. A rule (RRULE) becomes a rule of our own where both mean the same, else its days
 * one by one for RULE_YEARS. Days that EXDATE names are left out. An event is a worked day when it says so: 上班, 补班 or 班 in its
 * summary, "working day", or Apple's X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY. In a file that marks days off as such (休, 放假,
 * WORK-HOLIDAY) unmarked events are only observances, and are left out.
 *
 * Times stand as they are written: a project has no zones. That is said once, when the file names one.
 * Cost: O(bytes), and O(days) a rule that is written out.
 */
#include "exchange/ics.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "exchange/import.h"
#include "model/recurrence.h"

#include <stdlib.h>
#include <string.h>

enum { RULE_YEARS = 10, RULE_YEARS_MOST = 100, EVENT_DAYS_MOST = 3660, DIGITS_MOST = 9 };

/* What is beyond is no calendar of a person or a country, and a few bytes of rules could ask for any number of days. */
enum { EVENTS_MOST = 100000, LINES_MOST = 200000 };

enum event_mark { MARK_NONE, MARK_OFF, MARK_WORK };

struct event {
	unsigned long line;
	moment_t start, finish; /* finish exclusive; MOMENT_NONE: not said */
	bool has_time, cancelled;
	int64_t duration;       /* minutes; -1: not said */
	enum event_mark mark;
	struct slice summary, rule;
	size_t first_exception, exceptions; /* in reader.exceptions */
};

struct reader {
	struct slice rest;
	const char *name;
	struct diagnostics *found;
	struct arena *arena;
	unsigned long line, next_line;
	struct strbuf text;      /* the logical line at hand */
	struct vec events;       /* struct event */
	struct vec exceptions;   /* date_t */
	bool in_event, zone_said, too_many;
	size_t lines;            /* written */
	int below;               /* components inside the event */
	struct event event;
};

static void note(const struct reader *r, unsigned long line, const char *id, const char *format, struct slice word)
{
	char *text = xstrndup(word.len ? word.at : "", word.len);

	import_note(r->found, r->name, line, id, format, text, NULL);
	free(text);
}

/* The next line, folded ones joined. */
static bool next_line(struct reader *r)
{
	strbuf_reset(&r->text);
	if (r->rest.len == 0)
		return false;
	r->line = r->next_line;
	for (;;) {
		size_t end = slice_find(r->rest, '\n');
		struct slice part = slice_new(r->rest.at, end);

		if (part.len > 0 && part.at[part.len - 1] == '\r')
			part.len--;
		strbuf_add_slice(&r->text, part);
		r->rest = slice_from(r->rest, end + 1);
		r->next_line++;
		if (r->rest.len == 0 || (r->rest.at[0] != ' ' && r->rest.at[0] != '\t'))
			return true;
		r->rest = slice_from(r->rest, 1);
	}
}

static bool same_word(struct slice a, const char *b)
{
	if (a.len != strlen(b))
		return false;
	for (size_t i = 0; i < a.len; i++)
		if ((a.at[i] >= 'a' && a.at[i] <= 'z' ? a.at[i] - 32 : a.at[i]) != b[i])
			return false;
	return true;
}

/* NAME;PARAMETERS:VALUE. Quoted parameters may hold a colon. */
static bool split(struct slice line, struct slice *name, struct slice *parameters, struct slice *value)
{
	size_t at = 0, colon = SIZE_MAX;
	bool quoted = false;

	for (size_t i = 0; i < line.len && colon == SIZE_MAX; i++) {
		if (line.at[i] == '"')
			quoted = !quoted;
		else if (line.at[i] == ':' && !quoted)
			colon = i;
	}
	if (colon == SIZE_MAX)
		return false;
	while (at < colon && line.at[at] != ';')
		at++;
	*name = slice_trim(slice_new(line.at, at));
	*parameters = slice_new(line.at + at, colon - at);
	*value = slice_from(line, colon + 1);
	return name->len > 0;
}

/* "a\, b\nc" on one line. */
static struct slice unescape(struct reader *r, struct slice value)
{
	struct strbuf out;
	struct slice copy;

	strbuf_init(&out);
	for (size_t i = 0; i < value.len; i++) {
		char c = value.at[i];

		if (c == '\\' && i + 1 < value.len) {
			c = value.at[++i];
			c = c == 'n' || c == 'N' ? ' ' : c;
		}
		strbuf_add_char(&out, (unsigned char)c < ' ' ? ' ' : c);
	}
	copy = slice_trim(arena_slice(r->arena, strbuf_slice(&out)));
	strbuf_release(&out);
	return copy;
}

/* The number that count digits make; -1 when they are not all digits, or more than an int holds. */
static int digits(struct slice text, size_t from, size_t count)
{
	int number = 0;

	if (count > DIGITS_MOST)
		return -1;
	for (size_t i = from; i < from + count; i++) {
		if (i >= text.len || text.at[i] < '0' || text.at[i] > '9')
			return -1;
		number = number * 10 + (text.at[i] - '0');
	}
	return number;
}

/* 20260501, 20260501T090000, 20260501T090000Z */
static bool read_moment(struct slice text, moment_t *out, bool *has_time)
{
	int year = digits(text, 0, 4), month = digits(text, 4, 2), day = digits(text, 6, 2), hour, minute;

	text = slice_trim(text);
	if (year < 1 || month < 1 || day < 1 || !civil_valid(year, month, day))
		return false;
	*out = moment_from_date(date_from_civil(year, month, day));
	*has_time = text.len > 8;
	if (!*has_time)
		return true;
	hour = digits(text, 9, 2);
	minute = digits(text, 11, 2);
	if (text.at[8] != 'T' || hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return false;
	*out += hour * 60 + minute;
	return true;
}

/* A property that is a date or a time, and what its zone is. */
static bool read_time(struct reader *r, struct slice parameters, struct slice value, moment_t *out, bool *has_time)
{
	bool zoned = value.len > 0 && (value.at[value.len - 1] == 'Z' || value.at[value.len - 1] == 'z');

	for (size_t i = 0; i + 5 <= parameters.len; i++)
		zoned |= same_word(slice_new(parameters.at + i, 5), "TZID=");
	if (!read_moment(slice_trim(value), out, has_time)) {
		note(r, r->line, "import-value", N_("'%s' is no date; the event is left out"), value);
		return false;
	}
	if (zoned && *has_time && !r->zone_said) {
		r->zone_said = true;
		note(r, r->line, "import-dropped", N_("time zones are not converted: %s stays as it is written"), value);
	}
	return true;
}

/* P1D, PT4H30M, P2W; -1 when it is none. */
static int64_t read_duration(struct slice text)
{
	int64_t minutes = 0, number = -1;

	text = slice_trim(text);
	if (text.len < 2 || text.at[0] != 'P')
		return -1;
	for (size_t i = 1; i < text.len; i++) {
		char c = text.at[i];

		if (c >= '0' && c <= '9') {
			number = (number < 0 ? 0 : number) * 10 + (c - '0');
			if (number > 10000000)
				return -1;
			continue;
		}
		if (c == 'T')
			continue;
		if (number < 0 || (c != 'W' && c != 'D' && c != 'H' && c != 'M' && c != 'S'))
			return -1;
		minutes += c == 'W' ? number * 7 * MINUTES_PER_DAY : c == 'D' ? number * MINUTES_PER_DAY :
			c == 'H'    ? number * 60 : c == 'M' ? number : 0;
		number = -1;
	}
	return minutes;
}

static bool contains(struct slice text, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= text.len; i++)
		if (memcmp(text.at + i, word, len) == 0)
			return true;
	return false;
}

static enum event_mark mark_of(struct slice summary)
{
	static const char *const work[] = { "上班", "补班", "（班）", "(班)", "[班]", "【班】", "working day", "Working day", "workday" };
	static const char *const off[] = { "放假", "（休）", "(休)", "[休]", "【休】", "休息日", "day off", "Day off", "public holiday",
		"Public holiday" };

	for (size_t i = 0; i < ARRAY_SIZE(work); i++)
		if (contains(summary, work[i]))
			return MARK_WORK;
	for (size_t i = 0; i < ARRAY_SIZE(off); i++)
		if (contains(summary, off[i]))
			return MARK_OFF;
	return MARK_NONE;
}

static void read_exceptions(struct reader *r, struct slice value)
{
	struct slice item;

	while (slice_next(&value, ",", &item)) {
		moment_t moment;
		bool has_time;
		date_t date;

		if (!read_moment(item, &moment, &has_time))
			continue;
		date = moment_date(moment);
		vec_append(&r->exceptions, &date);
		r->event.exceptions++;
	}
}

static void begin_event(struct reader *r)
{
	r->in_event = true;
	r->below = 0;
	r->event = (struct event){ .line = r->line, .start = MOMENT_NONE, .finish = MOMENT_NONE, .duration = -1,
		.first_exception = r->exceptions.len };
}

static int by_day(const void *a, const void *b, void *context)
{
	date_t x = *(const date_t *)a, y = *(const date_t *)b;

	(void)context;
	return (x > y) - (x < y);
}

static date_t last_date(void)
{
	return date_from_civil(9999, 12, 31);
}

static void end_event(struct reader *r)
{
	struct event *e = &r->event;

	r->in_event = false;
	if (e->mark == MARK_NONE)
		e->mark = mark_of(e->summary);
	if (e->start == MOMENT_NONE || e->cancelled)
		return;
	if (r->events.len == EVENTS_MOST) {
		r->too_many = true;
		return;
	}
	if (e->exceptions > 0)
		stable_sort((date_t *)r->exceptions.items + e->first_exception, e->exceptions, sizeof(date_t), by_day, NULL);
	if (e->finish == MOMENT_NONE)
		e->finish = e->start + (e->duration >= 0 ? e->duration : e->has_time ? 0 : MINUTES_PER_DAY);
	if (e->finish <= e->start && !e->has_time)
		e->finish = e->start + MINUTES_PER_DAY;
	if (e->finish <= e->start) {
		note(r, e->line, "import-value", N_("the event '%s' takes no time and is left out"), e->summary);
		return;
	}
	if (e->finish - e->start > (moment_t)EVENT_DAYS_MOST * MINUTES_PER_DAY) {
		note(r, e->line, "import-value", N_("the event '%s' takes more than ten years and is left out"), e->summary);
		return;
	}
	if (e->finish > moment_from_date(last_date() + 1)) {
		note(r, e->line, "import-value", N_("the event '%s' ends after the year 9999 and is left out"), e->summary);
		return;
	}
	vec_append(&r->events, e);
}

static void read_property(struct reader *r, struct slice name, struct slice parameters, struct slice value)
{
	struct event *e = &r->event;
	bool has_time;

	if (same_word(name, "DTSTART")) {
		if (!read_time(r, parameters, value, &e->start, &e->has_time))
			e->start = MOMENT_NONE;
	} else if (same_word(name, "DTEND")) {
		if (!read_time(r, parameters, value, &e->finish, &has_time))
			e->cancelled = true;
	} else if (same_word(name, "DURATION")) {
		e->duration = read_duration(value);
	} else if (same_word(name, "SUMMARY")) {
		e->summary = unescape(r, value);
	} else if (same_word(name, "RRULE")) {
		e->rule = arena_slice(r->arena, slice_trim(value));
	} else if (same_word(name, "EXDATE")) {
		read_exceptions(r, value);
	} else if (same_word(name, "STATUS")) {
		e->cancelled |= same_word(slice_trim(value), "CANCELLED");
	} else if (same_word(name, "X-APPLE-SPECIAL-DAY")) {
		e->mark = same_word(slice_trim(value), "ALTERNATE-WORKDAY") ? MARK_WORK : MARK_OFF;
	}
}

static void read_line(struct reader *r)
{
	struct slice name, parameters, value;

	if (!split(strbuf_slice(&r->text), &name, &parameters, &value)) {
		if (slice_trim(strbuf_slice(&r->text)).len > 0)
			note(r, r->line, "import-value", N_("the line '%s' is no property and is left out"), strbuf_slice(&r->text));
		return;
	}
	if (same_word(name, "BEGIN")) {
		if (r->in_event)
			r->below++;
		else if (same_word(slice_trim(value), "VEVENT"))
			begin_event(r);
	} else if (same_word(name, "END") && r->in_event) {
		if (r->below > 0)
			r->below--;
		else
			end_event(r);
	} else if (r->in_event && r->below == 0) {
		read_property(r, name, parameters, value);
	}
}

/* --- rules --- */

struct rule {
	struct recurrence r;
	uint32_t month_days;  /* as written: a month without the day has no occurrence */
	bool exact;           /* our rule gives the same days */
};

/* "MO", "2SU", "-1FR" */
static bool read_weekday(struct slice word, int *position, uint8_t *bit)
{
	static const char *const names[] = { "MO", "TU", "WE", "TH", "FR", "SA", "SU" };
	struct slice number = slice_new(word.at, word.len >= 2 ? word.len - 2 : 0);

	*position = 0;
	if (slice_is(number, "-1"))
		*position = RECUR_LAST;
	else if (number.len > 0 && (*position = digits(number, number.at[0] == '+', number.len - (number.at[0] == '+'))) < 0)
		return false;
	for (int i = 0; i < 7 && word.len >= 2; i++)
		if (same_word(slice_from(word, word.len - 2), names[i])) {
			*bit = (uint8_t)(1u << (i + 1));
			return *position >= RECUR_LAST && *position <= 4;
		}
	return false;
}

static bool read_weekdays(struct slice value, struct recurrence *r)
{
	struct slice item;

	while (slice_next(&value, ",", &item)) {
		int position;
		uint8_t bit;

		if (!read_weekday(item, &position, &bit) || (r->weekdays && position != r->position))
			return false;
		r->weekdays |= bit;
		r->position = position;
	}
	return r->weekdays != 0;
}

static bool read_month_days(struct slice value, uint32_t *days)
{
	struct slice item;

	while (slice_next(&value, ",", &item)) {
		int day = slice_is(item, "-1") ? 0 : digits(item, 0, item.len);

		if (day < 0 || day > 31 || (day == 0 && !slice_is(item, "-1")))
			return false;
		*days |= 1u << day;
	}
	return true;
}

static bool read_part(struct slice name, struct slice value, struct rule *rule)
{
	static const char *const units[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
	struct recurrence *r = &rule->r;
	moment_t until;
	bool has_time;

	if (same_word(name, "FREQ")) {
		for (int unit = RECUR_DAYS; unit <= RECUR_YEARS; unit++)
			if (same_word(value, units[unit])) {
				r->unit = (enum recurrence_unit)unit;
				return true;
			}
		return false;
	}
	if (same_word(name, "INTERVAL"))
		return (r->interval = digits(value, 0, value.len)) >= 1 && value.len <= 3;
	if (same_word(name, "COUNT"))
		return (r->times = digits(value, 0, value.len)) >= 1 && value.len <= 5;
	if (same_word(name, "UNTIL")) {
		if (!read_moment(value, &until, &has_time))
			return false;
		r->until = moment_date(until);
		return true;
	}
	if (same_word(name, "BYDAY"))
		return read_weekdays(value, r);
	if (same_word(name, "BYMONTHDAY"))
		return read_month_days(value, &r->month_days);
	if (same_word(name, "BYMONTH"))
		return (r->month = digits(value, 0, value.len)) >= 1 && r->month <= 12 && value.len <= 2;
	return same_word(name, "WKST");
}

/* What the rule leaves to the first day. False: we cannot say that. */
static bool complete_rule(struct rule *rule, date_t first)
{
	struct recurrence *r = &rule->r;
	struct civil civil = civil_from_date(first);

	if (r->unit == RECUR_DAYS)
		return r->weekdays == 0 && r->month_days == 0 && r->month == 0;
	if (r->unit == RECUR_WEEKS)
		return r->position == 0 && r->month_days == 0 && r->month == 0;
	if (r->weekdays && (r->position == 0 || r->month_days))
		return false;
	if (r->unit == RECUR_MONTHS && r->month != 0)
		return false;
	if (r->unit == RECUR_YEARS && r->month == 0)
		r->month = civil.month;
	if (!r->weekdays && r->month_days == 0)
		r->month_days = 1u << civil.day;
	rule->month_days = r->month_days;
	return true;
}

static bool read_rule(struct slice text, date_t first, struct rule *rule)
{
	struct slice part;

	*rule = (struct rule){ .r = { .unit = RECUR_YEARS, .interval = 1, .length = 1, .minute = -1, .from = first,
		.until = DATE_NONE } };
	while (slice_next(&text, ";", &part)) {
		size_t equals = slice_find(part, '=');

		if (part.len > 0 && (equals >= part.len ||
			!read_part(slice_new(part.at, equals), slice_trim(slice_from(part, equals + 1)), rule)))
			return false;
	}
	if (!complete_rule(rule, first) || (rule->r.until != DATE_NONE && rule->r.until < first))
		return false;
	/* The 29th to the 31st are not in every month, and several days of a year are several rules of ours. */
	rule->exact = rule->month_days < 1u << 29 &&
		!(rule->r.unit == RECUR_YEARS && rule->month_days && (rule->month_days & (rule->month_days - 1)));
	return true;
}

/* --- lines --- */

struct writer {
	struct reader *r;
	const struct event *event;
	struct strbuf *out;
	uint32_t month_days; /* only these days of a month; 0: any */
	int given;
};

static void add_clock(struct strbuf *out, int64_t from, int64_t to)
{
	strbuf_addf(out, " %02d:%02d-%02d:%02d", (int)(from / 60), (int)(from % 60), (int)(to / 60), (int)(to % 60));
}

/* A remark must not look like hours, "as fri" or a bound. */
static void add_summary(struct strbuf *out, struct slice summary)
{
	struct slice first = slice_new(summary.at, slice_find(summary, ' '));
	bool odd = summary.len > 0 && ((summary.at[0] >= '0' && summary.at[0] <= '9') || same_word(first, "AS") ||
		same_word(first, "FROM") || same_word(first, "UNTIL"));

	if (summary.len == 0)
		return;
	strbuf_add_str(out, odd ? " - " : " ");
	for (size_t i = 0; i < summary.len; i++)
		strbuf_add_char(out, summary.at[i] == ',' ? ';' : summary.at[i]);
}

/* One event that begins on a day: hours of its first and last day, whole days between. */
static void add_days(struct writer *w, date_t day)
{
	const struct event *e = w->event;
	moment_t start = moment_from_date(day) + moment_minute_of_day(e->start), finish = start + (e->finish - e->start);
	char text[CIVIL_TEXT];

	while (start < finish) {
		date_t first = moment_date(start);
		bool partial = start % MINUTES_PER_DAY != 0 || finish < moment_from_date(first + 1);
		moment_t end = partial ? moment_from_date(first + 1) : moment_from_date(moment_date(finish));

		if (end > finish)
			end = finish;
		if (w->r->lines++ == LINES_MOST) {
			w->r->too_many = true;
			return;
		}
		strbuf_addf(w->out, "%s%s", w->out->len ? "\n" : "", date_print(first, text));
		if (partial)
			add_clock(w->out, start - moment_from_date(first), end - moment_from_date(first));
		else if (moment_date(end) - 1 > first)
			strbuf_addf(w->out, "..%s", date_print(moment_date(end) - 1, text));
		add_summary(w->out, e->summary);
		start = end;
	}
}

static bool is_excepted(const struct writer *w, date_t day)
{
	size_t low = w->event->first_exception, end = low + w->event->exceptions, high = end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (*(const date_t *)vec_at(&w->r->exceptions, middle) < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < end && *(const date_t *)vec_at(&w->r->exceptions, low) == day;
}

static bool give_day(void *context, date_t day)
{
	struct writer *w = context;

	if (w->month_days && !(w->month_days >> civil_from_date(day).day & 1) && !(w->month_days & RECUR_LAST_DAY))
		return true;
	if (!is_excepted(w, day))
		add_days(w, day);
	return !w->r->too_many;
}

/* An event of whole days, or within one day, by a rule of ours. */
static bool add_as_rule(struct writer *w, const struct rule *rule)
{
	const struct event *e = w->event;
	struct recurrence r = rule->r;
	int64_t minutes = e->finish - e->start;
	bool timed = e->has_time;

	if (!rule->exact || e->exceptions > 0 || (timed && moment_minute_of_day(e->start) + minutes > MINUTES_PER_DAY))
		return false;
	if (!timed && minutes > MINUTES_PER_DAY) {
		if (r.unit != RECUR_YEARS || r.position != 0)
			return false;
		r.length = (int)(minutes / MINUTES_PER_DAY);
	}
	strbuf_add_str(w->out, w->out->len ? "\n" : "");
	recurrence_print(&r, w->out);
	if (timed)
		add_clock(w->out, moment_minute_of_day(e->start), moment_minute_of_day(e->start) + minutes);
	add_summary(w->out, e->summary);
	return true;
}

static void write_event(struct writer *w)
{
	date_t first = moment_date(w->event->start), last;
	struct rule rule;

	if (w->event->rule.len == 0) {
		add_days(w, first);
		return;
	}
	if (!read_rule(w->event->rule, first, &rule)) {
		note(w->r, w->event->line, "import-dropped", N_("the rule '%s' cannot be kept: only its first day is taken"),
			w->event->rule);
		add_days(w, first);
		return;
	}
	if (add_as_rule(w, &rule))
		return;
	w->month_days = rule.exact ? 0 : rule.month_days;
	if (rule.r.until == DATE_NONE && rule.r.times == 0)
		note(w->r, w->event->line, "import-dropped", N_("the days of '%s' are written out for ten years"), w->event->summary);
	last = last_date() - EVENT_DAYS_MOST; /* an event that begins there ends in a year of four digits */
	if (first < last && (last - first) / 366 > RULE_YEARS_MOST)
		last = date_add_months(first, 12 * RULE_YEARS_MOST);
	if (rule.r.until == DATE_NONE && rule.r.times == 0 && (last - first) / 366 > RULE_YEARS)
		last = date_add_months(first, 12 * RULE_YEARS) - 1;
	recurrence_each(&rule.r, first, last > first ? last : first, give_day, w);
	w->month_days = 0;
}

static int by_start(const void *a, const void *b, void *context)
{
	const struct event *x = a, *y = b;

	(void)context;
	return (x->start > y->start) - (x->start < y->start);
}

static void write_all(struct reader *r, struct ics_days *out)
{
	const struct event *events;
	bool marked = false;

	vec_sort(&r->events, by_start, NULL);
	events = r->events.items;
	for (size_t i = 0; i < r->events.len; i++)
		marked |= events[i].mark == MARK_OFF;
	for (size_t i = 0; i < r->events.len && !r->too_many; i++) {
		struct writer w = { .r = r, .event = &events[i] };

		if (events[i].mark == MARK_NONE && marked) {
			out->observances++;
			continue;
		}
		w.out = events[i].mark == MARK_WORK ? &out->work : &out->off;
		write_event(&w);
		out->events++;
	}
}

void ics_days_init(struct ics_days *days)
{
	*days = (struct ics_days){ .events = 0 };
	strbuf_init(&days->off);
	strbuf_init(&days->work);
}

void ics_days_release(struct ics_days *days)
{
	strbuf_release(&days->off);
	strbuf_release(&days->work);
}

bool ics_is(struct slice text)
{
	static const char head[] = "BEGIN:VCALENDAR";

	if (slice_starts(text, "\xef\xbb\xbf"))
		text = slice_from(text, 3);
	text = slice_trim(text);
	return text.len >= strlen(head) && same_word(slice_new(text.at, strlen(head)), head);
}

int ics_read(struct slice text, const char *name, struct ics_days *out, struct diagnostics *found, struct err *err)
{
	struct reader r = { .rest = text, .name = name, .found = found, .next_line = 1 };
	struct arena arena;
	int result = 0;

	if (!ics_is(text))
		return err_set(err, ERR_INPUT, "%s:1:1: not an iCalendar file: it does not begin with BEGIN:VCALENDAR", name);
	if (utf8_check(text) != text.len)
		return err_set(err, ERR_INPUT, "%s: not UTF-8 at byte %zu; convert it, for example with `iconv -f GBK -t UTF-8`", name,
			utf8_check(text) + 1);
	if (slice_starts(text, "\xef\xbb\xbf"))
		r.rest = slice_from(text, 3);
	arena_init(&arena);
	r.arena = &arena;
	strbuf_init(&r.text);
	vec_init(&r.events, sizeof(struct event));
	vec_init(&r.exceptions, sizeof(date_t));
	while (next_line(&r))
		read_line(&r);
	if (r.in_event)
		result = err_set(err, ERR_INPUT, "%s:%lu:1: the event that begins here has no end: the file is cut off", name,
			r.event.line);
	else
		write_all(&r, out);
	if (result == 0 && r.too_many) {
		strbuf_reset(&out->off);
		strbuf_reset(&out->work);
		result = err_set(err, ERR_INPUT, "%s: more than %d events or %d days; end its rules (RRULE) with UNTIL, or split the file",
			name, EVENTS_MOST, LINES_MOST);
	}
	strbuf_release(&r.text);
	vec_release(&r.events);
	vec_release(&r.exceptions);
	arena_release(&arena);
	return result;
}
