/*
 * The rules of one state of a project: who must approve what. Always those of the old side.
 *
 *	protect   kinds, fields ("task.effort requirement.*") and classes ("authority")
 *	after     start, or baseline: binds once a baseline is current
 *	when      a condition on impact against the old side's current baseline (change/impact.h)
 *	approve   "sponsor, 2 of ccb": all items needed; counted by maximum bipartite matching, one person one vote a rule, submitters excluded
 *
 * A field of class authority needs the rule that protects that class ("protect = authority"). Without one there is the implicit root: a majority
 * of key holders, the submitter's own signature counting here and only here. A rule of class emergency is no rule beside the others but takes
 * their place for emergencies, never for authority. Whatever cannot be understood binds: a condition that cannot be read always holds, a
 * rule that names nobody cannot be satisfied.
 */
#ifndef CHANGE_POLICY_H
#define CHANGE_POLICY_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "change/impact.h"
#include "change/key.h"
#include "model/project.h"
#include "model/query.h"

struct delta;
struct delta_item;

struct approval_need {
	uint32_t count;
	struct slice role; /* "": whoever has a key */
};

struct policy_rule {
	struct slice name;           /* "root" of the implicit one */
	const struct record *record; /* NULL: implicit */
	struct vec protect;          /* struct slice */
	const struct condition *when; /* NULL: none, or one that cannot be read */
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
	struct impact_base *base; /* private: policies_base */
};

/* found: faults of keys; may be NULL. The project must outlive it. */
void policies_read(struct policies *policies, const struct project *project, struct diagnostics *found);
void policies_release(struct policies *policies);
/* What `when` measures against: read when first asked for. */
const struct impact_base *policies_base(struct policies *policies);
/* The same, from what the side before had read, where that says the same. `before` may go afterwards. */
void policies_base_like(struct policies *policies, const struct policies *before);
/* The rule for emergencies, or NULL. */
const struct policy_rule *policies_emergency(const struct policies *policies);

/* Does one rule that is in force? Those for emergencies protect nothing by themselves. */
bool policy_rule_protects(const struct policy_rule *rule, const struct kind *kind, struct slice field);
bool policy_protects(const struct policies *policies, const struct kind *kind, struct slice field);

/* One rule that a step triggers, and by what. */
struct trigger {
	const struct policy_rule *rule;
	const char *why; /* N_() with one %s: trigger_subject */
	const struct delta_item *item; /* of the delta, which must outlive it; NULL: */
	struct slice what;             /* the condition */
};
/* "task T-31 effort", or the condition that holds. before, after: the states of the step, for ids as they are written. */
struct slice trigger_subject(const struct trigger *trigger, const struct project *before, const struct project *after, struct arena *arena);
/*
 * The rules that A→B sets off, as change.md's triggers() says. The delta is that of A→B; the impacts those of A and B, or NULL when nothing that
 * feeds the plan differs (delta_plans).
 */
void policy_triggers(struct policies *policies, const struct delta *delta, const struct impact *before, const struct impact *after,
	struct vec *out /* struct trigger */);
/* Can a delta change what the plan comes to? False: no `when` can become true by it. */
bool delta_plans(const struct delta *delta);

/* One who approves, and as what: only roles that were claimed and are held on the old side count. */
struct vote {
	struct slice person, roles;
};
/* Sets of persons: struct slice. */
bool person_among(const struct vec *persons, struct slice person);
void person_add(struct vec *persons, struct slice person);

/* Whose votes satisfy a rule. */
struct satisfaction {
	bool satisfied;
	struct vec given;   /* struct slice: persons counted */
	struct vec missing; /* struct approval_need */
};
/* submitters are excluded unless the rule is implicit. */
void policy_satisfied(const struct policies *policies, const struct policy_rule *rule, const struct vec *votes /* struct vote */,
	const struct vec *submitters /* struct slice */, struct satisfaction *out);
/* The same for `review`. */
void policy_reviewed(const struct policies *policies, const struct policy_rule *rule, const struct vec *votes,
	const struct vec *submitters, struct satisfaction *out);
void satisfaction_release(struct satisfaction *satisfaction);
/* "sponsor, 1 of ccb" of needs; whoever has a key is "2 of *". Appended. */
void approval_needs_print(const struct vec *needs /* struct approval_need */, struct strbuf *out);
/* Does the person hold one of the roles that a rule's `approve` names? */
bool policy_names(const struct policies *policies, const struct policy_rule *rule, struct slice person);

/*
 * Diagnostics for pmt check: a rule that nobody can satisfy, or not when one of them submits (policy-unsatisfiable), roles nobody has
 * (policy-role), a condition no change can be measured by (policy-when), a rule that binds nothing (policy-empty), faults of keys.
 */
void policy_check(const struct project *project, struct diagnostics *found);

#endif
