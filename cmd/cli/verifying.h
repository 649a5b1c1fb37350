/*
 * Verification as commands and hooks ask for it: which branch is guarded, where trust begins, what the configuration limits, and the judge's
 * answer (change/judge.h).
 *
 *	pmt.trust    COMMIT:DIGEST, the pin ('pmt verify --pin' prints one)
 *	pmt.guard    the branch, else the one that the remote's HEAD names, else this repository's
 *	pmt.folder   the project's folder, where a repository has several
 *	pmt.limit.records, .commits, .blob
 *
 * As environment variables, which come first: PMT_TRUST, PMT_GUARD, PMT_FOLDER, PMT_LIMIT_RECORDS, …: for hosts that give nobody a
 * repository's configuration.
 */
#ifndef CLI_VERIFYING_H
#define CLI_VERIFYING_H

#include "base/arena.h"
#include "change/judge.h"
#include "git/program.h"

struct context;

struct verification {
	struct context *context;
	struct repository *repository;
	struct settings settings;
	char **environment;
	struct arena arena;
	struct vec findings; /* struct finding */
	struct vec branches; /* struct named_ref */
	struct strbuf ref, folder;
	char pin[GIT_HEX], pin_digest[DIGEST_HEX]; /* "": none */
	struct strbuf uid;                          /* of the pinned project; "": unpinned */
	char old[GIT_HEX], new[GIT_HEX];
	size_t commits;
	bool policy;
	enum judgement judgement;
};

/* trust and ref: as given on the command line, or NULL. To be released in any case. */
int verification_open(struct verification *v, struct context *context, const char *trust, const char *ref, struct err *err);
void verification_release(struct verification *v);
/*
 * Judges a range. old "" or all zeros: from the pin. ERR_FAILED when nothing says whom to trust: no pin, and no policy on the old side.
 * Otherwise 0, and v->judgement and v->findings tell.
 */
int verification_range(struct verification *v, const char *old, const char *new, struct err *err);
/*
 * The same from the pin on, without a limit of commits; what one step lacks does not end it: the next ones are judged as if it had been covered.
 */
int verification_audit(struct verification *v, const char *new, struct err *err);
/* Finds the project's folder in a commit: v->folder. */
int verification_folder(struct verification *v, const char *commit, struct err *err);
/* Digest of what has authority in a commit, in v->folder. */
int verification_pin(const struct verification *v, const char *commit, char digest[DIGEST_HEX], struct err *err);
/* The commit of a revision in hex. */
int verification_commit(struct verification *v, const char *text, char out[GIT_HEX], struct err *err);

/* The last tip of the branch that was verified here, "" when there is none; and another one. */
void verification_last(struct verification *v, char out[GIT_HEX]);
int verification_keep(struct verification *v, struct err *err);
/* Is `new` where the branch stands, here or as it was last fetched? */
bool verification_is_tip(struct verification *v, const char *commit);

/* Refusals as lines for a person: what a hook says. */
void verification_say(const struct verification *v);

#endif
