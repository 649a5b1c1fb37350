/*
 * The search that learns: is there a schedule no longer than T?
 *
 * T is assumed first, so what is learned stays true for every other T. An answer "no" raises the lower bound (destructive
 * improvement, Klein and Scholl 1999); "yes" brings a schedule.
 */
#include "solve/learn-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

enum { RESTART_UNIT = 100, CLAUSES_LEAST = 4000 };

/* 1 1 2 1 1 2 4 1 1 2 … (Luby, Sinclair, Zuckerman 1993) */
static uint64_t luby(uint64_t i)
{
	uint64_t size = 1, value = 1;

	while (size < i + 1) {
		size = 2 * size + 1;
		value *= 2;
	}
	while (size - 1 != i) {
		size = (size - 1) / 2;
		value /= 2;
		i %= size;
	}
	return value;
}

static void fill_pushes(struct learner *l)
{
	const struct view *view = &l->in->view[FORWARD];
	uint32_t end = l->count - 1, n = 2 * (view->first_in[end] + end);

	l->first_push = xcalloc(2 * l->count + 2, sizeof(*l->first_push));
	l->pushes = xcalloc(n + 1, sizeof(*l->pushes));
	for (int pass = 0; pass < 2; pass++) {
		for (uint32_t v = 0; v < end; v++) {
			for (uint32_t k = view->first_in[v]; k < view->first_in[v + 1]; k++) {
				uint32_t u = view->in[k].from;

				if (pass) {
					l->pushes[l->first_push[2 * u + 1]++] = (struct push){ 2 * v, view->in[k].lag };
					l->pushes[l->first_push[2 * v + 2]++] = (struct push){ 2 * u + 1, view->in[k].lag };
				} else {
					l->first_push[2 * u + 2]++;
					l->first_push[2 * v + 3]++;
				}
			}
			if (pass) {
				l->pushes[l->first_push[2 * v + 1]++] = (struct push){ 2 * end, view->duration[v] };
				l->pushes[l->first_push[2 * end + 2]++] = (struct push){ 2 * v + 1, view->duration[v] };
			} else {
				l->first_push[2 * v + 2]++;
				l->first_push[2 * end + 3]++;
			}
		}
		for (uint32_t x = 0; !pass && x < 2 * l->count + 1; x++)
			l->first_push[x + 1] += l->first_push[x];
	}
}

static void fill_free(struct learner *l)
{
	const struct instance *in = l->in;
	size_t periods = (size_t)l->horizon + 2;

	for (uint32_t v = 0; v + 1 < l->count; v++)
		if ((size_t)l->horizon + 2 + (size_t)l->duration[v] > periods)
			periods = (size_t)l->horizon + 2 + (size_t)l->duration[v];
	l->free = xcalloc(in->words + 1, sizeof(*l->free));
	for (uint32_t w = 0; w < in->words; w++) {
		uint32_t s = 0;
		uint64_t now = in->nominal[w];

		l->free[w] = xcalloc(periods, sizeof(**l->free));
		for (size_t t = 0; t < periods; t++) {
			while (s < in->step_count && in->step_from[s] <= (int32_t)t)
				now = in->step_free[(size_t)s++ * in->words + w];
			l->free[w][t] = now;
		}
	}
}

static void init_vectors(struct learner *l)
{
	vec_init(&l->assumptions, sizeof(struct literal));
	vec_init(&l->trail, sizeof(struct step));
	vec_init(&l->levels, sizeof(struct level));
	vec_init(&l->part_steps, sizeof(struct part_step));
	vec_init(&l->clauses, sizeof(struct clause *));
	vec_init(&l->spare, sizeof(uint32_t));
	vec_init(&l->conflict, sizeof(struct literal));
	vec_init(&l->reasons, sizeof(struct literal));
	vec_init(&l->needed, sizeof(uint32_t));
	vec_init(&l->running, 3 * sizeof(uint32_t));
	vec_init(&l->learned, sizeof(struct literal));
	for (uint32_t x = 0; x < 2 * l->count; x++)
		vec_init(&l->watches[x], sizeof(struct watch));
}

static void fill_bounds(struct learner *l)
{
	const struct view *view = &l->in->view[FORWARD];
	uint32_t end = l->count - 1;

	for (uint32_t v = 0; v < end; v++) {
		l->duration[v] = view->duration[v];
		l->bound[2 * v] = view->earliest[v];
		l->bound[2 * v + 1] = l->in->tail[v] - l->horizon;
		l->parts[v] = (struct part){ 0, 0 };
	}
	l->bound[2 * end] = l->in->shortest;
	l->bound[2 * end + 1] = -l->horizon;
	for (uint32_t x = 0; x < 2 * l->count; x++)
		l->latest[x] = l->need_step[x] = -1;
}

/* Parts that are there before anything is assumed. */
static bool settle(struct learner *l)
{
	const struct view *view = &l->in->view[FORWARD];

	for (uint32_t v = 0; v + 1 < l->count; v++)
		if (view->first_use[v] < view->first_use[v + 1] && !learn_grow_part(l, v))
			return false;
	memset(l->moved, 1, l->count);
	l->dirty = true;
	return learn_propagate(l);
}

struct learner *learner_new(const struct instance *in, int32_t horizon)
{
	struct learner *l = xcalloc(1, sizeof(*l));
	size_t n = in->count + 1, cells = n * (size_t)(horizon + 1);

	l->in = in;
	l->count = (uint32_t)n;
	l->horizon = l->limit = horizon;
	l->duration = xcalloc(n, sizeof(*l->duration));
	l->bound = xcalloc(2 * n, sizeof(*l->bound));
	l->latest = xcalloc(2 * n, sizeof(*l->latest));
	l->need = xcalloc(2 * n, sizeof(*l->need));
	l->need_step = xcalloc(2 * n, sizeof(*l->need_step));
	l->listed = xcalloc(2 * n, sizeof(*l->listed));
	l->watches = xcalloc(2 * n, sizeof(*l->watches));
	l->parts = xcalloc(n, sizeof(*l->parts));
	l->moved = xcalloc(n, sizeof(*l->moved));
	l->phase = xcalloc(n, sizeof(*l->phase));
	l->activity = xcalloc(cells, sizeof(*l->activity));
	l->heap = xcalloc(cells, sizeof(*l->heap));
	l->place = xcalloc(cells, sizeof(*l->place));
	l->increment = 1 << 10;
	l->clause_most = CLAUSES_LEAST;
	init_vectors(l);
	fill_bounds(l);
	fill_pushes(l);
	fill_free(l);
	l->impossible = !settle(l);
	return l;
}

void learner_free(struct learner *l)
{
	for (uint32_t w = 0; w < l->in->words; w++)
		free(l->free[w]);
	for (size_t i = 0; i < l->clauses.len; i++)
		free(((struct clause **)l->clauses.items)[i]);
	for (uint32_t x = 0; x < 2 * l->count; x++)
		vec_release(&l->watches[x]);
	free(l->free);
	free(l->duration);
	free(l->bound);
	free(l->latest);
	free(l->need);
	free(l->need_step);
	free(l->listed);
	free(l->watches);
	free(l->parts);
	free(l->moved);
	free(l->phase);
	free(l->activity);
	free(l->heap);
	free(l->place);
	free(l->first_push);
	free(l->pushes);
	vec_release(&l->assumptions);
	vec_release(&l->trail);
	vec_release(&l->levels);
	vec_release(&l->part_steps);
	vec_release(&l->clauses);
	vec_release(&l->spare);
	vec_release(&l->conflict);
	vec_release(&l->reasons);
	vec_release(&l->needed);
	vec_release(&l->running);
	vec_release(&l->learned);
	free(l);
}

int32_t learner_bound(const struct learner *l)
{
	return l->impossible ? l->limit + 1 : l->bound[2 * (l->count - 1)];
}

void learner_follow(struct learner *l, const int32_t *start)
{
	memcpy(l->phase, start, (l->count - 1) * sizeof(*start));
}

/* Nothing longer than T is of interest any more. */
void learner_limit(struct learner *l, int32_t finish)
{
	struct literal literal = { 2 * (l->count - 1) + 1, -finish };
	struct reason reason = { .kind = REASON_CHOICE };

	if (finish >= l->limit)
		return;
	l->limit = finish;
	if (!l->impossible && (!learn_raise(l, literal, reason) || !learn_propagate(l)))
		l->impossible = true;
}

static void assume(struct learner *l, const struct question *question)
{
	uint32_t end = l->count - 1;
	struct literal literal = { 2 * end + 1, -question->finish };

	vec_clear(&l->assumptions);
	vec_append(&l->assumptions, &literal);
	for (uint32_t v = 0; question->early && v < end; v++) {
		literal = (struct literal){ 2 * v, question->early[v] };
		if (l->bound[literal.x] < literal.k)
			vec_append(&l->assumptions, &literal);
	}
	for (uint32_t v = 0; question->late && v < end; v++) {
		literal = (struct literal){ 2 * v + 1, -question->late[v] };
		if (l->bound[literal.x] < literal.k)
			vec_append(&l->assumptions, &literal);
	}
}

enum { STEP_ON, STEP_NO, STEP_YES };

/* One deduction and one assumption or choice more. */
static int advance(struct learner *l)
{
	struct reason reason = { .kind = REASON_CHOICE };
	struct literal next;

	if (!learn_propagate(l)) {
		if (learn_from_conflict(l))
			return STEP_ON;
		l->impossible = true;
		return STEP_NO;
	}
	if (learn_level(l) < l->assumptions.len) {
		next = ((struct literal *)l->assumptions.items)[learn_level(l)];
		if (l->bound[next.x ^ 1] > -next.k)
			return STEP_NO;
	} else if (!learn_choose(l, &next)) {
		return STEP_YES;
	}
	learn_new_level(l);
	learn_raise(l, next, reason);
	return STEP_ON;
}

static void restart(struct learner *l)
{
	learn_back_to(l, 0);
	l->restarts++;
	if (l->clause_count > l->clause_most) {
		learn_drop_clauses(l);
		l->clause_most += l->clause_most / 10;
	}
}

enum learner_answer learner_ask(struct learner *l, const struct question *question, int32_t *start, struct quota *quota)
{
	uint64_t first = l->conflicts, seen = first, next = first + RESTART_UNIT * luby(l->restarts);
	int step = STEP_ON;

	assume(l, question);
	while (!l->impossible && step == STEP_ON && l->conflicts - first < question->conflicts && !quota_spent(quota)) {
		step = advance(l);
		if (l->conflicts > seen)
			quota->schedules--;
		seen = l->conflicts;
		if (seen >= next && step == STEP_ON) {
			restart(l);
			next = seen + RESTART_UNIT * luby(l->restarts);
		}
	}
	if (step == STEP_YES)
		for (uint32_t v = 0; v + 1 < l->count; v++)
			start[v] = l->bound[2 * v];
	learn_back_to(l, 0);
	return step == STEP_YES ? LEARNER_YES : step == STEP_NO || l->impossible ? LEARNER_NO : LEARNER_UNKNOWN;
}
