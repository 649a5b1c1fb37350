/* `pmt whatif EDIT...`: what edits would do to the plan, without making them. */
#include "cmd/cli/scenario.h"

#include "cmd/cli/baseline.h"
#include "plan/cost.h"
#include "report/comparison.h"

#include <string.h>

enum { ROWS = 30 };

struct whatif_options {
	const char *file, *limit;
};

static const struct option_spec specs[] = {
	{ 0, "file", OPTION_TEXT, offsetof(struct whatif_options, file), N_("FILE"), N_("Edits from FILE, one a line, before those of the command line") },
	{ 'n', "limit", OPTION_TEXT, offsetof(struct whatif_options, limit), N_("N"),
		N_("Show the N tasks that move the farthest (default 30; 0: all)") },
	OPTIONS_END,
};

struct whatif {
	struct context *context;
	struct strvec edits;
	struct scenario scenario;
	struct plan plan; /* of the scenario */
	struct plan_costs before_costs, costs;
	struct snapshot before, after;
	struct diagnostics found;
	size_t limit;
	struct doc doc;
};

static int read_edits(struct whatif *w, const struct whatif_options *o, const struct strvec *arguments, struct err *err)
{
	int status = o->file ? scenario_read(o->file, &w->edits, err) : 0;

	if (status < 0)
		return status;
	scenario_split(arguments, &w->edits);
	if (w->edits.len > 0)
		return 0;
	err_set(err, ERR_USAGE, "%s", _("what if what? Give at least one edit"));
	err_hint(err, "%s", _("such as \"T-12 effort=45d\", \"add task TITLE effort=5d depends=T-12\" or \"rm T-4\""));
	return ERR_USAGE;
}

static int make_edits(struct whatif *w, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < w->edits.len && status == 0; i++)
		status = scenario_apply(&w->scenario, w->edits.items[i], err);
	return status == 0 ? scenario_settle(&w->scenario, err) : status;
}

/* What the scenario breaks is the answer, so it is told with the findings. */
static int schedule(struct whatif *w, struct err *err)
{
	struct plan_options options = context_plan_options(w->context);
	int status = plan_build(&w->plan, w->scenario.project, &options, &w->found, err);

	if (status == 0)
		status = plan_schedule(&w->plan, &options, &w->found, err);
	if (status < 0)
		context_report(w->context, &w->found);
	return status;
}

/* --- findings that come and go --- */

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

/* The same thing about the same record, be the dates and names in it others. */
static bool alike(const struct diagnostic *a, const struct diagnostic *b)
{
	return a->record && b->record && strcmp(a->id, b->id) == 0 && strcmp(a->record, b->record) == 0;
}

static bool same_finding(const struct diagnostic *a, const struct diagnostic *b)
{
	if (strcmp(a->id, b->id) != 0 || strcmp(a->format, b->format) != 0)
		return false;
	for (size_t i = 0; i < DIAGNOSTIC_ARGUMENTS; i++)
		if (!same_text(a->arguments[i], b->arguments[i]))
			return false;
	return same_text(a->record, b->record);
}

static bool has_same(const struct diagnostics *list, const struct diagnostic *finding)
{
	const struct diagnostic *items = list->items.items;

	for (size_t i = 0; i < list->items.len; i++)
		if (same_finding(&items[i], finding))
			return true;
	return false;
}

/* Of the first `count` of `list`, those like this one that `others` has not word for word. */
static size_t count_alike(const struct diagnostics *list, size_t count, const struct diagnostic *finding,
	const struct diagnostics *others)
{
	const struct diagnostic *items = list->items.items;
	size_t alike_ones = 0;

	for (size_t i = 0; i < count; i++)
		alike_ones += alike(&items[i], finding) && !has_same(others, &items[i]);
	return alike_ones;
}

/* Has `others` the finding, as it is or with other words? Each of theirs stands for one of ours. */
static bool has_finding(const struct diagnostics *others, const struct diagnostics *these, size_t at)
{
	const struct diagnostic *finding = vec_at(&these->items, at);

	return has_same(others, finding) ||
		count_alike(these, at, finding, others) < count_alike(others, others->items.len, finding, these);
}

/* "task T-12: effort 10d …"; a finding that names its record itself needs no more. */
static struct cell finding_cell(struct whatif *w, const struct diagnostic *d)
{
	struct arena *arena = &w->doc.arena;
	const char *id = d->record ? strrchr(d->record, ' ') : NULL;
	struct cell values[2];

	values[1] = cell_messagef(arena, d->format, d->arguments[0], d->arguments[1], d->arguments[2], d->arguments[3], (const char *)NULL);
	for (size_t i = 0; id && i < DIAGNOSTIC_ARGUMENTS; i++)
		if (d->arguments[i] && strcmp(d->arguments[i], id + 1) == 0)
			return values[1];
	if (!id)
		return values[1];
	values[0] = cell_text(arena, slice_of(d->record));
	return cell_message_of(arena, N_("%s: %s"), values, 2);
}

static void add_findings(struct whatif *w, const char *key, const char *title, const struct diagnostics *these,
	const struct diagnostics *others)
{
	const struct diagnostic *items = these->items.items;
	struct block *list = NULL;

	for (size_t i = 0; i < these->items.len; i++) {
		const struct diagnostic *d = &items[i];

		if (has_finding(others, these, i))
			continue;
		if (!list) {
			if (!context_wants_data(w->context))
				doc_heading(&w->doc, 2, cell_message(title));
			list = doc_items(&w->doc, key);
		}
		items_add(&w->doc, list, finding_cell(w, d));
	}
}

/* --- the answer --- */

static void add_edits(struct whatif *w)
{
	struct block *list;

	if (!context_wants_data(w->context))
		doc_heading(&w->doc, 1, cell_message(N_("What if")));
	list = doc_items(&w->doc, "edits");
	for (size_t i = 0; i < w->edits.len; i++)
		items_add(&w->doc, list, cell_text(&w->doc.arena, slice_of(w->edits.items[i])));
}

static int answer(struct whatif *w, struct err *err)
{
	struct plan *now = &w->context->plan;
	struct attribution_request request = { .options = context_plan_options(w->context), .before = now, .after = &w->plan, .before_costs = &w->before_costs, .after_costs = &w->costs,
		.before_now = w->context->now, .after_now = w->context->now };
	struct comparison comparison;
	struct attribution attribution;
	struct comparison_report report = { .comparison = &comparison, .before = now, .after = &w->plan, .attribution = &attribution,
		.before_label = N_("now"), .after_label = N_("then"), .every_change = true, .data = context_wants_data(w->context),
		.limit = w->limit, .picture = context_wants_picture(w->context),
		.scope = { .project = w->scenario.project, .now = w->context->now } };
	int status;

	snapshot_of_plan(&w->before, now, &w->before_costs);
	snapshot_of_plan(&w->after, &w->plan, &w->costs);
	comparison_init(&comparison, &w->before, &w->after, &w->plan);
	attribution_init(&attribution, &request);
	doc_init(&w->doc, "pmt.whatif/1");
	w->doc.units = w->context->project.units;
	add_edits(w);
	comparison_document(&w->doc, &report);
	add_findings(w, "warnings", N_("New warnings"), &w->found, &w->context->found);
	add_findings(w, "warnings_gone", N_("Warnings that go away"), &w->context->found, &w->found);
	status = context_emit(w->context, &w->doc, err);
	doc_release(&w->doc);
	attribution_release(&attribution);
	comparison_release(&comparison);
	snapshot_release(&w->before);
	snapshot_release(&w->after);
	return status;
}

static int compute(struct whatif *w, struct err *err)
{
	int status = make_edits(w, err);

	if (status < 0)
		return status;
	status = schedule(w, err);
	if (status == 0) {
		plan_costs_init(&w->before_costs, &w->context->plan);
		plan_costs_init(&w->costs, &w->plan);
		context_note_costs(w->context, &w->costs);
		status = answer(w, err);
		plan_costs_release(&w->before_costs);
		plan_costs_release(&w->costs);
	}
	plan_release(&w->plan);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct whatif_options *o = options;
	struct whatif w = { .context = context };
	int status = context_sound_plan(context, err);

	if (status < 0)
		return status;
	strvec_init(&w.edits);
	diagnostics_init(&w.found);
	scenario_init(&w.scenario, context);
	status = baseline_limit(o->limit, ROWS, &w.limit, err);
	if (status == 0)
		status = read_edits(&w, o, arguments, err);
	if (status == 0)
		status = compute(&w, err);
	scenario_release(&w.scenario);
	diagnostics_release(&w.found);
	strvec_release(&w.edits);
	return status;
}

const struct command cmd_whatif = {
	.name = "whatif",
	.group = GROUP_PLAN,
	.summary = N_("What edits would do to dates, cost and people, without making them"),
	.usage = "EDIT...",
	.options = specs,
	.options_size = sizeof(struct whatif_options),
	.needs = NEEDS_PROJECT,
	.run = run,
};
