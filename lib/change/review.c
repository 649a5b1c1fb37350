#include "change/review-internal.h"

#include "base/alloc.h"

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

/* What it is measured against, by the engine: the schedule of the whole project, which reviews of one target share. */
static void measure_before(struct review *r, const struct project *base)
{
	const struct review *like = r->request.like;

	if (like)
		policies_base_like(&r->policies, &like->policies);
	if (like && like->impact_before && !like->bases.len && base == r->request.before) {
		r->impact_before = like->impact_before;
		return;
	}
	impact_of(&r->own_before, base);
	r->impact_before = &r->own_before;
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
	status = review_read_events(r, err);
	if (status < 0)
		return status;
	review_weigh_events(r);
	events_state(&r->events, &r->submission);
	base = base_of(r);
	compute_delta(r, base);
	measure_before(r, base);
	impact_of(&r->impact_after, request->after);
	r->measured =
		impact_change(policies_base(&r->policies), r->impact_before, &r->impact_after, &r->cost, &r->finish);
	review_collect_rules(r);
	review_void_events(r);
	state = events_state(&r->events, &r->submission);
	review_date_votes(r);
	find_obstacles(r, base);
	find_unbound(r);
	r->stand = stand_of(r, state, review_satisfy_rules(r));
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
	if (r->impact_before == &r->own_before)
		impact_release(&r->own_before);
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

		if (!vote->why_not && review_is_vote(vote->event) && slice_equal(vote->event->person, person))
			return true;
	}
	return false;
}

bool review_waits_for(const struct review *r, struct slice person)
{
	for (size_t i = 0; i < r->rules.len; i++)
		if (person_among(&((const struct review_rule *)vec_at(&r->rules, i))->may, person))
			return true;
	return false;
}

void review_waiting(const struct review *r, struct vec *persons)
{
	for (size_t i = 0; i < r->rules.len; i++) {
		const struct review_rule *rule = vec_at(&r->rules, i);

		for (size_t k = 0; k < rule->may.len; k++) /* nobody when it is satisfied */
			person_add(persons, *(const struct slice *)vec_at(&rule->may, k));
	}
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
