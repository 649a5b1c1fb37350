/* Text in the user's editor: what `NOUN edit` and `charter edit` share. */
#ifndef CLI_EDITOR_H
#define CLI_EDITOR_H

#include "cmd/cli/noun.h"

/* Did the user name an editor (PMT_EDITOR, pmt.editor, GIT_EDITOR, VISUAL, EDITOR)? */
bool editor_named(struct context *context);
/* Writes text to a temporary file, lets the user edit it, reads it back. */
int editor_edit(struct context *context, struct strbuf *text, struct err *err);
/* Reports what is wrong; does the user want another try? Never without a terminal. */
bool editor_ask_again(struct context *context, const struct diagnostics *found);
/* What was typed is not lost: it stays in pmt's own folder. Returns err's code. */
int editor_keep_draft(struct context *context, const struct strbuf *text, struct err *err);
/* A record's section as it stands in its file. */
int editor_section(struct context *context, const struct record *record, struct strbuf *out, struct err *err);

#endif
