/* Which method suits which part: see charter.h. */
#include "register/charter.h"

#include "base/alloc.h"
#include "base/decimal.h"
#include "history/log.h"
#include "model/scale.h"
#include "register/volatility.h"

#include <stdlib.h>

const char *method_word(enum method method)
{
	static const char *const words[] = { "waterfall", "scrum", "kanban", "hybrid" };

	return words[method];
}

/* Rules of thumb, told with every reason that rests on them; a project's own [scale] takes their place. */
const char advice_rows[] =
	"within 90d\n"
	"fixed_price waterfall 2\n"
	"law >= 30% waterfall 2\n"
	"hardware waterfall 1\n"
	"changed < 5% waterfall 1\n"
	"linked >= 60% waterfall 1\n"
	"changed >= 20% scrum 2\n"
	"unsettled >= 30% scrum 2\n"
	"early scrum 2\n"
	"free >= 70% kanban 3\n"
	"recurring kanban 1\n"
	"hybrid 2\n";

struct slice method_table(const struct project *project, const struct record **scale)
{
	return scale_rows(project, "method_advice", "advice", advice_rows, scale);
}

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
	struct vec rows;       /* struct advice_row */
	int days, hybrid;      /* of the rows within and hybrid; 0: there is none */
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

/* Is there anything that the share could be of? */
static bool has_share(const struct advising *a, const struct part *part, enum advice_sign sign, int *share)
{
	switch (sign) {
	case ADVICE_LAW: *share = percent_of(part->law, part->requirements); return part->requirements > 0;
	case ADVICE_CHANGED:
		*share = percent_of(part->changed, part->requirements);
		return part->requirements > 0 && a->request->entries && a->days > 0;
	case ADVICE_UNSETTLED: *share = percent_of(part->unsettled, part->requirements); return part->requirements > 0;
	case ADVICE_LINKED: *share = percent_of(part->linked, part->leaves); return part->leaves > 0;
	case ADVICE_FREE:
		*share = 100 - percent_of(part->linked, part->leaves);
		return part->leaves > 0 && part->requirements == 0;
	default: return false;
	}
}

static bool row_fits(const struct advising *a, const struct part *part, const struct advice_row *row, int *share)
{
	*share = -1;
	switch (row->sign) {
	case ADVICE_FIXED_PRICE: return a->fixed_price;
	case ADVICE_HARDWARE: return part->hardware > 0;
	case ADVICE_EARLY: return part->early > 0;
	case ADVICE_RECURRING: return part->recurring > 0;
	case ADVICE_WITHIN:
	case ADVICE_HYBRID: return false;
	default: return has_share(a, part, row->sign, share) && row->below == (*share < row->limit);
	}
}

static const char *row_message(const struct advice_row *row)
{
	static const char *const messages[ADVICE_SIGNS] = {
		[ADVICE_FIXED_PRICE] = N_("a signed contract fixes price and scope"),
		[ADVICE_LAW] = N_("%s of its requirements come from law or security"),
		[ADVICE_HARDWARE] = N_("hardware has to be delivered"),
		[ADVICE_LINKED] = N_("%s of its tasks wait for another"),
		[ADVICE_UNSETTLED] = N_("nobody has approved %s of its requirements"),
		[ADVICE_EARLY] = N_("a prototype, MVP or pilot asks its users early"),
		[ADVICE_FREE] = N_("%s of its tasks wait for nothing, and none serves a requirement"),
		[ADVICE_RECURRING] = N_("its work comes again and again"),
	};

	if (row->sign == ADVICE_CHANGED)
		return row->below ? N_("its requirements are stable: %s changed in %s days") : N_("its requirements move: %s changed in %s days");
	return messages[row->sign];
}

/* The first row of a sign that fits is a reason. */
static void weigh(struct method_advice *advice, const struct advising *a, const struct part *part)
{
	const struct advice_row *rows = a->rows.items;
	bool told[ADVICE_SIGNS] = { false };
	int share;

	for (size_t i = 0; i < a->rows.len; i++) {
		struct method_reason *r;

		if (told[rows[i].sign] || !row_fits(a, part, &rows[i], &share))
			continue;
		told[rows[i].sign] = true;
		r = vec_push(&advice->reasons);
		*r = (struct method_reason){ .message = row_message(&rows[i]), .speaks_for = (enum method)rows[i].method,
			.points = rows[i].points };
		if (share >= 0)
			r->number = arena_printf(a->arena, "%d %%", share);
		if (rows[i].sign == ADVICE_CHANGED)
			r->days = arena_printf(a->arena, "%d", a->days);
	}
}

static void read_rows(struct advising *a)
{
	const struct record *scale;
	struct slice rest = method_table(a->request->plan->project, &scale), line;
	struct advice_row row;

	vec_init(&a->rows, sizeof(row));
	while (slice_next(&rest, "\n", &line)) {
		if (!slice_trim(line).len || advice_row_parse(line, &row))
			continue;
		vec_append(&a->rows, &row);
		if (row.sign == ADVICE_WITHIN)
			a->days = row.limit;
		if (row.sign == ADVICE_HYBRID)
			a->hybrid = row.points;
	}
}

static enum method choose(const struct advising *a, const struct method_advice *advice)
{
	const struct method_reason *r = advice->reasons.items;
	int points[METHOD_HYBRID + 1] = { 0 };
	enum method best;

	for (size_t i = 0; i < advice->reasons.len; i++)
		points[r[i].speaks_for] += r[i].points;
	if (a->hybrid && points[METHOD_WATERFALL] >= a->hybrid && points[METHOD_SCRUM] >= a->hybrid)
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
	weigh(advice, a, part);
	advice->advised = choose(a, advice);
	vec_sort(&advice->reasons, by_points, &advice->advised);
}

/* Requirements whose substance changed lately, or that came lately. */
static void mark_changed(struct advising *a)
{
	const struct kind *kind = kind_find(slice_of("requirement"));
	const struct history_entry *entries = a->request->entries ? a->request->entries->items : NULL;
	moment_t since = moment_from_date(moment_date(a->request->now) - a->days);
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
	read_rows(&a);
	mark_changed(&a);
	mark_early(&a);
	advise_part(out, &a, &whole, PLAN_NO_TASK);
	for (uint32_t t = 0; t < plan->task_count; t = plan->subtree_end[t]) {
		struct part part = { .from = t, .to = plan->subtree_end[t] };

		if (plan->flags[t] & PLAN_SUMMARY)
			advise_part(out, &a, &part, t);
	}
	vec_release(&a.rows);
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
