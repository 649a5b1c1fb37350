#include "git/range.h"

#include "base/alloc.h"
#include "git/library-internal.h"

#include <stdlib.h>
#include <string.h>

static int open_id(struct repository *repository, const char *id, git_commit **out, struct err *err)
{
	struct revision revision = { .committed = 0 };

	if (strlen(id) >= sizeof(revision.id))
		return err_set(err, ERR_INPUT, "'%s' is no commit id", id);
	memcpy(revision.id, id, strlen(id) + 1);
	return git_open_commit(repository, &revision, out, err);
}

int repository_descends(
	struct repository *repository, const char *ancestor, const char *commit, bool *is, struct err *err)
{
	const struct git_library *library;
	git_commit *opened;
	git_oid from, to;
	int rc = git_objects_open(repository, err);

	*is = rc == 0 && strcmp(ancestor, commit) == 0;
	if (rc || *is)
		return rc;
	/* One that is missing is told here: libgit2 1.5 leaks its queue when it meets that on its way. */
	rc = open_id(repository, commit, &opened, err);
	if (rc)
		return rc;
	repository->objects->library.git_commit_free(opened);
	library = &repository->objects->library;
	rc = library->git_oid_fromstr(&from, commit);
	if (!rc)
		rc = library->git_oid_fromstr(&to, ancestor);
	if (!rc)
		rc = library->git_graph_descendant_of(repository->objects->repository, &from, &to);
	*is = rc == 1;
	return rc < 0 ? git_failure(repository, rc, err, "cannot follow history from %s", commit) : 0;
}

static void fill(const struct git_library *library, const git_oid *id, struct vec *out)
{
	struct revision *revision = vec_push(out);

	library->git_oid_tostr(revision->id, sizeof(revision->id), id);
}

static void turn_around(struct vec *out)
{
	struct revision *items = out->items;

	for (size_t i = 0; i < out->len / 2; i++) {
		struct revision other = items[i];

		items[i] = items[out->len - 1 - i];
		items[out->len - 1 - i] = other;
	}
}

/* From new back to old; *met tells that old was reached. Only the newest `limit` are kept. */
static int walk(struct repository *repository, const char *old, const char *new, uint32_t limit, struct vec *out,
	bool *met, size_t *count, struct err *err)
{
	const struct git_library *library = &repository->objects->library;
	char id[GIT_HEX];
	int rc = 0;

	*count = 0;
	memcpy(id, new, strlen(new) + 1);
	while (!rc && !(*met = strcmp(id, old) == 0)) {
		git_commit *commit;
		const git_oid *parent;

		rc = open_id(repository, id, &commit, err);
		if (rc)
			break;
		if ((*count)++ < limit)
			fill(library, library->git_commit_id(commit), out);
		parent = library->git_commit_parent_id(commit, 0);
		if (parent)
			library->git_oid_tostr(id, sizeof(id), parent);
		library->git_commit_free(commit);
		if (!parent)
			break;
	}
	*met |= !rc && !*old;
	return rc;
}

int repository_first_parents(struct repository *repository, const char *old, const char *new, uint32_t limit,
	struct vec *out, enum range_relation *relation, struct err *err)
{
	bool forward = true, backward = false, met = false;
	size_t count = 0;
	int rc = git_objects_open(repository, err);

	if (!rc && (repository_is_shallow(repository) || repository_is_partial(repository))) {
		err_set(err, ERR_INPUT, "the history is not all here: it cannot be judged");
		err_hint(err, repository_is_shallow(repository) ? "git fetch --unshallow"
								: "git fetch --refetch --no-filter");
		rc = ERR_INPUT;
	}
	if (!rc && *old)
		rc = repository_descends(repository, old, new, &forward, err);
	if (!rc && !forward)
		rc = repository_descends(repository, new, old, &backward, err);
	if (!rc && forward)
		rc = walk(repository, old, new, limit, out, &met, &count, err);
	*relation = met ? RANGE_FORWARD : forward ? RANGE_FOXTROT : backward ? RANGE_BACKWARD : RANGE_APART;
	if (!rc && met && count > limit) {
		err_set(err, ERR_INPUT, "%zu commits at once are more than the limit of %u", count,
			(unsigned)limit);
		err_hint(err, "git config pmt.limit.commits %zu", count);
		rc = ERR_INPUT;
	}
	turn_around(out);
	return rc;
}

int repository_parents(struct repository *repository, const char *commit, struct vec *out, struct err *err)
{
	const struct git_library *library;
	git_commit *opened;
	int rc = open_id(repository, commit, &opened, err);

	if (rc)
		return rc;
	library = &repository->objects->library;
	for (unsigned i = 0; i < library->git_commit_parentcount(opened); i++)
		fill(library, library->git_commit_parent_id(opened, i), out);
	library->git_commit_free(opened);
	return 0;
}

int repository_describe(struct repository *repository, const char *commit, struct strbuf *author,
	struct strbuf *subject, struct err *err)
{
	const struct git_library *library;
	const git_signature *who;
	git_commit *opened;
	struct slice message;
	int rc = open_id(repository, commit, &opened, err);

	if (rc)
		return rc;
	library = &repository->objects->library;
	who = library->git_commit_author(opened);
	message = slice_trim(slice_of(library->git_commit_message(opened)));
	if (author && who)
		strbuf_addf(author, "%s <%s>", who->name, who->email);
	if (subject)
		strbuf_add_slice(subject, slice_new(message.at, slice_find(message, '\n')));
	library->git_commit_free(opened);
	return 0;
}

/* --- references --- */

struct listing {
	struct repository *repository;
	const char *prefix;
	struct vec *out;
};

static int add_ref(const char *name, void *context)
{
	struct listing *l = context;
	const struct git_library *library = &l->repository->objects->library;
	git_repository *repository = l->repository->objects->repository;
	git_object *object, *commit;
	struct named_ref *ref;
	git_oid id;

	if (strncmp(name, l->prefix, strlen(l->prefix)) != 0)
		return 0;
	ref = vec_push(l->out);
	ref->name = xstrdup(name);
	if (library->git_reference_name_to_id(&id, repository, name) ||
		library->git_object_lookup(&object, repository, &id, GIT_OBJECT_ANY))
		return 0;
	if (!library->git_object_peel(&commit, object, GIT_OBJECT_COMMIT)) {
		library->git_oid_tostr(ref->id, sizeof(ref->id), library->git_object_id(commit));
		library->git_object_free(commit);
	}
	library->git_object_free(object);
	return 0;
}

static int by_name(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(((const struct named_ref *)a)->name, ((const struct named_ref *)b)->name);
}

int repository_refs(struct repository *repository, const char *prefix, struct vec *out, struct err *err)
{
	struct listing l = { repository, prefix, out };
	int rc = git_objects_open(repository, err);

	if (rc)
		return rc;
	rc = repository->objects->library.git_reference_foreach_name(repository->objects->repository, add_ref, &l);
	if (rc)
		return git_failure(repository, rc, err, "cannot read references");
	vec_sort(out, by_name, NULL);
	return 0;
}

void named_refs_release(struct vec *refs)
{
	struct named_ref *items = refs->items;

	for (size_t i = 0; i < refs->len; i++)
		free(items[i].name);
	vec_release(refs);
}
