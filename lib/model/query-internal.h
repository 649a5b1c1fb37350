/* A parsed condition, shared by its parser, printer and evaluation. */
#ifndef MODEL_QUERY_INTERNAL_H
#define MODEL_QUERY_INTERNAL_H

#include "model/query.h"

enum node_type {
	NODE_ALWAYS,
	NODE_AND,     /* left, right */
	NODE_OR,
	NODE_NOT,     /* left */
	NODE_VIEW,    /* @name; left is its condition, NULL when there was no project to look in */
	NODE_TITLE,   /* text: the title contains it, or the id is it */
	NODE_TRUTH,   /* name alone: yes, or anything that is not empty or zero */
	NODE_COMPARE, /* name operator choices */
	NODE_UNDER    /* below the record that choices name */
};

enum operator { OP_EQUAL, OP_UNEQUAL, OP_LESS, OP_LESS_EQUAL, OP_GREATER, OP_GREATER_EQUAL, OP_CONTAINS };

/* One of the values behind an operator. */
struct choice {
	struct slice text;   /* as written, without quotes */
	bool quoted;
	bool me;             /* @me */
	bool range;          /* from..to; either may be empty */
	struct slice from, to;
	const struct field *other; /* the name of a field, to compare with */
	/* Parsed for the node's field; !typed: parsed when evaluated. For ranges both ends, where given. */
	bool typed;
	struct value value, last;
};

struct condition {
	enum node_type type;
	const struct condition *left, *right;
	struct slice name;
	const struct field *field; /* NULL: found by name when evaluated */
	enum operator operator;
	struct choice *choices;    /* none: is (not) empty */
	size_t choice_count;
};

extern const struct field query_id_field, query_kind_field;

/* Does the record answer to a bare word: is it in its title, or is it its id? */
bool query_titled(const struct record *record, struct slice word);
/* What a name means for a kind: id and kind themselves, fields, singular forms of lists (tag for tags). */
const struct field *query_field(const struct kind *kind, struct slice name);
/* Does comparing by order or range make sense? */
bool query_is_ordered(enum field_type type);
/* Are there values that can be wrong? Ids and text are compared as they stand. */
bool query_is_typed(enum field_type type);
/* Finds the ".." of a range. */
void choice_split(struct choice *choice);
/* A choice's ends as values of such a field; false when they are none. */
bool choice_resolve(struct choice *choice, const struct field *field, const struct query_scope *scope,
	struct arena *arena, struct value_fault *fault);
bool folded_equal(struct slice a, struct slice b);

/* Does an unquoted value of this text read back as the same text? */
bool query_value_plain(struct slice text);

#endif
