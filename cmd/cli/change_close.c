/*
 * `pmt change close [ID]`: the evaluation of a change that has landed, as a signed event: what was estimated, what it
 * did when it landed, and what it comes to now, which is the plan as it stands less the plan without the change.
 */
#include "cmd/cli/change-internal.h"

#include "plan/compare.h"

#include <string.h>

struct evaluation {
	bool known;
	decimal_t cost;
	int64_t finish; /* working minutes */
};

/* The plan of the target today, with the change and without. */
static int evaluate_now(struct signing *s, struct evaluation *out, struct err *err)
{
	struct proposal *p = &s->c.proposal;
	struct undoing undoing = { .computed = false };
	struct past with = { .loaded = false }, without = { .loaded = false };
	int status;

	diagnostics_init(&with.found);
	diagnostics_init(&without.found);
	status = proposal_undo(p, &undoing, err);
	if (status == 0)
		status = past_open(&with, p->context, p->target.tip.id, err);
	if (status == 0)
		status = past_open_source(&without, p->context, merge_result_source(&undoing.result), err);
	if (status == 0)
		status = past_plan(&with, p->context, p->context->now, err);
	if (status == 0)
		status = past_plan(&without, p->context, p->context->now, err);
	if (status == 0) {
		out->known = !with.costs.unknown && !without.costs.unknown &&
			     with.plan.project_finish != MOMENT_NONE && without.plan.project_finish != MOMENT_NONE;
		out->cost = with.costs.total - without.costs.total;
		if (out->known)
			out->finish = calendar_between(
				with.plan.calendar, without.plan.project_finish, with.plan.project_finish);
	}
	past_release(&with);
	past_release(&without);
	undoing_release(&undoing);
	return status;
}

/* "estimated: cost +180000 CNY, finish +6d" */
static void add_line(struct signing *s, const char *label, const struct evaluation *e)
{
	const struct units *units = &s->c.proposal.after.project.units;
	struct money cost = { e->cost, "" };
	struct strbuf *out = &s->comment;

	strbuf_addf(out, "%s%s: ", out->len ? "\n" : "", label);
	if (!e->known) {
		strbuf_add_str(out, _("not known"));
		return;
	}
	memcpy(cost.currency, units->currency, sizeof(cost.currency));
	strbuf_addf(out, "%s%s", _("cost "), e->cost > 0 ? "+" : "");
	money_print(&cost, out);
	strbuf_addf(out, "%s%s", _(", finish "), e->finish > 0 ? "+" : "");
	duration_print(e->finish, false, units, out);
}

/* The words that are signed: the evaluator's own, then the figures. */
static void write_evaluation(struct signing *s)
{
	const struct review *review = &s->c.review;
	const struct event *submission = review->submission;
	struct evaluation e = { .known = false };
	struct err trouble;

	if (submission && submission->has_ceilings)
		add_line(s, _("estimated"),
			&(struct evaluation){ true, submission->ceiling_cost, submission->ceiling_finish });
	e.known = review_figures(review, &e.cost, &e.finish);
	add_line(s, _("when it landed"), &e);
	e = (struct evaluation){ .known = false };
	context_err_init(&trouble);
	if (evaluate_now(s, &e, &trouble) == 0)
		add_line(s, _("now, with progress and levelling"), &e);
	else
		context_note(s->c.proposal.context, _("what it does now cannot be told: %s"),
			trouble.message ? trouble.message : "?");
	err_release(&trouble);
}

static int check_close(struct signing *s, struct err *err)
{
	struct proposal *p = &s->c.proposal;

	if (s->c.review.stand == REVIEW_CLOSED)
		return err_set(err, ERR_FAILED, _("%s is closed already"), p->id.buf);
	if (s->c.review.stand != REVIEW_MERGED) {
		err_set(err, ERR_FAILED, _("%s has not landed in %s: there is nothing to evaluate"), p->id.buf,
			p->target.name.buf);
		err_hint(err, "pmt change show %s", p->id.buf);
		return ERR_FAILED;
	}
	write_evaluation(s);
	return 0;
}

int change_close(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct signing s;
	int status;

	signing_init(&s, context, options, VERDICT_CLOSE);
	status = signing_run(&s, arguments, check_close, err);
	signing_release(&s);
	return status;
}
