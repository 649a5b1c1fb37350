/* Another source with some of its files replaced: what editing would make of it. */
#include "model/source.h"

#include "base/alloc.h"

#include <string.h>

struct patch {
	struct source base;
	struct source *under; /* borrowed */
	struct source *files; /* a memory source: those that are replaced */
	struct strvec paths;  /* of them */
};

static int patch_list(struct source *source, struct strvec *paths, struct err *err)
{
	struct patch *patch = (struct patch *)source;
	int rc = patch->under->list(patch->under, paths, err);

	for (size_t i = 0; rc == 0 && i < patch->paths.len; i++)
		if (!strvec_has(paths, patch->paths.items[i]))
			strvec_push(paths, patch->paths.items[i]);
	strvec_sort(paths);
	return rc;
}

static int patch_steering(struct source *source, struct strvec *paths, struct err *err)
{
	struct patch *patch = (struct patch *)source;

	return patch->under->steering ? patch->under->steering(patch->under, paths, err) : 0;
}

static void patch_twins(struct source *source, struct vec *out)
{
	struct patch *patch = (struct patch *)source;

	if (patch->under->twins)
		patch->under->twins(patch->under, out);
}

static int patch_read(struct source *source, const char *path, struct slice *out, struct err *err)
{
	struct patch *patch = (struct patch *)source;

	if (strvec_has(&patch->paths, path))
		return patch->files->read(patch->files, path, out, err);
	return patch->under->read(patch->under, path, out, err);
}

static const char *patch_identity(struct source *source, const char *path)
{
	struct patch *patch = (struct patch *)source;

	return strvec_has(&patch->paths, path) ? NULL : patch->under->identity(patch->under, path);
}

static void patch_release(struct source *source)
{
	struct patch *patch = (struct patch *)source;

	source_free(patch->files);
	strvec_release(&patch->paths);
}

struct source *source_patch_new(struct source *under)
{
	struct patch *patch = xcalloc(1, sizeof(*patch));

	patch->under = under;
	patch->files = source_memory_new();
	strvec_init(&patch->paths);
	patch->base = (struct source){ .list = patch_list,
		.steering = patch_steering,
		.twins = patch_twins,
		.read = patch_read,
		.identity = patch_identity,
		.release = patch_release,
		.name = under->name,
		.root = under->root };
	return &patch->base;
}

void source_patch_set(struct source *source, const char *path, struct slice bytes)
{
	struct patch *patch = (struct patch *)source;

	if (!strvec_has(&patch->paths, path))
		strvec_push(&patch->paths, path);
	source_memory_add(patch->files, path, bytes);
}
