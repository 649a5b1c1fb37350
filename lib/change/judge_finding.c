/* Findings: what they are called, and how they are made. */
#include "change/judge-internal.h"

#include <stdarg.h>
#include <string.h>

const struct finding_kind finding_kinds[] = {
	{ "after-missing", N_("The change builds on another one that has not landed.") },
	{ "approval-missing", N_("A rule that the change sets off is not satisfied by valid approvals.") },
	{ "approved", N_("A rule was satisfied, and by whom.") },
	{ "attributes", N_("A .gitattributes would have git write other text than what is committed.") },
	{ "baseline-untrue", N_("The engine's figures in an added baseline are not those of the plan.") },
	{ "ceiling-exceeded", N_("The impact is beyond the ceilings that were signed.") },
	{ "change-consumed", N_("A change that has landed already is submitted once more.") },
	{ "change-uid", N_("A change has no uid, or one that another change has.") },
	{ "check-failed", N_("The project has errors in that commit.") },
	{ "closed", N_("A withdrawn or rejected change was entered into the register.") },
	{ "closed-on-branch", N_("A change that is withdrawn or rejected on its own branch came in without that.") },
	{ "content-altered", N_("A signed field has another value than the one that was signed.") },
	{ "delta-hides", N_("Making the change does more than its delta states.") },
	{ "delta-stale", N_("What the delta starts from is no longer so: it must be renewed.") },
	{ "emergency-authority", N_("An emergency may not change authority.") },
	{ "emergency-open", N_("An emergency awaits its review: nothing else may land.") },
	{ "emergency-rule", N_("There is no policy for emergencies.") },
	{ "event-altered", N_("A change or an event was altered or removed after it was recorded.") },
	{ "event-void",
		N_("A withdrawal, rejection or ratification that counts for nothing stands where it must not.") },
	{ "history-foxtrot", N_("The branch came in by a merge instead of going on.") },
	{ "history-rewritten", N_("The branch would lose history.") },
	{ "project-gone", N_("The project is no longer there.") },
	{ "project-twice", N_("Two folders hold projects of the same uid.") },
	{ "ratified", N_("An emergency was reviewed.") },
	{ "step-authority", N_("A commit on the way changes authority without its approval.") },
	{ "step-uncovered", N_("A commit on the way holds more than what was approved.") },
	{ "step-value", N_("A commit on the way gives a field a value that nobody approved.") },
	{ "submission-missing", N_("A change has no valid signed submission.") },
	{ "uncovered", N_("Something that needs approval is part of no approved change.") },
};
const size_t finding_kind_count = sizeof(finding_kinds) / sizeof(finding_kinds[0]);

/* What is said of each, with its arguments; and the command that would help, about the change. */
static const struct saying {
	const char *id, *message, *mend;
} sayings[] = {
	[TELL_APPROVED] = { "approved", N_("approved by %s") },
	[TELL_CLOSED] = { "closed", N_("%s is closed: withdrawn or rejected") },
	[TELL_RATIFIED] = { "ratified", N_("%s was reviewed") },
	[REFUSE_AFTER] = { "after-missing", N_("it builds on a change that has not landed: %s") },
	[REFUSE_ALTERED] = { "event-altered", N_("%s was altered or removed") },
	[REFUSE_APPROVAL] = { "approval-missing", N_("approval is missing: %s"), "pmt change show %s" },
	[REFUSE_ATTRIBUTES] = { "attributes", N_("%s would have git write other text than what is committed") },
	[REFUSE_BASELINE] = { "baseline-untrue",
		N_("baseline %s: the engine's figures of '%s' are not those of this plan") },
	[REFUSE_CEILING] = { "ceiling-exceeded", N_("its impact is beyond what the submission signed"),
		"pmt change renew %s" },
	[REFUSE_CHECK] = { "check-failed", N_("%s (%s)") },
	[REFUSE_CLOSED_ON_BRANCH] = { "closed-on-branch",
		N_("it is withdrawn or rejected on its branch: take that in, or leave the change out") },
	[REFUSE_CONSUMED] = { "change-consumed", N_("it has landed already: make a new change") },
	[REFUSE_CONTENT] = { "content-altered", N_("%s is not what was signed") },
	[REFUSE_EMERGENCY_AUTHORITY] = { "emergency-authority", N_("an emergency may not change %s %s") },
	[REFUSE_EMERGENCY_OPEN] = { "emergency-open", N_("%s awaits its review first") },
	[REFUSE_EMERGENCY_RULE] = { "emergency-rule", N_("there is no policy for emergencies") },
	[REFUSE_FOXTROT] = { "history-foxtrot", N_("the branch came in by a merge instead of going on") },
	[REFUSE_GONE] = { "project-gone", N_("the project is no longer there") },
	[REFUSE_HIDES] = { "delta-hides", N_("making it changes %s, which it does not state") },
	[REFUSE_OLDER] = { "history-rewritten", N_("%s is older than what is there: the branch would lose history") },
	[REFUSE_RATIFIED_EARLY] = { "event-void", N_("it was ratified before it landed") },
	[REFUSE_RATIFIED_OTHER] = { "event-void", N_("it is no emergency that awaits review") },
	[REFUSE_REVIEW] = { "event-void", N_("the review is not complete: ratifications land together") },
	[REFUSE_REVIEW_RULE] = { "emergency-rule", N_("there is no policy for emergencies that says who reviews") },
	[REFUSE_SIGNATURE] = { "submission-missing",
		N_("submission %s is not validly signed for this project and branch") },
	[REFUSE_STALE] = { "delta-stale", N_("it starts from another state: %s"), "pmt change renew %s" },
	[REFUSE_STEP_AUTHORITY] = { "step-authority",
		N_("commit %s changes %s: authority changes in one commit with its approval") },
	[REFUSE_STEP_REST] = { "step-uncovered", N_("commit %s on the way holds more than what was approved") },
	[REFUSE_STEP_VALUE] = { "step-value", N_("commit %s gives %s a value that nobody approved") },
	[REFUSE_SUBMISSION] = { "submission-missing", N_("it has no submission") },
	[REFUSE_TWICE] = { "project-twice",
		N_("'%s' and '%s' hold projects of one uid: one could be taken for the other") },
	[REFUSE_UID_NONE] = { "change-uid", N_("it has no uid") },
	[REFUSE_UID_TWICE] = { "change-uid", N_("another change has its uid") },
	[REFUSE_UNAPPROVABLE] = { "approval-missing", N_("the rule names nobody who could approve"),
		"pmt change show %s" },
	[REFUSE_UNCOVERED] = { "uncovered", NULL }, /* what the trigger says */
	[REFUSE_UNRELATED] = { "history-rewritten",
		N_("%s does not build on what is there: the branch would lose history") },
	[REFUSE_VOID] = { "event-void", N_("%s counts for nothing and may not stand in an emergency or its revert") },
	[REFUSE_VOID_LATE] = { "event-void", N_("%s comes after it has landed: only a new change undoes it") },
};

const char *judge_text(struct judging *j, struct slice text)
{
	return arena_strndup(j->arena, text.at ? text.at : "", text.len);
}

const char *judge_item(
	struct judging *j, const struct delta_item *item, const struct state *one, const struct state *other)
{
	return delta_item_name(item, &one->project, other ? &other->project : NULL, j->arena).at;
}

static struct finding *add(struct judging *j, enum telling what, const struct slice *change)
{
	struct finding *finding = vec_push(j->findings);
	const struct saying *saying = &sayings[what];

	*finding = (struct finding){ .id = saying->id, .message = saying->message, .commit = slice_of(j->commit) };
	if (change)
		finding->change = slice_of(judge_text(j, *change));
	if (saying->mend) {
		struct strbuf text;

		strbuf_init(&text);
		strbuf_addf(&text, saying->mend, finding->change.at);
		finding->mend = judge_text(j, strbuf_slice(&text));
		strbuf_release(&text);
	}
	return finding;
}

static void take_arguments(struct judging *j, struct finding *finding, va_list arguments)
{
	const char *argument;

	for (size_t i = 0; i < FINDING_ARGUMENTS && (argument = va_arg(arguments, const char *)) != NULL; i++)
		finding->arguments[i] = judge_text(j, slice_of(argument));
}

int judge_tell(struct judging *j, enum telling what, const struct slice *change, ...)
{
	va_list arguments;

	va_start(arguments, change);
	take_arguments(j, add(j, what, change), arguments);
	va_end(arguments);
	return 1;
}

int judge_refuse(struct judging *j, enum telling what, const struct slice *change, ...)
{
	struct finding *finding = add(j, what, change);
	va_list arguments;

	va_start(arguments, change);
	take_arguments(j, finding, arguments);
	va_end(arguments);
	finding->refused = true;
	return 0;
}

static struct finding *last(struct judging *j)
{
	return vec_at(j->findings, j->findings->len - 1);
}

/* --- votes --- */

static const char *print_needs(struct judging *j, const struct vec *needs)
{
	struct strbuf text;
	const char *out;

	strbuf_init(&text);
	approval_needs_print(needs, &text);
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

int judge_votes(struct cover *c, const struct policy_rule *rule, const struct vec *votes)
{
	struct judging *j = c->judging;
	struct satisfaction result;
	int rc;

	policy_satisfied(state_policies(c->s), rule, votes, &c->p->submitters, &result);
	if (result.satisfied)
		rc = judge_tell(j, TELL_APPROVED, &c->p->id, print_people(j, &result.given), NULL);
	else if (rule->approve.len)
		rc = judge_refuse(j, REFUSE_APPROVAL, &c->p->id, print_needs(j, &result.missing), NULL);
	else
		rc = judge_refuse(j, REFUSE_UNAPPROVABLE, &c->p->id, NULL);
	last(j)->rule = slice_of(judge_text(j, rule->name));
	satisfaction_release(&result);
	return rc;
}

int judge_review(struct cover *c, const struct slice *id, const struct policy_rule *rule, const struct vec *votes,
	const struct vec *without)
{
	struct satisfaction result;
	int rc;

	policy_reviewed(state_policies(c->s), rule, votes, without, &result);
	if (result.satisfied)
		rc = judge_tell(c->judging, TELL_RATIFIED, id, judge_text(c->judging, *id), NULL);
	else
		rc = judge_refuse(c->judging, REFUSE_REVIEW, id, NULL);
	satisfaction_release(&result);
	return rc;
}

/* --- what is wrong with a commit --- */

static void tell_error(struct judging *j, const struct diagnostic *d)
{
	struct strbuf text;
	const char *rest = d->format, *mark;

	strbuf_init(&text);
	for (size_t i = 0; (mark = strstr(rest, "%s")) != NULL; i++) {
		strbuf_add(&text, rest, (size_t)(mark - rest));
		strbuf_add_str(&text, i < DIAGNOSTIC_ARGUMENTS && d->arguments[i] ? d->arguments[i] : "");
		rest = mark + 2;
	}
	strbuf_add_str(&text, rest);
	judge_refuse(j, REFUSE_CHECK, NULL, text.buf, d->id, NULL);
	last(j)->path = d->place.path ? judge_text(j, slice_of(d->place.path)) : NULL;
	last(j)->line = d->place.line;
	strbuf_release(&text);
}

int judge_tell_errors(struct judging *j, const struct diagnostics *found)
{
	enum { TOLD = 20 };
	const struct diagnostic *items = found->items.items;
	int told = 0;

	for (size_t i = 0; i < found->items.len && told < TOLD; i++)
		if (items[i].severity == SEVERITY_ERROR) {
			tell_error(j, &items[i]);
			told++;
		}
	return 0;
}

int judge_tell_trigger(struct cover *c, const struct trigger *trigger)
{
	struct judging *j = c->judging;
	struct slice subject = trigger_subject(trigger, &c->x->project, &c->t->project, &c->arena);

	judge_refuse(j, REFUSE_UNCOVERED, NULL, judge_text(j, subject), NULL);
	last(j)->message = trigger->why;
	last(j)->rule = slice_of(judge_text(j, trigger->rule->name));
	return 0;
}

/* The same tree on the branch as it was, and what came in as the second parent: a merge with its parents swapped. */
int judge_tell_foxtrot(struct judging *j)
{
	const struct judge_request *request = j->request;
	const char *first = request->old, *second = request->new;
	struct vec parents;

	vec_init(&parents, sizeof(struct revision));
	if (repository_parents(request->repository, request->new, &parents, j->err) == 0 && parents.len == 2) {
		first = judge_text(j, slice_of(((const struct revision *)parents.items)[1].id));
		second = judge_text(j, slice_of(((const struct revision *)parents.items)[0].id));
	}
	vec_release(&parents);
	judge_refuse(j, REFUSE_FOXTROT, NULL, NULL);
	last(j)->mend = arena_printf(j->arena, "git reset --soft $(git commit-tree %s^{tree} -p %s -p %s -m Merge)",
		request->new, first, second);
	return 0;
}

/* --- what cannot be told --- */

static int raise_limit(struct judging *j, size_t count)
{
	err_hint(j->err, "git config pmt.limit.records %zu", count);
	return ERR_INPUT;
}

int judge_many_events(struct judging *j, const struct proposal *p)
{
	err_set(j->err, ERR_INPUT, "change %.*s has %zu events, more than the limit of %u", (int)p->id.len, p->id.at,
		p->events.len, (unsigned)j->request->limits.records);
	return raise_limit(j, p->events.len);
}

int judge_many_records(struct judging *j, const struct proposal *p)
{
	size_t count = delta_records(&p->delta);

	err_set(j->err, ERR_INPUT, "change %.*s touches %zu records, more than the limit of %u", (int)p->id.len,
		p->id.at, count, (unsigned)j->request->limits.records);
	return raise_limit(j, count);
}

int judge_other_engine(struct judging *j, struct slice engine)
{
	err_set(j->err, ERR_INPUT, "the project asks for engine %.*s, and this pmt judges by engine 1", (int)engine.len,
		engine.at);
	err_hint(j->err, "%s", "install a newer pmt");
	return ERR_INPUT;
}
