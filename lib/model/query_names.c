/* Ids and words in a condition that name nothing: what a list says when it comes out empty by a slip of the hand. */
#include "model/query-internal.h"
#include "model/reference.h"

struct naming {
	const struct kind *kind;
	const struct project *project;
	void (*unknown)(void *context, const char *kinds, struct slice id);
	void *context;
};

static void look(void *context, const struct reference *reference)
{
	struct naming *naming = context;

	if (reference->id.len && !reference->foreign && !reference_target(naming->project, reference))
		naming->unknown(naming->context, reference->kinds, reference->id);
}

/* The record's own id and "under" name records of the kind that is asked about. */
static const struct field *naming_field(
	const struct naming *naming, const struct condition *node, struct field *own)
{
	if (node->type != NODE_UNDER && node->field != &query_id_field)
		return node->field && reference_field(node->field) ? node->field : NULL;
	*own = (struct field){ .name = "id", .type = TYPE_REF, .of = naming->kind->name };
	return own;
}

static void walk(struct naming *naming, const struct condition *node)
{
	struct field own;
	const struct field *field;

	if (node->left)
		walk(naming, node->left);
	if (node->right)
		walk(naming, node->right);
	if (node->type != NODE_UNDER &&
		(node->type != NODE_COMPARE || (node->operator!= OP_EQUAL && node->operator!= OP_UNEQUAL)))
		return;
	field = naming_field(naming, node, &own);
	for (size_t i = 0; field && i < node->choice_count; i++)
		if (!node->choices[i].me && !node->choices[i].other)
			reference_each(field, node->choices[i].text, look, naming);
}

void condition_unknown_ids(const struct condition *condition, const struct kind *kind, const struct project *project,
	void (*unknown)(void *context, const char *kinds, struct slice id), void *context)
{
	struct naming naming = { kind, project, unknown, context };

	walk(&naming, condition);
}

static bool names_any(const struct kind *kind, const struct project *project, struct slice word)
{
	const struct record *record;

	FOREACH_RECORD(project, kind, record)
		if (query_titled(record, word))
			return true;
	return false;
}

void condition_idle_words(const struct condition *condition, const struct kind *kind, const struct project *project,
	bool (*idle)(void *context, struct slice word), void *context)
{
	if (condition->type == NODE_TITLE && !names_any(kind, project, condition->name) && !idle(context, condition->name))
		return;
	if (condition->type == NODE_VIEW)
		return;
	if (condition->left)
		condition_idle_words(condition->left, kind, project, idle, context);
	if (condition->right)
		condition_idle_words(condition->right, kind, project, idle, context);
}
