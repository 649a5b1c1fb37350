/* `pmt NOUN log [ID...]`: who changed which field, when, from what to what. */
#include "cmd/cli/noun.h"

#include "cmd/cli/revision.h"
#include "history/log.h"

static struct table *log_table(struct doc *doc)
{
	struct table *table = doc_table(doc, "records", NULL);

	table->empty = N_("no changes");
	table_column(table, "when", N_("when"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "commit", N_("commit"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "author", N_("who"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "kind", N_("kind"), ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "change", N_("change"), ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "field", N_("field"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "before", N_("before"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "after", N_("after"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "subject", N_("subject"), ALIGN_LEFT, PRIORITY_DATA);
	return table;
}

static struct cell text_or_none(struct doc *doc, struct slice text)
{
	return text.at ? cell_text(&doc->arena, text) : cell_none();
}

static void add_change(struct context *context, struct doc *doc, struct table *table, const struct history_change *change)
{
	static const char *const words[] = { [HISTORY_ADDED] = "added", [HISTORY_REMOVED] = "removed",
		[HISTORY_CHANGED] = "changed" };
	struct row *row = table_row(table);
	struct slice commit = change->commit;
	bool data = context_wants_data(context);

	row->cells[0] = change->when == MOMENT_NONE ? cell_message(N_("not committed")) : cell_moment(change->when);
	if (data && change->when == MOMENT_NONE)
		row->cells[0] = cell_none();
	if (commit.len)
		row->cells[1] = cell_text(&doc->arena, slice_new(commit.at, !data && commit.len > 7 ? 7 : commit.len));
	row->cells[2] = commit.len ? cell_text(&doc->arena, change->author) : cell_none();
	row->cells[3] = cell_word(&doc->arena, slice_of(change->kind->name));
	row->cells[4] = cell_ref(&doc->arena, change->id, slice_new(NULL, 0));
	row->cells[5] = cell_word(&doc->arena, slice_of(words[change->action]));
	if (change->action == HISTORY_CHANGED)
		row->cells[6] = cell_text(&doc->arena, change->field);
	else if (!data)
		row->cells[6] = cell_word(&doc->arena, slice_of(words[change->action]));
	row->cells[7] = text_or_none(doc, change->before);
	row->cells[8] = text_or_none(doc, change->after);
	row->cells[9] = commit.len ? cell_text(&doc->arena, change->subject) : cell_none();
}

static int emit_log(struct context *context, const struct vec *changes, struct err *err)
{
	const struct history_change *items = changes->items;
	struct table *table;
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.log/1");
	table = log_table(&doc);
	for (size_t i = 0; i < changes->len; i++)
		add_change(context, &doc, table, &items[i]);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

/* Ids as they stand in the project; one that is gone is taken as it was typed. */
static void find_ids(struct context *context, const struct strvec *words, struct arena *arena, struct slice *ids)
{
	for (size_t i = 0; i < words->len; i++) {
		struct record *record = project_resolve(&context->project, context->kind, slice_of(words->items[i]), false, NULL);
		ids[i] = record ? record->id : slice_of(arena_strdup(arena, words->items[i]));
	}
}

/* A word that names nothing in the project must name something that was there once. */
static int check_ids(struct context *context, const struct strvec *words, const struct slice *ids,
	const struct vec *changes, struct err *err)
{
	const struct history_change *items = changes->items;

	for (size_t i = 0; i < words->len; i++) {
		struct record *record;
		size_t j = 0;

		if (project_find(&context->project, context->kind, ids[i]))
			continue;
		while (j < changes->len && !slice_equal(items[j].id, ids[i]))
			j++;
		if (j == changes->len && noun_resolve(context, context->kind, words->items[i], &record, err) < 0)
			return err->code;
	}
	return 0;
}

int noun_log(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	static const struct field since = { .name = "--since", .type = TYPE_DATETIME };
	const struct list_options *o = options;
	struct history_query query = { .kind = context->kind, .id_count = words->len, .uncommitted = !context->global.at,
		.limit = o->limit > 0 ? (size_t)o->limit : 0 };
	struct repository *repository;
	struct slice folder, *ids;
	struct vec changes;
	struct arena arena;
	bool cut = false;
	int status;

	if (o->since && context_read_moment(context, &since, o->since, &query.since, err) < 0)
		return err->code;
	repository = revision_repository(context, &folder, err);
	if (!repository)
		return err->code;
	arena_init(&arena);
	vec_init(&changes, sizeof(struct history_change));
	ids = arena_calloc(&arena, words->len + 1, sizeof(*ids));
	find_ids(context, words, &arena, ids);
	query.ids = ids;
	query.folder = arena_strndup(&arena, folder.at, folder.len);
	status = history_log(repository, &query, &arena, &changes, &cut, err);
	if (status == 0 && cut)
		context_note(context, "%s", _("history incomplete: this clone is shallow; 'git fetch --unshallow' gets the rest"));
	/* What a limit or a date has cut off may have had the rest. */
	if (status == 0 && !o->since && !(query.limit && changes.len >= query.limit))
		status = check_ids(context, words, ids, &changes, err);
	if (status == 0)
		status = emit_log(context, &changes, err);
	vec_release(&changes);
	arena_release(&arena);
	return status;
}
