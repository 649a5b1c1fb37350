/*
 * Files from records: what stands between the records of a file, and its bytes. sequence.c says which they are, in what order.
 */
#include "merge/order-internal.h"

#include "base/alloc.h"
#include "base/diff.h"

#include <stdlib.h>
#include <string.h>

/* Three ways by line; comments of both sides stay. */
static struct slice merge_loose(struct merging *merging, const struct slice sides[MERGE_SIDES])
{
	enum merge_side side = pick(slice_equal(sides[0], sides[1]), slice_equal(sides[0], sides[2]), slice_equal(sides[1], sides[2]));
	struct strbuf text;
	struct slice out;

	if (side != MERGE_BASE)
		return sides[side];
	strbuf_init(&text);
	merge_lines(sides, MERGE_ALL, &text);
	out = arena_slice(merging->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

static struct slice gap_on(const struct unit *unit, int side)
{
	return unit->sides[side] ? unit->sides[side]->gap : slice_new(NULL, 0);
}

static struct slice merge_gap(struct merging *merging, const struct unit *unit)
{
	struct slice gaps[MERGE_SIDES];

	for (int side = 0; side < MERGE_SIDES; side++)
		gaps[side] = gap_on(unit, side);
	if (unit->sides[MERGE_OURS] && unit->sides[MERGE_THEIRS] && unit->sides[MERGE_BASE])
		return merge_loose(merging, gaps);
	if (unit->sides[MERGE_OURS] && unit->sides[MERGE_THEIRS]) {
		gaps[MERGE_BASE] = slice_new(NULL, 0);
		return slice_equal(gaps[MERGE_OURS], gaps[MERGE_THEIRS]) ? gaps[MERGE_OURS] : merge_loose(merging, gaps);
	}
	return unit->sides[MERGE_OURS] ? gaps[MERGE_OURS] : gaps[MERGE_THEIRS];
}

static bool ends_blank(struct slice text)
{
	return slice_is(text, "\n") || slice_ends(text, "\n\n");
}

/* Does `next` (NULL: nothing) follow the unit on a side whose gap is this one? */
static bool follows_so(const struct ordering *ordering, const struct unit *unit, const struct unit *next, struct slice gap)
{
	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct section *own = unit->sides[side], *sections = ordering->merging->trees[side].sections.items;
		const struct tree_file *files = ordering->merging->trees[side].files.items;

		if (!own || !slice_equal(own->gap, gap))
			continue;
		size_t number = (size_t)(own - sections);
		bool last = number + 1 == files[own->file].first + files[own->file].count;
		if (next ? !last && next->sides[side] == own + 1 : last)
			return true;
	}
	return false;
}

/* New neighbours are kept apart by a blank line; nothing blank is left at the end. */
static void add_gap(struct ordering *ordering, const struct unit *unit, const struct unit *next)
{
	struct slice gap = merge_gap(ordering->merging, unit);

	if (follows_so(ordering, unit, next, gap)) {
		strbuf_add_slice(&ordering->text, gap);
		return;
	}
	if (!next)
		while (ends_blank(gap))
			gap.len--;
	strbuf_add_slice(&ordering->text, gap);
	if (next && !ends_blank(gap))
		strbuf_add_char(&ordering->text, '\n');
}

/* Does the first record stand directly below this head on a side? */
static bool begins_so(const struct ordering *ordering, struct slice head)
{
	const uint32_t *sequence = ordering->sequence.items;

	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct tree_file *file = ordering->files[side];

		if (file && file->count && slice_equal(file->head, head) && section_in(ordering, side, 0)->unit == sequence[0])
			return true;
	}
	return false;
}

static void add_head(struct ordering *ordering)
{
	struct slice heads[MERGE_SIDES], head;

	for (int side = 0; side < MERGE_SIDES; side++)
		heads[side] = ordering->files[side] ? ordering->files[side]->head : slice_new(NULL, 0);
	if (ordering->files[MERGE_OURS] && ordering->files[MERGE_THEIRS])
		head = merge_loose(ordering->merging, heads);
	else
		head = heads[ordering->files[MERGE_OURS] ? MERGE_OURS : MERGE_THEIRS];
	strbuf_add_slice(&ordering->text, head);
	if (head.len && ordering->sequence.len && !ends_blank(head) && !begins_so(ordering, head))
		strbuf_add_char(&ordering->text, '\n');
}

static void add_units(struct ordering *ordering)
{
	const uint32_t *sequence = ordering->sequence.items;

	for (size_t i = 0; i < ordering->sequence.len; i++) {
		struct unit *unit = unit_at(ordering, sequence[i]);
		bool last = i + 1 == ordering->sequence.len;

		vec_append(&ordering->starts, &ordering->text.len);
		strbuf_add_slice(&ordering->text, unit->body);
		add_gap(ordering, unit, last ? NULL : unit_at(ordering, sequence[i + 1]));
	}
}

static uint32_t lines_in(const char *text, size_t len)
{
	uint32_t lines = 0;

	for (size_t i = 0; i < len; i++)
		lines += text[i] == '\n';
	return lines;
}

/* Lines of conflicts counted from their record's first line; now from the file's. */
static size_t place_conflicts(struct ordering *ordering)
{
	struct merge_conflict *conflicts = ordering->merging->result->conflicts.items;
	const uint32_t *sequence = ordering->sequence.items;
	const size_t *starts = ordering->starts.items;
	size_t count = 0;

	for (size_t i = 0; i < ordering->sequence.len; i++) {
		const struct unit *unit = unit_at(ordering, sequence[i]);

		for (size_t c = unit->conflict; c < unit->conflict + unit->conflicts; c++) {
			conflicts[c].path = ordering->path;
			conflicts[c].line += 1 + lines_in(ordering->text.buf, starts[i]);
			count++;
		}
	}
	return count;
}

static int pick_number(const struct ordering *ordering, const int values[MERGE_SIDES])
{
	if (!ordering->files[MERGE_OURS] || !ordering->files[MERGE_THEIRS])
		return values[ordering->files[MERGE_OURS] ? MERGE_OURS : MERGE_THEIRS];
	return ordering->files[MERGE_BASE] && values[MERGE_BASE] == values[MERGE_OURS] ? values[MERGE_THEIRS] : values[MERGE_OURS];
}

static struct slice finish_text(struct ordering *ordering)
{
	int style[MERGE_SIDES] = { 0 }, bom[MERGE_SIDES] = { 0 }, unended[MERGE_SIDES] = { 0 };
	struct arena *arena = ordering->merging->arena;

	for (int side = 0; side < MERGE_SIDES; side++)
		if (ordering->files[side]) {
			style[side] = (int)ordering->files[side]->style;
			bom[side] = ordering->files[side]->bom;
			unended[side] = ordering->files[side]->unended;
		}
	return tree_file_bytes(arena, arena_slice(arena, strbuf_slice(&ordering->text)),
		(enum line_style)pick_number(ordering, style), pick_number(ordering, bom), pick_number(ordering, unended));
}

/* Is the file there? A file without records stays when neither side removed it. */
static bool file_stays(const struct ordering *ordering)
{
	const struct tree_file *ours = ordering->files[MERGE_OURS], *theirs = ordering->files[MERGE_THEIRS];

	if (ordering->sequence.len)
		return true;
	if (!ours || !theirs)
		return (ours || theirs) && !ordering->files[MERGE_BASE];
	return slice_trim(strbuf_slice(&ordering->text)).len || !ours->count || !theirs->count;
}

static bool all_same(const struct ordering *ordering)
{
	const struct tree_file *const *files = ordering->files;

	return files[0] && files[1] && files[2] && slice_equal(files[0]->raw, files[1]->raw) &&
		slice_equal(files[0]->raw, files[2]->raw);
}

static void set_bytes(struct ordering *ordering, struct slice bytes, size_t conflicts)
{
	struct merge_file *out = vec_push(&ordering->merging->result->files);
	const struct tree_file *ours = ordering->files[MERGE_OURS];

	out->path = ordering->path;
	out->bytes = bytes;
	if (bytes.len == 0 && bytes.at)
		out->bytes.at = "";
	out->conflicts = conflicts;
	out->untouched = all_same(ordering) && bytes.at && slice_equal(bytes, ours->raw);
	out->changed = !ours != !bytes.at || (ours && !slice_equal(ours->raw, bytes)) || conflicts;
}

/* A file that is no text to us: one side's bytes. */
static void write_opaque(struct ordering *ordering)
{
	struct merging *merging = ordering->merging;
	struct slice raws[MERGE_SIDES];
	enum merge_side side;

	for (int i = 0; i < MERGE_SIDES; i++) {
		raws[i] = ordering->files[i] ? ordering->files[i]->raw : slice_new(NULL, 0);
		if (ordering->files[i] && !raws[i].at)
			raws[i].at = "";
	}
	side = pick(!raws[0].at == !raws[1].at && slice_equal(raws[0], raws[1]),
		!raws[0].at == !raws[2].at && slice_equal(raws[0], raws[2]), !raws[1].at == !raws[2].at && slice_equal(raws[1], raws[2]));
	if (side == MERGE_BASE && !merging->request->as_base) {
		struct merge_conflict *conflict = vec_push(&merging->result->conflicts);

		conflict->what = MERGE_FILE;
		conflict->path = ordering->path;
	}
	set_bytes(ordering, raws[side == MERGE_BASE ? (raws[MERGE_OURS].at ? MERGE_OURS : MERGE_THEIRS) : side], side == MERGE_BASE);
}

/* Nothing of it moved elsewhere: its records are all here, as they were. */
static bool is_untouched(const struct ordering *ordering)
{
	const struct tree_file *ours = ordering->files[MERGE_OURS];

	if (!all_same(ordering) || ordering->sequence.len != ours->count)
		return false;
	for (size_t i = 0; i < ours->count; i++) {
		uint32_t number = ((const uint32_t *)ordering->sequence.items)[i];

		if (section_in(ordering, MERGE_OURS, i)->unit != number ||
			!slice_equal(unit_at(ordering, number)->body, section_in(ordering, MERGE_OURS, i)->body))
			return false;
	}
	return true;
}

static void write_file(struct ordering *ordering)
{
	size_t conflicts;

	vec_clear(&ordering->sequence);
	vec_clear(&ordering->starts);
	strbuf_reset(&ordering->text);
	for (int side = 0; side < MERGE_SIDES; side++)
		ordering->files[side] = tree_find_file(&ordering->merging->trees[side], ordering->path);
	for (int side = 0; side < MERGE_SIDES; side++)
		if (ordering->files[side] && ordering->files[side]->opaque) {
			write_opaque(ordering);
			return;
		}
	order_arrange(ordering);
	if (is_untouched(ordering)) {
		set_bytes(ordering, ordering->files[MERGE_OURS]->raw, 0);
		return;
	}
	add_head(ordering);
	add_units(ordering);
	conflicts = place_conflicts(ordering);
	set_bytes(ordering, file_stays(ordering) ? finish_text(ordering) : slice_new(NULL, 0), conflicts);
}

static int compare_names(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void collect_paths(const struct merging *merging, struct vec *paths)
{
	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct tree_file *files = merging->trees[side].files.items;

		for (size_t i = 0; i < merging->trees[side].files.len; i++)
			vec_append(paths, &files[i].path);
	}
	vec_sort(paths, compare_names, NULL);
}

void order_write(struct merging *merging)
{
	size_t units = merging->units.len;
	struct ordering ordering = { .merging = merging };
	const char **paths;
	struct vec names;

	ordering.next = xcalloc(units + 1, sizeof(*ordering.next));
	ordering.moved = xcalloc(units + 1, 1);
	ordering.placed = xcalloc(units + 1, 1);
	vec_init(&ordering.sequence, sizeof(uint32_t));
	vec_init(&ordering.starts, sizeof(size_t));
	strbuf_init(&ordering.text);
	vec_init(&names, sizeof(const char *));
	collect_paths(merging, &names);
	paths = names.items;
	for (size_t i = 0; i < names.len; i++)
		if (i == 0 || strcmp(paths[i], paths[i - 1]) != 0) {
			ordering.path = paths[i];
			write_file(&ordering);
		}
	vec_release(&names);
	strbuf_release(&ordering.text);
	vec_release(&ordering.starts);
	vec_release(&ordering.sequence);
	free(ordering.next);
	free(ordering.moved);
	free(ordering.placed);
}
