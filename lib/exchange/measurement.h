/*
 * Measures in the result files of tests and analysers, for metrics.
 *
 *	JUnit XML    junit.tests .failures .errors .skipped .passed (per cent of those that ran) .time (seconds)
 *	lcov         lcov.lines .functions .branches (per cent of those instrumented)
 *	Cobertura    cobertura.lines .branches (per cent) .complexity
 *	SARIF 2.1    sarif.results .errors .warnings .notes (failures that are neither suppressed nor gone)
 *	any JSON     json:$.totals.percent, json:$.runs[0].count, json:$['two words']: the number at a path; a number in a string counts, too
 *
 * JUnit: counted are the test cases themselves, since the totals in the attributes of suites are left out or wrong with some writers; of a
 * file without any case, the attributes of the outermost suites. SARIF: a result without a level has its rule's default, else "warning" (SARIF
 * 2.1.0, 3.27.10).
 *
 * Files are read as streams. ERR_INPUT with "name:line:column: …" for what is malformed. O(bytes).
 */
#ifndef EXCHANGE_MEASUREMENT_H
#define EXCHANGE_MEASUREMENT_H

#include "base/arena.h"
#include "base/decimal.h"
#include "base/err.h"
#include "base/slice.h"
#include "base/vec.h"

#include <stdbool.h>

enum measurement_format { MEASUREMENT_UNKNOWN, MEASUREMENT_JUNIT, MEASUREMENT_LCOV, MEASUREMENT_COBERTURA, MEASUREMENT_SARIF, MEASUREMENT_JSON };
/* Words of --type, in the order of the enum: "junit|lcov|cobertura|sarif|json". */
extern const char measurement_formats[];

struct measurement {
	const char *name;
	decimal_t value;
};

struct measurements {
	struct arena arena;
	struct vec items; /* struct measurement */
};

void measurements_init(struct measurements *out);
void measurements_release(struct measurements *out);
void measurements_add(struct measurements *out, const char *name, double value);
/* part / whole in per cent; nothing when there is no whole. */
void measurements_add_share(struct measurements *out, const char *name, double part, double whole);
/* NULL when the file does not have it. */
const struct measurement *measurement_find(const struct measurements *m, const char *name);

/* By content: the root element, the first line, the first keys. */
enum measurement_format measurement_sniff(struct slice bytes);
/* json_paths: "json:$.a.b", wanted of JSON and SARIF files; count may be 0. */
int measurement_read(struct measurements *out, struct slice bytes, const char *name, enum measurement_format format,
	const char *const *json_paths, size_t count, struct err *err);

/* Is it a path that can be read? Its first fault's offset otherwise. */
bool measurement_path_valid(const char *path, size_t *fault);

int junit_measure(struct measurements *out, struct slice xml, const char *name, struct err *err);
int cobertura_measure(struct measurements *out, struct slice xml, const char *name, struct err *err);
int lcov_measure(struct measurements *out, struct slice text, const char *name, struct err *err);
int sarif_measure(struct measurements *out, struct slice json, const char *name, const char *const *paths, size_t count,
	struct err *err);

#endif
