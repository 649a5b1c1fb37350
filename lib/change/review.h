/*
 * How one change stands: what it does to the project it goes to, which rules of that project this sets off, who has approved, who is missing.
 *
 * For people, and for what they sign. Whether a branch may move is for the judge alone to say (judge.h), from the same parts.
 *
 * The delta is what merging the change into its target makes different; of a change that has landed, what was submitted. Rules, keys and roles
 * are those of the target. A change that builds on others (`after`) is measured behind them.
 *
 * A vote counts when a key of the person signed it, and it names this project, target and change, and the submission in force. An event that
 * does not count is kept, with why.
 */
#ifndef CHANGE_REVIEW_H
#define CHANGE_REVIEW_H

#include "change/delta.h"
#include "change/event.h"
#include "change/impact.h"
#include "change/policy.h"

#include <stdbool.h>

struct review_request {
	const struct project *before, *after; /* the target without and with it; both outlive the review */
	const struct project *register_in;    /* where its record and events stand by now; NULL: in `after` */
	const struct record *change;          /* there */
	const char *target;                   /* "refs/heads/main" */
	const struct signer *signer;          /* NULL: signatures are not checked, and whom an event names is believed */
	bool landed;
	const struct review *like;            /* another one with the same `before`, whose figures of it serve; it stays. NULL: none */
};

enum review_stand {
	REVIEW_DRAFT,     /* not submitted yet */
	REVIEW_SUBMITTED, /* waits for approval */
	REVIEW_APPROVED,  /* every rule is satisfied: it may be merged */
	REVIEW_REJECTED,
	REVIEW_WITHDRAWN,
	REVIEW_MERGED,
	REVIEW_CLOSED     /* merged, and evaluated since */
};

/* The words of the field `state`. */
const char *review_stand_word(enum review_stand stand);

/* One rule that the change sets off. */
struct review_rule {
	const struct policy_rule *rule;
	struct vec triggers; /* struct trigger: by what */
	struct satisfaction satisfaction;
	struct vec may;      /* struct slice: persons who could give what is missing */
};

struct review_vote {
	const struct event *event;
	const char *why_not; /* N_(); NULL: it counts */
};

struct review {
	struct review_request request;
	struct arena arena;
	struct policies policies;   /* of `before` */
	struct vec bases;           /* private: struct project *, `before` with each change it builds on */
	struct delta delta;
	struct strbuf text;         /* of the delta, and its digest */
	char digest[DIGEST_HEX];
	struct impact own_before, impact_after;
	const struct impact *impact_before; /* own_before, or another review's */
	bool measured;              /* cost and finish are known */
	decimal_t cost;             /* by how much it raises the planned cost */
	int64_t finish;             /* and moves the finish, in working minutes */
	bool authority;             /* it alters a field of class authority */
	struct vec events;          /* struct event, by sequence */
	struct vec votes;           /* struct review_vote, one an event */
	const struct event *submission; /* in force, or NULL */
	struct vec submitters;      /* struct slice: all there ever were */
	struct vec rules;           /* struct review_rule */
	enum review_stand stand;
	/* What stands in the way of landing what was submitted; a new submission mends it. */
	bool edited;                /* the branch holds something else by now */
	const char *stale;          /* the first thing that is no more as it was; NULL: all is */
	bool unbound;               /* a strict rule binds, and an approval was made for another state of the plan */
	bool beyond;                /* it costs more, or ends later, than a signer was shown */
};

/* ERR_INPUT when signatures cannot be checked. To be released in any case. */
int review_init(struct review *review, const struct review_request *request, struct err *err);
void review_release(struct review *review);

/* What it does by the judge's engine, which is what ceilings bound: false when that cannot be computed. */
bool review_figures(const struct review *review, decimal_t *cost, int64_t *finish);
/* Does anything keep a submitted change from being merged but missing votes? */
bool review_needs_renewal(const struct review *review);
/* Has the person voted on the submission in force? */
bool review_has_voted(const struct review *review, struct slice person);
/* Could the person's vote count for a rule that misses one? */
bool review_waits_for(const struct review *review, struct slice person);
/* Appends all those whose votes could (struct slice). */
void review_waiting(const struct review *review, struct vec *persons);
/* "scope: sponsor, 1 of ccb; money: 2 of ccb": the votes that rules still miss; nothing when none does. */
void review_missing(const struct review *review, struct strbuf *out);
/* Sequence of the next event. */
uint32_t review_next_sequence(const struct review *review);

#endif
