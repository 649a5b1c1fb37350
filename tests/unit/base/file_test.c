/*
 * Files, locks and filesets. The fault tests run a commit in a child under ptrace and kill it with
 * SIGKILL at its first system call, its second, and so on until it survives: whatever was on disk then,
 * recovery must leave either all files old or all files new, and no temporaries.
 */
#include "base/alloc.h"
#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

struct place_of_work {
	char root[64];
	char *paths[8]; /* made by path_in */
	size_t used;
};

static char *path_in(struct place_of_work *w, const char *name)
{
	struct strbuf path;
	char **slot = &w->paths[w->used++ % ARRAY_SIZE(w->paths)];

	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", w->root, name);
	free(*slot);
	*slot = path.buf;
	return path.buf;
}

static int set_up(void **state)
{
	struct place_of_work *w = xcalloc(1, sizeof(*w));

	snprintf(w->root, sizeof(w->root), "/tmp/pmt-file-XXXXXX");
	*state = w;
	return mkdtemp(w->root) ? 0 : -1;
}

static int tear_down(void **state)
{
	struct place_of_work *w = *state;
	int rc = file_remove_tree(w->root, NULL);

	for (size_t i = 0; i < ARRAY_SIZE(w->paths); i++)
		free(w->paths[i]);
	free(w);
	return rc;
}

static void put(struct place_of_work *w, const char *name, const char *text)
{
	FILE *f = fopen(path_in(w, name), "w");

	assert_non_null(f);
	fputs(text, f);
	fclose(f);
}

/* What the file holds; "-" when there is none. Caller frees. */
static char *get(struct place_of_work *w, const char *name)
{
	struct strbuf text;

	strbuf_init(&text);
	if (!file_exists(path_in(w, name)))
		strbuf_add_str(&text, "-");
	else
		assert_int_equal(file_read(&text, path_in(w, name), NULL), 0);
	return text.buf;
}

static void check(struct place_of_work *w, const char *name, const char *expected)
{
	char *text = get(w, name);

	assert_string_equal(text, expected);
	free(text);
}

static size_t count_temporaries(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir)))
		count += !strncmp(entry->d_name, ".pmt-", 5);
	closedir(dir);
	return count;
}

static void reading_and_folders(void **state)
{
	struct place_of_work *w = *state;
	struct strbuf text;
	struct err err = { 0 };

	strbuf_init(&text);
	put(w, "a", "hello\n");
	strbuf_add_str(&text, "> ");
	assert_int_equal(file_read(&text, path_in(w, "a"), &err), 0);
	assert_string_equal(text.buf, "> hello\n");
	assert_int_equal(file_read(&text, path_in(w, "none"), &err), ERR_SYSTEM);
	assert_non_null(strstr(err.message, "none'"));
	err_release(&err);
	assert_int_equal(file_read(&text, w->root, &err), ERR_SYSTEM);
	assert_string_equal(text.buf, "> hello\n");
	err_release(&err);
	assert_int_equal(file_make_folders(path_in(w, "x/结算/z"), &err), 0);
	assert_int_equal(file_make_folders(path_in(w, "x/结算/z"), &err), 0);
	assert_int_equal(file_make_folders(path_in(w, "x/y/"), &err), 0);
	assert_true(file_is_folder(path_in(w, "x/y")));
	assert_int_equal(file_make_folders(path_in(w, "a/b"), &err), ERR_SYSTEM);
	err_release(&err);
	assert_int_equal(file_make_folders(path_in(w, "a"), &err), ERR_SYSTEM);
	err_release(&err);
	assert_int_equal(symlink("/etc", path_in(w, "x/link")), 0);
	assert_int_equal(file_remove_tree(path_in(w, "x"), &err), 0);
	assert_int_equal(file_remove_tree(path_in(w, "x"), &err), 0);
	assert_false(file_exists(path_in(w, "x")));
	assert_true(file_exists("/etc/passwd"));
	assert_int_equal(file_read(&text, "/proc/self/status", &err), 0); /* has no size of its own */
	assert_non_null(strstr(text.buf, "VmRSS"));
	strbuf_release(&text);
}

static void filesets_write_keep_and_remove(void **state)
{
	struct place_of_work *w = *state;
	struct slice none = { NULL, 0 }, was = slice_of("old b");
	struct fileset set;
	struct err err = { 0 };
	struct stat st;

	put(w, "b.ini", "old b");
	put(w, "real.ini", "old real");
	put(w, "gone.ini", "x");
	assert_int_equal(chmod(path_in(w, "b.ini"), 0640), 0);
	assert_int_equal(symlink("real.ini", path_in(w, "link.ini")), 0);
	fileset_init(&set, path_in(w, ".git/pmt/intent"));
	fileset_write(&set, path_in(w, "new/deep/a b%.ini"), slice_of("new a"), &none);
	fileset_write(&set, path_in(w, "b.ini"), slice_of("lost"), &was);
	fileset_write(&set, path_in(w, "b.ini"), slice_of("new b"), NULL);
	fileset_write(&set, path_in(w, "link.ini"), slice_of(""), NULL);
	fileset_remove(&set, path_in(w, "gone.ini"), NULL);
	assert_int_equal(fileset_commit(&set, &err), 0);
	assert_int_equal(fileset_commit(&set, &err), 0); /* empty now */
	check(w, "new/deep/a b%.ini", "new a");
	check(w, "b.ini", "new b");
	check(w, "real.ini", "");
	check(w, "gone.ini", "-");
	check(w, ".git/pmt/intent", "-");
	assert_int_equal(lstat(path_in(w, "link.ini"), &st), 0);
	assert_true(S_ISLNK(st.st_mode));
	assert_int_equal(stat(path_in(w, "b.ini"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0640);
	assert_int_equal(count_temporaries(w->root), 0);
	fileset_release(&set);
}

static void check_conflict(struct place_of_work *w, const char *name, const struct slice *expected)
{
	struct fileset set;
	struct err err = { 0 };

	fileset_init(&set, path_in(w, "intent"));
	fileset_write(&set, path_in(w, "a.ini"), slice_of("new"), NULL);
	fileset_write(&set, path_in(w, name), slice_of("new"), expected);
	assert_int_equal(fileset_commit(&set, &err), ERR_CONFLICT);
	assert_non_null(strstr(err.message, name));
	err_release(&err);
	fileset_release(&set);
	check(w, "a.ini", "old");
	check(w, "intent", "-");
	assert_int_equal(count_temporaries(w->root), 0);
}

/* In two pieces; `rc` is what the caller ends with. */
static int replace(const char *path, const char *text, int rc, struct err *err)
{
	struct file_writer writer;
	int status = file_writer_open(&writer, path, err);

	if (status)
		return status;
	status = file_writer_add(&writer, slice_new(text, 1), err);
	if (!status)
		status = file_writer_add(&writer, slice_of(text + 1), err);
	return file_writer_close(&writer, status ? status : rc, err);
}

static void one_file_is_replaced_whole_or_not_at_all(void **state)
{
	struct place_of_work *w = *state;
	struct dirent *entry;
	struct err err;
	size_t names = 0;
	DIR *folder;

	err_init(&err);
	assert_int_equal(replace(path_in(w, "new/a.html"), "one", 0, &err), 0);
	assert_int_equal(replace(path_in(w, "new/a.html"), "two", 0, &err), 0);
	check(w, "new/a.html", "two");
	assert_int_equal(replace(path_in(w, "new/a.html"), "three", ERR_INPUT, &err), ERR_INPUT);
	check(w, "new/a.html", "two");
	assert_int_equal(file_replace(path_in(w, "new/a.html"), slice_of("four"), &err), 0);
	check(w, "new/a.html", "four");
	assert_int_equal(replace("/proc/a.html", "x", 0, &err), ERR_SYSTEM);
	assert_non_null(strstr(err.message, "'/proc/a.html'"));
	err_release(&err);
	put(w, "file", "no folder");
	assert_int_equal(replace(path_in(w, "file/a.html"), "x", 0, NULL), ERR_SYSTEM);
	assert_int_equal(replace(path_in(w, "new"), "x", 0, NULL), ERR_SYSTEM);
	folder = opendir(path_in(w, "new"));
	assert_non_null(folder);
	while ((entry = readdir(folder)))
		names += entry->d_name[0] != '.' || strlen(entry->d_name) > 2;
	closedir(folder);
	assert_int_equal(names, 1); /* no temporary is left */
}

static void a_changed_file_is_a_conflict(void **state)
{
	struct place_of_work *w = *state;
	struct slice none = { NULL, 0 }, text = slice_of("what I read");

	put(w, "a.ini", "old");
	put(w, "b.ini", "old");
	check_conflict(w, "b.ini", &none);
	check_conflict(w, "b.ini", &text);
	check_conflict(w, "none.ini", &text);
	check(w, "b.ini", "old");
	check(w, "none.ini", "-");
}

static void a_full_disk_leaves_the_old(void **state)
{
	struct place_of_work *w = *state;
	pid_t child;
	int status;

	put(w, "a.ini", "old");
	put(w, "b.ini", "old");
	child = fork();
	if (!child) { /* a limit on the size of files stands for the disk */
		struct rlimit limit = { 4000, 4000 };
		struct strbuf big;
		struct fileset set;
		struct err err = { 0 };

		signal(SIGXFSZ, SIG_IGN);
		setrlimit(RLIMIT_FSIZE, &limit);
		strbuf_init(&big);
		strbuf_add_repeat(&big, "0123456789", 1000);
		fileset_init(&set, path_in(w, "intent"));
		fileset_write(&set, path_in(w, "a.ini"), slice_of("new"), NULL);
		fileset_write(&set, path_in(w, "b.ini"), strbuf_slice(&big), NULL);
		_exit(fileset_commit(&set, &err) == ERR_SYSTEM && strstr(err.message, "b.ini") ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	check(w, "a.ini", "old");
	check(w, "b.ini", "old");
	check(w, "intent", "-");
	assert_int_equal(count_temporaries(w->root), 0);
}

/* The record lies beside one of the files, below another, and beside a folder whose name begins like its own. */
static void commit_three(struct place_of_work *w, int files)
{
	struct fileset set;

	if (fileset_recover(path_in(w, "state/deep/intent"), w->root, NULL) < 0)
		_exit(1);
	fileset_init(&set, path_in(w, "state/deep/intent"));
	fileset_write(&set, path_in(w, "a.ini"), slice_of("new a"), NULL);
	if (files > 1) {
		fileset_write(&set, path_in(w, "state/deep dir/b%.ini"), slice_of("new b"), NULL);
		fileset_remove(&set, path_in(w, "state/deep/c.ini"), NULL);
	}
	if (fileset_commit(&set, NULL))
		_exit(1);
	fileset_release(&set);
}

static void reset_three(struct place_of_work *w)
{
	file_make_folders(path_in(w, "state/deep dir"), NULL);
	file_make_folders(path_in(w, "state/deep"), NULL);
	put(w, "a.ini", "old a");
	unlink(path_in(w, "state/deep dir/b%.ini"));
	put(w, "state/deep/c.ini", "old c");
}

/* Runs the commit and kills it when it is about to make its n-th system call; false when it had fewer. */
static bool commit_killed_at(struct place_of_work *w, int files, int n)
{
	pid_t child = fork();
	int status, stops = 0;

	if (!child) {
		ptrace(PTRACE_TRACEME, 0, NULL, NULL);
		raise(SIGSTOP);
		commit_three(w, files);
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSTOPPED(status));
	ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
	while (stops != 2 * n + 1) { /* one stop before each call, one behind */
		assert_int_equal(ptrace(PTRACE_SYSCALL, child, NULL, NULL), 0);
		assert_int_equal(waitpid(child, &status, 0), child);
		if (WIFEXITED(status)) {
			assert_int_equal(WEXITSTATUS(status), 0);
			return false;
		}
		stops += WIFSTOPPED(status) && WSTOPSIG(status) == (SIGTRAP | 0x80);
	}
	kill(child, SIGKILL);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFSIGNALED(status));
	return true;
}

static void kill_everywhere(struct place_of_work *w, int files)
{
	int n = 0, olds = 0, news = 0;

	for (bool killed = true; killed; n++) {
		char *a;
		bool is_new;

		reset_three(w);
		killed = commit_killed_at(w, files, n);
		assert_true(fileset_recover(path_in(w, "state/deep/intent"), w->root, NULL) >= 0);
		assert_int_equal(fileset_recover(path_in(w, "state/deep/intent"), w->root, NULL), 0);
		a = get(w, "a.ini");
		is_new = !strcmp(a, "new a");
		free(a);
		check(w, "a.ini", is_new ? "new a" : "old a");
		if (files > 1) {
			check(w, "state/deep dir/b%.ini", is_new ? "new b" : "-");
			check(w, "state/deep/c.ini", is_new ? "-" : "old c");
		}
		assert_int_equal(count_temporaries(w->root), 0);
		assert_int_equal(count_temporaries(path_in(w, "state/deep dir")), 0);
		check(w, "state/deep/intent", "-");
		olds += !is_new;
		news += is_new;
	}
	assert_true(n > 20 && olds > 5 && news > 1);
}

static void a_kill_at_any_system_call_leaves_old_or_new(void **state)
{
	kill_everywhere(*state, 3);
	kill_everywhere(*state, 1);
}

/* Kill also the recovery at each of its system calls, from every state the commit can leave. */
static void recovery_itself_may_be_killed(void **state)
{
	struct place_of_work *w = *state;
	bool killed = true;

	for (int n = 0; killed; n++) {
		char *a;

		reset_three(w);
		killed = commit_killed_at(w, 3, n);
		if (file_exists(path_in(w, "state/deep/intent")) && n % 3 == 0)
			commit_killed_at(w, 3, n / 2); /* recovers first, then commits anew */
		assert_true(fileset_recover(path_in(w, "state/deep/intent"), w->root, NULL) >= 0);
		a = get(w, "a.ini");
		check(w, "state/deep dir/b%.ini", strcmp(a, "new a") ? "-" : "new b");
		check(w, "state/deep/c.ini", strcmp(a, "new a") ? "old c" : "-");
		free(a);
		assert_int_equal(count_temporaries(w->root), 0);
	}
}

static void an_edit_after_the_crash_is_not_lost(void **state)
{
	struct place_of_work *w = *state;
	struct err err = { 0 };
	int conflicts = 0;
	bool killed = true;

	for (int n = 0; killed; n++) {
		int rc;

		reset_three(w);
		killed = commit_killed_at(w, 3, n);
		put(w, "a.ini", "edited by hand");
		rc = fileset_recover(path_in(w, "state/deep/intent"), w->root, &err);
		check(w, "a.ini", "edited by hand");
		if (rc < 0) {
			assert_int_equal(rc, ERR_CONFLICT);
			assert_non_null(strstr(err.message, "a.ini"));
			assert_non_null(err.hint);
			check(w, "state/deep/c.ini", "old c"); /* nothing was touched */
			conflicts++;
			err_release(&err);
			unlink(path_in(w, "state/deep/intent"));
		}
	}
	assert_true(conflicts >= 1);
}

/*
 * Somebody else writes while we commit, at each of our system calls in turn. Until our check has been made their
 * text stays and we report a conflict; only the moment between check and rename is lost to them.
 */
static void a_file_that_changes_under_us_is_a_conflict(void **state)
{
	struct place_of_work *w = *state;
	int conflicts = 0, wins = 0, status = 0;

	for (int n = 0; !status || n < 10; n++) {
		pid_t child;
		char *a;

		reset_three(w);
		child = fork();
		if (!child) {
			ptrace(PTRACE_TRACEME, 0, NULL, NULL);
			raise(SIGSTOP);
			commit_three(w, 3);
			_exit(0);
		}
		assert_int_equal(waitpid(child, &status, 0), child);
		ptrace(PTRACE_SETOPTIONS, child, NULL, (void *)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL));
		for (int stops = 0; stops != 2 * n + 1 && WIFSTOPPED(status); stops++) {
			ptrace(PTRACE_SYSCALL, child, NULL, NULL);
			waitpid(child, &status, 0);
		}
		if (!WIFSTOPPED(status))
			break;
		put(w, "state/deep/c.ini", "theirs");
		ptrace(PTRACE_CONT, child, NULL, NULL);
		assert_int_equal(waitpid(child, &status, 0), child);
		assert_true(WIFEXITED(status));
		a = get(w, "a.ini");
		if (WEXITSTATUS(status)) {
			check(w, "state/deep/c.ini", "theirs");
			assert_string_equal(a, "old a");
			conflicts++;
		} else {
			assert_string_equal(a, "new a");
			wins++;
		}
		free(a);
		status = 0;
		unlink(path_in(w, "state/deep/intent"));
		assert_int_equal(count_temporaries(w->root), 0);
	}
	assert_true(conflicts > 10 && wins > 2);
}

static void a_torn_or_foreign_record_does_nothing(void **state)
{
	static const char *const records[] = { "", "pmt-intent 1\n", "garbage\0", "pmt-intent 1\nwrite x",
		"pmt-intent 1\nwrite victim.ini a.ini - -\n", "pmt-intent 1\nwrite .pmt-a\n",
		"pmt-intent 1\nremove - victim.ini - -\nend 00\n", "end \n" };
	struct place_of_work *w = *state;

	put(w, "victim.ini", "mine");
	for (size_t i = 0; i < ARRAY_SIZE(records); i++) {
		put(w, "intent", records[i]);
		assert_int_equal(fileset_recover(path_in(w, "intent"), w->root, NULL), 1);
		check(w, "victim.ini", "mine");
		check(w, "intent", "-");
	}
}

/* A folder from elsewhere may bring a record: it must not reach out of that folder. */
static void a_record_does_not_reach_out(void **state)
{
	struct place_of_work *w = *state;
	struct err err = { 0 };

	file_make_folders(path_in(w, "project"), NULL);
	for (int n = 0; n < 200; n++) {
		unlink(path_in(w, "state/deep/intent"));
		reset_three(w);
		if (!commit_killed_at(w, 3, n))
			break;
		if (!file_exists(path_in(w, "state/deep/intent")) || count_temporaries(w->root) == 0)
			continue;
		assert_int_equal(fileset_recover(path_in(w, "state/deep/intent"), path_in(w, "project"), &err), ERR_CONFLICT);
		assert_non_null(strstr(err.message, "outside"));
		err_release(&err);
		assert_true(count_temporaries(w->root) > 0);
		assert_int_equal(fileset_recover(path_in(w, "state/deep/intent"), w->root, &err), 1);
		assert_int_equal(count_temporaries(w->root), 0);
	}
}

static void a_second_lock_waits_then_names_the_holder(void **state)
{
	struct place_of_work *w = *state;
	struct lock first = { -1 }, second = { -1 };
	struct err err = { 0 };
	char pid[32];

	assert_int_equal(lock_take(&first, path_in(w, "lock"), 0, &err), 0);
	assert_int_equal(lock_take(&second, path_in(w, "lock"), 0.01, &err), ERR_CONFLICT);
	snprintf(pid, sizeof(pid), "process %ld ", (long)getpid());
	assert_non_null(strstr(err.message, pid));
	assert_int_equal(second.descriptor, -1);
	err_release(&err);
	lock_release(&first);
	lock_release(&first);
	assert_int_equal(lock_take(&second, path_in(w, "lock"), 0, &err), 0);
	lock_release(&second);
	assert_int_equal(lock_take(&second, path_in(w, "no/such"), 0, &err), ERR_SYSTEM);
	err_release(&err);
}

static void fifty_processes_lose_no_update(void **state)
{
	enum { PROCESSES = 50, ROUNDS = 4 };
	struct place_of_work *w = *state;
	char expected[16];

	put(w, "n.ini", "0");
	for (int i = 0; i < PROCESSES; i++) {
		if (fork())
			continue;
		for (int k = 0; k < ROUNDS; k++) {
			struct lock lock;
			struct fileset set;
			char *text, next[16];

			if (lock_take(&lock, path_in(w, "lock"), 60, NULL))
				_exit(1);
			text = get(w, "n.ini");
			snprintf(next, sizeof(next), "%d", atoi(text) + 1);
			free(text);
			fileset_init(&set, path_in(w, "intent"));
			fileset_write(&set, path_in(w, "n.ini"), slice_of(next), NULL);
			if (fileset_commit(&set, NULL))
				_exit(2);
			fileset_release(&set);
			lock_release(&lock);
		}
		_exit(0);
	}
	for (int i = 0; i < PROCESSES; i++) {
		int status;

		assert_true(wait(&status) > 0);
		assert_int_equal(status, 0);
	}
	snprintf(expected, sizeof(expected), "%d", PROCESSES * ROUNDS);
	check(w, "n.ini", expected);
}

/* A regular file is mapped; a pipe, and what says it is empty, are read; both give the same bytes. */
static void a_view_is_the_file(void **state)
{
	struct place_of_work *w = *state;
	const char *path = path_in(w, "large"), *pipe_path = path_in(w, "pipe");
	struct file_view view;
	struct strbuf text;
	struct err err;

	err_init(&err);
	strbuf_init(&text);
	strbuf_add_repeat(&text, "0123456789abcdef", 20000);
	assert_int_equal(file_replace(path, strbuf_slice(&text), &err), 0);
	assert_int_equal(file_view_open(&view, path, &err), 0);
	assert_non_null(view.mapped);
	assert_true(slice_equal(view.bytes, strbuf_slice(&text)));
	file_view_close(&view);
	assert_int_equal(file_replace(path, slice_of(""), &err), 0);
	assert_int_equal(file_view_open(&view, path, &err), 0);
	assert_int_equal(view.bytes.len, 0);
	file_view_close(&view);
	assert_int_equal(mkfifo(pipe_path, 0600), 0);
	if (fork() == 0) {
		int descriptor = open(pipe_path, O_WRONLY);

		_exit(file_write_all(descriptor, strbuf_slice(&text), NULL) ? 1 : 0);
	}
	assert_int_equal(file_view_open(&view, pipe_path, &err), 0);
	assert_null(view.mapped);
	assert_true(slice_equal(view.bytes, strbuf_slice(&text)));
	file_view_close(&view);
	wait(NULL);
	assert_int_equal(file_view_open(&view, path_in(w, "nowhere"), &err), ERR_SYSTEM);
	file_view_close(&view);
	assert_int_equal(file_view_open(&view, w->root, &err), ERR_SYSTEM);
	file_view_close(&view);
	err_release(&err);
	strbuf_release(&text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_view_is_the_file),
		TEST(reading_and_folders),
		TEST(filesets_write_keep_and_remove),
		TEST(one_file_is_replaced_whole_or_not_at_all),
		TEST(a_changed_file_is_a_conflict),
		TEST(a_full_disk_leaves_the_old),
		TEST(a_kill_at_any_system_call_leaves_old_or_new),
		TEST(recovery_itself_may_be_killed),
		TEST(an_edit_after_the_crash_is_not_lost),
		TEST(a_file_that_changes_under_us_is_a_conflict),
		TEST(a_torn_or_foreign_record_does_nothing),
		TEST(a_record_does_not_reach_out),
		TEST(a_second_lock_waits_then_names_the_holder),
		TEST(fifty_processes_lose_no_update),
	};

	return cmocka_run_group_tests_name("base/file", tests, NULL, NULL);
}
