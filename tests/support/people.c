#include "people.h"

#include "model/value.h"
#include "plan/level.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE_MOST = 64, DAYS_MOST = 4000 };

struct judge {
	const struct plan *plan;
	struct strbuf *why;
	struct arena arena;
	const struct plan_resource *resources;
	uint32_t resource_count;
	moment_t first;
	size_t minutes;
	int64_t **used, **given; /* by resource and minute: by all, by tasks with given dates */
	bool together, is_given; /* the task at hand */
	bool good;
};

static void complain(struct judge *j, uint32_t task, const char *what)
{
	struct slice id = plan_id(j->plan, task);

	strbuf_addf(j->why, "%.*s: %s\n", (int)id.len, id.at, what);
	j->good = false;
}

static bool says(const struct judge *j, uint32_t task, const char *field, const char *word)
{
	struct slice text;

	return record_text(j->plan->records[task], field, &text) && slice_is(slice_trim(text), word);
}

static bool is_given(const struct judge *j, uint32_t task)
{
	struct slice text;

	return (j->plan->flags[task] & PLAN_STARTED) || record_text(j->plan->records[task], "must_start", &text) ||
		record_text(j->plan->records[task], "must_finish", &text);
}

/* Does a list field hold the word? */
static bool field_lists(struct judge *j, const struct record *record, const char *field, struct slice word)
{
	struct value value;

	if (!record_value(j->plan->project, record, kind_field_named(record->kind, field), &j->arena, &value))
		return false;
	for (size_t i = 0; i < value.as.list.count; i++)
		if (slice_equal(value.as.list.items[i], word))
			return true;
	return false;
}

static bool may_do(struct judge *j, const struct allocation *a, uint32_t resource)
{
	const struct record *record = j->resources[resource].record;

	if (a->what == ALLOCATE_TEAM)
		return field_lists(j, project_find(j->plan->project, kind_find(slice_of("team")), a->alternatives[0]), "members",
			record->id) || field_lists(j, record, "team", a->alternatives[0]);
	if (a->what == ALLOCATE_SKILL)
		return field_lists(j, record, "skills", a->alternatives[0]);
	for (size_t i = 0; i < a->alternative_count; i++)
		if (slice_equal(a->alternatives[i], record->id))
			return true;
	return false;
}

/* One who works on a task. */
struct hand {
	uint32_t resource;
	int64_t share, fixed; /* share: 0 when none is written; fixed: minutes × LEVEL_UNIT, or -1 */
	int64_t asked;        /* of a material */
	bool works;           /* counts towards the effort */
};

/* Slot by slot in the order of the text, those whom the plan names. */
static size_t hands_of(struct judge *j, uint32_t task, struct hand *out)
{
	struct value value;
	uint32_t people[PEOPLE_MOST], count = plan_people(j->plan, task, people, PEOPLE_MOST), at = 0;
	const struct record *record = j->plan->records[task];
	bool persons = false;

	if (!record_value(j->plan->project, record, kind_field_named(record->kind, "assign"), &j->arena, &value))
		return 0;
	for (size_t i = 0; i < value.as.allocations.count; i++) {
		const struct allocation *a = &value.as.allocations.items[i];
		int32_t wanted = a->what == ALLOCATE_RESOURCE ? 1 : a->count > 0 ? a->count : 1;

		while (wanted > 0 && at < count && may_do(j, a, people[at])) {
			int64_t share = a->share * (a->what == ALLOCATE_RESOURCE && a->count > 0 ? a->count : 1);

			if (share == 0 && a->what == ALLOCATE_RESOURCE && a->count > 1)
				share = a->count * (int64_t)LEVEL_UNIT;
			out[at] = (struct hand){ people[at], share, a->effort >= 0 ? a->effort * LEVEL_UNIT : -1,
				share > 0 ? share : LEVEL_UNIT, false };
			persons |= j->resources[people[at]].type == RESOURCE_PERSON;
			wanted--;
			at++;
		}
	}
	if (at != count)
		complain(j, task, "people who are not assigned, or too many");
	for (uint32_t i = 0; i < at; i++)
		out[i].works = j->resources[out[i].resource].type == RESOURCE_PERSON ||
			(j->resources[out[i].resource].type == RESOURCE_EQUIPMENT && !persons);
	for (uint32_t i = 0; i < at; i++)
		for (uint32_t k = 0; k < i; k++)
			if (out[i].resource == out[k].resource && j->resources[out[i].resource].type == RESOURCE_PERSON)
				complain(j, task, "the same person twice");
	return at;
}

static bool works_at(const struct judge *j, uint32_t task, const struct hand *hand, moment_t m)
{
	const struct calendar *own = j->resources[hand->resource].calendar;

	/* Without a calendar of its own, or interruptions, a task whose duration follows from people has none. */
	return (!own || calendar_is_working(own, m)) && (calendar_is_working(j->plan->task_calendar[task], m) ||
		(!says(j, task, "duration", "") && j->plan->task_calendar[task] == j->plan->calendar && hand->works &&
			plan_driven_by_people(j->plan, task)));
}

static bool in_piece(const struct judge *j, uint32_t task, moment_t m)
{
	uint32_t count;
	const struct plan_piece *pieces = plan_pieces(j->plan, task, &count);

	for (uint32_t i = 0; i < count; i++)
		if (m >= pieces[i].start && m < pieces[i].finish)
			return true;
	return count == 0;
}

/* Its own reading of the steps. */
static int64_t capacity_at(const struct plan_resource *r, moment_t m)
{
	for (uint32_t i = r->step_count; i-- > 0;)
		if (m >= r->steps[i].from)
			return r->steps[i].capacity;
	return r->first_capacity;
}

/* What one gives in a minute. */
static int64_t gives(const struct plan_resource *r, const struct hand *hand, moment_t m)
{
	int64_t there = capacity_at(r, m);

	if (hand->share > 0)
		return hand->share;
	return there <= 0 || there > LEVEL_UNIT ? LEVEL_UNIT : there;
}

/* One minute of a task: who is used; returns the work done towards the pool. */
static int64_t minute(struct judge *j, uint32_t task, struct hand *hands, size_t count, moment_t m)
{
	bool together = j->together, all = true;
	int64_t done = 0;

	for (size_t i = 0; together && i < count; i++)
		all &= !hands[i].works || works_at(j, task, &hands[i], m);
	for (size_t i = 0; all && i < count; i++) {
		const struct plan_resource *r = &j->resources[hands[i].resource];
		int64_t given = gives(r, &hands[i], m), share = given < r->capacity ? given : r->capacity;
		size_t at = (size_t)(m - j->first);

		if (r->type == RESOURCE_MATERIAL || !works_at(j, task, &hands[i], m))
			continue;
		if (hands[i].works && hands[i].fixed >= 0 && !together && plan_driven_by_people(j->plan, task)) {
			if (hands[i].fixed == 0)
				continue;
			hands[i].fixed = hands[i].fixed > given ? hands[i].fixed - given : 0;
		} else if (hands[i].works) {
			done += given;
		}
		j->used[hands[i].resource][at] += share;
		if (j->is_given)
			j->given[hands[i].resource][at] += share;
	}
	return done;
}

static void judge_task(struct judge *j, uint32_t task)
{
	const struct plan *plan = j->plan;
	struct hand hands[PEOPLE_MOST];
	size_t count = hands_of(j, task, hands);
	int64_t done = 0, before_last = 0, pool = plan->effort[task] * LEVEL_UNIT;
	bool fixed_left = false, any_pool = false;

	j->together = says(j, task, "together", "yes");
	j->is_given = is_given(j, task);

	for (size_t i = 0; i < count; i++) {
		bool fixed = hands[i].fixed >= 0 && !j->together;

		pool -= fixed && hands[i].works ? hands[i].fixed : 0;
		any_pool |= hands[i].works && !fixed;
	}
	for (size_t i = 0; pool < 0 && i < count; i++) /* less effort than the shares: they shrink alike */
		if (hands[i].fixed >= 0)
			hands[i].fixed = hands[i].fixed / (plan->effort[task] * LEVEL_UNIT - pool) * (plan->effort[task] * LEVEL_UNIT) +
				hands[i].fixed % (plan->effort[task] * LEVEL_UNIT - pool) * plan->effort[task] * LEVEL_UNIT /
					(plan->effort[task] * LEVEL_UNIT - pool);
	for (moment_t m = plan->start[task]; m < plan->finish[task]; m++) {
		before_last = done;
		if (in_piece(j, task, m))
			done += minute(j, task, hands, count, m);
	}
	for (size_t i = 0; i < count; i++)
		fixed_left |= hands[i].fixed > 0 && hands[i].works && !j->together;
	if (!plan_driven_by_people(plan, task) || j->is_given || count == 0)
		return;
	if (any_pool && pool > 0 && done < pool)
		complain(j, task, "its effort is not done at its finish");
	if (fixed_left)
		complain(j, task, "somebody's own share is not done at its finish");
	if (any_pool && count == 1 && before_last >= pool && pool > 0)
		complain(j, task, "its effort was done before its finish");
}

static void judge_resource(struct judge *j, uint32_t resource)
{
	const struct plan_resource *r = &j->resources[resource];

	for (size_t m = 0; m < j->minutes; m++)
		if (j->used[resource][m] > capacity_at(r, j->first + (moment_t)m) && j->used[resource][m] > j->given[resource][m]) {
			char text[CIVIL_TEXT];

			strbuf_addf(j->why, "%.*s: overloaded at %s\n", (int)r->record->id.len, r->record->id.at,
				moment_print(j->first + (moment_t)m, text));
			j->good = false;
			return;
		}
}

/* Draws of all tasks that have begun by then, against what has come: at every beginning, and after every delivery. */
static void judge_stock(struct judge *j, uint32_t resource)
{
	const struct plan_resource *r = &j->resources[resource];
	int64_t *drawn = arena_calloc(&j->arena, j->minutes + 2, sizeof(*drawn)), sum = 0;
	bool *movable = arena_calloc(&j->arena, j->minutes + 2, sizeof(*movable)), any = false;

	for (uint32_t i = 0; i < j->plan->task_count; i++) {
		struct hand hands[PEOPLE_MOST];
		size_t count;

		if (!plan_assignment(j->plan, i) || (j->plan->flags[i] & (PLAN_SUMMARY | PLAN_CANCELLED)))
			continue;
		count = hands_of(j, i, hands);
		for (size_t h = 0; h < count; h++)
			if (hands[h].resource == resource) {
				drawn[j->plan->start[i] - j->first] += hands[h].asked;
				movable[j->plan->start[i] - j->first] |= !is_given(j, i);
			}
	}
	for (size_t m = 0; m <= j->minutes; m++) {
		sum += drawn[m];
		any |= movable[m];
		if (any && sum > capacity_at(r, j->first + (moment_t)m)) {
			strbuf_addf(j->why, "%.*s: more is drawn than has come\n", (int)r->record->id.len, r->record->id.at);
			j->good = false;
			return;
		}
	}
}

bool people_feasible(const struct plan *plan, struct strbuf *why)
{
	struct judge j = { .plan = plan, .why = why, .good = true, .first = plan->project_start };
	moment_t last = plan->project_start;

	arena_init(&j.arena);
	j.resources = plan_resources(plan, &j.resource_count);
	for (uint32_t i = 0; i < plan->task_count; i++) {
		j.first = plan->start[i] < j.first ? plan->start[i] : j.first;
		last = plan->finish[i] > last ? plan->finish[i] : last;
	}
	j.minutes = (size_t)(last - j.first);
	if (j.minutes > (size_t)DAYS_MOST * MINUTES_PER_DAY) {
		arena_release(&j.arena);
		return true;
	}
	j.used = arena_calloc(&j.arena, (size_t)j.resource_count + 1, sizeof(*j.used));
	j.given = arena_calloc(&j.arena, (size_t)j.resource_count + 1, sizeof(*j.given));
	for (uint32_t r = 0; r < j.resource_count; r++) {
		j.used[r] = arena_calloc(&j.arena, j.minutes + 1, sizeof(int64_t));
		j.given[r] = arena_calloc(&j.arena, j.minutes + 1, sizeof(int64_t));
	}
	for (uint32_t i = 0; i < plan->task_count; i++)
		if (plan_assignment(plan, i) && !(plan->flags[i] & (PLAN_SUMMARY | PLAN_CANCELLED)))
			judge_task(&j, i);
	for (uint32_t r = 0; r < j.resource_count; r++)
		if (j.resources[r].type != RESOURCE_MATERIAL)
			judge_resource(&j, r);
		else if (j.resources[r].stock)
			judge_stock(&j, r);
	arena_release(&j.arena);
	return j.good;
}
