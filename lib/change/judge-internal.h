/* What the files of the judge share. judge.c and judge_emergency.c decide; what they need is found, read and told by the others. */
#ifndef CHANGE_JUDGE_INTERNAL_H
#define CHANGE_JUDGE_INTERNAL_H

#include "change/judge.h"
#include "git/range.h"

/* One judging of a range. Functions that judge give 1 for yes, 0 for no (a finding says why), or an error: it cannot be told. */
struct judging {
	const struct judge_request *request;
	struct project_cache *files;
	struct arena *arena;   /* of findings */
	struct vec *findings;  /* struct finding: of the step that is being judged */
	struct map verified;   /* signature and what it was made for → who + 2 */
	const char *commit;    /* whose step it is */
	struct slice uid;      /* the project's, as pinned by the old side */
	struct err *err;
};

/* What a state comes to; shared by those whose plans are the same. */
struct weighing {
	struct impact impact;
	uint32_t uses;
	bool sound; /* computed without faults */
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
	bool has_policies;
	struct weighing *weighing; /* NULL: not asked for yet */
};

/* A change that is new in a commit, as its events tell it. */
struct proposal {
	struct slice id, uid;
	struct vec events;              /* struct event */
	const struct event *submission; /* in force */
	struct delta delta;
	struct vec submitters;          /* struct slice: persons, past ones included */
	bool emergency;
};

/* A change of S, as it stands there: nobody is asked for keys again. */
struct landed {
	const struct record *record;
	struct slice uid;
	struct vec events;              /* struct event */
	struct vec submitters;          /* struct slice: whom its submissions name */
	const struct event *submission; /* NULL: none that can be read */
	struct delta delta;             /* of the submission */
	bool closed, ratified;
};

/* An emergency that waits for its review: of S, or of this step. */
struct emergency {
	struct slice id, uid;
	const struct delta *delta;
};

/* covered(S, T): what it is about, and what it gathers. */
struct cover {
	struct judging *judging;
	struct state *s, *t;
	struct state *x;      /* what the changes so far make of S */
	struct state *y;      /* X with the change at hand; NULL: not made yet */
	struct proposal *p;   /* the change at hand */
	struct arena arena;
	struct vec proposals; /* struct proposal: the changes new in T, in order */
	struct vec made;      /* struct state *: each X behind S, and tips of branches that were read */
	struct vec fields;    /* const struct delta_item *: F */
	struct vec landed;    /* struct landed: the changes of S */
	struct vec open;      /* struct emergency */
};

/* A commit that waits for its approval: all that is bound and differs from S. */
struct pending {
	char commit[GIT_HEX];
	struct delta delta;
};

struct range {
	struct judging *judging;
	struct state *settled, *before; /* S; the commit before T (may be S) */
	struct state *at_hand;          /* T, until it is settled or waits */
	struct vec pending;             /* struct pending */
	struct arena arena;             /* of their deltas */
	struct vec told;                /* struct finding, of settled steps */
	bool waits;                     /* and of the commit that waits longest: */
	size_t first;                   /* its number */
	struct vec lacks;               /* struct finding: what it lacks */
};

#define FOREACH_EVENT(events, event)                                                                                   \
	for (size_t event##_i = 0; event##_i < (events)->len && ((event) = vec_at((events), event##_i), true); event##_i++)
#define FOREACH_TRIGGER(triggers, trigger) FOREACH_EVENT(triggers, trigger)

/* --- the rules (judge.c) --- */

/* OLD is among the first parents of NEW. */
int judge_relation(struct judging *j, enum range_relation relation);
int judge_commits(struct range *r, const struct vec *commits /* struct revision */);
/* Finds whose word an event of the change is: its signer, or -1. */
int hear(struct cover *c, struct slice uid, struct event *event);
const struct event *submission_in_force(const struct vec *events);
/* No withdrawal or rejection without force stands in the change at hand. */
int nothing_void(struct cover *c);

/* --- the rules for emergencies (judge_emergency.c) --- */

/* Those of S that await their review, but for those that T ratifies. */
int emergencies_open(struct cover *c);
/* May the change at hand land while they wait? triggers: it sets off a rule. */
int emergencies_let_pass(struct cover *c, bool triggers);
/* The rule that an emergency must satisfy in place of those it sets off. */
int emergency_rule(struct cover *c, struct vec *triggers);

/* --- the range (judge_range.c) --- */

/* T is freed with the range. NULL when the project is not there. What was found of the commit before is forgotten. */
int range_open(struct range *range, const char *commit, struct state **t);
/* S = T; pending = [] */
void range_settle(struct range *range, struct state *t);
/* pending += T */
void range_wait(struct range *range, struct state *t);
/* Audits tell why a commit is refused, and judge it all the same: 1. Else rc. */
int range_told(struct range *range, int rc);
/* After commits[*at]: audits take what nothing has covered for long enough as refused, and go on behind it. */
int range_next(struct range *range, const struct vec *commits, size_t *at);

/* --- S, X, Y, T and F (judge_cover.c) --- */

void cover_init(struct cover *c, struct judging *j, struct state *s, struct state *t);
void cover_release(struct cover *c);
/* triggers(A→B) under the rules of S; delta NULL: it is made. out is to be released. */
void cover_triggers(struct cover *c, struct state *a, struct state *b, const struct delta *delta,
	struct vec *out /* struct trigger */);
/* Does a delta set any rule off, made of S? */
bool cover_sets_off(struct cover *c, const struct delta *delta);
/* Does a rule that the change at hand sets off name the person? Any rule may, of a delta that fits no longer. */
bool rules_name(struct cover *c, struct slice person);
/* Y = X with the delta of the change at hand. */
void cover_apply(struct cover *c);
/* The first thing that differs between X and Y and is not stated by the change at hand, or NULL. */
const struct delta_item *cover_unstated(struct cover *c);
/* X = Y; F += the fields of the change at hand. */
void cover_take(struct cover *c);
/* The first field of F that T does not have as X has it, or NULL. */
const struct delta_item *cover_altered(struct cover *c);
/* Is the item's field one of F; and is its new value one of S, of T or of an X between? */
bool cover_has(const struct cover *c, const struct delta_item *item, bool *fits);
/* An empty delta of S with room for so many items. */
struct delta cover_delta(struct cover *c, size_t count);
enum field_class item_class(const struct cover *c, const struct delta_item *item);
/* X→Y: Δ planned cost and Δ finish; false when it cannot be told. */
bool cover_impact(struct cover *c, decimal_t *cost, int64_t *finish);
/* A baseline that the change at hand makes or touches and that has not the engine's figures of Y, or NULL; *wrong: of what. */
const struct record *cover_untrue_baseline(struct cover *c, const char **wrong);
/* How many records a delta touches. */
size_t delta_records(const struct delta *delta);
/* The same fields, old and new changed over. */
bool delta_turned_round(const struct delta *a, const struct delta *b);
/* Digest of all bound fields, by the policies of S. */
const char *state_digest(struct cover *c, const struct state *state);

/* --- changes and their events (judge_event.c) --- */

struct slice change_uid(const struct record *change);
/* A new change of T with its events, nobody heard yet; the last of c->proposals. */
struct proposal *proposal_read(struct cover *c, const struct record *change);
bool proposal_has_uid(const struct cover *c, struct slice uid);
/* By `after`, then uid; one that builds on what has not landed, or NULL. */
const struct proposal *proposals_order(struct cover *c);
/* All changes of S. */
void landed_read(struct cover *c);
const struct landed *landed_of_uid(const struct cover *c, struct slice uid);
/* What stands of a change in T; nobody heard. Lives as long as c. */
struct vec *events_in_t(struct cover *c, const struct record *change);
/* What the change's own branches hold that T does not: the events of the change at hand. */
int branch_events(struct cover *c, struct vec *out);
/* 1 with the delta that a submission carries, or an error. */
int submission_delta(const struct event *submission, struct arena *arena, struct delta *out, struct err *err);
/* Whose key signed an event; -1: nobody's. ERR_INPUT: no ssh-keygen. */
int event_verify(struct judging *j, struct state *s, struct event *event);
struct slice signer_of(const struct cover *c, const struct event *event);
/* A withdrawal or a rejection. */
bool event_refuses(const struct event *event);
bool event_among(const struct vec *events, const struct event *event);
bool events_have(const struct vec *events, enum verdict verdict);
void vote_add(const struct cover *c, struct vec *votes, const struct event *event);

/* --- states (judge_state.c) --- */

/* folder: where the project was before. *out is to be freed; NULL with 0 when the project is not there. */
int state_open(struct judging *j, const char *commit, const char *folder, struct state **out);
void state_free(struct state *state);
/* x with the delta made: to be freed before both. */
struct state *state_patched(const struct state *x, const struct delta *delta);
/* How many folders of that commit hold a project of the uid, and the first two of them. */
int state_folders(struct judging *j, const char *commit, const char *folders[2]);
const struct impact *state_impact(struct state *state);
struct policies *state_policies(struct state *state);
/*
 * Loops and empty calendars, of which no plan can be made. Nothing is computed where `before` was found sound and no
 * field of class plan or authority differs: what feeds the plan is of these (tests/unit/change/class_test.c).
 */
void state_check_plan(struct state *state, struct state *before, struct diagnostics *found);
/* Where the same holds of two states, they share what they come to. */
void state_share(struct state *state, struct state *other);

/* --- findings (judge_finding.c) --- */

enum telling {
	TELL_APPROVED,
	TELL_CLOSED,
	TELL_RATIFIED,
	REFUSE_AFTER,
	REFUSE_ALTERED,
	REFUSE_APPROVAL,
	REFUSE_ATTRIBUTES,
	REFUSE_BASELINE,
	REFUSE_CEILING,
	REFUSE_CHECK,
	REFUSE_CLOSED_ON_BRANCH,
	REFUSE_CONSUMED,
	REFUSE_CONTENT,
	REFUSE_EMERGENCY_AUTHORITY,
	REFUSE_EMERGENCY_OPEN,
	REFUSE_EMERGENCY_RULE,
	REFUSE_FOXTROT,
	REFUSE_GONE,
	REFUSE_HIDES,
	REFUSE_OLDER,
	REFUSE_RATIFIED_EARLY,
	REFUSE_RATIFIED_OTHER,
	REFUSE_REVIEW,
	REFUSE_REVIEW_RULE,
	REFUSE_SIGNATURE,
	REFUSE_STALE,
	REFUSE_STEP_AUTHORITY,
	REFUSE_STEP_REST,
	REFUSE_STEP_VALUE,
	REFUSE_SUBMISSION,
	REFUSE_TWICE,
	REFUSE_UID_NONE,
	REFUSE_UID_TWICE,
	REFUSE_UNAPPROVABLE,
	REFUSE_UNCOVERED,
	REFUSE_UNRELATED,
	REFUSE_VOID,
	REFUSE_VOID_LATE
};

/* A finding, about a change or none (NULL); its arguments are text, and NULL ends them. Always 1. */
int judge_tell(struct judging *j, enum telling what, const struct slice *change, ...) __attribute__((sentinel));
/* The same for one that refuses; always 0. */
int judge_refuse(struct judging *j, enum telling what, const struct slice *change, ...) __attribute__((sentinel));
/* Counts: do the votes satisfy the rule? Tells who gave them, or what is missing. */
int judge_votes(struct cover *c, const struct policy_rule *rule, const struct vec *votes);
/* The same for the rule's review of an emergency; without these people. */
int judge_review(struct cover *c, const struct slice *id, const struct policy_rule *rule, const struct vec *votes,
	const struct vec *without);
/* The errors that a commit has; always 0. */
int judge_tell_errors(struct judging *j, const struct diagnostics *found);
/* X→T sets it off, and nothing covers it; always 0. */
int judge_tell_trigger(struct cover *c, const struct trigger *trigger);
/* And how to mend it; always 0. */
int judge_tell_foxtrot(struct judging *j);
/* What is not read, or not understood: ERR_INPUT, and what to do. */
int judge_many_events(struct judging *j, const struct proposal *p);
int judge_many_records(struct judging *j, const struct proposal *p);
int judge_other_engine(struct judging *j, struct slice engine);
const char *judge_text(struct judging *j, struct slice text);
/* "task T-31 effort", with the id as one of the states writes it; other may be NULL. */
const char *judge_item(struct judging *j, const struct delta_item *item, const struct state *one, const struct state *other);

#endif
