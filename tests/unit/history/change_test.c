/* What two states of a project say differently. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "base/strbuf.h"
#include "history/change.h"
#include "model/source.h"

#include <string.h>

static void describe(const struct vec *changes, struct strbuf *out)
{
	static const char signs[] = { '+', '-', '~', '>' };

	for (size_t i = 0; i < changes->len; i++) {
		const struct history_change *c = vec_at(changes, i);

		strbuf_addf(out, "%c%s %.*s", signs[c->action], c->kind->name, (int)c->id.len, c->id.at);
		if (c->action == HISTORY_CHANGED)
			strbuf_addf(out, ".%.*s", (int)c->field.len, c->field.at);
		if (c->action >= HISTORY_CHANGED)
			strbuf_addf(out, " %.*s>%.*s", (int)c->before.len, c->before.at ? c->before.at : "",
				(int)c->after.len, c->after.at ? c->after.at : "");
		strbuf_add_str(out, "; ");
	}
}

static void expect(const struct history_text *texts, size_t count, const char *wanted)
{
	struct strbuf out;
	struct arena arena;
	struct vec changes;

	strbuf_init(&out);
	arena_init(&arena);
	vec_init(&changes, sizeof(struct history_change));
	assert_true(history_compare_texts(texts, count, &arena, &changes));
	describe(&changes, &out);
	assert_string_equal(out.buf, wanted);
	vec_release(&changes);
	arena_release(&arena);
	strbuf_release(&out);
}

static void expect_one(const char *before, const char *after, const char *wanted)
{
	struct history_text text = { "plan.ini", slice_of(before), slice_of(after) };

	expect(&text, 1, wanted);
}

static void tells_fields_and_records(void **state)
{
	(void)state;
	expect_one("[task T-1]\neffort = 1d\n", "[task T-1]\neffort = 2d\ntitle = 甲\n",
		"~task T-1.effort 1d>2d; ~task T-1.title >甲; ");
	expect_one("[task T-1]\n[task T-2]\n[task T-3]\n", "[task T-1]\n[task T-3]\nx_cost = 1\n",
		"~task T-3.x_cost >1; -task T-2; ");
	expect_one(NULL, "[risk R-1]\ntitle = x\n", "+risk R-1; ");
	expect_one("[risk R-1]\ntitle = x\n", NULL, "-risk R-1; ");
	expect_one("", "", "");
}

static void takes_a_move_for_no_change(void **state)
{
	struct history_text texts[] = {
		{ "a.ini", slice_of("[task T-1]\neffort = 1d\n\n[task T-2]\neffort = 2d\n"),
			slice_of("[task T-2]\neffort = 2d\n") },
		{ "b.ini", slice_new(NULL, 0), slice_of("; moved\n[task T-1]\neffort   = 1d\n") },
	};

	(void)state;
	expect(texts, 2, "");
	expect_one("[task T-1]\na = 1\n[task T-2]\ntitle = b\n", "[task T-2]\ntitle = b\n[task T-1]\na = 1\n", "");
	expect_one("[task T-1]\ntitle = a\neffort = 1d\n", "# why\n[task T-1]\neffort = 1d\ntitle = a\n", "");
}

static void follows_renamings(void **state)
{
	(void)state;
	expect_one("[task T-1]\ntitle = Settle\neffort = 1d\n[task T-2]\ndepends = T-1 SS+2d, T-3\n[task T-3]\n",
		"[task T-9]\ntitle = Settle\neffort = 2d\n[task T-2]\ndepends = T-9 SS+2d, T-3\n[task T-3]\n",
		">task T-9 T-1>T-9; ~task T-9.effort 1d>2d; ");
	/* Another record under another id is none. */
	expect_one("[task T-1]\ntitle = Settle\n", "[task T-2]\ntitle = Test\n", "+task T-2; -task T-1; ");
	/* A reference that changes besides is a change. */
	expect_one("[task T-1]\ntitle = S\neffort = 1d\n[task T-2]\ndepends = T-1\n",
		"[task T-9]\ntitle = S\neffort = 1d\n[task T-2]\ndepends = T-9 SS\n",
		">task T-9 T-1>T-9; ~task T-2.depends T-1>T-9 SS; ");
	expect_one("[task T-1]\ntitle = S\neffort = 1d\n[timesheet li]\n2026-03-02 = T-1 2h\n",
		"[task T-9]\ntitle = S\neffort = 1d\n[timesheet li]\n2026-03-02 = T-9 2h\n", ">task T-9 T-1>T-9; ");
}

static void tells_journals_by_date(void **state)
{
	(void)state;
	expect_one("[timesheet li]\n2026-03-02 = T-1 2h\n",
		"[timesheet li]\n2026-03-02 = T-1 2h\n  T-2 1h\n2026-03-03 = T-1 1h\n",
		"~timesheet li.2026-03-02 T-1 2h>T-1 2h\nT-2 1h; ~timesheet li.2026-03-03 >T-1 1h; ");
	/* One section of an id more is no record more. */
	expect_one("[timesheet li]\n2026-03-02 = T-1 2h\n",
		"[timesheet li]\n2026-03-02 = T-1 2h\n\n[timesheet li]\n2026-03-03 = T-1 1h\n",
		"~timesheet li.2026-03-03 >T-1 1h; ");
}

static void knows_what_it_cannot_read(void **state)
{
	struct history_text text = { "pmt.ini", slice_of("[project]\nformat = 1\n"),
		slice_of("[project]\nformat = 99\n") };
	struct arena arena;
	struct vec changes;

	(void)state;
	arena_init(&arena);
	vec_init(&changes, sizeof(struct history_change));
	assert_false(history_compare_texts(&text, 1, &arena, &changes));
	assert_int_equal(changes.len, 0);
	vec_release(&changes);
	arena_release(&arena);
}

/* --- a part of a file gives what the whole gives --- */

struct dice {
	uint64_t stream, counter;
};

static size_t roll(struct dice *dice, size_t below)
{
	return (size_t)random_below(20260310, dice->stream, dice->counter++, below);
}

static void write_random(struct strbuf *out, struct dice *dice)
{
	static const char *const lines[] = { "effort = 1d", "effort = 2d", "title = [x]", "title = 甲", "; note", "",
		"# [task T-1]", "tags = a, b", "owner = li" };
	size_t sections = roll(dice, 8);
	bool used[10] = { false };

	for (size_t i = 0; i < sections; i++) {
		size_t id = roll(dice, 10);

		if (used[id])
			continue;
		used[id] = true;
		strbuf_addf(out, "[task T-%zu]\nstatus = todo\n", id);
		for (size_t n = roll(dice, 4); n > 0; n--)
			strbuf_addf(out, "%s\n", lines[roll(dice, sizeof(lines) / sizeof(*lines))]);
	}
	if (roll(dice, 5) == 0 && out->len)
		strbuf_truncate(out, out->len - 1);
}

/* A few bytes cut out, doubled or put in. */
static void mutate(struct strbuf *text, struct dice *dice)
{
	size_t at = text->len ? roll(dice, text->len) : 0, len;

	switch (roll(dice, 3)) {
	case 0: strbuf_insert(text, at, "\n[task T-11]\n", strlen("\n[task T-11]\n")); break;
	case 1:
		len = text->len - at < 9 ? text->len - at : 9;
		strbuf_remove(text, at, len);
		break;
	default: strbuf_insert(text, at, "\ntags = c\n", strlen("\ntags = c\n")); break;
	}
}

static void compare_whole(const char *before, const char *after, struct strbuf *out, bool *sound)
{
	const char *texts[] = { before, after };
	struct project projects[2];
	struct source *sources[2];
	struct diagnostics found;
	struct arena arena;
	struct vec changes;

	arena_init(&arena);
	vec_init(&changes, sizeof(struct history_change));
	diagnostics_init(&found);
	for (int i = 0; i < 2; i++) {
		sources[i] = source_memory_new();
		source_memory_add(sources[i], "pmt.ini", slice_of("[project]\nformat = 1\n"));
		source_memory_add(sources[i], "plan.ini", slice_of(texts[i]));
		assert_int_equal(project_load(&projects[i], sources[i], 1, &found, NULL), 0);
	}
	*sound = found.errors == 0;
	history_compare(&projects[0], &projects[1], &arena, &changes);
	describe(&changes, out);
	for (int i = 0; i < 2; i++) {
		project_release(&projects[i]);
		source_free(sources[i]);
	}
	diagnostics_release(&found);
	vec_release(&changes);
	arena_release(&arena);
}

static void reads_no_more_than_it_must(void **state)
{
	struct dice dice = { 0 };
	int compared = 0;

	(void)state;
	for (int i = 0; i < 8000; i++) {
		struct strbuf before, after, wanted;
		bool sound;

		dice.stream = (uint64_t)i;
		strbuf_init(&before);
		strbuf_init(&after);
		strbuf_init(&wanted);
		write_random(&before, &dice);
		strbuf_add_slice(&after, strbuf_slice(&before));
		for (size_t n = 1 + roll(&dice, 3); n > 0; n--)
			mutate(&after, &dice);
		compare_whole(before.buf, after.buf, &wanted, &sound);
		if (sound) {
			expect_one(before.buf, after.buf, wanted.buf);
			compared++;
		}
		strbuf_release(&before);
		strbuf_release(&after);
		strbuf_release(&wanted);
	}
	assert_true(compared > 600);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tells_fields_and_records),
		cmocka_unit_test(takes_a_move_for_no_change),
		cmocka_unit_test(follows_renamings),
		cmocka_unit_test(tells_journals_by_date),
		cmocka_unit_test(knows_what_it_cannot_read),
		cmocka_unit_test(reads_no_more_than_it_must),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
