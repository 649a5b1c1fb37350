#include "report/trip.h"

#include "base/alloc.h"

#include <string.h>

const char *gate_word(enum gate_verdict verdict)
{
	static const char *const words[] = { N_("passes"), N_("warns"), N_("unsure"), N_("stops") };

	return words[verdict];
}

static struct cell verdict_cell(struct doc *doc, enum gate_verdict verdict)
{
	static const enum tone tones[] = { TONE_GOOD, TONE_WATCH, TONE_BAD, TONE_BAD };

	return cell_toned(tones[verdict], cell_word(&doc->arena, slice_of(gate_word(verdict))));
}

/* Why a rule's item is as it is: its words when it trips, else what could not be told. */
static struct cell rule_reason(struct doc *doc, const struct gate_item *item)
{
	struct cell name;

	if (!item->rule->when)
		return cell_message(N_("the condition cannot be read; 'pmt check' says why"));
	if (item->unknown.len && item->verdict == GATE_UNSURE) {
		name = cell_text(&doc->arena, item->unknown);
		return cell_message_of(&doc->arena, N_("'%s' has no value"), &name, 1);
	}
	if (item->hit_count)
		return cell_text(&doc->arena, trip_words(item->rule));
	return cell_text(&doc->arena, record_text_or(item->record, "when"));
}

/* Of a hit on a record also which one. */
static struct cell hit_value(struct doc *doc, const struct rules *rules, const struct rule_hit *hit)
{
	struct cell parts[] = { cell_none(), cell_none() };

	if (!hit->record)
		return trip_values(doc, rules, hit);
	parts[0] = cell_text(&doc->arena, hit->record->id);
	if (!hit->value_count)
		return parts[0];
	parts[1] = trip_values(doc, rules, hit);
	return cell_message_of(&doc->arena, N_("%s: %s"), parts, ARRAY_SIZE(parts));
}

enum { HITS_SHOWN = 5 };

static struct cell rule_value(struct doc *doc, const struct gate_report *report, const struct gate_item *item)
{
	const struct rule_hit *hits = report->rules->hits.items;
	size_t shown = item->hit_count > HITS_SHOWN && !report->data ? HITS_SHOWN : item->hit_count;
	struct cell *items = arena_calloc(&doc->arena, shown + 1, sizeof(*items)), more;

	if (!item->hit_count)
		return cell_none();
	for (size_t i = 0; i < shown; i++)
		items[i] = hit_value(doc, report->rules, &hits[item->first_hit + i]);
	if (shown < item->hit_count) {
		more = cell_integer((int64_t)(item->hit_count - shown));
		items[shown] = cell_message_of(&doc->arena, N_("and %s more"), &more, 1);
		shown++;
	}
	return shown == 1 ? items[0] : cell_list(&doc->arena, items, shown);
}

static struct cell metric_reason(struct doc *doc, const struct gate_item *item)
{
	const struct metric *m = &item->metric;
	struct cell parts[2];

	if (item->threshold == DECIMAL_NONE)
		return cell_message(N_("neither fail nor target nor warn is given: there is nothing to hold the value against"));
	if (m->unreadable && item->verdict == GATE_UNSURE)
		return cell_message(N_("a sample cannot be read; 'pmt check' says which"));
	if (!m->count && m->future)
		return cell_message(N_("measured only in the future"));
	if (!m->count)
		return cell_message(N_("never measured"));
	parts[0] = cell_date(moment_date(m->samples[m->count - 1].when));
	if (item->stale)
		return cell_message_of(&doc->arena, N_("last measured on %s: too long ago for its period"), parts, 1);
	return cell_message_of(&doc->arena, N_("measured on %s"), parts, 1);
}

static struct cell checklist_reason(struct doc *doc, const struct gate_item *item)
{
	struct cell first = cell_text(&doc->arena, item->first_open);

	if (item->open)
		return cell_message_of(&doc->arena, N_("open: %s"), &first, 1);
	return item->verdict == GATE_OPEN ? cell_none() : cell_message(N_("it has no items and is not done"));
}

enum { GATE_NAME, GATE_VERDICT, GATE_KIND, GATE_ID, GATE_TITLE, GATE_VALUE, GATE_THRESHOLD, GATE_REASON };

static void gate_columns(struct table *table)
{
	table_column(table, "gate", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "verdict", N_("result"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "kind", N_("kind"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "value", N_("value"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "threshold", N_("threshold"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "reason", N_("reason"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
}

static void fill_item(struct doc *doc, const struct gate_report *report, const struct gate_item *item,
	struct cell *cells)
{
	struct cell parts[2];

	cells[GATE_VERDICT] = verdict_cell(doc, item->verdict);
	cells[GATE_KIND] = cell_word(&doc->arena, slice_of(item->record->kind->name));
	cells[GATE_ID] = cell_ref(&doc->arena, item->record->id, slice_of(NULL));
	cells[GATE_TITLE] = cell_text(&doc->arena, record_title(item->record));
	if (item->rule) {
		cells[GATE_VALUE] = rule_value(doc, report, item);
		cells[GATE_REASON] = rule_reason(doc, item);
	} else if (!strcmp(item->record->kind->name, "metric")) {
		if (item->metric.count)
			cells[GATE_VALUE] = cell_number(item->metric.samples[item->metric.count - 1].value);
		if (item->threshold != DECIMAL_NONE)
			cells[GATE_THRESHOLD] = cell_number(item->threshold);
		cells[GATE_REASON] = metric_reason(doc, item);
	} else {
		parts[0] = cell_integer((int64_t)(item->items - item->open));
		parts[1] = cell_integer((int64_t)item->items);
		cells[GATE_VALUE] = cell_message_of(&doc->arena, N_("%s of %s done"), parts, ARRAY_SIZE(parts));
		cells[GATE_REASON] = checklist_reason(doc, item);
	}
}

static void add_items(struct doc *doc, const struct gate_report *report, const struct gate *gate, struct table *table)
{
	for (int verdict = GATE_STOPS; verdict >= GATE_OPEN; verdict--)
		for (size_t i = 0; i < gate->items.len; i++) {
			const struct gate_item *item = vec_at(&gate->items, i);
			struct cell *cells;
			if ((int)item->verdict != verdict)
				continue;
			cells = table_row(table)->cells;
			cells[GATE_NAME] = cell_text(&doc->arena, gate->name);
			fill_item(doc, report, item, cells);
		}
}

/* What an item is called: a rule that trips goes by what it tells people. */
static struct cell item_words(struct doc *doc, const struct gate_item *item)
{
	if (item->rule && item->hit_count)
		return cell_text(&doc->arena, trip_words(item->rule));
	return cell_text(&doc->arena, record_title(item->record));
}

/* "78.4 %, threshold 80" */
static struct cell metric_value(struct doc *doc, const struct gate_item *item)
{
	struct slice unit = slice_trim(record_text_or(item->record, "unit"));
	struct cell parts[] = { cell_none(), cell_text(&doc->arena, unit), cell_number(item->threshold) };

	if (!item->metric.count || item->threshold == DECIMAL_NONE)
		return cell_none();
	parts[0] = cell_number(item->metric.samples[item->metric.count - 1].value);
	if (!unit.len) {
		parts[1] = parts[2];
		return cell_message_of(&doc->arena, N_("%s, threshold %s"), parts, 2);
	}
	return cell_message_of(&doc->arena, N_("%s %s, threshold %s"), parts, ARRAY_SIZE(parts));
}

static struct cell item_name(struct doc *doc, const struct gate_item *item)
{
	struct cell parts[] = { cell_text(&doc->arena, item->record->id), item_words(doc, item) };

	if (slice_equal(parts[1].text, item->record->id))
		return parts[0];
	return cell_message_of(&doc->arena, N_("%s %s"), parts, ARRAY_SIZE(parts));
}

/* One line for people: "stops: coverage Unit tests: 78.4 %, threshold 80 (measured on 2026-06-09)". */
static struct cell item_line(struct doc *doc, const struct gate_report *report, const struct gate_item *item)
{
	struct cell cells[GATE_REASON + 1] = { 0 }, value, reason;

	fill_item(doc, report, item, cells);
	value = item->metric.record ? metric_value(doc, item) : cells[GATE_VALUE];
	reason = item->rule && item->verdict != GATE_UNSURE ? cell_none() : cells[GATE_REASON];
	struct cell parts[] = { verdict_cell(doc, item->verdict), item_name(doc, item),
		value.type == CELL_NONE ? reason : value, reason };
	parts[0].tone = TONE_NONE; /* the line has it */
	if (parts[2].type == CELL_NONE)
		return cell_message_of(&doc->arena, N_("%s: %s"), parts, 2);
	if (value.type == CELL_NONE || reason.type == CELL_NONE)
		return cell_message_of(&doc->arena, N_("%s: %s: %s"), parts, 3);
	return cell_message_of(&doc->arena, N_("%s: %s: %s (%s)"), parts, 4);
}

static void add_gate(struct doc *doc, const struct gate_report *report, const struct gate *gate)
{
	struct cell parts[] = { cell_text(&doc->arena, gate->name), verdict_cell(doc, gate->verdict) };
	struct block *items;

	doc_heading(doc, 1, cell_toned(parts[1].tone,
		cell_message_of(&doc->arena, N_("gate %s: %s"), parts, ARRAY_SIZE(parts))));
	items = doc_items(doc, "items");
	/* The worst first. */
	for (int verdict = GATE_STOPS; verdict >= GATE_OPEN; verdict--)
		for (size_t i = 0; i < gate->items.len; i++) {
			const struct gate_item *item = vec_at(&gate->items, i);
			if ((int)item->verdict == verdict)
				items_add(doc, items, cell_toned(verdict_cell(doc, item->verdict).tone,
					item_line(doc, report, item)));
		}
}

/* For programs: each gate's verdict, then all items in one list. */
static void add_data(struct doc *doc, const struct gate_report *report)
{
	const struct gate *gates = report->gates->gates.items;
	struct table *table = doc_table(doc, "gates", NULL);

	table_column(table, "name", N_("gate"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "verdict", N_("result"), ALIGN_LEFT, PRIORITY_MUST);
	for (size_t i = 0; i < report->gates->gates.len; i++) {
		struct cell *cells;
		if (report->only && report->only != &gates[i])
			continue;
		cells = table_row(table)->cells;
		cells[0] = cell_text(&doc->arena, gates[i].name);
		cells[1] = verdict_cell(doc, gates[i].verdict);
	}
	table = doc_table(doc, "records", NULL);
	gate_columns(table);
	for (size_t i = 0; i < report->gates->gates.len; i++)
		if (!report->only || report->only == &gates[i])
			add_items(doc, report, &gates[i], table);
}

void gate_build(struct doc *doc, const struct gate_report *report)
{
	const struct gate *gates = report->gates->gates.items;

	doc->units = report->rules->project->units;
	if (report->data) {
		add_data(doc, report);
		return;
	}
	for (size_t i = 0; i < report->gates->gates.len; i++)
		if (!report->only || report->only == &gates[i])
			add_gate(doc, report, &gates[i]);
	if (!report->gates->gates.len)
		doc_paragraph(doc, cell_toned(TONE_MUTED,
			cell_message(N_("there is no gate: rules, metrics and checklists name the gates they stop in their field 'gate'"))));
}
