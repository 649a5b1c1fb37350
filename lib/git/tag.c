#include "git/program.h"

#include "base/process.h"

static const char *call_folder(const struct repository *repository)
{
	return repository->work_folder ? repository->work_folder : repository->git_folder;
}

static bool holds(struct repository *repository, const char *const *arguments)
{
	char **environment = repository_environment(repository);
	struct strbuf ignored;
	struct git_call call = { .folder = call_folder(repository), .environment = environment, .output = &ignored, .errors = &ignored };
	int status = 1;
	bool ran;

	strbuf_init(&ignored);
	ran = git_run(&call, arguments, &status, NULL) == 0;
	strbuf_release(&ignored);
	environment_free(environment);
	return ran && status == 0;
}

int repository_check_tag(struct repository *repository, const char *name, struct err *err)
{
	struct strbuf ref;
	int status = 0;

	strbuf_init(&ref);
	strbuf_addf(&ref, "refs/tags/%s", name);

	const char *const check[] = { "check-ref-format", ref.buf, NULL };
	const char *const show[] = { "show-ref", "--verify", "--quiet", ref.buf, NULL };

	if (!holds(repository, check)) {
		status = err_set(err, ERR_USAGE, "git takes no tag named '%s'", name);
	} else if (holds(repository, show)) {
		status = err_set(err, ERR_FAILED, "there is a tag '%s' already", name);
		err_hint(err, "what a tag names never moves: choose another name");
	}
	strbuf_release(&ref);
	return status;
}

/* "XY PATH", NUL-ended. */
static void take_uncommitted(struct slice rest, struct strbuf *out)
{
	while (rest.len > 0 && out->len == 0) {
		struct slice item = slice_new(rest.at, slice_find(rest, '\0'));

		rest = slice_from(rest, item.len + 1);
		if (slice_ends(item, ".ini"))
			strbuf_add_slice(out, slice_from(item, 3));
	}
}

int repository_uncommitted(struct repository *repository, const char *folder, struct strbuf *out, struct err *err)
{
	char **environment = repository_environment(repository);
	struct strbuf output;
	struct git_call call = { .folder = call_folder(repository), .environment = environment, .output = &output };
	int status;

	strbuf_init(&output);
	status = git_must(&call, (const char *const[]){ "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--",
		*folder ? folder : ".", NULL }, err);
	if (status == 0)
		take_uncommitted(strbuf_slice(&output), out);
	strbuf_release(&output);
	environment_free(environment);
	return status;
}

int repository_file_commits(struct repository *repository, const char *path, unsigned limit, struct strvec *out, struct err *err)
{
	char **environment = repository_environment(repository);
	struct strbuf output, errors, count;
	struct git_call call = { .folder = call_folder(repository), .environment = environment, .output = &output, .errors = &errors };
	struct slice rest, line;
	int status = 0, result;

	strbuf_init(&output);
	strbuf_init(&errors);
	strbuf_init(&count);
	strbuf_addf(&count, "--max-count=%u", limit);
	result = git_run(&call, (const char *const[]){ "log", "--follow", "--format=%H", count.buf, "--", path, NULL }, &status, err);
	rest = strbuf_slice(&output);
	while (result == 0 && status == 0 && slice_next(&rest, "\n", &line))
		if (line.len)
			strvec_push_slice(out, line);
	strbuf_release(&count);
	strbuf_release(&errors);
	strbuf_release(&output);
	environment_free(environment);
	return result;
}

int repository_tag(struct repository *repository, const char *name, const char *message, bool sign, struct err *err)
{
	char **environment = repository_environment(repository);
	struct strbuf output;
	struct git_call call = { .folder = call_folder(repository), .environment = environment, .output = &output };
	int status;

	strbuf_init(&output);
	status = git_must(&call, (const char *const[]){ "tag", sign ? "--sign" : "--annotate", "-m", message, "--", name, NULL }, err);
	strbuf_release(&output);
	environment_free(environment);
	return status;
}
