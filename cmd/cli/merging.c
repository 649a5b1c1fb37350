#include "cmd/cli/merging.h"

#include "change/check.h"
#include "cmd/cli/context.h"
#include "cmd/cli/revision.h"
#include "git/ids.h"
#include "git/merging.h"
#include "git/source_tree.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void merging_init(struct project_merge *merge, struct context *context)
{
	*merge = (struct project_merge){ .context = context };
	strbuf_init(&merge->name);
	vec_init(&merge->bases, sizeof(struct revision));
	diagnostics_init(&merge->problems);
	strvec_init(&merge->others);
}

void merging_release(struct project_merge *merge)
{
	if (merge->computed)
		merge_result_release(&merge->result);
	for (int side = 0; side < MERGE_SIDES; side++)
		source_free(merge->sides[side]);
	vec_release(&merge->bases);
	strbuf_release(&merge->name);
	diagnostics_release(&merge->problems);
	strvec_release(&merge->others);
}

int merging_prepare(struct context *context, struct err *err)
{
	struct repository *repository;

	context_find_root(context, NULL); /* a bare repository has none, and is to be called so */
	repository = revision_repository(context, NULL, err);
	if (!repository)
		return ERR_NOWHERE;
	if (!repository->work_folder)
		return repository_may_merge(repository, err);
	return context_prepare(context, NEEDS_LOCK, err);
}

static bool same_commit(const struct revision *a, const struct revision *b)
{
	return strcmp(a->id, b->id) == 0;
}

static int refuse_strangers(const struct project_merge *merge, struct err *err)
{
	err_set(err, ERR_INPUT, _("%s and this branch have no common history here"), merge->name.buf);
	if (repository_is_shallow(merge->repository))
		err_hint(err, "%s", _("the history is cut off: git fetch --unshallow"));
	else
		err_hint(err, "%s", _("projects with separate beginnings cannot be merged: export one and import it"));
	return ERR_INPUT;
}

int merging_open_commits(struct project_merge *merge, const char *ours, const char *theirs, struct err *err)
{
	const struct revision *base;
	int status = 0;

	if (!merge->name.len)
		strbuf_add_str(&merge->name, theirs);
	merge->repository = revision_repository(merge->context, &merge->folder, err);
	if (!merge->repository)
		return err->code;
	status = repository_commit_of(merge->repository, ours, &merge->ours, err);
	if (status == 0)
		status = repository_commit_of(merge->repository, theirs, &merge->theirs, err);
	if (status == 0)
		status = repository_merge_bases(merge->repository, merge->ours.id, merge->theirs.id, &merge->bases, err);
	if (status < 0)
		return status;
	if (merge->bases.len == 0)
		return refuse_strangers(merge, err);
	base = merge->bases.items;
	merge->relation = same_commit(base, &merge->theirs) ? MERGING_NOTHING
		: same_commit(base, &merge->ours)           ? MERGING_FAST_FORWARD
							    : MERGING_NEEDED;
	return 0;
}

int merging_open(struct project_merge *merge, const char *revision, struct err *err)
{
	strbuf_add_str(&merge->name, revision);
	return merging_open_commits(merge, "HEAD", revision, err);
}

/* The project in a revision; *out stays NULL when it has none. */
static int open_source(struct project_merge *merge, const struct revision *revision, struct source **out, struct err *err)
{
	struct strbuf folder;
	struct err trouble;
	int status;

	strbuf_init(&folder);
	context_err_init(&trouble);
	status = repository_find_project(merge->repository, revision, merge->folder.at, &folder, &trouble);
	if (status == 0 && !slice_equal(strbuf_slice(&folder), merge->folder)) {
		status = err_set(err, ERR_CONFLICT, _("the project stands in '%s' there and in '%.*s' here"), folder.buf,
			(int)merge->folder.len, merge->folder.at);
		err_hint(err, "%s", _("move it on one side, so that both have it in one place, and commit"));
	} else if (status == 0) {
		status = source_tree_new(merge->repository, revision, folder.buf, out, err);
	} else if (status == ERR_NOWHERE) {
		status = 0;
	} else {
		err_set(err, trouble.code, "%s", trouble.message);
	}
	err_release(&trouble);
	strbuf_release(&folder);
	return status;
}

int merging_open_side(struct project_merge *merge, const struct revision *revision, enum merge_side side, struct err *err)
{
	return open_source(merge, revision, &merge->sides[side], err);
}

/* Several best ancestors: merged with one another first, what conflicts left out. */
static int join_base(struct project_merge *merge, const struct revision *next, struct err *err)
{
	const struct revision *first = merge->bases.items;
	struct merge_request request = { .as_base = true };
	struct merge_result *result = xcalloc(1, sizeof(*result));
	struct source *other = NULL, *below = NULL;
	struct vec below_bases;
	int status;

	vec_init(&below_bases, sizeof(struct revision));
	status = open_source(merge, next, &other, err);
	if (status == 0)
		status = repository_merge_bases(merge->repository, first->id, next->id, &below_bases, err);
	if (status == 0 && below_bases.len)
		status = open_source(merge, below_bases.items, &below, err);
	request.sides[MERGE_BASE] = below;
	request.sides[MERGE_OURS] = merge->sides[MERGE_BASE];
	request.sides[MERGE_THEIRS] = other;
	if (status == 0)
		status = merge_projects(&request, result, err);
	if (status == 0) {
		struct source *joined = merge_result_source(result);

		merge_result_release(result);
		source_free(merge->sides[MERGE_BASE]);
		merge->sides[MERGE_BASE] = joined;
	}
	free(result);
	source_free(other);
	source_free(below);
	vec_release(&below_bases);
	return status;
}

int merging_open_sides(struct project_merge *merge, struct err *err)
{
	const struct revision *bases = merge->bases.items;
	int status = open_source(merge, &bases[0], &merge->sides[MERGE_BASE], err);

	if (status == 0)
		status = open_source(merge, &merge->ours, &merge->sides[MERGE_OURS], err);
	if (status == 0)
		status = open_source(merge, &merge->theirs, &merge->sides[MERGE_THEIRS], err);
	for (size_t i = 1; status == 0 && i < merge->bases.len; i++)
		status = join_base(merge, &bases[i], err);
	if (status == 0 && merge->sides[MERGE_BASE] && !merge->sides[MERGE_THEIRS]) {
		status = err_set(err, ERR_INPUT, _("there is no project in %s: it was removed or moved there"), merge->name.buf);
		err_hint(err, _("'git merge %s' merges it as plain files"), merge->name.buf);
	}
	return status;
}

static uint64_t high_water(void *context, const struct kind *kind)
{
	struct project_merge *merge = context;

	return revision_high_water(merge->context, kind);
}

/* Checking */

/* What an error says, without where: lines move when other things are merged in. */
static struct slice error_key(const struct diagnostic *finding, struct arena *arena)
{
	struct strbuf key;
	struct slice kept;

	strbuf_init(&key);
	strbuf_addf(&key, "%s\n%s", finding->id, finding->record ? finding->record : "");
	for (size_t i = 0; i < DIAGNOSTIC_ARGUMENTS && finding->arguments[i]; i++) {
		struct slice argument = slice_of(finding->arguments[i]);
		size_t end = argument.len;

		while (end && argument.at[end - 1] >= '0' && argument.at[end - 1] <= '9')
			end--;
		if (end && end < argument.len && argument.at[end - 1] == ':')
			argument.len = end;
		strbuf_addf(&key, "\n%.*s", (int)argument.len, argument.at);
	}
	kept = arena_slice(arena, strbuf_slice(&key));
	strbuf_release(&key);
	return kept;
}

/* Everything that is wrong in a source's project. */
static int check_source(struct project_merge *merge, struct source *source, struct diagnostics *found, struct err *err)
{
	struct plan_options options = { .facts = true, .now = merge->context->now };
	struct project project;
	int status = project_load(&project, source, 0, found, err);

	if (status == 0) {
		project_check(&project, 0, found);
		change_check(&project, found);
		status = plan_check(&project, &options, found, err);
		if (status == ERR_INPUT && found->errors) {
			err_release(err); /* the findings say why */
			status = 0;
		}
	}
	project_release(&project);
	return status;
}

static int note_errors(struct project_merge *merge, struct source *source, struct map *known, struct arena *arena, struct err *err)
{
	const struct diagnostic *items;
	struct diagnostics found;
	int status = 0;

	if (!source)
		return 0;
	diagnostics_init(&found);
	status = check_source(merge, source, &found, err);
	items = found.items.items;
	for (size_t i = 0; i < found.items.len; i++)
		map_put(known, error_key(&items[i], arena), 1);
	diagnostics_release(&found);
	return status;
}

/* Blocks of conflicts are told of elsewhere, as conflicts. */
static bool counts(const struct diagnostic *finding, bool blocks)
{
	return finding->severity == SEVERITY_ERROR && (blocks || strcmp(finding->id, "merge-conflict") != 0);
}

static void add_problem(struct diagnostics *problems, const struct diagnostic *finding)
{
	struct diagnostic *added = diagnose(problems, finding->place, finding->id, finding->format, finding->arguments[0],
		finding->arguments[1], finding->arguments[2], finding->arguments[3], finding->arguments[4], finding->arguments[5],
		NULL);

	if (finding->hint_format)
		diagnostic_hint(problems, added, finding->hint_format, finding->hint_argument);
	if (finding->record)
		diagnostic_record(problems, added, finding->record);
}

int merging_new_errors(struct project_merge *merge, struct source *merged, bool blocks, struct diagnostics *problems,
	struct err *err)
{
	struct diagnostics found;
	const struct diagnostic *items;
	struct arena arena;
	struct map known;
	size_t open = 0;
	int status;

	diagnostics_init(&found);
	arena_init(&arena);
	map_init(&known);
	status = check_source(merge, merged, &found, err);
	diagnostics_sort(&found);
	items = found.items.items;
	for (size_t i = 0; i < found.items.len; i++)
		open += counts(&items[i], blocks);
	for (int side = MERGE_OURS; status == 0 && open && side <= MERGE_THEIRS; side++)
		status = note_errors(merge, merge->sides[side], &known, &arena, err);
	for (size_t i = 0; status == 0 && open && i < found.items.len; i++)
		if (counts(&items[i], blocks) && !map_get(&known, error_key(&items[i], &arena), NULL))
			add_problem(problems, &items[i]);
	map_release(&known);
	arena_release(&arena);
	diagnostics_release(&found);
	return status;
}

int merging_compute(struct project_merge *merge, enum merge_numbers numbers, struct err *err)
{
	struct merge_request request = { .numbers = numbers, .high_water = high_water, .context = merge };
	struct source *merged;
	int status = merge->sides[MERGE_OURS] || merge->sides[MERGE_THEIRS] ? 0 : merging_open_sides(merge, err);

	if (status < 0)
		return status;
	memcpy(request.sides, merge->sides, sizeof(request.sides));
	merge->computed = true;
	status = merge_projects(&request, &merge->result, err);
	if (status < 0 || !merge->sides[MERGE_OURS] || merge->unchecked)
		return status;
	merged = merge_result_source(&merge->result);
	status = merging_new_errors(merge, merged, false, &merge->problems, err);
	source_free(merged);
	return status;
}

bool merging_conflicts(const struct project_merge *merge)
{
	return merge->result.conflicts.len || merge->problems.items.len || merge->others.len;
}
