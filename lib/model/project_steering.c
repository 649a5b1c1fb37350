/* What lies beside the text: files that say how it is read, and names that other file systems take for one another. */
#include "model/project-internal.h"

#include "base/utf8.h"
#include "model/source_names.h"

/* A name in a message is one line of text, whatever its bytes are; places show theirs as they are. */
static const char *safe_path(struct project *project, const char *path)
{
	struct strbuf text;
	const char *out;

	strbuf_init(&text);
	utf8_add_safe(&text, slice_of(path));
	out = arena_strdup(&project->arena, text.buf);
	strbuf_release(&text);
	return out;
}

static void report_names(struct project *project, struct source *source)
{
	const struct project_file *files = project->files.items;
	const struct source_twin *items;
	struct vec twins;

	for (size_t i = 0; i < project->files.len; i++)
		if (!files[i].overlay && !utf8_is_line(slice_of(files[i].path)))
			diagnose(project->diagnostics, (struct place){ safe_path(project, files[i].path), 0, 0 }, "file-name",
				N_("the name is not UTF-8 on one line"), NULL);
	if (!source->twins)
		return;
	vec_init(&twins, sizeof(struct source_twin));
	source->twins(source, &twins);
	items = twins.items;
	for (size_t i = 0; i < twins.len; i++)
		diagnose(project->diagnostics, (struct place){ safe_path(project, items[i].path), 0, 0 }, "file-twin",
			N_("'%s' is the same name where upper and lower case or Unicode forms are not told apart"),
			safe_path(project, items[i].other), NULL);
	vec_release(&twins);
}

static void read_steering_file(struct project *project, struct source *source, const char *path)
{
	struct steering *file = vec_push(&project->steering);
	struct err err;

	*file = (struct steering){ .path = arena_strdup(&project->arena, path), .bytes = slice_new("", 0) };
	if (!slice_ends(slice_of(path), ".gitattributes"))
		return;
	err_init(&err);
	if (source->read(source, path, &file->bytes, &err))
		diagnose(project->diagnostics, (struct place){ file->path, 0, 0 }, "file-unreadable",
			N_("cannot read: %s"), err.message, NULL);
	err_release(&err);
}

int project_read_steering(struct project *project, struct source *source, struct err *err)
{
	struct strvec paths;

	report_names(project, source);
	if (!source->steering)
		return 0;
	strvec_init(&paths);
	int rc = source->steering(source, &paths, err);
	for (size_t i = 0; rc == 0 && i < paths.len; i++)
		read_steering_file(project, source, paths.items[i]);
	strvec_release(&paths);
	return rc;
}
