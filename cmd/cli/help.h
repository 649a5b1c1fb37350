/*
 * Help, from the tables: the overview, -h of a command, and the parts of manual pages that must agree with them.
 */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "base/err.h"
#include "base/strbuf.h"

struct context;

/* `pmt help`: commands by what one wants to do. */
int help_overview(struct context *context, struct err *err);
/* `pmt help NAME` and `pmt NAME -h`. ERR_USAGE when there is no such command. */
int help_command(struct context *context, const char *name, struct err *err);
/* "ID... FIELD=VALUE..." with its words in the reader's language. */
void help_usage(struct strbuf *out, const char *usage);
/* Sets err to "usage: pmt NOUN VERB…"; ERR_USAGE. */
int help_usage_error(const char *noun, const char *usage, struct err *err);

/*
 * mdoc for the manual: part is "synopsis", "verbs", "options", "global-options", "fields" or "page" (a whole page for a noun
 * without one of its own). "words" (name is not looked at) is the tables' words for the message catalogue, as N_("…") lines;
 * "kinds" the sections of pmt-format(5) about every kind, "findings" its list of what can be found.
 */
int help_manual(const char *part, const char *name, struct strbuf *out, struct err *err);

#endif
