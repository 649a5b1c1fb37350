/*
 * Decisions that would supersede each other in a circle are refused when the circle is closed: by depth first search
 * along `supersedes` from what the decision is to replace, to itself. A circle that is already there, in a file written
 * by hand, is left to the check, so that other fields can still be set. O(decisions + references).
 */
#include "model/edit-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

struct search {
	const struct project *project;
	const struct kind *kind;
	struct slice wanted;
	unsigned char *met; /* by kind_number */
	struct vec open;    /* const struct record * */
};

/* Notes what a list of decisions names; true when the wanted one is among it. */
static bool visit(struct search *s, struct slice list)
{
	struct slice item;

	while (slice_next(&list, ",\n", &item)) {
		const struct record *record = item.len ? project_find(s->project, s->kind, item) : NULL;

		if (!record)
			continue;
		if (slice_equal(record->folded, s->wanted))
			return true;
		if (!s->met[record->kind_number])
			vec_append(&s->open, &record);
		s->met[record->kind_number] = 1;
	}
	return false;
}

static bool leads_to(const struct edit *edit, const struct kind *kind, struct slice list, struct slice wanted)
{
	struct search s = { .project = edit->project, .kind = kind, .wanted = wanted };
	bool found;

	s.met = xcalloc(project_count(edit->project, kind) + 1, 1);
	vec_init(&s.open, sizeof(const struct record *));
	found = visit(&s, list);
	while (!found && s.open.len) {
		const struct record *record = ((const struct record *const *)s.open.items)[--s.open.len];

		found = visit(&s, record_text_or(record, "supersedes"));
	}
	vec_release(&s.open);
	free(s.met);
	return found;
}

int edit_check_circle(struct edit *edit, const struct kind *kind, const struct record *before, struct slice folded,
	struct document *document, size_t section)
{
	struct slice list = slice_new(NULL, 0);

	if (kind != kind_find(slice_of("decision")) ||
		!ini_doc_get(&document->doc, section, slice_of("supersedes"), &list) || !leads_to(edit, kind, list, folded))
		return 0;
	if (before && leads_to(edit, kind, record_text_or(before, "supersedes"), folded))
		return 0;
	diagnose(edit->found, (struct place){ NULL, 0, 0 }, "decision-cycle",
		N_("decisions supersede each other in a circle: %s"), edit_text(edit, slice_trim(list)), NULL);
	return -1;
}
