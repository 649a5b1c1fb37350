/*
 * "Did you mean": optimal string alignment distance (Levenshtein plus swaps of neighbours) over
 * case-folded code points. Three rows of the table are enough; a row whose least entry is
 * past the limit ends it. "asign" → "assign" is 1 (an insertion), "depneds" → "depends" is 1 (a swap).
 * Cost: O(length × length) time, O(length) memory.
 */
#include "base/utf8.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

struct codes {
	uint32_t *at;
	size_t len;
};

static struct codes folded_codes(struct slice text)
{
	struct codes codes = { 0 };
	struct strbuf folded;
	struct slice rest;

	strbuf_init(&folded);
	utf8_fold(&folded, text);
	codes.at = xcalloc(folded.len, sizeof(*codes.at));
	for (rest = strbuf_slice(&folded); rest.len; codes.len++)
		rest = slice_from(rest, utf8_decode(rest, &codes.at[codes.len]));
	strbuf_release(&folded);
	return codes;
}

static size_t least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* One row of the table: distances of the first i code points of a from each prefix of b. */
static size_t fill_row(const struct codes *a, const struct codes *b, size_t i, size_t *const rows[3])
{
	size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
	size_t smallest = row[0] = i;

	for (size_t j = 1; j <= b->len; j++) {
		bool same = a->at[i - 1] == b->at[j - 1];

		row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !same);
		if (i > 1 && j > 1 && a->at[i - 1] == b->at[j - 2] && a->at[i - 2] == b->at[j - 1])
			row[j] = least(row[j], two_above[j - 2] + 1);
		smallest = least(smallest, row[j]);
	}
	return smallest;
}

static size_t distance(const struct codes *a, const struct codes *b, size_t limit)
{
	size_t longer = a->len > b->len ? a->len : b->len;
	size_t width = b->len + 1, *memory, *rows[3], result;

	if (longer - least(a->len, b->len) > limit)
		return limit + 1;
	memory = xcalloc(3 * width, sizeof(*memory));
	for (size_t i = 0; i < 3; i++)
		rows[i] = memory + i * width;
	for (size_t j = 0; j < width; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a->len; i++) {
		if (fill_row(a, b, i, rows) > limit) {
			free(memory);
			return limit + 1;
		}
	}
	result = rows[a->len % 3][b->len];
	free(memory);
	return least(result, limit + 1);
}

size_t utf8_distance(struct slice a, struct slice b, size_t limit)
{
	struct codes x = folded_codes(a), y = folded_codes(b);
	size_t result = distance(&x, &y, limit < SIZE_MAX ? limit : limit - 1);

	free(x.at);
	free(y.at);
	return result;
}

static bool is_prefix(const struct codes *prefix, const struct codes *of)
{
	return prefix->len <= of->len &&
		!memcmp(prefix->at, of->at, prefix->len * sizeof(*prefix->at));
}

int utf8_nearest(struct slice word, const char *const *names, size_t count)
{
	struct codes wanted = folded_codes(word);
	size_t best = wanted.len ? 1 + (wanted.len - 1) / 4 : 0;
	int nearest = -1, prefixed = -1;

	for (size_t i = 0; i < count && wanted.len; i++) {
		struct codes name = folded_codes(slice_of(names[i]));
		size_t d = distance(&wanted, &name, best);

		/* "x" is as near to "a" as to anything: at least one letter must be shared. */
		if (d < (wanted.len > name.len ? wanted.len : name.len) && d <= best && (nearest < 0 || d < best)) {
			best = d;
			nearest = (int)i;
		}
		if (prefixed < 0 && wanted.len >= 3 && is_prefix(&wanted, &name))
			prefixed = (int)i;
		free(name.at);
	}
	free(wanted.at);
	return nearest >= 0 ? nearest : prefixed;
}
