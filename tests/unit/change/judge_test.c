/* The judge: for each rule, a range that it alone refuses; and ranges that must pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/judged.h"

#include <string.h>

#define CR "CR-aaaaa"
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
	return (struct signing){ .change = CR, .person = person, .verdict = VERDICT_APPROVE, .sequence = sequence };
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

/* --- what must not --- */

static void unapproved(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	edit(&w);
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "uncovered"));
	judged_release(&w);
}

static void own_approval(void **state)
{
	struct judged w;

	(void)state;
	judged_usual(&w);
	edit(&w);
	judged_change(&w, CR, UID);
	judged_sign(&w, submission(LI));
	judged_sign(&w, approval(ZHANG, 2));
	judged_sign(&w, approval(LI, 3));
	assert_true(judged_refuses(&w, w.first, judged_commit(&w), "approval-missing"));
	judged_release(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(free_edits),
		cmocka_unit_test(approved_change),
		cmocka_unit_test(rebased_branch),
		cmocka_unit_test(unapproved),
		cmocka_unit_test(own_approval),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
