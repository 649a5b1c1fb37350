/*
 * Is a range of commits covered by approvals? The judging rules of change control, once, beside the pseudo-code of the manual
 * (pmt-change-control.7): judge.c has verify and covered, policy.c triggers. Reads tree blobs only; fails closed.
 */
#ifndef CHANGE_JUDGE_H
#define CHANGE_JUDGE_H

#include "change/event.h"
#include "change/policy.h"
#include "git/repository.h"

enum judgement { JUDGED_ACCEPTED, JUDGED_REFUSED };

struct judge_limits {
	uint32_t records;  /* a change, and its events: 64 */
	uint32_t commits;  /* a range: 1,000 */
	size_t blob;       /* bytes of a file: 64 MiB */
};
struct judge_limits judge_limits_default(void);

enum { FINDING_ARGUMENTS = 4 };

/* One finding: the commit, the change, the rule, and a message with arguments. */
struct finding {
	struct slice commit, change, rule; /* "" where there is none */
	const char *id;      /* "approval-missing", "event-altered", …: stable, documented in pmt-verify(1) */
	const char *message; /* N_() with %s alone */
	const char *arguments[FINDING_ARGUMENTS];
	const char *path;    /* of a file below the project's folder, or NULL */
	uint32_t line;
	const char *mend;    /* a command line that would help, or NULL */
	bool refused;        /* else it tells how something was covered */
};

struct judge_request {
	struct repository *repository;
	const char *folder;    /* the project's at `old`, "" for the top; later found by uid */
	const char *uid;       /* the pinned one, by which it is found at `old` too, whatever stands in `folder`; NULL or "": unpinned */
	const char *old, *new; /* commits, full hex */
	const char *target;    /* "refs/heads/main" */
	struct project_cache *files; /* read for other judgings too (model/project.h); NULL: none are */
	struct judge_limits limits;
	struct signer signer;
	/* Of these (struct named_ref, git/range.h) the branches ".../change/ID": withdrawals and rejections there count before they land. */
	const struct vec *branches;
	/* For audits: a step that is refused for good, or commits that nothing covers, are told, and what follows is judged all the same. */
	bool audit;
};

/*
 * findings: struct finding, texts in the arena, in the order of history; those that refuse say why, those of accepted ranges who approved what.
 * ERR_INPUT: cannot tell (exit 3).
 */
int judge_range(const struct judge_request *request, struct arena *arena, struct vec *findings, enum judgement *judgement,
	struct err *err);

/*
 * A pin is "COMMIT:DIGEST": where trust begins, and SHA-256 of everything of class authority there. pin_digest makes one for a commit.
 * at: repository, folder, uid, limits and files, as in struct judge_request.
 */
int pin_digest(const struct judge_request *at, const char *commit, char out[DIGEST_HEX], struct err *err);
/* The uid of the project there; empty when it has none. */
int pin_uid(const struct judge_request *at, const char *commit, struct strbuf *out, struct err *err);
/* Does the project there state a policy of its own? */
int pin_has_policy(const struct judge_request *at, const char *commit, bool *any, struct err *err);

/* All ids of findings with what they mean, for the manual and its test. */
struct finding_kind {
	const char *id;
	const char *doc; /* N_() */
};
extern const struct finding_kind finding_kinds[];
extern const size_t finding_kind_count;

#endif
