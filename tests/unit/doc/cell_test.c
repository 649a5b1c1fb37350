/* Cells and documents: what they hold, and that they hold copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "doc/doc.h"

#include <stdio.h>
#include <string.h>

static struct cell value_cell(struct doc *doc, enum field_type type, const char *of, const char *text)
{
	struct field field = { .name = "x", .type = type, .of = of };
	struct value_context context = { .units = &doc->units };
	struct value_fault fault;
	struct value value;
	assert_int_equal(value_parse(&value, &field, slice_of(text), &context, &doc->arena, &fault), 0);
	return cell_value(&doc->arena, &value, &doc->units);
}

static void values_become_cells(void **state)
{
	struct doc doc;
	(void)state;
	doc_init(&doc, "x/1");
	assert_int_equal(value_cell(&doc, TYPE_LINE, NULL, "医院").type, CELL_TEXT);
	assert_int_equal(value_cell(&doc, TYPE_REF, "task", "T-1").type, CELL_REF);
	assert_int_equal(value_cell(&doc, TYPE_ENUM, "a|b", "b").type, CELL_WORD);
	struct cell date = value_cell(&doc, TYPE_DATE, NULL, "2026-03-02");
	assert_int_equal(date.type, CELL_DATE);
	assert_int_equal(date.number, date_from_civil(2026, 3, 2));
	assert_int_equal(value_cell(&doc, TYPE_DATETIME, NULL, "2026-03-02").type, CELL_DATE);
	assert_int_equal(value_cell(&doc, TYPE_DATETIME, NULL, "2026-03-02 09:00").type, CELL_MOMENT);
	assert_int_equal(value_cell(&doc, TYPE_PERCENT, NULL, "50%").number, 500000);
	assert_int_equal(value_cell(&doc, TYPE_INTEGER, NULL, "7").number, 7);
	assert_int_equal(value_cell(&doc, TYPE_YESNO, NULL, "yes").number, 1);
	doc_release(&doc);
}

static void estimates_keep_their_three_points_for_people(void **state)
{
	struct doc doc;
	(void)state;
	doc_init(&doc, "x/1");
	struct cell plain = value_cell(&doc, TYPE_DURATION, NULL, "3d");
	assert_int_equal(plain.number, 1440);
	assert_int_equal(plain.text.len, 0);
	struct cell three = value_cell(&doc, TYPE_DURATION, NULL, "3d/5d/10d");
	assert_true(slice_is(three.text, "3d/5d/10d"));
	assert_int_equal(three.number, (3 + 4 * 5 + 10) * 480 / 6);
	assert_true(value_cell(&doc, TYPE_DURATION, NULL, "2ed").elapsed);
	doc_release(&doc);
}

static void lists_become_lists(void **state)
{
	struct doc doc;
	(void)state;
	doc_init(&doc, "x/1");
	struct cell refs = value_cell(&doc, TYPE_REFS, "task", "T-1, T-2");
	assert_int_equal(refs.item_count, 2);
	assert_int_equal(refs.items[1].type, CELL_REF);
	struct cell links = value_cell(&doc, TYPE_DEPENDENCIES, NULL, "T-7, T-9 SS+2d");
	assert_int_equal(links.item_count, 2);
	assert_true(slice_is(links.items[1].text, "T-9 SS+2d"));
	struct cell people = value_cell(&doc, TYPE_ALLOCATIONS, NULL, "li.wei, @backend 50%");
	assert_int_equal(people.item_count, 2);
	assert_true(slice_is(people.items[0].text, "li.wei"));
	doc_release(&doc);
}

static void money_gets_the_projects_currency(void **state)
{
	struct doc doc;
	(void)state;
	doc_init(&doc, "x/1");
	memcpy(doc.units.currency, "CNY", 4);
	assert_string_equal(value_cell(&doc, TYPE_MONEY, NULL, "1200.50").money.currency, "CNY");
	assert_string_equal(value_cell(&doc, TYPE_MONEY, NULL, "3500 USD").money.currency, "USD");
	doc_release(&doc);
}

static void what_is_not_there_is_none(void **state)
{
	(void)state;
	assert_int_equal(cell_date(DATE_NONE).type, CELL_NONE);
	assert_int_equal(cell_moment(MOMENT_NONE).type, CELL_NONE);
	assert_int_equal(cell_finish(MOMENT_NONE).type, CELL_NONE);
	assert_int_equal(cell_percent(DECIMAL_NONE).type, CELL_NONE);
	assert_int_equal(cell_number(DECIMAL_NONE).type, CELL_NONE);
	struct money money = { .amount = DECIMAL_NONE };
	assert_int_equal(cell_money(money).type, CELL_NONE);
}

static void texts_are_copied(void **state)
{
	char text[] = "abc";
	struct arena arena;
	(void)state;
	arena_init(&arena);
	struct cell cell = cell_text(&arena, slice_of(text)), message = cell_messagef(&arena, "%s", text, NULL);
	text[0] = 'X';
	assert_true(slice_is(cell.text, "abc"));
	assert_string_equal(message.arguments[0], "abc");
	arena_release(&arena);
}

static void blocks_do_not_move(void **state)
{
	struct doc doc;
	(void)state;
	doc_init(&doc, "x/1");
	struct block *first = doc_pairs(&doc, "first");
	for (int i = 0; i < 100; i++)
		doc_heading(&doc, 1, cell_message("h"));
	pairs_add(&doc, first, "k", NULL, cell_integer(1));
	assert_int_equal(((struct block **)doc.blocks.items)[0]->pairs.len, 1);
	struct table *table = doc_table(&doc, "records", NULL);
	table_column(table, "a", NULL, ALIGN_LEFT, PRIORITY_MUST);
	for (int i = 0; i < 100; i++)
		table_row(table)->cells[0] = cell_integer(i);
	assert_int_equal(((struct row *)table->rows.items)[99].cells[0].number, 99);
	doc_release(&doc);
}

static void what_has_no_length_ends_where_it_begins(void **state)
{
	moment_t midnight = moment_from_date(date_from_civil(2026, 3, 3));
	(void)state;
	assert_int_equal(cell_end(midnight - 60, midnight).type, CELL_FINISH);
	assert_int_equal(cell_end(MOMENT_NONE, midnight).type, CELL_FINISH);
	assert_int_equal(cell_end(midnight, midnight).type, CELL_START);
	assert_int_equal(cell_end(midnight, midnight).number, midnight);
	assert_int_equal(cell_end(MOMENT_NONE, MOMENT_NONE).type, CELL_NONE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_become_cells),
		cmocka_unit_test(estimates_keep_their_three_points_for_people),
		cmocka_unit_test(lists_become_lists),
		cmocka_unit_test(money_gets_the_projects_currency),
		cmocka_unit_test(what_is_not_there_is_none),
		cmocka_unit_test(what_has_no_length_ends_where_it_begins),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(blocks_do_not_move),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
