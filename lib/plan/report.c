/*
 * What the schedule finds: deadlines missed, constraints that cannot hold (with what prevents them), work begun out of sequence,
 * dates beyond what a calendar announces. Warnings: the schedule stands.
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

struct reporter {
	struct plan *plan;
	struct diagnostics *found;
	struct arena arena;
};

static const char *when(struct reporter *r, moment_t m)
{
	char text[CIVIL_TEXT];

	return arena_strdup(&r->arena, moment_print(m, text));
}

/* A finish: midnight ends the day before, and is shown as that day. */
static const char *by_when(struct reporter *r, moment_t m)
{
	char text[CIVIL_TEXT];

	if (moment_minute_of_day(m) != 0)
		return when(r, m);
	return arena_strdup(&r->arena, date_print(moment_date(m) - 1, text));
}

static const char *id_of(struct reporter *r, uint32_t task)
{
	struct slice id = plan_id(r->plan, task);

	return arena_strndup(&r->arena, id.at, id.len);
}

/* Where the field stands. */
static struct place place_of(const struct reporter *r, uint32_t task, const char *field)
{
	const struct record *record = r->plan->records[task];
	const struct entry *entry = record_entry(record, kind_field_find(record->kind, slice_of(field)));

	return entry ? entry_place(r->plan->project, record, entry, 0) : record_place(r->plan->project, record);
}

static void add(struct reporter *r, uint32_t task, const char *field, const char *id, const char *format,
	const char *const words[4])
{
	struct diagnostic *finding = diagnose(r->found, place_of(r, task, field), id, format, words[0], words[1],
		words[2], words[3], (const char *)NULL);

	diagnostic_record(r->found, finding, record_name(&r->arena, r->plan->records[task]));
}

static void check_deadline(struct reporter *r, uint32_t task)
{
	moment_t deadline = plan_extra(r->plan, task)->deadline;

	if (deadline != MOMENT_NONE && r->plan->finish[task] > deadline)
		add(r, task, "deadline", "deadline-missed", N_("'%s' finishes at %s, after its deadline %s"),
			(const char *const[4]){ id_of(r, task), by_when(r, r->plan->finish[task]), by_when(r, deadline), NULL });
}

/* "link from T-7", or what else set the start. */
static const char *cause(struct reporter *r, uint32_t task)
{
	const struct plan *plan = r->plan;

	for (uint32_t k = plan->links_in[task]; k < plan->links_in[task + 1]; k++) {
		const struct plan_link *link = &plan->links[k];
		bool from_start = link->type == LINK_SS || link->type == LINK_SF;
		moment_t m = link_forward(plan, link,
			from_start ? plan->early_start[link->from] : plan->early_finish[link->from]);

		if (k == plan->reason_link[task] ||
			(plan->reason[task] == REASON_MUST && m >= plan->network->link_bound[task] &&
				link->type != LINK_FF && link->type != LINK_SF))
			return id_of(r, link->from);
	}
	return NULL;
}

static void broken(struct reporter *r, uint32_t task, const char *field, moment_t wanted, moment_t got)
{
	const char *by = cause(r, task);
	bool is_finish = strcmp(field, "not_after") == 0 || strcmp(field, "must_finish") == 0;

	add(r, task, field, "constraint-broken",
		by ? N_("%s %s of '%s' cannot hold: '%s' before it leads to another date") :
		     N_("%s %s of '%s' cannot hold: it comes to %s"),
		(const char *const[4]){ field, is_finish ? by_when(r, wanted) : when(r, wanted), id_of(r, task),
			by ? by : is_finish ? by_when(r, got) : when(r, got) });
}

/* Both given: the start is kept, and the finish is what the work makes of it. */
static void check_must_pair(struct reporter *r, uint32_t task)
{
	const struct plan *plan = r->plan;
	const struct plan_extra *x = plan_extra(plan, task);

	if ((plan->flags[task] & (PLAN_STARTED | PLAN_SUMMARY)) || x->must_start == MOMENT_NONE || x->must_finish == MOMENT_NONE ||
		calendar_between(plan_work_calendar(plan, task), x->must_finish, plan->finish[task]) == 0)
		return;
	add(r, task, "must_finish", "constraint-broken", N_("%s %s of '%s' cannot hold: it comes to %s"),
		(const char *const[4]){ "must_finish", by_when(r, x->must_finish), id_of(r, task),
			by_when(r, plan->finish[task]) });
}

static void check_constraints(struct reporter *r, uint32_t task)
{
	const struct plan *plan = r->plan;
	const struct plan_extra *x = plan_extra(plan, task);
	moment_t links = plan->network->link_bound[task];

	if (plan->flags[task] & (PLAN_FINISHED | PLAN_CANCELLED))
		return;
	if (x->not_after != MOMENT_NONE && plan->finish[task] > x->not_after)
		broken(r, task, "not_after", x->not_after, plan->finish[task]);
	if (x->start_not_after != MOMENT_NONE && x->must_start == MOMENT_NONE &&
		plan->start[task] > plan_start_limit(plan, task))
		broken(r, task, "start_not_after", x->start_not_after, plan->start[task]);
	check_must_pair(r, task);
	if ((plan->flags[task] & PLAN_STARTED) || links == MOMENT_MIN ||
		calendar_between(plan_work_calendar(plan, task), plan->start[task], links) <= 0)
		return;
	if (x->must_start != MOMENT_NONE)
		broken(r, task, "must_start", x->must_start, links);
	else if (x->must_finish != MOMENT_NONE)
		broken(r, task, "must_finish", x->must_finish, links);
}

/* Begun before a predecessor by FS was finished; a lead that allows it is no fault. */
static void check_sequence(struct reporter *r, uint32_t task)
{
	const struct plan *plan = r->plan;

	if (plan_extra(plan, task)->actual_start == MOMENT_NONE)
		return;
	for (uint32_t k = plan->links_in[task]; k < plan->links_in[task + 1]; k++) {
		const struct plan_link *link = &plan->links[k];

		if (link->type != LINK_FS || (plan->flags[link->from] & PLAN_FINISHED) ||
			plan->early_finish[link->from] <= plan->early_start[task] || plan_is_summary(plan, link->from))
			continue;
		if (calendar_between(plan_work_calendar(plan, task), plan->early_start[task],
			link_forward(plan, link, plan->early_finish[link->from])) <= 0)
			continue;
		add(r, task, "actual_start", "out-of-sequence", N_("'%s' began before '%s', which it waits for, was finished"),
			(const char *const[4]){ id_of(r, task), id_of(r, link->from), NULL, NULL });
		return;
	}
}

/* Once a calendar: the last task that ends beyond what it announces. */
struct beyond {
	const struct calendar *calendar;
	uint32_t task;
};

static void note_horizon(struct vec *beyond, const struct plan *plan, uint32_t task, const struct calendar *calendar)
{
	struct beyond *items = beyond->items;
	date_t horizon = calendar_horizon(calendar);

	if (horizon == DATE_NONE || plan->finish[task] <= moment_from_date(horizon + 1))
		return;
	for (size_t i = 0; i < beyond->len; i++)
		if (slice_equal(calendar_name(items[i].calendar), calendar_name(calendar))) {
			if (plan->finish[task] > plan->finish[items[i].task])
				items[i].task = task;
			return;
		}
	*(struct beyond *)vec_push(beyond) = (struct beyond){ calendar, task };
}

static void check_horizons(struct reporter *r)
{
	const struct plan *plan = r->plan;
	struct beyond *items;
	struct vec beyond;

	vec_init(&beyond, sizeof(struct beyond));
	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct crew *crew = plan->network->crew[i];

		if (plan_is_summary(plan, i))
			continue;
		note_horizon(&beyond, plan, i, plan->task_calendar[i]);
		for (uint32_t g = 0; crew && g < crew->group_count; g++)
			note_horizon(&beyond, plan, i, crew->groups[g].calendar);
	}
	items = beyond.items;
	for (size_t i = 0; i < beyond.len; i++) {
		struct slice name = calendar_name(items[i].calendar);
		const struct record *record = project_find(plan->project, kind_find(slice_of("calendar")), name);
		char horizon[CIVIL_TEXT], finish[CIVIL_TEXT];

		if (!record)
			continue;
		diagnose(r->found, record_place(plan->project, record), "calendar-horizon",
			N_("calendar '%s' has no holidays after %s, and %s ends %s"), arena_strndup(&r->arena, name.at, name.len),
			date_print(calendar_horizon(items[i].calendar), horizon), id_of(r, items[i].task),
			date_print(moment_date(plan->finish[items[i].task]), finish), (const char *)NULL);
	}
	vec_release(&beyond);
}

/* The project's own finish, said once at its setting. */
static void check_finish(struct reporter *r)
{
	const struct plan *plan = r->plan;
	const struct record *settings = plan->project->settings;
	const struct entry *entry;

	if (!settings || plan->must_finish == MOMENT_NONE || plan->project_finish <= plan->must_finish)
		return;
	entry = record_entry(settings, kind_field_find(settings->kind, slice_of("finish")));
	diagnose(r->found, entry ? entry_place(plan->project, settings, entry, 0) : record_place(plan->project, settings),
		"finish-missed", N_("the plan finishes at %s, after the finish %s that the project must keep"),
		by_when(r, plan->project_finish), by_when(r, plan->must_finish), (const char *)NULL);
}

/* Where anybody is assigned at all, level_report tells this. */
static void check_assigned(struct reporter *r)
{
	const struct plan *plan = r->plan;

	for (uint32_t i = 0; i < plan->task_count; i++)
		if (plan->effort[i] > 0 && !plan_is_synthetic(plan, i) &&
			!(plan->flags[i] & (PLAN_SUMMARY | PLAN_FINISHED | PLAN_CANCELLED)))
			add(r, i, "effort", "effort-nobody", N_("nobody is assigned the effort of '%s': one person is assumed"),
				(const char *const[4]){ id_of(r, i), NULL, NULL, NULL });
}

void plan_report(struct plan *plan, bool strict, struct diagnostics *found)
{
	struct reporter r = { .plan = plan, .found = found };

	arena_init(&r.arena);
	for (uint32_t i = 0; i < plan->task_count; i++) {
		if (plan->network->extra[i] == NO_EXTRA)
			continue;
		check_deadline(&r, i);
		check_constraints(&r, i);
		check_sequence(&r, i);
	}
	check_finish(&r);
	if (strict && !plan->network->resources)
		check_assigned(&r);
	check_horizons(&r);
	arena_release(&r.arena);
}

/* What is said to have happened after today has not happened yet. After a status date: project_check says so. */
static void check_future(struct reporter *r, uint32_t task, const char *field, date_t today)
{
	const struct plan *plan = r->plan;
	struct slice text;
	moment_t fact, status;
	bool has_time;

	if (!record_text(plan->records[task], field, &text) || moment_parse(slice_trim(text), &fact, &has_time) != CIVIL_OK ||
		moment_date(fact) <= today)
		return;
	if (moment_parse(slice_trim(project_setting(plan->project, "status_date")), &status, &has_time) == CIVIL_OK &&
		moment_date(fact) > moment_date(status))
		return;
	add(r, task, field, "progress-future", N_("'%s' lies after today"),
		(const char *const[4]){ arena_strndup(&r->arena, text.at, text.len), NULL, NULL, NULL });
}

void plan_report_future(struct plan *plan, moment_t now, struct diagnostics *found)
{
	struct reporter r = { .plan = plan, .found = found };

	if (now == MOMENT_NONE)
		return;
	arena_init(&r.arena);
	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct plan_extra *x = plan_extra(plan, i);

		if (x->actual_start != MOMENT_NONE)
			check_future(&r, i, "actual_start", moment_date(now));
		if (x->actual_finish != MOMENT_NONE)
			check_future(&r, i, "actual_finish", moment_date(now));
	}
	arena_release(&r.arena);
}

/* What project_check finds as well. */
static bool found_elsewhere(const struct diagnostic *d)
{
	return strcmp(d->id, "ref-unknown") == 0 || strcmp(d->id, "parent-cycle") == 0 ||
		strncmp(d->id, "value-", 6) == 0 || strcmp(d->id, "date-impossible") == 0;
}

void plan_merge_own(struct diagnostics *found, const struct diagnostics *all)
{
	const struct diagnostic *items = all->items.items;

	for (size_t i = 0; i < all->items.len; i++) {
		const struct diagnostic *d = &items[i];
		struct diagnostic *copy;

		if (found_elsewhere(d))
			continue;
		copy = diagnose(found, d->place, d->id, d->format, d->arguments[0], d->arguments[1], d->arguments[2],
			d->arguments[3], d->arguments[4], d->arguments[5], (const char *)NULL);
		diagnostic_record(found, copy, d->record);
	}
}
