/*
 * A range of history along first parents: what a branch went through, commit by commit, however many side branches came in.
 *
 * Reads commits alone. refs/replace and grafts do not exist here: libgit2 knows neither.
 */
#ifndef GIT_RANGE_H
#define GIT_RANGE_H

#include "base/vec.h"
#include "git/repository.h"

enum range_relation {
	RANGE_FORWARD,  /* old is among the first parents of new, or new itself */
	RANGE_FOXTROT,  /* old is in new's history, but came in by a merge: new's branch took this one's place */
	RANGE_BACKWARD, /* new is in old's history */
	RANGE_APART     /* neither */
};

/*
 * The first parents from behind `old` (full hex) up to `new`, oldest first; empty old: from the very first. ERR_INPUT when a commit is missing,
 * history is cut off, or there are more than `limit`.
 */
int repository_first_parents(struct repository *repository, const char *old, const char *new, uint32_t limit,
	struct vec *out /* struct revision */, enum range_relation *relation, struct err *err);
/* Is `ancestor` in the history of `commit`, or itself? */
int repository_descends(struct repository *repository, const char *ancestor, const char *commit, bool *is, struct err *err);
/* Ids of its parents. */
int repository_parents(struct repository *repository, const char *commit, struct vec *out /* struct revision */, struct err *err);
/* "Zhang Min <zhang.min@example.org>", and the first line of the message; either may be NULL. */
int repository_describe(struct repository *repository, const char *commit, struct strbuf *author, struct strbuf *subject,
	struct err *err);
/* Folders of the whole tree that hold a pmt.ini, sorted as git sorts; "" for the top. Submodules are not entered. */
int repository_projects(struct repository *repository, const struct revision *revision, struct strvec *folders, struct err *err);

/* Names and targets of all references that begin with prefix, by name. */
struct named_ref {
	char *name;
	char id[GIT_HEX]; /* of the commit; a tag's is peeled; empty when it is none */
};
int repository_refs(struct repository *repository, const char *prefix, struct vec *out /* struct named_ref */, struct err *err);
void named_refs_release(struct vec *refs);

#endif
