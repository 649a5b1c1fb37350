/*
 * .gitattributes that would have git write other text than what is committed: `filter`, `ident` and `working-tree-encoding` on a file of the
 * project. What people then read in their work tree is not what was judged.
 */
#ifndef CHANGE_ATTRIBUTES_H
#define CHANGE_ATTRIBUTES_H

#include "base/arena.h"
#include "model/project.h"

/*
 * True, and *what "PATH:LINE ATTRIBUTE" in the arena, when a file of the project has such an attribute. folder: the project's in its
 * repository, "" for the top. What is not understood (quoted patterns) counts as fitting.
 */
bool attributes_alter(const struct project *project, const char *folder, struct arena *arena, const char **what);

#endif
