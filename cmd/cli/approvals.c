#include "cmd/cli/approvals.h"

#include "cmd/cli/change.h"
#include "report/dashboard.h"

static void judge(struct context *context, const char *id, struct slice person, struct arena *arena, struct vec *out)
{
	struct dashboard_approval approval = { .measured = false };
	struct change_case c;
	struct strvec words;
	struct err trouble;

	context_err_init(&trouble);
	strvec_init(&words);
	strvec_push(&words, id);
	change_case_init(&c, context);
	c.proposal.quiet = true;
	if (change_case_open(&c, &words, &trouble) == 0 && c.review.stand == REVIEW_SUBMITTED &&
		review_waits_for(&c.review, person)) {
		approval.id = arena_slice(arena, c.proposal.record->id);
		approval.title = arena_slice(arena, record_title(c.proposal.record));
		approval.measured = review_figures(&c.review, &approval.cost, &approval.finish);
		vec_append(out, &approval);
	}
	change_case_release(&c);
	strvec_release(&words);
	err_release(&trouble);
}

void approvals_waiting(struct context *context, struct slice person, struct arena *arena, struct vec *out)
{
	struct proposal proposal;
	struct strvec ids;
	struct err trouble;

	context_err_init(&trouble);
	strvec_init(&ids);
	proposal_init(&proposal, context);
	if (proposal_prepare(&proposal, NULL, &trouble) == 0)
		proposal_ids(&proposal.branches, &ids);
	for (size_t i = 0; i < ids.len; i++)
		judge(context, ids.items[i], person, arena, out);
	proposal_release(&proposal);
	strvec_release(&ids);
	err_release(&trouble);
}
