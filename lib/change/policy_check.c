/* What is wrong with the rules themselves: for `pmt check`, before somebody finds out when it is urgent. */
#include "change/policy.h"

#include <stdlib.h>

struct checking {
	struct policies policies;
	struct diagnostics *found;
	struct vec holders; /* struct vote: everybody with a key, in all his roles */
};

static void find_holders(struct checking *c)
{
	const struct key *keys = c->policies.keys.items;
	const struct kind *kind = kind_find(slice_of("resource"));

	for (size_t i = 0; i < c->policies.keys.len; i++) {
		const struct record *record = project_find(c->policies.project, kind, keys[i].person);
		struct vote vote = { keys[i].person, slice_of("") };

		if (i && slice_equal(keys[i].person, keys[i - 1].person))
			continue;
		if (record)
			record_text(record, "roles", &vote.roles);
		vec_append(&c->holders, &vote);
	}
}

static const char *text_of(struct checking *c, struct slice text)
{
	return arena_strndup(&c->policies.arena, text.at ? text.at : "", text.len);
}

static void tell(
	struct checking *c, const struct policy_rule *rule, const char *id, const char *format, struct slice what)
{
	struct diagnostic *finding = diagnose(c->found, record_place(c->policies.project, rule->record), id,
		format, text_of(c, rule->name), text_of(c, what), (const char *)NULL);

	diagnostic_record(c->found, finding, record_name(&c->policies.arena, rule->record));
}

static bool someone_has(const struct project *project, struct slice role)
{
	const struct record *record;
	struct slice rest, item;

	FOREACH_RECORD (project, kind_find(slice_of("resource")), record)
		if (record_text(record, "roles", &rest))
			while (slice_next(&rest, " \t,\n", &item))
				if (slice_equal(item, role))
					return true;
	return false;
}

/* False when some role is nobody's: then there is no need to say more. */
static bool check_roles(struct checking *c, const struct policy_rule *rule, const struct vec *needs)
{
	const struct approval_need *items = needs->items;
	bool good = true;

	for (size_t i = 0; i < needs->len; i++) {
		if (someone_has(c->policies.project, items[i].role))
			continue;
		tell(c, rule, "policy-role", N_("policy '%s' asks for the role '%s', which nobody has"),
			items[i].role);
		good = false;
	}
	return good;
}

typedef void counting(const struct policies *policies, const struct policy_rule *rule, const struct vec *votes,
	const struct vec *submitters, struct satisfaction *out);

static bool can(struct checking *c, const struct policy_rule *rule, counting *count, const struct vec *submitters)
{
	struct satisfaction result;
	bool satisfied;

	count(&c->policies, rule, &c->holders, submitters, &result);
	satisfied = result.satisfied;
	satisfaction_release(&result);
	return satisfied;
}

/* With everybody's vote; and without that of each who might have submitted the change. */
static void check_satisfiable(struct checking *c, const struct policy_rule *rule, counting *count)
{
	const struct vote *holders = c->holders.items;
	struct vec submitters;

	vec_init(&submitters, sizeof(struct slice));
	if (!can(c, rule, count, &submitters)) {
		tell(c, rule, "policy-unsatisfiable",
			N_("nobody can satisfy policy '%s': too few people have the roles and a key"),
			slice_of(""));
		vec_release(&submitters);
		return;
	}
	for (size_t i = 0; i < c->holders.len; i++) {
		vec_clear(&submitters);
		vec_append(&submitters, &holders[i].person);
		if (can(c, rule, count, &submitters))
			continue;
		tell(c, rule, "policy-unsatisfiable",
			N_("nobody can satisfy policy '%s' when '%s' submits the change"), holders[i].person);
		break;
	}
	vec_release(&submitters);
}

static void judge_part(void *context, const struct condition_part *part)
{
	bool *good = context;

	*good &= part->plain && word_index("cost|finish|effort|churn|tasks", part->name) >= 0;
}

static void check_when(struct checking *c, const struct policy_rule *rule)
{
	bool good = rule->when != NULL;

	if (rule->when_text.len == 0)
		return;
	if (good)
		condition_parts(rule->when, judge_part, &good);
	if (!good)
		tell(c, rule, "policy-when",
			N_("policy '%s': '%s' cannot be measured, so it holds for every change of the plan"),
			rule->when_text);
}

static void check_rule(struct checking *c, const struct policy_rule *rule)
{
	bool binds = rule->protect.len || rule->when_text.len || rule->emergency;

	check_when(c, rule);
	if (!binds || rule->approve.len == 0)
		tell(c, rule, "policy-empty",
			binds ? N_("policy '%s' names nobody who approves")
			      : N_("policy '%s' neither protects anything nor says when it applies"),
			slice_of(""));
	if (rule->approve.len && check_roles(c, rule, &rule->approve))
		check_satisfiable(c, rule, policy_satisfied);
	if (rule->emergency && rule->review.len && check_roles(c, rule, &rule->review))
		check_satisfiable(c, rule, policy_reviewed);
}

void policy_check(const struct project *project, struct diagnostics *found)
{
	struct checking c = { .found = found };
	const struct policy_rule *rules;

	policies_read(&c.policies, project, found);
	vec_init(&c.holders, sizeof(struct vote));
	find_holders(&c);
	rules = c.policies.rules.items;
	for (size_t i = 0; i < c.policies.rules.len; i++)
		if (!rules[i].implicit)
			check_rule(&c, &rules[i]);
	vec_release(&c.holders);
	policies_release(&c.policies);
}
