/* `pmt merge-driver %O %A %B %L %P`: what git calls to merge one *.ini file (.gitattributes: merge=pmt). */
#include "cmd/cli/context.h"
#include "merge/merge.h"

#include <string.h>

static int read_side(const char *path, const char *name, struct source **out, struct err *err)
{
	struct strbuf bytes;
	int status;

	strbuf_init(&bytes);
	status = file_read(&bytes, path, err);
	if (status == 0) {
		*out = source_memory_new();
		source_memory_add(*out, name, strbuf_slice(&bytes));
	}
	strbuf_release(&bytes);
	return status;
}

static int write_result(const struct merge_result *result, const char *path, struct err *err)
{
	const struct merge_file *files = result->files.items;
	struct fileset set;
	struct strbuf intent;
	int status;

	strbuf_init(&intent);
	strbuf_addf(&intent, "%s.intent", path);
	fileset_init(&set, intent.buf);
	fileset_write(&set, path, result->files.len && files[0].bytes.at ? files[0].bytes : slice_of(""), NULL);
	status = fileset_commit(&set, err);
	fileset_release(&set);
	strbuf_release(&intent);
	return status;
}

static void say_conflicts(struct context *context, const struct merge_result *result)
{
	const struct merge_conflict *items = result->conflicts.items;
	struct strbuf text;

	for (size_t i = 0; i < result->conflicts.len; i++) {
		strbuf_init(&text);
		strbuf_addf(&text, "%s:%u: %s: ", items[i].path, (unsigned)items[i].line, items[i].record ? items[i].record : "");
		strbuf_addf(&text, _(merge_conflict_text(&items[i])), items[i].field ? items[i].field : "");
		context_note(context, "%s", text.buf);
		strbuf_release(&text);
	}
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct merge_request request = { .numbers = MERGE_RENUMBER_NONE };
	struct merge_result result;
	const char *name;
	int status = 0;

	(void)options;
	if (arguments->len < 3 || arguments->len > 5)
		return err_set(err, ERR_USAGE, _("'pmt merge-driver' takes the files of base, ours and theirs, and perhaps a marker "
						  "size and the path"));
	name = arguments->items[arguments->len == 5 ? 4 : 1];
	for (int side = 0; side < MERGE_SIDES && status == 0; side++)
		status = read_side(arguments->items[side], name, &request.sides[side], err);
	if (status == 0) {
		status = merge_projects(&request, &result, err);
		if (status == 0)
			status = write_result(&result, arguments->items[1], err);
		say_conflicts(context, &result);
		context->exit_code = result.conflicts.len ? 1 : 0;
		merge_result_release(&result);
	}
	for (int side = 0; side < MERGE_SIDES; side++)
		source_free(request.sides[side]);
	return status;
}

const struct command cmd_merge_driver = {
	.name = "merge-driver",
	.group = GROUP_CHANGE,
	.summary = N_("Merge one file for git"),
	.usage = "BASE OURS THEIRS [SIZE [PATH]]",
	.needs = NEEDS_NOTHING,
	.run = run,
};
