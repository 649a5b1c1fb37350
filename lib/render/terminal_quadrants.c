/* Four fields of lists side by side in a terminal, two and two; where there is no room for two, one below the other. */
#include "render/render-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

enum { WIDTH_MOST = 130, SIDE_LEAST = 24 };

static void add_item(const struct cell *item, size_t width, const struct units *units, const struct render_options *options,
	struct strvec *lines)
{
	struct strbuf text, wrapped;
	struct slice rest;

	strbuf_init(&text);
	strbuf_init(&wrapped);
	strbuf_add_str(&text, options->ascii ? "- " : "· ");
	render_cell(item, units, options, &text);
	render_wrapped(&wrapped, strbuf_slice(&text), width, 2);
	rest = strbuf_slice(&wrapped);
	while (rest.len) {
		size_t n = slice_find(rest, '\n');

		strvec_push_slice(lines, slice_new(rest.at, n));
		rest = slice_from(rest, n + 1);
	}
	strbuf_release(&text);
	strbuf_release(&wrapped);
}

static void fill(const struct quadrant *q, size_t width, const struct units *units, const struct render_options *options,
	struct strvec *lines)
{
	strvec_init(lines);
	for (size_t i = 0; i < q->count; i++)
		add_item(&q->items[i], width, units, options, lines);
}

static void add_title(struct strbuf *out, const struct quadrant *q, size_t width, const struct render_options *options)
{
	color_on(out, TONE_STRONG, options);
	utf8_pad(out, slice_of(_(q->title)), width, false, options->ascii ? "~" : "…");
	color_off(out, TONE_STRONG, options);
}

static void end_line(struct strbuf *out)
{
	while (out->len && out->buf[out->len - 1] == ' ')
		strbuf_truncate(out, out->len - 1);
	strbuf_add_char(out, '\n');
}

static void add_pair(struct strbuf *out, const struct quadrant pair[2], size_t width, const struct units *units,
	const struct render_options *options)
{
	const char *bar = options->ascii ? " | " : " │ ", *cut = options->ascii ? "~" : "…";
	struct strvec lines[2];
	size_t height;

	for (int i = 0; i < 2; i++)
		fill(&pair[i], width, units, options, &lines[i]);
	height = lines[0].len > lines[1].len ? lines[0].len : lines[1].len;
	add_title(out, &pair[0], width, options);
	strbuf_add_str(out, bar);
	add_title(out, &pair[1], width, options);
	end_line(out);
	for (size_t line = 0; line < height; line++) {
		utf8_pad(out, slice_of(line < lines[0].len ? lines[0].items[line] : ""), width, false, cut);
		strbuf_add_str(out, bar);
		utf8_pad(out, slice_of(line < lines[1].len ? lines[1].items[line] : ""), width, false, cut);
		end_line(out);
	}
	strvec_release(&lines[0]);
	strvec_release(&lines[1]);
}

static void add_alone(struct strbuf *out, const struct quadrant *q, size_t width, const struct units *units,
	const struct render_options *options)
{
	struct strvec lines;

	fill(q, width, units, options, &lines);
	add_title(out, q, utf8_width(slice_of(_(q->title))), options);
	strbuf_add_char(out, '\n');
	for (size_t i = 0; i < lines.len; i++)
		strbuf_addf(out, "%s\n", lines.items[i]);
	strvec_release(&lines);
}

void terminal_quadrants(const struct figure *figure, const struct units *units, const struct render_options *options,
	struct strbuf *out)
{
	const struct quadrant *q = figure->nodes.items;
	size_t width = options->width > 0 ? (size_t)options->width : 100, side;

	width = width > WIDTH_MOST ? WIDTH_MOST : width;
	side = width > 3 ? (width - 3) / 2 : 1;
	for (size_t i = 0; i < figure->nodes.len && side < SIDE_LEAST; i++)
		add_alone(out, &q[i], width, units, options);
	for (size_t i = 0; i + 1 < figure->nodes.len && side >= SIDE_LEAST; i += 2) {
		if (i) {
			strbuf_add_repeat(out, options->ascii ? "-" : "─", side);
			strbuf_add_str(out, options->ascii ? "-+-" : "─┼─");
			strbuf_add_repeat(out, options->ascii ? "-" : "─", side);
			strbuf_add_char(out, '\n');
		}
		add_pair(out, &q[i], side, units, options);
	}
}
