/* JUnit XML and Cobertura XML: results of tests, coverage. */
#include "exchange/measurement.h"

#include "base/i18n.h"
#include "text/xml.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* --- JUnit --- */

struct junit {
	double tests, failures, errors, skipped, time;
	double said_tests, said_failures, said_errors, said_skipped, said_time; /* by the outermost suites */
	size_t suite_depth; /* of the outermost suite; SIZE_MAX: none is open */
	bool in_case, failed, erred, passed_over;
	bool root_known, is_junit;
};

static const char *attribute(const char *const *attributes, const char *name)
{
	for (; *attributes; attributes += 2)
		if (!strcmp(attributes[0], name))
			return attributes[1];
	return NULL;
}

static double number(const char *const *attributes, const char *name)
{
	const char *text = attribute(attributes, name);
	double value = text ? strtod(text, NULL) : 0;

	return isfinite(value) ? value : 0;
}

static void open_suite(struct junit *j, const char *const *attributes, size_t depth)
{
	if (j->suite_depth != SIZE_MAX)
		return;
	j->suite_depth = depth;
	j->said_tests += number(attributes, "tests");
	j->said_failures += number(attributes, "failures");
	j->said_errors += number(attributes, "errors");
	j->said_skipped += number(attributes, "skipped") + number(attributes, "disabled");
	j->said_time += number(attributes, "time");
}

static void junit_open(void *context, const char *name, const char *const *attributes, size_t depth, unsigned long line)
{
	struct junit *j = context;
	const char *status;

	(void)line;
	if (depth == 0)
		j->is_junit = !strcmp(name, "testsuites") || !strcmp(name, "testsuite");
	if (!strcmp(name, "testsuite")) {
		open_suite(j, attributes, depth);
	} else if (!strcmp(name, "testcase")) {
		j->in_case = true;
		status = attribute(attributes, "status"); /* GoogleTest: notrun */
		j->failed = j->erred = false;
		j->passed_over = status && !strcmp(status, "notrun");
		j->time += number(attributes, "time");
	} else if (j->in_case) {
		j->failed = j->failed || !strcmp(name, "failure");
		j->erred = j->erred || !strcmp(name, "error");
		j->passed_over = j->passed_over || !strcmp(name, "skipped");
	}
}

static void junit_close(void *context, const char *name, struct slice text, size_t depth, unsigned long line)
{
	struct junit *j = context;

	(void)text;
	(void)line;
	if (depth == j->suite_depth)
		j->suite_depth = SIZE_MAX;
	if (strcmp(name, "testcase") != 0)
		return;
	j->in_case = false;
	j->tests++;
	j->errors += j->erred;
	j->failures += j->failed && !j->erred;
	j->skipped += j->passed_over && !j->failed && !j->erred;
}

int junit_measure(struct measurements *out, struct slice xml, const char *name, struct err *err)
{
	struct junit j = { .suite_depth = SIZE_MAX };
	struct xml_events events = { .context = &j, .open = junit_open, .close = junit_close, .no_text = true };
	int status = xml_read(xml, name, &events, err);

	if (status < 0)
		return status;
	if (!j.is_junit)
		return err_set(err, ERR_INPUT,
			"%s: no JUnit XML: the outermost element is neither testsuites nor testsuite", name);
	if (j.tests == 0) {
		j.tests = j.said_tests;
		j.failures = j.said_failures;
		j.errors = j.said_errors;
		j.skipped = j.said_skipped;
		j.time = j.said_time;
	}
	measurements_add(out, "junit.tests", j.tests);
	measurements_add(out, "junit.failures", j.failures);
	measurements_add(out, "junit.errors", j.errors);
	measurements_add(out, "junit.skipped", j.skipped);
	measurements_add_share(out, "junit.passed", j.tests - j.skipped - j.failures - j.errors, j.tests - j.skipped);
	measurements_add(out, "junit.time", j.time);
	return 0;
}

/* --- Cobertura --- */

struct cobertura {
	struct measurements *out;
	bool is_cobertura;
};

static void share(struct cobertura *c, const char *const *attributes, const char *covered, const char *valid,
	const char *rate,
	const char *name)
{
	const char *text = attribute(attributes, rate);

	if (attribute(attributes, covered) && attribute(attributes, valid))
		measurements_add_share(c->out, name, number(attributes, covered), number(attributes, valid));
	else if (text)
		measurements_add_share(c->out, name, number(attributes, rate), 1);
}

static void cobertura_open(void *context, const char *name, const char *const *attributes, size_t depth,
	unsigned long line)
{
	struct cobertura *c = context;

	(void)line;
	if (depth > 0)
		return;
	c->is_cobertura = !strcmp(name, "coverage") && (attribute(attributes, "line-rate") || attribute(attributes,
		"lines-valid"));
	if (!c->is_cobertura)
		return;
	share(c, attributes, "lines-covered", "lines-valid", "line-rate", "cobertura.lines");
	share(c, attributes, "branches-covered", "branches-valid", "branch-rate", "cobertura.branches");
	if (attribute(attributes, "complexity"))
		measurements_add(c->out, "cobertura.complexity", number(attributes, "complexity"));
}

int cobertura_measure(struct measurements *out, struct slice xml, const char *name, struct err *err)
{
	struct cobertura c = { .out = out };
	struct xml_events events = { .context = &c, .open = cobertura_open, .outer_doctype = true };
	int status = xml_read(xml, name, &events, err);

	if (status < 0)
		return status;
	if (!c.is_cobertura)
		return err_set(err, ERR_INPUT,
			"%s: no Cobertura XML: the outermost element is no coverage with a line-rate", name);
	return 0;
}
