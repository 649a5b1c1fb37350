/*
 * Text: widths add up, cuts are prefixes that fit, pads are exact, folding and composing are idempotent, what is valid
 * decodes without replacement, distance is symmetric.
 */
#include "tests/fuzz/fuzz.h"

#include "base/utf8.h"

#include <stdlib.h>

static void must(bool truth)
{
	if (!truth)
		abort();
}

static void check_decoding(struct slice text)
{
	size_t valid = utf8_check(text), at = 0;
	struct strbuf again;
	uint32_t code;

	strbuf_init(&again);
	while (at < valid) {
		at += utf8_decode(slice_from(text, at), &code);
		utf8_encode(&again, code);
	}
	must(at == valid && slice_equal(strbuf_slice(&again), slice_new(text.at, valid)));
	must(valid == text.len || (utf8_decode(slice_from(text, valid), &code) == 1 && code == 0xfffd));
	strbuf_release(&again);
}

static void check_cells(struct slice text, size_t cells)
{
	size_t width, whole = utf8_width(text);
	struct slice cut = utf8_cut(text, cells, &width);
	struct strbuf padded;

	must(width <= cells && cut.len <= text.len && utf8_width(cut) == width);
	must(whole > cells || cut.len == text.len);
	strbuf_init(&padded);
	utf8_pad(&padded, text, cells, cells % 2, "…");
	must(padded.len >= cut.len || whole > cells);
	strbuf_release(&padded);
}

static void check_stable(struct slice text, void (*map)(struct strbuf *out, struct slice text))
{
	struct strbuf once, twice;

	strbuf_init(&once);
	strbuf_init(&twice);
	map(&once, text);
	map(&twice, strbuf_slice(&once));
	must(slice_equal(strbuf_slice(&once), strbuf_slice(&twice)));
	strbuf_release(&once);
	strbuf_release(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_new((const char *)data, size), half = slice_new(text.at, size / 2);
	struct slice rest = slice_from(text, size / 2);

	check_decoding(text);
	for (size_t cells = 0; cells < 9; cells++)
		check_cells(text, cells);
	if (utf8_check(text) == size) {
		check_stable(text, utf8_compose);
		check_stable(text, utf8_fold);
	}
	if (size < 400)
		must(utf8_distance(half, rest, 5) == utf8_distance(rest, half, 5));
	return 0;
}
