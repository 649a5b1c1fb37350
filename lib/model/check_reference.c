/*
 * Do the records exist that fields name, and are they of the right kind?
 */
#include "base/alloc.h"
#include "model/check-internal.h"

struct visit {
	struct checking *checking;
	const struct record *record;
	const struct entry *entry;
	const struct field *field;
};

/* The same few literals come again and again: they are split once. */
static const struct kinds_of *split_kinds(struct checking *checking, const char *kinds)
{
	struct slice rest = slice_of(kinds), name;
	struct kinds_of *split;

	for (size_t i = 0; i < KINDS_REMEMBERED; i++)
		if (checking->remembered[i].text == kinds)
			return &checking->remembered[i];
	split = &checking->remembered[checking->next_remembered++ % KINDS_REMEMBERED];
	split->text = kinds;
	split->len = 0;
	while (slice_next(&rest, "|", &name)) {
		const struct kind *kind = kind_find(name);
		if (kind && split->len < KINDS_OF_REFERENCE)
			split->kinds[split->len++] = kind;
	}
	return split;
}

static const struct record *find_wanted(
	struct checking *checking, const char *kinds, struct slice id)
{
	if (!kinds || slice_is(slice_of(kinds), "*"))
		return reference_target(checking->project, &(struct reference){ .id = id });
	const struct kinds_of *split = split_kinds(checking, kinds);
	for (size_t i = 0; i < split->len; i++) {
		const struct record *record = project_find(checking->project, split->kinds[i], id);
		if (record)
			return record;
	}
	return NULL;
}

/* "resource/team" */
static const char *kinds_words(struct checking *checking, const char *kinds)
{
	const struct kinds_of *split = split_kinds(checking, kinds);
	const char *words = "";

	for (size_t i = 0; i < split->len; i++)
		words = arena_printf(
			&checking->scratch, "%s%s%s", words, i ? "/" : "", split->kinds[i]->name);
	return words;
}

static void report_unknown(struct checking *checking, const struct record *record,
	struct place place, const struct reference *reference)
{
	struct arena *scratch = &checking->scratch;

	if (map_get(&checking->project->lost, id_fold(reference->id, scratch), NULL))
		return; /* its header was reported */
	const char *id = arena_strndup(scratch, reference->id.at, reference->id.len);
	bool any = !reference->kinds || slice_is(slice_of(reference->kinds), "*");
	const struct record *other = any ? NULL
					 : reference_target(checking->project,
						   &(struct reference){ .id = reference->id });
	struct diagnostic *finding;

	if (any)
		finding = diagnose(checking->found, place, "ref-unknown",
			N_("there is no record '%s'"), id, NULL);
	else if (other)
		finding = diagnose(checking->found, place, "ref-kind",
			N_("'%s' is a %s; expected a %s"), id, other->kind->name,
			kinds_words(checking, reference->kinds), NULL);
	else if (checking->project->overlay == OVERLAY_ABSENT)
		finding = diagnose(checking->found, place, "ref-overlay",
			N_("there is no %s '%s' here; it may be in the overlay"),
			kinds_words(checking, reference->kinds), id, NULL);
	else
		finding = diagnose(checking->found, place, "ref-unknown", N_("there is no %s '%s'"),
			kinds_words(checking, reference->kinds), id, NULL);
	diagnostic_record(checking->found, finding, record_name(scratch, record));
	if (any || other || checking->hints == 0)
		return;
	checking->hints--;
	const char *near =
		reference_nearest(checking->project, reference->kinds, reference->id, scratch);
	if (near)
		diagnostic_hint(checking->found, finding, N_("did you mean '%s'?"), near);
}

void check_reference(struct checking *checking, const struct record *record, struct place place,
	const struct reference *reference)
{
	if (!find_wanted(checking, reference->kinds, reference->id))
		report_unknown(checking, record, place, reference);
}

static void visit_reference(void *context, const struct reference *reference)
{
	struct visit *visit = context;

	if (reference->loose || reference->foreign ||
		find_wanted(visit->checking, reference->kinds, reference->id))
		return;
	struct place place =
		entry_place(visit->checking->project, visit->record, visit->entry, reference->at);
	report_unknown(visit->checking, visit->record, place, reference);
}

struct items {
	struct slice seen[64];
	size_t count;
	struct visit *visit;
};

static void visit_item(void *context, const struct reference *reference)
{
	struct items *items = context;
	struct visit *visit = items->visit;
	struct checking *checking = visit->checking;

	struct slice folded = id_fold(reference->id, &checking->scratch);

	for (size_t i = 0; i < items->count; i++) {
		if (!slice_equal(items->seen[i], folded))
			continue;
		struct place place =
			entry_place(checking->project, visit->record, visit->entry, reference->at);
		struct diagnostic *finding = diagnose(checking->found, place, "duplicate-item",
			N_("'%s' is listed twice"),
			arena_strndup(&checking->scratch, reference->id.at, reference->id.len),
			NULL);
		diagnostic_record(
			checking->found, finding, record_name(&checking->scratch, visit->record));
		return;
	}
	if (items->count < ARRAY_SIZE(items->seen))
		items->seen[items->count++] = folded;
}

void check_references(struct checking *checking, const struct record *record,
	const struct entry *entry, const struct field *field)
{
	struct visit visit = { checking, record, entry, field };

	reference_each(field, entry->text, visit_reference, &visit);
	if (field->type == TYPE_REFS) {
		struct items items = { .visit = &visit };
		reference_each(field, entry->text, visit_item, &items);
	}
}
