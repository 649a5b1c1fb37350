#include "cmd/cli/dispatch.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "cmd/cli/config.h"
#include "cmd/cli/context-internal.h"
#include "cmd/cli/help.h"
#include "cmd/cli/locale.h"
#include "cmd/cli/options.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct command_verb *command_verb(const struct command *command, const char *word)
{
	for (const struct command_verb *v = command->verbs; v && v->name; v++)
		if (strcmp(v->name, word) == 0)
			return v;
	for (const struct command_verb *v = noun_verbs; command->kind && v->name; v++)
		if (strcmp(v->name, word) == 0)
			return v;
	return NULL;
}

bool command_find(struct slice name, struct noun_command *out)
{
	const struct command_verb *list = &noun_verbs[0];

	memset(out, 0, sizeof(*out));
	for (size_t i = 0; commands[i]; i++)
		if (slice_is(name, commands[i]->name)) {
			out->command = *commands[i];
			out->kind = commands[i]->kind ? kind_find(slice_of(commands[i]->kind)) : NULL;
			return true;
		}
	out->kind = kind_find(name);
	if (!out->kind)
		return false;
	for (size_t i = 0; commands[i]; i++)
		if (commands[i]->kind && strcmp(commands[i]->kind, out->kind->name) == 0) {
			out->command = *commands[i];
			return true;
		}
	out->command = (struct command){ .name = out->kind->name, .group = GROUP_PLAN,
		.summary = out->kind->doc, .usage = list->usage, .options = list->options,
		.options_size = list->options_size, .needs = list->needs, .kind = out->kind->name };
	return true;
}

int command_unknown(const char *word, struct err *err)
{
	const char **names;
	size_t count = 0, own = 0;
	int nearest;

	while (commands[own])
		own++;
	names = xcalloc(own + kinds_count, sizeof(*names));
	for (size_t i = 0; i < own; i++)
		names[count++] = commands[i]->name;
	for (size_t i = 0; i < kinds_count; i++)
		names[count++] = kinds_all[i]->name;
	nearest = utf8_nearest(slice_of(word), names, count);
	err_set(err, ERR_USAGE, _("unknown command '%s'"), word);
	if (nearest >= 0)
		err_hint(err, _("did you mean 'pmt %s'?"), names[nearest]);
	else
		err_hint(err, "%s", _("'pmt help' lists all commands"));
	free(names);
	return ERR_USAGE;
}

/* What one run is asked to do, once the words are known. */
struct request {
	struct noun_command noun;
	const struct command_verb *verb; /* NULL: none */
	const struct option_spec *options;
	size_t options_size;
	unsigned needs;
	command_run *run;
};

static void request_fill(struct request *r, const char *first_word)
{
	const struct command *c = &r->noun.command;

	r->verb = first_word ? command_verb(c, first_word) : NULL;
	if (r->verb) {
		r->options = r->verb->options;
		r->options_size = r->verb->options_size;
		r->needs = r->verb->needs;
		r->run = r->verb->run;
	} else if (!c->run && c->kind) {
		r->options = noun_verbs[0].options;
		r->options_size = noun_verbs[0].options_size;
		r->needs = noun_verbs[0].needs;
		r->run = noun_verbs[0].run;
	} else {
		r->options = c->options;
		r->options_size = c->options_size;
		r->needs = c->needs;
		r->run = c->run;
	}
}

const char *command_nearest_verb(const struct command *command, const char *word)
{
	const char *names[32];
	size_t count = 0;
	int at;

	for (const struct command_verb *v = command->verbs; v && v->name && count < ARRAY_SIZE(names); v++)
		names[count++] = v->name;
	for (const struct command_verb *v = noun_verbs; command->kind && v->name && count < ARRAY_SIZE(names); v++)
		names[count++] = v->name;
	at = utf8_nearest(slice_of(word), names, count);
	return at < 0 ? NULL : names[at];
}

static int no_verb(const struct command *c, const struct strvec *words, struct err *err)
{
	const char *nearest = words->len ? command_nearest_verb(c, words->items[0]) : NULL;

	if (words->len)
		err_set(err, ERR_USAGE, _("'pmt %s' has no verb '%s'"), c->name, words->items[0]);
	else
		err_set(err, ERR_USAGE, _("'pmt %s' needs a verb"), c->name);
	if (nearest)
		err_hint(err, _("did you mean 'pmt %s %s'?"), c->name, nearest);
	else
		err_hint(err, _("'pmt help %s' lists its verbs"), c->name);
	return ERR_USAGE;
}

/* What is signed is not edited: the noun's own verbs write it, the generic ones only read. */
static int refuse_sealed(const struct request *r, struct err *err)
{
	bool generic = false;

	for (const struct command_verb *v = noun_verbs; v->name; v++)
		generic = generic || v == r->verb;
	if (!generic || !(r->needs & NEEDS_LOCK) || !r->noun.kind || !(r->noun.kind->flags & KIND_SEALED))
		return 0;
	err_set(err, ERR_FAILED, _("records of '%s' are signed: they are never added or edited by hand"),
		r->noun.kind->name);
	return ERR_FAILED;
}

/* Set-up from `needs`, then run. */
static int run_request(struct context *context, struct request *r, const void *options,
	struct strvec *words, struct err *err)
{
	int status = refuse_sealed(r, err);

	if (status == 0)
		status = context_prepare(context, r->needs, err);

	if (status == 0)
		status = r->run(context, options, words, err);
	return status;
}

/* argv[0] is the command's name. */
static int run_command(struct context *context, int argc, char **argv, struct err *err)
{
	struct request r = { 0 };
	struct strvec words;
	struct option_parse parse = { 0 };
	void *options;
	int status;

	if (!command_find(slice_of(argv[0]), &r.noun))
		return command_unknown(argv[0], err);
	request_fill(&r, argc > 1 ? argv[1] : NULL);
	context->command = &r.noun.command;
	context->verb = r.verb;
	context->kind = r.noun.kind;
	if (r.verb) {
		argc--;
		argv++;
	}
	options = xcalloc(1, r.options_size + 1);
	strvec_init(&words);
	parse.tables[0] = (struct option_table){ r.options, options };
	parse.tables[1] = (struct option_table){ global_option_specs, &context->global };
	status = options_parse(&parse, argc, argv, &words, err);
	if (status >= 0 && parse.help)
		status = help_command(context, r.noun.command.name, err);
	else if (status >= 0 && !r.run)
		status = no_verb(&r.noun.command, &words, err);
	else if (status >= 0 && (status = context_options(context, err)) == 0)
		status = run_request(context, &r, options, &words, err);
	strvec_release(&words);
	free(options);
	return status;
}

/* pmt.alias.WORD: the words it stands for in front of the arguments. False: no such alias. */
static bool expand_alias(struct context *context, const char *word, struct strvec *out)
{
	struct strbuf name, text;
	struct slice rest, item;
	bool found;

	strbuf_init(&name);
	strbuf_init(&text);
	strbuf_addf(&name, "alias.%s", word);
	found = config_get(context, name.buf, &text);
	rest = strbuf_slice(&text);
	while (found && slice_next(&rest, " ", &item))
		if (item.len)
			strvec_push_slice(out, item);
	found = found && out->len > 0;
	strbuf_release(&name);
	strbuf_release(&text);
	return found;
}

/* pmt-WORD on PATH takes over, with PMT_ROOT set; returns only when there is none. */
static void try_external(struct context *context, char **argv)
{
	struct strbuf program;

	strbuf_init(&program);
	strbuf_addf(&program, "pmt-%s", argv[0]);
	if (!strchr(argv[0], '/') && argv[0][0] != '-') {
		if (context_find_root(context, NULL) == 0)
			setenv("PMT_ROOT", context->root, 1);
		argv[0] = program.buf;
		execvp(program.buf, argv);
		argv[0] = program.buf + strlen("pmt-");
	}
	/* program is leaked on purpose: argv[0] points into it until the process ends. */
	strbuf_detach(&program);
}

static bool is_known(const char *word)
{
	struct noun_command noun;

	return command_find(slice_of(word), &noun);
}

static int run_alias(struct context *context, struct strvec *alias, int argc, char **argv, struct err *err)
{
	if (!is_known(alias->items[0]))
		return command_unknown(alias->items[0], err);
	for (int i = 1; i < argc; i++)
		strvec_push(alias, argv[i]);
	return run_command(context, (int)alias->len, alias->items, err);
}

static int run_word(struct context *context, int argc, char **argv, struct err *err)
{
	struct strvec alias;
	int status;

	if (is_known(argv[0]))
		return run_command(context, argc, argv, err);
	strvec_init(&alias);
	if (expand_alias(context, argv[0], &alias)) {
		status = run_alias(context, &alias, argc, argv, err);
	} else {
		try_external(context, argv);
		status = command_unknown(argv[0], err);
	}
	strvec_release(&alias);
	return status;
}

static int run_all(struct context *context, int argc, char **argv, struct err *err)
{
	struct option_parse parse = { .stop_at_word = true };
	struct strvec words;
	char status_word[] = "status", version_word[] = "version", *status_argv[] = { status_word, NULL };
	int next;

	/* --version is what people type before they know the grammar. */
	if (argc > 1 && strcmp(argv[1], "--version") == 0)
		argv[1] = version_word;
	strvec_init(&words);
	parse.tables[0] = (struct option_table){ global_option_specs, &context->global };
	next = options_parse(&parse, argc, argv, &words, err);
	strvec_release(&words);
	if (next < 0)
		return next;
	if (parse.help)
		return help_overview(context, err);
	/* The folder comes first: aliases and the project are looked for from there. */
	if (context->global.folder && chdir(context->global.folder) != 0)
		return err_errno(err, _("cannot go to '%s'"), context->global.folder);
	context->global.folder = NULL;
	if (next >= argc)
		return run_command(context, 1, status_argv, err);
	return run_word(context, argc - next, argv + next, err);
}

static void print_error(const struct context *context, const struct err *err)
{
	struct strbuf line;
	bool color = context->render.color && isatty(STDERR_FILENO);

	strbuf_init(&line);
	strbuf_addf(&line, "%spmt: %s%s\n", color ? "\033[31m" : "", err->message ? err->message : "?",
		color ? "\033[0m" : "");
	if (err->hint)
		strbuf_addf(&line, "  %s\n", err->hint);
	fputs(line.buf, stderr);
	strbuf_release(&line);
}

/* A program that reads JSON gets JSON also when there is no answer: why, and what was found until then. */
static void emit_refusal(struct context *context, const struct err *refused, int code)
{
	struct err err;
	struct doc doc;
	struct block *pairs;

	if (!context->renderer || strcmp(context->renderer->name, "json") != 0 || context->emitted || context->global.output)
		return;
	context_err_init(&err);
	doc_init(&doc, "pmt.error/1");
	pairs = doc_pairs(&doc, "error");
	pairs_add(&doc, pairs, "message", NULL, cell_text(&doc.arena, slice_of(refused->message)));
	pairs_add(&doc, pairs, "hint", NULL, refused->hint ? cell_text(&doc.arena, slice_of(refused->hint)) : cell_none());
	pairs_add(&doc, pairs, "exit", NULL, cell_integer(code));
	context_emit(context, &doc, &err);
	doc_release(&doc);
	err_release(&err);
}

/* --lang or PMT_LANG before anything is parsed, so that a wrong command line is refused in that language too. */
static void use_asked_language(int argc, char **argv)
{
	const char *lang = getenv("PMT_LANG");
	struct strbuf found;

	for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++)
		if (strncmp(argv[i], "--lang=", strlen("--lang=")) == 0)
			lang = argv[i] + strlen("--lang=");
		else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc)
			lang = argv[++i];
	strbuf_init(&found);
	if (lang && locale_find(lang, &found))
		locale_use(found.buf);
	strbuf_release(&found);
}

int dispatch(int argc, char **argv)
{
	struct context context;
	struct err err;
	int status, code;

	signal(SIGPIPE, SIG_IGN);
	locale_start();
	use_asked_language(argc, argv);
	context_init(&context);
	context_err_init(&err);
	status = run_all(&context, argc, argv, &err);
	context_close_undo(&context, argc, argv);
	if (status < 0 && err.message)
		print_error(&context, &err);
	code = status < 0 ? err_exit_code(status) : context.exit_code;
	if (status < 0 && err.message)
		emit_refusal(&context, &err, code);
	if (fflush(stdout) != 0 && code == 0)
		code = 3;
	err_release(&err);
	context_release(&context);
	return code;
}
