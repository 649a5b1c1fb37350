#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "model/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PEOPLE                                                                                     \
	"[project]\nname = x\n[resource li.wei]\n[team crew]\n[metric coverage]\n[test TC-1]\n"

struct fixture {
	struct source *source;
	struct project project;
	struct diagnostics loading, found;
	struct edit edit;
	struct err err;
	struct strbuf text;
};

static int setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	f->source = source_memory_new();
	source_memory_add(f->source, "pmt.ini", slice_of(PEOPLE));
	source_memory_add(f->source, "plan.ini", slice_of("[task T-12]\n[task T-15]\n"));
	diagnostics_init(&f->loading);
	diagnostics_init(&f->found);
	err_init(&f->err);
	strbuf_init(&f->text);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	edit_release(&f->edit);
	project_release(&f->project);
	source_free(f->source);
	diagnostics_release(&f->loading);
	diagnostics_release(&f->found);
	err_release(&f->err);
	strbuf_release(&f->text);
	free(f);
	return 0;
}

static void load(struct fixture *f)
{
	assert_int_equal(project_load(&f->project, f->source, 1, &f->loading, &f->err), 0);
	project_check(&f->project, 1, &f->loading);
	struct value_context values = { .units = &f->project.units,
		.words = true,
		.now = moment_from_date(date_from_civil(2026, 3, 4)) };
	edit_init(&f->edit, &f->project, &values, &f->found);
}

static const struct kind *kind(const char *name)
{
	return kind_find(slice_of(name));
}

static void note_line(void *context, const struct journal_line *line)
{
	char when[CIVIL_TEXT];

	strbuf_addf(context, "%s|%.*s|%.*s\n",
		line->has_time ? moment_print(line->when, when)
			       : date_print(moment_date(line->when), when),
		(int)line->what.len, line->what.at, (int)line->text.len, line->text.at);
}

/* Sections of one id add up over files; the chain visits each once, in order. */
static void test_lines(void **state)
{
	struct fixture *f = *state;

	source_memory_add(f->source, "time/a.ini",
		slice_of("[timesheet li.wei]\n2026-03-04 = T-12 6h\n   T-15 2h 评审\ntitle = x\n"
			 "[timesheet crew]\n2026-03-04 = T-12 4x8h\n"));
	source_memory_add(f->source, "time/b.ini",
		slice_of("[timesheet LI.WEI]\n2026-03-05 09:30 = T-12 1h\n"));
	load(f);
	assert_int_equal(f->loading.errors, 0);
	size_t sections = 0;
	for (const struct record *r =
			project_find(&f->project, kind("timesheet"), slice_of("li.wei"));
		r; r = r->more) {
		journal_each(r, note_line, &f->text);
		sections++;
	}
	assert_int_equal(sections, 2);
	assert_string_equal(f->text.buf, "2026-03-04|T-12|T-12 6h\n2026-03-04|T-15|T-15 2h "
					 "评审\n2026-03-05 09:30|T-12|T-12 1h\n");
	assert_int_equal(project_count(&f->project, kind("timesheet")), 3);
}

static int enter(struct fixture *f, const char *kind_name, const char *id, int day, bool time,
	const char *line)
{
	moment_t when = moment_from_date(date_from_civil(2026, 3, day)) + (time ? 570 : 0);

	return edit_journal(
		&f->edit, kind(kind_name), slice_of(id), when, time, slice_of(line), &f->err);
}

static void take(void *context, const char *path, struct slice before, struct slice after)
{
	(void)before;
	strbuf_addf(context, "%s:\n%.*s", path, (int)after.len, after.at);
}

static const char *now(struct fixture *f)
{
	strbuf_reset(&f->text);
	edit_each_file(&f->edit, take, &f->text);
	return f->text.buf;
}

static void test_enter(void **state)
{
	struct fixture *f = *state;

	load(f);
	assert_int_equal(enter(f, "timesheet", "LI.wei", 5, false, "12 6h"), 0);
	assert_int_equal(enter(f, "timesheet", "li.wei", 5, false, " T-15 2h  评审 "), 0);
	assert_int_equal(enter(f, "timesheet", "li.wei", 4, false, "T-12 1h"), 0);
	assert_int_equal(enter(f, "timesheet", "crew", 4, false, "T-12 4x8h"), 0);
	assert_int_equal(enter(f, "timesheet", "li.wei", 6, true, "T-12 1h"), 0);
	assert_string_equal(now(f),
		"time/2026-03.ini:\n"
		"[timesheet li.wei]\n2026-03-04 = T-12 1h\n2026-03-05 = T-12 6h\n             T-15 "
		"2h  评审\n"
		"2026-03-06 09:30 = T-12 1h\n\n[timesheet crew]\n2026-03-04 = T-12 4x8h\n");
}

/* A date that stands in some file is added to there. */
static void test_enter_where_the_date_is(void **state)
{
	struct fixture *f = *state;

	source_memory_add(
		f->source, "time/old.ini", slice_of("[timesheet li.wei]\n2026-03-04  = T-12 6h\n"));
	load(f);
	assert_int_equal(enter(f, "timesheet", "li.wei", 4, false, "T-15 1h"), 0);
	assert_string_equal(now(f), "time/old.ini:\n[timesheet li.wei]\n2026-03-04  = T-12 6h\n    "
				    "          T-15 1h\n");
}

static void test_faults(void **state)
{
	struct fixture *f = *state;

	load(f);
	assert_int_equal(enter(f, "timesheet", "nobody", 4, false, "T-12 1h"), ERR_INPUT);
	assert_int_equal(enter(f, "timesheet", "li.wei", 4, false, "T-99 1h"), ERR_INPUT);
	assert_int_equal(enter(f, "timesheet", "li.wei", 4, false, "T-12 many"), ERR_INPUT);
	assert_int_equal(enter(f, "timesheet", "li.wei", 4, false, "T-12"), ERR_INPUT);
	assert_int_equal(enter(f, "timesheet", "li.wei", 4, false, ""), ERR_INPUT);
	assert_int_equal(enter(f, "timesheet", "li.wei", 4, false, "T-12 1h\nT-12 2h"), ERR_INPUT);
	assert_int_equal(enter(f, "note", "nothing", 4, false, "x"), ERR_INPUT);
	assert_int_equal(enter(f, "sample", "coverage", 4, false, "high"), ERR_INPUT);
	assert_int_equal(enter(f, "run", "TC-1", 4, false, "passed"), ERR_INPUT);
	assert_int_equal(f->found.errors, 9);
	assert_int_equal(enter(f, "task", "T-12", 4, false, "x"), ERR_USAGE);
	assert_string_equal(now(f), "");
}

static void test_other_journals(void **state)
{
	struct fixture *f = *state;

	load(f);
	assert_int_equal(enter(f, "note", "t-12", 4, true, "等待数据"), 0);
	assert_int_equal(enter(f, "sample", "coverage", 4, false, "79.1 refactored"), 0);
	assert_int_equal(enter(f, "run", "TC-1", 4, false, "fail li.wei I-9 超时"), 0);
	assert_string_equal(now(f),
		"notes/2026-03.ini:\n[note T-12]\n2026-03-04 09:30 = 等待数据\n"
		"samples/2026.ini:\n[sample coverage]\n2026-03-04 = 79.1 refactored\n"
		"tests/runs/2026-03.ini:\n[run TC-1]\n2026-03-04 = fail li.wei I-9 超时\n");
}

/* Journals follow the record they belong to, and the records their lines name. */
static void test_rename(void **state)
{
	struct fixture *f = *state;

	source_memory_add(f->source, "j.ini",
		slice_of("[timesheet li.wei]\n2026-03-04 = T-12 6h\n   T-15 1h T-12\n"
			 "[timesheet crew]\n[timesheet LI.WEI]\n2026-03-05 = T-12 6h\n"
			 "[note T-12]\n2026-03-04 = li.wei: see T-12\n"
			 "[run TC-1]\n2026-03-04 = fail li.wei\n"));
	load(f);
	struct record *task = project_find(&f->project, kind("task"), slice_of("T-12"));
	assert_int_equal(edit_rename(&f->edit, task, slice_of("核心"), &f->err), 0);
	struct record *person = project_find(&f->project, kind("resource"), slice_of("li.wei"));
	assert_int_equal(edit_rename(&f->edit, person, slice_of("lw"), &f->err), 0);
	assert_string_equal(now(f),
		"j.ini:\n[timesheet lw]\n2026-03-04 = 核心 6h\n   T-15 1h T-12\n"
		"[timesheet crew]\n[timesheet lw]\n2026-03-05 = 核心 6h\n"
		"[note 核心]\n2026-03-04 = lw: see T-12\n"
		"[run TC-1]\n2026-03-04 = fail lw\n"
		"plan.ini:\n[task 核心]\n[task T-15]\n"
		"pmt.ini:\n[project]\nname = x\n[resource lw]\n[team crew]\n[metric "
		"coverage]\n[test TC-1]\n");
	assert_int_equal(edit_rename(&f->edit, project_at(&f->project, kind("note"), 0),
				 slice_of("x"), &f->err),
		ERR_USAGE);
}

static void test_remove(void **state)
{
	struct fixture *f = *state;

	source_memory_add(f->source, "j.ini",
		slice_of("[timesheet li.wei]\n2026-03-04 = T-12 6h\n   T-15 1h\n2026-03-05 = T-12 "
			 "6h\n"
			 "[note T-12]\n2026-03-04 = x\n[note T-12]\n2026-03-05 = y\n[note "
			 "T-15]\n2026-03-05 = y\n"));
	load(f);
	struct record *task = project_find(&f->project, kind("task"), slice_of("T-12"));
	assert_int_equal(edit_remove(&f->edit, task, false, &f->err), ERR_FAILED);
	err_release(&f->err);
	err_init(&f->err);
	assert_int_equal(edit_remove(&f->edit, task, true, &f->err), 0);
	const char *text = strstr(now(f), "j.ini:");
	assert_non_null(text);
	assert_string_equal(text,
		"j.ini:\n[timesheet li.wei]\n2026-03-04 = T-15 1h\n[note T-15]\n2026-03-05 = y\n"
		"plan.ini:\n[task T-15]\n");
}

static void test_set_a_date(void **state)
{
	struct fixture *f = *state;
	struct assignment assignment = { slice_of("2026-03-04"), slice_of("T-12 6h\nT-15 2h"),
		EDIT_SET };

	source_memory_add(
		f->source, "j.ini", slice_of("[timesheet li.wei]\n2026-03-04 = T-12 5h\n"));
	load(f);
	struct record *sheet = project_at(&f->project, kind("timesheet"), 0);
	assert_int_equal(edit_set(&f->edit, sheet, &assignment, 1, &f->err), 0);
	assert_string_equal(
		now(f), "j.ini:\n[timesheet li.wei]\n2026-03-04 = T-12 6h\n             T-15 2h\n");
	assignment.value = slice_of("T-12 lots");
	assert_int_equal(edit_set(&f->edit, sheet, &assignment, 1, &f->err), ERR_INPUT);
	assignment = (struct assignment){ slice_of("2026-02-30"), slice_of("T-12 6h"), EDIT_SET };
	assert_int_equal(edit_set(&f->edit, sheet, &assignment, 1, &f->err), ERR_INPUT);
}

/* A record's fields that are there, "date=… task=…". */
static const char *fields_of(struct fixture *f, const struct record *record)
{
	strbuf_reset(&f->text);
	for (uint32_t i = 0; i < record->entry_count; i++)
		strbuf_addf(&f->text, "%s%s=%.*s", i ? " " : "", kind_field(record->kind, record->entries[i].field)->name,
			(int)record->entries[i].text.len, record->entries[i].text.at);
	return f->text.buf;
}

static void test_lines_as_records(void **state)
{
	static const char *const expected[] = {
		"date=2026-03-04 task=T-12 work=6h text=T-12 6h 评审",
		"date=2026-03-04 task=T-15 work=4d text=T-15 4x8h",
		"date=2026-03-05 task=T-12 text=T-12 lots",
		"date=2026-03-04 value=78.4 text=78.4% x",
		"date=2026-03-04 14:00 result=fail who=li.wei text=fail @li.wei I-9",
		"date=2026-03-04 who=li.wei text=li.wei: soon",
		"date=2026-03-05 text=soon",
	};
	static const char *const names[] = { "timesheet", "sample", "run", "note" };
	struct fixture *f = *state;
	struct record *journal, **records;
	struct arena arena;
	struct vec out;

	source_memory_add(f->source, "j.ini",
		slice_of("[timesheet crew]\n2026-03-04 = T-12 6h 评审\n  T-15 4x8h\n2026-03-05 = T-12 lots\n"
			 "[sample coverage]\n2026-03-04 = 78.4% x\n[run TC-1]\n2026-03-04 14:00 = fail @li.wei I-9\n"
			 "[note T-12]\n2026-03-04 = li.wei: soon\n2026-03-05 = soon\n"));
	load(f);
	arena_init(&arena);
	vec_init(&out, sizeof(struct record *));
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		FOREACH_RECORD(&f->project, kind(names[i]), journal)
			journal_records(&f->project, journal, &arena, &out);
	records = out.items;
	assert_int_equal(out.len, ARRAY_SIZE(expected));
	for (size_t i = 0; i < out.len; i++)
		assert_string_equal(fields_of(f, records[i]), expected[i]);
	vec_release(&out);
	arena_release(&arena);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_lines),
		CASE(test_enter),
		CASE(test_enter_where_the_date_is),
		CASE(test_faults),
		CASE(test_other_journals),
		CASE(test_rename),
		CASE(test_remove),
		CASE(test_set_a_date),
		CASE(test_lines_as_records),
	};
	return cmocka_run_group_tests_name("model/journal", tests, NULL, NULL);
}
