/*
 * A good order for levelling: several priority rules, both generation schemes, justified; then small changes of the best.
 *
 * Rules (smaller key first), from the passes of the critical path on the instance:
 *	LFT  latest finish        LST  latest start        SLK  late less early start
 *	GRPW greatest rank positional weight: own and successors' durations
 *	MTS  most successors, counted by their weights here: work behind it
 * Justification (Valls, Ballestín, Quintanilla, "Justification and RCPSP: a technique that pays", 2005): place all activities again, from
 * the last finish backwards, each as late as it can; then forwards, from the first start, each as early as it can. Neither
 * can make the schedule longer, and most become shorter.
 * With passes left, the starts of the best schedule with some noise on them are the next keys.
 *
 * With up to 5,000 activities the search of lib/solve goes on from there, for 100,000 placements.
 *
 * How many passes: 10,000 placements in all (a few milliseconds) and at most 100 schedules, and ten times as many by lib/solve
 * (20 ms for 1,000 activities), so that lists and checks of any size do not wait; none beyond one that meets the lower bound
 * (critical path, or the work of a resource over its capacity). Random numbers are counter-based: the result is the same everywhere.
 * Cost: schedules × generate_*.
 */
#include "plan/level-problem-internal.h"
#include "plan/level_search-internal.h"

#include "base/alloc.h"
#include "base/random.h"

#include <stdlib.h>
#include <string.h>

enum { PLACEMENTS = 10000, SCHEDULES_MOST = 100, SEED = 2005 };

/* What lib/solve may add: so much work, on instances no larger and with no more periods (its tables have one entry each). */
enum { SOLVE_PLACEMENTS = 100000, SOLVE_SCHEDULES = 200, SOLVE_ACTIVITIES = 5000, SOLVE_PERIODS = 20000 };

enum rule { RULE_LFT, RULE_LST, RULE_WORK_BEHIND, RULE_SLACK, RULE_WEIGHT, RULE_COUNT };

struct search {
	const struct level_instance *in;
	struct level_view forward, backward;
	struct level_generator generator;
	uint32_t *order;        /* topological */
	int64_t *early, *late;  /* starts of the critical path's passes */
	int64_t *behind;        /* work of all that follow, each counted once a path at most 2^40 */
	int64_t *key;
	int32_t *start, *turned, *best;
	int32_t best_end, bound, turns;
	int32_t left;           /* schedules */
};

static void sort_activities(struct search *s)
{
	const struct level_instance *in = s->in;
	uint32_t *waits = xcalloc((size_t)in->count + 1, sizeof(*waits)), done = 0, next = 0;

	memcpy(waits, s->forward.degree, in->count * sizeof(*waits));
	for (uint32_t i = 0; i < in->count; i++)
		if (waits[i] == 0)
			s->order[done++] = i;
	while (next < done) {
		uint32_t i = s->order[next++];

		for (uint32_t k = in->first_arc[i]; k < in->first_arc[i + 1]; k++)
			if (--waits[in->arcs[k].to] == 0)
				s->order[done++] = in->arcs[k].to;
	}
	free(waits);
}

static int64_t least(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

/* Early and late starts; the critical path is the first lower bound. */
static void find_path(struct search *s)
{
	const struct level_instance *in = s->in;
	int64_t end = 0;

	for (uint32_t i = 0; i < in->count; i++)
		s->early[i] = in->release[i];
	for (uint32_t at = 0; at < in->count; at++) {
		uint32_t i = s->order[at];

		end = most(end, s->early[i] + in->duration[i]);
		for (uint32_t k = in->first_arc[i]; k < in->first_arc[i + 1]; k++)
			s->early[in->arcs[k].to] = most(s->early[in->arcs[k].to], s->early[i] + in->arcs[k].lag);
	}
	for (uint32_t at = in->count; at-- > 0;) {
		uint32_t i = s->order[at];

		s->late[i] = end - in->duration[i];
		for (uint32_t k = in->first_arc[i]; k < in->first_arc[i + 1]; k++) {
			s->late[i] = least(s->late[i], s->late[in->arcs[k].to] - in->arcs[k].lag);
			s->behind[i] = least(s->behind[i] + s->behind[in->arcs[k].to] + in->duration[in->arcs[k].to],
				(int64_t)1 << 40);
		}
	}
	s->bound = (int32_t)end;
}

/* The work of a resource over its capacity. */
static void bound_by_work(struct search *s)
{
	const struct level_instance *in = s->in;
	int64_t *work = xcalloc((size_t)in->resource_count + 1, sizeof(*work));

	for (uint32_t i = 0; i < in->count; i++)
		for (uint32_t k = in->first_demand[i]; k < in->first_demand[i + 1]; k++)
			work[in->demands[k].resource] += (int64_t)in->duration[i] * in->demands[k].amount;
	for (uint32_t r = 0; r < in->resource_count; r++)
		s->bound = (int32_t)most(s->bound, (work[r] + in->capacity[r] - 1) / most(in->capacity[r], 1));
	free(work);
}

static void fill_keys(struct search *s, enum rule rule)
{
	const struct level_instance *in = s->in;

	for (uint32_t i = 0; i < in->count; i++) {
		int64_t weight = in->duration[i];

		for (uint32_t k = in->first_arc[i]; rule == RULE_WEIGHT && k < in->first_arc[i + 1]; k++)
			weight += in->duration[in->arcs[k].to];
		s->key[i] = rule == RULE_LFT ? s->late[i] + in->duration[i] :
			rule == RULE_LST	 ? s->late[i] :
			rule == RULE_SLACK	 ? s->late[i] - s->early[i] :
			rule == RULE_WEIGHT	 ? -weight :
						   -s->behind[i];
	}
}

static void keep_best(struct search *s, int32_t end)
{
	if (end >= s->best_end)
		return;
	s->best_end = end;
	memcpy(s->best, s->start, s->in->count * sizeof(*s->best));
}

/* Backwards from the last finish, forwards from the first start, as long as it becomes shorter. */
static int32_t justify(struct search *s, int32_t end)
{
	const struct level_instance *in = s->in;
	int32_t before;

	do {
		int32_t turned;

		before = end;
		for (uint32_t i = 0; i < in->count; i++)
			s->key[i] = -((int64_t)s->start[i] + in->duration[i]);
		turned = level_serial(&s->generator, &s->backward, s->key, s->turned);
		for (uint32_t i = 0; i < in->count; i++)
			s->key[i] = (int64_t)turned - s->turned[i] - in->duration[i];
		end = level_serial(&s->generator, &s->forward, s->key, s->start);
		s->left -= 2;
		keep_best(s, end);
	} while (end < before && end > s->bound && s->left > 0);
	return end;
}

static void try_keys(struct search *s, bool parallel)
{
	int32_t end = parallel ? level_parallel(&s->generator, &s->forward, s->key, s->start) :
				 level_serial(&s->generator, &s->forward, s->key, s->start);

	s->left--;
	keep_best(s, end);
	if (end > s->bound)
		justify(s, end);
}

/* The best one's order, shaken. */
static void shake(struct search *s, uint64_t turn)
{
	const struct level_instance *in = s->in;
	uint64_t width = (uint64_t)(s->best_end / (4 << turn % 4)) + 1;

	for (uint32_t i = 0; i < in->count; i++)
		s->key[i] = (int64_t)s->best[i] + (int64_t)random_below(SEED, turn, i, width);
}

static void run(struct search *s)
{
	for (int turn = 0; turn < 2 * RULE_COUNT && s->left > 0 && s->best_end > s->bound; turn++) {
		fill_keys(s, (enum rule)(turn / 2));
		try_keys(s, turn % 2 == 0);
	}
	for (uint64_t turn = 0; s->left > 0 && s->best_end > s->bound; turn++) {
		shake(s, turn);
		try_keys(s, false);
	}
}

/* A population, and the search that learns, from the best order on. */
static void go_on(struct search *s)
{
	const struct level_instance *in = s->in;
	struct solve_options options = { .objective = SOLVE_FINISH, .warm = s->best, .threads = 1, .seed = SEED };
	struct solve_result result;
	struct level_problem problem;

	if (s->best_end <= s->bound || s->best_end > SOLVE_PERIODS || in->count > SOLVE_ACTIVITIES)
		return;
	options.schedules = SOLVE_PLACEMENTS / (in->count + 1);
	if (options.schedules > SOLVE_SCHEDULES)
		options.schedules = SOLVE_SCHEDULES;
	level_problem_init(&problem, in);
	if (solve(&problem.problem, &options, &result, NULL) == 0 && result.finish < s->best_end)
		memcpy(s->best, result.start, in->count * sizeof(*s->best));
	solve_result_release(&result);
	level_problem_release(&problem);
}

int32_t level_search_schedules(uint32_t count)
{
	uint32_t schedules = PLACEMENTS / (count + 1);

	return (int32_t)(schedules > SCHEDULES_MOST ? SCHEDULES_MOST : schedules);
}

void level_search(const struct level_instance *in, int32_t *start)
{
	size_t n = (size_t)in->count + 1;
	struct search s = { .in = in, .best_end = INT32_MAX, .best = start };

	s.left = (int32_t)most(level_search_schedules(in->count), 1);
	level_view_init(&s.forward, in, false);
	level_view_init(&s.backward, in, true);
	level_generator_init(&s.generator, in);
	s.order = xcalloc(n, sizeof(*s.order));
	s.early = xcalloc(n, sizeof(*s.early));
	s.late = xcalloc(n, sizeof(*s.late));
	s.behind = xcalloc(n, sizeof(*s.behind));
	s.key = xcalloc(n, sizeof(*s.key));
	s.start = xcalloc(n, sizeof(*s.start));
	s.turned = xcalloc(n, sizeof(*s.turned));
	sort_activities(&s);
	find_path(&s);
	bound_by_work(&s);
	run(&s);
	go_on(&s);
	level_view_release(&s.forward);
	level_view_release(&s.backward);
	level_generator_release(&s.generator);
	free(s.order);
	free(s.early);
	free(s.late);
	free(s.behind);
	free(s.key);
	free(s.start);
	free(s.turned);
}
