#include "history/compare-internal.h"

#include "base/diagnostic.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "model/difference.h"
#include "model/source.h"
#include "text/ini_part.h"

#include <string.h>

struct comparing {
	const struct project *before, *after;
	struct arena *arena;
	struct vec *changes;
	struct renamings renamings;
};

static struct slice keep(struct comparing *c, struct slice text)
{
	return text.at ? arena_slice(c->arena, text) : text;
}

static struct history_change *add_change(struct comparing *c, const struct record *record, enum history_action action)
{
	struct history_change *change = vec_push(c->changes);
	struct slice title = slice_new(NULL, 0);

	record_text(record, "title", &title);
	change->kind = record->kind;
	change->id = keep(c, record->id);
	change->title = keep(c, title);
	change->action = action;
	return change;
}

static void add_field(void *context, const struct difference *difference)
{
	struct comparing *c = context;
	struct history_change *change;

	if (renamings_explain(&c->renamings, difference, c->arena))
		return;
	change = add_change(c, difference->after, HISTORY_CHANGED);
	change->field = keep(c, difference->field);
	change->before = keep(c, difference->old);
	change->after = keep(c, difference->new);
}

static void compare_kind(struct comparing *c, const struct kind *kind)
{
	struct history_change *change;
	struct record *record;

	FOREACH_RECORD (c->after, kind, record) {
		const struct record *old = record_counterpart(c->before, record);

		if (!old && (old = renamings_old(&c->renamings, record))) {
			change = add_change(c, record, HISTORY_RENAMED);
			change->before = keep(c, old->id);
			change->after = change->id;
		}
		if (old)
			record_differences(old, record, add_field, c);
		else
			add_change(c, record, HISTORY_ADDED);
	}
	FOREACH_RECORD (c->before, kind, record)
		if (!record_counterpart(c->after, record) && !renamings_new(&c->renamings, record))
			add_change(c, record, HISTORY_REMOVED);
}

/* --- journals: what each date says, over all sections of one id --- */

struct day {
	const struct record *record;
	struct slice date, text;
};

static void read_days(struct comparing *c, const struct project *project, const struct kind *kind, struct map *by_key,
	struct vec *days)
{
	struct record *section;

	FOREACH_RECORD (project, kind, section)
		for (uint32_t i = 0; i < section->entry_count; i++) {
			const struct entry *entry = &section->entries[i];
			const char *key = arena_printf(c->arena, "%.*s\n%.*s", (int)section->folded.len,
				section->folded.at, (int)entry->key.len, entry->key.at);
			uintptr_t at = days->len;
			struct day *day;

			if (map_add(by_key, slice_of(key), at, &at)) {
				vec_append(days, &(struct day){ section, entry->key, entry->text });
				continue;
			}
			day = vec_at(days, at);
			day->text = slice_of(arena_printf(c->arena, "%.*s\n%.*s", (int)day->text.len, day->text.at,
				(int)entry->text.len, entry->text.at));
		}
}

static void add_day(struct comparing *c, const struct day *day, struct slice before, struct slice after)
{
	struct history_change *change = add_change(c, day->record, HISTORY_CHANGED);

	change->field = keep(c, day->date);
	change->before = keep(c, before);
	change->after = keep(c, after);
}

static const struct day *day_of(const struct map *map, const struct vec *days, struct slice key)
{
	uintptr_t at;

	return map_get(map, key, &at) ? vec_at(days, at) : NULL;
}

static void compare_journal(struct comparing *c, const struct kind *kind)
{
	struct map keys[2];
	struct vec days[2];

	for (int i = 0; i < 2; i++) {
		map_init(&keys[i]);
		vec_init(&days[i], sizeof(struct day));
		read_days(c, i ? c->after : c->before, kind, &keys[i], &days[i]);
	}
	for (size_t i = 0; i < keys[1].len; i++) {
		const struct day *now = vec_at(&days[1], i),
				 *then = day_of(&keys[0], &days[0], keys[1].entries[i].key);

		if (!then || (!slice_equal(then->text, now->text) &&
				     !renamings_explain_entry(&c->renamings, kind, then->text, now->text, c->arena)))
			add_day(c, now, then ? then->text : slice_new(NULL, 0), now->text);
	}
	for (size_t i = 0; i < keys[0].len; i++) {
		const struct day *then = vec_at(&days[0], i);

		if (!day_of(&keys[1], &days[1], keys[0].entries[i].key))
			add_day(c, then, then->text, slice_new(NULL, 0));
	}
	for (int i = 0; i < 2; i++) {
		map_release(&keys[i]);
		vec_release(&days[i]);
	}
}

void history_compare(
	const struct project *before, const struct project *after, struct arena *arena, struct vec *changes)
{
	struct comparing c = { .before = before, .after = after, .arena = arena, .changes = changes };

	renamings_find(&c.renamings, before, after);
	for (size_t i = 0; i < kinds_count; i++) {
		const struct kind *kind = kinds_all[i];

		if (project_count(before, kind) == 0 && project_count(after, kind) == 0)
			continue;
		if (kind->flags & KIND_JOURNAL)
			compare_journal(&c, kind);
		else
			compare_kind(&c, kind);
	}
	renamings_release(&c.renamings);
}

/* --- files --- */

/*
 * Sections that stand word for word as often on both sides, in whatever file, say nothing: only the others are read.
 */
struct pieces {
	struct map counts; /* text → how many more `before` has than `after`, + COUNT_BIAS */
};
enum { COUNT_BIAS = 1 << 20 };

/* The piece up to the next header. */
static struct slice next_piece(struct slice *rest)
{
	size_t end = 1;

	while (end < rest->len) {
		end += slice_find(slice_from(*rest, end), '[');
		if (end < rest->len && rest->at[end - 1] == '\n')
			break;
		end += end < rest->len;
	}
	struct slice piece = slice_new(rest->at, end < rest->len ? end : rest->len);

	*rest = slice_from(*rest, piece.len);
	return piece;
}

static void count_pieces(struct pieces *pieces, struct slice text, int sign)
{
	while (text.len) {
		struct slice piece = next_piece(&text);
		uintptr_t count = COUNT_BIAS;

		map_get(&pieces->counts, piece, &count);
		map_put(&pieces->counts, piece, count + (uintptr_t)(intptr_t)sign);
	}
}

/* The pieces that are to be read, as a file. */
static void add_pieces(const struct pieces *pieces, struct source *source, const char *path, struct slice text)
{
	struct strbuf kept;

	strbuf_init(&kept);
	while (text.len) {
		struct slice piece = next_piece(&text);
		uintptr_t count = COUNT_BIAS;

		map_get(&pieces->counts, piece, &count);
		if (count == COUNT_BIAS)
			continue;
		strbuf_add_slice(&kept, piece);
		if (kept.buf[kept.len - 1] != '\n')
			strbuf_add_char(&kept, '\n');
	}
	source_memory_add(source, path, strbuf_slice(&kept));
	strbuf_release(&kept);
}

/* The sections around what differs. */
static struct history_text trim(const struct history_text *text)
{
	struct history_text cut = *text;
	size_t front, back;

	if (!cut.before.at || !cut.after.at)
		return cut;
	ini_differing(cut.before, cut.after, &front, &back);
	cut.before = slice_new(cut.before.at + front, cut.before.len - back - front);
	cut.after = slice_new(cut.after.at + front, cut.after.len - back - front);
	return cut;
}

struct half {
	struct source *source;
	struct project project;
	struct diagnostics found;
	bool readable;
};

static void half_init(struct half *half)
{
	half->source = source_memory_new();
	/* project_load wants a pmt.ini; that of the texts takes its place. */
	source_memory_add(half->source, "pmt.ini", slice_new("", 0));
	diagnostics_init(&half->found);
}

static void half_release(struct half *half)
{
	project_release(&half->project);
	source_free(half->source);
	diagnostics_release(&half->found);
}

bool history_compare_texts(const struct history_text *texts, size_t count, struct arena *arena, struct vec *changes)
{
	struct half before, after;
	struct pieces pieces;
	bool readable;

	half_init(&before);
	half_init(&after);
	map_init(&pieces.counts);
	for (size_t i = 0; i < count; i++) {
		struct history_text cut = trim(&texts[i]);

		count_pieces(&pieces, cut.before, 1);
		count_pieces(&pieces, cut.after, -1);
	}
	for (size_t i = 0; i < count; i++) {
		struct history_text cut = trim(&texts[i]);

		if (cut.before.at)
			add_pieces(&pieces, before.source, texts[i].path, cut.before);
		if (cut.after.at)
			add_pieces(&pieces, after.source, texts[i].path, cut.after);
	}
	map_release(&pieces.counts);
	before.readable = project_load(&before.project, before.source, 1, &before.found, NULL) == 0;
	after.readable = project_load(&after.project, after.source, 1, &after.found, NULL) == 0;
	readable = before.readable && after.readable;
	if (readable)
		history_compare(&before.project, &after.project, arena, changes);
	half_release(&before);
	half_release(&after);
	return readable;
}
