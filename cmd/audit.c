/* `pmt audit`: the whole history from the trust pin on: who approved what, under which policy. */
#include "cmd/cli/context.h"
#include "cmd/cli/verifying.h"

#include "git/range.h"
#include "report/verification.h"

#include <string.h>

struct audit_options {
	const char *ref, *trust;
};

static const struct option_spec specs[] = {
	{ 0, "ref", OPTION_TEXT, offsetof(struct audit_options, ref), N_("BRANCH"),
		N_("The branch whose history is audited; else pmt.guard, else the remote's HEAD") },
	{ 0, "trust", OPTION_TEXT, offsetof(struct audit_options, trust), N_("PIN"),
		N_("Where trust begins, COMMIT:DIGEST; else PMT_TRUST, else pmt.trust") },
	OPTIONS_END,
};

static void describe(void *context, struct slice commit, struct arena *arena, struct slice *author, moment_t *when)
{
	struct verification *v = context;
	const char *id = arena_strndup(arena, commit.at ? commit.at : "", commit.len);
	struct revision revision;
	struct strbuf text;

	strbuf_init(&text);
	if (repository_describe(v->repository, id, &text, NULL, NULL) == 0)
		*author = arena_slice(arena, strbuf_slice(&text));
	if (repository_resolve(v->repository, id, &revision, NULL) == 0)
		*when = revision.committed;
	strbuf_release(&text);
}

static int tell(struct verification *v, struct err *err)
{
	struct verification_facts facts = { .old = v->old,
		.new = v->new,
		.ref = v->ref.buf,
		.accepted = v->judgement == JUDGED_ACCEPTED,
		.pinned = v->pin[0],
		.policy = v->policy,
		.commits = v->commits,
		.findings = &v->findings,
		.describe = describe,
		.context = v };
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.audit/1");
	doc_title(&doc, cell_message(N_("Who approved what")));
	verification_report(&doc, &facts);
	status = context_emit(v->context, &doc, err);
	doc_release(&doc);
	return status;
}

static int audit(struct verification *v, const char *tip, struct err *err)
{
	char new[GIT_HEX];
	int status = verification_commit(v, tip, new, err);

	if (status == 0 && !v->pin[0]) {
		err_set(err, ERR_FAILED, "%s", _("an audit begins at the pin, and there is none"));
		err_hint(err, "%s",
			_("git config pmt.trust $(pmt verify --pin COMMIT), with the commit up to which you trust "
			  "the history"));
		status = ERR_FAILED;
	}
	if (status == 0)
		status = verification_audit(v, new, err);
	if (status == 0)
		status = tell(v, err);
	if (status == 0 && v->judgement == JUDGED_REFUSED)
		v->context->exit_code = 1;
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct audit_options *o = options;
	struct verification v;
	int status;

	if (arguments->len > 1)
		return err_set(
			err, ERR_USAGE, _("'pmt audit' takes one commit, not '%s' too"), arguments->items[1]);
	status = verification_open(&v, context, o->trust, o->ref, err);
	if (status == 0)
		status = audit(&v, arguments->len ? arguments->items[0] : v.ref.buf, err);
	verification_release(&v);
	return status;
}

const struct command cmd_audit = {
	.name = "audit",
	.group = GROUP_CHANGE,
	.summary = N_("Replay the history from the trust pin: who approved what under which policy"),
	.usage = "[COMMIT]",
	.options = specs,
	.options_size = sizeof(struct audit_options),
	.needs = NEEDS_NOTHING,
	.run = run,
};
