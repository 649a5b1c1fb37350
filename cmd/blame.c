/* `pmt blame ID`: who set each field of a record, when, in which commit. */
#include "cmd/cli/help.h"
#include "cmd/cli/history.h"
#include "cmd/cli/noun.h"

#include "history/blame.h"
#include "report/history.h"

static int find_record(struct context *context, const struct strvec *words, struct record **out, struct err *err)
{
	if (words->len != 1)
		return help_usage_error("blame", "ID", err);
	*out = history_resolve(&context->project, words->items[0]);
	return *out ? 0 : noun_resolve(context, kind_find(slice_of("task")), words->items[0], out, err);
}

static int emit(struct history_run *run, const struct record *record, const struct vec *blames, struct err *err)
{
	bool data = context_wants_data(run->context);
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.blame/1");
	if (!data)
		doc_heading(&doc, 1,
			cell_ref(
				&doc.arena, history_name(&doc.arena, record->kind, record->id), record_title(record)));
	history_blame_document(&doc, blames, data);
	status = context_emit(run->context, &doc, err);
	doc_release(&doc);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct history_options chosen = { 0 };
	struct history_run history;
	struct strvec none;
	struct record *record;
	struct history_id id;
	struct vec blames;
	int status = find_record(context, arguments, &record, err);

	(void)options;
	if (status < 0)
		return status;
	strvec_init(&none);
	vec_init(&blames, sizeof(struct history_blame));
	status = history_begin(&history, context, err);
	if (status == 0)
		status = history_choose(&history, &chosen, NULL, &none, err);
	id = (struct history_id){ record->kind, record->id };
	history.query.ids = &id;
	history.query.id_count = 1;
	if (status == 0)
		status = history_read(&history, err);
	if (status == 0) {
		history_blame(record, &history.entries, &blames);
		status = emit(&history, record, &blames, err);
	}
	vec_release(&blames);
	strvec_release(&none);
	history_end(&history);
	return status;
}

const struct command cmd_blame = {
	.name = "blame",
	.group = GROUP_CHANGE,
	.summary = N_("Who set each field of a record, when, in which commit"),
	.usage = "ID",
	.needs = NEEDS_PROJECT,
	.run = run,
};
