/* `pmt trend MEASURE`: what a measure was in the revisions of the project, as a line and a table. */
#include "cmd/cli/trend.h"
#include "cmd/cli/history.h"
#include "cmd/cli/installed.h"
#include "cmd/cli/progress.h"
#include "cmd/cli/revision.h"

#include "history/values.h"
#include "quality/measure.h"
#include "report/trend.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { POINTS_AIMED_AT = 60, COMMITS_FEW = 30 };
enum every { EVERY_COMMIT, EVERY_DAY, EVERY_WEEK, EVERY_MONTH, EVERY_AUTO };
static const char every_words[] = "commit|day|week|month|auto";

struct trend_options {
	const char *since, *every;
};

static const struct option_spec specs[] = {
	{ 0, "since", OPTION_TEXT, offsetof(struct trend_options, since), N_("DATE"), N_("Only from then on") },
	{ 0, "every", OPTION_TEXT, offsetof(struct trend_options, every), "commit|day|week|month|auto",
		N_("A point for each commit, or for the end of each day, week or month (default: auto, at most 60)") },
	OPTIONS_END,
};

struct asked {
	struct slice commit; /* empty: the project as it is */
	moment_t when;
};

struct trending {
	struct context *context;
	struct history_run history;
	struct trend_measure measure;
	struct vec commits; /* struct asked: the branch's own commits, newest first */
	struct vec asked;   /* struct asked: the points, oldest first */
	struct vec points;  /* struct trend_point */
	struct history_values values;
	moment_t since; /* 0: all */
	enum every every;
};

/* --- which revisions --- */

static bool add_commit(void *context, const struct history_commit *commit)
{
	struct trending *t = context;
	moment_t last = moment_from_date(moment_date(t->context->now) + 1);

	if (commit->when < last && (t->every != EVERY_COMMIT || commit->change_count))
		vec_append(&t->commits, &(struct asked){ commit->id, commit->when });
	return true;
}

static int list_commits(struct trending *t, struct err *err)
{
	struct history_walk walk = t->history.query.walk;
	int status;

	walk.visit = add_commit;
	walk.context = t;
	walk.first_parent = true;
	walk.uncommitted = false;
	walk.no_changes = t->every != EVERY_COMMIT;
	vec_clear(&t->commits);
	status = history_walk(&walk, &t->history.arena, &t->history.cut, err);
	if (status == 0 && t->history.cut)
		context_note(t->context, "%s",
			_("history incomplete: this clone is shallow; 'git fetch --unshallow' gets the rest"));
	return status;
}

/* The end of the period that a day is in: its last minute. */
static moment_t period_end(enum every every, date_t day)
{
	struct civil civil = civil_from_date(day);

	if (every == EVERY_WEEK)
		day += 7 - date_weekday(day);
	else if (every == EVERY_MONTH)
		day = date_add_months(date_from_civil(civil.year, civil.month, 1), 1) - 1;
	return moment_from_date(day + 1) - 1;
}

/* The finest that gives no more points than people can tell apart. */
static enum every choose_every(const struct trending *t)
{
	const struct asked *commits = t->commits.items;
	date_t first, last = moment_date(t->context->now);

	if (t->commits.len <= COMMITS_FEW)
		return EVERY_COMMIT;
	first = moment_date(t->since ? t->since : commits[t->commits.len - 1].when);
	return last - first <= POINTS_AIMED_AT       ? EVERY_DAY
	       : last - first <= POINTS_AIMED_AT * 7 ? EVERY_WEEK
						     : EVERY_MONTH;
}

/* For the end of each period, the last commit by then. */
static void ask_periods(struct trending *t)
{
	const struct asked *commits = t->commits.items;
	size_t at = t->commits.len;
	moment_t end;

	if (at == 0)
		return;
	end = period_end(t->every, moment_date(t->since > commits[at - 1].when ? t->since : commits[at - 1].when));
	for (; end < t->context->now; end = period_end(t->every, moment_date(end) + 1)) {
		while (at > 0 && commits[at - 1].when <= end)
			at--;
		if (at < t->commits.len)
			vec_append(&t->asked, &(struct asked){ commits[at].commit, end });
	}
}

static void ask_commits(struct trending *t)
{
	const struct asked *commits = t->commits.items;

	for (size_t i = t->commits.len; i-- > 0;)
		if (commits[i].when >= t->since)
			vec_append(&t->asked, &commits[i]);
}

static int ask(struct trending *t, struct err *err)
{
	int status = list_commits(t, err);

	if (status == 0 && t->every == EVERY_AUTO) {
		t->every = choose_every(t);
		if (t->every == EVERY_COMMIT)
			status = list_commits(t, err);
	}
	if (status < 0)
		return status;
	if (t->every == EVERY_COMMIT)
		ask_commits(t);
	else
		ask_periods(t);
	/* And as it is now, or was at --at. */
	vec_append(&t->asked, &(struct asked){ slice_new(NULL, 0), t->context->now });
	return 0;
}

/* --- their values --- */

static struct cell value_now(struct trending *t, struct arena *arena)
{
	struct context *context = t->context;
	struct trend_state state = { .project = &context->project, .now = context->now };
	struct plan_costs costs;
	struct cell value;
	struct err ignored;

	err_init(&ignored);
	if ((t->measure.plan || t->measure.costs) && context_plan(context, &ignored) == 0) {
		state.plan = &context->plan;
		plan_costs_init(&costs, &context->plan);
		state.costs = &costs;
	}
	value = trend_value(&t->measure, context, &state, arena);
	if (state.plan)
		plan_costs_release(&costs);
	err_release(&ignored);
	return value;
}

static int value_then(
	struct trending *t, const struct asked *asked, struct arena *arena, struct cell *out, struct err *err)
{
	const char *revision = arena_strndup(arena, asked->commit.at, asked->commit.len);
	struct trend_state state = { .now = asked->when };
	struct err reason;
	struct past past;
	int status;

	*out = cell_none();
	err_init_like(&reason, err);
	status = past_open(&past, t->context, revision, &reason);
	/* A project that was not there yet, or a text of another format, has no value. */
	if (status == 0) {
		state.project = &past.project;
		if ((t->measure.plan || t->measure.costs) && past_plan(&past, t->context, asked->when, &reason) == 0) {
			state.plan = &past.plan;
			state.costs = &past.costs;
		}
		*out = trend_value(&t->measure, t->context, &state, arena);
	}
	if (status == ERR_SYSTEM || status == ERR_INTERNAL)
		err_set(err, reason.code, "%s", reason.message);
	else
		status = 0;
	past_release(&past);
	err_release(&reason);
	return status;
}

/* "TYPE NUMBER CURRENCY" */
static void print_value(const struct cell *cell, struct strbuf *out)
{
	int64_t number = cell->type == CELL_MONEY ? cell->money.amount : cell->number;

	strbuf_addf(out, "%d %" PRId64 " %s", (int)cell->type, cell->type == CELL_NONE ? 0 : number,
		cell->type == CELL_MONEY ? cell->money.currency : "-");
}

static bool scan_value(struct slice text, struct cell *out)
{
	char line[64], currency[4];
	int64_t number;
	int type;

	snprintf(line, sizeof(line), "%.*s", (int)text.len, text.at);
	if (sscanf(line, "%d %" SCNd64 " %3s", &type, &number, currency) != 3)
		return false;
	*out = (struct cell){ .type = (enum cell_type)type };
	if (type == CELL_MONEY) {
		out->money.amount = number;
		memcpy(out->money.currency, currency, sizeof(currency));
	} else {
		out->number = number;
	}
	return true;
}

static int compute_point(
	struct trending *t, const struct asked *asked, struct arena *scratch, struct cell *value, struct err *err)
{
	struct slice known, me;
	struct strbuf text;
	const char *key;
	int status;

	if (!asked->commit.len) {
		*value = value_now(t, scratch);
		return 0;
	}
	/* Who asks makes a difference where a condition says @me. */
	me = strchr(t->measure.text.buf, '@') ? context_scope(t->context).me : slice_new("", 0);
	key = arena_printf(scratch, "%.*s %" PRId64 " %.*s %s", (int)asked->commit.len, asked->commit.at, asked->when,
		(int)me.len, me.len ? me.at : "", t->measure.text.buf);
	if (values_get(&t->values, slice_of(key), &known) && scan_value(known, value))
		return 0;
	status = value_then(t, asked, scratch, value, err);
	if (status == 0) {
		strbuf_init(&text);
		print_value(value, &text);
		values_put(&t->values, slice_of(key), strbuf_slice(&text));
		strbuf_release(&text);
	}
	return status;
}

static int compute(struct trending *t, struct err *err)
{
	const struct asked *asked = t->asked.items;
	struct progress progress;
	struct arena scratch;
	int status = 0;

	arena_init(&scratch);
	progress_start(&progress, t->context, _("revisions"));
	for (size_t i = 0; i < t->asked.len && status == 0 && !atomic_load(&progress.cancel.requested); i++) {
		struct trend_point point = { .when = asked[i].when, .commit = asked[i].commit };

		status = compute_point(t, &asked[i], &scratch, &point.value, err);
		vec_append(&t->points, &point);
		progress_count(&progress, i + 1, t->asked.len);
		arena_reset(&scratch);
	}
	if (progress_end(&progress) && status == 0)
		status = err_set(err, ERR_CANCELLED, "%s", _("stopped"));
	arena_release(&scratch);
	return status;
}

/* --- the answer --- */

static int emit(struct trending *t, struct err *err)
{
	struct trend_report report = { .measure = strbuf_slice(&t->measure.text),
		.explained = t->measure.explained,
		.points = t->points.items,
		.count = t->points.len,
		.data = context_wants_data(t->context) };
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.trend/1");
	doc.units = t->context->project.units;
	trend_document(&doc, &report);
	status = context_emit(t->context, &doc, err);
	doc_release(&doc);
	return status;
}

/* Without a measure: what there is to ask. */
static int list_measures(struct context *context, struct err *err)
{
	struct table *table;
	struct doc doc;
	const struct kind *kind;
	int status;

	doc_init(&doc, "pmt.trend.measures/1");
	kind = measure_kind(&context->project, &doc.arena);
	table = doc_table(&doc, "records", NULL);
	table_column(table, "measure", N_("measure"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "doc", N_("what it is"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (size_t i = 0; i < kind->field_count; i++) {
		struct cell *cells;

		if (measure_needs(kind->fields[i].name) & MEASURE_CHECK)
			continue;
		cells = table_row(table)->cells;
		cells[0] = cell_text(&doc.arena, slice_of(kind->fields[i].name));
		cells[1] = kind->fields[i].doc ? cell_message(kind->fields[i].doc) : cell_none();
	}
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

static int read_options(struct trending *t, const struct trend_options *options, struct err *err)
{
	static const struct field since = { .name = "--since", .type = TYPE_DATETIME };
	int every = options->every ? word_index(every_words, slice_of(options->every)) : EVERY_AUTO;

	if (every < 0)
		return err_set(err, ERR_USAGE, _("--every takes %s, not '%s'"), every_words, options->every);
	t->every = (enum every)every;
	if (options->since && context_read_moment(t->context, &since, options->since, &t->since, err) < 0)
		return err->code;
	return 0;
}

static int answer(struct trending *t, struct err *err)
{
	const char *folder = t->history.query.walk.cache;
	int status = ask(t, err);

	if (status < 0)
		return status;
	values_open(&t->values, folder ? arena_printf(&t->history.arena, "%s/trend", folder) : NULL, pmt_version);
	status = compute(t, err);
	values_close(&t->values);
	return status == 0 ? emit(t, err) : status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct trending t = { .context = context };
	int status;

	if (arguments->len == 0)
		return list_measures(context, err);
	vec_init(&t.commits, sizeof(struct asked));
	vec_init(&t.asked, sizeof(struct asked));
	vec_init(&t.points, sizeof(struct trend_point));
	trend_init(&t.measure);
	status = history_begin(&t.history, context, err);
	if (status == 0)
		status = read_options(&t, options, err);
	if (status == 0)
		status = trend_read(&t.measure, context, arguments, err);
	if (status == 0)
		status = answer(&t, err);
	trend_release(&t.measure);
	vec_release(&t.points);
	vec_release(&t.asked);
	vec_release(&t.commits);
	history_end(&t.history);
	return status;
}

const struct command cmd_trend = {
	.name = "trend",
	.group = GROUP_WATCH,
	.summary = N_("What a measure was over time: finish, cost, risks, any count"),
	.usage = "[MEASURE|count KIND CONDITION...|sum FIELD KIND CONDITION...]",
	.options = specs,
	.options_size = sizeof(struct trend_options),
	.needs = NEEDS_PROJECT,
	.run = run,
};
