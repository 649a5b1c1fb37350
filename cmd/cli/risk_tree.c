/*
 * `pmt risk tree [FILE | ID...]`: decision trees of the project, or of a file of nodes, which needs no project around it.
 */
#include "cmd/cli/noun.h"
#include "cmd/cli/risk.h"

#include "base/file.h"
#include "report/risk.h"

#include <string.h>
#include <unistd.h>

static int emit(struct context *context, struct risk_register *r, const struct vec *roots, struct err *err)
{
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.risk.tree/1");
	doc.units = r->project->units;
	risk_tree_report(&doc, r, roots, context_wants_data(context));
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

/* A tree with faults has no value: its findings are the answer; those of a file are told of that file. */
static int refuse_faults(struct context *context, const struct project *project, const char *path, struct diagnostics *found,
	struct err *err)
{
	struct diagnostics wrong;
	const struct diagnostic *items;
	size_t count;

	diagnostics_init(&wrong);
	project_check(project, 0, found);
	items = found->items.items;
	for (size_t i = 0; i < found->items.len; i++)
		if (items[i].severity == SEVERITY_ERROR && (!items[i].record || slice_starts(slice_of(items[i].record), "node ")))
			diagnostic_copy(&wrong, &items[i]);
	for (size_t i = 0; path && i < wrong.items.len; i++)
		((struct diagnostic *)vec_at(&wrong.items, i))->place.path = path;
	count = wrong.errors;
	if (count)
		context_report(context, &wrong);
	diagnostics_release(&wrong);
	return count ? err_set(err, ERR_INPUT, "%s", _("the decision tree has errors: it cannot be folded back")) : 0;
}

static int show_own(struct context *context, const struct strvec *words, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("node"));
	struct diagnostics found;
	struct vec roots;
	struct record *record;
	int status = context_prepare(context, NEEDS_PROJECT, err);

	if (status < 0)
		return status;
	vec_init(&roots, sizeof(struct record *));
	for (size_t i = 0; i < words->len && status == 0; i++) {
		status = noun_resolve(context, kind, words->items[i], &record, err);
		if (status == 0)
			vec_append(&roots, &record);
	}
	diagnostics_init(&found);
	if (status == 0)
		status = refuse_faults(context, &context->project, NULL, &found, err);
	if (status == 0)
		status = emit(context, &context->risks, words->len ? &roots : NULL, err);
	diagnostics_release(&found);
	vec_release(&roots);
	return status;
}

/* --- a file of nodes --- */

/* The file as a project of its own; it may say [project] itself, for its currency. */
static struct source *file_source(const char *path, struct slice text)
{
	static const char head[] = "[project]\nname = -\n";
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
	bool whole = slice_starts(text, "[project]") || memmem(text.at, text.len, "\n[project]", 10);
	struct source *source = source_memory_new();

	source_memory_add(source, "pmt.ini", whole ? text : slice_of(head));
	if (!whole)
		source_memory_add(source, strcmp(name, "pmt.ini") == 0 ? "nodes.ini" : name, text);
	return source;
}

static int show_project(struct context *context, struct project *project, const char *path, struct diagnostics *found,
	struct err *err)
{
	struct risk_register r;
	int status = refuse_faults(context, project, path, found, err);

	if (status < 0)
		return status;
	if (project_count(project, kind_find(slice_of("node"))) == 0)
		return err_set(err, ERR_INPUT, "%s", _("the file has no nodes of a decision tree: sections [node ID]"));
	risk_register_init(&r, project, context->now);
	status = emit(context, &r, NULL, err);
	risk_register_release(&r);
	return status;
}

static int show_file(struct context *context, const char *path, struct err *err)
{
	struct diagnostics found;
	struct project project;
	struct source *source;
	struct strbuf text;
	int status;

	strbuf_init(&text);
	status = file_read(&text, path, err);
	if (status < 0) {
		strbuf_release(&text);
		return status;
	}
	diagnostics_init(&found);
	source = file_source(path, strbuf_slice(&text));
	status = project_load(&project, source, 1, &found, err);
	if (status == 0)
		status = show_project(context, &project, path, &found, err);
	project_release(&project);
	source_free(source);
	diagnostics_release(&found);
	strbuf_release(&text);
	return status;
}

int risk_tree_run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	if (words->len == 1 && file_exists(words->items[0]))
		return show_file(context, words->items[0], err);
	return show_own(context, words, err);
}
