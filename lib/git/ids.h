/*
 * The highest number that automatic ids have had, wherever they were used: in every local and remote-tracking branch
 * and in their history, so that a number is never given twice.
 *
 * Kept in GIT-COMMON/pmt/ids: a hash of all refs, the tips that were looked at, and a number for each kind and prefix.
 * When no ref has moved, asking costs reading the refs; else the commits that are new are looked at, each tree and
 * blob once. The file may be deleted at any time.
 */
#ifndef GIT_IDS_H
#define GIT_IDS_H

#include "git/repository.h"

/*
 * Highest n of "[kind PREFIX-n]" in the *.ini files of `folder` (the project's, relative to the top), 0 when none.
 * At most 20,000 commits back in a history that was never looked at.
 */
int repository_high_water(struct repository *repository, const char *folder, const char *kind, const char *prefix,
	uint64_t *out, struct err *err);

#endif
