/* The context's dealings with git: --at, who the user is, ids that git remembers, commits. Only this file in cmd/cli uses lib/git. */
#ifndef CLI_REVISION_H
#define CLI_REVISION_H

#include "base/err.h"
#include "base/strbuf.h"
#include "model/kind.h"

#include <stdbool.h>
#include <stdint.h>

struct context;
struct project_cache;
struct repository;

/* Opens --at: sets context->source, context->at, and context->now unless it was given. */
int revision_open(struct context *context, struct err *err);
void revision_close(struct context *context);
/* Is the project in a repository? Asking git for one that is not there costs more than looking. */
bool revision_has_history(const struct context *context);
/* The repository around the project; *folder (may be NULL) is the project's below its top. NULL with err when there is none. */
struct repository *revision_repository(struct context *context, struct slice *folder, struct err *err);
/* What commits share of their files (project_load_cached), for all of them that this run reads; NULL without a repository. */
struct project_cache *revision_files(struct context *context);
/* The resource whose email is git's user.email; empty when there is none. */
void revision_user(struct context *context, struct strbuf *out);
/* Highest number automatic ids of this kind have in any branch or in history; 0 outside a repository. */
uint64_t revision_high_water(struct context *context, const struct kind *kind);
/* Commits exactly these paths (relative to the project's root) with the message. */
int revision_commit(struct context *context, const struct strvec *paths, const char *message, struct err *err);
/* lib/git's check of a new tag's name, and an annotated (or signed) tag on HEAD. */
int revision_check_tag(struct context *context, const char *name, struct err *err);
/* The first of the project's files (*.ini) that is not as in HEAD; empty when all are. */
int revision_uncommitted(struct context *context, struct strbuf *out, struct err *err);
int revision_tag(struct context *context, const char *name, const char *message, bool sign, struct err *err);
/* A new repository in the folder; a shallow clone of url into an empty folder. */
int revision_init(const char *folder, struct err *err);
int revision_clone(const char *url, const char *folder, struct err *err);

#endif
