/*
 * The project's text as it stands in a revision (model/source.h), by the rules of the work tree's source: every *.ini below
 * the folder; dot-folders, folders with a pmt.ini of their own and folders behind links are left out. A linked file
 * is not followed: reading it is an error. A file's identity is its blob id; a link has none. The repository must outlive the source.
 */
#ifndef GIT_SOURCE_TREE_H
#define GIT_SOURCE_TREE_H

#include "git/repository.h"
#include "model/source.h"

/* folder: as repository_find_project gives it. ERR_NOWHERE when the revision has no such folder. */
int source_tree_new(struct repository *repository, const struct revision *revision, const char *folder,
	struct source **out, struct err *err);

#endif
