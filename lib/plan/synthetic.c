/*
 * Tasks that no section of their own writes: the occurrences of recurring tasks, and buffers.
 *
 * Occurrences: the rule of `recurring` (model/recurrence.h) gives days from the rule's `from`, else the task's not_before, else
 * the project's start, until its `until`, else the project's finish: that setting, or when the tasks that do not recur
 * finish without limits on people. Each takes place at its time of day, else when work begins that day. A day without work is
 * left out of daily and weekly rules, and monthly and yearly ones wait for the next working day; the id keeps the rule's day.
 *
 * Buffers: `buffer = 20%` on a parent makes a task behind its other children that takes that share of the longest path
 * through them; on a milestone, one between what the milestone waits for and itself, by the path that leads there. The longest path is the
 * chain of links that decides the last finish, measured from the start of its first task as working time; a chain stops
 * where something else than a link of the same parent holds it. Buffers on the chain are no work and do not count. (measures.md: a buffer for testing and adjustment; critical chain
 * sizes its buffers by the same "cut and paste" of a chain's length: Goldratt, "Critical Chain", 1997.)
 *
 * Example: children A 10d and B 5d after A, C 3d: the path is A → B, 15d; a buffer of 20 % is 3d behind B.
 * Cost: O(tasks), O(days) a recurring task, O(chain) a buffer.
 */
#include "plan/plan-internal.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "model/recurrence.h"

#include <stdlib.h>

enum { OCCURRENCES_MOST = 10000 };

struct occurrences {
	struct plan_builder *b;
	const struct calendar *calendar;
	const struct recurrence *rule;
	struct slice id, title;
	uint32_t owner;
	size_t count;
	moment_t last; /* no occurrence begins later; MOMENT_NONE: no bound */
	bool endless;
};

static void fault(const struct plan_builder *b, const struct record *record, const struct entry *entry, const char *id,
	const char *format)
{
	char *name = xstrndup(record->id.at, record->id.len);

	plan_fault(b, record, entry, 0, (const char *const[4]){ id, format, name, NULL });
	free(name);
}

static bool is_cancelled(const struct plan_builder *b, const struct record *record)
{
	return b->options->facts && slice_is(record_text_or(record, "status"), "cancelled");
}

static bool is_milestone(const struct plan_builder *b, const struct record *record)
{
	struct estimate duration;
	struct slice text;

	if (slice_is(record_text_or(record, "milestone"), "yes"))
		return true;
	return record_text(record, "duration", &text) && !record_text(record, "effort", &(struct slice){ NULL, 0 }) &&
		duration_parse(text, &b->project->units, &duration, NULL) == 0 && estimate_mean(&duration) == 0;
}

static struct plan_synthetic *add(struct plan_builder *b, uint32_t owner, struct slice title)
{
	struct plan_synthetic *made = vec_push(&b->synthetic);

	*made = (struct plan_synthetic){ .owner = owner, .at = MOMENT_NONE, .title = title };
	return made;
}

static void add_buffer(struct plan_builder *b, uint32_t owner, const struct entry *entry)
{
	const struct record *record = project_at(b->project, b->kind, owner);
	bool is_parent = plan_family_is_parent(b, owner);
	const char *word = b->options->buffer_word ? b->options->buffer_word : "buffer";
	struct plan_synthetic *made;
	struct slice title = record_title(record);
	struct value value;

	if (!record_value(b->project, record, kind_field_named(b->kind, "buffer"), &b->scratch, &value) ||
		value.as.number <= 0 || is_cancelled(b, record))
		return;
	if (!is_parent && !is_milestone(b, record)) {
		fault(b, record, entry, "buffer-place", N_("the buffer of '%s' is not used: it is no parent and no milestone"));
		return;
	}
	made = add(b, owner, slice_of(arena_printf(&b->plan->arena, "%.*s · %s", (int)title.len, title.at, word)));
	made->id = slice_of(arena_printf(&b->plan->arena, "%.*s#buffer", (int)record->id.len, record->id.at));
	made->share = (int32_t)(value.as.number / (DECIMAL_ONE / 100));
	made->before = !is_parent;
}

/* When an occurrence of that day takes place, or MOMENT_NONE. */
static moment_t time_of(const struct occurrences *o, date_t day)
{
	moment_t midnight = moment_from_date(day), work = calendar_next_working(o->calendar, midnight);
	bool off = work == MOMENT_NONE || work >= midnight + MINUTES_PER_DAY;

	if (off && (o->rule->unit == RECUR_DAYS || o->rule->unit == RECUR_WEEKS || work == MOMENT_NONE))
		return MOMENT_NONE;
	if (o->rule->minute < 0)
		return work;
	return moment_from_date(moment_date(work)) + o->rule->minute;
}

static bool add_occurrence(void *context, date_t day)
{
	struct occurrences *o = context;
	moment_t at = time_of(o, day);
	struct plan_synthetic *made;
	char text[CIVIL_TEXT];

	if (at == MOMENT_NONE)
		return true;
	if (o->last != MOMENT_NONE && at >= o->last)
		return false;
	if (o->count++ >= OCCURRENCES_MOST)
		return false;
	made = add(o->b, o->owner, o->title);
	made->at = at;
	made->endless = o->endless;
	made->id = slice_of(arena_printf(&o->b->plan->arena, "%.*s#%s", (int)o->id.len, o->id.at, date_print(day, text)));
	return true;
}

/* A setting or field that is a date, or MOMENT_NONE. A finish that is a date alone is the end of its day. */
static moment_t moment_of(struct slice text, bool end)
{
	moment_t moment;
	bool has_time;

	if (moment_parse(slice_trim(text), &moment, &has_time) != CIVIL_OK)
		return MOMENT_NONE;
	return end && !has_time ? moment + MINUTES_PER_DAY : moment;
}

static date_t first_day(const struct plan_builder *b, const struct record *record)
{
	moment_t first = moment_of(record_text_or(record, "not_before"), false);

	if (first == MOMENT_NONE)
		first = moment_of(project_setting(b->project, "start"), false);
	if (first == MOMENT_NONE && b->options->now != MOMENT_NONE)
		first = b->options->now;
	return first == MOMENT_NONE ? 0 : moment_date(first);
}

/* Until when it goes on that does not say so itself. */
static moment_t last_moment(struct plan_builder *b, const struct recurrence *rule)
{
	moment_t finish;

	if (!rule->until_project_end && (rule->until != DATE_NONE || rule->times > 0))
		return MOMENT_NONE;
	finish = moment_of(project_setting(b->project, "finish"), true);
	return finish != MOMENT_NONE ? finish : plan_plain_finish(b);
}

static void expand(struct plan_builder *b, uint32_t owner, const struct entry *entry, const struct recurrence *rule)
{
	const struct record *record = project_at(b->project, b->kind, owner);
	struct occurrences o = { .b = b, .rule = rule, .id = record->id, .title = record_title(record), .owner = owner };
	date_t first = rule->from != DATE_NONE ? rule->from : first_day(b, record), last;

	o.calendar = calendars_find(b->plan->calendars, record_text_or(record, "calendar"));
	if (!o.calendar)
		o.calendar = b->plan->calendar;
	o.last = last_moment(b, rule);
	o.endless = o.last != MOMENT_NONE &&
		moment_of(project_setting(b->project, "finish"), true) == MOMENT_NONE;
	last = rule->until != DATE_NONE ? rule->until : date_from_civil(9999, 12, 31);
	if (o.last != MOMENT_NONE && moment_date(o.last) < last)
		last = moment_date(o.last);
	recurrence_each(rule, first, last, add_occurrence, &o);
	if (o.count == 0 && o.endless)
		fault(b, record, entry, "recurring-never",
			N_("'%s' never takes place: its rule gives no working day before the other tasks end"));
	else if (o.count == 0)
		fault(b, record, entry, "recurring-never", N_("'%s' never takes place: its rule gives no working day of the project"));
	else if (o.count > OCCURRENCES_MOST)
		fault(b, record, entry, "recurring-many", N_("'%s' takes place more than 10000 times; later ones are left out"));
}

static void add_occurrences(struct plan_builder *b, uint32_t owner, const struct entry *entry)
{
	const struct record *record = project_at(b->project, b->kind, owner);
	struct value_fault wrong = { .id = "value-syntax" };
	struct recurrence rule;

	if (slice_trim(entry->text).len == 0 || is_cancelled(b, record))
		return;
	if (recurrence_parse(entry->text, &rule, &wrong) != 0) {
		plan_fault(b, record, entry, wrong.offset,
			(const char *const[4]){ wrong.id, N_("cannot schedule with this '%s'"), "recurring", NULL });
		return;
	}
	if (plan_family_is_parent(b, owner))
		fault(b, record, entry, "recurring-parent", N_("'%s' does not recur: it is a parent of other tasks"));
	else
		expand(b, owner, entry, &rule);
}

/* Copies them into the plan, where tree.c gives them their places. */
static void keep(struct plan_builder *b)
{
	struct plan *plan = b->plan;
	size_t count = b->synthetic.len;

	plan->network = arena_calloc(&plan->arena, 1, sizeof(*plan->network));
	plan->network->first_choice = b->options->first_choice;
	plan->network->synthetic_count = (uint32_t)count;
	plan->network->synthetic = arena_calloc(&plan->arena, count + 1, sizeof(struct plan_synthetic));
	for (size_t i = 0; i < count; i++)
		plan->network->synthetic[i] = ((struct plan_synthetic *)b->synthetic.items)[i];
}

void plan_build_synthetic(struct plan_builder *b)
{
	size_t buffer = kind_field_find(b->kind, slice_of("buffer")), recurring = kind_field_find(b->kind, slice_of("recurring"));
	size_t count = project_count(b->project, b->kind);

	for (uint32_t i = 0; i < count; i++) {
		const struct record *record = project_at(b->project, b->kind, i);

		for (uint32_t k = 0; k < record->entry_count; k++) {
			if (record->entries[k].field == buffer)
				add_buffer(b, i, &record->entries[k]);
			else if (record->entries[k].field == recurring && !b->plain)
				add_occurrences(b, i, &record->entries[k]);
		}
	}
	keep(b);
}

/* The leaf below a task that decides its finish. */
static uint32_t last_leaf(const struct plan *plan, uint32_t task)
{
	while (plan_is_summary(plan, task)) {
		uint32_t last = PLAN_NO_TASK;

		for (uint32_t c = task + 1; c < plan->subtree_end[task]; c = plan->subtree_end[c])
			if (!(plan->flags[c] & PLAN_CANCELLED) &&
				(last == PLAN_NO_TASK || plan->early_finish[c] > plan->early_finish[last]))
				last = c;
		if (last == PLAN_NO_TASK)
			return task;
		task = last;
	}
	return task;
}

/* Does the link leave its successor no working time? */
static bool drives(const struct plan *plan, const struct plan_link *link, uint32_t task)
{
	bool to_finish = link->type == LINK_FF || link->type == LINK_SF;
	bool from_start = link->type == LINK_SS || link->type == LINK_SF;
	moment_t m = link_forward(plan, link, from_start ? plan->early_start[link->from] : plan->early_finish[link->from]);

	return calendar_between(plan_work_calendar(plan, task), m, to_finish ? plan->early_finish[task] :
									       plan->early_start[task]) <= 0;
}

/* The task before `task` on the chain that decides its dates, inside [low, high); PLAN_NO_TASK: the chain begins here. */
static uint32_t before_on_chain(const struct plan *plan, uint32_t task, uint32_t low, uint32_t high)
{
	for (uint32_t at = task; at != PLAN_NO_TASK && at >= low && at < high; at = plan->parent[at])
		for (uint32_t k = plan->links_in[at]; k < plan->links_in[at + 1]; k++) {
			const struct plan_link *link = &plan->links[k];
			bool from_start = link->type == LINK_SS || link->type == LINK_SF;

			if (link->from < low || link->from >= high || !drives(plan, link, task))
				continue;
			return from_start && plan_is_summary(plan, link->from) ? plan->network->first[link->from] :
										 last_leaf(plan, link->from);
		}
	return PLAN_NO_TASK;
}

int64_t plan_buffer_length(const struct plan *plan, uint32_t buffer)
{
	const struct plan_synthetic *s = plan_synthetic(plan, buffer);
	uint32_t low = s->before ? 0 : plan->parent[buffer] + 1, high = s->before ? plan->task_count : buffer;
	uint32_t last = PLAN_NO_TASK, head;
	int64_t length, buffers = 0;

	for (uint32_t k = plan->links_in[buffer]; k < plan->links_in[buffer + 1]; k++)
		if (last == PLAN_NO_TASK || plan->early_finish[plan->links[k].from] > plan->early_finish[last])
			last = plan->links[k].from;
	if (last == PLAN_NO_TASK)
		return 0;
	last = head = last_leaf(plan, last);
	for (uint32_t before = head; before != PLAN_NO_TASK; before = before_on_chain(plan, head, low, high)) {
		head = before;
		if (plan->flags[head] & PLAN_BUFFER)
			buffers += plan->duration[head];
	}
	length = calendar_between(plan->task_calendar[buffer], plan->early_start[head], plan->early_finish[last]) - buffers;
	return decimal_scale(length > 0 ? length : 0, s->share, 10000);
}

struct slice plan_id(const struct plan *plan, uint32_t task)
{
	const struct plan_synthetic *s = plan_synthetic(plan, task);

	return s ? s->id : plan->records[task]->id;
}

struct slice plan_title(const struct plan *plan, uint32_t task)
{
	const struct plan_synthetic *s = plan_synthetic(plan, task);

	return s ? s->title : record_title(plan->records[task]);
}

uint32_t plan_written(const struct plan *plan)
{
	return plan->task_count - (uint32_t)plan->network->synthetic_count;
}

uint32_t plan_owner(const struct plan *plan, uint32_t task)
{
	const struct plan_synthetic *s = plan_synthetic(plan, task);

	return s ? plan->network->task_of[s->owner] : task;
}

uint32_t plan_find(const struct plan *plan, struct slice id)
{
	const struct plan_network *n = plan->network;
	const struct record *record;

	if (slice_find(id, '#') < id.len) {
		for (uint32_t i = 0; i < n->synthetic_count; i++)
			if (slice_equal(n->synthetic[i].id, id))
				return n->synthetic[i].task;
		return PLAN_NO_TASK;
	}
	record = project_find(plan->project, kind_find(slice_of("task")), id);
	return record ? plan_task(plan, record) : PLAN_NO_TASK;
}
