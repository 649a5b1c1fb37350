/* What each verdict asks for before it is signed. */
#include "cmd/cli/change-internal.h"

#include "cmd/cli/revision.h"
#include "git/program.h"
#include "plan/plan.h"

#include <string.h>

static const char *id_of(const struct signing *s)
{
	return s->c.proposal.id.buf;
}

static enum review_stand stand_of(const struct signing *s)
{
	return s->c.review.stand;
}

/* Over: nothing more is signed but comments, and what comes after landing. */
static int refuse_over(const struct signing *s, struct err *err)
{
	static const char *const over[] = { [REVIEW_MERGED] = N_("%s has landed in %s already"),
		[REVIEW_CLOSED] = N_("%s has landed in %s, and is closed"),
		[REVIEW_WITHDRAWN] = N_("%s was withdrawn") };
	const char *text = stand_of(s) < ARRAY_SIZE(over) ? over[stand_of(s)] : NULL;

	if (!text)
		return 0;
	return err_set(err, ERR_FAILED, _(text), id_of(s), s->c.proposal.target.name.buf);
}

/* --- submit, renew --- */

/* Edits that are not committed would not be part of what is signed. */
static int refuse_uncommitted(struct signing *s, struct err *err)
{
	struct proposal *p = &s->c.proposal;
	const char *folder = p->own.local ? p->own.local->work_folder : NULL;
	struct strbuf path;
	int status;

	if (!folder || !p->repository->work_folder || strcmp(folder, p->repository->work_folder) != 0)
		return 0;
	strbuf_init(&path);
	status = revision_uncommitted(p->context, &path, err);
	if (status == 0 && path.len) {
		status = err_set(err, ERR_CONFLICT,
			_("%s is not committed, so it would not be part of what is signed"), path.buf);
		err_hint(err, "%s", _("commit it first, or put it aside: git stash"));
	}
	strbuf_release(&path);
	return status;
}

/* The project with the change must be sound: the judge refuses what `check` refuses. */
static int refuse_faults(struct signing *s, struct err *err)
{
	struct past *after = &s->c.proposal.after;
	struct plan_options options = { .facts = true, .now = s->c.proposal.context->now };
	struct diagnostics found;
	struct err ignored;
	int status = 0;

	diagnostics_init(&found);
	err_init_like(&ignored, err);
	project_check(&after->project, 0, &found);
	plan_check(&after->project, &options, &found, &ignored);
	if (found.errors || after->found.errors) {
		context_report(s->c.proposal.context, &after->found);
		context_report(s->c.proposal.context, &found);
		status = err_set(
			err, ERR_FAILED, _("the project with %s has errors: it could not be merged"), id_of(s));
		err_hint(err, "%s", _("mend them on the branch, commit, and submit again"));
	}
	err_release(&ignored);
	diagnostics_release(&found);
	return status;
}

static int refuse_empty(struct signing *s, struct err *err)
{
	if (s->c.review.delta.item_count)
		return 0;
	err_set(err, ERR_FAILED, _("%s changes nothing that has to be approved"), id_of(s));
	err_hint(err, _("edit the plan on the branch %s and commit; what is free may go to %s directly"),
		s->c.proposal.own.name.buf, s->c.proposal.target.name.buf);
	return ERR_FAILED;
}

static int check_content(struct signing *s, struct err *err)
{
	int status = refuse_empty(s, err);

	return status == 0 ? refuse_faults(s, err) : status;
}

static int check_submit(struct signing *s, struct err *err)
{
	int status = refuse_over(s, err);

	if (status == 0 && s->c.review.submission) {
		status = err_set(err, ERR_FAILED, _("%s is submitted already"), id_of(s));
		err_hint(err, _("after edits, or when the target has moved on: pmt change renew %s"), id_of(s));
	}
	if (status == 0)
		status = refuse_uncommitted(s, err);
	return status == 0 ? check_content(s, err) : status;
}

static int check_renew(struct signing *s, struct err *err)
{
	int status = refuse_over(s, err);

	if (status == 0 && !s->c.review.submission) {
		status = err_set(err, ERR_FAILED, _("%s was not submitted yet"), id_of(s));
		err_hint(err, "pmt change submit %s", id_of(s));
	}
	if (status == 0)
		status = refuse_uncommitted(s, err);
	if (status == 0 && stand_of(s) != REVIEW_REJECTED && !review_needs_renewal(&s->c.review)) {
		status = err_set(err, ERR_FAILED,
			_("what was submitted of %s still holds: renewing it would only void its approvals"),
			id_of(s));
		err_hint(err, "pmt change show %s", id_of(s));
	}
	return status == 0 ? check_content(s, err) : status;
}

/* --- votes --- */

static int require_submission(struct signing *s, struct err *err)
{
	int status = refuse_over(s, err);

	if (status == 0 && stand_of(s) == REVIEW_DRAFT) {
		status = err_set(err, ERR_FAILED, _("%s was not submitted yet"), id_of(s));
		err_hint(err, _("whoever prepares it says so: pmt change submit %s"), id_of(s));
	}
	return status;
}

static int refuse_twice(struct signing *s, struct err *err)
{
	if (!review_has_voted(&s->c.review, s->person->id))
		return 0;
	return err_set(err, ERR_FAILED, _("%.*s has voted on this submission of %s already"), (int)s->person->id.len,
		s->person->id.at, id_of(s));
}

/* Only the implicit root counts the submitter's own signature. */
static bool counts_own(const struct review *review)
{
	for (size_t i = 0; i < review->rules.len; i++)
		if (((const struct review_rule *)vec_at(&review->rules, i))->rule->implicit)
			return true;
	return false;
}

static int check_approve(struct signing *s, struct err *err)
{
	int status = require_submission(s, err);

	if (status == 0 && stand_of(s) == REVIEW_REJECTED)
		status = err_set(err, ERR_FAILED, _("%s was rejected: it has to be submitted anew"), id_of(s));
	if (status == 0 && review_needs_renewal(&s->c.review)) {
		status = err_set(err, ERR_FAILED,
			_("what was submitted of %s does not hold any more: an approval would not count"), id_of(s));
		err_hint(err, _("its submitter renews it: pmt change renew %s"), id_of(s));
	}
	if (status == 0 && signing_is_submitter(s) && !counts_own(&s->c.review))
		status = err_set(err, ERR_FAILED, _("%.*s submitted %s: nobody approves a change of their own"),
			(int)s->person->id.len, s->person->id.at, id_of(s));
	if (status == 0)
		status = refuse_twice(s, err);
	if (status == 0 && !review_waits_for(&s->c.review, s->person->id))
		context_note(s->c.proposal.context, _("note: no rule waits for an approval by %.*s"),
			(int)s->person->id.len, s->person->id.at);
	return status;
}

static int check_reject(struct signing *s, struct err *err)
{
	int status = require_submission(s, err);

	return status == 0 ? refuse_twice(s, err) : status;
}

static int check_withdraw(struct signing *s, struct err *err)
{
	int status = require_submission(s, err);

	if (status == 0 && !signing_is_submitter(s)) {
		status = err_set(err, ERR_FAILED, _("%.*s never submitted %s: only who did can withdraw it"),
			(int)s->person->id.len, s->person->id.at, id_of(s));
		err_hint(err, "pmt change reject %s", id_of(s));
	}
	return status;
}

static int check_comment(struct signing *s, struct err *err)
{
	if (s->comment.len)
		return 0;
	err_set(err, ERR_USAGE, "%s", _("a comment needs words"));
	err_hint(err, "pmt change comment %s TEXT", id_of(s));
	return ERR_USAGE;
}

static int check_ratify(struct signing *s, struct err *err)
{
	int status = 0;

	if (!slice_is(slice_trim(record_text_or(s->c.proposal.record, "class")), "emergency"))
		status = err_set(err, ERR_FAILED, _("%s is no emergency: there is nothing to ratify"), id_of(s));
	else if (!proposal_has_landed(&s->c.proposal))
		status = err_set(err, ERR_FAILED,
			_("%s has not landed in %s yet: it is approved first, and ratified afterwards"), id_of(s),
			s->c.proposal.target.name.buf);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, enum verdict verdict,
	signing_check *check, struct err *err)
{
	struct signing s;
	int status;

	signing_init(&s, context, options, verdict);
	status = signing_run(&s, arguments, check, err);
	signing_release(&s);
	return status;
}

int change_submit(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run(context, options, arguments, VERDICT_SUBMIT, check_submit, err);
}

int change_renew(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run(context, options, arguments, VERDICT_SUBMIT, check_renew, err);
}

int change_approve(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run(context, options, arguments, VERDICT_APPROVE, check_approve, err);
}

int change_reject(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run(context, options, arguments, VERDICT_REJECT, check_reject, err);
}

int change_comment(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run(context, options, arguments, VERDICT_COMMENT, check_comment, err);
}

int change_withdraw(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run(context, options, arguments, VERDICT_WITHDRAW, check_withdraw, err);
}

int change_ratify(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	return run(context, options, arguments, VERDICT_RATIFY, check_ratify, err);
}
