#include "cmd/cli/noun.h"

#include "model/reference.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option_spec noun_list_specs[] = {
	{ 's', "sort", OPTION_TEXT, offsetof(struct list_options, sort), N_("FIELDS"),
		N_("Sort by these fields, -FIELD downwards") },
	{ 'c', "columns", OPTION_TEXT, offsetof(struct list_options, columns), N_("FIELDS"),
		N_("Show these fields") },
	{ 'g', "group", OPTION_TEXT, offsetof(struct list_options, group), N_("FIELD"),
		N_("One table for each value of FIELD") },
	{ 'n', "limit", OPTION_INTEGER, offsetof(struct list_options, limit), N_("N"),
		N_("At most N records") },
	OPTIONS_END,
};

#define COMMIT_OPTIONS                                                                              \
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct change_options, commit), N_("MESSAGE"),     \
		N_("Commit the touched files") },                                                   \
	{                                                                                           \
		0, "dry-run", OPTION_FLAG, offsetof(struct change_options, dry_run), NULL,          \
			N_("Show what would change, write nothing")                                 \
	}

static const struct option_spec add_specs[] = {
	{ 0, "id", OPTION_TEXT, offsetof(struct change_options, id), N_("ID"), N_("Use this id") },
	{ 0, "file", OPTION_TEXT, offsetof(struct change_options, file), N_("FILE"),
		N_("Put the record into FILE") },
	COMMIT_OPTIONS,
	OPTIONS_END,
};
static const struct option_spec set_specs[] = { COMMIT_OPTIONS, OPTIONS_END };
static const struct option_spec rm_specs[] = {
	{ 0, "force", OPTION_FLAG, offsetof(struct change_options, force), NULL,
		N_("Remove references to it as well") },
	COMMIT_OPTIONS,
	OPTIONS_END,
};
static const struct option_spec move_specs[] = {
	{ 0, "parent", OPTION_TEXT, offsetof(struct change_options, parent), N_("ID"), N_("Below this task") },
	{ 0, "top", OPTION_FLAG, offsetof(struct change_options, top), NULL, N_("To the top level") },
	{ 0, "before", OPTION_TEXT, offsetof(struct change_options, before), N_("ID"), N_("In front of this one") },
	{ 0, "after", OPTION_TEXT, offsetof(struct change_options, after), N_("ID"), N_("Behind this one") },
	{ 0, "file", OPTION_TEXT, offsetof(struct change_options, file), N_("FILE"), N_("Into this file") },
	COMMIT_OPTIONS,
	OPTIONS_END,
};
static const struct option_spec log_specs[] = {
	{ 'n', "limit", OPTION_INTEGER, offsetof(struct list_options, limit), N_("N"),
		N_("At most N changes") },
	{ 0, "since", OPTION_TEXT, offsetof(struct list_options, since), N_("DATE"),
		N_("Only what was committed from then on") },
	OPTIONS_END,
};

const struct command_verb noun_verbs[] = {
	{ "list", "[CONDITION...]", N_("List the records that meet every condition"), noun_list_specs,
		sizeof(struct list_options), NEEDS_PROJECT, noun_list },
	{ "add", "[TITLE] [FIELD=VALUE...]", N_("Add a record"), add_specs, sizeof(struct change_options),
		NEEDS_PROJECT | NEEDS_LOCK, noun_add },
	{ "show", "[ID...]", N_("Show everything about records"), NULL, 0, NEEDS_PROJECT, noun_show },
	{ "set", "ID... FIELD=VALUE...", N_("Set, clear (FIELD=), extend (FIELD+=) or cut (FIELD-=) fields"), set_specs,
		sizeof(struct change_options), NEEDS_PROJECT | NEEDS_LOCK, noun_set },
	{ "edit", "ID", N_("Edit a record's text in your editor"), set_specs, sizeof(struct change_options),
		NEEDS_PROJECT | NEEDS_LOCK, noun_edit },
	{ "rm", "ID...", N_("Remove records"), rm_specs, sizeof(struct change_options),
		NEEDS_PROJECT | NEEDS_LOCK, noun_rm },
	{ "rename", "ID NEW-ID", N_("Give a record another id, in every reference too"), set_specs,
		sizeof(struct change_options), NEEDS_PROJECT | NEEDS_LOCK, noun_rename },
	{ "move", "ID...", N_("Move records to another place, parent or file"), move_specs,
		sizeof(struct change_options), NEEDS_PROJECT | NEEDS_LOCK, noun_move },
	{ "log", "[ID...]", N_("Who changed which field, when, from what to what"), log_specs,
		sizeof(struct list_options), NEEDS_PROJECT, noun_log },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const char *verb_usage(const struct kind *kind, const struct command_verb *verb)
{
	static const struct {
		unsigned flag;
		const char *verb, *usage;
	} special[] = {
		{ KIND_JOURNAL, "add", "ID DATE ENTRY..." },
		{ KIND_SINGLE, "add", "[FIELD=VALUE...]" },
		{ KIND_SINGLE, "show", "" },
		{ KIND_SINGLE, "set", "FIELD=VALUE..." },
		{ KIND_SINGLE, "edit", "" },
		{ KIND_NAMED, "add", "NAME [TITLE] [FIELD=VALUE...]" },
	};

	for (size_t i = 0; kind && i < ARRAY_SIZE(special); i++)
		if ((kind->flags & special[i].flag) && strcmp(special[i].verb, verb->name) == 0)
			return special[i].usage;
	return verb->usage;
}

bool noun_is_assignment(const char *word)
{
	size_t len = 0;

	while (islower((unsigned char)word[len]) || isdigit((unsigned char)word[len]) || word[len] == '_')
		len++;
	if (len == 0)
		return false;
	if ((word[len] == '+' || word[len] == '-') && word[len + 1] == '=')
		return true;
	return word[len] == '=';
}

const char *noun_label(struct arena *arena, const struct field *field)
{
	char *label = arena_strdup(arena, field->name);

	for (char *p = label; *p; p++)
		if (*p == '_')
			*p = ' ';
	return label;
}

static int ambiguous(const struct kind *kind, const char *word, const struct vec *candidates, struct err *err)
{
	struct record *const *records = candidates->items;
	struct strbuf names;

	strbuf_init(&names);
	for (size_t i = 0; i < candidates->len && i < 8; i++) {
		struct slice title = record_title(records[i]);
		strbuf_addf(&names, "%s%.*s", i ? ", " : "", (int)records[i]->id.len, records[i]->id.at);
		if (!slice_equal(title, records[i]->id))
			strbuf_addf(&names, " %.*s", (int)title.len, title.at);
	}
	if (candidates->len > 8)
		strbuf_add_str(&names, ", …");
	err_set(err, ERR_USAGE, _("'%s' could be more than one %s"), word, _(kind->name));
	err_hint(err, "%s", names.buf);
	strbuf_release(&names);
	return ERR_USAGE;
}

static int nothing_found(const struct project *project, const struct kind *kind, const char *word, struct err *err)
{
	struct arena arena;
	const char *nearest;

	arena_init(&arena);
	nearest = reference_nearest(project, kind->name, slice_of(word), &arena);
	err_set(err, ERR_USAGE, _("there is no %s '%s'"), _(kind->name), word);
	if (strchr(word, '#')) /* an occurrence, a buffer: made by the task in front */
		err_hint(err, _("what follows from a task is changed by changing '%.*s'"), (int)strcspn(word, "#"), word);
	else if (nearest)
		err_hint(err, _("did you mean '%s'?"), nearest);
	else
		err_hint(err, _("'pmt %s' lists all of them"), kind->name);
	arena_release(&arena);
	return ERR_USAGE;
}

int noun_resolve_in(const struct project *project, const struct kind *kind, const char *word, struct record **out, struct err *err)
{
	struct vec candidates;
	int status = 0;

	if (kind->flags & KIND_SINGLE) {
		*out = project_count(project, kind) ? project_at(project, kind, 0) : NULL;
		return *out ? 0 : err_set(err, ERR_USAGE, _("the project has no [%s] yet"), kind->name);
	}
	vec_init(&candidates, sizeof(struct record *));
	*out = project_resolve(project, kind, slice_of(word), isatty(STDIN_FILENO), &candidates);
	if (!*out)
		status = candidates.len ? ambiguous(kind, word, &candidates, err) :
					  nothing_found(project, kind, word, err);
	vec_release(&candidates);
	return status;
}

int noun_resolve(struct context *context, const struct kind *kind, const char *word, struct record **out, struct err *err)
{
	return noun_resolve_in(&context->project, kind, word, out, err);
}

int noun_resolve_task(struct context *context, const char *word, uint32_t *out, struct err *err)
{
	struct record *record;
	int status;

	*out = plan_find(&context->plan, slice_of(word));
	if (*out != PLAN_NO_TASK)
		return 0;
	status = noun_resolve(context, kind_find(slice_of("task")), word, &record, err);
	if (status == 0)
		*out = plan_task(&context->plan, record);
	return status;
}

/* Computed starts and finishes show as days, what people wrote shows as they wrote it; data has the minutes. */
static enum cell_type moment_type(const struct field *field)
{
	struct slice name = slice_of(field->name);

	if (field->type != TYPE_DATETIME || !(field->flags & FIELD_COMPUTED))
		return CELL_MOMENT;
	if (slice_ends(name, "finish"))
		return CELL_FINISH;
	return slice_ends(name, "start") ? CELL_START : CELL_MOMENT;
}

/* The start that goes with a computed finish: `early_start` of `early_finish`; MOMENT_NONE when there is none. */
static moment_t start_of(const struct query_scope *scope, const struct record *record, const struct field *finish,
	struct arena *arena)
{
	int stem = (int)(strlen(finish->name) - strlen("finish"));
	const struct field *field = kind_field_named(record->kind, arena_printf(arena, "%.*sstart", stem, finish->name));
	struct value value;
	struct cell cell = cell_none();

	if (field && query_value(scope, record, field, arena, &value))
		cell = cell_value(arena, &value, &scope->project->units);
	return cell.type == CELL_MOMENT ? cell.number : MOMENT_NONE;
}

struct cell noun_cell(struct context *context, const struct record *record, const struct field *field, struct arena *arena)
{
	struct query_scope scope = context_scope(context);
	struct value value;
	struct cell cell;

	if (!query_value(&scope, record, field, arena, &value))
		return cell_none();
	cell = cell_value(arena, &value, &context->project.units);
	if (cell.type == CELL_MOMENT)
		cell.type = moment_type(field);
	if (cell.type == CELL_FINISH)
		cell = cell_end(start_of(&scope, record, field, arena), cell.number);
	if (field->type == TYPE_REF && field->of) {
		struct record *named = project_find_among(&context->project, field->of, value.as.text);
		if (named)
			cell = cell_ref(arena, named->id, record_title(named));
	}
	return cell;
}
