/* Git's configuration through `git config`: it alone knows all places, includes and conditions. */
#include "git/program.h"

#include <string.h>

enum { UNSET_ABSENT = 5 }; /* git-config(1): "you try to unset an option which does not exist" */

/* "name\nvalue\0" each; a name without a value is a yes. */
static void read_pairs(struct settings *settings, struct slice rest, const char *prefix)
{
	while (rest.len) {
		struct slice pair = slice_new(rest.at, slice_find(rest, '\0'));
		size_t end = slice_find(pair, '\n');
		struct slice name = slice_new(pair.at, end);

		rest = slice_from(rest, pair.len + 1);
		if (!slice_starts(name, prefix))
			continue;
		strvec_push_slice(&settings->names, name);
		if (end < pair.len)
			strvec_push_slice(&settings->values, slice_from(pair, end + 1));
		else
			strvec_push(&settings->values, "true");
	}
}

int settings_read(struct settings *settings, const char *folder, char *const *environment, const char *prefix,
	struct err *err)
{
	struct strbuf output;
	struct git_call call = { .folder = folder, .environment = environment, .output = &output };
	int rc;

	strvec_init(&settings->names);
	strvec_init(&settings->values);
	strbuf_init(&output);
	rc = git_must(&call, (const char *const[]){ "config", "--null", "--list", NULL }, err);
	if (!rc)
		read_pairs(settings, strbuf_slice(&output), prefix);
	strbuf_release(&output);
	return rc;
}

void settings_release(struct settings *settings)
{
	strvec_release(&settings->names);
	strvec_release(&settings->values);
}

const char *settings_get(const struct settings *settings, const char *name)
{
	for (size_t i = settings->names.len; i-- > 0;)
		if (!strcmp(settings->names.items[i], name))
			return settings->values.items[i];
	return NULL;
}

bool settings_value(const char *folder, char *const *environment, const char *name, struct strbuf *out)
{
	struct strbuf output;
	struct git_call call = { .folder = folder, .environment = environment, .output = &output };
	int status = 1;
	bool found;

	strbuf_init(&output);
	found = !git_run(&call, (const char *const[]){ "config", "--null", "--get", name, NULL }, &status, NULL) &&
		!status;
	if (found)
		strbuf_add_slice(out, slice_new(output.buf, slice_find(strbuf_slice(&output), '\0')));
	strbuf_release(&output);
	return found;
}

static int unset(const struct git_call *call, const char *scope, const char *name, struct err *err)
{
	struct strbuf errors;
	struct git_call mine = *call;
	int status, rc;

	strbuf_init(&errors);
	mine.errors = &errors;
	rc = git_run(&mine, (const char *const[]){ "config", scope, "--unset-all", name, NULL }, &status, err);
	if (!rc && status && status != UNSET_ABSENT)
		rc = err_set(err, ERR_SYSTEM, "git config: %s", errors.len ? errors.buf : err_word(err, "failed"));
	strbuf_release(&errors);
	return rc;
}

int settings_write(const char *folder, char *const *environment, const char *scope, const char *name,
	const char *value, struct err *err)
{
	struct git_call call = { .folder = folder, .environment = environment };
	struct strbuf option;
	int rc;

	strbuf_init(&option);
	strbuf_addf(&option, "--%s", scope);
	if (value)
		rc = git_must(&call, (const char *const[]){ "config", option.buf, "--replace-all", "--", name, value, NULL },
			err);
	else
		rc = unset(&call, option.buf, name, err);
	strbuf_release(&option);
	return rc;
}
