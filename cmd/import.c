/* `pmt import FORMAT FILE`: another tool's project as text files, in a new project or in the one at hand. */
#include "base/file.h"
#include "base/random.h"
#include "cmd/cli/context.h"
#include "cmd/cli/revision.h"
#include "exchange/exchange.h"
#include "model/undo.h"
#include "text/ini.h"

#include <stdlib.h>
#include <string.h>

struct import_command_options {
	const char *into;
	bool dry_run;
};

static const struct option_spec specs[] = {
	{ 0, "into", OPTION_TEXT, offsetof(struct import_command_options, into), N_("DIR"),
		N_("Make a new project in DIR") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct import_command_options, dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

typedef int importer(struct slice text, const char *name, const struct import_options *options, struct import *out,
	struct diagnostics *found, struct err *err);

/* One run of the command. */
struct run {
	struct context *context;
	const struct import_command_options *options;
	importer *import;
	const char *file;
	struct strbuf text;
	struct strbuf root; /* where it goes */
	struct import imported;
	bool existing;     /* a project is there */
	bool adopt;        /* it has no tasks yet: it takes over start, calendar and units */
	struct vec before; /* struct undo_text: of a project that was there, what the files held */
};

static bool id_in_use(void *context, const char *kind, struct slice id)
{
	const struct run *r = context;
	const struct kind *k = kind_find(slice_of(kind));

	return r->existing && k && project_find(&r->context->project, k, id) != NULL;
}

/* The project at hand, or a new one: in --into, else here. */
static int choose_place(struct run *r, struct err *err)
{
	struct err none;
	int status = 0;

	err_init(&none);
	if (r->options->into) {
		strbuf_add_str(&r->root, r->options->into);
		strbuf_add_str(&r->root, "/pmt.ini");
		if (file_exists(r->root.buf)) {
			status = err_set(err, ERR_FAILED, _("%s is there already: this is a project"), r->root.buf);
			err_hint(err, _("go there and run 'pmt import' without --into"));
		}
		strbuf_truncate(&r->root, r->root.len - strlen("/pmt.ini"));
	} else if (context_find_root(r->context, &none) == 0) {
		strbuf_add_str(&r->root, r->context->root);
		r->existing = true;
		status = context_prepare(r->context, NEEDS_LOCK | NEEDS_PROJECT, err);
		r->adopt = status == 0 && project_count(&r->context->project, kind_find(slice_of("task"))) == 0;
	} else {
		strbuf_add_char(&r->root, '.');
	}
	err_release(&none);
	return status;
}

/* Settings that are the project's own identity: never taken from elsewhere. */
static bool is_identity(struct slice key)
{
	return slice_is(key, "format") || slice_is(key, "uid") || slice_is(key, "key") || slice_is(key, "name") ||
	       slice_is(key, "locale");
}

/* Puts the imported [project]'s settings into the one that is there. */
static int adopt_settings(struct run *r, const struct strbuf *imported, struct strbuf *out, struct err *err)
{
	const struct project_file *file = vec_at(&r->context->project.files, r->context->project.settings->file);
	struct ini_doc theirs, ours;
	long from, to;
	int status = ini_doc_parse(&theirs, strbuf_slice(imported), err);

	if (status < 0)
		return status;
	status = ini_doc_parse(&ours, file->bytes, err);
	from = status == 0 ? ini_doc_find(&theirs, slice_of("project")) : -1;
	to = status == 0 ? ini_doc_find(&ours, slice_of("project")) : -1;
	for (size_t i = 0; from >= 0 && to >= 0 && i < ini_doc_key_count(&theirs, (size_t)from); i++) {
		struct slice key = ini_doc_key(&theirs, (size_t)from, i), value;
		if (!is_identity(key) && ini_doc_get(&theirs, (size_t)from, key, &value))
			ini_doc_set(&ours, (size_t)to, key, value, NULL);
	}
	if (status == 0) {
		ini_doc_print(&ours, out);
		ini_doc_release(&ours);
	}
	ini_doc_release(&theirs);
	return status;
}

/* A free path for an imported file: plan.ini, else plan-2.ini, … */
static void free_path(const struct run *r, const char *path, struct strbuf *out)
{
	size_t stem = strlen(path) - strlen(".ini");

	strbuf_reset(out);
	strbuf_addf(out, "%s/%s", r->root.buf, path);
	for (int i = 2; file_exists(out->buf); i++) {
		strbuf_reset(out);
		strbuf_addf(out, "%s/%.*s-%d.ini", r->root.buf, (int)stem, path, i);
	}
}

/* A new project gets an identity of its own. */
static int add_identity(struct strbuf *text, struct err *err)
{
	static const char *const before[] = { "format", NULL };
	struct ini_doc doc;
	char uid[17];
	long at;
	int status = random_base32(uid, 16, 1, err);

	if (status == 0)
		status = ini_doc_parse(&doc, strbuf_slice(text), err);
	if (status < 0)
		return status;
	at = ini_doc_find(&doc, slice_of("project"));
	if (at >= 0)
		ini_doc_set(&doc, (size_t)at, slice_of("uid"), slice_of(uid), before);
	strbuf_reset(text);
	ini_doc_print(&doc, text);
	ini_doc_release(&doc);
	return 0;
}

/* For undo: what a file of the project held. */
static void note_before(struct run *r, const char *path)
{
	struct arena *arena = &r->context->project.arena;
	struct undo_text text = { .path = arena_strdup(arena, path) };
	struct strbuf bytes;

	strbuf_init(&bytes);
	if (file_exists(path) && file_read(&bytes, path, NULL) == 0)
		text.now = arena_slice(arena, strbuf_slice(&bytes));
	vec_append(&r->before, &text);
	strbuf_release(&bytes);
}

static void keep_for_undo(struct run *r)
{
	struct strbuf state, bytes;

	strbuf_init(&state);
	if (context_state_folder(r->context, &state, NULL) == 0)
		for (size_t i = 0; i < r->before.len; i++) {
			const struct undo_text *text = vec_at(&r->before, i);

			strbuf_init(&bytes);
			if (file_read(&bytes, text->path, NULL) == 0)
				undo_keep(state.buf, text->path, text->now, strbuf_slice(&bytes));
			strbuf_release(&bytes);
		}
	strbuf_release(&state);
}

static int plan_file(
	struct run *r, struct fileset *set, const struct import_file *file, struct strbuf *path, struct err *err)
{
	struct strbuf text;
	int status = 0;

	strbuf_init(&text);
	strbuf_add_slice(&text, strbuf_slice(&file->text));
	if (strcmp(file->path, "pmt.ini") != 0) {
		free_path(r, file->path, path);
	} else {
		strbuf_reset(path);
		strbuf_addf(path, "%s/pmt.ini", r->root.buf);
		if (r->existing) {
			strbuf_reset(&text);
			status = adopt_settings(r, &file->text, &text, err);
		} else {
			status = add_identity(&text, err);
		}
	}
	if (status == 0 && r->options->dry_run)
		context_note(r->context, _("would change %s"), path->buf);
	if (status == 0 && r->existing)
		note_before(r, path->buf);
	if (status == 0)
		fileset_write(set, path->buf, strbuf_slice(&text), NULL);
	strbuf_release(&text);
	return status;
}

static int write_files(struct run *r, struct err *err)
{
	const struct import_file *files = r->imported.files.items;
	struct strbuf intent, path;
	struct fileset set;
	int status = 0;

	strbuf_init(&intent);
	strbuf_init(&path);
	if (r->existing)
		status = context_intent(r->context, &intent, err);
	else
		strbuf_addf(&intent, "%s/.pmt-intent", r->root.buf);
	fileset_init(&set, intent.buf);
	for (size_t i = 0; i < r->imported.files.len && status == 0; i++)
		status = plan_file(r, &set, &files[i], &path, err);
	if (status == 0 && !r->options->dry_run)
		status = file_make_folders(r->root.buf, err);
	if (status == 0 && !r->options->dry_run)
		status = fileset_commit(&set, err);
	if (status == 0 && !r->options->dry_run && r->existing)
		keep_for_undo(r);
	fileset_release(&set);
	strbuf_release(&intent);
	strbuf_release(&path);
	return status;
}

static int emit_summary(const struct run *r, struct err *err)
{
	struct doc doc;
	struct block *pairs;
	int status;

	doc_init(&doc, "pmt.import/1");
	doc.diagnostics = &r->context->found;
	pairs = doc_pairs(&doc, "summary");
	pairs_add(&doc, pairs, "tasks", N_("tasks"), cell_integer((int64_t)r->imported.tasks.len));
	pairs_add(&doc, pairs, "links", N_("links"), cell_integer((int64_t)r->imported.links));
	pairs_add(&doc, pairs, "resources", N_("resources"), cell_integer((int64_t)r->imported.resources));
	pairs_add(&doc, pairs, "assignments", N_("assignments"), cell_integer((int64_t)r->imported.assignments));
	pairs_add(&doc, pairs, "calendars", N_("calendars"), cell_integer((int64_t)r->imported.calendars));
	status = context_emit(r->context, &doc, err);
	doc_release(&doc);
	return status;
}

/* The importer for a file whose format is not named. */
static importer *guess(const char *file)
{
	struct slice name = slice_of(file);

	if (slice_ends(name, ".xml"))
		return mspdi_import;
	return slice_ends(name, ".sm") || slice_ends(name, ".rcp") ? psplib_import : NULL;
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* The number of the next automatic id of a task, "T-8" being 8: what is imported goes on from there. */
static int next_task(struct run *r, uint32_t *out, struct err *err)
{
	const struct kind *task = kind_find(slice_of("task"));
	struct strbuf id;
	int status;

	strbuf_init(&id);
	status = edit_next_id(&r->context->project, task, revision_high_water(r->context, task), &id, err);
	if (status == 0)
		*out = (uint32_t)strtoul(id.buf + strlen(task->prefix) + 1, NULL, 10);
	strbuf_release(&id);
	return status;
}

static int import_into(struct run *r, struct err *err)
{
	struct import_options options = { .in_use = id_in_use, .context = r };
	struct diagnostics found;
	int status = file_read(&r->text, r->file, err);

	if (status == 0)
		status = choose_place(r, err);
	if (status == 0 && r->existing)
		status = next_task(r, &options.first_task, err);
	if (status < 0)
		return status;
	options.project = !r->existing || r->adopt;
	diagnostics_init(&found);
	status = r->import(strbuf_slice(&r->text), base_name(r->file), &options, &r->imported, &found, err);
	context_report(r->context, &found);
	if (status == 0)
		status = write_files(r, err);
	diagnostics_release(&found);
	return status == 0 ? emit_summary(r, err) : status;
}

static int run_with(
	struct context *context, const void *options, struct strvec *arguments, importer *import, struct err *err)
{
	struct run r = { .context = context, .options = options, .import = import };
	int status;

	if (arguments->len != 1)
		return err_set(err, ERR_USAGE, "%s", _("'pmt import' takes one file"));
	r.file = arguments->items[0];
	if (!r.import)
		r.import = guess(r.file);
	if (!r.import) {
		err_set(err, ERR_USAGE, _("cannot tell the format of '%s'"), r.file);
		err_hint(err, "%s", _("name it: pmt import mspdi|psplib FILE"));
		return ERR_USAGE;
	}
	strbuf_init(&r.text);
	strbuf_init(&r.root);
	vec_init(&r.before, sizeof(struct undo_text));
	import_init(&r.imported);
	status = import_into(&r, err);
	import_release(&r.imported);
	strbuf_release(&r.text);
	strbuf_release(&r.root);
	vec_release(&r.before);
	return status;
}

static int run_mspdi(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run_with(context, options, arguments, mspdi_import, err);
}

static int run_psplib(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run_with(context, options, arguments, psplib_import, err);
}

static int run_guessed(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run_with(context, options, arguments, NULL, err);
}

static const struct command_verb verbs[] = {
	{ "mspdi", "FILE", N_("Microsoft Project XML"), specs, sizeof(struct import_command_options), NEEDS_NOTHING,
		run_mspdi },
	{ "psplib", "FILE", N_("PSPLIB scheduling problems, .sm and .rcp"), specs,
		sizeof(struct import_command_options), NEEDS_NOTHING, run_psplib },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_import = {
	.name = "import",
	.group = GROUP_EXCHANGE,
	.summary = N_("Take in a project from another tool"),
	.usage = "FILE",
	.options = specs,
	.options_size = sizeof(struct import_command_options),
	.verbs = verbs,
	.run = run_guessed,
};
