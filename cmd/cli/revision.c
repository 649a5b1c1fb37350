#include "cmd/cli/revision.h"

#include "cmd/cli/context.h"
#include "cmd/cli/place.h"
#include "git/ids.h"
#include "git/program.h"
#include "git/repository.h"
#include "git/source_tree.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

struct revision_state {
	struct repository repository;
	struct strbuf folder; /* the project's, below the repository's top */
	struct project_cache *files;
};

/* The repository around the project's folder, or around the current one. */
static int open_repository(struct context *context, struct revision_state **out, struct err *err)
{
	struct revision_state *state = context->revision;
	struct strbuf from;
	int status = 0;

	if (!state) {
		state = xcalloc(1, sizeof(*state));
		strbuf_init(&state->folder);
		strbuf_init(&from);
		if (context->root)
			strbuf_add_str(&from, context->root);
		else
			status = place_here(&from, err);
		if (status == 0)
			status = repository_find(&state->repository, from.buf, environ, err);
		if (status == 0)
			repository_path_inside(&state->repository, from.buf, &state->folder);
		strbuf_release(&from);
		if (status < 0) {
			repository_release(&state->repository);
			strbuf_release(&state->folder);
			free(state);
			return status;
		}
		context->revision = state;
	}
	*out = state;
	return 0;
}

void revision_close(struct context *context)
{
	struct revision_state *state = context->revision;

	if (!state)
		return;
	repository_release(&state->repository);
	strbuf_release(&state->folder);
	project_cache_free(state->files);
	free(state);
	context->revision = NULL;
}

bool revision_has_history(const struct context *context)
{
	struct strbuf git;
	bool found;

	if (context->global.at)
		return true;
	strbuf_init(&git);
	found = context->root && place_git_folder(context->root, &git, NULL);
	strbuf_release(&git);
	return found;
}

struct repository *revision_repository(struct context *context, struct slice *folder, struct err *err)
{
	struct revision_state *state;

	if (open_repository(context, &state, err) < 0)
		return NULL;
	if (folder)
		*folder = strbuf_slice(&state->folder);
	return &state->repository;
}

struct project_cache *revision_files(struct context *context)
{
	struct revision_state *state;

	if (open_repository(context, &state, NULL) < 0)
		return NULL;
	if (!state->files)
		state->files = project_cache_new();
	return state->files;
}

int revision_open(struct context *context, struct err *err)
{
	struct revision_state *state;
	struct revision revision;
	struct strbuf folder;
	int status;

	/* The work tree's project tells which one is meant; a bare repository or a deleted folder has none. */
	context_find_root(context, NULL);
	status = open_repository(context, &state, err);
	if (status < 0)
		return status;
	strbuf_init(&folder);
	status = repository_resolve(&state->repository, context->global.at, &revision, err);
	if (status == 0)
		status = repository_find_project(&state->repository, &revision, state->folder.buf, &folder, err);
	if (status == 0)
		status = source_tree_new(&state->repository, &revision, folder.buf, &context->source, err);
	if (status == 0)
		status = repository_short_id(&state->repository, &revision, &context->at, err);
	if (status == 0 && !context->now_given)
		context->now = revision.committed;
	strbuf_release(&folder);
	return status;
}

void revision_user(struct context *context, struct strbuf *out)
{
	const struct kind *kind = kind_find(slice_of("resource"));
	struct strbuf email;
	struct record *person;

	strbuf_init(&email);
	if (context->project_loaded && settings_value(context->root, environ, "user.email", &email))
		FOREACH_RECORD(&context->project, kind, person)
			if (out->len == 0 && slice_equal(record_text_or(person, "email"), strbuf_slice(&email)))
				strbuf_add_slice(out, person->id);
	strbuf_release(&email);
}

uint64_t revision_high_water(struct context *context, const struct kind *kind)
{
	struct revision_state *state;
	uint64_t highest = 0;

	if (!kind->prefix || open_repository(context, &state, NULL) < 0)
		return 0;
	/* What git cannot tell does not stop a new record: the work tree's own ids are known. */
	if (repository_high_water(&state->repository, state->folder.buf, kind->name, kind->prefix, &highest, NULL) < 0)
		return 0;
	return highest;
}

int revision_commit(struct context *context, const struct strvec *paths, const char *message, struct err *err)
{
	struct revision_state *state;
	struct strvec below;
	bool committed = false;
	int status = open_repository(context, &state, err);

	if (status < 0)
		return status;
	strvec_init(&below);
	for (size_t i = 0; i < paths->len; i++)
		strvec_pushf(&below, "%s%s%s", state->folder.buf, state->folder.len ? "/" : "", paths->items[i]);
	status = repository_commit(&state->repository, &below, message, &committed, err);
	context->committed = context->committed || (status == 0 && committed);
	strvec_release(&below);
	return status;
}

int revision_check_tag(struct context *context, const char *name, struct err *err)
{
	struct revision_state *state;
	int status = open_repository(context, &state, err);

	return status < 0 ? status : repository_check_tag(&state->repository, name, err);
}

int revision_uncommitted(struct context *context, struct strbuf *out, struct err *err)
{
	struct revision_state *state;
	int status = open_repository(context, &state, err);

	return status < 0 ? status : repository_uncommitted(&state->repository, state->folder.buf, out, err);
}

int revision_tag(struct context *context, const char *name, const char *message, bool sign, struct err *err)
{
	struct revision_state *state;
	int status = open_repository(context, &state, err);

	return status < 0 ? status : repository_tag(&state->repository, name, message, sign, err);
}

int revision_init(const char *folder, struct err *err)
{
	return repository_init(folder, environ, err);
}

int revision_clone(const char *url, const char *folder, struct err *err)
{
	return repository_clone(url, folder, 1, environ, err);
}
