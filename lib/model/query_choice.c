/* The values behind an operator of a condition: ranges, and what they are for a field. */
#include "model/query-internal.h"

void choice_split(struct choice *choice)
{
	for (size_t i = 0; i + 1 < choice->text.len; i++)
		if (choice->text.at[i] == '.' && choice->text.at[i + 1] == '.') {
			choice->range = true;
			choice->from = slice_trim(slice_new(choice->text.at, i));
			choice->to = slice_trim(slice_from(choice->text, i + 2));
			return;
		}
}

bool query_is_ordered(enum field_type type)
{
	switch (type) {
	case TYPE_DATE:
	case TYPE_DATETIME:
	case TYPE_DURATION:
	case TYPE_EFFORT:
	case TYPE_PERCENT:
	case TYPE_NUMBER:
	case TYPE_INTEGER:
	case TYPE_MONEY: return true;
	default: return false;
	}
}

bool query_is_typed(enum field_type type)
{
	return query_is_ordered(type) || type == TYPE_YESNO || type == TYPE_ENUM;
}

static bool end_resolve(struct value *out, const struct field *field, struct slice text,
	const struct query_scope *scope, struct arena *arena, struct value_fault *fault)
{
	struct units plain;
	struct field end = *field;
	struct value_context context = { .words = true };

	units_default(&plain);
	context.units = scope && scope->project ? &scope->project->units : &plain;
	context.now = scope ? scope->now : 0;
	end.flags = 0;
	if (end.type == TYPE_DATE)
		end.type = TYPE_DATETIME;
	return value_parse(out, &end, text, &context, arena, fault) == 0;
}

static void nested_offset(struct value_fault *fault, const struct choice *choice, struct slice part)
{
	if (fault)
		fault->offset += (size_t)(part.at - choice->text.at);
}

bool choice_resolve(struct choice *choice, const struct field *field,
	const struct query_scope *scope, struct arena *arena, struct value_fault *fault)
{
	choice->typed = true;
	if (!choice->range || !query_is_ordered(field->type)) {
		choice->range = false;
		return end_resolve(&choice->value, field, choice->text, scope, arena, fault);
	}
	if (choice->from.len &&
		!end_resolve(&choice->value, field, choice->from, scope, arena, fault)) {
		nested_offset(fault, choice, choice->from);
		return false;
	}
	if (choice->to.len && !end_resolve(&choice->last, field, choice->to, scope, arena, fault)) {
		nested_offset(fault, choice, choice->to);
		return false;
	}
	return true;
}
