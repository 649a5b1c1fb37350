/* RACI: tasks × people, and what is wrong with it. */
#include "report/stakeholder.h"

#include "base/alloc.h"
#include "base/utf8.h"

/* "R", "A", "AR", "a" (inherited). */
static struct cell letters_cell(struct doc *doc, uint8_t letters)
{
	char text[6];
	size_t len = 0;

	if (letters & RACI_R)
		text[len++] = 'R';
	if (letters & RACI_A)
		text[len++] = letters & RACI_INHERITED ? 'a' : 'A';
	if (letters & RACI_C)
		text[len++] = 'C';
	if (letters & RACI_I)
		text[len++] = 'I';
	if (!len)
		return cell_none();
	return cell_toned(letters & RACI_A && !(letters & RACI_INHERITED) ? TONE_STRONG : TONE_NONE,
		cell_text(&doc->arena, slice_new(text, len)));
}

static struct cell fault_cell(const struct raci_row *row)
{
	if (!row->no_accountable && !row->no_responsible)
		return cell_none();
	return cell_toned(TONE_BAD, cell_message(row->no_accountable && row->no_responsible ? N_("no A, no R") :
		row->no_accountable ? N_("no A") : N_("no R")));
}

/* Everybody with a letter, as a list: "li.wei, wang.fang". */
static struct cell names_cell(struct doc *doc, const struct raci *raci, const struct raci_row *row, uint8_t letter)
{
	const struct raci_mark *marks = raci->marks.items;
	const struct raci_person *people = raci->people.items;
	struct cell *cells = arena_calloc(&doc->arena, row->count + 1, sizeof(*cells));
	size_t count = 0;

	for (uint32_t m = row->first; m < row->first + row->count; m++)
		if (marks[m].letters & letter)
			cells[count++] = cell_ref(&doc->arena, people[marks[m].person].id, slice_of(""));
	return count ? cell_list(&doc->arena, cells, count) : cell_none();
}

static void set_task(struct doc *doc, const struct raci *raci, const struct raci_row *row, struct cell *cells)
{
	cells[0] = cell_ref(&doc->arena, plan_id(raci->plan, row->task), slice_of(""));
	cells[1] = cell_text(&doc->arena, plan_title(raci->plan, row->task));
}

static void add_records(struct doc *doc, const struct raci *raci, bool faulty)
{
	static const char *const keys[] = { "responsible", "accountable", "consulted", "informed" };
	const struct raci_row *rows = raci->rows.items;
	struct table *table = doc_table(doc, "records", NULL);

	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST);
	for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
		table_column(table, keys[i], NULL, ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "inherited", NULL, ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "fault", N_("fault"), ALIGN_LEFT, PRIORITY_MUST);
	for (size_t r = 0; r < raci->rows.len; r++) {
		struct cell *cells;

		if (faulty && !rows[r].no_accountable && !rows[r].no_responsible)
			continue;
		cells = table_row(table)->cells;
		set_task(doc, raci, &rows[r], cells);
		for (size_t i = 0; i < ARRAY_SIZE(keys); i++)
			cells[2 + i] = names_cell(doc, raci, &rows[r], (uint8_t)(1 << i));
		cells[6] = cell_yesno(names_cell(doc, raci, &rows[r], RACI_INHERITED).type != CELL_NONE);
		cells[7] = fault_cell(&rows[r]);
	}
}

/* The people who have the most letters come first, so that a narrow terminal keeps them. */
static int by_letters(const void *a, const void *b, void *context)
{
	const struct raci_person *people = ((const struct raci *)context)->people.items;
	uint32_t sums[2] = { 0, 0 };
	const uint32_t *at[2] = { a, b };

	for (int side = 0; side < 2; side++)
		for (int letter = 0; letter < 4; letter++)
			sums[side] += people[*at[side]].letters[letter];
	return sums[0] > sums[1] ? -1 : sums[0] < sums[1];
}

/* Columns have little room: the id or the name, whichever is shorter. */
static const char *short_name(struct doc *doc, const struct raci_person *person)
{
	struct slice name = person->record ? record_title(person->record) : person->id;

	if (utf8_width(name) > utf8_width(person->id))
		name = person->id;
	return arena_strndup(&doc->arena, name.at, name.len);
}

enum { PEOPLE_MUST = 4, PEOPLE_HIGH = 10 };
/* A grid that nobody can read any more is not made: beyond this many cells, only the first columns are. */
enum { GRID_CELLS = 200000, GRID_COLUMNS = 50 };

static size_t grid_columns(const struct raci *raci)
{
	size_t most = GRID_CELLS / (raci->rows.len + 1);

	if (most < GRID_COLUMNS)
		most = GRID_COLUMNS;
	return most < raci->people.len ? most : raci->people.len;
}

static void note_left_out(struct doc *doc, size_t people)
{
	struct cell count = cell_integer((int64_t)people);

	if (people)
		doc_paragraph(doc, cell_toned(TONE_MUTED,
			cell_message_of(&doc->arena, N_("people with fewer letters, not shown here: %s; CSV and JSON hold them"), &count, 1)));
}

static void add_grid(struct doc *doc, const struct raci *raci, bool faulty)
{
	const struct raci_row *rows = raci->rows.items;
	const struct raci_person *people = raci->people.items;
	const struct raci_mark *marks = raci->marks.items;
	struct table *table = doc_table(doc, "matrix", NULL);
	uint32_t *order = arena_calloc(&doc->arena, raci->people.len + 1, sizeof(*order));
	uint32_t *column = arena_calloc(&doc->arena, raci->people.len + 1, sizeof(*column));
	size_t columns = grid_columns(raci);

	for (uint32_t p = 0; p < raci->people.len; p++)
		order[p] = p;
	stable_sort(order, raci->people.len, sizeof(*order), by_letters, (void *)(uintptr_t)raci);
	for (uint32_t p = 0; p < raci->people.len; p++)
		column[order[p]] = p;
	table->empty = faulty ? N_("every task has one A, and somebody who does it") : N_("no tasks");
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (size_t p = 0; p < columns; p++)
		table_column(table, short_name(doc, &people[order[p]]), NULL, ALIGN_LEFT,
			p < PEOPLE_MUST ? PRIORITY_MUST : p < PEOPLE_HIGH ? PRIORITY_HIGH : PRIORITY_LOW);
	table_column(table, "fault", N_("fault"), ALIGN_LEFT, PRIORITY_MUST);
	for (size_t r = 0; r < raci->rows.len; r++) {
		struct cell *cells;

		if (faulty && !rows[r].no_accountable && !rows[r].no_responsible)
			continue;
		cells = table_row(table)->cells;
		set_task(doc, raci, &rows[r], cells);
		for (uint32_t m = rows[r].first; m < rows[r].first + rows[r].count; m++)
			if (column[marks[m].person] < columns)
				cells[2 + column[marks[m].person]] = letters_cell(doc, marks[m].letters);
		cells[2 + columns] = fault_cell(&rows[r]);
	}
	note_left_out(doc, raci->people.len - columns);
}

static void add_people(struct doc *doc, const struct raci *raci, bool faulty)
{
	const struct raci_person *people = raci->people.items;
	struct table *table = doc_table(doc, "people", N_("Who has how many"));

	table->empty = N_("nobody answers for too much");
	table_column(table, "id", N_("who"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "R", NULL, ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "A", NULL, ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "C", NULL, ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "I", NULL, ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "fault", N_("fault"), ALIGN_LEFT, PRIORITY_MUST);
	for (size_t p = 0; p < raci->people.len; p++) {
		struct cell *cells;

		if (faulty && !people[p].overloaded)
			continue;
		cells = table_row(table)->cells;
		cells[0] = cell_ref(&doc->arena, people[p].id, slice_of(""));
		cells[1] = cell_text(&doc->arena, people[p].record ? record_title(people[p].record) : slice_of(""));
		for (int letter = 0; letter < 4; letter++)
			cells[2 + letter] = cell_integer(people[p].letters[letter]);
		if (people[p].overloaded) {
			cells[3].tone = TONE_BAD;
			cells[6] = cell_toned(TONE_BAD, cell_message(N_("answers for too much")));
		}
	}
}

void raci_matrix(struct doc *doc, const struct raci *raci, bool faulty, bool data)
{
	struct block *pairs;

	if (data)
		add_records(doc, raci, faulty);
	else
		add_grid(doc, raci, faulty);
	add_people(doc, raci, faulty);
	pairs = doc_pairs(doc, "summary");
	pairs_add(doc, pairs, "tasks", N_("tasks"), cell_integer((int64_t)raci->rows.len));
	pairs_add(doc, pairs, "faulty", N_("without A or R"),
		cell_toned(raci->faulty ? TONE_BAD : TONE_GOOD, cell_integer((int64_t)raci->faulty)));
}
