/* The computed fields of risks, issues, decisions and nodes, for lists, conditions, sorting and JSON. */
#include "risk/fmea.h"
#include "risk/risk.h"
#include "risk/tree.h"

#include "base/alloc.h"

#include <string.h>

struct request {
	struct risk_register *r;
	const struct record *record;
	struct arena *arena;
	struct value *out;
};

static bool money_value(const struct request *q, decimal_t amount)
{
	if (amount == DECIMAL_NONE)
		return false;
	q->out->type = TYPE_MONEY;
	q->out->as.money = (struct money){ .amount = amount };
	memcpy(q->out->as.money.currency, q->r->project->units.currency, sizeof(q->out->as.money.currency));
	return true;
}

static bool integer_value(const struct request *q, int64_t number)
{
	q->out->type = TYPE_INTEGER;
	q->out->as.integer = number;
	return true;
}

/* --- risks --- */

static bool exposure(const struct request *q)
{
	struct risk risk;

	risk_read(q->r, q->record, &risk);
	return money_value(q, risk.before.exposure);
}

static bool residual_exposure(const struct request *q)
{
	struct risk risk;

	risk_read(q->r, q->record, &risk);
	return risk.assessed && money_value(q, risk.after.exposure);
}

static bool response_benefit(const struct request *q)
{
	struct risk risk;

	risk_read(q->r, q->record, &risk);
	return money_value(q, risk.benefit);
}

static bool response_roi(const struct request *q)
{
	struct risk risk;

	risk_read(q->r, q->record, &risk);
	q->out->type = TYPE_PERCENT;
	return risk_roi(&risk, &q->out->as.number);
}

static bool rpn_of(const struct request *q, bool after)
{
	struct fmea_marks marks;

	return fmea_read(q->r, q->record, after, &marks) && integer_value(q, fmea_rpn(&marks));
}

static bool rpn(const struct request *q)
{
	return rpn_of(q, false);
}

static bool rpn_after(const struct request *q)
{
	return rpn_of(q, true);
}

static bool priority_of(const struct request *q, bool after)
{
	static const char *const words[] = { "low", "medium", "high" };
	struct fmea_marks marks;
	enum action_priority priority;

	if (!fmea_read(q->r, q->record, after, &marks) || !fmea_priority(q->r, &marks, &priority))
		return false;
	q->out->type = TYPE_ENUM;
	q->out->as.text = slice_of(words[priority]);
	return true;
}

static bool action_priority(const struct request *q)
{
	return priority_of(q, false);
}

static bool action_priority_after(const struct request *q)
{
	return priority_of(q, true);
}

/* Days, when there are any. */
static bool days_value(const struct request *q, int64_t days)
{
	return days > 0 && integer_value(q, days);
}

static bool review_overdue(const struct request *q)
{
	return risk_is_open(q->record) && days_value(q, risk_days_since(q->r, q->record, "review"));
}

/* --- issues, decisions, nodes --- */

static bool age(const struct request *q)
{
	int64_t days = issue_age(q->r, q->record);

	return days >= 0 && integer_value(q, days);
}

static bool overdue_issue(const struct request *q)
{
	return days_value(q, issue_overdue(q->r, q->record));
}

static bool overdue_decision(const struct request *q)
{
	return days_value(q, decision_overdue(q->r, q->record));
}

static bool superseded_by(const struct request *q)
{
	const struct vec *newer = decision_replaced_by(q->r, q->record);
	struct record **records = newer ? newer->items : NULL;

	if (!newer)
		return false;
	q->out->type = TYPE_REFS;
	q->out->as.list.count = newer->len;
	q->out->as.list.items = arena_calloc(q->arena, newer->len, sizeof(struct slice));
	for (size_t i = 0; i < newer->len; i++)
		q->out->as.list.items[i] = records[i]->id;
	return true;
}

static bool emv(const struct request *q)
{
	const struct decision_node *node = decision_trees_find(risk_trees(q->r), q->record);

	return node && money_value(q, node->emv);
}

static bool provide(void *context, const struct record *record, const struct field *field, struct arena *arena,
	struct value *out)
{
	static const struct {
		const char *kind, *field;
		bool (*value)(const struct request *q);
	} providers[] = {
		{ "risk", "exposure", exposure },
		{ "risk", "residual_exposure", residual_exposure },
		{ "risk", "response_benefit", response_benefit },
		{ "risk", "response_roi", response_roi },
		{ "risk", "rpn", rpn },
		{ "risk", "rpn_after", rpn_after },
		{ "risk", "action_priority", action_priority },
		{ "risk", "action_priority_after", action_priority_after },
		{ "risk", "overdue", review_overdue },
		{ "issue", "age", age },
		{ "issue", "overdue", overdue_issue },
		{ "decision", "overdue", overdue_decision },
		{ "decision", "superseded_by", superseded_by },
		{ "node", "emv", emv },
	};
	struct request request = { context, record, arena, out };

	if (!(field->flags & FIELD_COMPUTED))
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(providers); i++)
		if (strcmp(providers[i].field, field->name) == 0 && strcmp(providers[i].kind, record->kind->name) == 0)
			return providers[i].value(&request);
	return false;
}

struct computed risk_computed(struct risk_register *r)
{
	return (struct computed){ .context = r, .value = provide, .next = NULL };
}
