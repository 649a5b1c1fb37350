/* lib/git against real repositories, made by the git program in a folder of their own. */
#include "base/alloc.h"
#include "base/file.h"
#include "base/process.h"
#include "git/ids.h"
#include "git/program.h"
#include "git/source_tree.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

/*
 * Read by the leak sanitizer: libgit2 1.5 loses the match data of every expression that does not match, here one for
 * each setting of a repository that has extensions.
 */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libpcre2-8.so\n";
}

struct world {
	char top[64]; /* everything is below */
	char **environment;
	struct strbuf path;
	struct err err;
};

static const char *at(struct world *w, const char *name)
{
	strbuf_reset(&w->path);
	strbuf_addf(&w->path, "%s/%s", w->top, name);
	return w->path.buf;
}

static int set_up(void **state)
{
	struct world *w = xcalloc(1, sizeof(*w));
	struct strbuf home;

	snprintf(w->top, sizeof(w->top), "/tmp/pmt-git-XXXXXX");
	if (!mkdtemp(w->top))
		return -1;
	strbuf_init(&w->path);
	strbuf_init(&home);
	strbuf_addf(&home, "HOME=%s", w->top);
	w->environment = environment_with(environ, (const char *const[]){ home.buf, "GIT_CONFIG_NOSYSTEM=1",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.com", "GIT_COMMITTER_NAME=C",
		"GIT_COMMITTER_EMAIL=c@example.com", "XDG_CONFIG_HOME", "GIT_DIR", "GIT_WORK_TREE",
		"GIT_INDEX_FILE", "LC_ALL=C", NULL });
	strbuf_release(&home);
	*state = w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;
	int rc = file_remove_tree(w->top, NULL);

	environment_free(w->environment);
	strbuf_release(&w->path);
	err_release(&w->err);
	free(w);
	return rc;
}

static void check_ok(struct world *w, int rc)
{
	if (rc)
		print_error("%d: %s\n", rc, w->err.message ? w->err.message : "(no message)");
	assert_int_equal(rc, 0);
}

/* A shell line in the folder, with the date "2026-03-02T10:00:00 +0800" for commits unless it sets its own. */
static void sh(struct world *w, const char *folder, const char *line)
{
	char **environment = environment_with(w->environment, (const char *const[]){
		"GIT_COMMITTER_DATE=2026-03-02T10:00:00 +0800", "GIT_AUTHOR_DATE=2026-03-02T10:00:00 +0800", NULL });
	struct strbuf errors;
	struct process process = { .arguments = (const char *const[]){ "sh", "-ec", line, NULL },
		.folder = at(w, folder), .environment = environment, .errors = &errors };
	int status = -1;

	strbuf_init(&errors);
	check_ok(w, process_run(&process, &status, &w->err));
	if (status)
		print_error("%s: %s\n", line, errors.buf);
	assert_int_equal(status, 0);
	strbuf_release(&errors);
	environment_free(environment);
}

static void find(struct world *w, struct repository *repository, const char *folder)
{
	check_ok(w, repository_find(repository, at(w, folder), w->environment, &w->err));
}

static void check_fails(struct world *w, int rc, int expected, const char *words)
{
	assert_int_equal(rc, expected);
	assert_non_null(w->err.message);
	if (!strstr(w->err.message, words) && !(w->err.hint && strstr(w->err.hint, words)))
		fail_msg("'%s' is neither in '%s' nor in '%s'", words, w->err.message, w->err.hint ? w->err.hint : "");
	err_release(&w->err);
}

static void finds_every_form_of_repository(void **state)
{
	struct world *w = *state;
	struct repository r;
	struct strbuf inside;

	strbuf_init(&inside);
	check_fails(w, repository_find(&r, w->top, w->environment, &w->err), ERR_NOWHERE, "not a git repository");
	repository_release(&r);
	sh(w, ".", "git init -q a; mkdir -p a/pm/plan; cd a; echo x > x; git add x; git commit -qm x;"
		   "git worktree add -q ../linked; cd ..; git clone -q --bare a b.git;"
		   "git -c protocol.file.allow=always -C a submodule --quiet add ../b.git sub");
	find(w, &r, "a/pm/plan");
	assert_string_equal(r.work_folder, at(w, "a"));
	assert_string_equal(r.git_folder, at(w, "a/.git"));
	assert_string_equal(r.common_folder, r.git_folder);
	assert_false(repository_is_shallow(&r));
	assert_true(repository_path_inside(&r, at(w, "a/pm/plan"), &inside));
	assert_string_equal(inside.buf, "pm/plan");
	assert_false(repository_path_inside(&r, w->top, &inside));
	assert_false(repository_path_inside(&r, at(w, "ab"), &inside));
	repository_release(&r);
	find(w, &r, "linked");
	assert_string_equal(r.work_folder, at(w, "linked"));
	assert_string_equal(r.git_folder, at(w, "a/.git/worktrees/linked"));
	assert_string_equal(r.common_folder, at(w, "a/.git"));
	repository_release(&r);
	find(w, &r, "a/sub");
	assert_string_equal(r.work_folder, at(w, "a/sub"));
	assert_string_equal(r.git_folder, at(w, "a/.git/modules/sub"));
	repository_release(&r);
	find(w, &r, "b.git/refs");
	assert_null(r.work_folder);
	assert_string_equal(r.git_folder, at(w, "b.git"));
	repository_release(&r);
	strbuf_release(&inside);
}

static void obeys_git_dir(void **state)
{
	struct world *w = *state;
	char **environment;
	struct repository r;
	struct strbuf item, work;

	sh(w, ".", "git init -q a; mkdir elsewhere");
	strbuf_init(&item);
	strbuf_init(&work);
	strbuf_addf(&item, "GIT_DIR=%s/a/.git", w->top);
	strbuf_addf(&work, "GIT_WORK_TREE=%s/elsewhere", w->top);
	environment = environment_with(w->environment, (const char *const[]){ item.buf, work.buf, NULL });
	check_ok(w, repository_find(&r, at(w, "elsewhere"), environment, &w->err));
	assert_string_equal(r.git_folder, at(w, "a/.git"));
	assert_string_equal(r.work_folder, at(w, "elsewhere"));
	repository_release(&r);
	environment_free(environment);
	environment = environment_with(w->environment, (const char *const[]){ "GIT_DIR=none", NULL });
	check_fails(w, repository_find(&r, w->top, environment, &w->err), ERR_NOWHERE, "GIT_DIR");
	repository_release(&r);
	environment_free(environment);
	strbuf_release(&work);
	strbuf_release(&item);
}

/* A hook runs at the top of the work tree with GIT_DIR=.git, or in a bare repository with GIT_DIR=. */
static void works_from_a_hook(void **state)
{
	struct world *w = *state;
	char **environment = environment_with(w->environment, (const char *const[]){ "GIT_DIR=.git", "GIT_INDEX_FILE=.git/index",
		NULL });
	char here[4096];
	struct revision revision;
	struct repository r;
	struct strvec paths;
	struct strbuf item;

	sh(w, ".", "git init -q a; mkdir a/pm; cd a; git commit -q --allow-empty -m 0; git clone -q --bare . ../b.git; echo 1 > pm/x.ini;"
		   "git worktree add -q ../linked");
	assert_non_null(getcwd(here, sizeof(here)));
	assert_int_equal(chdir(at(w, "a")), 0);
	check_ok(w, repository_find(&r, at(w, "a/pm"), environment, &w->err));
	assert_string_equal(r.work_folder, at(w, "a"));
	strvec_init(&paths);
	strvec_push(&paths, "pm/x.ini");
	check_ok(w, repository_commit(&r, &paths, "from a hook", NULL, &w->err));
	check_ok(w, repository_resolve(&r, ":/from a hook", &revision, &w->err));
	repository_release(&r);
	strvec_release(&paths);
	environment_free(environment);
	strbuf_init(&item);
	strbuf_addf(&item, "GIT_DIR=%s", at(w, "a/.git/worktrees/linked"));
	environment = environment_with(w->environment, (const char *const[]){ item.buf, NULL });
	check_ok(w, repository_find(&r, at(w, "linked"), environment, &w->err));
	assert_string_equal(r.work_folder, at(w, "linked"));
	repository_release(&r);
	environment_free(environment);
	assert_int_equal(chdir(at(w, "b.git")), 0);
	environment = environment_with(w->environment, (const char *const[]){ "GIT_DIR=.", NULL });
	check_ok(w, repository_find(&r, at(w, "b.git"), environment, &w->err));
	assert_null(r.work_folder);
	assert_string_equal(r.git_folder, at(w, "b.git"));
	repository_release(&r);
	environment_free(environment);
	strbuf_release(&item);
	assert_int_equal(chdir(here), 0);
}

static void open_fails(struct world *w, const char *folder, const char *words)
{
	struct revision revision;
	struct repository r;

	find(w, &r, folder);
	check_fails(w, repository_resolve(&r, "HEAD", &revision, &w->err), ERR_INPUT, words);
	repository_release(&r);
}

static void names_the_reason_and_the_line_that_mends(void **state)
{
	struct world *w = *state;
	struct repository r;
	struct revision revision;

	sh(w, ".", "git init -q --object-format=sha256 sha; git init -q ext; git -C ext config core.repositoryformatversion 1;"
		   "git -C ext config extensions.refstorage reftable; git init -q odd;"
		   "git -C odd config core.repositoryformatversion 1; git -C odd config extensions.zzz yes;"
		   "git init -q broken; rm broken/.git/HEAD; git init -q new; mkdir moved; echo gitdir: /nowhere > moved/.git");
	open_fails(w, "sha", "fast-export");
	open_fails(w, "ext", "refs migrate");
	open_fails(w, "odd", "zzz");
	check_fails(w, repository_find(&r, at(w, "broken"), w->environment, &w->err), ERR_INPUT, "HEAD is missing");
	repository_release(&r);
	check_fails(w, repository_find(&r, at(w, "moved"), w->environment, &w->err), ERR_INPUT, "worktree repair");
	repository_release(&r);
	find(w, &r, "new");
	check_fails(w, repository_resolve(&r, "HEAD", &revision, &w->err), ERR_INPUT, "there is no commit yet");
	repository_release(&r);
	sh(w, "new", "git config core.repositoryformatversion 1; git config extensions.worktreeConfig true;"
		     "git config extensions.partialClone origin; git commit -q --allow-empty -m x");
	find(w, &r, "new");
	check_ok(w, repository_resolve(&r, "HEAD", &revision, &w->err));
	repository_release(&r);
}

/* access() asks for the real user: root takes another's place for a moment. */
static void a_barred_git_folder_is_not_called_damaged(void **state)
{
	struct world *w = *state;
	struct repository r;
	bool root = getuid() == 0;
	int rc;

	sh(w, ".", "chmod 711 .; git init -q a; chmod 000 a/.git");
	if (root)
		assert_int_equal(setreuid(65534, (uid_t)-1), 0);
	rc = repository_find(&r, at(w, "a"), w->environment, &w->err);
	if (root)
		assert_int_equal(setreuid(0, (uid_t)-1), 0);
	check_fails(w, rc, ERR_INPUT, "Permission denied");
	repository_release(&r);
	sh(w, ".", "chmod 700 a/.git");
}

/* Only root can give files away; elsewhere the test has nothing to look at. */
static void another_users_repository_is_refused(void **state)
{
	struct world *w = *state;
	struct revision revision;
	struct repository r;

	sh(w, ".", "git init -q a; git -C a commit -q --allow-empty -m x");
	if (geteuid())
		return;
	assert_int_equal(chown(at(w, "a"), 12345, 12345), 0);
	assert_int_equal(chown(at(w, "a/.git"), 12345, 12345), 0);
	open_fails(w, "a", "belongs to another user");
	sh(w, ".", "git config --global --add safe.directory '*'");
	find(w, &r, "a");
	check_ok(w, repository_resolve(&r, "HEAD", &revision, &w->err));
	repository_release(&r);
}

/* What a push has brought stands beside the repository until its hooks have agreed. */
static void quarantined_objects_are_read(void **state)
{
	struct world *w = *state;
	char **environment;
	struct revision revision;
	struct repository r;
	struct strbuf text, item;

	sh(w, ".", "git init -q a; git -C a commit -q --allow-empty -m 1; git clone -q --bare a b.git;"
		   "git -C a commit -q --allow-empty -m 2; git -C a rev-parse HEAD > id; mv a/.git/objects q");
	strbuf_init(&text);
	strbuf_init(&item);
	check_ok(w, file_read(&text, at(w, "id"), &w->err));
	strbuf_truncate(&text, 40);
	strbuf_addf(&item, "GIT_QUARANTINE_PATH=%s", at(w, "q"));
	find(w, &r, "b.git");
	check_fails(w, repository_resolve(&r, text.buf, &revision, &w->err), ERR_USAGE, "unknown revision");
	repository_release(&r);
	environment = environment_with(w->environment, (const char *const[]){ item.buf, NULL });
	check_ok(w, repository_find(&r, at(w, "b.git"), environment, &w->err));
	check_ok(w, repository_resolve(&r, text.buf, &revision, &w->err));
	assert_string_equal(revision.id, text.buf);
	repository_release(&r);
	environment_free(environment);
	strbuf_release(&text);
	strbuf_release(&item);
}

static void a_damaged_object_is_named(void **state)
{
	struct world *w = *state;
	struct revision revision;
	struct repository r;
	struct source *source;
	struct slice text;

	sh(w, ".", "git init -q a; cd a; echo '[project]' > pmt.ini; git add .; git commit -qm x;"
		   "f=.git/objects/$(git rev-parse HEAD:pmt.ini | sed 's,^..,&/,'); chmod u+w $f; echo junk > $f");
	find(w, &r, "a");
	check_ok(w, repository_resolve(&r, "HEAD", &revision, &w->err));
	check_ok(w, source_tree_new(&r, &revision, "", &source, &w->err));
	check_fails(w, source->read(source, "pmt.ini", &text, &w->err), ERR_INPUT, "pmt.ini");
	source_free(source);
	repository_release(&r);
}

static void check_resolves(struct world *w, struct repository *r, const char *text, const char *same)
{
	struct revision a, b;

	check_ok(w, repository_resolve(r, text, &a, &w->err));
	check_ok(w, repository_resolve(r, same, &b, &w->err));
	assert_string_equal(a.id, b.id);
}

static void revisions_and_dates(void **state)
{
	static const char script[] = "git init -q -b main a; cd a;"
		"c() { GIT_COMMITTER_DATE=\"$1\" git commit -q --allow-empty -m x; };"
		"c '2026-03-02T23:30:00 +0800'; git tag -a v1.0 -m v;"
		"git checkout -q -b side; c '2026-03-03T10:00:00 +0800'; git checkout -q main;"
		"c '2026-03-04T09:00:30 -0500'; GIT_COMMITTER_DATE='2026-03-05T12:00:00 +0800' git merge -q --no-ff -m m side";
	struct world *w = *state;
	char date[CIVIL_TEXT];
	struct revision revision;
	struct strbuf shortened;
	struct repository r;

	sh(w, ".", script);
	find(w, &r, "a");
	check_resolves(w, &r, "v1.0", "HEAD~2");
	check_resolves(w, &r, "2026-03-02", "v1.0");         /* to the end of the day, in the committer's offset */
	check_resolves(w, &r, "2026-03-03", "v1.0");         /* side is no first parent */
	check_resolves(w, &r, "2026-03-04 09:00", "main~1"); /* within the minute */
	check_resolves(w, &r, "2026-03-04T08:59", "v1.0");
	check_resolves(w, &r, "2030-01-01", "HEAD");
	check_resolves(w, &r, "side", "main^2");
	check_resolves(w, &r, ":/x", "main~1");
	check_resolves(w, &r, "@{-1}", "side");
	check_resolves(w, &r, ":/!-zzz", "main"); /* git knows it, libgit2 does not */
	check_ok(w, repository_resolve(&r, "main~1", &revision, &w->err));
	assert_string_equal(moment_print(revision.committed, date), "2026-03-04 09:00");
	assert_string_equal(moment_print(revision.committed_utc, date), "2026-03-04 14:00");
	strbuf_init(&shortened);
	check_ok(w, repository_short_id(&r, &revision, &shortened, &w->err));
	assert_true(shortened.len >= 7 && !strncmp(shortened.buf, revision.id, shortened.len));
	strbuf_release(&shortened);
	check_fails(w, repository_resolve(&r, "2026-03-01", &revision, &w->err), ERR_INPUT, "the first is of 2026-03-02 23:30");
	check_fails(w, repository_resolve(&r, "2026-02-30", &revision, &w->err), ERR_USAGE, "no such date");
	check_fails(w, repository_resolve(&r, "nonsense", &revision, &w->err), ERR_USAGE, "unknown revision");
	check_fails(w, repository_resolve(&r, "--all", &revision, &w->err), ERR_USAGE, "unknown revision");
	check_fails(w, repository_resolve(&r, "", &revision, &w->err), ERR_USAGE, "unknown revision");
	check_fails(w, repository_resolve(&r, "HEAD^{tree}", &revision, &w->err), ERR_USAGE, "not a commit");
	repository_release(&r);
	sh(w, ".", "git clone -q --depth 1 file://$PWD/a shallow");
	find(w, &r, "shallow");
	assert_true(repository_is_shallow(&r));
	check_fails(w, repository_resolve(&r, "2026-03-02", &revision, &w->err), ERR_INPUT, "--unshallow");
	repository_release(&r);
}

static void the_project_is_found_in_a_revision(void **state)
{
	struct world *w = *state;
	struct revision revision;
	struct repository r;
	struct strbuf folder;

	sh(w, ".", "git init -q a; cd a; mkdir -p pm/plan src/x .hidden; echo '[project]' > pm/pmt.ini; echo > src/x/y;"
		   "echo > .hidden/pmt.ini; git add .; git commit -qm 1; mkdir two; cp pm/pmt.ini two; git add .; git commit -qm 2;"
		   "git rm -q pm/pmt.ini; git commit -qm 3; git rm -q two/pmt.ini; git commit -qm 4");
	find(w, &r, "a");
	strbuf_init(&folder);
	check_ok(w, repository_resolve(&r, "HEAD~3", &revision, &w->err));
	check_ok(w, repository_find_project(&r, &revision, "pm/plan", &folder, &w->err));
	assert_string_equal(folder.buf, "pm");
	strbuf_reset(&folder);
	check_ok(w, repository_find_project(&r, &revision, "src/x", &folder, &w->err));
	assert_string_equal(folder.buf, "pm");
	strbuf_reset(&folder);
	check_ok(w, repository_resolve(&r, "HEAD~1", &revision, &w->err));
	check_ok(w, repository_find_project(&r, &revision, "pm", &folder, &w->err)); /* it has moved since */
	assert_string_equal(folder.buf, "two");
	check_ok(w, repository_resolve(&r, "HEAD", &revision, &w->err));
	check_fails(w, repository_find_project(&r, &revision, "", &folder, &w->err), ERR_NOWHERE, "no pmt.ini");
	repository_release(&r);
	sh(w, "a", "mkdir one three; echo > one/pmt.ini; echo > three/pmt.ini; git add .; git commit -qm 5");
	find(w, &r, "a");
	check_ok(w, repository_resolve(&r, "HEAD", &revision, &w->err));
	check_fails(w, repository_find_project(&r, &revision, "", &folder, &w->err), ERR_INPUT, "'one', 'three'");
	strbuf_release(&folder);
	repository_release(&r);
}

static void a_revision_reads_as_its_work_tree_did(void **state)
{
	struct world *w = *state;
	struct source *tree, *files;
	struct strvec a, b;
	struct revision revision;
	struct repository r;
	struct slice x, y;

	sh(w, ".", "git init -q a; cd a; mkdir -p pm/plan pm/.git-hidden pm/nested/deep pm/结算 pm/a;"
		   "for f in pmt.ini plan.ini plan/20.ini a/b.ini a.ini nested/pmt.ini nested/n.ini nested/deep/d.ini"
		   " .git-hidden/h.ini .dot.ini 结算/计划.ini note.txt PLAN.INI; do echo \"; $f\" > pm/$f; done;"
		   "ln -s plan.ini pm/link.ini; ln -s plan pm/linked; git add -f .; git commit -qm 1;"
		   "rm pm/link.ini; rm -r pm/plan; echo '; changed' > pm/plan.ini");
	find(w, &r, "a");
	check_ok(w, repository_resolve(&r, "HEAD", &revision, &w->err));
	check_ok(w, source_tree_new(&r, &revision, "pm", &tree, &w->err));
	assert_null(tree->root);
	assert_string_equal(tree->name, revision.id);
	strvec_init(&a);
	strvec_init(&b);
	check_ok(w, tree->list(tree, &a, &w->err));
	sh(w, "a", "git checkout -q -f HEAD");
	files = source_worktree_new(at(w, "a/pm"));
	check_ok(w, files->list(files, &b, &w->err));
	assert_int_equal(a.len, b.len);
	assert_int_equal(a.len, 7);
	for (size_t i = 0; i < a.len; i++) {
		assert_string_equal(a.items[i], b.items[i]);
		if (!strcmp(a.items[i], "link.ini")) {
			assert_null(tree->identity(tree, a.items[i]));
			check_fails(w, tree->read(tree, a.items[i], &x, &w->err), ERR_INPUT, "link");
			continue;
		}
		assert_int_equal(strlen(tree->identity(tree, a.items[i])), 40);
		check_ok(w, tree->read(tree, a.items[i], &x, &w->err));
		check_ok(w, files->read(files, b.items[i], &y, &w->err));
		assert_true(slice_equal(x, y));
	}
	check_fails(w, tree->read(tree, "none.ini", &x, &w->err), ERR_SYSTEM, "none.ini");
	assert_null(tree->identity(tree, "none.ini"));
	source_free(tree);
	source_free(files);
	check_fails(w, source_tree_new(&r, &revision, "elsewhere", &tree, &w->err), ERR_NOWHERE, "elsewhere");
	assert_null(tree);
	check_fails(w, source_tree_new(&r, &revision, "pm/plan.ini", &tree, &w->err), ERR_NOWHERE, "plan.ini");
	strvec_release(&a);
	strvec_release(&b);
	repository_release(&r);
}

static uint64_t high_water_in(struct world *w, const char *where, const char *folder, const char *kind,
	const char *prefix)
{
	struct repository r;
	uint64_t number = 99;

	find(w, &r, where);
	check_ok(w, repository_high_water(&r, folder, kind, prefix, &number, &w->err));
	repository_release(&r);
	return number;
}

static uint64_t high_water(struct world *w, const char *folder, const char *kind, const char *prefix)
{
	return high_water_in(w, "a", folder, kind, prefix);
}

static void what_a_clone_left_out_is_named(void **state)
{
	struct world *w = *state;
	struct revision revision;
	struct repository r;
	struct source *source;
	struct slice text;

	sh(w, ".", "git init -q -b main a; cd a; git config uploadpack.allowFilter true; echo '[task T-9]' > pmt.ini;"
		   "git add .; git commit -qm 1; echo '[task T-5]' > pmt.ini; git commit -qam 2; cd ..;"
		   "git clone -q --filter=blob:none file://$PWD/a partial");
	find(w, &r, "partial");
	check_ok(w, repository_resolve(&r, "HEAD~1", &revision, &w->err));
	check_ok(w, source_tree_new(&r, &revision, "", &source, &w->err));
	check_fails(w, source->read(source, "pmt.ini", &text, &w->err), ERR_INPUT, "--refetch");
	source_free(source);
	repository_release(&r);
}

static void numbers_are_found_in_what_a_clone_has(void **state)
{
	struct world *w = *state;

	sh(w, ".", "git init -q -b main a; cd a; git config uploadpack.allowFilter true; echo '[task T-9]' > p.ini;"
		   "git add .; git commit -qm 1; echo '[task T-5]' > p.ini; git commit -qam 2; echo '[task T-6]' > p.ini;"
		   "git commit -qam 3; cd ..; git clone -q --depth 1 file://$PWD/a shallow;"
		   "git clone -q --filter=blob:none file://$PWD/a partial");
	assert_int_equal(high_water(w, "", "task", "T"), 9);
	assert_int_equal(high_water_in(w, "shallow", "", "task", "T"), 6);
	assert_int_equal(high_water_in(w, "partial", "", "task", "T"), 6);
	sh(w, "shallow", "git fetch -q --unshallow");
	assert_int_equal(high_water_in(w, "shallow", "", "task", "T"), 9);
}

static void numbers_are_never_given_twice(void **state)
{
	struct world *w = *state;
	struct repository r;
	uint64_t number;

	sh(w, ".", "git init -q -b main a; mkdir a/pm a/x; cd a; printf '[task T-7]\\n[ task  T-12 ]\\n[risk R-3]\\n"
		   "[task T-x9]\\n[task T-]\\n[task-4]\\n[-5]\\n[]\\n[\\n[task T-999999999999999999999]\\n[team A-1-20]\\n"
		   " [task T-50]\\n' > pm/plan.ini; printf '\\357\\273\\277[task T-2]\\r\\n' > pm/bom.ini;"
		   "echo '[task T-90]' > x/other.ini; echo '[task T-91]' > pm/no.txt; git add .; git commit -qm 1");
	assert_int_equal(high_water(w, "pm", "task", "T"), 12);
	assert_int_equal(high_water(w, "pm", "risk", "R"), 3);
	assert_int_equal(high_water(w, "pm", "team", "A-1"), 20);
	assert_int_equal(high_water(w, "pm", "risk", "T"), 0);
	assert_int_equal(high_water(w, "", "task", "T"), 90);
	sh(w, "a", "git checkout -q -b side; echo '[task T-40]' > pm/side.ini; git add .; git commit -qm 2; git checkout -q main");
	assert_int_equal(high_water(w, "pm", "task", "T"), 40);
	sh(w, "a", "git branch -q -D side; git pack-refs --all"); /* used is used, while the mark is kept */
	assert_int_equal(high_water(w, "pm", "task", "T"), 40);
	sh(w, "a", "printf '[task T-60]\\n' > pm/plan.ini; git commit -qam 3; git rm -q pm/plan.ini; git commit -qm 4;"
		   "rm .git/pmt/ids"); /* rebuilt from history, which had T-60 */
	assert_int_equal(high_water(w, "pm", "task", "T"), 60);
	sh(w, "a", "echo garbage > .git/pmt/ids");
	assert_int_equal(high_water(w, "pm", "task", "T"), 60);
	sh(w, ".", "git clone -q a b; cd b; echo '[task T-70]' > pm/plan.ini; git add .; git commit -qm 5; cd ../a; git fetch -q ../b main:refs/remotes/o/main");
	assert_int_equal(high_water(w, "pm", "task", "T"), 70);
	sh(w, ".", "git init -q empty");
	find(w, &r, "empty");
	check_ok(w, repository_high_water(&r, "", "task", "T", &number, &w->err));
	assert_int_equal(number, 0);
	repository_release(&r);
	find(w, &r, "a");
	check_ok(w, repository_high_water(&r, "pm", "task", "T", &number, &w->err));
	assert_null(r.objects); /* nothing moved: libgit2 was not even loaded */
	repository_release(&r);
}

static void commit(struct world *w, const char *paths, const char *message, bool expected)
{
	struct slice rest = slice_of(paths), path;
	struct repository r;
	struct strvec list;
	bool committed;

	find(w, &r, "a");
	strvec_init(&list);
	while (slice_next(&rest, " ", &path))
		strvec_push_slice(&list, path);
	check_ok(w, repository_commit(&r, &list, message, &committed, &w->err));
	assert_int_equal(committed, expected);
	strvec_release(&list);
	repository_release(&r);
}

static void check_git(struct world *w, const char *line, const char *expected)
{
	struct strbuf output;
	struct process process = { .arguments = (const char *const[]){ "sh", "-ec", line, NULL }, .folder = at(w, "a"),
		.environment = w->environment, .output = &output };
	int status;

	strbuf_init(&output);
	check_ok(w, process_run(&process, &status, &w->err));
	assert_string_equal(output.buf, expected);
	strbuf_release(&output);
}

static void commits_take_the_given_paths_alone(void **state)
{
	struct world *w = *state;

	sh(w, ".", "git init -q a; cd a; echo '*.secret' > .gitignore; echo 1 > staged; echo new > 'odd *.ini'");
	commit(w, "x.ini", "nothing there", false);
	sh(w, "a", "git add staged; echo 1 > x.ini; echo s > y.secret");
	commit(w, "x.ini y.secret", "task: T-12 状态 doing → done\n\nwhy", true);
	check_git(w, "git log --format=%B%an; git show --name-only --format= HEAD; git status --porcelain",
		"task: T-12 状态 doing → done\n\nwhy\nA\nx.ini\ny.secret\nA  staged\n?? .gitignore\n?? \"odd *.ini\"\n");
	commit(w, "x.ini", "same", false);
	sh(w, "a", "rm x.ini; echo 2 > y.secret; echo 2 > staged");
	commit(w, "x.ini y.secret none.ini", "second", true);
	check_git(w, "git show --name-status --format=%s HEAD; git status --porcelain staged",
		"second\n\nD\tx.ini\nM\ty.secret\nAM staged\n");
	commit(w, "", "no paths", false);
}

static void a_failing_hook_leaves_the_index(void **state)
{
	struct world *w = *state;
	struct repository r;
	struct strvec list;

	sh(w, ".", "git init -q a; cd a; git commit -q --allow-empty -m 0; echo 1 > x.ini; mkdir -p .git/hooks;"
		   "printf '#!/bin/sh\\necho refused by hook >&2\\nexit 1\\n' > .git/hooks/pre-commit; chmod +x .git/hooks/pre-commit");
	find(w, &r, "a");
	strvec_init(&list);
	strvec_push(&list, "x.ini");
	check_fails(w, repository_commit(&r, &list, "m", NULL, &w->err), ERR_SYSTEM, "refused by hook");
	check_git(w, "git status --porcelain; git log --format=%s", "?? x.ini\n0\n");
	strvec_release(&list);
	repository_release(&r);
}

static void configuration_is_gits_own(void **state)
{
	struct world *w = *state;
	struct settings settings;
	struct strbuf value;

	sh(w, ".", "git init -q a; printf '[pmt]\\n\\tcommit = auto\\n[include]\\n\\tpath = more\\n' > .gitconfig;"
		   "printf '[pmt \"alias\"]\\n\\tTd = task\\n\\tlist = a\\\\nb\\n[pmt]\\n\\tcolor\\n' > more; git -C a config pmt.commit never");
	check_ok(w, settings_read(&settings, at(w, "a"), w->environment, "pmt.", &w->err));
	assert_string_equal(settings_get(&settings, "pmt.commit"), "never");
	assert_string_equal(settings_get(&settings, "pmt.alias.td"), "task");
	assert_string_equal(settings_get(&settings, "pmt.alias.list"), "a\nb");
	assert_string_equal(settings_get(&settings, "pmt.color"), "true");
	assert_null(settings_get(&settings, "pmt.none"));
	settings_release(&settings);
	check_ok(w, settings_read(&settings, w->top, w->environment, "pmt.", &w->err)); /* outside a repository */
	assert_string_equal(settings_get(&settings, "pmt.commit"), "auto");
	settings_release(&settings);
	strbuf_init(&value);
	check_ok(w, settings_write(at(w, "a"), w->environment, "local", "user.email", "li@example.com", &w->err));
	assert_true(settings_value(at(w, "a"), w->environment, "user.email", &value));
	assert_string_equal(value.buf, "li@example.com");
	check_ok(w, settings_write(at(w, "a"), w->environment, "local", "user.email", "-x", &w->err));
	check_ok(w, settings_write(at(w, "a"), w->environment, "local", "user.email", NULL, &w->err));
	check_ok(w, settings_write(at(w, "a"), w->environment, "local", "user.email", NULL, &w->err));
	assert_false(settings_value(at(w, "a"), w->environment, "user.email", &value));
	check_fails(w, settings_write(at(w, "a"), w->environment, "local", "nodot", "x", &w->err), ERR_SYSTEM, "nodot");
	strbuf_release(&value);
}

static void makes_and_clones(void **state)
{
	struct world *w = *state;
	struct strbuf url, folder;
	struct repository r;

	strbuf_init(&url);
	strbuf_init(&folder);
	strbuf_add_str(&folder, at(w, "new/deep"));
	check_ok(w, repository_init(folder.buf, w->environment, &w->err));
	find(w, &r, "new/deep");
	repository_release(&r);
	sh(w, "new/deep", "git commit -q --allow-empty -m 1; git commit -q --allow-empty -m 2");
	strbuf_addf(&url, "file://%s", folder.buf);
	strbuf_reset(&folder);
	strbuf_add_str(&folder, at(w, "copy"));
	check_ok(w, repository_clone(url.buf, folder.buf, 1, w->environment, &w->err));
	find(w, &r, "copy");
	assert_true(repository_is_shallow(&r));
	repository_release(&r);
	check_fails(w, repository_clone("/no/such", "/tmp/pmt-none", 0, w->environment, &w->err), ERR_SYSTEM, "/no/such");
	strbuf_release(&url);
	strbuf_release(&folder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(finds_every_form_of_repository),
		TEST(obeys_git_dir),
		TEST(works_from_a_hook),
		TEST(names_the_reason_and_the_line_that_mends),
		TEST(a_barred_git_folder_is_not_called_damaged),
		TEST(another_users_repository_is_refused),
		TEST(quarantined_objects_are_read),
		TEST(a_damaged_object_is_named),
		TEST(revisions_and_dates),
		TEST(the_project_is_found_in_a_revision),
		TEST(a_revision_reads_as_its_work_tree_did),
		TEST(what_a_clone_left_out_is_named),
		TEST(numbers_are_never_given_twice),
		TEST(numbers_are_found_in_what_a_clone_has),
		TEST(commits_take_the_given_paths_alone),
		TEST(a_failing_hook_leaves_the_index),
		TEST(configuration_is_gits_own),
		TEST(makes_and_clones),
	};

	return cmocka_run_group_tests_name("git", tests, NULL, NULL);
}
