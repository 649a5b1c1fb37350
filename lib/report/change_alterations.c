/* What a change alters: records and fields, old and new; those that a signature binds, and those that ride along. */
#include "report/change-internal.h"

#include "base/i18n.h"
#include "model/difference.h"

#include <string.h>

/* Every kind but those of the change itself; journals are facts that are merged line by line. */
static const char *all_kinds(struct arena *arena)
{
	struct strbuf kinds;
	const char *text;

	strbuf_init(&kinds);
	for (size_t i = 0; i < kinds_count; i++)
		if (word_index("change|event", slice_of(kinds_all[i]->name)) < 0 &&
			!(kinds_all[i]->flags & KIND_JOURNAL))
			strbuf_addf(&kinds, "%s%s", kinds.len ? "|" : "", kinds_all[i]->name);
	text = arena_strdup(arena, kinds.buf);
	strbuf_release(&kinds);
	return text;
}

static const struct record *record_of(const struct difference *d)
{
	return d->after ? d->after : d->before;
}

static const char *const class_words[] = {
	[CLASS_FREE] = N_("free"), [CLASS_FACT] = N_("fact"), [CLASS_PLAN] = N_("plan"), [CLASS_AUTHORITY] = N_("authority")
};

/* Is it part of what is signed? */
static bool is_bound(const struct change_writer *w, const struct difference *d)
{
	const struct record *record = record_of(d);
	const struct delta *delta = &w->review->delta;
	struct slice field = d->what == DIFFERENCE_FIELD ? d->field : slice_of("*");

	for (size_t i = 0; i < delta->item_count; i++)
		if (slice_is(delta->items[i].kind, record->kind->name) &&
			slice_equal(delta->items[i].id, record->folded) && slice_equal(delta->items[i].field, field))
			return true;
	return false;
}

/* "effort 30d, parent T-2": what a new record says, but for its title. */
static struct cell told(const struct change_writer *w, const struct record *record)
{
	struct strbuf text;
	struct cell cell;

	strbuf_init(&text);
	for (uint32_t i = 0; i < record->entry_count; i++) {
		const struct entry *entry = &record->entries[i];
		size_t line = slice_find(entry->text, '\n');

		if (slice_is(entry->key, "title") || (text.len && text.len + line > 160))
			continue;
		strbuf_addf(&text, "%s%.*s %.*s%s", text.len ? ", " : "", (int)entry->key.len, entry->key.at,
			(int)line, entry->text.at, line < entry->text.len ? " …" : "");
	}
	cell = text.len ? cell_text(w->arena, strbuf_slice(&text)) : cell_none();
	strbuf_release(&text);
	return cell;
}

static struct cell value_cell(const struct change_writer *w, struct slice value)
{
	size_t line = slice_find(value, '\n');
	struct slice first = slice_new(value.at, line);

	if (!value.at)
		return cell_none();
	if (w->report->data || line == value.len)
		return cell_text(w->arena, value);
	return cell_text(w->arena, slice_of(arena_printf(w->arena, "%.*s …", (int)first.len, first.at)));
}

static struct table *alterations_table(const struct change_writer *w)
{
	struct table *table = doc_table(w->doc, "alterations", NULL);

	table->empty = N_("it changes nothing but its own record");
	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "field", N_("field"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "before", N_("before"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "after", N_("after"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "class", N_("class"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "signed", N_("under approval"), ALIGN_LEFT, PRIORITY_LOW);
	return table;
}

static enum field_class class_of(const struct change_writer *w, const struct difference *d)
{
	return delta_class(
		&w->review->policies, record_of(d)->kind, d->what == DIFFERENCE_FIELD ? d->field : slice_of("*"));
}

static void add_row(const struct change_writer *w, struct table *table, const struct difference *d)
{
	const struct record *record = record_of(d);
	struct row *row = table_row(table);
	struct slice id = record->id.len ? record->id : slice_of(record->kind->name);

	row->cells[0] = cell_word(w->arena, slice_of(record->kind->name));
	row->cells[1] = cell_ref(w->arena, id, slice_of(""));
	row->cells[2] = cell_text(w->arena, record_title(record));
	if (d->what == DIFFERENCE_FIELD) {
		row->cells[3] = cell_text(w->arena, d->field);
		row->cells[4] = value_cell(w, d->old);
		row->cells[5] = value_cell(w, d->new);
	} else if (d->what == DIFFERENCE_ADDED) {
		row->cells[3] = w->report->data ? cell_word(w->arena, slice_of("*")) : cell_message(N_("(new)"));
		row->cells[5] = told(w, record);
	} else {
		row->cells[3] = w->report->data ? cell_word(w->arena, slice_of("*")) : cell_message(N_("(removed)"));
		row->cells[4] = told(w, record);
		row->tone = TONE_WATCH;
	}
	row->cells[6] = cell_word(w->arena, slice_of(class_words[class_of(w, d)]));
	row->cells[7] = cell_yesno(is_bound(w, d));
}

/* A summary is not kept: what a new record says is in its row, for programs field by field. */
static void add_rows(const struct change_writer *w, struct table *table, const struct vec *differences)
{
	size_t limit = w->report->data || !w->report->limit ? SIZE_MAX : w->report->limit;

	for (size_t i = 0; i < differences->len && i < limit; i++)
		add_row(w, table, vec_at(differences, i));
	if (differences->len > limit)
		doc_paragraph(w->doc,
			cell_toned(TONE_MUTED, cell_message_of(w->arena, N_("and %s more; --limit 0 shows all"),
						       &(struct cell){ .type = CELL_INTEGER,
							       .number = (int64_t)(differences->len - limit) },
						       1)));
}

void change_alterations(const struct change_writer *w)
{
	struct vec differences;

	vec_init(&differences, sizeof(struct difference));
	project_differences(w->review->request.before, w->review->request.after, all_kinds(w->arena), &differences);
	if (!w->report->data)
		doc_heading(w->doc, 2, cell_message(N_("What changes")));
	add_rows(w, alterations_table(w), &differences);
	vec_release(&differences);
}
