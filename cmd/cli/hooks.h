/*
 * Git's hooks and merge driver, as pmt sets them up in a clone, and the hooks of a server, which has none of the others. A hook that is
 * there already is kept as NAME.user and called first; what it says counts.
 */
#ifndef CLI_HOOKS_H
#define CLI_HOOKS_H

#include "base/diagnostic.h"
#include "base/err.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

struct context;

enum hook_place { HOOK_CLONE, HOOK_SERVER /* a bare repository */, HOOK_BY_HAND /* for hosts that call no other */ };

struct hook {
	const char *name;    /* "pre-commit" */
	const char *summary; /* N_() */
	enum hook_place place;
	bool reads;          /* git tells it something on its input */
	/* arguments: as git gives them. A clone's hook runs in a project, a server's anywhere. */
	int (*run)(struct context *context, const struct strvec *arguments, struct err *err);
};
/* hooks_server.c, hooks_message.c */
int hook_pre_receive(struct context *context, const struct strvec *arguments, struct err *err);
int hook_update(struct context *context, const struct strvec *arguments, struct err *err);
int hook_pre_push(struct context *context, const struct strvec *arguments, struct err *err);
int hook_commit_message(struct context *context, const struct strvec *arguments, struct err *err);
extern const struct hook hooks[];
extern const size_t hooks_count;

enum hook_state { HOOK_ABSENT, HOOK_OTHER /* somebody else's */, HOOK_OURS, HOOK_CHAINED /* ours, which calls another first */ };
struct hook_status {
	enum hook_state states[8]; /* of hooks[] */
	bool server;
	bool driver;
	struct strbuf folder;
};
int hooks_look(struct context *context, struct hook_status *status, struct err *err);

/* All hooks and the driver; *made counts what was not there before. */
int hooks_install(struct context *context, size_t *made, struct err *err);
/* Takes ours away and puts the others back. */
int hooks_uninstall(struct context *context, size_t *gone, struct err *err);

/* merge-driver-missing: .gitattributes asks for the driver, and this clone has none. Costs reading two small files. */
void hooks_check(struct context *context, struct diagnostics *found);

#endif
