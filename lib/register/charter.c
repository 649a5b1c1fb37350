#include "register/charter.h"

#include "base/alloc.h"

static const struct {
	const char *title, *field, *kind;
} wanted[] = {
	{ N_("purpose"), "purpose", NULL },
	{ N_("measurable goals and success criteria"), "success_criteria", "objective" },
	{ N_("high-level requirements"), "requirements", "requirement" },
	{ N_("what is in scope"), "scope_in", NULL },
	{ N_("what is out of scope"), "scope_out", NULL },
	{ N_("main deliverables"), "deliverables", "deliverable" },
	{ N_("overall risks"), "risks", "risk" },
	{ N_("summary milestones"), "milestones", NULL },
	{ N_("money approved in advance"), "budget", NULL },
	{ N_("key stakeholders"), "stakeholders", "stakeholder" },
	{ N_("what must be approved, by whom"), "approval", NULL },
	{ N_("exit criteria"), "exit_criteria", NULL },
	{ N_("project manager"), "manager", NULL },
	{ N_("authority of the manager"), "authority", NULL },
	{ N_("sponsor"), "sponsor", NULL },
	{ N_("authority of the sponsor"), "sponsor_authority", NULL },
};

static bool says(const struct record *record, const char *field)
{
	struct slice text;

	return record && record_text(record, field, &text) && slice_trim(text).len;
}

/* Milestones may be tasks, and manager and sponsor stand in [project] as well. */
static size_t elsewhere(const struct project *project, const char *field, const char *kind)
{
	struct record *record;
	size_t count = 0;

	if (kind)
		return project_count(project, kind_find(slice_of(kind)));
	if (slice_is(slice_of(field), "milestones"))
		FOREACH_RECORD(project, kind_find(slice_of("task")), record)
			count += slice_is(record_text_or(record, "milestone"), "yes");
	if (slice_is(slice_of(field), "manager") || slice_is(slice_of(field), "sponsor"))
		count = says(project->settings, field);
	return count;
}

size_t charter_read(const struct project *project, const struct record *charter, struct vec *items)
{
	size_t missing = 0;

	for (size_t i = 0; i < ARRAY_SIZE(wanted); i++) {
		struct charter_item *item = vec_push(items);

		*item = (struct charter_item){ .title = wanted[i].title, .field = wanted[i].field, .kind = wanted[i].kind };
		item->count = elsewhere(project, wanted[i].field, wanted[i].kind);
		item->state = says(charter, wanted[i].field) ? CHARTER_THERE : item->count ? CHARTER_REGISTER : CHARTER_MISSING;
		missing += item->state == CHARTER_MISSING;
	}
	return missing;
}

bool charter_approved(const struct record *charter)
{
	return says(charter, "approved") && says(charter, "approved_by");
}

bool charter_approved_by_sponsor(const struct project *project, const struct record *charter)
{
	struct slice sponsor = record_text_or(charter, "sponsor"), rest, id;
	const struct record *who;

	if (!slice_trim(sponsor).len && project->settings)
		sponsor = record_text_or(project->settings, "sponsor");
	who = project_find_among(project, "stakeholder|resource|team", slice_trim(sponsor));
	rest = record_text_or(charter, "approved_by");
	while (who && slice_next(&rest, ",\n", &id))
		if (project_find_among(project, "stakeholder|resource|team", id) == who)
			return charter_approved(charter);
	return false;
}
