/*
 * Methods as rule sets: what PRINCE2, Scrum, ISO 9001 … expect of a project's records, and which of it is lacking.
 *
 * A rule set is a file of [rule ID] sections with `does = method`; the file's name is the method's, or `method` of the rule says to
 * which it belongs. The project's own rules join those shipped; one with the same id replaces it, and `enabled = no` switches it off.
 *
 *	of = risk  when = owner !=  at_least = 100%    all risks (that `where` chooses) must have an owner
 *	of = charter  when = purpose !=  at_least = 1  there must be one that says its purpose
 *	of = risk  when = review < today               each one of which that holds is a finding
 *
 * `given` is a condition on [project] without which the rule does not count: given = security_level >= 3.
 * A share of no records is met: whether there must be any is a rule of its own. Cost: O(rules × records of their kinds).
 */
#ifndef REGISTER_METHOD_H
#define REGISTER_METHOD_H

#include "base/arena.h"
#include "base/vec.h"
#include "model/project.h"
#include "model/query.h"

struct method_rule {
	const struct record *record;
	const struct project *from;         /* the project, or the shipped sets */
	const struct kind *of;
	struct condition *when, *where, *given; /* where, given: NULL when not said */
	bool counts;                        /* at_least is said */
	decimal_t at_least;                 /* records, or per cent of those chosen */
	bool share;
};

enum method_state { METHOD_MET, METHOD_LACKING, METHOD_NOT_ASKED /* `given` does not hold */ };
struct method_result {
	const struct method_rule *rule;
	enum method_state state;
	size_t chosen, met;                 /* records that where chooses, and of them those of which when holds */
	struct vec records;                 /* const struct record *: of which it holds, or (a share) does not */
};

struct method_set {
	struct arena arena;
	struct vec rules;   /* struct method_rule, in the order of the files */
	struct vec results; /* struct method_result */
};

/*
 * The rules of a method: shipped ones (shipped may be NULL), then the project's. Rules that cannot be read are reported to found at their
 * place. Returns how many rules there are.
 */
size_t method_set_init(struct method_set *set, const struct query_scope *scope, const struct project *shipped,
	struct slice method, struct diagnostics *found);
void method_set_check(struct method_set *set, const struct query_scope *scope);
void method_set_release(struct method_set *set);

/* Every method there is a rule of, each once, in order: struct slice. */
void method_names(const struct project *project, const struct project *shipped, struct vec *out);

#endif
