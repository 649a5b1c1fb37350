#include "base/file.h"

#include "base/alloc.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* What has no size of its own (a pipe, a device) may have no end either. */
enum { ENDLESS = 256 << 20 };

static int read_descriptor(struct strbuf *out, int descriptor)
{
	bool sized = false;
	struct stat st;
	ssize_t got;

	if (!fstat(descriptor, &st)) {
		sized = S_ISREG(st.st_mode);
		strbuf_grow(out, (size_t)st.st_size + 1);
	}
	for (;;) {
		strbuf_grow(out, 4096);
		got = read(descriptor, out->buf + out->len, out->cap - out->len - 1);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			break;
		out->len += (size_t)got;
		if (!sized && out->len > ENDLESS) {
			errno = EFBIG;
			got = -1;
			break;
		}
	}
	out->buf[out->len] = '\0';
	return got < 0 ? -1 : 0;
}

int file_read(struct strbuf *out, const char *path, struct err *err)
{
	size_t before = out->len;
	int descriptor = open(path, O_RDONLY | O_CLOEXEC), rc = 0;

	if (descriptor < 0)
		return err_errno(err, "cannot open '%s'", path);
	if (read_descriptor(out, descriptor)) {
		rc = err_errno(err, "cannot read '%s'", path);
		strbuf_truncate(out, before);
	}
	close(descriptor);
	return rc;
}

int file_view_open(struct file_view *view, const char *path, struct err *err)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC), status = 0;
	struct stat st;

	*view = (struct file_view){ .mapped = NULL };
	strbuf_init(&view->read);
	if (descriptor < 0)
		return err_errno(err, "cannot open '%s'", path);
	if (!fstat(descriptor, &st) && S_ISREG(st.st_mode) && st.st_size > 0) {
		view->mapped = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, descriptor, 0);
		if (view->mapped == MAP_FAILED)
			view->mapped = NULL;
	}
	if (view->mapped) {
		posix_madvise(view->mapped, (size_t)st.st_size, POSIX_MADV_SEQUENTIAL);
		view->bytes = slice_new(view->mapped, (size_t)st.st_size);
	} else {
		status = read_descriptor(&view->read, descriptor)
			? err_errno(err, "cannot read '%s'", path) : 0;
		view->bytes = strbuf_slice(&view->read);
	}
	close(descriptor);
	return status;
}

void file_view_close(struct file_view *view)
{
	if (view->mapped)
		munmap(view->mapped, view->bytes.len);
	view->mapped = NULL;
	strbuf_release(&view->read);
	view->bytes = slice_new(NULL, 0);
}

bool file_exists(const char *path)
{
	return !access(path, F_OK);
}

bool file_is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

int file_make_folders(const char *path, struct err *err)
{
	char *copy, *slash;
	int rc = 0;

	if (file_is_folder(path))
		return 0;
	copy = slash = xstrdup(path);
	do {
		slash = strchr(slash + (*slash == '/'), '/');
		if (slash)
			*slash = '\0';
		if (*copy && mkdir(copy, 0777) && errno != EEXIST)
			rc = err_errno(err, "cannot make folder '%s'", copy);
		if (slash)
			*slash = '/';
	} while (slash && !rc);
	if (!rc && !file_is_folder(path)) {
		errno = ENOTDIR;
		rc = err_errno(err, "cannot make folder '%s'", path);
	}
	free(copy);
	return rc;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *walk)
{
	(void)st;
	(void)type;
	(void)walk;
	return remove(path);
}

int file_remove_tree(const char *path, struct err *err)
{
	enum { OPEN_FOLDERS = 32 };

	if (nftw(path, remove_entry, OPEN_FOLDERS, FTW_DEPTH | FTW_PHYS) && errno != ENOENT)
		return err_errno(err, "cannot remove '%s'", path);
	return 0;
}

int file_write_all(int descriptor, struct slice bytes, struct err *err)
{
	while (bytes.len) {
		ssize_t done = write(descriptor, bytes.at, bytes.len);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return err_errno(err, "cannot write");
		bytes = slice_from(bytes, (size_t)done);
	}
	return 0;
}
