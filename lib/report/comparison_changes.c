/* What each change did: the steps of the attribution. */
#include "report/comparison-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

enum { VALUE_CELLS = 28, NAMED_CHANGES = 3 };

/* A value as it stands in a sentence: one line, not too long; "–" when there is none. */
static const char *value_text(const struct writer *w, struct slice value)
{
	struct strbuf text;
	struct slice cut;
	const char *out;

	if (!value.at || slice_trim(value).len == 0)
		return "–";
	strbuf_init(&text);
	for (size_t i = 0; i < value.len; i++)
		strbuf_add_char(&text, value.at[i] == '\n' ? ' ' : value.at[i]);
	cut = utf8_cut(strbuf_slice(&text), VALUE_CELLS, NULL);
	out = cut.len < text.len ? arena_printf(w->arena, "%.*s…", (int)cut.len, cut.at) : arena_strdup(w->arena, text.buf);
	strbuf_release(&text);
	return out;
}

static const struct record *record_of(const struct difference *d)
{
	return d->after ? d->after : d->before;
}

/* "T-12" of tasks, "calendar cn" of others. */
static const char *name_of(const struct writer *w, const struct record *record)
{
	if (slice_is(slice_of(record->kind->name), "task"))
		return arena_strndup(w->arena, record->id.at, record->id.len);
	return record_name(w->arena, record);
}

static bool has_item(struct slice list, struct slice item)
{
	struct slice each;

	while (slice_next(&list, ",\n", &each))
		if (slice_equal(each, item))
			return true;
	return false;
}

static void add_items(struct slice list, struct slice other, const char *sign, struct strbuf *out)
{
	struct slice item;

	while (slice_next(&list, ",\n", &item))
		if (item.len && !has_item(other, item))
			strbuf_addf(out, "%s%s%.*s", out->len ? ", " : "", sign, (int)item.len, item.at);
}

/* A list that gained or lost some items of several: "+wu, -li.wei"; NULL when it is better told as a whole. */
static const char *items_text(const struct writer *w, const struct difference *d)
{
	size_t at = kind_field_find(record_of(d)->kind, d->field);
	struct strbuf text;
	const char *out = NULL;

	if (at >= FIELD_CUSTOM || !value_is_list(kind_field(record_of(d)->kind, at)->type) || !d->old.len || !d->new.len)
		return NULL;
	strbuf_init(&text);
	add_items(d->new, d->old, "+", &text);
	add_items(d->old, d->new, "-", &text);
	if (text.len > 0 && text.len < d->old.len + d->new.len)
		out = value_text(w, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

/* "T-12 effort: 10d → 15d"; about the record itself without its name. */
static struct cell difference_cell(const struct writer *w, const struct difference *d, const struct record *about)
{
	const char *name = record_of(d) == about ? NULL : name_of(w, record_of(d)), *field, *items;

	if (d->what != DIFFERENCE_FIELD)
		return cell_messagef(w->arena, d->what == DIFFERENCE_ADDED ? N_("%s added") : N_("%s removed"),
			name_of(w, record_of(d)), (const char *)NULL);
	field = arena_strndup(w->arena, d->field.at, d->field.len);
	items = items_text(w, d);
	if (items)
		return cell_text(w->arena, slice_of(arena_printf(w->arena, "%s%s%s: %s", name ? name : "", name ? " " : "", field, items)));
	return cell_text(w->arena, slice_of(arena_printf(w->arena, "%s%s%s: %s → %s", name ? name : "", name ? " " : "", field,
		value_text(w, d->old), value_text(w, d->new))));
}

static const char *const step_words[] = { [STEP_RULES] = N_("computed differently when it was frozen"),
	[STEP_ORDER] = N_("the order of the tasks"), [STEP_TIME] = N_("time passed: the status date moved"),
	[STEP_OTHER] = N_("something that no change of the plan's text explains") };

struct cell comparison_step(const struct writer *w, const struct attribution_step *step, const struct record *about)
{
	const struct attribution *a = w->report->attribution;
	struct cell parts[NAMED_CHANGES + 1];
	size_t count = 0;

	if (step->what != STEP_CHANGES)
		return cell_message(step_words[step->what]);
	if (step->count == 1)
		return difference_cell(w, attribution_difference(a, step, 0), about);
	for (; count < step->count && count < NAMED_CHANGES; count++)
		parts[count] = difference_cell(w, attribution_difference(a, step, count), about);
	if (step->count > count)
		parts[count++] = cell_message_of(w->arena, N_("and %s more"),
			&(struct cell){ .type = CELL_INTEGER, .number = (int64_t)(step->count - NAMED_CHANGES) }, 1);
	return cell_list(w->arena, parts, count);
}

static void add_change_row(const struct writer *w, struct table *table, struct cell text, const struct attribution_step *step)
{
	struct row *row = table_row(table);

	row->cells[0] = text;
	row->cells[1] = comparison_slip_cell(step ? step->finish : 0);
	row->cells[2] = cell_integer(step ? step->moved : 0);
	row->cells[3] = comparison_worse(comparison_money(w, step ? step->cost : 0), step ? step->cost : 0);
	row->cells[4] = comparison_worse(cell_duration(step ? step->effort : 0), step ? step->effort : 0);
}

static struct table *change_table(const struct writer *w)
{
	struct table *table = doc_table(w->doc, "changes", NULL);

	table->empty = N_("no change moves a date, an effort or a cost");
	table_column(table, "change", N_("change"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "finish", N_("finish"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "moved", N_("tasks moved"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "cost", N_("cost"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "effort", N_("effort"), ALIGN_RIGHT, PRIORITY_LOW);
	if (w->report->data) {
		table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
		table_column(table, "id", NULL, ALIGN_LEFT, PRIORITY_DATA);
		table_column(table, "field", NULL, ALIGN_LEFT, PRIORITY_DATA);
		table_column(table, "before", NULL, ALIGN_LEFT, PRIORITY_DATA);
		table_column(table, "after", NULL, ALIGN_LEFT, PRIORITY_DATA);
	}
	return table;
}

/* The parts of a single change, for programs. */
static void add_parts(const struct writer *w, struct table *table, const struct difference *d)
{
	struct row *row = vec_at(&table->rows, table->rows.len - 1);
	const struct record *record = record_of(d);

	row->cells[5] = cell_word(w->arena, slice_of(record->kind->name));
	row->cells[6] = cell_ref(w->arena, record->id, slice_of(""));
	if (d->what == DIFFERENCE_FIELD)
		row->cells[7] = cell_text(w->arena, d->field);
	if (d->old.at)
		row->cells[8] = cell_text(w->arena, d->old);
	if (d->new.at)
		row->cells[9] = cell_text(w->arena, d->new);
}

static const struct attribution_step *step_of(const struct attribution *a, size_t at)
{
	const struct attribution_step *steps = a->steps.items;

	for (size_t i = 0; i < a->steps.len; i++)
		if (steps[i].what == STEP_CHANGES && at >= steps[i].first && at < steps[i].first + steps[i].count)
			return &steps[i];
	return NULL;
}

static void add_idle(const struct writer *w, struct table *table)
{
	const struct attribution *a = w->report->attribution;

	for (size_t i = 0; i < a->differences.len; i++) {
		const struct difference *d = vec_at(&a->differences, a->order[i]);

		if (step_of(a, i))
			continue;
		add_change_row(w, table, difference_cell(w, d, NULL), NULL);
		if (w->report->data)
			add_parts(w, table, d);
	}
}

void comparison_changes(const struct writer *w)
{
	const struct attribution *a = w->report->attribution;
	struct table *table;

	if (!a) {
		if (w->report->data)
			change_table(w);
		else if (w->report->why_not.type != CELL_NONE)
			doc_paragraph(w->doc, w->report->why_not);
		return;
	}
	if (!w->report->data)
		doc_heading(w->doc, 2, cell_message(N_("What each change does")));
	table = change_table(w);
	for (size_t i = 0; i < a->steps.len; i++) {
		const struct attribution_step *step = vec_at(&a->steps, i);

		add_change_row(w, table, comparison_step(w, step, NULL), step);
		if (w->report->data && step->what == STEP_CHANGES && step->count == 1)
			add_parts(w, table, attribution_difference(a, step, 0));
	}
	if (w->report->every_change)
		add_idle(w, table);
	if (!a->complete)
		doc_paragraph(w->doc, cell_message(N_("There are too many changes to tell all of them apart: some are shown together.")));
}
