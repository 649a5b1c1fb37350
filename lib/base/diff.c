/*
 * Idea: the shortest way from sequence a to sequence b through a grid, where a step right drops an item of a, a step
 * down takes one of b, and diagonals (equal items) are free. The ways that start at both ends, each one step longer
 * at a time, meet in the middle; there the grid is cut in two and each part is solved the same way.
 *
 * Source: E. W. Myers, "An O(ND) difference algorithm and its variations", Algorithmica 1 (1986), section 4b. As in
 * GNU diff and git's xdiff, items that the other side does not have at all are left out before, and where the ways
 * have not met after many steps the grid is cut at the furthest point reached: the result is then correct, though
 * perhaps not shortest.
 *
 * Worked example: a = A B C A B B A, b = C B A B A C: five differences; C B B A (or another four) are common.
 *
 * Cost: O((a + b) × differences) time, at most O((a + b) × LIMIT) a cut; O(a + b) memory.
 */
#include "base/diff.h"

#include "base/alloc.h"

#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { LIMIT = 1024 };

struct grid {
	const uint32_t *a, *b;        /* what is left of them */
	const uint32_t *a_at, *b_at;  /* where that stood */
	long *forward, *backward;     /* by diagonal x - y: the furthest x reached; room on both sides */
	uint32_t *match;
};

struct box {
	long left, right, top, bottom; /* of a, of b */
};

static void set_match(const struct grid *grid, long x, long y)
{
	grid->match[grid->a_at[x]] = grid->b_at[y];
}

struct front {
	long low, high;
};

/* One more step on every diagonal; what lies beyond the box is fenced off. */
static void widen(struct front *front, long *reached, long first, long last, long fence)
{
	if (front->low > first)
		reached[--front->low - 1] = fence;
	else
		front->low++;
	if (front->high < last)
		reached[++front->high + 1] = fence;
	else
		front->high--;
}

struct cut {
	long x, y;
};

static bool step_forward(const struct grid *grid, struct box box, struct front f, const struct front *other, struct cut *cut)
{
	for (long d = f.high; d >= f.low; d -= 2) {
		long below = grid->forward[d - 1], above = grid->forward[d + 1];
		long x = below < above ? above : below + 1, y = x - d;

		while (x < box.right && y < box.bottom && grid->a[x] == grid->b[y])
			x++, y++;
		grid->forward[d] = x;
		if (other && other->low <= d && d <= other->high && grid->backward[d] <= x) {
			*cut = (struct cut){ x, y };
			return true;
		}
	}
	return false;
}

static bool step_backward(const struct grid *grid, struct box box, struct front b, const struct front *other, struct cut *cut)
{
	for (long d = b.high; d >= b.low; d -= 2) {
		long below = grid->backward[d - 1], above = grid->backward[d + 1];
		long x = below < above ? below : above - 1, y = x - d;

		while (x > box.left && y > box.top && grid->a[x - 1] == grid->b[y - 1])
			x--, y--;
		grid->backward[d] = x;
		if (other && other->low <= d && d <= other->high && x <= grid->forward[d]) {
			*cut = (struct cut){ x, y };
			return true;
		}
	}
	return false;
}

/* The point inside the box furthest from where the forward ways began. */
static struct cut furthest(const struct grid *grid, struct box box, struct front f)
{
	struct cut best = { box.left, box.top };

	for (long d = f.high; d >= f.low; d -= 2) {
		long x = grid->forward[d] < box.right ? grid->forward[d] : box.right, y = x - d;

		if (y > box.bottom) {
			y = box.bottom;
			x = y + d;
		}
		if (x + y > best.x + best.y)
			best = (struct cut){ x, y };
	}
	return best;
}

/* Both sides of the box have items, and differ at both ends. */
static struct cut find_cut(const struct grid *grid, struct box box)
{
	long first = box.left - box.bottom, last = box.right - box.top;
	long start = box.left - box.top, end = box.right - box.bottom;
	struct front f = { start, start }, b = { end, end };
	bool odd = (start - end) & 1;
	struct cut cut;

	grid->forward[start] = box.left;
	grid->backward[end] = box.right;
	for (long steps = 1;; steps++) {
		widen(&f, grid->forward, first, last, -1);
		if (step_forward(grid, box, f, odd ? &b : NULL, &cut))
			return cut;
		widen(&b, grid->backward, first, last, LONG_MAX);
		if (step_backward(grid, box, b, odd ? NULL : &f, &cut))
			return cut;
		if (steps >= LIMIT)
			return furthest(grid, box, f);
	}
}

static void solve(const struct grid *grid, struct box box)
{
	while (box.left < box.right && box.top < box.bottom) {
		struct cut cut;

		if (grid->a[box.left] == grid->b[box.top]) {
			set_match(grid, box.left++, box.top++);
		} else if (grid->a[box.right - 1] == grid->b[box.bottom - 1]) {
			set_match(grid, --box.right, --box.bottom);
		} else {
			cut = find_cut(grid, box);
			solve(grid, (struct box){ box.left, cut.x, box.top, cut.y });
			box.left = cut.x;
			box.top = cut.y;
		}
	}
}

/* The items that the other side has as well; at gets where they stood. */
static size_t keep_common(struct diff_sequence own, struct diff_sequence other, uint32_t *kept, uint32_t *at)
{
	uint32_t most = 0;
	size_t count = 0;
	char *present;

	for (size_t i = 0; i < other.len; i++)
		most = other.items[i] > most ? other.items[i] : most;
	present = xcalloc((size_t)most + 1, 1);
	for (size_t i = 0; i < other.len; i++)
		present[other.items[i]] = 1;
	for (size_t i = 0; i < own.len; i++)
		if (own.items[i] <= most && present[own.items[i]]) {
			kept[count] = own.items[i];
			at[count++] = (uint32_t)i;
		}
	free(present);
	return count;
}

void diff_match(struct diff_sequence a, struct diff_sequence b, uint32_t *match)
{
	uint32_t *room = xcalloc(2 * (a.len + b.len), sizeof(*room));
	uint32_t *left = room, *top = room + a.len, *left_at = top + b.len, *top_at = left_at + a.len;
	size_t diagonals = a.len + b.len + 3;
	long *reached = xcalloc(2 * diagonals, sizeof(*reached));
	struct grid grid = { left, top, left_at, top_at, reached + b.len + 1, reached + diagonals + b.len + 1, match };
	struct box box = { .left = 0 };

	for (size_t i = 0; i < a.len; i++)
		match[i] = DIFF_NONE;
	box.right = (long)keep_common(a, b, left, left_at);
	box.bottom = (long)keep_common(b, a, top, top_at);
	solve(&grid, box);
	free(reached);
	free(room);
}

/* Three ways */

static bool same_items(const struct diff_sequence *sides, const struct diff_chunk *chunk, enum diff_side x, enum diff_side y)
{
	return chunk->len[x] == chunk->len[y] &&
		(chunk->len[x] == 0 || memcmp(sides[x].items + chunk->at[x], sides[y].items + chunk->at[y],
					       chunk->len[x] * sizeof(uint32_t)) == 0);
}

static const uint32_t *items_of(const struct diff_sequence *sides, const struct diff_chunk *chunk, enum diff_side side)
{
	return chunk->len[side] ? sides[side].items + chunk->at[side] : NULL;
}

/* What both sides begin or end a conflict with is none. */
static void push_conflict(const struct diff_sequence *sides, struct diff_chunk chunk, struct vec *chunks)
{
	const uint32_t *ours = items_of(sides, &chunk, DIFF_OURS), *theirs = items_of(sides, &chunk, DIFF_THEIRS);
	size_t o = chunk.len[DIFF_OURS], t = chunk.len[DIFF_THEIRS], front = 0, back = 0;
	struct diff_chunk alike = { .what = DIFF_FROM_OURS };

	while (front < o && front < t && ours[front] == theirs[front])
		front++;
	while (back < o - front && back < t - front && ours[o - 1 - back] == theirs[t - 1 - back])
		back++;
	memcpy(alike.at, chunk.at, sizeof(alike.at));
	alike.len[DIFF_OURS] = alike.len[DIFF_THEIRS] = front;
	if (front)
		vec_append(chunks, &alike);
	chunk.what = DIFF_CONFLICT;
	for (int side = DIFF_OURS; side <= DIFF_THEIRS; side++) {
		chunk.at[side] += front;
		chunk.len[side] -= front + back;
	}
	vec_append(chunks, &chunk);
	for (int side = 0; side < DIFF_SIDES; side++)
		alike.at[side] = chunk.at[side] + chunk.len[side];
	alike.len[DIFF_OURS] = alike.len[DIFF_THEIRS] = back;
	if (back)
		vec_append(chunks, &alike);
}

static void push_changed(const struct diff_sequence *sides, struct diff_chunk chunk, struct vec *chunks)
{
	if (chunk.len[DIFF_BASE] + chunk.len[DIFF_OURS] + chunk.len[DIFF_THEIRS] == 0)
		return;
	chunk.what = DIFF_FROM_OURS;
	if (same_items(sides, &chunk, DIFF_BASE, DIFF_OURS))
		chunk.what = DIFF_FROM_THEIRS;
	else if (!same_items(sides, &chunk, DIFF_BASE, DIFF_THEIRS) && !same_items(sides, &chunk, DIFF_OURS, DIFF_THEIRS)) {
		push_conflict(sides, chunk, chunks);
		return;
	}
	vec_append(chunks, &chunk);
}

static struct diff_chunk chunk_between(const size_t from[DIFF_SIDES], size_t base, size_t ours, size_t theirs)
{
	struct diff_chunk chunk = { .len = { base - from[0], ours - from[1], theirs - from[2] } };

	memcpy(chunk.at, from, sizeof(chunk.at));
	return chunk;
}

void diff_merge(const struct diff_sequence sides[DIFF_SIDES], struct vec *chunks)
{
	size_t len = sides[DIFF_BASE].len, from[DIFF_SIDES] = { 0 };
	uint32_t *ours = xcalloc(2 * len + 1, sizeof(*ours)), *theirs = ours + len;

	diff_match(sides[DIFF_BASE], sides[DIFF_OURS], ours);
	diff_match(sides[DIFF_BASE], sides[DIFF_THEIRS], theirs);
	for (size_t i = 0; i < len;) {
		size_t run = 1;

		if (ours[i] == DIFF_NONE || theirs[i] == DIFF_NONE) {
			i++;
			continue;
		}
		while (i + run < len && ours[i + run] == ours[i] + run && theirs[i + run] == theirs[i] + run)
			run++;
		push_changed(sides, chunk_between(from, i, ours[i], theirs[i]), chunks);
		from[DIFF_BASE] = i;
		from[DIFF_OURS] = ours[i];
		from[DIFF_THEIRS] = theirs[i];
		struct diff_chunk same = chunk_between(from, i + run, ours[i] + run, theirs[i] + run);
		vec_append(chunks, &same);
		for (int side = 0; side < DIFF_SIDES; side++)
			from[side] += run;
		i += run;
	}
	push_changed(sides, chunk_between(from, len, sides[DIFF_OURS].len, sides[DIFF_THEIRS].len), chunks);
	free(ours);
}

/* Lines */

void diff_lines_init(struct diff_lines *lines)
{
	map_init(&lines->numbers);
}

void diff_lines_release(struct diff_lines *lines)
{
	map_release(&lines->numbers);
}

void diff_lines_read(struct diff_lines *lines, struct slice text, struct vec *texts, struct vec *items)
{
	while (text.len) {
		struct slice line = slice_new(text.at, slice_find(text, '\n'));
		uintptr_t number = lines->numbers.len;
		uint32_t item;

		map_add(&lines->numbers, line, number, &number);
		item = (uint32_t)number;
		vec_append(texts, &line);
		vec_append(items, &item);
		text = slice_from(text, line.len + 1);
	}
}

static void add_lines(const struct vec *texts, size_t at, size_t len, struct strbuf *out)
{
	const struct slice *lines = texts->items;

	for (size_t i = at; i < at + len; i++) {
		strbuf_add_slice(out, lines[i]);
		strbuf_add_char(out, '\n');
	}
}

static bool has_line(const struct vec *texts, const struct diff_chunk *chunk, struct slice line)
{
	const struct slice *lines = texts[DIFF_OURS].items;

	for (size_t i = chunk->at[DIFF_OURS]; i < chunk->at[DIFF_OURS] + chunk->len[DIFF_OURS]; i++)
		if (slice_equal(lines[i], line))
			return true;
	return false;
}

static void add_theirs(const struct diff_chunk *chunk, const struct vec *texts, struct strbuf *out)
{
	const struct slice *lines = texts[DIFF_THEIRS].items;

	for (size_t i = chunk->at[DIFF_THEIRS]; i < chunk->at[DIFF_THEIRS] + chunk->len[DIFF_THEIRS]; i++)
		if (!has_line(texts, chunk, lines[i]))
			add_lines(&texts[DIFF_THEIRS], i, 1, out);
}

static size_t add_chunk(const struct diff_chunk *chunk, const struct vec *texts, enum merge_rule rule, struct strbuf *out)
{
	bool conflict = chunk->what == DIFF_CONFLICT, both = conflict && rule == MERGE_BOTH && chunk->len[DIFF_BASE] == 0;

	if (chunk->what != DIFF_FROM_THEIRS)
		add_lines(&texts[DIFF_OURS], chunk->at[DIFF_OURS], chunk->len[DIFF_OURS], out);
	if (chunk->what == DIFF_FROM_THEIRS || both)
		add_lines(&texts[DIFF_THEIRS], chunk->at[DIFF_THEIRS], chunk->len[DIFF_THEIRS], out);
	if (conflict && rule == MERGE_ALL)
		add_theirs(chunk, texts, out);
	return conflict && !both && rule != MERGE_ALL;
}

size_t merge_lines(const struct slice sides[DIFF_SIDES], enum merge_rule rule, struct strbuf *out)
{
	struct vec texts[DIFF_SIDES], items[DIFF_SIDES], chunks;
	struct diff_sequence sequences[DIFF_SIDES];
	struct diff_lines lines;
	size_t conflicts = 0;

	diff_lines_init(&lines);
	for (int side = 0; side < DIFF_SIDES; side++) {
		vec_init(&texts[side], sizeof(struct slice));
		vec_init(&items[side], sizeof(uint32_t));
		diff_lines_read(&lines, sides[side], &texts[side], &items[side]);
		sequences[side] = (struct diff_sequence){ items[side].items, items[side].len };
	}
	vec_init(&chunks, sizeof(struct diff_chunk));
	diff_merge(sequences, &chunks);
	for (size_t i = 0; i < chunks.len; i++)
		conflicts += add_chunk(vec_at(&chunks, i), texts, rule, out);
	vec_release(&chunks);
	for (int side = 0; side < DIFF_SIDES; side++) {
		vec_release(&texts[side]);
		vec_release(&items[side]);
	}
	diff_lines_release(&lines);
	return conflicts;
}
