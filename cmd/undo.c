/* `pmt undo`: takes back the last change that pmt made. */
#include "cmd/cli/context.h"
#include "cmd/cli/help.h"
#include "cmd/cli/place.h"
#include "cmd/cli/revision.h"

#include "base/process.h"
#include "git/program.h"
#include "git/repository.h"
#include "history/change.h"
#include "model/undo.h"
#include "report/history.h"

#include <string.h>

struct undo_options {
	bool list, dry_run, redo;
};

static const struct option_spec specs[] = {
	{ 'l', "list", OPTION_FLAG, offsetof(struct undo_options, list), NULL,
		N_("List the changes that can be taken back, newest first") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct undo_options, dry_run), NULL,
		N_("Show what would change, write nothing") },
	{ 0, "redo", OPTION_FLAG, offsetof(struct undo_options, redo), NULL,
		N_("Make the change again that was taken back last") },
	OPTIONS_END,
};

struct undoing {
	struct context *context;
	const struct undo_options *options;
	struct arena arena;
	struct strbuf state, top; /* top: of the work tree; the project's folder outside one */
	struct vec entries;       /* struct undo_entry */
	struct vec texts;         /* struct undo_text */
	struct vec changes;       /* struct history_change */
};

static int find_places(struct undoing *u, struct err *err)
{
	struct strbuf git;

	strbuf_init(&git);
	if (!place_git_folder(u->context->root, &git, &u->top))
		strbuf_add_str(&u->top, u->context->root);
	strbuf_release(&git);
	return context_state_folder(u->context, &u->state, err);
}

/* --- the list --- */

static struct cell label_cell(struct arena *arena, const struct undo_entry *entry)
{
	return entry->label.len ? cell_text(arena, entry->label) : cell_message(N_("a command that was interrupted"));
}

static int list_entries(struct undoing *u, struct err *err)
{
	struct table *table;
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.undo/1");
	table = doc_table(&doc, "records", NULL);
	table->empty = N_("no changes");
	table_column(table, "number", N_("number"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "when", N_("when"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "command", N_("command"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "files", N_("files"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "committed", N_("committed"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "taken_back", N_("taken back"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "takes_back", N_("takes back"), ALIGN_RIGHT, PRIORITY_HIGH);
	for (size_t i = u->entries.len; i-- > 0;) {
		const struct undo_entry *entry = vec_at(&u->entries, i);
		struct cell *cells = table_row(table)->cells;

		cells[0] = cell_integer(entry->number);
		cells[1] = cell_moment(entry->when);
		cells[2] = label_cell(&doc.arena, entry);
		cells[3] = cell_integer((int64_t)entry->change_count);
		cells[4] = cell_yesno(entry->committed);
		cells[5] = cell_yesno(entry->taken_back);
		if (entry->of)
			cells[6] = cell_integer(entry->of);
	}
	status = context_emit(u->context, &doc, err);
	doc_release(&doc);
	return status;
}

/* --- taking back --- */

/* What it does to records, as a diff tells it. */
static void compare(struct undoing *u)
{
	const struct undo_text *texts = u->texts.items;
	struct history_text *pairs = arena_calloc(&u->arena, u->texts.len + 1, sizeof(*pairs));
	size_t count = 0;

	for (size_t i = 0; i < u->texts.len; i++) {
		const char *path = texts[i].path + u->top.len + 1;
		size_t at = 0;

		while (at < count && strcmp(pairs[at].path, path) != 0)
			at++;
		if (at == count)
			pairs[count++] = (struct history_text){ path, texts[i].now, texts[i].then };
		else
			pairs[at].after = texts[i].then;
	}
	history_compare_texts(pairs, count, &u->arena, &u->changes);
}

static int emit(struct undoing *u, const struct undo_entry *entry, struct err *err)
{
	bool data = context_wants_data(u->context);
	struct history_report report = { .data = data };
	struct block *pairs;
	struct doc doc;
	struct cell label;
	int status;

	doc_init(&doc, "pmt.undo/1");
	label = label_cell(&doc.arena, entry);
	if (data) {
		pairs = doc_pairs(&doc, "undo");
		pairs_add(&doc, pairs, "number", N_("number"), cell_integer(entry->number));
		pairs_add(&doc, pairs, "command", N_("command"), label);
		pairs_add(&doc, pairs, "written", N_("written"), cell_yesno(!u->options->dry_run));
	} else {
		doc_paragraph(&doc,
			cell_message_of(&doc.arena,
				u->options->redo
					? (u->options->dry_run ? N_("would make again what was taken back by: %s")
							       : N_("made again what was taken back by: %s"))
					: (u->options->dry_run ? N_("would take back: %s") : N_("took back: %s")),
				&label, 1));
	}
	history_changes_document(&doc, &report, u->changes.items, u->changes.len);
	status = context_emit(u->context, &doc, err);
	doc_release(&doc);
	return status;
}

/* What the command committed is taken back by a commit: history is never rewritten. */
static int commit(struct undoing *u, const struct undo_entry *entry, struct err *err)
{
	const struct undo_text *texts = u->texts.items;
	size_t root = strlen(u->context->root);
	struct strvec paths;
	int status;

	strvec_init(&paths);
	for (size_t i = 0; i < u->texts.len; i++)
		if (strncmp(texts[i].path, u->context->root, root) == 0 && texts[i].path[root] == '/' &&
			!strvec_has(&paths, texts[i].path + root + 1))
			strvec_push(&paths, texts[i].path + root + 1);
	status = revision_commit(u->context, &paths,
		arena_printf(&u->arena, "%s: %.*s", u->options->redo ? "redo" : "undo", (int)entry->label.len,
			entry->label.at),
		err);
	strvec_release(&paths);
	return status;
}

static int write_files(struct undoing *u, const struct undo_entry *entry, struct fileset *files, struct err *err)
{
	const struct undo_text *texts = u->texts.items;
	int status = fileset_commit(files, err);

	if (status < 0)
		return status;
	for (size_t i = 0; i < u->texts.len; i++)
		undo_keep(u->state.buf, texts[i].path, texts[i].now, texts[i].then);
	u->context->takes_back = entry->number;
	return entry->committed ? commit(u, entry, err) : 0;
}

/* --- what cannot be taken back --- */

enum head { HEAD_PLAIN, HEAD_FIRST, HEAD_MERGE, HEAD_SEALED };

/* "pm/changes/CR-k7q4x/2-zhang.min-approve.ini" */
static bool is_event(struct slice path)
{
	struct slice rest = path;

	while (rest.len && !slice_starts(rest, "changes/"))
		rest = slice_from(rest, 1);
	rest = slice_from(rest, rest.len ? strlen("changes/") : 0);
	rest = slice_from(rest, slice_find(rest, '/') + 1);
	return rest.len > 1 && rest.at[0] >= '0' && rest.at[0] <= '9' && slice_find(rest, '-') < rest.len;
}

/* Parents on the first line, then what it changed. */
static enum head read_head(struct slice text)
{
	struct slice parents = { "", 0 }, path;

	slice_next(&text, "\n", &parents);
	parents = slice_trim(parents);
	if (slice_find(parents, ' ') < parents.len)
		return HEAD_MERGE;
	while (slice_next(&text, "\n", &path))
		if (is_event(path))
			return HEAD_SEALED;
	return parents.len ? HEAD_PLAIN : HEAD_FIRST;
}

static enum head look_at_head(struct undoing *u)
{
	struct repository *repository = revision_repository(u->context, NULL, NULL);
	enum head head = HEAD_PLAIN;
	struct strbuf output;

	if (!repository || !repository->work_folder)
		return HEAD_PLAIN;

	char **environment = repository_environment(repository);
	struct git_call call = { .folder = repository->work_folder, .environment = environment, .output = &output };

	strbuf_init(&output);
	if (git_must(&call, (const char *const[]){ "log", "-1", "--format=%P", "--name-only", "--root", "HEAD", "--", NULL },
		    NULL) == 0)
		head = read_head(strbuf_slice(&output));
	strbuf_release(&output);
	environment_free(environment);
	return head;
}

static int nothing_there(struct undoing *u, struct err *err)
{
	bool redo = u->options->redo;
	enum head head = redo ? HEAD_PLAIN : look_at_head(u);

	err_set(err, ERR_FAILED, "%s",
		redo ? _("nothing was taken back since the last change")
		     : _("there is no change of pmt's to take back"));
	if (head == HEAD_FIRST)
		err_hint(err, "%s", _("the first commit is what everything else builds on: it stays"));
	else
		err_hint(err, "%s",
			_("'pmt undo --list' shows what pmt changed here; 'git revert' takes back commits"));
	return ERR_FAILED;
}

/* What came last is no edit: taking back the edit before it instead would be a surprise, and of what is sealed no use. */
static int refuse_head(struct undoing *u, struct err *err)
{
	enum head head = look_at_head(u);

	if (head == HEAD_MERGE) {
		err_set(err, ERR_FAILED, "%s", _("the last commit is a merge, which 'pmt undo' does not take back"));
		err_hint(err, "%s", _("'git revert -m 1 HEAD' takes it back by a commit, 'pmt change revert' a change that has landed"));
	} else if (head == HEAD_SEALED) {
		err_set(err, ERR_FAILED, "%s",
			_("the last commit seals a vote or a submission: those are never taken back, and what was edited "
			  "before is what they are about"));
		err_hint(err, "%s",
			_("'pmt change withdraw' ends the change; to change it, edit, commit, and 'pmt change renew'"));
	}
	return head == HEAD_MERGE || head == HEAD_SEALED ? ERR_FAILED : 0;
}

static int take_back(struct undoing *u, struct err *err)
{
	const struct undo_entry *entry = undo_last(&u->entries, u->options->redo);
	struct fileset files;
	struct strbuf intent;
	int status;

	if (!entry)
		return nothing_there(u, err);
	status = entry->committed && !u->options->redo ? refuse_head(u, err) : 0;
	if (status < 0)
		return status;
	strbuf_init(&intent);
	status = context_intent(u->context, &intent, err);
	fileset_init(&files, intent.buf);
	if (status == 0)
		status = undo_plan(entry, u->top.buf, &files, &u->arena, &u->texts, err);
	if (status < 0)
		err_context(err, _("'%.*s' cannot be taken back"), (int)entry->label.len, entry->label.at);
	else
		compare(u);
	if (status == 0 && !u->options->dry_run)
		status = write_files(u, entry, &files, err);
	fileset_release(&files);
	strbuf_release(&intent);
	return status == 0 ? emit(u, entry, err) : status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct undoing u = { .context = context, .options = options };
	int status = 0;

	if (arguments->len || (u.options->list && (u.options->redo || u.options->dry_run)))
		return help_usage_error("undo", "", err);
	arena_init(&u.arena);
	strbuf_init(&u.state);
	strbuf_init(&u.top);
	vec_init(&u.entries, sizeof(struct undo_entry));
	vec_init(&u.texts, sizeof(struct undo_text));
	vec_init(&u.changes, sizeof(struct history_change));
	status = find_places(&u, err);
	if (status == 0) {
		undo_read(u.state.buf, &u.arena, &u.entries);
		status = u.options->list ? list_entries(&u, err) : take_back(&u, err);
	}
	vec_release(&u.changes);
	vec_release(&u.texts);
	vec_release(&u.entries);
	strbuf_release(&u.top);
	strbuf_release(&u.state);
	arena_release(&u.arena);
	return status;
}

const struct command cmd_undo = {
	.name = "undo",
	.group = GROUP_CHANGE,
	.summary = N_("Take back the last change that pmt made"),
	.usage = "",
	.options = specs,
	.options_size = sizeof(struct undo_options),
	.needs = NEEDS_ROOT | NEEDS_LOCK,
	.run = run,
};
