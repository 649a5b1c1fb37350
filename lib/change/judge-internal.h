/* What the files of the judge share: commits as states, changes as proposals, findings. */
#ifndef CHANGE_JUDGE_INTERNAL_H
#define CHANGE_JUDGE_INTERNAL_H

#include "change/judge.h"

/* One judging of a range. Functions that judge give 1 for yes, 0 for no (a finding says why), or an error: it cannot be told. */
struct judging {
	const struct judge_request *request;
	struct arena *arena;   /* of findings */
	struct vec *findings;  /* struct finding: of the step that is being judged */
	struct map verified;   /* signature and what it was made for → who + 2 */
	const char *commit;    /* whose step it is */
	struct slice uid;      /* the project's, as pinned by the old side */
	struct err *err;
};

/* A commit's text, or what a delta makes of another state. */
struct state {
	char commit[GIT_HEX];
	char *folder;
	struct source *source;  /* NULL: made by a delta */
	struct project project;
	struct diagnostics loading;
	char print[DIGEST_HEX]; /* of all paths and blobs that were read: equal prints are equal states */
	struct policies policies;
	struct impact impact;
	bool has_policies, weighed;
};

/* A change that is new in a commit, as its events tell it. */
struct proposal {
	struct slice id, uid;
	struct vec events;              /* struct event, signers filled */
	const struct event *submission; /* in force */
	struct delta delta;
	struct vec submitters;          /* struct slice: persons, past ones included */
	bool emergency;
};

/* --- findings (judge_finding.c) --- */

struct finding *judge_note(struct judging *j, const char *id, const char *message, ...) __attribute__((sentinel));
/* The same for a refusal; always 0. */
int judge_refuse(struct judging *j, const struct proposal *proposal, const char *id, const char *message, ...)
	__attribute__((sentinel));
const char *judge_text(struct judging *j, struct slice text);
/* "task T-31 effort", with the id as one of the states writes it; other may be NULL. */
const char *judge_item(struct judging *j, const struct delta_item *item, const struct state *one, const struct state *other);

/* --- states (judge_state.c) --- */

/* folder: where the project was before. *out is to be freed; NULL with 0 when the project is not there. */
int state_open(struct judging *j, const char *commit, const char *folder, struct state **out);
void state_free(struct state *state);
/* check(T) without errors, from the tree alone; what git is told to write is what was committed. */
int state_sound(struct judging *j, struct state *state);
/* No two projects of the uid in that commit. */
int state_alone(struct judging *j, const char *commit);
/* Every change and event record of the commit before unchanged in this one; s: what is settled, where changes are final. */
int state_keeps_record(struct judging *j, const struct state *s, const struct state *before, const struct state *state);
/* x with the delta made, and nothing but what it states. *out is to be freed. */
int state_apply(struct judging *j, struct state *s, struct state *x, const struct proposal *proposal, struct state **out);
const struct impact *state_impact(struct state *state);
struct policies *state_policies(struct state *state);
/* Unknown engine: an error. */
int state_engine(struct judging *j, const struct state *state);
/* triggers(A→B) under the rules of S; delta may be NULL: it is made. */
void state_triggers(struct state *s, struct state *a, struct state *b, const struct delta *delta, struct arena *arena,
	struct vec *out /* struct trigger */);

/* --- proposals (judge_proposal.c) --- */

/* The changes new in T by `after`, then uid. 0 when one is no proper change, or has no valid signed submission. */
int proposals_read(struct judging *j, struct state *s, struct state *t, struct arena *arena, struct vec *out /* struct proposal */);
void proposals_release(struct vec *proposals);
/* Closed by a signed withdrawal or rejection: 1. By one that stands on the change's own branch alone: PROPOSAL_REFUSED. */
enum { PROPOSAL_REFUSED = 2 };
int proposal_closed(struct judging *j, struct state *s, struct state *x, const struct proposal *proposal);
/*
 * Where a change decides who must review what, no withdrawal or rejection that counts for nothing may stand: later, when the keys are others, it
 * could not be told from one that counts.
 */
int proposal_sure(struct judging *j, struct state *s, struct state *x, const struct proposal *proposal);
/* impact(X→Y) within what an event signed. */
bool proposal_within(struct state *s, struct state *x, struct state *y, const struct event *event, const struct delta *delta);
/* Is the rule satisfied by valid approvals, without its submitters? */
int proposal_satisfies(struct judging *j, struct state *s, struct state *x, struct state *y, const struct proposal *proposal,
	const struct policy_rule *rule);
/* The events of a change as they stand, unverified: those that landed were judged then. */
void events_standing(const struct project *project, const struct record *change, struct arena *arena, struct vec *out);
const struct event *events_submission(const struct vec *events);
/* Whose key signed an event; -1: nobody's. ERR_INPUT: no ssh-keygen. */
int event_verify(struct judging *j, struct state *s, struct event *event);
/* Is it about this project, this branch and this change? */
bool event_addressed(const struct judging *j, const struct event *event, struct slice change_uid);
bool uid_known(const struct project *project, struct slice uid, const struct record **record);

/* --- emergencies (judge_emergency.c) --- */

struct emergency {
	struct slice id, uid;
	struct delta delta;
	bool ratified, reverted;
};
/* Those of S that await review, as T tells; ratifications new in T are judged. */
int emergencies_open(struct judging *j, struct state *s, struct state *t, struct arena *arena, struct vec *out /* struct emergency */);
/* May the proposal land while these are open? Emergencies themselves, up to the rule's number; reverts of one. */
int emergency_lets_pass(struct judging *j, struct state *s, struct state *x, struct vec *open, const struct proposal *proposal,
	bool triggers);
/* The rules an emergency must satisfy in place of those it triggers. */
int emergency_rules(struct judging *j, struct state *s, const struct proposal *proposal, struct vec *triggers);

#endif
