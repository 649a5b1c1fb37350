/*
 * What a section's header and an id mean, for all who read sections without loading a project.
 */
#ifndef MODEL_HEADER_H
#define MODEL_HEADER_H

#include "base/arena.h"
#include "base/slice.h"
#include "model/kind.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * "task T-12" → its two words. The kind is NULL when there is none of that name; id is what
 * follows, trimmed.
 */
struct header {
	const struct kind *kind;
	struct slice word, id;
};
struct header header_parse(struct slice text);
/* NFC and case folding, the form in which ids compare; a slice of id itself when that changes nothing. */
struct slice id_fold(struct slice id, struct arena *arena);
/* The same without an arena, for look-ups: ASCII ids up to `size` bytes; else false. */
enum { ID_SMALL = 64 };
bool id_fold_small(struct slice id, char *room, size_t size, struct slice *folded);
/* The id in Unicode's composed form (NFC), in which ids are written; a slice of id itself when it
 * already is. */
struct slice id_compose(struct slice id, struct arena *arena);
/* The number of an automatic id: 12 for "t-12" with the prefix "t", both folded; false for ids of another form. */
bool id_number(struct slice folded, struct slice prefix, uint64_t *number);
/* Journal keys are the ones that begin with a digit. */
bool key_is_moment(const struct kind *kind, struct slice key);

#endif
