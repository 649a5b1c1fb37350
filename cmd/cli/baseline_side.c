#include "cmd/cli/baseline_side.h"

#include "base/utf8.h"
#include "cmd/cli/noun.h"
#include "cmd/cli/revision.h"
#include "git/program.h"
#include "model/governing.h"

#include <string.h>

enum { COMMITS_MOST = 50 };

static void open_now(struct side *side, struct context *context)
{
	side->what = SIDE_NOW;
	plan_costs_init(&side->costs, &context->plan);
	context_note_costs(context, &side->costs);
	snapshot_of_plan(&side->snapshot, &context->plan, &side->costs);
	side->plan = &context->plan;
	side->plan_costs = &side->costs;
	side->now = context->now;
}

static void open_baseline(struct side *side, struct context *context, const struct record *record)
{
	side->what = SIDE_BASELINE;
	baseline_read(&side->baseline, &context->project, record);
	snapshot_of_baseline(&side->snapshot, &side->baseline);
	side->now = side->baseline.as_of == MOMENT_NONE ? context->now : side->baseline.as_of;
}

/* What the word is not: neither a baseline nor a revision. */
static int nothing_named(struct context *context, const char *word, struct err *reason, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("baseline"));
	struct record *record;
	const char *names[64];
	size_t count = 0;
	int nearest;

	FOREACH_RECORD(&context->project, kind, record)
		if (count < ARRAY_SIZE(names))
			names[count++] = arena_strndup(&context->project.arena, record->id.at, record->id.len);
	nearest = utf8_nearest(slice_of(word), names, count);
	err_set(err, ERR_USAGE, _("there is no baseline '%s', and no revision: %s"), word, reason->message ? reason->message : "?");
	if (nearest >= 0)
		err_hint(err, _("did you mean '%s'?"), names[nearest]);
	else
		err_hint(err, "%s", _("'pmt baseline' lists all baselines"));
	return ERR_USAGE;
}

static int open_revision(struct side *side, struct context *context, const char *word, struct err *err)
{
	struct err reason;
	int status;

	side->what = SIDE_REVISION;
	err_init_like(&reason, err);
	side->has_past = true;
	status = past_open(&side->past, context, word, &reason);
	if (status < 0)
		status = nothing_named(context, word, &reason, err);
	err_release(&reason);
	return status < 0 ? status : side_plan(side, context, word, err);
}

int side_plan(struct side *side, struct context *context, const char *word, struct err *err)
{
	if (side->what == SIDE_NOW) {
		open_now(side, context);
		return 0;
	}
	if (past_plan(&side->past, context, MOMENT_NONE, err) < 0)
		return err_context(err, "%s", word);
	snapshot_of_plan(&side->snapshot, &side->past.plan, &side->past.costs);
	side->plan = &side->past.plan;
	side->plan_costs = &side->past.costs;
	side->now = side->past.revision.committed;
	return 0;
}

int side_open(struct side *side, struct context *context, const char *word, struct err *err)
{
	const struct record *record;

	*side = (struct side){ .what = SIDE_NOW };
	if (!word) {
		open_now(side, context);
		return 0;
	}
	record = project_find(&context->project, kind_find(slice_of("baseline")), slice_of(word));
	if (record) {
		open_baseline(side, context, record);
		return 0;
	}
	return open_revision(side, context, word, err);
}

/* --- the text that was frozen --- */

static void drop_past(struct side *side)
{
	past_release(&side->past);
	side->has_past = false;
}

/* Takes a revision when its text is the one that was frozen; without a digest any will do. */
static bool try_revision(struct side *side, struct context *context, const char *revision)
{
	struct slice digest = side->baseline.digest;
	struct err ignored;
	char hex[DIGEST_HEX] = "";
	bool good;

	err_init(&ignored);
	if (digest.len == DIGEST_HEX - 1)
		memcpy(hex, digest.at, digest.len);
	side->has_past = true;
	good = past_open(&side->past, context, revision, &ignored) == 0 && (!digest.len || past_governs(&side->past, hex));
	if (!good)
		drop_past(side);
	err_release(&ignored);
	return good;
}

/* Commits that touched its file: with a digest the newest that fits, without one the one that added it. */
static bool try_commits(struct side *side, struct context *context, struct repository *repository, struct slice folder)
{
	const struct project_file *files = context->project.files.items;
	const char *path = files[side->baseline.record->file].path;
	struct strvec commits;
	struct strbuf full;
	bool found = false;

	strvec_init(&commits);
	strbuf_init(&full);
	strbuf_addf(&full, "%.*s%s%s", (int)folder.len, folder.len ? folder.at : "", folder.len ? "/" : "", path);
	if (repository_file_commits(repository, full.buf, COMMITS_MOST, &commits, NULL) == 0) {
		if (!side->baseline.digest.len && commits.len)
			found = try_revision(side, context, commits.items[commits.len - 1]);
		for (size_t i = 0; side->baseline.digest.len && i < commits.len && !found; i++)
			found = try_revision(side, context, commits.items[i]);
	}
	strbuf_release(&full);
	strvec_release(&commits);
	return found;
}

static bool find_past(struct side *side, struct context *context)
{
	struct slice folder = { NULL, 0 }, revision = side->baseline.revision;
	struct repository *repository = revision_repository(context, &folder, NULL);
	struct strbuf word;
	bool found;

	if (!repository)
		return false;
	strbuf_init(&word);
	strbuf_add_slice(&word, revision);
	found = (revision.len && try_revision(side, context, word.buf)) || try_commits(side, context, repository, folder);
	strbuf_release(&word);
	return found;
}

/* Nothing that governs the plan has changed since it was frozen. */
static bool is_unchanged(const struct side *side, struct context *context)
{
	char digest[DIGEST_HEX];

	governing_digest(&context->project, digest);
	return slice_is(side->baseline.digest, digest);
}

/* Both sides follow from one text. */
static bool same_text(const struct side *side, const struct side *other, struct context *context)
{
	return other->what == SIDE_NOW ? is_unchanged(side, context) :
		other->what == SIDE_BASELINE && side->baseline.digest.len && slice_equal(side->baseline.digest, other->baseline.digest);
}

static bool is_shallow(struct context *context)
{
	struct repository *repository = revision_repository(context, NULL, NULL);

	return repository && repository_is_shallow(repository);
}

void side_find_text(struct side *side, const struct side *other, struct context *context)
{
	struct err ignored;

	if (side->what != SIDE_BASELINE || side->plan)
		return;
	err_init(&ignored);
	if (!find_past(side, context)) {
		if (is_shallow(context))
			context_note(context, "%s", _("history incomplete: this clone is shallow; 'git fetch --unshallow' gets the rest"));
		side->missing = same_text(side, other, context) ?
			N_("The text that governs the plan is as it was frozen: what moved dates are facts (progress, actual dates) or the status date.") :
			is_unchanged(side, context) ?
			N_("Which change moved what is not known: the text that was frozen is not in history yet; commit it.") :
			N_("Which change moved what is not known: no commit holds the text that was frozen.");
	} else if (past_plan(&side->past, context, side->now, &ignored) < 0) {
		side->missing = N_("Which change moved what is not known: the text that was frozen gives no plan.");
	} else {
		side->plan = &side->past.plan;
		side->plan_costs = &side->past.costs;
	}
	err_release(&ignored);
}

void side_release(struct side *side)
{
	snapshot_release(&side->snapshot);
	if (side->baseline.project)
		baseline_release(&side->baseline);
	if (side->what == SIDE_NOW && side->plan)
		plan_costs_release(&side->costs);
	if (side->has_past)
		drop_past(side);
}

struct cell side_name(const struct side *side, struct arena *arena)
{
	struct cell values[2];

	if (side->what == SIDE_NOW)
		return cell_message(N_("now"));
	if (side->what == SIDE_REVISION) {
		values[0] = cell_text(arena, slice_new(side->past.revision.id, 7));
		values[1] = cell_date(moment_date(side->past.revision.committed));
		return cell_message_of(arena, N_("%s (%s)"), values, 2);
	}
	values[0] = cell_text(arena, side->baseline.record->id);
	values[1] = side->baseline.frozen == MOMENT_NONE ? cell_none() : cell_date(moment_date(side->baseline.frozen));
	return cell_message_of(arena, N_("baseline %s (%s)"), values, 2);
}
