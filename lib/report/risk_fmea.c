/* FMEA: failure modes with S, O, D, RPN and action priority, before and after the response; and the table behind the priority. */
#include "report/risk.h"

#include "base/alloc.h"
#include "risk/fmea.h"

struct mode {
	const struct record *record;
	struct fmea_marks before, after;
	bool assessed; /* marks after the response are given */
	int priority, priority_after; /* enum action_priority; -1: no row of the table fits */
};

static int priority_of(struct risk_register *r, const struct fmea_marks *marks)
{
	enum action_priority priority;

	return fmea_priority(r, marks, &priority) ? (int)priority : -1;
}

/* What must be acted on first: by priority, then severity, then RPN. */
static int by_urgency(const void *a, const void *b, void *context)
{
	const struct mode *x = a, *y = b;

	(void)context;
	if (x->priority != y->priority)
		return x->priority > y->priority ? -1 : 1;
	if (x->before.severity != y->before.severity)
		return x->before.severity > y->before.severity ? -1 : 1;
	return fmea_rpn(&y->before) - fmea_rpn(&x->before);
}

static struct cell priority_cell(struct arena *arena, int priority)
{
	static const char *const words[] = { "low", "medium", "high" };
	static const enum tone tones[] = { TONE_GOOD, TONE_WATCH, TONE_BAD };

	return priority < 0 ? cell_none() : cell_toned(tones[priority], cell_word(arena, slice_of(words[priority])));
}

static void add_columns(struct table *table)
{
	static const char *const marks[] = { "severity", "occurrence", "detection", "severity_after", "occurrence_after",
		"detection_after" };
	static const char *const letters[] = { "S", "O", "D", "S′", "O′", "D′" };

	risk_columns(table);
	table_column(table, "failure_mode", N_("failure mode"), ALIGN_LEFT, PRIORITY_LOW)->grow = true;
	for (int i = 0; i < 3; i++)
		table_column(table, marks[i], letters[i], ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "rpn", "RPN", ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "action_priority", "AP", ALIGN_LEFT, PRIORITY_MUST);
	for (int i = 3; i < 6; i++)
		table_column(table, marks[i], letters[i], ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "rpn_after", "RPN′", ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "action_priority_after", "AP′", ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "owner", N_("owner"), ALIGN_LEFT, PRIORITY_LOW);
}

static void add_marks(struct cell *cells, const struct fmea_marks *marks)
{
	cells[0] = cell_integer(marks->severity);
	cells[1] = cell_integer(marks->occurrence);
	cells[2] = cell_integer(marks->detection);
}

static void add_mode(struct doc *doc, struct table *table, const struct mode *mode)
{
	struct cell *c = risk_row(doc, table, mode->record)->cells + RISK_COLUMNS;
	struct slice text = record_text_or(mode->record, "failure_mode");

	if (text.len)
		c[0] = cell_text(&doc->arena, text);
	add_marks(c + 1, &mode->before);
	c[4] = cell_integer(fmea_rpn(&mode->before));
	c[5] = priority_cell(&doc->arena, mode->priority);
	if (mode->assessed) {
		add_marks(c + 6, &mode->after);
		c[9] = cell_integer(fmea_rpn(&mode->after));
		c[10] = priority_cell(&doc->arena, mode->priority_after);
	}
	text = record_text_or(mode->record, "owner");
	if (text.len)
		c[11] = cell_ref(&doc->arena, text, slice_of(""));
}

static void collect(const struct risk_request *request, struct vec *modes, size_t *without)
{
	const struct record *const *records = request->records->items;

	for (size_t i = 0; i < request->records->len; i++) {
		struct mode mode = { .record = records[i], .priority_after = -1 };

		if (!fmea_read(request->r, records[i], false, &mode.before)) {
			++*without;
			continue;
		}
		mode.priority = priority_of(request->r, &mode.before);
		mode.assessed = fmea_read(request->r, records[i], true, &mode.after);
		if (mode.assessed)
			mode.priority_after = priority_of(request->r, &mode.after);
		vec_append(modes, &mode);
	}
}

/* How many must, should, could be acted on, now and after the responses. */
static void add_counts(struct doc *doc, const struct risk_request *request, const struct vec *modes)
{
	static const char *const keys[] = { "low", "medium", "high" };
	static const char *const labels[] = { N_("low: could be acted on"), N_("medium: should be acted on"),
		N_("high: must be acted on") };
	const struct mode *items = modes->items;
	struct block *pairs = doc_pairs(doc, "action_priority");
	int64_t before[3] = { 0 }, after[3] = { 0 };

	for (size_t i = 0; i < modes->len; i++) {
		int last = items[i].assessed ? items[i].priority_after : items[i].priority;

		if (items[i].priority >= 0)
			before[items[i].priority]++;
		if (last >= 0)
			after[last]++;
	}
	for (int p = ACTION_HIGH; p >= ACTION_LOW; p--) {
		const struct cell values[] = { cell_integer(before[p]), cell_integer(after[p]) };

		pairs_add(doc, pairs, keys[p], labels[p], request->data ? cell_integer(before[p]) :
			cell_message_of(&doc->arena, N_("%s → %s after the responses"), values, ARRAY_SIZE(values)));
	}
}

static void add_source(struct doc *doc, const struct risk_request *request)
{
	const struct record *scale;

	fmea_table(request->r->project, &scale);
	if (scale) {
		struct cell ref = cell_ref(&doc->arena, scale->id, slice_of(""));
		doc_paragraph(doc, cell_toned(TONE_MUTED, cell_message_of(&doc->arena,
			N_("AP by the project's own table, [scale %s]; 'pmt risk fmea --table' shows it."), &ref, 1)));
	} else {
		doc_paragraph(doc, cell_toned(TONE_MUTED,
			cell_message(N_("AP (AIAG-VDA 2019 style); 'pmt risk fmea --table' shows the table."))));
	}
}

void risk_fmea_report(struct doc *doc, const struct risk_request *request)
{
	struct table *table = doc_table(doc, "records", NULL);
	const struct mode *items;
	struct vec modes;
	size_t without = 0;

	vec_init(&modes, sizeof(struct mode));
	collect(request, &modes, &without);
	vec_sort(&modes, by_urgency, NULL);
	table->empty = N_("no risk has severity, occurrence and detection");
	add_columns(table);
	items = modes.items;
	for (size_t i = 0; i < modes.len; i++)
		add_mode(doc, table, &items[i]);
	add_counts(doc, request, &modes);
	if (without) {
		struct cell count = cell_integer((int64_t)without);
		doc_paragraph(doc, cell_toned(TONE_MUTED,
			cell_message_of(&doc->arena, N_("Without all three marks, and so without RPN and AP: %s"), &count, 1)));
	}
	add_source(doc, request);
	vec_release(&modes);
}

static struct cell marks_cell(struct arena *arena, int from, int to)
{
	return cell_text(arena, slice_of(from == to ? arena_printf(arena, "%d", from) : arena_printf(arena, "%d-%d", from, to)));
}

void risk_fmea_table_report(struct doc *doc, const struct risk_request *request)
{
	const struct record *scale;
	struct slice rest = fmea_table(request->r->project, &scale), line;
	struct table *table = doc_table(doc, "records", NULL);
	struct priority_row row;

	table_column(table, "severity", N_("severity"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "occurrence", N_("occurrence"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "detection", N_("detection"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "action_priority", N_("action priority"), ALIGN_LEFT, PRIORITY_MUST);
	while (slice_next(&rest, "\n", &line)) {
		struct cell *c;

		if (!line.len || priority_row_parse(line, &row))
			continue;
		c = table_row(table)->cells;
		for (int i = 0; i < 3; i++)
			c[i] = marks_cell(&doc->arena, row.from[i], row.to[i]);
		c[3] = priority_cell(&doc->arena, (int)row.priority);
	}
	doc_paragraph(doc, cell_toned(TONE_MUTED, scale ?
		cell_messagef(&doc->arena, N_("The project's own table, [scale %s]; the first row that fits counts."),
			arena_strndup(&doc->arena, scale->id.at, scale->id.len), (const char *)NULL) :
		cell_message(N_("AP (AIAG-VDA 2019 style). A [scale] with type = action_priority and these rows in 'priorities' "
				"takes its place; the first row that fits counts."))));
}
