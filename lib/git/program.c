#include "git/program.h"

#include "base/alloc.h"
#include "base/file.h"
#include "base/process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char **with_program(const char *const *arguments)
{
	size_t count = 0;
	const char **all;

	while (arguments[count])
		count++;
	all = xcalloc(count + 2, sizeof(*all));
	all[0] = "git";
	memcpy(all + 1, arguments, count * sizeof(*all));
	return all;
}

int git_run(const struct git_call *call, const char *const *arguments, int *status, struct err *err)
{
	char **environment = environment_with(call->environment,
		(const char *const[]){ "GIT_NO_REPLACE_OBJECTS=1", "GIT_LITERAL_PATHSPECS=1", NULL });
	const char **all = with_program(arguments);
	struct process process = { .arguments = all, .folder = call->folder, .environment = environment,
		.input = call->input };
	struct strbuf output, errors;
	int rc;

	strbuf_init(&output);
	strbuf_init(&errors);
	process.output = call->output ? call->output : &output;
	process.errors = call->errors ? call->errors : &errors;
	rc = process_run(&process, status, err);
	if (rc && errno == ENOENT && (!call->folder || file_is_folder(call->folder)))
		err_hint(err, "install git: apt-get install git");
	strbuf_release(&output);
	strbuf_release(&errors);
	free(all);
	environment_free(environment);
	return rc;
}

int git_must(const struct git_call *call, const char *const *arguments, struct err *err)
{
	struct git_call mine = *call;
	struct strbuf errors;
	const char *failed = err_word(err, "failed");
	struct slice words;
	int status, rc;

	strbuf_init(&errors);
	if (!mine.errors)
		mine.errors = &errors;
	rc = git_run(&mine, arguments, &status, err);
	words = slice_trim(strbuf_slice(mine.errors));
	if (!rc && status)
		rc = err_set(err, ERR_SYSTEM, "git %s: %.*s", arguments[0], words.len ? (int)words.len : (int)strlen(failed),
			words.len ? words.at : failed);
	strbuf_release(&errors);
	return rc;
}

/* Variables that would make git look at the repository we come from. */
static char **outside_repository(char *const *environment)
{
	return environment_with(environment, (const char *const[]){ "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE",
		"GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_PREFIX",
		"GIT_QUARANTINE_PATH", NULL });
}

int repository_init(const char *folder, char *const *environment, struct err *err)
{
	char **outside = outside_repository(environment);
	struct git_call call = { .environment = outside };
	int rc = git_must(&call, (const char *const[]){ "init", "--quiet", "--", folder, NULL }, err);

	environment_free(outside);
	return rc;
}

int repository_clone(const char *url, const char *folder, unsigned depth, char *const *environment, struct err *err)
{
	char **outside = outside_repository(environment);
	char limit[32];
	struct git_call call = { .environment = outside };
	int rc;

	snprintf(limit, sizeof(limit), "--depth=%u", depth);
	rc = git_must(&call, depth ? (const char *const[]){ "clone", "--quiet", limit, "--", url, folder, NULL }
				   : (const char *const[]){ "clone", "--quiet", "--", url, folder, NULL }, err);
	environment_free(outside);
	return rc;
}

int repository_own_path(struct repository *repository, const char *name, struct strbuf *out, struct err *err)
{
	char **environment = repository_environment(repository);
	struct git_call call = { .folder = repository->work_folder ? repository->work_folder : repository->git_folder,
		.environment = environment, .output = out };
	int rc = git_must(&call, (const char *const[]){ "rev-parse", "--path-format=absolute", "--git-path", name, NULL }, err);

	while (out->len && out->buf[out->len - 1] == '\n')
		strbuf_truncate(out, out->len - 1);
	environment_free(environment);
	return rc;
}
