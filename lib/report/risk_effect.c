/* What a risk does to the plan: the simulated finish and cost with it and without it. */
#include "report/risk.h"

#include "base/alloc.h"

static struct cell slip_cell(const struct plan *plan, const moment_t finish[2])
{
	struct cell cell = cell_duration(calendar_between(plan->calendar, finish[1], finish[0]));

	cell.sign = true;
	return cell;
}

static struct cell rise_cell(const struct plan *plan, const decimal_t cost[2])
{
	struct cell cell = risk_amount(plan->project, cost[0] - cost[1]);

	cell.sign = true;
	return cell;
}

static void add_finish(struct doc *doc, const struct plan *plan, struct table *table, const struct risk_effect *effect,
	const char *label, const moment_t finish[2])
{
	struct cell *cells = table_row(table)->cells;

	cells[0] = cell_ref(&doc->arena, effect->record->id, slice_of(""));
	cells[1] = cell_message(label);
	cells[2] = cell_finish(finish[0]);
	cells[3] = cell_finish(finish[1]);
	cells[4] = slip_cell(plan, finish);
}

static void add_cost(struct doc *doc, const struct plan *plan, struct table *table, const struct risk_effect *effect,
	const char *label, const decimal_t cost[2])
{
	struct cell *cells = table_row(table)->cells;

	cells[0] = cell_ref(&doc->arena, effect->record->id, slice_of(""));
	cells[1] = cell_message(label);
	cells[2] = risk_amount(plan->project, cost[0]);
	cells[3] = risk_amount(plan->project, cost[1]);
	cells[4] = rise_cell(plan, cost);
}

static void add_table(struct doc *doc, const struct plan *plan, const struct risk_effect *effects, size_t count, size_t runs)
{
	struct table *table = doc_table(doc, "simulation", N_("Effect in simulation"));
	struct cell number = cell_integer((int64_t)runs);

	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "figure", N_("measure"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "with", N_("with the risk"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "without", N_("without the risk"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "difference", N_("difference"), ALIGN_RIGHT, PRIORITY_MUST);
	for (size_t i = 0; i < count; i++) {
		add_finish(doc, plan, table, &effects[i], N_("finish, P80"), effects[i].finish);
		add_finish(doc, plan, table, &effects[i], N_("finish, mean"), effects[i].mean_finish);
		add_cost(doc, plan, table, &effects[i], N_("cost, P80"), effects[i].cost);
		add_cost(doc, plan, table, &effects[i], N_("cost, mean"), effects[i].mean_cost);
	}
	doc_paragraph(doc, cell_toned(TONE_MUTED, cell_message_of(&doc->arena,
		N_("From %s runs, the same draws with and without; 'pmt simulate' tells more."), &number, 1)));
}

static void add_records(struct doc *doc, const struct plan *plan, const struct risk_effect *effects, size_t count, size_t runs)
{
	static const char *const keys[] = { "id", "runs", "finish_p80", "finish_p80_without", "finish_p80_change", "finish_mean",
		"finish_mean_without", "finish_mean_change", "cost_p80", "cost_p80_without", "cost_p80_change", "cost_mean",
		"cost_mean_without", "cost_mean_change" };
	struct table *table = doc_table(doc, "simulation", NULL);

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		table_column(table, keys[i], NULL, ALIGN_LEFT, PRIORITY_MUST);
	for (size_t i = 0; i < count; i++) {
		const struct risk_effect *e = &effects[i];
		struct cell *cells = table_row(table)->cells;

		cells[0] = cell_ref(&doc->arena, e->record->id, slice_of(""));
		cells[1] = cell_integer((int64_t)runs);
		for (int side = 0; side < 2; side++) {
			cells[2 + side] = cell_finish(e->finish[side]);
			cells[5 + side] = cell_finish(e->mean_finish[side]);
			cells[8 + side] = risk_amount(plan->project, e->cost[side]);
			cells[11 + side] = risk_amount(plan->project, e->mean_cost[side]);
		}
		cells[4] = slip_cell(plan, e->finish);
		cells[7] = slip_cell(plan, e->mean_finish);
		cells[10] = rise_cell(plan, e->cost);
		cells[13] = rise_cell(plan, e->mean_cost);
	}
}

void risk_effects_report(struct doc *doc, const struct plan *plan, const struct risk_effect *effects, size_t count, size_t runs, bool data)
{
	if (data)
		add_records(doc, plan, effects, count, runs);
	else
		add_table(doc, plan, effects, count, runs);
}
