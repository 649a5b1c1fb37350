/* What identity.c (who gets which id) and match.c (who is who) share; nobody else includes it. */
#ifndef MERGE_IDENTITY_INTERNAL_H
#define MERGE_IDENTITY_INTERNAL_H

#include "merge/merge-internal.h"

/* What a record of one side is. */
struct standing {
	long base; /* the section of the base that it continues, or -1 */
	struct slice id; /* the id it gets; at NULL: its own */
};

struct identity {
	struct merging *merging;
	struct standing *standings[MERGE_SIDES];   /* by section number */
	long *now[MERGE_SIDES];              /* ours, theirs: by section number of the base: its section there, or -1 */
	struct map taken;                    /* key → the place of the record that has that id */
	struct map highest;                  /* kind's name → highest number so far */
};

/* The number of a section in its tree. */
static inline size_t number_of(const struct tree *tree, const struct section *section)
{
	return (size_t)(section - (const struct section *)tree->sections.items);
}

/* Has it an identity of its own, so that it can be followed? Second sections of one id have not. */
bool section_is_followed(const struct section *section);
/* Has it a number that pmt gave it? */
bool section_is_automatic(const struct section *section, struct arena *arena);
/* The value of a field; empty when it has none. */
struct slice section_field(const struct section *section, const char *name, struct arena *arena);
/* All it says. */
struct slice section_content(const struct section *section);

/* Fills the standings of a side and what became of the records of the base. */
void identity_match(struct identity *identity, int side);

#endif
