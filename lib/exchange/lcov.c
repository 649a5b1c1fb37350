/* lcov's tracefiles (geninfo(1)): one record a source file; found and hit are summed over all of them. */
#include "exchange/measurement.h"

#include "base/i18n.h"

#include <stdlib.h>
#include <string.h>

struct lcov {
	double lines_found, lines_hit, functions_found, functions_hit, branches_found, branches_hit;
	size_t records;
	bool open;
};

/* "LF:120" → 120; false when it is no number. */
static bool count(struct slice line, size_t skip, double *sum)
{
	struct slice digits = slice_trim(slice_from(line, skip));
	double value = 0;

	if (!digits.len)
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.at[i] < '0' || digits.at[i] > '9')
			return false;
		value = value * 10 + (digits.at[i] - '0');
	}
	*sum += value;
	return true;
}

static bool take_line(struct lcov *l, struct slice line)
{
	struct {
		const char *tag;
		double *sum;
	} counted[] = { { "LF:", &l->lines_found }, { "LH:", &l->lines_hit }, { "FNF:", &l->functions_found },
		{ "FNH:", &l->functions_hit }, { "BRF:", &l->branches_found }, { "BRH:", &l->branches_hit } };

	if (slice_starts(line, "SF:")) {
		l->open = true;
		return true;
	}
	if (slice_is(line, "end_of_record")) {
		l->records += l->open;
		l->open = false;
		return true;
	}
	for (size_t i = 0; i < sizeof(counted) / sizeof(counted[0]); i++)
		if (slice_starts(line, counted[i].tag))
			return l->open && count(line, strlen(counted[i].tag), counted[i].sum);
	/* Other tags, of this version or the next, tell more than is asked; a line without a tag is no tracefile's. */
	return !line.len || slice_starts(line, "#") || slice_find(line, ':') < line.len;
}

int lcov_measure(struct measurements *out, struct slice text, const char *name, struct err *err)
{
	struct lcov l = { 0 };
	size_t number = 0;

	while (text.len) {
		size_t end = slice_find(text, '\n');
		struct slice line = slice_trim(slice_new(text.at, end));

		number++;
		if (!take_line(&l, line))
			return err_set(err, ERR_INPUT, "%s:%zu: no line of an lcov tracefile: '%.*s'", name, number,
				(int)(line.len < 60 ? line.len : 60), line.at);
		text = slice_from(text, end + 1);
	}
	if (l.open || !l.records)
		return err_set(err, ERR_INPUT, "%s:%zu: the lcov tracefile ends without end_of_record", name, number);
	measurements_add_share(out, "lcov.lines", l.lines_hit, l.lines_found);
	measurements_add_share(out, "lcov.functions", l.functions_hit, l.functions_found);
	measurements_add_share(out, "lcov.branches", l.branches_hit, l.branches_found);
	return 0;
}
