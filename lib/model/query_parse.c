/*
 * Reading conditions.
 *
 *   condition  = term { "or" term }        term = factor { "and" factor }
 *   factor     = "not" factor | "(" condition ")" | "@" view | NAME [ operator values ]
 *   values     = [ value { "," value } ]   value = "quoted" | text up to , ) and, or, not or the
 * end
 *
 * A value may hold blanks (2026-03-02 14:00, 200000 CNY, 2w ago), so it ends only where the
 * condition goes on. Shell words are the same without blanks: NAME operator values, a field of yes
 * and no, a view, or text to look for in titles.
 */
#include "base/alloc.h"
#include "base/utf8.h"
#include "model/query-internal.h"
#include "model/value_scan.h"

enum { DEPTH = 64, VIEWS = 8, PARTS = 1000 };

struct parser {
	struct scan scan;
	const struct kind *kind;
	const struct query_scope *scope; /* NULL: syntax alone */
	struct arena *arena;
	int depth, views, parts;
	bool titles; /* a bare word that is no field is text to look for */
};

static const struct condition *parse_or(struct parser *parser);

static struct condition *node_new(struct parser *parser, enum node_type type)
{
	struct condition *node = arena_calloc(parser->arena, 1, sizeof(*node));

	node->type = type;
	return node;
}

static void skip(struct parser *parser)
{
	while (parser->scan.rest.len && strchr(" \t\r\n", parser->scan.rest.at[0]) &&
		parser->scan.rest.at[0])
		parser->scan.rest = slice_from(parser->scan.rest, 1);
}

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-' || c == '.' || ((unsigned char)c & 0x80);
}

/* ≤ ≥ ≠ are operators, not letters. */
static bool is_sign(struct slice rest)
{
	return slice_starts(rest, "≤") || slice_starts(rest, "≥") || slice_starts(rest, "≠");
}

static struct slice word_at(struct slice rest)
{
	size_t len = 0;

	while (len < rest.len && is_word_byte(rest.at[len]) && !is_sign(slice_from(rest, len)))
		len++;
	return slice_new(rest.at, len);
}

static bool keyword_at(struct slice rest, const char *keyword)
{
	return slice_is(word_at(rest), keyword);
}

static bool take_keyword(struct parser *parser, const char *keyword)
{
	skip(parser);
	if (!keyword_at(parser->scan.rest, keyword))
		return false;
	parser->scan.rest = slice_from(parser->scan.rest, strlen(keyword));
	return true;
}

static bool operator_take(struct scan *scan, enum operator* out)
{
	static const struct {
		const char *text;
		enum operator operator;
	} operators[] = {
		{ "!=", OP_UNEQUAL },
		{ "<=", OP_LESS_EQUAL },
		{ ">=", OP_GREATER_EQUAL },
		{ "==", OP_EQUAL },
		{ "≠", OP_UNEQUAL },
		{ "≤", OP_LESS_EQUAL },
		{ "≥", OP_GREATER_EQUAL },
		{ "=", OP_EQUAL },
		{ "<", OP_LESS },
		{ ">", OP_GREATER },
		{ ":", OP_CONTAINS },
		{ "~", OP_CONTAINS },
	};

	for (size_t i = 0; i < ARRAY_SIZE(operators); i++)
		if (scan_text(scan, operators[i].text)) {
			*out = operators[i].operator;
			return true;
		}
	return false;
}

/* Where an unquoted value ends: at a comma, a closing bracket, a keyword behind a blank, or the
 * end. */
static size_t value_end(struct slice rest)
{
	for (size_t i = 0; i < rest.len; i++) {
		struct slice ahead;

		if (rest.at[i] == ',' || rest.at[i] == ')')
			return i;
		if (!strchr(" \t\r\n", rest.at[i]))
			continue;
		ahead = slice_from(rest, i + 1);
		if (keyword_at(ahead, "and") || keyword_at(ahead, "or") || keyword_at(ahead, "not"))
			return i;
	}
	return rest.len;
}

bool query_value_plain(struct slice text)
{
	return text.len && value_end(text) == text.len && text.at[0] != '"' && text.at[0] != '\'' &&
		!keyword_at(text, "and") && !keyword_at(text, "or") && !keyword_at(text, "not");
}

static int quoted_value(struct parser *parser, struct slice *out)
{
	struct slice start = parser->scan.rest;
	size_t end = slice_find(slice_from(start, 1), start.at[0]);

	if (end + 1 >= start.len)
		return scan_fault(
			&parser->scan, "condition-syntax", N_("a closing quotation mark"), start);
	*out = slice_new(start.at + 1, end);
	parser->scan.rest = slice_from(start, end + 2);
	return 0;
}

/* Checks and parses what can be known while reading: the kind's field is known and has values that
 * can be wrong. */
static int choice_settle(struct parser *parser, const struct condition *node, struct choice *choice)
{
	struct value_fault fault;
	const struct field *other = NULL;

	choice->me = !choice->quoted && slice_is(choice->text, "@me");
	if (!choice->quoted)
		choice_split(choice);
	if (!node->field || choice->me ||
		node->operator== OP_CONTAINS || !query_is_typed(node->field->type))
		return 0;
	if (choice_resolve(choice, node->field, parser->scope, parser->arena, &fault))
		return 0;
	if (!choice->quoted)
		other = query_field(parser->kind, choice->text);
	if (other &&
		(other->type == node->field->type ||
			(query_is_ordered(other->type) && query_is_ordered(node->field->type)))) {
		choice->typed = false;
		choice->other = other;
		return 0;
	}
	return scan_fault_nested(&parser->scan, &fault, choice->text);
}

static int parse_choice(struct parser *parser, struct condition *node)
{
	struct choice *choice = &node->choices[node->choice_count];
	char first;

	skip(parser);
	first = parser->scan.rest.len ? parser->scan.rest.at[0] : '\0';
	choice->quoted = first == '"' || first == '\'';
	if (choice->quoted) {
		if (quoted_value(parser, &choice->text))
			return -1;
	} else {
		size_t end = value_end(parser->scan.rest);

		choice->text = slice_trim(slice_new(parser->scan.rest.at, end));
		parser->scan.rest = slice_from(parser->scan.rest, end);
		if (!choice->text.len)
			return 0;
	}
	node->choice_count++;
	return choice_settle(parser, node, choice);
}

static int parse_choices(struct parser *parser, struct condition *node)
{
	node->choices = arena_calloc(
		parser->arena, scan_count_items(parser->scan.rest, ","), sizeof(*node->choices));
	do {
		if (parse_choice(parser, node))
			return -1;
		skip(parser);
	} while (scan_char(&parser->scan, ','));
	return 0;
}

/* "not" or "and" right where a value should stand is a value that was forgotten. */
static bool value_forgotten(struct parser *parser)
{
	skip(parser);
	return keyword_at(parser->scan.rest, "and") || keyword_at(parser->scan.rest, "or");
}

static int field_fault(struct parser *parser, struct slice name)
{
	const char *nearest = kind_field_nearest(parser->kind, name);

	scan_fault(&parser->scan, "condition-field", N_("a field of the kind"), name);
	if (nearest && parser->scan.fault)
		parser->scan.fault->nearest = slice_of(nearest);
	return -1;
}

static bool is_custom(struct slice name)
{
	return name.len > 2 && slice_starts(name, "x_");
}

static const struct condition *parse_comparison(
	struct parser *parser, struct slice name, enum operator operator)
{
	struct condition *node = node_new(parser, NODE_COMPARE);

	node->name = name;
	node->operator= operator;
	if (slice_is(name, "under"))
		node->type = NODE_UNDER;
	else
		node->field = query_field(parser->kind, name);
	if (parser->kind && !node->field && node->type == NODE_COMPARE && !is_custom(name)) {
		field_fault(parser, name);
		return NULL;
	}
	if (value_forgotten(parser)) {
		scan_fault_here(
			&parser->scan, "condition-syntax", N_("a value behind the operator"));
		return NULL;
	}
	if (parse_choices(parser, node))
		return NULL;
	if (operator> OP_UNEQUAL && !node->choice_count) {
		scan_fault_here(
			&parser->scan, "condition-syntax", N_("a value behind the operator"));
		return NULL;
	}
	return node;
}

static const struct condition *parse_view(struct parser *parser)
{
	struct condition *node = node_new(parser, NODE_VIEW);
	const struct kind *kind = kind_find(slice_of("view"));
	struct record *view;
	struct parser nested = *parser;

	scan_char(&parser->scan, '@');
	node->name = word_at(parser->scan.rest);
	parser->scan.rest = slice_from(parser->scan.rest, node->name.len);
	if (!parser->scope || !parser->scope->project || !kind)
		return node;
	view = project_find(parser->scope->project, kind, node->name);
	if (!view || parser->views >= VIEWS) {
		scan_fault(&parser->scan, "condition-field",
			view ? N_("views that do not refer to each other")
			     : N_("the name of a saved view"),
			node->name);
		return NULL;
	}
	nested.scan = scan_new(record_text_or(view, "where"), NULL);
	nested.views++;
	nested.depth = 0;
	node->left = slice_trim(nested.scan.rest).len ? parse_or(&nested)
						      : node_new(parser, NODE_ALWAYS);
	if (node->left)
		return node;
	scan_fault(&parser->scan, "condition-syntax", N_("a view whose condition can be read"),
		node->name);
	return NULL;
}

static const struct condition *title_node(struct parser *parser, struct slice text)
{
	struct condition *node = node_new(parser, NODE_TITLE);

	node->name = text;
	return node;
}

static const struct condition *parse_bare(struct parser *parser, struct slice name)
{
	struct condition *node;

	if (parser->kind && !query_field(parser->kind, name) && !is_custom(name)) {
		if (parser->titles)
			return title_node(parser, name);
		field_fault(parser, name);
		return NULL;
	}
	node = node_new(parser, NODE_TRUTH);
	node->name = name;
	node->field = query_field(parser->kind, name);
	return node;
}

static const struct condition *parse_brackets(struct parser *parser)
{
	const struct condition *inner = parse_or(parser);

	skip(parser);
	if (!inner || scan_char(&parser->scan, ')'))
		return inner;
	scan_fault_here(&parser->scan, "condition-syntax", N_("a closing bracket"));
	return NULL;
}

static const struct condition *parse_not(struct parser *parser);

static const struct condition *parse_factor(struct parser *parser)
{
	struct slice name;
	enum operator operator;

	if (take_keyword(parser, "not"))
		return parse_not(parser);
	if (scan_char(&parser->scan, '('))
		return parse_brackets(parser);
	if (parser->scan.rest.len && parser->scan.rest.at[0] == '@')
		return parse_view(parser);
	name = word_at(parser->scan.rest);
	if (!name.len || slice_is(name, "and") || slice_is(name, "or")) {
		scan_fault_here(&parser->scan, "condition-syntax",
			N_("a field such as status, or not, or a bracket"));
		return NULL;
	}
	parser->scan.rest = slice_from(parser->scan.rest, name.len);
	skip(parser);
	if (operator_take(&parser->scan, &operator))
		return parse_comparison(parser, name, operator);
	return parse_bare(parser, name);
}

static const struct condition *parse_deeper(struct parser *parser)
{
	const struct condition *node;

	if (++parser->depth > DEPTH) {
		scan_fault_here(
			&parser->scan, "condition-syntax", N_("fewer brackets inside each other"));
		return NULL;
	}
	node = parse_factor(parser);
	parser->depth--;
	return node;
}

static const struct condition *parse_not(struct parser *parser)
{
	struct condition *node = node_new(parser, NODE_NOT);

	node->left = parse_deeper(parser);
	return node->left ? node : NULL;
}

static const struct condition *join(struct parser *parser, enum node_type type,
	const struct condition *left, const struct condition *right)
{
	struct condition *node;

	if (!left || !right)
		return NULL;
	if (++parser->parts > PARTS) {
		scan_fault_here(&parser->scan, "condition-syntax", N_("at most 1000 parts"));
		return NULL;
	}
	node = node_new(parser, type);
	node->left = left;
	node->right = right;
	return node;
}

static const struct condition *parse_and(struct parser *parser)
{
	const struct condition *left = parse_deeper(parser);

	while (left && take_keyword(parser, "and"))
		left = join(parser, NODE_AND, left, parse_deeper(parser));
	return left;
}

static const struct condition *parse_or(struct parser *parser)
{
	const struct condition *left = parse_and(parser);

	while (left && take_keyword(parser, "or"))
		left = join(parser, NODE_OR, left, parse_and(parser));
	return left;
}

static const struct condition *parse_all(struct parser *parser)
{
	const struct condition *node = parse_or(parser);

	skip(parser);
	if (!node || !parser->scan.rest.len)
		return node;
	scan_fault_here(
		&parser->scan, "condition-syntax", N_("and, or, or the end of the condition"));
	return NULL;
}

int condition_parse(struct condition **out, struct slice text, const struct kind *kind,
	const struct query_scope *scope, struct arena *arena, struct value_fault *fault)
{
	struct parser parser = {
		.scan = scan_new(text, fault), .kind = kind, .scope = scope, .arena = arena
	};
	const struct condition *node = parse_all(&parser);

	if (!node)
		return -1;
	*out = node_new(&parser, NODE_ALWAYS);
	**out = *node;
	return 0;
}

int condition_check(struct slice text, struct value_fault *fault)
{
	struct condition *condition;
	struct arena arena;
	int result;

	arena_init(&arena);
	result = condition_parse(&condition, text, NULL, NULL, &arena, fault);
	arena_release(&arena);
	return result;
}

/* Does the word go on like a condition: blanks or brackets with a keyword or an operator in it? */
static bool is_full(struct slice word)
{
	bool blank = slice_find(word, ' ') < word.len, operator= false;
	struct slice rest = word, part;

	if (slice_starts(word, "(") || slice_starts(word, "not "))
		return true;
	for (size_t i = 0; i < word.len; i++)
		operator= operator|| strchr("=<>:~", word.at[i]) != NULL;
	if (!blank)
		return false;
	while (slice_next(&rest, " \t\n", &part))
		if (slice_is(part, "and") || slice_is(part, "or"))
			return true;
	return operator;
}

static bool known_bare(const struct kind *kind, struct slice word)
{
	const struct field *field = query_field(kind, word);

	return field && field->type == TYPE_YESNO;
}

static const struct condition *parse_word(struct parser *parser)
{
	struct slice word = parser->scan.text, name = word_at(word);
	struct scan ahead = parser->scan;
	enum operator operator;

	if (is_full(word))
		return parse_all(parser);
	ahead.rest = slice_from(word, name.len);
	if (name.len && operator_take(&ahead, &operator))
		return parse_all(parser);
	if (slice_starts(word, "@") && word.len > 1)
		return parse_all(parser);
	return known_bare(parser->kind, word) ? parse_bare(parser, word) : title_node(parser, word);
}

static int usage_error(const struct value_fault *fault, struct slice word, const struct kind *kind,
	struct err *err)
{
	if (strcmp(fault->id, "condition-field") == 0)
		err_set(err, ERR_USAGE, "'%.*s': unknown field '%.*s' of %s", (int)word.len,
			word.at, (int)fault->found.len, fault->found.at,
			kind ? err_word(err, kind->name) : err_word(err, "the project"));
	else
		err_set(err, ERR_USAGE, "'%.*s': '%.*s': expected %s", (int)word.len, word.at,
			(int)fault->found.len, fault->found.at ? fault->found.at : "",
			err_word(err, fault->expected));
	if (fault->nearest.len)
		err_hint(err, "did you mean '%.*s'?", (int)fault->nearest.len, fault->nearest.at);
	return ERR_USAGE;
}

static bool is_joint(const char *word)
{
	return strcmp(word, "and") == 0 || strcmp(word, "or") == 0 || strcmp(word, "not") == 0;
}

/* "status=doing or critical" as separate words: one condition in full. */
static bool joined_words(char *const *words, size_t count, struct arena *arena, struct slice *out)
{
	struct strbuf text;
	bool joint = false;

	for (size_t i = 0; i < count; i++)
		joint = joint || is_joint(words[i]);
	if (!joint)
		return false;
	strbuf_init(&text);
	for (size_t i = 0; i < count; i++) {
		strbuf_add_str(&text, i ? " " : "");
		strbuf_add_str(&text, words[i]);
	}
	*out = arena_slice(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return true;
}

/* Is it a word that is the id of a record of the kind? */
static bool is_id(const struct parser *parser, const struct condition *node)
{
	const struct project *project = parser->scope ? parser->scope->project : NULL;

	return node->type == NODE_TITLE && project && parser->kind &&
		project_find(project, parser->kind, node->name) != NULL;
}

int condition_parse_words(struct condition **out, char *const *words, size_t count,
	const struct kind *kind, const struct query_scope *scope, struct arena *arena,
	struct err *err)
{
	struct parser parser = { .kind = kind, .scope = scope, .arena = arena, .titles = true };
	const struct condition *all = NULL, *ids = NULL;
	struct value_fault fault;
	struct slice text;
	bool joined = joined_words(words, count, arena, &text);

	for (size_t i = 0; i < (joined ? 1 : count); i++) {
		struct slice word = joined ? text : arena_slice(arena, slice_of(words[i]));
		const struct condition *node;

		parser.scan = scan_new(word, &fault);
		node = joined ? parse_all(&parser) : parse_word(&parser);
		if (!node)
			return usage_error(&fault, word, kind, err);
		if (is_id(&parser, node))
			node = ids = ids ? join(&parser, NODE_OR, ids, node) : node;
		else
			node = all = all ? join(&parser, NODE_AND, all, node) : node;
		if (!node)
			return usage_error(&fault, word, kind, err);
	}
	if (ids)
		all = all ? join(&parser, NODE_AND, all, ids) : ids;
	*out = node_new(&parser, NODE_ALWAYS);
	if (all)
		**out = *all;
	return 0;
}
