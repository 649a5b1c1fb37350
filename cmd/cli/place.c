#include "cmd/cli/place.h"

#include "base/file.h"
#include "cmd/cli/context.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

int place_here(struct strbuf *out, struct err *err)
{
	char folder[PATH_MAX];

	if (!getcwd(folder, sizeof(folder)))
		return err_errno(err, "%s", _("cannot tell the current folder"));
	strbuf_add_str(out, folder);
	return 0;
}

/* Cuts the last part off an absolute path; false at the top. */
static bool go_up(struct strbuf *path)
{
	char *slash = strrchr(path->buf, '/');

	if (!slash || path->len <= 1)
		return false;
	strbuf_truncate(path, slash == path->buf ? 1 : (size_t)(slash - path->buf));
	return true;
}

/* Is there a file or folder `name` in the folder? */
static bool has(struct strbuf *folder, const char *name)
{
	size_t len = folder->len;
	bool found;

	strbuf_addf(folder, "%s%s", len > 1 ? "/" : "", name);
	found = access(folder->buf, F_OK) == 0;
	strbuf_truncate(folder, len);
	return found;
}

/* A repository's own folder, which has no work tree around it. */
static bool is_bare(const char *folder)
{
	struct strbuf path;
	bool bare;

	strbuf_init(&path);
	strbuf_add_str(&path, folder);
	bare = has(&path, "HEAD") && has(&path, "objects") && has(&path, "refs");
	strbuf_release(&path);
	return bare;
}

int place_project(const char *from, struct strbuf *out, struct err *err)
{
	struct strbuf at;
	bool more = true;
	int status = 0;

	strbuf_init(&at);
	strbuf_add_str(&at, from);
	while (more) {
		if (has(&at, "pmt.ini"))
			break;
		if (has(&at, "pm/pmt.ini")) {
			strbuf_addf(&at, "%spm", at.len > 1 ? "/" : "");
			break;
		}
		more = go_up(&at);
	}
	if (more) {
		strbuf_add_slice(out, strbuf_slice(&at));
	} else {
		status = err_set(err, ERR_NOWHERE,
			_("not a project: no pmt.ini in %s or above it, nor in a pm/ folder there"), from);
		err_hint(err, "%s", is_bare(from) ?
			_("this is a bare repository, without files: 'pmt --at HEAD ...' asks what is committed") :
			_("make one with 'pmt init', or name its folder with -C"));
	}
	strbuf_release(&at);
	return status;
}

/* "gitdir: PATH" of a .git file, as linked work trees and submodules have. */
static bool git_file(const char *folder, const char *path, struct strbuf *out)
{
	struct strbuf text;
	struct slice target;
	bool found = false;

	strbuf_init(&text);
	if (file_read(&text, path, NULL) == 0 && slice_starts(strbuf_slice(&text), "gitdir:")) {
		target = slice_trim(slice_from(strbuf_slice(&text), strlen("gitdir:")));
		if (target.len && target.at[0] != '/')
			strbuf_addf(out, "%s/", folder);
		strbuf_add_slice(out, target);
		found = true;
	}
	strbuf_release(&text);
	return found;
}

bool place_git_folder(const char *from, struct strbuf *out, struct strbuf *worktree)
{
	struct strbuf at, git;
	bool found = false;

	strbuf_init(&at);
	strbuf_init(&git);
	strbuf_add_str(&at, from);
	do {
		if (!has(&at, ".git"))
			continue;
		strbuf_reset(&git);
		strbuf_addf(&git, "%s%s.git", at.buf, at.len > 1 ? "/" : "");
		if (file_is_folder(git.buf)) {
			strbuf_add_slice(out, strbuf_slice(&git));
			found = true;
		} else {
			found = git_file(at.buf, git.buf, out);
		}
		if (found && worktree)
			strbuf_add_slice(worktree, strbuf_slice(&at));
	} while (!found && go_up(&at));
	strbuf_release(&at);
	strbuf_release(&git);
	return found;
}
