/* PSPLIB's two formats. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "exchange/exchange.h"

static const char progen[] =
	"************************************************************************\n"
	"jobs (incl. supersource/sink ):  4\n"
	"horizon                       :  10\n"
	"RESOURCES\n"
	"  - renewable                 :  2   R\n"
	"  - nonrenewable              :  0   N\n"
	"************************************************************************\n"
	"PRECEDENCE RELATIONS:\n"
	"jobnr.    #modes  #successors   successors\n"
	"   1        1          2           2   3\n"
	"   2        1          1           4\n"
	"   3        1          1           4\n"
	"   4        1          0        \n"
	"************************************************************************\n"
	"REQUESTS/DURATIONS:\n"
	"jobnr. mode duration  R 1  R 2\n"
	"------------------------------------------------------------------------\n"
	"  1      1     0       0    0\n"
	"  2      1     8       4    0\n"
	"  3      1     4       1   10\n"
	"  4      1     0       0    0\n"
	"************************************************************************\n"
	"RESOURCEAVAILABILITIES:\n"
	"  R 1  R 2\n"
	"   12   13\n"
	"************************************************************************\n";

static const char patterson[] =
	"4 2\r\n12 13\r\n0 0 0 2 2 3\r\n8 4 0 1 4\r\n4 1 10 1 4\r\n0 0 0 0\r\n";

static const char plan[] = "[task J1]\n"
			   "title     = Job 1\n"
			   "milestone = yes\n"
			   "\n"
			   "[task J2]\n"
			   "title    = Job 2\n"
			   "depends  = J1\n"
			   "duration = 8d\n"
			   "assign   = R1 x4\n"
			   "\n"
			   "[task J3]\n"
			   "title    = Job 3\n"
			   "depends  = J1\n"
			   "duration = 4d\n"
			   "assign   = R1, R2 x10\n"
			   "\n"
			   "[task J4]\n"
			   "title     = Job 4\n"
			   "depends   = J2, J3\n"
			   "milestone = yes\n";

static void expect(const char *input, const char *name)
{
	struct import_options options = { .project = true };
	const struct import_file *files;
	struct diagnostics found;
	struct import import;
	struct err err;

	err_init(&err);
	import_init(&import);
	diagnostics_init(&found);
	assert_int_equal(psplib_import(slice_of(input), name, &options, &import, &found, &err), 0);
	files = import.files.items;
	assert_int_equal(import.files.len, 4);
	assert_string_equal(files[0].text.buf, "[project]\nformat         = 1\nname           = "
					       "j1_1\nstart          = 2000-01-01\n"
					       "hours_per_day  = 24\ndays_per_week  = "
					       "7\ndays_per_month = 30\ncalendar       = always\n");
	assert_string_equal(files[1].text.buf,
		"[calendar always]\ntitle = Round the clock\nweek  = mon-sun 00:00-24:00\n");
	assert_string_equal(files[2].text.buf,
		"[resource R1]\ntype     = equipment\ncalendar = always\ncapacity = 12\n\n"
		"[resource R2]\ntype     = equipment\ncalendar = always\ncapacity = 13\n");
	assert_string_equal(files[3].text.buf, plan);
	assert_int_equal(import.links, 4);
	import_release(&import);
	diagnostics_release(&found);
	err_release(&err);
}

static void test_formats(void **state)
{
	(void)state;
	expect(progen, "dir/j1_1.sm");
	expect(patterson, "j1_1.rcp");
}

static void expect_error(const char *input, const char *message)
{
	struct diagnostics found;
	struct import import;
	struct err err;

	err_init(&err);
	import_init(&import);
	diagnostics_init(&found);
	assert_int_equal(
		psplib_import(slice_of(input), "f", NULL, &import, &found, &err), ERR_INPUT);
	assert_string_equal(err.message, message);
	import_release(&import);
	diagnostics_release(&found);
	err_release(&err);
}

static void test_faults(void **state)
{
	(void)state;
	expect_error("", "f: not a PSPLIB file: 'jobs (incl. supersource/sink )' is missing");
	expect_error("4 2\n12 13\n0 0 0 2 2 9\n", "f:3: a number is too large");
	expect_error("4 2\n12 13\n0 0 0 1 1\n8 4 0 1 4\n", "f:3: a successor that is no other job");
	expect_error("4 2\n12 13\n0 0 0 2 2 3\n8 4\n", "f:4: a number is missing");
	expect_error(
		"999999 2\n12 13\n", "f:1: the numbers of jobs and resources do not fit the file");
	expect_error("99999999999999 2\n", "f:1: a number is too large");
	expect_error("4 -2\n", "f:1: a number is missing");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_formats),
		cmocka_unit_test(test_faults),
	};

	return cmocka_run_group_tests_name("exchange/psplib", tests, NULL, NULL);
}
