/*
 * Configuration: PMT_* in the environment, then git's config (pmt.*), then [project].
 *
 * Git's config files are looked at with a cheap scan first: libgit2 is started only when one of them says something about pmt
 * or includes other files.
 */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "base/strbuf.h"

#include <stdbool.h>

struct context;

/* The setting that 'pmt config trust yes' makes: commands named in this clone's files may run. */
#define CONFIG_TRUST "trustcommands"

/* Value of setting NAME ("commit", "alias.td"): PMT_COMMIT, else git's pmt.commit. False when neither says. */
bool config_get(struct context *context, const char *name, struct strbuf *out);
/* What the environment says alone; NULL: nothing. */
const char *config_environment(const char *name);
/* Everything under pmt.* of git's configuration; lives in the context until config_forget. */
struct settings;
const struct settings *config_git(struct context *context);
void config_forget(struct context *context);

#endif
