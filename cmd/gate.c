/* `pmt gate [NAME...]`: may it pass? Exit 1 when something stops it, 3 when it cannot be told. */
#include "cmd/cli/watch.h"

#include "base/utf8.h"
#include "report/trip.h"

#include <stdlib.h>
#include <string.h>

static int unknown_gate(const struct gates *gates, const char *word, struct err *err)
{
	const struct gate *items = gates->gates.items;
	struct strvec names;
	int nearest;

	strvec_init(&names);
	for (size_t i = 0; i < gates->gates.len; i++)
		strvec_push_slice(&names, items[i].name);
	nearest = utf8_nearest(slice_of(word), (const char *const *)names.items, names.len);
	err_set(err, ERR_USAGE, _("there is no gate '%s'"), word);
	if (nearest >= 0)
		err_hint(err, _("did you mean '%s'?"), names.items[nearest]);
	else
		err_hint(err, "%s", _("rules, metrics and checklists name the gates they stop in their field 'gate'"));
	strvec_release(&names);
	return ERR_USAGE;
}

/* The worst of what was asked for decides. */
static int exit_code(const struct gates *gates, const struct gate *only)
{
	const struct gate *items = gates->gates.items;
	enum gate_verdict worst = GATE_OPEN;

	for (size_t i = 0; i < gates->gates.len; i++)
		if ((!only || only == &items[i]) && items[i].verdict > worst)
			worst = items[i].verdict;
	return worst == GATE_STOPS ? 1 : worst == GATE_UNSURE ? 3 : 0;
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct watch watch = { .open = false };
	struct gate_report report = { .data = context_wants_data(context) };
	struct gates gates;
	struct doc doc;
	int status;

	(void)options;
	if (arguments->len > 1)
		return err_set(err, ERR_USAGE, _("'pmt gate' takes one gate, not '%s' too"), arguments->items[1]);
	status = context_refuse(context, "rule|metric|sample|checklist", err);
	if (status < 0)
		return status;
	status = watch_open(&watch, context, 1u << RULE_GATE | 1u << RULE_EXIT, err);
	if (status < 0) {
		watch_close(&watch);
		return status;
	}
	gates_init(&gates, &watch.rules, &watch.view, watch.now);
	if (arguments->len)
		report.only = gate_find(&gates, slice_of(arguments->items[0]));
	if (arguments->len && !report.only)
		status = unknown_gate(&gates, arguments->items[0], err);
	if (watch.trouble.message)
		context_note(context, _("no schedule for rules that ask for it: %s"), watch.trouble.message);
	report.rules = &watch.rules;
	report.gates = &gates;
	report.now = watch.now;
	doc_init(&doc, "pmt.gate/1");
	gate_build(&doc, &report);
	if (status == 0)
		status = context_emit(context, &doc, err);
	if (status == 0)
		context->exit_code = exit_code(&gates, report.only);
	doc_release(&doc);
	gates_release(&gates);
	watch_close(&watch);
	return status;
}

const struct command cmd_gate = {
	.name = "gate",
	.group = GROUP_WATCH,
	.summary = N_("May it pass: exit 1 and the rule, the metric or the checklist that stops it"),
	.usage = "[NAME]",
	.needs = NEEDS_PROJECT,
	.run = run,
};
