/* A project with single fields set: shallow copies of all records, new entries for those that are touched. */
#include "base/alloc.h"
#include "model/difference.h"
#include "model/project-internal.h"

#include <stdlib.h>

/* Patches of one record. */
struct span {
	const struct field_patch *first;
	size_t count;
};

struct patching {
	struct project *out;
	const struct project *state;
	struct map *spans; /* kinds_count maps: folded id → struct span * */
	struct arena scratch;
};

static bool same_record(const struct field_patch *a, const struct field_patch *b)
{
	return a->kind == b->kind && slice_equal(a->id, b->id);
}

static void index_patches(struct patching *p, const struct field_patch *patches, size_t count)
{
	for (size_t i = 0, next; i < count; i = next) {
		struct span *span = arena_calloc(&p->scratch, 1, sizeof(*span));

		for (next = i + 1; next < count && same_record(&patches[i], &patches[next]); next++)
			;
		*span = (struct span){ &patches[i], next - i };
		map_put(&p->spans[project_kind_index(p->out, patches[i].kind)], id_fold(patches[i].id, &p->scratch),
			(uintptr_t)span);
	}
}

static const struct field_patch *patch_of(const struct span *span, struct slice field)
{
	for (size_t i = 0; i < span->count; i++)
		if (slice_equal(span->first[i].field, field))
			return &span->first[i];
	return NULL;
}

static bool is_there(const struct record *record, struct slice key)
{
	for (; record; record = record->more)
		for (uint32_t i = 0; i < record->entry_count; i++)
			if (slice_equal(record->entries[i].key, key))
				return true;
	return false;
}

/* `head`: the record's first section, where fields that are new are added; of a journal every section is patched. */
static void patch_entries(struct patching *p, struct record *record, const struct span *span, const struct record *head)
{
	struct entry *entries = arena_calloc(&p->out->arena, record->entry_count + span->count + 1, sizeof(*entries));
	uint32_t count = 0;

	for (uint32_t i = 0; i < record->entry_count; i++) {
		const struct field_patch *patch = patch_of(span, record->entries[i].key);

		if (patch && !patch->value.at)
			continue;
		entries[count] = record->entries[i];
		if (patch)
			entries[count].text = patch->value;
		count++;
	}
	for (size_t i = 0; head && i < span->count; i++) {
		const struct field_patch *patch = &span->first[i];

		if (!patch->value.at || slice_is(patch->field, "*") || is_there(head, patch->field))
			continue;
		entries[count++] = (struct entry){ .key = patch->field,
			.text = patch->value,
			.line = record->line,
			.column = 1,
			.field = (uint16_t)(key_is_moment(record->kind, patch->field)
						    ? FIELD_CUSTOM
						    : kind_field_find(record->kind, patch->field)) };
	}
	record->entries = entries;
	record->entry_count = count;
}

static struct record *add_copy(struct patching *p, const struct record *from)
{
	struct project *out = p->out;
	size_t kind = project_kind_index(out, from->kind);
	struct record *record = arena_alloc(&out->arena, sizeof(*record));

	*record = *from;
	record->number = (uint32_t)out->records.len;
	record->kind_number = (uint32_t)out->by_kind[kind].len;
	record->more = NULL;
	vec_append(&out->records, &record);
	vec_append(&out->by_kind[kind], &record);
	map_add(&out->ids[kind], record->folded, (uintptr_t)record, NULL);
	return record;
}

static bool goes(const struct span *span)
{
	const struct field_patch *presence = patch_of(span, slice_of("*"));

	return presence && !presence->value.at;
}

static void copy_record(struct patching *p, const struct record *from)
{
	size_t kind = project_kind_index(p->out, from->kind);
	const struct span *span = map_get_pointer(&p->spans[kind], from->folded);
	const struct record *first = map_get_pointer(&p->state->ids[kind], from->folded);

	if (!span || from->overlay)
		add_copy(p, from);
	else if (!goes(span))
		patch_entries(p, add_copy(p, from), span, from == first ? from : NULL);
}

/* Records that are not there yet, in the order of the patches. */
static void make_records(struct patching *p, const struct field_patch *patches, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t kind = project_kind_index(p->out, patches[i].kind);
		struct slice folded = id_fold(patches[i].id, &p->out->arena);
		const struct span *span = map_get_pointer(&p->spans[kind], folded);
		struct record *record;

		if (span->first != &patches[i] || map_get(&p->out->ids[kind], folded, NULL) || goes(span))
			continue;
		record = add_copy(p, &(struct record){ .kind = patches[i].kind,
					     .id = patches[i].id,
					     .folded = folded,
					     .line = 1,
					     .last_line = 1 });
		patch_entries(p, record, span, record);
	}
}

static void copy_frame(struct project *out, const struct project *state)
{
	const struct project_file *files = state->files.items;
	const struct steering *steering = state->steering.items;

	project_init(out, NULL, state->diagnostics);
	out->overlay = state->overlay;
	vec_reserve(&out->records, state->records.len);
	for (size_t i = 0; i < state->files.len; i++)
		vec_append(&out->files, &files[i]);
	for (size_t i = 0; i < state->steering.len; i++)
		vec_append(&out->steering, &steering[i]);
	for (size_t i = 0; i < kinds_count; i++) {
		vec_reserve(&out->by_kind[i], state->by_kind[i].len);
		map_reserve(&out->ids[i], state->ids[i].len);
	}
}

void project_patch(struct project *out, const struct project *state, const struct field_patch *patches, size_t count)
{
	struct patching p = { .out = out, .state = state, .spans = xcalloc(kinds_count, sizeof(*p.spans)) };
	struct record *const *records = state->records.items;

	copy_frame(out, state);
	arena_init(&p.scratch);
	for (size_t i = 0; i < kinds_count; i++)
		map_init(&p.spans[i]);
	index_patches(&p, patches, count);
	for (size_t i = 0; i < state->records.len; i++)
		copy_record(&p, records[i]);
	make_records(&p, patches, count);
	project_chain_journals(out);
	out->settings = project_count(out, kind_find(slice_of("project"))) > 0 ?
		project_at(out, kind_find(slice_of("project")), 0) : NULL;
	project_units(out, &out->units);
	for (size_t i = 0; i < kinds_count; i++)
		map_release(&p.spans[i]);
	free(p.spans);
	arena_release(&p.scratch);
}
