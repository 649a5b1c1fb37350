#include "history/walk-internal.h"

#include "base/alloc.h"
#include "base/pool.h"
#include "base/process.h"

#include <stdlib.h>
#include <string.h>

enum { BATCH = 250 /* commits whose blobs are in memory at a time */, DAYS_OF_GRACE = 7 };

struct git_call walking_call(const struct walking *w, struct strbuf *output, struct strbuf *errors)
{
	const struct repository *r = w->walk->repository;

	return (struct git_call){ .folder = r->work_folder ? r->work_folder : r->git_folder,
		.environment = w->environment,
		.output = output,
		.errors = errors };
}

bool walking_item(struct slice *rest, struct slice *item)
{
	size_t end;

	if (rest->len == 0)
		return false;
	end = slice_find(*rest, '\0');
	*item = slice_new(rest->at, end);
	*rest = slice_from(*rest, end + 1);
	return true;
}

static bool is_hidden(struct slice path)
{
	for (size_t i = 0; i < path.len; i++)
		if (path.at[i] == '.' && (i == 0 || path.at[i - 1] == '/'))
			return true;
	return false;
}

bool walking_is_text(const struct walking *w, struct slice path, struct slice *inner)
{
	size_t skip = strlen(w->walk->folder);

	if (skip && (path.len <= skip || path.at[skip] != '/' || memcmp(path.at, w->walk->folder, skip) != 0))
		return false;
	*inner = slice_from(path, skip ? skip + 1 : 0);
	for (size_t i = 0; i < w->nested.len; i++)
		if (slice_starts(*inner, w->nested.items[i]))
			return false;
	return slice_ends(*inner, ".ini") && !is_hidden(*inner);
}

int walking_find_nested(struct walking *w, struct err *err)
{
	struct strbuf list;
	struct git_call call = walking_call(w, &list, NULL);
	const char *folder = *w->walk->folder ? w->walk->folder : NULL;
	const char *const arguments[] = { "ls-tree", "-r", "-z", "--name-only", "--full-tree",
		w->walk->from ? w->walk->from : "HEAD", "--", folder, NULL };
	struct slice rest, path, inner;
	int status = 0;

	if (w->nested_known)
		return 0;
	w->nested_known = true;
	strbuf_init(&list);
	if (git_run(&call, arguments, &status, err) < 0)
		status = err->code;
	rest = strbuf_slice(&list);
	while (status == 0 && walking_item(&rest, &path))
		if (slice_ends(path, "/pmt.ini") && walking_is_text(w, path, &inner) && inner.len > strlen("pmt.ini"))
			strvec_push_slice(&w->nested, slice_new(inner.at, inner.len - strlen("pmt.ini")));
	strbuf_release(&list);
	return status < 0 ? status : 0;
}

/* "2026-03-02T09:00:00+08:00" → civil minutes as the committer's clock showed them. */
static moment_t read_when(struct slice text)
{
	moment_t moment;
	bool has_time;

	if (moment_parse(slice_new(text.at, text.len < 16 ? text.len : 16), &moment, &has_time) != CIVIL_OK)
		return MOMENT_NONE;
	return moment;
}

/* The part up to \2, which is cut off. */
static struct slice next_part(struct slice *rest)
{
	size_t end = slice_find(*rest, '\2');
	struct slice part = slice_new(rest->at, end);

	*rest = slice_from(*rest, end + 1);
	return part;
}

/* \1 id \2 parents \2 date \2 author \2 email \2 subject \2 message, a NUL behind each. */
static void read_list(struct walking *w, struct slice rest)
{
	moment_t since = w->walk->since, until = w->walk->until;
	struct slice item;

	while (walking_item(&rest, &item)) {
		struct history_commit commit = { 0 };

		if (item.len == 0 || item.at[0] != '\1')
			continue;
		item = slice_from(item, 1);
		commit.id = next_part(&item);
		commit.parents = next_part(&item);
		commit.when = read_when(next_part(&item));
		commit.author = next_part(&item);
		commit.email = next_part(&item);
		commit.subject = next_part(&item);
		commit.message = item;
		if ((!since || commit.when >= since) && (!until || commit.when <= until))
			vec_append(&w->commits, &commit);
	}
}

/* Why git cannot tell: what is wrong with the repository and what mends it, else git's own words. */
static int list_failure(struct walking *w, struct slice words, struct err *err)
{
	struct revision head;
	struct err reason;

	err_init_like(&reason, err);
	if (repository_resolve(w->walk->repository, w->walk->from ? w->walk->from : "HEAD", &head, &reason) ==
		ERR_INPUT) {
		err_take(err, &reason);
	} else {
		err_set(err, ERR_INPUT, "the history cannot be read: git log: %.*s", (int)words.len,
			words.len ? words.at : "");
		err_hint(err, "'git fsck' tells what is damaged; 'git fetch' may bring what is missing");
	}
	err_release(&reason);
	return ERR_INPUT;
}

static int list_commits(struct walking *w, struct err *err)
{
	struct strbuf list, errors;
	struct git_call call = walking_call(w, &list, &errors);
	/* --all-match chooses nothing without --grep: an option that is not wanted. */
	char since[CIVIL_TEXT + sizeof("--since=")] = "--all-match", text[CIVIL_TEXT];
	const char *const arguments[] = { "log", "-z", "--date-order", "--no-show-signature", "--no-color",
		"--no-notes", "--encoding=UTF-8", "--format=%x01%H%x02%P%x02%cI%x02%aN%x02%aE%x02%s%x02%B",
		w->walk->first_parent ? "--first-parent" : "--all-match", since, w->walk->from ? w->walk->from : "--",
		w->walk->from ? "--" : NULL, NULL };
	int status = 0, result;

	/* Git counts in its own zone, and clocks differ; what is too old is left out when it is read. */
	if (w->walk->since > DAYS_OF_GRACE * MINUTES_PER_DAY)
		snprintf(since, sizeof(since), "--since=%s",
			moment_print(w->walk->since - DAYS_OF_GRACE * MINUTES_PER_DAY, text));
	strbuf_init(&list);
	strbuf_init(&errors);
	result = git_run(&call, arguments, &status, err);
	if (result == 0 && status == 0)
		read_list(w, arena_slice(w->arena, strbuf_slice(&list)));
	else if (result == 0 && (w->walk->from || !strstr(errors.buf, "does not have any commits yet")))
		result = list_failure(w, slice_trim(strbuf_slice(&errors)), err);
	strbuf_release(&list);
	strbuf_release(&errors);
	return result;
}

/* Commits from `at` on: what the cache knows, then one batch of those that it does not. *next: behind those that are
 * complete. */
static int read_batch(struct walking *w, struct history_cache *cache, size_t at, size_t *next, struct err *err)
{
	struct history_commit *commits = w->commits.items;
	size_t numbers[BATCH], count = 0;
	int status = 0;

	for (*next = at; *next < w->commits.len && count < BATCH; (*next)++)
		if (!cache_find(cache, w->arena, &commits[*next]))
			numbers[count++] = *next;
	if (count == 0)
		return 0;
	status = walking_find_nested(w, err);
	if (status == 0)
		status = walking_read_changes(w, numbers, count, err);
	for (size_t i = 0; i < count && status == 0; i++)
		cache_add(cache, &commits[numbers[i]]);
	return status < 0 ? status : (int)count;
}

static int visit_commits(struct walking *w, struct err *err)
{
	const struct history_commit *commits = w->commits.items;
	struct history_cache cache;
	size_t at = 0, next = w->commits.len;
	bool more = true, added = false;
	int status = 0;

	cache_open(&cache, w->walk, w->arena);
	while (more && at < w->commits.len) {
		if (!w->walk->no_changes)
			status = read_batch(w, &cache, at, &next, err);
		if (status < 0)
			break;
		added = added || status > 0;
		for (; at < next && more; at++)
			more = w->walk->visit(w->walk->context, &commits[at]);
	}
	cache_close(&cache, added);
	return status < 0 ? status : 0;
}

static int visit_uncommitted(struct walking *w, struct slice list, bool *more, struct err *err)
{
	struct history_commit commit = { .when = MOMENT_NONE };
	int status = walking_read_uncommitted(w, list, &commit, err);

	if (status == 0)
		*more = w->walk->visit(w->walk->context, &commit);
	return status;
}

static char **make_environment(const struct repository *repository)
{
	char **found = repository_environment(repository);
	char **environment = environment_with(found, (const char *const[]){ "LC_ALL=C", NULL });

	environment_free(found);
	return environment;
}

/* What git is asked first; it takes its time, so both at once. */
enum question { QUESTION_COMMITS, QUESTION_UNCOMMITTED, QUESTIONS };

struct asking {
	struct walking *w;
	struct strbuf uncommitted;
	struct err errors[QUESTIONS];
};

static void ask_one(void *context, size_t question, unsigned worker)
{
	struct asking *a = context;

	(void)worker;
	if (question == QUESTION_COMMITS)
		list_commits(a->w, &a->errors[question]);
	else
		walking_list_uncommitted(a->w, &a->uncommitted, &a->errors[question]);
}

static int ask(struct asking *a, size_t questions, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < questions; i++)
		err_init_like(&a->errors[i], err);
	pool_run(0, questions, ask_one, a, NULL);
	for (size_t i = 0; i < questions; i++) {
		if (a->errors[i].code && status == 0)
			status = err_take(err, &a->errors[i]);
		err_release(&a->errors[i]);
	}
	return status;
}

int history_walk(const struct history_walk *walk, struct arena *arena, bool *cut, struct err *err)
{
	struct walking w = { .walk = walk, .arena = arena };
	bool uncommitted = walk->uncommitted && walk->repository->work_folder, more = true;
	struct asking asking = { .w = &w };
	int status;

	w.environment = make_environment(walk->repository);
	vec_init(&w.commits, sizeof(struct history_commit));
	strvec_init(&w.nested);
	strbuf_init(&asking.uncommitted);
	status = ask(&asking, uncommitted ? QUESTIONS : QUESTION_COMMITS + 1, err);
	if (status == 0 && uncommitted)
		status = visit_uncommitted(&w, strbuf_slice(&asking.uncommitted), &more, err);
	if (status == 0 && more)
		status = visit_commits(&w, err);
	if (cut)
		*cut = repository_is_shallow(walk->repository);
	strbuf_release(&asking.uncommitted);
	vec_release(&w.commits);
	strvec_release(&w.nested);
	environment_free(w.environment);
	return status;
}
