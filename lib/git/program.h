/*
 * What goes through the `git` program: configuration, commits, new repositories, clones.
 *
 * It runs with GIT_NO_REPLACE_OBJECTS=1 and literal pathspecs; what it says on stderr becomes the message of a failure.
 */
#ifndef GIT_PROGRAM_H
#define GIT_PROGRAM_H

#include "git/repository.h"

/*
 * git ARGUMENTS in a folder; arguments end with NULL. output may be NULL. 0 whenever it ran: *status is its exit
 * status, and what it wrote to stderr is appended to errors (may be NULL: dropped).
 */
struct git_call {
	const char *folder; /* absolute; NULL: here */
	char *const *environment;
	struct slice input;
	struct strbuf *output, *errors;
};
int git_run(const struct git_call *call, const char *const *arguments, int *status, struct err *err);
/* The same, but a status other than 0 is ERR_SYSTEM with git's own words. */
int git_must(const struct git_call *call, const char *const *arguments, struct err *err);

/*
 * Values of git's configuration, as git itself sees them from this folder (system, global, local, work tree, includes,
 * GIT_CONFIG_*). folder need not be in a repository.
 */
struct settings {
	struct strvec names, values; /* "pmt.commit": lower case but for a middle part; the last of a name wins */
};
/* Every name that begins with prefix ("pmt."). settings_release is safe also after a failure. */
int settings_read(struct settings *settings, const char *folder, char *const *environment, const char *prefix,
	struct err *err);
void settings_release(struct settings *settings);
/* NULL when not set. */
const char *settings_get(const struct settings *settings, const char *name);
/* One value (user.email) appended to out; false when not set. */
bool settings_value(const char *folder, char *const *environment, const char *name, struct strbuf *out);
/* scope: "local", "global", "worktree", "system". value NULL: unset, also when it is not there. */
int settings_write(const char *folder, char *const *environment, const char *scope, const char *name,
	const char *value, struct err *err);

/*
 * Commits exactly these paths (relative to the top of the work tree), with their removal when they are gone, and nothing
 * else that is staged; hooks and signing apply. committed (may be NULL): false when the paths are as in HEAD already.
 */
int repository_commit(struct repository *repository, const struct strvec *paths, const char *message,
	bool *committed, struct err *err);

/*
 * Ids of the commits that touched a file (its path below the top), from HEAD back, newest first, at most `limit`. No history: none, and no
 * error.
 */
int repository_file_commits(struct repository *repository, const char *path, unsigned limit, struct strvec *out, struct err *err);

/* The first *.ini file below a folder ("" for the top) that is not as in HEAD, untracked ones included; empty when there is none. */
int repository_uncommitted(struct repository *repository, const char *folder, struct strbuf *out, struct err *err);

/*
 * An annotated tag on HEAD; sign: signed as git's configuration says (gpg.format, user.signingKey). Tags are never moved.
 * repository_check_tag: ERR_FAILED when there is one of that name, ERR_USAGE when git takes no such name.
 */
int repository_check_tag(struct repository *repository, const char *name, struct err *err);
int repository_tag(struct repository *repository, const char *name, const char *message, bool sign, struct err *err);
/* Where git keeps something of this repository ("hooks", with core.hooksPath), absolute. */
int repository_own_path(struct repository *repository, const char *name, struct strbuf *out, struct err *err);

/* git init in the folder (made when absent). */
int repository_init(const char *folder, char *const *environment, struct err *err);
/* A clone into an empty or absent folder; depth 0: the full history. */
int repository_clone(const char *url, const char *folder, unsigned depth, char *const *environment, struct err *err);

#endif
