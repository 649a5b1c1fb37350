/*
 * Where a project's text comes from: a work tree, a git revision (lib/git/source_tree.h) or memory.
 * Nothing above this interface knows which.
 */
#ifndef MODEL_SOURCE_H
#define MODEL_SOURCE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stdbool.h>

struct source {
	/*
	 * Paths of all *.ini files of the project relative to its root, '/' between, sorted
	 * bytewise. Left out are dot-files and dot-folders, folders with a pmt.ini of their own,
	 * other repositories (submodules), and folders behind symbolic links. A folder that cannot be listed stands here as
	 * "folder/": reading it gives the reason. [project] include and exclude are applied by
	 * project_load, the same for every source.
	 */
	int (*list)(struct source *source, struct strvec *paths, struct err *err);
	/*
	 * What steers how the text is read without being part of it, relative to the root, sorted bytewise: the .gitattributes of every folder
	 * listed and of those above it in the repository ("../.gitattributes"), and "folder/pmt.ini" of each project that stands below. As the
	 * last list saw them. NULL: the source knows of none.
	 */
	int (*steering)(struct source *source, struct strvec *paths, struct err *err);
	/*
	 * Names that are one where file systems ignore case or Unicode form (source_names.h), struct source_twin, texts of the source. As the
	 * last list saw them. NULL: the source knows of none.
	 */
	void (*twins)(struct source *source, struct vec *out);
	/* The file's bytes; they live as long as the source. ERR_SYSTEM when unreadable; ERR_INPUT for a link in history,
	 * which has none of its own. */
	int (*read)(struct source *source, const char *path, struct slice *out, struct err *err);
	/* Object id of a file in hex, for caches and comparison; NULL where there is none, as of what is read as an
	 * error. */
	const char *(*identity)(struct source *source, const char *path);
	void (*release)(struct source *source);
	const char *name; /* "work tree", "HEAD~3", … for messages */
	const char *root; /* folder of pmt.ini for a work tree, else NULL */
};

/* Files below `root` (the folder with pmt.ini). */
struct source *source_worktree_new(const char *root);
/* For tests, fuzzers, previews: source_memory_add copies, and replaces a file of that path. */
struct source *source_memory_new(void);
void source_memory_add(struct source *source, const char *path, struct slice bytes);
/*
 * `under` as editing would leave it: files that are set replace its own, or join them. An empty file stands for one that is removed. What was
 * read from it before a file was set stays as it was. Borrows `under`.
 */
struct source *source_patch_new(struct source *under);
void source_patch_set(struct source *source, const char *path, struct slice bytes);
/* Releases and frees any source. NULL is fine. */
void source_free(struct source *source);

#endif
