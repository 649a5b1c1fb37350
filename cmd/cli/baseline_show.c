/* `pmt baseline show [NAME]`: what was frozen, task by task, beside the plan of today. */
#include "cmd/cli/baseline.h"
#include "cmd/cli/baseline_side.h"
#include "cmd/cli/help.h"

#include "base/alloc.h"
#include "model/governing.h"

#include <string.h>

enum { CURVE_POINTS = 60 };

const struct option_spec baseline_show_specs[] = {
	{ 'n', "limit", OPTION_TEXT, offsetof(struct baseline_view_options, limit), N_("N"),
		N_("Show the first N tasks (default: all)") },
	OPTIONS_END,
};

struct page {
	struct context *context;
	struct side side, now;
	size_t limit;
	struct doc doc;
};

static struct cell money(struct page *p, decimal_t amount)
{
	struct money value = { amount, "" };

	if (amount == DECIMAL_NONE)
		return cell_none();
	memcpy(value.currency, p->context->project.units.currency, sizeof(value.currency));
	return cell_money(value);
}

/* What the record says, but for its tasks. */
static void add_fields(struct page *p, struct block *pairs)
{
	const struct record *record = p->side.baseline.record;

	for (size_t i = 0; i < kind_field_total(record->kind); i++) {
		const struct field *field = kind_field(record->kind, i);
		bool said = record_entry(record, i) || (field->flags & FIELD_COMPUTED);

		if (said && word_index("title|tasks|digest", slice_of(field->name)) < 0)
			pairs_add(&p->doc, pairs, field->name, noun_label(&p->doc.arena, field),
				noun_cell(p->context, record, field, &p->doc.arena));
	}
}

static bool is_unchanged(struct page *p)
{
	char digest[DIGEST_HEX];

	governing_digest(&p->context->project, digest);
	return slice_is(p->side.baseline.digest, digest);
}

static struct cell slip_cell(int64_t minutes)
{
	struct cell cell = cell_duration(minutes);

	cell.sign = true;
	return cell_toned(minutes > 0 ? TONE_WATCH : minutes < 0 ? TONE_GOOD : TONE_MUTED, cell);
}

static void add_today(struct page *p, struct block *pairs)
{
	const struct baseline *baseline = &p->side.baseline;
	const struct plan *plan = &p->context->plan;
	moment_t today = plan->status != MOMENT_NONE ? plan->status : p->context->now;
	struct doc *doc = &p->doc;

	pairs_add(doc, pairs, "finish_now", N_("finish now"), cell_finish(plan->project_finish));
	if (baseline->finish != MOMENT_NONE)
		pairs_add(doc, pairs, "finish_slip", N_("slip"),
			slip_cell(calendar_between(plan->calendar, baseline->finish, plan->project_finish)));
	pairs_add(doc, pairs, "cost_now", N_("cost now"), money(p, p->now.snapshot.cost));
	if (p->side.snapshot.knows_cost)
		pairs_add(doc, pairs, "planned_value", N_("planned value to date (PV)"),
			money(p, baseline_planned_value(baseline, plan, today)));
	if (baseline->digest.len) {
		pairs_add(doc, pairs, "unchanged", N_("text of the plan unchanged"), cell_yesno(is_unchanged(p)));
		if (context_wants_data(p->context))
			pairs_add(doc, pairs, "digest", NULL, cell_text(&doc->arena, baseline->digest));
	}
}

/* Planned value over time, from the first start to the last finish. */
static void add_curve(struct page *p)
{
	const struct baseline *baseline = &p->side.baseline, *first = baseline;
	moment_t from = baseline->start, to = baseline->finish;
	struct figure *figure;
	struct series *series;

	while (first->previous)
		first = first->previous;
	if (first->start != MOMENT_NONE && first->start < from)
		from = first->start;
	if (!p->side.snapshot.knows_cost || from == MOMENT_NONE || to == MOMENT_NONE || to <= from)
		return;
	figure = doc_figure(&p->doc, FIGURE_LINE, "planned_value_curve", N_("Planned value over time"));
	figure->description = N_("Cumulative planned value of the baseline, from its start to its finish");
	figure->chart.x_axis = AXIS_DATE;
	figure->chart.y_axis = AXIS_MONEY;
	series = vec_push(&figure->chart.series);
	series->label = N_("planned value (PV)");
	series->points = arena_calloc(&p->doc.arena, CURVE_POINTS + 1, sizeof(*series->points));
	series->count = CURVE_POINTS + 1;
	for (int i = 0; i <= CURVE_POINTS; i++) {
		moment_t when = from + (to - from) * i / CURVE_POINTS;

		series->points[i].x = (double)when / MINUTES_PER_DAY;
		series->points[i].y = decimal_to_double(baseline_planned_value(baseline, &p->context->plan, when));
	}
}

static struct table *task_table(struct page *p)
{
	struct table *table = doc_table(&p->doc, "records", NULL);

	table->empty = N_("it holds no tasks");
	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "baseline_start", N_("baseline start"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "baseline_finish", N_("baseline finish"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "start", N_("start"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "finish", N_("finish"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "slip", N_("slip"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "baseline_effort", N_("effort"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "baseline_cost", N_("cost"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "kept", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	table_column(table, "engine_start", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "engine_finish", NULL, ALIGN_LEFT, PRIORITY_DATA);
	return table;
}

static struct cell start_cell(moment_t start)
{
	struct cell cell = cell_moment(start);

	if (start != MOMENT_NONE)
		cell.type = CELL_START;
	return cell;
}

static struct cell end_cell(moment_t start, moment_t finish)
{
	return finish == MOMENT_NONE ? cell_none() : cell_end(start, finish);
}

static void add_task(struct page *p, struct table *table, const struct baseline_line *line)
{
	const struct plan *plan = &p->context->plan;
	uint32_t task = plan_find(plan, line->id);
	bool there = task != PLAN_NO_TASK;
	struct row *row = table_row(table);
	struct cell *cells = row->cells;
	struct arena *arena = &p->doc.arena;

	row->tone = there ? TONE_NONE : TONE_MUTED;
	cells[0] = cell_word(arena, slice_of("task"));
	cells[1] = cell_ref(arena, line->id, slice_of(""));
	if (there)
		cells[2] = cell_text(arena, plan_title(plan, task));
	else if (!context_wants_data(p->context))
		cells[2] = cell_message(N_("(removed)"));
	cells[3] = start_cell(line->start);
	cells[4] = end_cell(line->start, line->finish);
	cells[5] = start_cell(there ? plan->start[task] : MOMENT_NONE);
	cells[6] = there ? end_cell(plan->start[task], plan->finish[task]) : cell_none();
	if (there && line->finish != MOMENT_NONE)
		cells[7] = slip_cell(comparison_slip(plan, line->id, line->finish, plan->finish[task]));
	cells[8] = line->effort ? cell_duration(line->effort) : cell_none();
	cells[9] = money(p, line->cost);
	cells[10] = money(p, line->kept);
	cells[11] = start_cell(line->engine_start);
	cells[12] = end_cell(line->engine_start, line->engine_finish);
}

static void fill(struct page *p)
{
	const struct baseline *baseline = &p->side.baseline;
	bool data = context_wants_data(p->context);
	size_t limit = data || !p->limit ? SIZE_MAX : p->limit;
	struct block *pairs;
	struct table *table;

	if (!data)
		doc_heading(&p->doc, 1, cell_ref(&p->doc.arena, baseline->record->id, record_title(baseline->record)));
	pairs = doc_pairs(&p->doc, "summary");
	if (data)
		pairs_add(&p->doc, pairs, "id", NULL, cell_ref(&p->doc.arena, baseline->record->id, slice_of("")));
	add_fields(p, pairs);
	add_today(p, pairs);
	if (!data)
		add_curve(p);
	table = task_table(p);
	for (size_t i = 0; i < baseline->count && i < limit; i++)
		add_task(p, table, &baseline->lines[i]);
	if (baseline->count > limit)
		doc_paragraph(&p->doc, cell_toned(TONE_MUTED, cell_message_of(&p->doc.arena, N_("and %s more; --limit 0 shows all"),
			&(struct cell){ .type = CELL_INTEGER, .number = (int64_t)(baseline->count - limit) }, 1)));
}

int baseline_named(struct context *context, const struct strvec *arguments, const char **out, struct err *err)
{
	const struct record *current = baseline_current(&context->project);
	struct record *record;
	int status;

	if (arguments->len == 0 && !current) {
		err_set(err, ERR_USAGE, "%s", _("no baseline is current: name one"));
		err_hint(err, "%s", _("'pmt baseline freeze NAME' makes one and the current one"));
		return ERR_USAGE;
	}
	if (arguments->len > 0) {
		status = noun_resolve(context, kind_find(slice_of("baseline")), arguments->items[0], &record, err);
		if (status < 0)
			return status;
		current = record;
	}
	*out = arena_strndup(&context->project.arena, current->id.at, current->id.len);
	return 0;
}

int baseline_show(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct baseline_view_options *o = options;
	struct page p = { .context = context };
	const char *name = NULL;
	int status = baseline_limit(o->limit, 0, &p.limit, err);

	if (status == 0)
		status = context_sound_plan(context, err);
	doc_init(&p.doc, "pmt.baseline.show/1");
	if (status == 0 && arguments->len > 1)
		status = help_usage_error("baseline", "show [NAME]", err);
	if (status == 0)
		status = baseline_named(context, arguments, &name, err);
	if (status == 0)
		status = side_open(&p.now, context, NULL, err);
	if (status == 0)
		status = side_open(&p.side, context, name, err);
	if (status == 0) {
		fill(&p);
		status = context_emit(context, &p.doc, err);
	}
	side_release(&p.side);
	side_release(&p.now);
	doc_release(&p.doc);
	return status;
}
