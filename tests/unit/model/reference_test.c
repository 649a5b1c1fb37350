#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "model/reference.h"

#include <stdlib.h>

static void note(void *context, const struct reference *reference)
{
	strbuf_addf(context, "%s%.*s@%zu%s", ((struct strbuf *)context)->len ? " " : "",
		(int)reference->id.len, reference->id.at, reference->at,
		reference->foreign ? "!"
		: reference->loose ? "~"
				   : "");
}

static void expect(enum field_type type, const char *text, const char *found)
{
	struct field field = { .name = "x", .type = type, .of = "task" };
	struct strbuf out;

	strbuf_init(&out);
	reference_each(&field, slice_of(text), note, &out);
	assert_string_equal(out.buf, found);
	strbuf_release(&out);
}

static void test_lists(void **state)
{
	(void)state;
	expect(TYPE_REF, " T-1 ", "T-1@1");
	expect(TYPE_REF, "", "");
	expect(TYPE_REFS, "a, b\nc,,d,", "a@0 b@3 c@5 d@8");
	expect(TYPE_DEPENDENCIES, "T-7, T-9 SS+2d\nYB:T-1 FF", "T-7@0 T-9@5 T-1@18!");
	expect(TYPE_DEPENDENCIES, "T-7FS , ,", "T-7FS@0");
	expect(TYPE_ALLOCATIONS, "li|王芳 50%, @b x2, skill:k8s\nx | y 2d",
		"li@0 王芳@3 b@16 x@32 y@36");
	expect(TYPE_ALLOCATIONS, "|, @, a|", "a@6");
	expect(TYPE_TEXT, "T-1", "");
}

static void test_conditions(void **state)
{
	(void)state;
	expect(TYPE_CONDITION, "assign = li.wei and status != done", "li.wei@9~");
	expect(TYPE_CONDITION, "under=T-1 or (owner = \"wang\" and not depends = T-7, T-8)",
		"T-1@6~ wang@23~ T-7@47~ T-8@52~");
	expect(TYPE_CONDITION, "finish < 2026-05-01 and critical", "");
	expect(TYPE_CONDITION, "assign = @me", "me@10~");
	expect(TYPE_CONDITION, "= = (", "");
	expect(TYPE_CONDITION, "\"open", "");
}

struct project_fixture {
	struct source *source;
	struct project project;
	struct diagnostics found;
};

static void load(struct project_fixture *f, const char *text)
{
	f->source = source_memory_new();
	source_memory_add(f->source, "pmt.ini", slice_of(text));
	diagnostics_init(&f->found);
	assert_int_equal(project_load(&f->project, f->source, 1, &f->found, NULL), 0);
}

static void unload(struct project_fixture *f)
{
	project_release(&f->project);
	source_free(f->source);
	diagnostics_release(&f->found);
}

static const struct record *get(struct project_fixture *f, const char *kind, const char *id)
{
	const struct record *record =
		project_find(&f->project, kind_find(slice_of(kind)), slice_of(id));

	assert_non_null(record);
	return record;
}

static void note_referrer(void *context, const struct referrer *referrer)
{
	strbuf_addf(context, "%.*s.%s ", (int)referrer->record->id.len, referrer->record->id.at,
		referrer->field   ? referrer->field->name
		: referrer->entry ? "entry"
				  : "section");
}

/* A name that two kinds have belongs to the one a field means. */
static void test_referrers(void **state)
{
	struct project_fixture f;
	struct strbuf out;

	(void)state;
	load(&f, "[project]\nname = x\n[resource core]\n[team core]\nlead = core\n[task "
		 "T-1]\nassign = core, @CORE\nowner = core\n"
		 "[view v]\nwhere = assign = core\n[timesheet core]\n2026-01-01 = T-1 1h\n[note "
		 "T-1]\n2026-01-01 = core: x\n");
	strbuf_init(&out);
	referrers(&f.project, get(&f, "resource", "core"), note_referrer, &out);
	assert_string_equal(
		out.buf, "core.lead T-1.assign T-1.owner v.where core.section T-1.entry ");
	strbuf_reset(&out);
	referrers(&f.project, get(&f, "team", "core"), note_referrer, &out);
	assert_string_equal(out.buf, "T-1.assign ");
	strbuf_reset(&out);
	referrers(&f.project, get(&f, "task", "T-1"), note_referrer, &out);
	assert_string_equal(out.buf, "core.entry T-1.section ");
	strbuf_release(&out);
	unload(&f);
}

static void test_replace_and_drop(void **state)
{
	static const struct {
		const char *text, *replaced, *dropped;
	} samples[] = {
		{ "T-1", "X", "" },
		{ "T-2, T-1 SS+2d ,T-3", "T-2, X SS+2d ,T-3", "T-2, T-3" },
		{ "T-1, T-2", "X, T-2", "T-2" },
		{ "T-2, T-1", "T-2, X", "T-2" },
		{ "T-2\nt-1 FF\nT-3", "T-2\nX FF\nT-3", "T-2\nT-3" },
		{ "T-1, T-1 SS", "X, X SS", "" },
		{ "P:T-1, T-10", NULL, NULL },
	};
	struct project_fixture f;

	(void)state;
	load(&f, "[project]\nname = x\n[task T-1]\n[task T-2]\n[task T-3]\n[task T-10]\n");
	const struct record *old = get(&f, "task", "T-1"), *other = get(&f, "task", "T-2");
	struct referrer referrer = { .record = other,
		.field = kind_field_named(other->kind, "depends") };
	for (size_t i = 0; i < ARRAY_SIZE(samples); i++) {
		struct strbuf out;
		strbuf_init(&out);
		assert_int_equal(reference_replace(&f.project, &referrer, slice_of(samples[i].text),
					 old, slice_of("X"), &out),
			samples[i].replaced != NULL);
		assert_string_equal(
			out.buf, samples[i].replaced ? samples[i].replaced : samples[i].text);
		strbuf_reset(&out);
		assert_int_equal(
			reference_drop(&f.project, &referrer, slice_of(samples[i].text), old, &out),
			samples[i].dropped != NULL);
		assert_string_equal(
			out.buf, samples[i].dropped ? samples[i].dropped : samples[i].text);
		strbuf_release(&out);
	}
	unload(&f);
}

static void test_nearest(void **state)
{
	struct project_fixture f;
	struct arena arena;

	(void)state;
	load(&f, "[project]\nname = x\n[task T-1]\n[task kick-off]\n[resource li.wei]\n");
	arena_init(&arena);
	assert_string_equal(
		reference_nearest(&f.project, "resource|team", slice_of("li.wie"), &arena),
		"li.wei");
	assert_string_equal(
		reference_nearest(&f.project, "task", slice_of("kickoff"), &arena), "kick-off");
	assert_null(reference_nearest(&f.project, "task", slice_of("T-2"), &arena));
	assert_null(reference_nearest(&f.project, "team", slice_of("li.wie"), &arena));
	arena_release(&arena);
	unload(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_conditions),
		cmocka_unit_test(test_referrers),
		cmocka_unit_test(test_replace_and_drop),
		cmocka_unit_test(test_nearest),
	};
	return cmocka_run_group_tests_name("model/reference", tests, NULL, NULL);
}
