#include "base/alloc.h"
#include "base/process.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

static int run(const char *line, const char *folder, struct slice input, struct strbuf *output, struct strbuf *errors)
{
	struct process process = { .arguments = (const char *const[]){ "sh", "-c", line, NULL }, .folder = folder,
		.environment = environ, .input = input, .output = output, .errors = errors };
	int status = -1;

	assert_int_equal(process_run(&process, &status, NULL), 0);
	return status;
}

static void gives_status_and_both_streams(void **state)
{
	struct strbuf output, errors;

	(void)state;
	strbuf_init(&output);
	strbuf_init(&errors);
	assert_int_equal(run("cat; pwd; echo oops >&2; exit 7", "/", slice_of("in\n"), &output, &errors), 7);
	assert_string_equal(output.buf, "in\n/\n");
	assert_string_equal(errors.buf, "oops\n");
	assert_int_equal(run("kill -9 $$", NULL, slice_of(NULL), &output, &errors), 128 + 9);
	assert_int_equal(run("exit 0", NULL, slice_of(NULL), &output, &errors), 0);
	strbuf_release(&output);
	strbuf_release(&errors);
}

static void megabytes_go_both_ways(void **state)
{
	enum { SIZE = 3000000 };
	struct strbuf input, output, errors;

	(void)state;
	strbuf_init(&input);
	strbuf_init(&output);
	strbuf_init(&errors);
	for (unsigned i = 0; input.len < SIZE; i++)
		strbuf_addf(&input, "%u\n", i);
	assert_int_equal(run("tee /dev/stderr", NULL, strbuf_slice(&input), &output, &errors), 0);
	assert_int_equal(output.len, input.len);
	assert_memory_equal(output.buf, input.buf, input.len);
	assert_int_equal(errors.len, input.len);
	strbuf_release(&input);
	strbuf_release(&output);
	strbuf_release(&errors);
}

static void a_program_may_refuse_its_input(void **state)
{
	struct strbuf input, output, errors;

	(void)state;
	strbuf_init(&input);
	strbuf_init(&output);
	strbuf_init(&errors);
	strbuf_add_repeat(&input, "0123456789", 200000);
	assert_int_equal(run("head -c 3", NULL, strbuf_slice(&input), &output, &errors), 0);
	assert_string_equal(output.buf, "012");
	strbuf_release(&input);
	strbuf_release(&output);
	strbuf_release(&errors);
}

static void a_missing_program_is_named(void **state)
{
	struct process process = { .arguments = (const char *const[]){ "pmt-no-such-program", NULL } };
	struct err err = { 0 };
	int status;

	(void)state;
	assert_int_equal(process_run(&process, &status, &err), ERR_SYSTEM);
	assert_non_null(strstr(err.message, "pmt-no-such-program"));
	err_release(&err);
	process = (struct process){ .arguments = (const char *const[]){ "true", NULL }, .folder = "/no/such" };
	assert_int_equal(process_run(&process, &status, &err), ERR_SYSTEM);
	err_release(&err);
}

static size_t open_descriptors(void)
{
	size_t count = 0;

	for (int i = 0; i < 256; i++)
		count += fcntl(i, F_GETFD) >= 0;
	return count;
}

static int descriptors_of_a_child(void)
{
	struct strbuf output;
	int count;

	strbuf_init(&output);
	assert_int_equal(run("ls /proc/self/fd | wc -l", NULL, slice_of(NULL), &output, NULL), 0);
	count = atoi(output.buf);
	strbuf_release(&output);
	return count;
}

static void nothing_leaks_into_either_side(void **state)
{
	int inherited = descriptors_of_a_child(); /* what this test was started with */
	size_t before = open_descriptors();
	int descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);

	(void)state;
	assert_int_equal(descriptors_of_a_child(), inherited);
	close(descriptor);
	assert_int_equal(open_descriptors(), before);
}

static void environments_are_laid_over(void **state)
{
	char *base[] = { "A=1", "AB=2", "C=3", NULL };
	char **over = environment_with(base, (const char *const[]){ "A=9", "C", "NEW=", NULL });

	(void)state;
	assert_string_equal(environment_get(over, "A"), "9");
	assert_string_equal(environment_get(over, "AB"), "2");
	assert_null(environment_get(over, "C"));
	assert_string_equal(environment_get(over, "NEW"), "");
	assert_null(environment_get(over, "NE"));
	assert_null(environment_get(NULL, "A"));
	environment_free(over);
	over = environment_with(NULL, (const char *const[]){ NULL });
	assert_null(over[0]);
	environment_free(over);
	environment_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_status_and_both_streams),
		cmocka_unit_test(megabytes_go_both_ways),
		cmocka_unit_test(a_program_may_refuse_its_input),
		cmocka_unit_test(a_missing_program_is_named),
		cmocka_unit_test(nothing_leaks_into_either_side),
		cmocka_unit_test(environments_are_laid_over),
	};

	return cmocka_run_group_tests_name("base/process", tests, NULL, NULL);
}
