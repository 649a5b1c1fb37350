/* S, X, Y, T and F: the states of covered(S, T), and what differs between them. Decides nothing. */
#include "change/judge-internal.h"

#include "base/alloc.h"
#include "model/header.h"

#include <string.h>

void cover_init(struct cover *c, struct judging *j, struct state *s, struct state *t)
{
	*c = (struct cover){ .judging = j, .s = s, .t = t, .x = s };
	arena_init(&c->arena);
	vec_init(&c->proposals, sizeof(struct proposal));
	vec_init(&c->made, sizeof(struct state *));
	vec_init(&c->fields, sizeof(const struct delta_item *));
	vec_init(&c->landed, sizeof(struct landed));
	vec_init(&c->open, sizeof(struct emergency));
	landed_read(c);
}

void cover_release(struct cover *c)
{
	struct state **made = c->made.items;
	struct proposal *proposals = c->proposals.items;
	struct landed *landed = c->landed.items;

	state_free(c->y);
	for (size_t i = c->made.len; i-- > 0;)
		state_free(made[i]);
	for (size_t i = 0; i < c->proposals.len; i++) {
		vec_release(&proposals[i].events);
		vec_release(&proposals[i].submitters);
	}
	for (size_t i = 0; i < c->landed.len; i++) {
		vec_release(&landed[i].events);
		vec_release(&landed[i].submitters);
	}
	vec_release(&c->proposals);
	vec_release(&c->made);
	vec_release(&c->fields);
	vec_release(&c->landed);
	vec_release(&c->open);
	arena_release(&c->arena);
}

/* --- triggers --- */

static bool any_when(const struct policies *policies)
{
	const struct policy_rule *rules = policies->rules.items;

	for (size_t i = 0; i < policies->rules.len; i++)
		if (rules[i].when_text.len)
			return true;
	return false;
}

void cover_triggers(struct cover *c, struct state *a, struct state *b, const struct delta *delta, struct vec *out)
{
	struct policies *policies = state_policies(c->s);
	struct delta *made = delta ? NULL : arena_calloc(&c->arena, 1, sizeof(*made));
	bool weigh;

	if (made)
		delta_between(made, &a->project, &b->project, policies, &c->arena);
	delta = made ? made : delta;
	weigh = delta_plans(delta) && any_when(policies);
	vec_init(out, sizeof(struct trigger));
	policy_triggers(policies, delta, weigh ? state_impact(a) : NULL, weigh ? state_impact(b) : NULL, out);
}

bool cover_sets_off(struct cover *c, const struct delta *delta)
{
	struct state *made;
	struct vec triggers;
	bool any;

	if (delta->item_count == 0)
		return false;
	made = state_patched(c->s, delta);
	cover_triggers(c, c->s, made, delta, &triggers);
	any = triggers.len > 0;
	vec_release(&triggers);
	state_free(made);
	return any;
}

/* Of a delta that fits no longer nobody can tell what it sets off. */
static bool any_names(struct policies *policies, struct slice person)
{
	const struct policy_rule *rules = policies->rules.items;

	for (size_t i = 0; i < policies->rules.len; i++)
		if (policy_names(policies, &rules[i], person))
			return true;
	return false;
}

bool rules_name(struct cover *c, struct slice person)
{
	struct policies *policies = state_policies(c->s);
	const struct policy_rule *emergency = c->p->emergency ? policies_emergency(policies) : NULL;
	bool named = emergency && policy_names(policies, emergency, person);
	const struct trigger *trigger;
	struct state *y;
	struct vec triggers;
	const char *stale;

	if (!delta_fits(&c->p->delta, &c->x->project, &c->arena, &stale))
		return any_names(policies, person);
	y = state_patched(c->x, &c->p->delta);
	cover_triggers(c, c->x, y, &c->p->delta, &triggers);
	FOREACH_TRIGGER (&triggers, trigger)
		named |= policy_names(policies, trigger->rule, person);
	vec_release(&triggers);
	state_free(y);
	return named;
}

enum field_class item_class(const struct cover *c, const struct delta_item *item)
{
	return delta_class(state_policies(c->s), kind_find(item->kind), item->field);
}

/* --- deltas --- */

static bool same_record(const struct delta_item *a, const struct delta_item *b)
{
	return slice_equal(a->kind, b->kind) && slice_equal(a->id, b->id);
}

static bool same_field(const struct delta_item *a, const struct delta_item *b)
{
	return same_record(a, b) && slice_equal(a->field, b->field);
}

size_t delta_records(const struct delta *delta)
{
	size_t count = 0;

	for (size_t i = 0; i < delta->item_count; i++)
		count += i == 0 || !same_record(&delta->items[i], &delta->items[i - 1]);
	return count;
}

/* Both are sorted. */
bool delta_turned_round(const struct delta *a, const struct delta *b)
{
	if (a->item_count != b->item_count)
		return false;
	for (size_t i = 0; i < a->item_count; i++) {
		const struct delta_item *x = &a->items[i], *y = &b->items[i];

		if (!same_field(x, y) || !delta_same(x->old, y->new) || !delta_same(x->new, y->old))
			return false;
	}
	return true;
}

struct delta cover_delta(struct cover *c, size_t count)
{
	struct delta empty = { .items = arena_calloc(&c->arena, count + 1, sizeof(struct delta_item)) };

	delta_units(&c->s->project, empty.units);
	return empty;
}

bool cover_impact(struct cover *c, decimal_t *cost, int64_t *finish)
{
	const struct impact_base *base = policies_base(state_policies(c->s));

	return impact_change(base, state_impact(c->x), state_impact(c->y), cost, finish);
}

const struct record *cover_untrue_baseline(struct cover *c, const char **wrong)
{
	const struct project *y = &c->y->project;
	const struct record *record;

	for (size_t i = 0; i < c->p->delta.item_count; i++) {
		const struct delta_item *item = &c->p->delta.items[i];

		if (!slice_is(item->kind, "baseline") || (i && same_record(&item[-1], item)))
			continue;
		record = project_find(y, kind_find(item->kind), item->id);
		if (record && !impact_confirms(state_impact(c->y), y, record, c->judging->arena, wrong))
			return record;
	}
	return NULL;
}

void cover_apply(struct cover *c)
{
	c->y = state_patched(c->x, &c->p->delta);
	state_share(c->y, c->t); /* mostly the last change of a commit makes the plan what it is there */
}

const struct delta_item *cover_unstated(struct cover *c)
{
	const struct delta_item *missing;
	struct delta actual;

	delta_between(&actual, &c->x->project, &c->y->project, state_policies(c->s), &c->arena);
	return delta_covers(&c->p->delta, &actual, &missing) ? NULL : missing;
}

void cover_take(struct cover *c)
{
	vec_append(&c->made, &c->y);
	c->x = c->y;
	c->y = NULL;
	for (size_t i = 0; i < c->p->delta.item_count; i++)
		vec_append(&c->fields, &(const struct delta_item *){ &c->p->delta.items[i] });
}

const struct delta_item *cover_altered(struct cover *c)
{
	const struct delta_item *const *fields = c->fields.items;

	for (size_t i = 0; i < c->fields.len; i++)
		if (!delta_same(delta_value(&c->x->project, fields[i], &c->arena),
			    delta_value(&c->t->project, fields[i], &c->arena)))
			return fields[i];
	return NULL;
}

bool cover_has(const struct cover *c, const struct delta_item *item, bool *fits)
{
	const struct delta_item *const *fields = c->fields.items;
	bool has = false;

	*fits = false;
	for (size_t i = 0; i < c->fields.len; i++) {
		if (!same_field(fields[i], item))
			continue;
		has = true;
		*fits |= delta_same(item->new, fields[i]->new) || delta_same(item->new, fields[i]->old);
	}
	return has;
}

const char *state_digest(struct cover *c, const struct state *state)
{
	char digest[DIGEST_HEX];

	delta_state_digest(&state->project, state_policies(c->s), digest);
	return arena_strdup(&c->arena, digest);
}
