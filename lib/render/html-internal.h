/* What the parts of the HTML renderer share. Private to lib/render. */
#ifndef HTML_INTERNAL_H
#define HTML_INTERNAL_H

#include "base/map.h"
#include "render/render-internal.h"

struct page {
	struct strbuf *out;
	const struct doc *doc;
	const struct render_options *options;
	struct strbuf scratch;
	struct arena texts; /* of ids whose rows are made */
	struct map anchors; /* ids that have a row of their own: value 1 until the row is written, then 2 */
	int figure_count, section_count;
	bool section_open;
};

/* In pieces, NULL at the end: a C compiler need not take longer literals. */
extern const char *const html_style[];
extern const char *const html_script[];

void html_escape(struct page *page, struct slice text);
/* A cell as inline HTML: marks as chips, references as links where the page has the row. */
void html_cell(struct page *page, const struct cell *cell);
void html_table(struct page *page, const struct table *table);
/* Ids that references may point to. */
void html_collect_anchors(struct page *page);

#endif
