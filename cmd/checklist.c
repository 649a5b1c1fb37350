/* `pmt checklist`: lists of things to look at: how far they are, ticking, and beginning one from a template. */
#include "cmd/cli/noun.h"

#include "cmd/cli/shipped.h"
#include "report/checklist.h"

#include <stdlib.h>
#include <string.h>

static int run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct condition *condition;
	struct query_scope scope;
	struct doc doc;
	int status = context_condition(context, kind_find(slice_of("checklist")), words, &condition, err);

	(void)options;
	if (status < 0)
		return status;
	scope = context_scope(context);
	doc_init(&doc, "pmt.checklist.progress/1");
	checklist_overview(&doc, &scope, condition);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

static int run_show(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct record *record;
	struct doc doc;
	int status;

	(void)options;
	if (words->len != 1)
		return err_set(err, ERR_USAGE, "%s", _("'pmt checklist show' takes the name of one checklist"));
	status = noun_resolve(context, kind_find(slice_of("checklist")), words->items[0], &record, err);
	if (status < 0)
		return status;
	doc_init(&doc, "pmt.checklist/1");
	checklist_page(&doc, &context->project, record);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

/* --- tick --- */

struct tick_options {
	struct change_options change;
	const char *by, *evidence, *date;
	bool undo, skip;
};

static const struct option_spec tick_specs[] = {
	{ 0, "by", OPTION_TEXT, offsetof(struct tick_options, by), N_("WHO"), N_("Who did it (default: you)") },
	{ 0, "evidence", OPTION_TEXT, offsetof(struct tick_options, evidence), N_("TEXT"), N_("Where the proof is") },
	{ 0, "date", OPTION_TEXT, offsetof(struct tick_options, date), N_("DATE"), N_("When it was done (default: today)") },
	{ 0, "skip", OPTION_FLAG, offsetof(struct tick_options, skip), NULL, N_("Mark it as not needed") },
	{ 0, "undo", OPTION_FLAG, offsetof(struct tick_options, undo), NULL, N_("Open it again") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct tick_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct tick_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

/* What ticked items get. */
struct ticking {
	struct context *context;
	const struct tick_options *options;
	struct slice who;
	char today[CIVIL_TEXT];
	bool all; /* nothing is open any more */
};

/* A number from 1, or words that the item begins with. SIZE_MAX: none, or not one alone. */
static size_t find_item(const struct vec *items, const char *word)
{
	const struct checklist_item *item = items->items;
	char *end;
	unsigned long number = strtoul(word, &end, 10);
	size_t found = SIZE_MAX;

	if (end != word && !*end)
		return number >= 1 && number <= items->len ? number - 1 : SIZE_MAX;
	for (size_t i = 0; i < items->len; i++) {
		if (!slice_starts(item[i].what, word))
			continue;
		if (found != SIZE_MAX)
			return SIZE_MAX;
		found = i;
	}
	return found;
}

static void tick(const struct ticking *t, struct checklist_item *item)
{
	item->state = t->options->undo ? ITEM_OPEN : t->options->skip ? ITEM_UNNEEDED : ITEM_DONE;
	item->who = t->who;
	item->when = slice_of(t->today);
	item->evidence = slice_of(t->options->evidence);
}

static int tick_words(const struct ticking *t, struct vec *items, const struct strvec *words, struct err *err)
{
	for (size_t i = 1; i < words->len; i++) {
		size_t at = find_item(items, words->items[i]);

		if (at == SIZE_MAX) {
			err_set(err, ERR_USAGE, _("'%s' is no item of %s: expected a number from 1 to %zu, or how it begins"),
				words->items[i], words->items[0], items->len);
			err_hint(err, _("'pmt checklist show %s' numbers them"), words->items[0]);
			return ERR_USAGE;
		}
		tick(t, vec_at(items, at));
	}
	return 0;
}

static void assign(struct vec *assignments, const char *key, struct slice value)
{
	*(struct assignment *)vec_push(assignments) = (struct assignment){ slice_of(key), value, EDIT_SET };
}

/* A list without open items is complete; opening one again takes that back. */
static void assign_done(const struct ticking *t, const struct record *record, bool complete, struct vec *assignments)
{
	bool was = slice_trim(record_text_or(record, "done")).len > 0;

	if (complete && !was) {
		assign(assignments, "done", slice_of(t->today));
		if (project_find_among(&t->context->project, "resource|stakeholder", t->who))
			assign(assignments, "done_by", t->who);
	} else if (!complete && was) {
		assign(assignments, "done", slice_of(""));
		assign(assignments, "done_by", slice_of(""));
	}
}

static int write_items(struct ticking *t, const struct record *record, const struct vec *items, struct err *err)
{
	struct change change;
	struct vec assignments;
	struct strbuf lines;
	bool complete = checklist_sum(items).open == 0;
	int status;

	change_begin(&change, t->context, &t->options->change);
	vec_init(&assignments, sizeof(struct assignment));
	strbuf_init(&lines);
	for (size_t i = 0; i < items->len; i++) {
		if (i)
			strbuf_add_char(&lines, '\n');
		checklist_print(vec_at(items, i), &lines);
	}
	assign(&assignments, "items", strbuf_slice(&lines));
	assign_done(t, record, complete, &assignments);
	status = edit_set(&change.edit, record, assignments.items, assignments.len, err);
	strbuf_addf(&change.message, "checklist: %.*s", (int)record->id.len, record->id.at);
	status = change_end(&change, status, err);
	if (status == 0 && complete)
		context_note(t->context, _("%.*s is complete"), (int)record->id.len, record->id.at);
	vec_release(&assignments);
	strbuf_release(&lines);
	return status;
}

static int run_tick(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	static const struct field option = { .name = "--date", .type = TYPE_DATE };
	struct ticking t = { .context = context, .options = options };
	struct record *record;
	struct vec items;
	moment_t when = context->now;
	int status;

	if (words->len < 2)
		return err_set(err, ERR_USAGE, "%s", _("'pmt checklist tick' takes a checklist and the items that are done"));
	if (t.options->undo && t.options->skip)
		return err_set(err, ERR_USAGE, "%s", _("--undo and --skip exclude each other"));
	status = noun_resolve(context, kind_find(slice_of("checklist")), words->items[0], &record, err);
	if (status == 0 && t.options->date && context_read_moment(context, &option, t.options->date, &when, err) < 0)
		status = err->code;
	if (status < 0)
		return status;
	t.who = t.options->by ? slice_of(t.options->by) : context_me(context);
	date_print(moment_date(when), t.today);
	vec_init(&items, sizeof(struct checklist_item));
	checklist_read(record, &items);
	status = tick_words(&t, &items, words, err);
	if (status == 0)
		status = write_items(&t, record, &items, err);
	vec_release(&items);
	return status;
}

/* --- start --- */

static const struct option_spec start_specs[] = {
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct change_options, commit), N_("MESSAGE"), N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct change_options, dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

/* The project's own list of that name, else one that pmt ships, whose texts are in the reader's language. */
static const struct record *find_template(struct context *context, const struct shipped *shipped, const char *name, bool *own)
{
	const struct kind *kind = kind_find(slice_of("checklist"));
	const struct record *record = project_find(&context->project, kind, slice_of(name));

	*own = record != NULL;
	return record || !shipped->loaded ? record : project_find(&shipped->project, kind, slice_of(name));
}

static const char *say(struct arena *arena, struct slice text, bool own)
{
	const char *copy = arena_strndup(arena, text.at ? text.at : "", text.len);

	return own || !*copy ? copy : _(copy);
}

static void open_items(const struct record *template, bool own, struct arena *arena, struct strbuf *out)
{
	const struct checklist_item *item;
	struct vec items;

	vec_init(&items, sizeof(*item));
	checklist_read(template, &items);
	item = items.items;
	for (size_t i = 0; i < items.len; i++)
		strbuf_addf(out, "%s[ ] %s", i ? "\n" : "", say(arena, item[i].what, own));
	vec_release(&items);
}

static int start_list(struct context *context, const struct change_options *options, const struct record *template, bool own,
	const struct words *words, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("checklist"));
	struct change change;
	struct vec assignments;
	struct strbuf id, items;
	struct slice applies = slice_trim(record_text_or(template, "applies_to"));
	char today[CIVIL_TEXT];
	int status;

	change_begin(&change, context, options);
	vec_init(&assignments, sizeof(struct assignment));
	strbuf_init(&id);
	strbuf_init(&items);
	if (words->rest.len > 1)
		strbuf_add_str(&id, words->rest.items[1]);
	else
		strbuf_addf(&id, "%.*s-%s", (int)template->id.len, template->id.at, date_print(moment_date(context->now), today));
	open_items(template, own, &change.edit.arena, &items);
	assign(&assignments, "title", slice_of(say(&change.edit.arena, record_title(template), own)));
	if (applies.len)
		assign(&assignments, "applies_to", applies);
	assign(&assignments, "items", strbuf_slice(&items));
	for (size_t i = 0; i < words->assignments.len; i++)
		vec_append(&assignments, vec_at(&words->assignments, i));
	status = edit_add(&change.edit, kind, strbuf_slice(&id), assignments.items, assignments.len, NULL, err);
	strbuf_addf(&change.message, "checklist: start %s", id.buf);
	status = change_end(&change, status, err);
	if (status == 0 && !options->dry_run)
		context_note(context, _("started %s"), id.buf);
	strbuf_release(&items);
	strbuf_release(&id);
	vec_release(&assignments);
	return status;
}

static void list_templates(const struct shipped *shipped, struct strbuf *out)
{
	struct record *record;

	if (shipped->loaded)
		FOREACH_RECORD(&shipped->project, kind_find(slice_of("checklist")), record)
			strbuf_addf(out, "%s%.*s", out->len ? ", " : "", (int)record->id.len, record->id.at);
}

static int run_start(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct record *template = NULL;
	struct shipped shipped;
	struct words words;
	struct strbuf known;
	struct err trouble;
	bool own = false;
	int status = words_split(&words, arguments, err);

	context_err_init(&trouble);
	shipped_load(&shipped, &trouble); /* the project's own lists do without */
	strbuf_init(&known);
	list_templates(&shipped, &known);
	if (status == 0 && (words.rest.len < 1 || words.rest.len > 2)) {
		status = err_set(err, ERR_USAGE, "%s", _("'pmt checklist start' takes a template, and a name for the new list"));
		err_hint(err, _("templates that pmt ships: %s"), known.buf);
	}
	if (status == 0)
		template = find_template(context, &shipped, words.rest.items[0], &own);
	if (status == 0 && !template) {
		status = err_set(err, ERR_USAGE, _("there is no checklist '%s' to start from"), words.rest.items[0]);
		err_hint(err, _("templates that pmt ships: %s"), known.buf);
	}
	if (status == 0)
		status = start_list(context, options, template, own, &words, err);
	strbuf_release(&known);
	shipped_release(&shipped);
	err_release(&trouble);
	words_release(&words);
	return status;
}

static const struct command_verb verbs[] = {
	{ "show", "NAME", N_("Its items, who did them, when, and the proof"), NULL, 0, NEEDS_PROJECT, run_show },
	{ "tick", "NAME ITEM...", N_("Mark items as done, by number or how they begin"), tick_specs, sizeof(struct tick_options),
		NEEDS_PROJECT | NEEDS_LOCK, run_tick },
	{ "start", "TEMPLATE [NAME] [FIELD=VALUE...]", N_("Begin a list from another one, or from one that pmt ships"),
		start_specs, sizeof(struct change_options), NEEDS_PROJECT | NEEDS_LOCK, run_start },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_checklist = {
	.name = "checklist",
	.group = GROUP_CLOSE,
	.summary = N_("Checklists for deployments, hand-overs and the like"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "checklist",
	.run = run,
};
