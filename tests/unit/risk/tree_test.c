/* Decision trees: folding back, and what spoils it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/random.h"
#include "base/strbuf.h"
#include "risk/tree.h"

struct world {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct decision_trees trees;
};

static void world_open(struct world *w, struct slice text)
{
	struct err err;

	err_init(&err);
	diagnostics_init(&w->found);
	w->source = source_memory_new();
	source_memory_add(w->source, "pmt.ini", slice_of("[project]\nname = T\ncurrency = CNY\nstart = 2026-03-02\n"));
	source_memory_add(w->source, "text.ini", text);
	assert_int_equal(project_load(&w->project, w->source, 1, &w->found, &err), 0);
	project_check(&w->project, 1, &w->found);
	decision_trees_init(&w->trees, &w->project);
}

static void world_close(struct world *w)
{
	decision_trees_release(&w->trees);
	project_release(&w->project);
	source_free(w->source);
	diagnostics_release(&w->found);
}

static const struct decision_node *node_of(const struct world *w, const char *id)
{
	const struct record *record = project_find(&w->project, kind_find(slice_of("node")), slice_of(id));

	assert_non_null(record);
	return decision_trees_find(&w->trees, record);
}

static bool found(const struct world *w, const char *id)
{
	const struct diagnostic *items = w->found.items.items;

	for (size_t i = 0; i < w->found.items.len; i++)
		if (strcmp(items[i].id, id) == 0)
			return true;
	return false;
}

/* Case M01: four sites, three kinds of weather; 天津 has the highest expected value, 3.65. */
static void test_sites(void **state)
{
	static const char *const sites[] = { "BJ", "TJ", "SH", "SZ" };
	static const char *const payoffs[4][3] = { { "4.5", "4.4", "1" }, { "5", "4", "1.6" }, { "6", "3", "1.3" },
		{ "5.5", "3.9", "0.9" } };
	static const char *const chances[] = { "25%", "50%", "25%" };
	static const decimal_t expected[] = { 35750, 36500, 33250, 35500 };
	struct strbuf text;
	struct world w;

	(void)state;
	strbuf_init(&text);
	strbuf_add_str(&text, "[node S]\ntitle = 会址\ntype = decision\n");
	for (int i = 0; i < 4; i++) {
		strbuf_addf(&text, "[node %s]\ntitle = 城市\ntype = chance\nparent = S\n", sites[i]);
		for (int k = 0; k < 3; k++)
			strbuf_addf(&text, "[node %s-%d]\ntitle = 天气\nparent = %s\nprobability = %s\npayoff = %s\n", sites[i], k,
				sites[i], chances[k], payoffs[i][k]);
	}
	world_open(&w, strbuf_slice(&text));
	assert_int_equal(w.found.items.len, 0);
	for (int i = 0; i < 4; i++) {
		assert_int_equal(node_of(&w, sites[i])->emv, expected[i]);
		assert_int_equal(node_of(&w, sites[i])->best, i == 1);
	}
	assert_int_equal(node_of(&w, "S")->emv, 36500);
	assert_int_equal(node_of(&w, "S")->end, 17);
	struct risk_profile profile;
	decision_tree_profile(&w.trees, node_of(&w, "S"), &profile);
	assert_int_equal(profile.outcomes, 3);
	assert_int_equal(profile.least, 16000);
	assert_int_equal(profile.most, 50000);
	assert_true(profile.loss == 0);
	world_close(&w);
	strbuf_release(&text);
}

/* Costs on the way, a decision behind a chance, a loss. */
static void test_stages(void **state)
{
	static const char text[] =
		"[node A]\ntitle = pilot?\ntype = decision\n"
		"[node B]\ntitle = pilot\ntype = chance\nparent = A\ncost = 10\n"
		"[node C]\ntitle = works\ntype = decision\nparent = B\nprobability = 60%\n"
		"[node D]\ntitle = roll out\nparent = C\ncost = 20\npayoff = 100\n"
		"[node E]\ntitle = stop\nparent = C\n"
		"[node F]\ntitle = fails\nparent = B\nprobability = 40%\npayoff = -5\n"
		"[node G]\ntitle = nothing\nparent = A\n"
		"[node H]\ntitle = another tree\npayoff = 3\n";
	struct risk_profile profile;
	struct world w;

	(void)state;
	world_open(&w, slice_of(text));
	assert_int_equal(w.found.items.len, 0);
	assert_int_equal(node_of(&w, "D")->emv, 80 * DECIMAL_ONE);
	assert_int_equal(node_of(&w, "B")->emv, 36 * DECIMAL_ONE); /* 0.6 × 80 - 0.4 × 5 - 10 */
	assert_int_equal(node_of(&w, "A")->emv, 36 * DECIMAL_ONE);
	assert_true(node_of(&w, "B")->best && !node_of(&w, "G")->best);
	assert_true(node_of(&w, "D")->followed && !node_of(&w, "E")->followed && node_of(&w, "F")->followed);
	assert_int_equal(node_of(&w, "D")->net, 70 * DECIMAL_ONE);
	assert_int_equal(node_of(&w, "F")->net, -15 * DECIMAL_ONE);
	decision_tree_profile(&w.trees, node_of(&w, "A"), &profile);
	assert_int_equal(profile.outcomes, 2);
	assert_int_equal(profile.least, -15 * DECIMAL_ONE);
	assert_true(profile.loss > 0.399 && profile.loss < 0.401);
	assert_int_equal(node_of(&w, "H")->parent, NO_NODE);
	world_close(&w);
}

static void test_faults(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, slice_of("[node A]\ntitle = a\ntype = chance\n"
				"[node B]\ntitle = b\nparent = A\nprobability = 60%\npayoff = 1\n"
				"[node C]\ntitle = c\nparent = A\nprobability = 30%\npayoff = 1\n"));
	assert_true(found(&w, "tree-probability"));
	assert_int_equal(node_of(&w, "A")->emv, DECIMAL_NONE);
	world_close(&w);
	world_open(&w, slice_of("[node A]\ntitle = a\nparent = B\n[node B]\ntitle = b\nparent = A\n[node C]\ntitle = c\nparent = A\n"));
	assert_true(found(&w, "parent-cycle"));
	assert_null(node_of(&w, "C"));
	assert_int_equal(w.trees.nodes.len, 0);
	world_close(&w);
	world_open(&w, slice_of("[node A]\ntitle = a\ntype = decision\npayoff = 3\n[node B]\ntitle = b\npayoff = 3 EUR\n"
				"[node C]\ntitle = c\nparent = B\nprobability = 5%\n"));
	assert_true(found(&w, "field-conflict") && found(&w, "field-missing"));
	assert_int_equal(node_of(&w, "A")->emv, DECIMAL_NONE);
	assert_int_equal(node_of(&w, "B")->emv, DECIMAL_NONE);
	world_close(&w);
}

static void test_circles_of_decisions(void **state)
{
	struct world w;

	(void)state;
	world_open(&w, slice_of("[decision D-1]\ntitle = a\nsupersedes = D-3\n[decision D-2]\ntitle = b\nsupersedes = D-1\n"
				"[decision D-3]\ntitle = c\nsupersedes = D-2, D-4\n[decision D-4]\ntitle = d\n"));
	assert_int_equal(w.found.items.len, 1);
	assert_true(found(&w, "decision-cycle"));
	assert_string_equal(((struct diagnostic *)w.found.items.items)[0].arguments[0], "D-1 → D-3 → D-2 → D-1");
	world_close(&w);
	world_open(&w, slice_of("[decision D-1]\ntitle = a\n[decision D-2]\ntitle = b\nsupersedes = D-1\n"
				"[decision D-3]\ntitle = c\nsupersedes = D-1\n[decision D-4]\ntitle = d\nsupersedes = D-2, D-3\n"));
	assert_int_equal(w.found.items.len, 0);
	world_close(&w);
}

/* Random trees against a plain recursion; a deep thread does not overflow the stack. */
static decimal_t plain(const struct world *w, const struct decision_node *node)
{
	const struct decision_node *nodes = w->trees.nodes.items;
	size_t at = (size_t)(node - nodes);
	decimal_t value = node->type == NODE_OUTCOME ? node->payoff : node->type == NODE_CHANCE ? 0 : DECIMAL_NONE;

	for (size_t i = 0; i < w->trees.nodes.len; i++) {
		if (nodes[i].parent != at)
			continue;
		decimal_t one = plain(w, &nodes[i]);
		if (node->type == NODE_CHANCE)
			value += decimal_scale(one, nodes[i].probability, 100 * DECIMAL_ONE);
		else if (value == DECIMAL_NONE || one > value)
			value = one;
	}
	return value - node->cost;
}

static void test_random(void **state)
{
	uint64_t counter = 0;

	(void)state;
	for (int round = 0; round < 40; round++) {
		int types[40] = { (int)random_below(7, 0, counter++, 2) };
		struct strbuf text;
		struct world w;

		strbuf_init(&text);
		strbuf_addf(&text, "[node N-0]\ntitle = r\ntype = %s\n", types[0] ? "chance" : "decision");
		for (int at = 0, next = 1; at < next; at++) {
			int branches = types[at] == 2 ? 0 : 2;

			for (int k = 0; k < branches; k++, next++) {
				types[next] = next > 20 ? 2 : (int)random_below(7, 0, counter++, 3);
				strbuf_addf(&text, "[node N-%d]\ntitle = x\nparent = N-%d\ntype = %s\ncost = %d\n", next, at,
					types[next] == 2 ? "outcome" : types[next] ? "chance" : "decision", (int)random_below(7, 0, counter++, 50));
				if (types[at] == 1)
					strbuf_addf(&text, "probability = %d%%\n", k ? 25 : 75);
				if (types[next] == 2)
					strbuf_addf(&text, "payoff = %d\n", (int)random_below(7, 0, counter++, 500) - 200);
			}
		}
		world_open(&w, strbuf_slice(&text));
		assert_int_equal(w.found.items.len, 0);
		assert_int_equal(node_of(&w, "N-0")->emv, plain(&w, node_of(&w, "N-0")));
		world_close(&w);
		strbuf_release(&text);
	}
}

static void test_deep(void **state)
{
	enum { DEEP = 20000 };
	struct strbuf text;
	struct world w;

	(void)state;
	strbuf_init(&text);
	strbuf_add_str(&text, "[node N-0]\ntitle = r\ntype = decision\n");
	for (int i = 1; i < DEEP; i++)
		strbuf_addf(&text, "[node N-%d]\ntitle = x\nparent = N-%d\ntype = %s\ncost = 1\n", i, i - 1,
			i == DEEP - 1 ? "outcome" : "decision");
	world_open(&w, strbuf_slice(&text));
	assert_int_equal(node_of(&w, "N-0")->emv, -(DEEP - 1) * (int64_t)DECIMAL_ONE);
	world_close(&w);
	strbuf_release(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_sites),
		cmocka_unit_test(test_stages),
		cmocka_unit_test(test_faults),
		cmocka_unit_test(test_circles_of_decisions),
		cmocka_unit_test(test_random),
		cmocka_unit_test(test_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
