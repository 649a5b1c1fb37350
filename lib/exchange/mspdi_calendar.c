/* Calendars of Microsoft Project: weeks, exceptions, work weeks, inheritance. */
#include "exchange/mspdi.h"

#include "base/i18n.h"

/* "08:00:00"; midnight at the end of a range is 24:00. */
static bool read_clock(struct slice text, bool end, int16_t *out)
{
	int hour, minute;

	if (text.len < 5 || text.at[2] != ':')
		return false;
	for (int i = 0; i < 5; i++)
		if (i != 2 && (text.at[i] < '0' || text.at[i] > '9'))
			return false;
	hour = (text.at[0] - '0') * 10 + text.at[1] - '0';
	minute = (text.at[3] - '0') * 10 + text.at[4] - '0';
	if (hour > 24 || minute > 59 || hour * 60 + minute > MINUTES_PER_DAY)
		return false;
	*out = (int16_t)(hour * 60 + minute);
	if (end && !*out)
		*out = MINUTES_PER_DAY;
	return true;
}

static void add_range(struct mspdi_hours *hours, struct time_range range)
{
	int at = hours->count;

	if (hours->count == MSPDI_RANGES || range.from >= range.to)
		return;
	for (; at > 0 && hours->ranges[at - 1].from > range.from; at--)
		hours->ranges[at] = hours->ranges[at - 1];
	hours->ranges[at] = range;
	hours->count++;
}

/* Ranges that touch or overlap become one: Project writes round-the-clock days so at times. */
static void join_ranges(struct mspdi_hours *hours)
{
	int kept = 0;

	for (int i = 1; i < hours->count; i++) {
		struct time_range *last = &hours->ranges[kept];

		if (hours->ranges[i].from > last->to)
			hours->ranges[++kept] = hours->ranges[i];
		else if (hours->ranges[i].to > last->to)
			last->to = hours->ranges[i].to;
	}
	if (hours->count)
		hours->count = kept + 1;
}

struct mspdi_hours mspdi_hours_read(const struct xml_node *node)
{
	struct mspdi_hours hours = { .count = 0 };
	bool listed = false;

	if (!mspdi_yes(node, "DayWorking"))
		return hours;
	FOREACH_XML (xml_child(node, "WorkingTimes"), "WorkingTime", time) {
		struct time_range range;

		listed = true;
		if (read_clock(xml_child_text(time, "FromTime"), false, &range.from) &&
			read_clock(xml_child_text(time, "ToTime"), true, &range.to))
			add_range(&hours, range);
	}
	join_ranges(&hours);
	if (!listed) { /* a working day with the default hours */
		add_range(&hours, (struct time_range){ 8 * 60, 12 * 60 });
		add_range(&hours, (struct time_range){ 13 * 60, 17 * 60 });
	}
	return hours;
}

/* 1 is Sunday for Project, 7 for ISO. */
static int iso_weekday(int64_t day_type)
{
	return day_type == 1 ? 7 : (int)day_type - 1;
}

static bool read_period(const struct xml_node *node, date_t *from, date_t *to)
{
	const struct xml_node *period = xml_child(node, "TimePeriod");
	moment_t first = mspdi_moment(period, "FromDate"), last = mspdi_moment(period, "ToDate");

	if (first == MOMENT_NONE)
		return false;
	*from = moment_date(first);
	*to = last == MOMENT_NONE ? *from : moment_date(last);
	return *to >= *from;
}

void mspdi_override(struct vec *exceptions, const struct mspdi_exception *added)
{
	struct mspdi_exception *items = exceptions->items;
	size_t at = exceptions->len; /* days come in order, mostly */

	while (at > 0 && items[at - 1].to >= added->from)
		at--;
	if (at < exceptions->len && items[at].from < added->from) {
		struct mspdi_exception tail = items[at];

		items[at++].to = added->from - 1;
		if (tail.to > added->to) { /* cut in two */
			tail.from = added->to + 1;
			vec_push(exceptions);
			items = exceptions->items;
			memmove(items + at + 1, items + at,
				(exceptions->len - 1 - at) * sizeof(*items));
			items[at] = tail;
		}
	}
	while (at < exceptions->len && items[at].from <= added->to) {
		if (items[at].to > added->to) {
			items[at].from = added->to + 1;
			break;
		}
		vec_remove(exceptions, at);
	}
	vec_push(exceptions);
	items = exceptions->items;
	memmove(items + at + 1, items + at, (exceptions->len - 1 - at) * sizeof(*items));
	items[at] = *added;
}

/* Weekdays of a <WeekDays>; days of a work week override day by day. */
static void read_work_week(struct mspdi *m, struct mspdi_calendar *c, const struct xml_node *week)
{
	struct mspdi_exception day = { .name = xml_child_text(week, "Name") };
	date_t from, to;

	if (!read_period(week, &from, &to))
		return;
	if (to - from > MSPDI_DAYS_MOST) {
		import_note(m->found, m->name, week->line, "import-dropped",
			N_("a work week of more than a century is left out"), NULL, NULL);
		return;
	}
	FOREACH_XML (xml_child(week, "WeekDays"), "WeekDay", node) {
		int64_t type = mspdi_integer(node, "DayType", 0);

		if (type < 1 || type > 7)
			continue;
		day.hours = mspdi_hours_read(node);
		for (date_t d = from; d <= to; d++)
			if (date_weekday(d) == iso_weekday(type)) {
				day.from = day.to = d;
				mspdi_override(&c->exceptions, &day);
			}
	}
}

static void read_week(struct mspdi_calendar *c, bool legacy_exceptions)
{
	FOREACH_XML (xml_child(c->node, "WeekDays"), "WeekDay", node) {
		int64_t type = mspdi_integer(node, "DayType", -1);

		if (type >= 1 && type <= 7) {
			c->given[iso_weekday(type)] = true;
			c->week[iso_weekday(type)] = mspdi_hours_read(node);
		} else if (type == 0 && legacy_exceptions) {
			struct mspdi_exception e = { .hours = mspdi_hours_read(node) };

			if (read_period(node, &e.from, &e.to))
				mspdi_override(&c->exceptions, &e);
		}
	}
}

static void read_calendar(struct mspdi *m, struct mspdi_calendar *c)
{
	const struct xml_node *exceptions = xml_child(c->node, "Exceptions");

	vec_init(&c->exceptions, sizeof(struct mspdi_exception));
	c->uid = mspdi_integer(c->node, "UID", 0);
	c->base_uid = mspdi_integer(c->node, "BaseCalendarUID", -1);
	c->name = xml_child_text(c->node, "Name");
	c->is_base = mspdi_yes(c->node, "IsBaseCalendar");
	if (c->is_base || c->base_uid == c->uid || c->base_uid == 0)
		c->base_uid = -1;
	FOREACH_XML (xml_child(c->node, "WorkWeeks"), "WorkWeek", week)
		read_work_week(m, c, week);
	/* Since 2007 the file says exceptions twice; the older way has no recurrence but its days.
	 */
	read_week(c, !exceptions);
	FOREACH_XML (exceptions, "Exception", exception)
		mspdi_recurrence(m, &c->exceptions, exception);
	mspdi_index(m, &m->calendar_by_uid, c->uid, (size_t)(c - m->calendars));
}

void mspdi_read_calendars(struct mspdi *m)
{
	const struct xml_node *list = xml_child(m->root, "Calendars");
	size_t count = 0;

	FOREACH_XML (list, "Calendar", node)
		count++;
	m->calendars = arena_calloc(&m->out->arena, count, sizeof(*m->calendars));
	FOREACH_XML (list, "Calendar", node) {
		m->calendars[m->calendar_count].node = node;
		read_calendar(m, &m->calendars[m->calendar_count++]);
	}
	m->project_calendar = mspdi_calendar_find(m, mspdi_integer(m->root, "CalendarUID", 1));
}

struct mspdi_calendar *mspdi_calendar_find(const struct mspdi *m, int64_t uid)
{
	size_t index = uid < 0 ? SIZE_MAX : mspdi_lookup(&m->calendar_by_uid, uid);

	return index == SIZE_MAX ? NULL : &m->calendars[index];
}

static bool adds_something(const struct mspdi_calendar *c)
{
	for (int day = 1; day <= 7; day++)
		if (c->given[day])
			return true;
	return c->exceptions.len > 0;
}

struct mspdi_calendar *mspdi_calendar_effective(
	const struct mspdi *m, struct mspdi_calendar *calendar)
{
	for (size_t steps = 0; calendar && steps <= m->calendar_count; steps++) {
		struct mspdi_calendar *base = mspdi_calendar_find(m, calendar->base_uid);

		if (adds_something(calendar) || !base)
			return calendar;
		calendar = base;
	}
	return calendar;
}

static bool same_hours(const struct mspdi_hours *a, const struct mspdi_hours *b)
{
	return a->count == b->count &&
	       !memcmp(a->ranges, b->ranges, (size_t)a->count * sizeof(a->ranges[0]));
}

/* Nearest wins: own exception, base's exception, own week, base's week. */
static struct mspdi_hours hours_on(
	const struct mspdi *m, const struct mspdi_calendar *calendar, date_t date)
{
	const struct mspdi_calendar *c = calendar;
	int day = date_weekday(date);

	for (size_t steps = 0; c && steps <= m->calendar_count; steps++) {
		const struct mspdi_exception *items = c->exceptions.items;
		size_t low = 0, high = c->exceptions.len;

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (items[middle].to < date)
				low = middle + 1;
			else
				high = middle;
		}
		if (low < c->exceptions.len && items[low].from <= date)
			return items[low].hours;
		c = mspdi_calendar_find(m, c->base_uid);
	}
	c = calendar;
	for (size_t steps = 0; c && steps <= m->calendar_count; steps++) {
		if (c->given[day])
			return c->week[day];
		c = mspdi_calendar_find(m, c->base_uid);
	}
	return (struct mspdi_hours){ .count = 0 };
}

int64_t mspdi_working(
	const struct mspdi *m, const struct mspdi_calendar *calendar, moment_t from, moment_t to)
{
	int64_t minutes = 0;

	if (!calendar)
		calendar = m->project_calendar;
	for (date_t day = moment_date(from); moment_from_date(day) < to; day++) {
		struct mspdi_hours hours = hours_on(m, calendar, day);

		for (int i = 0; i < hours.count; i++) {
			moment_t a = moment_from_date(day) + hours.ranges[i].from;
			moment_t b = moment_from_date(day) + hours.ranges[i].to;

			a = a < from ? from : a;
			b = b > to ? to : b;
			minutes += b > a ? b - a : 0;
		}
	}
	return minutes;
}

static void add_hours(struct strbuf *out, const struct mspdi_hours *hours)
{
	for (int i = 0; i < hours->count; i++)
		strbuf_addf(out, " %02d:%02d-%02d:%02d", hours->ranges[i].from / 60,
			hours->ranges[i].from % 60, hours->ranges[i].to / 60,
			hours->ranges[i].to % 60);
}

/* "mon-fri 08:00-12:00 13:00-17:00, sat off". A calendar without base is off where it says nothing.
 */
static void put_week(struct import_section *s, const struct mspdi_calendar *c)
{
	static const char *const names[] = { "", "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
	struct strbuf text;
	bool any = false;

	strbuf_init(&text);
	for (int day = 1; day <= 7; day++)
		any = any || c->week[day].count;
	for (int day = 1, last; day <= 7; day = last + 1) {
		last = day;
		if (!c->given[day] || (!c->week[day].count && c->base_uid < 0 && any))
			continue;
		while (last < 7 && c->given[last + 1] &&
			same_hours(&c->week[day], &c->week[last + 1]))
			last++;
		strbuf_addf(&text, "%s%s", text.len ? ", " : "", names[day]);
		if (last > day)
			strbuf_addf(&text, "-%s", names[last]);
		if (!c->week[day].count)
			strbuf_add_str(&text, " off");
		add_hours(&text, &c->week[day]);
	}
	import_put(s, "week", strbuf_slice(&text));
	strbuf_release(&text);
}

/* A remark must not look like hours, "as fri" or the next date. */
static void add_remark(struct strbuf *out, struct slice name)
{
	bool odd =
		name.len && ((name.at[0] >= '0' && name.at[0] <= '9') || slice_starts(name, "as "));

	if (!name.len)
		return;
	strbuf_add_str(out, odd ? " - " : " ");
	for (size_t i = 0; i < name.len; i++)
		strbuf_add_char(out, name.at[i] == ','    ? ';'
				     : name.at[i] == '\n' ? ' '
							  : name.at[i]);
}

static void put_days(
	struct import_section *s, const struct mspdi_calendar *c, const char *key, bool working)
{
	const struct mspdi_exception *items = c->exceptions.items;
	char from[CIVIL_TEXT], to[CIVIL_TEXT];
	struct strbuf text;

	strbuf_init(&text);
	for (size_t i = 0; i < c->exceptions.len; i++) {
		struct mspdi_exception e = items[i];

		if ((e.hours.count > 0) != working)
			continue;
		while (i + 1 < c->exceptions.len && items[i + 1].from == e.to + 1 &&
			same_hours(&items[i + 1].hours, &e.hours) &&
			slice_equal(items[i + 1].name, e.name))
			e.to = items[++i].to;
		strbuf_addf(&text, "%s%s", text.len ? "\n" : "", date_print(e.from, from));
		if (e.to > e.from)
			strbuf_addf(&text, "..%s", date_print(e.to, to));
		add_hours(&text, &e.hours);
		add_remark(&text, e.name);
	}
	import_put(s, key, strbuf_slice(&text));
	strbuf_release(&text);
}

static void write_calendar(struct mspdi *m, struct mspdi_calendar *c)
{
	struct mspdi_calendar *base =
		mspdi_calendar_effective(m, mspdi_calendar_find(m, c->base_uid));
	struct import_section s;

	c->id = import_id(m->out, m->options, "calendar", c->name, "calendar");
	if (base && !base->id)
		write_calendar(m, base);
	import_begin(&s, m->out, "calendars.ini", "calendar", slice_of(c->id));
	if (!slice_is(c->name, c->id))
		import_put_line(&s, "title", c->name);
	if (base)
		import_put(&s, "base", slice_of(base->id));
	put_week(&s, c);
	put_days(&s, c, "holiday", false);
	put_days(&s, c, "workday", true);
	import_end(&s);
	m->out->calendars++;
}

void mspdi_write_calendars(struct mspdi *m)
{
	for (size_t i = 0; i < m->calendar_count; i++) {
		struct mspdi_calendar *c = &m->calendars[i];

		if (!c->id && (c->is_base || c == m->project_calendar))
			write_calendar(m, c);
	}
	for (size_t i = 0; i < m->resource_count; i++) {
		struct mspdi_calendar *c = m->resources[i].calendar;

		if (c && !c->id)
			write_calendar(m, c);
	}
}
