/*
 * Microsoft Project XML: reading values, the project's settings, and the order of things.
 */
#include "exchange/mspdi.h"

#include "base/i18n.h"
#include "base/utf8.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

static bool parse_integer(struct slice text, int64_t *out)
{
	char buffer[32], *end;

	if (!text.len || text.len >= sizeof(buffer))
		return false;
	memcpy(buffer, text.at, text.len);
	buffer[text.len] = '\0';
	errno = 0;
	*out = strtoll(buffer, &end, 10);
	return !errno && (*end == '\0' || *end == '.');
}

int64_t mspdi_integer(const struct xml_node *node, const char *child, int64_t fallback)
{
	int64_t value;

	return parse_integer(xml_child_text(node, child), &value) ? value : fallback;
}

bool mspdi_yes(const struct xml_node *node, const char *child)
{
	struct slice text = xml_child_text(node, child);

	return slice_is(text, "1") || slice_is(text, "true");
}

/* "2012-12-24T08:00:00", seconds and zone dropped; Project writes years from 1984 to 2149. */
moment_t mspdi_moment(const struct xml_node *node, const char *child)
{
	struct slice text = xml_child_text(node, child);
	moment_t moment;
	bool has_time;

	if (text.len > 16)
		text.len = 16;
	if (moment_parse(text, &moment, &has_time) != CIVIL_OK)
		return MOMENT_NONE;
	return moment;
}

/* Minutes of "PT8H30M0S", rounded; false when it is none. Days and more do not occur. */
static bool parse_duration(struct slice text, int64_t *out)
{
	double seconds = 0, number = 0, place = 0;
	bool negative = slice_starts(text, "-");

	text = slice_from(text, negative);
	if (!slice_starts(text, "PT"))
		return false;
	for (size_t i = 2; i < text.len; i++) {
		char c = text.at[i];

		if (c >= '0' && c <= '9') {
			number = place > 0 ? number + (c - '0') * place : number * 10 + (c - '0');
			place /= 10;
		} else if (c == '.') {
			place = 0.1;
		} else {
			seconds += number * (c == 'H' ? 3600 : c == 'M' ? 60 : c == 'S' ? 1 : NAN);
			number = place = 0;
		}
	}
	if (!(seconds < 1e15))
		return false;
	*out = (int64_t)(seconds / 60 + 0.5) * (negative ? -1 : 1);
	return true;
}

int64_t mspdi_duration(const struct xml_node *node, const char *child, int64_t fallback)
{
	int64_t minutes;

	return parse_duration(xml_child_text(node, child), &minutes) ? minutes : fallback;
}

bool mspdi_number(const struct xml_node *node, const char *child, double *out)
{
	struct slice text = xml_child_text(node, child);
	char buffer[80], *end;

	if (!text.len)
		return false;
	if (text.len >= sizeof(buffer))
		text.len = sizeof(buffer) -
			   1; /* 0.330000000000000015543122344752191565930843353271484375 */
	memcpy(buffer, text.at, text.len);
	buffer[text.len] = '\0';
	*out = strtod(buffer, &end);
	return end != buffer && isfinite(*out) && fabs(*out) < 1e14;
}

/* Codes 3 … 12 are m em h eh d ed w ew mo emo, 19 and 20 % and e%; 32 more: estimated. */
static int64_t plain_format(int64_t format)
{
	return format >= 35 ? format - 32 : format;
}

bool mspdi_format_elapsed(int64_t format)
{
	format = plain_format(format);
	return (format >= 4 && format <= 12 && format % 2 == 0) || format == 20;
}

bool mspdi_format_percent(int64_t format)
{
	format = plain_format(format);
	return format == 19 || format == 20;
}

size_t mspdi_lookup(const struct map *map, int64_t uid)
{
	char key[24];
	uintptr_t index;
	int len = snprintf(key, sizeof(key), "%lld", (long long)uid);

	return map_get(map, slice_new(key, (size_t)len), &index) ? (size_t)index : SIZE_MAX;
}

void mspdi_index(struct mspdi *m, struct map *map, int64_t uid, size_t index)
{
	map_put(map, slice_of(arena_printf(&m->out->arena, "%lld", (long long)uid)),
		(uintptr_t)index);
}

static void read_units(struct mspdi *m)
{
	int64_t day = mspdi_integer(m->root, "MinutesPerDay", 480);
	int64_t week = mspdi_integer(m->root, "MinutesPerWeek", 2400);
	int64_t days = mspdi_integer(m->root, "DaysPerMonth", 20);
	struct slice currency = xml_child_text(m->root, "CurrencyCode");

	units_default(&m->units);
	if (day >= 60 && day <= MINUTES_PER_DAY && week >= day && week <= 7 * MINUTES_PER_DAY &&
		days > 0 && days <= 31) {
		m->units.minutes_per_day = (int32_t)day;
		m->units.minutes_per_week = (int32_t)week;
		m->units.minutes_per_month = (int32_t)(days * day);
	}
	if (currency.len == 3)
		memcpy(m->units.currency, currency.at, 3);
}

/* 90 / 60 as "1.5". */
static void put_ratio(struct import_section *s, const char *key, int64_t a, int64_t b)
{
	struct strbuf text;

	strbuf_init(&text);
	decimal_print(&text, decimal_scale(DECIMAL_ONE, a, b), 0);
	import_put(s, key, strbuf_slice(&text));
	strbuf_release(&text);
}

static struct slice project_name(const struct mspdi *m)
{
	static const char *const names[] = { "Title", "Name" };
	struct slice text;

	for (size_t i = 0; i < 2; i++) {
		text = xml_child_text(m->root, names[i]);
		if (slice_ends(text, ".mpp") || slice_ends(text, ".xml"))
			text.len -= 4;
		if (text.len)
			return text;
	}
	return slice_of(m->name);
}

static void write_project(struct mspdi *m)
{
	struct import_section s;
	bool from_finish =
		xml_child(m->root, "ScheduleFromStart") && !mspdi_yes(m->root, "ScheduleFromStart");

	import_begin(&s, m->out, "pmt.ini", "project", slice_of(""));
	import_put(&s, "format", slice_of("1"));
	import_put_line(&s, "name", project_name(m));
	import_put_moment(&s, "start", mspdi_moment(m->root, "StartDate"));
	if (from_finish)
		import_put_moment(&s, "finish", mspdi_moment(m->root, "FinishDate"));
	import_put(&s, "currency", slice_of(m->units.currency));
	if (m->units.minutes_per_day != 480)
		put_ratio(&s, "hours_per_day", m->units.minutes_per_day, 60);
	if (m->units.minutes_per_week != 5 * m->units.minutes_per_day)
		put_ratio(&s, "days_per_week", m->units.minutes_per_week, m->units.minutes_per_day);
	if (m->units.minutes_per_month != 20 * m->units.minutes_per_day)
		put_ratio(
			&s, "days_per_month", m->units.minutes_per_month, m->units.minutes_per_day);
	if (m->project_calendar && m->project_calendar->id)
		import_put(&s, "calendar", slice_of(m->project_calendar->id));
	import_put(&s, "levelling", slice_of("no")); /* Project's dates hold its levelling delays, which come along */
	import_put_line(&s, "customer", xml_child_text(m->root, "Company"));
	/* Project moves unfinished work behind the status date only when told to; a status_date
	 * here would always. */
	import_put_moment(&s, "x_status_date", mspdi_moment(m->root, "StatusDate"));
	import_put_line(&s, "x_author", xml_child_text(m->root, "Author"));
	import_put_line(&s, "x_manager", xml_child_text(m->root, "Manager"));
	import_end(&s);
}

/* "Kosten Stelle" as "x_kosten_stelle"; NULL when nothing of it is left. */
static const char *custom_key(struct mspdi *m, struct slice name)
{
	struct strbuf key;
	const char *result = NULL;

	strbuf_init(&key);
	strbuf_add_str(&key, "x_");
	for (size_t i = 0; i < name.len && key.len < INI_NAME_LIMIT - 4;) {
		uint32_t code;
		size_t bytes = utf8_decode(slice_from(name, i), &code);

		if (code != 0xfffd && utf8_is_letter_or_digit(code))
			utf8_encode(
				&key, code < 0x80 && code >= 'A' && code <= 'Z' ? code + 32 : code);
		else if (key.buf[key.len - 1] != '_')
			strbuf_add_char(&key, '_');
		i += bytes;
	}
	while (key.len > 2 && key.buf[key.len - 1] == '_')
		strbuf_truncate(&key, key.len - 1);
	if (key.len > 2)
		result = arena_strdup(&m->out->arena, key.buf);
	strbuf_release(&key);
	return result;
}

static void read_custom(struct mspdi *m)
{
	FOREACH_XML (xml_child(m->root, "ExtendedAttributes"), "ExtendedAttribute", node) {
		struct slice name = xml_child_text(node, "Alias"),
			     number = xml_child_text(node, "FieldID");
		const char *key =
			custom_key(m, name.len ? name : xml_child_text(node, "FieldName"));

		if (key && number.len)
			map_put(&m->custom, number, (uintptr_t)key);
	}
}

void mspdi_put_custom(struct mspdi *m, struct import_section *s, const struct xml_node *node)
{
	FOREACH_XML (node, "ExtendedAttribute", attribute) {
		const char *key = map_get_pointer(&m->custom, xml_child_text(attribute, "FieldID"));

		if (key)
			import_put_line(s, key, xml_child_text(attribute, "Value"));
	}
}

static void convert(struct mspdi *m)
{
	read_units(m);
	read_custom(m);
	mspdi_read_calendars(m);
	mspdi_read_resources(m);
	mspdi_read_tasks(m);
	if (m->options && m->options->project)
		import_file(m->out, "pmt.ini"); /* first in the list */
	mspdi_write_calendars(m);
	mspdi_write_resources(m);
	mspdi_write_tasks(m);
	mspdi_write_baselines(m);
	if (m->options && m->options->project)
		write_project(m);
}

static void convert_calendars(struct mspdi *m)
{
	mspdi_read_calendars(m);
	mspdi_write_calendars(m);
}

static int import_with(void (*convert_it)(struct mspdi *m), struct slice xml, const char *name,
	const struct import_options *options, struct import *out, struct diagnostics *found, struct err *err)
{
	struct mspdi m = { .name = name, .found = found, .out = out, .options = options };
	struct xml_node *root;
	int result = xml_tree(&root, xml, name, &out->arena, err);

	if (result)
		return result;
	if (strcmp(root->name, "Project") != 0)
		return err_set(err, ERR_INPUT,
			"%s:1:1: not a Microsoft Project file: the root is <%s>", name, root->name);
	m.root = root;
	map_init(&m.task_by_uid);
	map_init(&m.resource_by_uid);
	map_init(&m.calendar_by_uid);
	map_init(&m.custom);
	convert_it(&m);
	for (size_t i = 0; i < m.calendar_count; i++)
		vec_release(&m.calendars[i].exceptions);
	map_release(&m.task_by_uid);
	map_release(&m.resource_by_uid);
	map_release(&m.calendar_by_uid);
	map_release(&m.custom);
	return 0;
}

int mspdi_import(struct slice xml, const char *name, const struct import_options *options,
	struct import *out, struct diagnostics *found, struct err *err)
{
	return import_with(convert, xml, name, options, out, found, err);
}

int mspdi_import_calendars(struct slice xml, const char *name, const struct import_options *options,
	struct import *out, struct diagnostics *found, struct err *err)
{
	return import_with(convert_calendars, xml, name, options, out, found, err);
}
