/*
 * All or nothing over several files. The order on disk is what makes it safe:
 *
 *	1. the intent record without its end: names the temporaries, so that they can be removed
 *	2. every temporary, each fsynced
 *	3. the record's end, fsynced, and its folder: from here on the change will happen
 *	4. every rename and removal, then fsync of the folders
 *	5. removal of the record
 *
 * One file alone needs no step 3: its rename is atomic by itself. Two fsyncs for one file,
 * files + folders + 2 for several.
 */
#include "base/file-internal.h"

#include "base/alloc.h"
#include "base/random.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEMPORARY_LETTERS = 10 };

void fileset_init(struct fileset *set, const char *intent)
{
	vec_init(&set->items, sizeof(struct fileset_item));
	set->intent = xstrdup(intent);
}

static void release_item(struct fileset_item *item)
{
	free(item->path);
	free(item->temporary);
	strbuf_release(&item->contents);
	strbuf_release(&item->expected);
	strbuf_release(&item->before);
}

void fileset_release(struct fileset *set)
{
	struct fileset_item *items = set->items.items;

	for (size_t i = 0; i < set->items.len; i++)
		release_item(&items[i]);
	vec_release(&set->items);
	free(set->intent);
	set->intent = NULL;
}

/* The plan for path, made when there is none; a later plan replaces an earlier one. */
static struct fileset_item *plan_item(struct fileset *set, const char *path, const struct slice *expected)
{
	struct fileset_item *items = set->items.items, *item;

	for (size_t i = 0; i < set->items.len; i++)
		if (!strcmp(items[i].path, path))
			return &items[i];
	item = vec_push(&set->items);
	item->path = xstrdup(path);
	strbuf_init(&item->contents);
	strbuf_init(&item->expected);
	strbuf_init(&item->before);
	if (expected) {
		item->has_expected = true;
		item->expected_absent = !expected->at;
		strbuf_add_slice(&item->expected, *expected);
	}
	return item;
}

void fileset_write(struct fileset *set, const char *path, struct slice contents, const struct slice *expected)
{
	struct fileset_item *item = plan_item(set, path, expected);

	item->removal = false;
	strbuf_reset(&item->contents);
	strbuf_add_slice(&item->contents, contents);
}

void fileset_remove(struct fileset *set, const char *path, const struct slice *expected)
{
	plan_item(set, path, expected)->removal = true;
}

char *path_folder(const char *path)
{
	const char *slash = strrchr(path, '/');

	if (!slash)
		return xstrdup(".");
	return slash == path ? xstrdup("/") : xstrndup(path, (size_t)(slash - path));
}

int sync_folder_of(const char *path, struct err *err)
{
	char *folder = path_folder(path);
	int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC), rc = 0;

	/* Some file systems cannot sync a folder (EINVAL); they have nothing better to offer. */
	if (descriptor < 0 || (fsync(descriptor) && errno != EINVAL))
		rc = err_errno(err, "cannot sync folder '%s'", folder);
	if (descriptor >= 0)
		close(descriptor);
	free(folder);
	return rc;
}

int file_read_if_any(struct strbuf *out, const char *path, bool *exists, struct err *err)
{
	*exists = file_exists(path);
	return *exists ? file_read(out, path, err) : 0;
}

/* Makes the folder; what is new in it and above it is on disk before anything is written there. */
static int make_folder(const char *folder, struct err *err)
{
	struct strbuf path;
	int rc = 0;

	if (file_is_folder(folder))
		return 0;
	strbuf_init(&path);
	strbuf_add_str(&path, folder);
	while (path.len > 1 && !file_exists(path.buf) && strrchr(path.buf, '/'))
		strbuf_truncate(&path, (size_t)(strrchr(path.buf, '/') - path.buf));
	rc = file_make_folders(folder, err);
	for (size_t i = path.len + 1; !rc && i <= strlen(folder); i++) {
		if (folder[i] && folder[i] != '/')
			continue;
		strbuf_reset(&path);
		strbuf_add(&path, folder, i);
		rc = sync_folder_of(path.buf, err);
	}
	strbuf_release(&path);
	return rc;
}

/* Absolute, links in the folders resolved; for a write also a link at the end. */
static int resolve_path(struct fileset_item *item, struct err *err)
{
	char *folder = path_folder(item->path), *resolved, *slash = strrchr(item->path, '/');
	struct strbuf whole;
	struct stat st;
	int rc = 0;

	if (!item->removal)
		rc = make_folder(folder, err);
	resolved = rc ? NULL : realpath(folder, NULL);
	free(folder);
	if (rc)
		return rc;
	if (!resolved)
		return err_errno(err, "'%s'", item->path);
	strbuf_init(&whole);
	strbuf_addf(&whole, "%s/%s", strcmp(resolved, "/") ? resolved : "", slash ? slash + 1 : item->path);
	free(resolved);
	if (!item->removal && !lstat(whole.buf, &st) && S_ISLNK(st.st_mode)) {
		resolved = realpath(whole.buf, NULL);
		if (!resolved)
			rc = err_errno(err, "cannot follow the link '%s'", item->path);
		strbuf_reset(&whole);
		strbuf_add_str(&whole, resolved ? resolved : item->path);
		free(resolved);
	}
	free(item->path);
	item->path = whole.buf;
	return rc;
}

static bool is_expected(const struct fileset_item *item)
{
	if (!item->has_expected)
		return true;
	if (item->expected_absent || !item->existed)
		return item->expected_absent && !item->existed;
	return slice_equal(strbuf_slice(&item->expected), strbuf_slice(&item->before));
}

static int conflict(const char *path, struct err *err)
{
	err_set(err, ERR_CONFLICT, "'%s' was changed by somebody else in the meantime", path);
	err_hint(err, "nothing was written; try again");
	return ERR_CONFLICT;
}

/* Reads what is there now, compares it with what the caller read, and names the temporary. */
static int prepare_item(struct fileset_item *item, struct err *err)
{
	char letters[TEMPORARY_LETTERS + 1], *folder;
	struct strbuf name;
	int rc = resolve_path(item, err);

	strbuf_reset(&item->before);
	if (!rc)
		rc = file_read_if_any(&item->before, item->path, &item->existed, err);
	if (rc)
		return rc;
	if (!is_expected(item))
		return conflict(item->path, err);
	if (item->removal)
		return 0;
	rc = random_base32(letters, TEMPORARY_LETTERS, 0, err);
	if (rc)
		return rc;
	folder = path_folder(item->path);
	strbuf_init(&name);
	strbuf_addf(&name, "%s/.pmt-%s", strcmp(folder, "/") ? folder : "", letters);
	free(folder);
	free(item->temporary);
	item->temporary = name.buf;
	return 0;
}

/* Gives the temporary the mode and, where we may, the owner of the file it will replace. */
static int copy_mode(int descriptor, const struct fileset_item *item, struct err *err)
{
	struct stat st;

	if (!item->existed)
		return 0;
	if (stat(item->path, &st))
		return err_errno(err, "'%s'", item->path);
	if ((st.st_uid != geteuid() || st.st_gid != getegid()) && fchown(descriptor, st.st_uid, st.st_gid))
		errno = 0; /* not ours to give: the file then belongs to who edits it */
	if (fchmod(descriptor, st.st_mode & 07777))
		return err_errno(err, "cannot set the mode of '%s'", item->temporary);
	return 0;
}

static int write_temporary(const struct fileset_item *item, struct err *err)
{
	int descriptor = open(item->temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666), rc;

	if (descriptor < 0)
		return err_errno(err, "cannot write beside '%s'", item->path);
	rc = copy_mode(descriptor, item, err);
	if (!rc)
		rc = file_write_all(descriptor, strbuf_slice(&item->contents), err);
	if (!rc && fsync(descriptor))
		rc = err_errno(err, "cannot sync");
	if (close(descriptor) && !rc)
		rc = err_errno(err, "cannot close");
	return rc ? err_context(err, "'%s'", item->path) : 0;
}

static int check_unchanged(const struct fileset_item *item, struct err *err)
{
	struct strbuf now;
	bool exists;
	int rc;

	strbuf_init(&now);
	rc = file_read_if_any(&now, item->path, &exists, err);
	if (!rc && (exists != item->existed || !slice_equal(strbuf_slice(&now), strbuf_slice(&item->before))))
		rc = conflict(item->path, err);
	strbuf_release(&now);
	return rc;
}

static int write_record(const struct fileset *set, const struct strbuf *record, size_t from, struct err *err)
{
	int flags = O_WRONLY | O_CLOEXEC | O_CREAT | (from ? O_APPEND : O_EXCL);
	int descriptor = open(set->intent, flags, 0666), rc;

	if (descriptor < 0)
		return err_errno(err, "cannot write '%s'", set->intent);
	rc = file_write_all(descriptor, slice_from(strbuf_slice(record), from), err);
	if (!rc && from && fsync(descriptor))
		rc = err_errno(err, "cannot sync");
	if (close(descriptor) && !rc)
		rc = err_errno(err, "cannot close");
	if (!rc && from)
		rc = sync_folder_of(set->intent, err);
	return rc ? err_context(err, "'%s'", set->intent) : 0;
}

static int begin_record(const struct fileset *set, struct strbuf *record, struct err *err)
{
	const struct fileset_item *items = set->items.items;
	char *folder = path_folder(set->intent), *resolved;
	int rc = file_make_folders(folder, err);

	if (!rc) {
		resolved = realpath(folder, NULL);
		for (size_t i = 0; resolved && i < set->items.len; i++)
			intent_add(record, &items[i], resolved, set->items.len > 1);
		rc = resolved ? write_record(set, record, 0, err) : err_errno(err, "'%s'", folder);
		free(resolved);
	}
	free(folder);
	return rc;
}

/* Steps 1 to 3. */
static int stage(const struct fileset *set, struct err *err)
{
	const struct fileset_item *items = set->items.items;
	struct strbuf record;
	size_t begun;
	int rc;

	strbuf_init(&record);
	rc = begin_record(set, &record, err);
	begun = record.len;
	for (size_t i = 0; i < set->items.len && !rc; i++)
		if (!items[i].removal)
			rc = write_temporary(&items[i], err);
	for (size_t i = 0; i < set->items.len && !rc; i++)
		rc = check_unchanged(&items[i], err);
	if (!rc && set->items.len > 1) {
		intent_end(&record);
		rc = write_record(set, &record, begun, err);
	}
	strbuf_release(&record);
	return rc;
}

static void drop(const struct fileset *set)
{
	const struct fileset_item *items = set->items.items;

	/* The record goes first: with its end on disk the temporaries would be missed. */
	unlink(set->intent);
	for (size_t i = 0; i < set->items.len; i++)
		if (items[i].temporary)
			unlink(items[i].temporary);
}

static bool same_folder(const char *a, const char *b)
{
	size_t len = (size_t)(strrchr(a, '/') - a);

	return !strncmp(a, b, len + 1) && !strchr(b + len + 1, '/');
}

/* Step 4. */
static int apply(const struct fileset *set, struct err *err)
{
	const struct fileset_item *items = set->items.items;
	int rc = 0;

	for (size_t i = 0; i < set->items.len && !rc; i++) {
		const struct fileset_item *item = &items[i];

		if (item->removal ? unlink(item->path) && errno != ENOENT : rename(item->temporary, item->path))
			rc = err_errno(err, "cannot change '%s'", item->path);
	}
	for (size_t i = 0; i < set->items.len && !rc; i++)
		if (!i || !same_folder(items[i - 1].path, items[i].path))
			rc = sync_folder_of(items[i].path, err);
	return rc;
}

static int prepare(struct fileset *set, struct err *err)
{
	struct fileset_item *items = set->items.items;
	char *folder = path_folder(set->intent);
	int rc = fileset_recover(set->intent, folder, err);

	free(folder);
	for (size_t i = 0; i < set->items.len && rc >= 0; i++)
		rc = prepare_item(&items[i], err);
	return rc < 0 ? rc : 0;
}

int fileset_commit(struct fileset *set, struct err *err)
{
	struct fileset_item *items = set->items.items;
	bool staged;
	int rc;

	if (!set->items.len)
		return 0;
	rc = prepare(set, err);
	if (rc)
		return rc;
	rc = stage(set, err);
	staged = !rc;
	if (staged)
		rc = apply(set, err);
	if (!rc && unlink(set->intent))
		rc = err_errno(err, "cannot remove '%s'", set->intent);
	if (rc && staged && set->items.len > 1)
		err_hint(err, "the change is complete on disk; the next command finishes it");
	else if (rc)
		drop(set);
	for (size_t i = 0; i < set->items.len; i++)
		release_item(&items[i]);
	vec_clear(&set->items);
	return rc;
}
