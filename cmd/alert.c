/* `pmt alert`: what trips now, and since when. */
#include "cmd/cli/watch.h"

#include "report/trip.h"

#include <string.h>

struct alert_options {
	const char *severity;
	bool no_since;
};

static const struct option_spec specs[] = {
	{ 0, "severity", OPTION_TEXT, offsetof(struct alert_options, severity), "note|warning|error",
		N_("Only what is at least that bad") },
	{ 0, "no-since", OPTION_FLAG, offsetof(struct alert_options, no_since), NULL,
		N_("Do not ask the history since when") },
	OPTIONS_END,
};

static int check_words(struct context *context, const struct strvec *words, struct err *err)
{
	for (size_t i = 0; i < words->len; i++)
		if (!project_find(&context->project, kind_find(slice_of("rule")), slice_of(words->items[i]))) {
			err_set(err, ERR_USAGE, _("there is no rule '%s'"), words->items[i]);
			err_hint(err, "%s", _("'pmt rule' lists them"));
			return ERR_USAGE;
		}
	return 0;
}

static bool is_asked(const struct alert *alert, const struct strvec *words, int least)
{
	if ((int)alert->severity < least)
		return false;
	for (size_t i = 0; i < words->len; i++)
		if (alert->hit && slice_is(alert->hit->rule->record->folded, words->items[i]))
			return true;
	return words->len == 0;
}

static void choose(struct vec *alerts, const struct strvec *words, int least)
{
	struct alert *items = alerts->items;
	size_t kept = 0;

	for (size_t i = 0; i < alerts->len; i++)
		if (is_asked(&items[i], words, least))
			items[kept++] = items[i];
	alerts->len = kept;
}

/* What rules cannot tell is said beside what they tell. */
static void note_trouble(struct context *context, const struct watch *watch)
{
	const struct rule *rules = watch->rules.rules.items;

	if (watch->trouble.message)
		context_note(context, _("no schedule for rules that ask for it: %s"), watch->trouble.message);
	for (size_t i = 0; i < watch->rules.rules.len; i++)
		if (!rules[i].when)
			context_note(context, _("rule '%.*s' cannot be read; 'pmt check' says why"),
				(int)rules[i].record->id.len,
				rules[i].record->id.at);
}

static int tell(struct context *context, struct watch *watch, const struct strvec *words, int least, struct err *err)
{
	struct alert_report report = { .rules = &watch->rules, .now = watch->now, .data = context_wants_data(context),
		.calendar = context_calendar(context) };
	struct arena arena;
	struct vec alerts;
	struct doc doc;
	int status;

	arena_init(&arena);
	vec_init(&alerts, sizeof(struct alert));
	alerts_collect(&watch->rules, watch->now, &arena, &alerts);
	choose(&alerts, words, least);
	report.alerts = &alerts;
	doc_init(&doc, "pmt.alert/1");
	alert_build(&doc, &report);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	vec_release(&alerts);
	arena_release(&arena);
	return status;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct alert_options *o = options;
	int least = o->severity ? word_index("note|warning|error", slice_of(o->severity)) : 0, status;
	struct watch watch = { .open = false };

	if (least < 0)
		return err_set(err, ERR_USAGE, _("--severity takes note, warning or error, not '%s'"), o->severity);
	status = check_words(context, arguments, err);
	if (status == 0)
		status = watch_open(&watch, context, 1u << RULE_ALERT | 1u << RULE_GATE | 1u << RULE_ESCALATE, err);
	if (status == 0 && !o->no_since)
		watch_since(&watch);
	if (status == 0) {
		note_trouble(context, &watch);
		status = tell(context, &watch, arguments, least, err);
	}
	watch_close(&watch);
	return status;
}

const struct command cmd_alert = {
	.name = "alert",
	.group = GROUP_WATCH,
	.summary = N_("What trips now, with which value, since when, and whom it goes to"),
	.usage = "[RULE...]",
	.options = specs,
	.options_size = sizeof(struct alert_options),
	.needs = NEEDS_PROJECT,
	.run = run,
};
