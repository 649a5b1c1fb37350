/*
 * INI: any bytes. The input up to the first 0x00 is a file; behind it, one byte chooses a section,
 * then a key up to 0x00, then a value; both are used when they may be written.
 */
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/ini_properties.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = slice_new((const char *)data, size), rest, key, value;
	size_t end = slice_find(input, '\0'), choice = 0;
	struct strbuf output;
	const char *why;

	check_document(input);
	input.len = end;
	if (end < size)
		check_document(input);
	rest = end < size ? slice_new((const char *)data + end + 1, size - end - 1) : slice_of("");
	if (rest.len)
		choice = (unsigned char)rest.at[0];
	rest = slice_from(rest, 1);
	key = slice_new(rest.at, slice_find(rest, '\0'));
	value = slice_from(rest, key.len + 1);
	if (!ini_name_ok(key, false, &why))
		key = slice_of("k");
	strbuf_init(&output);
	if (ini_value_ok(value, &why))
		check_edit(input, choice, key, &value, &output);
	check_edit(input, choice, key, NULL, &output);
	strbuf_release(&output);
	return 0;
}
