#include "report/chain.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <math.h>

static struct cell share_cell(double share)
{
	return cell_percent((decimal_t)llround(share * 1000) * (DECIMAL_ONE / 10));
}

static struct cell zone_cell(struct doc *doc, enum chain_zone zone)
{
	static const char *const words[] = { "green", "yellow", "red" };
	static const enum tone tones[] = { TONE_GOOD, TONE_WATCH, TONE_BAD };

	return cell_toned(tones[zone], cell_word(&doc->arena, slice_of(words[zone])));
}

static struct cell task_cell(struct doc *doc, const struct critical_chain *c, uint32_t task)
{
	if (task == PLAN_NO_TASK)
		return cell_none();
	return cell_ref(&doc->arena, plan_id(&c->without, task), slice_of(""));
}

static struct cell point_cell(struct doc *doc, const struct chain_point *point)
{
	static const char *const words[] = { "", N_("optimistic"), N_("likely"), N_("pessimistic") };

	if (point->type == CHAIN_QUANTILE)
		return share_cell(point->p);
	return cell_word(&doc->arena, slice_of(words[point->type]));
}

static struct cell method_cell(struct doc *doc, const struct chain_options *o)
{
	return cell_word(&doc->arena, slice_of(o->method == CHAIN_RSEM ? N_("rsem") : N_("cut")));
}

static void add_summary(struct doc *doc, const struct critical_chain *c)
{
	const struct buffered_chain *critical = &c->chains[0];
	struct block *pairs = doc_pairs(doc, "summary");

	pairs_add(doc, pairs, "length", N_("length of the critical chain"), cell_duration(critical->length));
	pairs_add(doc, pairs, "buffer", N_("project buffer"), cell_duration(critical->buffer));
	pairs_add(doc, pairs, "method", N_("sized by"), method_cell(doc, &c->options));
	if (c->options.method == CHAIN_CUT_AND_PASTE)
		pairs_add(doc, pairs, "share", N_("share of the chain"), share_cell(c->options.share));
	pairs_add(doc, pairs, "aggressive", N_("aggressive estimates"), point_cell(doc, &c->options.aggressive));
	pairs_add(doc, pairs, "safe", N_("safe estimates"), point_cell(doc, &c->options.safe));
	pairs_add(doc, pairs, "safe_finish", N_("finish with safe estimates"), cell_finish(c->safe_finish));
	pairs_add(doc, pairs, "chain_finish", N_("end of the chain"), cell_finish(critical->planned_finish));
	pairs_add(doc, pairs, "buffered_finish", N_("finish with the buffer"), cell_finish(critical->buffered_finish));
	pairs_add(doc, pairs, "projected_finish", N_("end of the chain as it stands"), cell_finish(critical->projected_finish));
	pairs_add(doc, pairs, "completion", N_("chain completed"), share_cell(critical->completion));
	pairs_add(doc, pairs, "consumption", N_("buffer used"), share_cell(critical->consumption));
	pairs_add(doc, pairs, "zone", N_("zone"), zone_cell(doc, critical->zone));
}

/* "T-1 T-4": the tasks of a chain. */
static struct cell members_cell(struct doc *doc, const struct critical_chain *c, const struct buffered_chain *chain)
{
	struct cell *items = arena_calloc(&doc->arena, (size_t)chain->count + 1, sizeof(*items));

	for (uint32_t i = 0; i < chain->count; i++)
		items[i] = task_cell(doc, c, chain->tasks[i].task);
	return cell_list(&doc->arena, items, chain->count);
}

enum buffer_column { BUFFER_TYPE, BUFFER_JOINS, BUFFER_TASKS, BUFFER_LENGTH, BUFFER_SIZE, BUFFER_GAP, BUFFER_CHAIN_FINISH,
	BUFFER_FINISH, BUFFER_PROJECTED, BUFFER_COMPLETION, BUFFER_CONSUMPTION, BUFFER_ZONE };

static void buffer_row(struct doc *doc, const struct critical_chain *c, const struct buffered_chain *chain, struct table *table)
{
	bool feeding = chain->joins != PLAN_NO_TASK;
	struct row *row = table_row(table);
	struct cell *cells = row->cells;

	row->tone = feeding ? TONE_NONE : TONE_STRONG;
	cells[BUFFER_TYPE] = cell_word(&doc->arena, slice_of(feeding ? N_("feeding") : N_("project")));
	cells[BUFFER_JOINS] = task_cell(doc, c, chain->joins);
	cells[BUFFER_TASKS] = members_cell(doc, c, chain);
	cells[BUFFER_LENGTH] = cell_duration(chain->length);
	cells[BUFFER_SIZE] = cell_duration(chain->buffer);
	if (feeding)
		cells[BUFFER_GAP] = cell_toned(chain->gap < chain->buffer ? TONE_WATCH : TONE_NONE, cell_duration(chain->gap));
	cells[BUFFER_CHAIN_FINISH] = cell_finish(chain->planned_finish);
	cells[BUFFER_FINISH] = cell_finish(chain->buffered_finish);
	cells[BUFFER_PROJECTED] = cell_finish(chain->projected_finish);
	cells[BUFFER_COMPLETION] = share_cell(chain->completion);
	cells[BUFFER_CONSUMPTION] = share_cell(chain->consumption);
	cells[BUFFER_ZONE] = zone_cell(doc, chain->zone);
}

static void add_buffers(struct doc *doc, const struct critical_chain *c)
{
	struct table *table = doc_table(doc, "buffers", N_("Buffers"));

	table_column(table, "type", N_("type"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "joins", N_("joins"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "tasks", N_("tasks"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "length", N_("length"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "buffer", N_("buffer"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "gap", N_("room"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "chain_finish", N_("end"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "buffered_finish", N_("with buffer"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "projected_finish", N_("as it stands"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "completion", N_("completed"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "consumption", N_("used"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "zone", N_("zone"), ALIGN_LEFT, PRIORITY_HIGH);
	for (uint32_t i = 0; i < c->chain_count; i++)
		buffer_row(doc, c, &c->chains[i], table);
}

/* --- tasks --- */

static void task_row(struct doc *doc, const struct critical_chain *c, uint32_t chain, uint32_t index, struct table *table,
	bool data)
{
	const struct chain_task *t = &c->chains[chain].tasks[index];
	struct cell *cells = table_row(table)->cells;

	if (data) {
		*cells++ = cell_word(&doc->arena, slice_of("task"));
		*cells++ = cell_integer(chain);
	}
	*cells++ = cell_ref(&doc->arena, plan_id(&c->without, t->task), slice_of(""));
	*cells++ = cell_text(&doc->arena, plan_title(&c->without, t->task));
	*cells++ = index == 0 && !t->by_people ? cell_none() :
						 cell_word(&doc->arena, slice_of(t->by_people ? N_("people") : N_("link")));
	*cells++ = cell_duration(t->aggressive);
	*cells++ = cell_duration(t->safe);
	*cells++ = cell_moment(t->planned_start);
	cells[-1].type = CELL_START;
	*cells++ = cell_end(t->planned_start, t->planned_finish);
	*cells++ = cell_end(t->planned_start, t->projected_finish);
	*cells++ = share_cell(t->done);
}

static void add_tasks(struct doc *doc, const struct chain_request *request)
{
	const struct critical_chain *c = request->chain;
	struct table *table = doc_table(doc, "records", N_("Critical chain"));

	if (request->data) {
		table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
		table_column(table, "chain", NULL, ALIGN_LEFT, PRIORITY_DATA);
	}
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "follows", N_("held by"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "aggressive", N_("aggressive"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "safe", N_("safe"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "start", N_("start"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "finish", N_("finish"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "projected_finish", N_("as it stands"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "done", N_("done"), ALIGN_RIGHT, PRIORITY_LOW);
	for (uint32_t i = 0; i < (request->data ? c->chain_count : 1); i++)
		for (uint32_t k = 0; k < c->chains[i].count; k++)
			task_row(doc, c, i, k, table, request->data);
}

/* --- the fever chart --- */

static struct series *add_series(struct doc *doc, struct figure *figure, const char *label, size_t room)
{
	struct series *series = vec_push(&figure->chart.series);

	series->label = label;
	series->points = arena_calloc(&doc->arena, room + 1, sizeof(*series->points));
	return series;
}

static double percent(double share)
{
	return round(share * 1000) / 10;
}

static void add_zone(struct doc *doc, struct figure *figure, const char *label, const double ends[2], enum tone tone)
{
	struct series *series = add_series(doc, figure, label, 2);

	series->tone = tone;
	series->dashed = true;
	series->points[series->count++] = (struct point){ 0, percent(ends[0]) };
	series->points[series->count++] = (struct point){ 100, percent(ends[1]) };
}

static void add_fever(struct doc *doc, const struct critical_chain *c)
{
	struct figure *figure = doc_figure(doc, FIGURE_FEVER, "fever", N_("Buffer used against chain completed"));
	struct series *series;

	figure->description = N_("The share of the project buffer that is used, at the end of each task of the critical chain and now, against the share of the chain that is done");
	figure->chart.x_axis = figure->chart.y_axis = AXIS_PERCENT;
	series = add_series(doc, figure, N_("buffer used"), (size_t)c->fever_count + 1);
	series->tone = TONE_STRONG;
	series->points[series->count++] = (struct point){ 0, 0 };
	for (uint32_t i = 0; i < c->fever_count; i++)
		series->points[series->count++] = (struct point){ percent(c->fever[i].completion), percent(c->fever[i].consumption) };
	add_zone(doc, figure, N_("yellow: prepare"), c->options.yellow, TONE_WATCH);
	add_zone(doc, figure, N_("red: act"), c->options.red, TONE_BAD);
}

void chain_report(struct doc *doc, const struct chain_request *request)
{
	const struct critical_chain *c = request->chain;

	if (request->figure) {
		add_fever(doc, c);
		return;
	}
	add_summary(doc, c);
	add_fever(doc, c);
	add_buffers(doc, c);
	add_tasks(doc, request);
}
