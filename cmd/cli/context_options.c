/* The global options: what day it is, which language, format, width and colour. */
#include "cmd/cli/context-internal.h"

#include "cmd/cli/config.h"
#include "cmd/cli/convert.h"
#include "cmd/cli/locale.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

/* The clock, as civil time of the person at the terminal. */
static moment_t clock_now(void)
{
	time_t now = time(NULL);
	struct tm tm;

	localtime_r(&now, &tm);
	return moment_from_date(date_from_civil(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday)) +
		tm.tm_hour * 60 + tm.tm_min;
}

int context_read_moment(struct context *context, const struct field *of, const char *text, moment_t *out, struct err *err)
{
	struct units units;
	struct value_context words = { .units = &units, .words = true, .now = context->now };
	struct value_fault fault;
	struct value value;
	struct arena arena;
	int status;

	units_default(&units);
	arena_init(&arena);
	status = value_parse(&value, of, slice_of(text), &words, &arena, &fault);
	if (status == 0)
		*out = value.as.when.moment;
	else
		status = err_set(err, ERR_USAGE, _("%s: '%s' is no date; expected %s"), of->name, text, _(fault.expected));
	arena_release(&arena);
	return status == 0 && value.as.when.has_time ? 1 : status;
}

/* --now, PMT_NOW: a date, a date with time, or a word like "mon". */
static int read_now(struct context *context, struct err *err)
{
	const struct field now = { .name = context->global.now ? "--now" : "PMT_NOW", .type = TYPE_DATETIME };
	const char *text = context->global.now ? context->global.now : getenv("PMT_NOW");
	int status;

	context->now = clock_now();
	if (!text || !*text)
		return 0;
	status = context_read_moment(context, &now, text, &context->now, err);
	context->now_given = status >= 0;
	return status < 0 ? status : 0;
}

/* A suffix that promises what no format keeps: "plan.xlsx". Text goes anywhere else: "list.txt", "/dev/stdout", "out". */
static int refuse_suffix(const struct context *context, struct err *err)
{
	const char *path = context->global.output, *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');

	if (!dot || !isalpha((unsigned char)dot[1]) || strcasecmp(dot, ".txt") == 0 || strcasecmp(dot, ".ini") == 0 ||
		convert_wanted(context))
		return 0; /* *.ini is refused with a reason of its own */
	err_set(err, ERR_USAGE, _("'%s': no format has the suffix %s"), path, dot);
	err_hint(err, "%s", _(".html, .svg, .md, .json and .csv are written, .pdf, .png and .docx where it makes sense; or say --format"));
	return ERR_USAGE;
}

static int read_format(struct context *context, struct err *err)
{
	const char *format = context->global.format ? context->global.format : context->settings.format;

	if (context->global.output && strcmp(context->global.output, "-") == 0)
		context->global.output = NULL;
	if (format && *format) {
		context->renderer = renderer_find(format);
		if (context->renderer)
			return 0;
		err_set(err, ERR_USAGE, _("unknown format '%s'"), format);
		err_hint(err, "%s", _("formats: table, json, csv, markdown, html, svg"));
		return ERR_USAGE;
	}
	if (context->global.output)
		context->renderer = renderer_for_path(context->global.output);
	if (!context->renderer)
		context->renderer = renderer_find("table");
	if (context->global.output && strcmp(context->renderer->name, "table") == 0)
		return refuse_suffix(context, err);
	return 0;
}

static int terminal_width(void)
{
	const char *columns = getenv("COLUMNS");
	struct winsize size;
	long wanted;

	if (isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col)
		return size.ws_col;
	wanted = columns ? strtol(columns, NULL, 10) : 0;
	return wanted > 20 && wanted < 10000 ? (int)wanted : 100;
}

static int read_color(struct context *context, struct err *err)
{
	const char *when = context->global.color ? context->global.color : context->settings.color;
	const char *force = getenv("CLICOLOR_FORCE"), *none = getenv("NO_COLOR"), *term = getenv("TERM");
	bool tty = isatty(STDOUT_FILENO) && !(term && strcmp(term, "dumb") == 0);

	if (when && strcmp(when, "always") == 0)
		context->render.color = true;
	else if (when && strcmp(when, "never") == 0)
		context->render.color = false;
	else if (when && *when && strcmp(when, "auto") != 0)
		return err_set(err, ERR_USAGE, _("--color takes auto, always or never, not '%s'"), when);
	else if (none && *none)
		context->render.color = false;
	else if (force && *force && strcmp(force, "0") != 0)
		context->render.color = true;
	else
		context->render.color = tty && !context->global.output;
	return 0;
}

/* A setting of the environment or of git's configuration; owned, NULL when there is none. */
static char *setting(struct context *context, const char *name)
{
	struct strbuf value;
	char *text = NULL;

	strbuf_init(&value);
	if (config_get(context, name, &value) && value.len)
		text = strbuf_detach(&value);
	strbuf_release(&value);
	return text;
}

/* The language that was asked for. What the environment says for every program is no request. */
static int read_language(struct context *context, struct err *err)
{
	const char *lang = context->global.lang ? context->global.lang : context->settings.lang;
	struct strbuf found, names;
	struct strvec all;

	if (!lang || !*lang)
		return 0;
	strbuf_init(&found);
	if (locale_find(lang, &found)) {
		locale_use(found.buf);
		strbuf_release(&found);
		return 0;
	}
	strbuf_init(&names);
	strvec_init(&all);
	locale_list(&all);
	for (size_t i = 0; i < all.len; i++)
		strbuf_addf(&names, "%s%s", i ? ", " : "", all.items[i]);
	err_set(err, ERR_USAGE, _("there are no messages in the language '%s'"), lang);
	err_hint(err, _("languages: %s"), names.buf);
	strvec_release(&all);
	strbuf_release(&names);
	strbuf_release(&found);
	return ERR_USAGE;
}

int context_options(struct context *context, struct err *err)
{
	int status;

	if (context->global.folder && chdir(context->global.folder) != 0)
		return err_errno(err, _("cannot go to '%s'"), context->global.folder);
	context->global.folder = NULL;
	context->settings.color = setting(context, "color");
	context->settings.format = setting(context, "format");
	context->settings.lang = setting(context, "lang");
	status = read_language(context, err);
	context->render.width = terminal_width();
	context->render.ascii = !locale_is_unicode();
	context->render.lang = locale_language();
	if (status == 0)
		status = read_format(context, err);
	if (status == 0)
		status = context_check_output(context, err);
	if (status == 0)
		status = read_color(context, err);
	if (status == 0)
		status = read_now(context, err);
	return status;
}
