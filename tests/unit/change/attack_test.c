/* Attacks on the judge by somebody who reads the source: combinations of what is allowed alone. None may pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/judged.h"
#include "git/range.h"

#include <string.h>
#include <unistd.h>

#define UID_A "AAAAAAAAAAAAAAAA"
#define UID_B "BBBBBBBBBBBBBBBB"
#define UID_C "CCCCCCCCCCCCCCCC"

static const char plan[] =
	"[task T-1]\ntitle = one\neffort = 10d\nassign = li\n\n[task T-2]\ntitle = two\neffort = 5d\nassign = wang\n"
	"depends = T-1\n\n[risk R-1]\ntitle = rain\n";
static const char policy[] =
	"[policy scope]\nprotect = task.title task.depends task.effort requirement.*\napprove = sponsor, 1 of ccb\n\n"
	"[policy root]\nprotect = authority\napprove = admin, sponsor\n\n"
	"[policy emergency]\nclass = emergency\napprove = sponsor\nreview = 2 of ccb\nopen = 1\n";

static struct signing say(const char *change, enum person person, enum verdict verdict, uint32_t sequence)
{
	return (struct signing){ .change = change, .person = person, .verdict = verdict, .sequence = sequence };
}

static void raise(struct judged *w, const char *from, const char *to)
{
	judged_replace(w, "plan.ini", from, to);
}

/* An emergency that raises T-1 to 12d, approved by the sponsor, lands; the commit. */
static const char *land_emergency(struct judged *w)
{
	struct signing submission = say("CR-aaaaa", LI, VERDICT_SUBMIT, 1);
	const char *landed;

	raise(w, "effort = 10d", "effort = 12d");
	judged_change(w, "CR-aaaaa", UID_A);
	submission.class = "emergency";
	judged_sign(w, submission);
	judged_sign(w, say("CR-aaaaa", ZHANG, VERDICT_APPROVE, 2));
	landed = judged_commit(w);
	assert_true(judged_accepts(w, w->first, landed));
	return landed;
}

/* A second change that must wait for the review of the first. */
static const char *next_change(struct judged *w, const char *base)
{
	raise(w, "effort = 5d", "effort = 6d");
	judged_approved(w, "CR-bbbbb", UID_B, base);
	return judged_commit(w);
}

static void while_an_emergency_is_open(void **state)
{
	struct judged w;
	const char *landed;

	(void)state;
	judged_init(&w, policy, plan);
	landed = land_emergency(&w);
	assert_true(judged_refuses(&w, landed, next_change(&w, landed), "emergency-open"));
	judged_release(&w);
}

/* Somebody says no to what has landed: does the review go away? */
static void rejection_put_behind_a_landed_emergency(void **state)
{
	struct judged w;
	const char *landed;

	(void)state;
	for (int i = 0; i < 3; i++) {
		judged_init(&w, policy, plan);
		landed = land_emergency(&w);
		judged_sign(&w, say("CR-aaaaa", i == 1 ? LI : MALLORY, i ? VERDICT_WITHDRAW : VERDICT_REJECT, 7));
		assert_true(judged_refuses(&w, landed, judged_commit(&w), "event-void"));
		judged_release(&w);
	}
}

/* The same, landing together with the next change in one push of two commits, and in one commit. */
static void rejection_and_next_change_in_one_push(void **state)
{
	struct judged w;
	const char *landed;

	(void)state;
	for (int one = 0; one < 2; one++) {
		judged_init(&w, policy, plan);
		landed = land_emergency(&w);
		judged_sign(&w, say("CR-aaaaa", MALLORY, VERDICT_REJECT, 7));
		if (!one)
			judged_commit(&w);
		assert_false(judged_accepts(&w, landed, next_change(&w, landed)));
		judged_release(&w);
	}
}

/* A revert that is withdrawn on its branch, so that it lands without being made: the emergency must not count as
 * reverted. */
static void revert_withdrawn_on_its_branch(void **state)
{
	struct judged w;
	struct signing submission = say("CR-ccccc", LI, VERDICT_SUBMIT, 1);
	const char *landed, *withdrawn;
	struct named_ref ref = { .name = "refs/heads/change/CR-ccccc" };

	(void)state;
	judged_init(&w, policy, plan);
	landed = land_emergency(&w);
	judged_git(&w, "checkout -q -b change/CR-ccccc");
	raise(&w, "effort = 12d", "effort = 10d");
	judged_change(&w, "CR-ccccc", UID_C);
	submission.base = landed;
	submission.after = UID_A;
	judged_sign(&w, submission);
	judged_sign(&w, say("CR-ccccc", LI, VERDICT_WITHDRAW, 2));
	withdrawn = judged_commit(&w);
	memcpy(ref.id, withdrawn, strlen(withdrawn) + 1);
	judged_git(&w, "checkout -q main");
	judged_git(&w, "checkout -q change/CR-ccccc -- changes/CR-ccccc");
	judged_remove(&w, "changes/CR-ccccc/2-li-withdraw.ini");
	vec_init(&w.branches, sizeof(struct named_ref));
	vec_append(&w.branches, &ref);
	assert_true(judged_refuses(&w, landed, judged_commit(&w), "closed-on-branch"));
	vec_release(&w.branches);
	judged_release(&w);
}

/* Ways to have text read in another way, or not at all, without touching a field. */
static void what_is_read(void **state)
{
	static const struct {
		const char *path, *text, *id;
	} cases[] = {
		{ ".gitattributes", "*.ini text eol=crlf\n", "uncovered" },
		{ ".gitattributes", "*.ini filter=lfs\n", "attributes" },
		{ "risks/.gitattributes", "*.ini text\n", "uncovered" },
		{ "risks/pmt.ini", "[project]\nuid = x\n", "uncovered" },
		{ "z.ini", "[task T-1]\neffort = 1d\n", "check-failed" },
		{ "z.ini", "[task t-1]\neffort = 1d\n", "check-failed" },
		{ "z.ini", "[project]\nexclude = risks/*\n", "check-failed" },
		{ "z.ini", "[policy own]\nprotect = task\napprove = ccb\n", "uncovered" },
		{ "z.ini", "[resource eve]\nkeys = ssh-ed25519 AAAA\n", "check-failed" },
		{ "z.ini", "[resource eve]\nroles = admin\n", "uncovered" },
		{ "z.ini", "[rate USD]\nvalue = 7\n", "uncovered" },
		{ "z.ini", "[baseline b]\ncost = 1\n", "uncovered" },
		{ "z.ini", "[event CR-zzzzz.1.li]\nversion = 1\n", "check-failed" },
	};
	struct judged w;
	const char *first;

	(void)state;
	judged_init(&w, policy, plan);
	judged_write(&w, "risks/r.ini", "[risk R-2]\ntitle = snow\n");
	first = judged_commit(&w);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		judged_write(&w, cases[i].path, cases[i].text);
		if (!judged_refuses(&w, first, judged_commit(&w), cases[i].id))
			fail_msg("%s: %s", cases[i].path, cases[i].text);
		judged_git(&w, arena_printf(&w.arena, "reset -q --hard %s", first));
	}
	judged_release(&w);
}

/* A copy where people look first, who stand at the top; one that has a uid of its own is another project. */
static void shadow(void **state)
{
	static const char *const files[] = { "pmt.ini", "people.ini", "policy.ini", "plan.ini" };
	struct judged w;
	const char *first;

	(void)state;
	judged_init(&w, policy, plan);
	for (size_t i = 0; i < 4; i++) {
		judged_write(&w, arena_printf(&w.arena, "pm/%s", files[i]), judged_read(&w, files[i]));
		judged_remove(&w, files[i]);
	}
	first = judged_commit(&w);
	w.place = "pm";
	judged_write(&w, "pmt.ini", "[project]\nuid = ZZZZZZZZZZZZZZZZ\nname = x\n[task T-1]\neffort = 99d\n");
	assert_true(judged_accepts(&w, first, judged_commit(&w)));
	judged_replace(&w, "pmt.ini", "ZZZZZZZZZZZZZZZZ", "7K3QW9M2XH4T8R5B");
	assert_true(judged_refuses(&w, first, judged_commit(&w), "project-twice"));
	judged_release(&w);
}

/* The plan's file becomes a link to one that says otherwise; or a folder of the plan one. */
static void links(void **state)
{
	struct judged w;

	(void)state;
	judged_init(&w, policy, plan);
	judged_write(&w, "other.txt", "[task T-1]\ntitle = one\neffort = 99d\n");
	judged_remove(&w, "plan.ini");
	assert_int_equal(symlink("other.txt", arena_printf(&w.arena, "%s/plan.ini", w.folder)), 0);
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "check-failed"));
	judged_release(&w);
}

/* A resource goes as a matter of plan, and its keys and roles go with it: authority all the same. */
static void person_removed_by_a_plan_change(void **state)
{
	struct judged w;
	const char *people, *chen;

	(void)state;
	judged_init(&w, policy, plan);
	people = judged_read(&w, "people.ini");
	chen = strstr(people, "[resource chen]");
	assert_non_null(chen);
	judged_write(&w, "people.ini", arena_strndup(&w.arena, people, (size_t)(chen - people)));
	judged_approved(&w, "CR-aaaaa", UID_A, w.first);
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "approval-missing"));
	judged_release(&w);
}

/* One who is about to lose his key moves his event into another's name; one name in two spellings votes once. */
static void names_and_spellings(void **state)
{
	struct judged w;
	struct signing vote = say("CR-aaaaa", ZHANG, VERDICT_APPROVE, 2);

	(void)state;
	judged_init(&w, policy, plan);
	raise(&w, "effort = 10d", "effort = 12d");
	judged_change(&w, "CR-aaaaa", UID_A);
	judged_sign(&w, say("CR-aaaaa", LI, VERDICT_SUBMIT, 1));
	vote.roles = "sponsor, ccb"; /* claims a role he does not have */
	judged_sign(&w, vote);
	vote.sequence = 3;
	vote.as = "Zhang";
	vote.roles = "ccb";
	judged_sign(&w, vote);
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "approval-missing"));
	judged_release(&w);
}

/* An approval is copied to a second change of the same content: uid, sequence, person and all but the change's own uid
 * fit. */
static void approval_carried_over(void **state)
{
	struct judged w;
	const char *landed, *event;

	(void)state;
	judged_init(&w, policy, plan);
	raise(&w, "effort = 10d", "effort = 12d");
	judged_approved(&w, "CR-aaaaa", UID_A, w.first);
	landed = judged_commit(&w);
	assert_true(judged_accepts(&w, w.first, landed));
	raise(&w, "effort = 12d", "effort = 10d");
	judged_approved(&w, "CR-bbbbb", UID_B, landed);
	landed = judged_commit(&w);
	raise(&w, "effort = 10d", "effort = 12d"); /* approve, revert, replay */
	judged_change(&w, "CR-ccccc", UID_C);
	judged_sign(&w,
		(struct signing){
			.change = "CR-ccccc", .person = LI, .verdict = VERDICT_SUBMIT, .sequence = 1, .base = landed });
	for (int i = 0; i < 2; i++) {
		const char *from = i ? "changes/CR-aaaaa/3-wang-approve.ini" : "changes/CR-aaaaa/2-zhang-approve.ini";

		event = judged_read(&w, from);
		judged_write(&w, arena_printf(&w.arena, "changes/CR-ccccc/%s", strrchr(from, '/') + 1), event);
		judged_replace(&w, arena_printf(&w.arena, "changes/CR-ccccc/%s", strrchr(from, '/') + 1), "CR-aaaaa",
			"CR-ccccc");
		judged_replace(&w, arena_printf(&w.arena, "changes/CR-ccccc/%s", strrchr(from, '/') + 1), UID_A, UID_C);
	}
	assert_true(judged_refuses(&w, landed, judged_commit(&w), "approval-missing"));
	judged_release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(while_an_emergency_is_open),
		cmocka_unit_test(rejection_put_behind_a_landed_emergency),
		cmocka_unit_test(rejection_and_next_change_in_one_push),
		cmocka_unit_test(revert_withdrawn_on_its_branch),
		cmocka_unit_test(what_is_read),
		cmocka_unit_test(shadow),
		cmocka_unit_test(links),
		cmocka_unit_test(person_removed_by_a_plan_change),
		cmocka_unit_test(names_and_spellings),
		cmocka_unit_test(approval_carried_over),
	};

	return judged_possible() ? cmocka_run_group_tests(tests, NULL, NULL) : 0;
}
