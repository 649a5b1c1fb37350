#include "cmd/cli/standing.h"

#include "cmd/cli/history.h"
#include "cmd/cli/installed.h"
#include "cmd/cli/past.h"
#include "cmd/cli/revision.h"

#include "history/values.h"
#include "quality/rule.h"
#include "report/health.h"

#include <inttypes.h>
#include <stdio.h>

struct search {
	date_t day;
	struct slice id; /* the commit wanted, or the oldest so far; empty: none */
	moment_t when;
};

static bool look(void *context, const struct history_commit *commit)
{
	struct search *s = context;

	s->id = commit->id;
	s->when = commit->when;
	return moment_date(commit->when) > s->day;
}

static bool find_commit(struct history_run *run, struct search *s, struct err *err)
{
	struct history_walk walk = run->query.walk;

	walk.visit = look;
	walk.context = s;
	walk.first_parent = true;
	walk.uncommitted = false;
	walk.no_changes = true;
	return history_walk(&walk, &run->arena, &run->cut, err) == 0 && s->id.len > 0;
}

/* --- as text: a figure each, "-" for what is not known --- */

static void print_figures(const struct health_figures *figures, struct strbuf *out)
{
	for (int i = 0; i < HEALTH_DIMENSIONS; i++)
		if (figures->known[i])
			strbuf_addf(out, "%" PRId64 " ", figures->number[i]);
		else
			strbuf_add_str(out, "- ");
}

static bool scan_figures(struct slice text, struct health_figures *out)
{
	struct slice word;
	int i = 0;

	while (i < HEALTH_DIMENSIONS && slice_next(&text, " ", &word) && word.len) {
		char digits[32];

		snprintf(digits, sizeof(digits), "%.*s", (int)word.len, word.at);
		out->known[i] = !slice_is(word, "-");
		if (out->known[i] && sscanf(digits, "%" SCNd64, &out->number[i]) != 1)
			return false;
		i++;
	}
	return i == HEALTH_DIMENSIONS;
}

/* --- */

static bool compute(struct context *context, const char *revision, moment_t when, struct health_figures *out)
{
	struct risk_register risks;
	struct measures measures = { .more = risk_measure, .more_context = &risks };
	struct past past;
	struct err trouble;
	bool read;

	context_err_init(&trouble);
	read = past_open(&past, context, revision, &trouble) == 0;
	if (read) {
		measures.project = &past.project;
		measures.now = rule_now(&past.project, when);
		if (past_plan(&past, context, when, &trouble) == 0) {
			measures.plan = &past.plan;
			measures.costs = &past.costs;
		}
		risk_register_init(&risks, &past.project, measures.now);
		health_figures_read(out, &measures);
		risk_register_release(&risks);
	}
	past_release(&past);
	err_release(&trouble);
	return read;
}

static bool recall(struct context *context, struct history_run *run, const struct search *s, struct health_figures *out)
{
	moment_t when = moment_from_date(s->day + 1) - 1;
	const char *folder = run->query.walk.cache, *revision = arena_strndup(&run->arena, s->id.at, s->id.len);
	struct slice key, text;
	struct history_values values;
	struct strbuf line;
	bool known;

	key = slice_of(arena_printf(&run->arena, "%s %" PRId64 " %s", revision, when, run->query.walk.folder));
	values_open(&values, folder ? arena_printf(&run->arena, "%s/standing", folder) : NULL, pmt_version);
	known = values_get(&values, key, &text) && scan_figures(text, out);
	if (!known && compute(context, revision, when, out)) {
		strbuf_init(&line);
		print_figures(out, &line);
		values_put(&values, key, strbuf_slice(&line));
		strbuf_release(&line);
		known = true;
	}
	values_close(&values);
	return known;
}

bool standing_before(struct context *context, date_t *day, struct health_figures *out)
{
	struct search s = { .day = *day };
	struct history_run run;
	struct err trouble;
	bool known;

	if (!revision_has_history(context))
		return false;
	context_err_init(&trouble);
	known = history_begin(&run, context, &trouble) == 0 && find_commit(&run, &s, &trouble);
	if (known && moment_date(s.when) > s.day)
		s.day = moment_date(s.when);
	known = known && s.day < moment_date(rule_now(&context->project, context->now)) && recall(context, &run, &s, out);
	*day = s.day;
	history_end(&run);
	err_release(&trouble);
	return known;
}
