/*
 * Files: whole reads, locks, and atomic writes of several files at once.
 *
 * A fileset is all or nothing, also across kill -9 and power loss: new contents go to temporary
 * files beside their targets and are fsynced, an intent record that lists them (with digests) is written and
 * fsynced, then they are renamed and the folders fsynced, then the record is removed. The next
 * fileset_recover finishes a record that is complete and drops one that is not.
 * Mode and symlinks of the targets are kept (a symlink's target is replaced, not the link).
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stdbool.h>
#include <sys/types.h>

/* Whole file appended to out. ERR_SYSTEM with path and reason; of a pipe or a device 256 MiB are read, more is an error. */
int file_read(struct strbuf *out, const char *path, struct err *err);
/*
 * The bytes of a file that may be large, to be read once from front to back: a regular file is mapped, so that the system
 * brings its pages in and drops them again; what cannot be mapped (a pipe) is read whole. The bytes live until it is
 * closed, which is to be done in any case. Not for files that others write in place meanwhile.
 */
struct file_view {
	struct slice bytes;
	void *mapped;       /* private: NULL: they stand in `read` */
	struct strbuf read; /* private */
};
int file_view_open(struct file_view *view, const char *path, struct err *err);
void file_view_close(struct file_view *view);
bool file_exists(const char *path);
bool file_is_folder(const char *path);
/* Makes path and its parents like mkdir -p. */
int file_make_folders(const char *path, struct err *err);
/* Removes a folder and all below it; for temporary folders of our own. */
int file_remove_tree(const char *path, struct err *err);
/* Write all bytes to a descriptor, through EINTR and short writes. */
int file_write_all(int descriptor, struct slice bytes, struct err *err);

/*
 * One file written piece by piece: what is written stands beside it under another name and takes its place, whole, at the
 * end. For output that can be made again: there is no lock and no record to recover from. A symlink's target is replaced;
 * what is no regular file (a pipe, a terminal) is written to as it goes. Folders are made as needed.
 */
struct file_writer {
	char *path, *temporary; /* temporary NULL: written to in place */
	int descriptor;
};
int file_writer_open(struct file_writer *writer, const char *path, struct err *err);
int file_writer_add(struct file_writer *writer, struct slice bytes, struct err *err);
/* Ends it either way: with `rc` 0 the file is replaced, with an error nothing changes. Returns rc or an error of its own. */
int file_writer_close(struct file_writer *writer, int rc, struct err *err);
/* The same for text that is there as a whole. */
int file_replace(const char *path, struct slice bytes, struct err *err);

/*
 * An exclusive advisory lock, fcntl based on an open file description (released when the process
 * ends, however it ends). Waits up to `seconds`, then ERR_CONFLICT naming who holds it (the pid in the file).
 */
struct lock {
	int descriptor; /* -1: not held */
};
int lock_take(struct lock *lock, const char *path, double seconds, struct err *err);
void lock_release(struct lock *lock);

struct fileset {
	struct vec items; /* private */
	char *intent;     /* path of the intent record */
};

/* intent: where the record goes, e.g. ROOT/.git/pmt/intent or ROOT/.pmt-intent; same file system as the files. */
void fileset_init(struct fileset *set, const char *intent);
void fileset_release(struct fileset *set); /* drops what was not committed, removing temporaries */
/*
 * Plans path to hold contents (copied). `expected` is what the caller read: when the file holds something else by
 * now, commit fails with ERR_CONFLICT and nothing is written. A slice whose `at` is NULL expects that there is no
 * file yet; a NULL pointer expects nothing. Folders are made as needed. A later plan for the same path replaces an earlier.
 */
void fileset_write(struct fileset *set, const char *path, struct slice contents, const struct slice *expected);
void fileset_remove(struct fileset *set, const char *path, const struct slice *expected);
/*
 * Does it. The caller holds a lock that keeps other writers with this intent out, and has called fileset_recover
 * since it holds it (a record whose files lie beside and below it is mended here). Afterwards the set is empty.
 */
int fileset_commit(struct fileset *set, struct err *err);
/*
 * Finishes or drops what an interrupted commit left; 1 when something was mended, 0 when not, or negative:
 * ERR_CONFLICT when a file was edited since, so that finishing would lose text (the hint names both), or when the
 * record speaks of a file outside the folder `inside`: a record may have come with a folder from elsewhere.
 */
int fileset_recover(const char *intent, const char *inside, struct err *err);

#endif
