/* `pmt swot`: the 2×2 picture; `pmt swot promote` makes a risk of an item, linked both ways. */
#include "cmd/cli/risk.h"

#include "cmd/cli/noun.h"
#include "cmd/cli/revision.h"
#include "report/swot.h"

#include <string.h>

static const struct option_spec promote_specs[] = {
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct change_options, commit), N_("MESSAGE"), N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct change_options, dry_run), NULL, N_("Show what would change, write nothing") },
	OPTIONS_END,
};

static int run(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct vec records;
	struct doc doc;
	int status;

	(void)options;
	vec_init(&records, sizeof(struct record *));
	doc_init(&doc, "pmt.swot/1");
	status = records_select(context, context->kind, words, NULL, &records, err);
	if (status == 0) {
		swot_report(&doc, &context->project, &records, context_wants_data(context));
		status = context_emit(context, &doc, err);
	}
	doc_release(&doc);
	vec_release(&records);
	return status;
}

/* Fields of the new risk: what the item says, then what the user says, which wins. */
static void first_fields(const struct record *item, const struct vec *given, struct vec *out)
{
	struct slice quadrant = record_text_or(item, "quadrant"), owner;
	bool gain = slice_is(quadrant, "opportunity") || slice_is(quadrant, "strength");
	struct assignment own[3] = { { slice_of("title"), record_title(item), EDIT_SET },
		{ slice_of("type"), slice_of(gain ? "opportunity" : "threat"), EDIT_SET } };
	size_t count = 2;

	if (record_text(item, "owner", &owner))
		own[count++] = (struct assignment){ slice_of("owner"), owner, EDIT_SET };
	for (size_t i = 0; i < count; i++) {
		const struct assignment *words = given->items;
		bool said = false;

		for (size_t k = 0; k < given->len; k++)
			said |= slice_equal(words[k].key, own[i].key);
		if (!said)
			vec_append(out, &own[i]);
	}
	for (size_t k = 0; k < given->len; k++)
		vec_append(out, vec_at(given, k));
}

static int make_risk(struct change *change, const struct record *item, const struct vec *given, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("risk"));
	struct assignment link = { slice_of("risk"), slice_new(NULL, 0), EDIT_ADD };
	struct vec fields;
	struct strbuf id;
	int status;

	strbuf_init(&id);
	vec_init(&fields, sizeof(struct assignment));
	first_fields(item, given, &fields);
	status = edit_next_id(&change->context->project, kind, revision_high_water(change->context, kind), &id, err);
	if (status == 0)
		status = edit_add(&change->edit, kind, strbuf_slice(&id), fields.items, fields.len, NULL, err);
	link.value = strbuf_slice(&id);
	if (status == 0)
		status = edit_set(&change->edit, item, &link, 1, err);
	if (status == 0) {
		strbuf_addf(&change->message, "swot: %.*s promoted to %s", (int)item->id.len, item->id.at, id.buf);
		if (!change->options->dry_run)
			context_note(change->context, _("%.*s becomes risk %s"), (int)item->id.len, item->id.at,
				id.buf);
	}
	vec_release(&fields);
	strbuf_release(&id);
	return status;
}

/* One item becomes one risk; an item that has one already is not promoted twice unawares. */
static int promote(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct record *item = NULL;
	struct change change;
	struct words words;
	struct slice risk;
	int status = words_split(&words, arguments, err);

	if (status == 0 && words.rest.len != 1) {
		status = err_set(err, ERR_USAGE, "%s", _("'pmt swot promote' takes one item and fields of the risk"));
		err_hint(err, "pmt swot promote ID [FIELD=VALUE...]");
	}
	if (status == 0)
		status = noun_resolve(context, context->kind, words.rest.items[0], &item, err);
	if (status == 0 && record_text(item, "risk", &risk) && slice_trim(risk).len) {
		status = err_set(err, ERR_FAILED, _("%.*s has a risk already: %.*s"), (int)item->id.len, item->id.at, (int)risk.len,
			risk.at);
		err_hint(err, _("'pmt risk add' and 'pmt swot set %.*s risk+=ID' add another one"), (int)item->id.len, item->id.at);
	}
	if (status == 0) {
		change_begin(&change, context, options);
		status = change_end(&change, make_risk(&change, item, &words.assignments, err), err);
	}
	words_release(&words);
	return status;
}

static const struct command_verb verbs[] = {
	{ "promote", "ID [FIELD=VALUE...]", N_("Make a risk of an item, linked with it"), promote_specs, sizeof(struct change_options),
		NEEDS_PROJECT | NEEDS_LOCK, promote },
	{ NULL, NULL, NULL, NULL, 0, 0, NULL },
};

const struct command cmd_swot = {
	.name = "swot",
	.group = GROUP_START,
	.summary = N_("Strengths, weaknesses, opportunities, threats, and the risks in them"),
	.usage = "[CONDITION...]",
	.needs = NEEDS_PROJECT,
	.verbs = verbs,
	.kind = "swot",
	.run = run,
};
