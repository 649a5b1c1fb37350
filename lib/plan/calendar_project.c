/*
 * The calendars of a project: reads [calendar] records and their bases, and derives those of people.
 *
 * Nearest wins: own exception, base's exception, own week, base's week. A base's make-up day without hours of its own takes the hours
 * of the week that is in force, so a person who works 6 hours a day works 6 hours on it.
 */
#include "plan/calendar-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/utf8.h"
#include "base/vec.h"

#include <stdlib.h>

static const struct time_range usual_day[] = { { 9 * 60, 12 * 60 }, { 13 * 60, 18 * 60 } };

struct loader {
	struct calendars *calendars;
	const struct project *project;
	const struct kind *kind;
	struct diagnostics *found;
};

static bool field_value(const struct loader *l, const struct record *record, const char *name, struct value *out)
{
	const struct field *field = kind_field_named(record->kind, name);

	return field && record_value(l->project, record, field, &l->calendars->arena, out);
}

static struct week_pair default_week(void)
{
	struct week_pair week = { .alternating = false };

	for (int i = 0; i < 5; i++)
		week.odd[i] = week.even[i] = day_hours_of(usual_day, ARRAY_SIZE(usual_day));
	return week;
}

static bool read_week(const struct loader *l, const struct record *record, const char *name, struct day_hours out[7])
{
	struct value value;

	if (!field_value(l, record, name, &value) || value.type != TYPE_HOURS)
		return false;
	for (int i = 0; i < 7; i++)
		out[i] = day_hours_of(value.as.hours->ranges[i + 1], value.as.hours->range_count[i + 1]);
	return true;
}

/* What a layer says about the week replaces what the layers below said. */
static void apply_week(const struct loader *l, const struct record *record, struct week_pair *week)
{
	struct day_hours hours[7];

	if (read_week(l, record, "week", hours)) {
		for (int i = 0; i < 7; i++)
			week->odd[i] = week->even[i] = hours[i];
		week->alternating = false;
	}
	if (read_week(l, record, "week_odd", week->odd))
		week->alternating = true;
	if (read_week(l, record, "week_even", week->even))
		week->alternating = true;
}

static void add_exceptions(const struct loader *l, const struct record *record, const char *name, bool work,
	struct vec *out)
{
	struct date_range *items;
	struct value value;

	if (!field_value(l, record, name, &value) || value.type != TYPE_DATES)
		return;
	items = dates_expand(value.as.dates.items, &value.as.dates.count, &l->calendars->arena);
	for (size_t i = 0; i < value.as.dates.count; i++) {
		const struct date_range *range = &items[i];
		struct calendar_exception *e = vec_push(out);

		*e = (struct calendar_exception){ .from = range->from, .to = range->to,
			.what = work ? EXCEPTION_WORK : EXCEPTION_OFF, .as_weekday = work ? range->as_weekday : 0,
			.ranges = work ? range->ranges : NULL, .range_count = work ? range->range_count : 0,
			.remark = range->remark, .recurring = range->rule != NULL };
		if (!work && range->range_count > 0)
			e->ranges = hours_left(&l->calendars->arena, range, &e->range_count);
	}
}

static const struct record *base_of(const struct loader *l, const struct record *record)
{
	struct slice base;

	if (!record_text(record, "base", &base) || base.len == 0)
		return NULL;
	return project_find(l->project, l->kind, base);
}

static void report_unknown_base(const struct loader *l, const struct record *record)
{
	const struct entry *entry = record_entry(record, kind_field_find(record->kind, slice_of("base")));
	char *name;

	if (!entry || entry->text.len == 0 || base_of(l, record))
		return;
	name = xstrndup(entry->text.at, entry->text.len);
	diagnose(l->found, entry_place(l->project, record, entry, 0), "ref-unknown",
		N_("unknown calendar '%s' in '%s'"), name, "base", (const char *)NULL);
	free(name);
}

/* The record and its bases, nearest first; false when they run in a circle. */
static bool chain_of(const struct loader *l, const struct record *record, struct vec *chain)
{
	size_t most = project_count(l->project, l->kind);

	for (const struct record *r = record; r; r = base_of(l, r)) {
		if (chain->len >= most)
			return false;
		vec_append(chain, &r);
	}
	return true;
}

/* Holidays are announced by year: a calendar is good until the end of the last year that has any, rules apart. */
static date_t horizon_of(const struct vec *exceptions)
{
	const struct calendar_exception *e = exceptions->items;
	date_t last = DATE_NONE;

	for (size_t i = 0; i < exceptions->len; i++)
		if (e[i].what == EXCEPTION_OFF && e[i].range_count == 0 && !e[i].recurring && e[i].to > last)
			last = e[i].to;
	return last == DATE_NONE ? DATE_NONE : date_from_civil(civil_from_date(last).year, 12, 31);
}

/* The nearest `horizon` of the chain. */
static date_t announced_until(const struct loader *l, const struct vec *chain)
{
	const struct record *const *layers = chain->items;
	struct value value;

	for (size_t i = 0; i < chain->len; i++)
		if (field_value(l, layers[i], "horizon", &value))
			return moment_date(value.as.when.moment);
	return DATE_NONE;
}

static void report(const struct loader *l, const struct record *record, const char *id, const char *format)
{
	char *name = xstrndup(record->id.at, record->id.len);

	diagnose(l->found, record_place(l->project, record), id, format, name, (const char *)NULL);
	free(name);
}

static struct calendar *compile_chain(const struct loader *l, const struct record *record, const struct vec *chain)
{
	const struct record *const *layers = chain->items;
	struct week_pair week = default_week();
	struct vec exceptions;
	struct calendar *calendar;

	vec_init(&exceptions, sizeof(struct calendar_exception));
	for (size_t i = chain->len; i-- > 0;) {
		apply_week(l, layers[i], &week);
		add_exceptions(l, layers[i], "holiday", false, &exceptions);
		add_exceptions(l, layers[i], "workday", true, &exceptions);
	}
	calendar = calendar_compile(&l->calendars->arena, record->id, &week, exceptions.items, exceptions.len);
	calendar->horizon = announced_until(l, chain);
	if (calendar->horizon == DATE_NONE)
		calendar->horizon = horizon_of(&exceptions);
	vec_release(&exceptions);
	return calendar;
}

/* Does a record of the kind name this calendar in the field? */
static bool is_named(const struct loader *l, const char *kind_name, const char *field, const struct record *calendar)
{
	const struct kind *kind = kind_find(slice_of(kind_name));
	const struct record *record;
	struct slice name;

	if (!kind)
		return false;
	FOREACH_RECORD(l->project, kind, record)
		if (record_text(record, field, &name) && project_find(l->project, l->kind, slice_trim(name)) == calendar)
			return true;
	return false;
}

/* Only what a date depends on is an error; what is there for others to be based on is none at all. */
static void report_empty(const struct loader *l, const struct record *record)
{
	struct slice chosen = slice_trim(project_setting(l->project, "calendar"));

	if ((chosen.len > 0 && project_find(l->project, l->kind, chosen) == record) || is_named(l, "task", "calendar", record) ||
		is_named(l, "resource", "calendar", record) || is_named(l, "team", "calendar", record))
		report(l, record, "calendar-empty", N_("calendar '%s' has no working time at all"));
	else if (!is_named(l, "calendar", "base", record))
		report(l, record, "calendar-idle", N_("calendar '%s' has no working time at all, and nothing uses it"));
}

/* NULL when faulty, which is then reported. */
static struct calendar *load_one(const struct loader *l, const struct record *record)
{
	struct calendar *calendar = NULL;
	struct vec chain;

	vec_init(&chain, sizeof(const struct record *));
	report_unknown_base(l, record);
	if (!chain_of(l, record, &chain)) {
		report(l, record, "calendar-cycle", N_("the bases of calendar '%s' lead back to itself"));
	} else {
		calendar = compile_chain(l, record, &chain);
		if (calendar_is_empty(calendar)) {
			report_empty(l, record);
			calendar = NULL;
		}
	}
	vec_release(&chain);
	return calendar;
}

static struct slice folded(struct arena *arena, struct slice name)
{
	struct strbuf text;
	struct slice out;

	strbuf_init(&text);
	utf8_fold(&text, name);
	out = arena_slice(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

static void choose_project_calendar(const struct loader *l)
{
	struct calendars *all = l->calendars;
	struct slice name = project_setting(l->project, "calendar");
	struct week_pair week = default_week();
	const struct entry *entry;
	char *text;

	all->project_calendar = calendar_compile(&all->arena, slice_of(""), &week, NULL, 0);
	if (name.len == 0)
		return;
	if (map_get(&all->by_name, folded(&all->arena, name), NULL)) {
		const struct calendar *named = calendars_find(all, name);

		if (named)
			all->project_calendar = named;
		return;
	}
	if (!l->project->settings)
		return;
	entry = record_entry(l->project->settings,
		kind_field_find(l->project->settings->kind, slice_of("calendar")));
	if (!entry)
		return;
	text = xstrndup(name.at, name.len);
	diagnose(l->found, entry_place(l->project, l->project->settings, entry, 0), "ref-unknown",
		N_("unknown calendar '%s' in '%s'"), text, "calendar", (const char *)NULL);
	free(text);
}

int calendars_new(struct calendars **out, const struct project *project, struct diagnostics *found, struct err *err)
{
	struct calendars *all = xcalloc(1, sizeof(*all));
	struct loader l = { all, project, kind_find(slice_of("calendar")), found };
	size_t faults = found->errors;
	struct record *record;

	arena_init(&all->arena);
	all->project = project;
	map_init(&all->by_name);
	map_init(&all->meets);
	map_init(&all->resources);
	all->always = calendar_without(&all->arena, NULL, 0);
	if (l.kind)
		FOREACH_RECORD(project, l.kind, record)
			map_put(&all->by_name, folded(&all->arena, record->id),
				(uintptr_t)load_one(&l, record));
	choose_project_calendar(&l);
	*out = all;
	if (found->errors > faults)
		return err_set(err, ERR_INPUT, "the calendars have errors");
	return 0;
}

void calendars_free(struct calendars *calendars)
{
	if (!calendars)
		return;
	map_release(&calendars->by_name);
	map_release(&calendars->meets);
	map_release(&calendars->resources);
	arena_release(&calendars->arena);
	free(calendars);
}

const struct calendar *calendars_find(const struct calendars *calendars, struct slice name)
{
	struct strbuf text;
	const struct calendar *found;

	if (name.len == 0)
		return calendars->project_calendar;
	strbuf_init(&text);
	utf8_fold(&text, name);
	found = map_get_pointer(&calendars->by_name, strbuf_slice(&text));
	strbuf_release(&text);
	return found;
}

const struct calendar *calendars_always(const struct calendars *calendars)
{
	return calendars->always;
}

const struct calendar *calendars_meet(struct calendars *calendars, const struct calendar *a, const struct calendar *b)
{
	const struct calendar *pair[2] = { a, b };
	struct slice key = { (const char *)pair, sizeof(pair) };
	struct calendar *met;

	if (!b || a == b || b == calendars->always)
		return a;
	met = map_get_pointer(&calendars->meets, key);
	if (met)
		return met;
	met = calendar_intersect(&calendars->arena, a, b);
	map_put(&calendars->meets, arena_slice(&calendars->arena, key), (uintptr_t)met);
	return met;
}

const struct calendar *calendars_except(struct calendars *calendars, const struct calendar *calendar,
	const struct date_range *dates, size_t count)
{
	if (count == 0)
		return calendar;
	return calendar_intersect(&calendars->arena, calendar, calendar_without(&calendars->arena, dates, count));
}

static date_t date_field(const struct calendars *calendars, const struct record *record, const char *name, struct arena *arena)
{
	const struct field *field = kind_field_named(record->kind, name);
	struct value value;

	if (!field || !record_value(calendars->project, record, field, arena, &value))
		return DATE_NONE;
	return moment_date(value.as.when.moment);
}

/* Leave, and the time before and after the person is there. */
static void absences_of(struct calendars *calendars, const struct record *resource, struct vec *out)
{
	const struct field *field = kind_field_named(resource->kind, "leave");
	date_t from = date_field(calendars, resource, "available_from", &calendars->arena);
	date_t to = date_field(calendars, resource, "available_to", &calendars->arena);
	struct value leave;

	if (field && record_value(calendars->project, resource, field, &calendars->arena, &leave) &&
		leave.type == TYPE_DATES) {
		struct date_range *items = dates_expand(leave.as.dates.items, &leave.as.dates.count, &calendars->arena);

		for (size_t i = 0; i < leave.as.dates.count; i++)
			vec_append(out, &items[i]);
	}
	if (from != DATE_NONE)
		vec_append(out, &(struct date_range){ .from = DATE_FIRST, .to = from - 1 });
	if (to != DATE_NONE)
		vec_append(out, &(struct date_range){ .from = to + 1, .to = DATE_LAST });
}

/* Minutes of one of its limits, or 0. */
static int64_t limit_of(struct calendars *calendars, const struct record *resource, const char *name)
{
	const struct field *field = kind_field_named(resource->kind, name);
	struct value value;

	if (!field || !record_text(resource, name, &(struct slice){ NULL, 0 }) ||
		!record_value(calendars->project, resource, field, &calendars->arena, &value))
		return 0;
	return value.as.estimate.likely;
}

/* No more than its limits, after leave: the shortest period first. */
static const struct calendar *within_limits(struct calendars *calendars, const struct record *resource,
	const struct calendar *calendar)
{
	int64_t day = limit_of(calendars, resource, "limit_day"), week = limit_of(calendars, resource, "limit_week");
	int64_t month = limit_of(calendars, resource, "limit_month");

	if (day > 0)
		calendar = calendar_limit_day(&calendars->arena, calendar, day);
	if (week > 0)
		calendar = calendar_limit_period(&calendars->arena, calendar, week, false);
	if (month > 0)
		calendar = calendar_limit_period(&calendars->arena, calendar, month, true);
	return calendar;
}

/* A person of whom there is nothing is away until there is; of one of whom there never again is anything levelling tells. */
static void add_nothing(struct calendars *calendars, const struct record *resource, struct vec *absences)
{
	struct arena arena;
	struct value value;
	date_t from = DATE_FIRST;
	bool none = false;

	arena_init(&arena);
	if (!slice_is(record_text_or(resource, "type"), "material") && !slice_is(record_text_or(resource, "type"), "equipment") &&
		record_value(calendars->project, resource, kind_field_named(resource->kind, "capacity"), &arena, &value)) {
		const struct rate_step *steps = value.as.rate.steps;

		none = steps[0].from != DATE_NONE || steps[0].amount.amount == 0;
		for (size_t i = 0; i < value.as.rate.count; i++) {
			if (steps[i].from == DATE_NONE)
				continue;
			if (none)
				vec_append(absences, &(struct date_range){ .from = from, .to = steps[i].from - 1 });
			none = steps[i].amount.amount == 0;
			from = steps[i].from;
		}
	}
	arena_release(&arena);
}

static const struct calendar *derive(struct calendars *calendars, const struct record *resource)
{
	const struct calendar *calendar = calendars->project_calendar;
	struct vec absences;
	struct slice name;

	if (record_text(resource, "calendar", &name) && name.len > 0 && calendars_find(calendars, name))
		calendar = calendars_find(calendars, name);
	vec_init(&absences, sizeof(struct date_range));
	absences_of(calendars, resource, &absences);
	add_nothing(calendars, resource, &absences);
	calendar = calendars_except(calendars, calendar, absences.items, absences.len);
	vec_release(&absences);
	return within_limits(calendars, resource, calendar);
}

const struct calendar *calendars_for_resource(struct calendars *calendars, const struct record *resource)
{
	struct slice key = { (const char *)&resource, sizeof(resource) };
	const struct calendar *calendar = map_get_pointer(&calendars->resources, key);

	if (calendar)
		return calendar;
	calendar = derive(calendars, resource);
	map_put(&calendars->resources, arena_slice(&calendars->arena, key), (uintptr_t)calendar);
	return calendar;
}
