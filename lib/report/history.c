#include "report/history.h"

#include "base/diff.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#include <string.h>

enum { SHORT_ID = 7 };

static const char *const action_words[] = { [HISTORY_ADDED] = "added",
	[HISTORY_REMOVED] = "removed",
	[HISTORY_CHANGED] = "changed",
	[HISTORY_RENAMED] = "renamed" };

struct slice history_name(struct arena *arena, const struct kind *kind, struct slice id)
{
	if (slice_is(slice_of(kind->name), "task"))
		return id;
	return slice_of(
		arena_printf(arena, "%s%s%.*s", kind->name, id.len ? " " : "", (int)id.len, id.len ? id.at : ""));
}

struct slice history_value(struct arena *arena, struct slice value)
{
	struct strbuf text;
	struct slice cut;

	if (!value.at || slice_trim(value).len == 0)
		return slice_of("–");
	strbuf_init(&text);
	for (size_t i = 0; i < value.len; i++)
		strbuf_add_char(&text, value.at[i] == '\n' ? ' ' : value.at[i]);
	cut = utf8_cut(strbuf_slice(&text), HISTORY_VALUE_CELLS, NULL);
	cut = slice_of(arena_printf(arena, "%.*s%s", (int)cut.len, cut.at, cut.len < text.len ? "…" : ""));
	strbuf_release(&text);
	return cut;
}

struct cell history_commit_cell(struct arena *arena, struct slice id, bool data)
{
	if (id.len == 0)
		return cell_none();
	return cell_text(arena, slice_new(id.at, !data && id.len > SHORT_ID ? SHORT_ID : id.len));
}

/* --- for programs --- */

static struct table *records_table(struct doc *doc, bool committed)
{
	struct table *table = doc_table(doc, "records", NULL);

	if (committed) {
		table_column(table, "when", N_("when"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "commit", N_("commit"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "author", N_("who"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "email", N_("e-mail"), ALIGN_LEFT, PRIORITY_MUST);
		table_column(table, "subject", N_("subject"), ALIGN_LEFT, PRIORITY_MUST);
	}
	table_column(table, "kind", N_("kind"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "change", N_("change"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "field", N_("field"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "before", N_("before"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "after", N_("after"), ALIGN_LEFT, PRIORITY_MUST);
	return table;
}

static struct cell text_or_none(struct doc *doc, struct slice text)
{
	return text.at ? cell_text(&doc->arena, text) : cell_none();
}

static void fill_change(struct doc *doc, struct cell *cells, const struct history_change *change)
{
	cells[0] = cell_word(&doc->arena, slice_of(change->kind->name));
	cells[1] = cell_ref(&doc->arena, change->id, slice_new(NULL, 0));
	cells[2] = text_or_none(doc, change->title);
	cells[3] = cell_word(&doc->arena, slice_of(action_words[change->action]));
	cells[4] = text_or_none(doc, change->field);
	cells[5] = text_or_none(doc, change->before);
	cells[6] = text_or_none(doc, change->after);
}

static void add_records(struct doc *doc, const struct history_entry *entries, size_t count)
{
	struct table *table = records_table(doc, true);

	for (size_t e = 0; e < count; e++) {
		const struct history_commit *commit = &entries[e].commit;

		for (size_t i = 0; i < commit->change_count; i++) {
			struct cell *cells = table_row(table)->cells;

			cells[0] = commit->when == MOMENT_NONE ? cell_none() : cell_moment(commit->when);
			cells[1] = history_commit_cell(&doc->arena, commit->id, true);
			if (commit->id.len) {
				cells[2] = cell_text(&doc->arena, commit->author);
				cells[3] = cell_text(&doc->arena, commit->email);
				cells[4] = cell_text(&doc->arena, commit->subject);
			}
			fill_change(doc, cells + 5, &commit->changes[i]);
		}
	}
}

static bool is_task(const struct history_report *report, struct slice id)
{
	return report->project && project_find(report->project, kind_find(slice_of("task")), id);
}

static void add_work_records(
	struct doc *doc, const struct history_report *report, const struct history_entry *entries, size_t count)
{
	struct table *table = doc_table(doc, "commits", NULL);

	table_column(table, "when", N_("when"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "commit", N_("commit"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "author", N_("who"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "email", N_("e-mail"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "subject", N_("subject"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "task", N_("task"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "known", N_("known"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "time", N_("time"), ALIGN_RIGHT, PRIORITY_MUST);
	for (size_t e = 0; e < count; e++)
		for (size_t i = 0; i < entries[e].work_count; i++) {
			const struct history_commit *commit = &entries[e].commit;
			const struct history_work *work = &entries[e].work[i];
			struct cell *cells = table_row(table)->cells;

			cells[0] = cell_moment(commit->when);
			cells[1] = history_commit_cell(&doc->arena, commit->id, true);
			cells[2] = cell_text(&doc->arena, commit->author);
			cells[3] = cell_text(&doc->arena, commit->email);
			cells[4] = cell_text(&doc->arena, commit->subject);
			cells[5] = cell_ref(&doc->arena, work->task, slice_new(NULL, 0));
			cells[6] = cell_yesno(is_task(report, work->task));
			cells[7] = work->wrong.at ? cell_none() : cell_duration(work->minutes);
		}
}

/* --- for people --- */

/* Worth telling line by line: a text of several lines, or one too long for a line. */
static bool is_long(const struct history_change *change)
{
	return change->action == HISTORY_CHANGED && change->before.at && change->after.at &&
	       (slice_find(change->before, '\n') < change->before.len ||
		       slice_find(change->after, '\n') < change->after.len);
}

static void add_line(struct doc *doc, struct block *items, const char *mark, struct slice line, enum tone tone)
{
	struct slice text = slice_of(arena_printf(&doc->arena, "%s %.*s", mark, (int)line.len, line.at));

	items_add(doc, items, cell_toned(tone, cell_text(&doc->arena, text)));
}

/* Lines that went and lines that came, in their order. */
static void add_lines(struct doc *doc, struct block *items, struct slice before, struct slice after)
{
	struct vec texts[2], numbers[2];
	struct diff_lines lines;
	struct diff_sequence a, b;
	uint32_t *match;
	size_t next = 0;

	diff_lines_init(&lines);
	for (int i = 0; i < 2; i++) {
		vec_init(&texts[i], sizeof(struct slice));
		vec_init(&numbers[i], sizeof(uint32_t));
		diff_lines_read(&lines, i ? after : before, &texts[i], &numbers[i]);
	}
	a = (struct diff_sequence){ numbers[0].items, numbers[0].len };
	b = (struct diff_sequence){ numbers[1].items, numbers[1].len };
	match = arena_calloc(&doc->arena, a.len + 1, sizeof(*match));
	diff_match(a, b, match);
	for (size_t i = 0; i <= a.len; i++) {
		size_t until = i == a.len ? b.len : match[i] == DIFF_NONE ? next : match[i];

		for (; next < until; next++)
			add_line(doc, items, "+", *(struct slice *)vec_at(&texts[1], next), TONE_STRONG);
		if (i < a.len && match[i] == DIFF_NONE)
			add_line(doc, items, "-", *(struct slice *)vec_at(&texts[0], i), TONE_MUTED);
		else if (i < a.len)
			next = match[i] + 1;
	}
	for (int i = 0; i < 2; i++) {
		vec_release(&texts[i]);
		vec_release(&numbers[i]);
	}
	diff_lines_release(&lines);
}

/* "effort: 10d → 15d" */
static struct cell change_cell(struct arena *arena, const struct history_change *change)
{
	struct slice before = history_value(arena, change->before), after = history_value(arena, change->after);

	if (change->action == HISTORY_RENAMED)
		return cell_messagef(arena, N_("renamed: %s → %s"),
			arena_strndup(arena, change->before.at, change->before.len),
			arena_strndup(arena, change->after.at, change->after.len), (const char *)NULL);
	if (change->action != HISTORY_CHANGED)
		return cell_message(change->action == HISTORY_ADDED ? N_("added") : N_("removed"));
	return cell_text(arena, slice_of(arena_printf(arena, "%.*s: %.*s → %.*s", (int)change->field.len,
					change->field.at, (int)before.len, before.at, (int)after.len, after.at)));
}

static bool same_record(const struct history_change *a, const struct history_change *b)
{
	return a->kind == b->kind && slice_equal(a->id, b->id);
}

/* A row for each change; the record is named where it is another than in the row above. */
static void add_change_rows(struct doc *doc, struct table *table, const struct history_change *changes, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct history_change *change = &changes[i];
		struct cell *cells = table_row(table)->cells;
		bool first = i == 0 || !same_record(change, change - 1);

		if (first) {
			cells[0] = cell_text(&doc->arena, history_name(&doc->arena, change->kind, change->id));
			cells[1] = text_or_none(doc, change->title);
		} else {
			cells[0] = cells[1] = cell_text(&doc->arena, slice_of(""));
		}
		cells[2] = change_cell(&doc->arena, change);
		cells[2].tone = change->action == HISTORY_ADDED     ? TONE_GOOD
				: change->action == HISTORY_REMOVED ? TONE_BAD
								    : TONE_NONE;
	}
}

static struct table *change_table(struct doc *doc)
{
	struct table *table = doc_table(doc, "records", NULL);

	table->bare = true;
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "change", N_("change"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	return table;
}

/* Changes as a table, and below it the texts that are told line by line. */
static void add_changes(
	struct doc *doc, const struct history_report *report, const struct history_change *changes, size_t count)
{
	if (count)
		add_change_rows(doc, change_table(doc), changes, count);
	for (size_t i = 0; i < count && report->lines; i++) {
		struct slice name = history_name(&doc->arena, changes[i].kind, changes[i].id);

		if (!is_long(&changes[i]))
			continue;
		doc_heading(doc, 3,
			cell_text(&doc->arena, slice_of(arena_printf(&doc->arena, "%.*s %.*s", (int)name.len, name.at,
						       (int)changes[i].field.len, changes[i].field.at))));
		add_lines(doc, doc_items(doc, NULL), changes[i].before, changes[i].after);
	}
}

static void add_commit_heading(struct doc *doc, const struct history_commit *commit)
{
	char when[CIVIL_TEXT];

	if (commit->id.len == 0) {
		doc_heading(doc, 2, cell_message(N_("not committed")));
		return;
	}
	doc_heading(doc, 2,
		cell_text(
			&doc->arena, slice_of(arena_printf(&doc->arena, "%.*s  %s  %.*s  %.*s", SHORT_ID,
					     commit->id.at, moment_print(commit->when, when), (int)commit->author.len,
					     commit->author.at, (int)commit->subject.len, commit->subject.at))));
}

static struct cell work_cell(struct doc *doc, const struct history_report *report, const struct history_work *work)
{
	struct cell values[2] = { cell_text(&doc->arena, work->task), cell_duration(work->minutes) };

	if (!is_task(report, work->task))
		return cell_toned(
			TONE_WATCH, cell_message_of(&doc->arena, N_("work on '%s', which is no task"), values, 1));
	if (work->wrong.at) {
		values[1] = cell_text(&doc->arena, work->wrong);
		return cell_toned(TONE_WATCH,
			cell_message_of(&doc->arena, N_("work on %s; its time '%s' is no effort"), values, 2));
	}
	return cell_message_of(
		&doc->arena, work->minutes ? N_("work on %s: %s") : N_("work on %s"), values, work->minutes ? 2 : 1);
}

static void add_entry(struct doc *doc, const struct history_report *report, const struct history_entry *entry)
{
	struct block *items;

	add_commit_heading(doc, &entry->commit);
	if (entry->commit.unreadable)
		doc_paragraph(doc, cell_message(N_("written in a newer format: what it changed is not known")));
	add_changes(doc, report, entry->commit.changes, entry->commit.change_count);
	if (!entry->work_count)
		return;
	items = doc_items(doc, NULL);
	for (size_t i = 0; i < entry->work_count; i++)
		items_add(doc, items, work_cell(doc, report, &entry->work[i]));
}

void history_log_document(struct doc *doc, const struct history_report *report, const struct vec *entries)
{
	const struct history_entry *items = entries->items;

	if (report->data) {
		add_records(doc, items, entries->len);
		add_work_records(doc, report, items, entries->len);
		return;
	}
	for (size_t i = 0; i < entries->len; i++)
		add_entry(doc, report, &items[i]);
	if (entries->len == 0)
		doc_paragraph(doc, cell_message(N_("no changes")));
}

void history_changes_document(
	struct doc *doc, const struct history_report *report, const struct history_change *changes, size_t count)
{
	struct table *table;

	if (!report->data) {
		add_changes(doc, report, changes, count);
		if (count == 0)
			doc_paragraph(doc, cell_message(N_("no changes")));
		return;
	}
	table = records_table(doc, false);
	for (size_t i = 0; i < count; i++)
		fill_change(doc, table_row(table)->cells, &changes[i]);
}

static struct table *work_table(struct doc *doc)
{
	struct table *table = doc_table(doc, "commits", NULL);

	table_column(table, "when", N_("when"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "commit", N_("commit"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "author", N_("who"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "task", N_("task"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "time", N_("time"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "subject", N_("subject"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	return table;
}

void history_work_document(struct doc *doc, const struct history_report *report, const struct vec *entries)
{
	const struct history_entry *items = entries->items;
	struct table *table = NULL;
	struct cell total;
	int64_t minutes = 0;

	if (report->data) {
		add_work_records(doc, report, items, entries->len);
		return;
	}
	for (size_t e = 0; e < entries->len; e++)
		for (size_t i = 0; i < items[e].work_count; i++) {
			const struct history_commit *commit = &items[e].commit;
			struct cell *cells;

			if (!table) {
				doc_heading(doc, 2, cell_message(N_("Commits")));
				table = work_table(doc);
			}
			cells = table_row(table)->cells;
			cells[0] = cell_moment(commit->when);
			cells[1] = history_commit_cell(&doc->arena, commit->id, false);
			cells[2] = cell_text(&doc->arena, commit->author);
			cells[3] = cell_text(&doc->arena, items[e].work[i].task);
			if (items[e].work[i].minutes)
				cells[4] = cell_duration(items[e].work[i].minutes);
			cells[5] = cell_text(&doc->arena, commit->subject);
			minutes += items[e].work[i].minutes;
		}
	total = cell_duration(minutes);
	if (minutes)
		doc_paragraph(doc, cell_message_of(&doc->arena, N_("Time in commits: %s (not counted in time sheets)"),
					   &total, 1));
}
