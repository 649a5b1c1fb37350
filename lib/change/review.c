#include "change/review.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

static const char *const stand_words[] = { "draft", "submitted", "approved", "rejected", "withdrawn", "merged",
	"closed" };

const char *review_stand_word(enum review_stand stand)
{
	return stand_words[stand];
}

/* --- the delta --- */

/* The submission of a change that is not in `before` yet, as the branch holds it. */
static const struct event *pending_submission(struct review *r, const struct record *change)
{
	const struct event *submission = NULL;
	struct diagnostics ignored;
	struct vec *events = arena_calloc(&r->arena, 1, sizeof(*events));

	diagnostics_init(&ignored);
	vec_init(events, sizeof(struct event));
	events_read(events, r->request.after, change, &r->arena, &ignored);
	for (size_t i = 0; i < events->len; i++) {
		const struct event *event = vec_at(events, i);

		if (event->verdict == VERDICT_SUBMIT && event->delta_text.at)
			submission = memcpy(arena_calloc(&r->arena, 1, sizeof(*event)), event, sizeof(*event));
	}
	vec_release(events);
	diagnostics_release(&ignored);
	return submission;
}

/* `before` with one of the changes made that this one builds on; what does not fit is left out. */
static const struct project *build_on(struct review *r, const struct project *base, struct slice id)
{
	const struct kind *kind = kind_find(slice_of("change"));
	const struct record *change = project_find(r->request.after, kind, id);
	const struct event *submission = NULL;
	struct delta delta;
	struct project *made;
	const char *stale;

	if (change && !project_find(r->request.before, kind, id))
		submission = pending_submission(r, change);
	if (!submission || delta_parse(&delta, submission->delta_text, &r->arena, NULL) < 0 ||
		!delta_fits(&delta, base, &r->arena, &stale))
		return base;
	made = xcalloc(1, sizeof(*made));
	delta_apply(made, base, &delta);
	vec_append(&r->bases, &made);
	return made;
}

/* What the change is measured against. */
static const struct project *base_of(struct review *r)
{
	const struct project *base = r->request.before;
	struct slice rest = record_text_or(r->request.change, "after"), id;

	while (slice_next(&rest, ",\n", &id))
		if (id.len)
			base = build_on(r, base, id);
	return base;
}

static void compute_delta(struct review *r, const struct project *base)
{
	const struct event *submission = r->submission;

	if (r->request.landed && submission && submission->delta_text.at &&
		delta_parse(&r->delta, submission->delta_text, &r->arena, NULL) == 0)
		strbuf_add_slice(&r->text, submission->delta_text);
	else {
		delta_between(&r->delta, base, r->request.after, &r->policies, &r->arena);
		delta_print(&r->delta, &r->text);
	}
	delta_digest(strbuf_slice(&r->text), r->digest);
}

/* --- events and votes --- */

static struct slice uid_of(const struct record *record)
{
	return record ? slice_trim(record_text_or(record, "uid")) : slice_new(NULL, 0);
}

/* Why an event says nothing about this change, or NULL. */
static const char *foreign(const struct review *r, const struct event *event)
{
	if (event->signer < 0)
		return N_("signed by no key that the person has in the target");
	if (!slice_equal(event->project, uid_of(r->request.before->settings)))
		return N_("made for another project");
	if (!slice_is(event->target, r->request.target))
		return N_("made for another branch");
	if (!slice_equal(event->change, uid_of(r->request.change)))
		return N_("made for another change");
	return NULL;
}

static bool is_vote(const struct event *event)
{
	return event->verdict == VERDICT_APPROVE || event->verdict == VERDICT_REJECT;
}

/* A vote on something else than what is submitted now. */
static const char *outdated(const struct review *r, const struct event *event)
{
	if (!is_vote(event) || !r->submission)
		return NULL;
	if (event->sequence <= r->submission->sequence)
		return N_("of an earlier submission");
	return slice_equal(event->digest, r->submission->digest) ? NULL : N_("of other content");
}

/* Signatures are believed when nobody can check them. */
static void believe(struct vec *events, const struct vec *keys)
{
	for (size_t i = 0; i < events->len; i++) {
		struct event *event = vec_at(events, i);

		for (size_t k = 0; k < keys->len && event->signer < 0; k++)
			if (slice_equal(((const struct key *)vec_at(keys, k))->person, event->person))
				event->signer = (long)k;
	}
}

static int read_events(struct review *r, struct err *err)
{
	struct diagnostics ignored;
	int status = 0;

	diagnostics_init(&ignored);
	events_read(&r->events, r->request.register_in, r->request.change, &r->arena, &ignored);
	diagnostics_release(&ignored);
	if (r->request.signer && r->events.len)
		status = events_verify(&r->events, &r->policies.keys, r->request.signer, err);
	else
		believe(&r->events, &r->policies.keys);
	return status;
}

static void add_person(struct vec *persons, struct slice person)
{
	const struct slice *items = persons->items;

	for (size_t i = 0; i < persons->len; i++)
		if (slice_equal(items[i], person))
			return;
	vec_append(persons, &person);
}

static void weigh_events(struct review *r)
{
	for (size_t i = 0; i < r->events.len; i++) {
		struct event *event = vec_at(&r->events, i);
		struct review_vote vote = { event, foreign(r, event) };

		vec_append(&r->votes, &vote);
		if (vote.why_not)
			event->signer = -1;
		if (event->verdict == VERDICT_SUBMIT && !vote.why_not)
			add_person(&r->submitters, event->person);
	}
}

/* --- rules --- */

static bool has_role(const struct review *r, struct slice person, struct slice role)
{
	const struct record *record = project_find(r->request.before, kind_find(slice_of("resource")), person);
	struct slice rest = record ? record_text_or(record, "roles") : slice_new(NULL, 0), item;

	while (slice_next(&rest, ",\n", &item))
		if (slice_equal(item, role))
			return true;
	return false;
}

static bool is_among(const struct vec *persons, struct slice person)
{
	const struct slice *items = persons->items;

	for (size_t i = 0; i < persons->len; i++)
		if (slice_equal(items[i], person))
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
		if (wanted && !is_among(&rule->satisfaction.given, person) &&
			(rule->rule->implicit || !is_among(&r->submitters, person)))
			add_person(&rule->may, person);
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

static void collect_rules(struct review *r)
{
	struct vec triggers;

	find_authority(r);
	vec_init(&triggers, sizeof(struct trigger));
	policy_triggers(&r->policies, &r->delta, &r->impact_before, &r->impact_after, &triggers);
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

static bool satisfy_rules(struct review *r)
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

static bool is_named(const struct review *r, struct slice person)
{
	for (size_t i = 0; i < r->rules.len; i++) {
		const struct policy_rule *rule = ((const struct review_rule *)vec_at(&r->rules, i))->rule;

		if (rule->implicit || policy_names(&r->policies, rule, person))
			return true;
	}
	return false;
}

/* What counts for nothing has no signer from here on; the word of those whom no rule names is heard, and has no
 * weight. */
static void void_events(struct review *r)
{
	for (size_t i = 0; i < r->votes.len; i++) {
		struct review_vote *vote = vec_at(&r->votes, i);
		struct event *event = vec_at(&r->events, i);

		if (!vote->why_not && event->verdict == VERDICT_REJECT && !is_named(r, event->person))
			vote->why_not = N_("no rule asks for this person's word");
		if (vote->why_not)
			event->signer = -1;
	}
}

static void date_votes(struct review *r)
{
	for (size_t i = 0; i < r->votes.len; i++) {
		struct review_vote *vote = vec_at(&r->votes, i);

		if (!vote->why_not)
			vote->why_not = outdated(r, vote->event);
	}
}

/* --- where it stands --- */

bool review_figures(const struct review *r, decimal_t *cost, int64_t *finish)
{
	*cost = r->cost;
	*finish = r->finish;
	return r->measured;
}

static bool is_beyond(const struct review *r, const struct event *event)
{
	return event->has_ceilings && r->measured &&
	       (r->cost > event->ceiling_cost || r->finish > event->ceiling_finish);
}

static void find_obstacles(struct review *r, const struct project *base)
{
	struct delta submitted;

	if (!r->submission || r->request.landed)
		return;
	r->edited = !slice_is(r->submission->digest, r->digest);
	if (r->submission->delta_text.at &&
		delta_parse(&submitted, r->submission->delta_text, &r->arena, NULL) == 0 &&
		delta_fits(&submitted, base, &r->arena, &r->stale))
		r->stale = NULL;
	for (size_t i = 0; i < r->votes.len; i++) {
		const struct review_vote *vote = vec_at(&r->votes, i);

		if (!vote->why_not && (vote->event == r->submission || vote->event->verdict == VERDICT_APPROVE))
			r->beyond = r->beyond || is_beyond(r, vote->event);
	}
}

static bool any_strict(const struct review *r)
{
	for (size_t i = 0; i < r->rules.len; i++)
		if (((const struct review_rule *)vec_at(&r->rules, i))->rule->strict)
			return true;
	return false;
}

/* Approvals under a strict rule are for exactly this state, and exactly what comes of it: as the judge counts them. */
static void find_unbound(struct review *r)
{
	char base[DIGEST_HEX], result[DIGEST_HEX];

	if (!r->submission || r->request.landed || !any_strict(r))
		return;
	delta_state_digest(r->request.before, &r->policies, base);
	delta_state_digest(r->request.after, &r->policies, result);
	for (size_t i = 0; i < r->votes.len; i++) {
		const struct review_vote *vote = vec_at(&r->votes, i);
		const struct event *event = vote->event;

		if (!vote->why_not && event->verdict == VERDICT_APPROVE)
			r->unbound |= !slice_is(event->base, base) || !slice_is(event->result, result);
	}
}

static bool is_closed(const struct review *r)
{
	for (size_t i = 0; i < r->votes.len; i++) {
		const struct review_vote *vote = vec_at(&r->votes, i);

		if (!vote->why_not && vote->event->verdict == VERDICT_CLOSE)
			return true;
	}
	return false;
}

static enum review_stand stand_of(const struct review *r, enum change_state state, bool satisfied)
{
	if (state == STATE_WITHDRAWN)
		return REVIEW_WITHDRAWN;
	if (state == STATE_REJECTED)
		return REVIEW_REJECTED;
	if (r->request.landed)
		return is_closed(r) ? REVIEW_CLOSED : REVIEW_MERGED;
	if (state == STATE_DRAFT)
		return REVIEW_DRAFT;
	return satisfied && !review_needs_renewal(r) ? REVIEW_APPROVED : REVIEW_SUBMITTED;
}

int review_init(struct review *r, const struct review_request *request, struct err *err)
{
	const struct project *base;
	enum change_state state;
	int status;

	*r = (struct review){ .request = *request };
	if (!r->request.register_in)
		r->request.register_in = request->after;
	arena_init(&r->arena);
	vec_init(&r->bases, sizeof(struct project *));
	strbuf_init(&r->text);
	vec_init(&r->events, sizeof(struct event));
	vec_init(&r->votes, sizeof(struct review_vote));
	vec_init(&r->submitters, sizeof(struct slice));
	vec_init(&r->rules, sizeof(struct review_rule));
	policies_read(&r->policies, request->before, NULL);
	status = read_events(r, err);
	if (status < 0)
		return status;
	weigh_events(r);
	events_state(&r->events, &r->submission);
	base = base_of(r);
	compute_delta(r, base);
	impact_of(&r->impact_before, base);
	impact_of(&r->impact_after, request->after);
	r->measured =
		impact_change(policies_base(&r->policies), &r->impact_before, &r->impact_after, &r->cost, &r->finish);
	collect_rules(r);
	void_events(r);
	state = events_state(&r->events, &r->submission);
	date_votes(r);
	find_obstacles(r, base);
	find_unbound(r);
	r->stand = stand_of(r, state, satisfy_rules(r));
	return 0;
}

void review_release(struct review *r)
{
	struct project **bases = r->bases.items;

	for (size_t i = 0; i < r->rules.len; i++) {
		struct review_rule *rule = vec_at(&r->rules, i);

		vec_release(&rule->triggers);
		vec_release(&rule->may);
		satisfaction_release(&rule->satisfaction);
	}
	vec_release(&r->rules);
	vec_release(&r->submitters);
	vec_release(&r->votes);
	vec_release(&r->events);
	impact_release(&r->impact_after);
	impact_release(&r->impact_before);
	for (size_t i = r->bases.len; i-- > 0;) {
		project_release(bases[i]);
		free(bases[i]);
	}
	vec_release(&r->bases);
	policies_release(&r->policies);
	strbuf_release(&r->text);
	arena_release(&r->arena);
}

bool review_needs_renewal(const struct review *r)
{
	return r->edited || r->stale || r->beyond || r->unbound;
}

bool review_has_voted(const struct review *r, struct slice person)
{
	for (size_t i = 0; i < r->votes.len; i++) {
		const struct review_vote *vote = vec_at(&r->votes, i);

		if (!vote->why_not && is_vote(vote->event) && slice_equal(vote->event->person, person))
			return true;
	}
	return false;
}

bool review_waits_for(const struct review *r, struct slice person)
{
	for (size_t i = 0; i < r->rules.len; i++)
		if (is_among(&((const struct review_rule *)vec_at(&r->rules, i))->may, person))
			return true;
	return false;
}

void review_missing(const struct review *review, struct strbuf *out)
{
	size_t first = out->len;

	for (size_t i = 0; i < review->rules.len; i++) {
		const struct review_rule *rule = vec_at(&review->rules, i);

		if (rule->satisfaction.satisfied)
			continue;
		strbuf_addf(out, "%s%.*s: ", out->len > first ? "; " : "", (int)rule->rule->name.len, rule->rule->name.at);
		approval_needs_print(&rule->satisfaction.missing, out);
	}
}

uint32_t review_next_sequence(const struct review *r)
{
	uint32_t highest = 0;

	for (size_t i = 0; i < r->events.len; i++) {
		const struct event *event = vec_at(&r->events, i);

		highest = event->sequence > highest ? event->sequence : highest;
	}
	return highest + 1;
}
