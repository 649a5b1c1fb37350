#include "report/gantt.h"

#include "base/alloc.h"
#include "base/map.h"
#include "plan/level.h"
#include "plan/progress.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_RANGE = 40000 /* days for which non-working days are marked */, NEAR_TODAY = 31 };

struct builder {
	const struct gantt_request *request;
	const struct plan *plan;
	struct doc *doc;
	struct gantt *gantt;
	uint8_t *shown;
	double *progress;
	uint32_t *row_of; /* task → row + 1; 0: not shown */
	struct arena scratch;
};

int gantt_zoom_parse(const char *word)
{
	static const char *const words[] = { "day", "week", "month", "quarter" };
	if (!word || !strcmp(word, "auto"))
		return 0;
	for (size_t i = 0; i < ARRAY_SIZE(words); i++)
		if (!strcmp(word, words[i]) || (word[0] == words[i][0] && !word[1]))
			return words[i][0];
	return -1;
}

/* A deadline that is a date alone is the end of its day. */
static moment_t deadline_of(struct builder *b, uint32_t task)
{
	const struct record *record = b->plan->records[task];
	struct slice text;
	struct value value;
	moment_t moment = MOMENT_NONE;
	if (plan_is_synthetic(b->plan, task) || !record_text(record, "deadline", &text))
		return MOMENT_NONE;
	if (record_value(b->plan->project, record, kind_field_named(record->kind, "deadline"), &b->scratch, &value))
		moment = value.as.when.moment + (value.as.when.has_time ? 0 : MINUTES_PER_DAY);
	arena_reset(&b->scratch);
	return moment;
}

static unsigned row_flags(const struct plan *plan, uint32_t task)
{
	unsigned flags = 0;
	if (plan->flags[task] & PLAN_SUMMARY)
		flags |= GANTT_SUMMARY;
	if (plan->flags[task] & PLAN_MILESTONE)
		flags |= GANTT_MILESTONE;
	if (plan->flags[task] & PLAN_CRITICAL && !(plan->flags[task] & PLAN_FINISHED))
		flags |= GANTT_CRITICAL;
	if (plan->flags[task] & PLAN_BUFFER)
		flags |= GANTT_BUFFER;
	return flags;
}

static struct slice wbs_code(struct builder *b, uint32_t task)
{
	struct strbuf code;
	strbuf_init(&code);
	plan_wbs_code(b->plan, task, &code);
	struct slice copy = arena_slice(&b->doc->arena, strbuf_slice(&code));
	strbuf_release(&code);
	return copy;
}

static void add_part(struct vec *parts, moment_t start, moment_t finish)
{
	if (start < finish)
		vec_append(parts, &(struct gantt_part){ start, finish });
}

/* One stretch of work, less the days on which its `interruptions` say that there is none. */
static void cut_part(struct builder *b, uint32_t task, struct vec *parts, moment_t start, moment_t finish)
{
	const struct record *record = b->plan->records[task];
	const struct calendar *calendar = b->plan->task_calendar[task];
	struct value off;
	if (!plan_is_synthetic(b->plan, task) &&
		record_value(b->plan->project, record, kind_field_named(record->kind, "interruptions"), &b->scratch, &off))
		for (size_t i = 0; i < off.as.dates.count; i++) {
			moment_t from = moment_from_date(off.as.dates.items[i].from), to = moment_from_date(off.as.dates.items[i].to + 1);
			if (from >= finish || to <= start)
				continue;
			moment_t last = calendar_previous_working(calendar, from), next = calendar_next_working(calendar, to);
			add_part(parts, start, last == MOMENT_NONE || last > from ? from : last);
			start = next == MOMENT_NONE ? to : next;
		}
	add_part(parts, start, finish);
}

/* Where levelling or its interruptions broke the task. */
static void fill_parts(struct builder *b, struct gantt_row *row, uint32_t task)
{
	struct vec parts;
	uint32_t count;
	if (row->start == MOMENT_NONE || row->finish == MOMENT_NONE || (row->flags & (GANTT_SUMMARY | GANTT_MILESTONE)))
		return;
	vec_init(&parts, sizeof(struct gantt_part));
	const struct plan_piece *pieces = plan_pieces(b->plan, task, &count);
	for (uint32_t i = 0; i < count; i++)
		cut_part(b, task, &parts, pieces[i].start, pieces[i].finish);
	if (count == 0)
		cut_part(b, task, &parts, row->start, row->finish);
	if (parts.len > 1) {
		row->parts = arena_calloc(&b->doc->arena, parts.len, sizeof(*row->parts));
		memcpy(row->parts, parts.items, parts.len * sizeof(*row->parts));
		row->part_count = parts.len;
	}
	vec_release(&parts);
	arena_reset(&b->scratch);
}

static void fill_row(struct builder *b, struct gantt_row *row, uint32_t task)
{
	const struct plan *plan = b->plan;
	row->id = arena_slice(&b->doc->arena, plan_id(plan, task));
	row->title = arena_slice(&b->doc->arena, plan_title(plan, task));
	row->code = wbs_code(b, task);
	row->flags = row_flags(plan, task);
	row->start = plan->start[task];
	row->finish = plan->finish[task];
	row->late_finish = plan->total_float[task] > 0 && !(plan->flags[task] & PLAN_OCCURRENCE) ? plan->late_finish[task] : MOMENT_NONE;
	const struct snapshot_task *before = b->request->before ? snapshot_find(b->request->before, row->id) : NULL;
	bool frozen = !b->request->before && plan->baseline_start;
	row->baseline_start = before ? before->start : frozen ? plan->baseline_start[task] : MOMENT_NONE;
	row->baseline_finish = before ? before->finish : frozen ? plan->baseline_finish[task] : MOMENT_NONE;
	row->deadline = deadline_of(b, task);
	if (row->baseline_finish != MOMENT_NONE && row->baseline_finish != row->finish)
		row->flags |= GANTT_MOVED;
	row->progress = (int)(b->progress[task] + 0.5);
	if (row->progress == 100 && b->progress[task] < 100)
		row->progress = 99;
	fill_parts(b, row, task);
}

static void add_tree(struct builder *b)
{
	for (uint32_t t = 0; t < b->plan->task_count; t++) {
		if (!b->shown[t])
			continue;
		struct gantt_row *row = vec_push(&b->gantt->rows);
		fill_row(b, row, t);
		row->depth = b->plan->level[t];
		b->row_of[t] = (uint32_t)b->gantt->rows.len;
	}
}

/* --- by person --- */

struct assigned {
	struct slice who;
	uint32_t task;
	size_t order; /* of the person's first task */
};

static void add_one(struct vec *all, struct map *people, struct slice who, uint32_t task)
{
	struct assigned *one;
	uintptr_t order = people->len;

	map_add(people, who, order, &order);
	one = vec_push(all);
	*one = (struct assigned){ who, task, order };
}

/* Is the word among those of a list of references? */
static bool refers_to(struct builder *b, const struct record *record, const char *field, struct slice id)
{
	struct value value;

	if (!record_value(b->plan->project, record, kind_field_named(record->kind, field), &b->scratch, &value))
		return false;
	for (size_t i = 0; i < value.as.list.count; i++)
		if (slice_equal(value.as.list.items[i], id))
			return true;
	return false;
}

/* Under each team that has it as a member; who is in none stands for himself. */
static void add_teams(struct builder *b, struct vec *all, struct map *people, const struct record *who, uint32_t task)
{
	const struct kind *kind = kind_find(slice_of("team"));
	const struct record *team;
	bool found = false;

	FOREACH_RECORD(b->plan->project, kind, team) {
		if (!refers_to(b, team, "members", who->id) && !refers_to(b, who, "team", team->id))
			continue;
		add_one(all, people, team->id, task);
		found = true;
	}
	if (!found)
		add_one(all, people, who->id, task);
}

/* A team or a skill in which nobody is known stands for itself. */
static void add_named(struct builder *b, struct vec *all, struct map *people, uint32_t task)
{
	const struct record *record = b->plan->records[task];
	struct value value;

	if (!record_value(b->plan->project, record, kind_field_named(record->kind, "assign"), &b->doc->arena, &value))
		return;
	for (size_t i = 0; i < value.as.allocations.count; i++)
		if (value.as.allocations.items[i].alternative_count)
			add_one(all, people, value.as.allocations.items[i].alternatives[0], task);
}

/* Those who do it, as levelling chose them. */
static void add_assigned(struct builder *b, struct vec *all, struct map *people, uint32_t task)
{
	uint32_t known, count = plan_people(b->plan, task, NULL, 0);
	const struct plan_resource *resources = plan_resources(b->plan, &known);
	uint32_t *who = arena_calloc(&b->scratch, (size_t)count + 1, sizeof(*who));

	plan_people(b->plan, task, who, count);
	for (uint32_t i = 0; i < count; i++) {
		const struct plan_resource *one = &resources[who[i]];

		if (b->request->by == GANTT_BY_TEAM)
			add_teams(b, all, people, one->record, task);
		else if (b->request->by == GANTT_BY_PERSON || one->type == RESOURCE_EQUIPMENT)
			add_one(all, people, one->record->id, task);
	}
	if (count == 0 && b->request->by != GANTT_BY_EQUIPMENT)
		add_named(b, all, people, task);
}

static int by_order_then_start(const void *a, const void *b, void *context)
{
	const struct assigned *x = a, *y = b;
	const struct plan *plan = context;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	moment_t s = plan->start[x->task], t = plan->start[y->task];
	if (s != t)
		return s < t ? -1 : 1;
	return (x->task > y->task) - (x->task < y->task);
}

/* A heading row that spans the person's tasks; its index, for tasks added later to widen it. */
static size_t add_person(struct builder *b, struct slice who)
{
	struct record *record = project_find_among(b->plan->project, "resource|team", who);
	struct gantt_row *row = vec_push(&b->gantt->rows);
	row->id = arena_slice(&b->doc->arena, who);
	row->title = record ? arena_slice(&b->doc->arena, record_title(record)) : row->id;
	row->flags = GANTT_SUMMARY | GANTT_PERSON;
	row->start = row->finish = row->late_finish = row->deadline = row->baseline_start = row->baseline_finish = MOMENT_NONE;
	return b->gantt->rows.len - 1;
}

/* The meetings of one series that somebody goes to are one row; `at` is the first of them, false when it is a later one. */
static bool fill_series(struct builder *b, struct gantt_row *row, const struct vec *all, size_t at)
{
	const struct assigned *items = all->items;
	uint32_t owner = plan_owner(b->plan, items[at].task), last = PLAN_NO_TASK;
	struct vec parts;
	for (size_t i = at; i-- > 0 && items[i].order == items[at].order;)
		if ((b->plan->flags[items[i].task] & PLAN_OCCURRENCE) && plan_owner(b->plan, items[i].task) == owner)
			return false;
	vec_init(&parts, sizeof(struct gantt_part));
	for (size_t i = at; i < all->len && items[i].order == items[at].order; i++) {
		uint32_t task = items[i].task;
		if (task == last || !(b->plan->flags[task] & PLAN_OCCURRENCE) || plan_owner(b->plan, task) != owner)
			continue;
		add_part(&parts, b->plan->start[task], b->plan->finish[task]);
		last = task;
	}
	fill_row(b, row, owner);
	row->flags &= ~(unsigned)GANTT_SUMMARY;
	row->late_finish = MOMENT_NONE;
	row->start = b->plan->start[items[at].task];
	row->finish = b->plan->finish[last];
	row->part_count = parts.len;
	row->parts = arena_calloc(&b->doc->arena, parts.len + 1, sizeof(*row->parts));
	if (parts.len > 0)
		memcpy(row->parts, parts.items, parts.len * sizeof(*row->parts));
	vec_release(&parts);
	return true;
}

static void add_below(struct builder *b, size_t person, const struct vec *all, size_t at)
{
	uint32_t task = ((const struct assigned *)all->items)[at].task;
	struct gantt_row new = { .depth = 0 }, *row, *head;
	if (!(b->plan->flags[task] & PLAN_OCCURRENCE))
		fill_row(b, &new, task);
	else if (!fill_series(b, &new, all, at))
		return;
	row = vec_push(&b->gantt->rows);
	*row = new;
	head = vec_at(&b->gantt->rows, person);
	row->depth = 1;
	if (head->start == MOMENT_NONE || row->start < head->start)
		head->start = row->start;
	if (head->finish == MOMENT_NONE || row->finish > head->finish)
		head->finish = row->finish;
}

static void add_people(struct builder *b)
{
	struct vec all;
	struct map people;
	vec_init(&all, sizeof(struct assigned));
	map_init(&people);
	for (uint32_t t = 0; t < b->plan->task_count; t++)
		if (b->shown[t] == 1 && !(b->plan->flags[t] & (PLAN_SUMMARY | PLAN_CANCELLED)))
			add_assigned(b, &all, &people, t);
	vec_sort(&all, by_order_then_start, (void *)b->plan);
	const struct assigned *items = all.items;
	size_t person = 0;
	for (size_t i = 0; i < all.len; i++) {
		if (i == 0 || items[i].order != items[i - 1].order)
			person = add_person(b, items[i].who);
		else if (items[i].task == items[i - 1].task) /* two of one team */
			continue;
		add_below(b, person, &all, i);
	}
	map_release(&people);
	vec_release(&all);
}

/* --- links, range, non-working days --- */

static void add_links(struct builder *b)
{
	const struct plan *plan = b->plan;
	for (uint32_t i = 0; i < plan->link_count; i++) {
		const struct plan_link *link = &plan->links[i];
		if (!b->row_of[link->from] || !b->row_of[link->to])
			continue;
		struct gantt_link *out = vec_push(&b->gantt->links);
		out->from = b->row_of[link->from] - 1;
		out->to = b->row_of[link->to] - 1;
		out->type = (enum link_type)link->type;
		out->critical = plan->flags[link->from] & PLAN_CRITICAL && plan->flags[link->to] & PLAN_CRITICAL &&
			plan->reason_link[link->to] == i && !(plan->flags[link->to] & PLAN_FINISHED);
	}
}

static void widen(struct gantt *gantt, moment_t moment)
{
	if (moment == MOMENT_NONE)
		return;
	if (gantt->from == MOMENT_NONE || moment < gantt->from)
		gantt->from = moment;
	if (gantt->to == MOMENT_NONE || moment > gantt->to)
		gantt->to = moment;
}

/* Everything that is drawn, and today when it is near; whole months when long, whole weeks when short. */
static void set_range(struct gantt *gantt)
{
	const struct gantt_row *rows = gantt->rows.items;
	for (size_t i = 0; i < gantt->rows.len; i++) {
		widen(gantt, rows[i].start);
		widen(gantt, rows[i].finish);
		widen(gantt, rows[i].baseline_start);
		widen(gantt, rows[i].baseline_finish);
		widen(gantt, rows[i].deadline);
	}
	moment_t near = (moment_t)NEAR_TODAY * MINUTES_PER_DAY;
	if (gantt->from != MOMENT_NONE && gantt->today != MOMENT_NONE && gantt->today > gantt->from - near &&
		gantt->today < gantt->to + near)
		widen(gantt, gantt->today + MINUTES_PER_DAY);
	if (gantt->from == MOMENT_NONE)
		return;
	date_t from = moment_date(gantt->from), to = moment_date(gantt->to - 1) + 1;
	if (to - from > 75) {
		from -= civil_from_date(from).day - 1;
	} else {
		from -= date_weekday(from) - 1;
		to += 8 - date_weekday(to);
	}
	gantt->from = moment_from_date(from);
	gantt->to = moment_from_date(to);
}

static void set_off_days(struct builder *b)
{
	struct gantt *gantt = b->gantt;
	if (gantt->from == MOMENT_NONE || !b->plan->calendar)
		return;
	date_t from = moment_date(gantt->from), to = moment_date(gantt->to);
	if (to - from > LONGEST_RANGE)
		to = from + LONGEST_RANGE;
	gantt->off_day_count = (size_t)(to - from);
	gantt->off_days = arena_calloc(&b->doc->arena, gantt->off_day_count, 1);
	for (date_t d = from; d < to; d++)
		gantt->off_days[d - from] = calendar_day(b->plan->calendar, d, NULL, NULL) == 0;
}

/* The hours of the first working day, from its first range to its last. */
static void set_hours(struct builder *b)
{
	struct time_range ranges[16];
	struct gantt *gantt = b->gantt;
	moment_t working = gantt->from == MOMENT_NONE ? MOMENT_NONE : calendar_next_working(b->plan->calendar, gantt->from);
	if (working == MOMENT_NONE)
		return;
	size_t count = calendar_day_ranges(b->plan->calendar, moment_date(working), ranges, ARRAY_SIZE(ranges));
	if (!count || count > ARRAY_SIZE(ranges))
		return;
	gantt->day_from = ranges[0].from;
	gantt->day_to = ranges[count - 1].to;
}

struct figure *gantt_build(struct doc *doc, const struct gantt_request *request)
{
	struct figure *figure = doc_figure(doc, FIGURE_GANTT, "gantt", N_("Schedule"));
	struct builder b = { .request = request, .plan = request->plan, .doc = doc, .gantt = &figure->gantt };
	figure->description = N_("Tasks as bars over time, with progress, links, float and milestones");
	figure->gantt.zoom = request->zoom;
	figure->gantt.ghost = request->before ? request->before_label : NULL;
	figure->gantt.today = request->plan->status != MOMENT_NONE ? request->plan->status : request->scope.now;
	arena_init(&b.scratch);
	b.shown = xcalloc(request->plan->task_count, 1);
	b.progress = xcalloc(request->plan->task_count, sizeof(*b.progress));
	b.row_of = xcalloc(request->plan->task_count, sizeof(*b.row_of));
	selection_mark(&request->selection, request->plan, &request->scope, b.shown);
	progress_roll_up(request->plan, b.progress);
	if (request->by != GANTT_BY_TREE)
		add_people(&b);
	else
		add_tree(&b);
	add_links(&b);
	set_range(&figure->gantt);
	set_off_days(&b);
	set_hours(&b);
	free(b.shown);
	free(b.progress);
	free(b.row_of);
	arena_release(&b.scratch);
	return figure;
}
