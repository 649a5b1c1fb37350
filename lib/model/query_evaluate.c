#include "base/utf8.h"
#include "model/query-internal.h"

enum { PARENTS = 1000 }; /* parents may loop in a project with errors */

/* A finish at midnight belongs to the day that ended. */
static date_t day_of(const struct field *field, const struct value *value)
{
	moment_t moment = value->as.when.moment;

	if (value->as.when.has_time && moment_minute_of_day(moment) == 0 &&
		slice_ends(slice_of(field->name), "finish"))
		moment--;
	return moment_date(moment);
}

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static bool is_when(enum field_type type)
{
	return type == TYPE_DATE || type == TYPE_DATETIME;
}

/* False when the two cannot be compared: other currencies, other types. */
static bool compare(
	const struct field *field, const struct value *a, const struct value *b, int *result)
{
	if (is_when(a->type) && is_when(b->type)) {
		if (a->as.when.has_time && b->as.when.has_time)
			*result = order(a->as.when.moment, b->as.when.moment);
		else
			*result = order(day_of(field, a), day_of(field, b));
		return true;
	}
	if (a->type == TYPE_ENUM && b->type == TYPE_ENUM && field->of) {
		*result = word_index(field->of, a->as.text) - word_index(field->of, b->as.text);
		return true;
	}
	if (a->type == TYPE_MONEY && b->type == TYPE_MONEY && a->as.money.currency[0] &&
		b->as.money.currency[0] && strcmp(a->as.money.currency, b->as.money.currency) != 0)
		return false;
	if (a->type != b->type && !((a->type == TYPE_DURATION || a->type == TYPE_EFFORT) &&
					  (b->type == TYPE_DURATION || b->type == TYPE_EFFORT)))
		return false;
	*result = value_compare(a, b);
	return true;
}

static bool order_fits(enum operator operator, int result)
{
	switch (operator) {
	case OP_EQUAL: return result == 0;
	case OP_UNEQUAL: return result != 0;
	case OP_LESS: return result < 0;
	case OP_LESS_EQUAL: return result <= 0;
	case OP_GREATER: return result > 0;
	case OP_GREATER_EQUAL: return result >= 0;
	case OP_CONTAINS: break;
	}
	return false;
}

static bool in_range(
	const struct field *field, const struct value *value, const struct choice *choice)
{
	int result;

	if (choice->from.len && (!compare(field, value, &choice->value, &result) || result < 0))
		return false;
	if (choice->to.len && (!compare(field, value, &choice->last, &result) || result > 0))
		return false;
	return true;
}

static bool is_text(enum field_type type)
{
	switch (type) {
	case TYPE_TEXT:
	case TYPE_LINE:
	case TYPE_ID:
	case TYPE_REF:
	case TYPE_ENUM:
	case TYPE_CONDITION: return true;
	default: return false;
	}
}

/* What a choice stands for as text: @me is the user, and teams may be written with their @. */
static struct slice choice_text(
	const struct choice *choice, const struct field *field, const struct query_scope *scope)
{
	bool names = field->type == TYPE_REF || field->type == TYPE_REFS ||
		     field->type == TYPE_ALLOCATIONS;

	if (choice->me)
		return scope->me;
	if (names && !choice->quoted && slice_starts(choice->text, "@"))
		return slice_from(choice->text, 1);
	return choice->text;
}

static bool text_matches(struct slice text, struct slice wanted, enum operator operator)
{
	return operator== OP_CONTAINS ? utf8_contains_folded(text, wanted)
				      : folded_equal(text, wanted);
}

static bool allocation_matches(
	const struct allocation *item, struct slice wanted, enum operator operator)
{
	for (size_t i = 0; i < item->alternative_count; i++)
		if (text_matches(item->alternatives[i], wanted, operator))
			return true;
	return false;
}

/* Any item of a list; for other values the whole, printed. */
static bool any_item_matches(const struct value *value, struct slice wanted, enum operator operator,
	const struct query_scope * scope)
{
	struct units units;
	struct strbuf text;
	bool matches = false;

	if (is_text(value->type))
		return text_matches(value->as.text, wanted, operator);
	switch (value->type) {
	case TYPE_REFS:
	case TYPE_WORDS:
	case TYPE_LINES:
		for (size_t i = 0; i < value->as.list.count && !matches; i++)
			matches = text_matches(value->as.list.items[i], wanted, operator);
		return matches;
	case TYPE_DEPENDENCIES:
		for (size_t i = 0; i < value->as.dependencies.count && !matches; i++)
			matches =
				text_matches(value->as.dependencies.items[i].id, wanted, operator);
		return matches;
	case TYPE_ALLOCATIONS:
		for (size_t i = 0; i < value->as.allocations.count && !matches; i++)
			matches = allocation_matches(
				&value->as.allocations.items[i], wanted, operator);
		return matches;
	default: break;
	}
	units_default(&units);
	strbuf_init(&text);
	value_print(value, scope->project ? &scope->project->units : &units, &text);
	matches = text_matches(strbuf_slice(&text), wanted, operator);
	strbuf_release(&text);
	return matches;
}

/* x_ fields and measures have no declared type: numbers compare as numbers, the rest as text. */
static bool loose_order(const struct value *value, struct slice wanted, int *result)
{
	struct value other = { .type = value->type, .as.text = wanted };
	decimal_t a, b;

	if (!is_text(value->type))
		return false;
	if (decimal_parse(value->as.text, &a) == DECIMAL_OK &&
		decimal_parse(wanted, &b) == DECIMAL_OK)
		*result = order(a, b);
	else
		*result = value_compare(value, &other);
	return true;
}

struct evaluation {
	const struct condition *node;
	const struct field *field;
	const struct record *record;
	const struct query_scope *scope;
	struct arena *scratch;
};

/* What a field that stands behind the operator holds: of the record, or of the project where there is none. */
static bool other_value(const struct evaluation *e, const struct field *field, struct value *out)
{
	const struct query_scope *scope = e->scope;

	if (e->record)
		return query_value(scope, e->record, field, e->scratch, out);
	return scope->measure &&
	       scope->measure(scope->measure_context, slice_of(field->name), slice_new(NULL, 0), e->scratch, out);
}

/* Compares with one choice, by value where the type has an order, else by text. */
static bool choice_matches(const struct evaluation *e, const struct value *value,
	const struct choice *written, enum operator operator)
{
	struct choice choice = *written;
	struct slice text = choice_text(&choice, e->field, e->scope);
	bool typed = query_is_typed(value->type);
	struct value other;
	int result;

	if (choice.me && !text.len)
		return false;
	if (operator== OP_CONTAINS)
		return any_item_matches(value, text, operator, e->scope);
	if (!choice.typed && !choice.other && typed &&
		!choice_resolve(&choice, e->field, e->scope, e->scratch, NULL)) {
		choice.typed = false;
		choice.other = choice.quoted ? NULL
					     : query_field(e->record ? e->record->kind : NULL,
						       choice.text);
	}
	if (choice.other)
		return other_value(e, choice.other, &other) &&
		       compare(e->field, value, &other, &result) && order_fits(operator, result);
	if (choice.typed && choice.range)
		return in_range(e->field, value, &choice);
	if (choice.typed)
		return compare(e->field, value, &choice.value, &result) &&
		       order_fits(operator, result);
	if (operator== OP_EQUAL)
		return any_item_matches(value, text, operator, e->scope);
	return loose_order(value, text, &result) && order_fits(operator, result);
}

static bool is_empty(const struct value *value)
{
	switch (value->type) {
	case TYPE_REFS:
	case TYPE_WORDS:
	case TYPE_LINES: return !value->as.list.count;
	case TYPE_DEPENDENCIES: return !value->as.dependencies.count;
	case TYPE_ALLOCATIONS: return !value->as.allocations.count;
	case TYPE_DATES: return !value->as.dates.count;
	default: return is_text(value->type) && !slice_trim(value->as.text).len;
	}
}

static bool is_true(const struct value *value)
{
	switch (value->type) {
	case TYPE_YESNO: return value->as.yes;
	case TYPE_INTEGER: return value->as.integer != 0;
	case TYPE_NUMBER:
	case TYPE_PERCENT: return value->as.number != 0;
	case TYPE_MONEY: return value->as.money.amount != 0;
	case TYPE_DURATION:
	case TYPE_EFFORT: return estimate_mean(&value->as.estimate) != 0;
	default: return !is_empty(value);
	}
}

/* The field or measure that a name stands for; false when the record has no value there. */
static bool named_value(struct evaluation *e, struct value *value)
{
	const struct query_scope *scope = e->scope;

	struct slice wanted = e->node->choice_count == 1 ? e->node->choices[0].text : slice_new(NULL, 0);

	if (!e->record && e->field)
		return scope->measure &&
		       scope->measure(scope->measure_context, slice_of(e->field->name), wanted, e->scratch, value);
	if (!e->field && e->record)
		e->field = query_field(e->record->kind, e->node->name);
	if (!e->field) {
		struct field *made = arena_calloc(e->scratch, 1, sizeof(*made));

		made->name = arena_strndup(e->scratch, e->node->name.at, e->node->name.len);
		made->type = TYPE_LINE;
		e->field = made;
		if (scope->measure &&
			scope->measure(scope->measure_context, e->node->name, wanted, e->scratch, value)) {
			made->type = value->type;
			return true;
		}
		if (!slice_starts(e->node->name, "x_"))
			return false;
	}
	return e->record && query_value(scope, e->record, e->field, e->scratch, value);
}

static bool compare_holds(struct evaluation *e)
{
	const struct condition *node = e->node;
	bool unequal = node->operator== OP_UNEQUAL;
	struct value value;

	if (!named_value(e, &value) || is_empty(&value))
		return node->choice_count ? unequal : !unequal;
	if (!node->choice_count)
		return unequal;
	for (size_t i = 0; i < node->choice_count; i++)
		if (choice_matches(
			    e, &value, &node->choices[i], unequal ? OP_EQUAL : node->operator))
			return !unequal;
	return unequal;
}

static bool is_choice(const struct condition *node, struct slice id)
{
	for (size_t i = 0; i < node->choice_count; i++)
		if (folded_equal(node->choices[i].text, id))
			return true;
	return false;
}

static bool under_holds(
	const struct condition *node, const struct record *record, const struct query_scope *scope)
{
	struct slice parent;
	bool under = false;

	for (int depth = 0; record && !under && depth < PARENTS; depth++) {
		if (!record_text(record, "parent", &parent) || !slice_trim(parent).len)
			break;
		parent = slice_trim(parent);
		under = is_choice(node, parent);
		record = scope->project ? project_find(scope->project, record->kind, parent) : NULL;
	}
	return under == (node->operator!= OP_UNEQUAL);
}

bool query_titled(const struct record *record, struct slice word)
{
	return utf8_contains_folded(record_title(record), word) || folded_equal(record->id, word);
}

bool condition_holds(const struct condition *condition, const struct record *record,
	const struct query_scope *scope, struct arena *scratch)
{
	struct evaluation e = { condition, condition->field, record, scope, scratch };
	struct value value;

	switch (condition->type) {
	case NODE_ALWAYS: return true;
	case NODE_AND:
		return condition_holds(condition->left, record, scope, scratch) &&
		       condition_holds(condition->right, record, scope, scratch);
	case NODE_OR:
		return condition_holds(condition->left, record, scope, scratch) ||
		       condition_holds(condition->right, record, scope, scratch);
	case NODE_NOT: return !condition_holds(condition->left, record, scope, scratch);
	case NODE_VIEW:
		return condition->left && condition_holds(condition->left, record, scope, scratch);
	case NODE_TITLE: return record && query_titled(record, condition->name);
	case NODE_TRUTH: return named_value(&e, &value) && is_true(&value);
	case NODE_COMPARE: return compare_holds(&e);
	case NODE_UNDER: return under_holds(condition, record, scope);
	}
	return false;
}

static void name_needs(
	struct slice name, void (*need)(void *context, const struct field *field), void *context)
{
	for (size_t i = 0; i < kinds_count; i++) {
		const struct field *field = query_field(kinds_all[i], name);

		if (field && (field->flags & FIELD_COMPUTED))
			need(context, field);
	}
}

static void field_needs(const struct field *field, struct slice name,
	void (*need)(void *context, const struct field *field), void *context)
{
	if (!field)
		name_needs(name, need, context);
	else if (field->flags & FIELD_COMPUTED)
		need(context, field);
}

void condition_needs(const struct condition *condition,
	void (*need)(void *context, const struct field *field), void *context)
{
	if (condition->left)
		condition_needs(condition->left, need, context);
	if (condition->right)
		condition_needs(condition->right, need, context);
	if (condition->type != NODE_TRUTH && condition->type != NODE_COMPARE)
		return;
	field_needs(condition->field, condition->name, need, context);
	for (size_t i = 0; i < condition->choice_count; i++)
		if (condition->choices[i].other)
			field_needs(condition->choices[i].other, condition->choices[i].text, need,
				context);
}

static enum condition_direction direction_of(enum operator operator)
{
	if (operator == OP_GREATER || operator == OP_GREATER_EQUAL)
		return DIRECTION_UP;
	return operator == OP_LESS || operator == OP_LESS_EQUAL ? DIRECTION_DOWN : DIRECTION_ANY;
}

static enum condition_direction turned(enum condition_direction direction)
{
	return direction == DIRECTION_UP ? DIRECTION_DOWN : direction == DIRECTION_DOWN ? DIRECTION_UP : DIRECTION_ANY;
}

static void find_parts(const struct condition *node, bool inverted,
	void (*found)(void *context, const struct condition_part *part), void *context)
{
	const struct choice *choice = node->choice_count == 1 ? &node->choices[0] : NULL;
	struct condition_part part = { .name = node->name };

	if (node->type == NODE_AND || node->type == NODE_OR || node->type == NODE_NOT) {
		find_parts(node->left, inverted != (node->type == NODE_NOT), found, context);
		if (node->right)
			find_parts(node->right, inverted, found, context);
		return;
	}
	if (node->type == NODE_ALWAYS)
		return;
	part.plain = node->type == NODE_COMPARE && choice && !choice->range && !choice->me &&
		node->operator != OP_CONTAINS;
	part.wanted = choice ? choice->text : slice_new(NULL, 0);
	part.direction = node->type == NODE_COMPARE ? direction_of(node->operator) : DIRECTION_ANY;
	if (inverted)
		part.direction = turned(part.direction);
	found(context, &part);
}

void condition_parts(const struct condition *condition,
	void (*part)(void *context, const struct condition_part *part), void *context)
{
	find_parts(condition, false, part, context);
}

void condition_each_name(const struct condition *condition,
	void (*name)(void *context, struct slice name, const struct field *field), void *context)
{
	if (condition->left)
		condition_each_name(condition->left, name, context);
	if (condition->right)
		condition_each_name(condition->right, name, context);
	if (condition->type != NODE_TRUTH && condition->type != NODE_COMPARE)
		return;
	name(context, condition->name, condition->field);
	for (size_t i = 0; i < condition->choice_count; i++)
		if (condition->choices[i].other)
			name(context, condition->choices[i].text, condition->choices[i].other);
}
