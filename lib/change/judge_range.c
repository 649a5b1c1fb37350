/*
 * The range: S, T and the commits that wait, what is told of them, and how an audit goes on where a hook refuses.
 * Decides nothing: an audit that went on has a refusal among its findings.
 */
#include "change/judge-internal.h"

#include <string.h>

/* What is found of the step goes to `out`. */
static void move_findings(struct vec *from, struct vec *out, bool all)
{
	const struct finding *items = from->items;

	for (size_t i = 0; i < from->len; i++)
		if (all || items[i].refused)
			vec_append(out, &items[i]);
	vec_clear(from);
}

static void replace_before(struct range *r, struct state *t)
{
	if (r->before != r->settled)
		state_free(r->before);
	r->before = t;
	if (r->at_hand == t)
		r->at_hand = NULL;
}

int range_open(struct range *r, const char *commit, struct state **t)
{
	struct judging *j = r->judging;
	int rc;

	state_free(r->at_hand);
	r->at_hand = NULL;
	rc = state_open(j, commit, r->before->folder, &r->at_hand);
	*t = r->at_hand;
	j->commit = judge_text(j, slice_of(commit));
	if (!*t || strcmp((*t)->print, r->before->print) != 0)
		vec_clear(j->findings);
	return rc;
}

void range_settle(struct range *r, struct state *t)
{
	move_findings(r->judging->findings, &r->told, true);
	replace_before(r, t);
	if (r->settled->has_policies)
		policies_base_like(state_policies(t), &r->settled->policies);
	state_free(r->settled);
	r->settled = t;
	vec_clear(&r->pending);
	arena_reset(&r->arena);
}

void range_wait(struct range *r, struct state *t)
{
	struct pending *p = vec_push(&r->pending);

	memcpy(p->commit, t->commit, sizeof(p->commit));
	delta_between(&p->delta, &r->settled->project, &t->project, state_policies(r->settled), &r->arena);
	replace_before(r, t);
}

int range_told(struct range *r, int rc)
{
	if (rc < 0 || !r->judging->request->audit)
		return rc;
	move_findings(r->judging->findings, &r->told, false);
	return 1;
}

/*
 * When nothing has covered the commit that waits longest, it is told as uncovered, and what follows is judged as if it
 * had been covered.
 */
static int go_on(struct range *r, const struct revision *commits, size_t *at)
{
	struct judging *j = r->judging;
	struct state *t;
	int rc = state_open(j, commits[r->first].id, r->before->folder, &t);

	if (rc < 0 || !t)
		return rc < 0 ? rc : 0;
	vec_clear(j->findings);
	move_findings(&r->lacks, &r->told, false);
	range_settle(r, t);
	*at = r->first;
	return 1;
}

int range_next(struct range *r, const struct vec *commits, size_t *at)
{
	enum { AUDIT_AHEAD = 64 }; /* commits that a rebased branch may have */
	const struct vec *findings = r->judging->findings;

	if (r->pending.len == 0) {
		r->waits = false;
		return 1;
	}
	if (!r->waits) { /* the first of them */
		r->waits = true;
		r->first = *at;
		vec_clear(&r->lacks);
		for (size_t i = 0; i < findings->len; i++)
			vec_append(&r->lacks, vec_at(findings, i));
	}
	if (!r->judging->request->audit || (*at + 1 < commits->len && *at - r->first < AUDIT_AHEAD))
		return 1;
	r->waits = false;
	return go_on(r, commits->items, at);
}

/* Where a change of the first commit that waits was refused, those behind it may only be stale: that is no news. */
static void tell_first(struct range *r)
{
	const struct finding *lacks = r->lacks.items;

	for (size_t i = 0; i < r->lacks.len; i++)
		if (lacks[i].refused && lacks[i].change.len)
			vec_append(&r->told, &lacks[i]);
}

/* Who approved what in the settled steps, and what the last one lacks. */
static int tell(struct range *r, int rc)
{
	struct judging *j = r->judging;
	const struct finding *told;

	if (rc == 0 && !j->request->audit && r->pending.len > 1)
		tell_first(r);
	move_findings(j->findings, &r->told, false);
	told = r->told.items;
	for (size_t i = 0; i < r->told.len && rc > 0; i++) /* of an audit that went on */
		rc = !told[i].refused;
	move_findings(&r->told, j->findings, true);
	return rc;
}

/* S = OLD */
static int begin(struct range *r)
{
	struct judging *j = r->judging;
	const struct judge_request *request = j->request;
	int rc;

	j->uid = slice_of(request->uid ? request->uid : "");
	rc = state_open(j, request->old, request->folder, &r->settled);
	if (rc == 0 && !r->settled)
		rc = err_set(j->err, ERR_INPUT, "there is no project in %.10s", request->old);
	if (rc < 0)
		return rc;
	r->before = r->settled;
	j->uid = slice_of(judge_text(j, slice_trim(project_setting(&r->settled->project, "uid"))));
	return 0;
}

static int judge_all(struct judging *j, const struct vec *commits)
{
	struct range r = { .judging = j };
	int rc;

	vec_init(&r.pending, sizeof(struct pending));
	vec_init(&r.told, sizeof(struct finding));
	vec_init(&r.lacks, sizeof(struct finding));
	arena_init(&r.arena);
	rc = begin(&r);
	if (rc == 0)
		rc = tell(&r, judge_commits(&r, commits));
	state_free(r.at_hand);
	if (r.before != r.settled)
		state_free(r.before);
	state_free(r.settled);
	vec_release(&r.pending);
	vec_release(&r.told);
	vec_release(&r.lacks);
	arena_release(&r.arena);
	return rc;
}

int judge_range(const struct judge_request *request, struct arena *arena, struct vec *findings,
	enum judgement *judgement, struct err *err)
{
	struct judging j = { .request = request, .arena = arena, .findings = findings, .err = err };
	enum range_relation relation;
	struct vec commits;
	int rc;

	*judgement = JUDGED_REFUSED;
	vec_init(&commits, sizeof(struct revision));
	map_init(&j.verified);
	j.files = request->files ? request->files : project_cache_new();
	rc = repository_first_parents(request->repository, request->old, request->new, request->limits.commits, &commits,
		&relation, err);
	if (rc == 0)
		rc = judge_relation(&j, relation);
	if (rc > 0)
		rc = judge_all(&j, &commits);
	if (rc > 0)
		*judgement = JUDGED_ACCEPTED;
	if (!request->files)
		project_cache_free(j.files);
	map_release(&j.verified);
	vec_release(&commits);
	return rc < 0 ? rc : 0;
}

struct judge_limits judge_limits_default(void)
{
	return (struct judge_limits){ .records = 64, .commits = 1000, .blob = (size_t)64 << 20 };
}
