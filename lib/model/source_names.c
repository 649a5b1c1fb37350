#include "model/source_names.h"

#include "base/alloc.h"
#include "base/utf8.h"
#include "model/header.h"

#include <string.h>

/* What is looked for by name in every folder: there is no second way to write these. */
static const char *const looked_for[] = { "pmt.ini", ".gitattributes" };

void source_names_init(struct source_names *names)
{
	*names = (struct source_names){ .path = "" };
	map_init(&names->folded);
	arena_init(&names->folder);
	arena_init(&names->arena);
	vec_init(&names->found, sizeof(struct source_name));
}

void source_names_release(struct source_names *names)
{
	map_release(&names->folded);
	arena_release(&names->folder);
	arena_release(&names->arena);
	vec_release(&names->found);
}

void source_names_folder(struct source_names *names, const char *path)
{
	map_clear(&names->folded);
	arena_reset(&names->folder);
	names->path = arena_strdup(&names->folder, path);
	names->back = slice_new(NULL, 0);
	for (size_t i = 0; i < ARRAY_SIZE(looked_for); i++)
		map_put(&names->folded, slice_of(looked_for[i]), (uintptr_t)looked_for[i]);
}

void source_names_above(struct source_names *names, const char *path, const char *back)
{
	source_names_folder(names, path);
	names->back = id_fold(slice_of(arena_strdup(&names->folder, back)), &names->folder);
}

static bool is_looked_for(const char *name)
{
	for (size_t i = 0; i < ARRAY_SIZE(looked_for); i++)
		if (name == looked_for[i])
			return true;
	return false;
}

static void note(struct source_names *names, struct slice folded, const char *name)
{
	struct source_name *found = vec_push(&names->found);

	found->folded = arena_printf(&names->arena, "%s%.*s", names->path, (int)folded.len, folded.at);
	found->path = arena_printf(&names->arena, "%s%s", names->path, name);
	found->looked_for = is_looked_for(name);
}

bool source_names_add(struct source_names *names, const char *name)
{
	const char *own = arena_strdup(&names->folder, name);
	struct slice folded = id_fold(slice_of(own), &names->folder);
	uintptr_t there;

	if (names->back.at && !slice_equal(folded, names->back) && !slice_is(folded, ".gitattributes"))
		return true;
	if (map_add(&names->folded, folded, (uintptr_t)own, &there))
		return true;
	if (strcmp((const char *)there, own) == 0 && is_looked_for((const char *)there)) {
		map_put(&names->folded, folded, (uintptr_t)own);
		return true;
	}
	if (strcmp((const char *)there, own) == 0)
		return false;
	note(names, folded, (const char *)there);
	note(names, folded, own);
	return true;
}

/* A file that pmt or git would read, written in whatever case. */
static bool is_read(const char *path)
{
	struct strbuf folded;
	bool read;

	strbuf_init(&folded);
	utf8_fold(&folded, slice_of(path));
	read = slice_ends(strbuf_slice(&folded), ".ini") || slice_ends(strbuf_slice(&folded), ".gitattributes");
	strbuf_release(&folded);
	return read;
}

/* Does something listed stand below it? */
static bool holds(const char *folder, const struct strvec *paths)
{
	size_t len = strlen(folder);

	for (size_t i = 0; i < paths->len; i++)
		if (strncmp(paths->items[i], folder, len) == 0 && paths->items[i][len] == '/')
			return true;
	return false;
}

static bool concerns(const char *path, const struct strvec *paths)
{
	return slice_starts(slice_of(path), "../") || is_read(path) || holds(path, paths);
}

/* Those of one folded name together, the one that is looked for first. */
static int by_folded(const void *a, const void *b, void *context)
{
	const struct source_name *one = a, *other = b;
	int order = strcmp(one->folded, other->folded);

	(void)context;
	if (order == 0)
		order = (int)other->looked_for - (int)one->looked_for;
	return order ? order : strcmp(one->path, other->path);
}

void source_names_twins(struct source_names *names, const struct strvec *paths, struct vec *out)
{
	const struct source_name *found, *first = NULL;

	vec_sort(&names->found, by_folded, NULL);
	found = names->found.items;
	for (size_t i = 0; i < names->found.len; i++) {
		if (!first || strcmp(first->folded, found[i].folded) != 0)
			first = &found[i];
		else if (strcmp(found[i].path, found[i - 1].path) != 0 &&
			 (concerns(found[i].path, paths) || concerns(first->path, paths)))
			vec_append(out, &(struct source_twin){ found[i].path, first->path });
	}
}
