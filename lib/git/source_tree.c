#include "git/source_tree.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "git/library-internal.h"
#include "model/source_names.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64, LARGEST = 64 << 20 /* project_load reads no more either */ };

struct tree_file {
	const char *path;
	char id[GIT_HEX];
	bool link, steers;
	git_blob *blob; /* once read: its bytes live as long as the source */
};

struct tree_source {
	struct source base;
	struct repository *repository;
	struct arena arena;
	struct vec files; /* struct tree_file */
	struct map by_path;
	struct source_names names;
	struct vec twins; /* struct source_twin */
	pthread_mutex_t mutex; /* files may be read from several threads */
	char name[GIT_HEX];
};

static bool is_regular(git_filemode_t mode)
{
	return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE;
}

/* steers: it is no part of the text, but says how the text is read. */
static void add_file(struct tree_source *tree, const git_tree_entry *entry, const struct strbuf *path, bool steers)
{
	const struct git_library *library = &tree->repository->objects->library;
	struct tree_file *file = vec_push(&tree->files);

	file->path = arena_strdup(&tree->arena, path->buf);
	file->steers = steers;
	file->link = !is_regular(library->git_tree_entry_filemode(entry));
	library->git_oid_tostr(file->id, sizeof(file->id), library->git_tree_entry_id(entry));
}

static int walk_tree(struct tree_source *tree, const git_tree *folder, struct strbuf *path, int depth, struct err *err);

static int walk_entry(struct tree_source *tree, const git_tree_entry *entry, struct strbuf *path, int depth,
	struct err *err)
{
	const struct git_library *library = &tree->repository->objects->library;
	git_object_t type = library->git_tree_entry_type(entry);
	git_tree *child;
	int rc;

	if (type == GIT_OBJECT_BLOB && slice_ends(strbuf_slice(path), ".ini"))
		add_file(tree, entry, path, false);
	if (type != GIT_OBJECT_TREE)
		return 0;
	if (depth >= DEEPEST)
		return err_set(err, ERR_INPUT, "folders nest deeper than %d: '%s'", DEEPEST, path->buf);
	rc = library->git_tree_lookup(&child, tree->repository->objects->repository, library->git_tree_entry_id(entry));
	if (rc)
		return git_failure(tree->repository, rc, err, "cannot read folder '%s'", path->buf);
	strbuf_add_char(path, '/');
	rc = walk_tree(tree, child, path, depth + 1, err);
	library->git_tree_free(child);
	return rc;
}

/* True when the folder is a project of its own, whose attributes say nothing about ours. */
static bool add_steering(struct tree_source *tree, const git_tree *folder, struct strbuf *path, bool below)
{
	const struct git_library *library = &tree->repository->objects->library;
	const git_tree_entry *own = below ? library->git_tree_entry_byname(folder, "pmt.ini") : NULL;
	const char *name = own ? "pmt.ini" : ".gitattributes";
	const git_tree_entry *entry = library->git_tree_entry_byname(folder, name);
	size_t len = path->len;

	if (entry) {
		strbuf_add_str(path, name);
		add_file(tree, entry, path, true);
		strbuf_truncate(path, len);
	}
	return own != NULL;
}

/* Names as git orders them: a folder's as if it ended in a slash. */
static int compare_names(const char *a, bool a_folder, const char *b, bool b_folder)
{
	size_t i = 0;
	unsigned char x, y;

	while (a[i] && a[i] == b[i])
		i++;
	x = (unsigned char)(a[i] ? a[i] : a_folder ? '/' : '\0');
	y = (unsigned char)(b[i] ? b[i] : b_folder ? '/' : '\0');
	return x < y ? -1 : x > y;
}

static bool is_name(const char *name)
{
	return *name && !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0 && strcasecmp(name, ".git") != 0;
}

/* Of another mode libgit2 may see a file where git makes a link: 120755. 100664 is what git wrote long ago. */
static bool is_mode(unsigned mode)
{
	return mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE || mode == GIT_FILEMODE_LINK ||
	       mode == GIT_FILEMODE_TREE || mode == GIT_FILEMODE_COMMIT || mode == 0100664;
}

/*
 * Whoever pushes can make any bytes a tree. In one that git would not write, entries are found or not by how they are looked for: names
 * out of order hide from a binary search, of a name given twice one is read and the other checked out.
 */
static int check_names(struct tree_source *tree, const git_tree *folder, struct err *err)
{
	const struct git_library *library = &tree->repository->objects->library;
	size_t count = library->git_tree_entrycount(folder);
	const char *before = NULL;
	bool was_folder = false;

	for (size_t i = 0; i < count; i++) {
		const git_tree_entry *entry = library->git_tree_entry_byindex(folder, i);
		const char *name = library->git_tree_entry_name(entry);
		bool is_folder = library->git_tree_entry_type(entry) == GIT_OBJECT_TREE;

		if (!is_name(name) || !is_mode((unsigned)library->git_tree_entry_filemode_raw(entry)) || (before && compare_names(before, was_folder, name, is_folder) >= 0) ||
			!source_names_add(&tree->names, name)) {
			char id[GIT_HEX];

			library->git_oid_tostr(id, sizeof(id), library->git_tree_id(folder));
			err_set(err, ERR_INPUT, "tree %s is none that git would write", id);
			err_hint(err, "git fsck");
			return ERR_INPUT;
		}
		before = name;
		was_folder = is_folder;
	}
	return 0;
}

static int walk_tree(struct tree_source *tree, const git_tree *folder, struct strbuf *path, int depth, struct err *err)
{
	const struct git_library *library = &tree->repository->objects->library;
	size_t count = library->git_tree_entrycount(folder), len = path->len;
	size_t first = tree->names.found.len;
	int rc;

	source_names_folder(&tree->names, path->buf);
	rc = check_names(tree, folder, err);
	if (rc)
		return rc;
	if (add_steering(tree, folder, path, depth > 0)) {
		vec_truncate(&tree->names.found, first);
		return 0; /* a project of its own */
	}
	for (size_t i = 0; i < count && !rc; i++) {
		const git_tree_entry *entry = library->git_tree_entry_byindex(folder, i);
		const char *name = library->git_tree_entry_name(entry);

		if (*name == '.')
			continue;
		strbuf_add_str(path, name);
		rc = walk_entry(tree, entry, path, depth, err);
		strbuf_truncate(path, len);
	}
	return rc;
}

static int compare_files(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

static int tree_list(struct source *source, struct strvec *paths, struct err *err)
{
	struct tree_source *tree = (struct tree_source *)source;
	const struct tree_file *files = tree->files.items;

	(void)err;
	for (size_t i = 0; i < tree->files.len; i++)
		if (!files[i].steers)
			strvec_push(paths, files[i].path);
	return 0;
}

static int tree_steering(struct source *source, struct strvec *paths, struct err *err)
{
	struct tree_source *tree = (struct tree_source *)source;
	const struct tree_file *files = tree->files.items;

	(void)err;
	for (size_t i = 0; i < tree->files.len; i++)
		if (files[i].steers)
			strvec_push(paths, files[i].path);
	return 0;
}

static void tree_twins(struct source *source, struct vec *out)
{
	const struct tree_source *tree = (const struct tree_source *)source;

	for (size_t i = 0; i < tree->twins.len; i++)
		vec_append(out, vec_at(&tree->twins, i));
}

static struct tree_file *find_file(const struct tree_source *tree, const char *path)
{
	uintptr_t index;

	if (!map_get(&tree->by_path, slice_of(path), &index))
		return NULL;
	return vec_at(&tree->files, index);
}

/* Asked before it is unpacked: a few bytes in the repository can be gigabytes of zeros. */
static bool is_small(struct tree_source *tree, const git_oid *oid)
{
	const struct git_library *library = &tree->repository->objects->library;
	git_object_t type;
	size_t size = 0;
	git_odb *odb;

	if (library->git_repository_odb(&odb, tree->repository->objects->repository))
		return true; /* reading it will say why */
	if (library->git_odb_read_header(&size, &type, odb, oid))
		size = 0;
	library->git_odb_free(odb);
	return size <= LARGEST;
}

static int read_blob(struct tree_source *tree, struct tree_file *file, struct err *err)
{
	const struct git_library *library = &tree->repository->objects->library;
	git_oid oid;
	int rc;

	if (file->link)
		return err_set(err, ERR_INPUT, "'%s' is a link, which is not followed in history", file->path);
	rc = library->git_oid_fromstr(&oid, file->id);
	if (!rc && !is_small(tree, &oid))
		return err_set(err, ERR_INPUT, "'%s' is larger than 64 MiB", file->path);
	if (!rc)
		rc = library->git_blob_lookup(&file->blob, tree->repository->objects->repository, &oid);
	return rc ? git_failure(tree->repository, rc, err, "cannot read '%s'", file->path) : 0;
}

static int tree_read(struct source *source, const char *path, struct slice *out, struct err *err)
{
	struct tree_source *tree = (struct tree_source *)source;
	const struct git_library *library = &tree->repository->objects->library;
	struct tree_file *file = find_file(tree, path);
	int rc = 0;

	if (!file)
		return err_set(err, ERR_SYSTEM, "there is no '%s' in %.10s", path, source->name);
	pthread_mutex_lock(&tree->mutex);
	if (!file->blob)
		rc = read_blob(tree, file, err);
	pthread_mutex_unlock(&tree->mutex);
	if (!rc)
		*out = slice_new(
			library->git_blob_rawcontent(file->blob), (size_t)library->git_blob_rawsize(file->blob));
	return rc;
}

static const char *tree_identity(struct source *source, const char *path)
{
	struct tree_file *file = find_file((struct tree_source *)source, path);

	return file && !file->link ? file->id : NULL; /* a link may be of the same bytes as a file, and is none */
}

static void tree_release(struct source *source)
{
	struct tree_source *tree = (struct tree_source *)source;
	struct tree_file *files = tree->files.items;

	for (size_t i = 0; i < tree->files.len; i++)
		tree->repository->objects->library.git_blob_free(files[i].blob);
	vec_release(&tree->files);
	source_names_release(&tree->names);
	vec_release(&tree->twins);
	map_release(&tree->by_path);
	arena_release(&tree->arena);
	pthread_mutex_destroy(&tree->mutex);
}

static struct tree_source *tree_new(struct repository *repository, const struct revision *revision)
{
	struct tree_source *tree = xcalloc(1, sizeof(*tree));

	tree->base = (struct source){ .list = tree_list,
		.steering = tree_steering,
		.twins = tree_twins,
		.read = tree_read,
		.identity = tree_identity,
		.release = tree_release,
		.name = tree->name };
	tree->repository = repository;
	memcpy(tree->name, revision->id, sizeof(tree->name));
	arena_init(&tree->arena);
	vec_init(&tree->files, sizeof(struct tree_file));
	map_init(&tree->by_path);
	source_names_init(&tree->names);
	vec_init(&tree->twins, sizeof(struct source_twin));
	pthread_mutex_init(&tree->mutex, NULL);
	return tree;
}

/* The .gitattributes of the folders above the project's. */
static int look_above(struct tree_source *tree, const struct revision *revision, const char *folder, struct err *err)
{
	struct strbuf above, path;
	int rc = 0;

	strbuf_init(&above);
	strbuf_init(&path);
	strbuf_add_str(&above, folder);
	while (above.len && !rc) {
		const char *slash = strrchr(above.buf, '/');
		const char *back = arena_strdup(&tree->arena, slash ? slash + 1 : above.buf);
		git_tree *upper = NULL;

		strbuf_truncate(&above, slash ? (size_t)(slash - above.buf) : 0);
		strbuf_add_str(&path, "../");
		rc = git_open_folder(tree->repository, revision, above.buf, &upper, err);
		source_names_above(&tree->names, path.buf, back);
		if (!rc)
			rc = check_names(tree, upper, err);
		if (!rc)
			add_steering(tree, upper, &path, false);
		tree->repository->objects->library.git_tree_free(upper);
	}
	strbuf_release(&path);
	strbuf_release(&above);
	return rc;
}

static void find_twins(struct tree_source *tree)
{
	struct strvec paths;

	strvec_init(&paths);
	if (tree->names.found.len)
		tree_list(&tree->base, &paths, NULL);
	source_names_twins(&tree->names, &paths, &tree->twins);
	strvec_release(&paths);
}

int source_tree_new(struct repository *repository, const struct revision *revision, const char *folder,
	struct source **out, struct err *err)
{
	struct tree_source *tree;
	struct tree_file *files;
	struct strbuf path;
	git_tree *top;
	int rc = git_open_folder(repository, revision, folder, &top, err);

	*out = NULL;
	if (rc)
		return rc;
	tree = tree_new(repository, revision);
	strbuf_init(&path);
	rc = look_above(tree, revision, folder, err);
	if (!rc)
		rc = walk_tree(tree, top, &path, 0, err);
	strbuf_release(&path);
	repository->objects->library.git_tree_free(top);
	if (rc) {
		source_free(&tree->base);
		return rc;
	}
	vec_sort(&tree->files, compare_files, NULL);
	files = tree->files.items;
	for (size_t i = 0; i < tree->files.len; i++)
		map_put(&tree->by_path, slice_of(files[i].path), i);
	find_twins(tree);
	*out = &tree->base;
	return 0;
}
