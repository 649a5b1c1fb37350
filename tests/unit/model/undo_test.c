/* The journal of changes: what was written can be put back, and nobody's edits are lost by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "model/undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct world {
	char folder[64];
	struct strbuf file, intent;
	struct arena arena;
	struct err err;
};

static int enter(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	snprintf(w->folder, sizeof(w->folder), "/tmp/pmt-undo-XXXXXX");
	if (!mkdtemp(w->folder))
		return -1;
	strbuf_init(&w->file);
	strbuf_init(&w->intent);
	strbuf_addf(&w->file, "%s/plan.ini", w->folder);
	strbuf_addf(&w->intent, "%s/intent", w->folder);
	arena_init(&w->arena);
	err_init(&w->err);
	*state = w;
	return 0;
}

static int leave(void **state)
{
	struct world *w = *state;

	file_remove_tree(w->folder, NULL);
	strbuf_release(&w->file);
	strbuf_release(&w->intent);
	arena_release(&w->arena);
	err_release(&w->err);
	free(w);
	return 0;
}

static struct slice text_of(const char *text)
{
	return text ? slice_of(text) : slice_new(NULL, 0);
}

/* A command that made `after` of `before`. */
static void change(struct world *w, const char *before, const char *after, uint32_t of)
{
	if (after)
		assert_int_equal(file_replace(w->file.buf, slice_of(after), &w->err), 0);
	else
		unlink(w->file.buf);
	undo_keep(w->folder, w->file.buf, text_of(before), text_of(after));
	undo_close(w->folder, &(struct undo_closing){ .label = slice_of("pmt test"), .when = 1, .of = of });
}

/* Takes back what undo_last says; 0 or the error. */
static int take_back(struct world *w, bool again)
{
	const struct undo_entry *entry;
	struct fileset files;
	struct vec entries, texts;
	int status;

	vec_init(&entries, sizeof(struct undo_entry));
	vec_init(&texts, sizeof(struct undo_text));
	undo_read(w->folder, &w->arena, &entries);
	entry = undo_last(&entries, again);
	assert_non_null(entry);
	fileset_init(&files, w->intent.buf);
	err_release(&w->err);
	status = undo_plan(entry, w->folder, &files, &w->arena, &texts, &w->err);
	if (status == 0) {
		const struct undo_text *text = vec_at(&texts, 0);

		assert_int_equal(fileset_commit(&files, &w->err), 0);
		undo_keep(w->folder, text->path, text->now, text->then);
		undo_close(w->folder,
			&(struct undo_closing){ .label = slice_of("undo"), .when = 2, .of = entry->number });
	}
	fileset_release(&files);
	vec_release(&texts);
	vec_release(&entries);
	return status;
}

static void expect_file(struct world *w, const char *wanted)
{
	struct strbuf text;

	if (!wanted) {
		assert_false(file_exists(w->file.buf));
		return;
	}
	strbuf_init(&text);
	assert_int_equal(file_read(&text, w->file.buf, &w->err), 0);
	assert_string_equal(text.buf, wanted);
	strbuf_release(&text);
}

static void write_file(struct world *w, const char *text)
{
	assert_int_equal(file_replace(w->file.buf, slice_of(text), &w->err), 0);
}

static void puts_back_and_makes_again(void **state)
{
	struct world *w = *state;
	const char *states[] = { NULL, "[task T-1]\neffort = 1d\n",
		"[task T-1]\neffort = 1d\n\n[task T-2]\ntitle = 乙\n", NULL };

	for (int i = 0; i < 3; i++)
		change(w, states[i], states[i + 1], 0);
	for (int i = 3; i > 0; i--) {
		assert_int_equal(take_back(w, false), 0);
		expect_file(w, states[i - 1]);
	}
	for (int i = 1; i <= 3; i++) {
		assert_int_equal(take_back(w, true), 0);
		expect_file(w, states[i]);
	}
	assert_int_equal(take_back(w, false), 0);
	expect_file(w, states[2]);
}

static void keeps_edits_made_elsewhere(void **state)
{
	struct world *w = *state;

	change(w, "[task T-1]\na = 1\n[task T-2]\nb = 1\n[task T-3]\nc = 1\n",
		"[task T-1]\na = 1\n[task T-2]\nb = 2\n[task T-3]\nc = 1\n", 0);
	write_file(w, "# mine\n[task T-1]\na = 9\n[task T-2]\nb = 2\n[task T-3]\nc = 8\n");
	assert_int_equal(take_back(w, false), 0);
	expect_file(w, "# mine\n[task T-1]\na = 9\n[task T-2]\nb = 1\n[task T-3]\nc = 8\n");
}

/* Without a line end behind it, "2" is not the beginning of "25". */
static void knows_where_a_text_ends(void **state)
{
	struct world *w = *state;

	change(w, "[task T-1]\na = 1", "[task T-1]\na = 2", 0);
	write_file(w, "[task T-1]\na = 25");
	assert_int_equal(take_back(w, false), ERR_CONFLICT);
	write_file(w, "[task T-0]\n[task T-1]\na = 2");
	assert_int_equal(take_back(w, false), 0);
	expect_file(w, "[task T-0]\n[task T-1]\na = 1");
}

static void refuses_where_the_same_was_edited(void **state)
{
	struct world *w = *state;
	static const char *const edits[] = { "[task T-1]\na = 3\n", "", "[task T-1]\na = 2\n[task T-1]\na = 2\n",
		"x[task T-1]\na = 2\n" };

	change(w, "[task T-1]\na = 1\n[task T-2]\n", "[task T-1]\na = 2\n[task T-2]\n", 0);
	for (size_t i = 0; i < sizeof(edits) / sizeof(*edits); i++) {
		write_file(w, edits[i]);
		assert_int_equal(take_back(w, false), ERR_CONFLICT);
		expect_file(w, edits[i]);
	}
	unlink(w->file.buf);
	assert_int_equal(take_back(w, false), ERR_CONFLICT);
	expect_file(w, NULL);
}

static void writes_nothing_outside(void **state)
{
	struct world *w = *state;

	undo_keep(w->folder, "/etc/hosts", text_of("a"), text_of("b"));
	undo_close(w->folder, &(struct undo_closing){ .label = slice_of("x"), .when = 1 });
	assert_int_equal(take_back(w, false), ERR_INPUT);
}

static void random_text(struct strbuf *out, uint64_t stream)
{
	uint64_t sections = random_below(1, stream, 0, 6);

	strbuf_reset(out);
	for (uint64_t i = 0; i < sections; i++)
		strbuf_addf(out, "[task T-%d]\neffort = %dd\n%s", (int)random_below(1, stream, 10 + i, 5),
			(int)random_below(1, stream, 30 + i, 3), random_below(1, stream, 50 + i, 2) ? "\n" : "");
}

/* Whatever was written, undo gives back every byte of it. */
static void gives_back_any_text(void **state)
{
	struct world *w = *state;
	struct strbuf before, after;

	strbuf_init(&before);
	strbuf_init(&after);
	for (uint64_t i = 0; i < 300; i++) {
		random_text(&before, 2 * i);
		random_text(&after, 2 * i + 1);
		if (slice_equal(strbuf_slice(&before), strbuf_slice(&after)))
			continue;
		change(w, before.buf, after.buf, 0);
		assert_int_equal(take_back(w, false), 0);
		expect_file(w, before.buf);
		assert_int_equal(take_back(w, true), 0);
		expect_file(w, after.buf);
	}
	strbuf_release(&before);
	strbuf_release(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(puts_back_and_makes_again, enter, leave),
		cmocka_unit_test_setup_teardown(keeps_edits_made_elsewhere, enter, leave),
		cmocka_unit_test_setup_teardown(knows_where_a_text_ends, enter, leave),
		cmocka_unit_test_setup_teardown(refuses_where_the_same_was_edited, enter, leave),
		cmocka_unit_test_setup_teardown(writes_nothing_outside, enter, leave),
		cmocka_unit_test_setup_teardown(gives_back_any_text, enter, leave),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
