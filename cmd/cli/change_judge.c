/* The judge's word on a commit that would be the target's next: what a server's hook would say. */
#include "cmd/cli/change.h"

#include "change/judge.h"
#include "report/verification.h"

#include <string.h>

/* "approval-missing: CR-k7q4x: …", one line each. */
static void tell_refusals(struct change_case *c, const struct vec *findings)
{
	struct context *context = c->proposal.context;
	const struct finding *items = findings->items;
	struct strbuf text;

	strbuf_init(&text);
	for (size_t i = 0; i < findings->len; i++) {
		struct cell cell = finding_cell(&c->arena, &items[i]);

		if (!items[i].refused)
			continue;
		strbuf_reset(&text);
		render_cell(&cell, NULL, &context->render, &text);
		context_note(context, "%s [%s]", text.buf, items[i].id);
	}
	strbuf_release(&text);
}

int change_case_judge(struct change_case *c, const char *commit, struct err *err)
{
	struct proposal *p = &c->proposal;
	struct judge_request request = { .repository = p->repository,
		.folder = p->folder.len ? arena_strndup(&c->arena, p->folder.at, p->folder.len) : "",
		.old = p->target.tip.id,
		.new = commit,
		.target = c->target_ref.buf,
		.limits = judge_limits_default(),
		.signer = c->signer };
	enum judgement judgement = JUDGED_REFUSED;
	struct vec findings;
	int status;

	vec_init(&findings, sizeof(struct finding));
	status = judge_range(&request, &c->arena, &findings, &judgement, err);
	if (status == 0 && judgement != JUDGED_ACCEPTED) {
		tell_refusals(c, &findings);
		status = err_set(err, ERR_FAILED, _("%s would be refused in %s; nothing has moved"), p->id.buf,
			p->target.name.buf);
		err_hint(err, "pmt change show %s", p->id.buf);
	}
	vec_release(&findings);
	return status;
}
