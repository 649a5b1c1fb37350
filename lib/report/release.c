#include "report/release.h"

#include "base/alloc.h"

#include <string.h>

/* Requirements the release names, and those that name it: each once, in project order. */
static bool *find_requirements(const struct project *project, const struct record *release, struct arena *arena)
{
	const struct kind *kind = kind_find(slice_of("requirement"));
	bool *in = arena_calloc(arena, project_count(project, kind) + 1, sizeof(*in));
	struct slice rest = record_text_or(release, "requirements"), id;
	struct record *record;

	while (slice_next(&rest, ",\n", &id)) {
		record = id.len ? project_find(project, kind, id) : NULL;
		if (record)
			in[record->kind_number] = true;
	}
	FOREACH_RECORD(project, kind, record)
		if (record_text(record, "release", &id) &&
			project_find(project, release->kind, slice_trim(id)) == release)
			in[record->kind_number] = true;
	return in;
}

static struct cell tests_cell(struct doc *doc, const struct trace_row *row)
{
	size_t tests = row->ends[TRACE_TEST].len;

	if (!tests)
		return cell_toned(TONE_WATCH, cell_message(N_("no test")));
	return cell_toned(row->verified ? TONE_GOOD : row->failed ? TONE_BAD : TONE_WATCH,
		cell_messagef(&doc->arena, N_("%s of %s pass"), arena_printf(&doc->arena, "%u", row->passed),
			arena_printf(&doc->arena, "%zu", tests), NULL));
}

static void add_requirements(struct doc *doc, const struct project *project, const struct record *release,
	const struct trace *trace, struct block *pairs)
{
	bool *in = find_requirements(project, release, &doc->arena);
	struct table *table = doc_table(doc, "requirements", N_("Requirements it brings"));
	size_t count = 0, verified = 0;

	table->empty = N_("no requirements are assigned to it");
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	table_column(table, "priority", N_("priority"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "status", N_("status"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "tests", N_("tests"), ALIGN_LEFT, PRIORITY_HIGH);
	for (size_t i = 0; i < trace->count; i++) {
		const struct record *record = trace->rows[i].requirement;
		struct cell *cells;

		if (!in[i])
			continue;
		cells = table_row(table)->cells;
		cells[0] = cell_ref(&doc->arena, record->id, slice_of(""));
		cells[1] = cell_text(&doc->arena, record_title(record));
		cells[2] = cell_word(&doc->arena, record_text_or(record, "priority"));
		cells[3] = cell_word(&doc->arena, record_text_or(record, "status"));
		cells[4] = tests_cell(doc, &trace->rows[i]);
		count++;
		verified += trace->rows[i].verified;
	}
	pairs_add(doc, pairs, "requirement_count", N_("requirements"), cell_integer((int64_t)count));
	pairs_add(doc, pairs, "verified", N_("verified: all tests pass"), cell_integer((int64_t)verified));
}

/* Issues that were brought in by it, or are about what it brings. */
static void add_issues(struct doc *doc, const struct project *project, const struct record *release)
{
	struct table *table = NULL;
	struct record *record;
	struct slice by;

	FOREACH_RECORD(project, kind_find(slice_of("issue")), record) {
		struct cell *cells;

		if (!record_text(record, "introduced_by", &by) ||
			project_find_among(project, "release", slice_trim(by)) != release)
			continue;
		if (!table) {
			table = doc_table(doc, "issues", N_("Issues it brought"));
			table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
			table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
			table_column(table, "severity", N_("severity"), ALIGN_LEFT, PRIORITY_HIGH);
			table_column(table, "status", N_("status"), ALIGN_LEFT, PRIORITY_MUST);
		}
		cells = table_row(table)->cells;
		cells[0] = cell_ref(&doc->arena, record->id, slice_of(""));
		cells[1] = cell_text(&doc->arena, record_title(record));
		cells[2] = cell_word(&doc->arena, record_text_or(record, "severity"));
		cells[3] = cell_word(&doc->arena, record_text_or(record, "status"));
	}
}

static const char *const shown[] = { "type", "version", "environment", "sites", "planned", "deployed", "result", "restored",
	"milestone", "deliverables", "service", "approved_by" };

void release_page(struct doc *doc, const struct project *project, const struct record *release, const struct trace *trace)
{
	static const char *const texts[] = { "feedback", "rollback" };
	struct block *pairs;
	struct slice text;
	struct value value;

	doc_heading(doc, 1, cell_ref(&doc->arena, release->id, record_title(release)));
	pairs = doc_pairs(doc, "records");
	pairs_add(doc, pairs, "id", N_("id"), cell_ref(&doc->arena, release->id, slice_of("")));
	for (size_t i = 0; i < ARRAY_SIZE(shown); i++) {
		const struct field *field = kind_field_named(release->kind, shown[i]);
		char *label = arena_strdup(&doc->arena, shown[i]);

		for (char *c = label; *c; c++)
			*c = *c == '_' ? ' ' : *c;
		if (record_text_or(release, shown[i]).len && record_value(project, release, field, &doc->arena, &value))
			pairs_add(doc, pairs, shown[i], label, cell_value(&doc->arena, &value, &project->units));
	}
	add_requirements(doc, project, release, trace, pairs);
	for (size_t i = 0; i < ARRAY_SIZE(texts); i++) {
		if (!record_text(release, texts[i], &text) || !slice_trim(text).len)
			continue;
		pairs_add(doc, pairs, texts[i], texts[i], cell_text(&doc->arena, text));
	}
	add_issues(doc, project, release);
}
