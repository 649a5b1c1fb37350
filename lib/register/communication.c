#include "register/communication.h"

#include "base/alloc.h"
#include "base/map.h"
#include "model/recurrence.h"

/* Chinese and short forms; the first that the text begins with, so the longer ones stand first. */
static const struct {
	const char *word;
	enum recurrence_unit unit;
	int interval;
	int weekday; /* 0: none named */
} forms[] = {
	{ "biweekly", RECUR_WEEKS, 2, 0 }, { "fortnightly", RECUR_WEEKS, 2, 0 }, { "monthly", RECUR_MONTHS, 1, 0 },
	{ "quarterly", RECUR_MONTHS, 3, 0 }, { "half-yearly", RECUR_MONTHS, 6, 0 }, { "yearly", RECUR_YEARS, 1, 0 },
	{ "每个工作日", RECUR_DAYS, 1, 0 }, { "每天", RECUR_DAYS, 1, 0 }, { "每日", RECUR_DAYS, 1, 0 },
	{ "每两周", RECUR_WEEKS, 2, 0 }, { "每二周", RECUR_WEEKS, 2, 0 }, { "每2周", RECUR_WEEKS, 2, 0 },
	{ "双周", RECUR_WEEKS, 2, 0 }, { "每半月", RECUR_WEEKS, 2, 0 }, { "每周一次", RECUR_WEEKS, 1, 0 },
	{ "每周一", RECUR_WEEKS, 1, 1 }, { "每周二", RECUR_WEEKS, 1, 2 }, { "每周三", RECUR_WEEKS, 1, 3 },
	{ "每周四", RECUR_WEEKS, 1, 4 }, { "每周五", RECUR_WEEKS, 1, 5 }, { "每周六", RECUR_WEEKS, 1, 6 },
	{ "每周日", RECUR_WEEKS, 1, 7 }, { "每周", RECUR_WEEKS, 1, 0 }, { "每两个月", RECUR_MONTHS, 2, 0 },
	{ "每两月", RECUR_MONTHS, 2, 0 }, { "每月", RECUR_MONTHS, 1, 0 }, { "每季", RECUR_MONTHS, 3, 0 },
	{ "每半年", RECUR_MONTHS, 6, 0 }, { "半年", RECUR_MONTHS, 6, 0 }, { "每年", RECUR_YEARS, 1, 0 },
};

static bool read_rule(struct slice text, struct recurrence *rule)
{
	if (recurrence_parse(text, rule, NULL) == 0)
		return true;
	for (size_t i = 0; i < ARRAY_SIZE(forms); i++)
		if (slice_starts(text, forms[i].word)) {
			*rule = (struct recurrence){ .unit = forms[i].unit, .interval = forms[i].interval, .length = 1,
				.weekdays = (uint8_t)(forms[i].weekday ? 1u << forms[i].weekday : 0), .minute = -1,
				.from = DATE_NONE, .until = DATE_NONE };
			return true;
		}
	return false;
}

static date_t monday_of(date_t day)
{
	return day - (date_weekday(day) - 1);
}

/* The first day of the window of `interval` units that holds now. */
static void find_window(const struct recurrence *rule, date_t start, date_t now, struct communication_window *w)
{
	struct civil civil = civil_from_date(now);
	int interval = rule->interval > 0 ? rule->interval : 1, passed;
	date_t first;

	switch (rule->unit) {
	case RECUR_DAYS:
		passed = now >= start ? (now - start) % interval : 0;
		w->from = now - passed;
		w->to = w->from + interval - 1;
		return;
	case RECUR_WEEKS:
		first = monday_of(start);
		passed = now >= first ? (now - first) / 7 % interval : 0;
		w->from = monday_of(now) - passed * 7;
		w->to = w->from + interval * 7 - 1;
		return;
	case RECUR_YEARS:
		interval *= 12;
		/* fall through */
	case RECUR_MONTHS:
		first = date_from_civil(civil.year, 1, 1);
		passed = (civil.month - 1) % interval;
		w->from = date_add_months(date_from_civil(civil.year, civil.month, 1), -passed);
		w->to = date_add_months(w->from, interval) - 1;
		return;
	}
}

static bool take_first(void *context, date_t day)
{
	*(date_t *)context = day;
	return false;
}

/* The last working day up to `due`, not before the window; else the first one after it. */
static date_t working_day(const struct calendar *calendar, date_t from, date_t due)
{
	moment_t before = calendar_previous_working(calendar, moment_from_date(due + 1)), after;

	if (before != MOMENT_NONE && before > moment_from_date(from))
		return moment_date(before - 1);
	after = calendar_next_working(calendar, moment_from_date(due + 1));
	return after == MOMENT_NONE ? due : moment_date(after);
}

bool communication_window(struct slice often, const struct calendar *calendar, date_t start, date_t now,
	struct communication_window *out)
{
	struct recurrence rule;

	if (!often.len || !read_rule(often, &rule))
		return false;
	find_window(&rule, start, now, out);
	out->due = DATE_NONE;
	if (rule.weekdays || rule.month_days || rule.month) {
		struct recurrence within = rule;

		within.from = within.until = DATE_NONE;
		within.interval = 1;
		within.times = 0;
		recurrence_each(&within, out->from, out->to, take_first, &out->due);
	}
	out->due = working_day(calendar, out->from, out->due == DATE_NONE ? out->to : out->due);
	return true;
}

/* "what; how; how often", in Latin or Chinese punctuation. */
static struct slice cut_item(struct slice *rest)
{
	static const char wide[] = "；";
	size_t end = 0, width = 1;
	struct slice item;

	for (; end < rest->len && rest->at[end] != ';'; end++)
		if (slice_starts(slice_from(*rest, end), wide)) {
			width = sizeof(wide) - 1;
			break;
		}
	item = slice_trim(slice_new(rest->at, end));
	*rest = slice_from(*rest, end + width);
	return item;
}

/* What was told, when: from notes and meetings. */
struct telling {
	date_t when;
	struct slice text;  /* of a note; empty: a meeting */
	uint32_t next;      /* of the same stakeholder, older or younger: index + 1; 0: the end */
};

struct tellings {
	struct map by_id; /* folded id of the stakeholder → index + 1 of the first */
	struct vec items; /* struct telling */
	struct slice id;
	date_t until;
};

static void add_telling(struct tellings *t, struct slice id, date_t when, struct slice text)
{
	struct telling *telling;
	uintptr_t first = 0;

	if (when > t->until)
		return;
	map_get(&t->by_id, id, &first);
	telling = vec_push(&t->items);
	*telling = (struct telling){ when, text, (uint32_t)first };
	map_put(&t->by_id, id, t->items.len);
}

static void take_note(void *context, const struct journal_line *line)
{
	struct tellings *t = context;

	add_telling(t, t->id, moment_date(line->when), line->text);
}

static void read_notes(struct tellings *t, const struct project *project)
{
	struct record *record;

	FOREACH_RECORD(project, kind_find(slice_of("note")), record) {
		t->id = record->folded;
		journal_each(record, take_note, t);
	}
}

static void read_meetings(struct tellings *t, const struct project *project)
{
	const struct kind *stakeholders = kind_find(slice_of("stakeholder"));
	struct slice when, rest, item;
	struct record *record, *present;
	moment_t moment;
	bool has_time;

	FOREACH_RECORD(project, kind_find(slice_of("meeting")), record) {
		if (!record_text(record, "date", &when) || moment_parse(slice_trim(when), &moment, &has_time) != CIVIL_OK)
			continue;
		rest = record_text_or(record, "present");
		while (slice_next(&rest, ",\n", &item)) {
			present = project_find(project, stakeholders, item);
			if (present)
				add_telling(t, present->folded, moment_date(moment), slice_of(""));
		}
	}
}

static bool contains(struct slice text, struct slice part)
{
	for (size_t i = 0; part.len && i + part.len <= text.len; i++)
		if (memcmp(text.at + i, part.at, part.len) == 0)
			return true;
	return false;
}

static bool is_meeting(struct slice how)
{
	static const char *const words[] = { "会", "汇报", "面谈", "meeting", "call", "workshop", "review", "face" };

	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (contains(how, slice_of(words[i])))
			return true;
	return false;
}

static date_t find_last(const struct tellings *t, const struct communication *c)
{
	bool meeting = is_meeting(c->how) || is_meeting(c->what);
	const struct telling *items = t->items.items;
	date_t last = DATE_NONE;
	uintptr_t at = 0;

	map_get(&t->by_id, c->stakeholder->folded, &at);
	for (; at; at = items[at - 1].next) {
		const struct telling *told = &items[at - 1];
		bool fits = told->text.len ? contains(told->text, c->what) : meeting;

		if (fits && (last == DATE_NONE || told->when > last))
			last = told->when;
	}
	return last;
}

static enum communication_state state_of(const struct communication *c, date_t today)
{
	if (!c->regular)
		return COMMUNICATION_OCCASION;
	if (c->last != DATE_NONE && c->last >= c->from)
		return COMMUNICATION_DONE;
	if (c->due < today)
		return COMMUNICATION_OVERDUE;
	return c->due <= monday_of(today) + 6 ? COMMUNICATION_DUE : COMMUNICATION_LATER;
}

static date_t project_start(const struct project *project, date_t otherwise)
{
	moment_t moment;
	bool has_time;

	if (moment_parse(slice_trim(project_setting(project, "start")), &moment, &has_time) != CIVIL_OK)
		return otherwise;
	return moment_date(moment);
}

/* What reading a stakeholder's lines needs. */
struct reading {
	const struct calendar *calendar;
	date_t start; /* of the project */
	struct tellings told;
};

static void read_lines(const struct reading *r, const struct record *record, struct vec *out)
{
	struct slice lines = record_text_or(record, "communication"), line;
	struct communication_window window;

	while (slice_next(&lines, "\n", &line)) {
		struct communication *c;

		if (!line.len)
			continue;
		c = vec_push(out);
		*c = (struct communication){ .stakeholder = record, .from = DATE_NONE, .to = DATE_NONE, .due = DATE_NONE };
		c->what = cut_item(&line);
		c->how = cut_item(&line);
		c->often = cut_item(&line);
		c->regular = communication_window(c->often, r->calendar, r->start, r->told.until, &window);
		if (c->regular) {
			c->from = window.from;
			c->to = window.to;
			c->due = window.due;
		}
		c->last = find_last(&r->told, c);
		c->state = state_of(c, r->told.until);
	}
}

void communications_read(const struct project *project, const struct calendar *calendar, moment_t now, struct vec *out)
{
	struct reading r = { .calendar = calendar, .told = { .until = moment_date(now) } };
	struct record *record;

	r.start = project_start(project, r.told.until);
	map_init(&r.told.by_id);
	vec_init(&r.told.items, sizeof(struct telling));
	read_notes(&r.told, project);
	read_meetings(&r.told, project);
	FOREACH_RECORD(project, kind_find(slice_of("stakeholder")), record)
		read_lines(&r, record, out);
	vec_release(&r.told.items);
	map_release(&r.told.by_id);
}
