/*
 * iCalendar (RFC 5545): events as lines of a list of days.
 *
 * All-day events are days; timed ones hours of a day. A rule (RRULE) becomes a rule of our own where both mean the same, else its days
 * one by one for RULE_YEARS. Days that EXDATE names, or that an event of their own replaces (RECURRENCE-ID), are left out; those
 * that RDATE names come on top. An event is a worked day when it says so: 上班, 补班 or 班 in its
 * summary, "working day", or Apple's X-APPLE-SPECIAL-DAY:ALTERNATE-WORKDAY. In a file that marks days off as such (休, 放假,
 * WORK-HOLIDAY) unmarked events are only observances, and are left out.
 *
 * Times stand as they are written: a project has no zones. That is said once, when the file names one.
 * Cost: O(bytes), and O(days) a rule that is written out.
 */
#include "exchange/ics-internal.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <string.h>

enum { RULE_YEARS = 10, RULE_YEARS_MOST = 100 };

struct writer {
	struct ics_reader *r;
	const struct ics_event *event;
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
	bool odd = summary.len > 0 && ((summary.at[0] >= '0' && summary.at[0] <= '9') || ics_same_word(first, "AS") ||
		ics_same_word(first, "FROM") || ics_same_word(first, "UNTIL"));

	if (summary.len == 0)
		return;
	strbuf_add_str(out, odd ? " - " : " ");
	for (size_t i = 0; i < summary.len; i++)
		strbuf_add_char(out, summary.at[i] == ',' ? ';' : summary.at[i]);
}

/* One event that begins on a day: hours of its first and last day, whole days between. */
static void add_days(struct writer *w, date_t day)
{
	const struct ics_event *e = w->event;
	moment_t start = moment_from_date(day) + moment_minute_of_day(e->start), finish = start + (e->finish - e->start);
	char text[CIVIL_TEXT];

	while (start < finish) {
		date_t first = moment_date(start);
		bool partial = start % MINUTES_PER_DAY != 0 || finish < moment_from_date(first + 1);
		moment_t end = partial ? moment_from_date(first + 1) : moment_from_date(moment_date(finish));

		if (end > finish)
			end = finish;
		if (w->r->lines++ == ICS_LINES_MOST) {
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

static bool give_day(void *context, date_t day)
{
	struct writer *w = context;

	if (w->month_days && !(w->month_days >> civil_from_date(day).day & 1) && !(w->month_days & RECUR_LAST_DAY))
		return true;
	if (!ics_is_excepted(w->r, w->event, day))
		add_days(w, day);
	return !w->r->too_many;
}

/* An event of whole days, or within one day, by a rule of ours. */
static bool add_as_rule(struct writer *w, const struct ics_rule *rule)
{
	const struct ics_event *e = w->event;
	struct recurrence r = rule->r;
	int64_t minutes = e->finish - e->start;
	bool timed = e->has_time;

	if (!rule->exact || ics_has_exceptions(w->r, e) || (timed && moment_minute_of_day(e->start) + minutes > MINUTES_PER_DAY))
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

/* Times besides those of the rule, each as long as the event. */
static void write_additions(struct writer *w)
{
	const struct ics_event *e = w->event;

	for (size_t i = 0; i < e->additions; i++) {
		struct ics_event once = *e;

		once.start = *(const moment_t *)vec_at(&w->r->additions, e->first_addition + i);
		once.finish = once.start + (e->finish - e->start);
		if (ics_is_excepted(w->r, e, moment_date(once.start)) || once.finish > moment_from_date(ics_last_date() + 1))
			continue;
		w->event = &once;
		add_days(w, moment_date(once.start));
		w->event = e;
	}
}

static void write_event(struct writer *w)
{
	date_t first = moment_date(w->event->start), last;
	struct ics_rule rule;

	if (w->event->rule.len == 0) {
		if (!ics_is_excepted(w->r, w->event, first))
			add_days(w, first);
		return;
	}
	if (!ics_read_rule(w->event->rule, first, &rule)) {
		ics_note(w->r, w->event->line, "import-dropped", N_("the rule '%s' cannot be kept: only its first day is taken"),
			w->event->rule);
		add_days(w, first);
		return;
	}
	if (add_as_rule(w, &rule))
		return;
	w->month_days = rule.exact ? 0 : rule.month_days;
	if (rule.r.until == DATE_NONE && rule.r.times == 0)
		ics_note(w->r, w->event->line, "import-dropped", N_("the days of '%s' are written out for ten years"), w->event->summary);
	last = ics_last_date() - ICS_EVENT_DAYS_MOST; /* an event that begins there ends in a year of four digits */
	if (first < last && (last - first) / 366 > RULE_YEARS_MOST)
		last = date_add_months(first, 12 * RULE_YEARS_MOST);
	if (rule.r.until == DATE_NONE && rule.r.times == 0 && (last - first) / 366 > RULE_YEARS)
		last = date_add_months(first, 12 * RULE_YEARS) - 1;
	recurrence_each(&rule.r, first, last > first ? last : first, give_day, w);
	w->month_days = 0;
}

static int by_start(const void *a, const void *b, void *context)
{
	const struct ics_event *x = a, *y = b;

	(void)context;
	return (x->start > y->start) - (x->start < y->start);
}

static void write_all(struct ics_reader *r, struct ics_days *out)
{
	const struct ics_event *events;
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
		write_additions(&w);
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
	return text.len >= strlen(head) && ics_same_word(slice_new(text.at, strlen(head)), head);
}

int ics_read(struct slice text, const char *name, struct ics_days *out, struct diagnostics *found, struct err *err)
{
	struct ics_reader r = { .name = name, .found = found };
	struct arena arena;
	int result = 0;

	if (!ics_is(text))
		return err_set(err, ERR_INPUT, "%s:1:1: not an iCalendar file: it does not begin with BEGIN:VCALENDAR", name);
	if (utf8_check(text) != text.len)
		return err_set(err, ERR_INPUT, "%s: not UTF-8 at byte %zu; convert it, for example with `iconv -f GBK -t UTF-8`", name,
			utf8_check(text) + 1);
	arena_init(&arena);
	ics_reader_init(&r, slice_starts(text, "\xef\xbb\xbf") ? slice_from(text, 3) : text, &arena);
	ics_read_events(&r);
	if (r.in_event)
		result = err_set(err, ERR_INPUT, "%s:%lu:1: the event that begins here has no end: the file is cut off", name,
			r.event.line);
	else
		write_all(&r, out);
	if (result == 0 && r.too_many) {
		strbuf_reset(&out->off);
		strbuf_reset(&out->work);
		result = err_set(err, ERR_INPUT, "%s: more than %d events or %d days; end its rules (RRULE) with UNTIL, or split the file",
			name, ICS_EVENTS_MOST, ICS_LINES_MOST);
	}
	ics_reader_release(&r);
	arena_release(&arena);
	return result;
}
