#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/file.h"
#include "model/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct fixture {
	struct source *source;
	struct project project;
	struct diagnostics loading, found;
	struct edit edit;
	struct err err;
	struct strvec changed; /* path, text, path, text … */
	bool loaded;
};

static int setup(void **state)
{
	struct fixture *f = xcalloc(1, sizeof(*f));

	f->source = source_memory_new();
	source_memory_add(f->source, "pmt.ini", slice_of("[project]\nname = x\n"));
	diagnostics_init(&f->loading);
	diagnostics_init(&f->found);
	strvec_init(&f->changed);
	err_init(&f->err);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *f = *state;

	if (f->loaded) {
		edit_release(&f->edit);
		project_release(&f->project);
	}
	source_free(f->source);
	diagnostics_release(&f->loading);
	diagnostics_release(&f->found);
	strvec_release(&f->changed);
	err_release(&f->err);
	free(f);
	return 0;
}

static void file(struct fixture *f, const char *path, const char *text)
{
	source_memory_add(f->source, path, slice_of(text));
}

static void load(struct fixture *f)
{
	assert_int_equal(project_load(&f->project, f->source, 1, &f->loading, &f->err), 0);
	struct value_context values = { .units = &f->project.units,
		.words = true,
		.now = moment_from_date(date_from_civil(2026, 3, 4)) };
	edit_init(&f->edit, &f->project, &values, &f->found);
	f->loaded = true;
}

static void plan(struct fixture *f, const char *text)
{
	file(f, "plan.ini", text);
	load(f);
}

static const struct kind *kind(const char *name)
{
	return kind_find(slice_of(name));
}

static struct record *get(struct fixture *f, const char *kind_name, const char *id)
{
	struct record *record = project_find(&f->project, kind(kind_name), slice_of(id));

	assert_non_null(record);
	return record;
}

static int apply(struct fixture *f, const struct record *record, const struct kind *new_kind,
	const char *id, const char *words)
{
	struct assignment assignments[16];
	size_t count = 0;
	struct slice rest = slice_of(words), word;

	while (slice_next(&rest, "|", &word))
		assert_int_equal(assignment_parse(&assignments[count++], word, &f->err), 0);
	if (record)
		return edit_set(&f->edit, record, assignments, count, &f->err);
	return edit_add(&f->edit, new_kind, slice_of(id), assignments, count, NULL, &f->err);
}

static int set(struct fixture *f, const char *id, const char *words)
{
	return apply(f, get(f, "task", id), NULL, NULL, words);
}

static int add(struct fixture *f, const char *kind_name, const char *id, const char *words)
{
	return apply(f, NULL, kind(kind_name), id, words);
}

static void note(void *context, const char *path, struct slice before, struct slice after)
{
	struct strvec *changed = context;

	(void)before;
	strvec_push(changed, path);
	strvec_push_slice(changed, after);
}

static const char *now(struct fixture *f, const char *path)
{
	strvec_clear(&f->changed);
	edit_each_file(&f->edit, note, &f->changed);
	for (size_t i = 0; i < f->changed.len; i += 2)
		if (strcmp(f->changed.items[i], path) == 0)
			return f->changed.items[i + 1];
	return "(unchanged)";
}

static void expect(struct fixture *f, const char *text)
{
	for (size_t i = 0; i < f->found.items.len; i++)
		print_message("%s\n", ((struct diagnostic *)f->found.items.items)[i].format);
	assert_string_equal(now(f, "plan.ini"), text);
}

static const char *fault(struct fixture *f)
{
	assert_true(f->found.items.len > 0);
	return ((struct diagnostic *)f->found.items.items)[f->found.items.len - 1].id;
}

static void test_set(void **state)
{
	struct fixture *f = *state;

	plan(f, "# my plan\n[task T-1]\ntitle    = A ; b\n; why\nduration = 5d\n\n\n[task "
		"t-2]\ntitle=B\n");
	assert_int_equal(set(f, "T-1", "duration=2w|status=doing"), 0);
	expect(f, "# my plan\n[task T-1]\ntitle    = A ; b\n; why\nduration = 10d\nstatus   = "
		  "doing\n\n\n[task t-2]\ntitle=B\n");
	assert_int_equal(set(f, "T-1", "status=|duration="), 0);
	assert_int_equal(set(f, "T-2", "depends=t-1 ss +2d|x_note= hi "), 0);
	expect(f, "# my plan\n[task T-1]\ntitle    = A ; b\n; why\n\n\n[task "
		  "t-2]\ntitle=B\ndepends=T-1 SS+2d\nx_note=hi\n");
}

/* What says the same already is left as the person wrote it. */
static void test_set_same(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\nduration = 10d\ndepends = \n   T-2,  T-3 FS\n[task T-2]\n[task "
		"T-3]\n");
	assert_int_equal(set(f, "T-1", "duration=2w|depends=T-2, T-3"), 0);
	expect(f, "(unchanged)");
}

static void test_set_faults(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\ntitle = a\n[task T-2]\nparent = T-1\n");
	assert_int_equal(set(f, "T-1", "asign=li"), ERR_INPUT);
	assert_string_equal(fault(f), "field-unknown");
	assert_int_equal(set(f, "T-1", "start=2026-01-01"), ERR_INPUT);
	assert_string_equal(fault(f), "field-computed");
	assert_int_equal(set(f, "T-1", "duration=five"), ERR_INPUT);
	assert_int_equal(set(f, "T-1", "not_before=2026-02-30"), ERR_INPUT);
	assert_string_equal(fault(f), "date-impossible");
	assert_int_equal(set(f, "T-1", "depends=T-9"), ERR_INPUT);
	assert_string_equal(fault(f), "ref-unknown");
	assert_int_equal(set(f, "T-1", "parent=T-2"), ERR_INPUT);
	assert_string_equal(fault(f), "parent-cycle");
	assert_int_equal(set(f, "T-1", "parent=T-1"), ERR_INPUT);
	assert_int_equal(set(f, "T-1", "duration+=2d"), ERR_INPUT);
	assert_int_equal(set(f, "T-1", "tags-=x"), ERR_INPUT);
	assert_string_equal(fault(f), "item-unknown");
	assert_int_equal(set(f, "T-1", "x y=1"), ERR_INPUT);
	expect(f, "(unchanged)");
}

static void test_lists(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\ntags = a,b\ndepends =\n    T-2\n    T-3 SS\n[task T-2]\n[task "
		"T-3]\n[task T-4]\n");
	assert_int_equal(set(f, "T-1", "tags+=c,a|tags-=b|depends+=4|depends-=T-3"), 0);
	expect(f, "[task T-1]\ntags = a, c\ndepends =\n    T-2\n    T-4\n[task T-2]\n[task "
		  "T-3]\n[task T-4]\n");
	assert_int_equal(set(f, "T-1", "depends-=T-2, T-4"), 0);
	expect(f, "[task T-1]\ntags = a, c\n[task T-2]\n[task T-3]\n[task T-4]\n");
}

static void test_add(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\ntitle = A\n\n[task T-2]\nparent = T-1\n\n[task T-3]\ntitle = C\n");
	assert_int_equal(add(f, "task", "T-4", "title=新|parent=1|effort=3d"), 0);
	assert_int_equal(add(f, "task", "T-5", "title=deep|parent=T-4"), 0);
	assert_int_equal(add(f, "task", "T-6", "title=last"), 0);
	expect(f, "[task T-1]\ntitle = A\n\n[task T-2]\nparent = T-1\n\n"
		  "[task T-4]\ntitle = 新\nparent = T-1\neffort = 3d\n\n"
		  "[task T-5]\ntitle = deep\nparent = T-4\n\n[task T-3]\ntitle = C\n\n[task "
		  "T-6]\ntitle = last\n");
	assert_int_equal(add(f, "task", "t-5", "title=again"), ERR_INPUT);
	assert_string_equal(fault(f), "id-taken");
	assert_int_equal(add(f, "task", "a b", "title=x"), ERR_INPUT);
	assert_int_equal(add(f, "project", "", ""), ERR_INPUT);
}

static void test_add_new_file(void **state)
{
	struct fixture *f = *state;

	load(f);
	assert_int_equal(add(f, "resource", "li.wei", "title=李伟"), 0);
	assert_int_equal(add(f, "team", "backend", "members=LI.wei"), 0);
	assert_int_equal(add(f, "resource", "wang", "title=王"), 0);
	assert_string_equal(
		now(f, "people.ini"), "[resource li.wei]\ntitle = 李伟\n\n[resource wang]\ntitle = "
				      "王\n\n[team backend]\nmembers = li.wei\n");
}

static void test_place_follows_tasks(void **state)
{
	struct fixture *f = *state;

	file(f, "plan/10.ini", "[task T-1]\n");
	file(f, "plan/20.ini", "[task T-2]\n[task T-3]\nparent = T-1\n");
	load(f);
	assert_int_equal(add(f, "task", "T-4", "title=x"), 0);
	assert_int_equal(add(f, "task", "T-5", "title=y|parent=T-1"), 0);
	assert_string_equal(now(f, "plan/20.ini"),
		"[task T-2]\n[task T-3]\nparent = T-1\n\n[task T-4]\ntitle = x\n");
	assert_string_equal(
		now(f, "plan/10.ini"), "[task T-1]\n\n[task T-5]\ntitle  = y\nparent = T-1\n");
}

static void test_remove(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\n\n; about two\n[task T-2]\nparent = T-1\n\n[task T-3]\nparent = "
		"T-2\ndepends = T-2, T-1 SS\n"
		"title = T-2\n\n[task T-4]\ndepends = T-2 FS+3d\n");
	assert_int_equal(edit_remove(&f->edit, get(f, "task", "T-2"), false, &f->err), ERR_FAILED);
	assert_string_equal(f->err.message, "task T-2 is referred to by task T-3 (parent), task "
					    "T-3 (depends), task T-4 (depends)");
	expect(f, "(unchanged)");
	err_release(&f->err);
	err_init(&f->err);
	assert_int_equal(edit_remove(&f->edit, get(f, "task", "T-2"), true, &f->err), 0);
	expect(f, "[task T-1]\n\n[task T-3]\nparent = T-1\ndepends = T-1 SS\ntitle = T-2\n\n[task "
		  "T-4]\n");
}

static void test_rename(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\n[task   T-10 ]\nparent = T-1\ndepends = T-1 SS + 2d, T-10\n   "
		"YB:T-1\ntitle = T-1\n");
	assert_int_equal(
		edit_rename(&f->edit, get(f, "task", "T-1"), slice_of("启动"), &f->err), 0);
	expect(f, "[task 启动]\n[task   T-10 ]\nparent = 启动\ndepends = 启动 SS + 2d, T-10\n   "
		  "YB:T-1\ntitle = T-1\n");
	assert_int_equal(edit_rename(&f->edit, get(f, "task", "T-10"), slice_of("启动 x"), &f->err),
		ERR_INPUT);
	assert_int_equal(
		edit_rename(&f->edit, f->project.settings, slice_of("x"), &f->err), ERR_USAGE);
}

static void test_rename_case(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task t-1]\n[task T-2]\nparent = T-1\n");
	assert_int_equal(edit_rename(&f->edit, get(f, "task", "T-1"), slice_of("T-1"), &f->err), 0);
	expect(f, "[task T-1]\n[task T-2]\nparent = T-1\n");
}

static void test_rename_resource(void **state)
{
	struct fixture *f = *state;

	file(f, "people.ini",
		"[resource li]\n[resource wang]\n[team b]\nmembers = li, wang\n[team li]\n");
	plan(f, "[task T-1]\nassign = wang|li 50%\n   @li\n   skill:li\nowner = li\n");
	assert_int_equal(
		edit_rename(&f->edit, get(f, "resource", "li"), slice_of("li.wei"), &f->err), 0);
	expect(f, "[task T-1]\nassign = wang|li.wei 50%\n   @li\n   skill:li\nowner = li.wei\n");
	assert_string_equal(now(f, "people.ini"), "[resource li.wei]\n[resource wang]\n[team "
						  "b]\nmembers = li.wei, wang\n[team li]\n");
}

static void test_remove_resource(void **state)
{
	struct fixture *f = *state;

	file(f, "people.ini", "[resource li]\n[resource wang]\n");
	plan(f, "[task T-1]\nassign = wang|li 50%, li x2\nowner = li\n");
	assert_int_equal(edit_remove(&f->edit, get(f, "resource", "li"), true, &f->err), 0);
	expect(f, "[task T-1]\nassign = wang 50%\n");
}

static void test_move(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\n\n[task T-2]\nparent = T-1\n\n; kept\n[task T-3]\nparent = "
		"T-2\n\n[task T-4]\n\n[task T-5]\nparent = T-4\n");
	struct edit_target target = { .parent = get(f, "task", "T-4") };
	assert_int_equal(edit_move(&f->edit, get(f, "task", "T-2"), &target, &f->err), 0);
	expect(f, "[task T-1]\n\n[task T-4]\n\n[task T-5]\nparent = T-4\n\n[task T-2]\nparent = "
		  "T-4\n\n; kept\n[task T-3]\nparent = T-2\n");
}

static void test_move_before(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\n\n[task T-2]\n\n[task T-3]\n\n[task T-4]\nparent = T-3\n");
	struct edit_target target = { .before = get(f, "task", "T-1") };
	assert_int_equal(edit_move(&f->edit, get(f, "task", "T-3"), &target, &f->err), 0);
	expect(f, "[task T-3]\n\n[task T-4]\nparent = T-3\n\n[task T-1]\n\n[task T-2]\n");
	target = (struct edit_target){ .after = get(f, "task", "T-4") };
	assert_int_equal(edit_move(&f->edit, get(f, "task", "T-3"), &target, &f->err), ERR_FAILED);
}

static void test_move_file(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\n\n[task T-2]\nparent = T-1\n");
	struct edit_target target = { .file = "plan/late.ini" };
	assert_int_equal(edit_move(&f->edit, get(f, "task", "T-1"), &target, &f->err), 0);
	assert_string_equal(now(f, "plan/late.ini"), "[task T-1]\n\n[task T-2]\nparent = T-1\n");
	assert_string_equal(now(f, "plan.ini"), "");
	target.file = "../x.ini";
	assert_int_equal(edit_move(&f->edit, get(f, "task", "T-1"), &target, &f->err), ERR_USAGE);
}

static void test_replace(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\na = 1\n\n[task T-2]\ntitle = x\n\n[task T-3]\n");
	assert_int_equal(edit_replace(&f->edit, get(f, "task", "T-2"),
				 slice_of("[task T-2]\ntitle=y\n\teh\n"), &f->err),
		ERR_INPUT);
	assert_string_equal(fault(f), "value-line");
	assert_int_equal(edit_replace(&f->edit, get(f, "task", "T-2"),
				 slice_of("; new\n[task T-2]\ntitle=y\n"), &f->err),
		0);
	expect(f, "[task T-1]\na = 1\n\n; new\n[task T-2]\ntitle=y\n\n[task T-3]\n");
	assert_int_equal(
		edit_replace(&f->edit, get(f, "task", "T-2"), slice_of("[task T-4]\n"), &f->err),
		ERR_INPUT);
	err_release(&f->err);
	assert_int_equal(
		edit_replace(&f->edit, get(f, "task", "T-2"), slice_of(""), &f->err), ERR_INPUT);
}

static void test_next_id(void **state)
{
	struct fixture *f = *state;
	struct strbuf id;

	plan(f, "[task T-9]\n[task t-0012]\n[task T-x]\n[task T-99999999999999999999999]\n");
	strbuf_init(&id);
	assert_int_equal(edit_next_id(&f->project, kind("task"), 0, &id, &f->err), 0);
	assert_string_equal(id.buf, "T-13");
	strbuf_reset(&id);
	assert_int_equal(edit_next_id(&f->project, kind("task"), 40, &id, &f->err), 0);
	assert_string_equal(id.buf, "T-41");
	strbuf_reset(&id);
	assert_int_equal(edit_next_id(&f->project, kind("team"), 0, &id, &f->err), ERR_USAGE);
	strbuf_release(&id);
}

static void test_random_id(void **state)
{
	struct fixture *f = *state;
	struct strbuf id;

	file(f, "pmt.ini", "[project]\nids = random\n");
	load(f);
	strbuf_init(&id);
	assert_int_equal(edit_next_id(&f->project, kind("task"), 0, &id, &f->err), 0);
	assert_int_equal(id.len, 7);
	assert_true(slice_starts(strbuf_slice(&id), "T-"));
	strbuf_release(&id);
}

static void test_crlf(void **state)
{
	struct fixture *f = *state;

	plan(f, "\xef\xbb\xbf[task T-1]\r\ntitle = a\r\n");
	assert_int_equal(set(f, "T-1", "title=b"), 0);
	assert_int_equal(add(f, "task", "T-2", "title=c"), 0);
	expect(f, "\xef\xbb\xbf[task T-1]\r\ntitle = b\r\n\r\n[task T-2]\r\ntitle = c\r\n");
}

/* Errors elsewhere in the record, or in the file, do not stand in the way. */
static void test_beside_faults(void **state)
{
	struct fixture *f = *state;

	plan(f, "nonsense\n[task T-1]\nasign = li\nduration = 5x\n[oops\nz = 1\n[task "
		"T-2]\nnot_before = 2026-05-01\nnot_after = 2026-04-01\n");
	assert_int_equal(set(f, "T-1", "title=a"), 0);
	assert_int_equal(set(f, "T-2", "title=b"), 0);
	expect(f, "nonsense\n[task T-1]\ntitle = a\nasign = li\nduration = 5x\n[oops\nz = 1\n[task "
		  "T-2]\ntitle = b\nnot_before = 2026-05-01\nnot_after = 2026-04-01\n");
}

static void test_new_cross_fault(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\nnot_before = 2026-05-01\n");
	assert_int_equal(set(f, "T-1", "not_after=2026-04-01"), ERR_INPUT);
	assert_true(f->found.errors > 0);
}

static void test_date_words(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\n");
	assert_int_equal(set(f, "T-1", "not_before=+3d"), 0);
	expect(f, "[task T-1]\nnot_before = 2026-03-07\n");
}

static void write_text(const char *folder, const char *name, const char *text)
{
	char path[512];
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	FILE *out = fopen(path, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static char *read_text(const char *folder, const char *name)
{
	char path[512];
	struct strbuf text;
	snprintf(path, sizeof(path), "%s/%s", folder, name);
	strbuf_init(&text);
	assert_int_equal(file_read(&text, path, NULL), 0);
	char *owned = strbuf_detach(&text);
	strbuf_release(&text);
	return owned;
}

/* On a real file system: written, conflict, file removed when it is empty. */
static void test_commit(void **state)
{
	struct fixture *f = *state;
	char folder[] = "/tmp/pmt-edit-XXXXXX", intent[64];
	struct strvec touched;

	assert_non_null(mkdtemp(folder));
	snprintf(intent, sizeof(intent), "%s/.pmt-intent", folder);
	write_text(folder, "pmt.ini", "[project]\n");
	write_text(folder, "plan.ini", "[task T-1]\n");
	source_free(f->source);
	f->source = source_worktree_new(folder);
	load(f);
	assert_int_equal(add(f, "resource", "li", "title=x"), 0);
	assert_int_equal(edit_remove(&f->edit, get(f, "task", "T-1"), false, &f->err), 0);
	strvec_init(&touched);
	assert_int_equal(edit_commit(&f->edit, intent, &touched, &f->err), 0);
	assert_int_equal(touched.len, 2);
	strvec_release(&touched);
	char *text = read_text(folder, "people.ini");
	assert_string_equal(text, "[resource li]\ntitle = x\n");
	free(text);
	char path[128];
	snprintf(path, sizeof(path), "%s/plan.ini", folder);
	assert_false(file_exists(path));
	file_remove_tree(folder, NULL);
}

static void test_conflict(void **state)
{
	struct fixture *f = *state;
	char folder[] = "/tmp/pmt-edit-XXXXXX", intent[64];

	assert_non_null(mkdtemp(folder));
	snprintf(intent, sizeof(intent), "%s/.pmt-intent", folder);
	write_text(folder, "pmt.ini", "[project]\n");
	write_text(folder, "plan.ini", "[task T-1]\n");
	source_free(f->source);
	f->source = source_worktree_new(folder);
	load(f);
	assert_int_equal(set(f, "T-1", "title=a"), 0);
	write_text(folder, "plan.ini", "[task T-1]\ntitle = theirs\n");
	assert_int_equal(edit_commit(&f->edit, intent, NULL, &f->err), ERR_CONFLICT);
	char *text = read_text(folder, "plan.ini");
	assert_string_equal(text, "[task T-1]\ntitle = theirs\n");
	free(text);
	file_remove_tree(folder, NULL);
}

static void test_assignment(void **state)
{
	struct fixture *f = *state;
	struct assignment a;

	assert_int_equal(assignment_parse(&a, slice_of("tags-=a=b"), &f->err), 0);
	assert_int_equal(a.operator, EDIT_REMOVE);
	assert_true(slice_is(a.key, "tags") && slice_is(a.value, "a=b"));
	assert_int_equal(assignment_parse(&a, slice_of("x="), &f->err), 0);
	assert_int_equal(a.value.len, 0);
	assert_int_equal(assignment_parse(&a, slice_of("=x"), &f->err), ERR_USAGE);
	assert_int_equal(assignment_parse(&a, slice_of("+=x"), NULL), ERR_USAGE);
	assert_int_equal(assignment_parse(&a, slice_of("word"), NULL), ERR_USAGE);
}

static void refused(struct fixture *f, int status, const char *loop)
{
	const struct diagnostic *items = f->found.items.items;

	assert_int_equal(status, ERR_INPUT);
	assert_string_equal(fault(f), "cycle");
	assert_string_equal(items[f->found.items.len - 1].arguments[0], loop);
}

static void test_loops(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task T-1]\n[task T-2]\ndepends = T-1\n[task T-3]\ndepends = T-2 SS+2d\n"
		"[task T-4]\n[task T-5]\nparent = T-4\n");
	refused(f, set(f, "T-1", "depends=T-3"), "T-1 → T-2 → T-3 → T-1");
	assert_int_equal(set(f, "T-1", "depends="), 0);
	refused(f, set(f, "T-2", "depends+=T-2"), "T-2 → T-2");
	assert_int_equal(set(f, "T-2", "depends=T-1"), 0);
	refused(f, set(f, "T-4", "depends=T-5"), "T-4 → T-5 → T-4");
	refused(f, set(f, "T-4", "depends=T-5 FF"), "T-4 → T-5 → T-4");
	assert_int_equal(set(f, "T-4", "depends="), 0);
	refused(f, set(f, "T-5", "depends=T-4 FF"), "T-5 → T-4 → T-5");
	assert_int_equal(set(f, "T-5", "depends="), 0);
	refused(f, add(f, "task", "T-6", "parent=T-1|depends=T-1"), "T-6 → T-1 → T-6");
}

/* Links that meet a parent's other end, cancelled tasks, and what one edit changes before. */
static void test_no_loops(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task P]\n[task A]\nparent = P\n[task B]\ndepends = A\n[task C]\nstatus = cancelled\n"
		"depends = B\n[task D]\ndepends = YB:E\n[task E]\ndepends = D\n");
	assert_int_equal(set(f, "P", "depends=B FF"), 0);
	refused(f, set(f, "P", "depends=B"), "P → A → B → P");
	assert_int_equal(set(f, "P", "depends="), 0);
	assert_int_equal(set(f, "A", "depends=C"), 0);
	assert_int_equal(set(f, "D", "depends=YB:E"), 0);
	assert_int_equal(set(f, "E", "depends="), 0);
	assert_int_equal(set(f, "D", "depends=E"), 0);
	assert_int_equal(add(f, "task", "N", "depends=D"), 0);
	assert_int_equal(add(f, "task", "O", "parent=N|depends=B"), 0);
	refused(f, set(f, "E", "depends=O"), "E → D → N → O → E");
}

static void test_loop_there_already(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task A]\ndepends = B\n[task B]\ndepends = A\n[task C]\n[task D]\nparent = C\n"
		"[task E]\ndepends = A\n");
	assert_int_equal(set(f, "C", "depends=A"), 0);
	assert_int_equal(set(f, "A", "depends+=E"), 0);
	refused(f, set(f, "D", "depends=C"), "D → C → D");
}

static void test_loop_by_moving(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task A]\n[task B]\ndepends = A\n[task C]\n");
	const struct edit_target below = { .parent = get(f, "task", "B") };
	refused(f, edit_move(&f->edit, get(f, "task", "A"), &below, &f->err), "A → B → A");
}

static void test_loop_by_replacing(void **state)
{
	struct fixture *f = *state;

	plan(f, "[task A]\n[task B]\ndepends = A\n");
	refused(f, edit_replace(&f->edit, get(f, "task", "A"), slice_of("[task A]\ndepends = B\n"), &f->err),
		"A → B → A");
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_set),
		CASE(test_set_same),
		CASE(test_set_faults),
		CASE(test_lists),
		CASE(test_add),
		CASE(test_add_new_file),
		CASE(test_place_follows_tasks),
		CASE(test_remove),
		CASE(test_rename),
		CASE(test_rename_case),
		CASE(test_rename_resource),
		CASE(test_remove_resource),
		CASE(test_move),
		CASE(test_move_before),
		CASE(test_move_file),
		CASE(test_replace),
		CASE(test_loops),
		CASE(test_no_loops),
		CASE(test_loop_there_already),
		CASE(test_loop_by_moving),
		CASE(test_loop_by_replacing),
		CASE(test_next_id),
		CASE(test_random_id),
		CASE(test_crlf),
		CASE(test_beside_faults),
		CASE(test_new_cross_fault),
		CASE(test_date_words),
		CASE(test_commit),
		CASE(test_conflict),
		CASE(test_assignment),
	};
	return cmocka_run_group_tests_name("model/edit", tests, NULL, NULL);
}
