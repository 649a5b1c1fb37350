/*
 * Where things are: the project's folder, the repository's folder, and pmt's own state folder, found by looking at the
 * file system alone, so that editing and listing never pay for libgit2.
 */
#ifndef CLI_PLACE_H
#define CLI_PLACE_H

#include "base/err.h"
#include "base/strbuf.h"

#include <stdbool.h>

/*
 * The project that `from` (an absolute path) belongs to: the nearest folder upward with a pmt.ini, or with pm/pmt.ini.
 * Appends the folder of the pmt.ini. ERR_NOWHERE with what to do when there is none.
 */
int place_project(const char *from, struct strbuf *out, struct err *err);
/*
 * The repository's private folder (".git", or what a .git file points to) for a folder inside a work tree; false when
 * there is no repository upward. *worktree (may be NULL) gets the top of the work tree.
 */
bool place_git_folder(const char *from, struct strbuf *out, struct strbuf *worktree);
/* The current directory; ERR_SYSTEM when it is gone. */
int place_here(struct strbuf *out, struct err *err);

#endif
