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

/* The sections around what differs. */
static void trim(struct slice *a, struct slice *b)
{
	size_t front, back;

	ini_differing(*a, *b, &front, &back);
	*a = slice_new(a->at + front, a->len - back - front);
	*b = slice_new(b->at + front, b->len - back - front);
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
	bool readable;

	half_init(&before);
	half_init(&after);
	for (size_t i = 0; i < count; i++) {
		struct slice a = texts[i].before, b = texts[i].after;

		if (a.at && b.at)
			trim(&a, &b);
		if (a.at)
			source_memory_add(before.source, texts[i].path, a);
		if (b.at)
			source_memory_add(after.source, texts[i].path, b);
	}
	before.readable = project_load(&before.project, before.source, 1, &before.found, NULL) == 0;
	after.readable = project_load(&after.project, after.source, 1, &after.found, NULL) == 0;
	readable = before.readable && after.readable;
	if (readable)
		history_compare(&before.project, &after.project, arena, changes);
	half_release(&before);
	half_release(&after);
	return readable;
}
