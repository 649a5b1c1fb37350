#include "model/kinds/kinds.h"
#include "model/project.h"

#include <stdlib.h>

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_REQUIRED | FIELD_COLUMN, CLASS_FREE,
		.doc = N_("The question, the choice or what comes of it, in one line") },
	{ "type", TYPE_ENUM, FIELD_COLUMN, CLASS_FREE, .of = "decision|chance|outcome",
		.fallback = "outcome",
		.doc = N_("Whether we choose one of its branches, chance does, or it ends here") },
	{ "parent", TYPE_REF, FIELD_COLUMN, CLASS_FREE, .of = "node",
		.doc = N_("The node it is a branch of; without one it is the root of a tree") },
	{ "probability", TYPE_PERCENT, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("Branches of a chance: how likely; together 100 %") },
	{ "cost", TYPE_MONEY, FIELD_COLUMN | FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("What it costs to get here") },
	{ "payoff", TYPE_MONEY, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Outcomes: what it brings; negative when it loses") },
	{ "risk", TYPE_REF, 0, CLASS_FREE, .of = "risk", .doc = N_("Risk it is about") },
	{ "decision", TYPE_REF, 0, CLASS_FREE, .of = "decision",
		.doc = N_("The decision that was taken") },
	{ "emv", TYPE_MONEY, FIELD_COMPUTED, CLASS_FREE,
		.doc = N_("Expected monetary value, folded back from the outcomes") },
};

static const struct record *parent_of(const struct check *check)
{
	struct slice parent;

	return record_text(check->record, "parent", &parent)
		? project_find(check->project, &kind_node, slice_trim(parent))
		: NULL;
}

static void check_node(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };
	const struct record *parent = parent_of(&check);
	struct slice parent_type = parent ? record_text_or(parent, "type") : slice_of("");
	struct slice text;

	check_range(&check, "probability", 0, 100);
	if (!slice_is(record_text_or(record, "type"), "outcome") && record_text(record, "payoff", &text))
		check_fault(&check, "payoff", 0, "field-conflict",
			N_("only an outcome has a payoff; a '%s' is worth what its branches are"),
			record_text_or(record, "type"));
	if (slice_is(parent_type, "outcome"))
		check_fault(&check, "parent", 0, "field-conflict", N_("%s is an outcome: nothing follows it"), parent->id);
	if (slice_is(parent_type, "chance") && !record_text(record, "probability", &text))
		check_record_fault(&check, "field-missing", N_("a branch of the chance %s needs 'probability'"), parent->id);
	if (!slice_is(parent_type, "chance") && record_text(record, "probability", &text))
		check_fault(&check, "probability", 0, "field-conflict",
			N_("%s has a probability, but is no branch of a chance"), record->id);
}

/* Probabilities of the branches of each chance add up. O(nodes). */
struct sums {
	decimal_t *probability; /* by kind_number of the parent */
	uint32_t *branches, *known;
};

static void add_branch(const struct project *project, const struct record *record, struct sums *sums, struct arena *arena)
{
	struct check check = { project, record, NULL };
	const struct record *parent = parent_of(&check);
	struct value value;

	if (!parent)
		return;
	sums->branches[parent->kind_number]++;
	if (!record_value(project, record, kind_field_named(&kind_node, "probability"), arena, &value))
		return;
	sums->known[parent->kind_number]++;
	decimal_add(sums->probability[parent->kind_number], value.as.number, &sums->probability[parent->kind_number]);
}

static void judge(const struct project *project, const struct record *record, const struct sums *sums, struct diagnostics *found)
{
	struct check check = { project, record, found };
	struct slice type = record_text_or(record, "type");
	uint32_t i = record->kind_number;
	struct strbuf sum;

	if (slice_is(type, "outcome"))
		return;
	if (sums->branches[i] == 0)
		check_record_fault(&check, "field-missing", N_("a '%s' needs branches: nodes with it as parent"), type);
	if (!slice_is(type, "chance") || sums->known[i] == 0 || sums->known[i] < sums->branches[i] ||
		sums->probability[i] == 100 * DECIMAL_ONE)
		return;
	strbuf_init(&sum);
	decimal_print(&sum, sums->probability[i], 0);
	check_record_fault(&check, "tree-probability", N_("the branches' probabilities add up to %s %%, not to 100 %%"),
		strbuf_slice(&sum));
	strbuf_release(&sum);
}

static void check_nodes(const struct project *project, struct diagnostics *found)
{
	size_t count = project_count(project, &kind_node);
	struct sums sums = { xcalloc(count, sizeof(decimal_t)), xcalloc(count, sizeof(uint32_t)),
		xcalloc(count, sizeof(uint32_t)) };
	const struct record *record;
	struct arena arena;

	arena_init(&arena);
	FOREACH_RECORD(project, &kind_node, record)
		add_branch(project, record, &sums, &arena);
	FOREACH_RECORD(project, &kind_node, record)
		judge(project, record, &sums, found);
	arena_release(&arena);
	free(sums.probability);
	free(sums.branches);
	free(sums.known);
}

const struct kind kind_node = {
	.name = "node",
	.plural = "nodes",
	.prefix = "N",
	.place = "risks/trees.ini",
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_node,
	.check_all = check_nodes,
	.doc = N_("A node of a decision tree"),
	.explain = N_("A tree is a root and the nodes that name it as parent. 'pmt risk tree' folds it back: an "
		      "outcome is worth its payoff, a chance the mean of its branches by their "
		      "probabilities, a decision its best branch; each less its cost."),
	.example = "[node N-1]\n"
		   "title = 结算引擎自研还是外购\n"
		   "type  = decision\n"
		   "\n"
		   "[node N-2]\n"
		   "title  = 自研\n"
		   "type   = chance\n"
		   "parent = N-1\n"
		   "cost   = 300000\n"
		   "\n"
		   "[node N-3]\n"
		   "title       = 按期完成\n"
		   "parent      = N-2\n"
		   "probability = 70%\n"
		   "payoff      = 900000\n"
		   "\n"
		   "[node N-4]\n"
		   "title       = 延期\n"
		   "parent      = N-2\n"
		   "probability = 30%\n"
		   "payoff      = 400000\n"
		   "\n"
		   "[node N-5]\n"
		   "title  = 外购\n"
		   "parent = N-1\n"
		   "payoff = 420000\n",
};
