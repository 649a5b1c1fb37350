/*
 * A repository with people, keys, rules and a plan, for tests of the judge: real commits, real signatures.
 *
 * zhang is sponsor, li and wang are ccb, chen is admin and ccb; mallory has a key that the project does not know. Files are written into the
 * work tree and committed; submissions and approvals are made as a careful program would make them, and may then be spoiled.
 */
#ifndef SUPPORT_JUDGED_H
#define SUPPORT_JUDGED_H

#include "change/judge.h"
#include "git/source_tree.h"

enum person { ZHANG, LI, WANG, CHEN, MALLORY, PERSONS };

struct judged {
	char folder[64];
	char keys[PERSONS][512]; /* "ssh-ed25519 AAAA…" */
	struct repository repository;
	bool opened;
	struct arena arena;
	struct vec findings;
	enum judgement judgement;
	struct err err;
	int status;
	struct judge_limits limits;
	const char *target; /* "refs/heads/main" */
	const char *place;  /* the project's folder in the repository; NULL: its top */
	struct vec branches;
	char first[GIT_HEX]; /* the commit that world_init made */
};

/* Is there an ssh-keygen to sign with? If not, says so as the whole of the test's output: main returns then. */
bool judged_possible(void);
/* project, people, policy, plan and one commit. policy: the rules; plan: tasks. */
void judged_init(struct judged *w, const char *policy, const char *plan);
void judged_release(struct judged *w);
/* As judged_init, with a policy and a plan that most tests do with. */
void judged_usual(struct judged *w);

void judged_write(struct judged *w, const char *path, const char *text);
const char *judged_read(struct judged *w, const char *path);
/* The first `old` of the file becomes `new`; fails the test when it is not there. */
void judged_replace(struct judged *w, const char *path, const char *old, const char *new);
void judged_remove(struct judged *w, const char *path);
/* git ARGUMENTS (blank-separated); its output without the last newline, until the next call. */
const char *judged_git(struct judged *w, const char *arguments);
/* Everything; the commit's id, in the arena. */
const char *judged_commit(struct judged *w);

/* What to sign. Zero-initialised fields are made from the work tree. */
struct signing {
	const char *change;   /* "CR-aaaaa" */
	enum person person;
	enum verdict verdict;
	uint32_t sequence;
	const char *base;     /* commit that the delta starts from */
	/* Spoiled parts: NULL or 0: as it should be. */
	const char *project, *target, *uid, *roles, *class, *after, *digest, *as; /* as: the person named */
	enum person key;      /* signed by this person's key when key_given */
	bool key_given, strict, no_file;
	decimal_t ceiling_cost; /* INT64_MAX by default */
	int64_t ceiling_finish;
	bool ceilings;
};
/* Writes changes/CHANGE/change.ini. */
void judged_change(struct judged *w, const char *change, const char *uid);
/* Signs and writes the event; the path below the folder, in the arena. */
const char *judged_sign(struct judged *w, struct signing signing);
/* Change, submission by LI, approvals by ZHANG and WANG: everything right; edits of the work tree are its content. Not committed. */
void judged_approved(struct judged *w, const char *change, const char *uid, const char *base);

/* Judges; w->status, w->judgement and w->findings tell. */
void judged_judge(struct judged *w, const char *old, const char *new);
bool judged_accepts(struct judged *w, const char *old, const char *new);
/* Is it refused, and for this reason? */
bool judged_refuses(struct judged *w, const char *old, const char *new, const char *id);
void judged_show(const struct judged *w);

#endif
