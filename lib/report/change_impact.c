/* What a change does: finish, cost, critical path, who gets how much work, accounts, risk exposure, requirements and
 * people. */
#include "report/change-internal.h"

#include "base/i18n.h"
#include "base/map.h"
#include "model/header.h"
#include "risk/risk.h"

#include <string.h>

static struct cell worse(struct cell cell, int64_t amount)
{
	cell.sign = true;
	return cell_toned(amount > 0 ? TONE_WATCH : amount < 0 ? TONE_GOOD : TONE_MUTED, cell);
}

static struct cell share(decimal_t difference, decimal_t of)
{
	struct cell cell = of > 0 ? cell_percent(decimal_scale(difference, 100 * DECIMAL_ONE, of)) : cell_none();

	cell.sign = true;
	return cell;
}

/* --- lines of the summary --- */

static void finish_line(const struct change_writer *w, struct block *pairs)
{
	const struct comparison *c = w->report->comparison->comparison;
	struct cell values[] = { worse(cell_duration(c->finish_slip), c->finish_slip), cell_finish(c->before->finish),
		cell_finish(c->after->finish) };

	if (c->before->finish == MOMENT_NONE || c->after->finish == MOMENT_NONE)
		return;
	pairs_add(w->doc, pairs, "finish", N_("finish"),
		c->finish_slip ? cell_toned(values[0].tone, cell_message_of(w->arena, N_("%s (%s → %s)"), values, 3))
			       : cell_message_of(w->arena, N_("unchanged, %s"), &values[2], 1));
}

static void cost_line(const struct change_writer *w, struct block *pairs)
{
	const struct comparison *c = w->report->comparison->comparison;
	decimal_t difference = c->after->cost - c->before->cost;
	struct cell values[] = { worse(change_money(w, difference), difference), share(difference, c->before->cost),
		change_money(w, c->after->cost) };

	if (c->before->cost == DECIMAL_NONE || c->after->cost == DECIMAL_NONE ||
		(!c->before->cost && !c->after->cost))
		return;
	if (!difference)
		pairs_add(w->doc, pairs, "cost", N_("cost"),
			cell_message_of(w->arena, N_("unchanged, %s"), &values[2], 1));
	else
		pairs_add(w->doc, pairs, "cost", N_("cost"),
			cell_toned(values[0].tone, cell_message_of(w->arena, N_("%s (%s), now %s"), values, 3)));
}

static void path_line(const struct change_writer *w, struct block *pairs)
{
	const struct comparison *c = w->report->comparison->comparison;
	struct cell values[] = { cell_integer(c->entered), cell_integer(c->left) };

	if (!c->before->knows_path || !c->after->knows_path)
		return;
	pairs_add(w->doc, pairs, "critical_path", N_("critical path"),
		c->entered || c->left
			? cell_toned(TONE_WATCH, cell_message_of(w->arena, N_("changed: +%s -%s tasks"), values, 2))
			: cell_message(N_("unchanged")));
}

/* Exposure of the open threats of a project, in its currency. */
static decimal_t exposure_of(const struct change_writer *w, const struct project *project)
{
	struct risk_register risks;
	struct risk_totals totals;

	risk_register_init(&risks, project, w->report->now);
	risk_totals(&risks, &totals);
	risk_register_release(&risks);
	return totals.threat;
}

static void exposure_line(const struct change_writer *w, struct block *pairs)
{
	decimal_t before = exposure_of(w, w->review->request.before),
		  after = exposure_of(w, w->review->request.after);
	struct cell values[] = { worse(change_money(w, after - before), after - before), change_money(w, before),
		change_money(w, after) };

	if (w->report->data) {
		pairs_add(w->doc, pairs, "risk_exposure_before", NULL, change_money(w, before));
		pairs_add(w->doc, pairs, "risk_exposure", NULL, change_money(w, after));
		return;
	}
	if (before == after)
		return;
	pairs_add(w->doc, pairs, "risk_exposure", N_("risk exposure"),
		cell_toned(values[0].tone, cell_message_of(w->arena, N_("%s (%s → %s)"), values, 3)));
}

/* --- requirements and people --- */

static void add_ids(struct vec *out, struct map *seen, struct slice list, struct arena *arena)
{
	struct slice item;

	while (slice_next(&list, ",\n", &item)) {
		struct slice id = slice_new(item.at, slice_find(item, ' ')), folded = id_fold(id, arena);

		if (!id.len || map_get(seen, folded, NULL))
			continue;
		map_put(seen, folded, 1);
		vec_append(out, &id);
	}
}

/* Records of the kind that the delta touches, and those that its tasks and the change name in `field`. */
static void collect(const struct change_writer *w, const char *kind_name, const char *field, struct vec *out)
{
	const struct delta *delta = &w->review->delta;
	const struct kind *task_kind = kind_find(slice_of("task"));
	struct map seen;

	map_init(&seen);
	vec_init(out, sizeof(struct slice));
	for (size_t i = 0; i < delta->item_count; i++) {
		const struct delta_item *item = &delta->items[i];
		const struct record *task = NULL;
		const struct project *sides[] = { w->review->request.before, w->review->request.after };

		if (slice_is(item->kind, kind_name))
			add_ids(out, &seen, item->id, w->arena);
		for (size_t side = 0; side < 2 && slice_is(item->kind, "task"); side++) {
			task = project_find(sides[side], task_kind, item->id);
			if (task)
				add_ids(out, &seen, record_text_or(task, field), w->arena);
		}
	}
	map_release(&seen);
}

static void touched_line(const struct change_writer *w, struct block *pairs, const char *key, const char *label,
	const char *kinds, const char *field)
{
	struct vec ids;

	collect(w, kinds, field, &ids);
	if (ids.len)
		pairs_add(w->doc, pairs, key, label, change_refs(w, kinds, &ids));
	vec_release(&ids);
}

/* What rules and signatures are about. */
static void judged_line(const struct change_writer *w, struct block *pairs)
{
	struct cell values[2];
	decimal_t cost;
	int64_t finish;
	bool known = review_figures(w->review, &cost, &finish);

	values[0] = known ? worse(change_money(w, cost), cost) : cell_message(N_("not known"));
	values[1] = known ? worse(cell_duration(finish), finish) : cell_message(N_("not known"));
	if (w->report->data) {
		pairs_add(w->doc, pairs, "judged_cost", NULL, known ? values[0] : cell_none());
		pairs_add(w->doc, pairs, "judged_finish", NULL, known ? values[1] : cell_none());
	} else if (w->review->delta.item_count) {
		pairs_add(w->doc, pairs, "judged", N_("for the rules"),
			cell_message_of(w->arena, N_("cost %s, finish %s, before levelling and facts"), values, 2));
	}
}

void change_impact_lines(const struct change_writer *w, struct block *pairs)
{
	if (w->report->comparison && !w->report->data) {
		finish_line(w, pairs);
		cost_line(w, pairs);
		path_line(w, pairs);
	} else if (w->report->trouble) {
		pairs_add(w->doc, pairs, "schedule", N_("schedule"),
			cell_toned(TONE_WATCH, cell_text(w->arena, slice_of(w->report->trouble))));
	}
	exposure_line(w, pairs);
	judged_line(w, pairs);
	touched_line(w, pairs, "requirements", N_("requirements"), "requirement", "requirement");
	touched_line(w, pairs, "people", N_("people"), "resource", "assign");
}

/* --- cost by account --- */

struct account_sum {
	struct slice account; /* as written; empty: none */
	decimal_t before, after;
};

/* The task's account, else that of the nearest parent that names one. */
static struct slice account_of(const struct plan *plan, uint32_t task)
{
	for (int depth = 0; task != PLAN_NO_TASK && depth < 1000; depth++, task = plan->parent[task]) {
		struct slice text = plan->records[task] ? slice_trim(record_text_or(plan->records[task], "account"))
							: slice_new(NULL, 0);

		if (text.len)
			return text;
	}
	return slice_new(NULL, 0);
}

static void add_costs(const struct change_writer *w, const struct plan *plan, const struct plan_costs *costs,
	bool after, struct vec *sums, struct map *index)
{
	for (uint32_t i = 0; i < plan->task_count; i++) {
		decimal_t cost = plan_own_cost(costs, plan, i);
		struct slice account = account_of(plan, i), folded = id_fold(account, w->arena);
		struct account_sum *sum;
		uintptr_t at;

		if (!cost)
			continue;
		if (!map_get(index, folded, &at)) {
			at = sums->len;
			map_put(index, folded, at);
			vec_append(sums, &(struct account_sum){ account, 0, 0 });
		}
		sum = vec_at(sums, at);
		*(after ? &sum->after : &sum->before) += cost;
	}
}

static struct table *account_table(const struct change_writer *w)
{
	struct table *table = doc_table(w->doc, "accounts", NULL);

	table_column(table, "account", N_("account"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "before", N_("before"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "after", N_("after"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "difference", N_("difference"), ALIGN_RIGHT, PRIORITY_MUST);
	return table;
}

static void add_accounts(const struct change_writer *w)
{
	const struct comparison_report *c = w->report->comparison;
	const struct kind *kind = kind_find(slice_of("account"));
	struct table *table = w->report->data ? account_table(w) : NULL;
	struct map index;
	struct vec sums;

	map_init(&index);
	vec_init(&sums, sizeof(struct account_sum));
	add_costs(w, c->before, w->report->costs_before, false, &sums, &index);
	add_costs(w, c->after, w->report->costs_after, true, &sums, &index);
	for (size_t i = 0; i < sums.len; i++) {
		const struct account_sum *sum = vec_at(&sums, i);
		const struct record *record = project_find(w->review->request.after, kind, sum->account);
		struct row *row;

		if (sum->before == sum->after)
			continue;
		if (!table) {
			doc_heading(w->doc, 2, cell_message(N_("Cost by account")));
			table = account_table(w);
		}
		row = table_row(table);
		if (sum->account.len)
			row->cells[0] =
				cell_ref(w->arena, sum->account, record ? record_title(record) : slice_of(""));
		else
			row->cells[0] = w->report->data ? cell_none() : cell_message(N_("without an account"));
		row->cells[1] = change_money(w, sum->before);
		row->cells[2] = change_money(w, sum->after);
		row->cells[3] = worse(change_money(w, sum->after - sum->before), sum->after - sum->before);
	}
	vec_release(&sums);
	map_release(&index);
}

void change_impact(const struct change_writer *w)
{
	const struct comparison_report *c = w->report->comparison;

	if (!c || (comparison_is_empty(c->comparison) && !w->report->data))
		return;
	if (!w->report->data)
		doc_heading(w->doc, 2, cell_message(N_("What that does to the schedule")));
	comparison_document(w->doc, c);
	if (c->before && c->after)
		add_accounts(w);
}
