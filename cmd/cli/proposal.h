/*
 * One change as git holds it: the branch it is prepared on, the branch it goes to, and the project without and with it.
 *
 * A change is prepared on the branch change/ID, here or on a remote; it goes to its `target` (else the guarded branch). It has landed when the
 * target holds its record. Nothing here touches work tree or index unless a branch that moves is checked out.
 *
 * Life cycle: proposal_init, proposal_find (which change), proposal_load (the project), proposal_release.
 */
#ifndef CLI_PROPOSAL_H
#define CLI_PROPOSAL_H

#include "change/event.h"
#include "cmd/cli/context.h"
#include "cmd/cli/merging.h"
#include "cmd/cli/past.h"
#include "git/branch.h"

#include <stdbool.h>

/* A branch of this name here, and the one of the remote; either may be NULL. tip: the one that is ahead, else ours. */
struct branch_pair {
	struct strbuf name; /* "change/CR-k7q4x" */
	const struct branch *local, *tracking;
	struct revision tip; /* id "": there is none */
	bool apart;          /* each has commits that the other has not */
};

struct proposal {
	struct context *context;
	struct repository *repository; /* borrowed from the context */
	struct slice folder;           /* the project's, below the repository's top */
	struct vec branches;           /* struct branch */
	struct strbuf remote;          /* "origin"; empty: none */
	struct strbuf id;              /* "CR-k7q4x" */
	struct branch_pair own, target;
	struct revision landing;       /* the first-parent commit of the target that brought it; id "": it has not landed */
	struct past before, after;     /* the project without and with it */
	struct past now;               /* the target today, of a change that has landed */
	const struct record *record;   /* the change, in proposal_register */
	struct project_merge merge;    /* of the target and the change's branch, where both went on */
	bool found, loaded;
	bool quiet; /* what conflicts is not listed, and what is wrong with what merging gives not looked for: many are read */
};

void proposal_init(struct proposal *proposal, struct context *context);
void proposal_release(struct proposal *proposal);

/* The repository, its branches and the guarded one: what proposal_find and `change add` begin with. */
int proposal_prepare(struct proposal *proposal, const char *target, struct err *err);
/*
 * Which change: an id or any unambiguous part of it, or a title; NULL: the one whose branch is checked out. ERR_USAGE with the candidates, or
 * with what to do when there is none.
 */
int proposal_find(struct proposal *proposal, const char *word, struct err *err);
/*
 * The project on both sides: the target's tip and what merging the change into it gives; of a change that has landed, the target before and
 * after that. ERR_CONFLICT when the two cannot be merged.
 */
int proposal_load(struct proposal *proposal, struct err *err);
/* The same again, after branches have moved. */
int proposal_reload(struct proposal *proposal, struct err *err);
/* Where its record and its events stand: with it, or, once it has landed, in the target today. */
struct past *proposal_register(struct proposal *proposal);
bool proposal_has_landed(const struct proposal *proposal);
/* "refs/heads/main" */
void proposal_target_ref(const struct proposal *proposal, struct strbuf *out);

/*
 * Commits files (paths below the project's folder) on a branch: in its work tree when it is checked out anywhere, else without one. Where
 * the branch here and the remote's have gone apart, the commit joins them; nothing else may be changed there by both. push: to the remote as
 * well; when somebody was faster, what they pushed is fetched and joined. *pair is as it stands afterwards.
 */
struct branch_write {
	const struct commit_file *files;
	size_t file_count;
	const char *message;
	bool push;
};
int branch_pair_write(struct branch_pair *pair, struct proposal *proposal, const struct branch_write *write, struct err *err);

/* Ids of all changes that are prepared on a branch, sorted. */
void proposal_ids(const struct vec *branches, struct strvec *out);
/* Finds a branch here and on the remote. */
int branch_pair_find(struct branch_pair *pair, struct proposal *proposal, struct err *err);

/*
 * The target as it stands, with what a change that has landed did taken back: a merge of what was before it, so that later edits stay. Records of
 * changes and their events stay. ERR_CONFLICT where something else has changed the same since.
 */
struct undoing {
	struct source *sides[MERGE_SIDES], *without; /* `without`: the side before it, with the changes' records */
	struct merge_result result;
	bool computed;
};
int proposal_undo(struct proposal *proposal, struct undoing *undoing, struct err *err);
void undoing_release(struct undoing *undoing);

#endif
