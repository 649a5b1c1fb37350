#include "history/trailer.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* The last paragraph, empty when it is the only one. */
static struct slice last_paragraph(struct slice message)
{
	struct slice text = slice_trim(message);

	for (size_t at = text.len; at-- > 1;)
		if (text.at[at] == '\n' && text.at[at - 1] == '\n')
			return slice_from(text, at + 1);
	return slice_new(NULL, 0);
}

/* "Task: T-12" when the key is that one: its value. */
static bool take_value(struct slice line, const char *key, struct slice *value)
{
	size_t len = strlen(key);

	if (line.len <= len || strncasecmp(line.at, key, len) != 0)
		return false;
	*value = slice_trim(slice_from(line, len));
	if (!value->len || value->at[0] != ':')
		return false;
	*value = slice_trim(slice_from(*value, 1));
	return true;
}

/* The tasks of one line, and the time that was said for them. */
struct group {
	size_t first, count; /* in out */
	int64_t minutes;
	struct slice wrong;
};

static void add_time(struct group *group, struct slice text, const struct units *units)
{
	struct estimate time;

	if (duration_parse(text, units, &time, NULL) == 0 && !time.three_point && time.likely >= 0)
		group->minutes += time.likely;
	else
		group->wrong = text;
}

/* Shares the time evenly; what is left over goes to the first ones, minute by minute. */
static void share(const struct group *group, struct vec *out)
{
	for (size_t i = 0; i < group->count; i++) {
		struct history_work *work = vec_at(out, group->first + i);
		int64_t count = (int64_t)group->count;

		work->minutes = group->minutes / count + ((int64_t)i < group->minutes % count);
		work->wrong = group->wrong;
	}
}

static void begin_group(struct group *group, struct slice tasks, struct vec *out)
{
	struct slice word;
	/* A time above the first task is the first task's. */
	struct group early = group->count ? (struct group){ 0 } : *group;

	*group = (struct group){ .first = out->len, .minutes = early.minutes, .wrong = early.wrong };
	while (slice_next(&tasks, ", \t", &word))
		if (word.len) {
			((struct history_work *)vec_push(out))->task = word;
			group->count++;
		}
}

void trailers_read(struct slice message, const struct units *units, struct vec *out)
{
	struct slice rest = last_paragraph(message), value;
	struct group group = { 0 };

	while (rest.len) {
		size_t end = slice_find(rest, '\n');

		/* A line that begins with a blank goes on with the one above. */
		while (end + 1 < rest.len && (rest.at[end + 1] == ' ' || rest.at[end + 1] == '\t'))
			end += 1 + slice_find(slice_from(rest, end + 1), '\n');
		struct slice line = slice_new(rest.at, end < rest.len ? end : rest.len);

		rest = slice_from(rest, end + 1);
		if (take_value(line, "Task", &value)) {
			share(&group, out);
			begin_group(&group, value, out);
		} else if (take_value(line, "Time", &value)) {
			add_time(&group, value, units);
		}
	}
	share(&group, out);
}
