#include "report/breakdown.h"

#include "base/alloc.h"

#include <string.h>

static const char *const fault_words[] = { "single_part", "no_estimate", "nobody", "too_long", "effort_differs",
	"not_in_the_work" };

static struct cell fault_cell(struct doc *doc, const struct breakdown_finding *f)
{
	const struct cell minutes[] = { cell_duration(f->is), cell_duration(f->should) };

	switch (f->fault) {
	case BREAKDOWN_SINGLE: return cell_message(N_("it has one part only: parts are missing, or the level says nothing"));
	case BREAKDOWN_NO_ESTIMATE: return cell_message(N_("it has neither parts nor an estimate"));
	case BREAKDOWN_NOBODY: return cell_message(N_("nobody answers for it or works on it"));
	case BREAKDOWN_LONG: return cell_message_of(&doc->arena, N_("it takes %s; a work package should take %s at most"), minutes, 2);
	case BREAKDOWN_EFFORT: return cell_message_of(&doc->arena, N_("its effort is %s, that of its parts %s"), minutes, 2);
	default: return cell_message(N_("no task delivers it"));
	}
}

void breakdown_findings(struct doc *doc, const struct plan *plan, const struct vec *findings)
{
	const struct breakdown_finding *f = findings->items;
	struct table *table = doc_table(doc, "records", NULL);

	table->empty = N_("the structure keeps the 100 % rule");
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "finding", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "message", N_("what is wrong"), ALIGN_LEFT, PRIORITY_MUST);
	for (size_t i = 0; i < findings->len; i++) {
		struct cell *cells = table_row(table)->cells;
		bool task = f[i].task != PLAN_NO_TASK;

		cells[0] = cell_ref(&doc->arena, task ? plan_id(plan, f[i].task) : f[i].deliverable->id, slice_of(""));
		cells[1] = cell_text(&doc->arena, task ? plan_title(plan, f[i].task) : record_title(f[i].deliverable));
		cells[2] = cell_text(&doc->arena, slice_of(fault_words[f[i].fault]));
		cells[3] = fault_cell(doc, &f[i]);
	}
}

/* --- dictionary --- */

struct page {
	struct doc *doc;
	const struct dictionary *dictionary;
	uint32_t task;
	const struct record *record;
	struct block *pairs;
};

static void add(struct page *p, const char *key, const char *label, struct cell cell)
{
	if (cell.type != CELL_NONE)
		pairs_add(p->doc, p->pairs, key, label, cell);
}

static struct cell text_cell(struct page *p, const char *field)
{
	struct slice text = slice_trim(record_text_or(p->record, field));

	return text.len ? cell_text(&p->doc->arena, text) : cell_none();
}

/* Records a list names, with their titles. */
static struct cell named_cell(struct page *p, const char *field, const char *kinds)
{
	struct slice rest = record_text_or(p->record, field), id;
	struct cell *cells = arena_calloc(&p->doc->arena, rest.len / 2 + 2, sizeof(*cells));
	size_t count = 0;

	while (slice_next(&rest, ",\n", &id)) {
		const struct record *record = id.len ? project_find_among(p->dictionary->plan->project, kinds, id) : NULL;

		if (id.len)
			cells[count++] = cell_ref(&p->doc->arena, id, record ? record_title(record) : slice_of(""));
	}
	return count ? cell_list(&p->doc->arena, cells, count) : cell_none();
}

/* Its own, else the nearest parent's. */
static struct cell accountable_cell(struct page *p)
{
	static const char *const fields[] = { "accountable", "owner" };
	const struct plan *plan = p->dictionary->plan;
	struct slice id;

	for (uint32_t t = p->task; t != PLAN_NO_TASK; t = plan->parent[t])
		for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
			if (record_text(plan->records[t], fields[i], &id) && slice_trim(id).len) {
				const struct record *who = project_find_among(plan->project, "resource|team|stakeholder", slice_trim(id));

				return cell_ref(&p->doc->arena, slice_trim(id), who ? record_title(who) : slice_of(""));
			}
	return cell_none();
}

static struct cell people_cell(struct page *p)
{
	const struct field *field = kind_field_named(p->record->kind, "assign");
	struct value value;

	if (!record_value(p->dictionary->plan->project, p->record, field, &p->doc->arena, &value))
		return cell_none();
	return cell_value(&p->doc->arena, &value, &p->dictionary->plan->project->units);
}

/* Milestones among what follows it directly. */
static struct cell milestones_cell(struct page *p)
{
	const struct plan *plan = p->dictionary->plan;
	uint32_t from = plan->first_out[p->task], to = plan->first_out[p->task + 1];
	struct cell *cells = arena_calloc(&p->doc->arena, to - from + 1, sizeof(*cells));
	size_t count = 0;

	for (uint32_t k = from; k < to; k++) {
		uint32_t after = plan->links[plan->links_out[k]].to;

		if (plan->flags[after] & PLAN_MILESTONE)
			cells[count++] = cell_ref(&p->doc->arena, plan_id(plan, after), plan_title(plan, after));
	}
	return count ? cell_list(&p->doc->arena, cells, count) : cell_none();
}

static struct cell cost_cell(struct page *p)
{
	decimal_t amount = plan_cost(p->dictionary->costs, p->task);
	struct money money = { .amount = amount };

	memcpy(money.currency, p->dictionary->plan->project->units.currency, sizeof(money.currency));
	return amount ? cell_money(money) : cell_none();
}

static struct cell code_cell(struct page *p)
{
	struct strbuf code;
	struct cell cell;

	strbuf_init(&code);
	plan_wbs_code(p->dictionary->plan, p->task, &code);
	cell = cell_text(&p->doc->arena, strbuf_slice(&code));
	strbuf_release(&code);
	return cell;
}

static void add_page(struct page *p)
{
	const struct plan *plan = p->dictionary->plan;
	const struct units *units = &plan->project->units;
	const struct field *depends = kind_field_named(p->record->kind, "depends");
	struct value value;

	p->pairs = doc_pairs(p->doc, NULL);
	add(p, "code", N_("code"), code_cell(p));
	add(p, "description", N_("description"), text_cell(p, "description"));
	add(p, "dictionary", N_("scope, exclusions, quality, references"), text_cell(p, "dictionary"));
	add(p, "requirement", N_("requirements"), named_cell(p, "requirement", "requirement"));
	add(p, "deliverable", N_("deliverables"), named_cell(p, "deliverable", "deliverable"));
	add(p, "acceptance", N_("acceptance criteria"), text_cell(p, "acceptance"));
	add(p, "accountable", N_("accountable"), accountable_cell(p));
	add(p, "assign", N_("assign"), people_cell(p));
	add(p, "account", N_("account"), named_cell(p, "account", "account"));
	add(p, "effort", N_("effort"), plan->effort[p->task] ? cell_duration(plan->effort[p->task]) : cell_none());
	add(p, "start", N_("start"), cell_toned(TONE_NONE, (struct cell){ .type = CELL_START, .number = plan->start[p->task] }));
	add(p, "finish", N_("finish"), cell_end(plan->start[p->task], plan->finish[p->task]));
	if (record_value(plan->project, p->record, depends, &p->doc->arena, &value))
		add(p, "depends", N_("depends"), cell_value(&p->doc->arena, &value, units));
	add(p, "milestones", N_("milestones it leads to"), milestones_cell(p));
	add(p, "cost", N_("cost"), cost_cell(p));
	add(p, "risks", N_("risks"), named_cell(p, "risks", "risk"));
}

/* For programs: a row a package with the same fields. */
static void add_row(struct table *table, struct page *p)
{
	struct cell *cells = table_row(table)->cells;
	const struct plan *plan = p->dictionary->plan;

	cells[0] = cell_ref(&p->doc->arena, plan_id(plan, p->task), slice_of(""));
	cells[1] = code_cell(p);
	cells[2] = cell_text(&p->doc->arena, plan_title(plan, p->task));
	cells[3] = text_cell(p, "description");
	cells[4] = text_cell(p, "dictionary");
	cells[5] = named_cell(p, "requirement", "requirement");
	cells[6] = named_cell(p, "deliverable", "deliverable");
	cells[7] = text_cell(p, "acceptance");
	cells[8] = accountable_cell(p);
	cells[9] = people_cell(p);
	cells[10] = named_cell(p, "account", "account");
	cells[11] = cell_duration(plan->effort[p->task]);
	cells[12] = cell_moment(plan->start[p->task]);
	cells[13] = cell_end(plan->start[p->task], plan->finish[p->task]);
	cells[14] = milestones_cell(p);
	cells[15] = cost_cell(p);
	cells[16] = named_cell(p, "risks", "risk");
}

static struct table *data_table(struct doc *doc)
{
	static const char *const keys[] = { "id", "code", "title", "description", "dictionary", "requirement", "deliverable",
		"acceptance", "accountable", "assign", "account", "effort", "start", "finish", "milestones", "cost", "risks" };
	struct table *table = doc_table(doc, "records", NULL);

	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		table_column(table, keys[i], NULL, ALIGN_LEFT, PRIORITY_MUST);
	return table;
}

void dictionary_pages(struct doc *doc, const struct dictionary *dictionary)
{
	const struct plan *plan = dictionary->plan;
	struct table *table = dictionary->data ? data_table(doc) : NULL;

	for (uint32_t t = 0; t < plan->task_count; t++) {
		struct page page = { .doc = doc, .dictionary = dictionary, .task = t, .record = plan->records[t] };

		if (!dictionary->shown[t])
			continue;
		if (table) {
			add_row(table, &page);
			continue;
		}
		doc_heading(doc, 2, cell_ref(&doc->arena, plan_id(plan, t), plan_title(plan, t)));
		add_page(&page);
	}
}
