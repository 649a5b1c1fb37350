#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "model/query.h"

#include <stdlib.h>

static const char text[] =
	"[project]\nname = 查询\nstart = 2026-03-02\ncurrency = CNY\n"
	"[resource li.wei]\ntitle = 李伟\n[resource Wang.Fang]\n[team backend]\nmembers = li.wei\n"
	"[task T-1]\ntitle = Build\n"
	"[task T-2]\ntitle = 医院接入\nparent = T-1\nstatus = doing\nprogress = 40%\nassign = "
	"li.wei 50%, @backend\n"
	"effort = 5d\ndeadline = 2026-05-01\nfixed_cost = 2000 CNY\ntags = pilot, 第一批\nx_points "
	"= 8\npriority = 700\n"
	"[task T-3]\ntitle = Hospital pilot\nparent = T-2\nstatus = done\nprogress = 100%\nassign "
	"= wang.fang\n"
	"effort = 12d\nmilestone = no\ndepends = T-2 SS+1d\nx_points = 13\nx_team = B\nnot_before "
	"= 2026-05-01 09:00\n"
	"[task T-10]\ntitle = R and D\nmilestone = yes\nrequirement = REQ-1, REQ-2\nstatus = "
	"review\n"
	"[requirement REQ-1]\npriority = must\n[requirement REQ-2]\npriority = could\n[requirement "
	"REQ-3]\npriority = should\n"
	"[view mine]\nof = task\nwhere = assign = @me and status != done\n"
	"[view loop]\nwhere = @loop\n[view broken]\nwhere = status =, and\n[view all]\n";

struct fixture {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct err err;
	struct arena arena;
	struct query_scope scope;
	struct computed computed;
	const struct kind *task;
};

/* A schedule of sorts: finish and critical of some tasks. */
static bool computed_value(void *context, const struct record *record, const struct field *field,
	struct arena *arena, struct value *out)
{
	(void)context;
	(void)arena;
	out->type = field->type;
	if (slice_is(slice_of(field->name), "critical")) {
		out->as.yes = slice_is(record->id, "T-2");
		return true;
	}
	if (!slice_is(slice_of(field->name), "finish") || slice_is(record->id, "T-1"))
		return false;
	out->as.when.has_time = true;
	out->as.when.moment =
		moment_from_date(date_from_civil(2026, 5, slice_is(record->id, "T-2") ? 2 : 1)) +
		(slice_is(record->id, "T-2") ? 0
					     : 18 * 60); /* T-2 ends at midnight: the day before */
	return true;
}

static int set_up(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->source = source_memory_new();
	source_memory_add(f->source, "pmt.ini", slice_of(text));
	diagnostics_init(&f->found);
	err_init(&f->err);
	arena_init(&f->arena);
	assert_int_equal(project_load(&f->project, f->source, 1, &f->found, &f->err), 0);
	assert_int_equal(f->found.items.len, 0);
	f->computed.value = computed_value;
	f->scope.project = &f->project;
	f->scope.computed = &f->computed;
	f->scope.now = moment_from_date(date_from_civil(2026, 4, 30)) + 600;
	f->scope.me = slice_of("li.wei");
	f->task = kind_find(slice_of("task"));
	*state = f;
	return 0;
}

static int tear_down(void **state)
{
	struct fixture *f = *state;

	arena_release(&f->arena);
	project_release(&f->project);
	diagnostics_release(&f->found);
	err_release(&f->err);
	source_free(f->source);
	free(f);
	return 0;
}

/* Ids of the tasks for which it holds: "T-2 T-3". */
static const char *chosen(struct fixture *f, const struct condition *condition)
{
	struct strbuf out;
	struct record *record;
	const char *ids;

	strbuf_init(&out);
	FOREACH_RECORD(&f->project, f->task, record)
	{
		if (!condition_holds(condition, record, &f->scope, &f->arena))
			continue;
		strbuf_add_str(&out, out.len ? " " : "");
		strbuf_add_slice(&out, record->id);
	}
	ids = arena_strdup(&f->arena, out.buf);
	strbuf_release(&out);
	return ids;
}

static const char *full(struct fixture *f, const char *condition, const struct kind *kind)
{
	struct condition *parsed;
	struct value_fault fault;

	if (condition_parse(&parsed, slice_of(condition), kind, &f->scope, &f->arena, &fault))
		return arena_printf(&f->arena, "%s at %zu: %.*s", fault.id, fault.offset,
			(int)fault.found.len, fault.found.at ? fault.found.at : "");
	return chosen(f, parsed);
}

struct row {
	const char *condition, *ids;
};

static const struct row rows[] = {
	{ "status = doing", "T-2" },
	{ "status = doing, review", "T-2 T-10" },
	{ "status != done", "T-1 T-2 T-10" },
	{ "status !=", "T-2 T-3 T-10" },
	{ "status =", "T-1" },
	{ "not status = done", "T-1 T-2 T-10" },
	{ "status = doing or status = done and progress = 100%", "T-2 T-3" },
	{ "(status = doing or status = done) and progress = 100", "T-3" },
	{ "progress >= 40", "T-2 T-3" },
	{ "progress = 30..50%", "T-2" },
	{ "progress = ..40", "T-2" },
	{ "effort > 1w", "T-3" },
	{ "effort = 5d..", "T-2 T-3" },
	{ "deadline <= 2026-05-01", "T-2" },
	{ "deadline = tomorrow", "T-2" },
	{ "deadline < +3d", "T-2" },
	{ "deadline = 2026-05-01 09:00", "T-2" },
	{ "not_before = 2026-05-01", "T-3" },
	{ "not_before > 2026-05-01", "" },
	{ "not_before > 2026-05-01 08:59", "T-3" },
	{ "not_before = 2026-04-01..2026-05-01", "T-3" },
	{ "finish = 2026-05-01", "T-2 T-3 T-10" },
	{ "finish <= 2026-04-30", "" },
	{ "finish", "T-2 T-3 T-10" },
	{ "finish > deadline", "" },
	{ "finish >= deadline", "T-2" },
	{ "fixed_cost > 1500", "T-2" },
	{ "fixed_cost > 1500 USD", "" },
	{ "fixed_cost > 0.1万 CNY and status = doing", "T-2" },
	{ "title : 医院", "T-2" },
	{ "title : HOSPITAL", "T-3" },
	{ "title = 'R and D'", "T-10" },
	{ "title : \"and\"", "T-10" },
	{ "tags = pilot", "T-2" },
	{ "tag = pilot, other", "T-2" },
	{ "tag : 第一", "T-2" },
	{ "tag != pilot", "T-1 T-3 T-10" },
	{ "assign = li.wei", "T-2" },
	{ "assign = @me", "T-2" },
	{ "assign = WANG.FANG", "T-3" },
	{ "assign = @backend", "T-2" },
	{ "assign = backend", "T-2" },
	{ "assign =", "T-1 T-10" },
	{ "depends = T-2", "T-3" },
	{ "requirement = REQ-2", "T-10" },
	{ "under = T-1", "T-2 T-3" },
	{ "under = t-2", "T-3" },
	{ "under != T-1", "T-1 T-10" },
	{ "under = T-99", "" },
	{ "id = T-2, T-10", "T-2 T-10" },
	{ "kind = task and id : 1", "T-1 T-10" },
	{ "critical", "T-2" },
	{ "critical = yes", "T-2" },
	{ "not critical", "T-1 T-3 T-10" },
	{ "milestone", "T-10" },
	{ "milestone = no", "T-1 T-2 T-3" },
	{ "priority > 500", "T-2" },
	{ "priority = 500", "T-1 T-3 T-10" },
	{ "x_points > 9", "T-3" },
	{ "x_points = 8", "T-2" },
	{ "x_team", "T-3" },
	{ "x_nothing = 1", "" },
	{ "@mine", "T-2" },
	{ "not @mine", "T-1 T-3 T-10" },
	{ "@all", "T-1 T-2 T-3 T-10" },
	{ "status ≠ done and progress≥40", "T-2" },
	{ "status = doing\n  and progress = 40", "T-2" },
};

static void test_full(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *with = full(f, rows[i].condition, f->task),
			   *without = full(f, rows[i].condition, NULL);

		assert_string_equal(arena_printf(&f->arena, "%s → %s", rows[i].condition, with),
			arena_printf(&f->arena, "%s → %s", rows[i].condition, rows[i].ids));
		/* The same when fields are found only while it is evaluated. */
		assert_string_equal(arena_printf(&f->arena, "%s ⇒ %s", rows[i].condition, without),
			arena_printf(&f->arena, "%s ⇒ %s", rows[i].condition, rows[i].ids));
	}
}

/* Printing and reading again is the same condition. */
static void test_print(void **state)
{
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
		struct condition *once, *again;
		struct strbuf a, b;

		strbuf_init(&a);
		strbuf_init(&b);
		assert_int_equal(condition_parse(&once, slice_of(rows[i].condition), f->task,
					 &f->scope, &f->arena, NULL),
			0);
		condition_print(once, &a);
		assert_int_equal(condition_parse(&again, strbuf_slice(&a), f->task, &f->scope,
					 &f->arena, NULL),
			0);
		condition_print(again, &b);
		assert_string_equal(a.buf, b.buf);
		assert_string_equal(chosen(f, again), rows[i].ids);
		strbuf_release(&a);
		strbuf_release(&b);
	}
}

static void test_faults(void **state)
{
	static const struct row faults[] = {
		{ "", "condition-syntax at 0: " },
		{ "stauts = doing", "condition-field at 0: stauts" },
		{ "status = finished", "enum-unknown at 9: finished" },
		{ "status = doing,finished", "enum-unknown at 15: finished" },
		{ "progress > half", "value-syntax at 11: half" },
		{ "deadline = 2026-02-30", "date-impossible at 11: 2026-02-30" },
		{ "deadline = 2026-02-01..2026-02-30", "date-impossible at 23: 2026-02-30" },
		{ "effort > 3", "value-unit at 9: 3" },
		{ "effort > １d", "value-syntax at 9: １" },
		{ "progress <", "condition-syntax at 10: " },
		{ "status = and progress = 1", "condition-syntax at 9: and" },
		{ "(status = doing", "condition-syntax at 15: " },
		{ "status = doing)", "condition-syntax at 14: )" },
		{ "status = doing and", "condition-syntax at 18: " },
		{ "or status = doing", "condition-syntax at 0: or" },
		{ "title = \"open", "condition-syntax at 8: \"open" },
		{ "@nobody", "condition-field at 1: nobody" },
		{ "@loop", "condition-syntax at 1: loop" },
		{ "@broken", "condition-syntax at 1: broken" },
		{ "status doing", "condition-syntax at 7: doing" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < ARRAY_SIZE(faults); i++)
		assert_string_equal(arena_printf(&f->arena, "%s → %s", faults[i].condition,
					    full(f, faults[i].condition, f->task)),
			arena_printf(&f->arena, "%s → %s", faults[i].condition, faults[i].ids));
}

static const char *words(struct fixture *f, const char *a, const char *b, const char *c)
{
	char *list[] = { arena_strdup(&f->arena, a), b ? arena_strdup(&f->arena, b) : NULL,
		c ? arena_strdup(&f->arena, c) : NULL };
	size_t count = c ? 3 : b ? 2 : 1;
	struct condition *condition;

	err_release(&f->err);
	err_init(&f->err);
	if (condition_parse_words(&condition, list, count, f->task, &f->scope, &f->arena, &f->err))
		return f->err.message;
	return chosen(f, condition);
}

static void test_words(void **state)
{
	struct fixture *f = *state;

	assert_string_equal(words(f, "status=doing", NULL, NULL), "T-2");
	assert_string_equal(words(f, "status=doing,done", "progress=100", NULL), "T-3");
	assert_string_equal(words(f, "status!=done", "under=T-1", NULL), "T-2");
	assert_string_equal(words(f, "finish=..2026-05-01", "critical=yes", NULL), "T-2");
	assert_string_equal(words(f, "finish=..2026-05-01", "critical", NULL), "T-2");
	assert_string_equal(words(f, "title:医院", NULL, NULL), "T-2");
	assert_string_equal(words(f, "医院", NULL, NULL), "T-2");
	assert_string_equal(words(f, "t-3", NULL, NULL), "T-3");
	assert_string_equal(words(f, "PILOT", NULL, NULL), "T-3");
	assert_string_equal(words(f, "hospital pilot", NULL, NULL), "T-3");
	assert_string_equal(words(f, "title", NULL, NULL), "");
	assert_string_equal(words(f, "@mine", NULL, NULL), "T-2");
	assert_string_equal(words(f, "status = doing or milestone", NULL, NULL), "T-2 T-10");
	assert_string_equal(words(f, "status=doing", "or", "milestone"), "T-2 T-10");
	assert_string_equal(words(f, "tag=pilot", "assign=@me", NULL), "T-2");
	/* ids mean any of these; all else is joined by and */
	assert_string_equal(words(f, "T-3", "t-10", NULL), "T-3 T-10");
	assert_string_equal(words(f, "T-3", "status=doing", "T-2"), "T-2");
	assert_string_equal(words(f, "T-3", "T-99", NULL), "");
	assert_non_null(
		strstr(words(f, "stauts=doing", NULL, NULL), "unknown field 'stauts' of task"));
	assert_string_equal(f->err.hint, "did you mean 'status'?");
	assert_int_equal(f->err.code, ERR_USAGE);
	assert_non_null(strstr(words(f, "status=doin", NULL, NULL), "doin"));
	assert_string_equal(f->err.hint, "did you mean 'doing'?");
}

static void test_no_words(void **state)
{
	struct fixture *f = *state;
	struct condition *condition;

	assert_int_equal(
		condition_parse_words(&condition, NULL, 0, f->task, &f->scope, &f->arena, &f->err),
		0);
	assert_string_equal(chosen(f, condition), "T-1 T-2 T-3 T-10");
}

static void test_unknown_user(void **state)
{
	struct fixture *f = *state;

	f->scope.me = slice_of("");
	assert_string_equal(full(f, "assign = @me", f->task), "");
}

static void count_need(void *context, const struct field *field)
{
	(void)field;
	++*(int *)context;
}

static void test_needs(void **state)
{
	struct fixture *f = *state;
	struct condition *condition;
	int needs = 0;

	assert_int_equal(condition_parse(&condition,
				 slice_of("status = done and (critical or deadline < finish)"),
				 f->task, &f->scope, &f->arena, NULL),
		0);
	condition_needs(condition, count_need, &needs);
	assert_int_equal(needs, 2);
}

static bool measure(void *context, struct slice name, struct slice wanted, struct arena *arena, struct value *out)
{
	(void)context;
	(void)arena;
	if (slice_is(name, "wanted")) { /* tells what it was asked for */
		out->type = TYPE_LINE;
		out->as.text = wanted;
		return true;
	}
	if (!slice_is(name, "churn"))
		return false;
	out->type = TYPE_MONEY;
	out->as.money = (struct money){ 250000 * (decimal_t)DECIMAL_ONE, "CNY" };
	return true;
}

static void test_measures(void **state)
{
	struct fixture *f = *state;
	struct condition *condition;

	f->scope.measure = measure;
	assert_int_equal(condition_parse(&condition, slice_of("churn > 200000 CNY"), NULL,
				 &f->scope, &f->arena, NULL),
		0);
	assert_true(condition_holds(condition, NULL, &f->scope, &f->arena));
	assert_int_equal(condition_parse(&condition, slice_of("churn > 20%, 3d or other"), NULL,
				 &f->scope, &f->arena, NULL),
		0);
	assert_false(condition_holds(condition, NULL, &f->scope, &f->arena));
}

static void note_part(void *context, const struct condition_part *part)
{
	strbuf_addf(context, "%.*s %.*s %d%d;", (int)part->name.len, part->name.at, (int)part->wanted.len,
		part->wanted.at ? part->wanted.at : "", part->direction, part->plain);
}

static void test_parts(void **state)
{
	static const struct {
		const char *text, *parts;
	} cases[] = {
		{ "cost > 10% or finish >= 10d", "cost 10% 11;finish 10d 11;" },
		{ "cost < -5% and not (churn > 2 or tasks <= 3)", "cost -5% 21;churn 2 21;tasks 3 11;" },
		{ "cost = 4", "cost 4 01;" },
		{ "cost = 4..5", "cost 4..5 00;" },
		{ "cost > 4, 5", "cost  10;" },
		{ "@mine or cost", "mine  00;cost  00;" },
		{ "under = T-1 and cost : 5 and cost > @me", "under T-1 00;cost 5 00;cost @me 10;" },
	};
	struct fixture *f = *state;
	struct condition *condition;
	struct query_scope bare = { .project = NULL };
	struct strbuf parts;

	strbuf_init(&parts);
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		strbuf_reset(&parts);
		assert_int_equal(condition_parse(&condition, slice_of(cases[i].text), NULL, &bare, &f->arena, NULL), 0);
		condition_parts(condition, note_part, &parts);
		assert_string_equal(parts.buf, cases[i].parts);
	}
	strbuf_release(&parts);
	f->scope.measure = measure;
	assert_int_equal(condition_parse(&condition, slice_of("wanted = 10%"), NULL, &f->scope, &f->arena, NULL), 0);
	assert_true(condition_holds(condition, NULL, &f->scope, &f->arena));
}

static const char *sorted(struct fixture *f, const char *kind_name, const char *order)
{
	const struct kind *kind = kind_find(slice_of(kind_name));
	struct vec keys, records;
	struct record *record;
	struct strbuf out;
	const char *ids;

	vec_init(&keys, sizeof(struct sort_key));
	vec_init(&records, sizeof(struct record *));
	strbuf_init(&out);
	assert_int_equal(sort_parse(&keys, slice_of(order), kind, &f->err), 0);
	FOREACH_RECORD(&f->project, kind, record)
	vec_append(&records, &record);
	query_sort(&records, &keys, &f->scope, &f->arena);
	for (size_t i = 0; i < records.len; i++) {
		record = ((struct record **)records.items)[i];
		strbuf_add_str(&out, i ? " " : "");
		strbuf_add_slice(&out, record->id);
	}
	ids = arena_strdup(&f->arena, out.buf);
	strbuf_release(&out);
	vec_release(&keys);
	vec_release(&records);
	return ids;
}

static void test_sort(void **state)
{
	struct fixture *f = *state;
	struct vec keys;

	assert_string_equal(sorted(f, "task", "id"), "T-1 T-2 T-3 T-10");
	assert_string_equal(sorted(f, "task", "-id"), "T-10 T-3 T-2 T-1");
	assert_string_equal(sorted(f, "task", "effort"), "T-2 T-3 T-1 T-10");
	assert_string_equal(sorted(f, "task", "-effort"), "T-3 T-2 T-1 T-10");
	assert_string_equal(sorted(f, "task", "-priority, -id"), "T-2 T-10 T-3 T-1");
	assert_string_equal(sorted(f, "task", "finish"), "T-3 T-10 T-2 T-1");
	assert_string_equal(sorted(f, "requirement", "priority"), "REQ-1 REQ-3 REQ-2");
	assert_string_equal(sorted(f, "task", ""), "T-1 T-2 T-3 T-10");
	vec_init(&keys, sizeof(struct sort_key));
	assert_int_equal(sort_parse(&keys, slice_of("efort"), f->task, &f->err), ERR_USAGE);
	assert_string_equal(f->err.hint, "did you mean 'effort'?");
	vec_release(&keys);
}

/* Deep brackets and long lists are refused or read, never a crash. */
static void test_huge(void **state)
{
	struct fixture *f = *state;
	struct condition *condition;
	struct value_fault fault;
	struct strbuf long_text;

	strbuf_init(&long_text);
	strbuf_add_repeat(&long_text, "(", 100000);
	assert_int_equal(condition_parse(&condition, strbuf_slice(&long_text), f->task, &f->scope,
				 &f->arena, &fault),
		-1);
	strbuf_reset(&long_text);
	strbuf_add_repeat(&long_text, "not ", 100000);
	assert_int_equal(condition_parse(&condition, strbuf_slice(&long_text), f->task, &f->scope,
				 &f->arena, &fault),
		-1);
	strbuf_reset(&long_text);
	strbuf_add_str(&long_text, "critical");
	strbuf_add_repeat(&long_text, " and critical", 100000);
	assert_int_equal(condition_parse(&condition, strbuf_slice(&long_text), f->task, &f->scope,
				 &f->arena, &fault),
		-1);
	strbuf_reset(&long_text);
	strbuf_add_str(&long_text, "id = T-0");
	for (int i = 1; i < 20000; i++)
		strbuf_addf(&long_text, ", T-%d", i);
	assert_int_equal(condition_parse(&condition, strbuf_slice(&long_text), f->task, &f->scope,
				 &f->arena, &fault),
		0);
	assert_string_equal(chosen(f, condition), "T-1 T-2 T-3 T-10");
	strbuf_release(&long_text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_full, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_print, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_faults, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_no_words, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_unknown_user, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_needs, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_measures, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_parts, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_sort, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_huge, set_up, tear_down),
	};

	return cmocka_run_group_tests_name("model/query", tests, NULL, NULL);
}
