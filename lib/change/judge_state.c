/* Commits as states: found, read, and what they come to. Decides nothing. */
#include "change/judge-internal.h"

#include "base/alloc.h"
#include "change/delta-internal.h"
#include "git/source_tree.h"

#include <stdlib.h>
#include <string.h>

/* --- finding the project --- */

/* There is a pmt.ini, and it can be read. */
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

int state_folders(struct judging *j, const char *commit, const char *found[2])
{
	struct revision revision = { .committed = 0 };
	struct strvec folders;
	struct slice uid;
	int rc, count = 0;

	memcpy(revision.id, commit, strlen(commit) + 1);
	strvec_init(&folders);
	rc = repository_projects(j->request->repository, &revision, &folders, j->err);
	for (size_t i = 0; i < folders.len && rc == 0; i++) {
		const char *folder = folders.items[i];

		/* one that cannot be read may be a link, in a work tree, to the very pmt.ini that is guarded */
		if (uid_of(j->request->repository, &revision, folder, j->arena, &uid) && !slice_equal(uid, j->uid))
			continue;
		if (count < 2)
			found[count] = judge_text(j, slice_of(folder[0] ? folder : "."));
		count++;
	}
	strvec_release(&folders);
	return rc < 0 ? rc : count;
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
		rc = project_load_cached(&state->project, state->source, j->files, &state->loading, j->err);
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

static void release_weighing(struct weighing *weighing)
{
	if (!weighing || --weighing->uses)
		return;
	impact_release(&weighing->impact);
	free(weighing);
}

void state_free(struct state *state)
{
	if (!state)
		return;
	if (state->has_policies)
		policies_release(&state->policies);
	release_weighing(state->weighing);
	project_release(&state->project);
	source_free(state->source);
	diagnostics_release(&state->loading);
	free(state->folder);
	free(state);
}

/* --- what it comes to --- */

static void weigh(struct state *state, struct diagnostics *found)
{
	struct weighing *weighing = xcalloc(1, sizeof(*weighing));
	size_t faults = found->errors;

	weighing->uses = 1;
	impact_check(&weighing->impact, &state->project, found);
	weighing->sound = found->errors == faults;
	state->weighing = weighing;
}

const struct impact *state_impact(struct state *state)
{
	struct diagnostics ignored;

	if (!state->weighing) {
		diagnostics_init(&ignored);
		weigh(state, &ignored);
		diagnostics_release(&ignored);
	}
	return &state->weighing->impact;
}

/* No field that feeds the plan differs. */
static bool same_plan(const struct state *a, const struct state *b)
{
	struct arena scratch;
	struct delta delta;
	bool same;

	arena_init(&scratch);
	delta_compare(&delta, &a->project, &b->project, NULL, &scratch);
	same = !delta_plans(&delta);
	arena_release(&scratch);
	return same;
}

void state_share(struct state *state, struct state *other)
{
	struct state *from = state->weighing ? state : other, *to = state->weighing ? other : state;

	if (!from->weighing || to->weighing || !same_plan(state, other))
		return;
	to->weighing = from->weighing;
	to->weighing->uses++;
}

void state_check_plan(struct state *state, struct state *before, struct diagnostics *found)
{
	if (found->errors)
		return;
	if (before->weighing && before->weighing->sound)
		state_share(state, before);
	if (state->weighing)
		return;
	weigh(state, found);
	state_share(before, state);
}

struct policies *state_policies(struct state *state)
{
	if (!state->has_policies)
		policies_read(&state->policies, &state->project, NULL);
	state->has_policies = true;
	return &state->policies;
}

struct state *state_patched(const struct state *x, const struct delta *delta)
{
	struct state *state = xcalloc(1, sizeof(*state));

	diagnostics_init(&state->loading);
	delta_apply(&state->project, &x->project, delta);
	return state;
}
