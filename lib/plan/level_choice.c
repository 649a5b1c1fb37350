/*
 * Who does it: alternatives, any k of a team, people with a skill.
 *
 * Idea: of all combinations the one with which the task finishes first; of equal ones the first in the order in which they are named.
 * Each combination is tried as if it were assigned outright, and given up as soon as it cannot be better. Beyond some dozens of
 * combinations each slot takes, one after the other, those who would finish first alone.
 *
 * Example: `assign = @backend x2` of three: {1,2} {1,3} {2,3} are tried. Cost: combinations × level_fit.
 */
#include "plan/level-internal.h"

enum { COMBINATIONS_MOST = 64 };

static uint32_t takes(const struct assignment_slot *slot)
{
	return slot->take < slot->candidate_count ? slot->take : slot->candidate_count;
}

static const struct calendar *chosen_calendar(struct levelling *l, const struct plan_assignment *a, uint32_t resource)
{
	const struct calendar *calendar = l->plan->network->resources[resource].calendar;

	if (a->own_alone)
		return a->own ? a->own : l->plan->calendar;
	return a->own ? calendars_meet(l->plan->calendars, calendar, a->own) : calendar;
}

/* Those of a slot that nobody is known for still work: on the project's calendar. */
static void add_missing(struct levelling *l, const struct plan_assignment *a, const struct assignment_slot *slot)
{
	const struct calendar *calendar = slot->calendar ? slot->calendar : l->plan->calendar;

	if (takes(slot) == 0)
		crew_add(&l->crew, a->own ? calendars_meet(l->plan->calendars, calendar, a->own) : calendar,
			(struct share){ slot->share * slot->take, slot->take, NULL }, a->together ? -1 : slot->fixed);
}

/* The crew of those chosen. */
static void form(struct levelling *l, const struct plan_assignment *a, const uint32_t *chosen)
{
	size_t room = a->slot_count;

	for (uint32_t s = 0; s < a->slot_count; s++)
		room += takes(&a->slots[s]);
	vec_reserve(&l->groups, room);
	l->crew = (struct crew){ .groups = l->groups.items };
	for (uint32_t s = 0; s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];
		bool works = assignment_works(l->plan, a, s);

		for (uint32_t i = 0; i < takes(slot); i++, chosen++)
			if (works)
				crew_add(&l->crew, chosen_calendar(l, a, *chosen), plan_share(&l->plan->network->resources[*chosen], slot),
					a->together ? -1 : slot->fixed);
		add_missing(l, a, slot);
	}
	crew_complete(&l->crew, a->together ? l->plan->calendars : NULL);
}

static void prepare(struct levelling *l, uint32_t task, const uint32_t *chosen)
{
	const struct plan_assignment *a = l->plan->network->assignment[task];

	if (l->plan->network->crew[task])
		form(l, a, chosen);
	level_members(l, task, chosen);
}

/* The first of each slot. */
static void choose_first(struct levelling *l, const struct plan_assignment *a)
{
	vec_clear(&l->chosen);
	for (uint32_t s = 0; s < a->slot_count; s++)
		for (uint32_t i = 0; i < takes(&a->slots[s]); i++)
			vec_append(&l->chosen, &a->slots[s].candidates[i]);
}

void level_use(struct levelling *l, uint32_t task)
{
	const struct plan_assignment *a = l->plan->network->assignment[task];
	uint32_t choice = l->placing->choice[task];

	if (!a->choice) {
		level_members(l, task, NULL);
	} else if (choice > 0) {
		prepare(l, task, vec_at(&l->placing->choices, choice - 1));
	} else {
		choose_first(l, a);
		prepare(l, task, l->chosen.items);
	}
}

static void note_choice(struct levelling *l, uint32_t task, const struct vec *chosen)
{
	const uint32_t *items = chosen->items;

	l->placing->choice[task] = (uint32_t)l->placing->choices.len + 1;
	for (size_t i = 0; i < chosen->len; i++)
		vec_append(&l->placing->choices, &items[i]);
}

/* How many combinations there are, as far as they are counted. */
static uint32_t count_combinations(const struct plan_assignment *a)
{
	uint64_t all = 1;

	for (uint32_t s = 0; s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];
		uint32_t k = takes(slot);

		for (uint32_t i = 0; i < k && all <= COMBINATIONS_MOST; i++)
			all = all * (slot->candidate_count - i) / (i + 1);
		if (all > COMBINATIONS_MOST)
			return COMBINATIONS_MOST + 1;
	}
	return (uint32_t)all;
}

/* The next k of n in lexical order; false (and the first again) after the last. */
static bool next_of_slot(uint32_t *index, uint32_t k, uint32_t n)
{
	for (uint32_t i = k; i-- > 0;)
		if (index[i] < n - k + i) {
			index[i]++;
			for (uint32_t j = i + 1; j < k; j++)
				index[j] = index[j - 1] + 1;
			return true;
		}
	for (uint32_t i = 0; i < k; i++)
		index[i] = i;
	return false;
}

static bool next_combination(const struct plan_assignment *a, uint32_t *index)
{
	uint32_t end = 0;

	for (uint32_t s = 0; s < a->slot_count; s++)
		end += takes(&a->slots[s]);
	for (uint32_t s = a->slot_count; s-- > 0;) {
		end -= takes(&a->slots[s]);
		if (next_of_slot(index + end, takes(&a->slots[s]), a->slots[s].candidate_count))
			return true;
	}
	return false;
}

/* Nobody can do two parts of one task. */
static bool is_twice(const uint32_t *chosen, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t k = 0; k < i; k++)
			if (chosen[i] == chosen[k])
				return true;
	return false;
}

static void look_up(const struct plan_assignment *a, const uint32_t *index, uint32_t *chosen)
{
	for (uint32_t s = 0; s < a->slot_count; s++)
		for (uint32_t i = 0; i < takes(&a->slots[s]); i++)
			*chosen++ = a->slots[s].candidates[*index++];
}

/* Tries each combination; l->best is the one that finishes first. */
static bool try_all(struct levelling *l, uint32_t task, struct window w, struct fit *out, bool twice)
{
	const struct plan_assignment *a = l->plan->network->assignment[task];
	struct fit fit;
	struct vec index;
	bool found = false;

	choose_first(l, a);
	vec_init(&index, sizeof(uint32_t));
	for (uint32_t s = 0; s < a->slot_count; s++)
		for (uint32_t i = 0; i < takes(&a->slots[s]); i++)
			vec_append(&index, &i);
	do {
		look_up(a, index.items, l->chosen.items);
		if (!twice && is_twice(l->chosen.items, l->chosen.len))
			continue;
		prepare(l, task, l->chosen.items);
		if (!level_fit(l, task, w.from, found ? out->finish : w.cutoff, &fit))
			continue;
		*out = fit;
		found = true;
		vec_clear(&l->best);
		for (size_t i = 0; i < l->chosen.len; i++)
			vec_append(&l->best, vec_at(&l->chosen, i));
	} while (next_combination(a, index.items));
	vec_release(&index);
	return found;
}

struct candidate {
	uint32_t resource, order;
	moment_t finish;
};

static int by_finish(const void *a, const void *b, void *context)
{
	const struct candidate *x = a, *y = b;

	(void)context;
	if (x->finish != y->finish)
		return x->finish < y->finish ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static bool holds(const struct vec *chosen, uint32_t resource)
{
	const uint32_t *items = chosen->items;

	for (size_t i = 0; i < chosen->len; i++)
		if (items[i] == resource)
			return true;
	return false;
}

/* When one would be done with the slot's share alone. */
static moment_t alone(struct levelling *l, uint32_t task, const struct assignment_slot *slot, uint32_t resource, moment_t from)
{
	const struct lane *lane = &l->lanes[resource];
	int64_t whole = share_at(plan_share(&l->plan->network->resources[resource], slot), from);
	int64_t share = whole < lane->capacity ? whole : lane->capacity;
	int64_t amount = work_amount(l->plan, task), at = calendar_count(lane->calendar, from), until;
	moment_t finish;

	if (l->plan->network->crew[task])
		amount = decimal_scale(amount, LEVEL_UNIT, whole);
	while ((until = level_profile_blocked(&lane->profile, at, at + amount, share)) != PROFILE_FREE) {
		if (until == PROFILE_NEVER)
			return MOMENT_MAX;
		at = until;
	}
	finish = calendar_add(lane->calendar, from, at + amount - calendar_count(lane->calendar, from));
	return finish == MOMENT_NONE ? MOMENT_MAX : finish;
}

/* Slot by slot those who would be done first. */
static bool take_first(struct levelling *l, uint32_t task, struct window w, struct fit *out)
{
	const struct plan_assignment *a = l->plan->network->assignment[task];
	struct vec candidates;

	vec_clear(&l->best);
	for (uint32_t s = 0; s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];

		vec_init(&candidates, sizeof(struct candidate));
		for (uint32_t i = 0; i < slot->candidate_count; i++) {
			uint32_t resource = slot->candidates[i];
			bool taken = holds(&l->best, resource) || !l->lanes[resource].calendar;

			vec_append(&candidates, &(struct candidate){ resource, i,
				taken ? MOMENT_MAX : alone(l, task, slot, resource, w.from) });
		}
		vec_sort(&candidates, by_finish, NULL);
		for (uint32_t i = 0; i < takes(slot); i++)
			vec_append(&l->best, &((struct candidate *)candidates.items)[i].resource);
		vec_release(&candidates);
	}
	prepare(l, task, l->best.items);
	return level_fit(l, task, w.from, w.cutoff, out);
}

bool level_choose(struct levelling *l, uint32_t task, struct window w, struct fit *out)
{
	const struct plan_assignment *a = l->plan->network->assignment[task];
	bool found;

	if (!a->choice) {
		level_members(l, task, NULL);
		return level_fit(l, task, w.from, w.cutoff, out);
	}
	found = count_combinations(a) > COMBINATIONS_MOST ? take_first(l, task, w, out) :
		try_all(l, task, w, out, false) || try_all(l, task, w, out, true);
	if (!found)
		return false;
	note_choice(l, task, &l->best);
	level_use(l, task);
	if (l->plan->flags[task] & PLAN_SPLIT) /* its pieces again, for these people */
		level_fit(l, task, w.from, w.cutoff, out);
	return true;
}

void level_choose_at(struct levelling *l, uint32_t task, moment_t start, moment_t finish)
{
	const struct plan_assignment *a = l->plan->network->assignment[task];

	if (!a->choice) {
		level_members(l, task, NULL);
		return;
	}
	vec_clear(&l->best);
	for (uint32_t s = 0; s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];
		uint32_t left = takes(slot);

		for (int turn = 0; turn < 2; turn++)
			for (uint32_t i = 0; i < slot->candidate_count && left > 0; i++) {
				uint32_t resource = slot->candidates[i];
				const struct lane *lane = &l->lanes[resource];
				struct share share = plan_share(&l->plan->network->resources[resource], slot);

				if (holds(&l->best, resource) || (turn == 0 && lane->calendar &&
					level_profile_blocked(&lane->profile, calendar_count(lane->calendar, start),
						calendar_count(lane->calendar, finish), share_at(share, start)) != PROFILE_FREE))
					continue;
				vec_append(&l->best, &slot->candidates[i]);
				left--;
			}
		for (; left > 0; left--)
			vec_append(&l->best, &slot->candidates[0]);
	}
	note_choice(l, task, &l->best);
	level_use(l, task);
}
