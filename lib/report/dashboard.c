#include "report/dashboard.h"

#include "base/alloc.h"

#include <string.h>

/* The day the reader looks at: the status date when the project has one. */
static moment_t today_of(const struct dashboard *d)
{
	return d->plan && d->plan->status != MOMENT_NONE ? d->plan->status : d->now;
}

/* End of this ISO week. */
static moment_t week_end(const struct dashboard *d)
{
	date_t today = moment_date(today_of(d));

	return moment_from_date(today + 8 - date_weekday(today));
}

static bool is_open_task(const struct plan *plan, uint32_t task)
{
	return !(plan->flags[task] & (PLAN_SUMMARY | PLAN_CANCELLED | PLAN_FINISHED));
}

/* Figures of the schedule that health and its words rest on. */
struct figures {
	uint32_t leaves, done, started, late, negative, missed;
};

/* A date-only deadline means the end of its day. */
static bool misses_deadline(const struct plan *plan, uint32_t task)
{
	struct slice text;
	moment_t moment;
	bool has_time;

	if (!record_text(plan->records[task], "deadline", &text) ||
		moment_parse(text, &moment, &has_time) != CIVIL_OK)
		return false;
	return plan->finish[task] > (has_time ? moment : moment + MINUTES_PER_DAY);
}

static struct figures count_tasks(const struct dashboard *d)
{
	const struct plan *plan = d->plan;
	struct figures f = { 0 };

	for (uint32_t t = 0; t < plan->task_count; t++) {
		if (plan->flags[t] & (PLAN_SUMMARY | PLAN_CANCELLED))
			continue;
		f.leaves++;
		f.done += (plan->flags[t] & PLAN_FINISHED) != 0;
		if (!is_open_task(plan, t))
			continue;
		f.started += (plan->flags[t] & PLAN_STARTED) != 0;
		f.late += plan->finish[t] < today_of(d);
		f.negative += plan->total_float[t] < 0;
		f.missed += misses_deadline(plan, t);
	}
	return f;
}

static const char *number(struct doc *doc, size_t value)
{
	return arena_printf(&doc->arena, "%zu", value);
}

static struct cell toned(enum tone tone, struct cell cell)
{
	cell.tone = tone;
	return cell;
}

static struct cell schedule_health(struct doc *doc, const struct dashboard *d)
{
	struct arena *a = &doc->arena;
	struct figures f;
	char finish[CIVIL_TEXT];

	if (!d->plan)
		return toned(TONE_BAD, cell_messagef(a, N_("cannot be computed: %s"),
			d->plan_trouble ? d->plan_trouble : "", NULL));
	if (d->plan->task_count == 0)
		return toned(TONE_MUTED, cell_message(N_("no tasks yet")));
	f = count_tasks(d);
	date_print(moment_date(d->plan->project_finish - 1), finish);
	if (f.missed || f.negative)
		return toned(TONE_BAD, cell_messagef(a, N_("finish %s; deadlines missed: %s, tasks with negative float: %s"),
			finish, number(doc, f.missed), number(doc, f.negative), NULL));
	if (f.late)
		return toned(TONE_WATCH, cell_messagef(a, N_("finish %s; late tasks: %s"), finish,
			number(doc, f.late), NULL));
	return toned(TONE_GOOD, cell_messagef(a, N_("finish %s; nothing late"), finish, NULL));
}

static bool is_open(const struct record *record)
{
	return word_index("closed|resolved|done|retired|rejected|occurred|cancelled|withdrawn",
		record_text_or(record, "status")) < 0;
}

static size_t count_open(const struct project *project, const char *kind_name)
{
	struct record *record;
	size_t open = 0;

	FOREACH_RECORD(project, kind_find(slice_of(kind_name)), record)
		open += is_open(record);
	return open;
}

/* Probability × cost impact of an open threat, in the project's currency; 0 when either is missing. */
static decimal_t exposure_of(const struct dashboard *d, const struct record *risk, struct arena *arena)
{
	const struct field *probability = kind_field_named(risk->kind, "probability");
	const struct field *impact = kind_field_named(risk->kind, "impact_cost");
	struct value p, cost;

	if (!is_open(risk) || slice_is(record_text_or(risk, "type"), "opportunity") || !probability || !impact ||
		!record_value(d->project, risk, probability, arena, &p) ||
		!record_value(d->project, risk, impact, arena, &cost))
		return 0;
	if (cost.as.money.currency[0] && strcmp(cost.as.money.currency, d->project->units.currency) != 0)
		return 0;
	return decimal_scale(cost.as.money.amount, p.as.number, 100 * DECIMAL_ONE);
}

static struct cell risk_health(struct doc *doc, const struct dashboard *d)
{
	struct money sum = { 0 };
	struct slice worst = { NULL, 0 };
	decimal_t most = 0;
	struct record *risk;
	struct strbuf text;
	struct cell cell;

	FOREACH_RECORD(d->project, kind_find(slice_of("risk")), risk) {
		decimal_t exposure = exposure_of(d, risk, &doc->arena);
		decimal_add(sum.amount, exposure, &sum.amount);
		if (exposure > most) {
			most = exposure;
			worst = risk->id;
		}
	}
	if (most == 0)
		return cell_messagef(&doc->arena, N_("open: %s"), number(doc, count_open(d->project, "risk")), NULL);
	memcpy(sum.currency, d->project->units.currency, sizeof(sum.currency));
	strbuf_init(&text);
	money_print(&sum, &text);
	cell = cell_messagef(&doc->arena, N_("open: %s; exposure %s, most of it %s"),
		number(doc, count_open(d->project, "risk")), text.buf,
		arena_strndup(&doc->arena, worst.at, worst.len), NULL);
	strbuf_release(&text);
	return cell;
}

static struct cell text_health(struct doc *doc, const struct dashboard *d)
{
	if (d->errors || d->warnings)
		return toned(d->errors ? TONE_BAD : TONE_WATCH,
			cell_messagef(&doc->arena, N_("errors: %s, warnings: %s; 'pmt check' shows them"),
				number(doc, d->errors), number(doc, d->warnings), NULL));
	return toned(TONE_GOOD, cell_message(N_("no errors, no warnings")));
}

static bool has_any(const struct dashboard *d, const char *kind)
{
	return project_count(d->project, kind_find(slice_of(kind))) > 0;
}

static void add_health(struct doc *doc, const struct dashboard *d)
{
	struct block *pairs = doc_pairs(doc, "health");
	struct figures f;

	pairs_add(doc, pairs, "schedule", N_("schedule"), schedule_health(doc, d));
	if (d->plan && d->plan->task_count) {
		f = count_tasks(d);
		pairs_add(doc, pairs, "progress", N_("progress"), cell_messagef(&doc->arena,
			N_("%s of %s tasks done, %s in progress"), number(doc, f.done), number(doc, f.leaves),
			number(doc, f.started), NULL));
	}
	if (has_any(d, "risk"))
		pairs_add(doc, pairs, "risk", N_("risk"), risk_health(doc, d));
	if (has_any(d, "issue"))
		pairs_add(doc, pairs, "issues", N_("issues"), cell_messagef(&doc->arena, N_("open: %s"),
			number(doc, count_open(d->project, "issue")), NULL));
	pairs_add(doc, pairs, "text", N_("text"), text_health(doc, d));
}

static struct table *task_table(struct doc *doc, const char *key, const char *title, const char *empty)
{
	struct table *table = doc_table(doc, key, title);

	table->empty = empty;
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "finish", N_("finish"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "progress", N_("progress"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "assign", N_("assign"), ALIGN_LEFT, PRIORITY_LOW);
	return table;
}

static void add_task_row(struct doc *doc, struct table *table, const struct dashboard *d, uint32_t task)
{
	const struct record *record = d->plan->records[task];
	const struct field *field = kind_field_named(record->kind, "progress");
	struct row *row = table_row(table);
	struct value progress;
	struct slice assign;

	row->cells[0] = cell_ref(&doc->arena, record->id, slice_new(NULL, 0));
	row->cells[1] = cell_text(&doc->arena, record_title(record));
	row->cells[2] = toned(d->plan->finish[task] < today_of(d) ? TONE_BAD : TONE_NONE,
		cell_finish(d->plan->finish[task]));
	if (record_value(d->project, record, field, &doc->arena, &progress))
		row->cells[3] = cell_percent(progress.as.number);
	if (record_text(record, "assign", &assign))
		row->cells[4] = cell_text(&doc->arena, assign);
}

static int by_finish(const void *a, const void *b, void *context)
{
	const moment_t *finish = context;
	moment_t x = finish[*(const uint32_t *)a], y = finish[*(const uint32_t *)b];

	return x < y ? -1 : x > y;
}

typedef bool task_wanted(const struct dashboard *d, uint32_t task);

enum { TASKS_SHOWN = 10 };

static void add_tasks(struct doc *doc, struct table *table, const struct dashboard *d, task_wanted *wanted)
{
	struct vec found;
	const uint32_t *tasks;

	vec_init(&found, sizeof(uint32_t));
	for (uint32_t t = 0; t < d->plan->task_count; t++)
		if (is_open_task(d->plan, t) && wanted(d, t))
			vec_append(&found, &t);
	vec_sort(&found, by_finish, d->plan->finish);
	tasks = found.items;
	for (size_t i = 0; i < found.len && i < TASKS_SHOWN; i++)
		add_task_row(doc, table, d, tasks[i]);
	vec_release(&found);
}

/* Finishing by the end of this week; what is late already is due as well. */
static bool due_this_week(const struct dashboard *d, uint32_t task)
{
	return d->plan->finish[task] <= week_end(d);
}

static bool is_mine(const struct dashboard *d, uint32_t task)
{
	struct slice rest, item;

	if (!record_text(d->plan->records[task], "assign", &rest))
		return false;
	while (slice_next(&rest, ",|\n", &item))
		if (slice_equal(slice_new(item.at, slice_find(item, ' ')), d->me))
			return true;
	return false;
}

/* Mine, and its time comes by the end of this week. */
static bool waits_for_me(const struct dashboard *d, uint32_t task)
{
	return d->plan->start[task] < week_end(d) && is_mine(d, task);
}

static struct table *review_table(struct doc *doc)
{
	struct table *table = doc_table(doc, "reviews", N_("To review this week"));

	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "due", N_("due"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "owner", N_("owner"), ALIGN_LEFT, PRIORITY_HIGH);
	return table;
}

static void add_review_row(struct doc *doc, struct table *table, const struct dashboard *d,
	const struct record *record, date_t due)
{
	struct row *row = table_row(table);

	row->cells[0] = cell_ref(&doc->arena, record->id, slice_new(NULL, 0));
	row->cells[1] = cell_text(&doc->arena, record_title(record));
	row->cells[2] = toned(due < moment_date(today_of(d)) ? TONE_BAD : TONE_NONE, cell_date(due));
	row->cells[3] = cell_text(&doc->arena, record_text_or(record, "owner"));
}

/* Open risks whose review, and open issues whose due date, is over or comes this week. */
static void add_reviews(struct doc *doc, const struct dashboard *d)
{
	static const struct {
		const char *kind, *field;
	} dated[] = { { "risk", "review" }, { "issue", "due" } };
	struct table *table = NULL;
	struct record *record;
	struct slice when;
	date_t due;

	for (size_t i = 0; i < ARRAY_SIZE(dated); i++)
		FOREACH_RECORD(d->project, kind_find(slice_of(dated[i].kind)), record) {
			if (!is_open(record) || !record_text(record, dated[i].field, &when) ||
				date_parse(when, &due) != CIVIL_OK || moment_from_date(due) >= week_end(d))
				continue;
			if (!table)
				table = review_table(doc);
			add_review_row(doc, table, d, record, due);
		}
}

static void add_title(struct doc *doc, const struct dashboard *d)
{
	struct slice name = project_setting(d->project, "name"), key = project_setting(d->project, "key");
	char day[CIVIL_TEXT];

	date_print(moment_date(today_of(d)), day);
	doc_title(doc, cell_text(&doc->arena, slice_of(arena_printf(&doc->arena, "%.*s %.*s  %s", (int)name.len, name.at,
		(int)key.len, key.at, day))));
}

void dashboard_build(struct doc *doc, const struct dashboard *d)
{
	add_title(doc, d);
	add_health(doc, d);
	if (d->plan && d->plan->task_count) {
		add_tasks(doc, task_table(doc, "due", N_("Due this week"), N_("nothing is due this week")), d,
			due_this_week);
		if (d->me.len)
			add_tasks(doc, task_table(doc, "mine", N_("Waits for me"), N_("nothing waits for you")), d,
				waits_for_me);
	}
	add_reviews(doc, d);
}
