/*
 * The canonical delta: what changes between two states of a project, in the one text that people sign.
 *
 *	pmt-delta 1\n
 *	units SHA256\n                      of every field that gives other fields' values their meaning (delta_units)
 *	ctx kind id title parent\n          of each touched record as it was, and of each record that a new value names, where the old side has it
 *	field kind id field old new\n       sorted by kind, id and field, bytewise; a record that comes or goes is the field "*"
 *
 * Items are netstrings LEN:BYTES, and absent is "-,"; values are the logical bytes (unfolded, lines ended by LF). The digest is
 * SHA-256 of "pmt-delta-1", a NUL and the text. Parsing accepts nothing that delta_print would not have written: one state of affairs has one
 * text.
 *
 * A delta binds every changed field of class authority or plan, and every field that the old side's policy protects, protected or not by a
 * rule that triggers. Where a section stands is no delta. Files that decide how text is read (.gitattributes, a pmt.ini below the project's
 * folder) are items of the pseudo kind "file": id = path, field "*", value = SHA-256 of the bytes; of a project below it is "", for only that it
 * is there takes text away from this one.
 *
 * A record that comes or goes states so in "*", with all its bound fields; what a record with one free field alone does is no delta.
 */
#ifndef CHANGE_DELTA_H
#define CHANGE_DELTA_H

#include "base/arena.h"
#include "base/digest.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "model/project.h"

#include <stdbool.h>

struct policies; /* change/policy.h */

struct delta_item {
	struct slice kind, id, field; /* as canonical: kind's name, folded id, the field's key or "*" */
	struct slice old, new;        /* at NULL: absent */
};

/* What a signer was shown of a record that is touched or named. */
struct delta_context {
	struct slice kind, id, title, parent; /* at NULL: has none */
};

struct delta {
	char units[DIGEST_HEX];
	struct delta_context *contexts;
	size_t context_count;
	struct delta_item *items; /* sorted as in the text */
	size_t item_count;
};

/*
 * The class under which a change of that field is judged: the table's, raised to plan where the policy protects it. field "*": presence, which is
 * plan for kinds that have fields of class plan, else authority for those that have such. kind NULL: "file", authority. Changes and events are
 * free: they would bind themselves.
 */
enum field_class delta_class(const struct policies *policies, const struct kind *kind, struct slice field);

/* Everything bound that differs from before to after, by these policies (NULL: none). Texts live in the arena. O(records). */
void delta_between(struct delta *out, const struct project *before, const struct project *after, const struct policies *policies,
	struct arena *arena);
/*
 * Is each item of `actual` stated by `stated`, with the same old and new value? Else *missing is the first that is not. Whoever judges a signed
 * delta asks this of the difference that applying it makes: nothing may happen that was not stated.
 */
bool delta_covers(const struct delta *stated, const struct delta *actual, const struct delta_item **missing);
/* Digest of project units, currencies, exchange rates, format and engine: what rescales fields that nobody touched. */
void delta_units(const struct project *project, char out[DIGEST_HEX]);

void delta_print(const struct delta *delta, struct strbuf *out);
/* ERR_INPUT, with the offset in the message, for anything but a canonical text of version 1. */
int delta_parse(struct delta *out, struct slice text, struct arena *arena, struct err *err);
void delta_digest(struct slice text, char out[DIGEST_HEX]);

/*
 * Does the delta fit this state: every old value, context line and the units as they are there? False: *stale names the first item that does
 * not (its text in the arena, for a message).
 */
bool delta_fits(const struct delta *delta, const struct project *state, struct arena *arena, const char **stale);
/*
 * `state` with the delta made. Copies no text: state and the delta's arena must outlive it. Release it as any project. Call only when it fits.
 * It has no source: it serves plan_build, policies_read and comparison, not editing.
 */
void delta_apply(struct project *out, const struct project *state, const struct delta *delta);
/* The logical text of one field ("*": "" for there, at NULL for not there) of a state; a digest is made in the arena. */
struct slice delta_value(const struct project *state, const struct delta_item *item, struct arena *arena);
/*
 * What an item is about, for people: "task T-31 effort", with the id as one of the states writes it; presence is no field, and what there is only
 * one of has no id. Either state may be NULL; an id that neither has is given as kinds write theirs.
 */
struct slice delta_item_name(const struct delta_item *item, const struct project *one, const struct project *other, struct arena *arena);
/* Two values of items: absent is not empty. */
static inline bool delta_same(struct slice a, struct slice b)
{
	return !a.at == !b.at && slice_equal(a, b);
}

/* Digest of all bound fields of a state, for binding = strict. */
void delta_state_digest(const struct project *state, const struct policies *policies, char out[DIGEST_HEX]);

#endif
