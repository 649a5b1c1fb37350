/*
 * What references name, and who names a record.
 */
#include "base/utf8.h"
#include "model/project-internal.h"
#include "model/reference.h"

enum { NEAREST_CANDIDATES = 20000 }; /* more ids than this are not compared for a hint */

static bool names_any(const char *kinds)
{
	return !kinds || slice_is(slice_of(kinds), "*");
}

struct record *reference_target(const struct project *project, const struct reference *reference)
{
	if (reference->foreign)
		return NULL;
	if (!names_any(reference->kinds))
		return project_find_among(project, reference->kinds, reference->id);
	for (size_t k = 0; k < kinds_count; k++) {
		struct record *record = project_find(project, kinds_all[k], reference->id);
		if (record && !(kinds_all[k]->flags & KIND_JOURNAL))
			return record;
	}
	return NULL;
}

/* "T-12" of a kind whose ids are T-1, T-2 … */
static bool is_numbered(const struct kind *kind, struct slice id)
{
	size_t prefix = kind->prefix ? slice_of(kind->prefix).len : 0;

	if (prefix == 0 || id.len <= prefix + 1 || id.at[prefix] != '-')
		return false;
	for (size_t i = prefix + 1; i < id.len; i++)
		if (id.at[i] < '0' || id.at[i] > '9')
			return false;
	return true;
}

static void collect_ids(const struct project *project, const struct kind *kind, struct arena *arena,
	struct vec *names)
{
	const struct record *record;

	FOREACH_RECORD(project, kind, record)
	{
		if (record->id.len == 0)
			continue;
		const char *name = arena_strndup(arena, record->id.at, record->id.len);
		vec_append(names, &name);
	}
}

const char *reference_nearest(
	const struct project *project, const char *kinds, struct slice id, struct arena *arena)
{
	struct slice rest = slice_of(kinds), name;
	const char *near = NULL;
	struct vec names;

	vec_init(&names, sizeof(const char *));
	while (slice_next(&rest, "|", &name)) {
		const struct kind *kind = kind_find(name);
		if (kind && !is_numbered(kind, id) &&
			project_count(project, kind) <= NEAREST_CANDIDATES)
			collect_ids(project, kind, arena, &names);
	}
	int index = names.len > 0 ? utf8_nearest(id, names.items, names.len) : -1;
	if (index >= 0)
		near = ((const char **)names.items)[index];
	vec_release(&names);
	return near;
}

struct search {
	const struct project *project;
	const struct record *target;
	struct referrer referrer;
	void (*visit)(void *context, const struct referrer *referrer);
	void *context;
	struct arena *arena;
	bool found;
};

/* Folding is dear and ids differ mostly in length or first letter: only likely ones are looked up.
 */
static bool same_id(struct search *search, struct slice id)
{
	struct slice folded = id_fold(id, search->arena);

	return slice_equal(folded, search->target->folded);
}

static void search_visit(void *context, const struct reference *reference)
{
	struct search *search = context;

	if (!search->found && !reference->foreign && same_id(search, reference->id) &&
		reference_target(search->project, reference) == search->target)
		search->found = true;
}

static void search_entry(
	struct search *search, const struct record *record, const struct entry *entry)
{
	search->found = false;
	search->referrer = (struct referrer){ .record = record, .entry = entry };
	if (entry->field < FIELD_CUSTOM) {
		const struct field *field = kind_field(record->kind, entry->field);
		if (!reference_field(field))
			return;
		search->referrer.field = field;
		reference_each(field, entry->text, search_visit, search);
	} else if (key_is_moment(record->kind, entry->key)) {
		reference_each_in_entry(record->kind, entry->text, search_visit, search);
	}
	if (search->found)
		search->visit(search->context, &search->referrer);
}

void referrers(const struct project *project, const struct record *target,
	void (*visit)(void *context, const struct referrer *referrer), void *context)
{
	struct record **records = project->records.items;
	struct arena arena;
	struct search search = { project, target, { 0 }, visit, context, &arena, false };

	arena_init(&arena);
	for (size_t i = 0; i < project->records.len; i++) {
		struct record *record = records[i];
		if ((record->kind->flags & KIND_JOURNAL) &&
			slice_equal(record->folded, target->folded)) {
			struct reference section = { .id = record->id, .kinds = record->kind->of };
			if (reference_target(project, &section) == target) {
				search.referrer = (struct referrer){ .record = record };
				visit(context, &search.referrer);
			}
		}
		for (uint32_t e = 0; e < record->entry_count; e++)
			search_entry(&search, record, &record->entries[e]);
	}
	arena_release(&arena);
}
