/*
 * Breaking text into lines.
 *
 * A line may break at blanks and on either side of a wide (CJK) character, but not before closing punctuation nor after
 * opening punctuation (the short form of JLREQ's and CLREQ's line start and line end rules), nor before a combining mark.
 * Text longer than a line without such a place is cut between grapheme clusters. O(bytes).
 */
#include "render/render-internal.h"

#include "base/utf8.h"

#include <string.h>

static bool is_among(uint32_t code, const char *set)
{
	struct slice rest = slice_of(set);

	if (code >= 0x3040 && code < 0xff00) /* kana, ideographs, syllables: most of CJK text is letters */
		return false;
	if (code < 0x80)
		return code && strchr(set, (int)code);
	while (rest.len) {
		uint32_t member;
		size_t n = utf8_decode(rest, &member);
		if (member == code)
			return true;
		rest = slice_from(rest, n);
	}
	return false;
}

static bool never_first(uint32_t code)
{
	return is_among(code, "，。、；：？！）》」』】〉〕…—％·”’,.;:?!)]}%");
}

static bool never_last(uint32_t code)
{
	return is_among(code, "（《「『【〈〔“‘([{￥$");
}

static bool is_joiner(uint32_t code)
{
	return code == 0x200d || (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0x1f3fb && code <= 0x1f3ff);
}

struct reader {
	struct slice text;
	size_t at;
	uint32_t code;
	size_t width, bytes;
};

static bool reader_look(struct reader *r)
{
	if (r->at >= r->text.len)
		return false;
	r->code = (unsigned char)r->text.at[r->at];
	if (r->code >= ' ' && r->code < 0x7f) {
		r->bytes = r->width = 1;
		return true;
	}
	r->bytes = utf8_decode(slice_from(r->text, r->at), &r->code);
	r->width = utf8_width(slice_new(r->text.at + r->at, r->bytes));
	return true;
}

static bool may_break(uint32_t before, size_t before_width, const struct reader *r)
{
	if (before_width != 2 && r->width != 2) /* most of Latin text */
		return false;
	if (r->width == 0 || is_joiner(r->code) || before == 0x200d)
		return false;
	return !never_first(r->code) && !never_last(before);
}

/* The next piece that must not be broken, from r->at on. */
static struct slice next_piece(struct reader *r)
{
	size_t start = r->at;
	uint32_t before = 0;
	size_t before_width = 0;
	while (reader_look(r) && r->code != ' ') {
		if (r->at > start && may_break(before, before_width, r))
			break;
		before = r->code;
		if (r->width || is_joiner(r->code))
			before_width = r->width ? r->width : before_width;
		r->at += r->bytes;
	}
	return slice_new(r->text.at + start, r->at - start);
}

static void new_line(struct strbuf *out, size_t indent, size_t *column)
{
	while (out->len && out->buf[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
	strbuf_add_char(out, '\n');
	strbuf_add_repeat(out, " ", indent);
	*column = indent;
}

/* A piece that no line can hold is cut between clusters. */
static void add_long(struct strbuf *out, struct slice piece, size_t width, size_t indent, size_t *column)
{
	while (piece.len) {
		size_t taken = 0;
		struct slice head = utf8_cut(piece, width > *column ? width - *column : 0, &taken);
		if (!head.len && *column > indent) {
			new_line(out, indent, column);
			continue;
		}
		if (!head.len) /* one cluster is wider than the line */
			head = piece;
		strbuf_add_slice(out, head);
		*column += taken;
		piece = slice_from(piece, head.len);
	}
}

void render_wrapped(struct strbuf *out, struct slice text, size_t width, size_t indent)
{
	struct reader r = { .text = text };
	size_t column = indent;
	if (width == 0) {
		strbuf_add_slice(out, text);
		return;
	}
	while (r.at < text.len) {
		size_t blanks = 0;
		while (r.at < text.len && text.at[r.at] == ' ')
			r.at++, blanks++;
		struct slice piece = next_piece(&r);
		size_t cells = utf8_width(piece);
		if (!piece.len)
			break;
		if (column > indent && column + blanks + cells > width) {
			new_line(out, indent, &column);
			blanks = 0;
		}
		strbuf_add_repeat(out, " ", blanks);
		column += blanks;
		if (column + cells > width) {
			add_long(out, piece, width, indent, &column);
		} else {
			strbuf_add_slice(out, piece);
			column += cells;
		}
	}
}
