/*
 * The issue log by age: how many are open in each group, how old and how late they are; then the open ones, the most urgent first,
 * with whom rules escalate them to.
 */
#include "report/register_log.h"

#include "base/alloc.h"
#include "base/map.h"

#include <stdlib.h>

enum { BANDS = 4 };
static const int64_t band_ends[BANDS - 1] = { 7, 14, 30 }; /* days; the last band has no end */

struct open_issue {
	const struct record *record;
	int64_t age, overdue; /* days; age -1: not known */
	decimal_t score;      /* DECIMAL_NONE: none */
	date_t due;
	int severity;
};

struct group {
	struct slice key;
	int64_t open, overdue, closed, bands[BANDS], oldest, days, aged, reopened;
	int rank;
};

struct view {
	struct doc *doc;
	const struct issue_log_request *request;
	struct vec issues; /* struct open_issue */
	struct vec groups; /* struct group */
	struct map index;
};

static const char severity_words[] = "critical|major|minor|trivial";

static struct group *group_of(struct view *v, const struct record *record)
{
	static const char *const fields[] = { "severity", "owner", "type" };
	struct slice key = slice_trim(record_text_or(record, fields[v->request->group]));
	uintptr_t at = v->groups.len;

	if (map_add(&v->index, key, at, &at)) {
		struct group *g = vec_push(&v->groups);

		g->key = key;
		g->rank = v->request->group == ISSUES_BY_SEVERITY ? word_index(severity_words, key) : 0;
	}
	return vec_at(&v->groups, at);
}

static void count_open(struct group *g, const struct open_issue *issue)
{
	size_t band = 0;

	g->open++;
	g->overdue += issue->overdue > 0;
	if (issue->age < 0)
		return;
	while (band < BANDS - 1 && issue->age > band_ends[band])
		band++;
	g->bands[band]++;
	g->oldest = issue->age > g->oldest ? issue->age : g->oldest;
}

static int64_t times_reopened(struct view *v, const struct record *record)
{
	const struct field *field = kind_field_named(record->kind, "reopened");
	struct value value;

	return record_value(v->request->r->project, record, field, &v->doc->arena, &value) ? value.as.integer : 0;
}

static void take(struct view *v, const struct record *record)
{
	const struct field *score = kind_field_named(record->kind, "score");
	struct risk_register *r = v->request->r;
	struct open_issue issue = { .record = record, .age = issue_age(r, record), .overdue = issue_overdue(r, record),
		.score = DECIMAL_NONE, .due = DATE_NONE };
	struct group *g = group_of(v, record);
	struct value value;

	g->reopened += times_reopened(v, record) > 0;
	if (!issue_is_open(record)) {
		g->closed++;
		g->aged += issue.age >= 0;
		g->days += issue.age >= 0 ? issue.age : 0;
		return;
	}
	count_open(g, &issue);
	issue.severity = word_index(severity_words, record_text_or(record, "severity"));
	if (record_value(r->project, record, score, &v->doc->arena, &value))
		issue.score = value.as.number;
	if (date_parse(slice_trim(record_text_or(record, "due")), &issue.due) != CIVIL_OK)
		issue.due = DATE_NONE;
	vec_append(&v->issues, &issue);
}

/* By severity; within it vulnerabilities by score, then what has been late the longest, then the oldest. */
static int by_urgency(const void *a, const void *b, void *context)
{
	const struct open_issue *x = a, *y = b;

	(void)context;
	if (x->severity != y->severity)
		return x->severity - y->severity;
	if (x->score != y->score)
		return x->score > y->score ? -1 : 1;
	if (x->overdue != y->overdue)
		return x->overdue > y->overdue ? -1 : 1;
	return x->age == y->age ? 0 : x->age > y->age ? -1 : 1;
}

static int by_rank(const void *a, const void *b, void *context)
{
	const struct group *x = a, *y = b;

	(void)context;
	if (x->rank != y->rank)
		return x->rank - y->rank;
	return x->open == y->open ? 0 : x->open > y->open ? -1 : 1;
}

/* --- tables --- */

static void add_group_columns(const struct view *v, struct table *table)
{
	static const char *const names[] = { N_("severity"), N_("owner"), N_("type") };

	table_column(table, names[v->request->group], names[v->request->group], ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "open", N_("open issues"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "overdue", N_("overdue"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "to_7_days", N_("≤ 7 days"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "to_14_days", N_("8–14"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "to_30_days", N_("15–30"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "older", N_("> 30"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "oldest", N_("oldest, days"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "closed", N_("settled"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "mean_days", N_("days to settle"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "reopened", N_("came back"), ALIGN_RIGHT, PRIORITY_LOW);
}

static struct cell group_name(struct view *v, const struct group *g)
{
	if (g->key.len == 0)
		return v->request->data ? cell_none() : cell_toned(TONE_MUTED, cell_message(N_("nobody")));
	return v->request->group == ISSUES_BY_OWNER ? cell_ref(&v->doc->arena, g->key, slice_of("")) :
						      cell_word(&v->doc->arena, g->key);
}

static void add_groups(struct view *v)
{
	struct table *table = doc_table(v->doc, "groups", NULL);
	const struct group *groups;

	vec_sort(&v->groups, by_rank, NULL);
	groups = v->groups.items;
	table->empty = N_("no issues");
	add_group_columns(v, table);
	for (size_t i = 0; i < v->groups.len; i++) {
		const struct group *g = &groups[i];
		struct cell *c = table_row(table)->cells;

		c[0] = group_name(v, g);
		c[1] = cell_integer(g->open);
		c[2] = cell_toned(g->overdue ? TONE_BAD : TONE_NONE, cell_integer(g->overdue));
		for (int band = 0; band < BANDS; band++)
			c[3 + band] = cell_integer(g->bands[band]);
		c[7] = g->open ? cell_integer(g->oldest) : cell_none();
		c[8] = cell_integer(g->closed);
		c[9] = g->aged ? cell_number(decimal_scale(g->days * DECIMAL_ONE, 1, g->aged) / (DECIMAL_ONE / 10) * (DECIMAL_ONE / 10)) :
				 cell_none();
		c[10] = cell_integer(g->reopened);
	}
}

/* "late-issue → zhang.min": a rule that escalates this issue, and from when, when that is still to come. */
static void add_escalation(struct view *v, const struct rule_hit *hit, struct strbuf *text)
{
	const struct issue_log_request *request = v->request;
	moment_t when = rule_escalates(hit, request->calendar, &request->r->project->units);
	struct slice to = record_text_or(hit->rule->record, "escalate_to");
	char date[CIVIL_TEXT];

	strbuf_addf(text, "%s%.*s → %.*s", text->len ? "; " : "", (int)hit->rule->record->id.len, hit->rule->record->id.at,
		(int)to.len, to.at);
	if (when == MOMENT_NONE ? hit->rule->after != 0 : when > request->now)
		strbuf_addf(text, " (%s)", when == MOMENT_NONE ? "?" : date_print(moment_date(when), date));
}

static struct cell escalations(struct view *v, const struct record *record)
{
	const struct rule_hit *hits = v->request->rules ? v->request->rules->hits.items : NULL;
	struct strbuf text;
	struct cell cell;

	strbuf_init(&text);
	for (size_t i = 0; hits && i < v->request->rules->hits.len; i++)
		if (hits[i].record == record)
			add_escalation(v, &hits[i], &text);
	cell = text.len ? cell_text(&v->doc->arena, strbuf_slice(&text)) : cell_none();
	strbuf_release(&text);
	return cell;
}

static void add_issue_columns(struct table *table)
{
	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "type", N_("type"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "severity", N_("severity"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "score", "CVSS", ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "status", N_("status"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "owner", N_("owner"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "age", N_("age, days"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "due", N_("due"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "overdue", N_("overdue days"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "escalates", N_("escalates to"), ALIGN_LEFT, PRIORITY_LOW);
}

static void add_issue(struct view *v, struct table *table, const struct open_issue *issue)
{
	struct arena *arena = &v->doc->arena;
	const struct record *record = issue->record;
	struct slice owner = slice_trim(record_text_or(record, "owner"));
	struct cell *c = table_row(table)->cells;

	c[0] = cell_word(arena, slice_of("issue"));
	c[1] = cell_ref(arena, record->id, slice_of(""));
	c[2] = cell_text(arena, record_title(record));
	c[3] = cell_word(arena, record_text_or(record, "type"));
	c[4] = cell_word(arena, record_text_or(record, "severity"));
	if (issue->score != DECIMAL_NONE)
		c[5] = cell_number(issue->score);
	c[6] = cell_word(arena, record_text_or(record, "status"));
	if (owner.len)
		c[7] = cell_ref(arena, owner, slice_of(""));
	if (issue->age >= 0)
		c[8] = cell_integer(issue->age);
	if (issue->due != DATE_NONE)
		c[9] = cell_toned(issue->overdue ? TONE_BAD : TONE_NONE, cell_date(issue->due));
	if (issue->overdue)
		c[10] = cell_integer(issue->overdue);
	c[11] = escalations(v, record);
}

static void add_issues(struct view *v)
{
	struct table *table = doc_table(v->doc, "records", NULL);
	const struct open_issue *issues;

	vec_sort(&v->issues, by_urgency, NULL);
	issues = v->issues.items;
	table->empty = N_("no issue is open");
	add_issue_columns(table);
	for (size_t i = 0; i < v->issues.len; i++)
		add_issue(v, table, &issues[i]);
}

void issue_age_report(struct doc *doc, const struct issue_log_request *request)
{
	struct view v = { .doc = doc, .request = request };
	const struct record *const *records = request->records->items;

	vec_init(&v.issues, sizeof(struct open_issue));
	vec_init(&v.groups, sizeof(struct group));
	map_init(&v.index);
	for (size_t i = 0; i < request->records->len; i++)
		take(&v, records[i]);
	if (request->data) {
		add_issues(&v);
		add_groups(&v);
	} else {
		add_groups(&v);
		add_issues(&v);
	}
	vec_release(&v.issues);
	vec_release(&v.groups);
	map_release(&v.index);
}
