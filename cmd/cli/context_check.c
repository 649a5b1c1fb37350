/* Everything that is wrong in a project, for `check` and for those who say how much it is. */
#include "cmd/cli/context.h"

#include "base/pool.h"
#include "change/check.h"
#include "quality/check.h"

#include <assert.h>

/* The text and the plan are two questions to one project that nobody changes: asked side by side. */
struct questions {
	const struct project *project;
	const struct plan_options *options;
	struct diagnostics text, plan;
	int status; /* of the plan */
	struct err err;
};

static void ask(void *context, size_t index, unsigned worker)
{
	struct questions *questions = context;
	unsigned processors = pool_processors();

	(void)worker;
	if (index == 0)
		questions->status = plan_check(questions->project, questions->options, &questions->plan, &questions->err);
	else
		project_check(questions->project, processors > 1 ? processors - 1 : 1, &questions->text);
}

int context_check(struct context *context, struct diagnostics *found, struct err *err)
{
	struct plan_options options = { .facts = true, .now = context->now, .strict = context->strict };
	struct questions questions = { .project = &context->project, .options = &options };
	int status;

	context_err_init(&questions.err);
	diagnostics_init(&questions.text);
	diagnostics_init(&questions.plan);
	pool_run(0, 2, ask, &questions, NULL);
	assert(!context->plan_ready);
	if (found != &context->found)
		diagnostics_merge(found, &context->found);
	diagnostics_merge(found, &questions.text);
	diagnostics_merge(found, &questions.plan);
	quality_check(&context->project, context->now, found);
	change_check(&context->project, found);
	status = questions.status;
	/* A plan that cannot be built has said why in the findings. */
	if (status == ERR_INPUT && found->errors)
		status = 0;
	if (status < 0)
		err_set(err, questions.err.code, "%s", questions.err.message);
	diagnostics_release(&questions.text);
	diagnostics_release(&questions.plan);
	err_release(&questions.err);
	return status;
}

void context_take_findings(struct context *context, struct diagnostics *found)
{
	diagnostics_release(&context->found);
	context->found = *found;
	diagnostics_init(found);
}
