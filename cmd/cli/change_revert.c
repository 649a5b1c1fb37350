/* `pmt change revert ID`: a new change that takes back what one did that has landed. It is approved like any other.
 */
#include "cmd/cli/change.h"

#include "cmd/cli/help.h"

#include <string.h>

static int require_landed(const struct proposal *p, struct err *err)
{
	if (proposal_has_landed(p))
		return 0;
	err_set(err, ERR_FAILED, _("%s has not landed in %s: there is nothing to take back"), p->id.buf,
		p->target.name.buf);
	err_hint(err, "pmt change withdraw %s", p->id.buf);
	return ERR_FAILED;
}

static int take_files(struct drafting *d, const struct undoing *u, struct err *err)
{
	const struct merge_file *files = u->result.files.items;

	for (size_t i = 0; i < u->result.files.len; i++)
		if (files[i].changed)
			vec_append(&d->files, &(struct commit_file){ files[i].path, files[i].bytes });
	return d->files.len ? 0 : err_set(err, ERR_FAILED, "%s", _("nothing of it is left to take back"));
}

/* The title people will know it by; words on the command line may say another. */
static void set_title(struct drafting *d, const struct proposal *undone, const struct strvec *arguments)
{
	struct slice title = record_title(undone->record);

	for (size_t i = 1; i < arguments->len; i++)
		strbuf_addf(&d->title, "%s%s", i > 1 ? " " : "", arguments->items[i]);
	if (!d->title.len)
		strbuf_addf(&d->title, _("Revert: %.*s"), (int)title.len, title.at);
}

static int revert(struct drafting *d, struct proposal *undone, const struct change_add_options *o,
	const struct strvec *arguments, struct err *err)
{
	struct undoing undoing = { .computed = false };
	int status = require_landed(undone, err);

	if (status < 0)
		return status;
	status = proposal_undo(undone, &undoing, err);
	if (status == 0)
		status = take_files(d, &undoing, err);
	if (status == 0) {
		set_title(d, undone, arguments);
		d->reverts = undone->id.buf;
		status = drafting_open(d, undone->target.name.buf, err);
	}
	if (status == 0)
		status = drafting_write(d, o, err);
	undoing_release(&undoing);
	return status;
}

int change_revert(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct proposal undone;
	struct drafting d;
	int status;

	if (arguments->len == 0)
		return help_usage_error("change", "revert ID [TITLE]", err);
	proposal_init(&undone, context);
	drafting_init(&d, context);
	status = proposal_prepare(&undone, NULL, err);
	if (status == 0)
		status = proposal_find(&undone, arguments->items[0], err);
	if (status == 0)
		status = proposal_load(&undone, err);
	if (status == 0)
		status = revert(&d, &undone, options, arguments, err);
	drafting_release(&d);
	proposal_release(&undone);
	return status;
}
