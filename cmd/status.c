/* `pmt status`, and `pmt` alone: the dashboard. */
#include "cmd/cli/context.h"

#include "cmd/cli/approvals.h"
#include "cmd/cli/revision.h"
#include "cmd/cli/standing.h"
#include "cmd/cli/watch.h"
#include "history/log.h"
#include "report/dashboard.h"

enum { CHANGES_MOST = 2000, WEEK = 7 };

/* What a revision of old held has not changed since yesterday, and nothing in it waits for anybody. */
static bool has_repository(const struct context *context)
{
	return !context->global.at && revision_has_history(context);
}

/* History is asked when there is one; a dashboard goes on without. */
static bool read_changes(struct context *context, struct arena *arena, struct vec *changes)
{
	struct history_query query = { .walk = { .uncommitted = true }, .limit = CHANGES_MOST };
	struct vec entries;
	struct repository *repository;
	struct slice folder;
	struct err trouble;
	bool read = false;

	if (!has_repository(context))
		return false;
	context_err_init(&trouble);
	repository = revision_repository(context, &folder, &trouble);
	if (repository) {
		vec_init(&entries, sizeof(struct history_entry));
		query.walk.repository = repository;
		query.walk.folder = arena_strndup(arena, folder.at, folder.len);
		query.walk.since = moment_from_date(moment_date(context->now) - 1);
		read = history_log(&query, arena, &entries, NULL, &trouble) == 0;
		for (size_t i = 0; i < entries.len; i++) {
			const struct history_commit *commit = &((struct history_entry *)vec_at(&entries, i))->commit;

			for (size_t c = 0; c < commit->change_count; c++)
				vec_append(changes, &commit->changes[c]);
		}
		vec_release(&entries);
	}
	err_release(&trouble);
	return read;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct dashboard dashboard = { .now = context->now };
	struct watch watch = { .open = false };
	struct health_figures before;
	struct diagnostics found;
	struct arena arena;
	struct vec changes, approvals;
	struct err trouble;
	struct doc doc;
	int status;

	(void)options;
	if (arguments->len)
		return err_set(err, ERR_USAGE, _("'pmt status' takes no arguments, not '%s'"), arguments->items[0]);
	diagnostics_init(&found);
	arena_init(&arena);
	vec_init(&changes, sizeof(struct history_change));
	vec_init(&approvals, sizeof(struct dashboard_approval));
	context_err_init(&trouble);
	status = context_check(context, &found, err);
	if (status < 0)
		goto out;
	/* The dashboard shows what it can: a plan that cannot be computed is a line of it. */
	status = context_plan(context, &trouble);
	dashboard.project = &context->project;
	dashboard.plan = status == 0 ? &context->plan : NULL;
	dashboard.plan_trouble = trouble.message;
	dashboard.me = context_me(context);
	context_take_findings(context, &found);
	dashboard.errors = context->found.errors;
	dashboard.warnings = context->found.warnings;
	if (read_changes(context, &arena, &changes))
		dashboard.changes = &changes;
	if (dashboard.me.len && has_repository(context))
		dashboard.unjudged = approvals_waiting(context, dashboard.me, &arena, &approvals);
	dashboard.approvals = &approvals;
	status = watch_open(&watch, context, 1u << RULE_ALERT | 1u << RULE_GATE | 1u << RULE_ESCALATE, err);
	if (status < 0)
		goto out;
	rules_since_samples(&watch.rules, &watch.view, watch.now);
	dashboard.rules = &watch.rules;
	dashboard.costs = watch_costs(&watch);
	dashboard.data = context_wants_data(context);
	dashboard.since = moment_date(watch.now) - WEEK;
	if (standing_before(context, &dashboard.since, &before))
		dashboard.before = &before;
	doc_init(&doc, "pmt.status/1");
	dashboard_build(&doc, &dashboard);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
out:
	watch_close(&watch);
	vec_release(&approvals);
	vec_release(&changes);
	arena_release(&arena);
	err_release(&trouble);
	diagnostics_release(&found);
	return status;
}

const struct command cmd_status = {
	.name = "status",
	.group = GROUP_WATCH,
	.summary = N_("Where the project stands: health, what is due, what waits for me"),
	.usage = "",
	.needs = NEEDS_PROJECT,
	.run = run,
};
