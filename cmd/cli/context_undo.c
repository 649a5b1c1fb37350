/* The journal of changes that `pmt undo` reads: what a run wrote becomes an entry named after its command line. */
#include "cmd/cli/context.h"

#include "base/utf8.h"
#include "model/undo.h"

#include <string.h>

enum { LABEL_CELLS = 200 };

/* As it was typed, with quotes where the shell needs them. */
static void add_word(struct strbuf *out, const char *word)
{
	bool plain = *word && !strpbrk(word, " \t\n'\"$&;|<>*?()[]\\`!#");

	strbuf_add_str(out, plain ? " " : " '");
	for (; *word; word++)
		strbuf_add_char(out, *word == '\n' ? ' ' : *word);
	if (!plain)
		strbuf_add_char(out, '\'');
}

void context_close_undo(struct context *context, int argc, char **argv)
{
	struct undo_closing closing = {
		.when = context->now, .of = context->takes_back, .committed = context->committed
	};
	struct strbuf state, label;

	if (context->lock.descriptor < 0)
		return;
	strbuf_init(&state);
	strbuf_init(&label);
	strbuf_add_str(&label, "pmt");
	for (int i = 1; i < argc; i++)
		add_word(&label, argv[i]);
	closing.label = utf8_cut(strbuf_slice(&label), LABEL_CELLS, NULL);
	if (context_state_folder(context, &state, NULL) == 0 && undo_is_open(state.buf))
		undo_close(state.buf, &closing);
	strbuf_release(&label);
	strbuf_release(&state);
}
