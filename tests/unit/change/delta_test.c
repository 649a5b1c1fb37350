/* The canonical delta: one state of affairs has one text, which states all that is bound and can be applied again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "change/delta.h"
#include "change/policy.h"
#include "tests/unit/change/states.h"

struct loaded {
	struct source *source;
	struct project project;
	struct diagnostics found;
};

static void load_source(struct loaded *l, struct source *source)
{
	l->source = source;
	diagnostics_init(&l->found);
	assert_int_equal(project_load(&l->project, source, 1, &l->found, NULL), 0);
}

static void load(struct loaded *l, const char *text)
{
	struct source *source = source_memory_new();

	source_memory_add(source, "pmt.ini", slice_of(text));
	load_source(l, source);
}

static void unload(struct loaded *l)
{
	project_release(&l->project);
	source_free(l->source);
	diagnostics_release(&l->found);
}

/* The delta's text behind its first two lines. */
static const char *between(const char *before, const char *after, struct arena *arena)
{
	struct loaded a, b;
	struct strbuf text;
	struct delta delta;
	const char *out;

	load(&a, before);
	load(&b, after);
	strbuf_init(&text);
	delta_between(&delta, &a.project, &b.project, NULL, arena);
	delta_print(&delta, &text);
	out = arena_strdup(arena, text.buf);
	strbuf_release(&text);
	unload(&a);
	unload(&b);
	assert_memory_equal(out, "pmt-delta 1\nunits ", 18);
	return out + 18 + 65;
}

static void check(const char *before, const char *after, const char *wanted)
{
	struct arena arena;

	arena_init(&arena);
	assert_string_equal(between(before, after, &arena), wanted);
	arena_release(&arena);
}

static void fields_and_records(void **state)
{
	(void)state;
	check("[project]\n[task T-1]\ntitle = A\nparent = T-9\neffort = 1d\n[task T-9]\n",
		"[project]\n[task t-1]\ntitle = A\nparent = T-9\neffort = 2d\n[task T-9]\n",
		"ctx 4:task,3:t-1,1:A,3:T-9,\nfield 4:task,3:t-1,6:effort,2:1d,2:2d,\n");
	check("[project]\n[task T-1]\ntitle = A\n",
		"[project]\n[task T-1]\ntitle = A\n[task T-2]\neffort = 1d\ndepends = T-1\nprogress = 5%\n",
		"ctx 4:task,3:t-1,1:A,-,\nfield 4:task,3:t-2,1:*,-,0:,\nfield 4:task,3:t-2,7:depends,-,3:T-1,\n"
		"field 4:task,3:t-2,6:effort,-,2:1d,\n");
	check("[project]\n[task T-1]\neffort = 1d\n", "[project]\n",
		"ctx 4:task,3:t-1,-,-,\nfield 4:task,3:t-1,1:*,0:,-,\nfield 4:task,3:t-1,6:effort,2:1d,-,\n");
}

/* What is not bound: facts, free fields, records of fact kinds, changes and their events. */
static void what_is_free(void **state)
{
	(void)state;
	check("[project]\n[task T-1]\nprogress = 5%\n",
		"[project]\nname = x\n[task T-1]\nprogress = 6%\nx_a = 1\n[risk R-1]\ntitle = y\n", "");
	check("[project]\n[change CR-a]\n",
		"[project]\n[change CR-b]\nuid = 1\n[event CR-b.1.li]\nverdict = submit\n[note T-1]\n2026-01-01 = x\n",
		"");
	check("[project]\n[policy p]\n", "[project]\n[policy p]\nx_own = 1\n",
		"ctx 6:policy,1:p,-,-,\nfield 6:policy,1:p,5:x_own,-,1:1,\n");
}

/* Absent, empty and look-alikes are different things; a value cannot pretend to be two. */
static void values_are_bound_byte_by_byte(void **state)
{
	static const char *const values[] = { "", "a", "A", "a,b", "1:a,", "-,", "a\n  b", "\xce\xb1", "a\xcc\x81",
		"\xc3\xa1" };
	char seen[32][DIGEST_HEX];
	size_t count = 0;
	struct arena arena;
	struct strbuf text;

	(void)state;
	arena_init(&arena);
	strbuf_init(&text);
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		strbuf_reset(&text);
		strbuf_addf(&text, "[project]\n[requirement R]\ntitle = %s\n", values[i]);
		delta_digest(slice_of(between("[project]\n", text.buf, &arena)), seen[count++]);
	}
	delta_digest(slice_of(between("[project]\n", "[project]\n[requirement R]\n", &arena)), seen[count++]);
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(seen[i], seen[j]);
	strbuf_release(&text);
	arena_release(&arena);
}

static void digest_has_its_domain(void **state)
{
	char digest[DIGEST_HEX];

	(void)state;
	delta_digest(slice_of(""), digest); /* printf 'pmt-delta-1\0' | sha256sum */
	assert_string_equal(digest, "ef0639c8d5cf7d3bb22ec93eee80ba0302965283c1a564c49b3f368fce3cee32");
}

static bool parses(const char *body, struct err *err)
{
	struct arena arena;
	struct strbuf text;
	struct delta delta;

	arena_init(&arena);
	strbuf_init(&text);
	strbuf_add_str(&text, "pmt-delta 1\nunits ");
	strbuf_add_repeat(&text, "0", 64);
	strbuf_addf(&text, "\n%s", body);
	int rc = delta_parse(&delta, strbuf_slice(&text), &arena, err);
	strbuf_release(&text);
	arena_release(&arena);
	assert_true(rc == 0 || rc == ERR_INPUT);
	return rc == 0;
}

static void refuse(const char *body, const char *message)
{
	struct err err;

	err_init(&err);
	assert_false(parses(body, &err));
	if (!err.message || !strstr(err.message, message))
		fail_msg("%s: %s, not '%s'", body, err.message ? err.message : "no message", message);
	err_release(&err);
}

static void only_canonical_text_is_read(void **state)
{
	struct arena arena;
	struct delta delta;

	(void)state;
	assert_true(parses("", NULL));
	assert_true(parses("field 4:task,3:t-1,6:effort,2:1d,2:2d,\n", NULL));
	refuse("field 4:task,3:T-1,6:effort,2:1d,2:2d,\n", "folded id");
	refuse("field 4:task,3:t-1,6:effort,02:1d,2:2d,\n", "a value");
	refuse("field 4:task,3:t-1,6:effort,2:1d,2:1d,\n", "differ");
	refuse("field 4:task,3:t-1,6:effort,-,-,\n", "differ");
	refuse("field 4:task,3:t-1,6:effort,2:1d,2:2d\n", "a value");
	refuse("field 4:task,3:t-1,6:effort,2:1d,2:2d,", "end of the line");
	refuse("field  4:task,3:t-1,6:effort,2:1d,2:2d,\n", "a kind");
	refuse("field 5:tasks,3:t-1,6:effort,2:1d,2:2d,\n", "a kind");
	refuse("field 6:change,4:cr-1,5:title,-,1:a,\n", "a kind");
	refuse("field 5:event,4:cr-1,5:title,-,1:a,\n", "a kind");
	refuse("field 4:task,3:t-1,7:efforts,2:1d,2:2d,\n", "a field");
	refuse("field 4:task,3:t-1,1:*,-,1:x,\n", "a value");
	refuse("field 4:task,3:t-1,6:effort,-,3:1d\r,\n", "a value");
	refuse("field 4:task,3:t-1,6:effort,-,3: 1d,\n", "a value");
	refuse("field 4:task,3:t-1,6:effort,-,2:\xc3\x28,\n", "a value");
	refuse("field 4:task,3:t-1,6:effort,-,99999999999:1d,\n", "a value");
	refuse("field 4:task,3:t-1,6:effort,-,9:1d,\n", "a value");
	refuse("field 7:project,1:x,4:name,-,1:a,\n", "folded id");
	assert_true(parses("field 7:project,0:,5:start,-,10:2026-01-01,\n", NULL));
	refuse("field 4:task,3:t-2,6:effort,-,2:1d,\nfield 4:task,3:t-1,6:effort,-,2:1d,\n", "behind the one before");
	refuse("field 4:task,3:t-1,6:effort,-,2:1d,\nfield 4:task,3:t-1,6:effort,-,2:2d,\n", "behind the one before");
	refuse("field 4:task,3:t-1,1:*,-,0:,\nfield 4:task,3:t-1,6:effort,2:2d,2:1d,\n", "comes or goes");
	refuse("field 4:task,3:t-1,1:*,0:,-,\nfield 4:task,3:t-1,6:effort,2:2d,2:1d,\n", "comes or goes");
	refuse("field 4:task,3:t-1,6:effort,-,2:1d,\nctx 4:task,3:t-1,-,-,\n", "end of the text");
	refuse("ctx 4:task,3:t-1,-,-,\nctx 4:task,3:t-1,-,-,\n", "behind the one before");
	refuse("\n", "end of the text");
	refuse("field 4:file,14:.gitattributes,1:*,-,3:abc,\n", "a value");
	refuse("field 4:file,0:,1:*,-,0:,\n", "folded id");
	arena_init(&arena);
	assert_int_equal(delta_parse(&delta, slice_of("pmt-delta 2\n"), &arena, NULL), ERR_INPUT);
	assert_int_equal(delta_parse(&delta, slice_new(NULL, 0), &arena, NULL), ERR_INPUT);
	arena_release(&arena);
}

/* The delta between two states: read again the same; applied to the first it gives the second, in all that is bound. */
static void round_trip(const struct loaded *a, const struct loaded *b, const struct policies *policies)
{
	char wanted[DIGEST_HEX], got[DIGEST_HEX];
	const struct delta_item *missing;
	struct delta delta, again, none;
	struct strbuf text, same;
	struct project applied;
	struct arena arena;
	const char *stale;

	arena_init(&arena);
	strbuf_init(&text);
	strbuf_init(&same);
	delta_between(&delta, &a->project, &b->project, policies, &arena);
	delta_print(&delta, &text);
	assert_int_equal(delta_parse(&again, strbuf_slice(&text), &arena, NULL), 0);
	delta_print(&again, &same);
	assert_string_equal(text.buf, same.buf);
	if (!delta_fits(&again, &a->project, &arena, &stale))
		fail_msg("does not fit: %s\n%s", stale, text.buf);
	assert_int_equal(delta_fits(&again, &b->project, &arena, &stale), delta.item_count == 0);
	delta_apply(&applied, &a->project, &again);
	delta_between(&none, &applied, &b->project, policies, &arena);
	if (none.item_count) {
		delta_print(&none, &same);
		fail_msg("applied, there is a difference left:\n%s", same.buf);
	}
	delta_state_digest(&b->project, policies, wanted);
	delta_state_digest(&applied, policies, got);
	assert_string_equal(got, wanted);
	for (size_t i = 0; i < again.item_count; i++)
		assert_true(delta_same(delta_value(&applied, &again.items[i], &arena), again.items[i].new));
	delta_between(&none, &a->project, &applied, policies, &arena);
	assert_true(delta_covers(&again, &none, &missing) && delta_covers(&none, &again, &missing));
	project_release(&applied);
	strbuf_release(&same);
	strbuf_release(&text);
	arena_release(&arena);
}

/* A policy binds what the table leaves free: how many of the items are of journals? */
static size_t count_journals(const struct loaded *a, const struct loaded *b, const struct policies *policies)
{
	struct arena arena;
	struct delta delta;
	size_t count = 0;

	arena_init(&arena);
	delta_between(&delta, &a->project, &b->project, policies, &arena);
	for (size_t i = 0; i < delta.item_count; i++)
		count += slice_is(delta.items[i].kind, "timesheet") || slice_is(delta.items[i].kind, "note");
	arena_release(&arena);
	return count;
}

/* Any layout of the same state: no difference, the same digest. */
static void same_in_any_layout(const struct state *state, struct dice *dice)
{
	char first[DIGEST_HEX], second[DIGEST_HEX];
	struct loaded a, b;
	struct arena arena;
	struct delta delta;

	arena_init(&arena);
	load_source(&a, state_write(state, dice));
	load_source(&b, state_write(state, dice));
	delta_between(&delta, &a.project, &b.project, NULL, &arena);
	assert_int_equal(delta.item_count, 0);
	delta_state_digest(&a.project, NULL, first);
	delta_state_digest(&b.project, NULL, second);
	assert_string_equal(first, second);
	unload(&a);
	unload(&b);
	arena_release(&arena);
}

static void random_states(void **unused)
{
	enum { ROUNDS = 1500 };
	struct policies policies;
	struct loaded guard;
	size_t journals = 0;

	(void)unused;
	load(&guard, "[project]\n[policy p]\nprotect = timesheet note.* task.x_note risk.probability\napprove = ccb\n");
	policies_read(&policies, &guard.project, NULL);
	for (uint64_t seed = 0; seed < ROUNDS; seed++) {
		struct dice dice = { seed, 0 };
		struct state state = { .attributes = false };
		struct loaded a, b;

		for (size_t i = roll(&dice, 40); i-- > 0;)
			state_edit(&state, &dice);
		load_source(&a, state_write(&state, &dice));
		for (size_t i = roll(&dice, 10); i-- > 0;)
			state_edit(&state, &dice);
		load_source(&b, state_write(&state, &dice));
		round_trip(&a, &b, NULL);
		round_trip(&a, &b, &policies);
		assert_int_equal(count_journals(&a, &b, NULL), 0);
		journals += count_journals(&a, &b, &policies);
		if (seed % 4 == 0)
			same_in_any_layout(&state, &dice);
		unload(&a);
		unload(&b);
	}
	policies_release(&policies);
	unload(&guard);
	assert_true(journals > 100);
}

/* A delta that does not say all it does, or speaks of another state. */
static void fits_only_its_own_state(void **state)
{
	static const struct {
		const char *before, *after, *other, *stale;
	} cases[] = {
		{ "[project]\n[task T-1]\neffort = 1d\n", "[project]\n[task T-1]\neffort = 2d\n",
			"[project]\n[task T-1]\neffort = 3d\n", "task T-1 effort" },
		{ "[project]\n[task T-1]\neffort = 1d\n", "[project]\n[task T-1]\neffort = 2d\n",
			"[project]\nhours_per_day = 7\n[task T-1]\neffort = 1d\n", "units" },
		{ "[project]\n[task T-1]\ntitle = A\n", "[project]\n[task T-1]\ntitle = A\neffort = 1d\n",
			"[project]\n[task T-1]\ntitle = B\n", "task T-1" },
		{ "[project]\n[task T-1]\n[task T-2]\ntitle = A\n",
			"[project]\n[task T-1]\ndepends = T-2\n[task T-2]\ntitle = A\n",
			"[project]\n[task T-1]\n[task T-2]\ntitle = B\n", "task T-2" },
		{ "[project]\n[resource li]\n", "[project]\n", "[project]\n[resource li]\nroles = admin\n",
			"resource li roles" },
		{ "[project]\n[task T-1]\n", "[project]\n[task T-1]\neffort = 1d\n", "[project]\n", "task T-1 effort" },
		{ "[project]\n", "[project]\n[task T-1]\n", "[project]\n[task T-1]\n", "task T-1" },
	};
	struct loaded before, after, other;
	struct arena arena;
	struct delta delta;
	const char *stale;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		load(&before, cases[i].before);
		load(&after, cases[i].after);
		load(&other, cases[i].other);
		delta_between(&delta, &before.project, &after.project, NULL, &arena);
		assert_true(delta_fits(&delta, &before.project, &arena, &stale));
		assert_false(delta_fits(&delta, &other.project, &arena, &stale));
		assert_string_equal(stale, cases[i].stale);
		unload(&before);
		unload(&after);
		unload(&other);
	}
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_and_records),
		cmocka_unit_test(what_is_free),
		cmocka_unit_test(values_are_bound_byte_by_byte),
		cmocka_unit_test(digest_has_its_domain),
		cmocka_unit_test(only_canonical_text_is_read),
		cmocka_unit_test(random_states),
		cmocka_unit_test(fits_only_its_own_state),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
