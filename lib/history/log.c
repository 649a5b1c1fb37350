#include "history/log.h"

#include "base/map.h"
#include "model/header.h"

#include <string.h>
#include <strings.h>

/* The records asked for, by the ids they have in one commit. */
struct watch {
	const struct history_id *ids; /* folded */
	size_t count;
};

struct reading {
	const struct history_query *query;
	struct arena *arena;
	struct vec *entries;
	const struct watch *tip; /* where nothing else is known; NULL: all records */
	struct map watches;      /* commit id → struct watch * */
	size_t changes;          /* so far */
};

static bool watch_has(const struct watch *watch, const struct kind *kind, struct slice folded)
{
	for (size_t i = 0; i < watch->count; i++)
		if ((!kind || !watch->ids[i].kind || watch->ids[i].kind == kind) &&
			slice_equal(watch->ids[i].id, folded))
			return true;
	return false;
}

/* The watch with these added. */
static const struct watch *watch_join(struct arena *arena, const struct watch *a, const struct watch *b)
{
	struct history_id *ids = arena_calloc(arena, a->count + b->count, sizeof(*ids));
	struct watch *joined = arena_alloc(arena, sizeof(*joined));

	memcpy(ids, a->ids, a->count * sizeof(*ids));
	*joined = (struct watch){ ids, a->count };
	for (size_t i = 0; i < b->count; i++)
		if (!watch_has(joined, b->ids[i].kind, b->ids[i].id))
			ids[joined->count++] = b->ids[i];
	return joined->count == a->count ? a : joined;
}

/* What the watched records of a commit are called in its parent number `parent` (from 1). */
static const struct watch *watch_before(
	struct reading *r, const struct watch *watch, const struct history_commit *commit, unsigned parent)
{
	struct history_id *ids = NULL;
	struct watch *before;

	for (size_t c = 0; c < commit->change_count; c++) {
		const struct history_change *change = &commit->changes[c];

		if (change->action != HISTORY_RENAMED || (change->parent && change->parent != parent))
			continue;
		for (size_t i = 0; i < watch->count; i++) {
			if ((watch->ids[i].kind && watch->ids[i].kind != change->kind) ||
				!slice_equal(watch->ids[i].id, id_fold(change->id, r->arena)))
				continue;
			if (!ids) {
				ids = arena_calloc(r->arena, watch->count, sizeof(*ids));
				memcpy(ids, watch->ids, watch->count * sizeof(*ids));
			}
			ids[i] = (struct history_id){ change->kind, id_fold(change->before, r->arena) };
		}
	}
	if (!ids)
		return watch;
	before = arena_alloc(r->arena, sizeof(*before));
	*before = (struct watch){ ids, watch->count };
	return before;
}

/* Tells the parents what the watched records are called there. */
static void pass_on(struct reading *r, const struct watch *watch, const struct history_commit *commit)
{
	struct slice rest = commit->parents, id;
	unsigned parent = 0;

	if (commit->id.len == 0) {
		r->tip = watch_before(r, watch, commit, 1);
		return;
	}
	while (slice_next(&rest, " ", &id)) {
		const struct watch *before = watch_before(r, watch, commit, ++parent),
				   *known = map_get_pointer(&r->watches, id);

		if (known && known != before)
			before = watch_join(r->arena, known, before);
		if (known != before)
			map_put(&r->watches, id, (uintptr_t)before);
	}
}

static bool is_wanted(const struct reading *r, const struct watch *watch, const struct history_change *change)
{
	const struct history_query *query = r->query;

	if (query->kind && change->kind != query->kind)
		return false;
	if (watch && !watch_has(watch, change->kind, id_fold(change->id, r->arena)) &&
		!(change->action == HISTORY_RENAMED &&
			watch_has(watch, change->kind, id_fold(change->before, r->arena))))
		return false;
	if (query->field && (change->action != HISTORY_CHANGED || !slice_is(change->field, query->field)))
		return false;
	return !query->wanted || query->wanted(query->context, change->kind, change->id);
}

static bool is_by(const struct history_query *query, const struct history_commit *commit)
{
	for (size_t i = 0; i < query->person_count; i++)
		if (slice_equal(query->people[i], commit->author) ||
			(query->people[i].len == commit->email.len &&
				strncasecmp(query->people[i].at, commit->email.at, commit->email.len) == 0))
			return true;
	return query->person_count == 0;
}

static bool is_in_time(const struct history_walk *walk, const struct history_commit *commit)
{
	return commit->when == MOMENT_NONE ||
	       ((!walk->since || commit->when >= walk->since) && (!walk->until || commit->when <= walk->until));
}

static void choose_changes(
	struct reading *r, const struct watch *watch, const struct history_commit *commit, struct history_entry *entry)
{
	struct history_change *kept = arena_calloc(r->arena, commit->change_count + 1, sizeof(*kept));
	size_t count = 0;

	for (size_t i = 0; i < commit->change_count && !(r->query->limit && r->changes >= r->query->limit); i++)
		if (is_wanted(r, watch, &commit->changes[i])) {
			kept[count] = commit->changes[i];
			kept[count++].author = commit->author;
			r->changes++;
		}
	entry->commit.changes = kept;
	entry->commit.change_count = count;
}

/* Tasks that the message names, of those that are asked for. */
static void choose_work(
	struct reading *r, const struct watch *watch, const struct history_commit *commit, struct history_entry *entry)
{
	const struct kind *task = kind_find(slice_of("task"));
	struct history_work *kept;
	struct vec all;

	if (!r->query->units || r->query->field || (r->query->kind && r->query->kind != task))
		return;
	vec_init(&all, sizeof(struct history_work));
	trailers_read(commit->message, r->query->units, &all);
	kept = all.len ? arena_calloc(r->arena, all.len, sizeof(*kept)) : NULL;
	for (size_t i = 0; i < all.len; i++) {
		const struct history_work *work = vec_at(&all, i);

		if ((!watch || watch_has(watch, task, id_fold(work->task, r->arena))) &&
			(!r->query->wanted || r->query->wanted(r->query->context, task, work->task)))
			kept[entry->work_count++] = *work;
	}
	entry->work = kept;
	vec_release(&all);
}

static bool visit(void *context, const struct history_commit *commit)
{
	struct reading *r = context;
	const struct watch *watch = r->tip ? map_get_pointer(&r->watches, commit->id) : NULL;
	struct history_entry entry = { .commit = *commit };

	if (r->tip && !watch)
		watch = r->tip;
	if (is_by(r->query, commit) && is_in_time(&r->query->walk, commit)) {
		choose_changes(r, watch, commit, &entry);
		choose_work(r, watch, commit, &entry);
		if (entry.commit.change_count || entry.work_count || (commit->unreadable && !watch))
			vec_append(r->entries, &entry);
	}
	if (watch)
		pass_on(r, watch, commit);
	return !(r->query->limit && r->changes >= r->query->limit) &&
	       !(r->query->commit_limit && r->entries->len >= r->query->commit_limit);
}

static const struct watch *make_watch(struct arena *arena, const struct history_query *query)
{
	struct history_id *ids = arena_calloc(arena, query->id_count, sizeof(*ids));
	struct watch *watch = arena_alloc(arena, sizeof(*watch));

	for (size_t i = 0; i < query->id_count; i++)
		ids[i] = (struct history_id){ query->ids[i].kind, id_fold(query->ids[i].id, arena) };
	*watch = (struct watch){ ids, query->id_count };
	return watch;
}

int history_log(
	const struct history_query *query, struct arena *arena, struct vec *entries, bool *cut, struct err *err)
{
	struct reading r = { .query = query, .arena = arena, .entries = entries };
	struct history_walk walk = query->walk;
	int status;

	walk.visit = visit;
	walk.context = &r;
	if (query->id_count) {
		r.tip = make_watch(arena, query);
		/* Later commits tell what the record was called. */
		walk.until = 0;
	}
	map_init(&r.watches);
	status = history_walk(&walk, arena, cut, err);
	map_release(&r.watches);
	return status;
}
