#include "cmd/cli/help.h"

#include "base/utf8.h"
#include "cmd/cli/context.h"
#include "cmd/cli/dispatch.h"
#include "cmd/cli/options.h"

#include <string.h>

static const char *const group_titles[] = {
	[GROUP_START] = N_("Start a project"),
	[GROUP_PLAN] = N_("Plan"),
	[GROUP_WORK] = N_("Work"),
	[GROUP_WATCH] = N_("Watch"),
	[GROUP_CHANGE] = N_("Change"),
	[GROUP_CLOSE] = N_("Close and run"),
	[GROUP_EXCHANGE] = N_("Exchange"),
	[GROUP_HELP] = N_("Help and settings"),
};

/* Where the nouns without a command of their own stand in the overview. */
static enum command_group kind_group(const struct kind *kind)
{
	static const struct {
		const char *names;
		enum command_group group;
	} groups[] = {
		{ "charter|objective|stakeholder|option|swot|scale", GROUP_START },
		{ "issue|timesheet|note|meeting|test|deliverable|checklist|sprint|workflow|cost|payment", GROUP_WORK },
		{ "metric|sample|rule|view", GROUP_WATCH },
		{ "change|event|policy|decision|baseline", GROUP_CHANGE },
		{ "service|incident|lesson|debt|release", GROUP_CLOSE },
	};

	for (size_t i = 0; i < ARRAY_SIZE(groups); i++)
		if (word_index(groups[i].names, slice_of(kind->name)) >= 0)
			return groups[i].group;
	return GROUP_PLAN;
}

static void add_row(struct strbuf *out, const char *name, const char *text, size_t width)
{
	strbuf_add_str(out, "  ");
	utf8_pad(out, slice_of(name), width, false, "");
	if (utf8_width(slice_of(name)) > width) {
		strbuf_truncate(out, out->len - width);
		strbuf_addf(out, "%s\n", name);
		strbuf_add_repeat(out, " ", width + 2);
	}
	strbuf_addf(out, "  %s\n", text);
}

static bool has_command(const struct kind *kind)
{
	for (size_t i = 0; commands[i]; i++)
		if (strcmp(commands[i]->name, kind->name) == 0 ||
			(commands[i]->kind && strcmp(commands[i]->kind, kind->name) == 0))
			return true;
	return false;
}

/* The same on a page of `page` cells: what does not fit goes on below. */
static void add_summary(struct strbuf *out, const char *name, const char *text, size_t page)
{
	enum { NAME = 12, BEFORE = NAME + 4 };
	struct strbuf wrapped;

	strbuf_init(&wrapped);
	render_wrapped(&wrapped, slice_of(text), page, BEFORE);
	add_row(out, name, wrapped.buf, NAME);
	strbuf_release(&wrapped);
}

static void add_group(struct strbuf *out, enum command_group group, size_t page)
{
	strbuf_addf(out, "\n%s\n", _(group_titles[group]));
	for (size_t i = 0; commands[i]; i++)
		if (commands[i]->group == group)
			add_summary(out, commands[i]->name, _(commands[i]->summary), page);
	for (size_t i = 0; i < kinds_count; i++)
		if (kind_group(kinds_all[i]) == group && !has_command(kinds_all[i]))
			add_summary(out, kinds_all[i]->name, _(kinds_all[i]->doc), page);
}

int help_overview(struct context *context, struct err *err)
{
	size_t page = context->render.width > 40 ? (size_t)context->render.width : 100;
	struct strbuf out;

	(void)err;
	strbuf_init(&out);
	strbuf_addf(&out, "%s\n", _("pmt manages information-system projects as plain text in git."));
	strbuf_addf(&out, "\n%s: pmt [%s] %s [%s] [%s]\n", _("usage"), _("OPTION"), _("NOUN"), _("VERB"),
		_("ARGUMENT..."));
	for (size_t g = 0; g < ARRAY_SIZE(group_titles); g++)
		add_group(&out, (enum command_group)g, page);
	strbuf_addf(&out, "\n%s\n", _("Every noun lists when it is alone, and has the verbs:"));
	for (const struct command_verb *v = noun_verbs; v->name; v++)
		add_summary(&out, v->name, _(v->summary), page);
	strbuf_addf(&out, "\n%s\n",
		_("'pmt help NAME' explains a command or noun, 'man pmt' everything."));
	fputs(out.buf, stdout);
	strbuf_release(&out);
	return 0;
}

static void add_options(struct strbuf *out, const struct option_spec *specs)
{
	struct strbuf label;

	strbuf_init(&label);
	for (const struct option_spec *s = specs; s && s->name; s++) {
		strbuf_reset(&label);
		if (!s->letter)
			strbuf_add_str(&label, "    ");
		option_label(s, &label);
		add_row(out, label.buf, _(s->doc), 24);
	}
	strbuf_release(&label);
}

void help_usage(struct strbuf *out, const char *usage)
{
	static const char *const words[] = { N_("ARGUMENT"), N_("BASE"), N_("COMMAND"), N_("CONDITION"), N_("DATE"), N_("DIR"),
		N_("DURATION"), N_("EDIT"), N_("ENTRY"), N_("FIELD"), N_("FILE"), N_("ID"), N_("LIMIT"), N_("MESSAGE"), N_("N"),
		N_("NAME"), N_("NEW-ID"), N_("OURS"), N_("PATH"), N_("REVISION"), N_("SHELL"), N_("SIZE"), N_("TASK"), N_("TEXT"),
		N_("THEIRS"), N_("TITLE"), N_("TOPIC"), N_("VALUE"), N_("WORD") };

	while (*usage) {
		size_t len = strspn(usage, "ABCDEFGHIJKLMNOPQRSTUVWXYZ-"), known = ARRAY_SIZE(words);
		while (known > 0 && !(strlen(words[known - 1]) == len && strncmp(words[known - 1], usage, len) == 0))
			known--;
		if (known > 0)
			strbuf_add_str(out, _(words[known - 1]));
		else
			strbuf_add(out, usage, len ? len : 1);
		usage += len ? len : 1;
	}
}

int help_usage_error(const char *noun, const char *usage, struct err *err)
{
	struct strbuf text;

	strbuf_init(&text);
	help_usage(&text, usage);
	err_set(err, ERR_USAGE, _("usage: pmt %s %s"), noun, text.buf);
	strbuf_release(&text);
	return ERR_USAGE;
}

static void add_verb(struct strbuf *out, const struct command *command, const struct command_verb *verb)
{
	strbuf_addf(out, "  pmt %s %s ", command->name, verb->name);
	help_usage(out, verb_usage(kind_find(slice_of(command->kind)), verb));
	strbuf_addf(out, "\n      %s\n", _(verb->summary));
	for (const struct option_spec *s = verb->options; s && s->name; s++) {
		struct strbuf label;
		strbuf_init(&label);
		option_label(s, &label);
		strbuf_add_str(out, "      ");
		add_row(out, label.buf, _(s->doc), 22);
		strbuf_release(&label);
	}
}

/* The generic verbs a noun has, its own winning over them. */
static bool overridden(const struct command *command, const char *name)
{
	for (const struct command_verb *v = command->verbs; v && v->name; v++)
		if (strcmp(v->name, name) == 0)
			return true;
	return false;
}

static void add_fields(struct strbuf *out, const struct kind *kind)
{
	strbuf_addf(out, "\n%s\n", _("Fields (pmt-format(5) says more):"));
	for (size_t i = 0; i < kind_field_total(kind); i++) {
		const struct field *f = kind_field(kind, i);
		strbuf_add_str(out, "  ");
		utf8_pad(out, slice_of(f->name), 20, false, "");
		strbuf_addf(out, " %s%s\n", _(f->doc),
			f->flags & FIELD_LINE ? _(" (of each line)") : f->flags & FIELD_COMPUTED ? _(" (computed)") : "");
	}
}

/* A command that is nothing without a verb is used as its verbs are. */
static void add_usage(struct strbuf *out, const struct command *c)
{
	if (c->run || c->kind || !c->verbs) {
		strbuf_addf(out, "%s: pmt %s ", _("usage"), c->name);
		help_usage(out, c->usage);
		strbuf_add_char(out, '\n');
		return;
	}
	for (const struct command_verb *v = c->verbs; v->name; v++) {
		strbuf_addf(out, "%s: pmt %s %s%s", _("usage"), c->name, v->name, *v->usage ? " " : "");
		help_usage(out, v->usage);
		strbuf_add_char(out, '\n');
	}
}

int help_command(struct context *context, const char *name, struct err *err)
{
	struct noun_command noun;
	const struct command *c = &noun.command;
	struct strbuf out;

	(void)context;
	if (!command_find(slice_of(name), &noun))
		return command_unknown(name, err);
	strbuf_init(&out);
	strbuf_addf(&out, "pmt %s - %s\n\n", c->name, _(c->summary));
	add_usage(&out, c);
	if (c->options && c->options->name) {
		strbuf_addf(&out, "\n%s\n", _("Options"));
		add_options(&out, c->options);
	}
	if ((c->verbs && c->verbs->name) || c->kind) {
		strbuf_addf(&out, "\n%s\n", _("Verbs"));
		for (const struct command_verb *v = c->verbs; v && v->name; v++)
			add_verb(&out, c, v);
		for (const struct command_verb *v = noun_verbs; c->kind && v->name; v++)
			if (!overridden(c, v->name))
				add_verb(&out, c, v);
	}
	if (noun.kind)
		add_fields(&out, noun.kind);
	strbuf_addf(&out, "\n%s\n", _("Options of every command"));
	add_options(&out, global_option_specs);
	strbuf_addf(&out, "\n%s: man pmt-%s\n", _("More"), c->name);
	fputs(out.buf, stdout);
	strbuf_release(&out);
	return 0;
}
