/* The rules that a change sets off: who has satisfied them, and who could. */
#include "change/review-internal.h"

static bool has_role(const struct review *r, struct slice person, struct slice role)
{
	const struct record *record = project_find(r->request.before, kind_find(slice_of("resource")), person);
	struct slice rest = record ? record_text_or(record, "roles") : slice_new(NULL, 0), item;

	while (slice_next(&rest, ",\n", &item))
		if (slice_equal(item, role))
			return true;
	return false;
}

/* Holders of a key whose role is missing; the implicit root asks for no role. */
static void find_candidates(struct review *r, struct review_rule *rule)
{
	const struct approval_need *missing = rule->satisfaction.missing.items;

	if (rule->satisfaction.satisfied)
		return;

	for (size_t k = 0; k < r->policies.keys.len; k++) {
		struct slice person = ((const struct key *)vec_at(&r->policies.keys, k))->person;
		bool wanted = false;

		for (size_t i = 0; i < rule->satisfaction.missing.len && !wanted; i++)
			wanted = !missing[i].role.len || has_role(r, person, missing[i].role);
		if (wanted && !person_among(&rule->satisfaction.given, person) &&
			(rule->rule->implicit || !person_among(&r->submitters, person)))
			person_add(&rule->may, person);
	}
}

static struct review_rule *rule_of(struct review *r, const struct policy_rule *rule)
{
	struct review_rule *found;

	for (size_t i = 0; i < r->rules.len; i++) {
		found = vec_at(&r->rules, i);
		if (found->rule == rule)
			return found;
	}
	found = vec_push(&r->rules);
	found->rule = rule;
	vec_init(&found->triggers, sizeof(struct trigger));
	vec_init(&found->may, sizeof(struct slice));
	return found;
}

static bool is_emergency(const struct review *r)
{
	return slice_is(slice_trim(record_text_or(r->request.change, "class")), "emergency");
}

/* An emergency's rule takes the place of the others, but never of those for authority. */
static const struct policy_rule *rule_for(const struct review *r, const struct policy_rule *rule)
{
	const struct policy_rule *emergency = is_emergency(r) ? policies_emergency(&r->policies) : NULL;

	return emergency && !r->authority ? emergency : rule;
}

static void find_authority(struct review *r)
{
	for (size_t i = 0; i < r->delta.item_count && !r->authority; i++) {
		const struct delta_item *item = &r->delta.items[i];

		r->authority = delta_class(&r->policies, kind_find(item->kind), item->field) == CLASS_AUTHORITY;
	}
}

void review_collect_rules(struct review *r)
{
	struct vec triggers;

	find_authority(r);
	vec_init(&triggers, sizeof(struct trigger));
	policy_triggers(&r->policies, &r->delta, r->impact_before, &r->impact_after, &triggers);
	for (size_t i = 0; i < triggers.len; i++) {
		const struct trigger *trigger = vec_at(&triggers, i);
		struct review_rule *rule = rule_of(r, rule_for(r, trigger->rule));

		vec_append(&rule->triggers, trigger);
	}
	vec_release(&triggers);
}

static void collect_votes(const struct review *r, struct vec *votes)
{
	for (size_t i = 0; i < r->votes.len; i++) {
		const struct review_vote *vote = vec_at(&r->votes, i);
		bool own = vote->event == r->submission;

		if (!vote->why_not && (own || vote->event->verdict == VERDICT_APPROVE))
			vec_append(votes, &(struct vote){ vote->event->person, vote->event->roles });
	}
}

bool review_satisfy_rules(struct review *r)
{
	struct vec votes;
	bool all = true;

	vec_init(&votes, sizeof(struct vote));
	collect_votes(r, &votes);
	for (size_t i = 0; i < r->rules.len; i++) {
		struct review_rule *rule = vec_at(&r->rules, i);

		policy_satisfied(&r->policies, rule->rule, &votes, &r->submitters, &rule->satisfaction);
		find_candidates(r, rule);
		all = all && rule->satisfaction.satisfied;
	}
	vec_release(&votes);
	return all;
}

bool review_names(const struct review *r, struct slice person)
{
	for (size_t i = 0; i < r->rules.len; i++) {
		const struct policy_rule *rule = ((const struct review_rule *)vec_at(&r->rules, i))->rule;

		if (rule->implicit || policy_names(&r->policies, rule, person))
			return true;
	}
	return false;
}
