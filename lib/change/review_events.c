/* The events of a change as they count for it: signatures, what they are about, which are out of date. */
#include "change/review-internal.h"

#include "base/i18n.h"

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

bool review_is_vote(const struct event *event)
{
	return event->verdict == VERDICT_APPROVE || event->verdict == VERDICT_REJECT;
}

/* A vote on something else than what is submitted now. */
static const char *outdated(const struct review *r, const struct event *event)
{
	if (!review_is_vote(event) || !r->submission)
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

int review_read_events(struct review *r, struct err *err)
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

void review_weigh_events(struct review *r)
{
	for (size_t i = 0; i < r->events.len; i++) {
		struct event *event = vec_at(&r->events, i);
		struct review_vote vote = { event, foreign(r, event) };

		vec_append(&r->votes, &vote);
		if (vote.why_not)
			event->signer = -1;
		if (event->verdict == VERDICT_SUBMIT && !vote.why_not)
			person_add(&r->submitters, event->person);
	}
}

/* What counts for nothing has no signer from here on; the word of those whom no rule names is heard, and has no
 * weight. */
void review_void_events(struct review *r)
{
	for (size_t i = 0; i < r->votes.len; i++) {
		struct review_vote *vote = vec_at(&r->votes, i);
		struct event *event = vec_at(&r->events, i);

		if (!vote->why_not && event->verdict == VERDICT_REJECT && !review_names(r, event->person))
			vote->why_not = N_("no rule asks for this person's word");
		if (vote->why_not)
			event->signer = -1;
	}
}

void review_date_votes(struct review *r)
{
	for (size_t i = 0; i < r->votes.len; i++) {
		struct review_vote *vote = vec_at(&r->votes, i);

		if (!vote->why_not)
			vote->why_not = outdated(r, vote->event);
	}
}
