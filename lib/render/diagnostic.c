/* Findings as compilers print them, so that editors can jump to the place. */
#include "render/render-internal.h"

#include "base/utf8.h"

#include <string.h>

static void add_place(struct strbuf *out, const struct place *place)
{
	if (!place->path)
		return;
	add_line(out, slice_of(place->path));
	if (place->line)
		strbuf_addf(out, ":%u", (unsigned)place->line);
	if (place->line && place->column)
		strbuf_addf(out, ":%u", (unsigned)place->column);
	strbuf_add_str(out, ": ");
}

/* What was expected ("a date such as 2026-03-02") and kinds are pmt's words; all else is quoted from people. */
static bool is_own_word(const char *format, const char *at)
{
	static const char *const before[] = { "expected ", "there is no ", "cannot be written: ", "field name: ", "in a header: " };
	bool own = false;

	for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
		size_t len = strlen(before[i]);

		own = own || ((size_t)(at - format) >= len && memcmp(at - len, before[i], len) == 0);
	}
	return own;
}

static void add_filled(struct strbuf *out, const char *format, const char *const *arguments, size_t count)
{
	const char *words[DIAGNOSTIC_ARGUMENTS] = { NULL };
	struct strbuf text;
	const char *at = format;

	if (count > DIAGNOSTIC_ARGUMENTS)
		count = DIAGNOSTIC_ARGUMENTS;
	for (size_t i = 0; i < count; i++) {
		at = at ? strstr(at, "%s") : NULL;
		words[i] = arguments[i];
		if (at && words[i] && *words[i] && is_own_word(format, at))
			words[i] = _(words[i]);
		at = at ? at + 2 : NULL;
	}
	strbuf_init(&text);
	message_fill(&text, _(format), words, count);
	add_line(out, strbuf_slice(&text));
	strbuf_release(&text);
}

static void add_severity(struct strbuf *out, enum severity severity, const struct render_options *options)
{
	static const char *const names[] = { N_("note"), N_("warning"), N_("error") };
	static const enum tone tones[] = { TONE_MUTED, TONE_WATCH, TONE_BAD };
	color_on(out, tones[severity], options);
	strbuf_addf(out, "%s:", _(names[severity]));
	color_off(out, tones[severity], options);
	strbuf_add_char(out, ' ');
}

void render_diagnostic(const struct diagnostic *finding, const struct render_options *options, struct strbuf *out)
{
	size_t start = out->len;

	color_on(out, TONE_STRONG, options);
	add_place(out, &finding->place);
	color_off(out, TONE_STRONG, options);
	add_severity(out, finding->severity, options);
	add_filled(out, finding->format, finding->arguments, DIAGNOSTIC_ARGUMENTS);
	if (finding->id) {
		color_on(out, TONE_MUTED, options);
		strbuf_addf(out, " [%s]", finding->id);
		color_off(out, TONE_MUTED, options);
	}
	strbuf_add_char(out, '\n');
	if (finding->hint_format) {
		strbuf_add_str(out, "  ");
		add_filled(out, finding->hint_format, &finding->hint_argument, 1);
		strbuf_add_char(out, '\n');
	}
	if (options->ascii)
		ascii_signs(out, start);
}
