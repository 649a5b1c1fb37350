#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/merge/trees.h"

struct example {
	const char *name, *base, *ours, *theirs, *wanted;
	size_t conflicts;
	enum merge_numbers numbers;
};

static void run_examples(const struct example *examples, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct example *e = &examples[i];
		struct merged m;

		merge_texts(&m, e->base, e->ours, e->theirs, e->numbers);
		if (strcmp(m.text, e->wanted) != 0 || m.result.conflicts.len != e->conflicts)
			print_message("%s: %zu conflicts\n", e->name, m.result.conflicts.len);
		assert_string_equal(m.text, e->wanted);
		assert_int_equal(m.result.conflicts.len, e->conflicts);
		merged_release(&m);
	}
}

static void test_fields(void **state)
{
	static const struct example examples[] = {
		{ "different fields",
			"=== p.ini\n[task T-1]\ntitle = a\neffort = 1d\n",
			"=== p.ini\n[task T-1]\ntitle = A\neffort = 1d\n",
			"=== p.ini\n[task T-1]\ntitle = a\neffort = 2d\n",
			"=== p.ini\n[task T-1]\ntitle = A\neffort = 2d\n", 0, 0 },
		{ "fields added on both sides",
			"=== p.ini\n[task T-1]\ntitle    = a\n",
			"=== p.ini\n[task T-1]\ntitle    = a\neffort   = 1d\n",
			"=== p.ini\n[task T-1]\ntitle    = a\npriority = 3\n",
			"=== p.ini\n[task T-1]\ntitle    = a\neffort   = 1d\npriority = 3\n", 0, 0 },
		{ "removed field, changed other",
			"=== p.ini\n[task T-1]\ntitle = a\neffort = 1d\npriority = 2\n",
			"=== p.ini\n[task T-1]\ntitle = a\npriority = 2\n",
			"=== p.ini\n[task T-1]\ntitle = b\neffort = 1d\npriority = 2\n",
			"=== p.ini\n[task T-1]\ntitle = b\npriority = 2\n", 0, 0 },
		{ "two values",
			"=== p.ini\n[task T-1]\ntitle  = a\neffort = 1d\n",
			"=== p.ini\n[task T-1]\ntitle  = a\neffort = 2d\n",
			"=== p.ini\n[task T-1]\ntitle  = a\neffort = 3d\n",
			"=== p.ini\n[task T-1]\ntitle  = a\n; <<<<<<< ours\neffort = 2d\n; ||||||| base\n; effort = 1d\n"
			"; ======= theirs\n; effort = 3d\n; >>>>>>> effort\n", 1, 0 },
		{ "removed here, changed there",
			"=== p.ini\n[task T-1]\ntitle  = a\neffort = 1d\n",
			"=== p.ini\n[task T-1]\ntitle  = a\n",
			"=== p.ini\n[task T-1]\ntitle  = a\neffort = 3d\n",
			"=== p.ini\n[task T-1]\ntitle  = a\n; <<<<<<< ours: no such field\n; ||||||| base\n; effort = 1d\n"
			"; ======= theirs\n; effort = 3d\n; >>>>>>> effort\n", 1, 0 },
		{ "long text by line",
			"=== p.ini\n[task T-1]\ndescription = one\n  two\n  three\n",
			"=== p.ini\n[task T-1]\ndescription = ONE\n  two\n  three\n",
			"=== p.ini\n[task T-1]\ndescription = one\n  two\n  THREE\n",
			"=== p.ini\n[task T-1]\ndescription = ONE\n  two\n  THREE\n", 0, 0 },
		{ "a comment of each side",
			"=== p.ini\n[task T-1]\ntitle = a\neffort = 1d\npriority = 1\n",
			"=== p.ini\n; ours\n[task T-1]\ntitle = b\neffort = 1d\npriority = 1\n",
			"=== p.ini\n[task T-1]\ntitle = a\neffort = 1d\n; theirs\npriority = 2\n",
			"=== p.ini\n; ours\n[task T-1]\ntitle = b\neffort = 1d\n; theirs\npriority = 2\n", 0, 0 },
		{ "a comment of theirs beside a conflict",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = b\n",
			"=== p.ini\n[task T-1]\n; why\ntitle = c\n",
			"=== p.ini\n[task T-1]\n; why\n; <<<<<<< ours\ntitle = b\n; ||||||| base\n; title = a\n"
			"; ======= theirs\n; title = c\n; >>>>>>> title\n", 1, 0 },
	};

	(void)state;
	run_examples(examples, ARRAY_SIZE(examples));
}

static void test_lists(void **state)
{
	static const struct example examples[] = {
		{ "dependencies as a set",
			"=== p.ini\n[task T-9]\ndepends = T-1, T-2\n",
			"=== p.ini\n[task T-9]\ndepends = T-1, T-2, T-3\n",
			"=== p.ini\n[task T-9]\ndepends = T-2, T-4 SS+1d\n",
			"=== p.ini\n[task T-9]\ndepends = T-2, T-3, T-4 SS+1d\n", 0, 0 },
		{ "one lag each: other links",
			"=== p.ini\n[task T-9]\ndepends = T-1, T-2\n",
			"=== p.ini\n[task T-9]\ndepends = T-1 FS+1d, T-2\n",
			"=== p.ini\n[task T-9]\ndepends = T-1, T-2 FS+2d\n",
			"=== p.ini\n[task T-9]\ndepends = T-1 FS+1d, T-2 FS+2d\n", 0, 0 },
		{ "two lags",
			"=== p.ini\n[task T-9]\ndepends = T-1\n",
			"=== p.ini\n[task T-9]\ndepends = T-1 FS+1d\n",
			"=== p.ini\n[task T-9]\ndepends = T-1 FS+2d\n",
			"=== p.ini\n[task T-9]\n; <<<<<<< ours\ndepends = T-1 FS+1d\n; ||||||| base\n; depends = T-1\n"
			"; ======= theirs\n; depends = T-1 FS+2d\n; >>>>>>> depends\n", 1, 0 },
		{ "people",
			"=== p.ini\n[task T-9]\nassign = li.wei\n",
			"=== p.ini\n[task T-9]\nassign = li.wei 50%\n",
			"=== p.ini\n[task T-9]\nassign = li.wei, wang|zhao x2\n",
			"=== p.ini\n[task T-9]\nassign = li.wei 50%, wang|zhao x2\n", 0, 0 },
		{ "rates by the day they begin",
			"=== p.ini\n[resource li]\nrate = 1500 CNY/d\n",
			"=== p.ini\n[resource li]\nrate = 1500 CNY/d\n       from 2026-07-01 1600 CNY/d\n",
			"=== p.ini\n[resource li]\nrate = 1400 CNY/d\n",
			"=== p.ini\n[resource li]\nrate = 1400 CNY/d\n       from 2026-07-01 1600 CNY/d\n", 0, 0 },
		{ "holidays by their dates",
			"=== p.ini\n[calendar cn]\nholiday = 2026-02-16..2026-02-23 spring\n          2026-10-01\n",
			"=== p.ini\n[calendar cn]\nholiday = 2026-02-16..2026-02-23 Spring\n          2026-10-01\n",
			"=== p.ini\n[calendar cn]\nholiday = 2026-02-16..2026-02-23 spring\n          2026-05-01\n          2026-10-01\n",
			"=== p.ini\n[calendar cn]\nholiday = 2026-02-16..2026-02-23 Spring\n          2026-05-01\n          2026-10-01\n", 0, 0 },
		{ "steps by line, both sides' new ones",
			"=== p.ini\n[checklist go]\nitems = one\n        two\n",
			"=== p.ini\n[checklist go]\nitems = one\n        two\n        three\n",
			"=== p.ini\n[checklist go]\nitems = one\n        two\n        four\n",
			"=== p.ini\n[checklist go]\nitems = one\n        two\n        three\n        four\n", 0, 0 },
		{ "an item removed here and changed there",
			"=== p.ini\n[task T-9]\nassign = li.wei, zhao\n",
			"=== p.ini\n[task T-9]\nassign = zhao\n",
			"=== p.ini\n[task T-9]\nassign = li.wei 50%, zhao\n",
			"=== p.ini\n[task T-9]\n; <<<<<<< ours\nassign = zhao\n; ||||||| base\n; assign = li.wei, zhao\n"
			"; ======= theirs\n; assign = li.wei 50%, zhao\n; >>>>>>> assign\n", 1, 0 },
		{ "tags, all gone",
			"=== p.ini\n[task T-9]\ntitle = a\ntags = x, y\n",
			"=== p.ini\n[task T-9]\ntitle = a\ntags = x\n",
			"=== p.ini\n[task T-9]\ntitle = a\ntags = y\n",
			"=== p.ini\n[task T-9]\ntitle = a\n", 0, 0 },
	};

	(void)state;
	run_examples(examples, ARRAY_SIZE(examples));
}

static void test_journals(void **state)
{
	static const struct example examples[] = {
		{ "dates and lines of both",
			"=== t.ini\n[timesheet li]\n2026-03-02 = T-1 2h\n",
			"=== t.ini\n[timesheet li]\n2026-03-02 = T-1 2h\n             T-2 3h\n2026-03-05 = T-1 1h\n",
			"=== t.ini\n[timesheet li]\n2026-03-02 = T-1 2h\n             T-3 4h\n2026-03-04 = T-1 8h\n",
			"=== t.ini\n[timesheet li]\n2026-03-02 = T-1 2h\n             T-2 3h\n             T-3 4h\n2026-03-04 = T-1 8h\n"
			"2026-03-05 = T-1 1h\n", 0, 0 },
		{ "one line two ways",
			"=== t.ini\n[timesheet li]\n2026-03-02 = T-1 2h\n",
			"=== t.ini\n[timesheet li]\n2026-03-02 = T-1 3h\n",
			"=== t.ini\n[timesheet li]\n2026-03-02 = T-1 4h\n",
			"=== t.ini\n[timesheet li]\n; <<<<<<< ours\n2026-03-02 = T-1 3h\n; ||||||| base\n; 2026-03-02 = T-1 2h\n"
			"; ======= theirs\n; 2026-03-02 = T-1 4h\n; >>>>>>> 2026-03-02\n", 1, 0 },
	};

	(void)state;
	run_examples(examples, ARRAY_SIZE(examples));
}

static void test_ids(void **state)
{
	static const struct example examples[] = {
		{ "one number, two tasks",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = ours\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = theirs\n\n[task T-3]\ntitle = next\ndepends = T-1, T-2\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = ours\n\n[task T-4]\ntitle = theirs\n\n"
			"[task T-3]\ntitle = next\ndepends = T-1, T-4\n", 0, 0 },
		{ "theirs is what others have",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = a\ndepends = T-2\n\n[task T-2]\ntitle = ours\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = theirs\n",
			"=== p.ini\n[task T-1]\ntitle = a\ndepends = T-3\n\n[task T-3]\ntitle = ours\n\n[task T-2]\ntitle = theirs\n", 0,
			MERGE_RENUMBER_OURS },
		{ "the same task added on both sides",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\neffort = 1d\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\npriority = 2\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\neffort = 1d\npriority = 2\n", 0, 0 },
		{ "in two files, where a merge by file sees nothing",
			"=== a.ini\n[task T-1]\ntitle = a\n",
			"=== a.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = x\n",
			"=== a.ini\n[task T-1]\ntitle = a\n=== b.ini\n[task T-2]\ntitle = y\n",
			"=== a.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = x\n=== b.ini\n[task T-3]\ntitle = y\n", 0, 0 },
		{ "a file named after the record",
			"=== pmt.ini\n[project]\nname = x\n",
			"=== pmt.ini\n[project]\nname = x\n=== risks/R-1.ini\n[risk R-1]\ntitle = fire\n",
			"=== pmt.ini\n[project]\nname = x\n=== risks/R-1.ini\n[risk R-1]\ntitle = flood\n",
			"=== pmt.ini\n[project]\nname = x\n=== risks/R-1.ini\n[risk R-1]\ntitle = fire\n"
			"=== risks/R-2.ini\n[risk R-2]\ntitle = flood\n", 0, 0 },
		{ "journals follow",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = x\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = y\n=== time.ini\n[timesheet li]\n2026-03-02 = T-2 2h\n\n"
			"[note T-2]\n2026-03-02 = li: T-2 is hard\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = x\n\n[task T-3]\ntitle = y\n"
			"=== time.ini\n[timesheet li]\n2026-03-02 = T-3 2h\n\n[note T-3]\n2026-03-02 = li: T-2 is hard\n", 0, 0 },
		{ "renumbered by an earlier merge, then changed again",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = theirs\neffort = 5d\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = ours\npriority = 7\n\n[task T-3]\ntitle = theirs\neffort = 5d\n",
			"=== p.ini\n[task T-1]\ntitle = a\ndepends = T-2\n\n[task T-2]\ntitle = theirs\neffort = 6d\n",
			"=== p.ini\n[task T-1]\ntitle = a\ndepends = T-3\n\n[task T-2]\ntitle = ours\npriority = 7\n\n"
			"[task T-3]\ntitle = theirs\neffort = 6d\n", 0, 0 },
		{ "renamed here, changed and referred to there",
			"=== p.ini\n[resource li]\ntitle = Li Wei\n\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[resource li.wei]\ntitle = Li Wei\n\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[resource li]\ntitle = Li Wei\nemail = li@x.cn\n\n[task T-1]\ntitle = a\nassign = li 50%\n",
			"=== p.ini\n[resource li.wei]\ntitle = Li Wei\nemail = li@x.cn\n\n[task T-1]\ntitle = a\nassign = li.wei 50%\n", 0, 0 },
		{ "two names for one person",
			"=== p.ini\n[resource li]\ntitle = Li Wei\n",
			"=== p.ini\n[resource li.wei]\ntitle = Li Wei\n",
			"=== p.ini\n[resource liwei]\ntitle = Li Wei\n",
			"=== p.ini\n[resource li.wei]\ntitle = Li Wei\n", 1, 0 },
		{ "two numbers for one task, by two earlier merges",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\n",
			"=== p.ini\n[task T-1]\ntitle = a\ndepends = T-5\n\n[task T-5]\ntitle = b\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-6]\ntitle = b\nparent = T-1\n",
			"=== p.ini\n[task T-1]\ntitle = a\ndepends = T-5\n\n[task T-5]\ntitle = b\nparent = T-1\n", 0, 0 },
		{ "numbers that changed places",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\n\n[task T-3]\ntitle = c\ndepends = T-1\n",
			"=== p.ini\n[task T-2]\ntitle = a\n\n[task T-1]\ntitle = b\n\n[task T-3]\ntitle = c\ndepends = T-2\n",
			"=== p.ini\n[task T-1]\ntitle = a\neffort = 1d\n\n[task T-2]\ntitle = b\n\n[task T-3]\ntitle = c\ndepends = T-1, T-2\n",
			"=== p.ini\n[task T-2]\ntitle = a\neffort = 1d\n\n[task T-1]\ntitle = b\n\n[task T-3]\ntitle = c\ndepends = T-2, T-1\n",
			0, 0 },
		{ "a frozen plan names the task anew",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = x\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = y\n\n[baseline 1]\n"
			"tasks = T-1 2026-03-02 2026-03-03\n        T-2 2026-03-02 2026-03-03\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = x\n\n[task T-3]\ntitle = y\n\n[baseline 1]\n"
			"tasks = T-1 2026-03-02 2026-03-03\n        T-3 2026-03-02 2026-03-03\n", 0, 0 },
		{ "a single file: both stay",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = x\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = y\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = x\n\n[task T-2]\ntitle = y\n", 0, MERGE_RENUMBER_NONE },
	};

	(void)state;
	run_examples(examples, ARRAY_SIZE(examples));
}

static void test_records(void **state)
{
	static const struct example examples[] = {
		{ "removed by one, untouched by the other",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\n",
			"=== p.ini\n[task T-1]\ntitle = A\n\n[task T-2]\ntitle = b\n",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = A\n", 0, 0 },
		{ "removed here, changed there",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\n",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = B\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n; <<<<<<< ours: removed\n; ======= theirs, below\n; >>>>>>> task T-2\n"
			"[task T-2]\ntitle = B\n", 1, 0 },
		{ "changed here, removed there",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = B\n",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = a\n\n; <<<<<<< ours\n; ======= theirs: removed\n; >>>>>>> task T-2\n"
			"[task T-2]\ntitle = B\n", 1, 0 },
		{ "moved to another file there, changed here",
			"=== a.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\n",
			"=== a.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = B\n",
			"=== a.ini\n[task T-1]\ntitle = a\n=== b.ini\n[task T-2]\ntitle = b\n",
			"=== a.ini\n[task T-1]\ntitle = a\n=== b.ini\n[task T-2]\ntitle = B\n", 0, 0 },
		{ "a file renamed there, added to here",
			"=== a.ini\n; head\n\n[task T-1]\ntitle = a\n",
			"=== a.ini\n; head\n\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\n",
			"=== b.ini\n; head\n\n[task T-1]\ntitle = A\n",
			"=== b.ini\n; head\n\n[task T-1]\ntitle = A\n\n[task T-2]\ntitle = b\n", 0, 0 },
		{ "order changed there, a new one here",
			"=== p.ini\n[task T-1]\n\n[task T-2]\n\n[task T-3]\n",
			"=== p.ini\n[task T-1]\n\n[task T-2]\n\n[task T-9]\n\n[task T-3]\n",
			"=== p.ini\n[task T-3]\n\n[task T-1]\n\n[task T-2]\n",
			"=== p.ini\n[task T-3]\n\n[task T-1]\n\n[task T-2]\n\n[task T-9]\n", 0, 0 },
		{ "CRLF there, an edit here",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = b\n",
			"=== p.ini\n[task T-1]\r\ntitle = a\r\n",
			"=== p.ini\n[task T-1]\r\ntitle = b\r\n", 0, 0 },
		{ "a mark at the front here, an addition there",
			"=== p.ini\n[task T-1]\ntitle = a\n",
			"=== p.ini\n\xef\xbb\xbf[task T-1]\ntitle = a\n",
			"=== p.ini\n[task T-1]\ntitle = a\neffort = 1d",
			"=== p.ini\n\xef\xbb\xbf[task T-1]\ntitle = a\neffort = 1d", 0, 0 },
		{ "what cannot be read as fields",
			"=== p.ini\n[task T-1]\ntitle = a\nnonsense\n",
			"=== p.ini\n[task T-1]\ntitle = b\nnonsense\n",
			"=== p.ini\n[task T-1]\ntitle = c\nnonsense\n",
			"=== p.ini\n; <<<<<<< ours\n[task T-1]\ntitle = b\nnonsense\n; ======= theirs\n; [task T-1]\n; title = c\n; nonsense\n"
			"; >>>>>>> task T-1\n", 1, 0 },
		{ "comments between records of both sides",
			"=== p.ini\n[task T-1]\n\n[task T-2]\n",
			"=== p.ini\n[task T-1]\n\n; ours\n\n[task T-2]\n",
			"=== p.ini\n[task T-1]\n\n; theirs\n\n[task T-2]\n",
			"=== p.ini\n[task T-1]\n\n; ours\n; theirs\n\n[task T-2]\n", 0, 0 },
		{ "a comment of a removed record's neighbourhood",
			"=== p.ini\n[task T-1]\n\n[task T-2]\n\n; phase 2\n\n[task T-3]\n",
			"=== p.ini\n[task T-1]\n\n; phase 2\n\n[task T-3]\n",
			"=== p.ini\n[task T-1]\n\n[task T-2]\n\n; phase 2\n\n[task T-3]\ntitle = c\n",
			"=== p.ini\n[task T-1]\n\n; phase 2\n\n[task T-3]\ntitle = c\n", 0, 0 },
	};

	(void)state;
	run_examples(examples, ARRAY_SIZE(examples));
}

static void test_binary(void **state)
{
	static const char base[] = "=== x.ini\n\xff one", ours[] = "=== x.ini\n\xff two", theirs[] = "=== x.ini\n\xff three";
	struct merged m;

	(void)state;
	merge_texts(&m, base, ours, theirs, 0);
	assert_string_equal(m.text, ours);
	assert_int_equal(m.result.conflicts.len, 1);
	merged_release(&m);
	merge_texts(&m, base, base, theirs, 0);
	assert_string_equal(m.text, theirs);
	assert_int_equal(m.result.conflicts.len, 0);
	merged_release(&m);
}

/* For a base of two bases: no block, and no value that one side could be taken to have left alone. */
static void test_as_base(void **state)
{
	struct merge_request request = { .as_base = true };
	struct merge_result result;
	char *text;

	(void)state;
	request.sides[MERGE_BASE] = tree_of("=== p.ini\n[task T-1]\ntitle = a\neffort = 1d\n");
	request.sides[MERGE_OURS] = tree_of("=== p.ini\n[task T-1]\ntitle = b\neffort = 2d\n");
	request.sides[MERGE_THEIRS] = tree_of("=== p.ini\n[task T-1]\ntitle = b\neffort = 3d\n");
	assert_int_equal(merge_projects(&request, &result, NULL), 0);
	text = text_of(&result);
	assert_string_equal(text, "=== p.ini\n[task T-1]\ntitle = b\n");
	assert_int_equal(result.conflicts.len, 0);
	free(text);
	merge_result_release(&result);
	for (int side = 0; side < MERGE_SIDES; side++)
		source_free(request.sides[side]);
}

static void test_renumberings_are_told(void **state)
{
	const struct merge_renumbering *told;
	struct merged m;

	(void)state;
	merge_texts(&m, "=== p.ini\n", "=== p.ini\n[task T-1]\ntitle = x\n", "=== p.ini\n[task T-1]\ntitle = y\n", 0);
	told = m.result.renumberings.items;
	assert_int_equal(m.result.renumberings.len, 1);
	assert_string_equal(told[0].old_id, "T-1");
	assert_string_equal(told[0].new_id, "T-2");
	assert_string_equal(told[0].title, "y");
	assert_int_equal(told[0].side, MERGE_THEIRS);
	merged_release(&m);
}

static void test_conflicts_have_places(void **state)
{
	struct merged m;

	(void)state;
	merge_texts(&m, "=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = b\neffort = 1d\n",
		"=== p.ini\n; new\n\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = x\neffort = 2d\n",
		"=== p.ini\n[task T-1]\ntitle = a\n\n[task T-2]\ntitle = y\neffort = 3d\n", 0);
	const struct merge_conflict *c = m.result.conflicts.items;
	assert_int_equal(m.result.conflicts.len, 2);
	assert_string_equal(c[0].path, "p.ini");
	assert_int_equal(c[0].line, 7);
	assert_string_equal(c[0].record, "task T-2");
	assert_string_equal(c[0].field, "title");
	assert_int_equal(c[1].line, 14);
	assert_string_equal(c[1].field, "effort");
	assert_true(slice_is(c[1].values[MERGE_THEIRS], "3d"));
	merged_release(&m);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_journals),
		cmocka_unit_test(test_ids),
		cmocka_unit_test(test_records),
		cmocka_unit_test(test_binary),
		cmocka_unit_test(test_as_base),
		cmocka_unit_test(test_renumberings_are_told),
		cmocka_unit_test(test_conflicts_have_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
