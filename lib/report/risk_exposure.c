/*
 * Exposure: what risks are expected to cost and to bring, by risk or summed by category, owner, strategy or task, and whether
 * the responses are worth their cost. A risk that hits several tasks counts whole for each: rows by task do not add up.
 */
#include "report/risk.h"

#include "base/alloc.h"
#include "base/map.h"
#include "report/health.h"

struct group {
	struct slice key;
	const struct record *record; /* what the key names, or NULL */
	size_t threats, opportunities;
	decimal_t threat, opportunity, residual_threat, residual_opportunity, cost, benefit;
};

struct view {
	struct doc *doc;
	const struct risk_request *request;
	enum exposure_group group;
	struct vec groups; /* struct group */
	struct map index;  /* key → position */
};

static void add(decimal_t amount, decimal_t *sum)
{
	if (amount != DECIMAL_NONE)
		decimal_add(*sum, amount, sum);
}

static void add_to(struct view *v, struct slice key, const struct record *record, const struct risk *risk)
{
	uintptr_t at = v->groups.len;
	struct group *g;

	if (map_add(&v->index, key, at, &at)) {
		g = vec_push(&v->groups);
		g->key = key;
		g->record = record;
	}
	g = vec_at(&v->groups, at);
	g->threats += !risk->opportunity;
	g->opportunities += risk->opportunity;
	add(risk->before.exposure, risk->opportunity ? &g->opportunity : &g->threat);
	add(risk->after.exposure, risk->opportunity ? &g->residual_opportunity : &g->residual_threat);
	add(risk->response_cost, &g->cost);
	add(risk->benefit, &g->benefit);
}

static void add_tasks(struct view *v, const struct risk *risk)
{
	const struct project *project = v->request->r->project;
	struct slice rest = record_text_or(risk->record, "tasks"), id;
	bool any = false;

	while (slice_next(&rest, ",\n", &id)) {
		const struct record *task = id.len ? project_find(project, kind_find(slice_of("task")), id) : NULL;

		if (id.len) {
			add_to(v, task ? task->id : id, task, risk);
			any = true;
		}
	}
	if (!any)
		add_to(v, slice_of(""), NULL, risk);
}

static void group_risk(struct view *v, const struct record *record)
{
	static const char *const fields[] = { [EXPOSURE_BY_CATEGORY] = "category", [EXPOSURE_BY_OWNER] = "owner",
		[EXPOSURE_BY_STRATEGY] = "strategy" };
	const struct record *named = NULL;
	struct risk risk;
	struct slice key;

	risk_read(v->request->r, record, &risk);
	if (v->group == EXPOSURE_BY_TASK) {
		add_tasks(v, &risk);
		return;
	}
	key = slice_trim(record_text_or(record, fields[v->group]));
	if (v->group == EXPOSURE_BY_OWNER && key.len)
		named = project_find_among(v->request->r->project, "resource|team|stakeholder", key);
	add_to(v, named ? named->id : key, named, &risk);
}

/* The largest exposure to threats first. */
static int by_exposure(const void *a, const void *b, void *context)
{
	const struct group *x = a, *y = b;

	(void)context;
	if (x->threat != y->threat)
		return x->threat > y->threat ? -1 : 1;
	return x->opportunity == y->opportunity ? 0 : x->opportunity > y->opportunity ? -1 : 1;
}

static struct cell group_name(struct view *v, const struct group *g)
{
	struct arena *arena = &v->doc->arena;

	if (g->key.len == 0)
		return v->request->data ? cell_none() : cell_toned(TONE_MUTED, cell_message(N_("none given")));
	if (v->group == EXPOSURE_BY_STRATEGY)
		return cell_word(arena, g->key);
	if (v->group == EXPOSURE_BY_CATEGORY)
		return cell_text(arena, g->key);
	return cell_ref(arena, g->key, g->record && g->record->kind == kind_find(slice_of("task")) ? slice_of("") :
		g->record                                                                    ? record_title(g->record) :
											       slice_of(""));
}

static struct cell share_of(decimal_t part, decimal_t whole)
{
	return whole > 0 ? cell_percent(decimal_scale(part, 100 * DECIMAL_ONE, whole)) : cell_none();
}

static void add_group_columns(const struct view *v, struct table *table)
{
	static const char *const names[] = { [EXPOSURE_BY_CATEGORY] = N_("category"), [EXPOSURE_BY_OWNER] = N_("owner"),
		[EXPOSURE_BY_TASK] = N_("task"), [EXPOSURE_BY_STRATEGY] = N_("strategy") };

	table_column(table, names[v->group], names[v->group], ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, v->group == EXPOSURE_BY_TASK ? PRIORITY_MUST : PRIORITY_DATA)
		->grow = true;
	table_column(table, "threats", N_("threats"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "exposure", N_("exposure"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "share", N_("share"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "residual_exposure", N_("residual exposure"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "opportunities", N_("opportunities"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "opportunity", N_("expected gain"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "residual_opportunity", N_("gain after"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "response_cost", N_("response cost"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "response_benefit", N_("response benefit"), ALIGN_RIGHT, PRIORITY_HIGH);
}

static struct cell toned_amount(const struct project *project, decimal_t amount)
{
	return cell_toned(amount != DECIMAL_NONE && amount < 0 ? TONE_BAD : TONE_NONE, risk_amount(project, amount));
}

static void add_group(struct view *v, struct table *table, const struct group *g, decimal_t whole)
{
	const struct project *project = v->request->r->project;
	struct cell *c = table_row(table)->cells;

	c[0] = group_name(v, g);
	c[1] = g->record ? cell_text(&v->doc->arena, record_title(g->record)) : cell_none();
	c[2] = cell_integer((int64_t)g->threats);
	c[3] = risk_amount(project, g->threat);
	c[4] = share_of(g->threat, whole);
	c[5] = risk_amount(project, g->residual_threat);
	c[6] = cell_integer((int64_t)g->opportunities);
	c[7] = risk_amount(project, g->opportunity);
	c[8] = risk_amount(project, g->residual_opportunity);
	c[9] = risk_amount(project, g->cost);
	c[10] = toned_amount(project, g->benefit);
}

static void add_groups(struct view *v)
{
	const struct record *const *records = v->request->records->items;
	struct table *table = doc_table(v->doc, "records", NULL);
	const struct group *groups;
	decimal_t whole = 0;

	vec_init(&v->groups, sizeof(struct group));
	map_init(&v->index);
	for (size_t i = 0; i < v->request->records->len; i++)
		group_risk(v, records[i]);
	vec_sort(&v->groups, by_exposure, NULL);
	groups = v->groups.items;
	for (size_t i = 0; i < v->groups.len; i++)
		decimal_add(whole, groups[i].threat, &whole);
	table->empty = N_("no risk to show");
	add_group_columns(v, table);
	for (size_t i = 0; i < v->groups.len; i++)
		add_group(v, table, &groups[i], v->group == EXPOSURE_BY_TASK ? 0 : whole);
	vec_release(&v->groups);
	map_release(&v->index);
}

/* --- one row a risk --- */

static int by_size(const void *a, const void *b, void *context)
{
	const struct risk *x = a, *y = b;

	(void)context;
	if (x->opportunity != y->opportunity)
		return x->opportunity ? 1 : -1;
	return x->before.exposure == y->before.exposure ? 0 : x->before.exposure > y->before.exposure ? -1 : 1;
}

static void add_risk_columns(struct table *table)
{
	risk_columns(table);
	table_column(table, "type", N_("type"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "probability", N_("probability"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "impact_cost", N_("cost impact"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "exposure", N_("exposure"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "residual_exposure", N_("residual exposure"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "response_cost", N_("response cost"), ALIGN_RIGHT, PRIORITY_LOW);
	table_column(table, "response_benefit", N_("response benefit"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "response_roi", N_("return"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "worth", N_("worth it?"), ALIGN_LEFT, PRIORITY_MUST);
}

static struct cell worth(const struct risk *risk)
{
	if (risk->benefit == DECIMAL_NONE || (risk->benefit == 0 && risk->response_cost == 0))
		return cell_none();
	return risk->benefit < 0 ? cell_toned(TONE_BAD, cell_yesno(false)) : cell_toned(TONE_GOOD, cell_yesno(true));
}

static void add_risk(struct view *v, struct table *table, const struct risk *risk)
{
	const struct project *project = v->request->r->project;
	struct cell *c = risk_row(v->doc, table, risk->record)->cells + RISK_COLUMNS;
	decimal_t roi;

	c[0] = cell_word(&v->doc->arena, risk->opportunity ? slice_of("opportunity") : slice_of("threat"));
	if (risk->before.probability != DECIMAL_NONE)
		c[1] = cell_percent(risk->before.probability);
	c[2] = risk_amount(project, risk->before.cost);
	c[3] = risk_amount(project, risk->before.exposure);
	if (risk->assessed)
		c[4] = risk_amount(project, risk->after.exposure);
	if (risk->response_cost)
		c[5] = risk_amount(project, risk->response_cost);
	c[6] = toned_amount(project, risk->benefit);
	if (risk_roi(risk, &roi))
		c[7] = cell_percent(roi);
	c[8] = worth(risk);
}

static void add_risks(struct view *v)
{
	const struct record *const *records = v->request->records->items;
	struct table *table = doc_table(v->doc, "records", NULL);
	const struct risk *items;
	struct vec risks;

	vec_init(&risks, sizeof(struct risk));
	for (size_t i = 0; i < v->request->records->len; i++)
		risk_read(v->request->r, records[i], vec_push(&risks));
	vec_sort(&risks, by_size, NULL);
	table->empty = N_("no risk to show");
	add_risk_columns(table);
	items = risks.items;
	for (size_t i = 0; i < risks.len && (v->request->data || i < RISK_ROWS); i++)
		add_risk(v, table, &items[i]);
	if (!v->request->data)
		health_rest(v->doc, risks.len, RISK_ROWS);
	if (risks.len && !v->request->data)
		doc_paragraph(v->doc, cell_toned(TONE_MUTED,
			cell_message(N_("Worth is judged by cost alone; what a delay would cost is not in it."))));
	vec_release(&risks);
}

void risk_exposure_report(struct doc *doc, const struct risk_request *request, enum exposure_group group)
{
	struct view v = { .doc = doc, .request = request, .group = group };

	if (group == EXPOSURE_BY_RISK)
		add_risks(&v);
	else
		add_groups(&v);
	if (group == EXPOSURE_BY_TASK && !request->data)
		doc_paragraph(doc, cell_toned(TONE_MUTED,
			cell_message(N_("A risk that hits several tasks counts whole for each: these rows do not add up."))));
	risk_totals_pairs(doc, request);
}
