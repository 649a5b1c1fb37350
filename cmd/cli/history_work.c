/* Commits of code on the page of a task. */
#include "cmd/cli/history.h"
#include "cmd/cli/place.h"
#include "report/history.h"

/* Tasks that messages name and the project does not know may be the old ids of those asked for. */
static bool names_unknown(const struct history_run *run)
{
	const struct history_entry *entries = run->entries.items;

	for (size_t e = 0; e < run->entries.len; e++)
		for (size_t i = 0; i < entries[e].work_count; i++)
			if (!project_find(
				    &run->context->project, kind_find(slice_of("task")), entries[e].work[i].task))
				return true;
	return false;
}

static void name_tasks(struct history_run *run, const struct vec *records)
{
	struct history_id *ids = arena_calloc(&run->arena, records->len + 1, sizeof(*ids));

	for (size_t i = 0; i < records->len; i++) {
		const struct record *record = *(struct record *const *)vec_at(records, i);

		ids[i] = (struct history_id){ record->kind, record->id };
	}
	run->query.ids = ids;
	run->query.id_count = records->len;
}

/* Messages alone are read first; only when one names an id that is gone, what commits changed as well. */
static int read_work(struct history_run *run, const struct vec *records, struct err *err)
{
	bool *cut = &run->cut;
	int status;

	run->query.units = &run->context->project.units;
	run->query.walk.uncommitted = false;
	run->query.walk.no_changes = true;
	status = history_log(&run->query, &run->arena, &run->entries, cut, err);
	if (status < 0 || run->entries.len == 0)
		return status;
	run->query.walk.no_changes = !names_unknown(run);
	vec_clear(&run->entries);
	name_tasks(run, records);
	return history_log(&run->query, &run->arena, &run->entries, cut, err);
}

void history_show_work(struct context *context, struct doc *doc, const struct vec *records)
{
	struct history_report report = { .project = &context->project, .data = context_wants_data(context) };
	struct history_run run;
	struct strbuf git;
	struct err ignored;
	bool known;

	strbuf_init(&git);
	known = context->root && place_git_folder(context->root, &git, NULL);
	strbuf_release(&git);
	if (!known || records->len == 0)
		return;
	err_init(&ignored);
	if (history_begin(&run, context, &ignored) == 0 && read_work(&run, records, &ignored) == 0)
		history_work_document(doc, &report, &run.entries);
	history_end(&run);
	err_release(&ignored);
}
