/*
 * Deductions: links, learned clauses, and the time table.
 *
 * The time table: an activity whose latest start lies before its earliest finish surely runs in between; what these parts leave free
 * in each period stands packed in words as in generate.c. An activity that does not fit beside the parts of the others in a period of
 * its earliest window starts behind that period; the same from the other side (Lahrichi 1982; Schutt, Feydy, Stuckey, Wallace 2011).
 *
 * Cost: a look at all windows is O(activities × duration × words); links and clauses cost what they touch.
 */
#include "solve/learn-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

static bool clash(struct learner *l, struct literal to, struct reason reason)
{
	struct step step = { .x = to.x, .after = to.k, .reason = reason };
	struct literal opposite = { to.x ^ 1, 1 - to.k };

	vec_clear(&l->conflict);
	vec_append(&l->trail, &step); /* for the explanation alone */
	vec_clear(&l->reasons);
	learn_explain(l, (int32_t)l->trail.len - 1, to.k);
	l->trail.len--;
	for (size_t i = 0; i < l->reasons.len; i++)
		vec_append(&l->conflict, (struct literal *)l->reasons.items + i);
	vec_append(&l->conflict, &opposite);
	return false;
}

bool learn_raise(struct learner *l, struct literal to, struct reason reason)
{
	struct step *step;

	if (l->bound[to.x] >= to.k)
		return true;
	if (l->bound[to.x ^ 1] > -to.k)
		return clash(l, to, reason);
	step = vec_push(&l->trail);
	*step = (struct step){ to.x, l->bound[to.x], to.k, l->latest[to.x], learn_level(l), reason };
	l->latest[to.x] = (int32_t)l->trail.len - 1;
	l->bound[to.x] = to.k;
	return true;
}

void learn_new_level(struct learner *l)
{
	struct level *level = vec_push(&l->levels);

	*level = (struct level){ l->trail.len, l->part_steps.len };
}

static void give_back(struct learner *l, const struct part_step *step)
{
	const struct view *view = &l->in->view[FORWARD];

	for (uint32_t k = view->first_use[step->v]; k < view->first_use[step->v + 1]; k++)
		for (int32_t t = step->from; t < step->to; t++)
			l->free[view->uses[k].word][t] += view->uses[k].amount;
	l->parts[step->v] = step->before;
}

/* What was taken since the time table was looked at. The levels below the present one have been looked at to their end. */
static void forget_changes(struct learner *l)
{
	l->taken = (struct part){ INT32_MAX, INT32_MIN };
	l->dirty = false;
}

void learn_back_to(struct learner *l, uint32_t level)
{
	const struct level *target;

	if (learn_level(l) <= level)
		return;
	target = (const struct level *)l->levels.items + level;
	while (l->part_steps.len > target->parts)
		give_back(l, (const struct part_step *)l->part_steps.items + --l->part_steps.len);
	while (l->trail.len > target->trail) {
		const struct step *step = (const struct step *)l->trail.items + --l->trail.len;

		l->bound[step->x] = step->before;
		l->latest[step->x] = step->previous;
		learn_reopen(l, step->x, step->before, step->after);
	}
	l->levels.len = level;
	l->head = l->trail.len;
	forget_changes(l);
	memset(l->moved, 0, l->count);
}

/* --- links ----------------------------------------------------------------------------------- */

static bool push_links(struct learner *l, uint32_t x)
{
	for (uint32_t k = l->first_push[x]; k < l->first_push[x + 1]; k++) {
		const struct push *push = &l->pushes[k];
		struct literal to = { push->to, l->bound[x] + push->lag };
		struct reason reason = { REASON_ARC, x, push->lag };

		if (l->bound[to.x] < to.k && !learn_raise(l, to, reason))
			return false;
	}
	return true;
}

/* --- clauses --------------------------------------------------------------------------------- */

static bool is_true(const struct learner *l, struct literal literal)
{
	return l->bound[literal.x] >= literal.k;
}

static bool is_false(const struct learner *l, struct literal literal)
{
	return l->bound[literal.x ^ 1] > -literal.k;
}

static void watch(struct learner *l, uint32_t number, struct literal literal, struct literal other)
{
	struct watch w = { number, 1 - literal.k, other };

	vec_append(&l->watches[literal.x ^ 1], &w);
}

/* Moves the watch from literals[1], which fell, to one that did not fall. */
static bool move_watch(struct learner *l, uint32_t number, struct clause *clause)
{
	for (uint32_t i = 2; i < clause->size; i++) {
		struct literal literal = clause->literals[i];

		if (is_false(l, literal))
			continue;
		clause->literals[i] = clause->literals[1];
		clause->literals[1] = literal;
		watch(l, number, literal, clause->literals[0]);
		return true;
	}
	return false;
}

/* One clause whose literal (x ^ 1, …) has fallen. `keep`: the watch stays. False: a conflict. */
static bool visit_clause(struct learner *l, uint32_t x, struct watch *w, bool *keep)
{
	struct clause *clause = ((struct clause **)l->clauses.items)[w->clause];
	struct literal *first = clause->literals;

	*keep = false;
	if (clause->gone)
		return true;
	if (first[0].x == (x ^ 1) && first[0].k == 1 - w->threshold) {
		struct literal swap = first[0];

		first[0] = first[1];
		first[1] = swap;
	}
	if (is_true(l, first[0])) {
		w->other = first[0];
		*keep = true;
		return true;
	}
	if (move_watch(l, w->clause, clause))
		return true;
	*keep = true;
	return learn_raise(l, first[0], (struct reason){ REASON_CLAUSE, w->clause, 0 });
}

static bool visit_clauses(struct learner *l, uint32_t x, int32_t before, int32_t after)
{
	struct vec *list = &l->watches[x];
	size_t kept = 0, i = 0;
	bool good = true;

	for (; i < list->len && good; i++) {
		struct watch w = ((struct watch *)list->items)[i];
		bool keep = true;

		if (w.threshold > before && w.threshold <= after && !is_true(l, w.other))
			good = visit_clause(l, x, &w, &keep);
		if (keep)
			((struct watch *)list->items)[kept++] = w;
	}
	if (kept < i)
		memmove((struct watch *)list->items + kept, (struct watch *)list->items + i,
			(list->len - i) * sizeof(struct watch));
	list->len -= i - kept;
	return good;
}

/* --- time table ------------------------------------------------------------------------------ */

/* One more than the last period of [from, to) in which v does not fit; from when it fits in all. */
static int32_t behind_last_misfit(const struct learner *l, uint32_t v, int32_t from, int32_t to)
{
	const struct view *view = &l->in->view[FORWARD];

	for (uint32_t k = view->first_use[v]; k < view->first_use[v + 1]; k++) {
		const uint64_t *free = l->free[view->uses[k].word];
		uint64_t guard = l->in->guard[view->uses[k].word], amount = view->uses[k].amount;
		int32_t t = to;

		while (t > from && ((free[t - 1] - amount) & guard) == guard)
			t--;
		from = t > from ? t : from;
	}
	return from;
}

/* The first such period; to when there is none. */
static int32_t first_misfit(const struct learner *l, uint32_t v, int32_t from, int32_t to)
{
	const struct view *view = &l->in->view[FORWARD];

	for (uint32_t k = view->first_use[v]; k < view->first_use[v + 1]; k++) {
		const uint64_t *free = l->free[view->uses[k].word];
		uint64_t guard = l->in->guard[view->uses[k].word], amount = view->uses[k].amount;
		int32_t t = from;

		while (t < to && ((free[t] - amount) & guard) == guard)
			t++;
		to = t < to ? t : to;
	}
	return to;
}

/* A resource that is short for v in period t. */
static uint32_t short_of(const struct learner *l, uint32_t v, int32_t t)
{
	const struct instance *in = l->in;

	for (uint32_t r = 0; r < in->resource_count; r++) {
		const struct renewable *resource = &in->resources[r];
		uint64_t free = l->free[resource->word][t] >> resource->shift;

		if ((free & ((1ull << (resource->bits - 1)) - 1)) < (uint64_t)resource->demand[v])
			return r;
	}
	return 0;
}

static bool overload(struct learner *l, uint32_t v, int32_t t)
{
	struct literal early = { 2 * v, t - l->duration[v] + 1 }, late = { 2 * v + 1, -t };

	vec_clear(&l->conflict);
	learn_explain_time(l, v, short_of(l, v, t), t, (int32_t)l->trail.len, &l->conflict);
	vec_append(&l->conflict, &early);
	vec_append(&l->conflict, &late);
	return false;
}

static bool take_part(struct learner *l, uint32_t v, int32_t from, int32_t to, struct part now)
{
	const struct view *view = &l->in->view[FORWARD];
	struct part_step step = { v, from, to, l->parts[v] };

	int32_t t = first_misfit(l, v, from, to);

	if (t < to)
		return overload(l, v, t);
	for (uint32_t k = view->first_use[v]; k < view->first_use[v + 1]; k++)
		for (t = from; t < to; t++)
			l->free[view->uses[k].word][t] -= view->uses[k].amount;
	vec_append(&l->part_steps, &step);
	l->parts[v] = now;
	l->taken.from = from < l->taken.from ? from : l->taken.from;
	l->taken.to = to > l->taken.to ? to : l->taken.to;
	return true;
}

bool learn_grow_part(struct learner *l, uint32_t v)
{
	struct part before = l->parts[v];
	struct part now = { -l->bound[2 * v + 1], l->bound[2 * v] + l->duration[v] };
	struct part half = { now.from, before.to };

	if (now.from >= now.to || (before.from == now.from && before.to == now.to))
		return true;
	if (before.from >= before.to)
		return take_part(l, v, now.from, now.to, now);
	if (now.from < before.from && !take_part(l, v, now.from, before.from, half))
		return false;
	return before.to >= now.to || take_part(l, v, before.to, now.to, now);
}

/* v cannot run in period t. */
static bool avoid(struct learner *l, uint32_t v, int32_t t, struct literal to)
{
	struct reason reason = { REASON_TIME, short_of(l, v, t), t };

	return learn_raise(l, to, reason);
}

/* The earliest window of v, but for its own part. */
static bool tighten_early(struct learner *l, uint32_t v)
{
	struct literal to = { .x = 2 * v };

	for (;;) {
		int32_t start = l->bound[2 * v], late = -l->bound[2 * v + 1], t = start + l->duration[v];

		t = t < late ? t : late;
		t = t > start ? behind_last_misfit(l, v, start, t) : start;
		if (t <= start)
			return true;
		to.k = t;
		if (!avoid(l, v, t - 1, to))
			return false;
	}
}

static bool tighten_late(struct learner *l, uint32_t v)
{
	struct literal to = { .x = 2 * v + 1 };

	for (;;) {
		int32_t late = -l->bound[2 * v + 1], t = l->bound[2 * v] + l->duration[v], end = late + l->duration[v];

		t = t > late ? t : late;
		t = t < end ? first_misfit(l, v, t, end) : end;
		if (t >= end)
			return true;
		to.k = l->duration[v] - t;
		if (!avoid(l, v, t, to))
			return false;
	}
}

/* Has nothing been taken in its windows, and neither end of it moved, since it was looked at? */
static bool is_settled(const struct learner *l, uint32_t v, struct part taken)
{
	int32_t early = l->bound[2 * v], late = -l->bound[2 * v + 1], duration = l->duration[v];

	return early == late || (!l->moved[v] && (early >= taken.to || early + duration <= taken.from) &&
		(late >= taken.to || late + duration <= taken.from));
}

static bool look_at_time(struct learner *l)
{
	const struct view *view = &l->in->view[FORWARD];
	struct part taken = l->taken;

	forget_changes(l);
	for (uint32_t v = 0; v + 1 < l->count; v++) {
		if (view->first_use[v] == view->first_use[v + 1] || is_settled(l, v, taken)) {
			l->moved[v] = 0;
			continue;
		}
		l->moved[v] = 0;
		if (!tighten_early(l, v) || !tighten_late(l, v))
			return false;
	}
	return true;
}

static bool follow(struct learner *l, struct step step)
{
	const struct view *view = &l->in->view[FORWARD];
	uint32_t v = step.x >> 1;

	l->dirty = true;
	l->moved[v] = 1;
	if (!push_links(l, step.x) || !visit_clauses(l, step.x, step.before, step.after))
		return false;
	return v + 1 == l->count || view->first_use[v] == view->first_use[v + 1] || learn_grow_part(l, v);
}

bool learn_propagate(struct learner *l)
{
	do {
		while (l->head < l->trail.len)
			if (!follow(l, ((struct step *)l->trail.items)[l->head++]))
				return false;
		if (l->dirty && !look_at_time(l))
			return false;
	} while (l->head < l->trail.len);
	return true;
}
