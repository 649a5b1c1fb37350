#include "plan/compare.h"

#include "base/alloc.h"
#include "model/header.h"

static void begin(struct snapshot *s, size_t room)
{
	*s = (struct snapshot){ .start = MOMENT_NONE, .finish = MOMENT_NONE };
	arena_init(&s->arena);
	map_init(&s->by_id);
	map_reserve(&s->by_id, room);
	s->tasks = arena_calloc(&s->arena, room + 1, sizeof(*s->tasks));
}

static struct snapshot_task *add(struct snapshot *s, struct slice folded)
{
	struct snapshot_task *task = &s->tasks[s->count++];

	map_add(&s->by_id, folded, s->count, NULL);
	return task;
}

static unsigned flags_of(const struct plan *plan, uint32_t task)
{
	static const struct {
		unsigned plan, snapshot;
	} same[] = { { PLAN_SUMMARY, SNAPSHOT_SUMMARY }, { PLAN_MILESTONE, SNAPSHOT_MILESTONE },
		{ PLAN_CRITICAL, SNAPSHOT_CRITICAL }, { PLAN_CANCELLED, SNAPSHOT_CANCELLED },
		{ PLAN_BUFFER, SNAPSHOT_SYNTHETIC }, { PLAN_OCCURRENCE, SNAPSHOT_SYNTHETIC } };
	unsigned flags = 0;

	for (size_t i = 0; i < ARRAY_SIZE(same); i++)
		flags |= plan->flags[task] & same[i].plan ? same[i].snapshot : 0;
	return flags;
}

void snapshot_of_plan(struct snapshot *s, const struct plan *plan, const struct plan_costs *costs)
{
	begin(s, plan->task_count);
	s->knows_path = s->knows_cost = true;
	s->finish = plan->task_count ? plan->project_finish : MOMENT_NONE;
	s->cost = costs->total;
	for (uint32_t i = 0; i < plan->task_count; i++) {
		struct slice id = plan_id(plan, i);
		struct snapshot_task *task = add(s, id_fold(id, &s->arena));

		*task = (struct snapshot_task){ id, plan_title(plan, i), plan->start[i], plan->finish[i],
			plan->flags[i] & PLAN_SUMMARY ? 0 : plan->effort[i], plan_own_cost(costs, plan, i), flags_of(plan, i) };
		s->effort += task->effort;
		s->written += !(task->flags & SNAPSHOT_SYNTHETIC);
		s->critical += (task->flags & (SNAPSHOT_CRITICAL | SNAPSHOT_SUMMARY | SNAPSHOT_CANCELLED)) == SNAPSHOT_CRITICAL;
		if (s->start == MOMENT_NONE || (task->start != MOMENT_NONE && task->start < s->start))
			s->start = task->start;
	}
}

/* Ids of all tasks that are some other task's parent. */
static void find_parents(const struct project *project, struct map *parents)
{
	const struct kind *kind = kind_find(slice_of("task"));
	struct record *record;
	struct slice id;

	FOREACH_RECORD(project, kind, record) {
		struct record *parent = record_text(record, "parent", &id) ? project_find(project, kind, slice_trim(id)) : NULL;

		if (parent)
			map_put(parents, parent->folded, 1);
	}
}

static unsigned record_flags(const struct record *record, const struct map *parents)
{
	unsigned flags = map_get(parents, record->folded, NULL) ? SNAPSHOT_SUMMARY : 0;

	return flags | (slice_is(record_text_or(record, "milestone"), "yes") ? SNAPSHOT_MILESTONE : 0);
}

void snapshot_of_baseline(struct snapshot *s, const struct baseline *baseline)
{
	const struct kind *kind = kind_find(slice_of("task"));
	struct map parents;

	begin(s, baseline->count);
	map_init(&parents);
	find_parents(baseline->project, &parents);
	s->start = baseline->start;
	s->finish = baseline->finish;
	for (size_t i = 0; i < baseline->count; i++) {
		const struct baseline_line *line = &baseline->lines[i];
		const struct record *record = project_find(baseline->project, kind, line->id);
		decimal_t cost = line->cost == DECIMAL_NONE ? 0 : line->cost;
		struct snapshot_task *task;

		if (!baseline_line_planned(line))
			continue;
		task = add(s, id_fold(line->id, &s->arena));
		*task = (struct snapshot_task){ line->id, record ? record_title(record) : slice_of(""), line->start, line->finish,
			line->effort, cost, record ? record_flags(record, &parents) : 0 };
		if (slice_find(line->id, '#') < line->id.len)
			task->flags |= SNAPSHOT_SYNTHETIC;
		s->written += !(task->flags & SNAPSHOT_SYNTHETIC);
		s->effort += line->effort;
		s->knows_cost |= line->cost != DECIMAL_NONE;
		decimal_add(s->cost, cost, &s->cost);
	}
	if (!s->knows_cost)
		s->cost = baseline->cost;
	map_release(&parents);
}

void snapshot_release(struct snapshot *s)
{
	map_release(&s->by_id);
	arena_release(&s->arena);
	*s = (struct snapshot){ .count = 0 };
}

const struct snapshot_task *snapshot_find(const struct snapshot *s, struct slice id)
{
	struct arena arena;
	uintptr_t at = 0;

	arena_init(&arena);
	map_get(&s->by_id, id_fold(id, &arena), &at);
	arena_release(&arena);
	return at ? &s->tasks[at - 1] : NULL;
}

static const struct calendar *calendar_of(const struct plan *plan, struct slice id)
{
	uint32_t task = plan_find(plan, id);

	return task == PLAN_NO_TASK ? plan->calendar : plan->task_calendar[task];
}

static int64_t between(const struct calendar *calendar, moment_t before, moment_t after)
{
	return before == MOMENT_NONE || after == MOMENT_NONE ? 0 : calendar_between(calendar, before, after);
}

int64_t comparison_slip(const struct plan *plan, struct slice id, moment_t before, moment_t after)
{
	return between(calendar_of(plan, id), before, after);
}

static bool differs(const struct task_change *c, bool costs)
{
	return !c->before || !c->after || c->moved || c->entered || c->left || c->before->effort != c->after->effort ||
		(costs && c->before->cost != c->after->cost);
}

static void compare_dates(struct task_change *c, const struct plan *plan)
{
	const struct calendar *calendar = calendar_of(plan, c->after->id);

	c->start_slip = between(calendar, c->before->start, c->after->start);
	c->finish_slip = between(calendar, c->before->finish, c->after->finish);
	c->moved = c->start_slip || c->finish_slip;
}

static void count_change(struct comparison *comparison, const struct task_change *c)
{
	unsigned flags = c->after ? c->after->flags : c->before->flags;

	if (flags & SNAPSHOT_SUMMARY)
		return;
	comparison->added += !c->before && !(flags & SNAPSHOT_SYNTHETIC);
	comparison->removed += !c->after && !(flags & SNAPSHOT_SYNTHETIC);
	comparison->later += c->finish_slip > 0;
	comparison->earlier += c->finish_slip < 0;
	comparison->entered += c->entered;
	comparison->left += c->left;
}

static void add_change(struct comparison *comparison, struct task_change *c, const struct plan *plan)
{
	bool paths = comparison->before->knows_path && comparison->after->knows_path;
	bool then = paths && c->before && (c->before->flags & SNAPSHOT_CRITICAL);
	bool now = paths && c->after && (c->after->flags & SNAPSHOT_CRITICAL);

	if (c->before && c->after)
		compare_dates(c, plan);
	c->entered = now && !then;
	c->left = then && !now;
	if (!differs(c, comparison->before->knows_cost && comparison->after->knows_cost))
		return;
	count_change(comparison, c);
	vec_append(&comparison->tasks, c);
}

void comparison_init(struct comparison *comparison, const struct snapshot *before, const struct snapshot *after, const struct plan *plan)
{
	*comparison = (struct comparison){ .before = before, .after = after };
	vec_init(&comparison->tasks, sizeof(struct task_change));
	for (uint32_t i = 0; i < after->count; i++)
		add_change(comparison, &(struct task_change){ .after = &after->tasks[i],
			.before = snapshot_find(before, after->tasks[i].id) }, plan);
	for (uint32_t i = 0; i < before->count; i++)
		if (!snapshot_find(after, before->tasks[i].id))
			add_change(comparison, &(struct task_change){ .before = &before->tasks[i] }, plan);
	comparison->finish_slip = between(plan->calendar, before->finish, after->finish);
}

void comparison_release(struct comparison *comparison)
{
	vec_release(&comparison->tasks);
}

bool comparison_is_empty(const struct comparison *comparison)
{
	return comparison->tasks.len == 0 && comparison->finish_slip == 0;
}
