/* Changes as their events tell them: which are new, which submission is in force, who approved, whether they are
 * closed. */
#include "change/judge-internal.h"

#include "base/alloc.h"
#include "git/range.h"
#include "model/difference.h"
#include "model/header.h"

#include <stdlib.h>
#include <string.h>

/* --- events --- */

void events_standing(
	const struct project *project, const struct record *change, struct arena *arena, struct vec *out)
{
	struct diagnostics ignored;

	diagnostics_init(&ignored);
	vec_init(out, sizeof(struct event));
	events_read(out, project, change, arena, &ignored);
	diagnostics_release(&ignored);
}

/* That of the highest sequence; NULL when there is none, or two. */
const struct event *events_submission(const struct vec *events)
{
	const struct event *items = events->items, *found = NULL;
	bool twice = false;

	for (size_t i = 0; i < events->len; i++) {
		if (items[i].verdict != VERDICT_SUBMIT || (found && items[i].sequence < found->sequence))
			continue;
		twice = found && items[i].sequence == found->sequence;
		found = &items[i];
	}
	return twice ? NULL : found;
}

bool event_addressed(const struct judging *j, const struct event *event, struct slice change_uid)
{
	return j->uid.len > 0 && change_uid.len > 0 && slice_equal(event->project, j->uid) &&
	       slice_equal(event->change, change_uid) && slice_is(event->target, j->request->target);
}

/* What was signed, by what, for which keys. */
static struct slice signature_name(struct judging *j, const struct state *s, const struct event *event)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_HEX];
	struct strbuf text;

	strbuf_init(&text);
	event_payload(event, &text);
	strbuf_addf(&text, "%zu %s ", text.len, s->print);
	strbuf_add_slice(&text, event->signature);
	digest_of(strbuf_slice(&text), digest);
	strbuf_release(&text);
	return slice_of(judge_text(j, slice_of(digest_hex(digest, hex))));
}

/* One signature is checked once for the same keys, in however many commits it stands. */
int event_verify(struct judging *j, struct state *s, struct event *event)
{
	struct slice name = signature_name(j, s, event);
	uintptr_t known;
	struct vec one;
	int rc;

	if (map_get(&j->verified, name, &known)) {
		event->signer = (long)known - 2;
		return 0;
	}
	vec_init(&one, sizeof(struct event));
	vec_append(&one, event);
	rc = events_verify(&one, &state_policies(s)->keys, &j->request->signer, j->err);
	if (rc == 0)
		event->signer = ((const struct event *)one.items)->signer;
	vec_release(&one);
	if (rc == 0)
		map_put(&j->verified, name, (uintptr_t)(event->signer + 2));
	return rc;
}

/* A comment or a closing note decides nothing. */
static bool decides(const struct event *event)
{
	return event->verdict != VERDICT_COMMENT && event->verdict != VERDICT_CLOSE;
}

static struct slice signer_of(struct state *s, const struct event *event)
{
	const struct key *keys = state_policies(s)->keys.items;

	return event->signer >= 0 ? keys[event->signer].person : slice_new(NULL, 0);
}

static int verify_events(struct judging *j, struct state *s, struct proposal *p)
{
	struct event *events = p->events.items;
	int rc = 0;

	for (size_t i = 0; i < p->events.len; i++)
		events[i].signer = -1;
	for (size_t i = 0; i < p->events.len && rc == 0; i++)
		if (decides(&events[i]) && event_addressed(j, &events[i], p->uid))
			rc = event_verify(j, s, &events[i]);
	return rc;
}

/* --- the submission in force --- */

static bool known_person(const struct vec *persons, struct slice person)
{
	const struct slice *items = persons->items;

	for (size_t i = 0; i < persons->len; i++)
		if (slice_equal(items[i], person))
			return true;
	return false;
}

static void find_submitters(struct state *s, struct proposal *p)
{
	const struct event *events = p->events.items;

	for (size_t i = 0; i < p->events.len; i++)
		if (events[i].verdict == VERDICT_SUBMIT && events[i].signer >= 0) {
			struct slice person = signer_of(s, &events[i]);

			if (!known_person(&p->submitters, person))
				vec_append(&p->submitters, &person);
		}
}

static int read_delta(struct judging *j, struct proposal *p, struct arena *arena)
{
	char digest[DIGEST_HEX];
	struct err err;
	int rc;

	if (!p->submission->delta_text.at)
		return judge_refuse(j, p, "delta-malformed", N_("the submission has no delta"), NULL);
	delta_digest(p->submission->delta_text, digest);
	if (!slice_is(p->submission->digest, digest))
		return judge_refuse(
			j, p, "delta-malformed", N_("the delta is not the one whose digest was signed"), NULL);
	err_init(&err);
	rc = delta_parse(&p->delta, p->submission->delta_text, arena, &err) == 0;
	if (!rc)
		judge_refuse(j, p, "delta-malformed", "%s", err.message, NULL);
	err_release(&err);
	return rc;
}

/* The newest submission must be valid: an older one is not what its submitters want any more. */
static int read_submission(struct judging *j, struct state *s, struct proposal *p, struct arena *arena)
{
	int rc;

	if (p->events.len > j->request->limits.records)
		return err_set(j->err, ERR_INPUT, "change %.*s has %zu events, more than the limit of %u",
			(int)p->id.len, p->id.at, p->events.len, (unsigned)j->request->limits.records);
	rc = verify_events(j, s, p);
	if (rc < 0)
		return rc;
	p->submission = events_submission(&p->events);
	if (!p->submission)
		return judge_refuse(j, p, "submission-missing", N_("it has no submission"), NULL);
	if (p->submission->signer < 0)
		return judge_refuse(j, p, "submission-missing",
			N_("submission %s is not validly signed for this project and branch"),
			judge_text(j, p->submission->record->id), NULL);
	p->emergency = slice_is(p->submission->class, "emergency");
	find_submitters(s, p);
	return read_delta(j, p, arena);
}

/* --- which changes are new --- */

bool uid_known(const struct project *project, struct slice uid, const struct record **record)
{
	const struct record *change;

	FOREACH_RECORD (project, kind_find(slice_of("change")), change)
		if (slice_equal(slice_trim(record_text_or(change, "uid")), uid)) {
			if (record)
				*record = change;
			return true;
		}
	return false;
}

static bool proposed(const struct vec *proposals, struct slice uid)
{
	const struct proposal *items = proposals->items;

	for (size_t i = 0; i < proposals->len; i++)
		if (slice_equal(items[i].uid, uid))
			return true;
	return false;
}

static int add_proposal(struct judging *j, struct state *s, struct state *t, const struct record *record,
	struct arena *arena, struct vec *out)
{
	struct proposal proposal = { .id = record->id, .uid = slice_trim(record_text_or(record, "uid")) };

	if (proposal.uid.len == 0 || proposed(out, proposal.uid))
		return judge_refuse(j, &proposal, "change-uid",
			proposal.uid.len ? N_("another change has its uid") : N_("it has no uid"), NULL);
	events_standing(&t->project, record, arena, &proposal.events);
	vec_init(&proposal.submitters, sizeof(struct slice));
	vec_append(out, &proposal);
	return read_submission(j, s, vec_at(out, out->len - 1), arena);
}

static bool stands(const struct vec *events, const struct event *event)
{
	const struct event *items = events->items;

	for (size_t i = 0; i < events->len; i++)
		if (slice_equal(items[i].record->folded, event->record->folded))
			return true;
	return false;
}

/*
 * Whether a change that has landed was closed is read from what stands in it, without asking for keys again: a
 * withdrawal or rejection that comes afterwards would make an emergency look reviewed, or a revert as not made.
 */
static const struct event *closes_late(const struct vec *then, const struct vec *now)
{
	const struct event *items = now->items;

	for (size_t i = 0; i < now->len; i++)
		if ((items[i].verdict == VERDICT_WITHDRAW || items[i].verdict == VERDICT_REJECT) &&
			!stands(then, &items[i]))
			return &items[i];
	return NULL;
}

/* One that has landed is consumed: it cannot be submitted anew, nor closed. */
static int not_again(struct judging *j, struct state *s, struct state *t, const struct record *record,
	const struct record *settled)
{
	struct proposal landed = { .id = record->id };
	struct arena scratch;
	struct vec then, now;
	int rc = 1;

	arena_init(&scratch);
	events_standing(&s->project, settled, &scratch, &then);
	events_standing(&t->project, record, &scratch, &now);
	const struct event *a = events_submission(&then), *b = events_submission(&now),
			   *late = closes_late(&then, &now);

	if (b ? !a || a->sequence != b->sequence : a != NULL)
		rc = judge_refuse(
			j, &landed, "change-consumed", N_("it has landed already: make a new change"), NULL);
	else if (late)
		rc = judge_refuse(j, &landed, "event-void",
			N_("%s comes after it has landed: only a new change undoes it"),
			judge_text(j, late->record->id), NULL);
	vec_release(&then);
	vec_release(&now);
	arena_release(&scratch);
	return rc;
}

/* --- their order --- */

/* Is everything it builds on settled, or among the first `done`? */
static bool ready(const struct state *s, const struct proposal *items, size_t done, const struct proposal *p)
{
	struct slice rest = p->submission->after, item;

	while (slice_next(&rest, " \t,\n", &item)) {
		bool there = item.len == 0 || uid_known(&s->project, item, NULL);

		for (size_t i = 0; i < done && !there; i++)
			there = slice_equal(items[i].uid, item);
		if (!there)
			return false;
	}
	return true;
}

static int order(struct judging *j, const struct state *s, struct vec *proposals)
{
	struct proposal *items = proposals->items;

	for (size_t done = 0; done < proposals->len; done++) {
		size_t best = proposals->len;

		for (size_t i = done; i < proposals->len; i++)
			if (ready(s, items, done, &items[i]) &&
				(best == proposals->len || slice_compare(items[i].uid, items[best].uid) < 0))
				best = i;
		if (best == proposals->len)
			return judge_refuse(j, &items[done], "after-missing",
				N_("it builds on a change that has not landed: %s"),
				judge_text(j, items[done].submission->after), NULL);
		struct proposal next = items[best];

		memmove(&items[done + 1], &items[done], (best - done) * sizeof(*items));
		items[done] = next;
	}
	return 1;
}

int proposals_read(struct judging *j, struct state *s, struct state *t, struct arena *arena, struct vec *out)
{
	const struct record *record, *settled;
	int rc = 1;

	FOREACH_RECORD (&t->project, kind_find(slice_of("change")), record) {
		if (rc <= 0)
			break;
		if (uid_known(&s->project, slice_trim(record_text_or(record, "uid")), &settled))
			rc = slice_equal(settled->folded, record->folded)
				     ? not_again(j, s, t, record, settled)
				     : judge_refuse(j, &(struct proposal){ .id = record->id }, "change-uid",
					       N_("another change has its uid"), NULL);
		else
			rc = add_proposal(j, s, t, record, arena, out);
	}
	return rc > 0 ? order(j, s, out) : rc;
}

void proposals_release(struct vec *proposals)
{
	struct proposal *items = proposals->items;

	for (size_t i = 0; i < proposals->len; i++) {
		vec_release(&items[i].events);
		vec_release(&items[i].submitters);
	}
	vec_release(proposals);
}

/* --- verdicts --- */

/* A person's last word on the submission in force. */
static bool last_word(struct state *s, const struct proposal *p, const struct event *event)
{
	const struct event *events = p->events.items;

	for (size_t i = 0; i < p->events.len; i++)
		if (events[i].sequence > event->sequence && events[i].signer >= 0 &&
			(events[i].verdict == VERDICT_APPROVE || events[i].verdict == VERDICT_REJECT) &&
			slice_equal(signer_of(s, &events[i]), signer_of(s, event)))
			return false;
	return true;
}

/* Every rule that could be about it: for a delta that fits no longer. */
static bool may_have_say(struct state *s, struct slice person)
{
	struct policies *policies = state_policies(s);
	const struct policy_rule *rules = policies->rules.items;

	for (size_t i = 0; i < policies->rules.len; i++)
		if (policy_names(policies, &rules[i], person))
			return true;
	return false;
}

/* May the person say no: does a rule that the change sets off name him? */
static bool has_say(struct state *s, struct state *x, const struct proposal *p, struct slice person)
{
	const struct trigger *items;
	struct state *y;
	struct vec triggers;
	struct arena scratch;
	const char *stale;
	bool say = false;

	arena_init(&scratch);
	if (!delta_fits(&p->delta, &x->project, &scratch, &stale)) {
		arena_release(&scratch);
		return may_have_say(s, person);
	}
	y = xcalloc(1, sizeof(*y));
	diagnostics_init(&y->loading);
	vec_init(&triggers, sizeof(struct trigger));
	delta_apply(&y->project, &x->project, &p->delta);
	state_triggers(s, x, y, &p->delta, &scratch, &triggers);
	items = triggers.items;
	for (size_t i = 0; i < triggers.len; i++)
		say |= policy_names(state_policies(s), items[i].rule, person);
	if (p->emergency && policies_emergency(state_policies(s)))
		say |= policy_names(state_policies(s), policies_emergency(state_policies(s)), person);
	state_free(y);
	vec_release(&triggers);
	arena_release(&scratch);
	return say;
}

/* Does the event close the change? A withdrawal by a submitter, a standing rejection by whoever a rule names. */
static bool closes(struct state *s, struct state *x, const struct proposal *p, const struct event *event)
{
	if (event->signer < 0 || event->sequence < p->submission->sequence)
		return false;
	if (event->verdict == VERDICT_WITHDRAW)
		return known_person(&p->submitters, signer_of(s, event));
	return event->verdict == VERDICT_REJECT && last_word(s, p, event) && has_say(s, x, p, signer_of(s, event));
}

static bool closed_by(struct state *s, struct state *x, const struct proposal *p, const struct vec *events)
{
	const struct event *items = events->items;

	for (size_t i = 0; i < events->len; i++)
		if (closes(s, x, p, &items[i]))
			return true;
	return false;
}

/* On one of the branches that were given beside the range: what has landed nowhere yet, but is there to be read.
 */
static int closed_on_branch(
	struct judging *j, struct state *s, struct state *x, const struct proposal *p, const char *commit)
{
	const struct record *record;
	struct state *branch;
	struct arena scratch;
	struct vec events;
	int rc = state_open(j, commit, s->folder, &branch);

	if (rc < 0 || !branch)
		return rc;
	arena_init(&scratch);
	if (uid_known(&branch->project, p->uid, &record)) {
		events_standing(&branch->project, record, &scratch, &events);
		for (size_t i = 0; i < events.len && rc == 0; i++) {
			struct event *event = vec_at(&events, i);

			event->signer = -1;
			if ((event->verdict == VERDICT_WITHDRAW || event->verdict == VERDICT_REJECT) &&
				event_addressed(j, event, p->uid))
				rc = event_verify(j, s, event);
		}
		if (rc == 0)
			rc = closed_by(s, x, p, &events);
		vec_release(&events);
	}
	arena_release(&scratch);
	state_free(branch);
	return rc;
}

int proposal_sure(struct judging *j, struct state *s, struct state *x, const struct proposal *p)
{
	const struct event *events = p->events.items;

	for (size_t i = 0; i < p->events.len; i++)
		if ((events[i].verdict == VERDICT_WITHDRAW || events[i].verdict == VERDICT_REJECT) &&
			events[i].sequence >= p->submission->sequence && !closes(s, x, p, &events[i]))
			return judge_refuse(j, p, "event-void",
				N_("%s counts for nothing and may not stand in an emergency or its revert"),
				judge_text(j, events[i].record->id), NULL);
	return 1;
}

/* A branch of that change which holds what T does not. */
static int is_ahead(struct judging *j, const struct proposal *p, const struct named_ref *ref, bool *ahead)
{
	struct slice name = slice_of(ref->name);
	struct strbuf tail;
	bool landed = true;
	int rc = 0;

	strbuf_init(&tail);
	strbuf_addf(&tail, "/change/%.*s", (int)p->id.len, p->id.at);
	*ahead = ref->id[0] && slice_ends(name, tail.buf);
	strbuf_release(&tail);
	if (*ahead)
		rc = repository_descends(j->request->repository, ref->id, j->commit, &landed, j->err);
	*ahead = *ahead && !landed;
	return rc;
}

int proposal_closed(struct judging *j, struct state *s, struct state *x, const struct proposal *p)
{
	const struct vec *branches = j->request->branches;
	int rc = closed_by(s, x, p, &p->events);
	bool here = rc > 0;

	for (size_t i = 0; branches && i < branches->len && rc == 0; i++) {
		const struct named_ref *ref = vec_at(branches, i);
		bool ahead;

		rc = is_ahead(j, p, ref, &ahead);
		if (rc == 0 && ahead)
			rc = closed_on_branch(j, s, x, p, ref->id);
	}
	if (rc > 0 && !here) { /* unseen in the tree, it would stand there as if it had been made */
		judge_refuse(j, p, "closed-on-branch",
			N_("it is withdrawn or rejected on its branch: take that in, or leave the change out"), NULL);
		return PROPOSAL_REFUSED;
	}
	if (rc > 0)
		judge_note(j, "closed", N_("%s is closed: withdrawn or rejected"), judge_text(j, p->id), NULL)
			->change = slice_of(judge_text(j, p->id));
	return rc;
}

bool proposal_within(
	struct state *s, struct state *x, struct state *y, const struct event *event, const struct delta *delta)
{
	decimal_t cost = 0;
	int64_t finish = 0;

	if (!event->has_ceilings)
		return true;
	if (delta_plans(delta) &&
		!impact_change(policies_base(state_policies(s)), state_impact(x), state_impact(y), &cost, &finish))
		return false;
	return cost <= event->ceiling_cost && finish <= event->ceiling_finish;
}

/* --- approval --- */

/* strict: made for exactly this state, and exactly what comes of it. */
static bool bound_to(struct state *s, struct state *x, struct state *y, const struct event *event)
{
	char base[DIGEST_HEX], result[DIGEST_HEX];

	delta_state_digest(&x->project, state_policies(s), base);
	delta_state_digest(&y->project, state_policies(s), result);
	return slice_is(event->base, base) && slice_is(event->result, result);
}

static bool approves(struct state *s, const struct proposal *p, const struct event *event)
{
	const struct event *submission = p->submission;

	return event->verdict == VERDICT_APPROVE && event->signer >= 0 && event->sequence > submission->sequence &&
	       slice_equal(event->digest, submission->digest) && slice_equal(event->class, submission->class) &&
	       slice_equal(event->after, submission->after) && last_word(s, p, event);
}

static void add_vote(struct state *s, const struct event *event, struct vec *votes)
{
	vec_append(votes, &(struct vote){ signer_of(s, event), event->roles });
}

static void collect_votes(struct state *s, struct state *x, struct state *y, const struct proposal *p,
	const struct policy_rule *rule, struct vec *votes)
{
	const struct event *events = p->events.items;

	if (rule->implicit) /* the submitter's own signature counts here and only here */
		add_vote(s, p->submission, votes);
	for (size_t i = 0; i < p->events.len; i++)
		if (approves(s, p, &events[i]) && proposal_within(s, x, y, &events[i], &p->delta) &&
			(!rule->strict || bound_to(s, x, y, &events[i])))
			add_vote(s, &events[i], votes);
}

static const char *print_needs(struct judging *j, const struct vec *needs)
{
	const struct approval_need *items = needs->items;
	struct strbuf text;
	const char *out;

	strbuf_init(&text);
	for (size_t i = 0; i < needs->len; i++) {
		if (i)
			strbuf_add_str(&text, ", ");
		if (items[i].count > 1 || items[i].role.len == 0)
			strbuf_addf(&text, "%u of ", (unsigned)items[i].count);
		strbuf_add_slice(&text, items[i].role.len ? items[i].role : slice_of("*"));
	}
	out = judge_text(j, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

static const char *print_people(struct judging *j, const struct vec *people)
{
	const struct slice *items = people->items;
	struct strbuf text;
	const char *out;

	strbuf_init(&text);
	for (size_t i = 0; i < people->len; i++) {
		strbuf_add_str(&text, i ? ", " : "");
		strbuf_add_slice(&text, items[i]);
	}
	out = judge_text(j, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

int proposal_satisfies(struct judging *j, struct state *s, struct state *x, struct state *y,
	const struct proposal *p, const struct policy_rule *rule)
{
	struct satisfaction result;
	struct finding *finding;
	struct vec votes;
	int rc;

	vec_init(&votes, sizeof(struct vote));
	collect_votes(s, x, y, p, rule, &votes);
	policy_satisfied(state_policies(s), rule, &votes, &p->submitters, &result);
	rc = result.satisfied;
	if (rc)
		finding = judge_note(j, "approved", N_("approved by %s"), print_people(j, &result.given), NULL);
	else
		finding = judge_note(j, "approval-missing",
			rule->approve.len ? N_("approval is missing: %s")
					  : N_("the rule names nobody who could approve"),
			print_needs(j, &result.missing), NULL);
	finding->refused = !rc;
	finding->change = slice_of(judge_text(j, p->id));
	finding->rule = slice_of(judge_text(j, rule->name));
	finding->mend = rc ? NULL : arena_printf(j->arena, "pmt change show %s", finding->change.at);
	satisfaction_release(&result);
	vec_release(&votes);
	return rc;
}
