/*
 * verify and covered, as the manual's pseudo-code has them (pmt-change-control.7; triggers is in policy.c):
 *
 *	verify(OLD, NEW): require OLD among the first parents of NEW, full history, limits
 *	  S = OLD; pending = []
 *	  for each first-parent commit T after OLD, oldest first:
 *	    require check(T) without errors; every change and event record of the commit before unchanged in T
 *	    if F = covered(S, T):
 *	      for each P in pending: no authority field changed; fields of F have their value of S, of T or of an
 *	        X between; with them put back to S, triggers(S→P) is empty
 *	      S = T; pending = []
 *	    else pending += T
 *	  accept if pending is empty and NEW holds no second project of the uid
 *
 *	covered(S, T): X = S; F = {}
 *	  for each change uid new in T (by `after`, then uid):
 *	    no valid signed submission, or one uid twice, or one of S? refuse
 *	    closed by a signed withdrawal or rejection? continue; by one that stands on its branch alone? refuse
 *	    every old value, ctx line and units of its delta matches X, else stale
 *	    Y = apply(X, delta); impact(X→Y) within the signed ceilings; an added baseline tells the truth of Y
 *	    every rule in triggers(X→Y) is satisfied by valid approvals, without its submitters
 *	    X = Y; F += its fields
 *	  require T equals X on every field of F; require triggers(X→T) empty
 *
 * Everything is judged by the rules, roles and keys of S. What a word here means is in the file that its prefix
 * names: state_, proposal_, emergency_ in judge_state.c, judge_proposal.c, judge_emergency.c.
 *
 * Cost: a load and a check of each commit that changes the project, two schedules a change, a run of ssh-keygen a
 * signature.
 */
#include "change/judge-internal.h"

#include "base/alloc.h"
#include "git/range.h"

#include <stdlib.h>
#include <string.h>

/* A commit that waits for its approval: all that is bound and differs from S. */
struct pending {
	char commit[GIT_HEX];
	struct delta delta;
};

/* What covered() found: the X in order, S first, and the fields of F. */
struct covering {
	struct arena arena;
	struct vec proposals; /* struct proposal */
	struct vec states;    /* struct state *: each X; the first is S itself */
	struct vec fields;    /* const struct delta_item * */
	struct vec open;      /* struct emergency */
};

static void covering_init(struct covering *c)
{
	arena_init(&c->arena);
	vec_init(&c->proposals, sizeof(struct proposal));
	vec_init(&c->states, sizeof(struct state *));
	vec_init(&c->fields, sizeof(const struct delta_item *));
	vec_init(&c->open, sizeof(struct emergency));
}

static void covering_release(struct covering *c)
{
	struct state **states = c->states.items;

	for (size_t i = c->states.len; i-- > 1;)
		state_free(states[i]);
	proposals_release(&c->proposals);
	vec_release(&c->states);
	vec_release(&c->fields);
	vec_release(&c->open);
	arena_release(&c->arena);
}

/* Every rule in triggers(X→Y) is satisfied. */
static int approved(struct judging *j, struct state *s, struct state *x, struct state *y, const struct proposal *p,
	const struct vec *triggers)
{
	const struct trigger *items = triggers->items;
	int rc = 1;

	for (size_t i = 0; i < triggers->len && rc >= 0; i++) {
		int satisfied = proposal_satisfies(j, s, x, y, p, items[i].rule);

		rc = satisfied < 0 ? satisfied : rc && satisfied;
	}
	return rc;
}

/* A record that lies about the engine's figures would move the meter that `when` reads. */
static int baselines_true(struct judging *j, struct state *y, const struct proposal *p)
{
	const struct kind *kind = kind_find(slice_of("baseline"));
	const struct record *record;
	const char *wrong;

	for (size_t i = 0; i < p->delta.item_count; i++) {
		const struct delta_item *item = &p->delta.items[i];

		if (!slice_is(item->kind, "baseline") ||
			(i && slice_equal(item[-1].id, item->id) && slice_is(item[-1].kind, "baseline")))
			continue;
		record = project_find(&y->project, kind, item->id);
		if (record && !impact_confirms(state_impact(y), &y->project, record, j->arena, &wrong))
			return judge_refuse(j, p, "baseline-untrue",
				N_("baseline %s: the engine's figures of '%s' are not those of this plan"),
				judge_text(j, item->id), wrong, NULL);
	}
	return 1;
}

/* What an open change must stand: Y may come of X. */
static int cover_open(struct judging *j, struct state *s, struct covering *c, const struct proposal *p,
	struct state *x, struct state *y)
{
	struct vec triggers;
	int rc;

	vec_init(&triggers, sizeof(struct trigger));
	state_triggers(s, x, y, &p->delta, &c->arena, &triggers);
	rc = emergency_lets_pass(j, s, x, &c->open, p, triggers.len > 0);
	if (rc > 0 && !proposal_within(s, x, y, p->submission, &p->delta))
		rc = judge_refuse(
			j, p, "ceiling-exceeded", N_("its impact is beyond what the submission signed"), NULL);
	if (rc > 0)
		rc = baselines_true(j, y, p);
	if (rc > 0 && p->emergency)
		rc = emergency_rules(j, s, p, &triggers);
	if (rc > 0)
		rc = approved(j, s, x, y, p, &triggers);
	vec_release(&triggers);
	return rc;
}

/* One change: 1 and *next (Y, or X again when it is closed), 0 refused. */
static int cover_change(struct judging *j, struct state *s, struct covering *c, const struct proposal *p,
	struct state *x, struct state **next)
{
	struct state *y = NULL;
	int rc = proposal_closed(j, s, x, p);

	*next = x;
	if (rc != 0)
		return rc == PROPOSAL_REFUSED ? 0 : rc;
	rc = state_apply(j, s, x, p, &y);
	if (rc > 0)
		rc = cover_open(j, s, c, p, x, y);
	if (rc > 0)
		*next = y;
	else
		state_free(y);
	return rc;
}

/* T equals X on every field of F: nothing signed was altered on the way. */
static int same_fields(struct judging *j, const struct covering *c, const struct state *x, const struct state *t)
{
	const struct delta_item *const *fields = c->fields.items;
	struct arena scratch;
	bool same = true;
	size_t i;

	arena_init(&scratch);
	for (i = 0; i < c->fields.len && same; i++)
		same = delta_same(delta_value(&x->project, fields[i], &scratch),
			delta_value(&t->project, fields[i], &scratch));
	arena_release(&scratch);
	if (same)
		return 1;
	return judge_refuse(j, NULL, "content-altered", N_("%s is not what was signed"),
		judge_item(j, fields[i - 1], t, x), NULL);
}

/* What rides along must be free by itself. */
static int rest_is_free(struct judging *j, struct state *s, struct covering *c, struct state *x, struct state *t)
{
	struct vec triggers;
	const struct trigger *items;
	int rc = 1;

	vec_init(&triggers, sizeof(struct trigger));
	state_triggers(s, x, t, NULL, &c->arena, &triggers);
	items = triggers.items;
	for (size_t i = 0; i < triggers.len; i++) {
		struct finding *finding =
			judge_note(j, "uncovered", items[i].why,
				judge_text(j, trigger_subject(&items[i], &x->project, &t->project, &c->arena)), NULL);

		finding->refused = true;
		finding->rule = slice_of(judge_text(j, items[i].rule->name));
		rc = 0;
	}
	vec_release(&triggers);
	return rc;
}

static int covered(struct judging *j, struct state *s, struct state *t, struct covering *c)
{
	struct state *x = s;
	int rc = emergencies_open(j, s, t, &c->arena, &c->open);

	vec_append(&c->states, &x);
	if (rc > 0)
		rc = proposals_read(j, s, t, &c->arena, &c->proposals);
	for (size_t i = 0; i < c->proposals.len && rc > 0; i++) {
		const struct proposal *p = vec_at(&c->proposals, i);
		struct state *next;

		rc = cover_change(j, s, c, p, x, &next);
		if (rc <= 0 || next == x)
			continue;
		x = next;
		vec_append(&c->states, &x);
		for (size_t k = 0; k < p->delta.item_count; k++)
			vec_append(&c->fields, &(const struct delta_item *){ &p->delta.items[k] });
	}
	if (rc > 0)
		rc = same_fields(j, c, x, t);
	return rc > 0 ? rest_is_free(j, s, c, x, t) : rc;
}

/* --- commits that waited --- */

static bool same_field(const struct delta_item *a, const struct delta_item *b)
{
	return slice_equal(a->kind, b->kind) && slice_equal(a->id, b->id) && slice_equal(a->field, b->field);
}

/* Is it a field of F, and the value one that was approved: of S, of T, or of an X between? */
static bool field_between(const struct covering *c, const struct delta_item *item, bool *of_f)
{
	const struct delta_item *const *fields = c->fields.items;
	bool fits = false;

	*of_f = false;
	for (size_t i = 0; i < c->fields.len; i++) {
		if (!same_field(fields[i], item))
			continue;
		*of_f = true;
		fits |= delta_same(item->new, fields[i]->new) || delta_same(item->new, fields[i]->old);
	}
	return fits;
}

/* P with the fields of F put back to S must be free by itself. */
static int pending_free(struct judging *j, struct state *s, const struct pending *p, const struct delta *rest)
{
	struct state *put_back;
	struct arena scratch;
	struct vec triggers;
	bool is_free;

	arena_init(&scratch);
	vec_init(&triggers, sizeof(struct trigger));
	put_back = xcalloc(1, sizeof(*put_back));
	diagnostics_init(&put_back->loading);
	delta_apply(&put_back->project, &s->project, rest);
	state_triggers(s, s, put_back, rest, &scratch, &triggers);
	is_free = triggers.len == 0;
	state_free(put_back);
	vec_release(&triggers);
	arena_release(&scratch);
	if (is_free)
		return 1;
	return judge_refuse(j, NULL, "step-uncovered",
		N_("commit %s on the way holds more than what was approved"), p->commit, NULL);
}

static int pending_fits(struct judging *j, struct state *s, const struct covering *c, const struct pending *p)
{
	struct delta rest = { .item_count = 0 };
	int rc = 1;

	rest.items = xcalloc(p->delta.item_count + 1, sizeof(*rest.items));
	for (size_t i = 0; i < p->delta.item_count && rc > 0; i++) {
		const struct delta_item *item = &p->delta.items[i];
		bool of_f, fits = field_between(c, item, &of_f);

		if (delta_class(state_policies(s), kind_find(item->kind), item->field) == CLASS_AUTHORITY)
			rc = judge_refuse(j, NULL, "step-authority",
				N_("commit %s changes %s: authority changes in one commit with its approval"),
				p->commit, judge_item(j, item, s, NULL), NULL);
		else if (of_f && !fits)
			rc = judge_refuse(j, NULL, "step-value",
				N_("commit %s gives %s a value that nobody approved"), p->commit,
				judge_item(j, item, s, NULL), NULL);
		else if (!of_f)
			rest.items[rest.item_count++] = *item;
	}
	memcpy(rest.units, p->delta.units, sizeof(rest.units));
	if (rc > 0 && rest.item_count)
		rc = pending_free(j, s, p, &rest);
	free(rest.items);
	return rc;
}

/* --- the range --- */

struct range {
	struct judging *judging;
	struct state *settled, *before; /* S; the commit before T (may be S) */
	struct vec pending;             /* struct pending */
	struct arena arena;             /* of their deltas */
	struct vec told;                /* struct finding, of settled steps */
	size_t first;                   /* audits: the commit that waits longest, and what it lacks */
	struct vec lacks;
};

/* What is found of the step goes to `out`. */
static void move_findings(struct vec *from, struct vec *out, bool all)
{
	const struct finding *items = from->items;

	for (size_t i = 0; i < from->len; i++)
		if (all || items[i].refused)
			vec_append(out, &items[i]);
	vec_clear(from);
}

static void settle(struct range *r, struct state *t)
{
	move_findings(r->judging->findings, &r->told, true);
	if (r->before != r->settled)
		state_free(r->before);
	state_free(r->settled);
	r->settled = r->before = t;
	vec_clear(&r->pending);
	arena_reset(&r->arena);
}

static void wait(struct range *r, struct state *t)
{
	struct pending *p = vec_push(&r->pending);

	memcpy(p->commit, t->commit, sizeof(p->commit));
	delta_between(&p->delta, &r->settled->project, &t->project, state_policies(r->settled), &r->arena);
	if (r->before != r->settled)
		state_free(r->before);
	r->before = t;
}

/* 1 settled or waiting, 0 refused for good. */
static int judge_step(struct range *r, struct state *t)
{
	struct judging *j = r->judging;
	struct covering c;
	int rc = state_sound(j, t);

	if (rc > 0)
		rc = state_keeps_record(j, r->settled, r->before, t);
	if (rc == 0 && j->request->audit) { /* told, and judged all the same */
		move_findings(j->findings, &r->told, false);
		rc = 1;
	}
	if (rc <= 0) {
		state_free(t);
		return rc;
	}
	vec_clear(j->findings);
	covering_init(&c);
	rc = covered(j, r->settled, t, &c);
	for (size_t i = 0; i < r->pending.len && rc > 0; i++)
		rc = pending_fits(j, r->settled, &c, vec_at(&r->pending, i));
	covering_release(&c);
	if (rc < 0)
		state_free(t);
	else if (rc > 0)
		settle(r, t);
	else
		wait(r, t);
	return rc < 0 ? rc : 1;
}

static int judge_commit(struct range *r, const char *commit)
{
	struct judging *j = r->judging;
	struct state *t;
	int rc = state_open(j, commit, r->before->folder, &t);

	if (rc < 0)
		return rc;
	j->commit = judge_text(j, slice_of(commit));
	if (!t) {
		vec_clear(j->findings);
		return judge_refuse(j, NULL, "project-gone", N_("the project is no longer there"), NULL);
	}
	if (strcmp(t->print, r->before->print) == 0) { /* nothing of the project changed: as the commit before */
		state_free(t);
		return 1;
	}
	return judge_step(r, t);
}

/*
 * Audits go on where a hook would have refused: when nothing has covered the commit that waits longest, it is told
 * as uncovered, and what follows is judged as if it had been covered.
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
	settle(r, t);
	*at = r->first;
	return 1;
}

static int verify(struct range *r, const struct vec *commits)
{
	enum { AUDIT_AHEAD = 64 }; /* commits that a rebased branch may have */
	struct judging *j = r->judging;
	const struct revision *items = commits->items;
	int rc;

	j->uid = slice_of(j->request->uid ? j->request->uid : "");
	rc = state_open(j, j->request->old, j->request->folder, &r->settled);
	if (rc == 0 && !r->settled)
		rc = err_set(j->err, ERR_INPUT, "there is no project in %.10s", j->request->old);
	if (rc < 0)
		return rc;
	r->before = r->settled;
	j->uid = slice_of(judge_text(j, slice_trim(project_setting(&r->settled->project, "uid"))));
	rc = state_engine(j, r->settled);
	rc = rc < 0 ? rc : 1;
	for (size_t i = 0; i < commits->len && rc > 0; i++) {
		size_t waiting = r->pending.len;

		rc = judge_commit(r, items[i].id);
		if (waiting == 0 && r->pending.len) {
			r->first = i;
			vec_clear(&r->lacks);
			for (size_t k = 0; k < j->findings->len; k++)
				vec_append(&r->lacks, vec_at(j->findings, k));
		}
		if (rc > 0 && j->request->audit && r->pending.len &&
			(i + 1 == commits->len || i - r->first >= AUDIT_AHEAD))
			rc = go_on(r, items, &i);
	}
	if (rc > 0 && r->pending.len) /* the branch's tip is always settled */
		rc = 0;
	return rc > 0 && commits->len ? state_alone(j, j->request->new) : rc;
}

static void range_release(struct range *r)
{
	if (r->before != r->settled)
		state_free(r->before);
	state_free(r->settled);
	vec_release(&r->pending);
	vec_release(&r->told);
	vec_release(&r->lacks);
	arena_release(&r->arena);
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
static int judge_commits(struct judging *j, const struct vec *commits)
{
	struct range r = { .judging = j };
	const struct finding *told;
	int rc;

	vec_init(&r.pending, sizeof(struct pending));
	vec_init(&r.told, sizeof(struct finding));
	vec_init(&r.lacks, sizeof(struct finding));
	arena_init(&r.arena);
	rc = verify(&r, commits);
	if (rc == 0 && !j->request->audit && r.pending.len > 1)
		tell_first(&r);
	move_findings(j->findings, &r.told, false);
	told = r.told.items;
	for (size_t i = 0; i < r.told.len && rc > 0; i++) /* of an audit that went on */
		rc = !told[i].refused;
	move_findings(&r.told, j->findings, true);
	range_release(&r);
	return rc;
}

/* The same tree on the branch as it was, and what came in as the second parent: a merge with its parents swapped.
 */
static int tell_foxtrot(struct judging *j)
{
	const struct judge_request *request = j->request;
	const char *first = request->old, *second = request->new;
	struct vec parents;

	vec_init(&parents, sizeof(struct revision));
	if (repository_parents(request->repository, request->new, &parents, j->err) == 0 && parents.len == 2) {
		first = judge_text(j, slice_of(((const struct revision *)parents.items)[1].id));
		second = judge_text(j, slice_of(((const struct revision *)parents.items)[0].id));
	}
	vec_release(&parents);
	judge_refuse(j, NULL, "history-foxtrot", N_("the branch came in by a merge instead of going on"), NULL);
	((struct finding *)vec_at(j->findings, j->findings->len - 1))->mend = arena_printf(j->arena,
		"git reset --soft $(git commit-tree %s^{tree} -p %s -p %s -m Merge)", request->new, first, second);
	return 0;
}

static int misplaced(struct judging *j, enum range_relation relation)
{
	j->commit = j->request->new;
	if (relation == RANGE_FOXTROT)
		return tell_foxtrot(j);
	return judge_refuse(j, NULL, "history-rewritten",
		relation == RANGE_BACKWARD
			? N_("%s is older than what is there: the branch would lose history")
			: N_("%s does not build on what is there: the branch would lose history"),
		j->request->new, NULL);
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
	rc = repository_first_parents(request->repository, request->old, request->new, request->limits.commits,
		&commits, &relation, err);
	if (rc == 0)
		rc = relation == RANGE_FORWARD ? judge_commits(&j, &commits) : misplaced(&j, relation);
	if (rc > 0)
		*judgement = JUDGED_ACCEPTED;
	map_release(&j.verified);
	vec_release(&commits);
	return rc < 0 ? rc : 0;
}

struct judge_limits judge_limits_default(void)
{
	return (struct judge_limits){ .records = 64, .commits = 1000, .blob = (size_t)64 << 20 };
}
