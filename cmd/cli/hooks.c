#include "cmd/cli/hooks.h"

#include "cmd/cli/context.h"
#include "cmd/cli/place.h"
#include "cmd/cli/revision.h"
#include "git/program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

extern char **environ;

static const char mark[] = "# pmt hook:";
static const char driver_name[] = "merge.pmt.driver";
static const char driver_command[] = "pmt merge-driver %O %A %B %L %P";

/* Where the hooks are; refused when that is shared with other repositories. */
static int find_folder(struct context *context, struct strbuf *out, struct err *err)
{
	struct repository *repository = revision_repository(context, NULL, err);
	int status = repository ? repository_own_path(repository, "hooks", out, err) : ERR_NOWHERE;

	if (status < 0)
		return status;
	if (strncmp(out->buf, repository->common_folder, strlen(repository->common_folder)) == 0)
		return 0;
	if (repository->work_folder && strncmp(out->buf, repository->work_folder, strlen(repository->work_folder)) == 0)
		return 0;
	err_set(err, ERR_CONFLICT, _("core.hooksPath puts the hooks into %s, outside this repository"), out->buf);
	err_hint(err, "%s", _("call 'pmt hook run NAME \"$@\"' from your own hooks there"));
	return ERR_CONFLICT;
}

static enum hook_state state_of(const char *folder, const char *name)
{
	enum hook_state state = HOOK_ABSENT;
	struct strbuf path, text;

	strbuf_init(&path);
	strbuf_init(&text);
	strbuf_addf(&path, "%s/%s", folder, name);
	if (file_exists(path.buf)) {
		state = HOOK_OTHER;
		if (file_read(&text, path.buf, NULL) == 0 && strstr(text.buf, mark)) {
			strbuf_add_str(&path, ".user");
			state = file_exists(path.buf) ? HOOK_CHAINED : HOOK_OURS;
		}
	}
	strbuf_release(&text);
	strbuf_release(&path);
	return state;
}

static bool has_driver(struct context *context)
{
	struct strbuf value;
	bool there;

	strbuf_init(&value);
	there = settings_value(context->root, environ, driver_name, &value) && value.len;
	strbuf_release(&value);
	return there;
}

/* Those that belong here: a bare repository is a server. */
static bool belongs(const struct hook *hook, bool server)
{
	return hook->place == (server ? HOOK_SERVER : HOOK_CLONE);
}

static bool is_server(struct context *context)
{
	struct repository *repository = revision_repository(context, NULL, NULL);

	return repository && !repository->work_folder;
}

int hooks_look(struct context *context, struct hook_status *status, struct err *err)
{
	int rc;

	strbuf_init(&status->folder);
	status->server = is_server(context);
	rc = find_folder(context, &status->folder, err);
	for (size_t i = 0; i < hooks_count && rc == 0; i++)
		status->states[i] = state_of(status->folder.buf, hooks[i].name);
	status->driver = rc == 0 && !status->server && has_driver(context);
	return rc;
}

/*
 * What git tells a hook on its input is for both, the user's and ours. A server that lacks pmt lets nothing in: else a broken installation would
 * be an open door.
 */
static void add_script(const struct hook *hook, struct strbuf *out)
{
	bool server = hook->place != HOOK_CLONE;
	const char *name = hook->name;

	strbuf_addf(out, "#!/bin/sh\n%s installed by 'pmt hook install', removed by 'pmt hook uninstall'.\n", mark);
	if (hook->reads)
		strbuf_add_str(out, "told=$(cat && echo .) || exit 1\ntold=${told%.}\n"
			"if [ -x \"$0.user\" ]; then printf '%s' \"$told\" | \"$0.user\" \"$@\" || exit; fi\n");
	else
		strbuf_add_str(out, "if [ -x \"$0.user\" ]; then \"$0.user\" \"$@\" || exit; fi\n");
	strbuf_addf(out, "command -v pmt >/dev/null 2>&1 || { echo \"%s: pmt is not on PATH, nothing %s\" >&2; exit %d; }\n", name,
		server ? "is let in" : "was checked", server);
	if (hook->reads)
		strbuf_addf(out, "printf '%%s' \"$told\" | pmt hook run %s \"$@\"\n", name);
	else
		strbuf_addf(out, "exec pmt hook run %s \"$@\"\n", name);
}

/* A hook of somebody's steps aside. */
static int move_aside(const char *path, struct err *err)
{
	struct strbuf aside;
	int status = 0;

	strbuf_init(&aside);
	strbuf_addf(&aside, "%s.user", path);
	if (file_exists(aside.buf)) {
		status = err_set(err, ERR_CONFLICT, _("%s and %s are both there"), path, aside.buf);
		err_hint(err, "%s", _("make one of them, or remove one"));
	} else if (rename(path, aside.buf) != 0) {
		status = err_errno(err, _("cannot rename %s"), path);
	}
	strbuf_release(&aside);
	return status;
}

static int write_hook(const char *folder, const struct hook *hook, enum hook_state state, struct err *err)
{
	const char *name = hook->name;
	struct strbuf path, text, intent;
	struct fileset set;
	int status = 0;

	strbuf_init(&path);
	strbuf_init(&text);
	strbuf_init(&intent);
	strbuf_addf(&path, "%s/%s", folder, name);
	strbuf_addf(&intent, "%s.intent", path.buf);
	if (state == HOOK_OTHER)
		status = move_aside(path.buf, err);
	add_script(hook, &text);
	fileset_init(&set, intent.buf);
	fileset_write(&set, path.buf, strbuf_slice(&text), NULL);
	if (status == 0)
		status = fileset_commit(&set, err);
	fileset_release(&set);
	if (status == 0 && chmod(path.buf, 0755) != 0)
		status = err_errno(err, _("cannot make %s executable"), path.buf);
	strbuf_release(&intent);
	strbuf_release(&text);
	strbuf_release(&path);
	return status;
}

static int install_driver(struct context *context, struct err *err)
{
	int status = settings_write(context->root, environ, "local", "merge.pmt.name", "pmt, record by record", err);

	return status < 0 ? status : settings_write(context->root, environ, "local", driver_name, driver_command, err);
}

/* The driver first: it needs no folder, and may be had where the hooks are elsewhere. */
int hooks_install(struct context *context, size_t *made, struct err *err)
{
	struct hook_status now;
	bool driver;
	int status;

	*made = 0;
	if (!revision_repository(context, NULL, err))
		return ERR_NOWHERE;
	driver = is_server(context) || has_driver(context);
	*made = !driver;
	status = driver ? 0 : install_driver(context, err);
	if (status < 0)
		return status;
	status = hooks_look(context, &now, err);
	if (status == 0)
		status = file_make_folders(now.folder.buf, err);
	for (size_t i = 0; i < hooks_count && status == 0; i++) {
		if (!belongs(&hooks[i], now.server))
			continue;
		*made += now.states[i] == HOOK_ABSENT || now.states[i] == HOOK_OTHER;
		status = write_hook(now.folder.buf, &hooks[i], now.states[i], err);
	}
	strbuf_release(&now.folder);
	return status;
}

static int remove_hook(const char *folder, const char *name, enum hook_state state, struct err *err)
{
	struct strbuf path, aside;
	int status = 0;

	strbuf_init(&path);
	strbuf_init(&aside);
	strbuf_addf(&path, "%s/%s", folder, name);
	strbuf_addf(&aside, "%s.user", path.buf);
	if (state == HOOK_CHAINED ? rename(aside.buf, path.buf) != 0 : unlink(path.buf) != 0)
		status = err_errno(err, _("cannot remove %s"), path.buf);
	strbuf_release(&aside);
	strbuf_release(&path);
	return status;
}

int hooks_uninstall(struct context *context, size_t *gone, struct err *err)
{
	struct strbuf value;
	struct hook_status now;
	int status = hooks_look(context, &now, err);

	*gone = 0;
	for (size_t i = 0; i < hooks_count && status == 0; i++)
		if (now.states[i] == HOOK_OURS || now.states[i] == HOOK_CHAINED) {
			status = remove_hook(now.folder.buf, hooks[i].name, now.states[i], err);
			*gone += 1;
		}
	strbuf_init(&value);
	if (status == 0 && !now.server && settings_value(context->root, environ, driver_name, &value) && strcmp(value.buf, driver_command) == 0) {
		*gone += 1;
		status = settings_write(context->root, environ, "local", driver_name, NULL, err);
		if (status == 0)
			status = settings_write(context->root, environ, "local", "merge.pmt.name", NULL, err);
	}
	strbuf_release(&value);
	strbuf_release(&now.folder);
	return status;
}

/* Does the file say so? */
static bool file_says(const char *folder, const char *name, const char *words)
{
	struct strbuf path, text;
	bool says;

	strbuf_init(&path);
	strbuf_init(&text);
	strbuf_addf(&path, "%s/%s", folder, name);
	says = file_exists(path.buf) && file_read(&text, path.buf, NULL) == 0 && strstr(text.buf, words);
	strbuf_release(&text);
	strbuf_release(&path);
	return says;
}

void hooks_check(struct context *context, struct diagnostics *found)
{
	struct strbuf git, top;

	if (!context->root)
		return;
	strbuf_init(&git);
	strbuf_init(&top);
	if (place_git_folder(context->root, &git, &top) &&
		(file_says(context->root, ".gitattributes", "merge=pmt") || file_says(top.buf, ".gitattributes", "merge=pmt")) &&
		!file_says(git.buf, "config", "[merge \"pmt\"]") && !has_driver(context))
		diagnose(found, (struct place){ ".gitattributes", 0, 0 }, "merge-driver-missing",
			N_("it asks for pmt's merge driver, which this clone lacks"), NULL);
	strbuf_release(&top);
	strbuf_release(&git);
}
