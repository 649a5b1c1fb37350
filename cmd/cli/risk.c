/* `pmt risk matrix|exposure|due|fmea`: choose the risks, build the document. */
#include "cmd/cli/risk.h"
#include "cmd/cli/noun_list-internal.h"

#include "quality/rule.h"
#include "report/risk.h"

#include <string.h>

const struct option_spec risk_matrix_specs[] = {
	{ 0, "after", OPTION_FLAG, offsetof(struct risk_options, after), NULL, N_("As it is after the responses") },
	{ 0, "both", OPTION_FLAG, offsetof(struct risk_options, both), NULL, N_("Before and after, with an arrow for what moves") },
	{ 0, "impact", OPTION_TEXT, offsetof(struct risk_options, impact), "worst|cost|time",
		N_("Which impact the columns grade (default: the worst of what is known)") },
	{ 0, "all", OPTION_FLAG, offsetof(struct risk_options, all), NULL, N_("Closed risks, too") },
	OPTIONS_END,
};

const struct option_spec risk_exposure_specs[] = {
	{ 0, "by", OPTION_TEXT, offsetof(struct risk_options, by), "risk|category|owner|task|strategy",
		N_("Sum up by this (default: one row a risk)") },
	{ 0, "all", OPTION_FLAG, offsetof(struct risk_options, all), NULL, N_("Closed risks, too") },
	OPTIONS_END,
};

const struct option_spec risk_due_specs[] = {
	{ 0, "until", OPTION_TEXT, offsetof(struct risk_options, until), N_("DATE"),
		N_("Reviews owed up to this day (default: in a week)") },
	OPTIONS_END,
};

const struct option_spec risk_fmea_specs[] = {
	{ 0, "table", OPTION_FLAG, offsetof(struct risk_options, table), NULL, N_("Show the table of action priorities instead") },
	{ 0, "all", OPTION_FLAG, offsetof(struct risk_options, all), NULL, N_("Closed risks, too") },
	OPTIONS_END,
};

int choose_word(const char *option, const char *words, const char *word, int fallback, int *out, struct err *err)
{
	*out = word ? word_index(words, slice_of(word)) : fallback;
	return *out >= 0 ? 0 : err_set(err, ERR_USAGE, _("--%s takes one of %s, not '%s'"), option, words, word);
}

int records_select(struct context *context, const struct kind *kind, const struct strvec *words,
	bool (*open)(const struct record *record), struct vec *out, struct err *err)
{
	struct condition *condition;
	struct query_scope scope;
	struct record *record;
	struct arena scratch;
	int status;

	noun_warn_faulty(context);
	status = context_condition(context, kind, words, &condition, err);
	if (status < 0)
		return status;
	scope = context_scope(context);
	arena_init(&scratch);
	FOREACH_RECORD(&context->project, kind, record)
	{
		bool wanted = condition ? condition_holds(condition, record, &scope, &scratch) : !open || open(record);

		if (wanted)
			vec_append(out, &record);
		arena_reset(&scratch);
	}
	arena_release(&scratch);
	return 0;
}

/* One run: the risks asked for, and the document about them. */
struct view {
	struct context *context;
	struct vec records;
	struct risk_request request;
	struct doc doc;
};

static int begin(struct view *v, struct context *context, const char *schema, const struct strvec *words, bool all, struct err *err)
{
	v->context = context;
	vec_init(&v->records, sizeof(struct record *));
	doc_init(&v->doc, schema);
	v->request = (struct risk_request){ .r = &context->risks, .records = &v->records, .data = context_wants_data(context) };
	return records_select(context, kind_find(slice_of("risk")), words, all ? NULL : risk_is_open, &v->records, err);
}

static int end(struct view *v, int status, struct err *err)
{
	if (status == 0)
		status = context_emit(v->context, &v->doc, err);
	doc_release(&v->doc);
	vec_release(&v->records);
	return status;
}

int risk_matrix_run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct risk_options *o = options;
	int impact = IMPACT_WORST, status;
	struct view v;

	if (o->after && o->both)
		return err_set(err, ERR_USAGE, _("--%s and --%s do not go together"), "after", "both");
	status = choose_word("impact", "worst|cost|time", o->impact, IMPACT_WORST, &impact, err);
	if (status < 0)
		return status;
	status = begin(&v, context, "pmt.risk.matrix/1", words, o->all, err);
	if (status == 0)
		risk_matrix_report(&v.doc, &v.request, (enum matrix_impact)impact,
			o->both ? MATRIX_BOTH : o->after ? MATRIX_AFTER : MATRIX_BEFORE);
	return end(&v, status, err);
}

int risk_exposure_run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct risk_options *o = options;
	int by, status = choose_word("by", "risk|category|owner|task|strategy", o->by, EXPOSURE_BY_RISK, &by, err);
	struct view v;

	if (status < 0)
		return status;
	status = begin(&v, context, "pmt.risk.exposure/1", words, o->all, err);
	if (status == 0)
		risk_exposure_report(&v.doc, &v.request, (enum exposure_group)by);
	return end(&v, status, err);
}

int risk_due_run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	static const struct field option = { .name = "--until", .type = TYPE_DATE };
	const struct risk_options *o = options;
	moment_t until = rule_now(&context->project, context->now) + 7 * MINUTES_PER_DAY;
	struct view v;
	int status = o->until ? context_read_moment(context, &option, o->until, &until, err) : 0;

	if (status < 0)
		return status;
	status = begin(&v, context, "pmt.risk.due/1", words, false, err);
	if (status == 0)
		risk_due_report(&v.doc, &v.request, moment_date(until));
	return end(&v, status, err);
}

int risk_fmea_run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	const struct risk_options *o = options;
	struct view v;
	int status;

	if (o->table && words->len)
		return err_set(err, ERR_USAGE, _("--%s takes no condition: '%s'"), "table", words->items[0]);
	status = begin(&v, context, o->table ? "pmt.risk.priorities/1" : "pmt.risk.fmea/1", words, o->all, err);
	if (status == 0 && o->table)
		risk_fmea_table_report(&v.doc, &v.request);
	else if (status == 0)
		risk_fmea_report(&v.doc, &v.request);
	return end(&v, status, err);
}
