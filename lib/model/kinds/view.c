#include "model/kinds/kinds.h"
#include "model/project.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What the view shows") },
	{ "of", TYPE_ID, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Kind it is for; any kind when absent") },
	{ "where", TYPE_CONDITION, FIELD_COLUMN, CLASS_FREE, .doc = N_("Which records it shows") },
	{ "columns", TYPE_WORDS, 0, CLASS_FREE, .doc = N_("Fields shown, in order") },
	{ "sort", TYPE_WORDS, FIELD_COLUMN, CLASS_FREE,
		.doc = N_("Fields to sort by; '-' before one turns it round") },
	{ "group", TYPE_ID, 0, CLASS_FREE, .doc = N_("Field to group by") },
	{ "limit", TYPE_INTEGER, FIELD_POSITIVE, CLASS_FREE,
		.doc = N_("How many records at most") },
};

static void check_words(const struct check *check, const struct kind *kind, const char *field)
{
	struct slice text, rest, word;

	if (!record_text(check->record, field, &text))
		return;
	rest = text;
	while (slice_next(&rest, ",\n", &word)) {
		struct slice name = slice_starts(word, "-") ? slice_from(word, 1) : word;

		if (word.len && !slice_is(name, "id") &&
			kind_field_find(kind, name) == FIELD_UNKNOWN)
			check_fault(check, field, (size_t)(word.at - text.at), "field-unknown",
				N_("unknown field '%s'"), name);
	}
}

static void check_view(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };
	const struct kind *kind;
	struct slice of;

	if (!record_text(record, "of", &of) || !of.len)
		return;
	kind = kind_find(of);
	if (!kind) {
		check_fault(&check, "of", 0, "kind-unknown", N_("unknown kind '%s'"), of);
		return;
	}
	check_words(&check, kind, "columns");
	check_words(&check, kind, "sort");
	check_words(&check, kind, "group");
	check_condition_fields(&check, "where", kind);
}

const struct kind kind_view = {
	.name = "view",
	.plural = "views",
	.place = "pmt.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_view,
	.doc = N_("A saved choice of records, used as @name"),
	.example = "[view mine]\n"
		   "of        = task\n"
		   "where     = assign = @me and status != done\n"
		   "columns   = id, title, finish, total_float\n"
		   "sort      = finish\n",
};
