/*
 * What people are to work, period by period, and where it is more than they have.
 *
 * Idea: the working minutes of each use, cut at the borders of periods. Overload is looked for from one beginning or end of a
 * use to the next, where nothing changes but the hours of different calendars: there, minute by minute.
 * Cost: O(uses × periods they span + uses × uses at one time).
 */
#include "plan/workload.h"

#include "plan/level.h"

struct counting {
	struct workload *out;
	struct plan *plan;
	struct vec uses; /* struct plan_use, of wanted resources, by resource */
	uint32_t *place; /* by resource: 1 + place in out->resources */
	const struct plan_resource *all;
	uint32_t count;
};

static int by_resource(const void *a, const void *b, void *context)
{
	const struct plan_use *x = a, *y = b;

	(void)context;
	if (x->resource != y->resource)
		return x->resource < y->resource ? -1 : 1;
	return (x->start > y->start) - (x->start < y->start);
}

static date_t period_start(date_t day, enum workload_period period)
{
	struct civil civil = civil_from_date(day);

	if (period == WORKLOAD_WEEK)
		return day - (date_weekday(day) - 1);
	if (period == WORKLOAD_DAY)
		return day;
	return date_from_civil(civil.year, civil.month, 1);
}

static date_t period_next(date_t start, enum workload_period period)
{
	return period == WORKLOAD_DAY ? start + 1 : period == WORKLOAD_WEEK ? start + 7 : period_start(start + 31, period);
}

static void lay_out(struct counting *c, enum workload_period period)
{
	const struct plan_use *uses = c->uses.items;
	moment_t first = MOMENT_NONE, last = MOMENT_NONE;
	date_t day;

	for (size_t i = 0; i < c->uses.len; i++) {
		first = first == MOMENT_NONE || uses[i].start < first ? uses[i].start : first;
		last = last == MOMENT_NONE || uses[i].finish > last ? uses[i].finish : last;
		if (!c->place[uses[i].resource]) {
			vec_append(&c->out->resources, &uses[i].resource);
			c->place[uses[i].resource] = (uint32_t)c->out->resources.len;
		}
	}
	if (first == MOMENT_NONE)
		return;
	for (day = period_start(moment_date(first), period); moment_from_date(day) < last; day = period_next(day, period))
		vec_append(&c->out->periods, &day);
	vec_append(&c->out->periods, &day);
}

static moment_t clamp(moment_t m, moment_t low, moment_t high)
{
	return m < low ? low : m > high ? high : m;
}

/* The period in which a day lies. */
static size_t period_of(const struct workload *w, date_t day)
{
	const date_t *starts = w->periods.items;
	size_t low = 0, high = w->periods.len - 1;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (starts[middle] <= day)
			low = middle;
		else
			high = middle;
	}
	return low;
}

static void count_use(struct counting *c, const struct plan_use *use)
{
	struct workload *w = c->out;
	const date_t *starts = w->periods.items;
	size_t periods = workload_periods(w), row = c->place[use->resource] - 1;

	for (size_t p = period_of(w, moment_date(use->start)); p < periods && moment_from_date(starts[p]) < use->finish; p++) {
		moment_t from = clamp(moment_from_date(starts[p]), use->start, use->finish);
		moment_t to = clamp(moment_from_date(starts[p + 1]), use->start, use->finish);

		w->work[row * periods + p] += calendar_between(use->calendar, from, to) * use->share / LEVEL_UNIT;
	}
}

static void count_available(struct counting *c)
{
	struct workload *w = c->out;
	const date_t *starts = w->periods.items;
	size_t periods = workload_periods(w);

	for (size_t r = 0; r < w->resources.len; r++)
		for (size_t p = 0; p < periods; p++) {
			const struct plan_resource *resource = &c->all[*(uint32_t *)vec_at(&w->resources, r)];

			w->available[r * periods + p] = plan_capacity_between(resource, moment_from_date(starts[p]),
				moment_from_date(starts[p + 1]));
		}
}

/* What is wanted of a resource in [from, to), in which nothing begins or ends, at the worst minute. */
static int64_t wanted_between(const struct plan_use *uses, size_t count, moment_t from, moment_t to)
{
	int64_t sum = 0, worst = 0;
	bool alike = true;

	for (size_t i = 0; i < count; i++)
		if (uses[i].start < to && uses[i].finish > from && calendar_between(uses[i].calendar, from, to) > 0) {
			sum += uses[i].share;
			alike &= uses[i].calendar == uses[0].calendar;
		}
	if (alike)
		return sum;
	for (moment_t m = from; m < to && m < from + 100 * MINUTES_PER_DAY; m++) {
		int64_t now = 0;

		for (size_t i = 0; i < count; i++)
			if (uses[i].start <= m && uses[i].finish > m && calendar_is_working(uses[i].calendar, m))
				now += uses[i].share;
		worst = now > worst ? now : worst;
	}
	return worst;
}

static int by_moment(const void *a, const void *b, void *context)
{
	moment_t x = *(const moment_t *)a, y = *(const moment_t *)b;

	(void)context;
	return (x > y) - (x < y);
}

static bool lists(const struct vec *tasks, uint32_t from, uint32_t task)
{
	for (size_t i = from; i < tasks->len; i++)
		if (*(uint32_t *)vec_at(tasks, i) == task)
			return true;
	return false;
}

static void note_overload(struct counting *c, const struct plan_use *uses, size_t count, moment_t from, moment_t to,
	int64_t peak)
{
	struct workload *w = c->out;
	int64_t capacity = plan_capacity_at(&c->all[uses[0].resource], from);
	struct overload *last = w->overloads.len ? vec_at(&w->overloads, w->overloads.len - 1) : NULL;

	if (!last || last->resource != uses[0].resource || calendar_between(c->all[uses[0].resource].calendar, last->to, from) > 0) {
		last = vec_push(&w->overloads);
		*last = (struct overload){ uses[0].resource, from, to, peak, capacity, (uint32_t)w->tasks.len, 0 };
	}
	last->to = to;
	if (peak - capacity > last->peak - last->capacity) {
		last->peak = peak;
		last->capacity = capacity;
	}
	for (size_t i = 0; i < count; i++)
		if (uses[i].start < to && uses[i].finish > from && !lists(&w->tasks, last->first_task, uses[i].task))
			vec_append(&w->tasks, &uses[i].task);
	last->task_count = (uint32_t)w->tasks.len - last->first_task;
}

/* One resource's uses, by start: from one beginning or end to the next. */
static void find_overloads(struct counting *c, const struct plan_use *uses, size_t count)
{
	const struct plan_resource *resource = &c->all[uses[0].resource];
	struct vec cuts;
	const moment_t *at;
	size_t first = 0;

	vec_init(&cuts, sizeof(moment_t));
	for (size_t i = 0; i < count; i++) {
		vec_append(&cuts, &uses[i].start);
		vec_append(&cuts, &uses[i].finish);
	}
	for (uint32_t i = 0; i < resource->step_count; i++)
		vec_append(&cuts, &resource->steps[i].from);
	vec_sort(&cuts, by_moment, NULL);
	at = cuts.items;
	for (size_t k = 0; k + 1 < cuts.len; k++) {
		size_t end = first;
		int64_t peak;

		while (first < count && uses[first].finish <= at[k])
			first++; /* those in front are over; later ones may be too, and count for nothing */
		for (end = first; end < count && uses[end].start < at[k + 1];)
			end++;
		if (at[k] == at[k + 1] || end == first)
			continue;
		peak = wanted_between(uses + first, end - first, at[k], at[k + 1]);
		if (peak > plan_capacity_at(resource, at[k]))
			note_overload(c, uses + first, end - first, at[k], at[k + 1], peak);
	}
	vec_release(&cuts);
}

static void keep_wanted(struct counting *c, const bool *wanted)
{
	struct plan_use *uses = c->uses.items;
	size_t kept = 0;

	for (size_t i = 0; i < c->uses.len; i++)
		if ((!wanted || wanted[uses[i].resource]) && uses[i].finish > uses[i].start)
			uses[kept++] = uses[i];
	c->uses.len = kept;
	vec_sort(&c->uses, by_resource, NULL);
}

void workload_init(struct workload *out, struct plan *plan, enum workload_period period, const bool *wanted)
{
	struct counting c = { .out = out, .plan = plan };
	const struct plan_use *uses;
	size_t cells;

	*out = (struct workload){ .work = NULL };
	arena_init(&out->arena);
	vec_init(&out->resources, sizeof(uint32_t));
	vec_init(&out->periods, sizeof(date_t));
	vec_init(&out->overloads, sizeof(struct overload));
	vec_init(&out->tasks, sizeof(uint32_t));
	c.all = plan_resources(plan, &c.count);
	c.place = arena_calloc(&out->arena, (size_t)c.count + 1, sizeof(*c.place));
	plan_uses(plan, &c.uses);
	keep_wanted(&c, wanted);
	lay_out(&c, period);
	cells = out->resources.len * workload_periods(out) + 1;
	out->work = arena_calloc(&out->arena, cells, sizeof(*out->work));
	out->available = arena_calloc(&out->arena, cells, sizeof(*out->available));
	uses = c.uses.items;
	for (size_t i = 0, end; i < c.uses.len; i = end) {
		for (end = i; end < c.uses.len && uses[end].resource == uses[i].resource; end++)
			count_use(&c, &uses[end]);
		find_overloads(&c, &uses[i], end - i);
	}
	count_available(&c);
	vec_release(&c.uses);
}

void workload_release(struct workload *workload)
{
	vec_release(&workload->resources);
	vec_release(&workload->periods);
	vec_release(&workload->overloads);
	vec_release(&workload->tasks);
	arena_release(&workload->arena);
}

size_t workload_periods(const struct workload *workload)
{
	return workload->periods.len > 0 ? workload->periods.len - 1 : 0;
}
