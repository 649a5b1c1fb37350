/*
 * `pmt calendar`: a month (or a year) of a calendar, or of a person's working time, as a picture, with days off and extra
 * working days; and the import of published holidays. `pmt calendar list` and the other generic verbs work on the records as for every kind.
 */
#include "cmd/cli/calendar_import.h"
#include "cmd/cli/context.h"
#include "cmd/cli/noun.h"

#include "base/alloc.h"

#include <string.h>

struct calendar_options {
	bool year;
};

static const struct option_spec specs[] = {
	{ 0, "year", OPTION_FLAG, offsetof(struct calendar_options, year), NULL, N_("The whole year, not one month") },
	OPTIONS_END,
};

/* What is shown: a calendar and the first days of the months from…to. */
struct view {
	struct context *context;
	struct calendars *calendars;
	const struct calendar *calendar;
	struct slice title;
	date_t from, to; /* first day of the first month, of the month behind the last */
	struct doc doc;
};

/* "2026-02" or "2026". False when the word is neither. */
static bool read_period(const char *word, date_t *month, bool *whole_year)
{
	struct strbuf text;
	bool good = false;

	if (strspn(word, "0123456789-") != strlen(word))
		return false;
	strbuf_init(&text);
	strbuf_addf(&text, strlen(word) == 4 ? "%s-01-01" : "%s-01", word);
	good = (strlen(word) == 4 || strlen(word) == 7) && date_parse(strbuf_slice(&text), month) == CIVIL_OK;
	if (good && strlen(word) == 4)
		*whole_year = true;
	strbuf_release(&text);
	return good;
}

/* A person's, when no calendar is called so: their calendar less their leave. */
static bool choose_person(struct view *v, const char *word)
{
	const struct kind *people = kind_find(slice_of("resource"));
	struct record *record = project_find(&v->context->project, people, slice_of(word));

	if (!record && !project_resolve(&v->context->project, kind_find(slice_of("calendar")), slice_of(word), true, NULL))
		record = project_resolve(&v->context->project, people, slice_of(word), true, NULL);
	if (!record || project_find(&v->context->project, kind_find(slice_of("calendar")), slice_of(word)))
		return false;
	v->calendar = calendars_for_resource(v->calendars, record);
	v->title = record_title(record);
	return true;
}

static int choose_calendar(struct view *v, const char *word, struct err *err)
{
	struct record *record;
	int status;

	if (!word) {
		v->calendar = calendars_find(v->calendars, slice_of(""));
		v->title = calendar_name(v->calendar);
		return 0;
	}
	if (choose_person(v, word))
		return 0;
	status = noun_resolve(v->context, kind_find(slice_of("calendar")), word, &record, err);
	if (status < 0)
		return status;
	v->calendar = calendars_find(v->calendars, record->id);
	v->title = record->id;
	return v->calendar ? 0 : err_set(err, ERR_INPUT, _("calendar '%s' has errors; 'pmt check' shows them"), word);
}

static int read_words(struct view *v, bool year, const struct strvec *words, struct err *err)
{
	struct civil today = civil_from_date(moment_date(v->context->now));
	date_t month = date_from_civil(today.year, today.month, 1);
	const char *name = NULL;

	for (size_t i = 0; i < words->len; i++) {
		if (read_period(words->items[i], &month, &year))
			continue;
		if (name)
			return err_set(err, ERR_USAGE, _("'%s' is no month; expected one like 2026-03"), words->items[i]);
		name = words->items[i];
	}
	if (year)
		month = date_from_civil(civil_from_date(month).year, 1, 1);
	v->from = month;
	v->to = date_add_months(month, year ? 12 : 1);
	return choose_calendar(v, name, err);
}

/* "09:00-12:00 13:00-18:00" */
static struct slice hours_of(struct view *v, date_t day)
{
	struct time_range ranges[8];
	size_t n = calendar_day_ranges(v->calendar, day, ranges, ARRAY_SIZE(ranges));
	struct strbuf text;
	struct slice hours;

	strbuf_init(&text);
	for (size_t i = 0; i < n && i < ARRAY_SIZE(ranges); i++)
		strbuf_addf(&text, "%s%02d:%02d-%02d:%02d", i ? " " : "", ranges[i].from / 60, ranges[i].from % 60,
			ranges[i].to / 60, ranges[i].to % 60);
	hours = arena_slice(&v->doc.arena, strbuf_slice(&text));
	strbuf_release(&text);
	return hours;
}

static struct cell hours_cell(struct view *v, date_t day)
{
	return cell_text(&v->doc.arena, hours_of(v, day));
}

static const char *const weekdays[] = { N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun") };

/* One row a day, for other programs. */
static void add_records(struct view *v)
{
	struct table *table = doc_table(&v->doc, "records", NULL);

	table_column(table, "date", N_("date"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "weekday", N_("weekday"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "working", N_("working"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "exception", N_("exception"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "hours", N_("hours"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "remark", N_("remark"), ALIGN_LEFT, PRIORITY_HIGH);
	for (date_t day = v->from; day < v->to; day++) {
		struct row *row = table_row(table);
		struct slice remark;
		bool exception;

		row->cells[2] = cell_duration(calendar_day(v->calendar, day, &exception, &remark));
		row->cells[0] = cell_date(day);
		row->cells[1] = cell_integer(date_weekday(day));
		row->cells[3] = cell_yesno(exception);
		row->cells[4] = hours_cell(v, day);
		row->cells[5] = remark.len ? cell_text(&v->doc.arena, remark) : cell_none();
	}
}

/* A day of the picture: its number, and what is special about it. */
static struct cell day_cell(struct view *v, date_t day)
{
	struct arena *arena = &v->doc.arena;
	const char *number = arena_printf(arena, "%2d", civil_from_date(day).day);
	bool exception;
	int minutes = calendar_day(v->calendar, day, &exception, NULL);
	struct cell cell;

	if (exception)
		cell = cell_messagef(arena, minutes > 0 ? N_("%s work") : N_("%s off"), number, (const char *)NULL);
	else
		cell = cell_text(arena, slice_of(minutes > 0 ? number : arena_printf(arena, "%s ·", number)));
	if (exception)
		cell.tone = minutes > 0 ? TONE_STRONG : TONE_MUTED;
	else if (minutes == 0)
		cell.tone = TONE_MUTED;
	return cell;
}

static void add_weeks(struct view *v, date_t from, date_t to)
{
	struct table *table = doc_table(&v->doc, "weeks", NULL);
	date_t monday = from - (date_weekday(from) - 1);

	table_column(table, "week", N_("week"), ALIGN_RIGHT, PRIORITY_LOW);
	for (size_t i = 0; i < 7; i++)
		table_column(table, weekdays[i], weekdays[i], ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "working", N_("working"), ALIGN_RIGHT, PRIORITY_HIGH);
	for (; monday < to; monday += 7) {
		struct row *row = table_row(table);
		int64_t minutes = 0;

		row->cells[0] = cell_integer(date_iso_week(monday, NULL));
		row->cells[0].tone = TONE_MUTED;
		for (int i = 0; i < 7; i++) {
			if (monday + i < from || monday + i >= to)
				continue;
			row->cells[i + 1] = day_cell(v, monday + i);
			minutes += calendar_day(v->calendar, monday + i, NULL, NULL);
		}
		row->cells[8] = cell_duration(minutes);
	}
}

static bool same_exception(struct view *v, date_t a, date_t b)
{
	struct slice x, y;
	bool first, second;
	int before = calendar_day(v->calendar, a, &first, &x), behind = calendar_day(v->calendar, b, &second, &y);

	return first && second && before == behind && slice_equal(x, y);
}

/* "02-15..02-23  off  春节" */
static void add_exceptions(struct view *v, date_t from, date_t to)
{
	struct table *table = NULL;

	for (date_t day = from, last; day < to; day = last + 1) {
		struct slice remark;
		bool exception;
		int minutes = calendar_day(v->calendar, day, &exception, &remark);
		struct row *row;

		last = day;
		if (!exception)
			continue;
		while (last + 1 < to && same_exception(v, day, last + 1))
			last++;
		if (!table) {
			table = doc_table(&v->doc, "exceptions", NULL);
			table_column(table, "from", N_("from"), ALIGN_LEFT, PRIORITY_MUST);
			table_column(table, "to", N_("to"), ALIGN_LEFT, PRIORITY_MUST);
			table_column(table, "working", N_("working"), ALIGN_LEFT, PRIORITY_MUST);
			table_column(table, "remark", N_("remark"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
		}
		row = table_row(table);
		row->cells[0] = cell_date(day);
		row->cells[1] = cell_date(last);
		row->cells[2] = minutes > 0 ? hours_cell(v, day) : cell_message(N_("off"));
		row->cells[3] = remark.len ? cell_text(&v->doc.arena, remark) : cell_none();
	}
}

/* Working days and hours of all that is shown. */
static void add_total(struct view *v)
{
	struct arena *arena = &v->doc.arena;
	int days = 0;

	for (date_t day = v->from; day < v->to; day++)
		days += calendar_day(v->calendar, day, NULL, NULL) > 0;
	doc_paragraph(&v->doc, cell_messagef(arena, N_("%s working days, %s hours"), arena_printf(arena, "%d", days),
		arena_printf(arena, "%g",
			(double)calendar_between(v->calendar, moment_from_date(v->from), moment_from_date(v->to)) / 60),
		(const char *)NULL));
}

static void add_month(struct view *v, date_t from)
{
	date_t to = date_add_months(from, 1);
	struct arena *arena = &v->doc.arena;
	struct civil civil = civil_from_date(from);

	doc_heading(&v->doc, 2, cell_text(arena, slice_of(arena_printf(arena, "%04d-%02d  %.*s", civil.year, civil.month,
		(int)v->title.len, v->title.len ? v->title.at : ""))));
	add_weeks(v, from, to);
	add_exceptions(v, from, to);
	add_total(v);
}

/* Whole months as one picture. */
static void add_picture(struct view *v)
{
	struct figure *figure = doc_figure(&v->doc, FIGURE_CALENDAR, "calendar", NULL);

	figure->description = N_("Days of each month: working days, days off, extra working days");
	for (date_t day = v->from; day < v->to; day++) {
		struct calendar_day_mark *mark = vec_push(&figure->nodes);

		mark->date = day;
		mark->minutes = calendar_day(v->calendar, day, &mark->exception, &mark->remark);
		mark->hours = hours_of(v, day);
		mark->remark = arena_slice(&v->doc.arena, mark->exception ? mark->remark : slice_of(""));
	}
}

static void add_year(struct view *v)
{
	struct arena *arena = &v->doc.arena;

	doc_heading(&v->doc, 2, cell_text(arena, slice_of(arena_printf(arena, "%04d  %.*s", civil_from_date(v->from).year,
		(int)v->title.len, v->title.len ? v->title.at : ""))));
	add_picture(v);
	add_exceptions(v, v->from, v->to);
	add_total(v);
}

static void add_horizon(struct view *v)
{
	date_t horizon = calendar_horizon(v->calendar);
	char text[CIVIL_TEXT];

	if (horizon != DATE_NONE && horizon < v->to - 1)
		doc_paragraph(&v->doc, cell_messagef(&v->doc.arena, N_("holidays are announced until %s"),
			date_print(horizon, text), (const char *)NULL));
}

static bool is_picture(const struct context *context)
{
	const char *name = context->renderer ? context->renderer->name : "table";

	return strcmp(name, "html") == 0 || strcmp(name, "svg") == 0;
}

static void show(struct view *v)
{
	if (context_wants_data(v->context)) {
		add_records(v);
	} else if (v->to - v->from > 31) {
		add_year(v);
	} else {
		if (is_picture(v->context))
			add_picture(v);
		add_month(v, v->from);
	}
	add_horizon(v);
}

static int open_calendars(struct view *v, struct err *err)
{
	struct diagnostics found;
	struct err faults;

	/* Faulty calendars are `check`'s business; the others can be shown. */
	(void)err;
	err_init(&faults);
	diagnostics_init(&found);
	calendars_new(&v->calendars, &v->context->project, &found, &faults);
	diagnostics_release(&found);
	err_release(&faults);
	return 0;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct calendar_options *o = options;
	const struct list_options plain = { 0 };
	struct view v = { .context = context };
	int status;

	for (size_t i = 0; i < arguments->len; i++)
		if (strpbrk(arguments->items[i], "=@:<>"))
			return noun_list(context, &plain, arguments, err);
	doc_init(&v.doc, "pmt.calendar.days/1");
	status = open_calendars(&v, err);
	if (status == 0)
		status = read_words(&v, o->year, arguments, err);
	if (status == 0) {
		show(&v);
		status = context_emit(context, &v.doc, err);
	}
	doc_release(&v.doc);
	calendars_free(v.calendars);
	return status;
}

static const struct command_verb verbs[] = {
	{ "show", "[NAME] [YYYY-MM|YYYY]", N_("Show a month, or a year"), specs, sizeof(struct calendar_options), NEEDS_PROJECT, run },
	{ "import", "FILE", N_("Take in days from a file: holiday-cn JSON, iCalendar, Microsoft Project XML"), calendar_import_specs,
		sizeof(struct calendar_import_options), NEEDS_PROJECT | NEEDS_LOCK, calendar_import },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_calendar = {
	.name = "calendar",
	.group = GROUP_PLAN,
	.summary = N_("Show working calendars; take in published holidays"),
	.usage = "[NAME] [YYYY-MM|YYYY]",
	.options = specs,
	.options_size = sizeof(struct calendar_options),
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "calendar",
	.run = run,
};
