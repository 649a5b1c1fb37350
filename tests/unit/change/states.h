/*
 * Random states of a project for tests of what is signed: records and fields in memory, written out in any layout.
 */
#ifndef TESTS_CHANGE_STATES_H
#define TESTS_CHANGE_STATES_H

#include "base/random.h"
#include "base/strbuf.h"
#include "model/project.h"

#include <stdlib.h>
#include <string.h>

enum { STATE_RECORDS = 12, STATE_FIELDS = 8, STATE_FILES = 4 };

struct state_field {
	const char *key, *value; /* NULL: absent */
};

struct state_record {
	const char *kind, *id; /* kind NULL: absent */
	struct state_field fields[STATE_FIELDS];
};

struct state {
	struct state_record records[STATE_RECORDS];
	bool attributes, nested;
	int attribute_text;
};

struct dice {
	uint64_t seed, at;
};

static inline size_t roll(struct dice *dice, size_t below)
{
	return (size_t)random_below(dice->seed, 1, dice->at++, below);
}

struct state_table {
	const char *kind, *ids[3];
	const char *keys[STATE_FIELDS];
	const char *values[STATE_FIELDS][3];
};

static const struct state_table state_tables[] = {
	{ "task", { "T-1", "T-2", "t-3" }, { "title", "effort", "depends", "assign", "progress", "status", "x_note" },
		{ { "结算引擎", "a, b = c", "" }, { "1d", "3d/5d/10d", "" }, { "T-1", "T-2 SS+1d", "T-9" },
			{ "li.wei", "@team", "wang" }, { "10%", "20%", "100%" }, { "doing", "done", "open" },
			{ "1", "two\nlines", "a\n\nb" } } },
	{ "resource", { "li.wei", "wang", "ø" }, { "title", "roles", "keys", "rate", "email" },
		{ { "李伟", "L", "" }, { "ccb", "sponsor, ccb", "admin" },
			{ "ssh-ed25519 A", "ssh-ed25519 A\nssh-ed25519 B", "x" },
			{ "100/h", "100/h\nfrom 2026-01-01 90/h", "" }, { "a@b", "c@d", "" } } },
	{ "risk", { "R-1", "R-2", "R-3" }, { "title", "probability" }, { { "x", "y", "z" }, { "1%", "2%", "3%" } } },
	{ "policy", { "root", "scope", "money" }, { "protect", "approve", "description", "x_own" },
		{ { "authority", "task.*", "risk" },
			{ "sponsor", "2 of ccb", "admin" }, { "a", "b", "c" }, { "1", "2", "3" } } },
	{ "timesheet", { "li.wei", "wang", "zhao" }, { "2026-01-02", "2026-01-03" },
		{ { "T-1 2h", "T-1 3h\nT-2 1h", "T-2 8h" }, { "T-1 1h", "T-2 2h", "T-1 8h" } } },
	{ "baseline", { "1", "2", "b" }, { "cost", "tasks" },
		{ { "1", "2", "3" }, { "T-1 2026-01-01 2026-01-02", "T-1 2026-01-01 2026-01-03", "T-2 - -" } } },
	{ "rate", { "USD", "EUR", "JPY" }, { "value", "source" }, { { "7", "7.1", "8" }, { "a", "b", "c" } } },
	{ "change", { "CR-aaaaa", "CR-bbbbb", "CR-ccccc" }, { "title", "uid" },
		{ { "x", "y", "z" }, { "A", "B", "C" } } },
	{ "note", { "T-1", "T-2", "R-1" }, { "2026-01-02" }, { { "x", "y", "z" } } },
	{ "project", { "", "", "" }, { "name", "uid", "start", "currency", "baseline", "include" },
		{ { "n", "m", "" }, { "AAAA", "BBBB", "CCCC" }, { "2026-01-01", "2026-02-01", "2026-03-01" },
			{ "CNY", "EUR", "USD" }, { "1", "2", "b" }, { "*.ini", "plan*.ini, *.ini", "*.ini, x" } } },
};
enum { STATE_TABLES = sizeof(state_tables) / sizeof(state_tables[0]) };

static inline void state_roll_field(struct state_record *record, const struct state_table *table, struct dice *dice)
{
	size_t f = roll(dice, STATE_FIELDS);

	if (!table->keys[f])
		return;
	record->fields[f].key = table->keys[f];
	record->fields[f].value = roll(dice, 4) ? table->values[f][roll(dice, 3)] : NULL;
}

/* A random edit: a record comes, goes, or has a field changed. */
static inline void state_edit(struct state *state, struct dice *dice)
{
	const struct state_table *table = &state_tables[roll(dice, STATE_TABLES)];
	const char *id = table->ids[roll(dice, 3)];
	struct state_record *record = NULL, *free_slot = NULL;

	for (size_t i = 0; i < STATE_RECORDS; i++) {
		struct state_record *r = &state->records[i];

		if (r->kind && !strcmp(r->kind, table->kind) && !strcmp(r->id, id))
			record = r;
		if (!r->kind)
			free_slot = r;
	}
	if (record && !roll(dice, 6) && strcmp(table->kind, "project") != 0) {
		*record = (struct state_record){ NULL, NULL, { { NULL, NULL } } };
		return;
	}
	if (!record && free_slot) {
		record = free_slot;
		*record = (struct state_record){ .kind = table->kind, .id = id };
	}
	if (record)
		state_roll_field(record, table, dice);
	if (!roll(dice, 12))
		state->attributes = !state->attributes;
	if (!roll(dice, 12))
		state->attribute_text = (int)roll(dice, 3);
	if (!roll(dice, 12))
		state->nested = !state->nested;
}

static inline void state_print_field(
	const struct state_field *field, struct dice *dice, const char *eol, struct strbuf *out)
{
	if (!roll(dice, 8))
		strbuf_addf(out, "; 注 %zu%s", roll(dice, 9), eol);
	strbuf_addf(out, "%s%s=%s", field->key, roll(dice, 2) ? " " : "\t", roll(dice, 2) ? " " : "");
	for (const char *at = field->value; *at; at++) {
		if (*at == '\n')
			strbuf_addf(out, "%s%s%s", roll(dice, 2) ? " " : "", eol, at[1] == '\n' ? "" : "   ");
		else
			strbuf_add_char(out, *at);
	}
	strbuf_add_str(out, eol);
}

/* One section with the fields for which (number % of) == part, in random order. */
static inline void state_print_record(const struct state_record *record, struct dice *dice, const char *eol,
	size_t part, size_t of, struct strbuf *out)
{
	size_t first = roll(dice, STATE_FIELDS);

	strbuf_addf(out, "[%s%s%s]%s", record->kind, record->id[0] ? " " : "", record->id, eol);
	for (size_t i = 0; i < STATE_FIELDS; i++) {
		size_t f = (i + first) % STATE_FIELDS;

		if (record->fields[f].value && f % of == part)
			state_print_field(&record->fields[f], dice, eol, out);
	}
	if (roll(dice, 2))
		strbuf_add_str(out, eol);
}

/* The state in a random layout: files, order, comments, line ends, byte order marks, journals in pieces. */
static inline struct source *state_write(const struct state *state, struct dice *dice)
{
	static const char *const names[STATE_FILES] = { "pmt.ini", "a.ini", "plan/b.ini", "z.ini" };
	static const char *const attributes[] = { "*.ini text\n", "*.ini text eol=lf\n", "" };
	struct source *source = source_memory_new();
	struct strbuf files[STATE_FILES];
	const char *eol[STATE_FILES];
	size_t first = roll(dice, STATE_RECORDS);

	for (size_t i = 0; i < STATE_FILES; i++) {
		strbuf_init(&files[i]);
		eol[i] = roll(dice, 3) ? "\n" : "\r\n";
		if (!roll(dice, 3))
			strbuf_add_str(&files[i], "\xef\xbb\xbf");
	}
	for (size_t i = 0; i < STATE_RECORDS; i++) {
		const struct state_record *record = &state->records[(i + first) % STATE_RECORDS];
		size_t file = roll(dice, STATE_FILES), pieces;

		if (!record->kind)
			continue;
		if (!strcmp(record->kind, "project"))
			file = 0;
		pieces = !strcmp(record->kind, "timesheet") && roll(dice, 2) ? 2 : 1;
		for (size_t part = 0; part < pieces; part++)
			state_print_record(record, dice, eol[(file + part) % STATE_FILES], part, pieces,
				&files[(file + part) % STATE_FILES]);
	}
	for (size_t i = 0; i < STATE_FILES; i++) {
		source_memory_add(source, names[i], strbuf_slice(&files[i]));
		strbuf_release(&files[i]);
	}
	if (state->attributes)
		source_memory_add(source, ".gitattributes", slice_of(attributes[state->attribute_text]));
	if (state->nested)
		source_memory_add(source, "below/pmt.ini", slice_of("[project]\n"));
	return source;
}

#endif
