/* The project as it was: its records and its schedule in any revision. */
#ifndef CLI_PAST_H
#define CLI_PAST_H

#include "cmd/cli/context.h"
#include "git/repository.h"
#include "plan/cost.h"

struct past {
	struct revision revision;
	struct source *source, *patched; /* patched: what past_rename made of it, or NULL */
	struct project project;
	struct diagnostics found;
	bool loaded;
	struct plan plan;
	bool planned;
	struct plan_costs costs; /* when planned */
};

/* Anything git takes for a commit, or a date (git/repository.h). To be released in any case. */
int past_open(struct past *past, struct context *context, const char *revision, struct err *err);
/* The same of text that is in no revision; takes the source over. */
int past_open_source(struct past *past, struct context *context, struct source *source, struct err *err);
/* Its schedule and costs, as the context's plan is made, as of `now` (MOMENT_NONE: when it was committed). */
int past_plan(struct past *past, struct context *context, moment_t now, struct err *err);
/*
 * Gives records the ids that they have today, with every reference to them, so that they can be told apart from what is new; before it is
 * planned. One whose new id another record has there is left alone.
 */
struct past_renaming {
	const struct kind *kind;
	struct slice old_id, new_id;
};
int past_rename(struct past *past, const struct past_renaming *renamings, size_t count, struct err *err);
void past_release(struct past *past);
/* Is the text that governs the plan in this revision the one of the digest? */
bool past_governs(const struct past *past, const char *digest);
/*
 * Does HEAD hold the text with this digest? Its id goes to out. False also where there is no repository, no commit, or a project that
 * cannot be read.
 */
bool past_head_governs(struct context *context, const char *digest, struct strbuf *out);

#endif
