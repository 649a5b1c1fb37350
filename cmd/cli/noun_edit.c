/* `pmt NOUN edit ID`: the record's own text in the user's editor, taken back when it is sound. */
#include "cmd/cli/editor.h"
#include "cmd/cli/help.h"
#include "cmd/cli/noun.h"

#include "base/alloc.h"
#include "cmd/cli/config.h"
#include "text/ini.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* The section's lines as they stand in the file. */
int editor_section(struct context *context, const struct record *record, struct strbuf *out, struct err *err)
{
	const struct project_file *file = vec_at(&context->project.files, record->file);
	struct ini_doc doc;
	struct strbuf header;
	long at;
	int status;

	strbuf_init(&header);
	strbuf_addf(&header, record->id.len ? "%s %.*s" : "%s", record->kind->name, (int)record->id.len, record->id.at);
	status = ini_doc_parse(&doc, file->bytes, err);
	if (status == 0) {
		at = ini_doc_find(&doc, strbuf_slice(&header));
		if (at >= 0)
			ini_doc_copy(&doc, (size_t)at, out);
		else
			status = err_set(err, ERR_INPUT, _("%s: no section [%s]"), file->path, header.buf);
		ini_doc_release(&doc);
	}
	strbuf_release(&header);
	return status;
}

/* PMT_EDITOR or pmt.editor, then what git would use; empty when nothing is named. */
static void find_editor(struct context *context, struct strbuf *out)
{
	const char *names[] = { "GIT_EDITOR", "VISUAL", "EDITOR" };

	if (config_get(context, "editor", out) && out->len)
		return;
	for (size_t i = 0; i < ARRAY_SIZE(names) && out->len == 0; i++)
		strbuf_add_slice(out, slice_of(getenv(names[i])));
}

bool editor_named(struct context *context)
{
	struct strbuf editor;
	bool named;

	strbuf_init(&editor);
	find_editor(context, &editor);
	named = editor.len > 0;
	strbuf_release(&editor);
	return named;
}

/* As git does: through the shell, so that EDITOR="code --wait" works; the file is "$@". */
static int run_editor(struct context *context, char *path, struct err *err)
{
	char shell[] = "sh", option[] = "-c", *argv[] = { shell, option, NULL, NULL, path, NULL };
	struct strbuf command, editor;
	pid_t child;
	int status;

	strbuf_init(&command);
	strbuf_init(&editor);
	find_editor(context, &editor);
	if (editor.len == 0)
		strbuf_add_str(&editor, "vi");
	strbuf_addf(&command, "%s \"$@\"", editor.buf);
	argv[2] = argv[3] = command.buf;
	status = posix_spawnp(&child, "sh", NULL, NULL, argv, environ);
	if (status != 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		status = err_set(err, ERR_FAILED, _("the editor '%s' failed; nothing was changed"), editor.buf);
		err_hint(err, "%s", _("set PMT_EDITOR, VISUAL or EDITOR"));
	} else {
		status = 0;
	}
	strbuf_release(&command);
	strbuf_release(&editor);
	return status;
}

/* Writes text to a temporary file, lets the user edit it, reads it back. */
int editor_edit(struct context *context, struct strbuf *text, struct err *err)
{
	char path[] = "/tmp/pmt-edit-XXXXXX.ini";
	int descriptor = mkstemps(path, (int)strlen(".ini")), status;

	if (descriptor < 0)
		return err_errno(err, "%s", _("cannot make a temporary file"));
	status = file_write_all(descriptor, strbuf_slice(text), err);
	close(descriptor);
	if (status == 0)
		status = run_editor(context, path, err);
	if (status == 0) {
		strbuf_reset(text);
		status = file_read(text, path, err);
	}
	unlink(path);
	return status;
}

bool editor_ask_again(struct context *context, const struct diagnostics *found)
{
	char answer[8];

	context_report(context, found);
	if (!isatty(STDIN_FILENO))
		return false;
	fprintf(stderr, "%s ", _("Edit again? [Y/n]"));
	return fgets(answer, sizeof(answer), stdin) && answer[0] != 'n' && answer[0] != 'N';
}

/* What was typed is not lost: it stays in pmt's own folder. */
int editor_keep_draft(struct context *context, const struct strbuf *text, struct err *err)
{
	struct strbuf path;
	int descriptor = -1;

	strbuf_init(&path);
	if (context_state_folder(context, &path, NULL) == 0) {
		strbuf_add_str(&path, "/draft.ini");
		descriptor = open(path.buf, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	}
	if (!err->message)
		err_set(err, ERR_INPUT, "%s", _("nothing was written"));
	if (descriptor >= 0 && file_write_all(descriptor, strbuf_slice(text), NULL) == 0)
		err_hint(err, _("your text is kept in %s"), path.buf);
	if (descriptor >= 0)
		close(descriptor);
	strbuf_release(&path);
	return err->code;
}

/* One round: take the text in, or say what is wrong with it. 1: the user wants another try. */
static int take_text(struct context *context, const struct record *record, const struct strbuf *text,
	const struct change_options *options, struct err *err)
{
	struct value_context values = context_values(context);
	struct diagnostics found;
	struct strbuf message;
	struct edit edit;
	int status;

	diagnostics_init(&found);
	strbuf_init(&message);
	edit_init(&edit, &context->project, &values, &found);
	status = edit_replace(&edit, record, strbuf_slice(text), err);
	if (found.errors) {
		status = 1;
		if (!editor_ask_again(context, &found))
			status = editor_keep_draft(context, text, err);
	} else if (status == 0) {
		strbuf_addf(&message, "%s: edit %.*s", record->kind->name, (int)record->id.len, record->id.at);
		status = noun_finish(context, &edit, options, message.buf, status, err);
	}
	edit_release(&edit);
	strbuf_release(&message);
	diagnostics_release(&found);
	return status;
}

int noun_edit(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	bool single = (context->kind->flags & KIND_SINGLE) != 0;
	struct record *record;
	struct strbuf text, old;
	int status;

	if (arguments->len != (single ? 0 : 1))
		return help_usage_error(context->kind->name, single ? "edit" : "edit ID", err);
	status = noun_resolve(context, context->kind, single ? "" : arguments->items[0], &record, err);
	if (status < 0)
		return status;
	strbuf_init(&text);
	strbuf_init(&old);
	status = editor_section(context, record, &text, err);
	strbuf_add_slice(&old, strbuf_slice(&text));
	do {
		if (status >= 0)
			status = editor_edit(context, &text, err);
		if (status == 0 && slice_equal(strbuf_slice(&old), strbuf_slice(&text))) {
			context_note(context, "%s", _("nothing was changed"));
			break;
		}
		if (status == 0)
			status = take_text(context, record, &text, options, err);
		if (status == 1) {
			err_release(err);
			err_init(err);
		}
	} while (status == 1);
	strbuf_release(&text);
	strbuf_release(&old);
	return status;
}
