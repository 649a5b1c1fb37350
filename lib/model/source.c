/*
 * The work tree: a walk over folders, and whole reads.
 *
 * Folders behind symbolic links are not entered: git does not either, so a work tree and its
 * revisions hold the same files, and no link can lead the walk round in circles or out into the
 * whole file system. Linked files are read.
 */
#include "model/source.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/vec.h"
#include "model/source_names.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct worktree {
	struct source base;
	char *root;
	struct vec buffers; /* char *: the bytes of what was read */
	struct strvec steering; /* as the last list saw it */
	struct source_names names;
	struct vec twins; /* struct source_twin */
	int depth;        /* folders between the root and the top of its repository */
};

struct walk {
	struct strvec *paths, *steering;
	struct source_names *names;
	struct strbuf path; /* absolute path of the folder, with '/' behind */
	size_t root_len;    /* bytes of `path` that are the root and its '/' */
};

enum entry_type { ENTRY_OTHER, ENTRY_FILE, ENTRY_FOLDER };

static enum entry_type entry_type(struct walk *walk, const struct dirent *entry)
{
	struct stat info;

	if (entry->d_type == DT_REG)
		return ENTRY_FILE;
	if (entry->d_type == DT_DIR)
		return ENTRY_FOLDER;
	if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
		return ENTRY_OTHER;
	size_t len = walk->path.len;
	strbuf_add_str(&walk->path, entry->d_name);
	int failed = lstat(walk->path.buf, &info);
	bool link = !failed && S_ISLNK(info.st_mode);
	if (link)
		failed = stat(walk->path.buf, &info);
	strbuf_truncate(&walk->path, len);
	if (failed) /* a dangling link: reading it says so */
		return ENTRY_FILE;
	if (S_ISDIR(info.st_mode))
		return link ? ENTRY_OTHER : ENTRY_FOLDER;
	return S_ISREG(info.st_mode) ? ENTRY_FILE : ENTRY_OTHER;
}

static void walk_folder(struct walk *walk);

static void truncate_paths(struct strvec *paths, size_t len)
{
	while (paths->len > len)
		strvec_remove(paths, paths->len - 1);
}

/* What stands in the open folder; folders to enter go to `folders`. False when it is a project of
 * its own. */
static bool read_folder(struct walk *walk, DIR *folder, struct strvec *folders)
{
	bool top = walk->path.len == walk->root_len;
	size_t first = walk->paths->len, first_steering = walk->steering->len, first_name = walk->names->found.len;

	source_names_folder(walk->names, walk->path.buf + walk->root_len);
	for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
		const char *name = entry->d_name;
		if (!top && strcmp(name, ".git") == 0) { /* another repository: a submodule, a clone that lies about */
			truncate_paths(walk->paths, first);
			truncate_paths(walk->steering, first_steering);
			vec_truncate(&walk->names->found, first_name);
			return false;
		}
		if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
			source_names_add(walk->names, name);
		if (strcmp(name, ".gitattributes") == 0)
			strvec_pushf(walk->steering, "%s%s", walk->path.buf + walk->root_len, name);
		if (name[0] == '.')
			continue;
		if (!top && strcmp(name, "pmt.ini") == 0) {
			truncate_paths(walk->paths, first);
			truncate_paths(walk->steering, first_steering);
			vec_truncate(&walk->names->found, first_name);
			strvec_pushf(walk->steering, "%s%s", walk->path.buf + walk->root_len, name);
			return false;
		}
		bool ini = slice_ends(slice_of(name), ".ini");
		if (!ini && entry->d_type == DT_REG)
			continue;
		enum entry_type type = entry_type(walk, entry);
		if (type == ENTRY_FOLDER)
			strvec_push(folders, name);
		else if (type == ENTRY_FILE && ini)
			strvec_pushf(walk->paths, "%s%s", walk->path.buf + walk->root_len, name);
	}
	return true;
}

static void walk_folder(struct walk *walk)
{
	struct strvec folders;
	DIR *folder = opendir(walk->path.buf);

	if (!folder) {
		strvec_push(walk->paths, walk->path.buf + walk->root_len);
		return;
	}
	strvec_init(&folders);
	bool enter = read_folder(walk, folder, &folders);
	closedir(folder);
	for (size_t i = 0; enter && i < folders.len; i++) {
		size_t len = walk->path.len;
		strbuf_addf(&walk->path, "%s/", folders.items[i]);
		walk_folder(walk);
		strbuf_truncate(&walk->path, len);
	}
	strvec_release(&folders);
}

static bool exists(const char *root, const char *above, const char *name)
{
	struct strbuf path;
	struct stat info;

	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s%s", root, above, name);
	bool there = lstat(path.buf, &info) == 0;
	strbuf_release(&path);
	return there;
}

/* The .gitattributes of the folders between the root and the top of the repository that it lies in, if any. */
static void look_above(struct worktree *tree, struct strvec *steering)
{
	enum { HIGHEST = 64 };
	size_t first = steering->len;
	struct strbuf above;
	bool in_repository;

	strbuf_init(&above);
	for (int i = 0; !(in_repository = exists(tree->root, above.buf, ".git")) && i < HIGHEST; i++) {
		strbuf_add_str(&above, "../");
		if (exists(tree->root, above.buf, ".gitattributes"))
			strvec_pushf(steering, "%s.gitattributes", above.buf);
	}
	if (!in_repository)
		truncate_paths(steering, first);
	tree->depth = in_repository ? (int)(above.len / strlen("../")) : 0;
	strbuf_release(&above);
}

/* The names in the folder above, whose own are at the end of `root`: "/home/li/code/pm" and "../" */
static void look_at_names(struct worktree *tree, const char *above, struct slice root)
{
	size_t start = root.len;
	struct strbuf path, back;
	DIR *folder;

	while (start > 0 && root.at[start - 1] != '/')
		start--;
	strbuf_init(&path);
	strbuf_init(&back);
	strbuf_addf(&path, "%s/%s", tree->root, above);
	strbuf_add_slice(&back, slice_from(root, start));
	folder = back.len ? opendir(path.buf) : NULL;
	if (folder) {
		source_names_above(&tree->names, above, back.buf);
		for (struct dirent *entry; (entry = readdir(folder)) != NULL;)
			source_names_add(&tree->names, entry->d_name);
		closedir(folder);
	}
	strbuf_release(&back);
	strbuf_release(&path);
}

/* Those of the folders between the root and the top of the repository. */
static void look_at_names_above(struct worktree *tree)
{
	struct slice root = slice_of(tree->root);
	struct strbuf above;

	strbuf_init(&above);
	while (tree->depth-- > 0 && root.len) {
		strbuf_add_str(&above, "../");
		look_at_names(tree, above.buf, root);
		while (root.len && root.at[root.len - 1] != '/')
			root.len--;
		root.len -= root.len > 0;
	}
	strbuf_release(&above);
}

static int worktree_list(struct source *source, struct strvec *paths, struct err *err)
{
	struct worktree *tree = (struct worktree *)source;
	struct walk walk = { .paths = paths, .steering = &tree->steering, .names = &tree->names };
	DIR *root = opendir(tree->root);

	if (!root)
		return err_errno(err, "cannot list folder '%s'", tree->root);
	closedir(root);
	strvec_clear(&tree->steering);
	vec_clear(&tree->twins);
	vec_clear(&tree->names.found);
	look_above(tree, &tree->steering);
	look_at_names_above(tree);
	strbuf_init(&walk.path);
	strbuf_addf(&walk.path, "%s/", tree->root);
	walk.root_len = walk.path.len;
	walk_folder(&walk);
	strbuf_release(&walk.path);
	strvec_sort(paths);
	source_names_twins(&tree->names, paths, &tree->twins);
	return 0;
}

static void worktree_twins(struct source *source, struct vec *out)
{
	const struct worktree *tree = (const struct worktree *)source;

	for (size_t i = 0; i < tree->twins.len; i++)
		vec_append(out, vec_at(&tree->twins, i));
}

static int worktree_steering(struct source *source, struct strvec *paths, struct err *err)
{
	struct worktree *tree = (struct worktree *)source;

	(void)err;
	for (size_t i = 0; i < tree->steering.len; i++)
		strvec_push(paths, tree->steering.items[i]);
	strvec_sort(paths);
	return 0;
}

static int worktree_read(
	struct source *source, const char *path, struct slice *out, struct err *err)
{
	struct worktree *tree = (struct worktree *)source;
	struct strbuf name, bytes;
	int rc = 0;

	strbuf_init(&name);
	strbuf_init(&bytes);
	strbuf_addf(&name, "%s/%s", tree->root, path);
	if (slice_ends(slice_of(path), "/")) {
		DIR *folder = opendir(name.buf);
		rc = folder ? err_set(err, ERR_SYSTEM, "'%s' is a folder", path)
			    : err_errno(err, "cannot list folder '%s'", path);
		if (folder)
			closedir(folder);
	} else {
		rc = file_read(&bytes, name.buf, err);
	}
	if (rc == 0) {
		*out = strbuf_slice(&bytes);
		char *kept = strbuf_detach(&bytes);
		out->at = kept;
		vec_append(&tree->buffers, &kept);
	}
	strbuf_release(&bytes);
	strbuf_release(&name);
	return rc;
}

static const char *worktree_identity(struct source *source, const char *path)
{
	(void)source;
	(void)path;
	return NULL;
}

static void worktree_release(struct source *source)
{
	struct worktree *tree = (struct worktree *)source;
	char **buffers = tree->buffers.items;

	for (size_t i = 0; i < tree->buffers.len; i++)
		free(buffers[i]);
	vec_release(&tree->buffers);
	strvec_release(&tree->steering);
	source_names_release(&tree->names);
	vec_release(&tree->twins);
	free(tree->root);
}

struct source *source_worktree_new(const char *root)
{
	struct worktree *tree = xcalloc(1, sizeof(*tree));
	size_t len = strlen(root);

	while (len > 1 && root[len - 1] == '/')
		len--;
	tree->root = xstrndup(root, len);
	vec_init(&tree->buffers, sizeof(char *));
	strvec_init(&tree->steering);
	source_names_init(&tree->names);
	vec_init(&tree->twins, sizeof(struct source_twin));
	tree->base = (struct source){ .list = worktree_list,
		.steering = worktree_steering,
		.twins = worktree_twins,
		.read = worktree_read,
		.identity = worktree_identity,
		.release = worktree_release,
		.name = N_("work tree"),
		.root = tree->root };
	return &tree->base;
}

void source_free(struct source *source)
{
	if (!source)
		return;
	source->release(source);
	free(source);
}
