#include "change/attributes.h"

#include "base/glob.h"
#include "base/strbuf.h"

struct line {
	const char *file;    /* as the project names it: "../.gitattributes" */
	struct slice folder; /* whose it is, in the repository: "", "pm/", "pm/plan/" */
	uint32_t number;
	struct slice pattern, attribute; /* the first that alters */
};

static bool alters(struct slice word)
{
	static const char *const names[] = { "filter", "ident", "working-tree-encoding" };
	struct slice name = slice_new(word.at, slice_find(word, '='));

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_is(name, names[i]))
			return true;
	return false; /* "-filter" and "!filter" take one away */
}

/* Where git ignores the case of names (core.ignoreCase), it does so in patterns, too. */
static void lower(char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] >= 'A' && text[i] <= 'Z')
			text[i] = (char)(text[i] - 'A' + 'a');
}

/* A pattern without a slash means a name in any folder below; with one, a path from here. */
static bool fits(const struct line *line, struct slice path)
{
	struct slice pattern = line->pattern, own = slice_from(path, line->folder.len);
	bool anchored;

	if (path.len < line->folder.len || memcmp(path.at, line->folder.at, line->folder.len) != 0)
		return false;
	if (slice_starts(pattern, "\"") || slice_find(pattern, '[') < pattern.len ||
		slice_find(pattern, '\\') < pattern.len)
		return true; /* macros, and what other programs may read in another way */
	anchored = slice_find(pattern, '/') < pattern.len;
	if (slice_starts(pattern, "/"))
		pattern = slice_from(pattern, 1);
	if (anchored)
		return glob_match(pattern, own);
	while (slice_find(own, '/') < own.len)
		own = slice_from(own, slice_find(own, '/') + 1);
	return glob_match(pattern, own);
}

static bool line_alters(
	const struct project *project, const char *folder, const struct line *line, struct strbuf *path)
{
	const struct project_file *files = project->files.items;

	for (size_t i = 0; i < project->files.len; i++) {
		if (files[i].overlay)
			continue;
		strbuf_reset(path);
		strbuf_addf(path, "%s%s%s", folder, *folder ? "/" : "", files[i].path);
		lower(path->buf, path->len);
		if (fits(line, strbuf_slice(path)))
			return true;
	}
	return false;
}

/* The folder of "../.gitattributes" or "plan/.gitattributes" as the repository sees it. */
static struct slice folder_of(const char *folder, const char *file, struct arena *arena)
{
	struct slice above = slice_of(folder), own = slice_of(file);

	while (slice_starts(own, "../")) {
		own = slice_from(own, 3);
		while (above.len && above.at[above.len - 1] != '/')
			above.len--;
		above.len -= above.len > 0;
	}
	own.len -= strlen(".gitattributes");
	char *joined = arena_printf(
		arena, "%.*s%s%.*s", (int)above.len, above.at, above.len ? "/" : "", (int)own.len, own.at);

	lower(joined, strlen(joined));
	return slice_of(joined);
}

static bool read_line(struct slice text, struct line *line, struct arena *arena)
{
	struct slice word;

	line->pattern = line->attribute = slice_new(NULL, 0);
	while (slice_next(&text, " \t\r", &word)) {
		if (!word.len)
			continue;
		if (!line->pattern.at) {
			if (word.at[0] == '#')
				return false;

			char *pattern = arena_strndup(arena, word.at, word.len);

			lower(pattern, word.len);
			line->pattern = slice_new(pattern, word.len);
		} else if (alters(word)) {
			line->attribute = word;
			return true;
		}
	}
	return false;
}

static bool file_alters(const struct project *project, const char *folder, const struct steering *file,
	struct arena *arena, const char **what)
{
	struct line line = { .file = file->path, .folder = folder_of(folder, file->path, arena) };
	struct slice rest = file->bytes, text;
	struct strbuf path;
	bool found = false;

	if (slice_starts(rest, "\xef\xbb\xbf")) /* git passes it over, too */
		rest = slice_from(rest, 3);
	strbuf_init(&path);
	while (!found && slice_next(&rest, "\n", &text)) {
		line.number++;
		found = read_line(text, &line, arena) && line_alters(project, folder, &line, &path);
	}
	if (found)
		*what = arena_printf(arena, "%s:%u %.*s", file->path, (unsigned)line.number,
			(int)line.attribute.len, line.attribute.at);
	strbuf_release(&path);
	return found;
}

bool attributes_alter(const struct project *project, const char *folder, struct arena *arena, const char **what)
{
	const struct steering *files = project->steering.items;

	for (size_t i = 0; i < project->steering.len; i++)
		if (slice_ends(slice_of(files[i].path), ".gitattributes") &&
			file_alters(project, folder, &files[i], arena, what))
			return true;
	return false;
}
