/* Which method suits which part: see charter.h. */
#include "register/charter.h"

#include "base/alloc.h"
#include "base/decimal.h"
#include "history/log.h"
#include "register/volatility.h"

#include <stdlib.h>

const char *method_word(enum method method)
{
	static const char *const words[] = { "waterfall", "scrum", "kanban", "hybrid" };

	return words[method];
}

/* Shares in per cent and points: rules of thumb, told with every reason that rests on them. */
enum { DAYS_BACK = 90, LAW_SHARE = 30, STABLE_BELOW = 5, LINKED_SHARE = 60, CHANGING_FROM = 20, UNSETTLED_SHARE = 30,
	FREE_SHARE = 70 };

struct part {
	uint32_t from, to;     /* tasks of the plan */
	bool whole;
	size_t requirements, law, unsettled, changed, early; /* those that lead to its tasks */
	size_t leaves, linked, recurring, hardware;
};

struct advising {
	const struct method_request *request;
	struct arena *arena;
	bool *changed;         /* by kind_number of the requirement: in the last days */
	bool *early;           /* a prototype, MVP or pilot brings it */
	bool fixed_price;
};

static bool is_one_of(const struct record *record, const char *field, const char *words)
{
	return word_index(words, slice_trim(record_text_or(record, field))) >= 0;
}

static bool leads_to(const struct advising *a, const struct trace_row *row, const struct part *part)
{
	const struct record **tasks = row->ends[TRACE_TASK].items;

	for (size_t i = 0; i < row->ends[TRACE_TASK].len && !part->whole; i++) {
		uint32_t task = plan_task(a->request->plan, tasks[i]);

		if (task != PLAN_NO_TASK && task >= part->from && task < part->to)
			return true;
	}
	return part->whole;
}

static void count_requirements(const struct advising *a, struct part *part)
{
	const struct trace *trace = a->request->trace;

	for (size_t i = 0; i < trace->count; i++) {
		const struct record *record = trace->rows[i].requirement;

		if (!trace->rows[i].live || !leads_to(a, &trace->rows[i], part))
			continue;
		part->requirements++;
		part->law += is_one_of(record, "type", "compliance|security");
		part->unsettled += is_one_of(record, "status", "proposed|analysed");
		part->changed += a->changed[i];
		part->early += a->early[i];
	}
}

static bool delivers_hardware(const struct project *project, const struct record *task)
{
	struct slice rest = record_text_or(task, "deliverable"), id;
	const struct kind *kind = kind_find(slice_of("deliverable"));
	struct record *deliverable;

	while (slice_next(&rest, ",\n", &id)) {
		deliverable = id.len ? project_find(project, kind, id) : NULL;
		if (deliverable && is_one_of(deliverable, "type", "hardware"))
			return true;
	}
	return false;
}

static void count_tasks(const struct advising *a, struct part *part)
{
	const struct plan *plan = a->request->plan;

	for (uint32_t t = part->from; t < part->to; t++) {
		if (plan->flags[t] & PLAN_OCCURRENCE) {
			part->recurring++;
			continue;
		}
		part->hardware += delivers_hardware(plan->project, plan->records[t]);
		if (plan->flags[t] & (PLAN_SUMMARY | PLAN_BUFFER | PLAN_CANCELLED | PLAN_MILESTONE))
			continue;
		part->leaves++;
		part->linked += plan->links_in[t + 1] > plan->links_in[t];
	}
}

static int percent_of(size_t part, size_t whole)
{
	return whole ? (int)(part * 100 / whole) : 0;
}

static void reason(struct method_advice *advice, const struct advising *a, enum method speaks_for, int points,
	const char *message, int number)
{
	struct method_reason *r = vec_push(&advice->reasons);

	*r = (struct method_reason){ message, number < 0 ? NULL : arena_printf(a->arena, "%d %%", number), speaks_for, points };
}

static void weigh_ahead(struct method_advice *advice, const struct advising *a, const struct part *part)
{
	int changed = percent_of(part->changed, part->requirements), law = percent_of(part->law, part->requirements);

	if (a->fixed_price)
		reason(advice, a, METHOD_WATERFALL, 2, N_("a signed contract fixes price and scope"), -1);
	if (part->requirements && law >= LAW_SHARE)
		reason(advice, a, METHOD_WATERFALL, 2, N_("%s of its requirements come from law or security"), law);
	if (part->hardware)
		reason(advice, a, METHOD_WATERFALL, 1, N_("hardware has to be delivered"), -1);
	if (part->requirements && a->request->entries && changed < STABLE_BELOW)
		reason(advice, a, METHOD_WATERFALL, 1, N_("its requirements are stable: %s changed in 90 days"), changed);
	if (part->leaves && percent_of(part->linked, part->leaves) >= LINKED_SHARE)
		reason(advice, a, METHOD_WATERFALL, 1, N_("%s of its tasks wait for another"),
			percent_of(part->linked, part->leaves));
}

static void weigh_steps(struct method_advice *advice, const struct advising *a, const struct part *part)
{
	int changed = percent_of(part->changed, part->requirements);
	int unsettled = percent_of(part->unsettled, part->requirements);

	if (part->requirements && a->request->entries && changed >= CHANGING_FROM)
		reason(advice, a, METHOD_SCRUM, 2, N_("its requirements move: %s changed in 90 days"), changed);
	if (part->requirements && unsettled >= UNSETTLED_SHARE)
		reason(advice, a, METHOD_SCRUM, 2, N_("nobody has approved %s of its requirements"), unsettled);
	if (part->early)
		reason(advice, a, METHOD_SCRUM, 2, N_("a prototype, MVP or pilot asks its users early"), -1);
}

static void weigh_flow(struct method_advice *advice, const struct advising *a, const struct part *part)
{
	int apart = 100 - percent_of(part->linked, part->leaves);

	if (part->leaves && !part->requirements && apart >= FREE_SHARE)
		reason(advice, a, METHOD_KANBAN, 3, N_("%s of its tasks wait for nothing, and none serves a requirement"), apart);
	if (part->recurring)
		reason(advice, a, METHOD_KANBAN, 1, N_("its work comes again and again"), -1);
}

static enum method choose(const struct method_advice *advice)
{
	const struct method_reason *r = advice->reasons.items;
	int points[METHOD_HYBRID + 1] = { 0 };
	enum method best;

	for (size_t i = 0; i < advice->reasons.len; i++)
		points[r[i].speaks_for] += r[i].points;
	if (points[METHOD_WATERFALL] >= 2 && points[METHOD_SCRUM] >= 2)
		return METHOD_HYBRID;
	best = points[METHOD_SCRUM] > points[METHOD_WATERFALL] ? METHOD_SCRUM : METHOD_WATERFALL;
	if (points[METHOD_KANBAN] > points[best])
		best = METHOD_KANBAN;
	if (points[best] == 0) {
		int now = word_index("waterfall|scrum|kanban|hybrid", advice->now);

		return now < 0 ? METHOD_WATERFALL : (enum method)now;
	}
	return best;
}

static int by_points(const void *a, const void *b, void *context)
{
	const struct method_reason *x = a, *y = b;
	enum method advised = *(const enum method *)context;

	if ((x->speaks_for == advised) != (y->speaks_for == advised))
		return x->speaks_for == advised ? -1 : 1;
	return y->points - x->points;
}

static void advise_part(struct method_advices *out, const struct advising *a, struct part *part, uint32_t task)
{
	struct method_advice *advice = vec_push(&out->items);
	struct slice own;

	*advice = (struct method_advice){ .task = task, .now = project_setting(a->request->plan->project, "method") };
	vec_init(&advice->reasons, sizeof(struct method_reason));
	if (task != PLAN_NO_TASK && record_text(a->request->plan->records[task], "method", &own))
		advice->now = slice_trim(own);
	count_requirements(a, part);
	count_tasks(a, part);
	weigh_ahead(advice, a, part);
	weigh_steps(advice, a, part);
	weigh_flow(advice, a, part);
	advice->advised = choose(advice);
	vec_sort(&advice->reasons, by_points, &advice->advised);
}

/* Requirements whose substance changed lately, or that came lately. */
static void mark_changed(struct advising *a)
{
	const struct kind *kind = kind_find(slice_of("requirement"));
	const struct history_entry *entries = a->request->entries ? a->request->entries->items : NULL;
	moment_t since = moment_from_date(moment_date(a->request->now) - DAYS_BACK);
	size_t count = a->request->entries ? a->request->entries->len : 0;

	for (size_t i = 0; i < count; i++)
		for (size_t c = 0; c < entries[i].commit.change_count; c++) {
			const struct history_change *change = &entries[i].commit.changes[c];
			struct record *record = project_find(a->request->plan->project, kind, change->id);
			bool substance = change->action == HISTORY_CHANGED && volatility_counts(change->field);

			if (record && substance && (entries[i].commit.when == MOMENT_NONE || entries[i].commit.when >= since))
				a->changed[record->kind_number] = true;
		}
}

static void mark_early(struct advising *a)
{
	const struct project *project = a->request->plan->project;
	const struct kind *requirements = kind_find(slice_of("requirement"));
	struct record *release, *record;
	struct slice rest, id;

	FOREACH_RECORD(project, kind_find(slice_of("release")), release) {
		if (!is_one_of(release, "type", "prototype|mvp|pilot"))
			continue;
		rest = record_text_or(release, "requirements");
		while (slice_next(&rest, ",\n", &id)) {
			record = id.len ? project_find(project, requirements, id) : NULL;
			if (record)
				a->early[record->kind_number] = true;
		}
	}
}

/* Somebody pays us, or we pay, a fixed price that was signed. */
static bool has_fixed_price(const struct project *project)
{
	struct record *record;

	FOREACH_RECORD(project, kind_find(slice_of("contract")), record)
		if (is_one_of(record, "direction", "in") && is_one_of(record, "type", "fixed_price") &&
			slice_trim(record_text_or(record, "signed")).len)
			return true;
	return false;
}

void method_advise(struct method_advices *out, const struct method_request *request)
{
	const struct plan *plan = request->plan;
	struct advising a = { .request = request, .arena = &out->arena, .fixed_price = has_fixed_price(plan->project) };
	struct part whole = { .from = 0, .to = plan->task_count, .whole = true };

	arena_init(&out->arena);
	vec_init(&out->items, sizeof(struct method_advice));
	a.changed = xcalloc(request->trace->count + 1, sizeof(bool));
	a.early = xcalloc(request->trace->count + 1, sizeof(bool));
	mark_changed(&a);
	mark_early(&a);
	advise_part(out, &a, &whole, PLAN_NO_TASK);
	for (uint32_t t = 0; t < plan->task_count; t = plan->subtree_end[t]) {
		struct part part = { .from = t, .to = plan->subtree_end[t] };

		if (plan->flags[t] & PLAN_SUMMARY)
			advise_part(out, &a, &part, t);
	}
	free(a.changed);
	free(a.early);
}

void method_advices_release(struct method_advices *advices)
{
	struct method_advice *items = advices->items.items;

	for (size_t i = 0; i < advices->items.len; i++)
		vec_release(&items[i].reasons);
	vec_release(&advices->items);
	arena_release(&advices->arena);
}
