/*
 * What the learning lane asks, and in which order.
 *
 * In turn: is there a schedule as short as the bound (a "no" raises the bound, a "yes" is the optimum); can the best schedule be
 * shortened within a window, everything before it and behind it staying where it is; is there any schedule shorter than the best
 * (a "no" proves it). Each has its number of conflicts before it is the next one's turn, windows more the larger the problem is.
 *
 * A window: the best schedule is laid against its start (left) and against its end (right). What ends before the window when laid left may not
 * start later than there; what starts behind it when laid right may not start more than one period earlier than
 * there; the schedule must be one period shorter. So only the activities around the window are free, and small questions are answered in
 * few conflicts (large neighbourhood search; Palpant, Artigues, Michelon 2004). Windows grow while the answer is "no" and shrink
 * when there is none.
 */
#include "solve/solve-internal.h"

#include "base/alloc.h"
#include "base/random.h"

#include <stdlib.h>
#include <string.h>

enum {
	PATIENCE = 100,       /* conflicts a turn, at first */
	WINDOW_PATIENCE = 200, /* conflicts a window */
	LARGE = 30,           /* activities; each so many make windows worth another share of conflicts */
	FREE_LEAST = 8,       /* activities around a window */
	FREE_FIRST = 24
};

enum turn { TURN_BOUND, TURN_WINDOWS, TURN_BEST, TURNS };

struct prober {
	const struct instance *in;
	struct learner *learner;
	struct generator generator;
	struct solution best;
	int32_t *left, *right, *key, *early, *late; /* by number */
	bool laid;         /* left and right are of the best */
	uint64_t seed, drawn, patience, turn_left;
	enum turn turn;
	uint32_t around;   /* activities to be free */
};

struct prober *prober_new(const struct instance *in, uint64_t seed)
{
	struct prober *p = xcalloc(1, sizeof(*p));

	p->in = in;
	p->seed = seed;
	p->patience = p->turn_left = PATIENCE;
	p->around = FREE_FIRST;
	p->left = xcalloc(in->count, sizeof(*p->left));
	p->right = xcalloc(in->count, sizeof(*p->right));
	p->key = xcalloc(in->count, sizeof(*p->key));
	p->early = xcalloc(in->count, sizeof(*p->early));
	p->late = xcalloc(in->count, sizeof(*p->late));
	solution_init(&p->best, in);
	generator_init(&p->generator, in);
	return p;
}

void prober_free(struct prober *p)
{
	if (p->learner)
		learner_free(p->learner);
	generator_release(&p->generator);
	solution_release(&p->best);
	free(p->left);
	free(p->right);
	free(p->key);
	free(p->early);
	free(p->late);
	free(p);
}

const struct solution *prober_best(const struct prober *p)
{
	return &p->best;
}

static void take(struct prober *p, const int32_t *start)
{
	int32_t finish = 0;

	for (uint32_t v = 0; v < p->in->count; v++)
		if (start[v] + p->in->view[FORWARD].duration[v] > finish)
			finish = start[v] + p->in->view[FORWARD].duration[v];
	if (finish >= p->best.value)
		return;
	p->best.value = finish;
	memmove(p->best.start, start, p->in->count * sizeof(*start));
	p->laid = false;
	learner_follow(p->learner, p->best.start);
	learner_limit(p->learner, finish - 1);
}

/* One pass over `from`, as seen from one end, gives `to` as seen from the other. */
static int32_t lay(struct prober *p, int direction, const int32_t *from, int32_t *to)
{
	const struct view *view = &p->in->view[direction];
	uint32_t last = view->count - 1;
	int32_t length = generate(&p->generator, direction, generator_sort(&p->generator, direction, from),
		(int32_t)p->best.value, p->key);

	for (uint32_t v = 0; v < view->count; v++)
		to[last - v] = length - p->key[v] - view->duration[v];
	return length;
}

/* Left and right from the best; both passes count. They may find a shorter one. */
static void lay_both(struct prober *p, struct quota *quota)
{
	int32_t *swap = p->early, length;

	p->laid = true;
	lay(p, FORWARD, p->best.start, swap);
	memcpy(p->left, p->key, p->in->count * sizeof(*p->left));
	length = lay(p, BACKWARD, swap, p->right);
	for (uint32_t v = 0; v < p->in->count; v++)
		p->right[v] += (int32_t)p->best.value - length;
	quota->schedules -= quota->schedules < 2 ? quota->schedules : 2;
	if (length < p->best.value && p->in->steady) {
		for (uint32_t v = 0; v < p->in->count; v++)
			p->right[v] -= (int32_t)p->best.value - length;
		take(p, p->right);
		lay_both(p, quota);
	}
}

/* Bounds for everything that is not around [from, to); returns how many are free. */
static uint32_t bound_window(struct prober *p, int32_t from, int32_t to)
{
	uint32_t count = 0;

	for (uint32_t v = 0; v < p->in->count; v++) {
		p->early[v] = 0;
		p->late[v] = INT32_MAX;
		if (p->left[v] + p->in->view[FORWARD].duration[v] <= from)
			p->late[v] = p->left[v];
		else if (p->right[v] >= to)
			p->early[v] = p->right[v] - 1;
		else
			count++;
	}
	return count;
}

/* A window somewhere, as wide as makes about p->around activities free. */
static void choose_window(struct prober *p)
{
	int32_t finish = (int32_t)p->best.value;
	int32_t middle = (int32_t)random_below(p->seed, UINT64_MAX, p->drawn++, (uint64_t)finish + 1), half = 0;

	while (half < finish && bound_window(p, middle - half, middle + half + 1) < p->around)
		half += 1 + half / 8;
}

static enum learner_answer ask(struct prober *p, const struct question *question, struct quota *quota)
{
	enum learner_answer answer = learner_ask(p->learner, question, p->key, quota);

	if (answer == LEARNER_YES)
		take(p, p->key);
	return answer;
}

static void ask_window(struct prober *p, struct quota *quota)
{
	struct question question = { .conflicts = WINDOW_PATIENCE, .early = p->early, .late = p->late };
	enum learner_answer answer;

	if (!p->laid)
		lay_both(p, quota);
	if (quota_spent(quota))
		return;
	choose_window(p);
	question.finish = (int32_t)p->best.value - 1;
	answer = ask(p, &question, quota);
	if (answer == LEARNER_NO && p->around < p->in->count)
		p->around++;
	else if (answer == LEARNER_UNKNOWN && p->around > FREE_LEAST)
		p->around--;
}

static void next_turn(struct prober *p)
{
	p->turn = (p->turn + 1) % TURNS;
	if (p->turn == TURN_BOUND)
		p->patience += p->patience / 2;
	p->turn_left = p->patience;
	if (p->turn == TURN_WINDOWS)
		p->turn_left *= 1 + p->in->count / LARGE;
}

static void ask_next(struct prober *p, int32_t bound, struct quota *quota)
{
	struct question question = { .conflicts = p->turn_left };
	uint64_t before = quota->schedules, used;
	enum learner_answer answer = LEARNER_NO;

	question.finish = p->turn == TURN_BOUND ? bound : (int32_t)p->best.value - 1;
	if (p->turn == TURN_WINDOWS)
		ask_window(p, quota);
	else
		answer = ask(p, &question, quota);
	used = before - quota->schedules + (p->turn == TURN_WINDOWS ? 2 : 0);
	p->turn_left -= used < p->turn_left ? used : p->turn_left;
	if (p->turn_left == 0 || answer == LEARNER_UNKNOWN)
		next_turn(p);
}

void prober_run(struct prober *p, const struct solution *best, int64_t *bound, struct quota *quota)
{
	if (!p->learner)
		p->learner = learner_new(p->in, (int32_t)best->value);
	take(p, best->start);
	while (!quota_spent(quota) && *bound < p->best.value) {
		if (learner_bound(p->learner) > *bound)
			*bound = learner_bound(p->learner);
		if (*bound < p->best.value)
			ask_next(p, (int32_t)*bound, quota);
	}
	if (p->learner && learner_bound(p->learner) > *bound)
		*bound = learner_bound(p->learner);
}
