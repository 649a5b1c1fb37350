#include "cmd/cli/methods.h"

#include "cmd/cli/shipped.h"
#include "register/method.h"
#include "report/method.h"

static int refuse_unknown(struct context *context, const struct shipped *shipped, const char *method, struct err *err)
{
	struct vec names;
	struct strbuf known;
	const struct slice *items;

	vec_init(&names, sizeof(struct slice));
	strbuf_init(&known);
	method_names(&context->project, &shipped->project, &names);
	items = names.items;
	for (size_t i = 0; i < names.len; i++)
		strbuf_addf(&known, "%s%.*s", i ? ", " : "", (int)items[i].len, items[i].at);
	err_set(err, ERR_USAGE, _("there are no rules of a method '%s'"), method);
	err_hint(err, _("there are: %s"), known.buf);
	strbuf_release(&known);
	vec_release(&names);
	return ERR_USAGE;
}

/* Levels of tasks and the like come from the plan; one that cannot be computed leaves them out. */
static void try_plan(struct context *context)
{
	struct err trouble;

	context_err_init(&trouble);
	if (project_count(&context->project, kind_find(slice_of("task"))) && context_plan(context, &trouble) < 0)
		context_note(context, _("no dates: %s"), trouble.message ? trouble.message : "?");
	err_release(&trouble);
}

static int report(struct context *context, struct method_set *set, const char *method, bool strict, struct err *err)
{
	struct method_counts counts;
	struct query_scope scope;
	struct doc doc;
	int status;

	try_plan(context);
	scope = context_scope(context);
	method_set_check(set, &scope);
	doc_init(&doc, "pmt.check.method/1");
	counts = method_report(&doc, set, slice_of(method), context_wants_data(context));
	context->exit_code = counts.errors || (strict && counts.lacking) ? 1 : 0;
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

int methods_check(struct context *context, const char *method, bool strict, struct err *err)
{
	struct shipped shipped;
	struct method_set set = { 0 };
	struct query_scope scope;
	int status = context_project(context, err);

	if (status < 0)
		return status;
	status = shipped_load(&shipped, err);
	if (status == 0) {
		scope = context_scope(context);
		if (method_set_init(&set, &scope, &shipped.project, slice_of(method), &shipped.found) == 0 && !shipped.found.errors)
			status = refuse_unknown(context, &shipped, method, err);
		context_report(context, &shipped.found);
		if (status == 0 && shipped.found.errors)
			status = err_set(err, ERR_INPUT, "%s", _("rules that cannot be read: nothing was checked"));
		if (status == 0)
			status = report(context, &set, method, strict, err);
		method_set_release(&set);
	}
	shipped_release(&shipped);
	return status;
}
