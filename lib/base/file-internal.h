/* What fileset.c and intent.c share. Private to lib/base. */
#ifndef BASE_FILE_INTERNAL_H
#define BASE_FILE_INTERNAL_H

#include "base/digest.h"
#include "base/file.h"

struct fileset_item {
	char *path;      /* the file itself, symlinks resolved */
	char *temporary; /* new contents beside it; NULL: not written, or a removal */
	struct strbuf contents, expected, before; /* new; what the caller read; what was there at commit */
	bool removal, has_expected, expected_absent;
	bool existed;
};

/* Folder part of a path, "." when it has none. Caller frees. */
char *path_folder(const char *path);
int sync_folder_of(const char *path, struct err *err);
/* Reads a file; *exists false (and 0 returned) when there is none. */
int file_read_if_any(struct strbuf *out, const char *path, bool *exists, struct err *err);
/*
 * One line of the record; paths are written relative to the record's folder. A record of one file is never
 * completed, so it does without digests.
 */
void intent_add(struct strbuf *record, const struct fileset_item *item, const char *folder, bool digests);
/* Ends the record: only with this line is it complete. */
void intent_end(struct strbuf *record);

#endif
