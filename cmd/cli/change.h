/* The verbs of `pmt change` beside the generic ones. */
#ifndef CLI_CHANGE_H
#define CLI_CHANGE_H

#include "change/review.h"
#include "cmd/cli/noun.h"
#include "cmd/cli/proposal.h"

/* What every verb that writes takes. */
struct change_add_options {
	const char *target;
	bool stay, push;
};
extern const struct option_spec change_add_specs[];
command_run change_add;

/* A new change: its record, and what else its first commit holds. */
struct drafting {
	struct proposal proposal; /* target found, `before` loaded */
	struct words words;
	struct strbuf title;
	const char *reverts; /* id of the change that it undoes, or NULL */
	struct vec files;    /* struct commit_file besides the record */
};
void drafting_init(struct drafting *drafting, struct context *context);
void drafting_release(struct drafting *drafting);
/* Loads the target as it is; then drafting_write makes branch and record, switches to it unless told to stay, and
 * tells so. */
int drafting_open(struct drafting *drafting, const char *target, struct err *err);
int drafting_write(struct drafting *drafting, const struct change_add_options *options, struct err *err);

/* --- one change, found, loaded and judged --- */

struct change_case {
	struct proposal proposal;
	struct arena arena;
	struct review review;
	struct strbuf target_ref; /* "refs/heads/main" */
	struct signer signer;
	const char *usage; /* of the verb, for a wrong command line */
	const struct change_case *like; /* where its target is the same commit, what is known of that serves here; or NULL */
	bool reviewed;
};
void change_case_init(struct change_case *c, struct context *context);
void change_case_release(struct change_case *c);
/* The change that the only argument means, else the one whose branch is checked out. */
int change_case_open(struct change_case *c, const struct strvec *arguments, struct err *err);
/* Judges it anew, after proposal_load. */
int change_case_review(struct change_case *c, struct err *err);
/* The change's own files as its branch has them: its record and its events; below the project's folder. */
int change_case_files(struct change_case *c, struct vec *files /* struct commit_file */, struct err *err);

/* The same once more, after something was written: branches have moved. */
int change_case_again(struct change_case *c, struct err *err);
/* Chooses the person's key and makes the signer ready for it. file: as --key; NULL: the person's usual one. */
int change_case_key(struct change_case *c, struct slice person, const char *file, struct err *err);

struct change_show_options {
	const char *limit;
};
extern const struct option_spec change_show_specs[];
command_run change_show;
/* The page; limit as --limit. */
int change_emit(struct change_case *c, size_t limit, struct err *err);

struct change_setup_options {
	struct change_options change;
	const char *key;
};
extern const struct option_spec change_setup_specs[];
command_run change_setup;

struct change_sign_options {
	const char *message, *as, *key;
	bool push, dry_run;
};
extern const struct option_spec change_sign_specs[];
command_run change_submit, change_renew, change_approve, change_reject, change_comment, change_withdraw,
	change_ratify;

command_run change_list;
/*
 * The project with the changes of other branches in it (`others`; then nothing of it is written), and how changes stand: their computed
 * fields. Before the project is loaded, unless without others. To be closed in any case, when nobody asks for a computed field any more.
 */
struct change_register;
int change_register_open(struct change_register **out, struct context *context, bool others, struct err *err);
void change_register_close(struct change_register *r);

struct change_merge_options {
	const char *message;
	bool push, dry_run;
};
extern const struct option_spec change_merge_specs[];
command_run change_merge, change_revert, change_close;
/* May the target move to this commit? ERR_FAILED with what a server would say. */
int change_case_judge(struct change_case *c, const char *commit, struct err *err);

#endif
