/* iCalendar: lines, and the events they make. */
#include "exchange/ics-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "exchange/import.h"

#include <stdlib.h>
#include <string.h>

enum { DIGITS_MOST = 9 };

void ics_note(const struct ics_reader *r, unsigned long line, const char *id, const char *format, struct slice word)
{
	char *text = xstrndup(word.len ? word.at : "", word.len);

	import_note(r->found, r->name, line, id, format, text, NULL);
	free(text);
}

/* The next line, folded ones joined. */
static bool next_line(struct ics_reader *r)
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

bool ics_same_word(struct slice a, const char *b)
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
static struct slice unescape(struct ics_reader *r, struct slice value)
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

int ics_digits(struct slice text, size_t from, size_t count)
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

bool ics_read_moment(struct slice text, moment_t *out, bool *has_time)
{
	int year = ics_digits(text, 0, 4), month = ics_digits(text, 4, 2), day = ics_digits(text, 6, 2), hour, minute;

	text = slice_trim(text);
	if (year < 1 || month < 1 || day < 1 || !civil_valid(year, month, day))
		return false;
	*out = moment_from_date(date_from_civil(year, month, day));
	*has_time = text.len > 8;
	if (!*has_time)
		return true;
	hour = ics_digits(text, 9, 2);
	minute = ics_digits(text, 11, 2);
	if (text.at[8] != 'T' || hour < 0 || hour > 23 || minute < 0 || minute > 59)
		return false;
	*out += hour * 60 + minute;
	return true;
}

/* A property that is a date or a time, and what its zone is. */
static bool read_time(struct ics_reader *r, struct slice parameters, struct slice value, moment_t *out, bool *has_time)
{
	bool zoned = value.len > 0 && (value.at[value.len - 1] == 'Z' || value.at[value.len - 1] == 'z');

	for (size_t i = 0; i + 5 <= parameters.len; i++)
		zoned |= ics_same_word(slice_new(parameters.at + i, 5), "TZID=");
	if (!ics_read_moment(slice_trim(value), out, has_time)) {
		ics_note(r, r->line, "import-value", N_("'%s' is no date; the event is left out"), value);
		return false;
	}
	if (zoned && *has_time && !r->zone_said) {
		r->zone_said = true;
		ics_note(r, r->line, "import-dropped", N_("time zones are not converted: %s stays as it is written"), value);
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

static enum ics_mark mark_of(struct slice summary)
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

static void read_exceptions(struct ics_reader *r, struct slice value)
{
	struct slice item;

	while (slice_next(&value, ",", &item)) {
		moment_t moment;
		bool has_time;
		date_t date;

		if (!ics_read_moment(item, &moment, &has_time)) {
			ics_note(r, r->line, "import-value", N_("'%s' is no date; it is left out"), item);
			continue;
		}
		date = moment_date(moment);
		vec_append(&r->exceptions, &date);
		r->event.exceptions++;
	}
}

/* Further times of an event. A period's own length is not kept. */
static void read_additions(struct ics_reader *r, struct slice value)
{
	struct slice item;

	while (slice_next(&value, ",", &item)) {
		size_t slash = slice_find(item, '/');
		moment_t moment;
		bool has_time;

		if (!ics_read_moment(slice_new(item.at, slash), &moment, &has_time)) {
			ics_note(r, r->line, "import-value", N_("'%s' is no date; it is left out"), item);
			continue;
		}
		if (slash < item.len)
			ics_note(r, r->line, "import-dropped", N_("of '%s' the start is taken, and the length of the event"), item);
		vec_append(&r->additions, &moment);
		r->event.additions++;
	}
}

/* RECURRENCE-ID: this event stands for one time of its series, or with RANGE for all from then on. */
static void read_replaced(struct ics_reader *r, struct slice parameters, struct slice value)
{
	bool has_time;

	if (!ics_read_moment(value, &r->event.replaces, &has_time)) {
		r->event.replaces = MOMENT_NONE;
		ics_note(r, r->line, "import-value", N_("'%s' is no date; it is left out"), value);
	} else if (contains(parameters, "THISANDFUTURE")) {
		ics_note(r, r->line, "import-dropped", N_("only %s itself is changed, not the times behind it"), value);
	}
}

static void begin_event(struct ics_reader *r)
{
	r->in_event = true;
	r->below = 0;
	r->event = (struct ics_event){ .line = r->line, .start = MOMENT_NONE, .finish = MOMENT_NONE, .duration = -1,
		.replaces = MOMENT_NONE, .first_exception = r->exceptions.len, .first_addition = r->additions.len };
}

static int by_day(const void *a, const void *b, void *context)
{
	date_t x = *(const date_t *)a, y = *(const date_t *)b;

	(void)context;
	return (x > y) - (x < y);
}

date_t ics_last_date(void)
{
	return date_from_civil(9999, 12, 31);
}

static void end_event(struct ics_reader *r)
{
	struct ics_event *e = &r->event;

	r->in_event = false;
	if (e->mark == MARK_NONE)
		e->mark = mark_of(e->summary);
	if (e->replaces != MOMENT_NONE && e->uid.len > 0)
		vec_append(&r->replaced, &(struct ics_replaced){ e->uid, moment_date(e->replaces) });
	if (e->start == MOMENT_NONE || e->cancelled)
		return;
	if (r->events.len == ICS_EVENTS_MOST) {
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
		ics_note(r, e->line, "import-value", N_("the event '%s' takes no time and is left out"), e->summary);
		return;
	}
	if (e->finish - e->start > (moment_t)ICS_EVENT_DAYS_MOST * MINUTES_PER_DAY) {
		ics_note(r, e->line, "import-value", N_("the event '%s' takes more than ten years and is left out"), e->summary);
		return;
	}
	if (e->finish > moment_from_date(ics_last_date() + 1)) {
		ics_note(r, e->line, "import-value", N_("the event '%s' ends after the year 9999 and is left out"), e->summary);
		return;
	}
	vec_append(&r->events, e);
}

static void read_property(struct ics_reader *r, struct slice name, struct slice parameters, struct slice value)
{
	struct ics_event *e = &r->event;
	bool has_time;

	if (ics_same_word(name, "DTSTART")) {
		if (!read_time(r, parameters, value, &e->start, &e->has_time))
			e->start = MOMENT_NONE;
	} else if (ics_same_word(name, "DTEND")) {
		if (!read_time(r, parameters, value, &e->finish, &has_time))
			e->cancelled = true;
	} else if (ics_same_word(name, "DURATION")) {
		e->duration = read_duration(value);
	} else if (ics_same_word(name, "SUMMARY")) {
		e->summary = unescape(r, value);
	} else if (ics_same_word(name, "RRULE")) {
		e->rule = arena_slice(r->arena, slice_trim(value));
	} else if (ics_same_word(name, "EXDATE")) {
		read_exceptions(r, value);
	} else if (ics_same_word(name, "RDATE")) {
		read_additions(r, value);
	} else if (ics_same_word(name, "RECURRENCE-ID")) {
		read_replaced(r, parameters, value);
	} else if (ics_same_word(name, "UID")) {
		e->uid = arena_slice(r->arena, slice_trim(value));
	} else if (ics_same_word(name, "EXRULE")) {
		ics_note(r, r->line, "import-dropped", N_("the rule of exceptions '%s' is not kept: name the days with EXDATE"), value);
	} else if (ics_same_word(name, "STATUS")) {
		e->cancelled |= ics_same_word(slice_trim(value), "CANCELLED");
	} else if (ics_same_word(name, "X-APPLE-SPECIAL-DAY")) {
		e->mark = ics_same_word(slice_trim(value), "ALTERNATE-WORKDAY") ? MARK_WORK : MARK_OFF;
	}
}

static void read_line(struct ics_reader *r)
{
	struct slice name, parameters, value;

	if (!split(strbuf_slice(&r->text), &name, &parameters, &value)) {
		if (slice_trim(strbuf_slice(&r->text)).len > 0)
			ics_note(r, r->line, "import-value", N_("the line '%s' is no property and is left out"), strbuf_slice(&r->text));
		return;
	}
	if (ics_same_word(name, "BEGIN")) {
		if (r->in_event)
			r->below++;
		else if (ics_same_word(slice_trim(value), "VEVENT"))
			begin_event(r);
	} else if (ics_same_word(name, "END") && r->in_event) {
		if (r->below > 0)
			r->below--;
		else
			end_event(r);
	} else if (r->in_event && r->below == 0) {
		read_property(r, name, parameters, value);
	}
}

static int by_series(const void *a, const void *b, void *context)
{
	const struct ics_replaced *x = a, *y = b;
	int order = slice_compare(x->uid, y->uid);

	(void)context;
	return order ? order : (x->day > y->day) - (x->day < y->day);
}

void ics_read_events(struct ics_reader *r)
{
	while (next_line(r))
		read_line(r);
	vec_sort(&r->replaced, by_series, NULL);
}

void ics_reader_init(struct ics_reader *r, struct slice text, struct arena *arena)
{
	r->rest = text;
	r->next_line = 1;
	r->arena = arena;
	strbuf_init(&r->text);
	vec_init(&r->events, sizeof(struct ics_event));
	vec_init(&r->exceptions, sizeof(date_t));
	vec_init(&r->additions, sizeof(moment_t));
	vec_init(&r->replaced, sizeof(struct ics_replaced));
}

void ics_reader_release(struct ics_reader *r)
{
	strbuf_release(&r->text);
	vec_release(&r->events);
	vec_release(&r->exceptions);
	vec_release(&r->additions);
	vec_release(&r->replaced);
}

/* The first day of a series that was replaced, not before `day`; NULL when there is none. */
static const struct ics_replaced *find_replaced(const struct ics_reader *r, struct slice uid, date_t day)
{
	const struct ics_replaced wanted = { uid, day }, *all = r->replaced.items;
	size_t low = 0, high = r->replaced.len;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (by_series(&all[middle], &wanted, NULL) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return uid.len > 0 && low < r->replaced.len && slice_equal(all[low].uid, uid) ? &all[low] : NULL;
}

bool ics_has_exceptions(const struct ics_reader *r, const struct ics_event *event)
{
	return event->exceptions > 0 || (event->replaces == MOMENT_NONE && find_replaced(r, event->uid, INT32_MIN));
}

bool ics_is_excepted(const struct ics_reader *r, const struct ics_event *event, date_t day)
{
	const date_t *days = (const date_t *)r->exceptions.items + event->first_exception;
	const struct ics_replaced *replaced = event->replaces == MOMENT_NONE ? find_replaced(r, event->uid, day) : NULL;
	size_t low = date_first_from(days, event->exceptions, day);

	return (low < event->exceptions && days[low] == day) || (replaced && replaced->day == day);
}
