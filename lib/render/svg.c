/* SVG: the frame, the style and the small pieces all figures are made of. */
#include "render/svg-internal.h"

#include "base/utf8.h"
#include "text/xml.h"

#include <math.h>
#include <string.h>

const char svg_style[] =
	".pf{display:block;font:12px system-ui,-apple-system,'Segoe UI','Noto Sans','Noto Sans CJK SC','Noto Sans SC','PingFang SC',"
	"'Microsoft YaHei','WenQuanYi Micro Hei',sans-serif}"
	".pf text{fill:#1f2933}.pf .mu{fill:#66707d}.pf .st{font-weight:600}.pf .e{text-anchor:end}.pf .m{text-anchor:middle}"
	".pf .hl{paint-order:stroke;stroke:#fff;stroke-width:4px;stroke-opacity:.85}"
	".pf .sm{font-size:11px}.pf .bg{fill:#fff}.pf .gr{stroke:#e6e9ee}.pf .gs{stroke:#cbd2da}.pf .of{fill:#f4f5f7}.pf .zb{fill:#fafbfc}"
	".pf .re{fill:#a9c4ee}.pf .do{fill:#3f74c9}.pf .cr{fill:#f3aaa2}.pf .cd{fill:#c9463b}.pf .ho{stroke:#c9463b;stroke-width:1.5}"
	".pf .su{fill:#8a95a3}.pf .sd{fill:#47525f}.pf .bs{fill:#b9c1cb}.pf .fl{stroke:#97a1ad;stroke-width:2}"
	".pf .li{stroke:#97a1ad;fill:none}.pf .lc{stroke:#c9463b;fill:none}.pf .lh{fill:#97a1ad}.pf .lx{fill:#c9463b}"
	".pf .td{stroke:#b45309;stroke-width:1.5}.pf .tt{fill:#b45309}.pf .dl{fill:#b42318}.pf .ms{fill:#334155}.pf .mc{fill:#b42318}"
	".pf .bo{fill:#fff;stroke:#cbd2da}.pf .bc{fill:#fff5f4;stroke:#c9463b;stroke-width:1.5}"
	".pf .s0{fill:#3f74c9;stroke:#3f74c9}.pf .s1{fill:#c2710c;stroke:#c2710c}.pf .s2{fill:#2e8b57;stroke:#2e8b57}"
	".pf .s3{fill:#8e5bb5;stroke:#8e5bb5}.pf .s4{fill:#b8433a;stroke:#b8433a}.pf .s5{fill:#5b6773;stroke:#5b6773}"
	".pf .ln{fill:none;stroke-width:2;stroke-linejoin:round}.pf .ds{stroke-dasharray:5 4}.pf .ar{stroke:none;fill-opacity:.75}"
	".pf .gc{fill:none;stroke:#66707d;stroke-dasharray:3 2}"
	".pf .mv{fill:none;stroke:#47525f;stroke-width:1.3}.pf .mw{fill:none;stroke:#fff;stroke-width:3.5;stroke-opacity:.7}"
	".pf .mh{fill:#47525f}.pf .dw{stroke:#2e8b57;stroke-width:2.5}.pf .db{fill:#eef8f1;stroke:#2e8b57;stroke-width:1.8}"
	".pf .h0{fill:#f4f6f8}.pf .h1{fill:#dcefe0}.pf .h2{fill:#fbeec2}.pf .h3{fill:#f8d0a8}.pf .h4{fill:#f2b3ac}"
	"@media screen and (prefers-color-scheme:dark){.pf text{fill:#e4e8ed}.pf .mu{fill:#9aa5b1}.pf .bg{fill:#14181d}"
	".pf .hl{stroke:#14181d}.pf .gr{stroke:#272e37}.pf .gs{stroke:#3c4652}.pf .of{fill:#1b2128}.pf .zb{fill:#171c22}.pf .re{fill:#34527f}.pf .do{fill:#6ea0ec}"
	".pf .cr{fill:#6e322d}.pf .cd{fill:#ee7a6f}.pf .ho{stroke:#ee7a6f}.pf .su{fill:#6b7785}.pf .sd{fill:#b4bfcb}.pf .bs{fill:#46515e}"
	".pf .fl{stroke:#6b7785}.pf .li{stroke:#6b7785}.pf .lc{stroke:#ee7a6f}.pf .lh{fill:#6b7785}.pf .lx{fill:#ee7a6f}"
	".pf .td{stroke:#f0b35a}.pf .tt{fill:#f0b35a}.pf .dl{fill:#ff8a7d}.pf .ms{fill:#cbd5e1}.pf .mc{fill:#ff8a7d}"
	".pf .bo{fill:#1b2128;stroke:#3c4652}.pf .bc{fill:#2a1a19;stroke:#ee7a6f}"
	".pf .s0{fill:#6ea0ec;stroke:#6ea0ec}.pf .s1{fill:#f0a94f;stroke:#f0a94f}.pf .s2{fill:#5fc48a;stroke:#5fc48a}"
	".pf .s3{fill:#c094e4;stroke:#c094e4}.pf .s4{fill:#ee7a6f;stroke:#ee7a6f}.pf .s5{fill:#a8b3bf;stroke:#a8b3bf}"
	".pf .gc{stroke:#9aa5b1}.pf .mv{stroke:#cbd5e1}.pf .mw{stroke:#12161c}.pf .mh{fill:#cbd5e1}"
	".pf .dw{stroke:#5fc48a}.pf .db{fill:#16281d;stroke:#5fc48a}"
	".pf .h0{fill:#1b2128}.pf .h1{fill:#1f3a2a}.pf .h2{fill:#453c17}.pf .h3{fill:#553516}.pf .h4{fill:#5e2722}}";

void svg_number(struct strbuf *out, double value)
{
	long tenths = lround(value * 10);
	if (tenths < 0) {
		strbuf_add_char(out, '-');
		tenths = -tenths;
	}
	strbuf_addf(out, "%ld", tenths / 10);
	if (tenths % 10)
		strbuf_addf(out, ".%ld", tenths % 10);
}

void svg_share(struct strbuf *out, double share)
{
	long thousandths = lround(share * 1000);
	strbuf_addf(out, "%ld.%03ld", thousandths / 1000, thousandths % 1000);
}

void svg_attribute(struct strbuf *out, const char *name, double value)
{
	strbuf_addf(out, " %s=\"", name);
	svg_number(out, value);
	strbuf_add_char(out, '"');
}

void svg_rect(struct svg *svg, const char *class, double x, double y, double width, double height)
{
	strbuf_addf(svg->out, "<rect class=\"%s\"", class);
	svg_attribute(svg->out, "x", x);
	svg_attribute(svg->out, "y", y);
	svg_attribute(svg->out, "width", fmax(width, 0));
	svg_attribute(svg->out, "height", fmax(height, 0));
	strbuf_add_str(svg->out, "/>");
}

void svg_line(struct svg *svg, const char *class, double x1, double y1, double x2, double y2)
{
	strbuf_addf(svg->out, "<line class=\"%s\"", class);
	svg_attribute(svg->out, "x1", x1);
	svg_attribute(svg->out, "y1", y1);
	svg_attribute(svg->out, "x2", x2);
	svg_attribute(svg->out, "y2", y2);
	strbuf_add_str(svg->out, "/>");
}

void svg_text(struct svg *svg, const char *class, double x, double y, struct slice text)
{
	strbuf_addf(svg->out, "<text class=\"%s\"", class);
	svg_attribute(svg->out, "x", x);
	svg_attribute(svg->out, "y", y);
	strbuf_add_char(svg->out, '>');
	xml_escape(svg->out, text);
	strbuf_add_str(svg->out, "</text>");
}

double svg_text_width(struct slice text)
{
	return (double)utf8_width(text) * 6.7;
}

void svg_text_cut(struct svg *svg, const char *class, double x, double y, double width, struct slice text)
{
	struct strbuf cut;
	strbuf_init(&cut);
	size_t cells = width > 0 ? (size_t)(width / 6.7) : 0;
	if (utf8_width(text) <= cells)
		strbuf_add_slice(&cut, text);
	else if (cells > 0)
		utf8_pad(&cut, text, cells, false, "…");
	svg_text(svg, class, x, y, slice_trim(strbuf_slice(&cut)));
	strbuf_release(&cut);
}

void svg_tip(struct svg *svg, struct slice text)
{
	strbuf_add_str(svg->out, "<title>");
	xml_escape(svg->out, text);
	strbuf_add_str(svg->out, "</title>");
}

/* A part of a figure whose first picture has the name and the description. */
void svg_open_part(struct svg *svg, double width, double height, const char *class)
{
	strbuf_addf(svg->out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pf %s\" aria-hidden=\"true\"", class);
	svg_attribute(svg->out, "width", width);
	svg_attribute(svg->out, "height", height);
	strbuf_add_char(svg->out, '>');
}

/* role="img" with a name and a description, so that a reader who sees no picture hears what it is. */
void svg_open(struct svg *svg, double width, double height, const char *class)
{
	struct strbuf *out = svg->out;
	bool scales = strcmp(class, "gc") != 0; /* a page's Gantt is cut and scrolled, never scaled */
	strbuf_addf(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pf %s\" role=\"img\"", class);
	svg_attribute(out, "width", width);
	svg_attribute(out, "height", height);
	if (scales) {
		strbuf_add_str(out, " viewBox=\"0 0 ");
		svg_number(out, width);
		strbuf_add_char(out, ' ');
		svg_number(out, height);
		strbuf_add_char(out, '"');
	}
	strbuf_addf(out, " aria-labelledby=\"f%d%s\">", svg->number, class);
	strbuf_addf(out, "<title id=\"f%d%s\">", svg->number, class);
	xml_escape(out, slice_of(svg->figure->title ? _(svg->figure->title) : ""));
	strbuf_add_str(out, "</title>");
	if (svg->figure->description) {
		strbuf_add_str(out, "<desc>");
		xml_escape(out, slice_of(_(svg->figure->description)));
		strbuf_add_str(out, "</desc>");
	}
	if (!svg->standalone)
		return;
	strbuf_addf(out, "<style>%s</style>", svg_style);
	svg_rect(svg, "bg", 0, 0, width, height);
}

void svg_close(struct svg *svg)
{
	strbuf_add_str(svg->out, "</svg>");
}

void svg_figure(struct strbuf *out, const struct figure *figure, const struct units *units,
	const struct render_options *options, int number, bool standalone)
{
	struct svg svg = { out, figure, units, options, number, standalone };
	switch (figure->type) {
	case FIGURE_GANTT:   svg_gantt(&svg);   break;
	case FIGURE_TREE:    svg_tree(&svg);    break;
	case FIGURE_NETWORK: svg_network(&svg); break;
	case FIGURE_MATRIX:  svg_matrix(&svg);  break;
	case FIGURE_DECISION: svg_decision(&svg); break;
	case FIGURE_QUADRANTS: svg_quadrants(&svg); break;
	case FIGURE_TORNADO: svg_tornado(&svg); break;
	case FIGURE_CALENDAR: svg_calendar(&svg); break;
	default:             svg_chart(&svg);   break;
	}
}

int render_svg(const struct doc *doc, const struct render_options *options, struct strbuf *out, struct err *err)
{
	struct block *const *blocks = doc->blocks.items;
	struct render_options own = *options;
	own.ascii = false;
	for (size_t i = 0; i < doc->blocks.len; i++)
		if (blocks[i]->type == BLOCK_FIGURE) {
			strbuf_add_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
			svg_figure(out, blocks[i]->figure, &doc->units, &own, 1, true);
			strbuf_add_char(out, '\n');
			return 0;
		}
	return err_set(err, ERR_USAGE, "%s", _("there is no figure to write as SVG; try --format html"));
}
