#include "cmd/cli/approvals.h"

#include "cmd/cli/change_standing.h"
#include "report/dashboard.h"

/* Judging one schedules the whole project twice: a dashboard does as many as nobody notices, and at least one. */
enum { RECORDS_AT_ONCE = 10000 };

static size_t most_at_once(const struct context *context)
{
	size_t records = 1;

	for (size_t i = 0; i < kinds_count; i++)
		records += project_count(&context->project, kinds_all[i]);
	return 1 + RECORDS_AT_ONCE / records;
}

static bool names(const struct standing *standing, struct slice person)
{
	for (size_t i = 0; i < standing->waits_count; i++)
		if (slice_equal(standing->waits_for[i], person))
			return true;
	return false;
}

static void take(const struct standing *standing, struct slice person, struct arena *arena, struct vec *out)
{
	if (standing->known && standing->stand == REVIEW_SUBMITTED && names(standing, person))
		vec_append(out, &(struct dashboard_approval){ .id = arena_slice(arena, standing->id),
					.title = arena_slice(arena, standing->title),
					.measured = standing->measured,
					.cost = standing->cost,
					.finish = standing->finish });
}

size_t approvals_waiting(struct context *context, struct slice person, struct arena *arena, struct vec *out)
{
	struct standings standings;
	struct proposal proposal;
	struct strvec ids;
	struct err trouble;
	size_t left = 0, most = most_at_once(context);

	context_err_init(&trouble);
	strvec_init(&ids);
	proposal_init(&proposal, context);
	if (proposal_prepare(&proposal, NULL, &trouble) == 0) {
		proposal_ids(&proposal.branches, &ids);
		standings_open(&standings, context, &proposal);
		for (size_t i = 0; i < ids.len; i++)
			if (standings.judged < most || !standings_lack(&standings, ids.items[i]))
				take(standings_of(&standings, ids.items[i]), person, arena, out);
			else
				left++;
		standings_close(&standings);
	}
	proposal_release(&proposal);
	strvec_release(&ids);
	err_release(&trouble);
	return left;
}
