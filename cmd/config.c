/* `pmt config`: settings of this clone and this user, kept in git's configuration under pmt.*. */
#include "cmd/cli/context.h"

#include "base/utf8.h"
#include "cmd/cli/config.h"
#include "cmd/cli/help.h"
#include "cmd/cli/place.h"
#include "git/program.h"

#include <string.h>

extern char **environ;

struct config_options {
	bool global, unset;
};

static const struct option_spec specs[] = {
	{ 0, "global", OPTION_FLAG, offsetof(struct config_options, global), NULL,
		N_("Set it for this user, not for this clone") },
	{ 0, "unset", OPTION_FLAG, offsetof(struct config_options, unset), NULL, N_("Remove the setting") },
	OPTIONS_END,
};

/* Every setting there is. A name that ends with '.' takes a name of the user's behind it. */
static const struct setting {
	const char *name, *values, *doc;
	const char *key; /* in git's configuration, below pmt.; NULL: the name */
} settings[] = {
	{ "me", NULL, N_("Your id in people.ini (default: the person with git's user.email)"), NULL },
	{ "commit", "auto|never", N_("Commit every change that pmt makes"), NULL },
	{ "lang", NULL, N_("Language of messages: en or zh_CN"), NULL },
	{ "color", "auto|always|never", N_("Colours on the terminal"), NULL },
	{ "pager", NULL, N_("Program for long output; cat for none"), NULL },
	{ "editor", NULL, N_("Program for 'pmt … edit'"), NULL },
	{ "format", NULL, N_("Output format when none is asked for"), NULL },
	{ "trust", "yes|no", N_("May commands that this project's files name be run? Of this clone alone"),
		CONFIG_TRUST }, /* pmt.trust is the pin of change control */
	{ "alias.", NULL, N_("A word of yours for the start of a command line"), NULL },
	{ "view.", NULL, N_("A saved condition: 'pmt task @NAME'"), NULL },
};

static const char *setting_key(const struct setting *setting, const char *name)
{
	return setting->key ? setting->key : name;
}

static const struct setting *find_setting(const char *name, struct err *err)
{
	const char *names[ARRAY_SIZE(settings)];
	int nearest;

	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		size_t len = strlen(settings[i].name);
		bool prefix = settings[i].name[len - 1] == '.';
		names[i] = settings[i].name;
		if (prefix ? strncmp(name, settings[i].name, len) == 0 && name[len] : strcmp(name, settings[i].name) == 0)
			return &settings[i];
	}
	nearest = utf8_nearest(slice_of(name), names, ARRAY_SIZE(settings));
	err_set(err, ERR_USAGE, _("there is no setting '%s'"), name);
	if (nearest >= 0)
		err_hint(err, _("did you mean '%s'?"), names[nearest]);
	else
		err_hint(err, "%s", _("'pmt config' lists them"));
	return NULL;
}

static void add_row(struct doc *doc, struct table *table, const char *name, const char *value, const char *explained)
{
	struct row *row = table_row(table);

	row->cells[0] = cell_text(&doc->arena, slice_of(name));
	row->cells[1] = value ? cell_text(&doc->arena, slice_of(value)) : cell_none();
	row->cells[2] = cell_message(explained);
	row->cells[2].tone = TONE_MUTED;
}

static int list(struct context *context, struct err *err)
{
	const struct settings *config = config_git(context);
	struct strbuf value;
	struct table *table;
	struct doc doc;
	int status;

	strbuf_init(&value);
	doc_init(&doc, "pmt.config/1");
	table = doc_table(&doc, "settings", NULL);
	table_column(table, "name", N_("setting"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "value", N_("value"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "meaning", N_("meaning"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		size_t len = strlen(settings[i].name);
		strbuf_reset(&value);
		if (settings[i].name[len - 1] != '.') {
			bool set = config_get(context, setting_key(&settings[i], settings[i].name), &value);
			add_row(&doc, table, settings[i].name, set ? value.buf : NULL, settings[i].doc);
			continue;
		}
		for (size_t j = 0; j < config->names.len; j++)
			if (strncmp(config->names.items[j] + strlen("pmt."), settings[i].name, len) == 0)
				add_row(&doc, table, config->names.items[j] + strlen("pmt."),
					config->values.items[j], settings[i].doc);
	}
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	strbuf_release(&value);
	return status;
}

static int get(struct context *context, const struct setting *setting, const char *name, struct err *err)
{
	struct strbuf value;
	int status = 0;

	strbuf_init(&value);
	if (config_get(context, setting_key(setting, name), &value))
		printf("%s\n", value.buf);
	else
		status = err_set(err, ERR_FAILED, _("'%s' is not set"), name);
	strbuf_release(&value);
	return status;
}

static int check_value(const struct setting *setting, const char *value, struct err *err)
{
	if (!setting->values || word_index(setting->values, slice_of(value)) >= 0)
		return 0;
	return err_set(err, ERR_USAGE, _("'%s' takes %s, not '%s'"), setting->name, setting->values, value);
}

/* A permission for one clone: a setting for all of the user's repositories would trust whatever is cloned next. */
static int check_scope(const struct setting *setting, const struct config_options *o, struct err *err)
{
	if (!o->global || strcmp(setting->name, "trust") != 0)
		return 0;
	err_set(err, ERR_USAGE, "%s", _("trust is given to one clone, not to all there will ever be"));
	err_hint(err, "%s", _("leave --global out"));
	return ERR_USAGE;
}

static int set(struct context *context, const struct config_options *o, const char *key, const char *value,
	struct err *err)
{
	struct strbuf here, full;
	int status;

	strbuf_init(&here);
	strbuf_init(&full);
	strbuf_addf(&full, "pmt.%s", key);
	status = place_here(&here, err);
	if (status == 0 && !o->global && !place_git_folder(here.buf, &full, NULL)) {
		status = err_set(err, ERR_NOWHERE, "%s", _("settings of a project are kept in its git repository, and this is none"));
		err_hint(err, "%s", _("use --global for a setting of yours, or 'git init' first"));
	}
	strbuf_reset(&full);
	strbuf_addf(&full, "pmt.%s", key);
	if (status == 0)
		status = settings_write(here.buf, environ, o->global ? "global" : "local", full.buf, value, err);
	config_forget(context);
	strbuf_release(&here);
	strbuf_release(&full);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct config_options *o = options;
	const struct setting *setting;
	int status;

	if (arguments->len == 0 && !o->unset)
		return list(context, err);
	if (arguments->len == 0 || arguments->len > 2 || (o->unset && arguments->len != 1))
		return help_usage_error("config", "[--global] [--unset] [NAME [VALUE]]", err);
	setting = find_setting(arguments->items[0], err);
	if (!setting)
		return ERR_USAGE;
	if (o->unset)
		return set(context, o, setting_key(setting, arguments->items[0]), NULL, err);
	if (arguments->len == 1)
		return get(context, setting, arguments->items[0], err);
	status = check_value(setting, arguments->items[1], err);
	if (status == 0)
		status = check_scope(setting, o, err);
	return status < 0 ? status : set(context, o, setting_key(setting, arguments->items[0]), arguments->items[1], err);
}

const struct command cmd_config = {
	.name = "config",
	.group = GROUP_HELP,
	.summary = N_("Settings of this clone and of yours"),
	.usage = "[NAME [VALUE]]",
	.options = specs,
	.options_size = sizeof(struct config_options),
	.run = run,
};
