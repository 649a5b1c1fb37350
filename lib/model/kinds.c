#include "model/kinds/kinds.h"
#include "base/alloc.h"
#include "base/utf8.h"
#include "model/kind.h"

const struct field common_fields[] = {
	{ "title", TYPE_LINE, FIELD_COLUMN, CLASS_FREE, .doc = N_("What it is, in one line") },
	{ "description", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("Everything else worth knowing, in as many lines as it needs") },
	{ "plain", TYPE_TEXT, FIELD_LONG, CLASS_FREE,
		.doc = N_("The wording for readers outside the profession, used by executive "
			  "reports") },
	{ "tags", TYPE_WORDS, 0, CLASS_FREE, .doc = N_("Free words to filter by") },
	{ "owner", TYPE_REF, 0, CLASS_FREE, .of = "resource|team|stakeholder",
		.doc = N_("Who answers for it") },
	{ "created", TYPE_DATETIME, 0, CLASS_FREE, .doc = N_("When it was written down") },
	{ "links", TYPE_LINES, FIELD_LONG, CLASS_FREE,
		.doc = N_("Addresses of documents and pages about it, one a line") },
};
const size_t common_field_count = ARRAY_SIZE(common_fields);

const struct kind *const kinds_all[] = {
	&kind_project,
	&kind_charter,
	&kind_objective,
	&kind_stakeholder,
	&kind_requirement,
	&kind_release,
	&kind_calendar,
	&kind_resource,
	&kind_team,
	&kind_task,
	&kind_baseline,
	&kind_account,
	&kind_cost,
	&kind_contract,
	&kind_payment,
	&kind_option,
	&kind_timesheet,
	&kind_risk,
	&kind_swot,
	&kind_node,
	&kind_scale,
	&kind_issue,
	&kind_decision,
	&kind_change,
	&kind_event,
	&kind_policy,
	&kind_rule,
	&kind_metric,
	&kind_sample,
	&kind_test,
	&kind_run,
	&kind_deliverable,
	&kind_checklist,
	&kind_workflow,
	&kind_sprint,
	&kind_sequence,
	&kind_meeting,
	&kind_service,
	&kind_incident,
	&kind_lesson,
	&kind_debt,
	&kind_note,
	&kind_rate,
	&kind_view,
	NULL,
};
const size_t kinds_count = ARRAY_SIZE(kinds_all) - 1;

/* The first letter decides most comparisons. A word may hold a NUL, so its length is not trusted before the name's. */
static bool name_is(const char *name, struct slice word)
{
	return name[0] == word.at[0] && strnlen(name, word.len + 1) == word.len &&
		memcmp(name, word.at, word.len) == 0;
}

const struct kind *kind_find(struct slice name)
{
	if (!name.len)
		return NULL;
	for (size_t i = 0; i < kinds_count; i++) {
		const struct kind *kind = kinds_all[i];

		if (name_is(kind->name, name) || name_is(kind->plural, name))
			return kind;
	}
	return NULL;
}

size_t kind_index(const struct kind *kind)
{
	size_t i = 0;

	while (i < kinds_count && kinds_all[i] != kind)
		i++;
	return i;
}

const struct kind *kind_nearest(struct slice word)
{
	const char *names[ARRAY_SIZE(kinds_all)];
	int nearest;

	for (size_t i = 0; i < kinds_count; i++)
		names[i] = kinds_all[i]->name;
	nearest = utf8_nearest(word, names, kinds_count);
	return nearest < 0 ? NULL : kinds_all[nearest];
}

static bool kind_names(const struct kind *kind, const char *name)
{
	for (size_t i = 0; i < kind->field_count; i++)
		if (kind->fields[i].name[0] == name[0] && strcmp(kind->fields[i].name, name) == 0)
			return true;
	return false;
}

size_t kind_field_total(const struct kind *kind)
{
	size_t total = kind->field_count;

	for (size_t i = 0; i < common_field_count; i++)
		total += !kind_names(kind, common_fields[i].name);
	return total;
}

const struct field *kind_field(const struct kind *kind, size_t index)
{
	if (index < kind->field_count)
		return &kind->fields[index];
	index -= kind->field_count;
	for (size_t i = 0; i < common_field_count; i++)
		if (!kind_names(kind, common_fields[i].name) && index-- == 0)
			return &common_fields[i];
	return NULL;
}

size_t kind_field_find(const struct kind *kind, struct slice name)
{
	size_t index = kind->field_count;

	if (!name.len)
		return FIELD_UNKNOWN;
	for (size_t i = 0; i < kind->field_count; i++)
		if (name_is(kind->fields[i].name, name))
			return i;
	for (size_t i = 0; i < common_field_count; i++) {
		if (name_is(common_fields[i].name, name))
			return index;
		index += !kind_names(kind, common_fields[i].name);
	}
	return name.len > 2 && slice_starts(name, "x_") ? FIELD_CUSTOM : FIELD_UNKNOWN;
}

const struct field *kind_field_named(const struct kind *kind, const char *name)
{
	return kind_field(kind, kind_field_find(kind, slice_of(name)));
}

const char *kind_field_nearest(const struct kind *kind, struct slice word)
{
	const char *names[KIND_FIELDS_MAX];
	size_t count = 0;
	int nearest;

	/* A made-up kind may have more. */
	for (size_t i = 0; i < kind->field_count && count < KIND_FIELDS_MAX; i++)
		names[count++] = kind->fields[i].name;
	for (size_t i = 0; i < common_field_count && count < KIND_FIELDS_MAX; i++)
		if (!kind_names(kind, common_fields[i].name))
			names[count++] = common_fields[i].name;
	nearest = utf8_nearest(word, names, count);
	return nearest < 0 ? NULL : names[nearest];
}
