/*
 * The journal of what pmt wrote, so that the last change can be taken back.
 *
 * For each file a command writes, the sections that it changed are kept, as they were and as they became, in
 * STATE/undo/open; when the command ends, undo_close gives them a number and says which command it was. The newest
 * MOST entries are kept.
 *
 * Taking an entry back puts the old sections where the new ones stand. A file that is as the command left it is
 * restored byte for byte; in one that was edited since, the new sections must still stand there, once, word for word:
 * then nobody else's edit is touched. Otherwise it is a conflict, and nothing is written.
 *
 * What takes an entry back is an entry itself (`of` names the one), and can be taken back: that is how a change is
 * made again. The caller holds the project's write lock. Journals are written as best one can: that one cannot be kept
 * never fails the change.
 */
#ifndef MODEL_UNDO_H
#define MODEL_UNDO_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/err.h"
#include "base/file.h"
#include "base/slice.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct undo_change {
	const char *path;           /* absolute */
	struct slice before, after; /* whole sections; at NULL: there was, is no file */
	uint32_t front, back;       /* bytes of the file in front of and behind `after` */
	uint64_t digest;            /* of the whole file as it was left */
	size_t length;
};

struct undo_entry {
	uint32_t number;
	uint32_t of; /* the entry this one takes back; 0: none */
	moment_t when;
	bool committed;     /* the command committed it */
	bool taken_back;    /* by a later one, which was not taken back itself */
	struct slice label; /* the command line */
	const struct undo_change *changes;
	size_t change_count;
};

/* A file that was written: keeps what it takes to put it back. before, after: the whole text, at NULL where there is
 * no file. */
void undo_keep(const char *state, const char *path, struct slice before, struct slice after);
/* Is there something kept that belongs to no entry yet? */
bool undo_is_open(const char *state);
struct undo_closing {
	struct slice label;
	moment_t when;
	uint32_t of;
	bool committed;
};
void undo_close(const char *state, const struct undo_closing *closing);

/* Entries, oldest first; texts in the arena. What cannot be read is left out. */
void undo_read(const char *state, struct arena *arena, struct vec *entries);
/* The entry that `undo` (again: `undo --redo`) takes back; NULL when there is none. */
const struct undo_entry *undo_last(const struct vec *entries, bool again);
/*
 * Plans to put the entry's files back, and tells what each holds now and then. ERR_CONFLICT when one was edited since,
 * so that it cannot; ERR_INPUT when it stands outside the folder `inside`.
 */
int undo_plan(const struct undo_entry *entry, const char *inside, struct fileset *files, struct arena *arena,
	struct vec *texts /* struct undo_text */, struct err *err);
struct undo_text {
	const char *path;       /* absolute */
	struct slice now, then; /* at NULL: no file */
};

#endif
