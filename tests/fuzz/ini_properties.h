/*
 * What must hold for every file, however it looks: used by the fuzz target with its bytes and
 * by the property test with random files in random styles. A failure prints what and aborts.
 */
#ifndef FUZZ_INI_PROPERTIES_H
#define FUZZ_INI_PROPERTIES_H

#include "base/vec.h"
#include "text/ini.h"

#include <stdio.h>
#include <stdlib.h>

struct ini_fact {
	size_t section; /* how many headers came before, less one */
	struct slice key, value;
	uint32_t line, last;
};

struct ini_facts {
	struct vec sections; /* struct slice */
	struct vec facts;    /* struct ini_fact */
	struct arena arena;
	struct diagnostics diagnostics;
};

static void must(bool holds, const char *what, struct slice input)
{
	if (holds)
		return;
	fprintf(stderr, "property broken: %s\n--- input\n%.*s\n---\n", what, (int)input.len,
		input.at ? input.at : "");
	abort();
}

static void facts_section(void *context, struct slice header, uint32_t line, uint32_t column)
{
	struct ini_facts *f = context;

	(void)line, (void)column;
	vec_append(&f->sections, &header);
}

static void facts_key(void *context, struct slice key, struct slice value, uint32_t line,
	uint32_t column, uint32_t last)
{
	struct ini_facts *f = context;
	struct ini_fact fact = { f->sections.len - 1, key, value, line, last };

	(void)column;
	vec_append(&f->facts, &fact);
}

static void facts_read(struct ini_facts *f, struct slice input)
{
	struct ini_events events = { f, facts_section, facts_key };
	struct err err;

	err_init(&err);
	vec_init(&f->sections, sizeof(struct slice));
	vec_init(&f->facts, sizeof(struct ini_fact));
	arena_init(&f->arena);
	diagnostics_init(&f->diagnostics);
	must(!ini_read(input, "f", &events, &f->arena, &f->diagnostics, &err), "the reader works",
		input);
	err_release(&err);
}

static void facts_release(struct ini_facts *f)
{
	vec_release(&f->sections);
	vec_release(&f->facts);
	arena_release(&f->arena);
	diagnostics_release(&f->diagnostics);
}

/* Where (section, key) stands in the facts, or NULL. */
static const struct ini_fact *find_fact(const struct ini_facts *f, size_t section, struct slice key)
{
	const struct ini_fact *fact = f->facts.items;

	for (size_t i = 0; i < f->facts.len; i++)
		if (fact[i].section == section && slice_equal(fact[i].key, key))
			return &fact[i];
	return NULL;
}

static bool is_utf16_input(struct slice input)
{
	return slice_starts(input, "\xff\xfe") || slice_starts(input, "\xfe\xff");
}

/* The document's sections, keys and values in order are those of the reader. */
static void check_agreement(struct ini_doc *doc, struct slice input)
{
	struct ini_facts f;
	const struct ini_fact *fact;
	const struct slice *header;
	size_t sections = 0, facts = 0;

	facts_read(&f, input);
	fact = f.facts.items;
	header = f.sections.items;
	for (size_t i = 0; i < ini_doc_section_count(doc); i++) {
		if (!ini_doc_header(doc, i).len)
			continue;
		must(sections < f.sections.len &&
				slice_equal(header[sections], ini_doc_header(doc, i)),
			"document and reader see the same headers", input);
		for (size_t k = 0; k < ini_doc_key_count(doc, i); k++, facts++) {
			struct slice key = ini_doc_key(doc, i, k), value;

			must(facts < f.facts.len && fact[facts].section == sections &&
					slice_equal(fact[facts].key, key),
				"the same keys", input);
			must(ini_doc_get(doc, i, key, &value), "a key that is there can be got",
				input);
			must(slice_equal(value, find_fact(&f, sections, key)->value),
				"the same values", input);
		}
		sections++;
	}
	must(sections == f.sections.len && facts == f.facts.len, "as many of them", input);
	facts_release(&f);
}

static void check_document(struct slice input)
{
	struct ini_doc doc;
	struct strbuf out;
	struct err err;

	err_init(&err);
	strbuf_init(&out);
	must(!ini_doc_parse(&doc, input, &err), "a document for any bytes", input);
	ini_doc_print(&doc, &out);
	must(slice_equal(strbuf_slice(&out), input), "print gives the input back", input);
	if (!is_utf16_input(input))
		check_agreement(&doc, input);
	ini_doc_release(&doc);
	strbuf_release(&out);
	err_release(&err);
}

/* Lines without their ends, as the scanner counts them. */
static void cut_lines(struct slice text, struct vec *lines)
{
	char newline = text.len && !memchr(text.at, '\n', text.len) ? '\r' : '\n';

	vec_init(lines, sizeof(struct slice));
	while (text.len) {
		size_t end = slice_find(text, newline);
		struct slice line = slice_new(text.at, end);

		if (newline == '\n' && end < text.len && slice_ends(line, "\r"))
			line.len--;
		vec_append(lines, &line);
		text = slice_from(text, end + 1);
	}
}

/* Lines that differ are among [first, last] (1-based) of before; first > last: pure insertion. */
static void check_lines(struct slice before, struct slice after, size_t first, size_t last)
{
	struct vec a, b;
	const struct slice *x, *y;
	size_t head = 0, tail = 0;

	cut_lines(before, &a);
	cut_lines(after, &b);
	x = a.items;
	y = b.items;
	while (head < a.len && head < b.len && head + 1 < first && slice_equal(x[head], y[head]))
		head++;
	while (tail < a.len - head && tail < b.len - head &&
		slice_equal(x[a.len - 1 - tail], y[b.len - 1 - tail]))
		tail++;
	if (first > last) {
		while (head < a.len - tail && head < b.len && slice_equal(x[head], y[head]))
			head++;
		must(head + tail >= a.len, "a new field adds lines and changes none", before);
	} else {
		must(head + 1 >= first, "no line above the field changed", before);
		must(a.len - tail <= last, "no line below the field changed", before);
	}
	vec_release(&a);
	vec_release(&b);
}

/* Everything but (section, key) is as it was; that is in b unless it was removed. */
static void check_others(const struct ini_facts *a, const struct ini_facts *b,
	const struct ini_fact *set, bool removed, struct slice input)
{
	const struct ini_fact *x = a->facts.items, *y = b->facts.items;
	size_t j = 0;
	bool skipped_a = false, skipped_b = removed;
	size_t section = set->section;
	struct slice key = set->key;

	must(a->sections.len == b->sections.len, "as many sections as before", input);
	must(a->diagnostics.errors == b->diagnostics.errors, "as many faults as before",
		input);
	for (size_t i = 0; i <= a->facts.len; i++) {
		if (!skipped_b && j < b->facts.len && y[j].section == section &&
			slice_equal(y[j].key, key)) {
			skipped_b = true;
			j++;
		}
		if (i == a->facts.len)
			break;
		if (!skipped_a && x[i].section == section && slice_equal(x[i].key, key)) {
			skipped_a = true;
			continue;
		}
		must(j < b->facts.len && x[i].section == y[j].section &&
				slice_equal(x[i].key, y[j].key) &&
				slice_equal(x[i].value, y[j].value),
			"other fields are as they were", input);
		j++;
	}
	must(j == b->facts.len, "no field appeared", input);
}

/* A stray CR at the very end: a line added behind it makes it half of a CRLF, and so mends the fault. */
static bool ends_in_stray_cr(struct slice input)
{
	return slice_ends(input, "\r") && memchr(input.at, '\n', input.len);
}

/*
 * Set (or, with a value of NULL, remove) one field in a copy of input; *output is the new text.
 * choice picks the section. False when the file has none.
 */
static bool check_edit(struct slice input, size_t choice, struct slice key,
	const struct slice *value, struct strbuf *output)
{
	struct ini_facts before, after;
	const struct ini_fact *old;
	struct ini_doc doc;
	struct err err;
	size_t section, number = 0;
	bool changed = true;

	err_init(&err);
	must(!ini_doc_parse(&doc, input, &err), "a document for any bytes", input);
	if (!ini_doc_section_count(&doc) || is_utf16_input(input) || ends_in_stray_cr(input) ||
		!ini_doc_header(&doc, section = choice % ini_doc_section_count(&doc)).len) {
		ini_doc_release(&doc);
		return false;
	}
	for (size_t i = 0; i < section; i++)
		number += ini_doc_header(&doc, i).len > 0;
	if (value)
		ini_doc_set(&doc, section, key, *value, NULL);
	else
		changed = ini_doc_unset(&doc, section, key);
	strbuf_reset(output);
	ini_doc_print(&doc, output);
	ini_doc_release(&doc);

	facts_read(&before, input);
	facts_read(&after, strbuf_slice(output));
	old = find_fact(&before, number, key);
	must(value || changed == (old != NULL), "unset tells whether the key was there", input);
	if (changed) {
		struct ini_fact set = { .section = number, .key = key };

		check_others(&before, &after, &set, !value, input);
		check_lines(input, strbuf_slice(output), old ? old->line : 1, old ? old->last : 0);
	} else {
		must(slice_equal(input, strbuf_slice(output)), "nothing to remove, nothing changed",
			input);
	}
	if (value) {
		const struct ini_fact *new = find_fact(&after, number, key);

		must(new &&slice_equal(new->value, *value), "set then get gives the value", input);
	}
	facts_release(&before);
	facts_release(&after);
	err_release(&err);
	return true;
}

#endif
