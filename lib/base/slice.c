#include "base/slice.h"

#include <string.h>

int slice_compare(struct slice a, struct slice b)
{
	size_t common = a.len < b.len ? a.len : b.len;
	int order = common ? memcmp(a.at, b.at, common) : 0;

	if (order)
		return order;
	return (a.len > b.len) - (a.len < b.len);
}

/* One or two separators are what almost every caller has, and long lists are read with them. */
static size_t item_end(struct slice rest, const char *separators)
{
	char a = separators[0], b = a ? separators[1] : '\0';
	size_t end = 0;

	if (!a || !b)
		return a ? slice_find(rest, a) : rest.len;
	if (!separators[2]) {
		while (end < rest.len && rest.at[end] != a && rest.at[end] != b)
			end++;
		return end;
	}
	while (end < rest.len && (!rest.at[end] || !strchr(separators, rest.at[end])))
		end++;
	return end;
}

bool slice_next(struct slice *rest, const char *separators, struct slice *item)
{
	size_t end;

	if (!rest->len)
		return false;
	end = item_end(*rest, separators);
	*item = slice_trim(slice_new(rest->at, end));
	*rest = slice_from(*rest, end + 1);
	return true;
}

/*
 * Eight bytes a step, mixed as in wyhash and rapidhash (Wang Yi): multiply to 128 bits, fold.
 * Not meant against attackers; the map stays correct, only slower, if somebody finds collisions.
 */
static uint64_t mix(uint64_t a, uint64_t b)
{
	__extension__ typedef unsigned __int128 wide;
	wide product = (wide)a * b;

	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t slice_hash(struct slice a)
{
	uint64_t hash = 0x9e3779b97f4a7c15u ^ a.len, word;
	size_t at = 0;

	for (; at + 8 <= a.len; at += 8) {
		memcpy(&word, a.at + at, 8);
		hash = mix(hash ^ word, 0xa0761d6478bd642fu);
	}
	word = 0;
	if (at < a.len)
		memcpy(&word, a.at + at, a.len - at);
	return mix(hash ^ word ^ 0xe7037ed1a0b428dbu, 0x8ebc6af09c88c6e3u);
}
