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
	{ "delta-malformed", N_("The signed delta cannot be read.") },
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

const char *judge_text(struct judging *j, struct slice text)
{
	return arena_strndup(j->arena, text.at ? text.at : "", text.len);
}

const char *judge_item(
	struct judging *j, const struct delta_item *item, const struct state *one, const struct state *other)
{
	return delta_item_name(item, &one->project, other ? &other->project : NULL, j->arena).at;
}

static struct finding *add(struct judging *j, const char *id, const char *message, va_list arguments)
{
	struct finding *finding = vec_push(j->findings);
	const char *argument;

	*finding = (struct finding){ .id = id, .message = message, .commit = slice_of(j->commit) };
	for (size_t i = 0; (argument = va_arg(arguments, const char *)) != NULL; i++)
		if (i < FINDING_ARGUMENTS)
			finding->arguments[i] = judge_text(j, slice_of(argument));
	return finding;
}

struct finding *judge_note(struct judging *j, const char *id, const char *message, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, message);
	finding = add(j, id, message, arguments);
	va_end(arguments);
	return finding;
}

int judge_refuse(struct judging *j, const struct proposal *proposal, const char *id, const char *message, ...)
{
	struct finding *finding;
	va_list arguments;

	va_start(arguments, message);
	finding = add(j, id, message, arguments);
	va_end(arguments);
	finding->refused = true;
	if (proposal)
		finding->change = slice_of(judge_text(j, proposal->id));
	if (proposal && (strcmp(id, "delta-stale") == 0 || strcmp(id, "ceiling-exceeded") == 0))
		finding->mend = arena_printf(j->arena, "pmt change renew %s", finding->change.at);
	return 0;
}
