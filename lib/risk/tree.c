/*
 * Folding back. Children are gathered into lists (in the order of the project), the trees are walked from their roots with
 * a stack of our own, so that a thread of a million nodes is no deep recursion; what stands in preorder is folded from the
 * last node to the first, for children stand behind their parents. O(nodes).
 *
 * Worked example: a site at 0.25 / 0.50 / 0.25 for 5 / 4 / 1.6: 1.25 + 2 + 0.4 = 3.65.
 */
#include "risk/tree.h"

#include "base/alloc.h"
#include "model/exchange_rate.h"

#include <stdlib.h>

struct builder {
	const struct project *project;
	const struct kind *kind;
	struct decision_trees *trees;
	struct arena scratch;
	size_t *first, *next, *last; /* by kind_number: children as lists */
};

static const struct record *parent_of(const struct builder *b, const struct record *record)
{
	struct slice parent;

	return record_text(record, "parent", &parent) ? project_find(b->project, b->kind, slice_trim(parent)) : NULL;
}

static void link_children(struct builder *b)
{
	const struct record *record;

	FOREACH_RECORD(b->project, b->kind, record)
	{
		const struct record *parent = parent_of(b, record);
		size_t number = record->kind_number;

		if (!parent)
			continue;
		if (b->first[parent->kind_number] == NO_NODE)
			b->first[parent->kind_number] = number;
		else
			b->next[b->last[parent->kind_number]] = number;
		b->last[parent->kind_number] = number;
	}
}

/* The field's amount in the project's currency; 0 when absent. */
static decimal_t amount(struct builder *b, const struct record *record, const char *name)
{
	struct value value;
	decimal_t out;

	if (!record_value(b->project, record, kind_field_named(b->kind, name), &b->scratch, &value))
		return 0;
	return money_convert(b->project, value.as.money, DATE_NONE, &out) ? out : DECIMAL_NONE;
}

static void add_node(struct builder *b, const struct record *record, size_t parent)
{
	struct vec *nodes = &b->trees->nodes;
	int type = word_index("decision|chance|outcome", record_text_or(record, "type"));
	struct decision_node node = { .record = record, .parent = parent, .probability = DECIMAL_NONE,
		.type = type < 0 ? NODE_OUTCOME : (enum node_type)type };
	struct value value;

	if (record_value(b->project, record, kind_field_named(b->kind, "probability"), &b->scratch, &value))
		node.probability = value.as.number;
	node.cost = amount(b, record, "cost");
	node.payoff = amount(b, record, "payoff");
	node.depth = parent == NO_NODE ? 0 : ((struct decision_node *)vec_at(nodes, parent))->depth + 1;
	map_put(&b->trees->index, record->folded, nodes->len);
	vec_append(nodes, &node);
}

/* The tree below a root in preorder. The stack holds the next sibling to visit at each depth. */
static void add_tree(struct builder *b, const struct record *root)
{
	struct vec *nodes = &b->trees->nodes;
	struct vec stack;
	size_t at = nodes->len, number = b->first[root->kind_number];

	vec_init(&stack, sizeof(size_t));
	add_node(b, root, NO_NODE);
	for (;;) {
		if (number != NO_NODE) {
			vec_append(&stack, &b->next[number]);
			add_node(b, project_at(b->project, b->kind, number), at);
			at = nodes->len - 1;
			number = b->first[number];
			continue;
		}
		((struct decision_node *)vec_at(nodes, at))->end = nodes->len;
		if (stack.len == 0)
			break;
		at = ((struct decision_node *)vec_at(nodes, at))->parent;
		number = *(size_t *)vec_at(&stack, --stack.len);
	}
	vec_release(&stack);
}

/* --- folding --- */

static decimal_t less_cost(decimal_t gross, decimal_t cost)
{
	decimal_t net = DECIMAL_NONE;

	if (gross != DECIMAL_NONE && cost != DECIMAL_NONE)
		decimal_add(gross, -cost, &net);
	return net;
}

/* Children of a node: the first, and from each the next. */
#define FOREACH_BRANCH(nodes, at, child)                                                           \
	for (size_t child = (at) + 1; child < (nodes)[at].end; child = (nodes)[child].end)

static decimal_t mean_of_branches(const struct decision_node *nodes, size_t at)
{
	decimal_t sum = 0, all = 0;

	FOREACH_BRANCH(nodes, at, child) {
		const struct decision_node *branch = &nodes[child];

		if (branch->probability == DECIMAL_NONE || branch->emv == DECIMAL_NONE)
			return DECIMAL_NONE;
		decimal_add(all, branch->probability, &all);
		decimal_add(sum, decimal_scale(branch->emv, branch->probability, 100 * DECIMAL_ONE), &sum);
	}
	return all == 100 * DECIMAL_ONE ? sum : DECIMAL_NONE;
}

static decimal_t best_of_branches(struct decision_node *nodes, size_t at)
{
	size_t best = NO_NODE;

	FOREACH_BRANCH(nodes, at, child) {
		if (nodes[child].emv == DECIMAL_NONE)
			return DECIMAL_NONE;
		if (best == NO_NODE || nodes[child].emv > nodes[best].emv)
			best = child;
	}
	if (best == NO_NODE)
		return DECIMAL_NONE;
	nodes[best].best = true;
	return nodes[best].emv;
}

static void fold(struct decision_node *nodes, size_t at)
{
	decimal_t gross = nodes[at].payoff;

	if (nodes[at].type == NODE_CHANCE)
		gross = mean_of_branches(nodes, at);
	else if (nodes[at].type == NODE_DECISION)
		gross = best_of_branches(nodes, at);
	nodes[at].emv = less_cost(gross, nodes[at].cost);
}

/* From the root down: where the best decisions lead, how likely, and what has been paid by then (kept in net). */
static void follow(struct decision_node *nodes, size_t at)
{
	struct decision_node *node = &nodes[at];
	const struct decision_node *parent = node->parent == NO_NODE ? NULL : &nodes[node->parent];

	node->followed = !parent || (parent->followed && (parent->type == NODE_CHANCE || node->best));
	node->reached = node->followed ? parent ? parent->reached : 1 : 0;
	if (parent && parent->type == NODE_CHANCE && node->probability != DECIMAL_NONE)
		node->reached *= (double)node->probability / (100.0 * DECIMAL_ONE);
	node->net = less_cost(parent ? parent->net : 0, node->cost);
}

static void fold_all(struct decision_trees *trees)
{
	struct decision_node *nodes = trees->nodes.items;

	for (size_t i = trees->nodes.len; i-- > 0;)
		fold(nodes, i);
	for (size_t i = 0; i < trees->nodes.len; i++)
		follow(nodes, i);
	for (size_t i = 0; i < trees->nodes.len; i++)
		if (nodes[i].type == NODE_OUTCOME && nodes[i].net != DECIMAL_NONE)
			nodes[i].net = less_cost(nodes[i].payoff, -nodes[i].net);
}

void decision_trees_init(struct decision_trees *trees, const struct project *project)
{
	struct builder b = { .project = project, .kind = kind_find(slice_of("node")), .trees = trees };
	size_t count = project_count(project, b.kind);
	const struct record *record;

	vec_init(&trees->nodes, sizeof(struct decision_node));
	map_init(&trees->index);
	arena_init(&b.scratch);
	b.first = arena_calloc(&b.scratch, count, sizeof(size_t));
	b.next = arena_calloc(&b.scratch, count, sizeof(size_t));
	b.last = arena_calloc(&b.scratch, count, sizeof(size_t));
	for (size_t i = 0; i < count; i++)
		b.first[i] = b.next[i] = NO_NODE;
	link_children(&b);
	FOREACH_RECORD(project, b.kind, record)
		if (!parent_of(&b, record))
			add_tree(&b, record);
	fold_all(trees);
	arena_release(&b.scratch);
}

void decision_trees_release(struct decision_trees *trees)
{
	vec_release(&trees->nodes);
	map_release(&trees->index);
}

const struct decision_node *decision_trees_find(const struct decision_trees *trees, const struct record *record)
{
	uintptr_t at;

	return map_get(&trees->index, record->folded, &at) ? vec_at(&trees->nodes, at) : NULL;
}

void decision_tree_profile(const struct decision_trees *trees, const struct decision_node *root, struct risk_profile *out)
{
	const struct decision_node *nodes = trees->nodes.items;

	*out = (struct risk_profile){ .outcomes = 0 };
	for (const struct decision_node *node = root; node < nodes + root->end; node++) {
		if (node->type != NODE_OUTCOME || !node->followed || node->reached <= 0 || node->net == DECIMAL_NONE)
			continue;
		out->least = out->outcomes == 0 || node->net < out->least ? node->net : out->least;
		out->most = out->outcomes == 0 || node->net > out->most ? node->net : out->most;
		out->loss += node->net < 0 ? node->reached : 0;
		out->outcomes++;
	}
}
