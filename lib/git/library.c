#include "git/library-internal.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/process.h"
#include "git/program.h"

#include <dlfcn.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#ifdef __APPLE__
#define LIBRARY_NAME "libgit2." LIBGIT2_SOVERSION ".dylib"
#else
#define LIBRARY_NAME "libgit2.so." LIBGIT2_SOVERSION
#endif

static int load_library(struct git_library *library, struct err *err)
{
	library->handle = dlopen(LIBRARY_NAME, RTLD_NOW | RTLD_LOCAL);
	if (!library->handle) {
		err_set(err, ERR_SYSTEM, "cannot load libgit2: %s", dlerror());
		err_hint(err, "install it: apt-get install libgit2-%s", LIBGIT2_SOVERSION);
		return ERR_SYSTEM;
	}
#define GIT_LOAD(name)                                                                             \
	*(void **)&library->name = dlsym(library->handle, #name);                                  \
	if (!library->name)                                                                        \
		return err_set(err, ERR_SYSTEM, "libgit2 lacks %s: another version?", #name);
	GIT_FUNCTIONS(GIT_LOAD)
#undef GIT_LOAD
	return 0;
}

int git_version(struct strbuf *out, struct err *err)
{
	struct git_library library;
	int major, minor, revision, status = load_library(&library, err);

	if (status == 0 && library.git_libgit2_version(&major, &minor, &revision) == 0)
		strbuf_addf(out, "%d.%d.%d", major, minor, revision);
	if (library.handle)
		dlclose(library.handle);
	return status;
}

/* Extensions that change nothing for who reads objects and refs; libgit2 refuses what it does not know. */
static void accept_extensions(const struct git_library *library)
{
	static const char *const names[] = { "worktreeconfig", "partialclone", "preciousobjects",
		"relativeworktrees" };

	library->git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, ARRAY_SIZE(names));
}

/* Neighbouring commits share most of their files: who reads several in turn reads, and checks the digest of, each blob once. */
static void keep_blobs(const struct git_library *library)
{
	library->git_libgit2_opts(GIT_OPT_SET_CACHE_OBJECT_LIMIT, GIT_OBJECT_BLOB, (size_t)1 << 20);
}

static void add_alternate(const struct git_library *library, git_odb *odb, struct slice folder)
{
	char *path = xstrndup(folder.at, folder.len);

	if (folder.len)
		library->git_odb_add_disk_alternate(odb, path);
	free(path);
}

/*
 * Objects that a push has brought but that the server has not accepted yet (git-receive-pack(1)), and those that a host keeps elsewhere and
 * names in the environment (gitrepository-layout(5)).
 */
static void add_quarantine(const struct repository *repository)
{
	static const char *const names[] = { "GIT_QUARANTINE_PATH", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES" };
	const struct git_library *library = &repository->objects->library;
	git_odb *odb;

	if (library->git_repository_odb(&odb, repository->objects->repository))
		return;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
		struct slice rest = slice_of(environment_get(repository->environment, names[i])), folder;

		while (slice_next(&rest, ":", &folder))
			add_alternate(library, odb, folder);
	}
	library->git_odb_free(odb);
}

static bool says(const git_error *error, const char *words)
{
	return error && error->message && strstr(error->message, words);
}

/* With no safe.directory at all libgit2 1.5 says only that it did not find one. */
static bool is_foreign(const struct git_library *library, int code)
{
	return code == GIT_EOWNER || (code == GIT_ENOTFOUND && says(library->git_error_last(), "safe.directory"));
}

static int open_failure(struct repository *repository, int code, struct err *err)
{
	const git_error *error = repository->objects->library.git_error_last();
	const char *words = error && error->message ? error->message : err_word(err, "unknown reason");
	const char *top = repository->work_folder ? repository->work_folder : repository->git_folder;

	if (is_foreign(&repository->objects->library, code)) {
		err_set(err, ERR_INPUT, "the repository '%s' belongs to another user", top);
		err_hint(err, "if you trust it: git config --global --add safe.directory '%s'", top);
	} else if (says(error, "objectformat")) {
		err_set(err, ERR_INPUT, "the repository '%s' uses SHA-256, which libgit2 %s cannot read", top,
			LIBGIT2_SOVERSION);
		err_hint(err, "make a SHA-1 copy: git init --object-format=sha1 NEW && "
			      "git -C '%s' fast-export --all | git -C NEW fast-import", top);
	} else if (says(error, "refstorage")) {
		err_set(err, ERR_INPUT, "the repository '%s' keeps its refs in a form libgit2 %s cannot read",
			top, LIBGIT2_SOVERSION);
		err_hint(err, "git -C '%s' refs migrate --ref-format=files", top);
	} else if (says(error, "unsupported extension") || says(error, "unsupported repository version")) {
		err_set(err, ERR_INPUT, "the repository '%s' cannot be read: %s", top, words);
		err_hint(err, "git -C '%s' config --get-regexp '^extensions'", top);
	} else {
		err_set(err, ERR_INPUT, "the repository '%s' cannot be read: %s", top, words);
		err_hint(err, "git -C '%s' fsck", top);
	}
	return ERR_INPUT;
}

static int open_repository(struct repository *repository)
{
	struct git_objects *objects = repository->objects;

	return objects->library.git_repository_open_ext(&objects->repository, repository->git_folder,
		GIT_REPOSITORY_OPEN_NO_SEARCH | GIT_REPOSITORY_OPEN_NO_DOTGIT, NULL);
}

/* Whether somebody else's repository may be read is git's decision: libgit2 does not know safe.directory = *. */
static bool git_trusts(const struct repository *repository)
{
	struct git_call call = { .environment = repository->environment,
		.folder = repository->work_folder ? repository->work_folder : repository->git_folder };
	int status = 1;

	return !git_run(&call, (const char *const[]){ "rev-parse", "--git-dir", NULL }, &status, NULL) && !status;
}

int git_objects_open(struct repository *repository, struct err *err)
{
	struct git_objects *objects;
	int rc;

	if (repository->objects)
		return 0;
	objects = xcalloc(1, sizeof(*objects));
	rc = load_library(&objects->library, err);
	if (rc) {
		free(objects);
		return rc;
	}
	repository->objects = objects;
	objects->library.git_libgit2_init();
	accept_extensions(&objects->library);
	keep_blobs(&objects->library);
	rc = open_repository(repository);
	if (rc && is_foreign(&objects->library, rc) && git_trusts(repository)) {
		objects->library.git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
		rc = open_repository(repository);
		objects->library.git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 1);
	}
	if (rc) {
		rc = open_failure(repository, rc, err);
		git_objects_close(repository);
		return rc;
	}
	add_quarantine(repository);
	return 0;
}

/*
 * libgit2 itself stays initialised and loaded until the process ends: its shutdown loses the memory of the calling
 * thread's regular expressions, its initialisation is dear, and its exit handlers must find their code.
 */
void git_objects_close(struct repository *repository)
{
	struct git_objects *objects = repository->objects;

	if (!objects)
		return;
	objects->library.git_repository_free(objects->repository);
	free(objects);
	repository->objects = NULL;
}

int git_failure(struct repository *repository, int code, struct err *err, const char *format, ...)
{
	const git_error *error = repository->objects->library.git_error_last();
	struct strbuf what;
	va_list args;

	strbuf_init(&what);
	va_start(args, format);
	strbuf_vaddf(&what, err_word(err, format), args);
	va_end(args);
	err_set(err, ERR_INPUT, "%s: %s", what.buf,
		error && error->message ? error->message : err_word(err, "git cannot tell why"));
	if (code == GIT_ENOTFOUND && repository_is_shallow(repository))
		err_hint(err, "the history is cut off: git fetch --unshallow");
	else if (code == GIT_ENOTFOUND && repository_is_partial(repository))
		err_hint(err, "the clone is partial: git fetch --refetch --no-filter");
	else if (error && (error->klass == GIT_ERROR_ODB || error->klass == GIT_ERROR_ZLIB))
		err_hint(err, "git fsck");
	strbuf_release(&what);
	return ERR_INPUT;
}
