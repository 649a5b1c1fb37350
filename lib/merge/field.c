#include "merge/merge-internal.h"

#include "base/diff.h"
#include "model/value.h"

enum merge_side pick(bool ours_same, bool theirs_same, bool both_same)
{
	if (both_same || theirs_same)
		return MERGE_OURS;
	return ours_same ? MERGE_THEIRS : MERGE_BASE;
}

static bool same(struct slice a, struct slice b)
{
	return !a.at == !b.at && slice_equal(a, b);
}

/* Line by line; a value has no line break at its ends. */
static bool merge_text(const struct slice values[MERGE_SIDES], enum merge_rule rule, struct arena *arena, struct slice *out)
{
	struct strbuf text;
	size_t conflicts;

	strbuf_init(&text);
	conflicts = merge_lines(values, rule, &text);
	while (text.len && text.buf[text.len - 1] == '\n')
		strbuf_truncate(&text, text.len - 1);
	if (conflicts == 0)
		*out = text.len ? arena_slice(arena, strbuf_slice(&text)) : slice_new(NULL, 0);
	strbuf_release(&text);
	return conflicts == 0;
}

bool field_merge(const struct kind *kind, struct slice key, const struct slice values[MERGE_SIDES], struct arena *arena,
	struct slice *out)
{
	struct slice base = values[MERGE_BASE], ours = values[MERGE_OURS], theirs = values[MERGE_THEIRS];
	enum merge_side side = pick(same(base, ours), same(base, theirs), same(ours, theirs));
	size_t index = kind ? kind_field_find(kind, key) : FIELD_UNKNOWN;

	*out = side == MERGE_BASE ? ours : values[side];
	if (side != MERGE_BASE)
		return true;
	if (kind && key_is_moment(kind, key))
		return merge_text(values, MERGE_BOTH, arena, out);
	if (index >= FIELD_CUSTOM)
		return false;
	switch (kind_field(kind, index)->type) {
	case TYPE_REFS:
	case TYPE_WORDS:
	case TYPE_DEPENDENCIES:
	case TYPE_ALLOCATIONS:
	case TYPE_DATES:
	case TYPE_RATE: return list_merge(kind_field(kind, index)->type, values, arena, out);
	case TYPE_LINES: return merge_text(values, MERGE_BOTH, arena, out);
	case TYPE_TEXT: return ours.at && theirs.at && merge_text(values, MERGE_CONFLICT, arena, out);
	default: return false;
	}
}
