/*
 * Checklists: the lines of `items` apart, and put together again.
 *
 *	[ ] what            [x] what; by whom; date; evidence            [-] not needed
 *
 * A line without a box is an open item. What behind a box was not read stays as it was written.
 */
#ifndef REGISTER_CHECKLIST_H
#define REGISTER_CHECKLIST_H

#include "base/vec.h"
#include "model/project.h"

enum checklist_state { ITEM_OPEN, ITEM_DONE, ITEM_UNNEEDED };

struct checklist_item {
	struct slice line;
	enum checklist_state state;
	struct slice what, who, when, evidence; /* the latter three of done items; may be empty */
};

/* struct checklist_item in order; the slices live in the project. */
void checklist_read(const struct record *checklist, struct vec *items);
struct checklist_count {
	size_t open, done, unneeded;
};
struct checklist_count checklist_sum(const struct vec *items);
/* The item's line as it should stand. */
void checklist_print(const struct checklist_item *item, struct strbuf *out);

#endif
