/*
 * The names in a source's folders as file systems see them that do not tell upper from lower case (Windows, macOS) or
 * one Unicode form from another (macOS). Two names that are one there cannot both be checked out: what people read is
 * whichever came last, while every name is judged. ".GitAttributes" is .gitattributes there, and "PMT.ini" pmt.ini.
 *
 *	source_names_folder(&names, "plan/");        each folder that is walked
 *	source_names_add(&names, "a.ini");           each name in it, files, links and folders alike
 *	…
 *	source_names_above(&names, "../", "pm");     each folder above, where "pm" is the way back to the root
 *	source_names_add(&names, "PM");
 *	…
 *	source_names_twins(&names, paths, &twins);   those that concern what is listed
 *
 * Cost: one folding and one look-up a name.
 */
#ifndef MODEL_SOURCE_NAMES_H
#define MODEL_SOURCE_NAMES_H

#include "base/arena.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "base/vec.h"

#include <stdbool.h>

/* Two paths that are one; `other` came first, or is the name that git or pmt looks for there. */
struct source_twin {
	const char *path, *other;
};

struct source_name {
	const char *folded, *path;
	bool looked_for; /* pmt.ini, .gitattributes: there or not */
};

struct source_names {
	struct map folded;   /* of the folder that is walked → its name */
	struct arena folder; /* those names */
	struct arena arena;  /* what was found */
	const char *path;
	struct slice back;   /* folded; NULL: not above */
	struct vec found;    /* struct source_name: all of which there are several */
};

void source_names_init(struct source_names *names);
void source_names_release(struct source_names *names);
void source_names_folder(struct source_names *names, const char *path /* "" or "plan/" */);
void source_names_above(struct source_names *names, const char *path /* "../" */, const char *back);
/* False when the folder has the very same name already. */
bool source_names_add(struct source_names *names, const char *name);
/*
 * Adds to `out` (struct source_twin, texts of `names`) those of which one is a text, steers, leads back to the root, or is
 * a folder with some of `paths` below it. Others are no concern of the project's.
 */
void source_names_twins(struct source_names *names, const struct strvec *paths, struct vec *out);

#endif
