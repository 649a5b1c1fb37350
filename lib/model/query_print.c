#include "model/query-internal.h"

static bool needs_quotes(const struct choice *choice)
{
	return choice->quoted || !query_value_plain(choice->text);
}

static void print_choice(const struct choice *choice, struct strbuf *out)
{
	bool quotes = needs_quotes(choice);
	char mark = slice_find(choice->text, '"') < choice->text.len ? '\'' : '"';

	if (quotes)
		strbuf_add_char(out, mark);
	strbuf_add_slice(out, choice->text);
	if (quotes)
		strbuf_add_char(out, mark);
}

static void print_comparison(const struct condition *node, struct strbuf *out)
{
	static const char *const operators[] = { "=", "!=", "<", "<=", ">", ">=", ":" };

	strbuf_add_slice(out, node->name);
	strbuf_addf(out, " %s", operators[node->operator]);
	for (size_t i = 0; i < node->choice_count; i++) {
		strbuf_add_str(out, i ? ", " : " ");
		print_choice(&node->choices[i], out);
	}
}

static void print_part(const struct condition *part, enum node_type outer, struct strbuf *out)
{
	bool brackets = (part->type == NODE_OR && outer != NODE_OR) ||
			(part->type == NODE_AND && outer == NODE_NOT);

	if (brackets)
		strbuf_add_char(out, '(');
	condition_print(part, out);
	if (brackets)
		strbuf_add_char(out, ')');
}

void condition_print(const struct condition *condition, struct strbuf *out)
{
	struct choice title = { .text = condition->name, .quoted = true };

	switch (condition->type) {
	case NODE_ALWAYS: break;
	case NODE_AND:
	case NODE_OR:
		print_part(condition->left, condition->type, out);
		strbuf_add_str(out, condition->type == NODE_AND ? " and " : " or ");
		print_part(condition->right, condition->type, out);
		break;
	case NODE_NOT:
		strbuf_add_str(out, "not ");
		print_part(condition->left, NODE_NOT, out);
		break;
	case NODE_VIEW:
		strbuf_add_char(out, '@');
		strbuf_add_slice(out, condition->name);
		break;
	case NODE_TITLE:
		strbuf_add_str(out, "title : ");
		print_choice(&title, out);
		break;
	case NODE_TRUTH: strbuf_add_slice(out, condition->name); break;
	case NODE_COMPARE:
	case NODE_UNDER: print_comparison(condition, out); break;
	}
}
