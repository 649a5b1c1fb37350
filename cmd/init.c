/* `pmt init`: a new project, in a repository of its own or inside an existing one. */
#include "cmd/cli/context.h"

#include "base/file.h"
#include "base/random.h"
#include "base/utf8.h"
#include "cmd/cli/copy.h"
#include "cmd/cli/hooks.h"
#include "cmd/cli/locale.h"
#include "cmd/cli/noun.h"
#include "cmd/cli/place.h"
#include "cmd/cli/revision.h"
#include "cmd/cli/template.h"

#include <ctype.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct init_options {
	const char *name, *key, *start, *calendar, *currency, *template, *from;
	bool no_git, fork;
};

static const struct option_spec specs[] = {
	{ 0, "name", OPTION_TEXT, offsetof(struct init_options, name), N_("NAME"),
		N_("Name of the project (default: the folder's name)") },
	{ 0, "key", OPTION_TEXT, offsetof(struct init_options, key), N_("KEY"),
		N_("Short name by which other projects refer to it") },
	{ 0, "start", OPTION_TEXT, offsetof(struct init_options, start), N_("DATE"),
		N_("Start of the project (default: the next Monday)") },
	{ 0, "calendar", OPTION_TEXT, offsetof(struct init_options, calendar), "standard|cn",
		N_("Monday to Friday, or with China's holidays (default in Chinese)") },
	{ 0, "currency", OPTION_TEXT, offsetof(struct init_options, currency), N_("CODE"),
		N_("Currency of amounts (default: CNY)") },
	{ 0, "template", OPTION_TEXT, offsetof(struct init_options, template),
		"minimal|integration|scrum", N_("Start from a built-in template (default: minimal)") },
	{ 0, "from", OPTION_TEXT, offsetof(struct init_options, from), N_("DIR|URL"),
		N_("Copy the structure of another project, without its facts") },
	{ 0, "no-git", OPTION_FLAG, offsetof(struct init_options, no_git), NULL,
		N_("Make no repository and no commit") },
	{ 0, "fork", OPTION_FLAG, offsetof(struct init_options, fork), NULL,
		N_("Give this project, a copy that goes its own way, an identity of its own") },
	OPTIONS_END,
};

/* The new project in the making. */
struct making {
	struct context *context;
	const struct init_options *options;
	struct strbuf root;  /* absolute folder of pmt.ini */
	struct strbuf name, key;
	char start[CIVIL_TEXT];
	char uid[17];
	const char *calendar;
	struct strvec paths; /* made files, relative to root */
	struct fileset files;
};

/* Has the folder anything but a .git in it? */
static bool has_content(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	bool content = false;

	while (dir && !content && (entry = readdir(dir)))
		content = strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
			strcmp(entry->d_name, ".git") != 0;
	if (dir)
		closedir(dir);
	return content;
}

static bool is_project(struct making *m)
{
	size_t len = m->root.len;
	bool found;

	strbuf_add_str(&m->root, "/pmt.ini");
	found = file_exists(m->root.buf);
	strbuf_truncate(&m->root, len);
	return found;
}

/* "demo/." and links become the folder's own path, once it is there; the project is named after it. */
static void resolve(struct strbuf *path)
{
	char *real = realpath(path->buf, NULL);

	if (!real)
		return;
	strbuf_reset(path);
	strbuf_add_str(path, real);
	free(real);
}

/* The folder named, or this one; at the top of a repository of code the project goes to pm/. */
static int choose_root(struct making *m, const struct strvec *arguments, struct err *err)
{
	struct strbuf git, top;
	const char *folder = arguments->len ? arguments->items[0] : NULL;
	int status = 0;

	if (!folder || folder[0] != '/')
		status = place_here(&m->root, err);
	if (status == 0 && folder)
		strbuf_addf(&m->root, "%s%s", folder[0] == '/' ? "" : "/", folder);
	while (m->root.len > 1 && m->root.buf[m->root.len - 1] == '/')
		strbuf_truncate(&m->root, m->root.len - 1);
	if (status == 0)
		resolve(&m->root);
	strbuf_init(&git);
	strbuf_init(&top);
	if (status == 0 && !folder && !is_project(m) && place_git_folder(m->root.buf, &git, &top) &&
		slice_equal(strbuf_slice(&top), strbuf_slice(&m->root)) && has_content(m->root.buf))
		strbuf_add_str(&m->root, "/pm");
	strbuf_release(&git);
	strbuf_release(&top);
	return status;
}

static int refuse_existing(struct making *m, struct err *err)
{
	if (!is_project(m))
		return 0;
	err_set(err, ERR_FAILED, _("%s/pmt.ini is there already: this is a project"), m->root.buf);
	err_hint(err, "%s", _("name another folder: 'pmt init DIR'"));
	return ERR_FAILED;
}

/* As [project] currency wants it. */
static int check_currency(const char *currency, struct err *err)
{
	if (!currency || (strlen(currency) == 3 && strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3))
		return 0;
	return err_set(err, ERR_USAGE, _("--currency takes three capital letters such as CNY, not '%s'"), currency);
}

/* The next Monday: a plan that starts today is seldom ready today. */
static int choose_start(struct making *m, struct err *err)
{
	static const struct field option = { .name = "--start", .type = TYPE_DATE };
	date_t today = moment_date(m->context->now);
	moment_t start;
	int status;

	date_print(today + (8 - date_weekday(today)) % 7, m->start);
	if (!m->options->start)
		return 0;
	status = context_read_moment(m->context, &option, m->options->start, &start, err);
	if (status == 0)
		date_print(moment_date(start), m->start);
	return status;
}

/* Initials of an ASCII name, "Hospital Interface" → HI; P when there are none. */
static void choose_key(struct making *m)
{
	bool at_start = true;

	for (size_t i = 0; i < m->name.len && m->key.len < 4; i++) {
		char c = m->name.buf[i];
		if (isalnum((unsigned char)c) && at_start)
			strbuf_add_char(&m->key, (char)toupper((unsigned char)c));
		at_start = !isalnum((unsigned char)c);
	}
	if (m->key.len == 0)
		strbuf_add_char(&m->key, 'P');
}

static const struct template *find_template(const char *name, struct err *err)
{
	const char *names[8];
	size_t count = 0;
	int nearest;

	for (const struct template *t = templates; t->name; t++) {
		if (strcmp(t->name, name ? name : "minimal") == 0)
			return t;
		names[count++] = t->name;
	}
	nearest = utf8_nearest(slice_of(name), names, count);
	err_set(err, ERR_USAGE, _("there is no template '%s'"), name);
	err_hint(err, nearest >= 0 ? _("did you mean '%s'?") : _("templates: minimal, integration, scrum%.0s"),
		nearest >= 0 ? names[nearest] : "");
	return NULL;
}

static int choose_calendar(struct making *m, struct err *err)
{
	const char *asked = m->options->calendar;

	m->calendar = asked ? asked : strncmp(locale_language(), "zh", 2) == 0 ? "cn" : "standard";
	if (strcmp(m->calendar, "cn") == 0 || strcmp(m->calendar, "standard") == 0)
		return 0;
	err_set(err, ERR_USAGE, _("there is no built-in calendar '%s'"), m->calendar);
	err_hint(err, "%s", _("standard or cn; others come in with 'pmt calendar import'"));
	return ERR_USAGE;
}

static void add_file(struct making *m, const char *path, struct strbuf *text)
{
	struct strbuf full;

	strbuf_init(&full);
	strbuf_addf(&full, "%s/%s", m->root.buf, path);
	fileset_write(&m->files, full.buf, strbuf_slice(text), NULL);
	strvec_push(&m->paths, path);
	strbuf_release(&full);
	strbuf_reset(text);
}

static void add_settings(struct making *m, const struct template *template, struct strbuf *text)
{
	strbuf_addf(text, "[project]\nformat   = 1\nuid      = %s\nkey      = %s\nname     = %s\nstart    = %s\n",
		m->uid, m->key.buf, m->name.buf, m->start);
	strbuf_addf(text, "currency = %s\ncalendar = %s\n", m->options->currency ? m->options->currency : "CNY",
		m->calendar);
	if (template->method)
		strbuf_addf(text, "method   = %s\n", template->method);
	if (strncmp(locale_language(), "zh", 2) == 0)
		strbuf_addf(text, "locale   = %s\n", locale_language());
	add_file(m, "pmt.ini", text);
}

static void add_policy(struct strbuf *text)
{
	strbuf_addf(text, "; %s\n;\n", _("Who must approve what. Commented out until people have roles and keys."));
	strbuf_add_str(text, template_policy);
}

static void add_files(struct making *m, const struct template *template)
{
	struct strbuf text;

	strbuf_init(&text);
	add_settings(m, template, &text);
	if (strcmp(m->calendar, "cn") == 0)
		strbuf_add_str(&text, template_calendar_cn);
	else
		strbuf_addf(&text, "[calendar standard]\ntitle = %s\nweek  = mon-fri 09:00-12:00 13:00-18:00\n",
			_("Monday to Friday"));
	add_file(m, "calendars.ini", &text);
	template_plan(template, &text);
	if (text.len == 0)
		strbuf_addf(&text, "; %s\n", _("Tasks: pmt task add \"First task\" effort=5d"));
	add_file(m, "plan.ini", &text);
	strbuf_addf(&text, "; %s\n",
		_("People and teams: pmt resource add li.wei title=\"Li Wei\" email=li.wei@example.com"));
	add_file(m, "people.ini", &text);
	add_policy(&text);
	add_file(m, "policy.ini", &text);
	/* Bytes stay as people wrote them; merging is pmt's once its driver is installed, plain text merging until
	 * then. */
	strbuf_add_str(&text, "*.ini -text merge=pmt\n");
	add_file(m, ".gitattributes", &text);
	strbuf_release(&text);
}

static int choose(struct making *m, const struct strvec *arguments, struct err *err)
{
	int status = choose_root(m, arguments, err);
	const char *slash;

	if (status == 0)
		status = refuse_existing(m, err);
	if (status == 0)
		status = choose_start(m, err);
	if (status == 0)
		status = choose_calendar(m, err);
	if (status == 0)
		status = check_currency(m->options->currency, err);
	if (status == 0)
		status = random_base32(m->uid, 16, 1, err);
	if (status < 0)
		return status;
	slash = strrchr(m->root.buf, '/');
	if (slash && strcmp(slash, "/pm") == 0 && arguments->len == 0) {
		/* pm/ in a repository of code: the repository's name says more. */
		const char *end = slash;
		while (slash > m->root.buf && slash[-1] != '/')
			slash--;
		strbuf_add(&m->name, slash, (size_t)(end - slash));
	} else {
		strbuf_add_str(&m->name, slash && slash[1] ? slash + 1 : "project");
	}
	if (m->options->name) {
		strbuf_reset(&m->name);
		strbuf_add_str(&m->name, m->options->name);
	}
	if (m->options->key)
		strbuf_add_str(&m->key, m->options->key);
	else
		choose_key(m);
	return 0;
}

/* Copies another project's structure instead of a template's. */
static int add_copy(struct making *m, struct err *err)
{
	struct copy_settings settings = { .from = m->options->from, .name = m->options->name,
		.key = m->options->key, .start = m->options->start ? m->start : NULL, .uid = m->uid };
	struct vec files;
	struct copied_file *copied;
	int status;

	vec_init(&files, sizeof(struct copied_file));
	status = copy_structure(&settings, &files, err);
	copied = files.items;
	for (size_t i = 0; i < files.len; i++) {
		if (status == 0)
			add_file(m, copied[i].path, &copied[i].text);
		copied_file_release(&copied[i]);
	}
	vec_release(&files);
	return status;
}

static int write_files(struct making *m, struct err *err)
{
	const struct template *template = find_template(m->options->template, err);
	struct strbuf intent;
	int status;

	if (!template)
		return ERR_USAGE;
	strbuf_init(&intent);
	strbuf_addf(&intent, "%s/.pmt-intent", m->root.buf);
	fileset_init(&m->files, intent.buf);
	if (m->options->from)
		status = add_copy(m, err);
	else
		add_files(m, template), status = 0;
	if (status == 0)
		status = file_make_folders(m->root.buf, err);
	if (status == 0)
		status = fileset_commit(&m->files, err);
	fileset_release(&m->files);
	strbuf_release(&intent);
	return status;
}

/* Hooks and driver are a help: where they cannot be, the project is none the worse. */
static void install_hooks(struct context *context)
{
	struct err trouble;
	size_t made;

	context_err_init(&trouble);
	if (hooks_install(context, &made, &trouble) < 0) {
		context_note(context, _("warning: the hooks are not installed: %s"), trouble.message);
		if (trouble.hint)
			context_note(context, "  %s", trouble.hint);
	}
	err_release(&trouble);
}

/* A repository when there is none, and a commit of what was made. The project stands also when git refuses. */
static void commit_files(struct making *m)
{
	struct err trouble;
	struct strbuf git, message;
	int status = 0;

	context_err_init(&trouble);
	strbuf_init(&git);
	strbuf_init(&message);
	if (!place_git_folder(m->root.buf, &git, NULL))
		status = revision_init(m->root.buf, &trouble);
	strbuf_addf(&message, "pmt: start project %s", m->name.buf);
	if (status == 0)
		status = revision_commit(m->context, &m->paths, message.buf, &trouble);
	if (status == 0)
		install_hooks(m->context);
	if (status < 0) {
		context_note(m->context, _("warning: the files are there, but not committed: %s"),
			trouble.message ? trouble.message : "?");
		if (trouble.hint)
			context_note(m->context, "  %s", trouble.hint);
	}
	err_release(&trouble);
	strbuf_release(&git);
	strbuf_release(&message);
}

/*
 * A copy that goes its own way must not have the uid of the original: what is signed names it, so an approval given to
 * one would be good in the other. Only the uid is new; that change is one of authority and waits to be committed like
 * any edit.
 */
static int fork_project(
	struct context *context, const struct strvec *arguments, const struct init_options *options, struct err *err)
{
	static const struct change_options none = { .commit = NULL };
	struct change change;
	struct slice old;
	char uid[17];
	int status;

	if (arguments->len || options->name || options->key || options->start || options->calendar ||
		options->currency || options->template || options->from || options->no_git)
		return err_set(err, ERR_USAGE,
			_("--fork is about the project here and takes nothing else: pmt -C DIR init --fork"));
	status = context_prepare(context, NEEDS_PROJECT | NEEDS_LOCK, err);
	if (status == 0)
		status = random_base32(uid, sizeof(uid) - 1, 1, err);
	if (status < 0)
		return status;
	change_begin(&change, context, &none);
	old = project_setting(&context->project, "uid");
	status = edit_set(&change.edit, context->project.settings,
		&(struct assignment){ .key = slice_of("uid"), .value = slice_of(uid), .operator = EDIT_SET }, 1, err);
	status = change_end(&change, status, err);
	if (status == 0 && !context->global.quiet)
		printf(_("uid %.*s → %s: what was signed for the original does not count here\n"), (int)old.len,
			old.at ? old.at : "", uid);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct making m = { .context = context, .options = options };
	int status = 0;

	if (m.options->fork)
		return fork_project(context, arguments, options, err);
	if (arguments->len > 1)
		return err_set(err, ERR_USAGE, _("'pmt init' takes one folder, not %zu"), arguments->len);
	strbuf_init(&m.root);
	strbuf_init(&m.name);
	strbuf_init(&m.key);
	strvec_init(&m.paths);
	status = choose(&m, arguments, err);
	if (status == 0)
		status = write_files(&m, err);
	if (status == 0) {
		context->root = strbuf_detach(&m.root);
		strbuf_add_str(&m.root, context->root);
		if (!m.options->no_git)
			commit_files(&m);
		if (!context->global.quiet)
			printf(_("project '%s' in %s\n"), m.name.buf, context->root);
	}
	strbuf_release(&m.root);
	strbuf_release(&m.name);
	strbuf_release(&m.key);
	strvec_release(&m.paths);
	return status;
}

const struct command cmd_init = {
	.name = "init",
	.group = GROUP_START,
	.summary = N_("Make a project"),
	.usage = "[DIR]",
	.options = specs,
	.options_size = sizeof(struct init_options),
	.run = run,
};
