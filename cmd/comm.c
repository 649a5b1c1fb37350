/* `pmt comm`: the communication plan, what of it is owed, and that something was told. */
#include "cmd/cli/noun.h"

#include "quality/rule.h"
#include "report/stakeholder.h"

struct done_options {
	struct change_options change;
	const char *date;
};

static const struct option_spec done_specs[] = {
	{ 0, "date", OPTION_TEXT, offsetof(struct done_options, date), N_("DATE"), N_("When it was told (default: now, or the project's status date)") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct done_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct done_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

static int show(struct context *context, const struct strvec *words, bool owed, struct err *err)
{
	struct stakeholder_request request = { .data = context_wants_data(context) };
	struct query_scope scope;
	struct condition *condition;
	struct vec items;
	struct doc doc;
	int status = context_condition(context, kind_find(slice_of("stakeholder")), words, &condition, err);

	if (status < 0)
		return status;
	scope = context_scope(context);
	request.scope = &scope;
	request.condition = condition;
	vec_init(&items, sizeof(struct communication));
	communications_read(&context->project, context_calendar(context), rule_now(&context->project, context->now), &items);
	doc_init(&doc, "pmt.comm/1");
	if (owed)
		communication_owed(&doc, &request, &items);
	else
		communication_plan(&doc, &request, &items);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	vec_release(&items);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	return show(context, words, false, err);
}

static int run_due(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	(void)options;
	return show(context, words, true, err);
}

/* The line of the plan that a word means: the only one, or the one that begins with the word. */
static const struct communication *find_item(const struct vec *items, const struct record *stakeholder, const char *word)
{
	const struct communication *all = items->items, *found = NULL;

	for (size_t i = 0; i < items->len; i++) {
		if (all[i].stakeholder != stakeholder || (word && !slice_starts(all[i].what, word)))
			continue;
		if (found)
			return NULL;
		found = &all[i];
	}
	return found;
}

static int refuse_item(const struct vec *items, const struct record *stakeholder, const char *word, struct err *err)
{
	const struct communication *all = items->items;
	struct strbuf known;

	strbuf_init(&known);
	for (size_t i = 0; i < items->len; i++)
		if (all[i].stakeholder == stakeholder)
			strbuf_addf(&known, "%s%.*s", known.len ? ", " : "", (int)all[i].what.len, all[i].what.at);
	if (!known.len)
		err_set(err, ERR_USAGE, _("nothing is planned to be told to %.*s"), (int)stakeholder->id.len, stakeholder->id.at);
	else if (word)
		err_set(err, ERR_USAGE, _("'%s' is no one thing that %.*s is told"), word, (int)stakeholder->id.len,
			stakeholder->id.at);
	else
		err_set(err, ERR_USAGE, _("%.*s is told several things: say which"), (int)stakeholder->id.len, stakeholder->id.at);
	if (known.len)
		err_hint(err, _("planned are: %s"), known.buf);
	strbuf_release(&known);
	return ERR_USAGE;
}

/* When it was told unless --date says so: now, or on the status date that the project is looked at. 1: with a time of day. */
static int today(const struct context *context, moment_t *when)
{
	bool has_time;

	if (moment_parse(slice_trim(project_setting(&context->project, "status_date")), when, &has_time) == CIVIL_OK)
		return has_time;
	*when = context->now;
	return 1;
}

/* A note on the stakeholder that names what was told. */
static int write_done(struct context *context, const struct done_options *o, const struct communication *item,
	struct slice remark, struct err *err)
{
	static const struct field option = { .name = "--date", .type = TYPE_DATETIME };
	struct change change;
	struct strbuf line;
	moment_t when;
	int status = today(context, &when);

	change_begin(&change, context, &o->change);
	strbuf_init(&line);
	strbuf_add_slice(&line, item->what);
	if (item->how.len)
		strbuf_addf(&line, "; %.*s", (int)item->how.len, item->how.at);
	if (remark.len)
		strbuf_addf(&line, "; %.*s", (int)remark.len, remark.at);
	if (o->date)
		status = context_read_moment(context, &option, o->date, &when, err);
	if (status >= 0)
		status = edit_journal(&change.edit, kind_find(slice_of("note")), item->stakeholder->id, when, status > 0,
			strbuf_slice(&line), err);
	strbuf_addf(&change.message, "comm: %.*s %.*s", (int)item->stakeholder->id.len, item->stakeholder->id.at,
		(int)item->what.len, item->what.at);
	strbuf_release(&line);
	return change_end(&change, status, err);
}

static int run_done(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct communication *item = NULL;
	struct record *stakeholder;
	struct strbuf remark;
	struct vec items;
	int status;

	if (words->len == 0)
		return err_set(err, ERR_USAGE, "%s", _("'pmt comm done' takes a stakeholder, and what was told"));
	status = noun_resolve(context, kind_find(slice_of("stakeholder")), words->items[0], &stakeholder, err);
	if (status < 0)
		return status;
	strbuf_init(&remark);
	for (size_t i = 2; i < words->len; i++)
		strbuf_addf(&remark, "%s%s", i > 2 ? " " : "", words->items[i]);
	vec_init(&items, sizeof(struct communication));
	communications_read(&context->project, context_calendar(context), rule_now(&context->project, context->now), &items);
	item = find_item(&items, stakeholder, words->len > 1 ? words->items[1] : NULL);
	if (item)
		status = write_done(context, options, item, strbuf_slice(&remark), err);
	else
		status = refuse_item(&items, stakeholder, words->len > 1 ? words->items[1] : NULL, err);
	strbuf_release(&remark);
	vec_release(&items);
	return status;
}

static const struct command_verb verbs[] = {
	{ "due", "[CONDITION...]", N_("What is owed until the end of this week"), NULL, 0, NEEDS_PROJECT, run_due },
	{ "done", "STAKEHOLDER [WHAT [REMARK...]]", N_("Keep that something was told, as a note"), done_specs,
		sizeof(struct done_options), NEEDS_PROJECT | NEEDS_LOCK, run_done },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_comm = {
	.name = "comm",
	.group = GROUP_WORK,
	.summary = N_("The communication plan: who is told what, how and how often, and what is owed"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.run = run,
};
