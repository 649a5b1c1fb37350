/*
 * Automatic ids, and lines of journals.
 */
#include "base/random.h"
#include "model/edit-internal.h"
#include "model/journal-internal.h"

#include <string.h>

enum { RANDOM_LETTERS = 5, RANDOM_TRIES = 100 };

static int random_id(
	const struct project *project, const struct kind *kind, struct strbuf *out, struct err *err)
{
	char letters[RANDOM_LETTERS + 1];
	size_t start = out->len;

	for (int i = 0; i < RANDOM_TRIES; i++) {
		int rc = random_base32(letters, RANDOM_LETTERS, 0, err);
		if (rc != 0)
			return rc;
		strbuf_truncate(out, start);
		strbuf_addf(out, "%s-%s", kind->prefix, letters);
		if (!project_find(project, kind, slice_from(strbuf_slice(out), start)))
			return 0;
	}
	return err_set(err, ERR_INTERNAL, "no free random id for a %s", err_word(err, kind->name));
}

int edit_next_id(const struct project *project, const struct kind *kind, uint64_t high_water,
	struct strbuf *out, struct err *err)
{
	uint64_t highest = high_water, number;
	const struct record *record;
	struct arena arena;

	if (!kind->prefix)
		return err_set(err, ERR_USAGE, "a %s has a name, not a number", err_word(err, kind->name));
	if ((kind->flags & KIND_RANDOM) ||
		slice_is(slice_trim(project_setting(project, "ids")), "random"))
		return random_id(project, kind, out, err);
	arena_init(&arena);
	struct slice prefix = id_fold(slice_of(kind->prefix), &arena);
	FOREACH_RECORD(project, kind, record)
	if (id_number(record->folded, prefix, &number) && number > highest)
		highest = number;
	arena_release(&arena);
	strbuf_addf(out, "%s-%llu", kind->prefix, (unsigned long long)highest + 1);
	return 0;
}

static const struct place nowhere = { NULL, 0, 0 };

static int check_line(struct edit *edit, const struct kind *kind, struct slice line)
{
	struct value_fault fault;
	const char *why;

	if (line.len == 0 || slice_find(line, '\n') < line.len)
		diagnose(edit->found, nowhere, "value-syntax", N_("an entry is one line of text"),
			NULL);
	else if (!ini_value_ok(line, &why))
		diagnose(edit->found, nowhere, "value-syntax",
			N_("the entry cannot be written: %s"), why, NULL);
	else if (journal_line_fault(kind, line, &edit->project->units, &fault) != 0)
		diagnose(edit->found, nowhere, fault.id, N_("'%s': expected %s"),
			edit_text(edit, fault.found), fault.expected, NULL);
	else
		return 0;
	return -1;
}

struct completing {
	struct edit *edit;
	struct slice id;
	bool unknown;
};

static void complete_task(void *context, const struct reference *reference)
{
	struct completing *completing = context;
	struct edit *edit = completing->edit;

	if (reference->loose)
		return;
	const struct kind *task = kind_find(slice_of("task"));
	const struct record *record =
		project_resolve(edit->project, task, reference->id, false, NULL);

	completing->id = record ? record->id : edit_known_id(edit, task, reference->id);
	completing->unknown = completing->id.len == 0;
	if (completing->unknown)
		diagnose(edit->found, nowhere, "ref-unknown", N_("there is no %s '%s'"), "task",
			edit_text(edit, reference->id), NULL);
}

/* "12 6h 评审" → "T-12 6h 评审" */
static int complete_line(struct edit *edit, const struct kind *kind, struct slice *line)
{
	struct completing completing = { .edit = edit };

	reference_each_in_entry(kind, *line, complete_task, &completing);
	if (completing.unknown)
		return -1;
	if (completing.id.len > 0) {
		size_t word = 0;
		while (word < line->len && line->at[word] != ' ' && line->at[word] != '\t')
			word++;
		struct slice rest = slice_from(*line, word);
		*line = slice_of(arena_printf(&edit->arena, "%.*s%.*s", (int)completing.id.len,
			completing.id.at, (int)rest.len, rest.at));
	}
	return 0;
}

/* Whose journal it is: the id as that record writes it. */
static int journal_owner(struct edit *edit, const struct kind *kind, struct slice *id)
{
	struct reference reference = { .id = *id, .kinds = kind->of };
	const struct record *owner = reference_target(edit->project, &reference);

	if (owner) {
		*id = owner->id;
		return 0;
	}
	diagnose(edit->found, nowhere, "ref-unknown", N_("there is no %s '%s'"),
		kind->of && strcmp(kind->of, "*") != 0 ? kind->of : N_("record"),
		edit_text(edit, *id), NULL);
	return -1;
}

/* The section that has the date, or else the one the entry goes to. */
static int journal_section(struct edit *edit, const struct kind *kind, struct slice id,
	moment_t when, struct slice key, struct document **document, size_t *section,
	struct err *err)
{
	moment_t now = edit->values.now;
	struct added added = { .kind = kind, .id = id, .folded = id_fold(id, &edit->arena) };
	long after;
	int rc;

	for (const struct record *record = project_find(edit->project, kind, added.folded); record;
		record = record->more) {
		struct slice text;
		rc = edit_locate(edit, record, document, section, err);
		if (rc != 0 || ini_doc_get(&(*document)->doc, *section, key, &text))
			return rc;
	}
	edit->values.now = when; /* a file of the month is that of the entry */
	rc = place_new(edit, &added, NULL, document, &after, err);
	edit->values.now = now;
	if (rc != 0)
		return rc;
	long there = document_find(edit, *document, kind, added.folded, 0);
	if (there < 0) {
		there = (long)ini_doc_add(&(*document)->doc, after, header_text(edit, kind, id));
		document_changed(*document);
	}
	*section = (size_t)there;
	return 0;
}

/* Names of the section's keys that come before: dates stand in order. NULL-terminated. */
static const char *const *dates_before(
	struct edit *edit, struct document *document, size_t section, struct slice key)
{
	size_t count = ini_doc_key_count(&document->doc, section), used = 0;
	const char **names = arena_calloc(&edit->arena, count + 1, sizeof(*names));

	for (size_t i = 0; i < count; i++) {
		struct slice other = ini_doc_key(&document->doc, section, i);
		bool date = other.len > 0 && other.at[0] >= '0' && other.at[0] <= '9';
		if (!date || slice_compare(other, key) < 0)
			names[used++] = edit_text(edit, other);
	}
	return names;
}

int edit_journal(struct edit *edit, const struct kind *kind, struct slice id, moment_t when,
	bool has_time, struct slice line, struct err *err)
{
	char text[CIVIL_TEXT];
	struct document *document;
	struct slice key, old;
	size_t section;

	if (kind->entry == JOURNAL_NONE)
		return err_set(err, ERR_USAGE, "a %s is no journal", kind->name);
	line = slice_trim(line);
	if (journal_owner(edit, kind, &id) != 0 || check_line(edit, kind, line) != 0 ||
		complete_line(edit, kind, &line) != 0)
		return ERR_INPUT;
	key = slice_of(arena_strdup(&edit->arena,
		has_time ? moment_print(when, text) : date_print(moment_date(when), text)));
	int rc = journal_section(edit, kind, id, when, key, &document, &section, err);
	if (rc != 0)
		return rc;
	if (ini_doc_get(&document->doc, section, key, &old) && old.len > 0)
		line = slice_of(arena_printf(
			&edit->arena, "%.*s\n%.*s", (int)old.len, old.at, (int)line.len, line.at));
	ini_doc_set(&document->doc, section, key, line, dates_before(edit, document, section, key));
	return 0;
}
