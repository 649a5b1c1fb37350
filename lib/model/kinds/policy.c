#include "model/kinds/kinds.h"
#include "model/project.h"
#include "model/value.h"

static const struct field fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_AUTHORITY, .doc = N_("What the rule is for") },
	{ "protect", TYPE_WORDS, FIELD_COLUMN, CLASS_AUTHORITY,
		.doc = N_("Kinds, fields and classes it protects, separated by blanks, commas or "
			  "lines: task.effort requirement.* authority") },
	{ "when", TYPE_CONDITION, FIELD_COLUMN, CLASS_AUTHORITY,
		.doc = N_("Impact against the current baseline at which it applies: cost > 10% or "
			  "finish > 10d or churn > 200000 CNY") },
	{ "after", TYPE_ENUM, 0, CLASS_AUTHORITY, .of = "start|baseline", .fallback = "start",
		.doc = N_("From when it binds: always, or once a baseline is current") },
	{ "approve", TYPE_WORDS, FIELD_COLUMN, CLASS_AUTHORITY,
		.doc = N_("Who must approve, all of: sponsor, 2 of ccb") },
	{ "class", TYPE_ENUM, 0, CLASS_AUTHORITY, .of = "normal|standard|emergency",
		.fallback = "normal", .doc = N_("Class of changes it is for") },
	{ "review", TYPE_WORDS, 0, CLASS_AUTHORITY,
		.doc = N_("Emergencies: who must ratify afterwards") },
	{ "open", TYPE_INTEGER, FIELD_POSITIVE, CLASS_AUTHORITY,
		.doc = N_("Emergencies: how many may wait for review at once") },
	{ "binding", TYPE_ENUM, 0, CLASS_AUTHORITY, .of = "delta|strict", .fallback = "delta",
		.doc = N_("What an approval binds: the changed fields, or the state of all bound "
			  "fields") },
};

/* "sponsor" or "2 of ccb". */
static bool approval(struct slice item)
{
	struct slice word;
	size_t digits = 0;

	while (digits < item.len && item.at[digits] >= '0' && item.at[digits] <= '9')
		digits++;
	if (digits && digits < 4 && slice_starts(slice_from(item, digits), " ")) {
		item = slice_trim(slice_from(item, digits));
		if (!slice_starts(item, "of "))
			return false;
		item = slice_trim(slice_from(item, 3));
	}
	word = item;
	return id_valid(word, NULL);
}

static void check_approvals(const struct check *check, const char *field)
{
	struct slice text, rest, item;

	if (!record_text(check->record, field, &text))
		return;
	rest = text;
	while (slice_next(&rest, ",\n", &item))
		if (item.len && !approval(item))
			check_fault(check, field, (size_t)(item.at - text.at), "value-syntax",
				N_("'%s' is no approval: expected a role, or a number of it such "
				   "as 2 of ccb"),
				item);
}

static bool protectable(struct slice word)
{
	size_t dot = slice_find(word, '.');
	const struct kind *kind;

	if (word_index("authority|plan|fact|*", word) >= 0)
		return true;
	kind = kind_find(slice_new(word.at, dot));
	if (!kind || dot == word.len)
		return kind != NULL;
	word = slice_from(word, dot + 1);
	return slice_is(word, "*") || kind_field_find(kind, word) != FIELD_UNKNOWN;
}

static void check_protect(const struct check *check)
{
	struct slice text, rest, item;

	if (!record_text(check->record, "protect", &text))
		return;
	rest = text;
	while (slice_next(&rest, " \t,\n", &item))
		if (item.len && !protectable(item))
			check_fault(check, "protect", (size_t)(item.at - text.at), "field-unknown",
				N_("'%s' is no kind, field or class: expected for example "
				   "task.effort, requirement.* or authority"),
				item);
}

static void check_policy(
	const struct project *project, const struct record *record, struct diagnostics *found)
{
	struct check check = { project, record, found };

	check_protect(&check);
	check_approvals(&check, "approve");
	check_approvals(&check, "review");
	check_needs(&check, "class", "emergency", "review");
}

const struct kind kind_policy = {
	.name = "policy",
	.plural = "policies",
	.place = "policy.ini",
	.flags = KIND_NAMED,
	.fields = fields,
	.field_count = ARRAY_SIZE(fields),
	.check = check_policy,
	.doc = N_("Who must approve which changes"),
	.example = "[policy scope]\n"
		   "protect = task.title task.parent task.depends task.effort requirement.*\n"
		   "after   = baseline\n"
		   "approve = sponsor, 1 of ccb\n"
		   "\n"
		   "[policy money]\n"
		   "when    = cost > 10% or finish > 10d or churn > 200000 CNY\n"
		   "approve = 2 of ccb, sponsor\n"
		   "binding = strict\n",
};
