/* Longest paths, drag and the cause of negative float: worked cases, and small random networks against counting all paths. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "base/alloc.h"
#include "base/random.h"
#include "plan/paths.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define P    "[project]\nname = x\nstart = 2026-03-02\n"
#define FLAT "[project]\nname = x\nstart = 2000-01-01\nhours_per_day = 24\ndays_per_week = 7\ncalendar = always\n" \
	     "[calendar always]\nweek = mon-sun 00:00-24:00\n"
#define DAY  480

static void open_good(struct planned *p, const char *text)
{
	planned_init(p, text);
	if (p->loading.errors > 0 || p->status != 0)
		fail_msg("%s", p->status ? "cannot be scheduled" : "cannot be loaded");
}

/* "A B:0 | C B:2d" … days of float behind each path. */
static void assert_paths(const struct planned *p, const char *to, size_t most, int64_t day, const char *wanted)
{
	struct path_request request = { to ? plan_find(&p->plan, slice_of(to)) : PLAN_NO_TASK, most, INT64_MAX };
	struct plan_paths paths;
	struct strbuf out;

	strbuf_init(&out);
	plan_paths_find(&paths, &p->plan, &request);
	for (size_t i = 0; i < paths.count; i++) {
		int64_t sum = 0;

		strbuf_add_str(&out, i ? " |" : "");
		for (size_t s = 0; s < paths.items[i].count; s++) {
			struct slice id = plan_id(&p->plan, paths.items[i].steps[s].task);

			strbuf_addf(&out, "%s%.*s", i || s ? " " : "", (int)id.len, id.at);
			sum += paths.items[i].steps[s].slack;
		}
		assert_true(sum <= paths.items[i].path_float);
		strbuf_addf(&out, ":%lld", (long long)(paths.items[i].path_float / day));
	}
	strbuf_add_str(&out, paths.more ? " …" : "");
	assert_string_equal(out.buf, wanted);
	strbuf_release(&out);
	plan_paths_release(&paths);
}

static void longest_paths_come_in_order(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 10d\n[task B]\nduration = 8d\n[task C]\nduration = 5d\ndepends = A, B\n"
			"[task D]\nduration = 3d\ndepends = B\n[task E]\nduration = 1d\n");
	assert_paths(&p, NULL, 1, DAY, "A C:0 …");
	assert_paths(&p, NULL, 9, DAY, "A C:0 | B C:2 | B D:4 | E:14");
	assert_paths(&p, "D", 9, DAY, "B D:0");
	assert_paths(&p, "C", 9, DAY, "A C:0 | B C:2");
	assert_paths(&p, "E", 9, DAY, "E:0");
	planned_release(&p);
}

static void paths_go_through_parents(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task X]\nduration = 2d\n[task P]\ndepends = X\n[task A]\nparent = P\nduration = 4d\n"
			"[task B]\nparent = P\nduration = 3d\n[task Y]\nduration = 1d\ndepends = P\n"
			"[task Z]\nduration = 1d\ndepends = P SS+3d\n");
	assert_paths(&p, NULL, 9, DAY, "X A Y:0 | X B Y:1 | X A Z:1");
	assert_paths(&p, "P", 9, DAY, "X A:0 | X B:1");
	planned_release(&p);
}

/* Constraints begin paths of their own; finished work is history. */
static void paths_begin_where_no_link_holds(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 2d\n[task B]\nduration = 5d\ndepends = A\nnot_before = 2026-03-06\n"
			"[task C]\nduration = 1d\ndepends = B\n");
	assert_paths(&p, NULL, 9, DAY, "B C:0 | A B C:2");
	planned_release(&p);
	open_good(&p, P "status_date = 2026-03-04\n[task A]\nduration = 2d\nactual_start = 2026-03-02\nactual_finish = 2026-03-03\n"
			"[task B]\nduration = 5d\ndepends = A\n[task C]\nduration = 1d\ndepends = B SS+1d\n");
	assert_paths(&p, NULL, 9, DAY, "B:0 | B C:3");
	planned_release(&p);
	open_good(&p, P);
	assert_paths(&p, NULL, 9, DAY, "");
	planned_release(&p);
}

static void paths_stay_within_the_float_asked_for(void **state)
{
	struct path_request request = { PLAN_NO_TASK, 9, 2 * DAY };
	struct plan_paths paths;
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 10d\n[task B]\nduration = 8d\n[task C]\nduration = 7d\n");
	plan_paths_find(&paths, &p.plan, &request);
	assert_int_equal(paths.count, 2);
	assert_false(paths.more);
	plan_paths_release(&paths);
	planned_release(&p);
}

static int64_t drag_of(struct planned *p, const char *id)
{
	plan_find_drag(&p->plan);
	return p->plan.drag[plan_find(&p->plan, slice_of(id))];
}

/* Devaux: a critical task's drag is its duration or the float beside it. */
static void drag_is_what_shortening_gains(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 10d\n[task B]\nduration = 7d\n[task D]\nduration = 2d\ndepends = A, B\n");
	assert_int_equal(drag_of(&p, "A"), 3 * DAY);
	assert_int_equal(drag_of(&p, "B"), 0);
	assert_int_equal(drag_of(&p, "D"), 2 * DAY);
	planned_release(&p);
	/* two critical paths beside one another: shortening one alone gains nothing */
	open_good(&p, P "[task A]\nduration = 5d\n[task B]\nduration = 5d\n[task P]\ndepends = A, B\n"
			"[task C]\nparent = P\nduration = 4d\n[task D]\nparent = P\nduration = 1d\n[task M]\nmilestone = yes\ndepends = P\n");
	assert_int_equal(drag_of(&p, "A"), 0);
	assert_int_equal(drag_of(&p, "C"), 3 * DAY);
	assert_int_equal(drag_of(&p, "D"), 0);
	assert_int_equal(drag_of(&p, "M"), 0);
	planned_release(&p);
	/* the start of a task counts whatever its duration */
	open_good(&p, P "[task A]\nduration = 5d\n[task B]\nduration = 8d\ndepends = A SS+1d\n");
	assert_int_equal(drag_of(&p, "A"), 0);
	assert_int_equal(drag_of(&p, "B"), 4 * DAY);
	planned_release(&p);
}

static void assert_cause(const struct planned *p, const char *id, const char *by, const char *field)
{
	const char *found;
	uint32_t cause = plan_late_cause(&p->plan, plan_find(&p->plan, slice_of(id)), &found);

	assert_int_equal(cause, by ? plan_find(&p->plan, slice_of(by)) : PLAN_NO_TASK);
	if (field)
		assert_string_equal(found, field);
	else
		assert_null(found);
}

static void negative_float_has_a_cause(void **state)
{
	struct planned p;

	(void)state;
	open_good(&p, P "[task A]\nduration = 5d\n[task Q]\ndepends = A\nnot_after = 2026-03-10\n[task B]\nparent = Q\nduration = 5d\n"
			"[task C]\nduration = 2d\ndepends = A\nmust_start = 2026-03-06\n[task D]\nduration = 1d\n");
	assert_cause(&p, "A", "Q", "not_after");
	assert_cause(&p, "B", "Q", "not_after");
	assert_cause(&p, "C", "C", "must_start");
	assert_cause(&p, "D", NULL, NULL);
	assert_int_equal(p.plan.total_float[plan_find(&p.plan, slice_of("A"))], -3 * DAY);
	planned_release(&p);
	open_good(&p, P "finish = 2026-03-04\n[task A]\nduration = 2d\n[task B]\nduration = 3d\ndepends = A\n");
	assert_cause(&p, "A", NULL, "finish");
	assert_int_equal(p.plan.total_float[plan_find(&p.plan, slice_of("A"))], -2 * DAY);
	assert_int_equal(planned_found(&p, "finish-missed"), 1);
	planned_release(&p);
}

/* --- random networks of a uniform calendar, all paths counted --- */

enum { TASKS = 9, LINKS = 36 };

struct network {
	int count, links;
	int first, last;  /* tasks of a parent P, when last >= first; */
	int before, after; /* P waits for this one, this one for P; -1: nobody */
	int duration[TASKS], from[LINKS], to[LINKS], lag[LINKS];
	const char *type[LINKS];
};

static void make_network(struct network *n, uint64_t seed, bool all_types)
{
	static const char *const types[] = { "FS", "FS", "SS", "FF" };
	uint64_t c = 0;

	n->count = 3 + (int)random_below(seed, 1, c++, TASKS - 2);
	n->links = 0;
	n->first = 0;
	n->last = n->before = n->after = -1;
	for (int i = 0; i < n->count; i++)
		n->duration[i] = 1 + (int)random_below(seed, 1, c++, 9);
	for (int i = 0; i < n->count; i++)
		for (int j = i + 1; j < n->count; j++) {
			if (random_below(seed, 1, c++, 100) >= 35)
				continue;
			n->from[n->links] = i;
			n->to[n->links] = j;
			n->lag[n->links] = (int)random_below(seed, 1, c++, 3);
			n->type[n->links++] = all_types ? types[random_below(seed, 1, c++, 4)] : "FS";
		}
}

/* without: a task that takes no time; -1: none. */
static void open_network(struct planned *p, const struct network *n, int without)
{
	struct strbuf text;

	strbuf_init(&text);
	strbuf_add_str(&text, FLAT);
	for (int i = 0; i < n->count; i++) {
		const char *separator = "depends = ";

		strbuf_addf(&text, "[task T%d]\nduration = %dd\n", i, i == without ? 0 : n->duration[i]);
		if (i >= n->first && i <= n->last)
			strbuf_add_str(&text, "parent = P\n");
		for (int k = 0; k < n->links; k++)
			if (n->to[k] == i) {
				strbuf_addf(&text, "%sT%d %s+%dd", separator, n->from[k], n->type[k], n->lag[k]);
				separator = ", ";
			}
		if (i == n->after)
			strbuf_addf(&text, "%sP", separator);
		strbuf_add_str(&text, "\n");
	}
	if (n->last >= n->first)
		strbuf_add_str(&text, "[task P]\n");
	if (n->last >= n->first && n->before >= 0)
		strbuf_addf(&text, "depends = T%d\n", n->before);
	open_good(p, text.buf);
	strbuf_release(&text);
}

struct lengths {
	int items[100000];
	size_t count;
};

static void count_paths(const struct network *n, int task, int length, struct lengths *out)
{
	bool last = true;

	for (int k = 0; k < n->links; k++)
		if (n->from[k] == task) {
			last = false;
			count_paths(n, n->to[k], length + n->duration[task] + n->lag[k], out);
		}
	if (last && out->count < ARRAY_SIZE(out->items))
		out->items[out->count++] = length + n->duration[task];
}

static int by_length(const void *a, const void *b)
{
	return *(const int *)b - *(const int *)a;
}

/* With FS links alone a path's float is what it is shorter than the longest. */
static void random_paths_are_the_longest(void **state)
{
	struct lengths *all = malloc(sizeof(*all));

	(void)state;
	for (uint64_t seed = 1; seed <= 150; seed++) {
		struct path_request request = { PLAN_NO_TASK, 100, INT64_MAX };
		struct plan_paths paths;
		struct network n;
		struct planned p;

		make_network(&n, seed, false);
		open_network(&p, &n, -1);
		all->count = 0;
		for (int i = 0; i < n.count; i++) {
			bool first = true;

			for (int k = 0; k < n.links; k++)
				first &= n.to[k] != i;
			if (first)
				count_paths(&n, i, 0, all);
		}
		qsort(all->items, all->count, sizeof(int), by_length);
		plan_paths_find(&paths, &p.plan, &request);
		assert_int_equal(paths.count, all->count < 100 ? all->count : 100);
		assert_int_equal(paths.more, all->count > 100);
		for (size_t i = 0; i < paths.count; i++)
			if (paths.items[i].path_float != (int64_t)(all->items[0] - all->items[i]) * MINUTES_PER_DAY)
				fail_msg("seed %d path %zu", (int)seed, i);
		plan_paths_release(&paths);
		planned_release(&p);
	}
	free(all);
}

/* A finish that is held pushes the start: a task's work can then not be taken away without its start moving. */
static bool is_pushed(const struct network *n)
{
	for (int a = 0; a < n->links; a++)
		for (int b = 0; b < n->links; b++)
			if (strcmp(n->type[a], "FF") == 0 && strcmp(n->type[b], "SS") == 0 && n->to[a] == n->from[b])
				return true;
	return false;
}

/* Some of the tasks in the middle become children; none of their links leads back through the parent. */
static void add_parent(struct network *n, uint64_t seed)
{
	n->first = 1 + (int)random_below(seed, 3, 0, (uint64_t)n->count - 2);
	n->last = n->first + (int)random_below(seed, 3, 1, (uint64_t)(n->count - 1 - n->first));
	n->before = (int)random_below(seed, 3, 2, (uint64_t)n->first);
	n->after = n->last + 1;
}

/* Drag by its definition: the finish without the task's duration. */
static void random_drag_is_what_the_finish_gains(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 300; seed++) {
		struct network n;
		struct planned p, shorter;

		make_network(&n, seed + 1000, true);
		if (seed % 2)
			add_parent(&n, seed);
		if (is_pushed(&n))
			continue;
		open_network(&p, &n, -1);
		plan_find_drag(&p.plan);
		for (int i = 0; i < n.count; i++) {
			char id[16];
			int64_t gain;

			snprintf(id, sizeof(id), "T%d", i);
			open_network(&shorter, &n, i);
			gain = p.plan.project_finish - shorter.plan.project_finish;
			if (p.plan.drag[plan_find(&p.plan, slice_of(id))] != gain)
				fail_msg("seed %d %s: drag %lld, gained %lld", (int)seed, id,
					(long long)p.plan.drag[plan_find(&p.plan, slice_of(id))], (long long)gain);
			planned_release(&shorter);
		}
		planned_release(&p);
	}
}

/* A long chain, and one task with a thousand links: no recursion, no blow-up. */
static void long_and_wide_networks_end(void **state)
{
	struct strbuf text;
	struct planned p;

	(void)state;
	strbuf_init(&text);
	strbuf_add_str(&text, P "[task C0]\nduration = 1min\n");
	for (int i = 1; i < 20000; i++)
		strbuf_addf(&text, "[task C%d]\nduration = 1min\ndepends = C%d\n", i, i - 1);
	strbuf_add_str(&text, "[task W]\nduration = 1d\ndepends = C0");
	for (int i = 1; i < 1000; i++)
		strbuf_addf(&text, ", C%d", i);
	strbuf_add_str(&text, "\n");
	open_good(&p, text.buf);
	plan_find_drag(&p.plan);
	assert_int_equal(p.plan.drag[plan_find(&p.plan, slice_of("C19999"))], 1);
	{
		struct path_request request = { plan_find(&p.plan, slice_of("W")), 50, INT64_MAX };
		struct plan_paths paths;

		plan_paths_find(&paths, &p.plan, &request);
		assert_int_equal(paths.count, 50);
		assert_int_equal(paths.items[0].count, 1001);
		assert_int_equal(paths.items[0].path_float, 0);
		assert_int_equal(paths.items[1].path_float, 1);
		plan_paths_release(&paths);
	}
	planned_release(&p);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(longest_paths_come_in_order),
		cmocka_unit_test(paths_go_through_parents),
		cmocka_unit_test(paths_begin_where_no_link_holds),
		cmocka_unit_test(paths_stay_within_the_float_asked_for),
		cmocka_unit_test(drag_is_what_shortening_gains),
		cmocka_unit_test(negative_float_has_a_cause),
		cmocka_unit_test(random_paths_are_the_longest),
		cmocka_unit_test(random_drag_is_what_the_finish_gains),
		cmocka_unit_test(long_and_wide_networks_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
