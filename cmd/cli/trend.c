#include "cmd/cli/trend.h"

#include "base/utf8.h"
#include "cmd/cli/history.h"
#include "plan/baseline.h"
#include "plan/compare.h"
#include "quality/measure.h"
#include "risk/risk.h"

#include <stdlib.h>
#include <string.h>

/* Short names for what is often asked. */
static const struct {
	const char *name, *words;
} short_names[] = {
	{ "tasks", "count task" },
	{ "done", "count task status=done" },
	{ "requirements", "count requirement" },
	{ "risks", "open_risks" },
	{ "issues", "open_issues" },
	{ "defects", "open_defects" },
};

static const struct field *measure_named(const char *name)
{
	for (size_t i = 0; i < measure_count(); i++)
		if (strcmp(measure_fields[i].name, name) == 0)
			return &measure_fields[i];
	return NULL;
}

static int unknown_measure(struct context *context, const char *word, struct err *err)
{
	const struct kind *kind = measure_kind(&context->project, &context->project.arena);
	const char **names = xcalloc(kind->field_count + ARRAY_SIZE(short_names) + 1, sizeof(*names));
	size_t count = 0;
	int nearest;

	for (size_t i = 0; i < kind->field_count; i++)
		names[count++] = kind->fields[i].name;
	for (size_t i = 0; i < ARRAY_SIZE(short_names); i++)
		names[count++] = short_names[i].name;
	names[count++] = "effort";
	nearest = utf8_nearest(slice_of(word), names, count);
	err_set(err, ERR_USAGE, _("there is no measure '%s'"), word);
	if (nearest >= 0)
		err_hint(err, _("did you mean '%s'?"), names[nearest]);
	else
		err_hint(err, "%s", _("'pmt trend' alone lists them; 'count KIND CONDITION' counts anything"));
	free(names);
	return ERR_USAGE;
}

static void note_need(void *context, const struct field *field)
{
	bool *plan = context;

	*plan = *plan || (field->flags & FIELD_COMPUTED);
}

/* As it was understood, views of the configuration put in: so it is asked of every revision. */
static void keep_condition(struct trend_measure *m, const struct condition *condition)
{
	struct strbuf text;

	strbuf_init(&text);
	condition_print(condition, &text);
	strvec_clear(&m->conditions);
	strvec_push(&m->conditions, text.buf);
	strbuf_reset(&m->text);
	if (m->what == TREND_SUM)
		strbuf_addf(&m->text, "sum %s %s %s", m->field->name, m->kind->name, text.buf);
	else
		strbuf_addf(&m->text, "count %s %s", m->kind->name, text.buf);
	strbuf_release(&text);
}

/* "count KIND [CONDITION...]", "sum FIELD KIND [CONDITION...]" */
static int read_counting(struct trend_measure *m, struct context *context, const struct strvec *words, struct err *err)
{
	size_t at = m->what == TREND_SUM ? 2 : 1;
	struct condition *condition;
	int status;

	if (words->len <= at)
		return err_set(err, ERR_USAGE, "%s",
			m->what == TREND_SUM ? _("'sum' needs a field and a kind: sum effort task")
					     : _("'count' needs a kind: count task status=done"));
	status = history_kind(words->items[at], &m->kind, err);
	if (status < 0)
		return status;
	if (m->what == TREND_SUM) {
		m->field = kind_field_named(m->kind, words->items[1]);
		if (!m->field)
			return err_set(err, ERR_USAGE, _("%s has no field '%s'"), m->kind->name, words->items[1]);
		note_need(&m->plan, m->field);
	}
	for (size_t i = at + 1; i < words->len; i++)
		strvec_push(&m->conditions, words->items[i]);
	status = context_condition(context, m->kind, &m->conditions, &condition, err);
	if (status == 0 && condition) {
		condition_needs(condition, note_need, &m->plan);
		keep_condition(m, condition);
	}
	return status;
}

static int read_words(struct trend_measure *m, struct context *context, const struct strvec *words, struct err *err)
{
	const char *first = words->items[0];
	const struct field *field = measure_named(first);

	for (size_t i = 0; i < words->len; i++)
		strbuf_addf(&m->text, "%s%s", i ? " " : "", words->items[i]);
	if (strcmp(first, "count") == 0 || strcmp(first, "sum") == 0) {
		m->what = *first == 'c' ? TREND_COUNT : TREND_SUM;
		return read_counting(m, context, words, err);
	}
	if (words->len > 1)
		return err_set(err, ERR_USAGE, _("one measure at a time: '%s' is one too many"), words->items[1]);
	m->name = slice_of(arena_strdup(&context->project.arena, first));
	if (strcmp(first, "effort") == 0) {
		m->what = TREND_EFFORT;
		m->explained = N_("Planned effort of all tasks");
		m->plan = true;
		return 0;
	}
	if (field)
		m->explained = field->doc;
	else if (!project_find(&context->project, kind_find(slice_of("metric")), m->name))
		return unknown_measure(context, first, err);
	m->plan = measure_needs(first) & MEASURE_PLAN;
	m->costs = measure_needs(first) & MEASURE_COSTS;
	if (measure_needs(first) & MEASURE_CHECK)
		return unknown_measure(context, first, err);
	return 0;
}

/* One quoted word is several; a short name stands for its words. */
static void spread(const struct strvec *words, struct strvec *out)
{
	struct slice rest = words->len == 1 ? slice_of(words->items[0]) : slice_new(NULL, 0), word;

	for (size_t i = 0; words->len == 1 && i < ARRAY_SIZE(short_names); i++)
		if (slice_is(rest, short_names[i].name))
			rest = slice_of(short_names[i].words);
	while (slice_next(&rest, " ", &word))
		if (word.len)
			strvec_push_slice(out, word);
	for (size_t i = 0; words->len > 1 && i < words->len; i++)
		strvec_push(out, words->items[i]);
}

void trend_init(struct trend_measure *measure)
{
	*measure = (struct trend_measure){ .what = TREND_MEASURE };
	strvec_init(&measure->conditions);
	strbuf_init(&measure->text);
}

int trend_read(struct trend_measure *measure, struct context *context, const struct strvec *words, struct err *err)
{
	struct strvec single;
	int status;

	strvec_init(&single);
	spread(words, &single);
	status = single.len ? read_words(measure, context, &single, err) : unknown_measure(context, "", err);
	strvec_release(&single);
	return status;
}

void trend_release(struct trend_measure *measure)
{
	strvec_release(&measure->conditions);
	strbuf_release(&measure->text);
}

/* --- values --- */

static struct cell cell_of(const struct value *value, struct slice name)
{
	switch (value->type) {
	case TYPE_INTEGER: return cell_integer(value->as.integer);
	case TYPE_PERCENT: return cell_percent(value->as.number);
	case TYPE_NUMBER: return cell_number(value->as.number);
	case TYPE_MONEY: return cell_money(value->as.money);
	case TYPE_DATE:
	case TYPE_DATETIME:
		return slice_ends(name, "finish") ? cell_finish(value->as.when.moment)
						  : cell_moment(value->as.when.moment);
	case TYPE_DURATION:
	case TYPE_EFFORT: return cell_duration(estimate_mean(&value->as.estimate));
	default: return cell_none();
	}
}

static struct cell measure_cell(const struct trend_measure *m, const struct trend_state *state, struct arena *arena)
{
	struct risk_register risks;
	struct measures measures = { .project = state->project,
		.plan = state->plan,
		.costs = state->costs,
		.now = state->now,
		.more = risk_measure,
		.more_context = &risks };
	struct value value;
	bool known;

	risk_register_init(&risks, state->project, state->now);
	known = measure_value(&measures, m->name, slice_new(NULL, 0), arena, &value);
	risk_register_release(&risks);
	return known ? cell_of(&value, m->name) : cell_none();
}

static struct cell effort_cell(const struct trend_state *state)
{
	struct snapshot snapshot;
	struct cell cell;

	if (!state->plan)
		return cell_none();
	snapshot_of_plan(&snapshot, state->plan, state->costs);
	cell = cell_duration(snapshot.effort);
	snapshot_release(&snapshot);
	return cell;
}

/* Adds a value to a sum of values alike; false: it is of no type that adds up, or of another currency. */
static bool add_value(struct cell *sum, const struct value *value, const struct units *units)
{
	struct cell cell = cell_of(value, slice_new(NULL, 0));

	if (cell.type == CELL_MONEY && !*cell.money.currency)
		memcpy(cell.money.currency, units->currency, sizeof(units->currency));
	if (sum->type == CELL_NONE) {
		*sum = cell;
		return cell.type != CELL_MOMENT && cell.type != CELL_NONE;
	}
	if (cell.type != sum->type ||
		(cell.type == CELL_MONEY && strcmp(cell.money.currency, sum->money.currency) != 0))
		return false;
	if (cell.type == CELL_MONEY)
		sum->money.amount += cell.money.amount;
	else
		sum->number += cell.number;
	return true;
}

/* Goes over the records that meet the conditions. */
static struct cell count_cell(const struct trend_measure *m, const struct trend_state *state,
	const struct query_scope *scope, struct arena *arena)
{
	struct condition *condition = NULL;
	struct cell sum = cell_none();
	struct record *record;
	struct units units;
	int64_t count = 0;
	bool adds = true;

	project_units(state->project, &units);
	if (m->conditions.len && condition_parse_words(&condition, m->conditions.items, m->conditions.len, m->kind,
					 scope, arena, NULL) < 0)
		return cell_none();
	FOREACH_RECORD (state->project, m->kind, record) {
		struct value value;

		if (condition && !condition_holds(condition, record, scope, arena))
			continue;
		count++;
		if (m->what == TREND_SUM && query_value(scope, record, m->field, arena, &value))
			adds = add_value(&sum, &value, &units) && adds;
	}
	if (m->what == TREND_COUNT)
		return cell_integer(count);
	return adds && sum.type == CELL_NONE ? cell_integer(0) : adds ? sum : cell_none();
}

struct cell trend_value(const struct trend_measure *measure, struct context *context, const struct trend_state *state,
	struct arena *arena)
{
	struct computed baselines, tasks;
	struct query_scope scope = {
		.project = state->project, .now = state->now, .me = context_scope(context).me, .computed = &baselines
	};

	if (measure->what == TREND_MEASURE)
		return measure_cell(measure, state, arena);
	if (measure->what == TREND_EFFORT)
		return effort_cell(state);
	baselines = baseline_computed(state->project);
	if (state->plan) {
		tasks = plan_computed(state->plan);
		tasks.next = &baselines;
		scope.computed = &tasks;
	}
	return count_cell(measure, state, &scope, arena);
}
