#include "cmd/cli/config.h"

#include "base/file.h"
#include "cmd/cli/context.h"
#include "cmd/cli/place.h"
#include "git/program.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

extern char **environ;

/* PMT_ALIAS_TD for "alias.td". */
const char *config_environment(const char *name)
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
	return value;
}

static bool from_environment(const char *name, struct strbuf *out)
{
	const char *value = config_environment(name);

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

static bool repository_mentions(const char *here)
{
	static const char *const files[] = { "/config", "/config.worktree" };
	struct strbuf path;
	size_t len;
	bool mentions = false;

	strbuf_init(&path);
	if (place_git_folder(here, &path, NULL)) {
		len = path.len;
		/* A linked work tree's config is elsewhere: let git find it. */
		strbuf_add_str(&path, "/commondir");
		mentions = file_exists(path.buf);
		for (size_t i = 0; i < ARRAY_SIZE(files) && !mentions; i++) {
			strbuf_truncate(&path, len);
			strbuf_add_str(&path, files[i]);
			mentions = file_mentions(path.buf);
		}
	}
	strbuf_release(&path);
	return mentions;
}

/* Can git's configuration, from this folder, say anything under pmt.*? */
static bool may_mention(const char *here)
{
	const char *global = getenv("GIT_CONFIG_GLOBAL"), *system = getenv("GIT_CONFIG_SYSTEM");

	return getenv("GIT_CONFIG_COUNT") || getenv("GIT_CONFIG_PARAMETERS") ||
		file_mentions(system ? system : "/etc/gitconfig") ||
		(global ? file_mentions(global) : home_mentions("HOME", ".gitconfig")) ||
		home_mentions("XDG_CONFIG_HOME", "git/config") || home_mentions("HOME", ".config/git/config") ||
		repository_mentions(here);
}

/* What git says under pmt.*, read once a run and only when its files say something. */
const struct settings *config_git(struct context *context)
{
	struct strbuf here;

	if (context->config)
		return context->config;
	context->config = xcalloc(1, sizeof(*context->config));
	strvec_init(&context->config->names);
	strvec_init(&context->config->values);
	strbuf_init(&here);
	if (context->root)
		strbuf_add_str(&here, context->root);
	else
		place_here(&here, NULL);
	if (here.len && may_mention(here.buf)) {
		settings_release(context->config);
		if (settings_read(context->config, here.buf, environ, "pmt.", NULL) < 0) {
			strvec_init(&context->config->names);
			strvec_init(&context->config->values);
		}
	}
	strbuf_release(&here);
	return context->config;
}

void config_forget(struct context *context)
{
	if (!context->config)
		return;
	settings_release(context->config);
	free(context->config);
	context->config = NULL;
}

bool config_get(struct context *context, const char *name, struct strbuf *out)
{
	struct strbuf full;
	const char *value;

	if (from_environment(name, out))
		return true;
	strbuf_init(&full);
	strbuf_addf(&full, "pmt.%s", name);
	value = settings_get(config_git(context), full.buf);
	strbuf_release(&full);
	if (value)
		strbuf_add_str(out, value);
	return value != NULL;
}
