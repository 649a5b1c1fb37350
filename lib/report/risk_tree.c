/*
 * Decision trees folded back: the picture, what to choose and by how much it is better, and what may come of it.
 */
#include "report/risk.h"

#include "base/alloc.h"

struct view {
	struct doc *doc;
	const struct project *project;
	const struct decision_trees *trees;
	bool several; /* trees */
};

static const struct decision_node *nodes_of(const struct view *v)
{
	return v->trees->nodes.items;
}

static void add_mark(const struct view *v, struct figure *figure, const struct decision_node *node, int depth)
{
	static const enum decision_shape shapes[] = { [NODE_DECISION] = DECISION_CHOICE, [NODE_CHANCE] = DECISION_CHANCE,
		[NODE_OUTCOME] = DECISION_OUTCOME };
	struct decision_mark *mark = vec_push(&figure->nodes);

	*mark = (struct decision_mark){ .shape = shapes[node->type], .id = node->record->id, .title = record_title(node->record),
		.depth = depth, .probability = cell_none(), .cost = cell_none(), .value = risk_amount(v->project, node->emv),
		.best = node->best && depth > 0, .followed = node->followed };
	if (node->probability != DECIMAL_NONE)
		mark->probability = cell_percent(node->probability);
	if (node->cost > 0)
		mark->cost = risk_amount(v->project, -node->cost);
}

static void add_figure(const struct view *v, const struct decision_node *root)
{
	struct figure *figure = doc_figure(v->doc, FIGURE_DECISION, "tree", NULL);

	figure->description = N_("A decision tree from left to right: squares are decisions, circles chances, triangles outcomes");
	for (const struct decision_node *node = root; node < nodes_of(v) + root->end; node++)
		add_mark(v, figure, node, node->depth - root->depth);
}

/* --- what to choose --- */

static struct table *choice_table(const struct view *v)
{
	struct table *table = doc_table(v->doc, "choices", N_("What to choose"));

	table_column(table, "decision", N_("decision"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "choice", N_("choice"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "emv", "EMV", ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "worse_by", N_("worse by"), ALIGN_RIGHT, PRIORITY_MUST);
	return table;
}

static void add_choices(const struct view *v, struct table *table, const struct decision_node *decision)
{
	const struct decision_node *nodes = nodes_of(v);
	size_t at = (size_t)(decision - nodes);
	decimal_t most = DECIMAL_NONE;

	for (size_t i = at + 1; i < decision->end; i = nodes[i].end)
		if (nodes[i].best)
			most = nodes[i].emv;
	for (size_t i = at + 1; i < decision->end; i = nodes[i].end) {
		struct cell *c = table_row(table)->cells;

		c[0] = cell_ref(&v->doc->arena, decision->record->id, record_title(decision->record));
		c[1] = cell_toned(nodes[i].best ? TONE_GOOD : TONE_NONE,
			cell_ref(&v->doc->arena, nodes[i].record->id, record_title(nodes[i].record)));
		c[2] = risk_amount(v->project, nodes[i].emv);
		if (most != DECIMAL_NONE && nodes[i].emv != DECIMAL_NONE && !nodes[i].best)
			c[3] = risk_amount(v->project, most - nodes[i].emv);
	}
}

static void add_profile(const struct view *v, const struct decision_node *root)
{
	struct risk_profile profile;

	decision_tree_profile(v->trees, root, &profile);
	const struct cell values[] = { risk_amount(v->project, root->emv), risk_amount(v->project, profile.least),
		risk_amount(v->project, profile.most), cell_percent(decimal_from_double(profile.loss * 100)) };
	if (root->emv == DECIMAL_NONE)
		doc_paragraph(v->doc, cell_toned(TONE_BAD,
			cell_message(N_("Not known: the tree is not complete; 'pmt check' says where."))));
	else if (profile.loss > 0)
		doc_paragraph(v->doc, cell_message_of(&v->doc->arena,
			N_("Expected: %s. What may come of it: %s to %s, a loss with a probability of %s."), values, 4));
	else if (profile.outcomes > 1)
		doc_paragraph(v->doc, cell_message_of(&v->doc->arena,
			N_("Expected: %s. What may come of it: %s to %s, never a loss."), values, 3));
	else
		doc_paragraph(v->doc, cell_message_of(&v->doc->arena, N_("Expected: %s, and certain."), values, 1));
}

static void add_tree(const struct view *v, const struct decision_node *root)
{
	const struct decision_node *nodes = nodes_of(v), *end = nodes + root->end;
	struct table *table = NULL;

	if (v->several)
		doc_heading(v->doc, 2, cell_ref(&v->doc->arena, root->record->id, record_title(root->record)));
	add_figure(v, root);
	add_profile(v, root);
	for (const struct decision_node *node = root; node < end; node++) {
		if (node->type != NODE_DECISION)
			continue;
		if (!table)
			table = choice_table(v);
		add_choices(v, table, node);
	}
}

/* --- for programs: one row a node --- */

static struct table *data_table(const struct view *v)
{
	struct table *table = doc_table(v->doc, "records", NULL);

	risk_columns(table);
	table_column(table, "parent", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "type", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "probability", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	table_column(table, "cost", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	table_column(table, "payoff", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	table_column(table, "emv", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	table_column(table, "best", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "followed", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "reached", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	table_column(table, "net", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	return table;
}

static void add_data(const struct view *v, struct table *table, const struct decision_node *root)
{
	static const char *const types[] = { "decision", "chance", "outcome" };
	const struct decision_node *nodes = nodes_of(v), *end = nodes + root->end;

	for (const struct decision_node *node = root; node < end; node++) {
		struct cell *c = risk_row(v->doc, table, node->record)->cells + RISK_COLUMNS;
		bool outcome = node->type == NODE_OUTCOME;

		if (node->parent != NO_NODE)
			c[0] = cell_ref(&v->doc->arena, nodes[node->parent].record->id, slice_of(""));
		c[1] = cell_word(&v->doc->arena, slice_of(types[node->type]));
		if (node->probability != DECIMAL_NONE)
			c[2] = cell_percent(node->probability);
		c[3] = risk_amount(v->project, node->cost);
		if (outcome)
			c[4] = risk_amount(v->project, node->payoff);
		c[5] = risk_amount(v->project, node->emv);
		c[6] = cell_yesno(node->best);
		c[7] = cell_yesno(node->followed);
		c[8] = cell_percent(decimal_from_double(node->reached * 100));
		if (outcome)
			c[9] = risk_amount(v->project, node->net);
	}
}

void risk_tree_report(struct doc *doc, struct risk_register *r, const struct vec *roots, bool data)
{
	struct view v = { .doc = doc, .project = r->project, .trees = risk_trees(r) };
	const struct decision_node *nodes = nodes_of(&v);
	struct table *table = data ? data_table(&v) : NULL;
	size_t shown = 0;

	v.several = roots ? roots->len > 1 : v.trees->nodes.len && nodes[0].end < v.trees->nodes.len;
	for (size_t i = 0; i < (roots ? roots->len : v.trees->nodes.len); i++) {
		const struct decision_node *root = &nodes[i];

		if (roots)
			root = decision_trees_find(v.trees, ((const struct record *const *)roots->items)[i]);
		else if (root->parent != NO_NODE)
			continue;
		if (!root)
			continue;
		if (data)
			add_data(&v, table, root);
		else
			add_tree(&v, root);
		shown++;
	}
	if (!shown && !data)
		doc_paragraph(doc, cell_message(N_("no decision tree: 'pmt node add' begins one")));
}
