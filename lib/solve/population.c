/*
 * A population of schedules, decoded forward and backward in turn.
 *
 * Idea: of every schedule the times of its activities are the order in which the next one is generated from the other end: laid
 * against its finish, then against its start, a schedule gets no longer and mostly shorter (justification, Valls,
 * Ballestín, Quintanilla 2005). Two schedules make a child: the mother keeps the activities of the window in which she uses her resources
 * most (her peak) in her own order; those before and behind it come in the father's (Valls, Ballestín, Quintanilla 2008;
 * two populations, one an end: Debels and Vanhoucke 2005). Some activities of the child move at random. The
 * better of a pair of children takes the place of the mother's on the other side; the best schedule's own justification
 * stands against its children, so it is not lost. When nothing gets better for long, all but the best are made anew.
 *
 * First schedules: latest start (and latest finish) rule with growing random displacement.
 *
 * An objective other than the finish is not served by laying schedules against their end: those populations go forward only.
 *
 * Cost: one schedule a child, plus O(activities + length).
 */
#include "solve/solve-internal.h"

#include "base/alloc.h"
#include "base/random.h"

#include <stdlib.h>

enum {
	CHILDREN = 2,        /* a mother and pair of parents */
	MOVED = 2,           /* activities a child displaces on average */
	MOVE_PERCENT = 40,   /* by at most this share of the length */
	STALE = 60,          /* generations without progress before members are made anew */
	CHOICE_BITS = 16
};

struct member {
	int32_t *key;   /* starts as seen from the end it will be generated from */
	int64_t value;
	int32_t length;
};

struct population {
	const struct instance *in;
	const struct solve_options *options;
	enum solve_objective objective;
	uint64_t seed, stream, drawn;
	uint32_t size, seeded, stale;
	bool turns;     /* forward and backward */
	int direction;  /* the end from which the next generation is made */
	uint32_t next;  /* mother to come */
	struct generator generator;
	struct member *members[2];
	uint32_t best_of[2];
	int32_t *key, *start, *child; /* scratch */
	uint32_t *order;  /* for options.decode, in the problem's numbers, */
	int32_t *given;   /* as what it returns */
	int64_t child_value;
	int32_t child_length;
	int64_t *load, *weight;
	int32_t load_room;
	struct solution best;
};

static uint32_t below(struct population *p, uint32_t most)
{
	return (uint32_t)random_below(p->seed, p->stream, p->drawn++, most);
}

struct population *population_new(const struct instance *in, const struct solve_options *options, uint64_t stream,
	uint32_t size)
{
	struct population *p = xcalloc(1, sizeof(*p));

	p->in = in;
	p->options = options;
	p->objective = options->objective;
	p->seed = options->seed;
	p->stream = stream;
	p->size = size;
	p->turns = p->objective == SOLVE_FINISH;
	p->direction = p->turns ? BACKWARD : FORWARD;
	generator_init(&p->generator, in);
	for (int d = FORWARD; d <= BACKWARD; d++) {
		p->members[d] = xcalloc(size, sizeof(struct member));
		for (uint32_t i = 0; i < size; i++) {
			p->members[d][i].key = xcalloc(in->count, sizeof(int32_t));
			p->members[d][i].value = INT64_MAX;
		}
	}
	p->key = xcalloc(in->count, sizeof(int32_t));
	p->start = xcalloc(in->count, sizeof(int32_t));
	p->child = xcalloc(in->count, sizeof(int32_t));
	p->order = xcalloc(in->count, sizeof(uint32_t));
	p->given = xcalloc(in->count, sizeof(int32_t));
	p->weight = xcalloc(in->count, sizeof(int64_t));
	for (uint32_t v = 0; v < in->count; v++)
		for (uint32_t r = 0; r < in->resource_count; r++)
			p->weight[v] += 1000 * (int64_t)in->resources[r].demand[v] / in->resources[r].capacity;
	solution_init(&p->best, in);
	return p;
}

void population_free(struct population *p)
{
	for (int d = FORWARD; d <= BACKWARD; d++) {
		for (uint32_t i = 0; i < p->size; i++)
			free(p->members[d][i].key);
		free(p->members[d]);
	}
	free(p->key);
	free(p->start);
	free(p->child);
	free(p->order);
	free(p->given);
	free(p->load);
	free(p->weight);
	solution_release(&p->best);
	generator_release(&p->generator);
	free(p);
}

const struct solution *population_best(const struct population *p)
{
	return &p->best;
}

/* --- one schedule ---------------------------------------------------------------------------- */

/* p->start, generated from one end, as starts seen from the other. */
static void turn(const struct population *p, int direction, int32_t length, int32_t *out)
{
	const struct view *view = &p->in->view[direction];
	uint32_t last = view->count - 1;

	for (uint32_t v = 0; v < view->count; v++)
		out[last - v] = length - p->start[v] - view->duration[v];
}

static void note_best(struct population *p, int direction, int64_t value, int32_t length)
{
	if (value >= p->best.value || (direction == BACKWARD && !p->in->steady))
		return;
	p->best.value = value;
	p->stale = 0;
	if (direction == FORWARD)
		memcpy(p->best.start, p->start, p->in->count * sizeof(int32_t));
	else
		turn(p, BACKWARD, length, p->best.start);
}

static int64_t decode_own(struct population *p, const uint32_t *order, int32_t *length)
{
	const struct instance *in = p->in;
	int64_t value;

	for (uint32_t i = 0; i < in->count; i++)
		p->order[i] = in->activity[order[i]];
	value = p->options->decode(p->options->context, p->order, p->given);
	*length = 0;
	for (uint32_t v = 0; v < in->count; v++) {
		p->start[v] = p->given[in->activity[v]];
		if (p->start[v] + in->view[FORWARD].duration[v] > *length)
			*length = p->start[v] + in->view[FORWARD].duration[v];
	}
	return value;
}

/* Generates from key; `length` is in: that of the schedule the key comes from, out: of this one. */
static int64_t decode(struct population *p, int direction, const int32_t *key, int32_t *length, struct quota *quota)
{
	int64_t value;

	if (p->objective == SOLVE_OWN) {
		value = decode_own(p, generator_sort(&p->generator, direction, key), length);
	} else {
		*length = generate(&p->generator, direction, generator_sort(&p->generator, direction, key), *length, p->start);
		value = objective_value(p->in, p->objective, p->start, *length);
	}
	note_best(p, direction, value, *length);
	quota->schedules--;
	return value;
}

/* What the schedule in p->start is to the generation that follows. */
static void hand_on(const struct population *p, int direction, int32_t length, int32_t *key)
{
	if (p->turns)
		turn(p, direction, length, key);
	else
		memcpy(key, p->start, p->in->count * sizeof(*key));
}

/* --- first schedules ------------------------------------------------------------------------- */

static void seed_member(struct population *p, uint32_t i, struct quota *quota)
{
	const struct instance *in = p->in;
	struct member *m = &p->members[p->direction][i];
	uint32_t reach = (uint32_t)((int64_t)in->shortest * i / p->size) + 1;

	for (uint32_t v = 0; v < in->count; v++) {
		p->key[v] = in->shortest - in->tail[v] + (int32_t)below(p, reach);
		if (i % 2)
			p->key[v] += in->view[FORWARD].duration[v];
	}
	m->length = in->shortest;
	m->value = decode(p, FORWARD, p->key, &m->length, quota);
	hand_on(p, FORWARD, m->length, m->key);
}

/* Members from where seeding stopped. New ones are always made forward, so they are what goes backward next. */
static void seed_members(struct population *p, struct quota *quota)
{
	for (; p->seeded < p->size && !quota_spent(quota); p->seeded++)
		seed_member(p, p->seeded, quota);
}

/* --- children -------------------------------------------------------------------------------- */

/* Running sums of running sums: load[t] becomes what is used before t. */
static void fill_load(struct population *p, const struct member *m)
{
	const struct view *view = &p->in->view[p->direction];
	int32_t length = m->length;

	if (p->load_room < length + 2) {
		p->load_room = 2 * length + 2;
		p->load = xreallocarray(p->load, (size_t)p->load_room, sizeof(*p->load));
	}
	memset(p->load, 0, ((size_t)length + 2) * sizeof(*p->load));
	for (uint32_t v = 0; v < view->count; v++) {
		int64_t weight = p->weight[p->direction == FORWARD ? v : view->count - 1 - v];
		int32_t from = m->key[v] < 0 ? 0 : m->key[v];

		p->load[from + 1] += weight;
		p->load[m->key[v] + view->duration[v] + 1] -= weight;
	}
	for (int pass = 0; pass < 2; pass++)
		for (int32_t t = 1; t <= length; t++)
			p->load[t] += p->load[t - 1];
}

/* The window of a random width (a quarter to three quarters of the length) with the most use. */
static int32_t find_peak(struct population *p, const struct member *m, int32_t *width)
{
	int32_t best = 0;

	*width = m->length / 4 + (int32_t)below(p, (uint32_t)m->length / 2 + 1);
	fill_load(p, m);
	for (int32_t t = 1; t + *width <= m->length; t++)
		if (p->load[t + *width] - p->load[t] > p->load[best + *width] - p->load[best])
			best = t;
	return best;
}

static void displace(struct population *p, int32_t length)
{
	uint32_t n = p->in->count, chance = (MOVED << CHOICE_BITS) / n, reach = (uint32_t)length * MOVE_PERCENT / 100;
	uint64_t bits = 0;

	for (uint32_t v = 0; v < n; v++, bits >>= CHOICE_BITS) {
		if (v % (64 / CHOICE_BITS) == 0)
			bits = random_at(p->seed, p->stream, p->drawn++);
		if ((bits & ((1u << CHOICE_BITS) - 1)) >= chance)
			continue;
		p->key[v] += (int32_t)below(p, 2 * reach + 1) - (int32_t)reach;
		if (p->key[v] < 0)
			p->key[v] = 0;
	}
}

static void cross(struct population *p, const struct member *mother, const struct member *father)
{
	int32_t width, from = find_peak(p, mother, &width), to = from + width, behind = father->length + 1;

	for (uint32_t v = 0; v < p->in->count; v++) {
		int32_t at = mother->key[v];

		if (at >= from && at < to)
			p->key[v] = behind + at;
		else
			p->key[v] = father->key[v] + (at < from ? 0 : behind + mother->length);
		if (p->key[v] < 0)
			p->key[v] = 0;
	}
	displace(p, mother->length);
}

/* Generates from p->key, keeps the child if it is the best of its mother's so far. */
static void raise_child(struct population *p, const int32_t *key, int32_t length, struct quota *quota)
{
	int64_t value = decode(p, p->direction, key, &length, quota);

	if (value >= p->child_value)
		return;
	p->child_value = value;
	p->child_length = length;
	hand_on(p, p->direction, length, p->child);
}

static const struct member *choose_father(struct population *p)
{
	const struct member *a = &p->members[p->direction][below(p, p->size)];
	const struct member *b = &p->members[p->direction][below(p, p->size)];

	return b->value < a->value ? b : a;
}

static void breed(struct population *p, uint32_t i, struct quota *quota)
{
	int side = p->turns ? 1 - p->direction : p->direction;
	const struct member *mother = &p->members[p->direction][i];
	struct member *out = &p->members[side][i];

	p->child_value = INT64_MAX;
	for (int k = 0; k < CHILDREN && !quota_spent(quota); k++) {
		const struct member *father = choose_father(p);

		cross(p, k % 2 ? father : mother, k % 2 ? mother : father);
		raise_child(p, p->key, mother->length, quota);
	}
	if (p->turns && i == p->best_of[p->direction] && !quota_spent(quota))
		raise_child(p, mother->key, mother->length, quota);
	if (p->child_value == INT64_MAX || (!p->turns && p->child_value > out->value))
		return;
	out->value = p->child_value;
	out->length = p->child_length;
	memcpy(out->key, p->child, p->in->count * sizeof(*out->key));
}

static uint32_t find_best(const struct population *p, int side)
{
	uint32_t best = 0;

	for (uint32_t i = 1; i < p->size; i++)
		if (p->members[side][i].value < p->members[side][best].value)
			best = i;
	return best;
}

void population_offer(struct population *p, const int32_t *start, int64_t value)
{
	struct member *m;
	int32_t length = 0;

	if (value >= p->best.value || p->seeded < p->size)
		return;
	memcpy(p->start, start, p->in->count * sizeof(*start));
	for (uint32_t v = 0; v < p->in->count; v++)
		if (start[v] + p->in->view[FORWARD].duration[v] > length)
			length = start[v] + p->in->view[FORWARD].duration[v];
	note_best(p, FORWARD, value, length);
	m = &p->members[p->direction][p->best_of[p->direction]];
	m->value = value;
	m->length = length;
	if (p->turns && p->direction == BACKWARD)
		turn(p, FORWARD, length, m->key);
	else
		memcpy(m->key, start, p->in->count * sizeof(*start));
}

/* All but the best make room for new ones. */
static void renew(struct population *p)
{
	struct member *best = &p->members[p->direction][p->best_of[p->direction]], swap = *best;

	*best = p->members[p->direction][0];
	p->members[p->direction][0] = swap;
	p->best_of[p->direction] = 0;
	p->seeded = 1;
	p->stale = 0;
}

static void next_generation(struct population *p)
{
	p->next = 0;
	if (p->turns)
		p->direction = 1 - p->direction;
	p->best_of[p->direction] = find_best(p, p->direction);
	if (++p->stale >= STALE && (!p->turns || p->direction == BACKWARD))
		renew(p);
}

void population_run(struct population *p, struct quota *quota)
{
	while (!quota_spent(quota) && p->best.value > quota->target) {
		if (p->seeded < p->size) {
			seed_members(p, quota);
			p->best_of[p->direction] = find_best(p, p->direction);
			continue;
		}
		breed(p, p->next, quota);
		if (++p->next == p->size)
			next_generation(p);
	}
}
