/*
 * Files that are not UTF-8 with LF or CRLF. Old editors on Chinese Windows save GBK (a part of
 * GB18030) or UTF-16.
 *
 * GB18030 is accepted only when the whole file is valid in it and every character it gives is one
 * that people write: assigned, not private, no control. A damaged UTF-8 file practically never
 * passes that.
 */
#include "base/utf8.h"
#include "model/fix-internal.h"

#include <iconv.h>
#include <stdlib.h>
#include <string.h>

/* gcc's analyzer does not know that (iconv_t)-1 is no converter. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif
static bool convert(struct slice text, const char *encoding, struct strbuf *out)
{
	char *in = (char *)(uintptr_t)text.at;
	size_t left = text.len;
	iconv_t converter = iconv_open("UTF-8", encoding);
	bool ok = true;

	if (converter == (iconv_t)-1)
		return false;
	strbuf_grow(out, text.len * 3 + 16);
	while (ok && left > 0) {
		char buffer[4096], *to = buffer;
		size_t room = sizeof(buffer), before = left;
		size_t rc = iconv(converter, &in, &left, &to, &room);
		strbuf_add(out, buffer, sizeof(buffer) - room);
		ok = rc != (size_t)-1 ||
		     (room < sizeof(buffer) && left < before && left > 0 && room < 8);
	}
	iconv_close(converter);
	return ok;
}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

static bool is_written(uint32_t code)
{
	if (code < 0x20)
		return code == '\n' || code == '\r' || code == '\t';
	if (code >= 0x7f && code < 0xa0)
		return false;
	if (code >= 0xe000 && code <= 0xf8ff) /* private */
		return false;
	return code < 0xfff0 || (code >= 0x1f000 && code < 0x30000);
}

static bool all_written(struct slice text)
{
	while (text.len > 0) {
		uint32_t code;
		size_t bytes = utf8_decode(text, &code);
		if (!is_written(code))
			return false;
		text = slice_from(text, bytes);
	}
	return true;
}

bool fix_encoding(struct slice text, struct strbuf *out)
{
	if (slice_starts(text, "\xff\xfe"))
		return convert(slice_from(text, 2), "UTF-16LE", out) &&
		       all_written(strbuf_slice(out));
	if (slice_starts(text, "\xfe\xff"))
		return convert(slice_from(text, 2), "UTF-16BE", out) &&
		       all_written(strbuf_slice(out));
	if (utf8_check(text) == text.len)
		return false;
	return convert(text, "GB18030", out) && all_written(strbuf_slice(out));
}

bool fix_line_ends(struct slice text, struct strbuf *out)
{
	if (text.len == 0 || memchr(text.at, '\n', text.len) || !memchr(text.at, '\r', text.len))
		return false;
	for (size_t i = 0; i < text.len; i++)
		strbuf_add_char(out, text.at[i] == '\r' ? '\n' : text.at[i]);
	return true;
}
