#include "base/alloc.h"
#include "base/map.h"
#include "model/source.h"

#include <stdlib.h>

struct memory_file {
	const char *path;
	struct slice bytes;
};

struct memory {
	struct source base;
	struct arena arena;
	struct vec files; /* struct memory_file */
	struct map by_path; /* → index */
};

static struct memory_file *memory_find(struct memory *memory, const char *path)
{
	uintptr_t at;

	return map_get(&memory->by_path, slice_of(path), &at) ? vec_at(&memory->files, at) : NULL;
}

/* What tests add is taken as it is: no folders are walked, so a pmt.ini below the root leaves its neighbours alone. */
static bool steers(const char *path)
{
	return slice_ends(slice_of(path), ".gitattributes") || slice_ends(slice_of(path), "/pmt.ini");
}

static int memory_list(struct source *source, struct strvec *paths, struct err *err)
{
	struct memory *memory = (struct memory *)source;
	const struct memory_file *files = memory->files.items;

	(void)err;
	for (size_t i = 0; i < memory->files.len; i++)
		if (!steers(files[i].path))
			strvec_push(paths, files[i].path);
	strvec_sort(paths);
	return 0;
}

static int memory_steering(struct source *source, struct strvec *paths, struct err *err)
{
	struct memory *memory = (struct memory *)source;
	const struct memory_file *files = memory->files.items;

	(void)err;
	for (size_t i = 0; i < memory->files.len; i++)
		if (steers(files[i].path))
			strvec_push(paths, files[i].path);
	strvec_sort(paths);
	return 0;
}

static int memory_read(struct source *source, const char *path, struct slice *out, struct err *err)
{
	const struct memory_file *file = memory_find((struct memory *)source, path);

	if (!file)
		return err_set(err, ERR_SYSTEM, "no file '%s'", path);
	*out = file->bytes;
	return 0;
}

static const char *memory_identity(struct source *source, const char *path)
{
	(void)source;
	(void)path;
	return NULL;
}

static void memory_release(struct source *source)
{
	struct memory *memory = (struct memory *)source;

	vec_release(&memory->files);
	map_release(&memory->by_path);
	arena_release(&memory->arena);
}

struct source *source_memory_new(void)
{
	struct memory *memory = xcalloc(1, sizeof(*memory));

	arena_init(&memory->arena);
	vec_init(&memory->files, sizeof(struct memory_file));
	map_init(&memory->by_path);
	memory->base = (struct source){ .list = memory_list,
		.steering = memory_steering,
		.read = memory_read,
		.identity = memory_identity,
		.release = memory_release,
		.name = "memory" };
	return &memory->base;
}

void source_memory_add(struct source *source, const char *path, struct slice bytes)
{
	struct memory *memory = (struct memory *)source;
	struct memory_file *file = memory_find(memory, path);

	if (!file) {
		file = vec_push(&memory->files);
		file->path = arena_strdup(&memory->arena, path);
		map_put(&memory->by_path, slice_of(file->path), memory->files.len - 1);
	}
	file->bytes = arena_slice(&memory->arena, bytes);
}
