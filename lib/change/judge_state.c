/* Commits as states: found, read, checked, compared. */
#include "change/judge-internal.h"

#include "base/alloc.h"
#include "change/attributes.h"
#include "change/check.h"
#include "git/range.h"
#include "git/source_tree.h"
#include "model/difference.h"

#include <stdlib.h>
#include <string.h>

/* --- finding the project --- */

static bool uid_of(struct repository *repository, const struct revision *revision, const char *folder,
	struct arena *arena, struct slice *out)
{
	struct diagnostics ignored;
	struct source *source = NULL;
	struct project project;
	struct slice bytes;
	struct err err;
	bool there;

	err_init(&err);
	diagnostics_init(&ignored);
	there = source_tree_new(repository, revision, folder, &source, &err) == 0 &&
		source->read(source, "pmt.ini", &bytes, &err) == 0;
	if (there) { /* the one file alone: the rest is not asked for yet */
		struct source *alone = source_memory_new();

		source_memory_add(alone, "pmt.ini", bytes);
		there = project_load(&project, alone, 1, &ignored, &err) == 0;
		*out = there ? arena_slice(arena, slice_trim(project_setting(&project, "uid")))
			     : slice_new(NULL, 0);
		project_release(&project);
		source_free(alone);
	}
	source_free(source);
	diagnostics_release(&ignored);
	err_release(&err);
	return there;
}

/* The only other folder with a project of the pinned uid; *found is NULL when there is none, or several. */
static int locate(struct judging *j, const struct revision *revision, char **found)
{
	struct repository *repository = j->request->repository;
	struct strvec folders;
	struct slice uid;
	size_t count = 0;
	int rc;

	*found = NULL;
	strvec_init(&folders);
	rc = repository_projects(repository, revision, &folders, j->err);
	for (size_t i = 0; i < folders.len && rc == 0; i++)
		if (uid_of(repository, revision, folders.items[i], j->arena, &uid) && slice_equal(uid, j->uid) &&
			count++ == 0)
			*found = xstrdup(folders.items[i]);
	strvec_release(&folders);
	if (count > 1) {
		free(*found);
		*found = NULL;
	}
	return rc;
}

/* People look for a project from the folder they stand in: a second one of its uid would be shown to them and judged by
 * nobody. */
int state_alone(struct judging *j, const char *commit)
{
	struct revision revision = { .committed = 0 };
	struct strvec folders;
	const char *first = NULL;
	struct slice uid;
	int rc;

	memcpy(revision.id, commit, strlen(commit) + 1);
	strvec_init(&folders);
	rc = repository_projects(j->request->repository, &revision, &folders, j->err);
	rc = rc < 0 ? rc : 1;
	for (size_t i = 0; i < folders.len && rc > 0; i++) {
		if (!uid_of(j->request->repository, &revision, folders.items[i], j->arena, &uid) ||
			!slice_equal(uid, j->uid))
			continue;
		if (first)
			rc = judge_refuse(j, NULL, "project-twice",
				N_("'%s' and '%s' hold projects of one uid: one could be taken for the other"),
				first[0] ? first : ".", folders.items[i], NULL);
		first = folders.items[i];
	}
	strvec_release(&folders);
	return rc;
}

/* --- reading it --- */

static int add_prints(struct source *source, int (*list)(struct source *, struct strvec *, struct err *),
	struct strbuf *out, struct err *err)
{
	struct strvec paths;
	int rc;

	strvec_init(&paths);
	rc = list(source, &paths, err);
	for (size_t i = 0; i < paths.len && rc == 0; i++) {
		const char *id = source->identity(source, paths.items[i]);

		strbuf_addf(out, "%s %s", id ? id : "?", paths.items[i]);
		strbuf_add_char(out, '\0');
	}
	strbuf_add_char(out, '\n');
	strvec_release(&paths);
	return rc;
}

static int fingerprint(struct state *state, struct err *err)
{
	uint8_t digest[DIGEST_BYTES];
	struct strbuf text;
	int rc;

	strbuf_init(&text);
	rc = add_prints(state->source, state->source->list, &text, err);
	if (rc == 0 && state->source->steering)
		rc = add_prints(state->source, state->source->steering, &text, err);
	digest_of(strbuf_slice(&text), digest);
	digest_hex(digest, state->print);
	strbuf_release(&text);
	return rc;
}

static int check_sizes(struct judging *j, const struct state *state)
{
	const struct project_file *files = state->project.files.items;
	const struct diagnostic *found = state->loading.items.items;
	bool large = false;

	for (size_t i = 0; i < state->project.files.len; i++)
		large |= files[i].bytes.len > j->request->limits.blob;
	for (size_t i = 0; i < state->loading.items.len; i++)
		large |= strcmp(found[i].id, "file-large") == 0;
	if (!large)
		return 0;
	err_set(j->err, ERR_INPUT, "a file in %.10s is larger than the limit", state->commit);
	err_hint(j->err, "git config pmt.limit.blob BYTES");
	return ERR_INPUT;
}

static int load(struct judging *j, struct state *state, const struct revision *revision)
{
	int rc = source_tree_new(j->request->repository, revision, state->folder, &state->source, j->err);

	if (rc == 0)
		rc = fingerprint(state, j->err);
	if (rc == 0)
		rc = project_load(&state->project, state->source, 0, &state->loading, j->err);
	if (rc == ERR_NOWHERE)
		err_release(j->err);
	return rc == 0 ? check_sizes(j, state) : rc;
}

static int open_in(struct judging *j, const struct revision *revision, char *folder, struct state **out)
{
	struct state *state = xcalloc(1, sizeof(*state));
	int rc;

	state->folder = folder;
	memcpy(state->commit, revision->id, sizeof(state->commit));
	diagnostics_init(&state->loading);
	rc = load(j, state, revision);
	if (rc < 0)
		state_free(state);
	*out = rc < 0 ? NULL : state;
	return rc == ERR_NOWHERE ? 0 : rc;
}

/*
 * The project is where it was as long as it has its uid there; else where the only other pmt.ini with that uid is;
 * else where it was, with another uid (a change of authority). A second pmt.ini shadows nothing.
 */
int state_open(struct judging *j, const char *commit, const char *folder, struct state **out)
{
	struct revision revision = { .committed = 0 };
	struct state *moved = NULL;
	char *other = NULL;
	int rc;

	*out = NULL;
	if (strlen(commit) >= sizeof(revision.id))
		return err_set(j->err, ERR_INPUT, "'%s' is no commit id", commit);
	memcpy(revision.id, commit, strlen(commit) + 1);
	rc = open_in(j, &revision, xstrdup(folder), out);
	if (rc < 0 || j->uid.len == 0 ||
		(*out && slice_equal(slice_trim(project_setting(&(*out)->project, "uid")), j->uid)))
		return rc;
	rc = locate(j, &revision, &other);
	if (rc == 0 && other)
		rc = open_in(j, &revision, other, &moved);
	if (moved) {
		state_free(*out);
		*out = moved;
	}
	return rc;
}

void state_free(struct state *state)
{
	if (!state)
		return;
	if (state->has_policies)
		policies_release(&state->policies);
	if (state->weighed)
		impact_release(&state->impact);
	project_release(&state->project);
	source_free(state->source);
	diagnostics_release(&state->loading);
	free(state->folder);
	free(state);
}

/* --- what it comes to --- */

const struct impact *state_impact(struct state *state)
{
	if (!state->weighed)
		impact_of(&state->impact, &state->project);
	state->weighed = true;
	return &state->impact;
}

struct policies *state_policies(struct state *state)
{
	if (!state->has_policies)
		policies_read(&state->policies, &state->project, NULL);
	state->has_policies = true;
	return &state->policies;
}

int state_engine(struct judging *j, const struct state *state)
{
	struct slice engine = slice_trim(project_setting(&state->project, "engine"));

	if (slice_is(engine, "1"))
		return 0;
	err_set(j->err, ERR_INPUT, "the project asks for engine %.*s, and this pmt judges by engine 1",
		(int)engine.len, engine.at);
	err_hint(j->err, "%s", "install a newer pmt");
	return ERR_INPUT;
}

static bool any_when(const struct policies *policies)
{
	const struct policy_rule *rules = policies->rules.items;

	for (size_t i = 0; i < policies->rules.len; i++)
		if (rules[i].when_text.len)
			return true;
	return false;
}

void state_triggers(struct state *s, struct state *a, struct state *b, const struct delta *delta,
	struct arena *arena, struct vec *out)
{
	struct policies *policies = state_policies(s);
	struct delta made;
	bool weigh;

	if (!delta) {
		delta_between(&made, &a->project, &b->project, policies, arena);
		delta = &made;
	}
	weigh = delta_plans(delta) && any_when(policies);
	policy_triggers(policies, delta, weigh ? state_impact(a) : NULL, weigh ? state_impact(b) : NULL, out);
}

/* --- requirements --- */

static int tell_error(struct judging *j, const struct diagnostic *d)
{
	struct strbuf text;
	struct finding *finding;
	const char *rest = d->format, *mark;

	strbuf_init(&text);
	for (size_t i = 0; (mark = strstr(rest, "%s")) != NULL; i++) {
		strbuf_add(&text, rest, (size_t)(mark - rest));
		strbuf_add_str(&text, i < DIAGNOSTIC_ARGUMENTS && d->arguments[i] ? d->arguments[i] : "");
		rest = mark + 2;
	}
	strbuf_add_str(&text, rest);
	finding = judge_note(j, "check-failed", N_("%s (%s)"), text.buf, d->id, NULL);
	finding->refused = true;
	finding->path = d->place.path ? judge_text(j, slice_of(d->place.path)) : NULL;
	finding->line = d->place.line;
	strbuf_release(&text);
	return 0;
}

static int tell_errors(struct judging *j, const struct diagnostics *found)
{
	enum { TOLD = 20 };
	const struct diagnostic *items = found->items.items;
	int rc = 1, told = 0;

	for (size_t i = 0; i < found->items.len && told < TOLD; i++)
		if (items[i].severity == SEVERITY_ERROR) {
			rc = tell_error(j, &items[i]);
			told++;
		}
	return rc;
}

int state_sound(struct judging *j, struct state *state)
{
	struct diagnostics found;
	const char *what;
	int rc;

	vec_clear(j->findings);
	if (attributes_alter(&state->project, state->folder, j->arena, &what))
		return judge_refuse(j, NULL, "attributes",
			N_("%s would have git write other text than what is committed"), what, NULL);
	rc = state_engine(j, state);
	if (rc < 0)
		return rc;
	diagnostics_init(&found);
	diagnostics_merge(&found, &state->loading);
	project_check(&state->project, 0, &found);
	change_check(&state->project, &found);
	if (found.errors == 0 && !state->weighed) { /* loops and empty calendars; what it comes to is asked for soon */
		impact_check(&state->impact, &state->project, &found);
		state->weighed = true;
	}
	rc = found.errors ? tell_errors(j, &found) : 1;
	diagnostics_release(&found);
	return rc;
}

static void differs(void *context, const struct difference *difference)
{
	bool *any = context;

	(void)difference;
	*any = true;
}

/* An event never changes; a change not once it has landed, and its uid never. */
static bool kept(const struct state *s, const struct record *then, const struct record *now)
{
	bool event = slice_is(slice_of(then->kind->name), "event"), any = false;

	if (!now)
		return false;
	if (event || record_counterpart(&s->project, then)) {
		record_differences(then, now, differs, &any);
		return !any;
	}
	return slice_equal(record_text_or(then, "uid"), record_text_or(now, "uid"));
}

int state_keeps_record(
	struct judging *j, const struct state *s, const struct state *before, const struct state *state)
{
	static const char *const kinds[] = { "change", "event" };
	const struct record *record;

	for (size_t k = 0; k < 2; k++)
		FOREACH_RECORD (&before->project, kind_find(slice_of(kinds[k])), record)
			if (!kept(s, record, record_counterpart(&state->project, record)))
				return judge_refuse(j, NULL, "event-altered", N_("%s was altered or removed"),
					record_name(j->arena, record), NULL);
	return 1;
}

/* --- making a state --- */

static size_t count_records(const struct delta *delta)
{
	size_t count = 0;

	for (size_t i = 0; i < delta->item_count; i++)
		count += i == 0 || !slice_equal(delta->items[i].id, delta->items[i - 1].id) ||
			 !slice_equal(delta->items[i].kind, delta->items[i - 1].kind);
	return count;
}

static int too_many(struct judging *j, const struct proposal *p, size_t count)
{
	err_set(j->err, ERR_INPUT, "change %.*s touches %zu records, more than the limit of %u", (int)p->id.len,
		p->id.at, count, (unsigned)j->request->limits.records);
	err_hint(j->err, "git config pmt.limit.records %zu", count);
	return ERR_INPUT;
}

int state_apply(struct judging *j, struct state *s, struct state *x, const struct proposal *p, struct state **out)
{
	const struct delta_item *missing;
	struct delta actual;
	struct arena scratch;
	const char *stale;
	size_t count = count_records(&p->delta);
	int rc = 1;

	*out = NULL;
	if (count > j->request->limits.records)
		return too_many(j, p, count);
	if (!delta_fits(&p->delta, &x->project, j->arena, &stale))
		return judge_refuse(j, p, "delta-stale", N_("it starts from another state: %s"), stale, NULL);
	*out = xcalloc(1, sizeof(**out));
	diagnostics_init(&(*out)->loading);
	delta_apply(&(*out)->project, &x->project, &p->delta);
	arena_init(&scratch);
	delta_between(&actual, &x->project, &(*out)->project, state_policies(s), &scratch);
	if (!delta_covers(&p->delta, &actual, &missing))
		rc = judge_refuse(j, p, "delta-hides", N_("making it changes %s, which it does not state"),
			judge_item(j, missing, x, NULL), NULL);
	arena_release(&scratch);
	return rc;
}
