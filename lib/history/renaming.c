/*
 * Which record got another id.
 *
 * Idea: of one kind, take those that went and those that came. Two are one record when they have the title in common,
 * or all but the title, and at least LIKE of what they say; the likest pair first taken in the order of the files.
 * Texts that are the same word for word are found by look-up, so a thousand ids renamed at once are no thousand times
 * a thousand comparisons; beyond PAIRS_MOST only those are followed. merge/identity.c follows renamings by the same
 * measure.
 *
 * Worked example: T-4 "Settle" effort 5d goes, T-9 "Settle" effort 6d comes: title (twice) of 2 + 1 agrees, 4 / 6 =
 * 0.67: renamed. Cost: O(went + came), and O(went × came) of what is not the same word for word, at most PAIRS_MOST.
 */
#include "history/compare-internal.h"

#include "base/strbuf.h"
#include "model/header.h"
#include "model/reference.h"

#include <string.h>

enum { PAIRS_MOST = 40000 };
static const double LIKE = 0.45;

struct renaming_pair {
	const struct record *then, *now;
};

static struct slice key_of(struct arena *arena, const struct kind *kind, struct slice folded)
{
	return slice_of(arena_printf(arena, "%s\n%.*s", kind->name, (int)folded.len, folded.at));
}

static const struct entry *entry_named(const struct record *record, struct slice key)
{
	for (uint32_t i = 0; i < record->entry_count; i++)
		if (slice_equal(record->entries[i].key, key))
			return &record->entries[i];
	return NULL;
}

static bool is_title(struct slice key)
{
	return slice_is(key, "title");
}

/* Of what both say, the share in which they agree, the title counted twice; *rest: all but the title agrees. */
static double likeness(const struct record *a, const struct record *b, bool *rest)
{
	size_t all = 0, equal = 0;

	*rest = true;
	for (uint32_t i = 0; i < a->entry_count; i++) {
		const struct entry *entry = &a->entries[i], *other = entry_named(b, entry->key);
		size_t weight = is_title(entry->key) ? 2 : 1;
		bool same = other && slice_equal(entry->text, other->text);

		all += weight;
		equal += same ? 2 * weight : 0;
		*rest = *rest && (same || is_title(entry->key));
	}
	for (uint32_t i = 0; i < b->entry_count; i++) {
		all += is_title(b->entries[i].key) ? 2 : 1;
		*rest = *rest && (is_title(b->entries[i].key) || entry_named(a, b->entries[i].key));
	}
	*rest = *rest && all > 4;
	return all ? (double)equal / (double)all : 0;
}

static bool same_title(const struct record *a, const struct record *b)
{
	struct slice x = slice_new(NULL, 0), y = slice_new(NULL, 0);

	record_text(a, "title", &x);
	record_text(b, "title", &y);
	return x.len && slice_equal(x, y);
}

static struct slice whole(struct arena *arena, const struct record *record)
{
	struct strbuf text;
	struct slice kept;

	strbuf_init(&text);
	for (uint32_t i = 0; i < record->entry_count; i++)
		strbuf_addf(&text, "%.*s=%.*s\n", (int)record->entries[i].key.len, record->entries[i].key.at,
			(int)record->entries[i].text.len,
			record->entries[i].text.len ? record->entries[i].text.at : "");
	kept = arena_slice(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return kept;
}

static void add_pair(struct renamings *r, const struct record *then, const struct record *now)
{
	struct renaming_pair pair = { then, now };

	vec_append(&r->pairs, &pair);
	map_put(&r->old_ids, key_of(&r->arena, then->kind, then->folded), r->pairs.len);
	map_put(&r->new_ids, key_of(&r->arena, now->kind, now->folded), r->pairs.len);
}

/* Word for word the same; of several alike the first of both. What is empty is like anything, and is left alone. */
static void pair_equal(struct renamings *r, struct vec *went, struct vec *came)
{
	const struct record **then = went->items, **now = came->items;
	struct map texts;

	map_init(&texts);
	for (size_t i = went->len; i-- > 0;)
		if (then[i]->entry_count)
			map_put(&texts, whole(&r->arena, then[i]), i + 1);
	for (size_t i = 0; i < came->len; i++) {
		struct slice text = whole(&r->arena, now[i]);
		uintptr_t at;

		if (!now[i]->entry_count || !map_get(&texts, text, &at) || at == 0)
			continue;
		map_put(&texts, text, 0);
		add_pair(r, then[at - 1], now[i]);
		then[at - 1] = now[i] = NULL;
	}
	map_release(&texts);
}

static void pair_likest(struct renamings *r, struct vec *went, struct vec *came)
{
	const struct record **then = went->items, **now = came->items;

	for (size_t i = 0; i < came->len && went->len * came->len <= PAIRS_MOST; i++) {
		double most = LIKE;
		size_t best = went->len;

		for (size_t j = 0; j < went->len && now[i]; j++) {
			bool rest = false;
			double like = then[j] ? likeness(then[j], now[i], &rest) : 0;

			if (like > most && (rest || same_title(then[j], now[i]))) {
				most = like;
				best = j;
			}
		}
		if (best < went->len) {
			add_pair(r, then[best], now[i]);
			then[best] = NULL;
		}
	}
}

static void find_in_kind(
	struct renamings *r, const struct kind *kind, const struct project *before, const struct project *after)
{
	struct vec went, came;
	struct record *record;

	vec_init(&went, sizeof(struct record *));
	vec_init(&came, sizeof(struct record *));
	FOREACH_RECORD (before, kind, record)
		if (!record_counterpart(after, record))
			vec_append(&went, &record);
	if (went.len)
		FOREACH_RECORD (after, kind, record)
			if (!record_counterpart(before, record))
				vec_append(&came, &record);
	if (came.len) {
		pair_equal(r, &went, &came);
		pair_likest(r, &went, &came);
	}
	vec_release(&went);
	vec_release(&came);
}

void renamings_find(struct renamings *renamings, const struct project *before, const struct project *after)
{
	vec_init(&renamings->pairs, sizeof(struct renaming_pair));
	map_init(&renamings->old_ids);
	map_init(&renamings->new_ids);
	arena_init(&renamings->arena);
	for (size_t i = 0; i < kinds_count; i++)
		if (!(kinds_all[i]->flags & (KIND_SINGLE | KIND_JOURNAL)) && project_count(before, kinds_all[i]) &&
			project_count(after, kinds_all[i]))
			find_in_kind(renamings, kinds_all[i], before, after);
}

void renamings_release(struct renamings *renamings)
{
	vec_release(&renamings->pairs);
	map_release(&renamings->old_ids);
	map_release(&renamings->new_ids);
	arena_release(&renamings->arena);
}

static const struct renaming_pair *find(
	const struct renamings *r, const struct map *ids, const struct kind *kind, struct slice folded)
{
	struct strbuf key;
	uintptr_t at = 0;

	if (r->pairs.len == 0 || !kind)
		return NULL;
	strbuf_init(&key);
	strbuf_addf(&key, "%s\n%.*s", kind->name, (int)folded.len, folded.at);
	map_get(ids, strbuf_slice(&key), &at);
	strbuf_release(&key);
	return at ? vec_at(&r->pairs, at - 1) : NULL;
}

const struct record *renamings_old(const struct renamings *renamings, const struct record *now)
{
	const struct renaming_pair *pair = find(renamings, &renamings->new_ids, now->kind, now->folded);

	return pair ? pair->then : NULL;
}

const struct record *renamings_new(const struct renamings *renamings, const struct record *then)
{
	const struct renaming_pair *pair = find(renamings, &renamings->old_ids, then->kind, then->folded);

	return pair ? pair->now : NULL;
}

struct rewriting {
	const struct renamings *renamings;
	struct arena *scratch;
	struct slice text;
	struct strbuf out;
	size_t done;
};

static const struct renaming_pair *pair_of(struct rewriting *w, const struct reference *reference)
{
	struct slice folded = id_fold(reference->id, w->scratch), rest = slice_of(reference->kinds), name;
	const struct renaming_pair *pair = NULL;

	if (reference->foreign)
		return NULL;
	while (!pair && reference->kinds && slice_next(&rest, "|", &name))
		pair = find(w->renamings, &w->renamings->old_ids, kind_find(name), folded);
	for (size_t i = 0; !pair && !reference->kinds && i < kinds_count; i++)
		pair = find(w->renamings, &w->renamings->old_ids, kinds_all[i], folded);
	return pair;
}

static void rewrite(void *context, const struct reference *reference)
{
	struct rewriting *w = context;
	const struct renaming_pair *pair = pair_of(w, reference);

	if (!pair || reference->at < w->done)
		return;
	strbuf_add(&w->out, w->text.at + w->done, reference->at - w->done);
	strbuf_add_slice(&w->out, pair->now->id);
	w->done = reference->at + reference->id.len;
}

static void rewriting_init(
	struct rewriting *w, const struct renamings *renamings, struct slice text, struct arena *scratch)
{
	*w = (struct rewriting){ .renamings = renamings, .scratch = scratch, .text = text };
	strbuf_init(&w->out);
}

static bool rewriting_gives(struct rewriting *w, struct slice after)
{
	bool same;

	strbuf_add_slice(&w->out, slice_from(w->text, w->done));
	same = slice_equal(strbuf_slice(&w->out), after);
	strbuf_release(&w->out);
	return same;
}

bool renamings_explain(const struct renamings *renamings, const struct difference *difference, struct arena *scratch)
{
	size_t index = kind_field_find(difference->after->kind, difference->field);
	const struct field *field = index < FIELD_CUSTOM ? kind_field(difference->after->kind, index) : NULL;
	struct rewriting w;

	if (renamings->pairs.len == 0 || !field || !reference_field(field) || !difference->old.len)
		return false;
	rewriting_init(&w, renamings, difference->old, scratch);
	reference_each(field, difference->old, rewrite, &w);
	return rewriting_gives(&w, difference->new);
}

bool renamings_explain_entry(const struct renamings *renamings, const struct kind *kind, struct slice before,
	struct slice after, struct arena *scratch)
{
	struct rewriting w;

	if (renamings->pairs.len == 0 || !before.len)
		return false;
	rewriting_init(&w, renamings, before, scratch);
	reference_each_in_entry(kind, before, rewrite, &w);
	return rewriting_gives(&w, after);
}
