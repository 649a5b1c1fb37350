/* A file written piece by piece, replaced whole. */
#include "base/file-internal.h"

#include "base/alloc.h"
#include "base/random.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEMPORARY_LETTERS = 10 };

/* ".pmt-…" beside the file: a name no project reads. */
static int name_temporary(struct file_writer *writer, struct err *err)
{
	char letters[TEMPORARY_LETTERS + 1], *folder;
	struct strbuf name;
	int rc = random_base32(letters, TEMPORARY_LETTERS, 0, err);

	if (rc)
		return rc;
	folder = path_folder(writer->path);
	rc = file_make_folders(folder, err);
	strbuf_init(&name);
	strbuf_addf(&name, "%s/.pmt-%s", folder, letters);
	writer->temporary = strbuf_detach(&name);
	free(folder);
	return rc;
}

/* A new file gets the usual mode, another's place is taken with its mode and, where we may, its owner. */
static int open_temporary(struct file_writer *writer, const struct stat *old, struct err *err)
{
	int rc = name_temporary(writer, err);

	if (rc)
		return rc;
	writer->descriptor = open(writer->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (writer->descriptor < 0)
		return err_errno(err, "cannot write beside '%s'", writer->path);
	if (!old)
		return 0;
	/* Not always ours to give: the file then belongs to who wrote it last. */
	bool given = fchown(writer->descriptor, old->st_uid, old->st_gid) == 0;
	if (fchmod(writer->descriptor, given ? old->st_mode & 07777 : old->st_mode & 0777))
		return err_errno(err, "cannot set the mode of '%s'", writer->temporary);
	return 0;
}

int file_writer_open(struct file_writer *writer, const char *path, struct err *err)
{
	struct stat st;
	bool exists = stat(path, &st) == 0;
	char *resolved = exists ? realpath(path, NULL) : NULL;
	int rc = 0;

	*writer = (struct file_writer){ .path = resolved ? resolved : xstrdup(path), .descriptor = -1 };
	if (!exists || S_ISREG(st.st_mode)) {
		rc = open_temporary(writer, exists ? &st : NULL, err);
	} else {
		writer->descriptor = open(path, O_WRONLY | O_CLOEXEC);
		if (writer->descriptor < 0)
			rc = err_errno(err, "cannot write '%s'", path);
	}
	return rc ? file_writer_close(writer, rc, err) : 0;
}

int file_writer_add(struct file_writer *writer, struct slice bytes, struct err *err)
{
	return file_write_all(writer->descriptor, bytes, err);
}

/* The new text is on disk before it takes the name. */
static int finish(struct file_writer *writer, struct err *err)
{
	if (fsync(writer->descriptor))
		return err_errno(err, "cannot write '%s'", writer->path);
	if (rename(writer->temporary, writer->path))
		return err_errno(err, "cannot change '%s'", writer->path);
	return sync_folder_of(writer->path, err);
}

int file_writer_close(struct file_writer *writer, int rc, struct err *err)
{
	if (!rc && writer->temporary)
		rc = finish(writer, err);
	if (writer->descriptor >= 0 && close(writer->descriptor) && !rc)
		rc = err_errno(err, "cannot write '%s'", writer->path);
	if (rc && writer->temporary)
		unlink(writer->temporary);
	free(writer->temporary);
	free(writer->path);
	*writer = (struct file_writer){ .descriptor = -1 };
	return rc;
}

int file_replace(const char *path, struct slice bytes, struct err *err)
{
	struct file_writer writer;
	int rc = file_writer_open(&writer, path, err);

	return rc ? rc : file_writer_close(&writer, file_writer_add(&writer, bytes, err), err);
}
