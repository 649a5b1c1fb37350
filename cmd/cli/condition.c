/* Conditions on the command line: words become a condition, @views of the configuration are put in, slips are told. */
#include "cmd/cli/context.h"

#include "cmd/cli/config.h"
#include "cmd/cli/dispatch.h"
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

/* Words that no record answers to. */
struct idle {
	struct context *context;
	const struct kind *kind;
	const char *first; /* the first word of the command line, where a verb may stand; NULL: there is one */
	struct err *err;
	int status;
};

/* A slip of the hand is refused; a word that nothing is near to may be what a script looks for: it is told. */
static bool judge_idle(void *at, struct slice word)
{
	struct idle *idle = at;
	struct context *context = idle->context;
	const struct command *command = context->command;
	const char *nearest = idle->first && slice_is(word, idle->first) ? command_nearest_verb(command, idle->first) : NULL;

	if (nearest) {
		idle->status = err_set(idle->err, ERR_USAGE, _("'pmt %s' has no verb '%s', and no title has the word"),
			command->name, idle->first);
		err_hint(idle->err, _("did you mean 'pmt %s %s'?"), command->name, nearest);
		return false;
	}
	nearest = reference_nearest(&context->project, idle->kind->name, word, &context->project.arena);
	if (nearest) {
		idle->status = err_set(idle->err, ERR_USAGE, _("no %s has the id '%.*s', and no title has the word"),
			_(idle->kind->name), (int)word.len, word.at);
		err_hint(idle->err, _("did you mean '%s'?"), nearest);
		return false;
	}
	context_note(context, _("warning: no %s has '%.*s' in its title or as its id"), _(idle->kind->name), (int)word.len, word.at);
	return true;
}

/* Conditions of log, trend and diff may well name what is gone: only a noun's own are judged. */
static int check_words(struct context *context, const struct kind *kind, const struct strvec *words,
	const struct condition *condition, struct err *err)
{
	struct idle idle = { .context = context, .kind = kind, .err = err };

	if (!context->command || (context->command->kind && kind_find(slice_of(context->command->kind)) != kind))
		return 0;
	if (!context->command->kind && !context->command->verbs && !(context->command->needs & NEEDS_PLAN))
		return 0;
	idle.first = context->verb ? NULL : words->items[0];
	condition_idle_words(condition, kind, &context->project, judge_idle, &idle);
	return idle.status;
}

int context_condition_plain(struct context *context, const struct kind *kind, const struct strvec *words,
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
		status = add_word(context, words->items[i], &whole, err);
	}
	if (status == 0 && whole.len)
		status = condition_parse_words(out, whole.items, whole.len, kind, &scope, &context->project.arena, err);
	strvec_release(&whole);
	return status;
}

int context_condition(struct context *context, const struct kind *kind, const struct strvec *words,
	struct condition **out, struct err *err)
{
	int status;

	for (size_t i = 0; i < words->len; i++)
		if (strstr(words->items[i], "@me") && !context_me(context).len)
			context_note(context, "%s", _("warning: nobody knows who @me is; 'pmt config me ID' says it"));
	status = context_condition_plain(context, kind, words, out, err);
	if (status == 0 && *out) {
		condition_unknown_ids(*out, kind, &context->project, warn_unknown, context);
		status = check_words(context, kind, words, *out, err);
	}
	return status;
}
