#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "model/project.h"
#include "model/source_names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct tree {
	char root[64];
	struct source *source;
	struct strvec paths;
};

static char *at(struct tree *tree, const char *path)
{
	static char full[4][256];
	static int next;
	char *out = full[next++ % 4];

	snprintf(out, sizeof(full[0]), "%s/%s", tree->root, path);
	return out;
}

static void make(struct tree *tree, const char *path, const char *text)
{
	char *full = at(tree, path), *slash = strrchr(full, '/');

	*slash = '\0';
	assert_int_equal(file_make_folders(full, NULL), 0);
	*slash = '/';
	FILE *out = fopen(full, "w");
	assert_non_null(out);
	fputs(text, out);
	fclose(out);
}

static int setup(void **state)
{
	struct tree *tree = calloc(1, sizeof(*tree));

	snprintf(tree->root, sizeof(tree->root), "/tmp/pmt-source-XXXXXX");
	assert_non_null(mkdtemp(tree->root));
	strvec_init(&tree->paths);
	make(tree, "pmt.ini", "[project]\nname = x\n");
	*state = tree;
	return 0;
}

static int teardown(void **state)
{
	struct tree *tree = *state;

	source_free(tree->source);
	strvec_release(&tree->paths);
	file_remove_tree(tree->root, NULL);
	free(tree);
	return 0;
}

static const char *list(struct tree *tree)
{
	static char text[1024];

	tree->source = source_worktree_new(tree->root);
	assert_int_equal(tree->source->list(tree->source, &tree->paths, NULL), 0);
	text[0] = '\0';
	for (size_t i = 0; i < tree->paths.len; i++) {
		size_t len = strlen(text);
		snprintf(
			text + len, sizeof(text) - len, "%s%s", i ? " " : "", tree->paths.items[i]);
	}
	return text;
}

static void test_walk(void **state)
{
	struct tree *tree = *state;

	make(tree, "plan.ini", "");
	make(tree, "plan/a.ini", "");
	make(tree, "plan/a.txt", "");
	make(tree, "plan/.hidden.ini", "");
	make(tree, ".git/config.ini", "");
	make(tree, "other/pmt.ini", "");
	make(tree, "other/plan.ini", "");
	make(tree, "other/deep/x.ini", "");
	make(tree, "深/任务 1.ini", "");
	make(tree, "folder.ini/x.ini", "");
	assert_string_equal(
		list(tree), "folder.ini/x.ini plan.ini plan/a.ini pmt.ini 深/任务 1.ini");
}

static void test_links(void **state)
{
	struct tree *tree = *state;

	make(tree, "plan/a.ini", "[task T-1]\n");
	assert_int_equal(symlink("..", at(tree, "plan/loop")), 0);
	assert_int_equal(symlink("/", at(tree, "everything")), 0);
	assert_int_equal(symlink("plan/a.ini", at(tree, "linked.ini")), 0);
	assert_int_equal(symlink("nowhere", at(tree, "gone.ini")), 0);
	assert_int_equal(mkfifo(at(tree, "pipe.ini"), 0600), 0);
	assert_string_equal(list(tree), "gone.ini linked.ini plan/a.ini pmt.ini");
	struct slice bytes;
	assert_int_equal(tree->source->read(tree->source, "linked.ini", &bytes, NULL), 0);
	assert_true(slice_is(bytes, "[task T-1]\n"));
}

/* What cannot be read is reported, and the rest is loaded. */
static void test_unreadable(void **state)
{
	struct tree *tree = *state;
	struct project project;
	struct diagnostics found;
	struct err err;

	make(tree, "plan.ini", "[task T-1]\n");
	make(tree, "secret/x.ini", "[task T-2]\n");
	assert_int_equal(symlink("nowhere", at(tree, "gone.ini")), 0);
	assert_int_equal(chmod(at(tree, "secret"), 0), 0);
	diagnostics_init(&found);
	err_init(&err);
	tree->source = source_worktree_new(tree->root);
	assert_int_equal(project_load(&project, tree->source, 1, &found, &err), 0);
	const struct diagnostic *items = found.items.items;
	assert_string_equal(items[0].id, "file-unreadable");
	assert_string_equal(items[0].place.path, "gone.ini");
	if (geteuid() != 0) { /* root may read what nobody may */
		assert_int_equal(found.items.len, 2);
		assert_string_equal(items[1].place.path, "secret/");
	}
	assert_non_null(project_find(&project, kind_find(slice_of("task")), slice_of("T-1")));
	chmod(at(tree, "secret"), 0700);
	project_release(&project);
	diagnostics_release(&found);
	err_release(&err);
}

/* "path=other ..." of the twins that the last list saw. */
static char *twins(struct tree *tree)
{
	static char text[256];
	struct vec found;

	vec_init(&found, sizeof(struct source_twin));
	strvec_clear(&tree->paths);
	assert_int_equal(tree->source->list(tree->source, &tree->paths, NULL), 0);
	tree->source->twins(tree->source, &found);
	text[0] = '\0';
	for (size_t i = 0; i < found.len; i++) {
		const struct source_twin *twin = vec_at(&found, i);

		snprintf(text + strlen(text), sizeof(text) - strlen(text), "%s%s=%s", i ? " " : "", twin->path, twin->other);
	}
	vec_release(&found);
	return text;
}

/* Names that are one elsewhere: as long as one of them is a text, or leads to one. */
static void test_twins(void **state)
{
	struct tree *tree = *state;

	tree->source = source_worktree_new(tree->root);
	make(tree, "code/a.h", "");
	make(tree, "code/A.h", "");
	make(tree, ".hidden/a.ini", "");
	make(tree, ".hidden/A.ini", "");
	make(tree, "sub/pmt.ini", "");
	make(tree, "sub/x.ini", "");
	make(tree, "sub/X.ini", "");
	assert_string_equal(twins(tree), "");
	make(tree, "plan/c.ini", "");
	make(tree, "plan/C.ini", "");
	make(tree, "plan/C.INI", "");
	assert_string_equal(twins(tree), "plan/C.ini=plan/C.INI plan/c.ini=plan/C.INI");
	make(tree, "PLAN/d.txt", "");
	make(tree, "x/caf\303\251.ini", "");
	make(tree, "x/cafe\314\201.ini", "");
	make(tree, "x/.GITattributes", "");
	assert_string_equal(twins(tree), "plan=PLAN plan/C.ini=plan/C.INI plan/c.ini=plan/C.INI x/.GITattributes=x/.gitattributes "
		"x/caf\303\251.ini=x/cafe\314\201.ini");
}

static void test_missing_root(void **state)
{
	struct tree *tree = *state;
	struct strvec paths;
	struct err err;

	tree->source = source_worktree_new("/tmp/pmt-there-is-no-such-folder/");
	strvec_init(&paths);
	err_init(&err);
	assert_int_equal(tree->source->list(tree->source, &paths, &err), ERR_SYSTEM);
	assert_non_null(strstr(err.message, "/tmp/pmt-there-is-no-such-folder"));
	err_release(&err);
	strvec_release(&paths);
}

static void test_overlay(void **state)
{
	struct tree *tree = *state;
	struct project project;
	struct diagnostics found;
	struct err err;

	make(tree, "main/pmt.ini",
		"[project]\nname = x\noverlay = ../finance/\npool = ../people\n");
	make(tree, "people/pmt.ini", "[team shared]\nmembers = wang\n");
	make(tree, "main/plan.ini", "[resource li]\n[task T-1]\nassign = li\nowner = boss\n");
	make(tree, "finance/pmt.ini",
		"[project]\nname = finance\n[resource boss]\nrate = 5000/d\n");
	make(tree, "finance/more/rates.ini", "[task T-1]\n[resource wang]\nasign = x\n");
	diagnostics_init(&found);
	err_init(&err);
	tree->source = source_worktree_new(at(tree, "main"));
	assert_int_equal(project_load(&project, tree->source, 2, &found, &err), 0);
	project_check(&project, 1, &found);
	assert_int_equal(project.overlay, OVERLAY_JOINED);
	const struct record *boss =
		project_find(&project, kind_find(slice_of("resource")), slice_of("boss"));
	assert_non_null(boss);
	assert_true(boss->overlay);
	assert_string_equal(record_place(&project, boss).path, "../finance/pmt.ini");
	assert_true(slice_is(project_setting(&project, "name"), "x"));
	const struct diagnostic *items = found.items.items;
	assert_int_equal(found.items.len, 2);
	assert_non_null(project_find(&project, kind_find(slice_of("team")), slice_of("shared")));
	assert_string_equal(items[0].id, "duplicate-record");
	assert_string_equal(items[0].place.path, "../finance/more/rates.ini");
	assert_string_equal(items[1].id, "field-unknown");
	project_release(&project);
	diagnostics_release(&found);
	err_release(&err);
}

static void test_memory(void **state)
{
	struct tree *tree = *state;
	struct slice bytes;
	char text[] = "[task T-1]\n";

	tree->source = source_memory_new();
	source_memory_add(tree->source, "b.ini", slice_of(text));
	source_memory_add(tree->source, "a.ini", slice_of(""));
	text[1] = 'X';
	assert_int_equal(tree->source->list(tree->source, &tree->paths, NULL), 0);
	assert_int_equal(tree->paths.len, 2);
	assert_string_equal(tree->paths.items[0], "a.ini");
	assert_int_equal(tree->source->read(tree->source, "b.ini", &bytes, NULL), 0);
	assert_true(slice_is(bytes, "[task T-1]\n"));
	assert_int_equal(tree->source->read(tree->source, "c.ini", &bytes, NULL), ERR_SYSTEM);
	assert_null(tree->source->root);
	source_free(NULL);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(test_walk),
		CASE(test_links),
		CASE(test_unreadable),
		CASE(test_twins),
		CASE(test_missing_root),
		CASE(test_overlay),
		CASE(test_memory),
	};
	return cmocka_run_group_tests_name("model/source", tests, NULL, NULL);
}
