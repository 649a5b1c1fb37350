/*
 * A git repository: where it is, and how to ask it.
 *
 * Finding one, its folders, its shallowness and whether its refs have moved is done by reading a few
 * files: it costs microseconds. Objects and history are read through libgit2, which is loaded when first
 * asked for (it takes 10 to 20 ms to start, most of it for TLS certificates that pmt never needs). Whatever touches
 * the work tree, config or other repositories goes through the `git` program, with hooks and signing as the user
 * set them up. One struct repository may be used by one thread at a time.
 *
 * Failures: ERR_NOWHERE when there is no repository; ERR_INPUT when there is one that cannot be read
 * (another user's, SHA-256, an unknown extension, damaged): message and hint name the reason and the command that mends it.
 */
#ifndef GIT_REPOSITORY_H
#define GIT_REPOSITORY_H

#include "base/civil.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

struct git_objects; /* private: libgit2 and its open repository */

struct repository {
	char *work_folder;   /* top of this work tree, absolute; NULL: bare */
	char *git_folder;    /* private folder of this work tree (".git", ".git/worktrees/x", …) */
	char *common_folder; /* the shared one: refs, objects, config */
	char *const *environment; /* borrowed: for the programs that are run */
	struct git_objects *objects;
};

/*
 * The repository that `from` (absolute) lies in: GIT_DIR and GIT_WORK_TREE of the environment (as hooks have them),
 * else the nearest .git upward (folder, or the file of a linked work tree or submodule), else a bare repository.
 * environment is borrowed for the repository's life. repository_release is safe also after a failure.
 */
int repository_find(struct repository *repository, const char *from, char *const *environment, struct err *err);
void repository_release(struct repository *repository);

/*
 * The environment in which `git` finds this repository from any folder: a GIT_DIR of ours is made absolute. Free it
 * with environment_free.
 */
char **repository_environment(const struct repository *repository);

/* True when history has been cut off (git clone --depth): comparisons with the past may be incomplete. */
bool repository_is_shallow(const struct repository *repository);
/* True when objects have been left out (git clone --filter): reading one that is not there fails, and says so. */
bool repository_is_partial(const struct repository *repository);
/* Folder of pmt's own state, made when absent: GIT_FOLDER/pmt of the work tree, or of the shared folder. */
int repository_state_folder(const struct repository *repository, bool shared, struct strbuf *out, struct err *err);
/* Path below the work tree's top ("" for the top itself, "pm" …); false when `path` (absolute) is outside. */
bool repository_path_inside(const struct repository *repository, const char *path, struct strbuf *out);

enum { GIT_HEX = 41 };

/* One commit. */
struct revision {
	char id[GIT_HEX];
	moment_t committed; /* committer date as civil time in the committer's own offset */
	moment_t committed_utc;
};

/*
 * --at: anything git takes for a commit ("HEAD~5", "v1.0", "baseline/1", "main@{yesterday}"), or a date
 * "2026-03-02", "2026-03-02 14:00": the last first-parent commit of HEAD by then (a day counts to its end).
 * ERR_INPUT when there is none; says so when history is cut off before that date.
 */
int repository_resolve(struct repository *repository, const char *text, struct revision *out, struct err *err);
/* Shortest unambiguous id, at least 7 letters. */
int repository_short_id(struct repository *repository, const struct revision *revision, struct strbuf *out,
	struct err *err);

/*
 * The project's folder inside a revision: `hint` ("" or a path below the top) or a folder above it that has pmt.ini
 * or pm/pmt.ini there; else the only pmt.ini of the whole tree. *out gets the folder ("" for the top).
 * ERR_NOWHERE when there is none, ERR_INPUT when there are several to choose from.
 */
int repository_find_project(struct repository *repository, const struct revision *revision, const char *hint,
	struct strbuf *out, struct err *err);

/* Version of the libgit2 that is loaded: "1.5.1". */
int git_version(struct strbuf *out, struct err *err);

#endif
