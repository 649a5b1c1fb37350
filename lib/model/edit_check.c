/*
 * The kind's own check (min ≤ max, dates in order …) on a section as an edit leaves it. What it
 * says of the record as it was loaded is not new and is let pass.
 */
#include "model/edit-internal.h"

#include <string.h>

static bool same_finding(const struct diagnostic *a, const struct diagnostic *b)
{
	if (strcmp(a->id, b->id) != 0 || strcmp(a->format, b->format) != 0)
		return false;
	for (int i = 0; i < DIAGNOSTIC_ARGUMENTS; i++) {
		if (!a->arguments[i] != !b->arguments[i])
			return false;
		if (a->arguments[i] && strcmp(a->arguments[i], b->arguments[i]) != 0)
			return false;
	}
	return true;
}

static bool was_there(const struct diagnostics *before, const struct diagnostic *finding)
{
	const struct diagnostic *items = before->items.items;

	for (size_t i = 0; i < before->items.len; i++)
		if (same_finding(&items[i], finding))
			return true;
	return false;
}

/* Adds what is new, without a place: it is not yet in any file. */
static int take_new(
	struct edit *edit, const struct diagnostics *before, const struct diagnostics *after)
{
	const struct diagnostic *items = after->items.items;
	int rc = 0;

	for (size_t i = 0; i < after->items.len; i++) {
		struct diagnostic finding = items[i];
		if (was_there(before, &finding))
			continue;
		struct diagnostics one = { .items = { &finding, 1, 1, sizeof(finding) } };
		finding.place = (struct place){ NULL, 0, 0 };
		one.errors = finding.severity == SEVERITY_ERROR;
		one.warnings = finding.severity == SEVERITY_WARNING;
		diagnostics_merge(edit->found, &one);
		if (finding.severity == SEVERITY_ERROR)
			rc = -1;
	}
	return rc;
}

int edit_check_section(struct edit *edit, const struct kind *kind, const struct record *before,
	struct document *document, size_t section)
{
	struct project_file file = { .path = document->path };
	struct diagnostics old, new;
	struct strbuf text;
	struct part part;
	int rc = 0;

	if (!kind->check)
		return 0;
	part_init(&part);
	diagnostics_init(&old);
	diagnostics_init(&new);
	strbuf_init(&text);
	ini_doc_copy(&document->doc, section, &text);
	file.bytes = strbuf_slice(&text);
	if (before)
		kind->check(edit->project, before, &old);
	if (part_read(&part, &file, before ? before->file : 0, NULL) == 0 &&
		part.records.len == 1) {
		struct record *record = part.records.items;
		record->number = before ? before->number : UINT32_MAX;
		kind->check(edit->project, record, &new);
		rc = take_new(edit, &old, &new);
	}
	strbuf_release(&text);
	diagnostics_release(&new);
	diagnostics_release(&old);
	part_release(&part);
	return rc;
}
