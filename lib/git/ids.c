/*
 * Idea: a number is used once it has stood in a section header of any commit that a branch reaches. Tips seen before are
 * hidden from the walk, trees and blobs seen in this walk are not looked at twice, so an update costs what is new.
 * The cache:
 *
 *	pmt-ids 1
 *	refs HASH                of packed-refs and every loose ref: equal means nothing has moved
 *	folder pm
 *	tip OID                  each looked at; none while the clone is shallow or partial, so that all is looked at again
 *	id task T 57
 *
 * Cost: O(bytes of refs) when nothing moved, else O(new commits × depth + new blobs).
 */
#include "git/ids.h"

#include "base/alloc.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "git/library-internal.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COMMITS = 20000, DEEPEST = 64, MOST_DIGITS = 15, REFS_HEX = 17 };

struct ids {
	struct repository *repository;
	struct arena arena;
	struct map highest;      /* "task T" → number */
	struct map seen;         /* object ids of trees and blobs of this walk */
	struct strvec tips;      /* looked at, in hex */
	const char *folder;
	bool incomplete;         /* a shallow or partial clone */
};

/* Names and contents of the loose refs below a folder. */
static void add_refs(struct strbuf *text, struct strbuf *path)
{
	struct strvec names;
	struct dirent *entry;
	size_t len = path->len;
	DIR *folder = opendir(path->buf);

	strvec_init(&names);
	while (folder && (entry = readdir(folder)))
		if (entry->d_name[0] != '.')
			strvec_push(&names, entry->d_name);
	if (folder)
		closedir(folder);
	strvec_sort(&names);
	for (size_t i = 0; i < names.len; i++) {
		strbuf_addf(path, "/%s", names.items[i]);
		if (file_is_folder(path->buf)) {
			add_refs(text, path);
		} else {
			strbuf_add(text, path->buf, path->len + 1);
			file_read(text, path->buf, NULL);
		}
		strbuf_truncate(path, len);
	}
	strvec_release(&names);
}

/* A fingerprint of where all branches stand; no object is read. */
static void hash_refs(const struct repository *repository, char hex[REFS_HEX])
{
	static const char *const files[] = { "packed-refs", "shallow" };
	static const char *const folders[] = { "refs/heads", "refs/remotes" };
	struct strbuf path, text;

	strbuf_init(&path);
	strbuf_init(&text);
	for (size_t i = 0; i < ARRAY_SIZE(files); i++) {
		strbuf_reset(&path);
		strbuf_addf(&path, "%s/%s", repository->common_folder, files[i]);
		if (file_exists(path.buf))
			file_read(&text, path.buf, NULL);
		strbuf_add_char(&text, '\0');
	}
	for (size_t i = 0; i < ARRAY_SIZE(folders); i++) {
		strbuf_reset(&path);
		strbuf_addf(&path, "%s/%s", repository->common_folder, folders[i]);
		add_refs(&text, &path);
	}
	snprintf(hex, REFS_HEX, "%016llx", (unsigned long long)slice_hash(strbuf_slice(&text)));
	strbuf_release(&path);
	strbuf_release(&text);
}

static void raise_to(struct ids *ids, struct slice key, uint64_t number)
{
	uintptr_t present;

	if (map_get(&ids->highest, key, &present)) {
		if (number > present)
			map_put(&ids->highest, key, number);
		return;
	}
	map_put(&ids->highest, arena_slice(&ids->arena, key), number);
}

/* "task T-57" raises "task T" to 57; anything else is no automatic id. */
static void take_header(struct ids *ids, struct slice header)
{
	size_t dash = header.len, digits;
	uint64_t number = 0;
	struct strbuf key;
	struct slice kind, rest = header, id;

	while (dash && header.at[dash - 1] != '-')
		dash--;
	digits = header.len - dash;
	if (dash < 2 || !digits || digits > MOST_DIGITS || !slice_next(&rest, " \t", &kind))
		return;
	for (size_t i = dash; i < header.len; i++) {
		if (header.at[i] < '0' || header.at[i] > '9')
			return;
		number = number * 10 + (uint64_t)(header.at[i] - '0');
	}
	if (rest.at >= header.at + dash - 1)
		return; /* no id behind the kind */
	id = slice_trim(slice_new(rest.at, (size_t)(header.at + dash - 1 - rest.at)));
	strbuf_init(&key);
	strbuf_add_slice(&key, kind);
	strbuf_add_char(&key, ' ');
	strbuf_add_slice(&key, id);
	raise_to(ids, strbuf_slice(&key), number);
	strbuf_release(&key);
}

static void take_text(struct ids *ids, struct slice text)
{
	struct slice line;
	size_t end;

	for (; text.len; text = slice_from(text, end + 1)) {
		end = slice_find(text, '\n');
		line = slice_new(text.at, end);
		if (slice_starts(line, "\xef\xbb\xbf"))
			line = slice_from(line, 3);
		if (!line.len || line.at[0] != '[')
			continue;
		line = slice_new(line.at + 1, slice_find(line, ']') - 1);
		take_header(ids, slice_trim(line));
	}
}

/* True the first time an object is met. */
static bool is_new(struct ids *ids, const git_oid *oid)
{
	struct slice key = slice_new((const char *)oid->id, sizeof(oid->id));

	if (map_get(&ids->seen, key, NULL))
		return false;
	return map_put(&ids->seen, arena_slice(&ids->arena, key), 1);
}

/* What a shallow or partial clone has left out is no fault: those numbers are known where it came from. */
static int missing(struct ids *ids, int code, const char *what, struct err *err)
{
	if (code == GIT_ENOTFOUND && ids->incomplete)
		return 0;
	return git_failure(ids->repository, code, err, "cannot read a %s", what);
}

static int take_blob(struct ids *ids, const git_oid *oid, struct err *err)
{
	struct repository *repository = ids->repository;
	const struct git_library *library = &repository->objects->library;
	git_blob *blob;
	int rc = library->git_blob_lookup(&blob, repository->objects->repository, oid);

	if (rc)
		return missing(ids, rc, "blob", err);
	take_text(ids, slice_new(library->git_blob_rawcontent(blob), (size_t)library->git_blob_rawsize(blob)));
	library->git_blob_free(blob);
	return 0;
}

static int take_tree(struct ids *ids, const git_oid *oid, int depth, struct err *err)
{
	struct repository *repository = ids->repository;
	const struct git_library *library = &repository->objects->library;
	git_tree *tree;
	int rc;

	if (depth > DEEPEST || !is_new(ids, oid))
		return 0;
	rc = library->git_tree_lookup(&tree, repository->objects->repository, oid);
	if (rc)
		return missing(ids, rc, "folder", err);
	for (size_t i = 0; i < library->git_tree_entrycount(tree) && !rc; i++) {
		const git_tree_entry *entry = library->git_tree_entry_byindex(tree, i);
		const char *name = library->git_tree_entry_name(entry);
		const git_oid *id = library->git_tree_entry_id(entry);
		git_object_t type = library->git_tree_entry_type(entry);

		if (*name == '.')
			continue;
		if (type == GIT_OBJECT_TREE)
			rc = take_tree(ids, id, depth + 1, err);
		else if (type == GIT_OBJECT_BLOB && slice_ends(slice_of(name), ".ini") && is_new(ids, id))
			rc = take_blob(ids, id, err);
	}
	library->git_tree_free(tree);
	return rc;
}

static int take_commit(struct ids *ids, const git_oid *oid, struct err *err)
{
	struct repository *repository = ids->repository;
	const struct git_library *library = &repository->objects->library;
	git_tree_entry *entry = NULL;
	git_commit *commit;
	git_tree *top;
	int rc = library->git_commit_lookup(&commit, repository->objects->repository, oid);

	if (!rc) {
		rc = library->git_commit_tree(&top, commit);
		library->git_commit_free(commit);
	}
	if (rc)
		return missing(ids, rc, "commit", err);
	if (!*ids->folder)
		rc = take_tree(ids, library->git_tree_id(top), 0, err);
	else if (!library->git_tree_entry_bypath(&entry, top, ids->folder) &&
		library->git_tree_entry_type(entry) == GIT_OBJECT_TREE)
		rc = take_tree(ids, library->git_tree_entry_id(entry), 0, err);
	library->git_tree_entry_free(entry);
	library->git_tree_free(top);
	return rc;
}

struct tips {
	struct repository *repository;
	struct strvec hex;
};

static int add_tip(const char *name, void *payload)
{
	struct tips *tips = payload;
	const struct git_library *library = &tips->repository->objects->library;
	char hex[GIT_HEX];
	git_oid oid;

	if (strncmp(name, "refs/heads/", 11) != 0 && strncmp(name, "refs/remotes/", 13) != 0)
		return 0;
	if (library->git_reference_name_to_id(&oid, tips->repository->objects->repository, name))
		return 0; /* a symbolic ref to nothing */
	library->git_oid_tostr(hex, sizeof(hex), &oid);
	if (!strvec_has(&tips->hex, hex))
		strvec_push(&tips->hex, hex);
	return 0;
}

/*
 * Looks at the tips that are new, and aims the walk from them back to those looked at before. A tip that is gone by
 * now hides nothing.
 */
static int aim(struct ids *ids, git_revwalk *walk, const struct strvec *tips, struct err *err)
{
	const struct git_library *library = &ids->repository->objects->library;
	git_oid oid;
	int rc = 0;

	for (size_t i = 0; i < tips->len && !rc; i++) {
		if (strvec_has(&ids->tips, tips->items[i]) || library->git_oid_fromstr(&oid, tips->items[i]))
			continue;
		rc = take_commit(ids, &oid, err);
		library->git_revwalk_push(walk, &oid);
	}
	for (size_t i = 0; i < ids->tips.len; i++)
		if (!library->git_oid_fromstr(&oid, ids->tips.items[i]))
			library->git_revwalk_hide(walk, &oid);
	return rc;
}

/* In a shallow clone the walk itself fails where history ends; the tips have been looked at by then. */
static int walk_back(struct ids *ids, git_revwalk *walk, struct err *err)
{
	const struct git_library *library = &ids->repository->objects->library;
	int next = 0, rc = 0;
	git_oid oid;

	for (size_t i = 0; !rc && i < MOST_COMMITS && !(next = library->git_revwalk_next(&oid, walk)); i++)
		rc = take_commit(ids, &oid, err);
	if (!rc && next && next != GIT_ITEROVER)
		rc = missing(ids, next, "commit", err);
	return rc;
}

static int walk_new_commits(struct ids *ids, struct err *err)
{
	struct git_objects *objects = ids->repository->objects;
	const struct git_library *library = &objects->library;
	struct tips tips = { .repository = ids->repository };
	git_revwalk *walk = NULL;
	int rc;

	strvec_init(&tips.hex);
	rc = library->git_reference_foreach_name(objects->repository, add_tip, &tips);
	if (!rc)
		rc = library->git_revwalk_new(&walk, objects->repository);
	if (rc)
		rc = git_failure(ids->repository, rc, err, "cannot list the branches");
	if (!rc)
		rc = aim(ids, walk, &tips.hex, err);
	if (!rc)
		rc = walk_back(ids, walk, err);
	library->git_revwalk_free(walk);
	if (!rc) {
		strvec_release(&ids->tips);
		ids->tips = tips.hex;
	} else {
		strvec_release(&tips.hex);
	}
	return rc;
}

static void read_cache_line(struct ids *ids, struct slice line)
{
	size_t last = line.len;

	if (slice_starts(line, "tip ")) {
		strvec_push_slice(&ids->tips, slice_from(line, 4));
	} else if (slice_starts(line, "id ")) {
		while (line.at[last - 1] != ' ')
			last--;
		raise_to(ids, slice_trim(slice_new(line.at + 3, last - 3)), strtoull(line.at + last, NULL, 10));
	}
}

/* Reads the cache; true when no ref has moved since it was written. */
static bool read_cache(struct ids *ids, const char *path, const char *refs)
{
	struct slice rest, line;
	bool current = false, usable = false;
	struct strbuf text;

	strbuf_init(&text);
	if (file_exists(path))
		file_read(&text, path, NULL);
	rest = strbuf_slice(&text);
	if (slice_starts(rest, "pmt-ids 1\n"))
		while (slice_next(&rest, "\n", &line)) {
			if (slice_starts(line, "refs "))
				current = slice_is(slice_from(line, 5), refs);
			else if (slice_is(line, "folder") || slice_starts(line, "folder "))
				usable = slice_is(slice_from(line, 7), ids->folder);
			else if (usable)
				read_cache_line(ids, line);
		}
	strbuf_release(&text);
	return current && usable;
}

/* A cache that cannot be written is only slow. */
static void write_cache(const struct ids *ids, const char *path, const char *refs)
{
	struct strbuf text, intent;
	struct fileset set;

	strbuf_init(&text);
	strbuf_init(&intent);
	strbuf_addf(&text, "pmt-ids 1\nrefs %s\nfolder %s\n", refs, ids->folder);
	for (size_t i = 0; i < ids->tips.len && !ids->incomplete; i++)
		strbuf_addf(&text, "tip %s\n", ids->tips.items[i]);
	for (size_t i = 0; i < ids->highest.len; i++) {
		const struct map_entry *entry = &ids->highest.entries[i];

		strbuf_addf(&text, "id %.*s %llu\n", (int)entry->key.len, entry->key.at, (unsigned long long)entry->value);
	}
	strbuf_addf(&intent, "%s.intent", path);
	fileset_init(&set, intent.buf);
	fileset_write(&set, path, strbuf_slice(&text), NULL);
	fileset_commit(&set, NULL);
	fileset_release(&set);
	strbuf_release(&text);
	strbuf_release(&intent);
}

static int fill(struct ids *ids, struct err *err)
{
	char refs[REFS_HEX];
	struct strbuf path;
	int rc;

	strbuf_init(&path);
	hash_refs(ids->repository, refs);
	rc = repository_state_folder(ids->repository, true, &path, err);
	strbuf_add_str(&path, "/ids");
	if (!rc && !read_cache(ids, path.buf, refs)) {
		rc = git_objects_open(ids->repository, err);
		if (!rc)
			rc = walk_new_commits(ids, err);
		if (!rc)
			write_cache(ids, path.buf, refs);
	}
	strbuf_release(&path);
	return rc;
}

int repository_high_water(struct repository *repository, const char *folder, const char *kind, const char *prefix,
	uint64_t *out, struct err *err)
{
	struct ids ids = { .repository = repository, .folder = folder,
		.incomplete = repository_is_shallow(repository) || repository_is_partial(repository) };
	uintptr_t number = 0;
	struct strbuf key;
	int rc;

	arena_init(&ids.arena);
	map_init(&ids.highest);
	map_init(&ids.seen);
	strvec_init(&ids.tips);
	rc = fill(&ids, err);
	strbuf_init(&key);
	strbuf_addf(&key, "%s %s", kind, prefix);
	map_get(&ids.highest, strbuf_slice(&key), &number);
	*out = rc ? 0 : number;
	strbuf_release(&key);
	strvec_release(&ids.tips);
	map_release(&ids.seen);
	map_release(&ids.highest);
	arena_release(&ids.arena);
	return rc;
}
