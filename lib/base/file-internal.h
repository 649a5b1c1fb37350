/* What fileset.c and intent.c share. Private to lib/base. */
#ifndef BASE_FILE_INTERNAL_H
#define BASE_FILE_INTERNAL_H

#include "base/digest.h"
#include "base/file.h"

struct fileset_item {
	char *path;      /* the file itself, symlinks resolved */
	char *temporary; /* new contents beside it; NULL: not written, or a removal */
	struct strbuf contents, expected;
	bool removal, has_expected, expected_absent;
	uint8_t old_digest[DIGEST_BYTES], new_digest[DIGEST_BYTES];
	bool existed;
};

/* Folder part of a path, "." when it has none. Caller frees. */
char *path_folder(const char *path);
int sync_folder_of(const char *path, struct err *err);
/* Digest of a file; *exists false (and 0 returned) when there is none. */
int file_digest(const char *path, uint8_t digest[DIGEST_BYTES], bool *exists, struct err *err);
/* One line of the record; paths are written relative to the record's folder. */
void intent_add(struct strbuf *record, const struct fileset_item *item, const char *folder);
/* Ends the record: only with this line is it complete. */
void intent_end(struct strbuf *record);

#endif
