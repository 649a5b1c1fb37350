/*
 * Emergencies: approved by their own rule, reviewed afterwards. While one awaits its review nothing else lands but
 *its ratification, its revert and what is free by itself.
 *
 * What is open is read from the settled state without asking for keys again: an event is judged once, when it
 *lands, and removing a key later undoes nothing. For that, what lands must be sure: a ratification lands only when
 *it completes the review, and a withdrawal or rejection that counts for nothing may not stand in an emergency or
 *its revert (proposal_sure). So, of the settled state, ratified   a ratification of it stands there reverted   a
 *change stands there, not closed, that builds on it (`after`) and whose delta is its delta turned round
 */
#include "change/judge-internal.h"

#include <stdlib.h>

static bool names(struct slice words, struct slice uid)
{
	struct slice item;

	while (slice_next(&words, " \t,\n", &item))
		if (item.len && slice_equal(item, uid))
			return true;
	return false;
}

/* The same fields, old and new changed over. Both are sorted. */
static bool turned_round(const struct delta *a, const struct delta *b)
{
	if (a->item_count != b->item_count)
		return false;
	for (size_t i = 0; i < a->item_count; i++) {
		const struct delta_item *x = &a->items[i], *y = &b->items[i];

		if (!slice_equal(x->kind, y->kind) || !slice_equal(x->id, y->id) ||
			!slice_equal(x->field, y->field) || !delta_same(x->old, y->new) ||
			!delta_same(x->new, y->old))
			return false;
	}
	return true;
}

/* One change of the settled state. */
struct settled {
	const struct record *record;
	struct slice uid;
	struct vec events;              /* struct event */
	const struct event *submission; /* NULL: none that can be read */
	struct delta delta;
	bool closed;
};

static bool read_settled(
	struct settled *out, const struct state *s, const struct record *record, struct arena *arena)
{
	const struct event *events;
	struct err err;
	bool good;

	*out = (struct settled){ .record = record, .uid = slice_trim(record_text_or(record, "uid")) };
	events_standing(&s->project, record, arena, &out->events);
	out->submission = events_submission(&out->events);
	if (!out->submission || !out->submission->delta_text.at)
		return false;
	events = out->events.items;
	for (size_t i = 0; i < out->events.len; i++)
		out->closed |= (events[i].verdict == VERDICT_WITHDRAW || events[i].verdict == VERDICT_REJECT) &&
			       events[i].sequence >= out->submission->sequence;
	err_init(&err);
	good = delta_parse(&out->delta, out->submission->delta_text, arena, &err) == 0;
	err_release(&err);
	return good;
}

static bool has_verdict(const struct vec *events, enum verdict verdict)
{
	const struct event *items = events->items;

	for (size_t i = 0; i < events->len; i++)
		if (items[i].verdict == verdict)
			return true;
	return false;
}

/* Does some settled change undo this one? */
static bool is_reverted(const struct state *s, const struct settled *emergency, struct arena *arena)
{
	const struct record *record;
	bool reverted = false;

	FOREACH_RECORD (&s->project, kind_find(slice_of("change")), record) {
		struct settled other;

		if (record == emergency->record || reverted)
			continue;
		reverted = read_settled(&other, s, record, arena) && !other.closed &&
			   names(other.submission->after, emergency->uid) &&
			   turned_round(&other.delta, &emergency->delta);
		vec_release(&other.events);
	}
	return reverted;
}

/* The votes of those ratifications that are new in T. */
static int ratify_votes(
	struct judging *j, struct state *s, const struct settled *e, struct vec *events, struct vec *votes)
{
	const struct key *keys = state_policies(s)->keys.items;
	int rc = 0;

	for (size_t i = 0; i < events->len && rc == 0; i++) {
		struct event *event = vec_at(events, i);

		event->signer = -1;
		if (event->verdict != VERDICT_RATIFY || !event_addressed(j, event, e->uid) ||
			!slice_equal(event->digest, e->submission->digest))
			continue;
		rc = event_verify(j, s, event);
		if (rc == 0 && event->signer >= 0)
			vec_append(votes, &(struct vote){ keys[event->signer].person, event->roles });
	}
	return rc;
}

/* A ratification lands when it completes the review. */
static int judge_review(struct judging *j, struct state *s, const struct settled *e, struct vec *events)
{
	const struct policy_rule *rule = policies_emergency(state_policies(s));
	struct proposal about = { .id = e->record->id };
	struct satisfaction result;
	struct vec votes, submitters;
	const struct event *then = e->events.items;
	int rc;

	if (!rule)
		return judge_refuse(j, &about, "emergency-rule",
			N_("there is no policy for emergencies that says who reviews"), NULL);
	vec_init(&votes, sizeof(struct vote));
	vec_init(&submitters, sizeof(struct slice));
	for (size_t i = 0; i < e->events.len; i++)
		if (then[i].verdict == VERDICT_SUBMIT)
			vec_append(&submitters, &then[i].person);
	rc = ratify_votes(j, s, e, events, &votes);
	if (rc == 0) {
		policy_reviewed(state_policies(s), rule, &votes, &submitters, &result);
		rc = result.satisfied;
		satisfaction_release(&result);
		if (rc)
			judge_note(j, "ratified", N_("%s was reviewed"), judge_text(j, about.id), NULL)->change =
				slice_of(judge_text(j, about.id));
		else
			judge_refuse(j, &about, "event-void",
				N_("the review is not complete: ratifications land together"), NULL);
	}
	vec_release(&votes);
	vec_release(&submitters);
	return rc;
}

static int look_at(struct judging *j, struct state *s, struct state *t, const struct settled *e,
	struct arena *arena, struct vec *out)
{
	const struct policy_rule *rule = policies_emergency(state_policies(s));
	const struct record *now = project_find(&t->project, e->record->kind, e->record->folded);
	struct vec events;
	bool open;
	int rc = 1;

	if (!now)
		return 1; /* told elsewhere: a change was removed */
	open = !e->closed && slice_is(e->submission->class, "emergency") &&
	       !has_verdict(&e->events, VERDICT_RATIFY) && (!rule || rule->review.len) &&
	       !is_reverted(s, e, arena);
	events_standing(&t->project, now, arena, &events);
	if (has_verdict(&events, VERDICT_RATIFY) && !has_verdict(&e->events, VERDICT_RATIFY)) {
		rc = open ? judge_review(j, s, e, &events)
			  : judge_refuse(j, &(struct proposal){ .id = e->record->id }, "event-void",
				    N_("it is no emergency that awaits review"), NULL);
		open = false;
	}
	if (open)
		vec_append(out, &(struct emergency){ .id = e->record->id, .uid = e->uid, .delta = e->delta });
	vec_release(&events);
	return rc;
}

int emergencies_open(struct judging *j, struct state *s, struct state *t, struct arena *arena, struct vec *out)
{
	const struct record *record;
	int rc = 1;

	FOREACH_RECORD (&s->project, kind_find(slice_of("change")), record) {
		struct settled settled;

		if (rc <= 0)
			break;
		if (read_settled(&settled, s, record, arena))
			rc = look_at(j, s, t, &settled, arena, out);
		vec_release(&settled.events);
	}
	return rc;
}

static bool reverts(const struct proposal *p, const struct emergency *e)
{
	return names(p->submission->after, e->uid) && turned_round(&p->delta, &e->delta);
}

int emergency_lets_pass(struct judging *j, struct state *s, struct state *x, struct vec *open,
	const struct proposal *p, bool triggers)
{
	const struct policy_rule *rule = policies_emergency(state_policies(s));
	size_t most = rule && rule->open ? rule->open : 1;
	int rc = 1;

	if (has_verdict(&p->events, VERDICT_RATIFY))
		return judge_refuse(j, p, "event-void", N_("it was ratified before it landed"), NULL);
	for (size_t i = 0; i < open->len; i++)
		if (reverts(p, vec_at(open, i))) {
			rc = proposal_sure(j, s, x, p);
			if (rc > 0)
				vec_remove(open, i);
			return rc;
		}
	if (p->emergency) {
		if (open->len >= most)
			return judge_refuse(j, p, "emergency-open", N_("%s awaits its review first"),
				judge_text(j, ((const struct emergency *)open->items)->id), NULL);
		rc = proposal_sure(j, s, x, p);
		vec_append(open, &(struct emergency){ .id = p->id, .uid = p->uid, .delta = p->delta });
		return rc;
	}
	if (open->len && triggers)
		return judge_refuse(j, p, "emergency-open", N_("%s awaits its review first"),
			judge_text(j, ((const struct emergency *)open->items)->id), NULL);
	return 1;
}

int emergency_rules(struct judging *j, struct state *s, const struct proposal *p, struct vec *triggers)
{
	const struct policy_rule *rule = policies_emergency(state_policies(s));

	for (size_t i = 0; i < p->delta.item_count; i++)
		if (delta_class(state_policies(s), kind_find(p->delta.items[i].kind), p->delta.items[i].field) ==
			CLASS_AUTHORITY)
			return judge_refuse(j, p, "emergency-authority", N_("an emergency may not change %s %s"),
				judge_text(j, p->delta.items[i].kind), judge_text(j, p->delta.items[i].id), NULL);
	if (!rule)
		return judge_refuse(j, p, "emergency-rule", N_("there is no policy for emergencies"), NULL);
	vec_clear(triggers);
	vec_append(triggers, &(struct trigger){ .rule = rule, .why = N_("emergency: %s"), .what = rule->name });
	return 1;
}
