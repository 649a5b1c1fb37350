/* CSV: rows that were read, written and read again are the same rows. */
#include "tests/fuzz/fuzz.h"

#include "text/csv.h"

#include <stdlib.h>

static int copy_rows(struct slice input, struct strbuf *out)
{
	struct csv_reader r;
	struct arena arena;
	struct err err;
	int result;

	err_init(&err);
	arena_init(&arena);
	csv_reader_init(&r, input, "f", &arena);
	while ((result = csv_reader_next(&r, &err)) > 0) {
		for (size_t i = 0; i < r.field_count; i++)
			csv_add(out, r.fields[i], i == 0);
		csv_end_row(out);
	}
	if (result && !err.message)
		abort();
	csv_reader_release(&r);
	arena_release(&arena);
	err_release(&err);
	return result;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf once, twice;
	int result;

	strbuf_init(&once);
	strbuf_init(&twice);
	result = copy_rows(slice_new((const char *)data, size), &once);
	if (!result && (copy_rows(strbuf_slice(&once), &twice) ||
			       !slice_equal(strbuf_slice(&once), strbuf_slice(&twice))))
		abort();
	strbuf_release(&once);
	strbuf_release(&twice);
	return 0;
}
