/*
 * What two states of a project say differently, as changes that outlive both.
 *
 * Records are the same when kind and id are; fields compare by their logical text, so where a record stands, the order
 * of its fields and its comments are no change. A record that went while another of its kind came that says the same
 * under a new id was renamed; a reference that merely follows a renaming is no change. Journals have no records of
 * their own to add or remove: what changes is what a date says.
 */
#ifndef HISTORY_CHANGE_H
#define HISTORY_CHANGE_H

#include "base/arena.h"
#include "base/slice.h"
#include "base/vec.h"
#include "model/kind.h"
#include "model/project.h"

enum history_action { HISTORY_ADDED, HISTORY_REMOVED, HISTORY_CHANGED, HISTORY_RENAMED };

struct history_change {
	const struct kind *kind;
	struct slice id, title; /* as they are afterwards; of what was removed as they were */
	enum history_action action;
	uint8_t parent;     /* RENAMED by a merge: the parent (from 1) that has the old id; else 0: all of them */
	struct slice field; /* CHANGED: its name; of a journal the date */
	struct slice before, after; /* CHANGED: at NULL when the field was or is absent. RENAMED: the ids */
	struct slice author;        /* of the log: who committed it; empty: not committed */
};

/* Appends struct history_change, texts in the arena: by kind in the manual's order, of each what was added and
 * changed, then removed. */
void history_compare(
	const struct project *before, const struct project *after, struct arena *arena, struct vec *changes);

/* One file of the two states; at NULL where it is absent. */
struct history_text {
	const char *path; /* below the project's folder */
	struct slice before, after;
};
/*
 * The same for files, of which only the sections around what differs are read. A state that cannot be read as a
 * project (of a newer format) changes nothing: false.
 */
bool history_compare_texts(const struct history_text *texts, size_t count, struct arena *arena, struct vec *changes);

#endif
