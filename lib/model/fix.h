/*
 * What `pmt check --fix` mends: only faults with one certain remedy, that lose nothing anybody
 * meant.
 *
 *   ini-utf8          a file in UTF-16 (with its byte order mark) or in GB18030 becomes UTF-8
 *   ini-cr            line ends of CR alone become LF
 *   id-nfc            an id, or a reference to one, is written in Unicode's composed form
 *   duplicate-record  a section that stands twice and says the same both times goes once
 *   duplicate-key     the same of a field given twice with one value
 *   duplicate-item    the same of an item listed twice
 *
 * Everything else needs a person. A file whose encoding or line ends were mended must be loaded
 * again before what stands in it can be looked at: call until nothing is mended.
 */
#ifndef MODEL_FIX_H
#define MODEL_FIX_H

#include "base/diagnostic.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/edit.h"

struct mending {
	const char *path;
	const char *id;     /* of the fault */
	const char *format; /* N_("removed the second [%s], which says the same"), one %s at most */
	const char *argument; /* in the edit's arena, or NULL */
};

/*
 * Mends what `found` (of loading and checking edit->project) names; mended gets one struct mending
 * for each. The changes are in the edit: commit it when mended is not empty.
 */
int fix_faults(
	struct edit *edit, const struct diagnostics *found, struct vec *mended, struct err *err);

#endif
