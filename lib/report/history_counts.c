/* Counts of changes, and who set what. */
#include "report/history.h"

#include <string.h>

static bool same_record(const struct history_change *a, const struct history_change *b)
{
	return a->kind == b->kind && slice_equal(a->id, b->id);
}

/* --- how many of each kind --- */

struct kind_count {
	int64_t added, removed, changed, fields;
};

static void count_change(struct kind_count *of, const struct history_change *changes, size_t i)
{
	bool first = i == 0 || !same_record(&changes[i], &changes[i - 1]);

	of->added += changes[i].action == HISTORY_ADDED;
	of->removed += changes[i].action == HISTORY_REMOVED;
	of->changed += first && (changes[i].action == HISTORY_CHANGED || changes[i].action == HISTORY_RENAMED);
	of->fields += changes[i].action == HISTORY_CHANGED;
}

void history_counts_document(struct doc *doc, const struct history_change *changes, size_t count)
{
	struct kind_count *counts = arena_calloc(&doc->arena, kinds_count, sizeof(*counts));
	struct table *table = doc_table(doc, "counts", NULL);

	table->empty = N_("no changes");
	table_column(table, "kind", N_("kind"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "added", N_("added"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "changed", N_("changed"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "removed", N_("removed"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "fields", N_("fields changed"), ALIGN_RIGHT, PRIORITY_MUST);
	for (size_t i = 0; i < count; i++)
		count_change(&counts[kind_index(changes[i].kind)], changes, i);
	for (size_t k = 0; k < kinds_count; k++) {
		const struct kind_count *of = &counts[k];
		struct cell *cells;

		if (!of->added && !of->removed && !of->changed)
			continue;
		cells = table_row(table)->cells;
		cells[0] = cell_word(&doc->arena, slice_of(kinds_all[k]->name));
		cells[1] = cell_integer(of->added);
		cells[2] = cell_integer(of->changed);
		cells[3] = cell_integer(of->removed);
		cells[4] = cell_integer(of->fields);
	}
}

/* --- who set what --- */

void history_blame_document(struct doc *doc, const struct vec *blames, bool data)
{
	struct table *table = doc_table(doc, "records", NULL);

	table_column(table, "field", N_("field"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "value", N_("value"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "author", N_("who"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "when", N_("when"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "commit", N_("commit"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "email", N_("e-mail"), ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "subject", N_("subject"), ALIGN_LEFT, PRIORITY_LOW)->grow = true;
	table_column(table, "known", N_("known"), ALIGN_LEFT, PRIORITY_DATA);
	for (size_t i = 0; i < blames->len; i++) {
		const struct history_blame *blame = vec_at(blames, i);
		const struct history_commit *commit = blame->commit;
		struct cell *cells = table_row(table)->cells;

		cells[0] = cell_text(&doc->arena, blame->field);
		cells[1] = cell_text(&doc->arena, data ? blame->value : history_value(&doc->arena, blame->value));
		cells[7] = cell_yesno(commit != NULL);
		if (!commit || commit->id.len == 0) {
			if (!data)
				cells[2] = cell_toned(
					TONE_WATCH, cell_message(commit ? N_("not committed") : N_("not known")));
			continue;
		}
		cells[2] = cell_text(&doc->arena, commit->author);
		cells[3] = cell_moment(commit->when);
		cells[4] = history_commit_cell(&doc->arena, commit->id, data);
		cells[5] = cell_text(&doc->arena, commit->email);
		cells[6] = cell_text(&doc->arena, commit->subject);
	}
}
