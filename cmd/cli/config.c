#include "cmd/cli/config.h"

#include "base/file.h"
#include "cmd/cli/context.h"
#include "cmd/cli/place.h"
#include "cmd/cli/revision.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* PMT_ALIAS_TD for "alias.td". */
static bool from_environment(const char *name, struct strbuf *out)
{
	struct strbuf variable;
	const char *value;

	strbuf_init(&variable);
	strbuf_add_str(&variable, "PMT_");
	for (const char *p = name; *p; p++)
		strbuf_add_char(&variable,
			isalnum((unsigned char)*p) ? (char)toupper((unsigned char)*p) : '_');
	value = getenv(variable.buf);
	strbuf_release(&variable);
	if (!value)
		return false;
	strbuf_add_str(out, value);
	return true;
}

/* Does the file say [pmt …] or include another? Case does not matter to git. */
static bool file_mentions(const char *path)
{
	struct strbuf text;
	bool mentions = false;

	strbuf_init(&text);
	if (file_exists(path) && file_read(&text, path, NULL) == 0)
		mentions = strcasestr(text.buf, "[pmt") || strcasestr(text.buf, "[include");
	strbuf_release(&text);
	return mentions;
}

static bool home_mentions(const char *variable, const char *file)
{
	const char *folder = getenv(variable);
	struct strbuf path;
	bool mentions;

	if (!folder || !*folder)
		return false;
	strbuf_init(&path);
	strbuf_addf(&path, "%s/%s", folder, file);
	mentions = file_mentions(path.buf);
	strbuf_release(&path);
	return mentions;
}

bool config_mentions_pmt(struct context *context)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL"), *system = getenv("GIT_CONFIG_SYSTEM");
	struct strbuf here, git;
	bool mentions;

	mentions = file_mentions(system ? system : "/etc/gitconfig") ||
		(global ? file_mentions(global) : home_mentions("HOME", ".gitconfig")) ||
		home_mentions("XDG_CONFIG_HOME", "git/config") || home_mentions("HOME", ".config/git/config");
	strbuf_init(&here);
	strbuf_init(&git);
	if (context->root)
		strbuf_add_str(&here, context->root);
	else
		place_here(&here, NULL);
	if (!mentions && place_git_folder(here.buf, &git, NULL)) {
		size_t len = git.len;
		strbuf_add_str(&git, "/config");
		mentions = file_mentions(git.buf);
		strbuf_truncate(&git, len);
		strbuf_add_str(&git, "/config.worktree");
		mentions = mentions || file_mentions(git.buf);
		strbuf_truncate(&git, len);
		/* A linked work tree: the shared config says where its commondir is; ask git itself. */
		strbuf_add_str(&git, "/commondir");
		mentions = mentions || file_exists(git.buf);
	}
	strbuf_release(&here);
	strbuf_release(&git);
	return mentions;
}

bool config_get(struct context *context, const char *name, struct strbuf *out)
{
	if (from_environment(name, out))
		return true;
	return config_mentions_pmt(context) && revision_config(context, name, out);
}
