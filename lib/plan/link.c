/*
 * Links: reading them, and what each asks of the tasks at its ends.
 *
 * Lag counts on the successor's calendar (elapsed lag: on the clock). Backward, the same working minutes are taken off:
 *	FS  ES_j >= add(EF_i, lag)      EF_i <= add(LS_j, -lag)
 * and likewise for SS (start to start), FF (finish to finish), SF (start to finish). Of the moments that are one moment of
 * work to the successor (Friday 18:00 to Monday 09:00) the way back takes the last, for the predecessor may work in between.
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

struct link_reader {
	struct plan_builder *b;
	struct vec links; /* struct plan_link */
	bool to_start;    /* a milestone's buffer takes its links: what binds a finish binds the buffer's start */
	const struct record *record;
	const struct entry *entry;
	uint32_t task;
};

static void link_fault(struct link_reader *r, const struct dependency *d, const char *id, const char *format)
{
	char *word = xstrndup(d->id.len ? d->id.at : "", d->id.len);

	plan_fault(r->b, r->record, r->entry, d->at, (const char *const[4]){ id, format, word, "depends" });
	free(word);
}

static bool is_ancestor(const struct plan *plan, uint32_t above, uint32_t task)
{
	return above < task && task < plan->subtree_end[above];
}

static void add_link(void *context, const struct dependency *d)
{
	struct link_reader *r = context;
	struct plan *plan = r->b->plan;
	const struct record *from;
	struct plan_link *link;
	uint32_t task;

	if (d->project.len > 0)
		return; /* a task of another project: known only where the projects are joined */
	from = project_find(r->b->project, r->b->kind, d->id);
	if (!from) {
		link_fault(r, d, "ref-unknown", N_("unknown task '%s' in '%s'"));
		return;
	}
	task = plan_task(plan, from);
	if (from == r->record) {
		link_fault(r, d, "depends-self", N_("'%s' depends on itself"));
		return;
	}
	if (is_ancestor(plan, task, r->task) || is_ancestor(plan, r->task, task)) {
		link_fault(r, d, "depends-ancestor", N_("a task and '%s', one being part of the other, cannot be linked"));
		return;
	}
	if (plan->flags[task] & PLAN_CANCELLED) {
		if (!(plan->flags[r->task] & PLAN_FINISHED))
			link_fault(r, d, "ref-cancelled", N_("'%s' in '%s' is cancelled: the link holds nothing back"));
		return;
	}
	link = vec_push(&r->links);
	*link = (struct plan_link){ task, r->task, (uint8_t)d->type, d->lag.elapsed, d->lag.minutes, 0, d->at };
	if (r->to_start && (d->type == LINK_FF || d->type == LINK_SF))
		link->type = d->type == LINK_FF ? LINK_FS : LINK_SS;
	if (d->lag_percent != DECIMAL_NONE)
		link->percent = (int32_t)(d->lag_percent / (DECIMAL_ONE / 100));
}

static void imply(struct link_reader *r, uint32_t from)
{
	*(struct plan_link *)vec_push(&r->links) = (struct plan_link){ .from = from, .to = r->task, .type = LINK_FS };
}

/* A parent's buffer follows all its other children. */
static void follow_siblings(struct link_reader *r)
{
	const struct plan *plan = r->b->plan;

	for (uint32_t c = plan->parent[r->task] + 1; c < r->task; c = plan->subtree_end[c])
		if (!(plan->flags[c] & PLAN_CANCELLED))
			imply(r, c);
}

/* Of synthetic tasks and of those that have them. True when what the section writes is not to be read for this task. */
static bool imply_links(struct link_reader *r)
{
	const struct plan *plan = r->b->plan;
	const struct plan_synthetic *s = plan_synthetic(plan, r->task);
	const struct plan_synthetic *before = r->task > 0 ? plan_synthetic(plan, r->task - 1) : NULL;

	r->to_start = s && s->before;
	if (s && !s->before) {
		if (s->at == MOMENT_NONE)
			follow_siblings(r);
		return true;
	}
	if (before && before->before && plan->records[r->task - 1] == r->record && !s) {
		imply(r, r->task - 1);
		return true;
	}
	if (r->entry && (plan->flags[r->task] & PLAN_SUMMARY) && (plan->flags[r->task + 1] & PLAN_OCCURRENCE)) {
		plan_fault(r->b, r->record, r->entry, 0, (const char *const[4]){ "recurring-depends",
			N_("a recurring task takes place at its own times: this '%s' is not used"), "depends", NULL });
		return true;
	}
	return false;
}

static void read_links(struct link_reader *r, size_t field)
{
	const struct units *units = &r->b->project->units;
	struct value_fault wrong = { .id = "value-syntax" };

	r->record = r->b->plan->records[r->task];
	r->entry = record_entry(r->record, field);
	if (r->b->plan->network->synthetic_count > 0 && imply_links(r))
		return;
	if (!r->entry || (r->b->plan->flags[r->task] & PLAN_CANCELLED))
		return;
	if (dependencies_parse(r->entry->text, units, add_link, r, &wrong) != 0)
		plan_fault(r->b, r->record, r->entry, wrong.offset,
			(const char *const[4]){ wrong.id, N_("cannot schedule with this '%s'"), "depends", NULL });
}

static void index_successors(struct plan *plan)
{
	uint32_t n = plan->task_count;

	plan->first_out = arena_calloc(&plan->arena, (size_t)n + 2, sizeof(uint32_t));
	plan->links_out = arena_alloc(&plan->arena, ((size_t)plan->link_count + 1) * sizeof(uint32_t));
	for (uint32_t k = 0; k < plan->link_count; k++)
		plan->first_out[plan->links[k].from + 2]++;
	for (uint32_t i = 2; i < n + 2; i++)
		plan->first_out[i] += plan->first_out[i - 1];
	for (uint32_t k = 0; k < plan->link_count; k++)
		plan->links_out[plan->first_out[plan->links[k].from + 1]++] = k;
}

void plan_build_links(struct plan_builder *b)
{
	struct plan *plan = b->plan;
	struct link_reader r = { .b = b };
	size_t field = kind_field_find(b->kind, slice_of("depends"));

	vec_init(&r.links, sizeof(struct plan_link));
	plan->links_in = arena_alloc(&plan->arena, ((size_t)plan->task_count + 1) * sizeof(uint32_t));
	for (r.task = 0; r.task < plan->task_count; r.task++) {
		plan->links_in[r.task] = (uint32_t)r.links.len;
		read_links(&r, field);
	}
	plan->links_in[plan->task_count] = (uint32_t)r.links.len;
	plan->link_count = (uint32_t)r.links.len;
	plan->links = arena_alloc(&plan->arena, (r.links.len + 1) * sizeof(struct plan_link));
	if (r.links.len > 0)
		memcpy(plan->links, r.links.items, r.links.len * sizeof(struct plan_link));
	vec_release(&r.links);
	index_successors(plan);
}

struct place plan_link_place(const struct plan *plan, const struct plan_link *link)
{
	const struct record *record = plan->records[link->to];
	const struct entry *entry = record_entry(record, kind_field_find(record->kind, slice_of("depends")));

	return entry ? entry_place(plan->project, record, entry, link->at) : record_place(plan->project, record);
}

/* Dates end with the years 1 and 9999: what would lie beyond lies there, and no work finds its place. */
static moment_t within_dates(moment_t m, int64_t lag)
{
	if (m == MOMENT_NONE)
		return lag > 0 ? LAST_MOMENT : FIRST_MOMENT;
	return m > LAST_MOMENT ? LAST_MOMENT : m < FIRST_MOMENT ? FIRST_MOMENT : m;
}

moment_t link_forward(const struct plan *plan, const struct plan_link *link, moment_t from)
{
	if (link->lag == 0)
		return from;
	return within_dates(link->elapsed ? from + link->lag : calendar_add(plan->task_calendar[link->to], from, link->lag),
		link->lag);
}

/* The last of the moments that are the same as working time. */
static moment_t latest_same(const struct calendar *calendar, moment_t m)
{
	moment_t next = calendar_next_working(calendar, m);

	return next == MOMENT_NONE ? m : next;
}

moment_t link_backward(const struct plan *plan, const struct plan_link *link, moment_t to)
{
	const struct calendar *calendar = plan->task_calendar[link->to];
	bool to_finish = link->type == LINK_FF || link->type == LINK_SF;
	moment_t from;

	if (to_finish && !(plan->flags[link->to] & PLAN_ELAPSED))
		to = latest_same(plan_work_calendar(plan, link->to), to);
	if (link->elapsed || link->lag == 0)
		return to - link->lag;
	from = calendar_add(calendar, to, -link->lag);
	return from == MOMENT_NONE ? to : latest_same(calendar, from);
}
