/*
 * The rules by which a range of commits is judged, in the order of the manual's pseudo-code (pmt-change-control.7):
 *
 *	verify(OLD, NEW): require OLD among the first parents of NEW, full history, limits
 *	  S = OLD; pending = []
 *	  for each first-parent commit T after OLD, oldest first:
 *	    require check(T) without errors; every change and event record of the commit before unchanged in T
 *	    if F = covered(S, T):
 *	      for each P in pending: no authority field changed; fields of F have their value of S, of T or of an
 *	        X between; with them put back to S, triggers(S→P) is empty
 *	      S = T; pending = []
 *	    else pending += T
 *	  accept if pending is empty and NEW holds no second project of the uid
 *
 *	covered(S, T): X = S; F = {}
 *	  for each change uid new in T (by `after`, then uid):
 *	    no valid signed submission, or one uid twice, or one of S? refuse
 *	    closed by a signed withdrawal or rejection? continue; by one that stands on its branch alone? refuse
 *	    every old value, ctx line and units of its delta matches X, else stale
 *	    Y = apply(X, delta); impact(X→Y) within the signed ceilings; an added baseline tells the truth of Y
 *	    every rule in triggers(X→Y) is satisfied by valid approvals, without its submitters
 *	    X = Y; F += its fields
 *	  require T equals X on every field of F; require triggers(X→T) empty
 *
 * Everything is judged by the rules, roles and keys of S. Functions give 1 for yes, 0 for no (a finding says why), or an
 * error: it cannot be told. Rules that stand elsewhere: those for emergencies alone in judge_emergency.c; and, as others
 * ask for them too, triggers(A→B) in policy.c, whose votes fill the places of a rule in policy_vote.c, the form of
 * events in event_read.c, of signatures in signature.c, of deltas in delta_*.c. These files decide nothing:
 *
 *	judge_state.c    finds and reads a commit's project; what it comes to
 *	judge_event.c    finds and reads changes and their events; has signatures checked
 *	judge_cover.c    S, X, Y, T and F; what differs between them
 *	judge_range.c    S, T and what is pending; goes on where an audit tells and a hook refuses
 *	judge_finding.c  what findings are called and say
 *
 * Cost: a load and a check of each commit that changes the project, a schedule a change and one a commit that changes
 * the plan, a run of ssh-keygen a signature.
 */
#include "change/judge-internal.h"

#include "base/alloc.h"
#include "change/attributes.h"
#include "change/check.h"
#include "git/range.h"
#include "model/difference.h"

#include <stdlib.h>
#include <string.h>

/* --- require check(T) without errors; every change and event record of the commit before unchanged in T --- */

/* What another engine means is not ours to judge. */
static int engine_known(struct judging *j, const struct state *t)
{
	struct slice engine = slice_trim(project_setting(&t->project, "engine"));

	return slice_is(engine, "1") ? 1 : judge_other_engine(j, engine);
}

/* From the tree alone; and what git is told to write is what was committed. */
static int sound(struct judging *j, struct state *before, struct state *t)
{
	struct diagnostics found;
	const char *what;
	int rc = engine_known(j, t);

	if (rc > 0 && attributes_alter(&t->project, t->folder, j->arena, &what))
		rc = judge_refuse(j, REFUSE_ATTRIBUTES, NULL, what, NULL);
	if (rc <= 0)
		return rc;
	diagnostics_init(&found);
	diagnostics_merge(&found, &t->loading);
	project_check(&t->project, 0, &found);
	change_check(&t->project, &found);
	state_check_plan(t, before, &found);
	rc = found.errors ? judge_tell_errors(j, &found) : 1;
	diagnostics_release(&found);
	return rc;
}

/* An event never changes; a change not once it has landed in S, and its uid never. */
static bool kept(const struct state *s, const struct record *then, const struct record *now)
{
	if (!now)
		return false;
	if (slice_is(slice_of(then->kind->name), "event") || record_counterpart(&s->project, then))
		return record_same(then, now);
	return slice_equal(change_uid(then), change_uid(now));
}

static int keeps_record(struct judging *j, const struct state *s, const struct state *before, const struct state *t)
{
	static const char *const kinds[] = { "change", "event" };
	const struct record *record;

	for (size_t k = 0; k < ARRAY_SIZE(kinds); k++)
		FOREACH_RECORD (&before->project, kind_find(slice_of(kinds[k])), record)
			if (!kept(s, record, record_counterpart(&t->project, record)))
				return judge_refuse(j, REFUSE_ALTERED, NULL, record_name(j->arena, record), NULL);
	return 1;
}

/* --- whose word an event is --- */

/* Heard is who signed for this project, this branch and this change, by a key that S has of the person named. */
int hear(struct cover *c, struct slice uid, struct event *event)
{
	struct judging *j = c->judging;

	event->signer = -1;
	if (j->uid.len == 0 || !slice_equal(event->project, j->uid) || !slice_equal(event->change, uid) ||
		!slice_is(event->target, j->request->target))
		return 0;
	return event_verify(j, c->s, event);
}

/* Of the highest sequence, valid or not: an older one is not what its submitters want any more. Two are none. */
const struct event *submission_in_force(const struct vec *events)
{
	const struct event *event, *found = NULL;
	bool twice = false;

	FOREACH_EVENT (events, event) {
		if (event->verdict != VERDICT_SUBMIT || (found && event->sequence < found->sequence))
			continue;
		twice = found && event->sequence == found->sequence;
		found = event;
	}
	return twice ? NULL : found;
}

/* A person's last word on the submission in force. */
static bool last_word(const struct cover *c, const struct event *said)
{
	const struct event *event;

	FOREACH_EVENT (&c->p->events, event)
		if (event->sequence > said->sequence && event->signer >= 0 &&
			(event->verdict == VERDICT_APPROVE || event->verdict == VERDICT_REJECT) &&
			slice_equal(signer_of(c, event), signer_of(c, said)))
			return false;
	return true;
}

/* --- each change uid new in T (by `after`, then uid) --- */

/* A valid signed submission is in force; who submitted the change before is a submitter, too. */
static int submitted(struct cover *c, struct proposal *p)
{
	struct judging *j = c->judging;
	struct event *event;
	int rc = 0;

	if (p->events.len > j->request->limits.records)
		return judge_many_events(j, p);
	FOREACH_EVENT (&p->events, event)
		if (rc == 0 && event->verdict != VERDICT_COMMENT && event->verdict != VERDICT_CLOSE)
			rc = hear(c, p->uid, event);
	if (rc < 0)
		return rc;
	p->submission = submission_in_force(&p->events);
	if (!p->submission)
		return judge_refuse(j, REFUSE_SUBMISSION, &p->id, NULL);
	if (p->submission->signer < 0)
		return judge_refuse(j, REFUSE_SIGNATURE, &p->id, judge_text(j, p->submission->record->id), NULL);
	FOREACH_EVENT (&p->events, event)
		if (event->verdict == VERDICT_SUBMIT && event->signer >= 0)
			person_add(&p->submitters, signer_of(c, event));
	p->emergency = slice_is(p->submission->class, "emergency");
	return submission_delta(p->submission, &c->arena, &p->delta, j->err);
}

/*
 * One of S is consumed: it cannot be submitted anew, nor closed. Whether it was closed is read from what stands in it:
 * a withdrawal that came later would make an emergency look reviewed, or a revert as not made.
 */
static int not_again(struct judging *j, const struct landed *landed, const struct vec *now)
{
	const struct event *event, *then = landed->submission, *submission = submission_in_force(now);
	const struct slice *id = &landed->record->id;

	if (!submission != !then || (submission && submission->sequence != then->sequence))
		return judge_refuse(j, REFUSE_CONSUMED, id, NULL);
	FOREACH_EVENT (now, event)
		if (event_refuses(event) && !event_among(&landed->events, event))
			return judge_refuse(j, REFUSE_VOID_LATE, id, judge_text(j, event->record->id), NULL);
	return 1;
}

/* No change has another one's uid, be it of S or of T. */
static int read_change(struct cover *c, const struct record *record)
{
	const struct landed *landed = landed_of_uid(c, change_uid(record));
	struct judging *j = c->judging;

	if (landed ? !slice_equal(landed->record->folded, record->folded) : proposal_has_uid(c, change_uid(record)))
		return judge_refuse(j, REFUSE_UID_TWICE, &record->id, NULL);
	if (landed)
		return not_again(j, landed, events_in_t(c, record));
	if (change_uid(record).len == 0)
		return judge_refuse(j, REFUSE_UID_NONE, &record->id, NULL);
	return submitted(c, proposal_read(c, record));
}

static int new_changes(struct cover *c)
{
	struct judging *j = c->judging;
	const struct proposal *early;
	const struct record *record;
	int rc = 1;

	FOREACH_RECORD (&c->t->project, kind_find(slice_of("change")), record)
		if (rc > 0)
			rc = read_change(c, record);
	early = rc > 0 ? proposals_order(c) : NULL;
	if (early) /* what it builds on has not landed */
		rc = judge_refuse(j, REFUSE_AFTER, &early->id, judge_text(j, early->submission->after), NULL);
	return rc;
}

/* --- closed by a signed withdrawal or rejection --- */

/* A withdrawal by a submitter; a standing rejection by whom a rule names that the change sets off. */
static bool closes(struct cover *c, const struct event *event)
{
	if (event->signer < 0 || event->sequence < c->p->submission->sequence)
		return false;
	if (event->verdict == VERDICT_WITHDRAW)
		return person_among(&c->p->submitters, signer_of(c, event));
	return event->verdict == VERDICT_REJECT && last_word(c, event) && rules_name(c, signer_of(c, event));
}

static bool closed_by(struct cover *c, const struct vec *events)
{
	const struct event *event;

	FOREACH_EVENT (events, event)
		if (closes(c, event))
			return true;
	return false;
}

/* By one that stands on its branch alone: unseen in T, it would stand there as if it had been made. */
static int open_on_branches(struct cover *c)
{
	struct event *event;
	struct vec events;
	int rc = branch_events(c, &events);

	FOREACH_EVENT (&events, event)
		if (rc == 0 && event_refuses(event))
			rc = hear(c, c->p->uid, event);
	if (rc == 0)
		rc = !closed_by(c, &events) ? 1 : judge_refuse(c->judging, REFUSE_CLOSED_ON_BRANCH, &c->p->id, NULL);
	vec_release(&events);
	return rc;
}

/*
 * Where a change decides who must review what, no withdrawal or rejection that counts for nothing may stand: later,
 * when the keys are others, it could not be told from one that counts.
 */
int nothing_void(struct cover *c)
{
	const struct proposal *p = c->p;
	struct judging *j = c->judging;
	const struct event *event;

	FOREACH_EVENT (&p->events, event)
		if (event_refuses(event) && event->sequence >= p->submission->sequence && !closes(c, event))
			return judge_refuse(j, REFUSE_VOID, &p->id, judge_text(j, event->record->id), NULL);
	return 1;
}

/* --- Y = apply(X, delta) --- */

/* Every old value, context line and the units match X, and nothing happens but what is stated. */
static int apply(struct cover *c)
{
	const struct proposal *p = c->p;
	struct judging *j = c->judging;
	const struct delta_item *missing;
	const char *stale;

	if (delta_records(&p->delta) > j->request->limits.records)
		return judge_many_records(j, p);
	if (!delta_fits(&p->delta, &c->x->project, j->arena, &stale))
		return judge_refuse(j, REFUSE_STALE, &p->id, stale, NULL);
	cover_apply(c);
	missing = cover_unstated(c);
	return !missing ? 1 : judge_refuse(j, REFUSE_HIDES, &p->id, judge_item(j, missing, c->x, NULL), NULL);
}

/* impact(X→Y) within what an event signed; one that cannot be told is beyond. */
static bool within(struct cover *c, const struct event *event)
{
	decimal_t cost = 0;
	int64_t finish = 0;

	if (!event->has_ceilings)
		return true;
	if (delta_plans(&c->p->delta) && !cover_impact(c, &cost, &finish))
		return false;
	return cost <= event->ceiling_cost && finish <= event->ceiling_finish;
}

/* One that lies about the engine's figures would move the meter that `when` reads. */
static int baselines_true(struct cover *c)
{
	const char *wrong;
	const struct record *record = cover_untrue_baseline(c, &wrong);
	struct judging *j = c->judging;

	return !record ? 1 : judge_refuse(j, REFUSE_BASELINE, &c->p->id, judge_text(j, record->id), wrong, NULL);
}

/* --- every rule in triggers(X→Y) is satisfied by valid approvals, without its submitters --- */

/* Of the submission in force: the same delta, as the same class, behind the same changes. */
static bool approves(const struct cover *c, const struct event *event)
{
	const struct event *submission = c->p->submission;

	return event->verdict == VERDICT_APPROVE && event->signer >= 0 && event->sequence > submission->sequence &&
	       slice_equal(event->digest, submission->digest) && slice_equal(event->class, submission->class) &&
	       slice_equal(event->after, submission->after) && last_word(c, event);
}

/* strict: made for exactly this state, and exactly what comes of it. */
static bool bound_to(struct cover *c, const struct event *event)
{
	return slice_is(event->base, state_digest(c, c->x)) && slice_is(event->result, state_digest(c, c->y));
}

static int satisfied(struct cover *c, const struct policy_rule *rule)
{
	const struct event *event;
	struct vec votes;
	int rc;

	vec_init(&votes, sizeof(struct vote));
	if (rule->implicit) /* the submitter's own signature counts here and only here */
		vote_add(c, &votes, c->p->submission);
	FOREACH_EVENT (&c->p->events, event)
		if (approves(c, event) && within(c, event) && (!rule->strict || bound_to(c, event)))
			vote_add(c, &votes, event);
	rc = judge_votes(c, rule, &votes);
	vec_release(&votes);
	return rc;
}

/* --- covered(S, T) --- */

static int covers(struct cover *c, struct vec *triggers)
{
	const struct trigger *trigger;
	int rc = emergencies_let_pass(c, triggers->len > 0), yes;

	if (rc > 0 && !within(c, c->p->submission))
		rc = judge_refuse(c->judging, REFUSE_CEILING, &c->p->id, NULL);
	if (rc > 0)
		rc = baselines_true(c);
	if (rc > 0 && c->p->emergency)
		rc = emergency_rule(c, triggers);
	FOREACH_TRIGGER (triggers, trigger)
		if (rc >= 0) { /* all that is missing is told */
			yes = satisfied(c, trigger->rule);
			rc = yes < 0 ? yes : rc && yes;
		}
	return rc;
}

static int cover_change(struct cover *c)
{
	struct vec triggers;
	int rc;

	if (closed_by(c, &c->p->events))
		return judge_tell(c->judging, TELL_CLOSED, &c->p->id, judge_text(c->judging, c->p->id), NULL);
	rc = open_on_branches(c);
	if (rc > 0)
		rc = apply(c);
	if (rc <= 0)
		return rc;
	cover_triggers(c, c->x, c->y, &c->p->delta, &triggers);
	rc = covers(c, &triggers);
	vec_release(&triggers);
	if (rc > 0)
		cover_take(c); /* X = Y; F += its fields */
	return rc;
}

/* Nothing signed was altered on the way, and what rides along is free by itself. */
static int rest_is_free(struct cover *c)
{
	const struct delta_item *altered = cover_altered(c);
	struct judging *j = c->judging;
	struct trigger *trigger;
	struct vec triggers;
	int rc = 1;

	if (altered)
		return judge_refuse(j, REFUSE_CONTENT, NULL, judge_item(j, altered, c->t, c->x), NULL);
	cover_triggers(c, c->x, c->t, NULL, &triggers);
	FOREACH_TRIGGER (&triggers, trigger)
		rc = judge_tell_trigger(c, trigger);
	vec_release(&triggers);
	return rc;
}

static int covered(struct cover *c)
{
	int rc = emergencies_open(c);

	if (rc > 0)
		rc = new_changes(c);
	for (size_t i = 0; i < c->proposals.len && rc > 0; i++) {
		c->p = vec_at(&c->proposals, i);
		rc = cover_change(c);
	}
	return rc > 0 ? rest_is_free(c) : rc;
}

/* --- each P in pending --- */

/* No authority field changed; fields of F have their value of S, of T or of an X between; the rest is free. */
static int pending_fits(struct cover *c, const struct pending *p)
{
	struct judging *j = c->judging;
	struct delta rest = cover_delta(c, p->delta.item_count); /* with the fields of F put back to S */

	for (size_t i = 0; i < p->delta.item_count; i++) {
		const struct delta_item *item = &p->delta.items[i];
		const char *name = judge_item(j, item, c->s, NULL);
		bool fits, of_f = cover_has(c, item, &fits);

		if (item_class(c, item) == CLASS_AUTHORITY)
			return judge_refuse(j, REFUSE_STEP_AUTHORITY, NULL, p->commit, name, NULL);
		if (of_f && !fits)
			return judge_refuse(j, REFUSE_STEP_VALUE, NULL, p->commit, name, NULL);
		if (!of_f)
			rest.items[rest.item_count++] = *item;
	}
	return !cover_sets_off(c, &rest) ? 1 : judge_refuse(j, REFUSE_STEP_REST, NULL, p->commit, NULL);
}

/* --- verify(OLD, NEW) --- */

static int judge_step(struct range *r, struct state *t)
{
	struct judging *j = r->judging;
	struct cover c;
	int rc = sound(j, r->before, t);

	if (rc > 0)
		rc = keeps_record(j, r->settled, r->before, t);
	if (rc <= 0 && (rc = range_told(r, rc)) <= 0)
		return rc;
	cover_init(&c, j, r->settled, t);
	rc = covered(&c);
	for (size_t i = 0; i < r->pending.len && rc > 0; i++)
		rc = pending_fits(&c, vec_at(&r->pending, i));
	cover_release(&c);
	if (rc > 0)
		range_settle(r, t);
	else if (rc == 0)
		range_wait(r, t);
	return rc < 0 ? rc : 1;
}

static int judge_commit(struct range *r, const char *commit)
{
	struct judging *j = r->judging;
	struct state *t;
	int rc = range_open(r, commit, &t);

	if (rc < 0)
		return rc;
	if (!t)
		return judge_refuse(j, REFUSE_GONE, NULL, NULL);
	/* other things may hold the same bytes: a link that of the file it was */
	if (strcmp(t->print, r->before->print) != 0 || t->loading.errors > 0)
		return judge_step(r, t);
	return 1; /* nothing of the project changed: as the commit before */
}

/* People find a project from the folder they stand in: a second one of its uid would be shown and judged by nobody. */
static int alone(struct judging *j, const char *commit)
{
	const char *folders[2];
	int count = state_folders(j, commit, folders);

	return count < 0 ? count : count < 2 ? 1 : judge_refuse(j, REFUSE_TWICE, NULL, folders[0], folders[1], NULL);
}

int judge_commits(struct range *r, const struct vec *commits)
{
	struct judging *j = r->judging;
	int rc = engine_known(j, r->settled);

	for (size_t i = 0; i < commits->len && rc > 0; i++) {
		rc = judge_commit(r, ((const struct revision *)vec_at(commits, i))->id);
		if (rc > 0)
			rc = range_next(r, commits, &i);
	}
	if (rc > 0 && r->pending.len) /* the branch's tip is always settled */
		rc = 0;
	return rc > 0 && commits->len ? alone(j, j->request->new) : rc;
}

/* OLD is among the first parents of NEW. */
int judge_relation(struct judging *j, enum range_relation relation)
{
	j->commit = j->request->new;
	if (relation == RANGE_FORWARD)
		return 1;
	if (relation == RANGE_FOXTROT)
		return judge_tell_foxtrot(j);
	return judge_refuse(
		j, relation == RANGE_BACKWARD ? REFUSE_OLDER : REFUSE_UNRELATED, NULL, j->request->new, NULL);
}
