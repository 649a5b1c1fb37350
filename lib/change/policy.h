/*
 * The rules of one state of a project: who must approve what. Always those of the old side.
 *
 *	protect   kinds, fields ("task.effort requirement.*") and classes ("authority")
 *	after     start, or baseline: binds once a baseline is current
 *	when      a condition on impact against the old side's current baseline (change/impact.h)
 *	approve   "sponsor, 2 of ccb": all items needed; counted by maximum bipartite matching, one person one vote a rule, submitters excluded
 *
 * Without any policy there is the implicit root: authority fields need a majority of key holders, the submitter's own signature counting here
 * and only here.
 */
#ifndef CHANGE_POLICY_H
#define CHANGE_POLICY_H

#include "base/arena.h"
#include "base/vec.h"
#include "change/impact.h"
#include "change/key.h"
#include "model/project.h"
#include "model/query.h"

struct delta;

struct approval_need {
	uint32_t count;
	struct slice role;
};

struct policy_rule {
	struct slice name;           /* "root" of the implicit one */
	const struct record *record; /* NULL: implicit */
	struct vec protect;          /* struct slice */
	const struct condition *when; /* NULL: none */
	struct slice when_text;
	struct vec approve, review;  /* struct approval_need */
	bool strict, implicit, emergency;
	bool bound;                  /* false: waits for a baseline */
	uint32_t open;               /* emergencies that may await review; 0: not said */
};

struct policies {
	const struct project *project; /* the old side */
	struct arena arena;
	struct vec rules;  /* struct policy_rule */
	struct vec keys;   /* struct key: of the old side */
	bool any;          /* the project states a policy of its own */
};

void policies_read(struct policies *policies, const struct project *project, struct diagnostics *found);
void policies_release(struct policies *policies);

bool policy_protects(const struct policies *policies, const struct kind *kind, struct slice field);

/* One rule that a step triggers, and by what. */
struct trigger {
	const struct policy_rule *rule;
	const char *why; /* N_() with one %s */
	struct slice what;
};
/* The rules that A→B sets off, as change.md's triggers() says; impact is that of A→B. */
void policy_triggers(const struct policies *policies, const struct delta *delta, const struct impact *before, const struct impact *after,
	struct vec *out /* struct trigger */);

/* Whose votes satisfy a rule. voters: indexes of keys (struct key) that approved validly; submitters are excluded unless implicit. */
struct satisfaction {
	bool satisfied;
	struct vec given;   /* struct slice: persons counted */
	struct vec missing; /* struct approval_need */
};
void policy_satisfied(const struct policies *policies, const struct policy_rule *rule, const struct vec *approvers /* struct slice */,
	const struct vec *submitters /* struct slice */, struct satisfaction *out);
/* Diagnostics for pmt check: a rule that nobody can satisfy once a submitter is excluded (policy-unsatisfiable), roles nobody has, … */
void policy_check(const struct project *project, struct diagnostics *found);

#endif
