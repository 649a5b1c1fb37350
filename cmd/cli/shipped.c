#include "cmd/cli/shipped.h"

#include "cmd/cli/installed.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool try_folder(struct strbuf *path, struct slice base, const char *below)
{
	strbuf_reset(path);
	strbuf_add_slice(path, base);
	strbuf_add_str(path, below);
	return file_is_folder(path->buf);
}

/* Beside the program, where it was installed, or where this build would be installed. */
static bool find_folder(struct strbuf *path)
{
	const char *named = getenv("PMT_METHODS");
	char program[PATH_MAX];
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	struct slice base = { NULL, 0 }, locale = slice_of(pmt_locale_folder);

	if (named && *named)
		return try_folder(path, slice_of(named), "");
	if (len > 0) {
		program[len] = '\0';
		base = slice_new(program, (size_t)(strrchr(program, '/') - program));
	}
	return (base.at && (try_folder(path, base, "/methods") || try_folder(path, base, "/../share/pmt/methods"))) ||
		try_folder(path, locale, "/../pmt/methods");
}

int shipped_load(struct shipped *shipped, struct err *err)
{
	struct strbuf path;
	int status;

	*shipped = (struct shipped){ 0 };
	diagnostics_init(&shipped->found);
	strbuf_init(&path);
	if (!find_folder(&path)) {
		status = err_set(err, ERR_SYSTEM, _("the methods that pmt ships are not found in '%s'"), path.buf);
		err_hint(err, "%s", _("PMT_METHODS names the folder"));
	} else {
		shipped->source = source_worktree_new(path.buf);
		status = project_load(&shipped->project, shipped->source, 1, &shipped->found, err);
		shipped->loaded = true;
	}
	strbuf_release(&path);
	return status;
}

void shipped_release(struct shipped *shipped)
{
	if (shipped->loaded)
		project_release(&shipped->project);
	source_free(shipped->source);
	diagnostics_release(&shipped->found);
}
