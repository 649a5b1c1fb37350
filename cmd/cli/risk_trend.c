/*
 * `pmt risk trend`: the register at the end of each day, week or month, from the branch's own commits. What a commit held is
 * remembered, for commits do not change.
 */
#include "cmd/cli/history.h"
#include "cmd/cli/installed.h"
#include "cmd/cli/past.h"
#include "cmd/cli/progress.h"
#include "cmd/cli/risk.h"

#include "history/values.h"
#include "quality/rule.h"
#include "report/risk_trend.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { POINTS_MOST = 60 };
enum every { EVERY_DAY, EVERY_WEEK, EVERY_MONTH, EVERY_AUTO };

const struct option_spec risk_trend_specs[] = {
	{ 0, "since", OPTION_TEXT, offsetof(struct risk_options, since), N_("DATE"), N_("Only from then on") },
	{ 0, "every", OPTION_TEXT, offsetof(struct risk_options, every), "day|week|month|auto",
		N_("A point for the end of each day, week or month (default: auto, at most 60)") },
	OPTIONS_END,
};

struct commit {
	struct slice id;
	moment_t when;
};

struct trending {
	struct context *context;
	struct history_run history;
	struct history_values values;
	struct vec commits; /* struct commit, newest first */
	struct vec points;  /* struct risk_point, oldest first */
	moment_t since;
	enum every every;
};

static bool add_commit(void *context, const struct history_commit *commit)
{
	struct trending *t = context;

	if (commit->when <= t->context->now || moment_date(commit->when) <= moment_date(t->context->now))
		vec_append(&t->commits, &(struct commit){ commit->id, commit->when });
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
	walk.no_changes = true;
	status = history_walk(&walk, &t->history.arena, &t->history.cut, err);
	if (status == 0 && t->history.cut)
		context_note(t->context, "%s", _("history incomplete: this clone is shallow; 'git fetch --unshallow' gets the rest"));
	return status;
}

/* The last minute of the period that a day is in. */
static moment_t period_end(enum every every, date_t day)
{
	struct civil civil = civil_from_date(day);

	if (every == EVERY_WEEK)
		day += 7 - date_weekday(day);
	else if (every == EVERY_MONTH)
		day = date_add_months(date_from_civil(civil.year, civil.month, 1), 1) - 1;
	return moment_from_date(day + 1) - 1;
}

static enum every choose(const struct trending *t, date_t first)
{
	date_t days = moment_date(t->context->now) - first;

	if (t->every != EVERY_AUTO)
		return t->every;
	return days <= POINTS_MOST ? EVERY_DAY : days <= POINTS_MOST * 7 ? EVERY_WEEK : EVERY_MONTH;
}

/* For the end of each period the last commit by then; a period without a commit has no point of its own. */
static void choose_points(struct trending *t)
{
	const struct commit *commits = t->commits.items;
	size_t at = t->commits.len, last = SIZE_MAX;
	moment_t end;

	if (at > 0) {
		date_t first = moment_date(t->since > commits[at - 1].when ? t->since : commits[at - 1].when);

		t->every = choose(t, first);
		for (end = period_end(t->every, first); end < t->context->now;
			end = period_end(t->every, moment_date(end) + 1)) {
			while (at > 0 && commits[at - 1].when <= end)
				at--;
			if (at < t->commits.len && at != last)
				vec_append(&t->points, &(struct risk_point){ .when = end, .commit = commits[at].id });
			last = at;
		}
	}
	vec_append(&t->points, &(struct risk_point){ .when = t->context->now });
}

static void take(const struct project *project, moment_t when, struct risk_point *point)
{
	struct risk_register r;
	struct risk_totals totals;

	risk_register_init(&r, project, when);
	risk_totals(&r, &totals);
	risk_register_release(&r);
	point->known = true;
	point->open = (int64_t)totals.open;
	point->overdue = (int64_t)totals.overdue;
	point->threat = totals.threat;
	point->residual = totals.residual_threat;
	point->opportunity = totals.opportunity;
}

static bool recall(struct trending *t, struct slice key, struct risk_point *point)
{
	struct slice known;
	char line[160];
	int is_known;

	if (!values_get(&t->values, key, &known))
		return false;
	snprintf(line, sizeof(line), "%.*s", (int)known.len, known.at);
	if (sscanf(line, "%d %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64 " %" SCNd64, &is_known, &point->open, &point->overdue,
		    &point->threat, &point->residual, &point->opportunity) != 6)
		return false;
	point->known = is_known != 0;
	return true;
}

static void remember(struct trending *t, struct slice key, const struct risk_point *point)
{
	char line[160];

	snprintf(line, sizeof(line), "%d %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64, point->known, point->open,
		point->overdue, point->threat, point->residual, point->opportunity);
	values_put(&t->values, key, slice_of(line));
}

/* A project that was not there yet, or a text that cannot be read, has no figures. */
static int look_back(struct trending *t, struct risk_point *point, struct err *err)
{
	const char *revision = arena_strndup(&t->history.arena, point->commit.at, point->commit.len);
	struct slice key = slice_of(arena_printf(&t->history.arena, "%s %" PRId64 " %s", revision, point->when,
		t->history.query.walk.folder));
	struct err reason;
	struct past past;
	int status;

	if (recall(t, key, point))
		return 0;
	err_init_like(&reason, err);
	status = past_open(&past, t->context, revision, &reason);
	if (status == 0)
		take(&past.project, point->when, point);
	past_release(&past);
	if (status == ERR_SYSTEM || status == ERR_INTERNAL) {
		err_set(err, reason.code, "%s", reason.message);
	} else {
		remember(t, key, point);
		status = 0;
	}
	err_release(&reason);
	return status;
}

static int compute(struct trending *t, struct err *err)
{
	struct risk_point *points = t->points.items;
	struct progress progress;
	int status = 0;

	progress_start(&progress, t->context, _("revisions"));
	for (size_t i = 0; i < t->points.len && status == 0 && !atomic_load(&progress.cancel.requested); i++) {
		if (points[i].commit.len)
			status = look_back(t, &points[i], err);
		else
			take(&t->context->project, rule_now(&t->context->project, points[i].when), &points[i]);
		progress_count(&progress, i + 1, t->points.len);
	}
	if (progress_end(&progress) && status == 0)
		status = err_set(err, ERR_CANCELLED, "%s", _("stopped"));
	return status;
}

static int answer(struct trending *t, struct err *err)
{
	const char *folder = t->history.query.walk.cache;
	struct doc doc;
	int status = list_commits(t, err);

	if (status < 0)
		return status;
	choose_points(t);
	values_open(&t->values, folder ? arena_printf(&t->history.arena, "%s/risk-trend", folder) : NULL, pmt_version);
	status = compute(t, err);
	values_close(&t->values);
	if (status < 0)
		return status;
	doc_init(&doc, "pmt.risk.trend/1");
	risk_trend_report(&doc, &t->context->project, t->points.items, t->points.len, context_wants_data(t->context));
	status = context_emit(t->context, &doc, err);
	doc_release(&doc);
	return status;
}

int risk_trend_run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	static const struct field since = { .name = "--since", .type = TYPE_DATETIME };
	const struct risk_options *o = options;
	struct trending t = { .context = context };
	int every, status = choose_word("every", "day|week|month|auto", o->every, EVERY_AUTO, &every, err);

	if (status == 0 && words->len)
		status = err_set(err, ERR_USAGE, _("'pmt risk trend' takes no condition: '%s'"), words->items[0]);
	if (status == 0 && o->since && context_read_moment(context, &since, o->since, &t.since, err) < 0)
		status = err->code;
	if (status < 0)
		return status;
	t.every = (enum every)every;
	vec_init(&t.commits, sizeof(struct commit));
	vec_init(&t.points, sizeof(struct risk_point));
	status = history_begin(&t.history, context, err);
	if (status == 0)
		status = answer(&t, err);
	vec_release(&t.points);
	vec_release(&t.commits);
	history_end(&t.history);
	return status;
}
