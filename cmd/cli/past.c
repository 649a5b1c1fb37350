#include "cmd/cli/past.h"

#include "cmd/cli/revision.h"
#include "git/source_tree.h"
#include "model/edit.h"
#include "model/governing.h"

#include <string.h>

static int open_source(struct past *past, struct context *context, const char *text, struct err *err)
{
	struct slice folder;
	struct repository *repository = revision_repository(context, &folder, err);
	struct strbuf hint, place;
	int status;

	if (!repository)
		return err->code;
	strbuf_init(&hint);
	strbuf_init(&place);
	strbuf_add_slice(&hint, folder);
	status = repository_resolve(repository, text, &past->revision, err);
	if (status == 0)
		status = repository_find_project(repository, &past->revision, hint.buf, &place, err);
	if (status == 0)
		status = source_tree_new(repository, &past->revision, place.buf, &past->source, err);
	strbuf_release(&hint);
	strbuf_release(&place);
	return status;
}

int past_open(struct past *past, struct context *context, const char *revision, struct err *err)
{
	int status;

	*past = (struct past){ .loaded = false };
	diagnostics_init(&past->found);
	status = open_source(past, context, revision, err);
	if (status < 0)
		return status;
	status = project_load_cached(&past->project, past->source, revision_files(context), &past->found, err);
	past->loaded = true;
	return status;
}

static void keep_file(void *context, const char *path, struct slice before, struct slice after)
{
	(void)before;
	source_patch_set(context, path, after);
}

static int rename_all(struct past *past, const struct past_renaming *renamings, size_t count, struct err *err)
{
	struct value_context values = { .units = &past->project.units };
	struct diagnostics found;
	struct edit edit;
	int status = 0;

	diagnostics_init(&found);
	edit_init(&edit, &past->project, &values, &found);
	for (size_t i = 0; i < count && status == 0; i++) {
		struct record *record = project_find(&past->project, renamings[i].kind, renamings[i].old_id);

		if (record && !project_find(&past->project, renamings[i].kind, renamings[i].new_id))
			status = edit_rename(&edit, record, renamings[i].new_id, err);
	}
	if (status == 0)
		edit_each_file(&edit, keep_file, past->patched);
	edit_release(&edit);
	diagnostics_release(&found);
	return status;
}

int past_rename(struct past *past, const struct past_renaming *renamings, size_t count, struct err *err)
{
	int status;

	if (count == 0)
		return 0;
	past->patched = source_patch_new(past->source);
	status = rename_all(past, renamings, count, err);
	if (status < 0)
		return status;
	project_release(&past->project);
	diagnostics_release(&past->found);
	diagnostics_init(&past->found);
	past->loaded = false;
	status = project_load(&past->project, past->patched, 0, &past->found, err);
	past->loaded = true;
	return status;
}

int past_open_source(struct past *past, struct context *context, struct source *source, struct err *err)
{
	int status;

	*past = (struct past){ .source = source, .revision = { .committed = context->now } };
	diagnostics_init(&past->found);
	status = project_load(&past->project, past->source, 0, &past->found, err);
	past->loaded = true;
	return status;
}

int past_plan(struct past *past, struct context *context, moment_t now, struct err *err)
{
	struct plan_options options = context_plan_options(context);
	int status;

	options.now = now == MOMENT_NONE ? past->revision.committed : now;
	status = plan_build(&past->plan, &past->project, &options, &past->found, err);

	past->planned = true;
	if (status == 0)
		status = plan_schedule(&past->plan, &options, &past->found, err);
	if (status == 0)
		plan_costs_init(&past->costs, &past->plan);
	return status;
}

void past_release(struct past *past)
{
	if (past->planned) {
		plan_costs_release(&past->costs);
		plan_release(&past->plan);
	}
	if (past->loaded)
		project_release(&past->project);
	source_free(past->patched);
	source_free(past->source);
	diagnostics_release(&past->found);
	past->planned = past->loaded = false;
	past->source = past->patched = NULL;
}

bool past_governs(const struct past *past, const char *digest)
{
	char own[DIGEST_HEX];

	governing_digest(&past->project, own);
	return strcmp(own, digest) == 0;
}

bool past_head_governs(struct context *context, const char *digest, struct strbuf *out)
{
	struct past past;
	struct err ignored;
	bool same;

	err_init(&ignored);
	same = past_open(&past, context, "HEAD", &ignored) == 0 && past_governs(&past, digest);
	if (same)
		strbuf_add_str(out, past.revision.id);
	past_release(&past);
	err_release(&ignored);
	return same;
}
