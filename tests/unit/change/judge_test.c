/* The judge: for each rule, a range that it alone refuses; and ranges that must pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/judged.h"

#include <string.h>

#define CR  "CR-aaaaa"
#define UID "AAAAAAAAAAAAAAAA"

static void edit(struct judged *w)
{
	judged_replace(w, "plan.ini", "effort = 10d", "effort = 12d");
}

static struct signing submission(enum person person)
{
	return (struct signing){ .change = CR, .person = person, .verdict = VERDICT_SUBMIT, .sequence = 1 };
}

static struct signing approval(enum person person, uint32_t sequence)
{
	return (struct signing){
		.change = CR, .person = person, .verdict = VERDICT_APPROVE, .sequence = sequence
	};
}

/* --- what must pass --- */

static void free_edits(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	judged_replace(&w, "plan.ini", "title = rain", "title = snow");
	judged_replace(&w, "plan.ini", "assign = li\n", "assign = li\nprogress = 20%\nstatus = doing\n");
	assert_true(judged_accepts(&w, w.first, judged_commit(&w)));
	judged_release(&w);
}

static void approved_change(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	edit(&w);
	judged_approved(&w, CR, UID, w.first);
	assert_true(judged_accepts(&w, w.first, judged_commit(&w)));
	judged_release(&w);
}

static void rebased_branch(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	judged_change(&w, CR, UID);
	judged_commit(&w);
	edit(&w);
	judged_commit(&w);
	judged_sign(&w, submission(LI));
	judged_commit(&w);
	judged_sign(&w, approval(ZHANG, 2));
	judged_commit(&w);
	judged_sign(&w, approval(WANG, 3));
	assert_true(judged_accepts(&w, w.first, judged_commit(&w)));
	judged_release(&w);
}

/* --- what must not: each case says what is spoiled, and which rule alone refuses it --- */

struct spoilt {
	const char *what, *id;
	void (*make)(struct judged *w);
};

static void unapproved(struct judged *w)
{
	edit(w);
}

/* Everything right but one thing, which the caller changes. */
static void sign_all(struct judged *w, struct signing submitted, struct signing first, struct signing second)
{
	judged_change(w, CR, UID);
	judged_sign(w, submitted);
	judged_sign(w, first);
	judged_sign(w, second);
}

static void own_approval(struct judged *w)
{
	edit(w);
	sign_all(w, submission(LI), approval(ZHANG, 2), approval(LI, 3));
}

static void past_submitter(struct judged *w)
{
	edit(w);
	judged_change(w, CR, UID);
	judged_sign(w, submission(WANG));
	struct signing again = submission(LI);
	again.sequence = 2;
	judged_sign(w, again);
	judged_sign(w, approval(ZHANG, 3));
	judged_sign(w, approval(WANG, 4));
}

static void nobody_submitted(struct judged *w)
{
	edit(w);
	judged_change(w, CR, UID);
}

static void forged_name(struct judged *w)
{
	struct signing forged = approval(ZHANG, 2);

	edit(w);
	forged.key = MALLORY;
	forged.key_given = true;
	sign_all(w, submission(LI), forged, approval(WANG, 3));
}

static void forged_submission(struct judged *w)
{
	struct signing forged = submission(LI);

	edit(w);
	forged.key = MALLORY;
	forged.key_given = true;
	sign_all(w, forged, approval(ZHANG, 2), approval(WANG, 3));
}

static void role_not_held(struct judged *w)
{
	struct signing claimed = approval(CHEN, 2);

	edit(w);
	claimed.roles = "sponsor";
	sign_all(w, submission(LI), claimed, approval(WANG, 3));
}

static void role_not_claimed(struct judged *w)
{
	struct signing shy = approval(ZHANG, 2);

	edit(w);
	shy.roles = "architect";
	sign_all(w, submission(LI), shy, approval(WANG, 3));
}

static void counted_twice(struct judged *w)
{
	edit(w);
	sign_all(w, submission(LI), approval(ZHANG, 2), approval(ZHANG, 3));
}

static void approval_before_submission(struct judged *w)
{
	struct signing late = submission(LI);

	edit(w);
	late.sequence = 4;
	judged_change(w, CR, UID);
	judged_sign(w, submission(LI));
	judged_sign(w, approval(ZHANG, 2));
	judged_sign(w, approval(WANG, 3));
	judged_sign(w, late);
}

static void approval_of_other_content(struct judged *w)
{
	struct signing other = approval(ZHANG, 2);

	edit(w);
	other.digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
	sign_all(w, submission(LI), other, approval(WANG, 3));
}

static void approval_of_other_project(struct judged *w)
{
	struct signing other = approval(ZHANG, 2);

	edit(w);
	other.project = "PPPPPPPPPPPPPPPP";
	sign_all(w, submission(LI), other, approval(WANG, 3));
}

static void approval_for_other_branch(struct judged *w)
{
	struct signing other = approval(ZHANG, 2);

	edit(w);
	other.target = "refs/heads/release";
	sign_all(w, submission(LI), other, approval(WANG, 3));
}

static void approval_as_emergency(struct judged *w)
{
	struct signing other = approval(ZHANG, 2);

	edit(w);
	other.class = "emergency";
	sign_all(w, submission(LI), other, approval(WANG, 3));
}

static void approval_taken_back(struct judged *w)
{
	struct signing reject = approval(CHEN, 4);

	edit(w);
	judged_approved(w, CR, UID, w->first);
	reject.verdict = VERDICT_REJECT;
	judged_sign(w, reject);
}

static void withdrawn(struct judged *w)
{
	struct signing withdraw = approval(LI, 4);

	edit(w);
	judged_approved(w, CR, UID, w->first);
	withdraw.verdict = VERDICT_WITHDRAW;
	judged_sign(w, withdraw);
}

static void edit_after_approval(struct judged *w)
{
	edit(w);
	judged_approved(w, CR, UID, w->first);
	judged_replace(w, "plan.ini", "effort = 12d", "effort = 13d");
}

static void rides_along(struct judged *w)
{
	edit(w);
	judged_approved(w, CR, UID, w->first);
	judged_replace(w, "plan.ini", "effort = 5d", "effort = 50d");
}

static void without_content(struct judged *w)
{
	edit(w);
	judged_approved(w, CR, UID, w->first);
	judged_replace(w, "plan.ini", "effort = 12d", "effort = 10d");
}

static void policy_in_the_same_change(struct judged *w)
{
	edit(w);
	judged_replace(w, "policy.ini", "approve = sponsor, 1 of ccb", "approve = 1 of ccb");
	judged_change(w, CR, UID);
	judged_sign(w, submission(LI));
	judged_sign(w, approval(WANG, 2));
}

static void own_key_added(struct judged *w)
{
	judged_replace(w, "people.ini", "keys = ", judged_read(w, "people.ini") ? "x_old = " : "");
	judged_write(w, "mallory.ini", "[resource mallory]\ntitle = m\nroles = sponsor\n");
}

static void check_fails(struct judged *w)
{
	judged_replace(w, "plan.ini", "title = rain", "titel = rain");
}

static void attributes_filter(struct judged *w)
{
	judged_write(w, ".gitattributes", "*.ini filter=x\n");
}

static void nested_project(struct judged *w)
{
	judged_write(w, "sub/pmt.ini", "[project]\nname = y\n");
}

static void two_with_one_uid(struct judged *w)
{
	edit(w);
	judged_approved(w, CR, UID, w->first);
	judged_change(w, "CR-bbbbb", UID);
}

static void no_uid(struct judged *w)
{
	judged_write(w, "changes/CR-aaaaa/change.ini", "[change CR-aaaaa]\ntitle = x\n");
}

static void builds_on_nothing(struct judged *w)
{
	struct signing after = submission(LI);

	edit(w);
	after.after = "BBBBBBBBBBBBBBBB";
	sign_all(w, after, approval(ZHANG, 2), approval(WANG, 3));
}

static void beyond_ceiling(struct judged *w)
{
	struct signing low = submission(LI);

	edit(w); /* two days more at 1000 */
	low.ceilings = true;
	low.ceiling_cost = 1999 * DECIMAL_ONE;
	low.ceiling_finish = 10 * 480;
	sign_all(w, low, approval(ZHANG, 2), approval(WANG, 3));
}

static void later_than_ceiling(struct judged *w)
{
	struct signing low = submission(LI);

	edit(w);
	low.ceilings = true;
	low.ceiling_cost = 2000 * DECIMAL_ONE;
	low.ceiling_finish = 2 * 480 - 1;
	sign_all(w, low, approval(ZHANG, 2), approval(WANG, 3));
}

static void approver_saw_less(struct judged *w)
{
	struct signing low = approval(ZHANG, 2);

	edit(w);
	low.ceilings = true;
	low.ceiling_cost = 1999 * DECIMAL_ONE;
	low.ceiling_finish = 10 * 480;
	sign_all(w, submission(LI), low, approval(WANG, 3));
}

static void emergency_without_rule(struct judged *w)
{
	struct signing urgent = submission(LI), yes = approval(ZHANG, 2), too = approval(WANG, 3);

	edit(w);
	urgent.class = yes.class = too.class = "emergency";
	sign_all(w, urgent, yes, too);
}

static void delta_malformed(struct judged *w)
{
	const char *path = "changes/CR-aaaaa/1-li-submit.ini", *text;

	edit(w);
	judged_approved(w, CR, UID, w->first);
	text = judged_read(w, path);
	judged_write(w, path, arena_printf(&w->arena, "%s; a remark that nobody signed\nx_more = 1\n", text));
}

static const struct spoilt spoilts[] = {
	{ "no approval at all", "uncovered", unapproved },
	{ "own change approved", "approval-missing", own_approval },
	{ "a past submitter approves", "approval-missing", past_submitter },
	{ "a change without a submission", "submission-missing", nobody_submitted },
	{ "the name of another on the approval", "approval-missing", forged_name },
	{ "the name of another on the submission", "submission-missing", forged_submission },
	{ "a role claimed that is not held", "approval-missing", role_not_held },
	{ "a role held that is not claimed", "approval-missing", role_not_claimed },
	{ "one person counted twice", "approval-missing", counted_twice },
	{ "approvals before a renewed submission", "approval-missing", approval_before_submission },
	{ "an approval of other content", "approval-missing", approval_of_other_content },
	{ "an approval of another project", "approval-missing", approval_of_other_project },
	{ "an approval for another branch", "approval-missing", approval_for_other_branch },
	{ "an approval of another class", "approval-missing", approval_as_emergency },
	{ "rejected by whom a rule names", "uncovered", approval_taken_back },
	{ "withdrawn by the submitter", "uncovered", withdrawn },
	{ "edited after the approval", "content-altered", edit_after_approval },
	{ "an edit that rides along", "uncovered", rides_along },
	{ "landed without its content", "content-altered", without_content },
	{ "the policy weakened in the same change", "approval-missing", policy_in_the_same_change },
	{ "a sponsor of one's own", "uncovered", own_key_added },
	{ "a project with errors", "check-failed", check_fails },
	{ "attributes that alter what git writes", "attributes", attributes_filter },
	{ "a project that takes text away", "uncovered", nested_project },
	{ "two changes with one uid", "change-uid", two_with_one_uid },
	{ "a change without a uid", "change-uid", no_uid },
	{ "built on what has not landed", "after-missing", builds_on_nothing },
	{ "dearer than what was signed", "ceiling-exceeded", beyond_ceiling },
	{ "later than what was signed", "ceiling-exceeded", later_than_ceiling },
	{ "dearer than what an approver saw", "approval-missing", approver_saw_less },
	{ "an emergency where there is no such rule", "emergency-rule", emergency_without_rule },
	{ "an event with an unsigned field", "check-failed", delta_malformed },
};

static void spoilt_changes(void **state)
{
	bool all = true;

	(void)state;
	for (size_t i = 0; i < sizeof(spoilts) / sizeof(spoilts[0]); i++) {
		struct judged w;

		judged_usual(&w);
		spoilts[i].make(&w);
		if (!judged_refuses(&w, w.first, judged_commit(&w), spoilts[i].id)) {
			print_error("   in: %s\n", spoilts[i].what);
			all = false;
		}
		judged_release(&w);
	}
	assert_true(all);
}

/* --- several commits --- */

static void clean_ends(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	edit(&w);
	judged_commit(&w);
	judged_replace(&w, "plan.ini", "effort = 12d", "effort = 10d");
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "step-uncovered"));
	judged_release(&w);
}

static void other_value_on_the_way(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	judged_replace(&w, "plan.ini", "effort = 10d", "effort = 99d");
	judged_commit(&w);
	judged_replace(&w, "plan.ini", "effort = 99d", "effort = 12d");
	judged_approved(&w, CR, UID, w.first);
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "step-value"));
	judged_release(&w);
}

static void authority_on_the_way(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	judged_replace(&w, "people.ini", "roles = sponsor", "roles = sponsor, ccb");
	judged_commit(&w);
	judged_replace(&w, "people.ini", "roles = sponsor, ccb", "roles = sponsor");
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "step-authority"));
	judged_release(&w);
}

static void events_are_final(void **state)
{
	struct judged w;
	const char *landed;

	(void)state;
	judged_usual(&w);
	edit(&w);
	judged_approved(&w, CR, UID, w.first);
	landed = judged_commit(&w);
	assert_true(judged_accepts(&w, w.first, landed));
	judged_remove(&w, "changes/CR-aaaaa/3-wang-approve.ini");
	assert_true(judged_refuses(&w, landed, judged_commit(&w), "event-altered"));
	judged_git(&w, "reset -q --hard HEAD~1");
	judged_replace(&w, "changes/CR-aaaaa/change.ini", "title = x", "title = y");
	assert_true(judged_refuses(&w, landed, judged_commit(&w), "event-altered"));
	judged_release(&w);
}

/* Approve, revert, replay: a change that has landed is consumed. */
static void replayed(void **state)
{
	struct signing again = submission(LI);
	struct judged w;
	const char *landed, *back;

	(void)state;
	judged_usual(&w);
	edit(&w);
	judged_approved(&w, CR, UID, w.first);
	landed = judged_commit(&w);
	judged_replace(&w, "plan.ini", "effort = 12d", "effort = 10d");
	judged_approved(&w, "CR-bbbbb", "BBBBBBBBBBBBBBBB", landed);
	back = judged_commit(&w);
	assert_true(judged_accepts(&w, w.first, back));
	edit(&w);
	assert_true(judged_refuses(&w, back, judged_commit(&w), "uncovered"));
	again.sequence = 4;
	again.base = back;
	judged_sign(&w, again);
	assert_true(judged_refuses(&w, back, judged_commit(&w), "change-consumed"));
	judged_release(&w);
}

static void stale(void **state)
{
	struct judged w;
	const char *first;

	(void)state;
	judged_usual(&w);
	edit(&w);
	judged_approved(&w, CR, UID, w.first);
	first = judged_commit(&w);
	judged_replace(&w, "plan.ini", "effort = 12d", "effort = 14d");
	judged_approved(&w, "CR-bbbbb", "BBBBBBBBBBBBBBBB", w.first); /* starts from 10d, which is no more */
	assert_true(judged_refuses(&w, first, judged_commit(&w), "delta-stale"));
	judged_release(&w);
}

static void two_in_order(void **state)
{
	struct signing second = {
		.change = "CR-bbbbb", .person = LI, .verdict = VERDICT_SUBMIT, .sequence = 1, .after = UID
	};
	struct judged w;

	(void)state;
	judged_usual(&w);
	edit(&w);
	judged_approved(&w, CR, UID, w.first);
	second.base = judged_commit(&w);
	judged_replace(&w, "plan.ini", "effort = 12d", "effort = 14d");
	judged_change(&w, "CR-bbbbb", "0BBBBBBBBBBBBBBB"); /* its uid comes first, and it lands second */
	judged_sign(&w, second);
	judged_sign(
		&w, (struct signing){
			    .change = "CR-bbbbb", .person = ZHANG, .verdict = VERDICT_APPROVE, .sequence = 2 });
	judged_sign(&w, (struct signing){
				.change = "CR-bbbbb", .person = WANG, .verdict = VERDICT_APPROVE, .sequence = 3 });
	judged_commit(&w);
	judged_git(&w, "reset -q --soft HEAD~2");
	assert_true(judged_accepts(&w, w.first, judged_commit(&w)));
	judged_release(&w);
}

static void removed_key(void **state)
{
	struct judged w;
	const char *without;

	(void)state;
	judged_usual(&w);
	judged_replace(&w, "people.ini", w.keys[WANG], w.keys[MALLORY]);
	without = judged_commit(&w);
	edit(&w);
	judged_approved(&w, CR, UID, without);
	assert_true(judged_refuses(&w, without, judged_commit(&w), "approval-missing"));
	judged_release(&w);
}

/* A policy is changed by the approval of those whom the old one names, and binds from then on. */
static void policy_change(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	judged_replace(&w, "policy.ini", "1 of ccb", "2 of ccb");
	judged_change(&w, CR, UID);
	judged_sign(&w, submission(LI));
	judged_sign(&w, approval(CHEN, 2));
	judged_sign(&w, approval(ZHANG, 3));
	assert_true(judged_accepts(&w, w.first, judged_commit(&w)));
	judged_release(&w);
}

static void limits(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	edit(&w);
	judged_replace(&w, "plan.ini", "effort = 5d", "effort = 6d");
	judged_approved(&w, CR, UID, w.first);
	w.limits.records = 1;
	judged_judge(&w, w.first, judged_commit(&w));
	assert_int_equal(w.status, ERR_INPUT);
	w.limits = judge_limits_default();
	w.limits.blob = 10;
	judged_judge(&w, w.first, judged_git(&w, "rev-parse HEAD"));
	assert_int_equal(w.status, ERR_INPUT);
	w.limits = judge_limits_default();
	assert_true(judged_accepts(&w, w.first, judged_git(&w, "rev-parse HEAD")));
	judged_release(&w);
}

static void unknown_engine(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	judged_replace(&w, "pmt.ini", "name = x", "name = x\nengine = 2");
	judged_judge(&w, w.first, judged_commit(&w));
	assert_int_equal(w.status, ERR_INPUT);
	judged_release(&w);
}

static void project_gone(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	judged_remove(&w, "pmt.ini");
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "project-gone"));
	judged_release(&w);
}

/* The project moves with its uid; what takes its place there is another. */
static void project_moves(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	judged_write(&w, "pm/.keep", "");
	judged_git(&w, "mv pmt.ini people.ini policy.ini plan.ini pm");
	assert_true(judged_accepts(&w, w.first, judged_commit(&w)));
	judged_replace(&w, "pm/plan.ini", "effort = 10d", "effort = 12d");
	judged_write(&w, "pmt.ini", "[project]\nname = decoy\nexclude = pm\n");
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "uncovered"));
	judged_release(&w);
}

/* --- emergencies --- */

#define URGENT                                                                                                    \
	"[policy scope]\nprotect = task.effort\napprove = sponsor, 1 of ccb\n\n"                                  \
	"[policy root]\nprotect = authority\napprove = admin, sponsor\n\n"                                        \
	"[policy emergency]\nclass = emergency\napprove = sponsor\nreview = 2 of ccb\nopen = 1\n"
#define PLAN                                                                                                      \
	"[task T-1]\ntitle = one\neffort = 10d\nassign = li\n\n[task T-2]\ntitle = two\neffort = 5d\nassign = "   \
	"wang\n"

static struct signing urgent(const char *change, enum person person, enum verdict verdict, uint32_t sequence)
{
	return (struct signing){
		.change = change, .person = person, .verdict = verdict, .sequence = sequence, .class = "emergency"
	};
}

static const char *land_emergency(struct judged *w)
{
	const char *landed;

	judged_init(w, URGENT, PLAN);
	edit(w);
	judged_change(w, CR, UID);
	judged_sign(w, urgent(CR, LI, VERDICT_SUBMIT, 1));
	judged_sign(w, urgent(CR, ZHANG, VERDICT_APPROVE, 2));
	landed = judged_commit(w);
	assert_true(judged_accepts(w, w->first, landed));
	return landed;
}

/* While it awaits review only free steps, its ratification and its revert pass. */
static void emergency(void **state)
{
	struct judged w;
	const char *landed, *free_step;

	(void)state;
	landed = land_emergency(&w);
	judged_replace(&w, "plan.ini", "title = two", "title = zwei");
	free_step = judged_commit(&w);
	assert_true(judged_accepts(&w, landed, free_step));
	judged_replace(&w, "plan.ini", "effort = 5d", "effort = 6d");
	judged_approved(&w, "CR-bbbbb", "BBBBBBBBBBBBBBBB", free_step);
	assert_true(judged_refuses(&w, free_step, judged_commit(&w), "emergency-open"));
	judged_sign(&w, urgent(CR, WANG, VERDICT_RATIFY, 3));
	assert_true(judged_refuses(&w, free_step, judged_commit(&w), "event-void"));
	judged_sign(&w, urgent(CR, CHEN, VERDICT_RATIFY, 4));
	judged_commit(&w);
	judged_git(&w, "reset -q --soft HEAD~3");
	assert_true(judged_accepts(&w, free_step, judged_commit(&w)));
	judged_release(&w);
}

static void emergency_never_authority(void **state)
{
	struct judged w;

	(void)state;
	judged_init(&w, URGENT, PLAN);
	judged_replace(&w, "policy.ini", "approve = admin, sponsor", "approve = sponsor");
	judged_change(&w, CR, UID);
	judged_sign(&w, urgent(CR, LI, VERDICT_SUBMIT, 1));
	judged_sign(&w, urgent(CR, ZHANG, VERDICT_APPROVE, 2));
	judged_sign(&w, urgent(CR, CHEN, VERDICT_APPROVE, 3));
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "emergency-authority"));
	judged_release(&w);
}

/* Its revert closes it; the approval of the revert is asked for as ever. */
static void emergency_reverted(void **state)
{
	struct signing back = {
		.change = "CR-bbbbb", .person = LI, .verdict = VERDICT_SUBMIT, .sequence = 1, .after = UID
	};
	struct judged w;
	const char *landed, *reverted;

	(void)state;
	landed = land_emergency(&w);
	judged_replace(&w, "plan.ini", "effort = 12d", "effort = 10d");
	judged_change(&w, "CR-bbbbb", "BBBBBBBBBBBBBBBB");
	back.base = landed;
	judged_sign(&w, back);
	assert_true(judged_refuses(&w, landed, judged_commit(&w), "approval-missing"));
	judged_sign(
		&w, (struct signing){
			    .change = "CR-bbbbb", .person = ZHANG, .verdict = VERDICT_APPROVE, .sequence = 2 });
	judged_sign(&w, (struct signing){
				.change = "CR-bbbbb", .person = WANG, .verdict = VERDICT_APPROVE, .sequence = 3 });
	reverted = judged_commit(&w);
	assert_true(judged_accepts(&w, landed, reverted));
	judged_replace(&w, "plan.ini", "effort = 5d", "effort = 6d");
	judged_approved(&w, "CR-ccccc", "CCCCCCCCCCCCCCCC", reverted);
	assert_true(judged_accepts(&w, reverted, judged_commit(&w)));
	judged_release(&w);
}

/* --- impact against the baseline --- */

#define MONEY                                                                                                         \
	"[policy money]\nwhen = cost > 10% or churn > 4000 CNY\napprove = sponsor\n\n"                                \
	"[policy root]\nprotect = authority\napprove = admin\n"
/* The engine's figures of PLAN: 10 days of li, 5 of wang, both from the first day on. */
#define BASELINE(COST)                                                                                                \
	"[baseline 1]\ntasks = T-1 2026-03-02T09:00 2026-03-13T18:00 10d " COST                                       \
	" 2026-03-02T09:00 2026-03-13T18:00\n        T-2 2026-03-02T09:00 2026-03-06T18:00 5d 5000 2026-03-02T09:00 "    \
	"2026-03-06T18:00\n"

static const char *freeze(struct judged *w, const char *baseline)
{
	judged_init(w, MONEY, PLAN);
	judged_write(w, "baselines/1.ini", baseline);
	judged_replace(w, "pmt.ini", "name = x", "name = x\nbaseline = 1");
	judged_change(w, CR, UID);
	judged_sign(w, submission(LI));
	judged_sign(w, approval(ZHANG, 2));
	judged_sign(w, approval(CHEN, 3));
	return judged_commit(w);
}

/* Small steps add up; what one task loses and another gains adds up, too. */
static void small_steps(void **state)
{
	struct judged w;
	const char *frozen, *small;

	(void)state;
	frozen = freeze(&w, BASELINE("10000"));
	assert_true(judged_accepts(&w, w.first, frozen));
	judged_replace(&w, "plan.ini", "effort = 10d", "effort = 11d"); /* +6.7 % */
	small = judged_commit(&w);
	assert_true(judged_accepts(&w, frozen, small));
	judged_replace(&w, "plan.ini", "effort = 11d", "effort = 12d"); /* +13.3 % of the baseline's */
	assert_true(judged_refuses(&w, small, judged_commit(&w), "uncovered"));
	judged_git(&w, "reset -q --hard HEAD~1");
	judged_replace(&w, "plan.ini", "effort = 11d", "effort = 8d");
	judged_replace(&w, "plan.ini", "effort = 5d", "effort = 8d"); /* +1,000 in all, 5,000 moved */
	assert_true(judged_refuses(&w, small, judged_commit(&w), "uncovered"));
	judged_release(&w);
}

static void lying_baseline(void **state)
{
	struct judged w;

	(void)state;
	const char *frozen = freeze(&w, BASELINE("90000"));

	assert_true(judged_refuses(&w, w.first, frozen, "baseline-untrue"));
	judged_release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(free_edits),
		cmocka_unit_test(approved_change),
		cmocka_unit_test(rebased_branch),
		cmocka_unit_test(spoilt_changes),
		cmocka_unit_test(clean_ends),
		cmocka_unit_test(other_value_on_the_way),
		cmocka_unit_test(authority_on_the_way),
		cmocka_unit_test(events_are_final),
		cmocka_unit_test(replayed),
		cmocka_unit_test(stale),
		cmocka_unit_test(two_in_order),
		cmocka_unit_test(removed_key),
		cmocka_unit_test(policy_change),
		cmocka_unit_test(limits),
		cmocka_unit_test(unknown_engine),
		cmocka_unit_test(project_gone),
		cmocka_unit_test(project_moves),
		cmocka_unit_test(emergency),
		cmocka_unit_test(emergency_never_authority),
		cmocka_unit_test(emergency_reverted),
		cmocka_unit_test(small_steps),
		cmocka_unit_test(lying_baseline),
	};

	return judged_possible() ? cmocka_run_group_tests(tests, NULL, NULL) : 0;
}
