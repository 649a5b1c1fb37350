#include "base/pack.h"

void pack_number(struct strbuf *out, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		strbuf_add_char(out, (char)(unsigned char)(number >> (8 * i) & 0xff));
}

void pack_text(struct strbuf *out, struct slice text)
{
	pack_number(out, text.at ? (uint32_t)text.len + 1 : 0);
	strbuf_add_slice(out, text);
}

bool unpack_number(struct slice *rest, uint32_t *number)
{
	*number = 0;
	if (rest->len < 4)
		return false;
	for (int i = 0; i < 4; i++)
		*number |= (uint32_t)(unsigned char)rest->at[i] << (8 * i);
	*rest = slice_from(*rest, 4);
	return true;
}

bool unpack_text(struct slice *rest, struct slice *text)
{
	uint32_t length;

	*text = slice_new(NULL, 0);
	if (!unpack_number(rest, &length) || (length && length - 1 > rest->len))
		return false;
	if (length) {
		*text = slice_new(rest->at, length - 1);
		*rest = slice_from(*rest, length - 1);
	}
	return true;
}
