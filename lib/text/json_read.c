#include "text/json.h"

int json_read(json_t **out, struct slice input, const char *name, struct err *err)
{
	json_error_t error;

	if (slice_starts(input, "\xef\xbb\xbf"))
		input = slice_from(input, 3);
	*out = json_loadb(input.at ? input.at : "", input.len, JSON_REJECT_DUPLICATES, &error);
	if (*out)
		return 0;
	return err_set(err, ERR_INPUT, "%s:%d:%d: %s", name, error.line > 0 ? error.line : 1,
		error.column > 0 ? error.column : 1, error.text);
}
