/* `pmt chain`: the critical chain, its buffers, and how much of them is used. */
#include "cmd/cli/context.h"

#include "report/chain.h"

#include <string.h>

struct chain_words {
	const char *aggressive, *safe, *method, *share, *yellow, *red;
	bool fever;
};

static const struct option_spec specs[] = {
	{ 0, "aggressive", OPTION_TEXT, offsetof(struct chain_words, aggressive), N_("POINT"),
		N_("How much of their estimates tasks get: a percentile (default 50%), optimistic or likely") },
	{ 0, "safe", OPTION_TEXT, offsetof(struct chain_words, safe), N_("POINT"),
		N_("What they would be given without buffers: a percentile (default 90%), likely or pessimistic") },
	{ 0, "method", OPTION_TEXT, offsetof(struct chain_words, method), N_("METHOD"),
		N_("How buffers are sized: cut (a share of the chain, default) or rsem (root of the sum of squares of what was cut)") },
	{ 0, "share", OPTION_TEXT, offsetof(struct chain_words, share), N_("PERCENT"),
		N_("With cut: this share of the chain's length (default 50%)") },
	{ 0, "yellow", OPTION_TEXT, offsetof(struct chain_words, yellow), N_("A..B"),
		N_("Above this use of the buffer, at the beginning and at the end of the chain, it is yellow (default 15%..75%)") },
	{ 0, "red", OPTION_TEXT, offsetof(struct chain_words, red), N_("A..B"), N_("… and above this it is red (default 30%..90%)") },
	{ 0, "fever", OPTION_FLAG, offsetof(struct chain_words, fever), NULL, N_("Only the fever chart") },
	OPTIONS_END,
};

static bool read_share(struct slice word, double *out)
{
	decimal_t percent;

	word = slice_trim(word);
	if (word.len > 0 && word.at[word.len - 1] == '%')
		word.len--;
	if (decimal_parse(word, &percent) != DECIMAL_OK || percent < 0 || percent > 1000 * DECIMAL_ONE)
		return false;
	*out = (double)percent / (100 * DECIMAL_ONE);
	return true;
}

static int read_point(const char *name, const char *text, struct chain_point *out, struct err *err)
{
	int word = word_index("optimistic|likely|pessimistic", slice_of(text));

	if (word >= 0) {
		static const enum chain_point_type types[] = { CHAIN_OPTIMISTIC, CHAIN_LIKELY, CHAIN_PESSIMISTIC };

		*out = (struct chain_point){ types[word], 0 };
		return 0;
	}
	out->type = CHAIN_QUANTILE;
	if (!read_share(slice_of(text), &out->p) || out->p <= 0 || out->p >= 1)
		return err_set(err, ERR_USAGE,
			_("--%s takes a percentile between 0%% and 100%%, optimistic, likely or pessimistic, not '%s'"), name, text);
	return 0;
}

static int read_zone(const char *name, const char *text, double out[2], struct err *err)
{
	struct slice word = slice_of(text);
	size_t dots = slice_find(word, '.');

	if (dots + 1 >= word.len || word.at[dots + 1] != '.' || !read_share(slice_new(word.at, dots), &out[0]) ||
		!read_share(slice_from(word, dots + 2), &out[1]))
		return err_set(err, ERR_USAGE, _("--%s takes two percentages such as 15%%..75%%, not '%s'"), name, text);
	return 0;
}

static int read_method(const char *word, enum chain_method *out, struct err *err)
{
	int index = word_index("cut|rsem", slice_of(word));

	if (index < 0)
		return err_set(err, ERR_USAGE, _("--method takes cut or rsem, not '%s'"), word);
	*out = index ? CHAIN_RSEM : CHAIN_CUT_AND_PASTE;
	return 0;
}

static int read_options(const struct chain_words *given, struct chain_options *out, struct err *err)
{
	int status = 0;

	if (given->aggressive)
		status = read_point("aggressive", given->aggressive, &out->aggressive, err);
	if (status == 0 && given->safe)
		status = read_point("safe", given->safe, &out->safe, err);
	if (status == 0 && given->method)
		status = read_method(given->method, &out->method, err);
	if (status == 0 && given->share && (!read_share(slice_of(given->share), &out->share) || out->share > 1))
		status = err_set(err, ERR_USAGE, _("--%s takes a percentage from 0%% to 100%%, not '%s'"), "share", given->share);
	if (status == 0 && given->yellow)
		status = read_zone("yellow", given->yellow, out->yellow, err);
	if (status == 0 && given->red)
		status = read_zone("red", given->red, out->red, err);
	if (status == 0 && (out->red[0] < out->yellow[0] || out->red[1] < out->yellow[1]))
		status = err_set(err, ERR_USAGE, _("the red zone begins below the yellow one"));
	return status;
}

static int run(struct context *context, const void *given, struct strvec *arguments, struct err *err)
{
	const struct chain_words *words = given;
	struct chain_options options = chain_defaults(context->now);
	struct chain_request request = { .data = context_wants_data(context), .figure = words->fever };
	struct critical_chain chain;
	struct doc doc;
	int status = read_options(words, &options, err);

	if (status == 0 && arguments->len > 0)
		status = err_set(err, ERR_USAGE, _("'pmt chain' takes no arguments, not '%s'"), arguments->items[0]);
	if (status != 0)
		return status;
	status = chain_find(&chain, &context->plan, &options, err);
	request.chain = &chain;
	if (status == 0) {
		doc_init(&doc, "pmt.chain/1");
		doc.units = context->project.units;
		doc_title(&doc, cell_text(&doc.arena, project_setting(&context->project, "name")));
		chain_report(&doc, &request);
		status = context_emit(context, &doc, err);
		doc_release(&doc);
	}
	chain_release(&chain);
	return status;
}

const struct command cmd_chain = {
	.name = "chain",
	.group = GROUP_PLAN,
	.summary = N_("The critical chain, its buffers, and how much of them is used"),
	.usage = "[--method METHOD] [--share PERCENT] [--fever]",
	.options = specs,
	.options_size = sizeof(struct chain_words),
	.needs = NEEDS_PLAN,
	.run = run,
};
