/* Critical chains and their buffers, against published cases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/planned.h"
#include "simulate/chain.h"

#include <math.h>
#include <string.h>

enum { DAY = 480 };

struct chained {
	struct planned planned;
	struct critical_chain chain;
	struct err err;
	int status;
};

static struct chain_options by_points(enum chain_method method)
{
	struct chain_options options = chain_defaults(at("2026-03-02"));

	options.aggressive = (struct chain_point){ CHAIN_OPTIMISTIC, 0 };
	options.safe = (struct chain_point){ CHAIN_PESSIMISTIC, 0 };
	options.method = method;
	return options;
}

static void open_chain(struct chained *c, const char *tasks, struct chain_options options)
{
	struct strbuf text;

	strbuf_init(&text);
	strbuf_addf(&text, "[project]\nname = x\nstart = 2026-03-02\n%s", tasks);
	planned_init(&c->planned, text.buf);
	strbuf_release(&text);
	assert_int_equal(c->planned.loading.errors, 0);
	assert_int_equal(c->planned.status, 0);
	err_init(&c->err);
	c->status = chain_find(&c->chain, &c->planned.plan, &options, &c->err);
	assert_int_equal(c->status, 0);
}

static void close_chain(struct chained *c)
{
	chain_release(&c->chain);
	err_release(&c->err);
	planned_release(&c->planned);
}

static void assert_tasks(const struct chained *c, const struct buffered_chain *chain, const char *wanted)
{
	struct strbuf ids;

	strbuf_init(&ids);
	for (uint32_t i = 0; i < chain->count; i++) {
		strbuf_add_str(&ids, i ? " " : "");
		strbuf_add_slice(&ids, plan_id(&c->planned.plan, chain->tasks[i].task));
	}
	assert_string_equal(ids.buf, wanted);
	strbuf_release(&ids);
}

static const struct buffered_chain *joining(const struct chained *c, const char *id)
{
	for (uint32_t i = 1; i < c->chain.chain_count; i++)
		if (c->chain.chains[i].joins == planned_task(&c->planned, id))
			return &c->chain.chains[i];
	fail_msg("no chain joins %s", id);
	return NULL;
}

/* Case B01 (OR-AS): safe 2 9 5 2 3 6 2 3, aggressive 1 6 3 1 2 4 1 2; critical chain 2-6-8, feeding 1-4 and 3-5-7. */
static const char b01[] = "[task A1]\nduration = 1d/1d/2d\n[task A2]\nduration = 6d/6d/9d\n[task A3]\nduration = 3d/3d/5d\n"
			  "[task A4]\nduration = 1d/1d/2d\ndepends = A1\n[task A5]\nduration = 2d/2d/3d\ndepends = A3\n"
			  "[task A6]\nduration = 4d/4d/6d\ndepends = A2, A4\n[task A7]\nduration = 1d/1d/2d\ndepends = A5\n"
			  "[task A8]\nduration = 2d/2d/3d\ndepends = A6, A7\n";

static void cut_and_paste(void **state)
{
	struct chained c;

	(void)state;
	open_chain(&c, b01, by_points(CHAIN_CUT_AND_PASTE));
	assert_int_equal(c.chain.chain_count, 3);
	assert_tasks(&c, &c.chain.chains[0], "A2 A6 A8");
	assert_int_equal(c.chain.chains[0].length, 12 * DAY);
	assert_int_equal(c.chain.chains[0].buffer, 6 * DAY);
	assert_tasks(&c, joining(&c, "A6"), "A1 A4");
	assert_int_equal(joining(&c, "A6")->buffer, 1 * DAY);
	assert_int_equal(joining(&c, "A6")->gap, 4 * DAY);
	assert_tasks(&c, joining(&c, "A8"), "A3 A5 A7");
	assert_int_equal(joining(&c, "A8")->buffer, 3 * DAY);
	assert_int_equal(joining(&c, "A8")->gap, 4 * DAY);
	assert_int_equal(c.chain.chains[0].planned_finish, at("2026-03-17 18:00"));
	assert_int_equal(c.chain.chains[0].buffered_finish, at("2026-03-25 18:00"));
	assert_int_equal(c.chain.safe_finish, at("2026-03-25 18:00")); /* 9 + 6 + 3 days */
	close_chain(&c);
}

/* The same by RSEM: 3.742, 1.414 and 2.449 days. */
static void root_square_error(void **state)
{
	struct chained c;

	(void)state;
	open_chain(&c, b01, by_points(CHAIN_RSEM));
	assert_int_equal(c.chain.chains[0].buffer, llround(3.7416573867739413 * DAY));
	assert_int_equal(joining(&c, "A6")->buffer, llround(1.4142135623730951 * DAY));
	assert_int_equal(joining(&c, "A8")->buffer, llround(2.449489742783178 * DAY));
	close_chain(&c);
}

/* Case B02 (Grist): 3, 3 and 2 days cut from three tasks make √22 = 4.69 days. */
static void grist(void **state)
{
	static const struct chain_task tasks[] = { { .aggressive = 5 * DAY, .safe = 8 * DAY }, { .aggressive = 4 * DAY, .safe = 7 * DAY },
		{ .aggressive = DAY, .safe = 3 * DAY } };

	(void)state;
	assert_int_equal(chain_buffer(tasks, 3, CHAIN_RSEM, 0), llround(sqrt(22) * DAY));
	assert_int_equal(chain_buffer(tasks, 0, CHAIN_RSEM, 0), 0);
}

/* Two tasks without a link, and one person for both: the chain goes through the person. */
static void through_people(void **state)
{
	struct chained c;

	(void)state;
	open_chain(&c,
		"[resource li]\n[resource wu]\n[task A]\neffort = 4d/4d/8d\nassign = li\n[task B]\neffort = 6d/6d/9d\nassign = li\n"
		"[task C]\neffort = 2d/2d/4d\nassign = wu\n[task D]\nduration = 1d\ndepends = B, A, C\n",
		by_points(CHAIN_CUT_AND_PASTE));
	assert_int_equal(c.chain.chains[0].count, 3);
	assert_int_equal(c.chain.chains[0].length, 11 * DAY);
	assert_true(c.chain.chains[0].tasks[1].by_people && !c.chain.chains[0].tasks[2].by_people);
	assert_int_equal(c.chain.chain_count, 2);
	assert_tasks(&c, &c.chain.chains[1], "C");
	assert_int_equal(c.chain.chains[1].gap, 8 * DAY);
	close_chain(&c);
}

/* A done two days late, B half done: 4 of 10 days and half of 6 are 70 %; two of five days of buffer are 40 %. */
static void fever(void **state)
{
	struct chain_options options = by_points(CHAIN_CUT_AND_PASTE);
	struct chained c;

	(void)state;
	open_chain(&c,
		"status_date = 2026-03-13\n"
		"[task A]\nduration = 4d/4d/8d\nactual_start = 2026-03-02\nactual_finish = 2026-03-09\n"
		"[task B]\nduration = 6d/6d/9d\ndepends = A\nactual_start = 2026-03-10\nprogress = 50%\n", options);
	assert_int_equal(c.chain.chains[0].length, 10 * DAY);
	assert_int_equal(c.chain.fever_count, 2);
	assert_true(fabs(c.chain.fever[0].completion - 0.4) < 1e-9 && fabs(c.chain.fever[0].consumption - 0.4) < 1e-9);
	assert_true(fabs(c.chain.chains[0].completion - 0.7) < 1e-9);
	assert_true(fabs(c.chain.chains[0].consumption - 0.4) < 1e-9);
	assert_int_equal(c.chain.chains[0].zone, CHAIN_GREEN);
	close_chain(&c);
	assert_int_equal(chain_zone_of(&options, 0, 0.2), CHAIN_YELLOW);
	assert_int_equal(chain_zone_of(&options, 0, 0.31), CHAIN_RED);
	assert_int_equal(chain_zone_of(&options, 1, 0.74), CHAIN_GREEN);
	assert_int_equal(chain_zone_of(&options, 1, 0.91), CHAIN_RED);
}

/* B has 8 days of room and a buffer of one; 9 days late while its join is one late: 7 of the 8 are spare, the buffer is gone. */
static void feeding_fever(void **state)
{
	struct chained c;

	(void)state;
	open_chain(&c,
		"status_date = 2026-03-13\n[task A]\nduration = 10d\nactual_start = 2026-03-02\nprogress = 90%\n"
		"[task B]\nduration = 2d\n[task C]\nduration = 1d\ndepends = A, B\n", by_points(CHAIN_CUT_AND_PASTE));
	assert_tasks(&c, joining(&c, "C"), "B");
	assert_int_equal(joining(&c, "C")->gap, 8 * DAY);
	assert_int_equal(joining(&c, "C")->buffer, DAY);
	assert_true(fabs(joining(&c, "C")->consumption - 1) < 1e-9);
	assert_int_equal(joining(&c, "C")->zone, CHAIN_RED);
	close_chain(&c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cut_and_paste),
		cmocka_unit_test(root_square_error),
		cmocka_unit_test(grist),
		cmocka_unit_test(through_people),
		cmocka_unit_test(fever),
		cmocka_unit_test(feeding_fever),
	};

	return cmocka_run_group_tests_name("simulate/chain", tests, NULL, NULL);
}
