#include "cmd/cli/copy.h"

#include "cmd/cli/context.h"
#include "cmd/cli/revision.h"
#include "text/ini.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Kinds that tell what happened in the original, or that bind its people: no structure. */
static const char left_behind[] =
	"timesheet|sample|note|issue|incident|change|event|baseline|cost|payment|meeting|decision|lesson|sprint|debt";

struct copy {
	const struct copy_settings *settings;
	struct project project;
	int32_t shift; /* days between the old start and the new */
};

void copied_file_release(struct copied_file *file)
{
	free(file->path);
	strbuf_release(&file->text);
}

static void unset_facts(struct ini_doc *doc, size_t section, const struct kind *kind)
{
	for (size_t i = 0; i < kind_field_total(kind); i++) {
		const struct field *field = kind_field(kind, i);
		if (field->class == CLASS_FACT)
			ini_doc_unset(doc, section, slice_of(field->name));
	}
	ini_doc_unset(doc, section, slice_of("created"));
}

/* Dates of the plan move with the project's start; a calendar's holidays do not. */
static void shift_dates(struct copy *copy, struct ini_doc *doc, size_t section, const struct kind *kind)
{
	struct slice text;

	if (copy->shift == 0 || strcmp(kind->name, "calendar") == 0 || strcmp(kind->name, "rate") == 0)
		return;
	for (size_t i = 0; i < kind_field_total(kind); i++) {
		const struct field *field = kind_field(kind, i);
		char out[CIVIL_TEXT];
		moment_t moment;
		bool has_time;

		if ((field->type != TYPE_DATE && field->type != TYPE_DATETIME) ||
			!ini_doc_get(doc, section, slice_of(field->name), &text) ||
			moment_parse(text, &moment, &has_time) != CIVIL_OK)
			continue;
		moment += (moment_t)copy->shift * MINUTES_PER_DAY;
		if (has_time)
			moment_print(moment, out);
		else
			date_print(moment_date(moment), out);
		ini_doc_set(doc, section, slice_of(field->name), slice_of(out), NULL);
	}
}

static void set_or_keep(struct ini_doc *doc, size_t section, const char *key, const char *value)
{
	if (value)
		ini_doc_set(doc, section, slice_of(key), slice_of(value), NULL);
}

static void adapt_settings(struct copy *copy, struct ini_doc *doc, size_t section)
{
	set_or_keep(doc, section, "uid", copy->settings->uid);
	set_or_keep(doc, section, "name", copy->settings->name);
	set_or_keep(doc, section, "key", copy->settings->key);
	set_or_keep(doc, section, "start", copy->settings->start);
	ini_doc_unset(doc, section, slice_of("baseline"));
	ini_doc_unset(doc, section, slice_of("status_date"));
}

static void adapt_section(struct copy *copy, struct ini_doc *doc, size_t section)
{
	struct slice rest = ini_doc_header(doc, section), word = { NULL, 0 };
	const struct kind *kind;

	slice_next(&rest, " \t", &word);
	kind = kind_find(word);
	if (!kind)
		return;
	if (word_index(left_behind, slice_of(kind->name)) >= 0) {
		ini_doc_remove(doc, section);
		return;
	}
	unset_facts(doc, section, kind);
	shift_dates(copy, doc, section, kind);
	if (strcmp(kind->name, "project") == 0)
		adapt_settings(copy, doc, section);
}

static int copy_file(struct copy *copy, const struct project_file *file, struct vec *files, struct err *err)
{
	struct ini_doc doc;
	struct copied_file *out;
	int status = ini_doc_parse(&doc, file->bytes, err);

	if (status < 0)
		return err_context(err, "%s", file->path);
	/* From the end: removing a section moves those behind it. */
	for (size_t i = ini_doc_section_count(&doc); i-- > 0;)
		adapt_section(copy, &doc, i);
	if (ini_doc_section_count(&doc) > 0) {
		out = vec_push(files);
		out->path = xstrdup(file->path);
		strbuf_init(&out->text);
		ini_doc_print(&doc, &out->text);
	}
	ini_doc_release(&doc);
	return 0;
}

static void find_shift(struct copy *copy)
{
	date_t from, to;
	moment_t moment;
	bool has_time;

	if (!copy->settings->start || date_parse(slice_of(copy->settings->start), &to) != CIVIL_OK ||
		moment_parse(project_setting(&copy->project, "start"), &moment, &has_time) != CIVIL_OK)
		return;
	from = moment_date(moment);
	copy->shift = to - from;
}

static int copy_folder(struct copy *copy, const char *folder, struct vec *files, struct err *err)
{
	struct source *source = source_worktree_new(folder);
	struct diagnostics found;
	struct project_file *file;
	int status;

	diagnostics_init(&found);
	status = project_load(&copy->project, source, 0, &found, err);
	if (status == 0) {
		find_shift(copy);
		for (size_t i = 0; i < copy->project.files.len && status == 0; i++) {
			file = vec_at(&copy->project.files, i);
			if (!file->overlay)
				status = copy_file(copy, file, files, err);
		}
	}
	project_release(&copy->project);
	source_free(source);
	diagnostics_release(&found);
	return status;
}

/* A folder that holds a project, itself or in pm/. */
static bool is_project(const char *folder, struct strbuf *root)
{
	strbuf_reset(root);
	strbuf_addf(root, "%s/pmt.ini", folder);
	if (file_exists(root->buf)) {
		strbuf_truncate(root, root->len - strlen("/pmt.ini"));
		return true;
	}
	strbuf_reset(root);
	strbuf_addf(root, "%s/pm/pmt.ini", folder);
	if (!file_exists(root->buf))
		return false;
	strbuf_truncate(root, root->len - strlen("/pmt.ini"));
	return true;
}

static int copy_clone(struct copy *copy, const char *url, struct vec *files, struct err *err)
{
	char folder[] = "/tmp/pmt-from-XXXXXX";
	struct strbuf root;
	int status;

	if (!mkdtemp(folder))
		return err_errno(err, "%s", _("cannot make a temporary folder"));
	strbuf_init(&root);
	status = revision_clone(url, folder, err);
	if (status == 0 && !is_project(folder, &root))
		status = err_set(err, ERR_NOWHERE, _("%s holds no project: no pmt.ini in it or in pm/"), url);
	if (status == 0)
		status = copy_folder(copy, root.buf, files, err);
	file_remove_tree(folder, NULL);
	strbuf_release(&root);
	return status;
}

int copy_structure(const struct copy_settings *settings, struct vec *files, struct err *err)
{
	struct copy copy = { .settings = settings };
	struct strbuf root;
	int status;

	strbuf_init(&root);
	if (is_project(settings->from, &root))
		status = copy_folder(&copy, root.buf, files, err);
	else if (file_is_folder(settings->from) && !strstr(settings->from, "://")) {
		status = err_set(err, ERR_NOWHERE, _("%s holds no project: no pmt.ini in it or in pm/"), settings->from);
	} else {
		status = copy_clone(&copy, settings->from, files, err);
	}
	strbuf_release(&root);
	return status;
}
