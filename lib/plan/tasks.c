/*
 * What each task says of itself: durations, effort, calendars, constraints, facts.
 *
 * Entries are walked once a task through a table from field number to reader, so unknown and uninteresting fields cost one
 * look. Values that do not parse were reported when the project was checked; here they are reported again only as what they
 * are: something the schedule cannot be computed without.
 */
#include "plan/estimate.h"
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/vec.h"

#include <stdlib.h>

enum role {
	ROLE_NONE,
	ROLE_DURATION,
	ROLE_EFFORT,
	ROLE_DISTRIBUTION,
	ROLE_ASSIGN,
	ROLE_TOGETHER,
	ROLE_OWN_ALONE,
	ROLE_MILESTONE,
	ROLE_CALENDAR,
	ROLE_INTERRUPTIONS,
	ROLE_ALAP,
	ROLE_RECURRING,
	ROLE_SPLIT,
	ROLE_STATUS,
	ROLE_PROGRESS,
	ROLE_REMAINING,
	ROLE_DELAY,
	ROLE_PRIORITY,
	ROLE_NOT_BEFORE,
	ROLE_FINISH_NOT_BEFORE,
	ROLE_START_NOT_AFTER,
	ROLE_NOT_AFTER,
	ROLE_MUST_START,
	ROLE_MUST_FINISH,
	ROLE_DEADLINE,
	ROLE_ACTUAL_START,
	ROLE_ACTUAL_FINISH,
	ROLE_COUNT
};

static const struct {
	const char *name;
	enum role role;
} role_fields[] = {
	{ "duration", ROLE_DURATION },
	{ "effort", ROLE_EFFORT },
	{ "distribution", ROLE_DISTRIBUTION },
	{ "assign", ROLE_ASSIGN },
	{ "together", ROLE_TOGETHER },
	{ "ignore_resource_calendar", ROLE_OWN_ALONE },
	{ "milestone", ROLE_MILESTONE },
	{ "calendar", ROLE_CALENDAR },
	{ "interruptions", ROLE_INTERRUPTIONS },
	{ "as_late_as_possible", ROLE_ALAP },
	{ "recurring", ROLE_RECURRING },
	{ "split", ROLE_SPLIT },
	{ "status", ROLE_STATUS },
	{ "progress", ROLE_PROGRESS },
	{ "remaining", ROLE_REMAINING },
	{ "levelling_delay", ROLE_DELAY },
	{ "priority", ROLE_PRIORITY },
	{ "not_before", ROLE_NOT_BEFORE },
	{ "finish_not_before", ROLE_FINISH_NOT_BEFORE },
	{ "start_not_after", ROLE_START_NOT_AFTER },
	{ "not_after", ROLE_NOT_AFTER },
	{ "must_start", ROLE_MUST_START },
	{ "must_finish", ROLE_MUST_FINISH },
	{ "deadline", ROLE_DEADLINE },
	{ "actual_start", ROLE_ACTUAL_START },
	{ "actual_finish", ROLE_ACTUAL_FINISH },
};

enum { FIELDS_MOST = 256 };

struct reader {
	struct plan_builder *b;
	const struct units *units;
	uint8_t role[FIELDS_MOST]; /* by field number */
	struct vec extras;         /* struct plan_extra */
	const struct entry *given[ROLE_COUNT]; /* of the task at hand */
	const struct record *record;
	uint32_t task;
	double percentile;         /* at which estimates count, 0…1; 0: their mean */
	enum distribution distribution; /* the project's */
};

struct diagnostic *plan_fault(const struct plan_builder *b, const struct record *record, const struct entry *entry,
	size_t offset, const char *const words[4])
{
	struct diagnostic *finding = diagnose(b->found, entry_place(b->project, record, entry, offset), words[0],
		words[1], words[2], words[3], (const char *)NULL);
	struct arena arena;

	arena_init(&arena);
	diagnostic_record(b->found, finding, record_name(&arena, record));
	arena_release(&arena);
	return finding;
}

/* What is said of a recurring task is said once, not with each occurrence. */
static bool said_before(const struct reader *r)
{
	const struct plan *plan = r->b->plan;

	return (plan->flags[r->task] & PLAN_OCCURRENCE) && (plan->flags[r->task - 1] & PLAN_OCCURRENCE);
}

/* A value that is needed and cannot be read. */
static void fault(const struct reader *r, const struct entry *entry, const char *id, size_t offset)
{
	char *text = xstrndup(entry->text.len ? entry->text.at : "", entry->text.len);
	char *field = xstrndup(entry->key.at, entry->key.len);

	if (!said_before(r))
		plan_fault(r->b, r->record, entry, offset,
			(const char *const[4]){ id, N_("cannot schedule with '%s' in '%s'"), text, field });
	free(text);
	free(field);
}

static bool is_yes(const struct reader *r, enum role role)
{
	struct slice text = r->given[role] ? slice_trim(r->given[role]->text) : slice_of("");

	return slice_is(text, "yes") || slice_is(text, "true") || slice_is(text, "1");
}

/* A three-point estimate counts with its mean, or with the percentile that the project asks for. */
static int64_t counted(const struct reader *r, const struct estimate *estimate)
{
	enum distribution distribution = r->distribution;

	if (!estimate->three_point || r->percentile <= 0)
		return estimate_mean(estimate);
	if (r->given[ROLE_DISTRIBUTION])
		distribution = distribution_named(r->given[ROLE_DISTRIBUTION]->text);
	return (int64_t)(estimate_quantile(estimate, distribution, r->percentile) + 0.5);
}

/* True when there is one that can be read. */
static bool read_duration(const struct reader *r, enum role role, int64_t *minutes, bool *elapsed)
{
	const struct entry *entry = r->given[role];
	struct value_fault wrong = { .id = "value-syntax" };
	struct estimate estimate;

	if (!entry || slice_trim(entry->text).len == 0)
		return false;
	if (duration_parse(entry->text, r->units, &estimate, &wrong) != 0) {
		fault(r, entry, wrong.id, wrong.offset);
		return false;
	}
	*minutes = counted(r, &estimate);
	if (*minutes < 0)
		*minutes = 0;
	if (elapsed)
		*elapsed = estimate.elapsed;
	return true;
}

/* end: a date alone means the end of that day. */
static moment_t read_moment(const struct reader *r, enum role role, bool end)
{
	const struct entry *entry = r->given[role];
	moment_t moment;
	bool has_time;
	enum civil_fault wrong;

	if (!entry || slice_trim(entry->text).len == 0)
		return MOMENT_NONE;
	wrong = moment_parse(slice_trim(entry->text), &moment, &has_time);
	if (wrong != CIVIL_OK) {
		fault(r, entry, wrong == CIVIL_IMPOSSIBLE ? "date-impossible" : "value-syntax", 0);
		return MOMENT_NONE;
	}
	return end && !has_time ? moment + MINUTES_PER_DAY : moment;
}

/* "50%" or "50". False when it is neither. */
static bool read_percent(struct slice text, decimal_t *percent)
{
	text = slice_trim(text);
	if (text.len > 0 && text.at[text.len - 1] == '%')
		text = slice_trim(slice_new(text.at, text.len - 1));
	return decimal_parse(text, percent) == DECIMAL_OK;
}

/* Hundredths of a percent; -1 when there is none. */
static int32_t read_progress(const struct reader *r)
{
	const struct entry *entry = r->given[ROLE_PROGRESS];
	decimal_t number;

	if (!entry || slice_trim(entry->text).len == 0)
		return -1;
	if (!read_percent(entry->text, &number)) {
		fault(r, entry, "value-syntax", 0);
		return -1;
	}
	number = number < 0 ? 0 : number > 100 * DECIMAL_ONE ? 100 * DECIMAL_ONE : number;
	return (int32_t)(number / 100);
}

static struct plan_extra extra_none(void)
{
	return (struct plan_extra){ MOMENT_NONE, MOMENT_NONE, MOMENT_NONE, MOMENT_NONE, MOMENT_NONE, MOMENT_NONE,
		MOMENT_NONE, MOMENT_NONE, MOMENT_NONE, -1, -1, 0, false, PRIORITY_NORMAL };
}

static bool has_extra(const struct reader *r)
{
	for (int role = ROLE_STATUS; role < ROLE_COUNT; role++)
		if (r->given[role])
			return true;
	return false;
}

static void read_facts(struct reader *r, struct plan_extra *x)
{
	struct slice status = r->given[ROLE_STATUS] ? slice_trim(r->given[ROLE_STATUS]->text) : slice_of("");
	uint16_t *flags = &r->b->plan->flags[r->task];

	if (!r->b->options->facts)
		return;
	if (slice_is(status, "cancelled"))
		*flags |= PLAN_CANCELLED;
	if (*flags & PLAN_SUMMARY)
		return;
	x->actual_start = read_moment(r, ROLE_ACTUAL_START, false);
	x->actual_finish = read_moment(r, ROLE_ACTUAL_FINISH, true);
	x->progress = read_progress(r);
	read_duration(r, ROLE_REMAINING, &x->remaining, NULL);
	if (x->actual_finish != MOMENT_NONE || slice_is(status, "done") || x->progress == 10000)
		*flags |= PLAN_FINISHED | PLAN_STARTED;
	if (x->actual_start != MOMENT_NONE || x->progress > 0)
		*flags |= PLAN_STARTED;
}

/* 0 to 1000. */
static int32_t read_priority(const struct reader *r)
{
	const struct entry *entry = r->given[ROLE_PRIORITY];
	decimal_t number;

	if (!entry || decimal_parse(slice_trim(entry->text), &number) != DECIMAL_OK || number < 0)
		return PRIORITY_NORMAL;
	return number > 1000 * DECIMAL_ONE ? 1000 : (int32_t)(number / DECIMAL_ONE);
}

static void read_extra(struct reader *r)
{
	struct plan_extra *x;

	if (!has_extra(r))
		return;
	r->b->plan->network->extra[r->task] = (uint32_t)r->extras.len;
	x = vec_push(&r->extras);
	*x = extra_none();
	x->not_before = read_moment(r, ROLE_NOT_BEFORE, false);
	x->finish_not_before = read_moment(r, ROLE_FINISH_NOT_BEFORE, true);
	x->start_not_after = read_moment(r, ROLE_START_NOT_AFTER, false);
	x->not_after = read_moment(r, ROLE_NOT_AFTER, true);
	x->must_start = read_moment(r, ROLE_MUST_START, false);
	x->must_finish = read_moment(r, ROLE_MUST_FINISH, true);
	x->deadline = read_moment(r, ROLE_DEADLINE, true);
	if (read_duration(r, ROLE_DELAY, &x->delay, &x->delay_elapsed) && x->delay > 0)
		r->b->plan->flags[r->task] |= PLAN_DELAYED;
	x->priority = read_priority(r);
	read_facts(r, x);
}

/* The task's own calendar, NULL when it names none. */
static const struct calendar *own_calendar(const struct reader *r)
{
	const struct entry *entry = r->given[ROLE_CALENDAR];
	struct slice name = entry ? slice_trim(entry->text) : slice_of("");
	const struct calendar *calendar;
	char *text;

	if (name.len == 0)
		return NULL;
	calendar = calendars_find(r->b->plan->calendars, name);
	if (calendar || project_find(r->b->project, kind_find(slice_of("calendar")), name))
		return calendar; /* a faulty one was reported with the calendars */
	text = xstrndup(name.at, name.len);
	plan_fault(r->b, r->record, entry, 0,
		(const char *const[4]){ "ref-unknown", N_("unknown calendar '%s' in '%s'"), text, "calendar" });
	free(text);
	return NULL;
}

/* Days on which no work is done on it. */
static const struct calendar *with_interruptions(const struct reader *r, const struct calendar *calendar)
{
	struct calendars *calendars = r->b->plan->calendars;
	struct date_range *days;
	struct value value;

	if (!r->given[ROLE_INTERRUPTIONS] ||
		!record_value(r->b->project, r->record, kind_field_named(r->b->kind, "interruptions"),
			&r->b->plan->arena, &value) ||
		value.type != TYPE_DATES || value.as.dates.count == 0)
		return calendar;
	days = dates_expand(value.as.dates.items, &value.as.dates.count, &r->b->plan->arena);
	return calendars_except(calendars, calendar, days, value.as.dates.count);
}

/* A finding about one field of the task, whose words are the field's name and its value. */
static void warn(const struct reader *r, enum role role, const char *id, const char *format)
{
	const struct entry *entry = r->given[role];
	char *text = xstrndup(entry->text.len ? entry->text.at : "", entry->text.len);
	char *field = xstrndup(entry->key.at, entry->key.len);

	if (!said_before(r))
		plan_fault(r->b, r->record, entry, 0, (const char *const[4]){ id, format, field, text });
	free(text);
	free(field);
}

/* What a parent says of its own work is not used. */
static void check_parent(const struct reader *r)
{
	if (!(r->b->plan->flags[r->task] & PLAN_SUMMARY) || r->given[ROLE_RECURRING])
		return;
	for (int role = ROLE_DURATION; role <= ROLE_EFFORT; role++)
		if (r->given[role])
			warn(r, (enum role)role, "parent-effort", N_("%s %s of a parent is not used: its children's count"));
}

/* Of duration, effort and units all three are given: do they agree to one part in fifty? */
static void check_units(const struct reader *r, const struct crew *crew)
{
	const struct plan *plan = r->b->plan;
	int64_t share = crew_share(crew), worked = decimal_scale(plan->duration[r->task], share, DECIMAL_ONE);
	int64_t apart = worked - plan->effort[r->task];

	if (crew->fixed_sum == 0 && crew_is_even(crew) && (apart < 0 ? -apart : apart) > plan->effort[r->task] / 50 + 1)
		warn(r, ROLE_EFFORT, "effort-duration", N_("%s %s is not what those assigned do in the duration given"));
}

static void read_crew(struct reader *r, const struct calendar *own)
{
	struct plan *plan = r->b->plan;
	struct assignment_request request = { r->record, r->given[ROLE_ASSIGN], own, is_yes(r, ROLE_TOGETHER),
		is_yes(r, ROLE_OWN_ALONE) };
	const struct plan_assignment *assignment;
	const struct crew *crew;

	if (!r->given[ROLE_ASSIGN] || (plan->flags[r->task] & PLAN_SUMMARY))
		return;
	if (r->given[ROLE_INTERRUPTIONS])
		request.own = with_interruptions(r, own ? own : request.own_alone ? plan->calendar :
									   calendars_always(plan->calendars));
	assignment = plan->network->assignment[r->task] = plan_assign(r->b, &request);
	crew = assignment ? assignment->crew : NULL;
	if (!crew)
		return;
	if (r->given[ROLE_EFFORT] || crew->fixed_sum > 0) {
		if (!r->given[ROLE_EFFORT])
			plan->effort[r->task] = crew->fixed_sum;
		if (!r->given[ROLE_DURATION])
			plan->network->crew[r->task] = crew;
		else if (r->given[ROLE_EFFORT] && !(plan->flags[r->task] & PLAN_ELAPSED))
			check_units(r, crew);
	} else {
		plan->effort[r->task] = decimal_scale(plan->duration[r->task], crew_share(crew), DECIMAL_ONE);
	}
}

/* Given two of duration, effort and units the third follows; with effort and nobody, one anonymous person works. */
static void read_work(struct reader *r)
{
	struct plan *plan = r->b->plan;
	uint32_t i = r->task;
	bool elapsed = false;
	const struct calendar *own = own_calendar(r);
	bool has_effort = read_duration(r, ROLE_EFFORT, &plan->effort[i], NULL);
	bool has_duration = read_duration(r, ROLE_DURATION, &plan->duration[i], &elapsed);

	check_parent(r);
	plan->task_calendar[i] = with_interruptions(r, own ? own : plan->calendar);
	if (is_yes(r, ROLE_MILESTONE))
		plan->flags[i] |= PLAN_MILESTONE;
	if (plan->flags[i] & (PLAN_SUMMARY | PLAN_MILESTONE | PLAN_CANCELLED)) {
		plan->duration[i] = plan->effort[i] = 0;
		return;
	}
	if (elapsed)
		plan->flags[i] |= PLAN_ELAPSED;
	if (!has_duration)
		plan->duration[i] = has_effort ? plan->effort[i] : r->units->minutes_per_day;
	if (!has_duration && !has_effort)
		plan->flags[i] |= PLAN_ESTIMATED;
	if (has_duration && !has_effort && plan->duration[i] == 0)
		plan->flags[i] |= PLAN_MILESTONE;
	read_crew(r, own);
}

/* It takes place at its time. One before the status date has taken place. */
static void read_occurrence(struct reader *r, moment_t moment)
{
	struct plan *plan = r->b->plan;
	struct slice status = r->given[ROLE_STATUS] ? slice_trim(r->given[ROLE_STATUS]->text) : slice_of("");
	struct plan_extra *x;

	plan->network->extra[r->task] = (uint32_t)r->extras.len;
	x = vec_push(&r->extras);
	*x = extra_none();
	x->must_start = moment;
	if (!r->b->options->facts || (!slice_is(status, "done") && (plan->status == MOMENT_NONE || moment >= plan->status)))
		return;
	x->actual_start = moment;
	plan->flags[r->task] |= PLAN_STARTED | PLAN_FINISHED;
}

/* A recurring task without an occurrence takes no time; those of one that has some are its children. */
static void read_synthetic(struct reader *r)
{
	struct plan *plan = r->b->plan;
	const struct plan_synthetic *s = plan_synthetic(plan, r->task);
	const struct calendar *own;

	if (s && s->at != MOMENT_NONE) {
		read_occurrence(r, s->at);
	} else if (s) {
		own = own_calendar(r);
		plan->task_calendar[r->task] = own ? own : plan->calendar;
	} else if (!(plan->flags[r->task] & PLAN_SUMMARY)) {
		plan->flags[r->task] |= PLAN_CANCELLED;
	}
}

static void read_task(struct reader *r)
{
	uint16_t *flags = &r->b->plan->flags[r->task];

	for (int role = 0; role < ROLE_COUNT; role++)
		r->given[role] = NULL;
	for (uint32_t i = 0; i < r->record->entry_count; i++) {
		const struct entry *entry = &r->record->entries[i];

		if (entry->field < FIELDS_MOST)
			r->given[r->role[entry->field]] = entry;
	}
	if (plan_is_synthetic(r->b->plan, r->task) || r->given[ROLE_RECURRING])
		read_synthetic(r);
	if (*flags & PLAN_BUFFER)
		return;
	if (!(*flags & PLAN_OCCURRENCE)) {
		*flags |= (uint16_t)((is_yes(r, ROLE_ALAP) ? PLAN_ALAP : 0) | (is_yes(r, ROLE_SPLIT) ? PLAN_SPLIT : 0));
		read_extra(r);
	}
	read_work(r);
}

static void read_percentile(struct reader *r)
{
	decimal_t percent;

	r->distribution = distribution_named(project_setting(r->b->project, "distribution"));
	if (read_percent(project_setting(r->b->project, "estimate_percentile"), &percent) && percent > 0 &&
		percent < 100 * DECIMAL_ONE)
		r->percentile = decimal_to_double(percent) / 100;
}

void plan_build_tasks(struct plan_builder *b)
{
	struct reader r = { .b = b, .units = &b->project->units };
	struct plan_network *network = b->plan->network;

	for (size_t i = 0; i < ARRAY_SIZE(role_fields); i++) {
		size_t field = kind_field_find(b->kind, slice_of(role_fields[i].name));

		if (field < FIELDS_MOST)
			r.role[field] = (uint8_t)role_fields[i].role;
	}
	read_percentile(&r);
	plan_crews_init(b);
	vec_init(&r.extras, sizeof(struct plan_extra));
	*(struct plan_extra *)vec_push(&r.extras) = extra_none();
	for (r.task = 0; r.task < b->plan->task_count; r.task++) {
		r.record = b->plan->records[r.task];
		read_task(&r);
	}
	network->extras = arena_alloc(&b->plan->arena, r.extras.len * sizeof(struct plan_extra));
	for (size_t i = 0; i < r.extras.len; i++)
		network->extras[i] = ((struct plan_extra *)r.extras.items)[i];
	vec_release(&r.extras);
}
