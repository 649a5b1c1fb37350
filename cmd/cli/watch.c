#include "cmd/cli/watch.h"

#include "cmd/cli/past.h"
#include "cmd/cli/revision.h"
#include "history/walk.h"

#include <string.h>

static int count_findings(struct watch *watch, struct err *err)
{
	struct diagnostics found;
	int status;

	if (watch->context->plan_ready) { /* who has made the plan has counted before */
		watch->view.errors = watch->context->found.errors;
		watch->view.warnings = watch->context->found.warnings;
		watch->view.checked = true;
		return 0;
	}
	diagnostics_init(&found);
	status = context_check(watch->context, &found, err);
	watch->view.errors = found.errors;
	watch->view.warnings = found.warnings;
	watch->view.checked = status == 0;
	diagnostics_release(&found);
	return status;
}

const struct plan_costs *watch_costs(struct watch *watch)
{
	if (!watch->costs_ready && watch->context->plan_ready) {
		plan_costs_init(&watch->costs, &watch->context->plan);
		watch->costs_ready = true;
		watch->view.costs = &watch->costs;
	}
	return watch->view.costs;
}

int watch_open(struct watch *watch, struct context *context, unsigned effects, struct err *err)
{
	unsigned needs;
	int status = 0;

	*watch = (struct watch){ .context = context, .open = true };
	watch->now = rule_now(&context->project, context->now);
	context_err_init(&watch->trouble);
	rules_init(&watch->rules, &context->project, effects, watch->now);
	needs = rules_needs(&watch->rules);
	watch->view = (struct rule_view){ .project = &context->project, .me = context_me(context),
		.computed = context_scope(context).computed, .more = risk_measure,
		.more_context = &context->risks };
	if (needs & MEASURE_CHECK)
		status = count_findings(watch, err);
	if (status < 0)
		return status;
	if ((needs & MEASURE_PLAN) && context_plan(context, &watch->trouble) == 0)
		watch->view.plan = &context->plan;
	if (watch->view.plan && (needs & MEASURE_COSTS))
		watch_costs(watch);
	rules_evaluate(&watch->rules, &watch->view, watch->now);
	return 0;
}

void watch_close(struct watch *watch)
{
	if (!watch->open)
		return;
	if (watch->costs_ready)
		plan_costs_release(&watch->costs);
	rules_release(&watch->rules);
	err_release(&watch->trouble);
	watch->open = false;
}

/* A commit as it is needed here: texts of the walk's arena. */
struct listed {
	struct slice id;
	moment_t when;
};

static bool take_commit(void *context, const struct history_commit *commit)
{
	struct vec *commits = context;
	struct listed listed = { commit->id, commit->when };

	vec_append(commits, &listed);
	return commits->len < WATCH_COMMITS;
}

static int list_commits(struct watch *watch, struct arena *arena, struct vec *commits, struct err *err)
{
	struct slice folder;
	struct repository *repository = revision_repository(watch->context, &folder, err);
	struct history_walk walk = { .repository = repository, .first_parent = true, .no_changes = true,
		.visit = take_commit, .context = commits };

	if (!repository)
		return ERR_NOWHERE;
	walk.folder = arena_strndup(arena, folder.at, folder.len);
	if (watch->context->global.at)
		walk.from = watch->context->global.at;
	return history_walk(&walk, arena, &watch->cut, err);
}

static moment_t earlier(moment_t a, moment_t b)
{
	return a < b ? a : b;
}

/* One past state; false when it cannot be read, or nothing is open any more. *records is what it held. */
static bool look_back(struct watch *watch, const struct listed *commit, moment_t until, size_t *records)
{
	struct rule_state state = { .from = earlier(commit->when, watch->now), .to = earlier(until, watch->now),
		.commit = slice_new(commit->id.at, commit->id.len < 7 ? commit->id.len : 7) };
	const char *id = arena_strndup(&watch->rules.arena, commit->id.at, commit->id.len);
	struct risk_register risks;
	struct computed of_risks;
	struct err trouble;
	struct past past;
	bool open = false;

	err_init(&trouble);
	*records = 0;
	if (past_open(&past, watch->context, id, &trouble) == 0) {
		*records = past.project.records.len;
		risk_register_init(&risks, &past.project, state.to);
		of_risks = risk_computed(&risks);
		state.view = (struct rule_view){ .project = &past.project, .me = watch->view.me, .computed = &of_risks,
			.more = risk_measure, .more_context = &risks };
		if (watch->view.plan && past_plan(&past, watch->context, MOMENT_NONE, &trouble) == 0) {
			state.view.plan = &past.plan;
			state.view.costs = &past.costs;
		}
		open = rules_since(&watch->rules, &state) > 0;
		risk_register_release(&risks);
	}
	past_release(&past);
	err_release(&trouble);
	return open;
}

void watch_since(struct watch *watch)
{
	size_t records = 0, held;
	const struct listed *commits;
	moment_t until = watch->now;
	struct err trouble;
	struct arena arena;
	struct vec list;

	if (rules_since_samples(&watch->rules, &watch->view, watch->now) == 0 || !revision_has_history(watch->context))
		return;
	arena_init(&arena);
	vec_init(&list, sizeof(struct listed));
	context_err_init(&trouble);
	if (list_commits(watch, &arena, &list, &trouble) == 0) {
		commits = list.items;
		for (size_t i = 0; i < list.len && records < WATCH_RECORDS; i++) {
			if (!look_back(watch, &commits[i], until, &held))
				break;
			until = commits[i].when;
			records += held;
		}
		rules_since_end(&watch->rules);
	}
	err_release(&trouble);
	vec_release(&list);
	arena_release(&arena);
}
