/* What a merge did and what it could not decide, for people and for programs. */
#include "cmd/cli/merging.h"

#include "base/utf8.h"
#include "cmd/cli/context.h"

#include <string.h>

/* The first line of a value is enough to know it by; the block in the file has the rest. */
static void add_value(const char *label, struct slice value, struct strbuf *out)
{
	size_t end = slice_find(value, '\n');

	utf8_pad(out, slice_of("    "), 4, false, "");
	utf8_pad(out, slice_of(label), 10, false, "");
	if (value.at)
		utf8_add_safe(out, slice_new(value.at, end));
	else
		strbuf_add_str(out, _("(not there)"));
	strbuf_add_str(out, end < value.len ? " …\n" : "\n");
}

/* "plan.ini:14: task T-12: 'effort' was set to two values", and which. */
static void add_conflict(const struct merge_conflict *conflict, struct strbuf *out)
{
	bool values = conflict->what == MERGE_FIELD || conflict->what == MERGE_RENAMED;

	strbuf_add_str(out, conflict->path);
	if (conflict->line)
		strbuf_addf(out, ":%u", (unsigned)conflict->line);
	if (conflict->record)
		strbuf_addf(out, ": %s", conflict->record);
	if (conflict->title) {
		strbuf_add_str(out, " \"");
		utf8_add_safe(out, slice_of(conflict->title));
		strbuf_add_str(out, "\"");
	}
	strbuf_add_str(out, ": ");
	strbuf_addf(out, _(merge_conflict_text(conflict)), conflict->field ? conflict->field : "");
	strbuf_add_char(out, '\n');
	if (!values)
		return;
	add_value(_("ours"), conflict->values[MERGE_OURS], out);
	add_value(_("theirs"), conflict->values[MERGE_THEIRS], out);
	add_value(_("before"), conflict->values[MERGE_BASE], out);
}

static void add_renumbering(const struct project_merge *merge, const struct merge_renumbering *item, struct strbuf *out)
{
	struct strbuf title;

	strbuf_init(&title);
	utf8_add_safe(&title, slice_of(*item->title ? item->title : item->kind->name));
	if (item->side == MERGE_THEIRS)
		strbuf_addf(out, _("%s \"%s\": %s of %s is %s here\n"), item->kind->name, title.buf, item->old_id, merge->name.buf,
			item->new_id);
	else
		strbuf_addf(out, _("%s \"%s\": %s is %s by now; %s has another %s\n"), item->kind->name, title.buf, item->old_id,
			item->new_id, merge->name.buf, item->old_id);
	strbuf_release(&title);
}

void merging_report(const struct project_merge *merge)
{
	const struct merge_conflict *conflicts = merge->result.conflicts.items;
	const struct merge_renumbering *renumberings = merge->result.renumberings.items;
	const struct diagnostic *problems = merge->problems.items.items;
	struct strbuf text;

	strbuf_init(&text);
	for (size_t i = 0; i < merge->result.renumberings.len; i++)
		add_renumbering(merge, &renumberings[i], &text);
	for (size_t i = 0; i < merge->result.conflicts.len; i++)
		add_conflict(&conflicts[i], &text);
	for (size_t i = 0; i < merge->problems.items.len; i++)
		render_diagnostic(&problems[i], &merge->context->render, &text);
	for (size_t i = 0; i < merge->others.len; i++)
		strbuf_addf(&text, _("%s: git could not merge this file\n"), merge->others.items[i]);
	fputs(text.buf, stdout);
	fflush(stdout); /* what is said about it comes behind */
	strbuf_release(&text);
}

static struct cell value_cell(struct arena *arena, struct slice value)
{
	return value.at ? cell_text(arena, value) : cell_none();
}

static void describe_conflicts(const struct project_merge *merge, struct doc *doc)
{
	static const char *const whats[] = { [MERGE_FIELD] = N_("field"), [MERGE_REMOVED_OURS] = N_("removed_ours"),
		[MERGE_REMOVED_THEIRS] = N_("removed_theirs"), [MERGE_SECTION] = N_("section"),
		[MERGE_RENAMED] = N_("renamed"), [MERGE_FILE] = N_("file") };
	const struct merge_conflict *items = merge->result.conflicts.items;
	struct table *table = doc_table(doc, "conflicts", N_("Conflicts"));

	table->empty = N_("nothing conflicts");
	table_column(table, "path", N_("file"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "line", N_("line"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "record", N_("record"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "what", N_("conflict"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "field", N_("field"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "ours", N_("ours"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "theirs", N_("theirs"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "base", N_("before"), ALIGN_LEFT, PRIORITY_LOW);
	for (size_t i = 0; i < merge->result.conflicts.len; i++) {
		struct row *row = table_row(table);

		row->cells[0] = cell_text(&doc->arena, slice_of(items[i].path));
		row->cells[1] = items[i].line ? cell_integer(items[i].line) : cell_none();
		row->cells[2] = items[i].record ? cell_text(&doc->arena, slice_of(items[i].record)) : cell_none();
		row->cells[3] = items[i].title ? cell_text(&doc->arena, slice_of(items[i].title)) : cell_none();
		row->cells[4] = cell_word(&doc->arena, slice_of(whats[items[i].what]));
		row->cells[5] = items[i].field ? cell_text(&doc->arena, slice_of(items[i].field)) : cell_none();
		row->cells[6] = value_cell(&doc->arena, items[i].values[MERGE_OURS]);
		row->cells[7] = value_cell(&doc->arena, items[i].values[MERGE_THEIRS]);
		row->cells[8] = value_cell(&doc->arena, items[i].values[MERGE_BASE]);
	}
}

static void describe_renumberings(const struct project_merge *merge, struct doc *doc)
{
	const struct merge_renumbering *items = merge->result.renumberings.items;
	struct table *table = doc_table(doc, "renumbered", N_("Renumbered"));

	table->empty = N_("nothing was renumbered");
	table_column(table, "kind", N_("kind"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "old_id", N_("old id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "new_id", N_("new id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "side", N_("side"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	for (size_t i = 0; i < merge->result.renumberings.len; i++) {
		struct row *row = table_row(table);

		row->cells[0] = cell_word(&doc->arena, slice_of(items[i].kind->name));
		row->cells[1] = cell_text(&doc->arena, slice_of(items[i].old_id));
		row->cells[2] = cell_text(&doc->arena, slice_of(items[i].new_id));
		row->cells[3] = cell_word(&doc->arena, slice_of(items[i].side == MERGE_THEIRS ? "theirs" : "ours"));
		row->cells[4] = cell_text(&doc->arena, slice_of(items[i].title));
	}
}

static void describe_problems(const struct project_merge *merge, struct doc *doc)
{
	const struct diagnostic *items = merge->problems.items.items;
	struct table *table = doc_table(doc, "problems", N_("Errors that neither side had"));

	table->empty = N_("none");
	table_column(table, "path", N_("file"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "line", N_("line"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "finding", N_("finding"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "message", N_("message"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (size_t i = 0; i < merge->problems.items.len; i++) {
		struct row *row = table_row(table);

		row->cells[0] = cell_text(&doc->arena, slice_of(items[i].place.path));
		row->cells[1] = items[i].place.line ? cell_integer(items[i].place.line) : cell_none();
		row->cells[2] = cell_text(&doc->arena, slice_of(items[i].id));
		row->cells[3] = cell_messagef(&doc->arena, items[i].format, items[i].arguments[0], items[i].arguments[1],
			items[i].arguments[2], items[i].arguments[3], items[i].arguments[4], items[i].arguments[5], NULL);
	}
}

void merging_describe(const struct project_merge *merge, const char *outcome, struct doc *doc)
{
	struct block *summary = doc_pairs(doc, "summary");
	struct table *table;

	pairs_add(doc, summary, "outcome", N_("outcome"), cell_word(&doc->arena, slice_of(outcome)));
	pairs_add(doc, summary, "theirs", N_("theirs"), cell_text(&doc->arena, strbuf_slice(&merge->name)));
	pairs_add(doc, summary, "commit", N_("commit"), cell_text(&doc->arena, slice_of(merge->theirs.id)));
	pairs_add(doc, summary, "bases", N_("common ancestors"), cell_integer((int64_t)merge->bases.len));
	pairs_add(doc, summary, "records", N_("records from there"), cell_integer((int64_t)merge->result.from_theirs));
	describe_conflicts(merge, doc);
	describe_renumberings(merge, doc);
	describe_problems(merge, doc);
	table = doc_table(doc, "files", N_("Files that git could not merge"));
	table->empty = N_("none");
	table_column(table, "path", N_("file"), ALIGN_LEFT, PRIORITY_MUST);
	for (size_t i = 0; i < merge->others.len; i++)
		table_row(table)->cells[0] = cell_text(&doc->arena, slice_of(merge->others.items[i]));
}
