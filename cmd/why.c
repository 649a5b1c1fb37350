/* `pmt why ID`: what holds a task where it is, back to the project's start; with --late what would make it earlier. */
#include "cmd/cli/context.h"
#include "cmd/cli/noun.h"

#include "base/alloc.h"
#include "plan/level.h"
#include "plan/why.h"

struct why_options {
	bool late;
};

static const struct option_spec specs[] = {
	{ 0, "late", OPTION_FLAG, offsetof(struct why_options, late), NULL,
		N_("What would make it start earlier: single changes, and how much each gains") },
	OPTIONS_END,
};

struct asked {
	struct context *context;
	const struct plan *plan;
	struct doc *doc;
	uint32_t task;
};

static const char *text_of(const struct asked *a, struct slice text)
{
	return arena_strndup(&a->doc->arena, text.at, text.len);
}

static const char *id_of(const struct asked *a, uint32_t task)
{
	return text_of(a, plan_id(a->plan, task));
}

static const char *name_of(const struct asked *a, uint32_t resource)
{
	uint32_t count;
	const struct plan_resource *all = plan_resources(a->plan, &count);

	return resource < count ? text_of(a, all[resource].record->id) : "?";
}

static const char *when(const struct asked *a, moment_t moment)
{
	char text[CIVIL_TEXT];

	return arena_strdup(&a->doc->arena, moment_print(moment, text));
}

/* "FS", "SS+2d" as it was written, but for percentages. */
static const char *link_text(const struct asked *a, uint32_t number)
{
	static const char *const types[] = { [LINK_FS] = "FS", [LINK_SS] = "SS", [LINK_FF] = "FF", [LINK_SF] = "SF" };
	const struct plan_link *link = &a->plan->links[number];
	struct strbuf text;
	const char *out;

	strbuf_init(&text);
	strbuf_add_str(&text, types[link->type]);
	if (link->percent) {
		strbuf_addf(&text, "%+d%%", link->percent / 100);
	} else if (link->lag) {
		strbuf_add_str(&text, link->lag > 0 ? "+" : "");
		duration_print(link->lag, link->elapsed, &a->context->project.units, &text);
	}
	out = text_of(a, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

/* A material that is used up, not somebody who is busy. */
static bool is_stock(const struct asked *a, uint32_t resource)
{
	uint32_t count;
	const struct plan_resource *all = plan_resources(a->plan, &count);

	return resource < count && all[resource].type == RESOURCE_MATERIAL;
}

static const char *people_text(const struct asked *a, const struct why_step *s)
{
	if (s->other == PLAN_NO_TASK)
		return arena_printf(&a->doc->arena, is_stock(a, s->resource) ? _("there is not enough of %s before %s") :
									      _("%s has no time before %s"),
			name_of(a, s->resource), when(a, s->start));
	return arena_printf(&a->doc->arena, _("%s is busy with %s until %s"), name_of(a, s->resource), id_of(a, s->other),
		when(a, a->plan->finish[s->other]));
}

/* Off-time that is not the project's is worth a word. */
static const char *follow_text(const struct asked *a, const struct why_step *s)
{
	if (s->off && s->resource != LEVEL_NOBODY)
		return arena_printf(&a->doc->arena, _("it follows %s (%s), and %s is off until %s"), id_of(a, s->other),
			link_text(a, s->link), name_of(a, s->resource), when(a, s->start));
	if (s->off)
		return arena_printf(&a->doc->arena, _("it follows %s (%s), and those who do it are off until %s"),
			id_of(a, s->other), link_text(a, s->link), when(a, s->start));
	return arena_printf(&a->doc->arena, _("it follows %s (%s)"), id_of(a, s->other), link_text(a, s->link));
}

/* The project's start or the status date, when it begins only later. */
static const char *off_text(const struct asked *a, const struct why_step *s)
{
	if (s->resource != LEVEL_NOBODY)
		return arena_printf(&a->doc->arena, _("%s is off until %s"), name_of(a, s->resource), when(a, s->start));
	return arena_printf(&a->doc->arena, _("there is no working time for it before %s"), when(a, s->start));
}

static const char *reason_text(const struct asked *a, const struct why_step *s)
{
	struct arena *arena = &a->doc->arena;

	if (s->off && s->reason != REASON_LINK && s->reason != REASON_PARENT)
		return off_text(a, s);
	switch (s->reason) {
	case REASON_LINK: return follow_text(a, s);
	case REASON_PARENT:
		return s->link == PLAN_NO_LINK ? _("a date or a constraint of its parent holds it") :
			arena_printf(arena, _("its parent %s follows %s (%s)"), id_of(a, a->plan->links[s->link].to),
				id_of(a, s->other), link_text(a, s->link));
	case REASON_NOT_BEFORE: return _("it may not begin, or end, earlier: a constraint of its own");
	case REASON_MUST: return _("it must start or finish then");
	case REASON_ACTUAL: return _("a fact: that is when it began");
	case REASON_STATUS_DATE: return _("work not begun starts no earlier than the status date");
	case REASON_CHILDREN: return s->other == PLAN_NO_TASK ? _("it has no children that take time") :
		arena_printf(arena, _("%s is the first of its children to start"), id_of(a, s->other));
	case REASON_ALAP: return _("it is to start as late as possible");
	case REASON_PEOPLE: return people_text(a, s);
	default: return _("the project starts then");
	}
}

static const char *const reason_words[] = { [REASON_PROJECT_START] = "project_start", [REASON_LINK] = "link",
	[REASON_PARENT] = "parent", [REASON_NOT_BEFORE] = "constraint", [REASON_MUST] = "must", [REASON_ACTUAL] = "fact",
	[REASON_STATUS_DATE] = "status_date", [REASON_CHILDREN] = "children", [REASON_ALAP] = "as_late_as_possible",
	[REASON_PEOPLE] = "people" };

static struct cell day_cell(moment_t start)
{
	struct cell cell = cell_moment(start);

	cell.type = CELL_START;
	return cell;
}

static struct cell title_cell(const struct asked *a, uint32_t task)
{
	return cell_text(&a->doc->arena, plan_title(a->plan, task));
}

static struct cell ref_cell(const struct asked *a, uint32_t task)
{
	return task == PLAN_NO_TASK ? cell_none() : cell_ref(&a->doc->arena, plan_id(a->plan, task), slice_of(""));
}

static void add_chain(const struct asked *a, const struct vec *chain)
{
	struct table *t = doc_table(a->doc, "records", NULL);

	table_column(t, "start", N_("start"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(t, "because", N_("because"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(t, "reason", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(t, "by", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(t, "resource", NULL, ALIGN_LEFT, PRIORITY_DATA);
	for (size_t i = 0; i < chain->len; i++) {
		const struct why_step *s = vec_at(chain, i);
		struct row *row = table_row(t);

		row->cells[0] = day_cell(s->start);
		row->cells[1] = ref_cell(a, s->task);
		row->cells[2] = title_cell(a, s->task);
		row->cells[3] = cell_text(&a->doc->arena, slice_of(reason_text(a, s)));
		row->cells[4] = cell_word(&a->doc->arena, slice_of(reason_words[s->reason]));
		row->cells[5] = ref_cell(a, s->other);
		if (s->resource != LEVEL_NOBODY)
			row->cells[6] = cell_word(&a->doc->arena, slice_of(name_of(a, s->resource)));
	}
}

static const char *change_text(const struct asked *a, const struct why_gain *g, const struct vec *chain)
{
	const struct why_step *s = vec_at(chain, g->step);
	struct arena *arena = &a->doc->arena;

	switch (g->change) {
	case CHANGE_OTHER_PERSON:
		return arena_printf(arena, is_stock(a, s->resource) ? _("enough of %s is there for %s") :
									_("somebody else than %s does %s"),
			name_of(a, s->resource), id_of(a, g->task));
	case CHANGE_NO_LINK:
		return arena_printf(arena, _("%s no longer waits for %s (%s)"), id_of(a, a->plan->links[s->link].to),
			id_of(a, s->other), link_text(a, s->link));
	case CHANGE_NO_CONSTRAINT: return arena_printf(arena, _("%s loses its constraint"), id_of(a, g->task));
	default: return arena_printf(arena, _("%s takes half its work or duration"), id_of(a, g->task));
	}
}

static const char *const change_words[] = { [CHANGE_OTHER_PERSON] = "other_person", [CHANGE_NO_LINK] = "no_link",
	[CHANGE_NO_CONSTRAINT] = "no_constraint", [CHANGE_HALF_WORK] = "half_work" };

static void add_gains(const struct asked *a, const struct vec *gains, const struct vec *chain)
{
	struct table *t = doc_table(a->doc, "changes", N_("What would make it earlier"));

	t->empty = N_("no single change on the chain makes it earlier");
	table_column(t, "gain", N_("gain"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(t, "start", N_("start"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(t, "text", N_("if"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(t, "change", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(t, "task", NULL, ALIGN_LEFT, PRIORITY_DATA);
	for (size_t i = 0; i < gains->len; i++) {
		const struct why_gain *g = vec_at(gains, i);
		struct row *row = table_row(t);

		row->cells[0] = cell_duration(g->gain);
		row->cells[1] = day_cell(g->start);
		row->cells[2] = cell_text(&a->doc->arena, slice_of(change_text(a, g, chain)));
		row->cells[3] = cell_word(&a->doc->arena, slice_of(change_words[g->change]));
		row->cells[4] = ref_cell(a, g->task);
	}
}

static void add_summary(const struct asked *a)
{
	const struct plan *plan = a->plan;
	struct block *pairs = doc_pairs(a->doc, "summary");
	int64_t wait = plan_wait(plan, a->task);

	pairs_add(a->doc, pairs, "id", N_("task"), ref_cell(a, a->task));
	pairs_add(a->doc, pairs, "title", N_("title"), title_cell(a, a->task));
	pairs_add(a->doc, pairs, "start", N_("start"), day_cell(plan->start[a->task]));
	pairs_add(a->doc, pairs, "finish", N_("finish"), cell_end(plan->start[a->task], plan->finish[a->task]));
	if (wait > 0 || context_wants_data(a->context))
		pairs_add(a->doc, pairs, "wait", N_("waits for people"), cell_duration(wait));
	pairs_add(a->doc, pairs, "total_float", N_("total float"), cell_duration(plan->total_float[a->task]));
}

static int answer(const struct asked *a, bool late, struct err *err)
{
	struct plan *plan = &a->context->plan;
	struct plan_options options = context_plan_options(a->context);
	struct vec chain, gains;
	int status = 0;

	plan_why(plan, a->task, &chain);
	vec_init(&gains, sizeof(struct why_gain));
	if (late)
		status = plan_why_late(plan, &options, a->task, &chain, &gains, err);
	if (status == 0) {
		add_summary(a);
		add_chain(a, &chain);
		if (late)
			add_gains(a, &gains, &chain);
		status = context_emit(a->context, a->doc, err);
	}
	vec_release(&chain);
	vec_release(&gains);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct why_options *o = options;
	struct doc doc;
	struct asked a = { context, &context->plan, &doc, 0 };
	int status;

	if (arguments->len != 1)
		return err_set(err, ERR_USAGE, _("'pmt why' takes one task"));
	status = noun_resolve_task(context, arguments->items[0], &a.task, err);
	if (status < 0)
		return status;
	doc_init(&doc, "pmt.why/1");
	status = answer(&a, o->late, err);
	doc_release(&doc);
	return status;
}

const struct command cmd_why = {
	.name = "why",
	.group = GROUP_PLAN,
	.summary = N_("Tell why a task is where it is, and what would make it earlier"),
	.usage = "ID [--late]",
	.options = specs,
	.options_size = sizeof(struct why_options),
	.needs = NEEDS_PLAN,
	.run = run,
};
