/* What the documents about risks share. */
#include "report/risk.h"

#include "base/alloc.h"

#include <string.h>

struct cell risk_amount(const struct project *project, decimal_t amount)
{
	struct money money = { .amount = amount };

	if (amount == DECIMAL_NONE)
		return cell_none();
	memcpy(money.currency, project->units.currency, sizeof(money.currency));
	return cell_money(money);
}

void risk_columns(struct table *table)
{
	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
}

struct row *risk_row(struct doc *doc, struct table *table, const struct record *record)
{
	struct row *row = table_row(table);

	row->cells[0] = cell_word(&doc->arena, slice_of(record->kind->name));
	row->cells[1] = cell_ref(&doc->arena, record->id, slice_new(NULL, 0));
	row->cells[2] = cell_text(&doc->arena, record_title(record));
	return row;
}

struct sums {
	size_t count, unknown;
	decimal_t before, after, cost, benefit;
};

static void add(decimal_t amount, decimal_t *sum)
{
	if (amount != DECIMAL_NONE)
		decimal_add(*sum, amount, sum);
}

static void add_risk(const struct risk *risk, struct sums *sums)
{
	sums->count++;
	sums->unknown += risk->before.exposure == DECIMAL_NONE;
	add(risk->before.exposure, &sums->before);
	add(risk->after.exposure, &sums->after);
	add(risk->response_cost, &sums->cost);
	add(risk->benefit, &sums->benefit);
}

static void sum_up(const struct risk_request *request, struct sums sums[2])
{
	const struct record *const *records = request->records->items;
	struct risk risk;

	for (size_t i = 0; i < request->records->len; i++) {
		risk_read(request->r, records[i], &risk);
		add_risk(&risk, &sums[risk.opportunity]);
	}
}

static struct cell change_of(struct doc *doc, const struct project *project, decimal_t before, decimal_t after)
{
	const struct cell values[] = { risk_amount(project, before), risk_amount(project, after) };

	return cell_message_of(&doc->arena, N_("%s → %s after the responses"), values, ARRAY_SIZE(values));
}

static struct cell worth(struct doc *doc, const struct project *project, const struct sums *sums)
{
	const struct cell values[] = { risk_amount(project, sums->cost), risk_amount(project, sums->benefit),
		cell_percent(sums->cost > 0 ? decimal_scale(sums->benefit, 100 * DECIMAL_ONE, sums->cost) : 0) };

	return cell_toned(sums->benefit < 0 ? TONE_BAD : TONE_NONE, cell_message_of(&doc->arena,
		sums->cost > 0 ? N_("cost %s, net benefit %s, return %s") : N_("cost %s, net benefit %s"), values, 3));
}

void risk_totals_pairs(struct doc *doc, const struct risk_request *request)
{
	const struct project *project = request->r->project;
	struct sums sums[2] = { { 0 } };
	struct block *pairs = doc_pairs(doc, "totals");

	sum_up(request, sums);
	if (request->data) {
		pairs_add(doc, pairs, "threat_exposure", NULL, risk_amount(project, sums[0].before));
		pairs_add(doc, pairs, "threat_residual", NULL, risk_amount(project, sums[0].after));
		pairs_add(doc, pairs, "opportunity_exposure", NULL, risk_amount(project, sums[1].before));
		pairs_add(doc, pairs, "opportunity_residual", NULL, risk_amount(project, sums[1].after));
		pairs_add(doc, pairs, "response_cost", NULL, risk_amount(project, sums[0].cost + sums[1].cost));
		pairs_add(doc, pairs, "response_benefit", NULL, risk_amount(project, sums[0].benefit + sums[1].benefit));
		pairs_add(doc, pairs, "without_amount", NULL, cell_integer((int64_t)(sums[0].unknown + sums[1].unknown)));
		return;
	}
	if (sums[0].count)
		pairs_add(doc, pairs, "threats", N_("exposure to threats"), change_of(doc, project, sums[0].before, sums[0].after));
	if (sums[1].count)
		pairs_add(doc, pairs, "opportunities", N_("expected from opportunities"),
			change_of(doc, project, sums[1].before, sums[1].after));
	add(sums[1].cost, &sums[0].cost);
	add(sums[1].benefit, &sums[0].benefit);
	pairs_add(doc, pairs, "responses", N_("responses"), worth(doc, project, &sums[0]));
	if (sums[0].unknown + sums[1].unknown)
		pairs_add(doc, pairs, "without_amount", N_("without an amount"),
			cell_integer((int64_t)(sums[0].unknown + sums[1].unknown)));
}
