/*
 * The project's text as it stands in the index: what the next commit will hold. By the rules of source_tree; files
 * that conflict are left out. Read through the `git` program. It copies what it reads.
 */
#ifndef GIT_SOURCE_INDEX_H
#define GIT_SOURCE_INDEX_H

#include "git/repository.h"
#include "model/source.h"

/* folder: the project's, below the top ("" for the top). */
int source_index_new(struct repository *repository, const char *folder, struct source **out, struct err *err);

#endif
