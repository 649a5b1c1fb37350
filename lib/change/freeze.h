/*
 * What is frozen, and by which rule: the requirement freeze (需求冻结). A record is frozen when a rule of the project's policy that is in force
 * protects its kind, or a field of it; a rule with `after = baseline` is in force once a baseline is current. What is frozen changes by an
 * approved change alone.
 *
 * The rules are read when first asked for. Cost: O(policies) once, then nothing a record.
 */
#ifndef CHANGE_FREEZE_H
#define CHANGE_FREEZE_H

#include "base/strbuf.h"
#include "change/policy.h"

struct freeze {
	const struct project *project;
	bool ready;               /* private */
	struct policies policies; /* private */
};

/* The project must outlive it. */
void freeze_init(struct freeze *freeze, const struct project *project);
void freeze_release(struct freeze *freeze);
/* The computed field `frozen` of requirements: names of the rules. */
struct computed freeze_computed(struct freeze *freeze);
/* Rules in force that protect something of a kind: struct policy_rule const *, appended. */
void freeze_rules(struct freeze *freeze, const struct kind *kind, struct vec *out);

#endif
