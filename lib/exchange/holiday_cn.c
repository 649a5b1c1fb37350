/* holiday-cn JSON: {"year": 2026, "papers": [url], "days": [{"name": "春节", "date": "2026-02-16",
 * "isOffDay": true}]}. */
#include "exchange/import.h"

#include "base/i18n.h"
#include "text/json.h"

#include <stdlib.h>

struct day {
	date_t date;
	bool off;
	struct slice name;
};

static int by_date(const void *a, const void *b, void *context)
{
	const struct day *x = a, *y = b;

	(void)context;
	return (x->date > y->date) - (x->date < y->date);
}

/* "FILE: day 3 (2027-02-03): WHAT is "no"; expected …" */
static int bad_day(const char *name, size_t number, json_t *item, const char *what, const char *expected,
	struct err *err)
{
	json_t *value = json_object_get(item, what), *date = json_object_get(item, "date");
	char *text = value ? json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
	bool dated = value != date && json_is_string(date);

	err_set(err, ERR_INPUT, "%s: day %zu%s%s%s: '%s' is %s; expected %s", name, number,
		dated ? " (" : "", dated ? json_string_value(date) : "", dated ? ")" : "", what,
		text ? text : err_word(err, "missing"), err_word(err, expected));
	free(text);
	return ERR_INPUT;
}

static int read_day(json_t *item, const char *name, size_t number, struct day *out, struct err *err)
{
	json_t *date = json_object_get(item, "date"), *title = json_object_get(item, "name");
	json_t *off = json_object_get(item, "isOffDay");

	if (!json_is_string(date) ||
		date_parse(slice_of(json_string_value(date)), &out->date) != CIVIL_OK)
		return bad_day(name, number, item, "date", N_("a day that exists, as \"2026-02-16\""), err);
	if (!json_is_boolean(off))
		return bad_day(name, number, item, "isOffDay", N_("true or false"), err);
	out->off = json_is_true(off);
	out->name = slice_of(json_is_string(title) ? json_string_value(title) : "");
	return 0;
}

static int read_days(json_t *days, const char *name, struct vec *out, struct err *err)
{
	for (size_t i = 0; i < json_array_size(days); i++) {
		struct day day;
		int result = read_day(json_array_get(days, i), name, i + 1, &day, err);

		if (result)
			return result;
		vec_append(out, &day);
	}
	vec_sort(out, by_date, NULL);
	return 0;
}

/* Days in a row that have one name make one line. A day worked says what for: 补春节. */
static void add_lines(struct strbuf *out, const struct vec *days, bool off)
{
	const struct day *day = days->items;
	char text[CIVIL_TEXT];

	for (size_t i = 0, last; i < days->len; i = last + 1) {
		last = i;
		if (day[i].off != off)
			continue;
		while (last + 1 < days->len && day[last + 1].date <= day[last].date + 1 &&
			day[last + 1].off == off && slice_equal(day[last + 1].name, day[i].name))
			last++;
		strbuf_addf(out, "%s%s", out->len ? "\n" : "", date_print(day[i].date, text));
		if (day[last].date > day[i].date)
			strbuf_addf(out, "..%s", date_print(day[last].date, text));
		if (day[i].name.len)
			strbuf_addf(out, " %s%.*s", off ? "" : "补", (int)day[i].name.len,
				day[i].name.at);
	}
}

static int check_shape(json_t *root, const char *name, struct err *err)
{
	json_t *year = json_object_get(root, "year"), *days = json_object_get(root, "days");

	if (!json_is_integer(year) || json_integer_value(year) < 1 ||
		json_integer_value(year) > 9999 || !json_is_array(days))
		return err_set(err, ERR_INPUT,
			"%s: not a holiday-cn file: 'year' or 'days' is missing", name);
	if (!json_array_size(days))
		return err_set(err, ERR_INPUT,
			"%s: the days of %d are not announced yet: the file has none", name,
			(int)json_integer_value(year));
	return 0;
}

static void year_of(json_t *root, char horizon[CIVIL_TEXT])
{
	int year = (int)json_integer_value(json_object_get(root, "year"));

	date_print(date_from_civil(year, 12, 31), horizon);
}

static const char *source_of(json_t *root)
{
	json_t *paper = json_array_get(json_object_get(root, "papers"), 0);

	return json_is_string(paper) ? json_string_value(paper) : NULL;
}

static void write_calendar(json_t *root, struct slice id, const struct import_options *options,
	struct import *out, const struct vec *days)
{
	struct import_section s;
	struct strbuf lines;
	char horizon[CIVIL_TEXT];

	strbuf_init(&lines);
	year_of(root, horizon);
	import_begin(&s, out, "calendars.ini", "calendar",
		slice_of(import_id(out, options, "calendar", id, "cn")));
	import_put(&s, "title", slice_of("中国工作日历"));
	import_put(&s, "week", slice_of("mon-fri 09:00-12:00 13:00-18:00"));
	add_lines(&lines, days, true);
	import_put(&s, "holiday", strbuf_slice(&lines));
	strbuf_reset(&lines);
	add_lines(&lines, days, false);
	import_put(&s, "workday", strbuf_slice(&lines));
	import_put(&s, "horizon", slice_of(horizon));
	import_put_line(&s, "source", slice_of(source_of(root)));
	import_end(&s);
	out->calendars++;
	strbuf_release(&lines);
}

static int read_year(json_t **root, struct slice json, const char *name, struct vec *days,
	struct err *err)
{
	int result = json_read(root, json, name, err);

	vec_init(days, sizeof(struct day));
	if (result)
		return result;
	result = check_shape(*root, name, err);
	if (!result)
		result = read_days(json_object_get(*root, "days"), name, days, err);
	if (result)
		json_decref(*root);
	return result;
}

int holiday_cn_import(struct slice json, const char *name, struct slice id,
	const struct import_options *options, struct import *out, struct err *err)
{
	struct vec days;
	json_t *root;
	int result = read_year(&root, json, name, &days, err);

	if (!result) {
		write_calendar(root, id, options, out, &days);
		json_decref(root);
	}
	vec_release(&days);
	return result;
}

/* Lines of a list of dates as they were, less those that begin in the span of the new ones, and the
 * new ones in their place. */
static void merge_lines(struct slice old, const struct vec *days, bool off, struct strbuf *out)
{
	const struct day *day = days->items;
	date_t first = days->len ? day[0].date : DATE_NONE,
	       last = days->len ? day[days->len - 1].date : DATE_NONE;
	struct strbuf added;
	bool done = false;

	strbuf_init(&added);
	add_lines(&added, days, off);
	while (old.len) {
		size_t end = slice_find(old, '\n');
		struct slice line = slice_trim(slice_new(old.at, end));
		date_t date;

		old = slice_from(old, end + 1);
		if (date_parse(slice_new(line.at, line.len < 10 ? line.len : 10), &date) ==
			CIVIL_OK) {
			if (date >= first && date <= last)
				continue;
			if (date > last && !done && added.len) {
				strbuf_addf(out, "%s%s", out->len ? "\n" : "", added.buf);
				done = true;
			}
		}
		strbuf_addf(
			out, "%s%.*s", out->len ? "\n" : "", (int)line.len, line.at ? line.at : "");
	}
	if (!done && added.len)
		strbuf_addf(out, "%s%s", out->len ? "\n" : "", added.buf);
	strbuf_release(&added);
}

static void merge_field(
	struct ini_doc *doc, size_t section, const char *key, const struct vec *days, bool off)
{
	static const char *const before[] = { "title", "base", "week", "week_odd", "week_even",
		"holiday", NULL };
	struct slice old = { NULL, 0 };
	struct strbuf lines;

	ini_doc_get(doc, section, slice_of(key), &old);
	strbuf_init(&lines);
	merge_lines(old, days, off, &lines);
	if (lines.len)
		ini_doc_set(doc, section, slice_of(key), strbuf_slice(&lines), before);
	strbuf_release(&lines);
}

int holiday_cn_merge(struct slice json, const char *name, struct ini_doc *doc, size_t section,
	struct err *err)
{
	char horizon[CIVIL_TEXT];
	struct slice old = { NULL, 0 };
	struct vec days;
	json_t *root;
	int result = read_year(&root, json, name, &days, err);

	if (!result) {
		merge_field(doc, section, "holiday", &days, true);
		merge_field(doc, section, "workday", &days, false);
		year_of(root, horizon);
		/* Text order is date order. */
		if (!ini_doc_get(doc, section, slice_of("horizon"), &old) ||
			slice_compare(old, slice_of(horizon)) < 0)
			ini_doc_set(doc, section, slice_of("horizon"), slice_of(horizon), NULL);
		json_decref(root);
	}
	vec_release(&days);
	return result;
}
