/*
 * What is put into a merged section as comments: blocks of conflicts, and comments of theirs that would be lost.
 */
#include "merge/merge-internal.h"

#include "text/ini_scan.h"

#include <string.h>

/* At one line, what ends a field comes first and what begins one last. */
enum rank { RANK_BEHIND, RANK_COMMENT, RANK_FRONT };

struct insertion {
	size_t before; /* line of the body, from 0 */
	enum rank rank;
	struct slice text;
	struct merge_conflict *conflict; /* that begins here, or NULL */
};

struct block {
	struct merging *merging;
	struct unit *unit;
	struct vec insertions; /* struct insertion */
	struct vec fields;     /* of the body: struct field_text */
	size_t lines;          /* of the body */
	struct strbuf text;
};

static size_t count_lines(struct slice text)
{
	size_t lines = 0;

	for (size_t at; (at = slice_find(text, '\n')) < text.len; lines++)
		text = slice_from(text, at + 1);
	return lines;
}

/* Takes block->text. */
static void insert(struct block *block, size_t before, enum rank rank, struct merge_conflict *conflict)
{
	struct insertion *insertion = vec_push(&block->insertions);

	*insertion = (struct insertion){ before, rank, arena_slice(block->merging->arena, strbuf_slice(&block->text)), conflict };
	strbuf_reset(&block->text);
}

static void add_commented(struct strbuf *out, struct slice text)
{
	while (text.len) {
		size_t end = slice_find(text, '\n');

		strbuf_addf(out, "; %.*s\n", (int)end, text.at);
		text = slice_from(text, end + 1);
	}
}

static struct slice lines_between(struct slice text, size_t first, size_t last)
{
	size_t line = 1;
	const char *start;

	for (; line < first && text.len; line++)
		text = slice_from(text, slice_find(text, '\n') + 1);
	start = text.at;
	for (; line <= last && text.len; line++)
		text = slice_from(text, slice_find(text, '\n') + 1);
	return slice_new(start, (size_t)(text.at - start));
}

/* "; ======= theirs" and the field's lines there. */
static void add_side(struct block *block, const struct vec *fields, enum merge_side side, const char *head, const char *field)
{
	const struct field_text *found = field_find(&fields[side], slice_of(field));

	strbuf_addf(&block->text, "; %s%s\n", head, found ? "" : ": no such field");
	if (found)
		add_commented(&block->text,
			lines_between(block->unit->sides[side]->body, found->line, found->last_line));
}

static void add_field_block(struct block *block, const struct vec *fields, struct merge_conflict *conflict)
{
	const struct field_text *ours = field_find(&block->fields, slice_of(conflict->field));

	strbuf_addf(&block->text, "; <<<<<<< ours%s\n", ours ? "" : ": no such field");
	insert(block, ours ? ours->line - 1 : block->lines, ours ? RANK_FRONT : RANK_BEHIND, conflict);
	add_side(block, fields, MERGE_BASE, "||||||| base", conflict->field);
	add_side(block, fields, MERGE_THEIRS, "======= theirs", conflict->field);
	strbuf_addf(&block->text, "; >>>>>>> %s\n", conflict->field);
	insert(block, ours ? ours->last_line : block->lines, RANK_BEHIND, NULL);
}

static void add_record_block(struct block *block, struct merge_conflict *conflict)
{
	bool whole = conflict->what == MERGE_SECTION;

	strbuf_addf(&block->text, "; <<<<<<< ours%s\n", conflict->what == MERGE_REMOVED_OURS ? ": removed" : "");
	if (!whole)
		strbuf_addf(&block->text, "; ======= theirs%s\n; >>>>>>> %s\n",
			conflict->what == MERGE_REMOVED_THEIRS ? ": removed" : ", below", conflict->record);
	insert(block, 0, RANK_FRONT, conflict);
	if (!whole)
		return;
	strbuf_add_str(&block->text, "; ======= theirs\n");
	add_commented(&block->text, conflict->values[MERGE_THEIRS]);
	strbuf_addf(&block->text, "; >>>>>>> %s\n", conflict->record);
	insert(block, block->lines, RANK_BEHIND, NULL);
}

/* Comments */

static void remember_lines(struct map *lines, struct slice text)
{
	while (text.len) {
		struct slice line = slice_new(text.at, slice_find(text, '\n'));

		map_put(lines, ini_trim(line), 1);
		text = slice_from(text, line.len + 1);
	}
}

/* The body's line of a key; of the header when there is none; behind all when the body lacks it. */
static size_t anchor_line(const struct block *block, struct slice key)
{
	struct ini_scanner scanner;
	struct ini_scanned line;
	size_t header = 0;

	if (key.at) {
		const struct field_text *field = field_find(&block->fields, key);

		return field ? field->line - 1 : block->lines;
	}
	ini_scan_init(&scanner, block->unit->body);
	while (ini_scan(&scanner, &line) && line.kind != INI_HEADER)
		header++;
	return header;
}

/* A comment among a key's lines belongs to that key, any other to what it stands above. */
static void keep_comments(struct block *block)
{
	const struct section *base = block->unit->sides[MERGE_BASE];
	struct slice key = { NULL, 0 };
	struct ini_scanner scanner;
	struct ini_scanned line;
	struct map known;

	map_init(&known);
	if (base)
		remember_lines(&known, base->body);
	remember_lines(&known, block->unit->body);
	ini_scan_init(&scanner, block->unit->sides[MERGE_THEIRS]->body);
	while (ini_scan(&scanner, &line)) {
		if (line.kind == INI_KEY)
			key = line.name;
		if (line.kind == INI_COMMENT && !map_get(&known, ini_trim(line.text), NULL)) {
			strbuf_add_slice(&block->text, ini_trim(line.text));
			strbuf_add_char(&block->text, '\n');
		} else if (block->text.len && line.kind != INI_COMMENT && line.kind != INI_BLANK) {
			insert(block, anchor_line(block, key), RANK_COMMENT, NULL);
		}
	}
	strbuf_reset(&block->text);
	map_release(&known);
}

static int compare_insertions(const void *a, const void *b, void *context)
{
	const struct insertion *x = a, *y = b;

	(void)context;
	if (x->before != y->before)
		return x->before < y->before ? -1 : 1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

static void apply(struct block *block)
{
	struct insertion *all = block->insertions.items;
	struct slice rest = block->unit->body;
	size_t line = 0, at = 0, written = 0;

	vec_sort(&block->insertions, compare_insertions, NULL);
	for (; at < block->insertions.len || rest.len; line++) {
		for (; at < block->insertions.len && (all[at].before <= line || !rest.len); at++) {
			if (all[at].conflict)
				all[at].conflict->line = (uint32_t)written;
			strbuf_add_slice(&block->text, all[at].text);
			written += count_lines(all[at].text);
		}
		size_t end = slice_find(rest, '\n');
		strbuf_add_slice(&block->text, slice_new(rest.at, end < rest.len ? end + 1 : end));
		written += rest.len > 0;
		rest = slice_from(rest, end + 1);
	}
	block->unit->body = arena_slice(block->merging->arena, strbuf_slice(&block->text));
}

void block_write(struct merging *merging, struct unit *unit, const struct vec *fields)
{
	struct block block = { .merging = merging, .unit = unit, .lines = count_lines(unit->body) };
	struct merge_conflict *conflicts = merging->result->conflicts.items;

	vec_init(&block.insertions, sizeof(struct insertion));
	vec_init(&block.fields, sizeof(struct field_text));
	strbuf_init(&block.text);
	section_fields(unit->body, merging->arena, &block.fields);
	if (fields)
		keep_comments(&block);
	for (size_t i = unit->conflict; i < unit->conflict + unit->conflicts; i++)
		if (conflicts[i].what == MERGE_FIELD)
			add_field_block(&block, fields, &conflicts[i]);
		else
			add_record_block(&block, &conflicts[i]);
	apply(&block);
	strbuf_release(&block.text);
	vec_release(&block.fields);
	vec_release(&block.insertions);
}
