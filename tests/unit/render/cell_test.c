/* Values as people read them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"
#include "render/render-internal.h"
#include "sample.h"

static struct units units;

static void shows(struct cell cell, const char *expected)
{
	struct render_options options = { 0 };
	struct strbuf out;
	strbuf_init(&out);
	render_cell(&cell, &units, &options, &out);
	assert_string_equal(out.buf, expected);
	strbuf_release(&out);
}

static void durations(void **state)
{
	(void)state;
	shows(cell_duration(0), "0d");
	shows(cell_duration(1), "1min");
	shows(cell_duration(59), "59min");
	shows(cell_duration(90), "1.5h");
	shows(cell_duration(480), "1d");
	shows(cell_duration(-720), "-1.5d");
	shows(cell_duration(2400), "5d");
	shows(cell_duration(INT64_MAX), "1200959900632132.3d"); /* clamped, not overflown */
	struct cell cell = cell_duration(960);
	cell.sign = true;
	shows(cell, "+2d");
	cell = cell_duration(2880);
	cell.elapsed = true;
	shows(cell, "2ed");
}

static void finishes_show_the_inclusive_day(void **state)
{
	(void)state;
	shows(cell_finish(day_at(3, 6, 18)), "2026-03-06");
	shows(cell_finish(day_at(3, 7, 0)), "2026-03-06");
	shows(cell_moment(day_at(3, 7, 0)), "2026-03-07");
	shows(cell_moment(day_at(3, 7, 9)), "2026-03-07 09:00");
}

static void money(void **state)
{
	struct render_options chinese = { .chinese_units = true };
	struct money amount = { .amount = decimal_from_integer(8431000), .currency = "CNY" };
	struct cell cell = cell_money(amount);
	struct strbuf out;
	(void)state;
	shows(cell, "8,431,000 CNY");
	cell.money.amount += 5000;
	shows(cell, "8,431,000.50 CNY");
	cell.money.amount = -decimal_from_integer(999);
	shows(cell, "-999 CNY");
	strbuf_init(&out);
	cell.money.amount = decimal_from_integer(8431000);
	render_cell(&cell, &units, &chinese, &out);
	assert_string_equal(out.buf, "843.1万 CNY");
	strbuf_reset(&out);
	cell.money.amount = decimal_from_integer(1234567890);
	render_cell(&cell, &units, &chinese, &out);
	assert_string_equal(out.buf, "12.35亿 CNY");
	strbuf_release(&out);
}

static void percentages_and_numbers(void **state)
{
	struct cell cell = cell_percent(decimal_from_integer(3));
	(void)state;
	shows(cell, "3 %");
	cell.sign = true;
	shows(cell, "+3 %");
	shows(cell_percent(784000), "78.4 %");
	shows(cell_percent(333333), "33.33 %");
	shows(cell_number(12345678), "1,234.5678");
	shows(cell_integer(-5), "-5");
	shows(cell_none(), "");
}

static void texts_cannot_steer_the_terminal(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	shows(cell_text(&arena, slice_of("a\nb\tc")), "a b c");
	struct cell evil = cell_text(&arena, slice_of("\033[31mred\x07"));
	struct render_options options = { 0 };
	struct strbuf out;
	strbuf_init(&out);
	render_cell(&evil, &units, &options, &out);
	assert_null(strchr(out.buf, '\033'));
	assert_null(strchr(out.buf, '\a'));
	strbuf_reset(&out);
	struct cell broken = cell_text(&arena, slice_of("ab\xff\xfe cd"));
	render_cell(&broken, &units, &options, &out);
	assert_int_equal(utf8_check(strbuf_slice(&out)), out.len);
	strbuf_release(&out);
	arena_release(&arena);
}

static void messages_take_their_arguments(void **state)
{
	static const char *const arguments[] = { "one", "two" };
	struct strbuf out;
	(void)state;
	strbuf_init(&out);
	message_fill(&out, "%s, %s, %s; 100%%", arguments, 2);
	assert_string_equal(out.buf, "one, two, ; 100%");
	strbuf_reset(&out);
	message_fill(&out, "%2$s %1$s", arguments, 2);
	assert_string_equal(out.buf, "two one");
	strbuf_reset(&out);
	message_fill(&out, "%d %", arguments, 2);
	assert_string_equal(out.buf, "%d %");
	strbuf_release(&out);
}

static void references_show_id_and_title(void **state)
{
	struct arena arena;
	(void)state;
	arena_init(&arena);
	struct cell refs[2] = { cell_ref(&arena, slice_of("T-1"), slice_of("启动")), cell_ref(&arena, slice_of("T-2"), slice_of(NULL)) };
	shows(cell_list(&arena, refs, 2), "T-1 启动, T-2");
	shows(cell_list(&arena, NULL, 0), "");
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(durations),
		cmocka_unit_test(finishes_show_the_inclusive_day),
		cmocka_unit_test(money),
		cmocka_unit_test(percentages_and_numbers),
		cmocka_unit_test(texts_cannot_steer_the_terminal),
		cmocka_unit_test(messages_take_their_arguments),
		cmocka_unit_test(references_show_id_and_title),
	};
	units_default(&units);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
