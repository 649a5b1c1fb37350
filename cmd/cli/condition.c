/* Conditions on the command line: words become a condition, @views of the configuration are put in, slips are told. */
#include "cmd/cli/context.h"

#include "cmd/cli/config.h"
#include "model/reference.h"

#include <string.h>

/* "@mine" that is no [view mine] of the project: pmt.view.mine of the configuration, in brackets. */
static int add_word(struct context *context, const char *word, struct strvec *out, struct err *err)
{
	const char *name = word + 1;
	struct strbuf key, text;
	int status = 0;

	if (word[0] != '@' || !*name || strpbrk(word, " \t") ||
		project_find(&context->project, kind_find(slice_of("view")), slice_of(name))) {
		strvec_push(out, word);
		return 0;
	}
	strbuf_init(&key);
	strbuf_init(&text);
	strbuf_addf(&key, "view.%s", name);
	if (config_get(context, key.buf, &text) && text.len) {
		strvec_pushf(out, "(%s)", text.buf);
	} else {
		status = err_set(err, ERR_USAGE, _("there is no view '%s'"), name);
		err_hint(err, _("write one as [view %s] in pmt.ini, or 'pmt config view.%s \"…\"'"), name, name);
	}
	strbuf_release(&key);
	strbuf_release(&text);
	return status;
}

static void warn_unknown(void *at, const char *kinds, struct slice id)
{
	struct context *context = at;
	const char *nearest = reference_nearest(&context->project, kinds, id, &context->project.arena);

	if (nearest)
		context_note(context, _("warning: the project has no '%.*s'; did you mean '%s'?"), (int)id.len, id.at, nearest);
	else
		context_note(context, _("warning: the project has no '%.*s'"), (int)id.len, id.at);
}

int context_condition(struct context *context, const struct kind *kind, const struct strvec *words,
	struct condition **out, struct err *err)
{
	struct query_scope scope = context_scope(context);
	struct strvec whole;
	int status = 0;

	*out = NULL;
	strvec_init(&whole);
	for (size_t i = 0; i < words->len && status == 0; i++) {
		if (strchr(words->items[i], '@')) /* @me, also in a view */
			scope.me = context_me(context);
		if (strstr(words->items[i], "@me") && !scope.me.len)
			context_note(context, "%s", _("warning: nobody knows who @me is; 'pmt config me ID' says it"));
		status = add_word(context, words->items[i], &whole, err);
	}
	if (status == 0 && whole.len)
		status = condition_parse_words(out, whole.items, whole.len, kind, &scope, &context->project.arena, err);
	if (status == 0 && *out)
		condition_unknown_ids(*out, kind, &context->project, warn_unknown, context);
	strvec_release(&whole);
	return status;
}
