/* `pmt NOUN log [ID...]`: who changed which field, when, from what to what. */
#include "cmd/cli/history.h"
#include "cmd/cli/noun.h"

int noun_log(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct list_options *o = options;
	struct history_options chosen = { .since = o->since };
	struct history_run run;
	int status = history_begin(&run, context, err);

	if (status == 0)
		status = history_choose(&run, &chosen, context->kind, words, err);
	run.query.limit = o->limit > 0 ? (size_t)o->limit : 0;
	run.query.units = &context->project.units;
	if (status == 0)
		status = history_read(&run, err);
	if (status == 0)
		status = history_emit(&run, err);
	history_end(&run);
	return status;
}
