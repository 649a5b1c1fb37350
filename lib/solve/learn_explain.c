/*
 * Learning: from a conflict to a clause that forbids it and all its like.
 *
 * Idea: the literals of a conflict are replaced by their reasons, latest first, until one alone belongs to the present level (the first
 * unique implication point); their negations are a clause that would have prevented the conflict. Of literals
 * on one bound the strongest implies the others, so `need` keeps one an x. Every reason is weakened to what is needed: to have
 * x at least k it asks of its premises no more than that takes (Ohrimenko, Stuckey, Codish 2009). A literal whose
 * reason is implied by the others of the clause is left out.
 *
 * Example: s1 >= 4 because s0 >= 1 and s0 runs 3; if s1 >= 3 is all that is needed, s0 >= 0 is the reason, which is always true.
 *
 * Cost: O(literals met × activities of a resource) for time reasons, else what is met.
 */
#include "solve/learn-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

static const struct step *step_at(const struct learner *l, int32_t step)
{
	return (const struct step *)l->trail.items + step;
}

/* The step, before `limit`, that made bound[x] >= k; -1: it held from the start; INT32_MAX: it does not hold. */
static int32_t step_of(const struct learner *l, uint32_t x, int32_t k, int32_t limit)
{
	int32_t at = l->latest[x], value = l->bound[x];

	while (at >= limit) {
		value = step_at(l, at)->before;
		at = step_at(l, at)->previous;
	}
	if (value < k)
		return INT32_MAX;
	while (at >= 0 && step_at(l, at)->before >= k)
		at = step_at(l, at)->previous;
	return at;
}

struct candidate {
	uint32_t v;
	int32_t early, late; /* the steps that its literals rest on */
};

static int32_t capacity_of(const struct learner *l, uint32_t resource, int32_t t)
{
	const struct instance *in = l->in;
	const struct renewable *r = &in->resources[resource];
	const uint64_t *words = in->nominal;

	for (uint32_t s = 0; s < in->step_count && in->step_from[s] <= t; s++)
		words = &in->step_free[(size_t)s * in->words];
	return (int32_t)(words[r->word] >> r->shift & ((1ull << (r->bits - 1)) - 1));
}

static int32_t last_step(const struct candidate *c)
{
	return c->early > c->late ? c->early : c->late;
}

static int by_last_step(const void *a, const void *b, void *context)
{
	int32_t x = last_step(a), y = last_step(b);

	(void)context;
	return (x < y) - (x > y);
}

/* Those that surely run in period t; returns the sum of their demands. */
static int64_t find_running(struct learner *l, uint32_t except, uint32_t resource, int32_t t, int32_t limit)
{
	const struct renewable *r = &l->in->resources[resource];
	int64_t sum = 0;

	vec_clear(&l->running);
	for (uint32_t u = 0; u + 1 < l->count; u++) {
		struct candidate c = { .v = u };

		if (u == except || !r->demand[u] || l->bound[2 * u] < t - l->duration[u] + 1 || l->bound[2 * u + 1] < -t)
			continue;
		c.early = step_of(l, 2 * u, t - l->duration[u] + 1, limit);
		c.late = step_of(l, 2 * u + 1, -t, limit);
		if (c.early == INT32_MAX || c.late == INT32_MAX)
			continue;
		vec_append(&l->running, &c);
		sum += r->demand[u];
	}
	return sum;
}

void learn_explain_time(struct learner *l, uint32_t v, uint32_t resource, int32_t t, int32_t before, struct vec *out)
{
	const struct renewable *r = &l->in->resources[resource];
	int64_t spare = find_running(l, v, resource, t, before) - (capacity_of(l, resource, t) - r->demand[v]) - 1;
	const struct candidate *c = l->running.items;

	vec_sort(&l->running, by_last_step, NULL);
	for (size_t i = 0; i < l->running.len; i++) {
		struct literal early = { 2 * c[i].v, t - l->duration[c[i].v] + 1 }, late = { 2 * c[i].v + 1, -t };

		if (r->demand[c[i].v] <= spare) {
			spare -= r->demand[c[i].v];
			continue;
		}
		vec_append(out, &early);
		vec_append(out, &late);
	}
}

static void explain_clause(struct learner *l, const struct step *step)
{
	const struct clause *clause = ((struct clause **)l->clauses.items)[step->reason.from];

	for (uint32_t i = 0; i < clause->size; i++) {
		struct literal premise = { clause->literals[i].x ^ 1, 1 - clause->literals[i].k };

		if (clause->literals[i].x != step->x)
			vec_append(&l->reasons, &premise);
	}
}

void learn_explain(struct learner *l, int32_t at, int32_t k)
{
	const struct step *step = step_at(l, at);
	int32_t t = step->reason.at;
	struct literal premise = { step->reason.from, k - t };

	switch (step->reason.kind) {
	case REASON_CHOICE:
		break;
	case REASON_ARC:
		vec_append(&l->reasons, &premise);
		break;
	case REASON_CLAUSE:
		explain_clause(l, step);
		break;
	case REASON_TIME:
		premise.x = step->x;
		premise.k = step->x & 1 ? -t : t - l->duration[step->x >> 1] + 1;
		vec_append(&l->reasons, &premise);
		learn_explain_time(l, step->x >> 1, step->reason.from, t, at, &l->reasons);
		break;
	}
}

/* --- what a conflict rests on ---------------------------------------------------------------- */

/* Counts in *open how many needs belong to the present level. */
static void require(struct learner *l, struct literal literal, int32_t limit, uint32_t *open)
{
	int32_t at = step_of(l, literal.x, literal.k, limit), had = l->need_step[literal.x];
	uint32_t level = learn_level(l);

	if (at < 0 || step_at(l, at)->level == 0)
		return;
	learn_bump(l, literal);
	if (had >= 0 && l->need[literal.x] >= literal.k)
		return;
	if (!l->listed[literal.x])
		vec_append(&l->needed, &literal.x);
	l->listed[literal.x] = 1;
	if (step_at(l, at)->level == level && (had < 0 || step_at(l, had)->level < level))
		++*open;
	l->need[literal.x] = literal.k;
	l->need_step[literal.x] = at;
}

static void require_all(struct learner *l, const struct vec *literals, int32_t limit, uint32_t *open)
{
	for (size_t i = 0; i < literals->len; i++)
		require(l, ((const struct literal *)literals->items)[i], limit, open);
}

/* Goes back to the one literal of this level on which all rests. */
static struct literal first_implication_point(struct learner *l, uint32_t open)
{
	for (int32_t at = (int32_t)l->trail.len - 1;; at--) {
		uint32_t x = step_at(l, at)->x;
		int32_t k = l->need[x];

		if (l->need_step[x] != at)
			continue;
		if (open == 1)
			return (struct literal){ x, k };
		l->need_step[x] = -1;
		open--;
		vec_clear(&l->reasons);
		learn_explain(l, at, k);
		require_all(l, &l->reasons, at, &open);
	}
}

/* Is the literal on x implied by the other needs? */
static bool is_implied(struct learner *l, uint32_t x)
{
	int32_t at = l->need_step[x];
	const struct literal *premises;

	if (step_at(l, at)->reason.kind == REASON_CHOICE)
		return false;
	vec_clear(&l->reasons);
	learn_explain(l, at, l->need[x]);
	premises = l->reasons.items;
	for (size_t i = 0; i < l->reasons.len; i++) {
		int32_t rests = step_of(l, premises[i].x, premises[i].k, at), need = l->need_step[premises[i].x];

		if (rests < 0 || step_at(l, rests)->level == 0)
			continue;
		if (premises[i].x == x || need < 0 || need >= at || l->need[premises[i].x] < premises[i].k)
			return false;
	}
	return true;
}

static int by_level(const void *a, const void *b, void *context)
{
	const struct literal *p = a, *q = b;
	const struct learner *l = context;
	int32_t x = l->need_step[p->x ^ 1], y = l->need_step[q->x ^ 1];

	return (x < y) - (x > y);
}

/* The clause: the point's negation first, then by level. */
static void collect(struct learner *l, struct literal point)
{
	struct literal literal = { point.x ^ 1, 1 - point.k };
	const uint32_t *needed = l->needed.items;

	vec_clear(&l->learned);
	vec_append(&l->learned, &literal);
	for (size_t i = 0; i < l->needed.len; i++) {
		uint32_t x = needed[i];

		if (l->need_step[x] < 0 || x == point.x)
			continue;
		literal = (struct literal){ x ^ 1, 1 - l->need[x] };
		if (!is_implied(l, x))
			vec_append(&l->learned, &literal);
	}
	stable_sort((struct literal *)l->learned.items + 1, l->learned.len - 1, sizeof(struct literal), by_level, l);
}

static uint32_t level_of(const struct learner *l, struct literal fallen)
{
	return step_at(l, l->need_step[fallen.x ^ 1])->level;
}

static uint32_t count_levels(const struct learner *l)
{
	const struct literal *literals = l->learned.items;
	uint32_t spread = 0, last = UINT32_MAX;

	for (size_t i = 0; i < l->learned.len; i++) {
		uint32_t level = level_of(l, literals[i]);

		spread += level != last;
		last = level;
	}
	return spread;
}

/* --- clauses --------------------------------------------------------------------------------- */

static uint32_t new_number(struct learner *l)
{
	if (l->spare.len)
		return ((uint32_t *)l->spare.items)[--l->spare.len];
	vec_push(&l->clauses);
	return (uint32_t)l->clauses.len - 1;
}

static uint32_t add_clause(struct learner *l, uint32_t spread)
{
	const struct literal *literals = l->learned.items;
	size_t size = l->learned.len;
	struct clause *clause = xcalloc(1, sizeof(*clause) + size * sizeof(struct literal));
	uint32_t number = new_number(l);

	clause->size = (uint32_t)size;
	clause->spread = spread;
	memcpy(clause->literals, literals, size * sizeof(*literals));
	((struct clause **)l->clauses.items)[number] = clause;
	for (int i = 0; i < 2; i++) {
		struct watch w = { number, 1 - literals[i].k, literals[1 - i] };

		vec_append(&l->watches[literals[i].x ^ 1], &w);
	}
	l->clause_count++;
	return number;
}

static void forget_needs(struct learner *l)
{
	for (size_t i = 0; i < l->needed.len; i++) {
		l->need_step[((uint32_t *)l->needed.items)[i]] = -1;
		l->listed[((uint32_t *)l->needed.items)[i]] = 0;
	}
	vec_clear(&l->needed);
}

bool learn_from_conflict(struct learner *l)
{
	struct reason reason = { .kind = REASON_CLAUSE };
	struct literal first;
	uint32_t open = 0, spread, back;

	l->conflicts++;
	if (learn_level(l) == 0)
		return false;
	require_all(l, &l->conflict, INT32_MAX, &open);
	collect(l, first_implication_point(l, open));
	spread = count_levels(l);
	back = l->learned.len > 1 ? level_of(l, ((struct literal *)l->learned.items)[1]) : 0;
	forget_needs(l);
	learn_back_to(l, back);
	first = *(struct literal *)l->learned.items;
	if (l->learned.len > 1)
		reason.from = add_clause(l, spread);
	else
		reason.kind = REASON_CHOICE;
	learn_decay(l);
	return learn_raise(l, first, reason);
}

static int worse_first(const void *a, const void *b, void *context)
{
	struct clause *const *clauses = ((const struct learner *)context)->clauses.items;
	const struct clause *x = clauses[*(const uint32_t *)a], *y = clauses[*(const uint32_t *)b];

	if (x->spread != y->spread)
		return x->spread > y->spread ? -1 : 1;
	return (x->size < y->size) - (x->size > y->size);
}

static void drop_watches(struct learner *l)
{
	struct clause *const *clauses = l->clauses.items;

	for (uint32_t x = 0; x < 2 * l->count; x++) {
		struct watch *watches = l->watches[x].items;
		size_t kept = 0;

		for (size_t i = 0; i < l->watches[x].len; i++)
			if (!clauses[watches[i].clause]->gone)
				watches[kept++] = watches[i];
		l->watches[x].len = kept;
	}
}

/* At the root, where no step will be explained again. */
void learn_drop_clauses(struct learner *l)
{
	struct clause **clauses = l->clauses.items;
	struct vec numbers;

	vec_init(&numbers, sizeof(uint32_t));
	for (uint32_t i = 0; i < l->clauses.len; i++)
		if (clauses[i] && clauses[i]->spread > 2)
			vec_append(&numbers, &i);
	vec_sort(&numbers, worse_first, l);
	numbers.len /= 2;
	for (size_t i = 0; i < numbers.len; i++)
		clauses[((uint32_t *)numbers.items)[i]]->gone = true;
	drop_watches(l);
	for (size_t i = 0; i < numbers.len; i++) {
		uint32_t number = ((uint32_t *)numbers.items)[i];

		free(clauses[number]);
		clauses[number] = NULL;
		vec_append(&l->spare, &number);
		l->clause_count--;
	}
	vec_release(&numbers);
}
