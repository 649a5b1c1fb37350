#include "render/render-internal.h"

#include <string.h>
#include <strings.h>

/* Long enough that handing it over costs nothing, short enough to stay in the processor's cache. */
enum { PIECE = 64 << 10 };

const struct renderer renderers[] = {
	{ "table", ".txt", render_terminal },
	{ "json", ".json", render_json },
	{ "csv", ".csv", render_csv },
	{ "markdown", ".md", render_markdown },
	{ "html", ".html", render_html },
	{ "svg", ".svg", render_svg },
	{ NULL, NULL, NULL },
};

const struct renderer *renderer_find(const char *name)
{
	for (const struct renderer *r = renderers; r->name; r++)
		if (!strcmp(r->name, name))
			return r;
	return NULL;
}

/* PLAN.HTML is a page, too. */
static bool has_suffix(const char *path, const char *suffix)
{
	size_t len = strlen(path), tail = strlen(suffix);

	return tail && len >= tail && strcasecmp(path + len - tail, suffix) == 0;
}

const struct renderer *renderer_for_path(const char *path)
{
	for (const struct renderer *r = renderers; r->name; r++)
		if (has_suffix(path, r->suffix))
			return r;
	return has_suffix(path, ".htm") ? renderer_find("html") : NULL;
}

bool render_flush(struct strbuf *out, const struct render_options *options)
{
	if (!options->sink || out->len < PIECE)
		return true;
	bool more = options->sink->write(options->sink->context, strbuf_slice(out));
	strbuf_reset(out);
	return more;
}
