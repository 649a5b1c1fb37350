#include "model/reference.h"

#include "model/project-internal.h"

enum { EXACT = 0, LOOSE = 1, FOREIGN = 2 };

struct reading {
	const char *kinds;
	struct slice text;
	reference_visit visit;
	void *context;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool reference_field(const struct field *field)
{
	return field->type == TYPE_REF || field->type == TYPE_REFS || field->type == TYPE_DEPENDENCIES ||
	       field->type == TYPE_ALLOCATIONS || field->type == TYPE_CONDITION || (field->type == TYPE_WORDS && field->of);
}

static size_t offset_of(const struct reading *reading, struct slice part)
{
	return part.at ? (size_t)(part.at - reading->text.at) : 0;
}

static void found(const struct reading *reading, struct slice item, struct slice alternative,
	struct slice id, const char *kinds, unsigned how)
{
	struct reference reference = { .id = id,
		.kinds = kinds,
		.at = offset_of(reading, id),
		.loose = how & LOOSE,
		.foreign = how & FOREIGN };

	if (id.len == 0)
		return;
	reference.item_at = offset_of(reading, item);
	reference.item_end = reference.item_at + item.len;
	reference.alternative_at = offset_of(reading, alternative);
	reference.alternative_end = reference.alternative_at + alternative.len;
	reading->visit(reading->context, &reference);
}

static struct slice first_word(struct slice text)
{
	size_t len = 0;

	while (len < text.len && !is_blank(text.at[len]))
		len++;
	return slice_new(text.at, len);
}

static void read_dependency(const struct reading *reading, struct slice item)
{
	struct slice word = first_word(item);
	size_t colon = slice_find(word, ':');

	if (colon < word.len)
		found(reading, item, item, slice_from(word, colon + 1), reading->kinds, FOREIGN);
	else
		found(reading, item, item, word, reading->kinds, EXACT);
}

/* "li.wei|wang.fang 50%", "@backend x2", "skill:k8s": skills are no records. */
static void read_allocation(const struct reading *reading, struct slice item)
{
	size_t start = 0;

	while (start < item.len) {
		size_t end = start;
		while (end < item.len && item.at[end] != '|' && !is_blank(item.at[end]))
			end++;
		struct slice alternative = slice_new(item.at + start, end - start);
		if (slice_starts(alternative, "@"))
			found(reading, item, alternative, slice_from(alternative, 1), "team",
				EXACT);
		else if (!slice_starts(alternative, "skill:"))
			found(reading, item, alternative, alternative, "resource", EXACT);
		while (end < item.len && is_blank(item.at[end]))
			end++;
		if (end >= item.len || item.at[end] != '|')
			return;
		for (start = end + 1; start < item.len && is_blank(item.at[start]);)
			start++;
	}
}

static void read_list(const struct reading *reading, enum field_type type)
{
	struct slice rest = reading->text, item;

	while (slice_next(&rest, ",\n", &item)) {
		if (type == TYPE_DEPENDENCIES)
			read_dependency(reading, item);
		else if (type == TYPE_ALLOCATIONS)
			read_allocation(reading, item);
		else
			found(reading, item, item, item, reading->kinds, type == TYPE_WORDS ? LOOSE : EXACT);
	}
}

/* A word, number or quoted text of a condition, or an operator. */
static struct slice next_token(struct slice *rest)
{
	static const char operators[] = "=!<>~:,()";
	size_t len = 0;

	while (rest->len > 0 && is_blank(rest->at[0]))
		*rest = slice_from(*rest, 1);
	if (rest->len == 0)
		return *rest;
	char first = rest->at[0];
	if (first == '"' || first == '\'') {
		for (len = 1; len < rest->len && rest->at[len] != first;)
			len++;
		len += len < rest->len;
	} else if (slice_find(slice_of(operators), first) < sizeof(operators) - 1) {
		len = 1;
	} else {
		while (len < rest->len && !is_blank(rest->at[len]) && rest->at[len] != '"' &&
			slice_find(slice_of(operators), rest->at[len]) == sizeof(operators) - 1)
			len++;
	}
	struct slice token = slice_new(rest->at, len);
	*rest = slice_from(*rest, len);
	return token;
}

/* What a field of this name refers to in whichever kind has it: conditions may be about any kind.
 */
static const char *named_kinds(struct slice name, bool *refers)
{
	char text[INT8_MAX];

	*refers = slice_is(name, "under") || slice_is(name, "id");
	if (*refers || name.len == 0 || name.len >= sizeof(text))
		return slice_is(name, "under") ? "task" : NULL;
	for (size_t i = 0; i < name.len; i++)
		text[i] = name.at[i];
	text[name.len] = '\0';
	for (size_t k = 0; k < kinds_count; k++) {
		const struct field *field = kind_field_named(kinds_all[k], text);
		if (!field || !reference_field(field) || field->type == TYPE_CONDITION)
			continue;
		*refers = true;
		if (field->type == TYPE_ALLOCATIONS)
			return "resource|team";
		return field->type == TYPE_DEPENDENCIES ? "task" : field->of;
	}
	return NULL;
}

static bool joins_conditions(struct slice token)
{
	return slice_is(token, "and") || slice_is(token, "or") || slice_is(token, "not");
}

/* field = value, value and … : the values behind the operator of a field that refers to records. */
static void read_condition(const struct reading *reading)
{
	struct slice rest = reading->text, field = { NULL, 0 };
	const char *kinds = NULL;
	bool values = false, refers = false;

	for (struct slice token; (token = next_token(&rest)).len > 0;) {
		bool sign = token.len == 1 && slice_find(slice_of("=!<>~:"), token.at[0]) < 6;
		if (sign && !values) {
			kinds = named_kinds(field, &refers);
			values = true;
		} else if (joins_conditions(token) || token.at[0] == '(' || token.at[0] == ')') {
			values = false;
		} else if (values && refers && !sign && token.at[0] != ',') {
			bool quoted = token.len > 1 && (token.at[0] == '"' || token.at[0] == '\'');
			struct slice id = quoted ? slice_new(token.at + 1, token.len - 2) : token;
			if (slice_starts(id, "@"))
				id = slice_from(id, 1);
			found(reading, token, token, id, kinds, LOOSE);
		} else if (!values) {
			field = token;
		}
	}
}

void reference_each(
	const struct field *field, struct slice text, reference_visit visit, void *context)
{
	struct reading reading = { field->of, text, visit, context };

	switch (field->type) {
	case TYPE_REF: {
		struct slice id = slice_trim(text);
		found(&reading, id, id, id, field->of, EXACT);
		break;
	}
	case TYPE_DEPENDENCIES:
		reading.kinds = field->of ? field->of : "task";
		read_list(&reading, field->type);
		break;
	case TYPE_WORDS:
		if (!field->of)
			break;
		read_list(&reading, field->type);
		break;
	case TYPE_REFS:
	case TYPE_ALLOCATIONS: read_list(&reading, field->type); break;
	case TYPE_CONDITION: read_condition(&reading); break;
	default: break;
	}
}

static void read_entry_line(
	const struct reading *reading, enum journal_entry entry, struct slice line)
{
	struct slice word = first_word(line), rest = slice_from(line, word.len);

	if (entry == JOURNAL_TIME)
		found(reading, line, line, word, "task", EXACT);
	else if (entry == JOURNAL_RUN && (rest = slice_trim(rest)).len > 0)
		found(reading, first_word(rest), first_word(rest), first_word(rest),
			"resource|stakeholder", LOOSE);
	else if (entry == JOURNAL_NOTE && slice_ends(word, ":"))
		found(reading, word, word, slice_new(word.at, word.len - 1), "resource|stakeholder",
			LOOSE);
}

void reference_each_in_entry(
	const struct kind *kind, struct slice text, reference_visit visit, void *context)
{
	struct reading reading = { NULL, text, visit, context };
	struct slice rest = text, line;

	while (slice_next(&rest, "\n", &line))
		if (line.len > 0)
			read_entry_line(&reading, kind->entry, line);
}
