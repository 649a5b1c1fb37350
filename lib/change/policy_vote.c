/*
 * Counting votes: is there an assignment of people to the places that a rule asks for, one place a person?
 *
 * "sponsor, 2 of ccb" is three places. A person who voted may take a place when he holds its role; a maximum
 * bipartite matching (Kuhn, 1955: augmenting paths) fills as many places as can be, so that nobody is counted
 * twice and nobody's second role is lost.
 *
 * Worked example: "sponsor, 1 of ccb" with zhang (sponsor, ccb) and li (ccb). li votes, then zhang: whoever comes
 * first, zhang ends up as sponsor and li as ccb. zhang alone fills one place, not two.
 *
 * Cost: O(places² × people).
 */
#include "change/policy.h"

#include "base/alloc.h"

#include <stdlib.h>

struct counting {
	const struct policies *policies;
	struct vec people; /* struct vote: one a person, roles joined, those excluded left out */
	struct vec places; /* struct approval_need: count is the need's index */
	long *taken;       /* by place: the person on it, or -1 */
	bool *tried;       /* by place */
};

static bool has_word(struct slice words, struct slice word)
{
	struct slice item;

	while (slice_next(&words, " \t,\n", &item))
		if (item.len && slice_equal(item, word))
			return true;
	return false;
}

static const struct record *resource(const struct policies *policies, struct slice person)
{
	const struct record *record = project_find(policies->project, kind_find(slice_of("resource")), person);

	return record && !record->overlay ? record : NULL;
}

static bool holds(const struct policies *policies, struct slice person, struct slice role)
{
	const struct record *record = resource(policies, person);
	struct slice roles;

	return record && record_text(record, "roles", &roles) && has_word(roles, role);
}

bool person_among(const struct vec *persons, struct slice person)
{
	const struct slice *items = persons->items;

	for (size_t i = 0; i < persons->len; i++)
		if (slice_equal(items[i], person))
			return true;
	return false;
}

void person_add(struct vec *persons, struct slice person)
{
	if (!person_among(persons, person))
		vec_append(persons, &person);
}

static bool suits(const struct counting *c, const struct vote *vote, const struct approval_need *place)
{
	if (place->role.len == 0)
		return true;
	return has_word(vote->roles, place->role) && holds(c->policies, vote->person, place->role);
}

/* Finds the person a place, moving others along when that helps. */
static bool seat(struct counting *c, size_t person)
{
	const struct approval_need *places = c->places.items;
	const struct vote *people = c->people.items;

	for (size_t p = 0; p < c->places.len; p++) {
		if (c->tried[p] || !suits(c, &people[person], &places[p]))
			continue;
		c->tried[p] = true;
		if (c->taken[p] < 0 || seat(c, (size_t)c->taken[p])) {
			c->taken[p] = (long)person;
			return true;
		}
	}
	return false;
}

/* A person's first vote counts; one who votes twice has one vote. */
static void take_votes(struct counting *c, const struct vec *votes, const struct vec *excluded)
{
	const struct vote *items = votes->items;

	for (size_t i = 0; i < votes->len; i++) {
		const struct vote *people = c->people.items;
		bool known = excluded && person_among(excluded, items[i].person);

		for (size_t j = 0; j < c->people.len && !known; j++)
			known = slice_equal(people[j].person, items[i].person);
		if (!known)
			vec_append(&c->people, &items[i]);
	}
}

static void make_places(struct counting *c, const struct vec *needs)
{
	const struct approval_need *items = needs->items;

	for (size_t i = 0; i < needs->len; i++)
		for (uint32_t k = 0; k < items[i].count; k++)
			vec_append(&c->places, &(struct approval_need){ (uint32_t)i, items[i].role });
}

static void tell(const struct counting *c, const struct vec *needs, struct satisfaction *out)
{
	const struct approval_need *places = c->places.items, *items = needs->items;
	const struct vote *people = c->people.items;

	for (size_t i = 0; i < needs->len; i++) {
		uint32_t missing = 0;

		for (size_t p = 0; p < c->places.len; p++)
			missing += places[p].count == i && c->taken[p] < 0;
		if (missing)
			vec_append(&out->missing, &(struct approval_need){ missing, items[i].role });
	}
	for (size_t p = 0; p < c->places.len; p++)
		if (c->taken[p] >= 0)
			vec_append(&out->given, &people[c->taken[p]].person);
	out->satisfied = c->places.len > 0 && out->missing.len == 0;
}

static void count_votes(const struct policies *policies, const struct vec *needs, const struct vec *votes,
	const struct vec *excluded, struct satisfaction *out)
{
	struct counting c = { .policies = policies };

	*out = (struct satisfaction){ .satisfied = false };
	vec_init(&out->given, sizeof(struct slice));
	vec_init(&out->missing, sizeof(struct approval_need));
	vec_init(&c.people, sizeof(struct vote));
	vec_init(&c.places, sizeof(struct approval_need));
	take_votes(&c, votes, excluded);
	make_places(&c, needs);
	c.taken = xcalloc(c.places.len + 1, sizeof(*c.taken));
	c.tried = xcalloc(c.places.len + 1, sizeof(*c.tried));
	for (size_t p = 0; p < c.places.len; p++)
		c.taken[p] = -1;
	for (size_t i = 0; i < c.people.len; i++) {
		memset(c.tried, 0, c.places.len * sizeof(*c.tried));
		seat(&c, i);
	}
	tell(&c, needs, out);
	free(c.taken);
	free(c.tried);
	vec_release(&c.people);
	vec_release(&c.places);
}

void policy_satisfied(const struct policies *policies, const struct policy_rule *rule, const struct vec *votes,
	const struct vec *submitters, struct satisfaction *out)
{
	count_votes(policies, &rule->approve, votes, rule->implicit ? NULL : submitters, out);
}

void policy_reviewed(const struct policies *policies, const struct policy_rule *rule, const struct vec *votes,
	const struct vec *submitters, struct satisfaction *out)
{
	count_votes(policies, &rule->review, votes, submitters, out);
}

void satisfaction_release(struct satisfaction *satisfaction)
{
	vec_release(&satisfaction->given);
	vec_release(&satisfaction->missing);
}

bool policy_names(const struct policies *policies, const struct policy_rule *rule, struct slice person)
{
	const struct approval_need *needs = rule->approve.items;

	for (size_t i = 0; i < rule->approve.len; i++)
		if (needs[i].role.len == 0 || holds(policies, person, needs[i].role))
			return true;
	return false;
}

void approval_needs_print(const struct vec *needs, struct strbuf *out)
{
	for (size_t i = 0; i < needs->len; i++) {
		const struct approval_need *need = vec_at(needs, i);

		strbuf_add_str(out, i ? ", " : "");
		if (need->count > 1 || !need->role.len)
			strbuf_addf(out, "%u of ", need->count);
		strbuf_add_slice(out, need->role.len ? need->role : slice_of("*"));
	}
}
