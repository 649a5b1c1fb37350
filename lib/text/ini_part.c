#include "text/ini_part.h"

enum { STEP = 512 }; /* bytes compared at a time */

size_t ini_section_start(struct slice text, size_t at)
{
	while (at-- > 0)
		if (text.at[at] == '[' && (at == 0 || text.at[at - 1] == '\n'))
			return at;
	return 0;
}

static size_t common_front(struct slice a, struct slice b, size_t most)
{
	size_t front = 0;

	while (front + STEP <= most && !memcmp(a.at + front, b.at + front, STEP))
		front += STEP;
	while (front < most && a.at[front] == b.at[front])
		front++;
	return front;
}

static size_t common_back(struct slice a, struct slice b, size_t most)
{
	size_t back = 0;

	while (back + STEP <= most && !memcmp(a.at + a.len - back - STEP, b.at + b.len - back - STEP, STEP))
		back += STEP;
	while (back < most && a.at[a.len - back - 1] == b.at[b.len - back - 1])
		back++;
	return back;
}

void ini_differing(struct slice a, struct slice b, size_t *front, size_t *back)
{
	size_t most = a.len < b.len ? a.len : b.len, from;

	*front = common_front(a, b, most);
	*back = common_back(a, b, most - *front);
	/* Of what is alike behind, the first line may end a section that differs. */
	for (from = a.len - *back + 1; from < a.len; from++)
		if (a.at[from] == '[' && a.at[from - 1] == '\n')
			break;
	*back = from < a.len ? a.len - from : 0;
	*front = ini_section_start(a, *front);
}
