/*
 * Merging another revision into the branch that is checked out: the project record by record (lib/merge), everything
 * else by git, and the result checked as a project. `merge`, `sync` and `check --fix` share it.
 *
 * Life cycle: merging_init, merging_open (what is to be merged, and how the two histories stand to one another),
 * merging_compute (nothing is written yet), merging_apply, merging_release.
 */
#ifndef CLI_MERGING_H
#define CLI_MERGING_H

#include "base/diagnostic.h"
#include "git/repository.h"
#include "merge/merge.h"

#include <stdbool.h>

struct context;
struct doc;

enum merging_relation {
	MERGING_NOTHING,      /* the other side has nothing new */
	MERGING_FAST_FORWARD, /* this side has nothing new */
	MERGING_NEEDED
};

struct project_merge {
	struct context *context;
	struct repository *repository; /* borrowed from the context */
	struct slice folder;           /* the project's, below the repository's top */
	struct strbuf name;            /* the other side, as it was asked for */
	struct revision ours, theirs;
	struct vec bases;              /* struct revision */
	enum merging_relation relation;
	struct source *sides[MERGE_SIDES];
	struct merge_result result;
	bool unchecked;                /* nobody asks what is wrong with the merged project */
	bool computed;
	struct diagnostics problems;   /* errors of the merged project that neither side had */
	struct strvec others;          /* paths that git could not merge, outside the project */
};

/* What a command that merges needs: a repository with a work tree, a project in it, the write lock. */
int merging_prepare(struct context *context, struct err *err);

void merging_init(struct project_merge *merge, struct context *context);
void merging_release(struct project_merge *merge);

/* Reads where the histories stand; ours is HEAD. Whether the work tree may be merged in is not asked here. */
int merging_open(struct project_merge *merge, const char *revision, struct err *err);
/* The same for two given commits (of a merge that is done). */
int merging_open_commits(struct project_merge *merge, const char *ours, const char *theirs, struct err *err);
/* The project of one revision as a side; stays NULL when it has none. */
int merging_open_side(struct project_merge *merge, const struct revision *revision, enum merge_side side, struct err *err);
/* The project on the three sides; merging_compute does it. */
int merging_open_sides(struct project_merge *merge, struct err *err);
int merging_compute(struct project_merge *merge, enum merge_numbers numbers, struct err *err);
/* Is there anything that people must decide? Asked when computed, or applied. */
bool merging_conflicts(const struct project_merge *merge);
/*
 * The merge in work tree and index, committed when nothing conflicts. message: the commit's; NULL: git's own words.
 * What goes wrong on the way takes everything back.
 */
int merging_apply(struct project_merge *merge, const char *message, struct err *err);
/* Commits what merging_apply left in the work tree. */
int merging_conclude(struct repository *repository, struct err *err);
/* Only the files, for a merge that was committed already. */
int merging_write_files(struct project_merge *merge, struct strvec *written, struct err *err);

/*
 * Errors of a source's project that none of the open sides has: appended to problems. blocks: conflict blocks count
 * as well.
 */
int merging_new_errors(struct project_merge *merge, struct source *merged, bool blocks, struct diagnostics *problems,
	struct err *err);

/* A merge that stopped at conflicts: commits it once they are settled; takes it back. */
int merging_continue(struct context *context, const char *message, struct err *err);
int merging_abort(struct context *context, struct err *err);

/* For people: what conflicts, what was renumbered. */
void merging_report(const struct project_merge *merge);
/* For machines. outcome: a word. */
void merging_describe(const struct project_merge *merge, const char *outcome, struct doc *doc);

#endif
