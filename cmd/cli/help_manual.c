/* The parts of manual pages that come from the tables, as mdoc. */
#include "cmd/cli/help.h"

#include "base/diagnostic_table.h"
#include "cmd/cli/context.h"
#include "base/map.h"
#include "cmd/cli/dispatch.h"
#include "cmd/cli/noun.h"
#include "cmd/cli/options.h"

#include <ctype.h>
#include <string.h>

/* Text for a macro line or a text line: a leading dot or quote and backslashes are guarded. */
static void add_text(struct strbuf *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		strbuf_add_str(out, "\\&");
	for (; *text; text++) {
		if (*text == '\\')
			strbuf_add_str(out, "\\e");
		else if (*text == '-')
			strbuf_add_str(out, "\\-");
		else
			strbuf_add_char(out, *text);
	}
}

/* Prose: every sentence begins a line, as mdoc wants it, and lines are filled to some 70 bytes. */
static void add_prose(struct strbuf *out, const char *text)
{
	struct slice rest = slice_of(text), item;
	struct strbuf word;
	size_t column = 0;
	bool ended = false;

	strbuf_init(&word);
	while (slice_next(&rest, " ", &item)) {
		strbuf_reset(&word);
		strbuf_add_slice(&word, item);
		if (column && (ended || column + item.len > 70)) {
			strbuf_add_char(out, '\n');
			column = 0;
		}
		if (column)
			strbuf_add_char(out, ' ');
		add_text(out, word.buf);
		column += item.len + 1;
		ended = item.len && item.at[item.len - 1] == '.';
	}
	strbuf_release(&word);
}

/* "resource|team" → "resource, team". */
static void add_choices(struct strbuf *out, const char *words)
{
	struct slice rest = slice_of(words), word;
	bool first = true;

	while (slice_next(&rest, "|", &word)) {
		strbuf_add_str(out, first ? "" : ", ");
		strbuf_add_slice(out, word);
		first = false;
	}
}

static void add_option(struct strbuf *out, const struct option_spec *spec)
{
	strbuf_add_str(out, ".It");
	if (spec->letter)
		strbuf_addf(out, " Fl %c ,", spec->letter);
	strbuf_addf(out, " Fl \\-%s", spec->name);
	if (spec->type == OPTION_OPTIONAL)
		strbuf_addf(out, " Ns Op = Ns Ar %s", spec->argument);
	else if (spec->argument)
		strbuf_addf(out, " Ar %s", spec->argument);
	strbuf_add_char(out, '\n');
	add_prose(out, spec->doc);
	strbuf_add_str(out, ".\n");
}

static void add_options(struct strbuf *out, const struct option_spec *specs)
{
	strbuf_add_str(out, ".Bl -tag -width Ds\n");
	for (const struct option_spec *s = specs; s && s->name; s++)
		add_option(out, s);
	strbuf_add_str(out, ".El\n");
}

/* "ID... FIELD=VALUE..." word by word, without macros: it is shown as it is typed. */
static void add_usage(struct strbuf *out, const char *command, const char *verb, const char *usage)
{
	strbuf_addf(out, ".Nm pmt %s", command);
	if (verb)
		strbuf_addf(out, " %s", verb);
	strbuf_add_char(out, '\n');
	if (*usage) {
		add_text(out, usage);
		strbuf_add_char(out, '\n');
	}
}

static bool own_verb(const struct command *command, const char *name)
{
	for (const struct command_verb *v = command->verbs; v && v->name; v++)
		if (strcmp(v->name, name) == 0)
			return true;
	return false;
}

static void add_synopsis(struct strbuf *out, const struct command *c)
{
	if (c->run || c->kind)
		add_usage(out, c->name, NULL, c->usage ? c->usage : "[CONDITION...]");
	for (const struct command_verb *v = c->verbs; v && v->name; v++)
		add_usage(out, c->name, v->name, v->usage);
	for (const struct command_verb *v = noun_verbs; c->kind && v->name; v++)
		if (!own_verb(c, v->name))
			add_usage(out, c->name, v->name, verb_usage(kind_find(slice_of(c->kind)), v));
}

static void add_verb(struct strbuf *out, const struct command_verb *verb)
{
	strbuf_addf(out, ".It Cm %s", verb->name);
	strbuf_add_char(out, '\n');
	add_prose(out, verb->summary);
	strbuf_add_str(out, ".\n");
	if (verb->options && verb->options->name)
		add_options(out, verb->options);
}

static void add_verbs(struct strbuf *out, const struct command *c)
{
	strbuf_add_str(out, ".Bl -tag -width Ds\n");
	for (const struct command_verb *v = c->verbs; v && v->name; v++)
		add_verb(out, v);
	for (const struct command_verb *v = noun_verbs; c->kind && v->name; v++)
		if (!own_verb(c, v->name))
			add_verb(out, v);
	strbuf_add_str(out, ".El\n");
}

static void add_field(struct strbuf *out, const struct field *f)
{
	struct strbuf type;

	strbuf_init(&type);
	strbuf_addf(&type, "Type: %s", type_name(f->type));
	if (f->of) {
		strbuf_add_str(&type, f->type == TYPE_ENUM ? ", one of " : " to ");
		add_choices(&type, f->of);
	}
	if (f->flags & FIELD_REQUIRED)
		strbuf_add_str(&type, "; required");
	if (f->flags & FIELD_LINE)
		strbuf_add_str(&type, "; of each line");
	else if (f->flags & FIELD_COMPUTED)
		strbuf_add_str(&type, "; computed");
	if (f->fallback)
		strbuf_addf(&type, "; default %s", f->fallback);
	strbuf_add_char(&type, '.');
	strbuf_addf(out, ".It Cm %s\n", f->name);
	add_prose(out, f->doc);
	strbuf_add_str(out, ".\n");
	add_prose(out, type.buf);
	strbuf_add_char(out, '\n');
	strbuf_release(&type);
}

static void add_fields(struct strbuf *out, const struct kind *kind)
{
	strbuf_add_str(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < kind_field_total(kind); i++)
		add_field(out, kind_field(kind, i));
	strbuf_add_str(out, ".El\n");
}

/* Without those that every kind has. */
static void add_own_fields(struct strbuf *out, const struct kind *kind)
{
	strbuf_add_str(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < kind->field_count; i++)
		add_field(out, &kind->fields[i]);
	strbuf_add_str(out, ".El\n");
}

/* "Kept in risks/ID.ini; ids are R-1 and so on." */
static void add_place(struct strbuf *out, const struct kind *kind)
{
	strbuf_add_str(out, "Kept in\n.Pa ");
	for (const char *p = kind->place ? kind->place : "pmt.ini"; *p; p++) {
		if (*p != '%') {
			strbuf_add_char(out, *p);
			continue;
		}
		p++;
		strbuf_add_str(out, *p == 'Y' ? "YYYY" : *p == 'm' ? "MM" : "ID");
	}
	if (kind->flags & KIND_SINGLE)
		strbuf_add_str(out, " ;\nthere is one, without an id.\n");
	else if (kind->flags & KIND_RANDOM)
		strbuf_addf(out, " ;\nids are random, as %s\\-k7q4x.\n", kind->prefix);
	else if (kind->prefix)
		strbuf_addf(out, " ;\nids are %s\\-1 and so on.\n", kind->prefix);
	else if (kind->flags & KIND_JOURNAL)
		strbuf_add_str(out, " ;\na journal: its keys are dates.\n");
	else
		strbuf_add_str(out, " ;\nids are names.\n");
}

/* Text of several lines, as it is typed. */
static void add_literal(struct strbuf *out, const char *text)
{
	struct slice rest = slice_of(text);

	strbuf_add_str(out, ".Bd -literal -offset indent\n");
	while (rest.len) {
		const char *end = memchr(rest.at, '\n', rest.len);
		size_t len = end ? (size_t)(end - rest.at) : rest.len;
		struct strbuf line;

		strbuf_init(&line);
		strbuf_addf(&line, "%.*s", (int)len, rest.at);
		add_text(out, line.buf);
		strbuf_add_char(out, '\n');
		strbuf_release(&line);
		rest = slice_from(rest, end ? len + 1 : len);
	}
	strbuf_add_str(out, ".Ed\n");
}

/* The section of the format's manual about one kind. */
static void add_kind(struct strbuf *out, const struct kind *kind)
{
	strbuf_addf(out, ".Ss %s\n", kind->name);
	add_prose(out, kind->doc);
	strbuf_add_str(out, ".\n");
	if (kind->explain) {
		add_prose(out, kind->explain);
		strbuf_add_char(out, '\n');
	}
	add_place(out, kind);
	if (kind->example)
		add_literal(out, kind->example);
	if (kind->field_count)
		add_own_fields(out, kind);
}

/* Can one be added with a title alone? */
static bool title_suffices(const struct kind *kind)
{
	if (!kind->prefix || (kind->flags & (KIND_SINGLE | KIND_JOURNAL | KIND_SEALED | KIND_RANDOM)))
		return false;
	for (size_t i = 0; i < kind->field_count; i++)
		if ((kind->fields[i].flags & FIELD_REQUIRED) && strcmp(kind->fields[i].name, "title") != 0)
			return false;
	return true;
}

/* The tests run them in a project that has one risk and a few tasks and people. */
static void add_examples(struct strbuf *out, const struct kind *kind, const char *name)
{
	if (title_suffices(kind)) {
		strbuf_add_str(out, "A new one; its id is told:\n.Bd -literal -offset indent\n");
		strbuf_addf(out, "$ pmt %s add \"What it is, in one line\" tags=pilot\n$ pmt %s tag=pilot\n.Ed\n.Pp\n",
			name, name);
	}
	strbuf_add_str(out, "All records as a table, and with every field for another program:\n"
		".Bd -literal -offset indent\n");
	strbuf_addf(out, "$ pmt %s\n$ pmt %s \\-\\-format json\n.Ed\n", name, name);
}

/* What check and its kin can find, each with an example and what to do. */
static void add_findings(struct strbuf *out)
{
	static const char *const severities[] = { "note", "warning", "error" };

	strbuf_add_str(out, ".Bl -tag -width Ds\n");
	for (size_t i = 0; i < diagnostic_table_len; i++) {
		const struct diagnostic_entry *entry = &diagnostic_table[i];

		strbuf_addf(out, ".It Sy %s Pq %s\n", entry->id, severities[entry->severity]);
		add_prose(out, entry->summary);
		strbuf_add_str(out, ".\n");
		add_prose(out, entry->explain);
		strbuf_add_char(out, '\n');
		add_prose(out, entry->fix);
		strbuf_add_char(out, '\n');
		if (entry->example)
			add_literal(out, entry->example);
	}
	strbuf_add_str(out, ".El\n");
}

/* A whole page for a noun that has no page of its own. */
static void add_page(struct strbuf *out, const struct noun_command *noun)
{
	const struct kind *kind = noun->kind;
	const struct command *c = &noun->command;
	struct strbuf title;

	strbuf_init(&title);
	for (const char *p = c->name; *p; p++)
		strbuf_add_char(&title, (char)toupper((unsigned char)*p));
	strbuf_addf(out, ".Dd November 21, 2026\n.Dt PMT\\-%s 1\n.Os\n.Sh NAME\n.Nm pmt\\-%s\n.Nd ", title.buf, c->name);
	add_text(out, kind->doc);
	strbuf_add_str(out, "\n.Sh SYNOPSIS\n");
	add_synopsis(out, c);
	strbuf_add_str(out, ".Sh DESCRIPTION\n");
	add_prose(out, kind->explain ? kind->explain : kind->doc);
	strbuf_add_str(out, kind->explain ? "\n.Pp\nA record looks like this:\n" : ".\n.Pp\nA record looks like this:\n");
	add_literal(out, kind->example ? kind->example : "");
	strbuf_add_str(out, ".Sh VERBS\n");
	add_verbs(out, c);
	strbuf_add_str(out, ".Sh RECORD FIELDS\n");
	add_fields(out, kind);
	strbuf_add_str(out, ".Sh EXAMPLES\n");
	add_examples(out, kind, c->name);
	strbuf_add_str(out, ".Sh SEE ALSO\n.Xr pmt 1 ,\n.Xr pmt-format 5\n");
	strbuf_release(&title);
}

/* Appends N_("words") once. */
static void add_word(struct map *seen, struct arena *arena, struct slice word, struct strbuf *out)
{
	struct slice copy = arena_slice(arena, word);

	if (word.len && map_add(seen, copy, 1, NULL))
		strbuf_addf(out, "N_(\"%.*s\")\n", (int)copy.len, copy.at);
}

static void add_field_words(struct map *seen, struct arena *arena, const struct field *field, struct strbuf *out)
{
	struct slice rest = slice_of(field->type == TYPE_ENUM ? field->of : NULL), word;

	add_word(seen, arena, slice_of(noun_label(arena, field)), out);
	while (slice_next(&rest, "|", &word))
		add_word(seen, arena, word, out);
}

/* Every word of the tables that a person reads, as source for xgettext: kinds, field labels, enum values. */
static void add_words(struct strbuf *out)
{
	struct arena arena;
	struct map seen;

	arena_init(&arena);
	map_init(&seen);
	for (size_t k = 0; k < kinds_count; k++) {
		add_word(&seen, &arena, slice_of(kinds_all[k]->name), out);
		for (size_t i = 0; i < kind_field_total(kinds_all[k]); i++)
			add_field_words(&seen, &arena, kind_field(kinds_all[k], i), out);
	}
	map_release(&seen);
	arena_release(&arena);
}

int help_manual(const char *part, const char *name, struct strbuf *out, struct err *err)
{
	struct noun_command noun;

	if (strcmp(part, "words") == 0) {
		add_words(out);
		return 0;
	}
	if (strcmp(part, "kinds") == 0) {
		for (size_t k = 0; k < kinds_count; k++)
			add_kind(out, kinds_all[k]);
		return 0;
	}
	if (strcmp(part, "findings") == 0) {
		add_findings(out);
		return 0;
	}
	if (!command_find(slice_of(name), &noun))
		return command_unknown(name, err);
	if (strcmp(part, "synopsis") == 0)
		add_synopsis(out, &noun.command);
	else if (strcmp(part, "verbs") == 0)
		add_verbs(out, &noun.command);
	else if (strcmp(part, "options") == 0)
		add_options(out, noun.command.options);
	else if (strcmp(part, "global-options") == 0)
		add_options(out, global_option_specs);
	else if (strcmp(part, "fields") == 0 && noun.kind)
		add_fields(out, noun.kind);
	else if (strcmp(part, "page") == 0 && noun.kind)
		add_page(out, &noun);
	else
		return err_set(err, ERR_USAGE, _("no part '%s' of the manual of '%s'"), part, name);
	return 0;
}
