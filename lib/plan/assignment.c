/*
 * What a task's `assign` says: the slots that levelling fills, and the crew that works off an effort.
 *
 * Tasks with the same words, the same calendar and the same way of working share one. Where there is a choice of people with
 * different calendars, there is a crew for each, and the network takes the one that is done first.
 * Cost: O(bytes) once for each different text; a team's or skill's members are gathered once.
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/vec.h"

#include <stdlib.h>

/* Members of a team or bearers of a skill, by resource index, ascending. */
struct pool {
	uint32_t *items, count;
};

static enum resource_type type_of(const struct record *resource)
{
	struct slice type = record_text_or(resource, "type");

	return slice_is(type, "material") ? RESOURCE_MATERIAL :
		slice_is(type, "equipment") ? RESOURCE_EQUIPMENT :
					      RESOURCE_PERSON;
}

static void read_resources(struct plan_builder *b)
{
	struct plan_network *network = b->plan->network;
	const struct field *capacity = kind_field_named(b->resources, "capacity");
	const struct record *record;
	struct value value;

	network->resource_count = (uint32_t)project_count(b->project, b->resources);
	network->resources = arena_calloc(&b->plan->arena, (size_t)network->resource_count + 1, sizeof(struct plan_resource));
	FOREACH_RECORD(b->project, b->resources, record) {
		struct plan_resource *r = &network->resources[record->kind_number];

		*r = (struct plan_resource){ record, type_of(record), calendars_for_resource(b->plan->calendars, record),
			LEVEL_UNIT, LEVEL_UNIT, NULL, 0, false };
		if (!capacity || !record_value(b->project, record, capacity, &b->scratch, &value))
			continue;
		plan_read_capacity(&b->plan->arena, &value, r);
		r->stock = r->type == RESOURCE_MATERIAL && record_entry(record, kind_field_find(record->kind, slice_of("capacity")));
		if (r->stock) /* at hand at every minute */
			r->calendar = calendars_always(b->plan->calendars);
	}
}

void plan_crews_init(struct plan_builder *b)
{
	b->resources = kind_find(slice_of("resource"));
	b->teams = kind_find(slice_of("team"));
	b->assign = kind_field_named(b->kind, "assign");
}

/* Does the task's assignment, or anybody's, need the resources? Read once, with the first. */
static void need_resources(struct plan_builder *b)
{
	if (!b->plan->network->resources)
		read_resources(b);
}

static void report_unknown(struct plan_builder *b, const struct assignment_request *r, const struct allocation *a,
	struct slice name)
{
	char *text = xstrndup(name.at, name.len);

	plan_fault(b, r->record, r->assign, a->at,
		(const char *const[4]){ "ref-unknown",
			a->what == ALLOCATE_TEAM ? N_("unknown team '%s' in '%s'") : N_("unknown person '%s' in '%s'"),
			text, "assign" });
	free(text);
}

/* A value of a record's list field; empty when there is none. */
static struct value list_of(struct plan_builder *b, const struct record *record, const char *name)
{
	struct value value;

	if (!record_value(b->project, record, kind_field_named(record->kind, name), &b->scratch, &value))
		value = (struct value){ .type = TYPE_WORDS };
	return value;
}

static bool lists(const struct value *value, struct slice word)
{
	for (size_t i = 0; i < value->as.list.count; i++)
		if (slice_equal(value->as.list.items[i], word))
			return true;
	return false;
}

/* Is a team the asked one, or part of it? */
static bool is_within(struct plan_builder *b, const struct record *team, const struct record *asked)
{
	size_t most = project_count(b->project, b->teams);
	struct slice parent;

	for (size_t step = 0; team && team != asked && step < most; step++)
		team = record_text(team, "parent", &parent) ? project_find(b->project, b->teams, slice_trim(parent)) : NULL;
	return team == asked;
}

/* Members a team lists, and resources that say they belong to it. */
static void mark_members(struct plan_builder *b, const struct record *asked, bool *member)
{
	const struct record *team, *record;

	FOREACH_RECORD(b->project, b->teams, team) {
		struct value members;

		if (!is_within(b, team, asked))
			continue;
		members = list_of(b, team, "members");
		for (size_t i = 0; i < members.as.list.count; i++) {
			record = project_find(b->project, b->resources, members.as.list.items[i]);
			if (record)
				member[record->kind_number] = true;
		}
	}
	FOREACH_RECORD(b->project, b->resources, record) {
		struct value teams;

		if (!record_entry(record, kind_field_find(record->kind, slice_of("team"))))
			continue;
		teams = list_of(b, record, "team");
		for (size_t i = 0; i < teams.as.list.count; i++) {
			team = project_find(b->project, b->teams, teams.as.list.items[i]);
			if (team && is_within(b, team, asked))
				member[record->kind_number] = true;
		}
	}
}

static void mark_skilled(struct plan_builder *b, struct slice skill, bool *member)
{
	const struct record *record;

	FOREACH_RECORD(b->project, b->resources, record) {
		struct value skills = list_of(b, record, "skills");

		member[record->kind_number] = lists(&skills, skill);
	}
}

static int by_id(const void *a, const void *b, void *context)
{
	const struct plan_resource *resources = context;

	return slice_compare(resources[*(const uint32_t *)a].record->folded,
		resources[*(const uint32_t *)b].record->folded);
}

static struct pool *gather(struct plan_builder *b, const struct allocation *a, struct slice name)
{
	struct plan_network *network = b->plan->network;
	struct pool *pool = arena_calloc(&b->scratch, 1, sizeof(*pool));
	bool *member = arena_calloc(&b->scratch, (size_t)network->resource_count + 1, sizeof(*member));

	if (a->what == ALLOCATE_TEAM)
		mark_members(b, project_find(b->project, b->teams, name), member);
	else
		mark_skilled(b, name, member);
	pool->items = arena_calloc(&b->plan->arena, (size_t)network->resource_count + 1, sizeof(uint32_t));
	for (uint32_t i = 0; i < network->resource_count; i++)
		if (member[i])
			pool->items[pool->count++] = i;
	if (network->first_choice) /* where a section stands must not decide who works */
		stable_sort(pool->items, pool->count, sizeof(*pool->items), by_id, network->resources);
	return pool;
}

/* Everybody in a team, everybody with a skill. */
static const struct pool *pool_of(struct plan_builder *b, const struct allocation *a, struct slice name)
{
	struct strbuf key;
	struct pool *pool;

	strbuf_init(&key);
	strbuf_add_char(&key, a->what == ALLOCATE_TEAM ? '@' : ':');
	strbuf_add_slice(&key, name);
	pool = map_get_pointer(&b->pools, strbuf_slice(&key));
	if (!pool) {
		pool = gather(b, a, name);
		map_put(&b->pools, arena_slice(&b->scratch, strbuf_slice(&key)), (uintptr_t)pool);
	}
	strbuf_release(&key);
	return pool;
}

static void fill_alternatives(struct plan_builder *b, const struct allocation *a, struct assignment_slot *slot)
{
	uint32_t *candidates = arena_calloc(&b->plan->arena, a->alternative_count + 1, sizeof(uint32_t));

	for (size_t i = 0; i < a->alternative_count; i++) {
		const struct record *record = project_find(b->project, b->resources, a->alternatives[i]);

		if (record)
			candidates[slot->candidate_count++] = record->kind_number;
	}
	slot->candidates = candidates;
}

static int64_t share_asked(const struct allocation *a, bool each)
{
	int64_t share = a->share > 0 ? a->share : LEVEL_UNIT;

	return !each && a->count > 0 ? share * a->count : share;
}

/* False when it names nobody known: of alternatives the first must be. */
static bool fill_slot(struct plan_builder *b, const struct assignment_request *r, const struct allocation *a,
	struct assignment_slot *slot)
{
	struct slice name = a->alternative_count > 0 ? a->alternatives[0] : slice_of("");
	bool single = a->what == ALLOCATE_RESOURCE;

	if (a->what != ALLOCATE_SKILL && !project_find(b->project, single ? b->resources : b->teams, name)) {
		report_unknown(b, r, a, name);
		return false;
	}
	*slot = (struct assignment_slot){ .what = a->what, .take = 1, .share = share_asked(a, !single), .fixed = a->effort,
		.as_there_is = a->share == 0 && (!single || a->count <= 1), .at = a->at };
	if (single) {
		fill_alternatives(b, a, slot);
		return true;
	}
	const struct pool *pool = pool_of(b, a, name);

	slot->candidates = pool->items;
	slot->candidate_count = pool->count;
	slot->take = a->count > 0 ? (uint32_t)a->count : 1;
	if (a->what == ALLOCATE_TEAM)
		slot->calendar = plan_team_calendar(b->plan, project_find(b->project, b->teams, name));
	return true;
}

const struct calendar *plan_team_calendar(const struct plan *plan, const struct record *team)
{
	struct slice name;
	const struct calendar *calendar = NULL;

	if (team && record_text(team, "calendar", &name) && slice_trim(name).len > 0)
		calendar = calendars_find(plan->calendars, slice_trim(name));
	return calendar ? calendar : plan->calendar;
}

static enum resource_type slot_type(const struct plan_network *network, const struct assignment_slot *slot)
{
	return slot->what == ALLOCATE_RESOURCE ? network->resources[slot->candidates[0]].type : RESOURCE_PERSON;
}

/* The calendar on which a candidate works off the effort; without candidates the team's or the project's. */
static const struct calendar *slot_calendar(struct plan_builder *b, const struct assignment_slot *slot, uint32_t candidate,
	const struct assignment_request *r)
{
	const struct calendar *calendar = slot->calendar ? slot->calendar : b->plan->calendar;

	if (r->own_alone)
		return r->own ? r->own : b->plan->calendar;
	if (candidate < slot->candidate_count)
		calendar = b->plan->network->resources[slot->candidates[candidate]].calendar;
	return r->own ? calendars_meet(b->plan->calendars, calendar, r->own) : calendar;
}

bool assignment_works(const struct plan *plan, const struct plan_assignment *a, uint32_t slot)
{
	bool people = false;
	enum resource_type type = slot_type(plan->network, &a->slots[slot]);

	for (uint32_t i = 0; i < a->slot_count; i++)
		people |= slot_type(plan->network, &a->slots[i]) == RESOURCE_PERSON;
	return type == RESOURCE_PERSON || (type == RESOURCE_EQUIPMENT && !people);
}

/* What a candidate gives; without candidates, what was asked for. */
static struct share slot_share(const struct plan_builder *b, const struct assignment_slot *slot, uint32_t candidate)
{
	if (candidate < slot->candidate_count)
		return plan_share(&b->plan->network->resources[slot->candidates[candidate]], slot);
	return (struct share){ slot->share, 1, NULL };
}

/* A slot's people: all on the candidate's calendar; where the first are taken, each on his own, the rest on the team's. */
static void add_slot(struct plan_builder *b, struct crew *crew, const struct assignment_slot *slot, uint32_t candidate,
	const struct assignment_request *r)
{
	int64_t times = slot->what == ALLOCATE_RESOURCE ? 1 : slot->take, fixed = r->together ? -1 : slot->fixed;

	if (b->options->first_choice && slot->what != ALLOCATE_RESOURCE)
		for (candidate = 0; candidate < slot->candidate_count && times > 0; candidate++, times--)
			crew_add(crew, slot_calendar(b, slot, candidate, r), slot_share(b, slot, candidate), fixed);
	if (times > 0)
		crew_add(crew, slot_calendar(b, slot, candidate, r), share_times(slot_share(b, slot, candidate), times), fixed);
}

/* People, teams and skills work; equipment does when there is nobody else. NULL when nobody works: materials only. */
static struct crew *form_crew(struct plan_builder *b, const struct assignment_request *r, const struct plan_assignment *a,
	const uint32_t *candidate)
{
	size_t room = a->slot_count;
	struct crew *crew;

	for (uint32_t i = 0; b->options->first_choice && i < a->slot_count; i++)
		room += a->slots[i].candidate_count;
	crew = crew_new(&b->plan->arena, room);
	for (uint32_t i = 0; i < a->slot_count; i++)
		if (assignment_works(b->plan, a, i))
			add_slot(b, crew, &a->slots[i], candidate[i], r);
	if (crew->group_count == 0)
		return NULL;
	crew_complete(crew, r->together ? b->plan->calendars : NULL);
	return crew;
}

/* Do two candidates work alike: on one calendar, as much at all times? */
static bool alike(struct plan_builder *b, const struct assignment_request *r, const struct assignment_slot *slot, uint32_t one,
	uint32_t other)
{
	struct share a = slot_share(b, slot, one), c = slot_share(b, slot, other);

	return a.units == c.units && a.of == c.of && slot_calendar(b, slot, one, r) == slot_calendar(b, slot, other, r);
}

/* The next candidate of the slot who works as none before him does; false when there is none. */
static bool next_calendar(struct plan_builder *b, const struct assignment_request *r, const struct assignment_slot *slot,
	uint32_t *candidate)
{
	for (uint32_t next = *candidate + 1; next < slot->candidate_count; next++) {
		bool known = false;

		for (uint32_t i = 0; i < next && !known; i++)
			known = alike(b, r, slot, i, next);
		if (!known) {
			*candidate = next;
			return true;
		}
	}
	*candidate = 0;
	return false;
}

/*
 * The first choice, and others whose calendars or shares differ: without limits on people the one that is done first works. Where
 * several of a team are taken, all on the best calendar are no later than any mixture.
 */
static const struct crew *form_crews(struct plan_builder *b, const struct assignment_request *r, const struct plan_assignment *a)
{
	uint32_t *candidate = arena_calloc(&b->scratch, (size_t)a->slot_count + 1, sizeof(*candidate));
	struct crew *first = form_crew(b, r, a, candidate), *last = first;
	uint32_t count = 1, s;

	while (first && a->choice && !b->options->first_choice && count < CREWS_MOST) {
		for (s = 0; s < a->slot_count && !next_calendar(b, r, &a->slots[s], &candidate[s]);)
			s++;
		if (s == a->slot_count)
			break;
		last->other = form_crew(b, r, a, candidate);
		last = (struct crew *)(uintptr_t)last->other;
		count++;
	}
	return first;
}

/* What a slot makes of the assignment. */
static void describe_slot(const struct plan_network *network, const struct assignment_slot *slot, struct plan_assignment *a)
{
	a->choice |= slot->candidate_count > 1 || slot->what != ALLOCATE_RESOURCE;
	for (uint32_t i = 0; i < slot->candidate_count; i++) {
		const struct plan_resource *r = &network->resources[slot->candidates[i]];
		struct share share = plan_share(r, slot);

		a->timed |= r->type != RESOURCE_MATERIAL || r->stock;
		a->uneven |= share.of || share.units != slot->share;
	}
}

static struct plan_assignment *read_assignment(struct plan_builder *b, const struct assignment_request *r)
{
	struct value_context context = { .units = &b->project->units, .now = MOMENT_NONE };
	struct value_fault wrong = { .id = "value-syntax" };
	struct plan_assignment *a;
	struct value value;

	if (value_parse(&value, b->assign, r->assign->text, &context, &b->scratch, &wrong) != 0) {
		plan_fault(b, r->record, r->assign, wrong.offset,
			(const char *const[4]){ wrong.id, N_("cannot schedule with this '%s'"), "assign", NULL });
		return NULL;
	}
	a = arena_calloc(&b->plan->arena, 1, sizeof(*a));
	*a = (struct plan_assignment){ .together = r->together, .own_alone = r->own_alone, .own = r->own };
	a->slots = arena_calloc(&b->plan->arena, value.as.allocations.count + 1, sizeof(*a->slots));
	for (size_t i = 0; i < value.as.allocations.count; i++)
		a->slot_count += fill_slot(b, r, &value.as.allocations.items[i], &a->slots[a->slot_count]);
	for (uint32_t i = 0; i < a->slot_count; i++)
		describe_slot(b->plan->network, &a->slots[i], a);
	a->crew = form_crews(b, r, a);
	return a->slot_count > 0 ? a : NULL;
}

/* What makes two assignments the same: the words, the calendars, and how they work. */
static void assignment_key(const struct assignment_request *r, struct strbuf *out)
{
	strbuf_reset(out);
	strbuf_add(out, &r->own, sizeof(r->own));
	strbuf_add_char(out, r->together ? 'T' : 't');
	strbuf_add_char(out, r->own_alone ? 'O' : 'o');
	strbuf_add_slice(out, r->assign->text);
}

const struct plan_assignment *plan_assign(struct plan_builder *b, const struct assignment_request *r)
{
	uintptr_t known;
	struct plan_assignment *a;

	if (slice_trim(r->assign->text).len == 0)
		return NULL;
	need_resources(b);
	assignment_key(r, &b->key);
	if (map_get(&b->assignments, strbuf_slice(&b->key), &known) && known)
		return (const struct plan_assignment *)known;
	a = read_assignment(b, r);
	map_put(&b->assignments, arena_slice(&b->scratch, strbuf_slice(&b->key)), (uintptr_t)a);
	return a;
}

const struct plan_resource *plan_resources(const struct plan *plan, uint32_t *count)
{
	*count = plan->network->resource_count;
	return plan->network->resources;
}

const struct plan_assignment *plan_assignment(const struct plan *plan, uint32_t task)
{
	return plan->network->assignment[task];
}
