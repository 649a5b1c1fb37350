/* How a change stands: which rules it sets off, whose votes count, what is missing, what stands in the way. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "change/review.h"

#include <string.h>

#define PROJECT "[project]\nuid = PPPPPPPPPPPPPPPP\nstart = 2026-03-02\ncurrency = CNY\n"
#define KEY     "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI"
#define PEOPLE                                                                                                            \
	"[resource li]\nrate = 1000/d\nroles = ccb\nkeys = " KEY "CkB4tVWzb6AamirufGaPeXWCucztHoAM7EWo+tOqjjM\n"          \
	"[resource zhang]\nroles = sponsor\nkeys = " KEY "Lk9cSvfqyDj1QTViPu8+QgYaJ23RJdBBYrUCMswn2sK\n"                  \
	"[resource wang]\nroles = ccb\nkeys = " KEY "NhM0vWW0/Ur7Jhq+bGUCG+4WgDe+zsVKTEc61f4mjoP\n"                       \
	"[resource chen]\nroles = ccb, sponsor\n" /* no key */
#define RULES "[policy scope]\nprotect = task.effort\napprove = sponsor, 1 of ccb\n"

static const char plan[] = "[task T-1]\ntitle = a\neffort = 10d\nassign = li\n";
static const char change_record[] = "[change CR-aaaaa]\ntitle = more\nuid = CCCCCCCCCCCCCCCC\n";

struct side {
	struct source *source;
	struct project project;
	struct diagnostics found;
};

struct world {
	struct side before, after;
	struct arena arena;
	struct strbuf events; /* as files hold them */
	struct strbuf delta;
	char digest[DIGEST_HEX];
	const char *target, *rules, *edited; /* edited: the plan with the change */
	bool landed;
	struct review review;
};

static void load(struct side *side, const char *rules, const char *tasks, const char *changes, const char *events)
{
	side->source = source_memory_new();
	source_memory_add(side->source, "pmt.ini", slice_of(PROJECT));
	source_memory_add(side->source, "people.ini", slice_of(PEOPLE));
	source_memory_add(side->source, "policy.ini", slice_of(rules));
	source_memory_add(side->source, "plan.ini", slice_of(tasks));
	source_memory_add(side->source, "changes.ini", slice_of(changes));
	source_memory_add(side->source, "events.ini", slice_of(events));
	diagnostics_init(&side->found);
	assert_int_equal(project_load(&side->project, side->source, 1, &side->found, NULL), 0);
	assert_int_equal(side->found.errors, 0);
}

static void unload(struct side *side)
{
	project_release(&side->project);
	source_free(side->source);
	diagnostics_release(&side->found);
}

/* What submissions state: the edited plan against the plan. */
static void make_delta(struct world *w)
{
	struct side before, after;
	struct policies policies;
	struct delta delta;

	load(&before, w->rules, plan, "", "");
	load(&after, w->rules, w->edited, "", "");
	policies_read(&policies, &before.project, NULL);
	delta_between(&delta, &before.project, &after.project, &policies, &w->arena);
	delta_print(&delta, &w->delta);
	delta_digest(strbuf_slice(&w->delta), w->digest);
	policies_release(&policies);
	unload(&after);
	unload(&before);
}

static void begin(struct world *w, const char *edited)
{
	*w = (struct world){ .target = "refs/heads/main", .rules = RULES, .edited = edited };
	arena_init(&w->arena);
	strbuf_init(&w->events);
	strbuf_init(&w->delta);
	make_delta(w);
}

static struct event event_of(struct world *w, uint32_t sequence, const char *person, enum verdict verdict)
{
	return (struct event){ .change_id = slice_of("CR-aaaaa"),
		.project = slice_of("PPPPPPPPPPPPPPPP"),
		.target = slice_of("refs/heads/main"),
		.change = slice_of("CCCCCCCCCCCCCCCC"),
		.person = slice_of(person),
		.roles = slice_of("sponsor, ccb"),
		.class = slice_of("normal"),
		.digest = slice_of(w->digest),
		.signature = slice_of("QUJD"),
		.verdict = verdict,
		.sequence = sequence,
		.delta_text = verdict == VERDICT_SUBMIT ? strbuf_slice(&w->delta) : slice_new(NULL, 0) };
}

static void add_event(struct world *w, const struct event *event)
{
	event_print(event, &w->events);
	strbuf_add_char(&w->events, '\n');
}

static void add(struct world *w, uint32_t sequence, const char *person, enum verdict verdict)
{
	struct event event = event_of(w, sequence, person, verdict);

	add_event(w, &event);
}

/* One that takes what it can from another of the same target comes to the same. */
static void same_with_another(const struct review *review, struct review_request request)
{
	struct strbuf missing[2];
	struct review again;
	decimal_t cost[2];
	int64_t finish[2];

	request.like = review;
	assert_int_equal(review_init(&again, &request, NULL), 0);
	assert_int_equal(again.stand, review->stand);
	assert_int_equal(review_figures(&again, &cost[0], &finish[0]), review_figures(review, &cost[1], &finish[1]));
	assert_int_equal(cost[0], cost[1]);
	assert_int_equal(finish[0], finish[1]);
	strbuf_init(&missing[0]);
	strbuf_init(&missing[1]);
	review_missing(&again, &missing[0]);
	review_missing(review, &missing[1]);
	assert_string_equal(missing[0].buf, missing[1].buf);
	strbuf_release(&missing[0]);
	strbuf_release(&missing[1]);
	review_release(&again);
}

/* Nobody checks signatures here: whom an event names is believed. */
static enum review_stand look(struct world *w, const char *target_plan, const char *branch_plan)
{
	struct review_request request = { .before = &w->before.project, .after = &w->after.project, .target = w->target,
		.landed = w->landed };

	load(&w->before, w->rules, target_plan, "", "");
	load(&w->after, w->rules, branch_plan, change_record, w->events.buf ? w->events.buf : "");
	request.change = project_find(&w->after.project, kind_find(slice_of("change")), slice_of("cr-aaaaa"));
	assert_non_null(request.change);
	assert_int_equal(review_init(&w->review, &request, NULL), 0);
	same_with_another(&w->review, request);
	return w->review.stand;
}

static enum review_stand usual(struct world *w)
{
	return look(w, plan, w->edited);
}

static void again(struct world *w)
{
	review_release(&w->review);
	unload(&w->after);
	unload(&w->before);
}

static void end(struct world *w)
{
	again(w);
	strbuf_release(&w->delta);
	strbuf_release(&w->events);
	arena_release(&w->arena);
}

static const char *missing(struct world *w)
{
	struct strbuf text;
	const char *out;

	strbuf_init(&text);
	review_missing(&w->review, &text);
	out = arena_printf(&w->arena, "%s", text.len ? text.buf : "");
	strbuf_release(&text);
	return out;
}

static const char *waiting(struct world *w)
{
	const char *out = "";
	struct vec persons;

	vec_init(&persons, sizeof(struct slice));
	review_waiting(&w->review, &persons);
	for (size_t i = 0; i < persons.len; i++) {
		struct slice person = *(const struct slice *)vec_at(&persons, i);

		assert_true(review_waits_for(&w->review, person));
		out = arena_printf(&w->arena, "%s%s%.*s", out, i ? " " : "", (int)person.len, person.at);
	}
	vec_release(&persons);
	return out;
}

static const char *why_not(const struct world *w, size_t vote)
{
	return ((const struct review_vote *)vec_at(&w->review.votes, vote))->why_not;
}

static const char longer[] = "[task T-1]\ntitle = a\neffort = 12d\nassign = li\n";

/* From a draft to an approval: who is asked, who no longer is. */
static void the_way_of_a_change(void **state)
{
	decimal_t cost;
	int64_t finish;
	struct world w;

	(void)state;
	begin(&w, longer);
	assert_int_equal(usual(&w), REVIEW_DRAFT);
	assert_string_equal(missing(&w), "scope: sponsor, ccb");
	assert_string_equal(waiting(&w), "li zhang wang"); /* chen has no key */
	assert_int_equal(review_next_sequence(&w.review), 1);
	assert_true(review_figures(&w.review, &cost, &finish));
	assert_int_equal(cost, 2000 * DECIMAL_ONE);
	assert_int_equal(finish, 2 * 8 * 60);
	again(&w);
	add(&w, 1, "li", VERDICT_SUBMIT);
	assert_int_equal(usual(&w), REVIEW_SUBMITTED);
	assert_string_equal(waiting(&w), "zhang wang"); /* who submits has no voice */
	again(&w);
	add(&w, 2, "zhang", VERDICT_APPROVE);
	assert_int_equal(usual(&w), REVIEW_SUBMITTED);
	assert_string_equal(missing(&w), "scope: ccb");
	assert_string_equal(waiting(&w), "wang");
	assert_true(review_has_voted(&w.review, slice_of("zhang")));
	assert_false(review_has_voted(&w.review, slice_of("li")));
	again(&w);
	add(&w, 3, "wang", VERDICT_APPROVE);
	assert_int_equal(usual(&w), REVIEW_APPROVED);
	assert_string_equal(missing(&w), "");
	assert_string_equal(waiting(&w), "");
	assert_false(review_needs_renewal(&w.review));
	assert_int_equal(review_next_sequence(&w.review), 4);
	again(&w);
	w.landed = true;
	assert_int_equal(usual(&w), REVIEW_MERGED);
	again(&w);
	add(&w, 4, "li", VERDICT_CLOSE);
	assert_int_equal(usual(&w), REVIEW_CLOSED);
	assert_string_equal(review_stand_word(REVIEW_CLOSED), "closed");
	end(&w);
}

/* What is no vote on this change, as it is submitted, and why. */
static void votes_that_do_not_count(void **state)
{
	struct event event;
	struct world w;

	(void)state;
	begin(&w, longer);
	add(&w, 1, "zhang", VERDICT_APPROVE);
	add(&w, 2, "li", VERDICT_SUBMIT);
	event = event_of(&w, 3, "zhang", VERDICT_APPROVE);
	event.project = slice_of("QQQQQQQQQQQQQQQQ");
	add_event(&w, &event);
	event = event_of(&w, 4, "zhang", VERDICT_APPROVE);
	event.target = slice_of("refs/heads/release");
	add_event(&w, &event);
	event = event_of(&w, 5, "zhang", VERDICT_APPROVE);
	event.digest = slice_of("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
	add_event(&w, &event);
	add(&w, 6, "chen", VERDICT_APPROVE);
	add(&w, 7, "wang", VERDICT_APPROVE);
	assert_int_equal(usual(&w), REVIEW_SUBMITTED);
	assert_string_equal(why_not(&w, 0), "of an earlier submission");
	assert_null(why_not(&w, 1));
	assert_string_equal(why_not(&w, 2), "made for another project");
	assert_string_equal(why_not(&w, 3), "made for another branch");
	assert_string_equal(why_not(&w, 4), "of other content");
	assert_string_equal(why_not(&w, 5), "signed by no key that the person has in the target");
	assert_null(why_not(&w, 6));
	assert_string_equal(missing(&w), "scope: sponsor");
	assert_string_equal(waiting(&w), "zhang");
	end(&w);
}

/* A no of whom a rule names closes it; of anybody else it is heard, and has no weight. A renewal opens it again. */
static void rejected_withdrawn_renewed(void **state)
{
	struct world w;

	(void)state;
	begin(&w, longer);
	w.rules = "[policy scope]\nprotect = task.effort\napprove = sponsor\n";
	add(&w, 1, "li", VERDICT_SUBMIT);
	add(&w, 2, "wang", VERDICT_REJECT);
	assert_int_equal(usual(&w), REVIEW_SUBMITTED);
	assert_string_equal(why_not(&w, 1), "no rule asks for this person's word");
	again(&w);
	add(&w, 3, "zhang", VERDICT_REJECT);
	assert_int_equal(usual(&w), REVIEW_REJECTED);
	again(&w);
	add(&w, 4, "li", VERDICT_SUBMIT);
	assert_int_equal(usual(&w), REVIEW_SUBMITTED);
	assert_string_equal(why_not(&w, 2), "of an earlier submission");
	again(&w);
	add(&w, 5, "wang", VERDICT_WITHDRAW); /* not hers to withdraw */
	assert_int_equal(usual(&w), REVIEW_SUBMITTED);
	again(&w);
	add(&w, 6, "li", VERDICT_WITHDRAW);
	assert_int_equal(usual(&w), REVIEW_WITHDRAWN);
	end(&w);
}

/* What was submitted no longer holds: edited since, overtaken by the target, dearer than shown. */
static void what_stands_in_the_way(void **state)
{
	static const char more[] = "[task T-1]\ntitle = a\neffort = 13d\nassign = li\n";
	static const char overtaken[] = "[task T-1]\ntitle = a\neffort = 11d\nassign = li\n";
	static const char renamed[] = "[task T-1]\ntitle = b\neffort = 10d\nassign = li\n";
	struct event event;
	struct world w;

	(void)state;
	begin(&w, longer);
	add(&w, 1, "li", VERDICT_SUBMIT);
	add(&w, 2, "zhang", VERDICT_APPROVE);
	add(&w, 3, "wang", VERDICT_APPROVE);
	assert_int_equal(look(&w, plan, more), REVIEW_SUBMITTED);
	assert_true(w.review.edited && review_needs_renewal(&w.review));
	assert_null(w.review.stale);
	again(&w);
	assert_int_equal(look(&w, overtaken, longer), REVIEW_SUBMITTED);
	assert_string_equal(w.review.stale, "task T-1 effort");
	again(&w);
	assert_int_equal(look(&w, renamed, "[task T-1]\ntitle = b\neffort = 12d\nassign = li\n"), REVIEW_SUBMITTED);
	assert_string_equal(w.review.stale, "task T-1"); /* who signed was shown another title */
	again(&w);
	event = event_of(&w, 4, "wang", VERDICT_APPROVE);
	event.has_ceilings = true;
	event.ceiling_cost = 1999 * DECIMAL_ONE;
	event.ceiling_finish = INT32_MAX;
	add_event(&w, &event);
	assert_int_equal(usual(&w), REVIEW_SUBMITTED);
	assert_true(w.review.beyond && !w.review.edited && !w.review.stale);
	end(&w);
}

/* An emergency's rule takes the place of the others, but never of those for authority. */
static void emergencies(void **state)
{
	static const char record[] = "[change CR-aaaaa]\ntitle = more\nuid = CCCCCCCCCCCCCCCC\nclass = emergency\n";
	static const char rules[] = RULES "[policy emergency]\nclass = emergency\napprove = sponsor\nreview = 2 of ccb\n";
	struct review_request request = { .target = "refs/heads/main" };
	struct world w;

	(void)state;
	begin(&w, longer);
	for (int authority = 0; authority < 2; authority++) {
		const char *branch_rules = authority ? "[policy scope]\nprotect = task.title\napprove = sponsor\n" : rules;

		load(&w.before, rules, plan, "", "");
		load(&w.after, branch_rules, longer, record, "");
		request.before = &w.before.project;
		request.after = &w.after.project;
		request.change = project_find(&w.after.project, kind_find(slice_of("change")), slice_of("cr-aaaaa"));
		assert_int_equal(review_init(&w.review, &request, NULL), 0);
		if (authority)
			assert_string_equal(missing(&w), "root: 2 of *; scope: sponsor, ccb");
		else
			assert_string_equal(missing(&w), "emergency: sponsor");
		if (!authority)
			again(&w);
	}
	end(&w);
}

/* A strict rule's approvals are for one state of the plan. */
static void strict_rules(void **state)
{
	struct event event;
	struct world w;

	(void)state;
	begin(&w, longer);
	w.rules = RULES "binding = strict\n";
	add(&w, 1, "li", VERDICT_SUBMIT);
	add(&w, 2, "zhang", VERDICT_APPROVE);
	event = event_of(&w, 3, "wang", VERDICT_APPROVE);
	event.binding = slice_of("strict");
	event.base = event.result = slice_of("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
	add_event(&w, &event);
	assert_int_equal(usual(&w), REVIEW_SUBMITTED);
	assert_true(w.review.unbound && review_needs_renewal(&w.review));
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_way_of_a_change),
		cmocka_unit_test(votes_that_do_not_count),
		cmocka_unit_test(rejected_withdrawn_renewed),
		cmocka_unit_test(what_stands_in_the_way),
		cmocka_unit_test(emergencies),
		cmocka_unit_test(strict_rules),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
