/*
 * The hooks that guard a branch: pre-receive and update on a server, pre-push in a clone.
 *
 * Guarded are the branch that pmt.guard names, else the repository's own (HEAD): what comes in must be covered by
 * approvals, nothing that is there may be lost; and tags below baseline/, which point at commits that the branch
 * went through and never move. Other branches are free, but for names that would be taken for the guarded one.
 */
#include "cmd/cli/hooks.h"

#include "base/alloc.h"
#include "cmd/cli/context.h"
#include "cmd/cli/verifying.h"
#include "git/range.h"

#include <string.h>
#include <unistd.h>

struct ref_update {
	const char *name, *old, *new; /* commits in hex, zeros: not there */
};

struct guarding {
	struct verification v;
	struct vec updates; /* struct ref_update */
	struct strbuf input;
	bool refused;
};

static bool is_zeros(const char *commit)
{
	return strspn(commit, "0") == strlen(commit);
}

static bool is_id(const char *text)
{
	return strlen(text) == GIT_HEX - 1 && strspn(text, "0123456789abcdef") == GIT_HEX - 1;
}

static void refuse(struct guarding *g, const char *name, const char *why)
{
	fprintf(stderr, "pmt: %s: %s\n", name, why);
	g->refused = true;
}

/* Where the branch will stand after this push. */
static const char *guarded_tip(struct guarding *g, char tip[GIT_HEX])
{
	const struct ref_update *updates = g->updates.items;

	for (size_t i = 0; i < g->updates.len; i++)
		if (strcmp(updates[i].name, g->v.ref.buf) == 0)
			return updates[i].new;
	return verification_commit(&g->v, g->v.ref.buf, tip, NULL) == 0 ? tip : NULL;
}

static int guard_tag(struct guarding *g, const struct ref_update *update, struct err *err)
{
	char tip[GIT_HEX], commit[GIT_HEX];
	enum range_relation relation;
	struct vec commits;
	const char *to;
	int status;

	if (!is_zeros(update->old)) {
		refuse(g, update->name, _("a baseline's tag never moves and is never deleted"));
		return 0;
	}
	to = guarded_tip(g, tip);
	status = verification_commit(&g->v, update->new, commit, err);
	if (status < 0)
		return status;
	vec_init(&commits, sizeof(struct revision));
	if (!to || is_zeros(to) ||
		repository_first_parents(g->v.repository, commit, to, UINT32_MAX, &commits, &relation, err) < 0 ||
		relation != RANGE_FORWARD)
		refuse(g, update->name,
			_("a baseline's tag points at a commit that the guarded branch went through"));
	vec_release(&commits);
	return 0;
}

static int guard_branch(struct guarding *g, const struct ref_update *update, struct err *err)
{
	int status;

	if (is_zeros(update->new)) {
		refuse(g, update->name, _("the guarded branch cannot be deleted"));
		return 0;
	}
	status = verification_range(&g->v, update->old, update->new, err);
	if (status < 0)
		return status;
	if (g->v.judgement == JUDGED_REFUSED) {
		verification_say(&g->v);
		g->refused = true;
	}
	return 0;
}

/* Would people who say "main" or "origin/main", or whose file system ignores case, get this instead of the guarded branch? */
static bool is_taken_for(const char *name, const char *guarded)
{
	const char *branch = strncmp(guarded, "refs/heads/", 11) == 0 ? guarded + 11 : guarded;
	size_t len = strlen(name), own = strlen(branch);

	/* a clone's refs/remotes/origin/HEAD leads to origin/main: fetching a branch HEAD writes there */
	if (strcasecmp(name, guarded) == 0 || strcasecmp(name, "refs/heads/HEAD") == 0)
		return true;
	return strncasecmp(name, "refs/tags/", 10) == 0 && len >= 10 + own && strcasecmp(name + len - own, branch) == 0 &&
	       name[len - own - 1] == '/';
}

static const char baselines[] = "refs/tags/baseline/";

static int guard(struct guarding *g, const struct ref_update *update, struct err *err)
{
	if (!is_id(update->old) || !is_id(update->new))
		return err_set(
			err, ERR_INPUT, _("'%s' is no commit id"), is_id(update->old) ? update->new : update->old);
	if (strcmp(update->name, g->v.ref.buf) == 0)
		return guard_branch(g, update, err);
	if (strncmp(update->name, baselines, strlen(baselines)) == 0)
		return guard_tag(g, update, err);
	if (!is_zeros(update->new) && strncasecmp(update->name, baselines, strlen(baselines)) == 0)
		refuse(g, update->name, _("it would be taken for a baseline's tag: those are written baseline/NAME"));
	if (!is_zeros(update->new) && is_taken_for(update->name, g->v.ref.buf))
		refuse(g, update->name, _("it would be taken for the guarded branch"));
	if (strncasecmp(update->name, "refs/replace/", 13) == 0)
		refuse(g, update->name, _("replaced objects would show people other text than what was judged"));
	return 0;
}

static int guard_all(struct guarding *g, struct err *err)
{
	const struct ref_update *updates = g->updates.items;
	int status = 0;

	for (size_t i = 0; i < g->updates.len && status == 0; i++)
		status = guard(g, &updates[i], err);
	if (status == 0 && g->refused)
		status = err_set(err, ERR_FAILED, "%s", _("the push is refused"));
	return status;
}

static int guarding_open(struct guarding *g, struct context *context, struct err *err)
{
	g->refused = false;
	vec_init(&g->updates, sizeof(struct ref_update));
	strbuf_init(&g->input);
	return verification_open(&g->v, context, NULL, NULL, err);
}

static void guarding_release(struct guarding *g)
{
	verification_release(&g->v);
	vec_release(&g->updates);
	strbuf_release(&g->input);
}

static int read_input(struct strbuf *out, struct err *err)
{
	char buffer[8192];
	ssize_t got;

	while ((got = read(STDIN_FILENO, buffer, sizeof(buffer))) > 0)
		strbuf_add(out, buffer, (size_t)got);
	return got < 0 ? err_errno(err, "%s", _("cannot read what git says")) : 0;
}

enum { LINE_WORDS = 4 };

/* The next line of what git says that is not empty: its words, of which the last goes to the end. In the arena. */
static bool next_line(struct guarding *g, struct slice *rest, const char **words, size_t count)
{
	struct slice line = { NULL, 0 }, word;

	while (line.len == 0)
		if (!slice_next(rest, "\n", &line))
			return false;
	for (size_t i = 0; i < count; i++) {
		word = line;
		if (i + 1 < count && !slice_next(&line, " ", &word))
			word = slice_of("");
		words[i] = arena_strndup(&g->v.arena, word.at ? word.at : "", word.len);
	}
	return true;
}

int hook_pre_receive(struct context *context, const struct strvec *arguments, struct err *err)
{
	const char *words[LINE_WORDS];
	struct slice rest;
	struct guarding g;
	int status = guarding_open(&g, context, err);

	(void)arguments;
	if (status == 0)
		status = read_input(&g.input, err);
	for (rest = strbuf_slice(&g.input); status == 0 && next_line(&g, &rest, words, 3);)
		vec_append(&g.updates, &(struct ref_update){ .old = words[0], .new = words[1], .name = words[2] });
	if (status == 0 && g.updates.len == 0) /* git always says something: what was to be judged got lost */
		status = err_set(err, ERR_INPUT, "%s", _("git did not say what is pushed"));
	if (status == 0)
		status = guard_all(&g, err);
	guarding_release(&g);
	return status;
}

int hook_update(struct context *context, const struct strvec *arguments, struct err *err)
{
	struct guarding g;
	int status;

	if (arguments->len != 3)
		return err_set(err, ERR_USAGE, "%s", _("'pmt hook run update' needs REF OLD NEW"));
	status = guarding_open(&g, context, err);
	if (status == 0) {
		vec_append(&g.updates,
			&(struct ref_update){ arguments->items[0], arguments->items[1], arguments->items[2] });
		status = guard_all(&g, err);
	}
	guarding_release(&g);
	return status;
}

/* What the server would say, said earlier. Where it cannot be told here, the server decides. */
static int check_push(struct guarding *g, const char *old, const char *new, struct err *err)
{
	struct err why;
	int status;

	context_err_init(&why);
	status = verification_range(&g->v, old, new, &why);
	if (status == 0 && g->v.judgement == JUDGED_REFUSED) {
		verification_say(&g->v);
		status = err_set(
			err, ERR_FAILED, "%s", _("a server that guards this branch would refuse the push"));
		err_hint(err, "%s", _("'pmt verify' tells more; 'git push --no-verify' pushes all the same"));
	} else if (status < 0 && status != ERR_FAILED) {
		context_note(g->v.context, _("the push was not checked here: %s"), why.message);
		status = 0;
	} else {
		status = 0;
	}
	err_release(&why);
	return status;
}

int hook_pre_push(struct context *context, const struct strvec *arguments, struct err *err)
{
	const char *words[LINE_WORDS];
	struct slice rest;
	struct guarding g;
	int status = guarding_open(&g, context, err);

	(void)arguments;
	if (status == 0)
		status = read_input(&g.input, err);
	for (rest = strbuf_slice(&g.input); status == 0 && next_line(&g, &rest, words, LINE_WORDS);)
		if (strcmp(words[2], g.v.ref.buf) == 0 && is_id(words[1]) && is_id(words[3]) &&
			!is_zeros(words[1]))
			status = check_push(&g, words[3], words[1], err);
	guarding_release(&g);
	return status;
}
