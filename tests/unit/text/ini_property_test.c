/*
 * A file written by hand in any order and style survives 1,000 random edits with only the
 * intended lines changed; and printing what was parsed gives the bytes back.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "tests/fuzz/ini_properties.h"

struct dice {
	uint64_t seed, counter;
};

static size_t roll(struct dice *dice, size_t below)
{
	return (size_t)random_below(dice->seed, 0, dice->counter++, below);
}

static const char *pick(struct dice *dice, const char *const *from, size_t count)
{
	return from[roll(dice, count)];
}

#define PICK(dice, list) pick(dice, list, sizeof(list) / sizeof((list)[0]))

static const char *const words[] = { "结算", "engine", "a=b", "; not a comment", "#1", "[x]",
	"T-7 SS+2d", "50%", "é", "👩‍💻", "x", ":", "中　文", "\"q ; r\"", "k = v", "-" };
static const char *const keys[] = { "title", "parent", "depends", "effort", "assign", "x",
	"2026-03-04 14:00", "标题", "description", "a:b", "account", "k ; l" };
static const char *const gaps[] = { "", " ", "  ", "\t", "　" };

static void add_words(struct dice *dice, struct strbuf *out, size_t most)
{
	size_t count = 1 + roll(dice, most);

	for (size_t i = 0; i < count; i++) {
		strbuf_add_str(out, i ? " " : "");
		strbuf_add_str(out, PICK(dice, words));
	}
	if (roll(dice, 40) == 0)
		strbuf_add_repeat(out, " long=; ", 40), strbuf_add_char(out, '.');
}

/* A value that may be written: lines, with an empty one between them now and then. */
static void random_value(struct dice *dice, struct strbuf *out)
{
	size_t more = roll(dice, 3) ? 0 : roll(dice, 5);

	strbuf_reset(out);
	if (roll(dice, 15) == 0)
		return;
	add_words(dice, out, 4);
	for (size_t i = 0; i < more; i++) {
		strbuf_add_str(out, roll(dice, 4) ? "\n" : "\n\n");
		add_words(dice, out, 3);
	}
}

struct style {
	const char *end, *indent;
	int align; /* 0: "k = v", 1: "k=v", 2: aligned, 3: chaos */
};

static void add_end(struct strbuf *out, const struct style *style)
{
	strbuf_add_str(out, style->end);
}

static void add_noise(struct dice *dice, struct strbuf *out, const struct style *style)
{
	static const char *const noise[] = { "", "; comment", "# title = x", "  ", ";",
		"; [task T-1]", "\t" };

	strbuf_add_str(out, PICK(dice, noise));
	add_end(out, style);
}

static void add_key(struct dice *dice, struct strbuf *out, const struct style *style)
{
	const char *key = PICK(dice, keys);
	size_t more = roll(dice, 4) ? 0 : roll(dice, 4);

	strbuf_add_str(out, key);
	switch (style->align) {
	case 0: strbuf_add_str(out, " = "); break;
	case 1: strbuf_add_str(out, "="); break;
	case 2:
		strbuf_add_repeat(out, " ", strlen(key) < 12 ? 12 - strlen(key) : 1);
		strbuf_add_str(out, "= ");
		break;
	default:
		strbuf_add_str(out, PICK(dice, gaps));
		strbuf_add_str(out, "=");
		strbuf_add_str(out, PICK(dice, gaps));
	}
	if (roll(dice, 6))
		add_words(dice, out, 5);
	add_end(out, style);
	for (size_t i = 0; i < more; i++) {
		if (roll(dice, 5) == 0)
			add_noise(dice, out, style);
		strbuf_add_str(out, style->align == 3 && roll(dice, 2) ? "\t " : style->indent);
		add_words(dice, out, 4);
		add_end(out, style);
	}
}

static void random_file(struct dice *dice, struct strbuf *out)
{
	static const char *const indents[] = { "  ", "\t", "             ", "　　" };
	static const char *const ends[] = { "\n", "\r\n", "\n" };
	static const char *const faults[] = { "[broken", "no key here", "= x", "[] ", "   stray",
		"\x01", "\xff=\xff" };
	struct style style = { PICK(dice, ends), PICK(dice, indents), (int)roll(dice, 4) };
	size_t sections = roll(dice, 12);

	strbuf_reset(out);
	if (roll(dice, 6) == 0)
		strbuf_add_str(out, "\xef\xbb\xbf");
	for (size_t i = roll(dice, 3); i > 0; i--)
		add_noise(dice, out, &style);
	for (size_t s = 0; s < sections; s++) {
		strbuf_addf(out, roll(dice, 8) ? "[task T-%zu]" : "[ task  T-%zu ]\t", s);
		add_end(out, &style);
		if (roll(dice, 10) == 0)
			strbuf_addf(out, "  ; indented%s", style.end);
		for (size_t k = roll(dice, 6); k > 0; k--) {
			add_key(dice, out, &style);
			if (roll(dice, 6) == 0)
				add_noise(dice, out, &style);
		}
		if (roll(dice, 25) == 0)
			strbuf_addf(out, "%s%s", PICK(dice, faults), style.end);
		for (size_t i = roll(dice, 3); i > 0; i--)
			add_noise(dice, out, &style);
	}
	if (roll(dice, 4) == 0 && out->len > 2)
		strbuf_truncate(out, out->len - strlen(style.end));
}

static void test_any_file_comes_back(void **state)
{
	struct dice dice = { 1, 0 };
	struct strbuf file;

	(void)state;
	strbuf_init(&file);
	for (int i = 0; i < 3000; i++) {
		random_file(&dice, &file);
		check_document(strbuf_slice(&file));
	}
	strbuf_release(&file);
}

static void one_edit(struct dice *dice, struct strbuf *file, struct strbuf *next)
{
	struct strbuf value;
	struct slice text;
	const char *key = PICK(dice, keys);
	size_t section = roll(dice, 100);
	bool remove = roll(dice, 5) == 0;

	strbuf_init(&value);
	random_value(dice, &value);
	text = strbuf_slice(&value);
	if (check_edit(strbuf_slice(file), section, slice_of(key), remove ? NULL : &text, next)) {
		strbuf_reset(file);
		strbuf_add_slice(file, strbuf_slice(next));
	}
	strbuf_release(&value);
}

static void test_a_thousand_edits(void **state)
{
	struct strbuf file, next;

	(void)state;
	strbuf_init(&file);
	strbuf_init(&next);
	for (uint64_t seed = 1; seed <= 6; seed++) {
		struct dice dice = { seed, 0 };

		do
			random_file(&dice, &file);
		while (file.len < 300);
		for (int i = 0; i < 1000; i++)
			one_edit(&dice, &file, &next);
	}
	for (uint64_t seed = 100; seed < 2100; seed++) {
		struct dice dice = { seed, 0 };

		random_file(&dice, &file);
		for (int i = 0; i < 5; i++)
			one_edit(&dice, &file, &next);
	}
	strbuf_release(&file);
	strbuf_release(&next);
}

/* Sections that come, go and move: what is left reads as before. */
static void move_one(struct dice *dice, struct strbuf *file)
{
	struct ini_facts before, after;
	struct ini_doc doc;
	struct strbuf text;
	struct err err;
	size_t from, to;

	err_init(&err);
	strbuf_init(&text);
	facts_read(&before, strbuf_slice(file));
	ini_doc_parse(&doc, strbuf_slice(file), &err);
	if (ini_doc_section_count(&doc) > 1 && !before.diagnostics.errors) {
		struct strbuf moved;

		from = roll(dice, ini_doc_section_count(&doc));
		ini_doc_copy(&doc, from, &text);
		ini_doc_remove(&doc, from);
		to = roll(dice, ini_doc_section_count(&doc) + 1);
		ini_doc_paste(&doc, (long)to - 1, strbuf_slice(&text));
		strbuf_init(&moved);
		ini_doc_print(&doc, &moved);
		facts_read(&after, strbuf_slice(&moved));
		must(after.diagnostics.items.len == 0, "a moved section makes no fault",
			strbuf_slice(file));
		must(before.facts.len == after.facts.len &&
				before.sections.len == after.sections.len,
			"a moved section loses nothing", strbuf_slice(file));
		check_document(strbuf_slice(&moved));
		facts_release(&after);
		strbuf_release(file);
		*file = moved;
		facts_release(&before);
		facts_read(&before, strbuf_slice(file));
	}
	facts_release(&before);
	ini_doc_release(&doc);
	strbuf_release(&text);
	err_release(&err);
}

static void test_sections_move(void **state)
{
	struct strbuf file;

	(void)state;
	strbuf_init(&file);
	for (uint64_t seed = 1; seed < 500; seed++) {
		struct dice dice = { seed, 7 };

		random_file(&dice, &file);
		for (int i = 0; i < 10; i++)
			move_one(&dice, &file);
	}
	strbuf_release(&file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_any_file_comes_back),
		cmocka_unit_test(test_a_thousand_edits),
		cmocka_unit_test(test_sections_move),
	};

	return cmocka_run_group_tests_name("text/ini_property", tests, NULL, NULL);
}
