#include "cmd/cli/help.h"

#include "cmd/cli/context.h"

#include <string.h>

struct help_options {
	const char *man;
};

static const struct option_spec specs[] = {
	{ 0, "man", OPTION_TEXT, offsetof(struct help_options, man), N_("PART"),
		N_("Print mdoc for the manual: synopsis, verbs, options or page") },
	OPTIONS_END,
};

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct help_options *o = options;
	struct strbuf out;
	int status;

	if (arguments->len > 1 || (o->man && arguments->len == 0 && strcmp(o->man, "words") != 0))
		return err_set(err, ERR_USAGE, "%s", _("'pmt help' takes the name of one command"));
	if (!o->man)
		return arguments->len ? help_command(context, arguments->items[0], err) : help_overview(context, err);
	strbuf_init(&out);
	status = help_manual(o->man, arguments->len ? arguments->items[0] : "", &out, err);
	if (status == 0)
		fputs(out.buf, stdout);
	strbuf_release(&out);
	return status;
}

const struct command cmd_help = {
	.name = "help",
	.group = GROUP_HELP,
	.summary = N_("Explain a command or noun"),
	.usage = "[COMMAND]",
	.options = specs,
	.options_size = sizeof(struct help_options),
	.run = run,
};
