/*
 * Decision trees: the nodes of a project ([node N-1]) folded back to expected monetary values.
 *
 *	outcome    EMV = payoff - cost
 *	chance     EMV = Σ probability × EMV of branch - cost
 *	decision   EMV = max over branches - cost
 *
 * where cost is what it takes to get to the node. The best branch of a decision is marked; of equal ones the first in the
 * order of the project. What an unknown value reaches is not known (DECIMAL_NONE): a branch of a chance without a
 * probability, probabilities that do not add up to 100 %, an amount without an exchange rate, a decision or a chance
 * without branches. Nodes in a circle of parents belong to no tree.
 */
#ifndef RISK_TREE_H
#define RISK_TREE_H

#include "base/map.h"
#include "base/vec.h"
#include "model/project.h"

enum node_type { NODE_DECISION, NODE_CHANCE, NODE_OUTCOME };
#define NO_NODE SIZE_MAX

struct decision_node {
	const struct record *record;
	enum node_type type;
	size_t parent;           /* index, or NO_NODE: a root */
	size_t end;              /* one behind the last node below it */
	int depth;
	decimal_t probability;   /* percent; of branches of a chance */
	decimal_t cost, payoff;
	decimal_t emv;
	bool best;               /* the branch its decision takes */
	bool followed;           /* reached when every decision takes its best branch */
	double reached;          /* probability of getting here then; 0 when not followed */
	decimal_t net;           /* outcomes: payoff less all costs on the way */
};

struct decision_trees {
	struct vec nodes; /* struct decision_node, parents before children, each tree in one piece */
	struct map index; /* folded id → position */
};

void decision_trees_init(struct decision_trees *trees, const struct project *project);
void decision_trees_release(struct decision_trees *trees);
/* NULL: not in a tree. */
const struct decision_node *decision_trees_find(const struct decision_trees *trees, const struct record *record);

/* Of the outcomes that can come of the best decisions below a root. */
struct risk_profile {
	size_t outcomes;
	decimal_t least, most;
	double loss; /* probability of a net below zero */
};
void decision_tree_profile(const struct decision_trees *trees, const struct decision_node *root, struct risk_profile *out);

#endif
