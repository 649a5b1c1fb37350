#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/diagnostic_table.h"
#include "model/project.h"
#include "model/query.h"

/* What the examples refer to, so that they check without findings. */
static const char company[] =
	"[project]\nname = 样例\ncurrency = CNY\nstart = 2026-03-02\ncalendar = std\n"
	"[calendar std]\nweek = mon-fri 09:00-12:00 13:00-18:00\n"
	"[resource wang.fang]\n[resource zhao.lei]\n[resource gao.yuan]\n"
	"[task T-2]\n[task T-3]\n[task T-7]\n[task T-9]\n[task T-15]\n[task T-30]\n[task "
	"T-31]\n[task T-32]\n"
	"[account infrastructure]\n[requirement REQ-15]\n[issue I-9]\ntitle = 超时\n";

/* Examples that others refer to. */
static const char *const shared[] = { "resource", "team", "task", "stakeholder", "account",
	"calendar", "objective", "requirement", "contract", "deliverable", "metric", "service",
	"test", "risk", "change", "issue" };

static void add_example(struct source *source, const char *name)
{
	const struct kind *kind = kind_find(slice_of(name));
	char path[64];

	snprintf(path, sizeof(path), "example-%s.ini", name);
	source_memory_add(source, path, slice_of(kind->example));
}

static bool is_shared(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(shared); i++)
		if (strcmp(shared[i], name) == 0)
			return true;
	return false;
}

static struct source *example_source(const struct kind *kind)
{
	struct source *source = source_memory_new();
	bool project = strcmp(kind->name, "project") == 0;

	if (!project)
		source_memory_add(source, "pmt.ini", slice_of(company));
	else
		source_memory_add(source, "pmt.ini", slice_of(kind->example));
	for (size_t i = 0; i < ARRAY_SIZE(shared); i++)
		if (!project)
			add_example(source, shared[i]);
	if (!project && !is_shared(kind->name))
		add_example(source, kind->name);
	if (project)
		source_memory_add(source, "cn.ini", slice_of("[calendar cn]\n"));
	return source;
}

static void print_findings(const struct kind *kind, const struct diagnostics *found)
{
	const struct diagnostic *items = found->items.items;

	for (size_t i = 0; i < found->items.len; i++)
		print_error("%s: %s:%u: %s: %s %s %s\n", kind->name, items[i].place.path,
			items[i].place.line, items[i].id, items[i].format,
			items[i].arguments[0] ? items[i].arguments[0] : "",
			items[i].arguments[1] ? items[i].arguments[1] : "");
}

static void test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < kinds_count; i++) {
		const struct kind *kind = kinds_all[i];
		struct source *source;
		struct project project;
		struct diagnostics found;
		struct err err;

		assert_non_null(kind->example);
		source = example_source(kind);
		diagnostics_init(&found);
		err_init(&err);
		assert_int_equal(project_load(&project, source, 1, &found, &err), 0);
		project_check(&project, 1, &found);
		print_findings(kind, &found);
		assert_int_equal(found.items.len, 0);
		assert_true(project_count(&project, kind) > 0);
		project_release(&project);
		diagnostics_release(&found);
		source_free(source);
	}
}

static bool is_snake_case(const char *name)
{
	if (name[0] < 'a' || name[0] > 'z')
		return false;
	for (; *name; name++)
		if ((*name < 'a' || *name > 'z') && (*name < '0' || *name > '9') && *name != '_')
			return false;
	return true;
}

static bool refers_to_kinds(const char *of)
{
	struct slice rest = slice_of(of), word;

	while (slice_next(&rest, "|", &word)) {
		const struct kind *kind = kind_find(word);

		if (!kind || !slice_is(word, kind->name))
			return false;
	}
	return true;
}

static void check_field(const struct kind *kind, const struct field *field)
{
	struct units units;
	struct value_context context = { .units = &units };
	struct value_fault fault;
	struct value value;
	struct arena arena;

	if (!is_snake_case(field->name) || strlen(field->name) > 49 || !field->doc ||
		!field->doc[0])
		fail_msg("%s.%s", kind->name, field->name);
	assert_in_range(field->type, 0, TYPE_COUNT - 1);
	assert_string_not_equal(field->name, "kind"); /* the record's own, in JSON */
	assert_string_not_equal(field->name, "id");
	if (field->type == TYPE_ENUM && !field->of)
		fail_msg("%s.%s has no words", kind->name, field->name);
	if ((field->type == TYPE_REF || field->type == TYPE_REFS) && !refers_to_kinds(field->of))
		fail_msg("%s.%s refers to %s", kind->name, field->name, field->of);
	if ((field->flags & FIELD_COMPUTED) && (field->flags & FIELD_REQUIRED || field->fallback))
		fail_msg("%s.%s is computed", kind->name, field->name);
	if (!field->fallback)
		return;
	units_default(&units);
	arena_init(&arena);
	if (value_parse(&value, field, slice_of(field->fallback), &context, &arena, &fault))
		fail_msg("%s.%s: fallback %s", kind->name, field->name, field->fallback);
	arena_release(&arena);
}

static void test_fields(void **state)
{
	(void)state;
	for (size_t k = 0; k < kinds_count; k++) {
		const struct kind *kind = kinds_all[k];
		size_t total = kind_field_total(kind);

		assert_non_null(kind->doc);
		assert_in_range(total, 1, KIND_FIELDS_MAX);
		assert_true(
			strlen(kind->name) + strlen(kind->plural) > 0 && is_snake_case(kind->name));
		for (size_t i = 0; i < total; i++) {
			const struct field *field = kind_field(kind, i);

			assert_non_null(field);
			check_field(kind, field);
			assert_int_equal(kind_field_find(kind, slice_of(field->name)), i);
		}
		assert_null(kind_field(kind, total));
	}
}

static void test_names_are_unique(void **state)
{
	(void)state;
	for (size_t i = 0; i < kinds_count; i++) {
		assert_ptr_equal(kind_find(slice_of(kinds_all[i]->name)), kinds_all[i]);
		assert_ptr_equal(kind_find(slice_of(kinds_all[i]->plural)), kinds_all[i]);
		assert_int_equal(kind_index(kinds_all[i]), i);
		for (size_t j = 0; j < i; j++)
			if (kinds_all[i]->prefix && kinds_all[j]->prefix)
				assert_string_not_equal(kinds_all[i]->prefix, kinds_all[j]->prefix);
	}
	assert_null(kind_find(slice_of("")));
	assert_null(kind_find(slice_of("tas")));
	assert_null(kind_find(slice_of("taskss")));
	assert_ptr_equal(kind_nearest(slice_of("taks")), kind_find(slice_of("task")));
}

/* Every kind has ids by number, by name or at random, or is one; journals say what their lines
 * hold. */
static void test_identity(void **state)
{
	(void)state;
	for (size_t i = 0; i < kinds_count; i++) {
		const struct kind *kind = kinds_all[i];
		bool named = kind->flags & KIND_NAMED, single = kind->flags & KIND_SINGLE;

		assert_int_equal((kind->prefix != NULL) + named + single, 1);
		if (kind->flags & KIND_JOURNAL)
			assert_int_not_equal(kind->entry, JOURNAL_NONE);
		assert_non_null(kind->place);
	}
}

static void test_field_names(void **state)
{
	const struct kind *task = kind_find(slice_of("task"));

	(void)state;
	assert_int_equal(kind_field_find(task, slice_of("x_cost_code")), FIELD_CUSTOM);
	assert_int_equal(kind_field_find(task, slice_of("asign")), FIELD_UNKNOWN);
	assert_string_equal(kind_field_nearest(task, slice_of("asign")), "assign");
	assert_null(kind_field_named(task, "asign"));
	assert_int_equal(word_index("a|bc|d", slice_of("bc")), 1);
	assert_int_equal(word_index("a|bc|d", slice_of("b")), -1);
	assert_int_equal(word_index("a|bc|d", slice_of("d")), 2);
	assert_int_equal(word_index("a|bc|d", slice_of("")), -1);
	assert_int_equal(word_index(NULL, slice_of("a")), -1);
	for (int type = 0; type < TYPE_COUNT; type++) {
		assert_non_null(type_name((enum field_type)type));
		assert_non_null(type_expected((enum field_type)type));
	}
}

struct fault_row {
	const char *text; /* behind the company's records */
	const char *id;
	unsigned line, column;
};

static const struct fault_row faults[] = {
	{ "[task T-1]\nmust_start = 2026-03-09\nmust_finish = 2026-03-06\n", "constraint-conflict", 3, 15 },
	{ "[task T-1]\nmust_start = 2026-03-09\nnot_before = 2026-03-06\n", "field-conflict", 3,
		14 },
	{ "[task T-1]\nactual_start = 2026-03-09\nactual_finish = 2026-03-06\n", "date-order", 3,
		17 },
	{ "[task T-1]\nprogress = 120%\nstatus = doing\n", "value-range", 2, 12 },
	{ "[task T-1]\nstatus = done\nprogress = 40%\n", "status-conflict", 3, 12 },
	{ "[task T-1]\nstatus = planned\nactual_start = 2026-03-09\n", "status-conflict", 2, 10 },
	{ "[task T-1]\nmilestone = yes\nduration = 3d\n", "milestone-duration", 3, 12 },
	{ "[task T-1]\npriority = 2000\ntitle = x\n", "value-range", 2, 12 },
	{ "[sprint SP-1]\nstart = 2026-03-16\nfinish = 2026-03-02\n", "date-order", 3, 10 },
	{ "[sprint SP-1]\nstart = 2026-03-16\n", "field-missing", 1, 0 },
	{ "[risk R-1]\ntitle = x\ntype = opportunity\nstrategy = avoid\n", "field-conflict", 4,
		12 },
	{ "[risk R-1]\ntitle = x\nseverity = 11\n", "value-range", 3, 12 },
	{ "[metric m]\ndirection = up\nwarn = 80\nfail = 90\n", "value-order", 3, 8 },
	{ "[payment PAY-1]\namount = 1\nshare = 30%\n", "field-conflict", 3, 9 },
	{ "[payment PAY-1]\ntitle = x\n", "field-missing", 1, 0 },
	{ "[charter]\nmilestones = 2026-06-12 a\n  soon b\n", "value-syntax", 3, 3 },
	{ "[baseline 1]\ntasks = T-2 2026-03-02T09:00\n", "value-syntax", 2, 9 },
	{ "[baseline 1]\ntasks = T-2 2026-03-02T09:00 2026-03-04T18:00 3d - x\n", "value-syntax", 2,
		9 },
	{ "[account a]\nphases = T-99 1000\n", "value-syntax", 2, 10 },
	{ "[option OPT-1]\ncash_flows = 2026-12-31 viel\n", "value-syntax", 2, 14 },
	{ "[workflow w]\nstates = a, b\ntransitions = a > c\n", "value-syntax", 3, 15 },
	{ "[workflow w]\nstates = a, b\nlimits = b 0.5\n", "value-syntax", 3, 10 },
	{ "[service s]\nresponse = 9 15min\n", "value-syntax", 2, 12 },
	{ "[policy p]\nprotect = task.efort\napprove = a\n", "field-unknown", 2, 11 },
	{ "[policy p]\nprotect = task.effort authority requirement.*\napprove = 2 off ccb\n",
		"value-syntax", 3, 11 },
	{ "[rule r]\nof = taks\nwhen = critical\n", "kind-unknown", 2, 6 },
	{ "[rule r]\nof = task\nwhen = critical and\n", "condition-syntax", 3, 20 },
	{ "[view v]\nof = task\nwhere = criticl\n", "condition-field", 3, 9 },
	{ "[view v]\nof = task\ncolumns = id, titel\n", "field-unknown", 3, 15 },
	{ "[rate Dollar]\nvalue = 7\n", "id-syntax", 1, 0 },
	{ "[rate CNY]\nvalue = 7\n", "ref-self", 1, 0 },
	{ "[incident INC-1]\ntitle = x\ndetected = 2026-03-02 10:00\nmitigated = 2026-03-02 "
	  "09:00\n",
		"date-order", 4, 13 },
	{ "[checklist c]\nitems = [y] done\n", "value-syntax", 2, 9 },
	{ "[cost C-1]\ndate = 2026-03-02\namount = 1\ntax = 1\ntax_rate = 6%\n", "field-conflict",
		5, 12 },
	{ "[decision D-1]\ntitle = x\nsupersedes = D-1\n", "ref-self", 3, 14 },
};

static bool has_finding(const struct diagnostics *found, const struct fault_row *row)
{
	const struct diagnostic *items = found->items.items;

	for (size_t i = 0; i < found->items.len; i++)
		if (items[i].place.path && strcmp(items[i].place.path, "x.ini") == 0 &&
			strcmp(items[i].id, row->id) == 0 && items[i].place.line == row->line &&
			(!row->column || items[i].place.column == row->column))
			return true;
	return false;
}

static void test_checks(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
		struct source *source = source_memory_new();
		struct project project;
		struct diagnostics found;
		struct err err;

		source_memory_add(source, "pmt.ini", slice_of(company));
		source_memory_add(source, "x.ini", slice_of(faults[i].text));
		diagnostics_init(&found);
		err_init(&err);
		assert_int_equal(project_load(&project, source, 1, &found, &err), 0);
		project_check(&project, 1, &found);
		if (!has_finding(&found, &faults[i])) {
			print_findings(project.settings->kind, &found);
			fail_msg("not found: %s in\n%s", faults[i].id, faults[i].text);
		}
		assert_non_null(diagnostic_entry_find(faults[i].id));
		project_release(&project);
		diagnostics_release(&found);
		source_free(source);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_names_are_unique),
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_field_names),
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_checks),
	};

	return cmocka_run_group_tests_name("model/kinds", tests, NULL, NULL);
}
