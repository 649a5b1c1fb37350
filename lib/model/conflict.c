/*
 * Files with conflicts in them. A merge of pmt's leaves each as a block of comments ("; <<<<<<< ours" …) around what
 * is in force: one finding a block until it is gone.
 *
 * Files that git left with conflict markers. Reading both sides would give a storm of findings
 * about repeated keys and records, so the markers and all sides but ours are read as comments: one
 * finding a conflict, and the rest of the file is still checked.
 */
#include "model/project-internal.h"

#include <string.h>

enum side { SIDE_NONE, SIDE_OURS, SIDE_OTHER };

static bool marks(struct slice line, char c)
{
	enum { MARKER = 7 };

	for (size_t i = 0; i < MARKER; i++)
		if (i >= line.len || line.at[i] != c)
			return false;
	return line.len == MARKER || line.at[MARKER] == ' ' || line.at[MARKER] == '\r';
}

bool conflict_in(struct slice bytes)
{
	struct slice rest = bytes;

	for (size_t at; (at = slice_find(rest, '<')) < rest.len; rest = slice_from(rest, at + 1)) {
		struct slice line = slice_from(rest, at);

		if (line.at > bytes.at && line.at[-1] != '\n')
			continue;
		line.len = slice_find(line, '\n');
		if (marks(line, '<'))
			return true;
	}
	return false;
}

/* What the line makes of the side we are on; *comment tells whether it is left out. */
static enum side read_line(struct slice line, enum side side, bool *comment)
{
	*comment = true;
	if (side == SIDE_NONE && marks(line, '<'))
		return SIDE_OURS;
	if (side == SIDE_OURS && (marks(line, '|') || marks(line, '=')))
		return SIDE_OTHER;
	if (side == SIDE_OTHER && marks(line, '>'))
		return SIDE_NONE;
	*comment = side == SIDE_OTHER;
	return side;
}

struct slice conflict_ours(
	struct slice bytes, const char *path, struct arena *arena, struct diagnostics *found)
{
	char *text = arena_strndup(arena, bytes.at, bytes.len);
	enum side side = SIDE_NONE;
	uint32_t number = 0;

	for (size_t at = 0; at < bytes.len;) {
		size_t len = slice_find(slice_from(bytes, at), '\n');
		bool comment, outside = side == SIDE_NONE;
		side = read_line(slice_new(bytes.at + at, len), side, &comment);
		number++;
		if (comment && outside)
			diagnose(found, (struct place){ path, number, 1 }, "file-conflict",
				N_("git left a conflict here"), NULL);
		if (comment && len > 0 && bytes.at[at] != '\r')
			text[at] = ';';
		at += len + 1;
	}
	return slice_new(text, bytes.len);
}

void conflict_blocks(struct slice bytes, const char *path, struct diagnostics *found)
{
	static const char block[] = "; <<<<<<< ";
	const char *start = bytes.at;
	struct slice rest = bytes;
	uint32_t line = 1;

	for (size_t at; (at = slice_find(rest, '<')) < rest.len; rest = slice_from(rest, at + 1)) {
		const char *here = rest.at + at;

		if (here - bytes.at < 2 || !slice_starts(slice_new(here - 2, rest.len - at + 2), block))
			continue;
		here -= 2;
		if (here > bytes.at && here[-1] != '\n' && !(here - bytes.at == 3 && slice_starts(bytes, "\xef\xbb\xbf")))
			continue;
		for (; start < here; start++)
			line += *start == '\n';
		diagnose(found, (struct place){ path, line, 1 }, "merge-conflict",
			N_("a merge could not decide here: both sides stand below"), NULL);
	}
}
