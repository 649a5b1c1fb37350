#include "report/dashboard.h"

#include "base/alloc.h"
#include "history/log.h"
#include "plan/progress.h"
#include "report/health.h"

#include <string.h>

/* A dimension that the project holds nothing about, and of which no rule speaks, is left out. */
static void add_dimension(struct doc *doc, const struct dashboard *d, const struct health_figures *now, struct block *pairs,
	enum health_dimension dimension)
{
	const char *name = health_dimension_name(dimension);
	struct cell cell = health_dimension_cell(doc, d, now, dimension);

	if (cell.type != CELL_NONE)
		pairs_add(doc, pairs, name, name, cell);
}

static void add_health(struct doc *doc, const struct dashboard *d, const struct health_figures *now)
{
	struct block *pairs = doc_pairs(doc, "health");
	struct progress_counts f;

	add_dimension(doc, d, now, pairs, HEALTH_SCHEDULE);
	if (d->plan && d->plan->task_count) {
		f = progress_counts_of(d->plan, health_today(d));
		pairs_add(doc, pairs, "progress", N_("progress"), cell_messagef(&doc->arena,
			N_("%s of %s tasks done, %s in progress"), health_number(doc, f.done), health_number(doc,
				f.leaves),
			health_number(doc, f.started), NULL));
	}
	for (int i = HEALTH_COST; i < HEALTH_DIMENSIONS; i++)
		add_dimension(doc, d, now, pairs, (enum health_dimension)i);
	if (project_count(d->project, kind_find(slice_of("issue"))))
		pairs_add(doc, pairs, "issues", N_("issues"), cell_messagef(&doc->arena, N_("open: %s"),
			health_number(doc, health_count_open(d->project, "issue")), NULL));
	health_compared(doc, d, pairs);
	pairs_add(doc, pairs, "text", N_("text"), health_text(doc, d));
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

static bool is_overdue(const struct dashboard *d, uint32_t task)
{
	return d->plan->finish[task] < health_today(d);
}

static void add_task_row(struct doc *doc, struct table *table, const struct dashboard *d, uint32_t task)
{
	const struct record *record = d->plan->records[task];
	const struct field *field = kind_field_named(record->kind, "progress");
	struct row *row = table_row(table);
	struct value progress;
	struct slice assign;

	row->cells[0] = cell_ref(&doc->arena, plan_id(d->plan, task), slice_new(NULL, 0));
	row->cells[1] = cell_text(&doc->arena, plan_title(d->plan, task));
	row->cells[2] = cell_toned(is_overdue(d, task) ? TONE_BAD : TONE_NONE,
		cell_end(d->plan->start[task], d->plan->finish[task]));
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

static struct vec wanted_tasks(const struct dashboard *d, task_wanted *wanted)
{
	struct vec found;

	vec_init(&found, sizeof(uint32_t));
	for (uint32_t t = 0; t < d->plan->task_count; t++)
		if (health_open_task(d, t) && wanted(d, t))
			vec_append(&found, &t);
	vec_sort(&found, by_finish, d->plan->finish);
	return found;
}

static void add_tasks(struct doc *doc, struct table *table, const struct dashboard *d, const struct vec *found)
{
	const uint32_t *tasks = found->items;

	for (size_t i = 0; i < found->len && i < TASKS_SHOWN; i++)
		add_task_row(doc, table, d, tasks[i]);
	health_rest(doc, found->len, TASKS_SHOWN);
}

/* Finishing from today to the end of this week. */
static bool due_this_week(const struct dashboard *d, uint32_t task)
{
	return !is_overdue(d, task) && d->plan->finish[task] <= health_week_end(d);
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
	return d->plan->start[task] < health_week_end(d) && is_mine(d, task);
}

static struct table *review_table(struct doc *doc)
{
	struct table *table = doc_table(doc, "reviews", N_("To review by the end of this week"));

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
	row->cells[2] = cell_toned(due < moment_date(health_today(d)) ? TONE_BAD : TONE_NONE, cell_date(due));
	row->cells[3] = cell_text(&doc->arena, record_text_or(record, "owner"));
}

struct review {
	const struct record *record;
	date_t due;
};

static int by_due(const void *a, const void *b, void *context)
{
	const struct review *x = a, *y = b;

	(void)context;
	return x->due < y->due ? -1 : x->due > y->due;
}

/* Open risks whose review, and open issues whose due date, is over or comes this week. */
static void collect_reviews(const struct dashboard *d, struct vec *out)
{
	static const struct {
		const char *kind, *field;
	} dated[] = { { "risk", "review" }, { "issue", "due" } };
	struct record *record;
	struct slice when;
	date_t due;

	for (size_t i = 0; i < ARRAY_SIZE(dated); i++)
		FOREACH_RECORD(d->project, kind_find(slice_of(dated[i].kind)), record) {
			if (!health_open(record) || !record_text(record, dated[i].field, &when) ||
				date_parse(when, &due) != CIVIL_OK || moment_from_date(due) >= health_week_end(d))
				continue;
			vec_append(out, &(struct review){ record, due });
		}
	vec_sort(out, by_due, NULL);
}

static void add_reviews(struct doc *doc, const struct dashboard *d)
{
	const struct review *reviews;
	struct table *table;
	struct vec found;

	vec_init(&found, sizeof(struct review));
	collect_reviews(d, &found);
	reviews = found.items;
	if (found.len) {
		table = review_table(doc);
		for (size_t i = 0; i < found.len && (d->data || i < TASKS_SHOWN); i++)
			add_review_row(doc, table, d, reviews[i].record, reviews[i].due);
		if (!d->data)
			health_rest(doc, found.len, TASKS_SHOWN);
	}
	vec_release(&found);
}

static bool same_record(const struct history_change *a, const struct history_change *b)
{
	return a->kind == b->kind && slice_equal(a->id, b->id);
}

static bool is_one_line(struct slice text)
{
	return slice_find(text, '\n') == text.len;
}

/* "progress 50% → 70%": from what it was before the oldest change of the field to what the newest made of it. */
static void field_text(struct strbuf *out, const struct history_change *newest, struct slice before)
{
	struct slice field = newest->action == HISTORY_RENAMED ? slice_of("id") : newest->field;

	strbuf_addf(out, "%s%.*s", out->len ? "; " : "", (int)field.len, field.at);
	if (!is_one_line(before) || !is_one_line(newest->after))
		return;
	if (before.len)
		strbuf_addf(out, " %.*s", (int)before.len, before.at);
	strbuf_addf(out, " → %.*s", (int)newest->after.len, newest->after.len ? newest->after.at : "");
}

/* All that changed of the record of change number `at`, its newest. */
static struct cell change_cell(struct doc *doc, const struct dashboard *d, size_t at)
{
	const struct history_change *items = d->changes->items;
	struct strbuf text;
	struct cell cell;

	if (items[at].action == HISTORY_REMOVED)
		return cell_message(N_("removed"));
	strbuf_init(&text);
	for (size_t i = at; i < d->changes->len; i++) {
		struct slice before = items[i].before;
		bool told = false;
		if (!same_record(&items[at], &items[i]))
			continue;
		if (items[i].action == HISTORY_RENAMED) {
			field_text(&text, &items[i], before);
			continue;
		}
		if (items[i].action != HISTORY_CHANGED) {
			strbuf_release(&text);
			return cell_message(N_("added"));
		}
		for (size_t j = at; j < i && !told; j++)
			told = same_record(&items[at], &items[j]) && slice_equal(items[i].field, items[j].field);
		for (size_t j = i + 1; j < d->changes->len && !told; j++)
			if (same_record(&items[at], &items[j]) && slice_equal(items[i].field, items[j].field))
				before = items[j].before;
		if (!told)
			field_text(&text, &items[i], before);
	}
	cell = cell_text(&doc->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return cell;
}

static void add_change_row(struct doc *doc, struct table *table, const struct dashboard *d, size_t at)
{
	const struct history_change *change = vec_at(d->changes, at);
	struct record *record = project_find(d->project, change->kind, change->id);
	struct row *row = table_row(table);

	row->cells[0] = cell_ref(&doc->arena, change->id.len ? change->id : slice_of(change->kind->name),
		slice_new(NULL, 0));
	row->cells[1] = cell_text(&doc->arena, record ? record_title(record) : slice_of(""));
	row->cells[2] = change_cell(doc, d, at);
	row->cells[3] = change->author.len ? cell_text(&doc->arena, change->author) : cell_none();
}

enum { CHANGES_SHOWN = 5 };

static void add_changes(struct doc *doc, const struct dashboard *d)
{
	const struct history_change *items = d->changes->items;
	size_t records = 0;
	struct table *table = doc_table(doc, "changes", N_("Changed since yesterday"));

	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "change", N_("change"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "author", N_("who"), ALIGN_LEFT, PRIORITY_LOW);
	for (size_t i = 0; i < d->changes->len; i++) {
		size_t before = 0;
		while (before < i && !same_record(&items[before], &items[i]))
			before++;
		if (before < i)
			continue;
		if (records++ < CHANGES_SHOWN)
			add_change_row(doc, table, d, i);
	}
	health_rest(doc, records, CHANGES_SHOWN);
}

static void add_title(struct doc *doc, const struct dashboard *d)
{
	struct slice name = project_setting(d->project, "name"), key = project_setting(d->project, "key");
	char day[CIVIL_TEXT];

	date_print(moment_date(health_today(d)), day);
	doc_title(doc, cell_text(&doc->arena, slice_of(arena_printf(&doc->arena, "%.*s %.*s  %s", (int)name.len,
		name.at,
		(int)key.len, key.at, day))));
}

static void add_work(struct doc *doc, const struct dashboard *d)
{
	struct vec overdue = wanted_tasks(d, is_overdue), due = wanted_tasks(d, due_this_week), mine;

	if (overdue.len)
		add_tasks(doc, task_table(doc, "overdue", N_("Overdue"), NULL), d, &overdue);
	add_tasks(doc, task_table(doc, "due", N_("Due this week"), N_("nothing is due this week")), d, &due);
	if (d->me.len) {
		mine = wanted_tasks(d, waits_for_me);
		add_tasks(doc, task_table(doc, "mine", N_("Waits for me"), N_("nothing waits for you")), d, &mine);
		vec_release(&mine);
	}
	vec_release(&due);
	vec_release(&overdue);
}

static void add_approvals(struct doc *doc, const struct dashboard *d)
{
	const struct dashboard_approval *items = d->approvals->items;
	struct table *table = doc_table(doc, "approvals", N_("Waits for my approval"));

	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "cost_change", N_("cost change"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "finish_change", N_("finish change"), ALIGN_RIGHT, PRIORITY_HIGH);
	for (size_t i = 0; i < d->approvals->len; i++) {
		struct cell *cells = table_row(table)->cells;
		struct money money = { .amount = items[i].cost };

		cells[0] = cell_ref(&doc->arena, items[i].id, slice_new(NULL, 0));
		cells[1] = cell_text(&doc->arena, items[i].title);
		if (!items[i].measured)
			continue;
		memcpy(money.currency, d->project->units.currency, sizeof(money.currency));
		cells[2] = cell_money(money);
		cells[3] = cell_duration(items[i].finish);
		cells[2].sign = cells[3].sign = true;
	}
}

static void add_unjudged(struct doc *doc, const struct dashboard *d)
{
	struct cell count = cell_integer((int64_t)d->unjudged);

	if (d->unjudged && d->data)
		pairs_add(doc, doc_pairs(doc, "unjudged"), "changes", N_("changes"), count);
	else if (d->unjudged)
		doc_paragraph(doc,
			cell_message_of(&doc->arena,
				N_("whether %s more changes wait for my approval is not known yet: 'pmt change' judges them"), &count, 1));
}

void dashboard_build(struct doc *doc, const struct dashboard *d)
{
	struct health_figures now;

	health_figures_now(&now, d);
	add_title(doc, d);
	if (d->data)
		health_indicators(doc, d, &now);
	add_health(doc, d, &now);
	health_alerts(doc, d);
	if (d->plan && d->plan->task_count)
		add_work(doc, d);
	if (d->approvals && d->approvals->len)
		add_approvals(doc, d);
	add_unjudged(doc, d);
	add_reviews(doc, d);
	if (d->changes && d->changes->len)
		add_changes(doc, d);
}
