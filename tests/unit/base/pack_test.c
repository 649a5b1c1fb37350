/* Numbers and texts one behind the other. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/pack.h"

static void gives_back_what_was_put_in(void **state)
{
	struct strbuf out;
	struct slice rest, text;
	uint32_t number;

	(void)state;
	strbuf_init(&out);
	pack_number(&out, 0);
	pack_number(&out, UINT32_MAX);
	pack_text(&out, slice_of("结\n"));
	pack_text(&out, slice_of(""));
	pack_text(&out, slice_new(NULL, 0));
	rest = strbuf_slice(&out);
	assert_true(unpack_number(&rest, &number) && number == 0);
	assert_true(unpack_number(&rest, &number) && number == UINT32_MAX);
	assert_true(unpack_text(&rest, &text) && slice_is(text, "结\n"));
	assert_true(unpack_text(&rest, &text) && text.at && text.len == 0);
	assert_true(unpack_text(&rest, &text) && !text.at);
	assert_int_equal(rest.len, 0);
	assert_false(unpack_text(&rest, &text));
	strbuf_release(&out);
}

/* Cut anywhere, nothing is read that is not there. */
static void sees_where_it_was_cut(void **state)
{
	struct strbuf out;

	(void)state;
	strbuf_init(&out);
	pack_text(&out, slice_of("twelve bytes"));
	for (size_t len = 0; len < out.len; len++) {
		struct slice rest = slice_new(out.buf, len), text;

		assert_false(unpack_text(&rest, &text));
	}
	strbuf_release(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_back_what_was_put_in),
		cmocka_unit_test(sees_where_it_was_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
