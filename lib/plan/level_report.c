/*
 * What levelling finds: assignments that cannot be, work that nobody does, people who are overloaded by dates that are given.
 * Warnings: the schedule stands.
 */
#include "plan/level-internal.h"

#include "base/alloc.h"
#include "base/decimal.h"
#include "base/i18n.h"

enum { OVERLOADS_MOST = 100 }; /* reported of one kind */

struct finder {
	struct levelling *l;
	const struct plan *plan;
	struct diagnostics *found;
	struct arena arena;
	size_t assign, effort; /* fields */
	bool *unsupplied;      /* by task: a stock is short for it */
};

static const char *text_of(struct finder *f, struct slice text)
{
	return arena_strndup(&f->arena, text.at, text.len);
}

static const char *units(struct finder *f, int64_t amount)
{
	struct strbuf text;
	const char *out;

	strbuf_init(&text);
	decimal_print(&text, amount, 0);
	out = text_of(f, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

/* At an entry of the task. */
static void add(struct finder *f, uint32_t task, size_t field, size_t at, const char *id, const char *format,
	const char *const words[4])
{
	const struct record *record = f->plan->records[task];
	const struct entry *entry = record ? record_entry(record, field) : NULL;
	struct diagnostic *finding;

	if (!entry)
		return;
	finding = diagnose(f->found, entry_place(f->plan->project, record, entry, at), id, format, words[0], words[1],
		words[2], words[3], (const char *)NULL);
	diagnostic_record(f->found, finding, record_name(&f->arena, record));
}

/* A team of two of whom three are wanted; three of a crane of which there are two. */
static void check_slot(struct finder *f, uint32_t task, const struct assignment_slot *slot)
{
	const struct plan_resource *all = f->plan->network->resources;
	const char *id = text_of(f, plan_id(f->plan, plan_owner(f->plan, task)));
	int64_t most = 0;

	for (uint32_t i = 0; i < slot->candidate_count; i++)
		if (all[slot->candidates[i]].type == RESOURCE_MATERIAL)
			return;
		else if (all[slot->candidates[i]].capacity > most)
			most = all[slot->candidates[i]].capacity;
	if (slot->take > slot->candidate_count && slot->what != ALLOCATE_RESOURCE)
		add(f, task, f->assign, slot->at, "assign-too-few", N_("'%s' needs %s people here, and there are %s"),
			(const char *const[4]){ id, units(f, (int64_t)slot->take * LEVEL_UNIT),
				units(f, (int64_t)slot->candidate_count * LEVEL_UNIT), NULL });
	if (slot->candidate_count > 0 && slot->share > most && (!slot->as_there_is || most == 0))
		add(f, task, f->assign, slot->at, "assign-over-capacity",
			N_("'%s' needs %s of '%s', of which there are %s"),
			(const char *const[4]){ id, units(f, slot->share), text_of(f, all[slot->candidates[0]].record->id),
				units(f, most) });
}

/* Somebody who has left, or has no hour of work from its start to its finish. Who misses a meeting is no news. */
static void check_absent(struct finder *f, uint32_t task)
{
	enum { PEOPLE_MOST = 32 };
	const struct plan *plan = f->plan;
	uint32_t people[PEOPLE_MOST], count;

	if (!level_uses_time(plan, task))
		return;
	count = plan_people(plan, task, people, PEOPLE_MOST);
	for (uint32_t i = 0; i < count && i < PEOPLE_MOST; i++) {
		const struct plan_resource *r = &plan->network->resources[people[i]];

		if (r->type != RESOURCE_MATERIAL && calendar_between(r->calendar, plan->start[task], plan->finish[task]) == 0)
			add(f, task, f->assign, 0, "assign-absent", N_("'%s' is assigned to '%s' and has no working time while it runs"),
				(const char *const[4]){ text_of(f, r->record->id), text_of(f, plan_id(plan, task)), NULL, NULL });
	}
}

static void check_task(struct finder *f, uint32_t task)
{
	const struct plan *plan = f->plan;
	const struct plan_assignment *a = plan->network->assignment[task];

	if (plan->flags[task] & (PLAN_FINISHED | PLAN_CANCELLED | PLAN_SUMMARY))
		return;
	/* A series says it once, with its first occurrence. */
	for (uint32_t s = 0; a && s < a->slot_count; s++)
		if (!(plan->flags[task] & PLAN_OCCURRENCE) || task == plan->parent[task] + 1)
			check_slot(f, task, &a->slots[s]);
	check_absent(f, task);
	if (!a && plan->effort[task] > 0 && f->plan->network->resources && !plan_is_synthetic(plan, task))
		add(f, task, f->effort, 0, "effort-nobody", N_("nobody is assigned the effort of '%s': one person is assumed"),
			(const char *const[4]){ text_of(f, plan_id(plan, task)), NULL, NULL, NULL });
}

/* Another fixed task that has the resource in that time. */
static uint32_t rival(const struct finder *f, uint32_t task, uint32_t resource)
{
	const struct plan *plan = f->plan;
	uint32_t people[32];

	for (uint32_t i = 0; i < plan->task_count; i++) {
		uint32_t count;

		if (i == task || !level_uses_time(plan, i) || !level_is_fixed(plan, i) || plan->start[i] >= plan->finish[task] ||
			plan->finish[i] <= plan->start[task])
			continue;
		count = plan_people(plan, i, people, 32);
		for (uint32_t p = 0; p < count && p < 32; p++)
			if (people[p] == resource)
				return i;
	}
	return PLAN_NO_TASK;
}

/* Two tasks whose dates are given want the same person at the same time; what is over is a fact and no news. */
static void check_fixed(struct finder *f)
{
	const struct plan *plan = f->plan;
	struct levelling *l = f->l;

	level_empty(l);
	for (uint32_t i = 0, reported = 0; i < plan->task_count && reported < OVERLOADS_MOST; i++) {
		uint32_t who, other;

		if (!level_uses_time(plan, i) || !level_is_fixed(plan, i) || (plan->flags[i] & PLAN_FINISHED))
			continue;
		level_use(l, i);
		who = level_overloaded(l, i, plan->start[i], plan->finish[i]);
		level_reserve(l, i, plan->start[i], plan->finish[i], 1);
		level_draw(l, plan->start[i], 1);
		if (who == LEVEL_NOBODY)
			continue;
		reported++;
		other = rival(f, i, who);
		if (other == PLAN_NO_TASK) {
			add(f, i, f->assign, 0, "overload-fixed", N_("'%s' needs '%s' at times that are given, when there is less of it"),
				(const char *const[4]){ text_of(f, plan_id(plan, i)),
					text_of(f, plan->network->resources[who].record->id), NULL, NULL });
			continue;
		}
		add(f, i, f->assign, 0, "overload-fixed", N_("'%s' and '%s' both need '%s' at times that are given"),
			(const char *const[4]){ text_of(f, plan_id(plan, i)),
				text_of(f, plan_id(plan, other)),
				text_of(f, plan->network->resources[who].record->id), NULL });
	}
}

static const char *when(struct finder *f, moment_t moment)
{
	char text[CIVIL_TEXT];

	return arena_strdup(&f->arena, moment_print(moment, text));
}

static void check_homeless(struct finder *f, const struct placing *placing)
{
	for (size_t i = 0; i < placing->lost.len; i++) {
		uint32_t task = *(uint32_t *)vec_at(&placing->lost, i);

		if (f->unsupplied[task])
			continue;
		add(f, task, f->assign, 0, "level-impossible",
			N_("those assigned to '%s' have no time for it after %s: it stands where the network puts it"),
			(const char *const[4]){ text_of(f, plan_id(f->plan, task)),
				when(f, f->plan->start[task]), NULL, NULL });
	}
}

/* What a task draws from a stock when it begins. */
struct draw {
	uint32_t task, resource;
	const struct assignment_slot *slot;
};

static int by_stock_and_start(const void *a, const void *b, void *context)
{
	const struct draw *x = a, *y = b;
	const struct plan *plan = context;

	if (x->resource != y->resource)
		return x->resource < y->resource ? -1 : 1;
	return (plan->start[x->task] > plan->start[y->task]) - (plan->start[x->task] < plan->start[y->task]);
}

static void find_draws(const struct plan *plan, struct vec *out)
{
	const struct plan_resource *all = plan->network->resources;

	for (uint32_t i = 0; i < plan->task_count; i++) {
		const struct plan_assignment *a = plan->network->assignment[i];

		for (uint32_t s = 0; a && s < a->slot_count && !(plan->flags[i] & (PLAN_CANCELLED | PLAN_SUMMARY)); s++)
			if (a->slots[s].candidate_count > 0 && all[a->slots[s].candidates[0]].stock)
				vec_append(out, &(struct draw){ i, a->slots[s].candidates[0], &a->slots[s] });
	}
	stable_sort(out->items, out->len, sizeof(struct draw), by_stock_and_start, (void *)(uintptr_t)plan);
}

/* The least that there will have been, from a moment on. */
static int64_t least_from(const struct plan_resource *r, moment_t from)
{
	int64_t least = plan_capacity_at(r, from);

	for (uint32_t i = 0; i < r->step_count; i++)
		if (r->steps[i].from > from && r->steps[i].capacity < least)
			least = r->steps[i].capacity;
	return least;
}

/* Whoever draws more than is left goes without, so that those behind are not blamed for it. */
static void check_stocks(struct finder *f)
{
	const struct draw *draws;
	struct vec all;
	int64_t drawn = 0;

	vec_init(&all, sizeof(struct draw));
	find_draws(f->plan, &all);
	draws = all.items;
	for (size_t i = 0; i < all.len; i++) {
		const struct plan_resource *r = &f->plan->network->resources[draws[i].resource];
		int64_t left;

		drawn = i > 0 && draws[i - 1].resource == draws[i].resource ? drawn : 0;
		left = least_from(r, f->plan->start[draws[i].task]) - drawn;
		if (draws[i].slot->share <= left) {
			drawn += draws[i].slot->share;
			continue;
		}
		f->unsupplied[draws[i].task] = true;
		add(f, draws[i].task, f->assign, draws[i].slot->at, "stock-short", N_("'%s' needs %s of '%s', of which %s are left"),
			(const char *const[4]){ text_of(f, plan_id(f->plan, draws[i].task)), units(f, draws[i].slot->share),
				text_of(f, r->record->id), units(f, left > 0 ? left : 0) });
	}
	vec_release(&all);
}

void level_report(struct plan *plan, struct levelling *l, const struct placing *placing, struct diagnostics *found)
{
	const struct kind *kind = kind_find(slice_of("task"));
	struct finder f = { .l = l, .plan = plan, .found = found };

	arena_init(&f.arena);
	f.assign = kind_field_find(kind, slice_of("assign"));
	f.effort = kind_field_find(kind, slice_of("effort"));
	for (uint32_t i = 0; i < plan->task_count; i++)
		check_task(&f, i);
	f.unsupplied = arena_calloc(&f.arena, (size_t)plan->task_count + 1, sizeof(bool));
	check_stocks(&f);
	if (l) {
		if (!l->options->within_float)
			check_homeless(&f, placing);
		check_fixed(&f);
	}
	arena_release(&f.arena);
}
