#include "report/critical.h"

#include "base/alloc.h"

#include <stdlib.h>
#include <string.h>

enum { NODES_MOST = 400, CAUSES_SHOWN = 20 };

struct builder {
	const struct critical_request *request;
	const struct plan *plan;
	struct doc *doc;
	struct plan_paths paths;
};

/* --- cells --- */

/* Working time since the project's start as days. */
static struct cell day_cell(const struct builder *b, moment_t moment, bool start)
{
	const struct plan *plan = b->plan;
	int64_t minutes = calendar_between(plan->calendar, plan->project_start, moment);
	decimal_t days = decimal_scale(minutes * DECIMAL_ONE, 1, plan->project->units.minutes_per_day);

	return cell_number(days + (start && b->request->days == DAYS_FROM_1 ? DECIMAL_ONE : 0));
}

static struct cell date_cell(const struct builder *b, moment_t start, moment_t finish, bool is_start)
{
	struct cell cell;

	if (b->request->days != DAYS_DATES) /* what has no length is at the end of its day */
		return day_cell(b, is_start ? start : finish, is_start && finish > start);
	cell = is_start ? cell_moment(start) : cell_end(start, finish);
	if (is_start)
		cell.type = CELL_START;
	return cell;
}

static struct cell float_cell(int64_t minutes)
{
	return cell_toned(minutes < 0 ? TONE_BAD : TONE_NONE, cell_duration(minutes));
}

static struct cell duration_cell(const struct plan *plan, uint32_t task)
{
	struct cell cell = cell_duration(plan->duration[task]);

	cell.elapsed = plan->flags[task] & PLAN_ELAPSED;
	return cell;
}

/* "FS+2d" */
static struct cell link_cell(const struct builder *b, uint32_t index)
{
	static const char *const names[] = { "FS", "SS", "FF", "SF" };
	const struct plan_link *link;
	struct strbuf text;
	struct cell cell;

	if (index == PLAN_NO_LINK)
		return cell_none();
	link = &b->plan->links[index];
	strbuf_init(&text);
	strbuf_add_str(&text, names[link->type]);
	if (link->lag != 0) {
		strbuf_add_str(&text, link->lag > 0 ? "+" : "");
		duration_print(link->lag, link->elapsed, &b->plan->project->units, &text);
	}
	cell = cell_text(&b->doc->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return cell;
}

/* --- tables --- */

static void add_task_columns(const struct builder *b, struct table *table)
{
	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "duration", N_("duration"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "early_start", "ES", b->request->days ? ALIGN_RIGHT : ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "early_finish", "EF", b->request->days ? ALIGN_RIGHT : ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "late_start", "LS", b->request->days ? ALIGN_RIGHT : ALIGN_LEFT,
		b->request->all ? PRIORITY_HIGH : PRIORITY_LOW);
	table_column(table, "late_finish", "LF", b->request->days ? ALIGN_RIGHT : ALIGN_LEFT,
		b->request->all ? PRIORITY_HIGH : PRIORITY_LOW);
	table_column(table, "total_float", "TF", ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "free_float", "FF", ALIGN_RIGHT, b->request->all ? PRIORITY_HIGH : PRIORITY_LOW);
	table_column(table, "drag", N_("drag"), ALIGN_RIGHT, PRIORITY_HIGH);
}

enum { TASK_COLUMNS = 11 };

static struct row *add_task_row(const struct builder *b, struct table *table, uint32_t task)
{
	const struct plan *plan = b->plan;
	struct row *row = table_row(table);
	struct cell *c = row->cells;

	c[0] = cell_word(&b->doc->arena, slice_of("task"));
	c[1] = cell_ref(&b->doc->arena, plan_id(plan, task), slice_of(""));
	c[2] = cell_text(&b->doc->arena, plan_title(plan, task));
	c[3] = duration_cell(plan, task);
	c[4] = date_cell(b, plan->early_start[task], plan->early_finish[task], true);
	c[5] = date_cell(b, plan->early_start[task], plan->early_finish[task], false);
	c[6] = date_cell(b, plan->late_start[task], plan->late_finish[task], true);
	c[7] = date_cell(b, plan->late_start[task], plan->late_finish[task], false);
	c[8] = float_cell(plan->total_float[task]);
	c[9] = cell_duration(plan->free_float[task]);
	c[10] = plan->drag[task] > 0 ? cell_duration(plan->drag[task]) : b->request->data ? cell_duration(0) : cell_none();
	return row;
}

static void add_step_columns(const struct builder *b, struct table *table)
{
	add_task_columns(b, table);
	table_column(table, "link", N_("link"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "slack", N_("slack"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "path", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	table_column(table, "path_float", NULL, ALIGN_RIGHT, PRIORITY_DATA);
}

static void add_steps(const struct builder *b, struct table *table, size_t number)
{
	const struct plan_path *path = &b->paths.items[number];

	for (size_t i = 0; i < path->count; i++) {
		const struct plan_step *step = &path->steps[i];
		struct cell *c = add_task_row(b, table, step->task)->cells + TASK_COLUMNS;

		c[0] = link_cell(b, step->link);
		if (i > 0)
			c[1] = cell_duration(step->slack);
		if (!b->request->data)
			continue;
		c[2] = cell_integer((int64_t)number + 1);
		c[3] = cell_duration(path->path_float);
	}
}

/* What the path itself takes: its span less what its steps could give, so that a path with float is as much shorter. */
static int64_t path_length(const struct plan *plan, const struct plan_path *path)
{
	int64_t length = calendar_between(plan->calendar, plan->early_start[path->steps[0].task],
		plan->early_finish[path->steps[path->count - 1].task]);

	for (size_t i = 1; i < path->count; i++)
		length -= path->steps[i].slack;
	return length > 0 ? length : 0;
}

static void add_path(const struct builder *b, size_t number)
{
	const struct plan_path *path = &b->paths.items[number];
	const struct cell words[] = { cell_integer((int64_t)number + 1), cell_duration(path_length(b->plan, path)),
		cell_duration(path->path_float) };
	struct table *table;

	doc_heading(b->doc, 2, cell_message_of(&b->doc->arena, N_("Path %s: %s long, float %s"), words, ARRAY_SIZE(words)));
	table = doc_table(b->doc, "records", NULL);
	add_step_columns(b, table);
	add_steps(b, table, number);
}

static void add_paths(const struct builder *b)
{
	struct table *table;

	if (b->paths.count == 0 || b->request->data) {
		table = doc_table(b->doc, "records", NULL);
		table->empty = N_("no path: nothing is left to do");
		add_step_columns(b, table);
		for (size_t i = 0; i < b->paths.count; i++)
			add_steps(b, table, i);
		return;
	}
	for (size_t i = 0; i < b->paths.count; i++)
		add_path(b, i);
}

static bool is_listed(const struct plan *plan, uint32_t task)
{
	return !(plan->flags[task] & (PLAN_SUMMARY | PLAN_CANCELLED));
}

static void add_all(const struct builder *b)
{
	struct table *table = doc_table(b->doc, "records", NULL);

	table->empty = N_("no tasks");
	add_task_columns(b, table);
	for (uint32_t t = 0; t < b->plan->task_count; t++)
		if (is_listed(b->plan, t)) {
			struct row *row = add_task_row(b, table, t);

			if (b->plan->flags[t] & PLAN_CRITICAL)
				row->tone = TONE_STRONG;
		}
}

/* --- the network as a figure --- */

struct picture {
	const struct builder *b;
	struct figure *figure;
	uint32_t *node; /* by task: index + 1 */
};

static size_t node_of(struct picture *p, uint32_t task)
{
	const struct plan *plan = p->b->plan;
	struct network_node *node;

	if (p->node[task])
		return p->node[task] - 1;
	node = vec_push(&p->figure->nodes);
	*node = (struct network_node){ plan_id(plan, task), plan_title(plan, task), plan->early_start[task], plan->early_finish[task],
		plan->late_start[task], plan->late_finish[task], plan->total_float[task], plan->free_float[task],
		plan->duration[task], plan->flags[task] & PLAN_CRITICAL };
	node->id = arena_slice(&p->b->doc->arena, node->id);
	node->title = arena_slice(&p->b->doc->arena, node->title);
	p->node[task] = (uint32_t)p->figure->nodes.len;
	return p->figure->nodes.len - 1;
}

static void add_arrow(struct picture *p, uint32_t from, uint32_t to, uint32_t link, bool critical)
{
	const struct plan_link *l = link == PLAN_NO_LINK ? NULL : &p->b->plan->links[link];
	struct network_link arrow = { .from = node_of(p, from), .to = node_of(p, to), .type = l ? (enum link_type)l->type : LINK_FS,
		.lag = l ? l->lag : 0, .critical = critical };
	struct network_link *arrows = p->figure->network_links.items;

	for (size_t i = p->figure->network_links.len; i-- > 0;)
		if (arrows[i].from == arrow.from && arrows[i].to == arrow.to && arrows[i].type == arrow.type) {
			arrows[i].critical |= critical;
			return;
		}
	vec_append(&p->figure->network_links, &arrow);
}

static void draw_paths(struct picture *p)
{
	const struct plan_paths *paths = &p->b->paths;

	for (size_t i = 0; i < paths->count && p->figure->nodes.len < NODES_MOST; i++)
		for (size_t s = 0; s < paths->items[i].count; s++) {
			const struct plan_step *step = &paths->items[i].steps[s];

			node_of(p, step->task);
			if (s > 0)
				add_arrow(p, step[-1].task, step->task, step->link, paths->items[i].path_float <= 0);
		}
}

/* Parents are no boxes: a link to or from one is that of the leaves that make its start or finish, which paths show. */
static void draw_all(struct picture *p)
{
	const struct plan *plan = p->b->plan;

	for (uint32_t t = 0; t < plan->task_count && p->figure->nodes.len < NODES_MOST; t++)
		if (is_listed(plan, t))
			node_of(p, t);
	for (uint32_t k = 0; k < plan->link_count; k++) {
		const struct plan_link *link = &plan->links[k];

		if (p->node[link->from] && p->node[link->to])
			add_arrow(p, link->from, link->to, k,
				(plan->flags[link->from] & PLAN_CRITICAL) && (plan->flags[link->to] & PLAN_CRITICAL));
	}
}

static void add_picture(const struct builder *b)
{
	struct picture p = { .b = b };

	p.figure = doc_figure(b->doc, FIGURE_NETWORK, "network", N_("Network"));
	p.figure->description = N_("Tasks as boxes with early and late dates and floats, links as arrows");
	p.node = xcalloc((size_t)b->plan->task_count + 1, sizeof(*p.node));
	if (b->request->all)
		draw_all(&p);
	else
		draw_paths(&p);
	free(p.node);
}

/* --- what makes float negative --- */

struct cause {
	uint32_t by;
	const char *field;
	uint32_t tasks;
	int64_t worst;
};

static void count_cause(struct vec *causes, uint32_t by, const char *field, int64_t total_float)
{
	struct cause *items = causes->items, made = { by, field, 1, total_float };

	for (size_t i = 0; i < causes->len; i++)
		if (items[i].by == by && strcmp(items[i].field, field) == 0) {
			items[i].tasks++;
			if (total_float < items[i].worst)
				items[i].worst = total_float;
			return;
		}
	vec_append(causes, &made);
}

static int by_worst(const void *a, const void *b, void *context)
{
	const struct cause *x = a, *y = b;

	(void)context;
	return x->worst != y->worst ? (x->worst < y->worst ? -1 : 1) : (x->by > y->by) - (x->by < y->by);
}

static void add_cause_row(const struct builder *b, struct table *table, const struct cause *cause)
{
	struct cell *c = table_row(table)->cells;
	const struct plan *plan = b->plan;

	c[0] = cell_word(&b->doc->arena, slice_of(cause->field));
	if (cause->by != PLAN_NO_TASK) {
		c[1] = cell_ref(&b->doc->arena, plan_id(plan, cause->by), slice_of(""));
		c[2] = cell_text(&b->doc->arena, plan_title(plan, cause->by));
	} else {
		c[2] = cell_text(&b->doc->arena, project_setting(plan->project, "name"));
	}
	c[3] = float_cell(cause->worst);
	c[4] = cell_integer(cause->tasks);
}

static void add_causes(const struct builder *b)
{
	const struct plan *plan = b->plan;
	struct table *table;
	struct vec causes;

	vec_init(&causes, sizeof(struct cause));
	for (uint32_t t = 0; t < plan->task_count; t++) {
		const char *field = NULL;
		uint32_t by = plan->total_float[t] < 0 && is_listed(plan, t) ? plan_late_cause(plan, t, &field) : PLAN_NO_TASK;

		if (field)
			count_cause(&causes, by, field, plan->total_float[t]);
	}
	vec_sort(&causes, by_worst, NULL);
	if (causes.len > 0) {
		if (!b->request->data)
			doc_heading(b->doc, 2, cell_message(N_("What makes float negative")));
		table = doc_table(b->doc, "causes", NULL);
		table_column(table, "constraint", N_("constraint"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "of", N_("of"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
		table_column(table, "total_float", N_("worst float"), ALIGN_RIGHT, PRIORITY_MUST);
		table_column(table, "tasks", N_("tasks"), ALIGN_RIGHT, PRIORITY_HIGH);
		for (size_t i = 0; i < causes.len && (i < CAUSES_SHOWN || b->request->data); i++)
			add_cause_row(b, table, (struct cause *)causes.items + i);
	}
	vec_release(&causes);
}

/* --- the whole --- */

static void add_summary(const struct builder *b)
{
	const struct plan *plan = b->plan;
	uint32_t to = b->request->paths.to;
	struct block *summary = doc_pairs(b->doc, "summary");
	moment_t start = calendar_next_working(plan->calendar, plan->project_start);

	pairs_add(b->doc, summary, "start", N_("start"), date_cell(b, start, start + 1, true));
	if (to != PLAN_NO_TASK)
		pairs_add(b->doc, summary, "to", N_("leading to"), cell_ref(&b->doc->arena, plan_id(plan, to), plan_title(plan, to)));
	pairs_add(b->doc, summary, "finish", N_("finish"), date_cell(b, start,
		to != PLAN_NO_TASK ? plan->early_finish[to] : plan->network_finish, false));
	if (!b->request->all)
		pairs_add(b->doc, summary, "paths", N_("paths"), cell_integer((int64_t)b->paths.count));
}

void critical_build(struct doc *doc, const struct critical_request *request)
{
	struct builder b = { .request = request, .plan = request->plan, .doc = doc };

	plan_find_drag(request->plan);
	plan_paths_find(&b.paths, b.plan, &request->paths);
	add_summary(&b);
	if (request->all)
		add_all(&b);
	else
		add_paths(&b);
	add_causes(&b);
	if (request->picture)
		add_picture(&b);
	plan_paths_release(&b.paths);
}
