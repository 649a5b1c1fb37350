#include "cmd/cli/options.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "cmd/cli/context.h"

#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>

const struct option_spec global_option_specs[] = {
	{ 'C', "directory", OPTION_TEXT, offsetof(struct global_options, folder), N_("DIR"),
		N_("Run as if started in DIR") },
	{ 0, "at", OPTION_TEXT, offsetof(struct global_options, at), N_("REV|DATE"),
		N_("Answer from a git revision, or from the last commit by a date") },
	{ 0, "now", OPTION_TEXT, offsetof(struct global_options, now), N_("DATE"),
		N_("Take DATE for today") },
	{ 0, "format", OPTION_TEXT, offsetof(struct global_options, format), N_("FORMAT"),
		N_("table, json, csv, markdown, html or svg") },
	{ 'o', "output", OPTION_TEXT, offsetof(struct global_options, output), N_("FILE"),
		N_("Write to FILE; its suffix chooses the format: also .pdf, .docx, .png where it makes sense") },
	{ 0, "lang", OPTION_TEXT, offsetof(struct global_options, lang), N_("LANG"),
		N_("Language of messages: en or zh_CN") },
	{ 0, "no-pager", OPTION_FLAG, offsetof(struct global_options, no_pager), NULL,
		N_("Do not send long output through the pager") },
	{ 0, "color", OPTION_TEXT, offsetof(struct global_options, color), "auto|always|never",
		N_("Colour in what is printed (default: auto, on a terminal)") },
	{ 'q', "quiet", OPTION_FLAG, offsetof(struct global_options, quiet), NULL,
		N_("Only errors on standard error") },
	{ 'v', "verbose", OPTION_FLAG, offsetof(struct global_options, verbose), NULL,
		N_("Say more on standard error") },
	OPTIONS_END,
};

static int has_argument(enum option_type type)
{
	switch (type) {
	case OPTION_FLAG: return no_argument;
	case OPTION_OPTIONAL: return optional_argument;
	default: return required_argument;
	}
}

enum { HELP_VALUE = 1000, LONG_VALUE = 1001 };

/* What getopt wants, and the way back from its answers to the tables. */
struct getopt_tables {
	struct strbuf letters;
	struct vec longs; /* struct option */
	struct vec specs; /* const struct option_spec * */
	struct vec values; /* void * */
};

static bool known(const struct getopt_tables *t, const struct option_spec *spec)
{
	const struct option_spec **specs = t->specs.items;

	for (size_t i = 0; i < t->specs.len; i++)
		if (strcmp(specs[i]->name, spec->name) == 0)
			return true;
	return false;
}

static void add_spec(struct getopt_tables *t, const struct option_spec *spec, void *values)
{
	struct option *entry;

	if (known(t, spec))
		return;
	entry = vec_push(&t->longs);
	entry->name = spec->name;
	entry->has_arg = has_argument(spec->type);
	entry->val = LONG_VALUE + (int)t->specs.len;
	vec_append(&t->specs, &spec);
	vec_append(&t->values, &values);
	if (!spec->letter || strchr(t->letters.buf, spec->letter))
		return;
	strbuf_add_char(&t->letters, spec->letter);
	if (spec->type == OPTION_OPTIONAL)
		strbuf_add_str(&t->letters, "::");
	else if (spec->type != OPTION_FLAG)
		strbuf_add_char(&t->letters, ':');
}

static void tables_init(struct getopt_tables *t, const struct option_parse *parse)
{
	struct option help = { "help", no_argument, NULL, HELP_VALUE };

	strbuf_init(&t->letters);
	vec_init(&t->longs, sizeof(struct option));
	vec_init(&t->specs, sizeof(struct option_spec *));
	vec_init(&t->values, sizeof(void *));
	/* '-' hands words back in order as option 1; '+' stops at the first word. */
	strbuf_add_str(&t->letters, parse->stop_at_word ? "+:h" : "-:h");
	for (size_t i = 0; i < OPTION_TABLES; i++)
		for (const struct option_spec *s = parse->tables[i].specs; s && s->name; s++)
			add_spec(t, s, parse->tables[i].values);
	vec_append(&t->longs, &help);
	vec_push(&t->longs);
}

static void tables_release(struct getopt_tables *t)
{
	strbuf_release(&t->letters);
	vec_release(&t->longs);
	vec_release(&t->specs);
	vec_release(&t->values);
}

static int store(const struct option_spec *spec, void *values, const char *text, struct err *err)
{
	char *at = (char *)values + spec->offset, *end;

	switch (spec->type) {
	case OPTION_FLAG:
		*(bool *)(void *)at = true;
		return 0;
	case OPTION_TEXT:
		*(const char **)(void *)at = text;
		return 0;
	case OPTION_OPTIONAL:
		*(const char **)(void *)at = text ? text : "";
		return 0;
	case OPTION_INTEGER:
	case OPTION_COUNT:
		errno = 0;
		*(long *)(void *)at = strtol(text, &end, 10);
		if (*end || end == text || errno)
			return err_set(err, ERR_USAGE, _("option '--%s' takes a whole number, not '%s'"),
				spec->name, text);
		if (spec->type == OPTION_COUNT && *(long *)(void *)at == 0)
			return err_set(err, ERR_USAGE, _("option '--%s' takes a number from 1 up, not '%s'"), spec->name, text);
		return 0;
	}
	return 0;
}

static int unknown_option(const struct getopt_tables *t, const char *word, struct err *err)
{
	const struct option_spec **specs = t->specs.items;
	const char **names = xcalloc(t->specs.len + 1, sizeof(*names));
	const char *bare = word + strspn(word, "-");
	int nearest;

	for (size_t i = 0; i < t->specs.len; i++)
		names[i] = specs[i]->name;
	nearest = utf8_nearest(slice_new(bare, strcspn(bare, "=")), names, t->specs.len);
	err_set(err, ERR_USAGE, _("unknown option '%s'"), word);
	if (nearest >= 0)
		err_hint(err, _("did you mean '--%s'?"), names[nearest]);
	free(names);
	return ERR_USAGE;
}

/* The spec that getopt's answer stands for, or -1. */
static long answered(const struct getopt_tables *t, int answer)
{
	const struct option_spec **specs = t->specs.items;

	if (answer >= LONG_VALUE)
		return answer - LONG_VALUE;
	for (size_t i = 0; i < t->specs.len; i++)
		if (specs[i]->letter && specs[i]->letter == answer)
			return (long)i;
	return -1;
}

static int missing_argument(const struct getopt_tables *t, struct err *err)
{
	long at = answered(t, optopt);
	const struct option_spec **specs = t->specs.items;

	if (at < 0)
		return err_set(err, ERR_USAGE, _("an option lacks its value"));
	return err_set(err, ERR_USAGE, _("option '--%s' needs a value: %s"), specs[at]->name,
		_(specs[at]->argument));
}

int options_parse(struct option_parse *parse, int argc, char **argv, struct strvec *words, struct err *err)
{
	struct getopt_tables t;
	int answer, status = 0;

	tables_init(&t, parse);
	optind = 0;
	opterr = 0;
	while (status == 0 && (answer = getopt_long(argc, argv, t.letters.buf, t.longs.items, NULL)) != -1) {
		if (answer == 1) {
			strvec_push(words, optarg);
		} else if (answer == 'h' || answer == HELP_VALUE) {
			parse->help = true;
		} else if (answer == ':') {
			status = missing_argument(&t, err);
		} else if (answer == '?') {
			const char letter[3] = { '-', (char)optopt, '\0' };
			bool is_letter = optopt > 0 && optopt < HELP_VALUE;
			status = unknown_option(&t, is_letter ? letter : argv[optind - 1], err);
		} else {
			long at = answered(&t, answer);
			status = store(((const struct option_spec **)t.specs.items)[at],
				((void **)t.values.items)[at], optarg, err);
		}
	}
	if (status == 0 && !parse->stop_at_word)
		for (; optind < argc; optind++)
			strvec_push(words, argv[optind]);
	tables_release(&t);
	return status < 0 ? status : optind;
}

void option_label(const struct option_spec *spec, struct strbuf *out)
{
	if (spec->letter)
		strbuf_addf(out, "-%c, ", spec->letter);
	strbuf_addf(out, "--%s", spec->name);
	if (spec->type == OPTION_OPTIONAL)
		strbuf_addf(out, "[=%s]", _(spec->argument));
	else if (spec->argument)
		strbuf_addf(out, " %s", _(spec->argument));
}

int option_seed(const char *text, uint64_t *out, struct err *err)
{
	uint64_t seed = 0;

	for (const char *at = text; *at; at++)
		if (*at < '0' || *at > '9' || __builtin_mul_overflow(seed, 10u, &seed) ||
			__builtin_add_overflow(seed, (uint64_t)(*at - '0'), &seed) || seed > INT64_MAX)
			return err_set(err, ERR_USAGE, _("--seed takes a whole number, not '%s'"), text);
	if (!*text)
		return err_set(err, ERR_USAGE, _("--seed takes a whole number, not '%s'"), text);
	*out = seed;
	return 0;
}
