/* Where a project lies in a revision: where it is now, above that, or the one place there is. */
#include "base/alloc.h"
#include "git/library-internal.h"
#include "git/range.h"

#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64, NAMED_IN_MESSAGE = 5 };

static bool has_file(const struct git_library *library, const git_tree *top, const char *folder, const char *name)
{
	struct strbuf path;
	git_tree_entry *entry = NULL;
	bool found;

	strbuf_init(&path);
	strbuf_addf(&path, "%s%s%s", folder, *folder ? "/" : "", name);
	found = !library->git_tree_entry_bypath(&entry, top, path.buf) &&
		library->git_tree_entry_type(entry) == GIT_OBJECT_BLOB;
	library->git_tree_entry_free(entry);
	strbuf_release(&path);
	return found;
}

/* As on the file system: pmt.ini here, pm/pmt.ini here, then one folder up. */
static bool look_upward(const struct git_library *library, const git_tree *top, const char *hint, struct strbuf *out)
{
	char *at = xstrdup(hint), *slash;
	bool found = false;

	for (;;) {
		if (has_file(library, top, at, "pmt.ini")) {
			strbuf_add_str(out, at);
			found = true;
		} else if (has_file(library, top, at, "pm/pmt.ini")) {
			strbuf_addf(out, "%s%spm", at, *at ? "/" : "");
			found = true;
		}
		if (found || !*at)
			break;
		slash = strrchr(at, '/');
		*(slash ? slash : at) = '\0';
	}
	free(at);
	return found;
}

/* Folders with a pmt.ini anywhere below; `path` is the folder of `tree`, restored on return. */
static void collect(struct repository *repository, const git_tree *tree, struct strbuf *path, int depth,
	struct strvec *found)
{
	const struct git_library *library = &repository->objects->library;
	size_t count = library->git_tree_entrycount(tree), len = path->len;

	if (library->git_tree_entry_byname(tree, "pmt.ini"))
		strvec_push(found, path->buf);
	for (size_t i = 0; i < count && depth < DEEPEST; i++) {
		const git_tree_entry *entry = library->git_tree_entry_byindex(tree, i);
		const char *name = library->git_tree_entry_name(entry);
		git_tree *child;

		if (library->git_tree_entry_type(entry) != GIT_OBJECT_TREE || *name == '.' ||
			library->git_tree_lookup(&child, repository->objects->repository, library->git_tree_entry_id(entry)))
			continue;
		strbuf_addf(path, "%s%s", len ? "/" : "", name);
		collect(repository, child, path, depth + 1, found);
		strbuf_truncate(path, len);
		library->git_tree_free(child);
	}
}

static int choose(const struct strvec *found, const struct revision *revision, struct strbuf *out, struct err *err)
{
	struct strbuf names;

	if (found->len == 1) {
		strbuf_add_str(out, found->items[0]);
		return 0;
	}
	if (!found->len)
		return err_set(err, ERR_NOWHERE, "there is no project in %.10s: no pmt.ini", revision->id);
	strbuf_init(&names);
	for (size_t i = 0; i < found->len && i < NAMED_IN_MESSAGE; i++)
		strbuf_addf(&names, "%s'%s'", i ? ", " : "", *found->items[i] ? found->items[i] : ".");
	err_set(err, ERR_INPUT, "there are several projects in %.10s: %s%s", revision->id, names.buf,
		found->len > NAMED_IN_MESSAGE ? ", …" : "");
	err_hint(err, "name its folder with -C");
	strbuf_release(&names);
	return ERR_INPUT;
}

int repository_find_project(struct repository *repository, const struct revision *revision, const char *hint,
	struct strbuf *out, struct err *err)
{
	struct strvec found;
	struct strbuf path;
	git_tree *top;
	int rc = git_open_folder(repository, revision, "", &top, err);

	if (rc)
		return rc;
	strvec_init(&found);
	strbuf_init(&path);
	if (!look_upward(&repository->objects->library, top, hint, out)) {
		collect(repository, top, &path, 0, &found);
		rc = choose(&found, revision, out, err);
	}
	repository->objects->library.git_tree_free(top);
	strbuf_release(&path);
	strvec_release(&found);
	return rc;
}

int repository_projects(struct repository *repository, const struct revision *revision, struct strvec *folders, struct err *err)
{
	struct strbuf path;
	git_tree *top;
	int rc = git_open_folder(repository, revision, "", &top, err);

	if (rc)
		return rc;
	strbuf_init(&path);
	collect(repository, top, &path, 0, folders);
	repository->objects->library.git_tree_free(top);
	strbuf_release(&path);
	return 0;
}
