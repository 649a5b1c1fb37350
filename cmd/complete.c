/*
 * `pmt complete`: what could come next on the command line, for the shells' completion. One candidate a line, a tab and
 * its explanation behind it. Everything comes from the tables and from the project at hand.
 */
#include "cmd/cli/context.h"
#include "cmd/cli/dispatch.h"
#include "cmd/cli/locale.h"
#include "cmd/cli/noun.h"
#include "cmd/cli/options.h"
#include "cmd/cli/shipped.h"

#include "base/map.h"
#include "register/method.h"

#include <ctype.h>
#include <string.h>

struct complete_options {
	const char *script;
};

static const struct option_spec specs[] = {
	{ 0, "script", OPTION_TEXT, offsetof(struct complete_options, script), "bash|zsh|fish",
		N_("Print the script that the shell loads") },
	OPTIONS_END,
};

static const char bash_script[] =
	"# pmt completion for bash: . <(pmt complete --script bash)\n"
	"_pmt() {\n"
	"\tlocal IFS=$'\\n' line cur=${COMP_LINE:0:COMP_POINT}\n"
	"\tlocal -a words\n"
	"\tread -ra words <<<\"${cur// /$'\\n'}\" -d ''\n"
	"\t[[ $cur == *' ' ]] && words+=('')\n"
	"\tCOMPREPLY=()\n"
	"\twhile IFS=$'\\t' read -r line _; do\n"
	"\t\t[[ $line == *=* && ${words[-1]} == *=* ]] && line=${line#*=}\n"
	"\t\tCOMPREPLY+=(\"$line\")\n"
	"\tdone < <(pmt complete -- \"${words[@]:1}\" 2>/dev/null)\n"
	"\t[[ ${COMPREPLY[0]} == *= ]] && compopt -o nospace\n"
	"}\n"
	"complete -o default -F _pmt pmt\n";

static const char zsh_script[] =
	"#compdef pmt\n"
	"# pmt completion for zsh\n"
	"_pmt() {\n"
	"\tlocal -a candidates\n"
	"\tlocal line\n"
	"\twhile IFS=$'\\t' read -r line help; do\n"
	"\t\tcandidates+=(\"${line//:/\\\\:}:$help\")\n"
	"\tdone < <(pmt complete -- \"${(@)words[2,CURRENT]}\" 2>/dev/null)\n"
	"\t_describe -V pmt candidates -S '' || _files\n"
	"}\n"
	"compdef _pmt pmt\n";

static const char fish_script[] =
	"# pmt completion for fish\n"
	"function __pmt_complete\n"
	"\tset -l words (commandline -opc) (commandline -ct)\n"
	"\tpmt complete -- $words[2..-1] 2>/dev/null\n"
	"end\n"
	"complete -c pmt -f -a '(__pmt_complete)'\n";

static int print_script(const char *shell, struct err *err)
{
	static const struct {
		const char *shell, *text;
	} scripts[] = { { "bash", bash_script }, { "zsh", zsh_script }, { "fish", fish_script } };

	for (size_t i = 0; i < ARRAY_SIZE(scripts); i++)
		if (strcmp(scripts[i].shell, shell) == 0) {
			fputs(scripts[i].text, stdout);
			return 0;
		}
	return err_set(err, ERR_USAGE, _("no completion for the shell '%s': bash, zsh or fish"), shell);
}

/* What has been typed so far. */
struct typed {
	struct context *context;
	struct noun_command noun;
	const struct command_verb *verb;
	const char *word; /* the one being typed */
};

static void offer(const struct typed *typed, const char *candidate, const char *help)
{
	if (strncmp(candidate, typed->word, strlen(typed->word)) == 0)
		printf("%s\t%s\n", candidate, help ? help : "");
}

static void offer_slice(const struct typed *typed, const char *before, struct slice candidate, struct slice help)
{
	struct strbuf text, explained;

	strbuf_init(&text);
	strbuf_init(&explained);
	strbuf_add_str(&text, before);
	strbuf_add_slice(&text, candidate);
	strbuf_add_slice(&explained, help);
	offer(typed, text.buf, explained.buf);
	strbuf_release(&text);
	strbuf_release(&explained);
}

static void offer_commands(const struct typed *typed)
{
	for (size_t i = 0; commands[i]; i++)
		offer(typed, commands[i]->name, _(commands[i]->summary));
	for (size_t i = 0; i < kinds_count; i++) {
		bool shadowed = false;
		for (size_t j = 0; commands[j]; j++)
			shadowed = shadowed || strcmp(commands[j]->name, kinds_all[i]->name) == 0;
		if (!shadowed)
			offer(typed, kinds_all[i]->name, _(kinds_all[i]->doc));
	}
}

static void offer_options(const struct typed *typed, const struct option_spec *options)
{
	struct strbuf name;

	strbuf_init(&name);
	for (const struct option_spec *s = options; s && s->name; s++) {
		strbuf_reset(&name);
		strbuf_addf(&name, "--%s", s->name);
		offer(typed, name.buf, _(s->doc));
	}
	strbuf_release(&name);
}

static bool has_project(const struct typed *typed)
{
	return context_project(typed->context, NULL) == 0;
}

/* Ids of the kinds "resource|team", with their titles. */
static void offer_ids(const struct typed *typed, const char *before, const char *kinds)
{
	struct slice rest = slice_of(kinds), name;
	struct record *record;

	while (has_project(typed) && slice_next(&rest, "|", &name)) {
		const struct kind *kind = kind_find(name);
		if (kind)
			FOREACH_RECORD(&typed->context->project, kind, record)
				offer_slice(typed, before, record->id, record_title(record));
	}
}

/* "status=" → its words, "parent=" → ids, "depends=T-1," → ids again. */
static void offer_values(const struct typed *typed, const struct field *field, size_t name_len)
{
	const char *comma = strrchr(typed->word, ',');
	struct slice rest = slice_of(field->of), word;
	struct strbuf before;

	strbuf_init(&before);
	strbuf_add(&before, typed->word, comma ? (size_t)(comma - typed->word) + 1 : name_len);
	if (field->type == TYPE_ENUM)
		while (slice_next(&rest, "|", &word))
			offer_slice(typed, before.buf, word, slice_of(_(field->doc)));
	else if (field->type == TYPE_REF || field->type == TYPE_REFS)
		offer_ids(typed, before.buf, field->of);
	else if (field->type == TYPE_DEPENDENCIES)
		offer_ids(typed, before.buf, "task");
	else if (field->type == TYPE_ALLOCATIONS)
		offer_ids(typed, before.buf, "resource");
	else if (field->type == TYPE_YESNO) {
		offer_slice(typed, before.buf, slice_of("yes"), slice_of(_(field->doc)));
		offer_slice(typed, before.buf, slice_of("no"), slice_of(_(field->doc)));
	}
	strbuf_release(&before);
}

static void offer_fields(const struct typed *typed)
{
	const char *equals = strchr(typed->word, '=');
	struct strbuf word;
	size_t index;

	if (equals) {
		index = kind_field_find(typed->noun.kind, slice_new(typed->word, (size_t)(equals - typed->word)));
		if (index < FIELD_CUSTOM)
			offer_values(typed, kind_field(typed->noun.kind, index), (size_t)(equals - typed->word) + 1);
		return;
	}
	strbuf_init(&word);
	for (size_t i = 0; i < kind_field_total(typed->noun.kind); i++) {
		const struct field *field = kind_field(typed->noun.kind, i);
		strbuf_reset(&word);
		strbuf_addf(&word, "%s=", field->name);
		if (!(field->flags & FIELD_COMPUTED) || !typed->verb || strcmp(typed->verb->name, "list") == 0)
			offer_slice(typed, "", strbuf_slice(&word), slice_of(_(field->doc)));
	}
	strbuf_release(&word);
}

/* The options that may stand here: the verb's, or the command's own, and behind them those of every command. */
static const struct option_spec *own_options(const struct typed *typed)
{
	const struct command *c = &typed->noun.command;

	if (typed->verb)
		return typed->verb->options;
	return c->kind && !c->run ? noun_verbs[0].options : c->options;
}

/* The option of a word such as "--sort", "--sort=fin" or "-s", of those that take a value. */
static const struct option_spec *option_of(const struct option_spec *options, const char *word)
{
	size_t len = strcspn(word, "=");

	for (const struct option_spec *s = options; s && s->name; s++) {
		bool named = word[0] == '-' && word[1] == '-' && strlen(s->name) + 2 == len &&
			strncmp(word + 2, s->name, len - 2) == 0;
		bool lettered = s->letter && word[0] == '-' && word[1] == s->letter && !word[2];
		if ((named || lettered) && (s->type == OPTION_TEXT || s->type == OPTION_INTEGER || s->type == OPTION_COUNT))
			return s;
	}
	return NULL;
}

static const struct option_spec *any_option_of(const struct typed *typed, const char *word)
{
	const struct option_spec *own = option_of(own_options(typed), word);

	return own ? own : option_of(global_option_specs, word);
}

/* "finish,-pri" → "finish,-priority": names of fields behind what is already there. */
static void offer_field_names(const struct typed *typed, const char *before, bool many)
{
	const char *value = typed->word + strlen(before), *comma = many ? strrchr(value, ',') : NULL;
	struct strbuf front;

	if (!typed->noun.kind)
		return;
	strbuf_init(&front);
	strbuf_add_str(&front, before);
	strbuf_add(&front, value, comma ? (size_t)(comma - value) + 1 : 0);
	if (many && typed->word[front.len] == '-')
		strbuf_add_char(&front, '-');
	for (size_t i = 0; i < kind_field_total(typed->noun.kind); i++) {
		const struct field *field = kind_field(typed->noun.kind, i);
		offer_slice(typed, front.buf, slice_of(field->name), slice_of(_(field->doc)));
	}
	strbuf_release(&front);
}

/* The gates that rules, metrics and checklists name, each once. */
static void offer_gates(const struct typed *typed)
{
	static const char *const kinds[] = { "rule", "metric", "checklist" };
	struct record *record;
	struct map seen;

	map_init(&seen);
	for (size_t i = 0; i < ARRAY_SIZE(kinds) && has_project(typed); i++)
		FOREACH_RECORD(&typed->context->project, kind_find(slice_of(kinds[i])), record) {
			struct slice rest = record_text_or(record, "gate"), name;

			while (slice_next(&rest, ",\n", &name))
				if (name.len && map_put(&seen, name, 1))
					offer_slice(typed, "", name, slice_of(NULL));
		}
	map_release(&seen);
}

/* The methods there are rules of: shipped ones and the project's. */
static void offer_methods(const struct typed *typed, const char *before)
{
	struct shipped shipped;
	struct vec names;

	if (!has_project(typed))
		return;
	vec_init(&names, sizeof(struct slice));
	if (shipped_load(&shipped, NULL) == 0)
		method_names(&typed->context->project, &shipped.project, &names);
	for (size_t i = 0; i < names.len; i++)
		offer_slice(typed, before, *(const struct slice *)vec_at(&names, i), slice_of(NULL));
	shipped_release(&shipped);
	vec_release(&names);
}

/* What an option takes, by the name of its argument; before: what stands in front of the value in the typed word. */
static void offer_argument(const struct typed *typed, const struct option_spec *option, const char *before)
{
	struct slice rest = slice_of(option->argument), word;
	struct strvec languages;

	if (slice_is(rest, "FIELDS") || slice_is(rest, "FIELD")) {
		offer_field_names(typed, before, slice_is(rest, "FIELDS"));
	} else if (slice_is(rest, "FORMAT")) {
		for (const struct renderer *r = renderers; r->name; r++)
			offer_slice(typed, before, slice_of(r->name), slice_of(NULL));
	} else if (slice_is(rest, "LANG")) {
		strvec_init(&languages);
		locale_list(&languages);
		for (size_t i = 0; i < languages.len; i++)
			offer_slice(typed, before, slice_of(languages.items[i]), slice_of(NULL));
		strvec_release(&languages);
	} else if (slice_is(rest, "METHOD") && strcmp(typed->noun.command.name, "check") == 0) {
		offer_methods(typed, before);
	} else if (slice_is(rest, "ID") && typed->noun.kind && strcmp(option->name, "id") != 0) {
		offer_ids(typed, before, typed->noun.kind->name);
	}
	while (rest.len && islower((unsigned char)rest.at[0]) && slice_next(&rest, "|", &word))
		offer_slice(typed, before, word, slice_of(NULL));
}

/* Is a value being typed, of the option in front or in the same word? Then it is offered. */
static bool offer_option_value(const struct typed *typed, const char *word_before)
{
	const char *equals = strchr(typed->word, '=');
	const struct option_spec *option = NULL;
	struct strbuf before;

	strbuf_init(&before);
	if (typed->word[0] == '-' && equals) {
		option = any_option_of(typed, typed->word);
		strbuf_add(&before, typed->word, (size_t)(equals - typed->word) + 1);
	} else if (word_before && !strchr(word_before, '=')) {
		option = any_option_of(typed, word_before);
	}
	if (option)
		offer_argument(typed, option, before.buf);
	strbuf_release(&before);
	return option != NULL;
}

/* Does a verb take ids of its noun? Its usage says so: "ID...", "[NAME]", "NAME VALUE", "[A] [B]"; the NAME of add is a new one. */
static bool takes_id(const struct command_verb *verb)
{
	struct slice usage = slice_of(verb ? verb->usage : NULL);

	while (usage.len > 0 && usage.at[0] == '[')
		usage = slice_from(usage, 1);
	if (slice_starts(usage, "NAME") && strcmp(verb->name, "add") != 0)
		return true;
	return slice_starts(usage, "ID") || slice_starts(usage, "A]");
}

/* What a command without a noun of its own takes: records, by the first word of its usage. */
static void offer_operands(const struct typed *typed)
{
	const struct command *c = &typed->noun.command;
	struct slice usage = slice_of(c->usage);

	if (c->verbs || typed->noun.kind)
		return;
	if (strcmp(c->name, "gate") == 0)
		offer_gates(typed);
	else if (slice_starts(usage, "[RULE"))
		offer_ids(typed, "", "rule");
	else if (slice_starts(usage, "ID") && (c->needs & NEEDS_PLAN))
		offer_ids(typed, "", "task");
	else if (slice_starts(usage, "ID") || slice_starts(usage, "[ID"))
		for (size_t i = 0; i < kinds_count; i++)
			offer_ids(typed, "", kinds_all[i]->name);
}

/* Edits are about tasks, when they do not say otherwise: `pmt whatif T-12 effort=45d`. */
static void offer_edit(const struct typed *typed)
{
	struct typed task = *typed;

	command_find(slice_of("task"), &task.noun);
	task.verb = command_verb(&task.noun.command, "set");
	if (!strchr(typed->word, '='))
		offer_ids(&task, "", "task");
	offer_fields(&task);
}

static void offer_after_command(const struct typed *typed, bool first)
{
	const struct command *c = &typed->noun.command;
	bool wants_id = takes_id(typed->verb);
	bool wants_fields = !typed->verb || word_index("list|set|add|freeze", slice_of(typed->verb->name)) >= 0;

	if (typed->word[0] == '-') {
		offer_options(typed, own_options(typed));
		offer_options(typed, global_option_specs);
		return;
	}
	if (first) {
		for (const struct command_verb *v = c->verbs; v && v->name; v++)
			offer(typed, v->name, _(v->summary));
		for (const struct command_verb *v = noun_verbs; c->kind && v->name; v++)
			if (command_verb(c, v->name) == v)
				offer(typed, v->name, _(v->summary));
		if (strcmp(c->name, "help") == 0)
			offer_commands(typed);
	}
	if (c->usage && slice_starts(slice_of(c->usage), "EDIT"))
		offer_edit(typed);
	offer_operands(typed);
	if (typed->noun.kind && wants_id && !strchr(typed->word, '='))
		offer_ids(typed, "", typed->noun.kind->name);
	if (typed->noun.kind && wants_fields)
		offer_fields(typed);
}

static int run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct complete_options *o = options;
	struct typed typed = { .context = context };
	size_t at = 0;

	if (o->script)
		return print_script(o->script, err);
	typed.word = words->len ? words->items[words->len - 1] : "";
	/* Options in front of the noun are passed over, with their values. */
	while (at + 1 < words->len && words->items[at][0] == '-')
		at += option_of(global_option_specs, words->items[at]) && !strchr(words->items[at], '=') ? 2 : 1;
	if (at + 1 < words->len && !command_find(slice_of(words->items[at]), &typed.noun))
		return 0;
	if (at + 2 < words->len)
		typed.verb = command_verb(&typed.noun.command, words->items[at + 1]);
	if (offer_option_value(&typed, words->len > 1 ? words->items[words->len - 2] : NULL))
		return 0;
	if (at + 1 < words->len)
		offer_after_command(&typed, at + 2 == words->len);
	else if (typed.word[0] == '-')
		offer_options(&typed, global_option_specs);
	else
		offer_commands(&typed);
	return 0;
}

const struct command cmd_complete = {
	.name = "complete",
	.group = GROUP_HELP,
	.summary = N_("What could come next on the command line, for shells"),
	.usage = "[--script SHELL] [-- WORD...]",
	.options = specs,
	.options_size = sizeof(struct complete_options),
	.run = run,
};
