/*
 * What pmt ships as data that people may read, copy and change: rule sets of methods and templates of checklists, in a folder
 * "methods" beside the program (a build tree) or under share/pmt. PMT_METHODS names another one.
 */
#ifndef CLI_SHIPPED_H
#define CLI_SHIPPED_H

#include "cmd/cli/context.h"

struct shipped {
	struct source *source;
	struct project project;
	struct diagnostics found;
	bool loaded;
};

/* ERR_SYSTEM when there is no such folder. To be released in any case. */
int shipped_load(struct shipped *shipped, struct err *err);
void shipped_release(struct shipped *shipped);

#endif
