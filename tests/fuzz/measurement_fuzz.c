/* Result files of any format: an answer or a fault with words, never half of one. */
#include "tests/fuzz/fuzz.h"

#include "exchange/measurement.h"

#include <stdlib.h>

static void read_as(struct slice input, enum measurement_format format)
{
	static const char *const paths[] = { "json:$.a[0]", "json:$['b c'].d", "json:$.runs[0].results[0].ruleId" };
	struct measurements found;
	struct err err;
	int status;

	err_init(&err);
	measurements_init(&found);
	status = measurement_read(&found, input, "f", format, paths, 3, &err);
	if (status < 0 && (!err.message || found.items.len))
		abort();
	measurements_release(&found);
	err_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = slice_new((const char *)data, size);

	read_as(input, measurement_sniff(input));
	for (int format = MEASUREMENT_UNKNOWN; format <= MEASUREMENT_JSON; format++)
		read_as(input, (enum measurement_format)format);
	return 0;
}
