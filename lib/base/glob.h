/*
 * glob: patterns over paths, read as git reads the lines of .gitignore.
 *
 *   *    any bytes but '/'
 *   **   any bytes; with a '/' behind: any folders, also none
 *   ?    one byte but '/'
 *   [a-z] [!0-9]   one byte of a set, or not of it (ASCII; never '/')
 *
 * A pattern without '/' (a trailing one does not count) is matched against each name of the path,
 * so `node_modules` covers every folder of that name and `*.bak.ini` every such file. A pattern
 * with '/' starts at the root. A pattern that matches a folder covers everything below it. Cost:
 * O(pattern × path), no recursion.
 */
#ifndef BASE_GLOB_H
#define BASE_GLOB_H

#include "base/slice.h"

#include <stdbool.h>

/* Does the pattern match the whole text? */
bool glob_match(struct slice pattern, struct slice text);
/* False when a '[' has no ']' : such a pattern matches only itself. */
bool glob_valid(struct slice pattern);
/* Does the pattern match the path or a folder that it lies in? */
bool glob_covers(struct slice pattern, struct slice path);

#endif
