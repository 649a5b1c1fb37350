#include "git/repository.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/process.h"
#include "git/library-internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *join(const char *folder, const char *name)
{
	struct strbuf path;

	strbuf_init(&path);
	if (*name != '/')
		strbuf_addf(&path, "%s/", strcmp(folder, "/") ? folder : "");
	strbuf_add_str(&path, name);
	return path.buf;
}

static bool has(const char *folder, const char *name)
{
	char *path = join(folder, name);
	bool found = file_exists(path);

	free(path);
	return found;
}

/* Something that this user may not look at, or not even for. */
static bool is_barred(const char *folder, const char *name)
{
	char *path = join(folder, name);
	bool barred = access(path, R_OK) && errno == EACCES;

	free(path);
	return barred;
}

/* The path inside a one-line file, made absolute from `folder`; NULL when there is no such file. */
static char *read_pointer(const char *folder, const char *name, const char *prefix)
{
	char *path = join(folder, name), *target = NULL;
	struct strbuf text;
	struct slice line;

	strbuf_init(&text);
	if (!file_is_folder(path) && file_exists(path) && !file_read(&text, path, NULL)) {
		line = strbuf_slice(&text);
		if (slice_starts(line, prefix)) {
			line = slice_trim(slice_from(line, strlen(prefix)));
			strbuf_truncate(&text, (size_t)(line.at - text.buf) + line.len);
			target = join(folder, text.buf + (line.at - text.buf));
		}
	}
	strbuf_release(&text);
	free(path);
	return target;
}

static char *resolved(char *path)
{
	char *real = realpath(path, NULL);

	if (!real)
		return path;
	free(path);
	return real;
}

static int damage(const struct repository *repository, const char *work_folder, struct err *err)
{
	const char *folder = repository->git_folder;

	if (is_barred(folder, "HEAD") || is_barred(repository->common_folder, "objects") ||
		is_barred(repository->common_folder, "refs")) {
		err_set(err, ERR_INPUT, "'%s' cannot be read: %s", folder, strerror(EACCES));
		err_hint(err, "ask for read permission, or give it: chmod -R u+rX '%s'", folder);
	} else if (!file_exists(folder)) {
		err_set(err, ERR_INPUT, "'%s' is damaged: it does not exist", folder);
		err_hint(err, "the work tree or submodule was moved: git worktree repair, or git submodule update --init");
	} else {
		err_set(err, ERR_INPUT, "'%s' is damaged: %s", folder,
			has(folder, "HEAD") ? err_word(err, "objects or refs are missing")
					    : err_word(err, "HEAD is missing"));
		err_hint(err, "clone it anew, or mend it: git -C '%s' fsck", work_folder ? work_folder : folder);
	}
	return ERR_INPUT;
}

/* Fills the folders from a git folder; ERR_INPUT when it is none. */
static int use_git_folder(struct repository *repository, char *git_folder, const char *work_folder, struct err *err)
{
	char *common = read_pointer(git_folder, "commondir", "");

	repository->git_folder = resolved(git_folder);
	repository->common_folder = common ? resolved(common) : xstrdup(repository->git_folder);
	repository->work_folder = work_folder ? resolved(xstrdup(work_folder)) : NULL;
	if (has(repository->git_folder, "HEAD") && has(repository->common_folder, "objects") &&
		has(repository->common_folder, "refs"))
		return 0;
	return damage(repository, work_folder, err);
}

/* A path of the environment is relative to the current folder, as git takes it, else to `from`. */
static char *from_environment(const char *from, const char *path)
{
	char *real = realpath(path, NULL);

	return real ? real : join(from, path);
}

static bool is_bare(const char *git_folder)
{
	char *path = join(git_folder, "config");
	struct strbuf text;
	bool bare;

	strbuf_init(&text);
	bare = !file_read(&text, path, NULL) && strcasestr(text.buf, "bare = true");
	strbuf_release(&text);
	free(path);
	return bare;
}

/*
 * The work tree of a git folder that was named alone, as hooks find it: beside ".git", or where a linked work
 * tree's "gitdir" says; NULL: bare.
 */
static char *work_folder_of(const char *git_folder, const char *from)
{
	char *pointer = read_pointer(git_folder, "gitdir", ""), *slash;
	char *path = pointer ? pointer : xstrdup(git_folder);

	slash = strrchr(path, '/');
	if (slash && !strcmp(slash, "/.git")) {
		slash[slash == path] = '\0';
		return path;
	}
	free(path);
	return is_bare(git_folder) ? NULL : xstrdup(from);
}

static int use_environment(struct repository *repository, const char *from, const char *git_dir, struct err *err)
{
	const char *work = environment_get(repository->environment, "GIT_WORK_TREE");
	char *git_folder = from_environment(from, git_dir), *work_folder;
	int rc;

	if (!file_exists(git_folder)) {
		rc = err_set(err, ERR_NOWHERE, "GIT_DIR is '%s', which does not exist", git_dir);
		free(git_folder);
		return rc;
	}
	work_folder = work ? from_environment(from, work) : work_folder_of(git_folder, from);
	rc = use_git_folder(repository, git_folder, work_folder, err);
	free(work_folder);
	return rc;
}

static bool is_git_folder(const char *folder)
{
	return has(folder, "HEAD") && has(folder, "objects") && has(folder, "refs");
}

/* 1 when the folder is a repository's or the top of a work tree, 0 when not. */
static int try_folder(struct repository *repository, const char *folder, struct err *err)
{
	char *path = join(folder, ".git"), *target = NULL;
	int rc = 0;

	if (file_is_folder(path))
		target = xstrdup(path);
	else if (file_exists(path))
		target = read_pointer(folder, ".git", "gitdir:");
	if (target)
		rc = use_git_folder(repository, target, folder, err);
	else if (is_git_folder(folder))
		rc = use_git_folder(repository, xstrdup(folder), NULL, err);
	else
		rc = -1;
	free(path);
	if (rc == -1 && !target)
		return 0;
	return rc ? rc : 1;
}

int repository_find(struct repository *repository, const char *from, char *const *environment, struct err *err)
{
	const char *git_dir = environment_get(environment, "GIT_DIR");
	char *at, *slash;
	int rc;

	*repository = (struct repository){ .environment = environment };
	if (git_dir)
		return use_environment(repository, from, git_dir, err);
	at = resolved(xstrdup(from));
	while (!(rc = try_folder(repository, *at ? at : "/", err)) && *at) {
		slash = strrchr(at, '/');
		if (!slash)
			break;
		*slash = '\0';
	}
	free(at);
	if (rc)
		return rc < 0 ? rc : 0;
	err_set(err, ERR_NOWHERE, "not a git repository: '%s', nor any folder above it", from);
	err_hint(err, "make one: git init");
	return ERR_NOWHERE;
}

void repository_release(struct repository *repository)
{
	git_objects_close(repository);
	free(repository->work_folder);
	free(repository->git_folder);
	free(repository->common_folder);
	*repository = (struct repository){ 0 };
}

bool repository_is_shallow(const struct repository *repository)
{
	char *path = join(repository->common_folder, "shallow");
	struct strbuf text;
	bool shallow;

	strbuf_init(&text);
	shallow = file_exists(path) && !file_read(&text, path, NULL) && text.len;
	strbuf_release(&text);
	free(path);
	return shallow;
}

bool repository_is_partial(const struct repository *repository)
{
	char *path = join(repository->common_folder, "config");
	struct strbuf text;
	bool partial;

	strbuf_init(&text);
	partial = !file_read(&text, path, NULL) && strcasestr(text.buf, "partialclone");
	strbuf_release(&text);
	free(path);
	return partial;
}

int repository_state_folder(const struct repository *repository, bool shared, struct strbuf *out, struct err *err)
{
	char *path = join(shared ? repository->common_folder : repository->git_folder, "pmt");
	int rc = file_make_folders(path, err);

	if (!rc)
		strbuf_add_str(out, path);
	free(path);
	return rc;
}

bool repository_path_inside(const struct repository *repository, const char *path, struct strbuf *out)
{
	size_t len = repository->work_folder ? strlen(repository->work_folder) : 0;
	char *real = resolved(xstrdup(path));
	bool inside;

	if (len == 1) /* the root of the file system */
		len = 0;
	inside = repository->work_folder && !strncmp(real, repository->work_folder, len) &&
		(real[len] == '/' || !real[len]);
	if (inside)
		strbuf_add_str(out, real[len] ? real + len + 1 : "");
	free(real);
	return inside;
}

char **repository_environment(const struct repository *repository)
{
	struct strvec extra;
	char **environment;

	strvec_init(&extra);
	if (environment_get(repository->environment, "GIT_DIR")) {
		strvec_pushf(&extra, "GIT_DIR=%s", repository->git_folder);
		if (repository->work_folder)
			strvec_pushf(&extra, "GIT_WORK_TREE=%s", repository->work_folder);
	}
	environment = environment_with(repository->environment, (const char *const *)extra.items);
	strvec_release(&extra);
	return environment;
}
