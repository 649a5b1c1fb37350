/* Task: and Time: at the end of a commit's message. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/strbuf.h"
#include "history/trailer.h"

static void expect(const char *message, const char *wanted)
{
	struct units units;
	struct strbuf out;
	struct vec works;

	units_default(&units);
	strbuf_init(&out);
	vec_init(&works, sizeof(struct history_work));
	trailers_read(slice_of(message), &units, &works);
	for (size_t i = 0; i < works.len; i++) {
		const struct history_work *work = vec_at(&works, i);

		strbuf_addf(&out, "%.*s %d%s%.*s; ", (int)work->task.len, work->task.at, (int)work->minutes,
			work->wrong.at ? "!" : "", (int)work->wrong.len, work->wrong.at ? work->wrong.at : "");
	}
	assert_string_equal(out.buf, wanted);
	vec_release(&works);
	strbuf_release(&out);
}

static void reads_the_last_paragraph(void **state)
{
	(void)state;
	expect("subject\n\nTask: T-1\nTime: 2h\n", "T-1 120; ");
	expect("subject\n\nTask: T-1\n\nbody at last\n", "");
	expect("subject\n\nbody\n\nSigned-off-by: x\ntask:T-1, T-2\nTIME : 3h\nReviewed-by: y\n\n\n",
		"T-1 90; T-2 90; ");
	expect("Task: T-1\nTime: 2h\n", "");
	expect("", "");
	expect("\n\n\n", "");
}

static void gives_each_time_to_its_tasks(void **state)
{
	(void)state;
	expect("s\n\nTask: T-1\nTime: 1h\nTime: 30min\nTask: T-2\nTime: 1d\n", "T-1 90; T-2 480; ");
	expect("s\n\nTime: 1h\nTask: T-1\nTask: T-2\n", "T-1 60; T-2 0; ");
	/* Minutes that cannot be shared go to the first. */
	expect("s\n\nTask: T-1, T-2,\n T-3\nTime: 4min\n", "T-1 2; T-2 1; T-3 1; ");
	expect("s\n\nTime: 1h\n", "");
}

static void keeps_what_it_cannot_read(void **state)
{
	(void)state;
	expect("s\n\nTask: T-1\nTime: soon\n", "T-1 0!soon; ");
	expect("s\n\nTask: T-1\nTime: -2h\n", "T-1 0!-2h; ");
	expect("s\n\nTask: 任务一\nTask:\nTasks: T-9\nTime 2h\n", "任务一 0; ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads_the_last_paragraph),
		cmocka_unit_test(gives_each_time_to_its_tasks),
		cmocka_unit_test(keeps_what_it_cannot_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
