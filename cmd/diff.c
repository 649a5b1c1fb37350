/* `pmt diff [A] [B] [CONDITION...]`: what two states of the project say differently, and what that does to the plan.
 */
#include "cmd/cli/baseline.h"
#include "cmd/cli/baseline_side.h"
#include "cmd/cli/help.h"
#include "cmd/cli/history.h"
#include "cmd/cli/revision.h"

#include "report/history.h"

#include <string.h>

enum { ROWS = 30 };

struct diff_options {
	const char *kind, *field, *limit;
	bool impact, stat;
};

static const struct option_spec specs[] = {
	{ 'i', "impact", OPTION_FLAG, offsetof(struct diff_options, impact), NULL,
		N_("Tell what the changes do to dates, cost, the critical path and people, and which change does "
		   "it") },
	{ 0, "stat", OPTION_FLAG, offsetof(struct diff_options, stat), NULL,
		N_("Only how many records of each kind changed") },
	{ 'k', "kind", OPTION_TEXT, offsetof(struct diff_options, kind), N_("KIND"), N_("Only records of this kind") },
	{ 'f', "field", OPTION_TEXT, offsetof(struct diff_options, field), N_("FIELD"),
		N_("Only changes of this field") },
	{ 'n', "limit", OPTION_TEXT, offsetof(struct diff_options, limit), N_("N"),
		N_("With --impact, the N tasks that moved the farthest (default 30; 0: all)") },
	OPTIONS_END,
};

/* One run: the two sides, and which records are shown. */
struct diffing {
	struct context *context;
	const struct diff_options *options;
	const struct kind *kind; /* NULL: all */
	size_t limit;
	struct strvec revisions, conditions;
	const struct record *record; /* alone; NULL: all */
	struct side sides[2];
	const struct project *projects[2];
	struct condition *condition;
	struct query_scope scopes[2]; /* in which the condition is judged */
	struct computed computed[2];
	struct arena arena, scratch;
	struct vec all, changes; /* struct history_change: those found, those asked for */
};

/* "A..B" are two; an empty end is the default. */
static void add_revision(struct diffing *d, const char *word)
{
	const char *dots = strstr(word, "..");

	if (!dots) {
		strvec_push(&d->revisions, word);
		return;
	}
	strvec_push_slice(&d->revisions, dots > word ? slice_new(word, (size_t)(dots - word)) : slice_of("HEAD"));
	strvec_push(&d->revisions, dots[2] ? dots + 2 : "HEAD");
}

/* A word that is no revision may name a record, to see it alone. */
static bool add_record(struct diffing *d, const char *word)
{
	struct repository *repository = revision_repository(d->context, NULL, NULL);
	struct record *record = history_resolve(&d->context->project, word);
	struct revision revision;

	if (!record || !repository || repository_resolve(repository, word, &revision, NULL) == 0)
		return false;
	d->record = record;
	return true;
}

static int read_words(struct diffing *d, const struct strvec *words, struct err *err)
{
	for (size_t i = 0; i < words->len; i++) {
		/* "HEAD@{yesterday}", "HEAD~2:" are revisions: a condition has an operator of its own. */
		if (history_is_condition(words->items[i]))
			strvec_push(&d->conditions, words->items[i]);
		else if (!add_record(d, words->items[i]))
			add_revision(d, words->items[i]);
	}
	if (d->revisions.len > 2)
		return help_usage_error("diff", "[A] [B] [ID|CONDITION...]", err);
	if (d->options->stat && d->options->impact)
		return err_set(
			err, ERR_USAGE, "%s", _("--stat counts records, --impact tells what they do: one of them"));
	return 0;
}

/* The side of a revision, or of the project as it is. */
static int open_side(struct diffing *d, int i, const char *word, struct err *err)
{
	struct side *side = &d->sides[i];
	int status;

	*side = (struct side){ .what = SIDE_NOW };
	d->projects[i] = &d->context->project;
	if (!word)
		return 0;
	side->what = SIDE_REVISION;
	side->has_past = true;
	status = past_open(&side->past, d->context, word, err);
	d->projects[i] = &side->past.project;
	return status;
}

static int open_sides(struct diffing *d, struct err *err)
{
	int status = open_side(d, 0, d->revisions.len ? d->revisions.items[0] : "HEAD", err);

	if (status == 0)
		status = open_side(d, 1, d->revisions.len > 1 ? d->revisions.items[1] : NULL, err);
	return status;
}

static void note_need(void *context, const struct field *field)
{
	bool *computed = context;

	*computed = *computed || (field->flags & FIELD_COMPUTED);
}

/* For the plans, a record that got another id is one and the same. */
static int align_ids(struct diffing *d, struct err *err)
{
	struct past_renaming *renamings = arena_calloc(&d->arena, d->all.len + 1, sizeof(*renamings));
	size_t count = 0;

	for (size_t i = 0; i < d->all.len; i++) {
		const struct history_change *change = vec_at(&d->all, i);

		if (change->action == HISTORY_RENAMED)
			renamings[count++] = (struct past_renaming){ change->kind, change->before, change->after };
	}
	return past_rename(&d->sides[0].past, renamings, count, err);
}

/* Plans of both sides: for the impact, and for conditions on what is computed. */
static int plan_sides(struct diffing *d, struct err *err)
{
	int status = context_sound_plan(d->context, err);

	if (status == 0)
		status = align_ids(d, err);
	for (int i = 0; i < 2 && status == 0; i++)
		status = side_plan(
			&d->sides[i], d->context, d->revisions.len > (size_t)i ? d->revisions.items[i] : "HEAD", err);
	return status;
}

static int read_condition(struct diffing *d, struct err *err)
{
	bool computed = false;
	int status = context_condition(d->context, d->kind, &d->conditions, &d->condition, err);

	if (status == 0 && d->condition)
		condition_needs(d->condition, note_need, &computed);
	if (status == 0 && (computed || d->options->impact))
		status = plan_sides(d, err);
	for (int i = 0; i < 2 && status == 0; i++) {
		d->scopes[i] = context_scope(d->context);
		d->scopes[i].project = d->projects[i];
		if (d->sides[i].plan && d->sides[i].what != SIDE_NOW) {
			d->computed[i] = plan_computed(d->sides[i].plan);
			d->scopes[i].computed = &d->computed[i];
		} else if (d->sides[i].what != SIDE_NOW) {
			d->scopes[i].computed = NULL;
		}
	}
	return status;
}

/* Does the record meet the condition on either side? What went was there before, what came is there now. */
static bool holds(struct diffing *d, const struct history_change *change)
{
	bool found = false;

	for (int i = 0; i < 2 && !found; i++) {
		struct record *record = change->id.len ? project_find(d->projects[i], change->kind, change->id)
					: project_count(d->projects[i], change->kind)
						? project_at(d->projects[i], change->kind, 0)
						: NULL;

		if (!record && change->action == HISTORY_RENAMED)
			record = project_find(d->projects[i], change->kind, change->before);

		found = record && condition_holds(d->condition, record, &d->scopes[i], &d->scratch);
		arena_reset(&d->scratch);
	}
	return found;
}

/* The changes asked for, of all that were found. */
static void choose_changes(struct diffing *d)
{
	const struct diff_options *o = d->options;

	for (size_t i = 0; i < d->all.len; i++) {
		const struct history_change *change = vec_at(&d->all, i);

		if (d->kind && change->kind != d->kind)
			continue;
		if (d->record && (change->kind != d->record->kind || !slice_equal(change->id, d->record->id)))
			continue;
		if (o->field && (change->action != HISTORY_CHANGED || !slice_is(change->field, o->field)))
			continue;
		if (!d->condition || holds(d, change))
			vec_append(&d->changes, change);
	}
}

static int emit(struct diffing *d, struct err *err)
{
	bool data = context_wants_data(d->context);
	struct history_report report = { .project = d->projects[1], .data = data, .lines = true };
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.diff/1");
	doc.units = d->context->project.units;
	if (!data) {
		struct cell names[] = { side_name(&d->sides[0], &doc.arena), side_name(&d->sides[1], &doc.arena) };

		doc_heading(&doc, 1, cell_message_of(&doc.arena, N_("%s → %s"), names, 2));
	}
	if (d->options->stat)
		history_counts_document(&doc, d->changes.items, d->changes.len);
	else
		history_changes_document(&doc, &report, d->changes.items, d->changes.len);
	if (d->options->impact) {
		if (!data)
			doc_heading(&doc, 2, cell_message(N_("Impact")));
		sides_document(&doc, d->context, &d->sides[0], &d->sides[1],
			&(struct sides_options){ .limit = d->limit, .tasks_key = "tasks" });
	}
	status = context_emit(d->context, &doc, err);
	doc_release(&doc);
	return status;
}

static int answer(struct diffing *d, const struct strvec *words, struct err *err)
{
	int status = history_kind(d->options->kind, &d->kind, err);

	if (status == 0)
		status = history_check_field(d->kind, d->options->field, err);
	if (status == 0)
		status = baseline_limit(d->options->limit, ROWS, &d->limit, err);
	if (status == 0)
		status = read_words(d, words, err);
	if (status == 0)
		status = open_sides(d, err);
	if (status < 0)
		return status;
	history_compare(d->projects[0], d->projects[1], &d->arena, &d->all);
	status = read_condition(d, err);
	if (status < 0)
		return status;
	choose_changes(d);
	return emit(d, err);
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct diffing d = { .context = context, .options = options };
	int status;

	strvec_init(&d.revisions);
	strvec_init(&d.conditions);
	arena_init(&d.arena);
	arena_init(&d.scratch);
	vec_init(&d.all, sizeof(struct history_change));
	vec_init(&d.changes, sizeof(struct history_change));
	status = answer(&d, arguments, err);
	for (int i = 0; i < 2; i++)
		side_release(&d.sides[i]);
	vec_release(&d.all);
	vec_release(&d.changes);
	arena_release(&d.scratch);
	arena_release(&d.arena);
	strvec_release(&d.conditions);
	strvec_release(&d.revisions);
	return status;
}

const struct command cmd_diff = {
	.name = "diff",
	.group = GROUP_CHANGE,
	.summary = N_("What two states of the project say differently, and what that does to the plan"),
	.usage = "[A] [B] [ID|CONDITION...]",
	.options = specs,
	.options_size = sizeof(struct diff_options),
	.needs = NEEDS_PROJECT,
	.run = run,
};
