/* The status report's registers: risks by exposure, open issues by severity, decisions needed. */
#include "base/alloc.h"
#include "report/status-internal.h"
#include "risk/risk.h"

#include <string.h>

enum { RISKS_SHOWN = 15, ISSUES_SHOWN = 25 };

struct ranked {
	const struct record *record;
	int64_t rank; /* larger first */
	date_t due;
};

static int by_rank(const void *a, const void *b, void *context)
{
	const struct ranked *x = a, *y = b;
	(void)context;
	if (x->rank != y->rank)
		return x->rank > y->rank ? -1 : 1;
	if (x->due == y->due)
		return 0;
	if (x->due == DATE_NONE || y->due == DATE_NONE)
		return x->due == DATE_NONE ? 1 : -1;
	return x->due < y->due ? -1 : 1;
}

static void fill(struct doc *doc, const struct status_report *report, struct table *table, const struct vec *ranked, size_t most)
{
	const struct ranked *items = ranked->items;
	const struct column *columns = table->columns.items;
	for (size_t i = 0; i < ranked->len && i < most; i++) {
		struct cell *cells = status_row(doc, table, items[i].record)->cells;
		for (size_t c = 2; c < table->columns.len; c++)
			if (cells[c].type == CELL_NONE)
				cells[c] = status_field(doc, report, items[i].record, columns[c].key);
	}
	health_rest(doc, ranked->len, most);
}

static void add_ranked(struct vec *list, const struct record *record, int64_t rank, date_t due)
{
	struct ranked *one = vec_push(list);
	one->record = record;
	one->rank = rank;
	one->due = due;
}

/* Overdue dates are marked. */
static void mark_due(const struct status_report *report, struct table *table, size_t column)
{
	struct row *rows = table->rows.items;
	date_t today = moment_date(health_today(&report->facts));
	for (size_t r = 0; r < table->rows.len; r++) {
		struct cell *cell = &rows[r].cells[column];
		if (cell->type == CELL_DATE && cell->number < today)
			cell->tone = TONE_BAD;
	}
}

static void add_exposure(const struct status_report *report, struct table *table, const struct vec *ranked, size_t column)
{
	const struct ranked *items = ranked->items;
	struct row *rows = table->rows.items;
	for (size_t r = 0; r < table->rows.len; r++) {
		struct money money = { .amount = items[r].rank };
		memcpy(money.currency, report->facts.project->units.currency, sizeof(money.currency));
		rows[r].cells[column] = items[r].rank ? cell_money(money) : cell_none();
	}
}

/* Open threats and opportunities by exposure. */
static void rank_risks(const struct status_report *report, struct vec *ranked)
{
	struct risk_register risks;
	const struct kind *kind = kind_find(slice_of("risk"));
	struct record *record;
	struct risk risk;
	risk_register_init(&risks, report->facts.project, health_today(&report->facts));
	FOREACH_RECORD(report->facts.project, kind, record) {
		risk_read(&risks, record, &risk);
		if (risk.open)
			add_ranked(ranked, record, risk.before.exposure == DECIMAL_NONE ? 0 : risk.before.exposure,
				status_date(report, record, "review"));
	}
	risk_register_release(&risks);
}

void status_risks(struct doc *doc, const struct status_report *report)
{
	struct vec ranked;
	vec_init(&ranked, sizeof(struct ranked));
	rank_risks(report, &ranked);
	vec_sort(&ranked, by_rank, NULL);
	doc_heading(doc, 1, cell_message(N_("Risks")));
	struct table *table = status_table(doc, "risks", N_("no risk is open"));
	table_column(table, "type", N_("type"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "probability", N_("probability"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "impact_cost", N_("cost impact"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "exposure", N_("exposure"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "strategy", N_("strategy"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "owner", N_("owner"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "review", N_("review"), ALIGN_LEFT, PRIORITY_LOW);
	fill(doc, report, table, &ranked, RISKS_SHOWN);
	add_exposure(report, table, &ranked, 5);
	mark_due(report, table, 8);
	vec_release(&ranked);
}

void status_issues(struct doc *doc, const struct status_report *report)
{
	struct record *issue;
	struct vec ranked;
	vec_init(&ranked, sizeof(struct ranked));
	FOREACH_RECORD(report->facts.project, kind_find(slice_of("issue")), issue)
		if (health_open(issue))
			add_ranked(&ranked, issue,
				-word_index("critical|major|minor|trivial", record_text_or(issue, "severity")),
				status_date(report, issue, "due"));
	vec_sort(&ranked, by_rank, NULL);
	doc_heading(doc, 1, cell_message(N_("Open issues")));
	struct table *table = status_table(doc, "issues", N_("no issue is open"));
	table_column(table, "type", N_("type"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "severity", N_("severity"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "status", N_("status"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "owner", N_("owner"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "due", N_("due"), ALIGN_LEFT, PRIORITY_MUST);
	fill(doc, report, table, &ranked, ISSUES_SHOWN);
	mark_due(report, table, 6);
	vec_release(&ranked);
}

void status_decisions(struct doc *doc, const struct status_report *report)
{
	struct record *decision;
	struct vec ranked;
	vec_init(&ranked, sizeof(struct ranked));
	FOREACH_RECORD(report->facts.project, kind_find(slice_of("decision")), decision)
		if (slice_is(record_text_or(decision, "status"), "proposed"))
			add_ranked(&ranked, decision, 0, status_date(report, decision, "due"));
	vec_sort(&ranked, by_rank, NULL);
	doc_heading(doc, 1, cell_message(N_("Decisions needed")));
	struct table *table = status_table(doc, "decisions", N_("no decision is waiting"));
	table_column(table, "decided_by", N_("who decides"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "due", N_("due"), ALIGN_LEFT, PRIORITY_MUST);
	fill(doc, report, table, &ranked, SIZE_MAX);
	mark_due(report, table, 3);
	vec_release(&ranked);
}
