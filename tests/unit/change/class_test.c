/*
 * What is free must weigh nothing: no stored field below class plan, alone or with others, and no record whose presence
 * is not bound may move the figures by which changes are judged. A field that feeds them and is not bound would let
 * anybody change plan or cost unseen.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "change/delta.h"
#include "change/impact.h"
#include "model/difference.h"

#include <string.h>

enum { RECORDS_TRIED = 2, MOST_VALUES = 8, ROUNDS = 30 };

struct world {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct impact impact;
	size_t tried;
};

static int setup(void **state)
{
	static struct world world;

	world.source = source_worktree_new("examples/yibao");
	diagnostics_init(&world.found);
	assert_int_equal(project_load(&world.project, world.source, 1, &world.found, NULL), 0);
	impact_of(&world.impact, &world.project);
	assert_true(world.impact.computed && world.impact.cost_known && world.impact.tasks.len > 20);
	*state = &world;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	impact_release(&w->impact);
	project_release(&w->project);
	source_free(w->source);
	diagnostics_release(&w->found);
	return 0;
}

static bool same_task(const struct impact_task *a, const struct impact_task *b)
{
	return b && a->cost == b->cost && a->start == b->start && a->finish == b->finish;
}

static bool same_impact(const struct impact *a, const struct impact *b)
{
	bool same = a->computed == b->computed && a->cost == b->cost && a->cost_known == b->cost_known &&
		    a->start == b->start && a->finish == b->finish && a->effort == b->effort &&
		    a->tasks.len == b->tasks.len;

	for (size_t i = 0; i < a->tasks.len && same; i++)
		same = same_task((const struct impact_task *)a->tasks.entries[i].value,
			map_get_pointer(&b->tasks, a->tasks.entries[i].key));
	return same;
}

static void must_not_matter(struct world *w, const struct field_patch *patches, size_t count)
{
	struct project patched;
	struct impact impact;

	project_patch(&patched, &w->project, patches, count);
	impact_of(&impact, &patched);
	if (!same_impact(&w->impact, &impact))
		fail_msg("%s %.*s.%.*s = %.*s (one of %zu) moves the figures and is not bound", patches[0].kind->name,
			(int)patches[0].id.len, patches[0].id.at, (int)patches[0].field.len, patches[0].field.at,
			(int)patches[0].value.len, patches[0].value.at ? patches[0].value.at : "", count);
	impact_release(&impact);
	project_release(&patched);
	w->tried++;
}

/* The n-th value to try: absent first; false when there are no more. */
static bool value_to_try(const struct project *project, const struct field *field, size_t n, struct slice *out)
{
	static const char
		*const dates[] = { "2026-01-05", "2026-08-03 14:00", "2030-01-01" },
		       *const times[] = { "0d", "300d", "1d/2d/90d" }, *const numbers[] = { "0", "100", "7" },
		       *const percents[] = { "0%", "50%", "100%" }, *const lines[] = { "none", "today", "0/100" },
		       *const moneys[] = { "0", "999999999", "5 USD" }, *const answers[] = { "yes", "no", "yes" };
	const char *const *values = lines;
	struct slice rest = slice_of(field->of);

	*out = slice_new(NULL, 0);
	if (n == 0)
		return true;
	if (field->type == TYPE_ENUM) {
		for (size_t i = 0; i < n; i++)
			if (!slice_next(&rest, "|", out))
				return false;
		return true;
	}
	if (n > 3)
		return false;
	if (field->type == TYPE_REF || field->type == TYPE_REFS) {
		struct slice kind_name = slice_new(rest.at, slice_find(rest, '|'));
		const struct kind *kind = kind_find(kind_name);

		if (!kind || project_count(project, kind) < n)
			return false;
		*out = project_at(project, kind, n - 1)->id;
		return true;
	}
	switch (field->type) {
	case TYPE_DATE: case TYPE_DATETIME: values = dates; break;
	case TYPE_DURATION: case TYPE_EFFORT: values = times; break;
	case TYPE_NUMBER: case TYPE_INTEGER: values = numbers; break;
	case TYPE_PERCENT: values = percents; break;
	case TYPE_MONEY: values = moneys; break;
	case TYPE_YESNO: values = answers; break;
	default: break;
	}
	*out = slice_of(values[n - 1]);
	return true;
}

static bool is_free(const struct kind *kind, const struct field *field)
{
	return !(field->flags & (FIELD_COMPUTED | FIELD_LINE)) &&
	       delta_class(NULL, kind, slice_of(field->name)) < CLASS_PLAN;
}

/* Each field alone for the kinds that plans are made of, else all of a record at once. */
static void try_record(struct world *w, const struct record *record)
{
	bool alone = word_index("project|task|resource|team|calendar|baseline", slice_of(record->kind->name)) >= 0;
	size_t total = kind_field_total(record->kind);
	struct vec patches;

	vec_init(&patches, sizeof(struct field_patch));
	for (size_t n = 0; n < MOST_VALUES; n++) {
		vec_clear(&patches);
		for (size_t f = 0; f < total; f++) {
			const struct field *field = kind_field(record->kind, f);
			struct slice value;

			if (!is_free(record->kind, field) || !value_to_try(&w->project, field, n, &value))
				continue;
			vec_append(&patches,
				&(struct field_patch){ record->kind, record->folded, slice_of(field->name), value });
			if (alone) {
				must_not_matter(w, patches.items, 1);
				vec_clear(&patches);
			}
		}
		if (patches.len)
			must_not_matter(w, patches.items, patches.len);
	}
	vec_release(&patches);
}

static void free_fields_weigh_nothing(void **state)
{
	struct world *w = *state;

	for (size_t k = 0; k < kinds_count; k++)
		for (size_t i = 0; i < RECORDS_TRIED && i < project_count(&w->project, kinds_all[k]); i++)
			if (!(kinds_all[k]->flags & KIND_JOURNAL))
				try_record(w, project_at(&w->project, kinds_all[k], i));
	assert_true(w->tried > 200);
}

/* Records that may come and go unbound, gone one kind at a time. */
static void free_records_weigh_nothing(void **state)
{
	struct world *w = *state;
	const struct record *record;
	struct vec patches;

	vec_init(&patches, sizeof(struct field_patch));
	for (size_t k = 0; k < kinds_count; k++) {
		if (delta_class(NULL, kinds_all[k], slice_of("*")) >= CLASS_PLAN)
			continue;
		vec_clear(&patches);
		FOREACH_RECORD (&w->project, kinds_all[k], record)
			vec_append(&patches,
				&(struct field_patch){ kinds_all[k], record->folded, slice_of("*"), { NULL, 0 } });
		if (patches.len)
			must_not_matter(w, patches.items, patches.len);
	}
	vec_release(&patches);
}

/* Many tasks with many facts at once: done, raised, undone. */
static void many_facts_weigh_nothing(void **state)
{
	const struct kind *kind = kind_find(slice_of("task"));
	struct world *w = *state;
	struct vec patches;
	uint64_t at = 0;

	vec_init(&patches, sizeof(struct field_patch));
	for (int round = 0; round < ROUNDS; round++) {
		vec_clear(&patches);
		for (size_t i = 0; i < project_count(&w->project, kind); i++)
			for (size_t f = 0; f < kind->field_count; f++) {
				struct slice value;

				if (is_free(kind, &kind->fields[f]) && random_below(1, 1, at++, 3) == 0 &&
					value_to_try(&w->project, &kind->fields[f], random_below(1, 2, at, 4), &value))
					vec_append(&patches,
						&(struct field_patch){ kind, project_at(&w->project, kind, i)->folded,
							slice_of(kind->fields[f].name), value });
			}
		if (patches.len)
			must_not_matter(w, patches.items, patches.len);
	}
	vec_release(&patches);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(free_fields_weigh_nothing),
		cmocka_unit_test(free_records_weigh_nothing),
		cmocka_unit_test(many_facts_weigh_nothing),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
