#include "base/digest.h"
#include "cmd/cli/context.h"
#include "cmd/cli/installed.h"
#include "git/repository.h"

#include <expat.h>
#include <stdio.h>
#include <utf8proc.h>

struct version_options {
	bool build;
};

static const struct option_spec specs[] = {
	{ 0, "build", OPTION_FLAG, offsetof(struct version_options, build), NULL,
		N_("Also print the versions of the libraries") },
	OPTIONS_END,
};

/* What runs, not what was compiled against; inih does not say its version. */
static void print_build(void)
{
	struct strbuf git;

	strbuf_init(&git);
	printf("compiler %s\n", __VERSION__);
	printf("libgit2 %s\n", git_version(&git, NULL) == 0 ? git.buf : _("is not there"));
	printf("expat %s\n", XML_ExpatVersion());
	printf("utf8proc %s\n", utf8proc_version());
	printf("%s\n", digest_version());
	strbuf_release(&git);
}

static int run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct version_options *o = options;

	(void)context;
	if (arguments->len)
		return err_set(err, ERR_USAGE, _("'pmt version' takes no arguments, not '%s'"), arguments->items[0]);
	printf("pmt %s\n", pmt_version);
	if (o->build)
		print_build();
	return 0;
}

const struct command cmd_version = {
	.name = "version",
	.group = GROUP_HELP,
	.summary = N_("Print the version"),
	.usage = "[--build]",
	.options = specs,
	.options_size = sizeof(struct version_options),
	.run = run,
};
