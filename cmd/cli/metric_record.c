/* `pmt metric record NAME VALUE`: one sample by hand; and what all ways of writing samples share. */
#include "cmd/cli/metric.h"

#include "quality/reading.h"
#include "quality/rule.h"

#include <stdlib.h>
#include <string.h>

const struct option_spec metric_record_specs[] = {
	{ 0, "date", OPTION_TEXT, offsetof(struct metric_record_options, date), N_("DATE"),
		N_("When it was measured (default: today)") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct metric_record_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct metric_record_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

void samples_init(struct new_samples *samples)
{
	*samples = (struct new_samples){ .when = MOMENT_NONE };
	vec_init(&samples->items, sizeof(struct new_sample));
}

void samples_release(struct new_samples *samples)
{
	struct new_sample *items = samples->items.items;

	for (size_t i = 0; i < samples->items.len; i++) {
		free(items[i].id);
		free(items[i].remark);
	}
	vec_release(&samples->items);
}

void samples_add(struct new_samples *samples, struct slice id, decimal_t value, struct slice remark)
{
	struct new_sample *sample = vec_push(&samples->items);

	sample->id = xstrndup(id.at, id.len);
	sample->value = value;
	sample->remark = remark.len ? xstrndup(remark.at, remark.len) : NULL;
}

int samples_date(struct new_samples *samples, struct context *context, const char *date, struct err *err)
{
	static const struct field option = { .name = "--date", .type = TYPE_DATETIME };
	moment_t status = rule_now(&context->project, context->now), last = context->now;
	char day[CIVIL_TEXT];
	int timed = 0;

	samples->when = moment_from_date(moment_date(context->now));
	if (date)
		timed = context_read_moment(context, &option, date, &samples->when, err);
	if (timed < 0)
		return timed;
	samples->has_time = timed > 0;
	/* A project that is played in the future has its own today. */
	last = status > last ? status : last;
	if (samples->when > (samples->has_time ? last : moment_from_date(moment_date(last)))) {
		err_set(err, ERR_USAGE, _("nothing can be measured on %s, which is after today"), date);
		err_hint(err, _("today is %s"), date_print(moment_date(last), day));
		return ERR_USAGE;
	}
	if (samples->when > status)
		context_note(context, _("the status date is %s: the sample counts once it has moved on"),
			date_print(moment_date(status), day));
	return 0;
}

void metric_print(struct strbuf *out, const struct record *metric, decimal_t value)
{
	struct slice unit = slice_trim(record_text_or(metric, "unit"));

	decimal_print(out, value, 0);
	if (unit.len)
		strbuf_addf(out, " %.*s", (int)unit.len, unit.at);
}

/* "coverage 81.5, defects 3" */
static void describe(struct strbuf *out, const struct new_samples *samples)
{
	const struct new_sample *items = samples->items.items;

	for (size_t i = 0; i < samples->items.len; i++) {
		strbuf_addf(out, "%s%s ", i ? ", " : "", items[i].id);
		decimal_print(out, items[i].value, 0);
	}
}

int samples_write(struct context *context, const struct new_samples *samples, const struct change_options *options,
	const char *what, struct err *err)
{
	const struct new_sample *items = samples->items.items;
	struct change change;
	struct strbuf line;
	int status = 0;

	change_begin(&change, context, options);
	strbuf_init(&line);
	for (size_t i = 0; i < samples->items.len && status == 0; i++) {
		strbuf_reset(&line);
		decimal_print(&line, items[i].value, 0);
		if (items[i].remark)
			strbuf_addf(&line, " %s", items[i].remark);
		status = edit_journal(&change.edit, kind_find(slice_of("sample")), slice_of(items[i].id), samples->when,
			samples->has_time, strbuf_slice(&line), err);
	}
	strbuf_addf(&change.message, "%s: ", what);
	describe(&change.message, samples);
	strbuf_release(&line);
	return change_end(&change, status, err);
}

/* The sample just written, against the thresholds. */
void metric_say(struct context *context, const struct record *record, decimal_t value)
{
	static const char *const words[] = { N_("good"), N_("warn"), N_("fail") };
	enum metric_health health;
	struct metric metric;
	struct strbuf text;

	strbuf_init(&text);
	metric_read(&metric, &context->project, record, context->now, &context->project.arena);
	metric_print(&text, record, value);
	health = metric_judge(&metric, value);
	if (health == METRIC_UNKNOWN) /* it has nothing to be held against */
		context_note(context, "%.*s: %s", (int)record->id.len, record->id.at, text.buf);
	else
		context_note(context, "%.*s: %s (%s)", (int)record->id.len, record->id.at, text.buf, _(words[health]));
	strbuf_release(&text);
}

int metric_record(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct metric_record_options *o = options;
	struct new_samples samples;
	struct record *metric = NULL;
	struct strbuf remark;
	decimal_t value = 0;
	int status;

	if (arguments->len < 2) {
		err_set(err, ERR_USAGE, "%s", _("'pmt metric record' needs a metric and its value"));
		err_hint(err, "%s", "pmt metric record coverage 81.5");
		return ERR_USAGE;
	}
	status = noun_resolve(context, context->kind, arguments->items[0], &metric, err);
	if (status == 0 && !reading_parse(slice_of(arguments->items[1]), &value))
		return err_set(err, ERR_USAGE, _("'%s' is no number"), arguments->items[1]);
	samples_init(&samples);
	strbuf_init(&remark);
	for (size_t i = 2; i < arguments->len; i++)
		strbuf_addf(&remark, "%s%s", i > 2 ? " " : "", arguments->items[i]);
	if (status == 0)
		status = samples_date(&samples, context, o->date, err);
	if (status == 0) {
		samples_add(&samples, metric->id, value, strbuf_slice(&remark));
		metric_say(context, metric, value);
		status = samples_write(context, &samples, &o->change, "metric", err);
	}
	strbuf_release(&remark);
	samples_release(&samples);
	return status;
}
