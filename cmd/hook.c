/* `pmt hook`: git's hooks and the merge driver in this clone. */
#include "cmd/cli/context.h"
#include "cmd/cli/hooks.h"
#include "cmd/cli/revision.h"
#include "git/repository.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static int refuse_arguments(const struct strvec *arguments, struct err *err)
{
	if (arguments->len == 0)
		return 0;
	return err_set(err, ERR_USAGE, _("nothing is expected here, not '%s'"), arguments->items[0]);
}

/* A clone's hooks stand around a project; a server's in a bare repository, whatever it holds. */
static int find_place(struct context *context, struct err *err)
{
	struct repository *repository;

	if (context_find_root(context, NULL) == 0)
		return 0;
	repository = revision_repository(context, NULL, err);
	if (!repository)
		return ERR_NOWHERE;
	return repository->work_folder ? context_find_root(context, err) : 0;
}

static int install(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	size_t made;
	int status = refuse_arguments(arguments, err);

	(void)options;
	if (status == 0)
		status = find_place(context, err);
	if (status == 0)
		status = hooks_install(context, &made, err);
	if (status == 0)
		context_note(context, "%s", made ? _("hooks and merge driver are installed") : _("hooks and merge driver were there already"));
	return status;
}

static int uninstall(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	size_t gone;
	int status = refuse_arguments(arguments, err);

	(void)options;
	if (status == 0)
		status = find_place(context, err);
	if (status == 0)
		status = hooks_uninstall(context, &gone, err);
	if (status == 0)
		context_note(context, "%s", gone ? _("hooks and merge driver are removed") : _("there was nothing to remove"));
	return status;
}

static const struct hook *find_hook(const char *name, struct err *err)
{
	const char *names[8];
	int nearest;

	for (size_t i = 0; i < hooks_count; i++) {
		if (strcmp(hooks[i].name, name) == 0)
			return &hooks[i];
		names[i] = hooks[i].name;
	}
	nearest = utf8_nearest(slice_of(name), names, hooks_count);
	err_set(err, ERR_USAGE, _("there is no hook '%s'"), name);
	if (nearest >= 0)
		err_hint(err, _("did you mean '%s'?"), names[nearest]);
	else
		err_hint(err, "%s", _("'pmt hook' lists them"));
	return NULL;
}

/* Inside a merge of our own the hooks have nothing to do: it checks its result itself. */
static int run_one(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct hook *hook = arguments->len ? find_hook(arguments->items[0], err) : NULL;

	(void)options;
	if (arguments->len == 0)
		return err_set(err, ERR_USAGE, "%s", _("'pmt hook run' needs the hook's name"));
	if (!hook)
		return ERR_USAGE;
	if (getenv("PMT_MERGING"))
		return 0;
	strvec_remove(arguments, 0);
	/* A commit of code elsewhere in the repository is no concern of ours. */
	if (hook->place == HOOK_CLONE && context_find_root(context, NULL) < 0)
		return 0;
	return hook->run(context, arguments, err);
}

static const char *const states[] = { [HOOK_ABSENT] = N_("absent"), [HOOK_OTHER] = N_("other"),
	[HOOK_OURS] = N_("installed"), [HOOK_CHAINED] = N_("chained") };

static int list(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct hook_status now;
	struct table *table;
	struct doc doc;
	struct row *row;
	int status = refuse_arguments(arguments, err);

	(void)options;
	if (status == 0)
		status = find_place(context, err);
	if (status < 0)
		return status;
	status = hooks_look(context, &now, err);
	doc_init(&doc, "pmt.hook/1");
	table = doc_table(&doc, "hooks", NULL);
	table_column(table, "name", N_("hook"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "state", N_("state"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "purpose", N_("what it does"), ALIGN_LEFT, PRIORITY_LOW);
	for (size_t i = 0; i < hooks_count && status == 0; i++) {
		if (now.states[i] == HOOK_ABSENT && hooks[i].place != (now.server ? HOOK_SERVER : HOOK_CLONE))
			continue;
		row = table_row(table);
		row->cells[0] = cell_text(&doc.arena, slice_of(hooks[i].name));
		row->cells[1] = cell_word(&doc.arena, slice_of(states[now.states[i]]));
		row->cells[2] = cell_message(hooks[i].summary);
	}
	if (!now.server) {
		row = table_row(table);
		row->cells[0] = cell_text(&doc.arena, slice_of("merge.pmt.driver"));
		row->cells[1] = cell_word(&doc.arena, slice_of(states[now.driver ? HOOK_OURS : HOOK_ABSENT]));
		row->cells[2] = cell_message(N_("merges the project's files when git merges"));
	}
	if (status == 0)
		status = context_emit(context, &doc, err);
	doc_release(&doc);
	strbuf_release(&now.folder);
	return status;
}

static const struct command_verb verbs[] = {
	{ "list", "", N_("Show which hooks are installed"), NULL, 0, NEEDS_NOTHING, list },
	{ "install", "", N_("Install the hooks and the merge driver in this clone; in a bare repository the server's hook"), NULL, 0, NEEDS_NOTHING, install },
	{ "uninstall", "", N_("Remove them and put back what was there"), NULL, 0, NEEDS_NOTHING, uninstall },
	{ "run", "NAME [ARGUMENT...]", N_("Do what a hook does; git calls it"), NULL, 0, NEEDS_NOTHING, run_one },
	{ .name = NULL },
};

const struct command cmd_hook = {
	.name = "hook",
	.group = GROUP_CHANGE,
	.summary = N_("Git hooks and the merge driver of this clone"),
	.usage = "",
	.needs = NEEDS_NOTHING,
	.verbs = verbs,
	.run = list,
};
