/*
 * Microsoft Project XML, PSPLIB and holiday-cn: any bytes are imported or refused with a reason,
 * and what is imported is text that the reader takes without a fault.
 */
#include "tests/fuzz/fuzz.h"

#include "exchange/exchange.h"

#include <stdio.h>
#include <stdlib.h>

static void ignore_section(void *context, struct slice header, uint32_t line, uint32_t column)
{
	(void)context, (void)header, (void)line, (void)column;
}

static void ignore_key(void *context, struct slice key, struct slice value, uint32_t line,
	uint32_t column, uint32_t last_line)
{
	(void)context, (void)key, (void)value, (void)line, (void)column, (void)last_line;
}

static void check_files(const struct import *import)
{
	const struct ini_events events = { NULL, ignore_section, ignore_key };
	const struct import_file *files = import->files.items;
	struct diagnostics found;
	struct arena arena;
	struct err err;

	err_init(&err);
	arena_init(&arena);
	diagnostics_init(&found);
	for (size_t i = 0; i < import->files.len; i++)
		if (ini_read(strbuf_slice(&files[i].text), files[i].path, &events, &arena, &found,
			    &err) ||
			found.items.len) {
			fprintf(stderr, "%s does not read back:\n%s\n", files[i].path,
				files[i].text.buf);
			abort();
		}
	diagnostics_release(&found);
	arena_release(&arena);
	err_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = slice_new((const char *)data, size);
	struct import_options options = { .project = true };

	for (int format = 0; format < 3; format++) {
		struct diagnostics found;
		struct import import;
		struct err err;
		int result;

		err_init(&err);
		import_init(&import);
		diagnostics_init(&found);
		if (format == 0)
			result = mspdi_import(input, "f.xml", &options, &import, &found, &err);
		else if (format == 1)
			result = psplib_import(input, "f.sm", &options, &import, &found, &err);
		else
			result = holiday_cn_import(
				input, "f.json", slice_of("cn"), &options, &import, &err);
		if (result && !err.message)
			abort();
		if (!result)
			check_files(&import);
		diagnostics_release(&found);
		import_release(&import);
		err_release(&err);
	}
	return 0;
}
