/*
 * `pmt baseline freeze NAME`: the plan as it stands becomes a record whose dates, effort and cost no longer move.
 *
 * Everything is computed before anything is written, and the tag is refused before as well, so that a failure leaves nothing behind but
 * what git itself refuses at the very end.
 */
#include "cmd/cli/baseline.h"

#include "base/alloc.h"
#include "cmd/cli/past.h"
#include "cmd/cli/revision.h"
#include "model/governing.h"
#include "plan/baseline.h"

#include <string.h>

const struct option_spec freeze_specs[] = {
	{ 0, "keep", OPTION_FLAG, offsetof(struct freeze_options, keep), NULL,
		N_("Leave [project] baseline as it is: the new one does not become the current one") },
	{ 0, "tag", OPTION_FLAG, offsetof(struct freeze_options, tag), NULL,
		N_("Commit, and tag the commit 'baseline/NAME'") },
	{ 0, "sign", OPTION_FLAG, offsetof(struct freeze_options, sign), NULL, N_("Sign the tag; implies --tag") },
	{ 0, "force", OPTION_FLAG, offsetof(struct freeze_options, change.force), NULL,
		N_("Freeze anew a baseline that is there already") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct freeze_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct freeze_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

struct freezing {
	struct context *context;
	const struct freeze_options *options;
	struct words words;
	const char *name;
	struct strbuf title;
	struct record *present;        /* the baseline of that name, with --force */
	const struct record *previous; /* the one it replaces, or NULL */
	struct plan engine;
	struct plan_costs costs, engine_costs;
	decimal_t total;
	int64_t effort;
	moment_t start, as_of;
	struct strbuf tasks;
	char digest[DIGEST_HEX];
	bool committed; /* HEAD holds the text that is frozen */
	struct strbuf revision;
};

static const char written[] = "frozen|status_date|previous|engine|start|finish|effort|cost|revision|digest|tasks|task_count|current";

/* NAME [TITLE...] [FIELD=VALUE...]; what freezing itself writes cannot be given. */
static int read_words(struct freezing *f, struct strvec *arguments, struct err *err)
{
	int status = words_split(&f->words, arguments, err);
	const struct assignment *items = f->words.assignments.items;

	if (status < 0)
		return status;
	if (f->words.rest.len == 0) {
		err_set(err, ERR_USAGE, "%s", _("a new baseline needs a name"));
		err_hint(err, "pmt baseline freeze NAME [TITLE] [FIELD=VALUE...]");
		return ERR_USAGE;
	}
	for (size_t i = 0; i < f->words.assignments.len; i++)
		if (word_index(written, items[i].key) >= 0)
			return err_set(err, ERR_USAGE, _("'%.*s' is written by the freezing itself"), (int)items[i].key.len, items[i].key.at);
	f->name = f->words.rest.items[0];
	for (size_t i = 1; i < f->words.rest.len; i++)
		strbuf_addf(&f->title, "%s%s", i > 1 ? " " : "", f->words.rest.items[i]);
	return 0;
}

static int find_present(struct freezing *f, struct err *err)
{
	const struct project *project = &f->context->project;
	const struct record *current = baseline_current(project);

	f->present = project_find(project, f->context->kind, slice_of(f->name));
	if (f->present && !f->options->change.force) {
		err_set(err, ERR_USAGE, _("there is a baseline '%s' already"), f->name);
		err_hint(err, "%s", _("choose another name, or freeze it anew with --force"));
		return ERR_USAGE;
	}
	if (!f->options->keep && current && current != f->present)
		f->previous = current;
	else if (f->present)
		f->previous = project_find(project, f->context->kind, slice_trim(record_text_or(f->present, "previous")));
	if (f->previous == f->present)
		f->previous = NULL;
	return 0;
}

/* The dates that change control judges by: links and calendars alone, without what has happened. */
static int schedule_engine(struct freezing *f, struct err *err)
{
	struct plan_options options = plan_engine_options();
	struct diagnostics found;
	int status;

	diagnostics_init(&found);
	status = plan_build(&f->engine, &f->context->project, &options, &found, err);
	if (status == 0)
		status = plan_schedule(&f->engine, &options, &found, err);
	diagnostics_release(&found);
	if (status == 0)
		plan_costs_init(&f->engine_costs, &f->engine);
	return status;
}

static void compute_tasks(struct freezing *f)
{
	const struct plan *plan = &f->context->plan;
	struct baseline previous;
	struct baseline_source source = { .plan = plan, .engine = &f->engine, .costs = &f->costs,
		.engine_costs = &f->engine_costs, .as_of = f->as_of };

	if (f->previous) {
		baseline_read(&previous, &f->context->project, f->previous);
		source.previous = &previous;
	}
	baseline_write_tasks(&source, &f->tasks, &f->total);
	if (f->previous)
		baseline_release(&previous);
	f->start = MOMENT_NONE;
	for (uint32_t i = 0; i < plan->task_count; i = plan->subtree_end[i]) {
		f->effort += plan->effort[i];
		if (f->start == MOMENT_NONE || (plan->start[i] != MOMENT_NONE && plan->start[i] < f->start))
			f->start = plan->start[i];
	}
}

static int compute(struct freezing *f, struct err *err)
{
	struct plan *plan = &f->context->plan;
	int status = plan->task_count ? schedule_engine(f, err) : 0;

	if (plan->task_count == 0) {
		err_set(err, ERR_INPUT, "%s", _("there are no tasks to freeze"));
		err_hint(err, "pmt task add TITLE effort=5d");
		return ERR_INPUT;
	}
	if (status < 0)
		return status;
	f->as_of = plan->status != MOMENT_NONE ? plan->status : f->context->now;
	compute_tasks(f);
	context_note_costs(f->context, &f->costs);
	governing_digest(&f->context->project, f->digest);
	f->committed = past_head_governs(f->context, f->digest, &f->revision);
	return 0;
}

/* A tag must point at a commit that holds what was frozen, whole: nothing of the project is left uncommitted. */
static int check_committed(struct freezing *f, struct err *err)
{
	struct strbuf path;
	int status;

	strbuf_init(&path);
	status = revision_uncommitted(f->context, &path, err);
	if (status == 0 && (path.len || !f->committed)) {
		err_set(err, ERR_FAILED, _("a tag would not hold what is frozen: %s is not committed"), path.len ? path.buf : "pmt.ini");
		err_hint(err, "%s", _("commit it first, then freeze again"));
		status = ERR_FAILED;
	}
	strbuf_release(&path);
	return status;
}

static int check_tag(struct freezing *f, struct err *err)
{
	struct strbuf tag;
	int status;

	if (!f->options->tag && !f->options->sign)
		return 0;
	strbuf_init(&tag);
	strbuf_addf(&tag, "baseline/%s", f->name);
	status = revision_check_tag(f->context, tag.buf, err);
	if (status == 0)
		status = check_committed(f, err);
	strbuf_release(&tag);
	return status;
}

/* --- writing --- */

static void set(struct freezing *f, struct change *change, const char *key, const char *value)
{
	struct assignment *assignment = vec_push(&f->words.assignments);

	assignment->key = slice_of(key);
	assignment->value = slice_of(arena_strdup(&change->edit.arena, value));
	assignment->operator = EDIT_SET;
}

/* A moment at midnight is a date. */
static void set_moment(struct freezing *f, struct change *change, const char *key, moment_t moment)
{
	char text[CIVIL_TEXT] = "";

	if (moment != MOMENT_NONE && moment_minute_of_day(moment) == 0)
		date_print(moment_date(moment), text);
	else if (moment != MOMENT_NONE)
		moment_print(moment, text);
	set(f, change, key, text);
}

static void set_numbers(struct freezing *f, struct change *change)
{
	struct strbuf text;

	strbuf_init(&text);
	if (f->effort)
		duration_print(f->effort, false, &f->context->project.units, &text);
	set(f, change, "effort", text.buf);
	strbuf_reset(&text);
	if (f->total)
		decimal_print(&text, f->total, f->total % DECIMAL_ONE ? 2 : 0);
	set(f, change, "cost", text.buf);
	strbuf_release(&text);
}

/* Who froze it: the user, when the project knows one. */
static void set_author(struct freezing *f, struct change *change)
{
	struct slice me = context_me(f->context);
	const struct assignment *items = f->words.assignments.items;

	for (size_t i = 0; i < f->words.assignments.len; i++)
		if (slice_is(items[i].key, "frozen_by"))
			return;
	if (me.len && project_find(&f->context->project, kind_find(slice_of("resource")), me))
		set(f, change, "frozen_by", arena_strndup(&change->edit.arena, me.at, me.len));
	else if (f->present)
		set(f, change, "frozen_by", "");
}

static void set_fields(struct freezing *f, struct change *change)
{
	const struct plan *plan = &f->context->plan;
	struct slice engine = project_setting(&f->context->project, "engine");

	if (f->title.len)
		set(f, change, "title", f->title.buf);
	set_moment(f, change, "frozen", f->context->now);
	set_author(f, change);
	set_moment(f, change, "status_date", plan->status);
	set(f, change, "previous", f->previous ? arena_strndup(&change->edit.arena, f->previous->id.at, f->previous->id.len) : "");
	set(f, change, "engine", arena_strndup(&change->edit.arena, engine.at, engine.len));
	set_moment(f, change, "start", f->start);
	set_moment(f, change, "finish", plan->project_finish);
	set_numbers(f, change);
	set(f, change, "revision", f->revision.buf);
	set(f, change, "digest", f->digest);
	set(f, change, "tasks", f->tasks.buf);
}

static int make_current(struct freezing *f, struct change *change, struct err *err)
{
	struct assignment current = { slice_of("baseline"), slice_of(f->name), EDIT_SET };
	const struct project *project = &f->context->project;

	if (f->options->keep || !project->settings)
		return 0;
	return edit_set(&change->edit, project->settings, &current, 1, err);
}

/* Empty values clear a field that is there; a new record has none to clear. */
static void drop_empty(struct vec *assignments)
{
	for (size_t i = assignments->len; i-- > 0;) {
		const struct assignment *assignment = vec_at(assignments, i);

		if (assignment->value.len == 0)
			vec_remove(assignments, i);
	}
}

static int tag(struct freezing *f, struct err *err)
{
	struct strbuf name, message;
	int status;

	strbuf_init(&name);
	strbuf_init(&message);
	strbuf_addf(&name, "baseline/%s", f->name);
	strbuf_addf(&message, "baseline %s%s%s", f->name, f->title.len ? ": " : "", f->title.buf);
	status = revision_tag(f->context, name.buf, message.buf, f->options->sign, err);
	strbuf_release(&name);
	strbuf_release(&message);
	return status;
}

static int write_record(struct freezing *f, struct err *err)
{
	struct change_options options = f->options->change;
	bool tagged = (f->options->tag || f->options->sign) && !options.dry_run;
	struct change change;
	int status;

	if (tagged && !options.commit)
		options.commit = "";
	change_begin(&change, f->context, &options);
	strbuf_addf(&change.message, "baseline: freeze %s%s%s", f->name, f->title.len ? " " : "", f->title.buf);
	set_fields(f, &change);
	if (f->present) {
		status = edit_set(&change.edit, f->present, f->words.assignments.items, f->words.assignments.len, err);
	} else {
		drop_empty(&f->words.assignments);
		status = edit_add(&change.edit, f->context->kind, slice_of(f->name), f->words.assignments.items,
			f->words.assignments.len, NULL, err);
	}
	if (status == 0)
		status = make_current(f, &change, err);
	status = change_end(&change, status, err);
	return status == 0 && tagged ? tag(f, err) : status;
}

static int tell(struct freezing *f, struct err *err)
{
	const struct plan *plan = &f->context->plan;
	struct money cost = { f->total, "" };
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.baseline/1");
	memcpy(cost.currency, f->context->project.units.currency, sizeof(cost.currency));
	if (context_wants_data(f->context)) {
		struct table *table = doc_table(&doc, "records", NULL);
		struct row *row;

		table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "id", NULL, ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "finish", NULL, ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "task_count", NULL, ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "cost", NULL, ALIGN_LEFT, PRIORITY_MUST);
		row = table_row(table);
		row->cells[0] = cell_word(&doc.arena, slice_of("baseline"));
		row->cells[1] = cell_ref(&doc.arena, slice_of(f->name), strbuf_slice(&f->title));
		row->cells[2] = cell_moment(plan->project_finish);
		row->cells[3] = cell_integer(plan_written(plan));
		row->cells[4] = f->total ? cell_money(cost) : cell_none();
	} else {
		struct cell values[] = { cell_text(&doc.arena, slice_of(f->name)), cell_finish(plan->project_finish),
			cell_integer(plan_written(plan)), cell_money(cost) };

		doc_paragraph(&doc, f->total ?
			cell_message_of(&doc.arena, N_("froze baseline %s: finish %s, tasks: %s, cost %s"), values, 4) :
			cell_message_of(&doc.arena, N_("froze baseline %s: finish %s, tasks: %s"), values, 3));
	}
	status = context_emit(f->context, &doc, err);
	doc_release(&doc);
	return status;
}

int baseline_freeze(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct freezing f = { .context = context, .options = options };
	int status;

	strbuf_init(&f.title);
	strbuf_init(&f.tasks);
	strbuf_init(&f.revision);
	plan_costs_init(&f.costs, &context->plan);
	status = read_words(&f, arguments, err);
	if (status == 0)
		status = find_present(&f, err);
	if (status == 0)
		status = context_check_plan(context, err);
	if (status == 0)
		status = compute(&f, err);
	if (status == 0)
		status = check_tag(&f, err);
	if (status == 0)
		status = write_record(&f, err);
	if (status == 0 && !context->global.quiet && !f.options->change.dry_run)
		status = tell(&f, err);
	if (f.engine.project)
		plan_release(&f.engine);
	plan_costs_release(&f.engine_costs);
	plan_costs_release(&f.costs);
	words_release(&f.words);
	strbuf_release(&f.title);
	strbuf_release(&f.tasks);
	strbuf_release(&f.revision);
	return status;
}
