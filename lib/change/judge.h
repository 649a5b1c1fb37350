/*
 * Is a range of commits covered by approvals? The judging rules of change control, once, beside the pseudo-code of design: verify, covered,
 * triggers (change/policy.h). Reads tree blobs only; fails closed.
 */
#ifndef CHANGE_JUDGE_H
#define CHANGE_JUDGE_H

#include "change/event.h"
#include "change/policy.h"
#include "git/repository.h"

enum judgement { JUDGED_ACCEPTED, JUDGED_REFUSED };

struct judge_limits {
	uint32_t records;  /* a change: 64 */
	uint32_t commits;  /* a range: 1,000 */
	size_t blob;       /* 64 MiB */
};

/* One finding: the commit, the change, the rule, and a message with arguments. */
struct finding {
	struct slice commit, change, rule;
	const char *id;      /* "approval-missing", "event-altered", …: stable, documented in pmt-verify(1) */
	const char *message; /* N_() */
	const char *arguments[4];
	bool refused;        /* else it tells how something was covered */
};

struct judge_request {
	struct repository *repository;
	const char *folder;   /* the project's, "" for the top; found by uid when `uid` is set */
	const char *uid;      /* pinned; NULL: that of OLD */
	const char *old, *new; /* commits, full hex */
	const char *target;   /* "refs/heads/main" */
	struct judge_limits limits;
	struct signer signer;
};

/* findings: struct finding, texts in the arena. ERR_INPUT: cannot tell (exit 3). */
int judge_range(const struct judge_request *request, struct arena *arena, struct vec *findings, enum judgement *judgement, struct err *err);

#endif
