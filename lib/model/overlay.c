/*
 * The overlay and the pool: other folders whose records join the project's, for those who may read
 * them. Whoever may not works without. Only a work tree can have them: a revision of this
 * repository says nothing about another folder.
 */
#include "base/file.h"
#include "model/project-internal.h"

/* The folder's path, as this process finds it. */
static bool joined_folder(const struct project *project, struct slice name, struct strbuf *out)
{
	const char *root = project->source->root;

	if (!root)
		return false;
	if (!slice_starts(name, "/"))
		strbuf_addf(out, "%s/", root);
	strbuf_add_slice(out, name);
	return file_is_folder(out->buf);
}

/* 1 when its files were added, 0 when they cannot be listed. */
static int list_folder(struct project *project, struct slice name, struct source **source)
{
	struct strbuf text;
	struct err ignored;
	int added = 0;

	strbuf_init(&text);
	if (joined_folder(project, name, &text)) {
		*source = source_worktree_new(text.buf);
		vec_append(&project->joined, source);
		strbuf_reset(&text);
		strbuf_addf(&text, "%.*s/", (int)name.len, name.at);
		err_init(&ignored);
		added = project_add_files(project, *source, text.buf, &ignored) == 0;
		err_release(&ignored);
	}
	strbuf_release(&text);
	return added;
}

static int join_folder(
	struct project *project, const char *setting, unsigned threads, struct err *err)
{
	struct slice name = slice_trim(project_setting(project, setting));
	size_t first = project->files.len;
	struct source *source;

	while (name.len > 1 && name.at[name.len - 1] == '/')
		name.len--;
	if (name.len == 0)
		return 0;
	if (list_folder(project, name, &source)) {
		if (project->overlay == OVERLAY_NONE)
			project->overlay = OVERLAY_JOINED;
		return project_read_files(project, source, first, threads, err);
	}
	project->overlay = OVERLAY_ABSENT;
	diagnose(project->diagnostics, (struct place){ "pmt.ini", 0, 0 }, "overlay-missing",
		N_("the %s '%s' cannot be read here: figures that need it are left out"), setting,
		arena_printf(&project->arena, "%.*s", (int)name.len, name.at), NULL);
	return 0;
}

int overlay_join(struct project *project, unsigned threads, struct err *err)
{
	int rc = join_folder(project, "overlay", threads, err);

	return rc != 0 ? rc : join_folder(project, "pool", threads, err);
}
