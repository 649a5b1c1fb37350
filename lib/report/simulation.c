#include "report/health.h"
#include "report/simulation-internal.h"

#include "base/alloc.h"

#include <math.h>
#include <string.h>

const char simulation_figures[] = "histogram|curve|cost|tornado|criticality";

struct cell simulation_share(double share)
{
	return cell_percent((decimal_t)llround(share * 100 * DECIMAL_ONE));
}

struct cell simulation_money(const struct doc *doc, double amount, bool sign)
{
	struct money money = { (decimal_t)llround(amount / 100) * 100, "" }; /* two digits */
	struct cell cell;

	memcpy(money.currency, doc->units.currency, sizeof(money.currency));
	cell = cell_money(money);
	cell.sign = sign;
	return cell;
}

struct cell simulation_minutes(double minutes, bool sign)
{
	struct cell cell = cell_duration((int64_t)llround(minutes));

	cell.sign = sign;
	return cell;
}

static struct cell coefficient(double value)
{
	return cell_number((decimal_t)llround(value * 1000) * (DECIMAL_ONE / 1000));
}

bool simulation_has_cost(const struct simulation *s)
{
	return s->cost_deviation > 0 || s->cost_mean != 0;
}

struct slice simulation_task_label(struct doc *doc, const struct simulation *s, uint32_t task)
{
	struct slice id = plan_id(s->plan, task), title = plan_title(s->plan, task);
	struct slice label;
	struct strbuf text;

	strbuf_init(&text);
	strbuf_add_slice(&text, id);
	if (!slice_equal(id, title)) {
		strbuf_add_char(&text, ' ');
		strbuf_add_slice(&text, title);
	}
	label = arena_slice(&doc->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return label;
}

static struct cell target_cell(struct doc *doc, const struct simulation *s, bool data)
{
	uint32_t target = s->options.target;

	if (target == PLAN_NO_TASK)
		return data ? cell_none() : cell_message(N_("the project's finish"));
	return cell_ref(&doc->arena, plan_id(s->plan, target), plan_title(s->plan, target));
}

static struct cell risks_cell(struct doc *doc, const struct simulation *s)
{
	if (s->options.risks == RISKS_NONE)
		return cell_message(N_("left out"));
	if (s->options.risks == RISKS_RESPONDED)
		return cell_messagef(&doc->arena, N_("%s, after the responses"), health_number(doc, s->risk_count), (const char *)NULL);
	return cell_integer((int64_t)s->risk_count);
}

static void add_summary(struct doc *doc, const struct simulation *s, bool data)
{
	struct block *pairs = doc_pairs(doc, "summary");
	moment_t planned = simulation_planned_finish(s);
	double chance = simulation_chance(s, planned);

	pairs_add(doc, pairs, "target", N_("target"), target_cell(doc, s, data));
	pairs_add(doc, pairs, "runs", N_("runs"), cell_integer((int64_t)s->runs));
	pairs_add(doc, pairs, "seed", N_("seed"), cell_integer((int64_t)s->options.seed));
	pairs_add(doc, pairs, "estimates", N_("estimates drawn"), cell_integer((int64_t)s->estimates));
	pairs_add(doc, pairs, "risks_simulated", N_("risks"), risks_cell(doc, s));
	pairs_add(doc, pairs, "levelled", N_("people limit dates"), cell_yesno(s->options.level));
	pairs_add(doc, pairs, "planned_finish", N_("scheduled finish"), cell_finish(planned));
	pairs_add(doc, pairs, "planned_chance", N_("chance to meet it"),
		cell_toned(chance < 0.5 ? TONE_BAD : chance < 0.8 ? TONE_WATCH : TONE_GOOD, simulation_share(chance)));
	if (!s->options.level && s->options.target == PLAN_NO_TASK && s->plan->project_finish != planned)
		pairs_add(doc, pairs, "levelled_finish", N_("with the people there are"), cell_finish(s->plan->project_finish));
	pairs_add(doc, pairs, "mean_finish", N_("mean finish"), cell_finish(s->mean_finish));
	pairs_add(doc, pairs, "finish_deviation", N_("standard deviation"), simulation_minutes(s->finish_deviation, false));
	if (!simulation_has_cost(s))
		return;
	pairs_add(doc, pairs, "planned_cost", N_("planned cost"), simulation_money(doc, (double)simulation_planned_cost(s), false));
	pairs_add(doc, pairs, "mean_cost", N_("mean cost"), simulation_money(doc, s->cost_mean, false));
	pairs_add(doc, pairs, "cost_deviation", N_("its standard deviation"), simulation_money(doc, s->cost_deviation, false));
}

static void add_percentiles(struct doc *doc, const struct simulation *s)
{
	struct table *table = doc_table(doc, "percentiles", N_("Percentiles"));
	bool cost = simulation_has_cost(s);

	table_column(table, "percentile", N_("share of runs"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "finish", N_("finished by"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "against_plan", N_("against the schedule"), ALIGN_RIGHT, PRIORITY_HIGH);
	if (cost)
		table_column(table, "cost", N_("cost at most"), ALIGN_RIGHT, PRIORITY_MUST);
	for (int i = 0; i < PERCENTILES; i++) {
		double p = simulation_percentiles[i];
		struct cell *cells = table_row(table)->cells;
		moment_t finish = simulation_finish(s, p), planned = simulation_planned_finish(s);

		cells[0] = simulation_share(p);
		cells[1] = cell_finish(finish);
		cells[2] = simulation_minutes((double)calendar_between(s->plan->calendar, planned, finish), true);
		if (cost)
			cells[3] = simulation_money(doc, (double)simulation_cost(s, p), false);
	}
}

/* --- dates --- */

static void date_cells(struct doc *doc, const struct simulation *s, const struct simulated_date *date, struct cell *cells)
{
	if (date->task == PLAN_NO_TASK) {
		cells[1] = cell_message(N_("the project's finish"));
	} else {
		cells[0] = cell_ref(&doc->arena, plan_id(s->plan, date->task), slice_of(""));
		cells[1] = cell_text(&doc->arena, plan_title(s->plan, date->task));
	}
	cells[2] = cell_finish(date->planned);
	cells[3] = date->deadline == MOMENT_NONE ? cell_none() : cell_finish(date->deadline);
	if (date->deadline != MOMENT_NONE)
		cells[4] = cell_toned(date->chance < 0.5 ? TONE_BAD : date->chance < 0.8 ? TONE_WATCH : TONE_GOOD,
			simulation_share(date->chance));
	for (int p = 0; p < PERCENTILES; p++)
		cells[5 + p] = cell_finish(date->percentile[p]);
}

/* For people: those with a deadline, and milestones while there is room. */
static void add_dates(struct doc *doc, const struct simulation_request *request)
{
	const struct simulation *s = request->simulation;
	struct table *table = doc_table(doc, "dates", N_("Deadlines and milestones"));
	size_t shown = 0, found = 0, due = 0;

	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "planned", N_("scheduled"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "deadline", N_("deadline"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "chance", N_("chance"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "p10", "P10", ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "p50", "P50", ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "p80", "P80", ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "p90", "P90", ALIGN_LEFT, PRIORITY_LOW);
	for (size_t i = 0; i < s->date_count; i++)
		due += s->dates[i].deadline != MOMENT_NONE;
	for (size_t i = 0; i < s->date_count; i++) {
		bool has = s->dates[i].deadline != MOMENT_NONE;

		if (i == 0 && !has && !request->data)
			continue; /* said above */
		found++;
		if (!request->data && !has && shown + due >= ROWS_SHOWN)
			continue;
		shown++;
		due -= has;
		date_cells(doc, s, &s->dates[i], table_row(table)->cells);
	}
	if (!request->data)
		health_rest(doc, found + s->dates_left_out, shown);
}

/* --- tasks --- */

enum task_column {
	TASK_KIND, TASK_ID, TASK_TITLE, TASK_CRITICALITY, TASK_SENSITIVITY, TASK_CRUCIALITY, TASK_SSI, TASK_LOW, TASK_HIGH,
	TASK_MEAN, TASK_DEVIATION, TASK_COST_SENSITIVITY, TASK_COLUMNS
};

static void task_columns(struct table *table, bool data)
{
	static const struct {
		const char *key, *title;
		enum align align;
		enum priority priority;
	} columns[TASK_COLUMNS] = {
		{ "kind", NULL, ALIGN_LEFT, PRIORITY_DATA },
		{ "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST },
		{ "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST },
		{ "criticality", N_("criticality index"), ALIGN_RIGHT, PRIORITY_MUST },
		{ "sensitivity", N_("sensitivity"), ALIGN_RIGHT, PRIORITY_MUST },
		{ "cruciality", N_("cruciality"), ALIGN_RIGHT, PRIORITY_HIGH },
		{ "ssi", N_("SSI"), ALIGN_RIGHT, PRIORITY_LOW },
		{ "low", N_("finish when short"), ALIGN_RIGHT, PRIORITY_LOW },
		{ "high", N_("finish when long"), ALIGN_RIGHT, PRIORITY_HIGH },
		{ "mean", N_("mean"), ALIGN_RIGHT, PRIORITY_LOW },
		{ "deviation", N_("deviation"), ALIGN_RIGHT, PRIORITY_LOW },
		{ "cost_sensitivity", N_("cost sensitivity"), ALIGN_RIGHT, PRIORITY_DATA },
	};

	for (int i = 0; i < TASK_COLUMNS; i++) {
		struct column *column;

		if (i == TASK_KIND && !data)
			continue;
		column = table_column(table, columns[i].key, columns[i].title, columns[i].align, columns[i].priority);
		column->grow = i == TASK_TITLE;
	}
}

static void task_row(struct doc *doc, const struct simulation *s, struct table *table, const struct simulated_task *t, bool data)
{
	struct row *row = table_row(table);
	struct cell *cells = row->cells - !data;

	if (data)
		cells[TASK_KIND] = cell_word(&doc->arena, slice_of("task"));
	cells[TASK_ID] = cell_ref(&doc->arena, plan_id(s->plan, t->task), slice_of(""));
	cells[TASK_TITLE] = cell_text(&doc->arena, plan_title(s->plan, t->task));
	cells[TASK_CRITICALITY] = simulation_share(t->criticality);
	if (!t->drawn)
		return;
	cells[TASK_SENSITIVITY] = coefficient(t->sensitivity);
	cells[TASK_CRUCIALITY] = coefficient(t->cruciality);
	cells[TASK_SSI] = coefficient(t->ssi);
	cells[TASK_LOW] = simulation_minutes(t->low, true);
	cells[TASK_HIGH] = simulation_minutes(t->high, true);
	cells[TASK_MEAN] = simulation_minutes(t->mean, false);
	cells[TASK_DEVIATION] = simulation_minutes(t->deviation, false);
	cells[TASK_COST_SENSITIVITY] = coefficient(t->cost_sensitivity);
}

/* The most crucial first, then the most critical. */
static int by_weight(const void *a, const void *b, void *context)
{
	const struct simulated_task *const *x = a, *const *y = b;
	double crucial = fabs((*y)->cruciality) - fabs((*x)->cruciality), critical = (*y)->criticality - (*x)->criticality;

	(void)context;
	if (crucial > 0 || crucial < 0)
		return crucial > 0 ? 1 : -1;
	return critical > 0 ? 1 : critical < 0 ? -1 : 0;
}

static bool is_listed(const struct simulation_request *request, struct arena *scratch, const struct simulated_task *t)
{
	const struct simulation *s = request->simulation;
	bool holds;

	if (request->condition) {
		holds = condition_holds(request->condition, s->plan->records[t->task], &request->scope, scratch);
		arena_reset(scratch);
		return holds;
	}
	return request->data || t->drawn || (t->criticality > 0 && !(s->plan->flags[t->task] & PLAN_MILESTONE));
}

static void add_tasks(struct doc *doc, const struct simulation_request *request)
{
	const struct simulation *s = request->simulation;
	struct table *table = doc_table(doc, "records", N_("Tasks"));
	struct arena scratch;
	struct vec listed; /* const struct simulated_task * */
	size_t shown;

	table->empty = N_("no tasks");
	task_columns(table, request->data);
	vec_init(&listed, sizeof(const struct simulated_task *));
	arena_init(&scratch);
	for (size_t i = 0; i < s->task_count; i++) {
		const struct simulated_task *t = &s->tasks[i];

		if (is_listed(request, &scratch, t))
			vec_append(&listed, &t);
	}
	if (!request->data)
		vec_sort(&listed, by_weight, NULL);
	shown = request->data || request->condition || listed.len <= ROWS_SHOWN ? listed.len : ROWS_SHOWN;
	for (size_t i = 0; i < shown; i++)
		task_row(doc, s, table, *(const struct simulated_task **)vec_at(&listed, i), request->data);
	health_rest(doc, listed.len, shown);
	vec_release(&listed);
	arena_release(&scratch);
}

/* --- risks --- */

static int by_delay(const void *a, const void *b, void *context)
{
	const struct simulated_risk *const *x = a, *const *y = b;
	double more = fabs((*y)->high - (*y)->low) - fabs((*x)->high - (*x)->low);

	(void)context;
	return more > 0 ? 1 : more < 0 ? -1 : 0;
}

static void risk_row(struct doc *doc, const struct simulated_risk *r, struct table *table)
{
	struct cell *cells = table_row(table)->cells;

	cells[0] = cell_ref(&doc->arena, r->record->id, slice_of(""));
	cells[1] = cell_text(&doc->arena, record_title(r->record));
	cells[2] = simulation_share(r->probability);
	cells[3] = simulation_share(r->happened);
	cells[4] = simulation_minutes(r->high - r->low, true);
	cells[5] = simulation_money(doc, r->cost_high - r->cost_low, true);
	cells[6] = coefficient(r->sensitivity);
	cells[7] = coefficient(r->cost_sensitivity);
	if (r->happened <= 0 || r->happened >= 1) /* nothing to compare with */
		cells[4] = cells[5] = cell_none();
}

static void add_risks(struct doc *doc, const struct simulation_request *request)
{
	const struct simulation *s = request->simulation;
	struct table *table;
	struct vec listed; /* const struct simulated_risk * */
	size_t shown;

	if (s->risk_count == 0)
		return;
	table = doc_table(doc, "risks", N_("Risks"));
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "probability", N_("probability"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "happened", N_("happened"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "delay", N_("moves the finish by"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "cost", N_("and the cost by"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "sensitivity", N_("sensitivity"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "cost_sensitivity", N_("cost sensitivity"), ALIGN_RIGHT, PRIORITY_DATA);
	vec_init(&listed, sizeof(const struct simulated_risk *));
	for (size_t i = 0; i < s->risk_count; i++) {
		const struct simulated_risk *r = &s->risks[i];

		vec_append(&listed, &r);
	}
	if (!request->data)
		vec_sort(&listed, by_delay, NULL);
	shown = request->data || listed.len <= ROWS_SHOWN ? listed.len : ROWS_SHOWN;
	for (size_t i = 0; i < shown; i++)
		risk_row(doc, *(const struct simulated_risk **)vec_at(&listed, i), table);
	health_rest(doc, listed.len, shown);
	vec_release(&listed);
}

static void add_figure(struct doc *doc, const struct simulation *s, const char *name)
{
	static void (*const figures[])(struct doc *, const struct simulation *) = { simulation_histogram, simulation_curve,
		simulation_cost_curve, simulation_tornado, simulation_criticality };

	for (size_t i = 0; i < ARRAY_SIZE(figures); i++)
		if (!name || word_index(simulation_figures, slice_of(name)) == (int)i)
			figures[i](doc, s);
}

void simulation_report(struct doc *doc, const struct simulation_request *request)
{
	const struct simulation *s = request->simulation;

	if (request->figure) {
		add_figure(doc, s, request->figure);
		return;
	}
	add_summary(doc, s, request->data);
	add_percentiles(doc, s);
	add_dates(doc, request);
	add_figure(doc, s, NULL);
	add_tasks(doc, request);
	add_risks(doc, request);
}
