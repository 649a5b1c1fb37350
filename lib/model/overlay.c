/*
 * The overlay: another folder whose records join the project's, for those who may read it. Whoever may not works
 * without it. Only a work tree can have one: a revision of this repository says nothing about another folder.
 */
#include "base/file.h"
#include "model/project-internal.h"

static bool overlay_folder(const struct project *project, struct slice name, struct strbuf *out)
{
	const char *root = project->source->root;

	if (!root)
		return false;
	strbuf_addf(out, "%s/%.*s", root, (int)name.len, name.at);
	return file_is_folder(out->buf);
}

int overlay_join(struct project *project, unsigned threads, struct err *err)
{
	struct slice name = project_setting(project, "overlay");
	size_t first = project->files.len;
	struct strbuf text;

	if (name.len == 0)
		return 0;
	project->overlay = OVERLAY_ABSENT;
	strbuf_init(&text);
	if (!overlay_folder(project, name, &text))
		goto out;
	project->overlay_source = source_worktree_new(text.buf);
	strbuf_reset(&text);
	strbuf_addf(&text, "%.*s/", (int)name.len, name.at);
	struct err ignored;
	err_init(&ignored);
	if (project_add_files(project, project->overlay_source, text.buf, &ignored) == 0)
		project->overlay = OVERLAY_JOINED;
	err_release(&ignored);
out:
	strbuf_release(&text);
	if (project->overlay == OVERLAY_JOINED)
		return project_read_files(project, project->overlay_source, first, threads, err);
	diagnose(project->diagnostics, (struct place){ "pmt.ini", 0, 0 }, "overlay-missing",
		N_("the overlay '%s' cannot be read here: figures that need it are left out"),
		arena_printf(&project->arena, "%.*s", (int)name.len, name.at), NULL);
	return 0;
}
