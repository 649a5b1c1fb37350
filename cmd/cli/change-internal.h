/* Signing an event, step by step: what the verbs that sign share. Private to cmd/cli/change_*.c. */
#ifndef CLI_CHANGE_INTERNAL_H
#define CLI_CHANGE_INTERNAL_H

#include "cmd/cli/change.h"

struct signing {
	struct change_case c;
	const struct change_sign_options *options;
	enum verdict verdict;
	const struct record *person; /* who signs, as the target knows them */
	struct event event;
	struct strbuf comment;
	struct arena arena;
};
/* May it be signed? Everything is loaded and judged. */
typedef int signing_check(struct signing *signing, struct err *err);

void signing_init(struct signing *signing, struct context *context, const struct change_sign_options *options,
	enum verdict verdict);
void signing_release(struct signing *signing);
/* All of it: find the change, check, sign, commit, tell. */
int signing_run(struct signing *signing, struct strvec *arguments, signing_check *check, struct err *err);

/* Has the person ever submitted it? */
bool signing_is_submitter(const struct signing *signing);
/* Its steps. */
int signing_open(struct signing *signing, const struct strvec *arguments, struct err *err);
int signing_write(struct signing *signing, struct err *err);
int signing_tell(struct signing *signing, struct err *err);

#endif
