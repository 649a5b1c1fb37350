#include "report/objective.h"

#include "base/alloc.h"

static const char *const letter_keys[SMART_LETTERS] = { "specific", "measurable", "achievable", "relevant", "time_bound" };
static const char *const letters[SMART_LETTERS] = { "S", "M", "A", "R", "T" };

static bool is_chosen(const struct objective_request *request, const struct objective *o, struct arena *scratch)
{
	bool holds = !request->condition || condition_holds(request->condition, o->record, request->scope, scratch);

	arena_reset(scratch);
	return holds;
}

static void set_objective(struct doc *doc, struct cell *cells, const struct objective *o)
{
	cells[0] = cell_ref(&doc->arena, o->record->id, slice_of(""));
	cells[1] = cell_text(&doc->arena, record_title(o->record));
}

static struct cell number_cell(decimal_t number)
{
	return number == DECIMAL_NONE ? cell_none() : cell_number(number);
}

static struct cell percent_cell(decimal_t percent)
{
	return percent == DECIMAL_NONE ? cell_none() : cell_percent(percent);
}

static struct cell fault_cell(struct doc *doc, const struct smart_fault *f)
{
	const char *argument = arena_strndup(&doc->arena, f->argument.at ? f->argument.at : "", f->argument.len);

	return cell_toned(TONE_WATCH, cell_messagef(&doc->arena, f->message, argument, NULL));
}

/* Why, as a list of reasons. */
static struct cell faults_cell(struct doc *doc, const struct objective *o)
{
	const struct smart_fault *f = o->faults.items;
	struct cell *cells = arena_calloc(&doc->arena, o->faults.len + 1, sizeof(*cells));

	for (size_t i = 0; i < o->faults.len; i++)
		cells[i] = fault_cell(doc, &f[i]);
	return o->faults.len ? cell_list(&doc->arena, cells, o->faults.len) : cell_none();
}

/* For people the reasons stand below, a line each: a table has no room for them. */
static void add_reasons(struct doc *doc, const struct objective_request *request, const struct objectives *objectives)
{
	const struct objective *all = objectives->items.items;
	struct table *table = doc_table(doc, "missing", N_("What is missing"));
	struct arena scratch;

	table->empty = N_("every objective is SMART");
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "letter", N_("letter"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "why", N_("why"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	arena_init(&scratch);
	for (size_t i = 0; i < objectives->items.len; i++) {
		const struct smart_fault *f = all[i].faults.items;

		for (size_t k = 0; is_chosen(request, &all[i], &scratch) && k < all[i].faults.len; k++) {
			struct cell *cells = table_row(table)->cells;

			cells[0] = cell_ref(&doc->arena, all[i].record->id, slice_of(""));
			cells[1] = cell_toned(TONE_BAD, cell_text(&doc->arena, slice_of(letters[f[k].letter])));
			cells[2] = fault_cell(doc, &f[k]);
		}
	}
	arena_release(&scratch);
}

size_t objective_smart(struct doc *doc, const struct objective_request *request, const struct objectives *objectives)
{
	const struct objective *all = objectives->items.items;
	struct table *table = doc_table(doc, "records", NULL);
	struct arena scratch;
	size_t faulty = 0;

	arena_init(&scratch);
	table->empty = N_("no objectives; 'pmt objective add' enters one");
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (int i = 0; i < SMART_LETTERS; i++)
		table_column(table, letter_keys[i], request->data ? NULL : letters[i], ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "progress", N_("progress"), ALIGN_RIGHT, PRIORITY_HIGH);
	if (request->data)
		table_column(table, "missing", NULL, ALIGN_LEFT, PRIORITY_DATA);
	for (size_t i = 0; i < objectives->items.len; i++) {
		struct cell *cells;

		if (!is_chosen(request, &all[i], &scratch))
			continue;
		cells = table_row(table)->cells;
		set_objective(doc, cells, &all[i]);
		for (int k = 0; k < SMART_LETTERS; k++)
			cells[2 + k] = cell_toned(all[i].letters & 1u << k ? TONE_GOOD : TONE_BAD, cell_yesno(all[i].letters & 1u << k));
		cells[2 + SMART_LETTERS] = percent_cell(all[i].progress);
		if (request->data)
			cells[3 + SMART_LETTERS] = faults_cell(doc, &all[i]);
		faulty += all[i].faults.len > 0;
	}
	arena_release(&scratch);
	if (!request->data)
		add_reasons(doc, request, objectives);
	return faulty;
}

static void add_measure(struct doc *doc, struct table *table, const struct objective *o, const struct measure *m)
{
	struct cell *cells = table_row(table)->cells;

	set_objective(doc, cells, o);
	cells[2] = cell_text(&doc->arena, m->text);
	if (m->metric)
		cells[3] = cell_text(&doc->arena, record_text_or(m->metric, "unit"));
	cells[4] = number_cell(m->start);
	cells[5] = number_cell(m->latest);
	cells[6] = number_cell(m->target);
	cells[7] = m->measured == DATE_NONE ? cell_none() : cell_date(m->measured);
	cells[8] = percent_cell(m->progress);
	if (m->latest != DECIMAL_NONE)
		cells[5].tone = m->holds ? TONE_GOOD : TONE_WATCH;
}

void objective_progress(struct doc *doc, const struct objective_request *request, const struct objectives *objectives)
{
	const struct objective *all = objectives->items.items;
	struct table *table = doc_table(doc, "records", NULL);
	struct arena scratch;

	table->empty = N_("no objective has a measure");
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "measure", N_("measure"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "unit", N_("unit"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "start_value", N_("at the beginning"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "latest", N_("latest"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "target", N_("target"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "measured", N_("measured"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "progress", N_("progress"), ALIGN_RIGHT, PRIORITY_MUST);
	arena_init(&scratch);
	for (size_t i = 0; i < objectives->items.len; i++)
		for (size_t k = 0; is_chosen(request, &all[i], &scratch) && k < all[i].measures.len; k++)
			add_measure(doc, table, &all[i], vec_at(&all[i].measures, k));
	arena_release(&scratch);
}
