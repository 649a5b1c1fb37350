/*
 * The rules for emergencies: approved by a rule of their own, reviewed afterwards. While one awaits its review nothing
 * else lands but its ratification, its revert and what is free by itself.
 *
 * What awaits its review is read from S without asking for keys again: an event is judged once, when it lands, and
 * removing a key later undoes nothing. For that, what lands must be sure: a ratification only when it completes the
 * review (reviewed), and an emergency or its revert only with nothing_void. So, of a change of S,
 *
 *	ratified   a ratification of it stands there
 *	closed     a withdrawal or rejection of the submission in force stands there
 *	reverted   a change stands there, not closed, that builds on it (`after`) and whose delta is its delta turned round
 */
#include "change/judge-internal.h"

#include "model/difference.h"

static bool builds_on(const struct event *submission, struct slice uid)
{
	struct slice rest = submission->after, item;

	while (slice_next(&rest, " \t,\n", &item))
		if (item.len && slice_equal(item, uid))
			return true;
	return false;
}

/* A revert builds on its emergency and turns all of it round. */
static bool reverts(const struct event *submission, const struct delta *delta, const struct emergency *e)
{
	return builds_on(submission, e->uid) && delta_turned_round(delta, e->delta);
}

static bool reverted(const struct cover *c, const struct landed *landed)
{
	const struct landed *others = c->landed.items;
	struct emergency e = { landed->record->id, landed->uid, &landed->delta };

	for (size_t i = 0; i < c->landed.len; i++)
		if (&others[i] != landed && others[i].submission && !others[i].closed &&
			reverts(others[i].submission, &others[i].delta, &e))
			return true;
	return false;
}

static bool awaits_review(const struct cover *c, const struct landed *e)
{
	const struct policy_rule *rule = policies_emergency(state_policies(c->s));

	return e->submission && slice_is(e->submission->class, "emergency") && !e->closed && !e->ratified &&
	       (!rule || rule->review.len) && !reverted(c, e);
}

/* A ratification lands when it completes the review, by others than the submitters. */
static int reviewed(struct cover *c, const struct landed *e, struct vec *now)
{
	const struct policy_rule *rule = policies_emergency(state_policies(c->s));
	struct event *event;
	struct vec votes;
	int rc = 0;

	if (!rule)
		return judge_refuse(c->judging, REFUSE_REVIEW_RULE, &e->record->id, NULL);
	vec_init(&votes, sizeof(struct vote));
	FOREACH_EVENT (now, event) {
		if (rc < 0 || event->verdict != VERDICT_RATIFY || !slice_equal(event->digest, e->submission->digest))
			continue;
		rc = hear(c, e->uid, event);
		if (rc == 0 && event->signer >= 0)
			vote_add(c, &votes, event);
	}
	if (rc == 0)
		rc = judge_review(c, &e->record->id, rule, &votes, &e->submitters);
	vec_release(&votes);
	return rc;
}

static void add_open(struct cover *c, struct slice id, struct slice uid, const struct delta *delta)
{
	vec_append(&c->open, &(struct emergency){ id, uid, delta });
}

int emergencies_open(struct cover *c)
{
	const struct landed *landed = c->landed.items;
	int rc = 1;

	for (size_t i = 0; i < c->landed.len && rc > 0; i++) {
		const struct record *now = record_counterpart(&c->t->project, landed[i].record);
		bool ratifies = now && !landed[i].ratified && events_have(events_in_t(c, now), VERDICT_RATIFY);
		bool waits = now && awaits_review(c, &landed[i]);

		if (ratifies && waits)
			rc = reviewed(c, &landed[i], events_in_t(c, now));
		else if (ratifies)
			rc = judge_refuse(c->judging, REFUSE_RATIFIED_OTHER, &landed[i].record->id, NULL);
		else if (waits)
			add_open(c, landed[i].record->id, landed[i].uid, &landed[i].delta);
	}
	return rc;
}

int emergencies_let_pass(struct cover *c, bool triggers)
{
	const struct policy_rule *rule = policies_emergency(state_policies(c->s));
	size_t most = rule && rule->open ? rule->open : 1;
	const struct emergency *open = c->open.items;
	const struct proposal *p = c->p;

	if (events_have(&p->events, VERDICT_RATIFY))
		return judge_refuse(c->judging, REFUSE_RATIFIED_EARLY, &p->id, NULL);
	for (size_t i = 0; i < c->open.len; i++)
		if (reverts(p->submission, &p->delta, &open[i])) {
			vec_remove(&c->open, i);
			return nothing_void(c);
		}
	if (p->emergency ? c->open.len >= most : c->open.len && triggers)
		return judge_refuse(c->judging, REFUSE_EMERGENCY_OPEN, &p->id, judge_text(c->judging, open[0].id), NULL);
	if (!p->emergency)
		return 1;
	add_open(c, p->id, p->uid, &p->delta);
	return nothing_void(c);
}

int emergency_rule(struct cover *c, struct vec *triggers)
{
	const struct policy_rule *rule = policies_emergency(state_policies(c->s));
	const struct delta *delta = &c->p->delta;
	struct judging *j = c->judging;

	for (size_t i = 0; i < delta->item_count; i++)
		if (item_class(c, &delta->items[i]) == CLASS_AUTHORITY)
			return judge_refuse(j, REFUSE_EMERGENCY_AUTHORITY, &c->p->id,
				judge_text(j, delta->items[i].kind), judge_text(j, delta->items[i].id), NULL);
	if (!rule)
		return judge_refuse(j, REFUSE_EMERGENCY_RULE, &c->p->id, NULL);
	vec_clear(triggers);
	vec_append(triggers, &(struct trigger){ .rule = rule, .why = N_("emergency: %s"), .what = rule->name });
	return 1;
}
