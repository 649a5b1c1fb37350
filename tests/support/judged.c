#include "judged.h"

#include "base/file.h"
#include "base/process.h"
#include "git/program.h"
#include "model/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const names[] = { "zhang", "li", "wang", "chen", "mallory" };
static const char *const roles[] = { "sponsor", "ccb", "ccb", "admin, ccb", "" };

static char *const environment[] = { "PATH=/usr/bin:/bin", "HOME=/nonexistent", "GIT_CONFIG_NOSYSTEM=1",
	"GIT_AUTHOR_NAME=x", "GIT_AUTHOR_EMAIL=x@example.org", "GIT_COMMITTER_NAME=x",
	"GIT_COMMITTER_EMAIL=x@example.org", "GIT_AUTHOR_DATE=2026-06-01T09:00:00+0800",
	"GIT_COMMITTER_DATE=2026-06-01T09:00:00+0800", "LC_ALL=C.UTF-8", NULL };

static void stop(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why ? why : "?");
	abort();
}

bool judged_possible(void)
{
	if (access("/usr/bin/ssh-keygen", X_OK) == 0 || access("/bin/ssh-keygen", X_OK) == 0)
		return true;
	puts("1..0 # skip ssh-keygen is not there: nothing can be signed");
	return false;
}

static const char *path_of(struct judged *w, const char *path)
{
	return arena_printf(&w->arena, "%s/%s", w->folder, path);
}

static void run(struct judged *w, const char *const *arguments, struct strbuf *out)
{
	struct strbuf errors;
	struct process process = { .arguments = arguments,
		.folder = w->folder,
		.environment = environment,
		.output = out,
		.errors = &errors };
	int status = 1;

	strbuf_init(&errors);
	if (process_run(&process, &status, NULL) != 0 || status != 0)
		stop(arguments[1], errors.buf);
	strbuf_release(&errors);
}

const char *judged_git(struct judged *w, const char *arguments)
{
	const char *words[40] = { "git" };
	char *copy = arena_strdup(&w->arena, arguments), *rest = copy;
	struct strbuf out;
	const char *text;
	size_t n = 1;

	while (n < 39 && (words[n] = strsep(&rest, " ")) != NULL)
		n++;
	strbuf_init(&out);
	run(w, words, &out);
	text = arena_strndup(&w->arena, out.buf, slice_trim(strbuf_slice(&out)).len);
	strbuf_release(&out);
	return text;
}

void judged_write(struct judged *w, const char *path, const char *text)
{
	struct err err = { 0 };
	char *folder = arena_strdup(&w->arena, path_of(w, path));

	*strrchr(folder, '/') = '\0';
	if (file_make_folders(folder, &err) != 0 || file_replace(path_of(w, path), slice_of(text), &err) != 0)
		stop(path, err.message);
}

const char *judged_read(struct judged *w, const char *path)
{
	struct strbuf text;
	const char *copy;

	strbuf_init(&text);
	if (file_read(&text, path_of(w, path), NULL) != 0)
		stop(path, "cannot be read");
	copy = arena_strdup(&w->arena, text.buf);
	strbuf_release(&text);
	return copy;
}

void judged_replace(struct judged *w, const char *path, const char *old, const char *new)
{
	const char *text = judged_read(w, path), *at = strstr(text, old);

	if (!at)
		stop(path, old);
	judged_write(w, path, arena_printf(&w->arena, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old)));
}

void judged_remove(struct judged *w, const char *path)
{
	if (unlink(path_of(w, path)) != 0)
		stop(path, "cannot be removed");
}

const char *judged_commit(struct judged *w)
{
	judged_git(w, "add -A");
	judged_git(w, "commit -q --allow-empty -m x");
	return judged_git(w, "rev-parse HEAD");
}

static void make_keys(struct judged *w)
{
	for (int p = 0; p < PERSONS; p++) {
		const char *path = arena_printf(&w->arena, "%s/.git/key-%s", w->folder, names[p]);
		const char *const arguments[] = { "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", names[p],
			"-f", path, NULL };
		struct strbuf out, line;

		strbuf_init(&out);
		strbuf_init(&line);
		run(w, arguments, &out);
		if (file_read(&line, arena_printf(&w->arena, "%s.pub", path), NULL) != 0)
			stop(path, "no key");
		snprintf(w->keys[p], sizeof(w->keys[p]), "%s", line.buf);
		w->keys[p][strcspn(w->keys[p], "\n")] = '\0';
		strbuf_release(&line);
		strbuf_release(&out);
	}
}

static void write_people(struct judged *w)
{
	struct strbuf text;

	strbuf_init(&text);
	for (int p = 0; p < MALLORY; p++)
		strbuf_addf(&text, "[resource %s]\ntitle = %s\nroles = %s\nrate = 1000/d\nkeys = %s\n\n", names[p],
			names[p], roles[p], w->keys[p]);
	judged_write(w, "people.ini", text.buf);
	strbuf_release(&text);
}

void judged_init(struct judged *w, const char *policy, const char *plan)
{
	memset(w, 0, sizeof(*w));
	arena_init(&w->arena);
	vec_init(&w->findings, sizeof(struct finding));
	err_init(&w->err);
	w->limits = judge_limits_default();
	w->target = "refs/heads/main";
	snprintf(w->folder, sizeof(w->folder), "/tmp/pmt-judged.XXXXXX");
	if (!mkdtemp(w->folder))
		stop("mkdtemp", w->folder);
	judged_git(w, "init -q -b main");
	make_keys(w);
	judged_write(w, "pmt.ini", "[project]\nuid = 7K3QW9M2XH4T8R5B\nname = x\nstart = 2026-03-02\n");
	write_people(w);
	judged_write(w, "policy.ini", policy);
	judged_write(w, "plan.ini", plan);
	snprintf(w->first, sizeof(w->first), "%s", judged_commit(w));
}

void judged_usual(struct judged *w)
{
	judged_init(w,
		"[policy scope]\nprotect = task.title task.depends task.effort requirement.*\napprove = sponsor, "
		"1 of ccb\n\n"
		"[policy root]\nprotect = authority\napprove = admin, sponsor\n",
		"[task T-1]\ntitle = one\neffort = 10d\nassign = li\n\n[task T-2]\ntitle = two\neffort = "
		"5d\nassign = wang\ndepends = T-1\n\n"
		"[risk R-1]\ntitle = rain\n");
}

void judged_release(struct judged *w)
{
	if (w->opened)
		repository_release(&w->repository);
	file_remove_tree(w->folder, NULL);
	vec_release(&w->findings);
	err_release(&w->err);
	arena_release(&w->arena);
}

/* --- signing --- */

void judged_change(struct judged *w, const char *change, const char *uid)
{
	judged_write(w, arena_printf(&w->arena, "changes/%s/change.ini", change),
		arena_printf(&w->arena, "[change %s]\ntitle = x\nuid = %s\n", change, uid));
}

struct side {
	struct source *source;
	struct project project;
	struct diagnostics found;
};

static void open_side(struct judged *w, struct side *side, const char *commit)
{
	struct revision revision = { .committed = 0 };
	int status = 0;

	if (!w->opened && repository_find(&w->repository, w->folder, environment, &w->err) != 0)
		stop("repository", w->err.message);
	w->opened = true;
	diagnostics_init(&side->found);
	if (commit) {
		snprintf(revision.id, sizeof(revision.id), "%s", commit);
		status = source_tree_new(&w->repository, &revision, "", &side->source, &w->err);
	} else {
		side->source = source_worktree_new(w->folder);
	}
	if (status != 0 || project_load(&side->project, side->source, 1, &side->found, &w->err) != 0)
		stop("load", w->err.message);
}

static void close_side(struct side *side)
{
	project_release(&side->project);
	source_free(side->source);
	diagnostics_release(&side->found);
}

/* The submission of the change that stands in the work tree. */
static const struct event *submission_of(
	struct judged *w, const struct side *now, const char *change, struct vec *events)
{
	const struct record *record = project_find(&now->project, kind_find(slice_of("change")), slice_of(change));
	const struct event *items, *found = NULL;

	if (!record)
		stop(change, "no change");
	events_read(events, &now->project, record, &w->arena, NULL);
	items = events->items;
	for (size_t i = 0; i < events->len; i++)
		if (items[i].verdict == VERDICT_SUBMIT && (!found || items[i].sequence > found->sequence))
			found = &items[i];
	return found;
}

static void fill_submission(
	struct judged *w, const struct signing *s, struct side *then, const struct side *now, struct event *e)
{
	struct policies policies;
	struct delta delta;
	struct strbuf text;
	char *digest = arena_alloc(&w->arena, DIGEST_HEX);

	strbuf_init(&text);
	policies_read(&policies, &then->project, NULL);
	delta_between(&delta, &then->project, &now->project, &policies, &w->arena);
	delta_print(&delta, &text);
	e->delta_text = arena_slice(&w->arena, strbuf_slice(&text));
	delta_digest(e->delta_text, digest);
	e->digest = slice_of(digest);
	if (s->strict) {
		char *base = arena_alloc(&w->arena, DIGEST_HEX), *result = arena_alloc(&w->arena, DIGEST_HEX);

		delta_state_digest(&then->project, &policies, base);
		delta_state_digest(&now->project, &policies, result);
		e->base = slice_of(base);
		e->result = slice_of(result);
		e->binding = slice_of("strict");
	}
	policies_release(&policies);
	strbuf_release(&text);
}

static void spoil(const struct signing *s, struct event *e)
{
	if (s->project)
		e->project = slice_of(s->project);
	if (s->target)
		e->target = slice_of(s->target);
	if (s->uid)
		e->change = slice_of(s->uid);
	if (s->roles)
		e->roles = slice_of(s->roles);
	if (s->class)
		e->class = slice_of(s->class);
	if (s->after)
		e->after = slice_of(s->after);
	if (s->digest)
		e->digest = slice_of(s->digest);
	if (s->as)
		e->person = slice_of(s->as);
}

static void fill(struct judged *w, const struct signing *s, struct event *e)
{
	const struct event *submission;
	struct side then, now;
	struct vec events;

	vec_init(&events, sizeof(struct event));
	open_side(w, &now, NULL);
	submission = submission_of(w, &now, s->change, &events);
	*e = (struct event){ .change_id = slice_of(s->change),
		.verdict = s->verdict,
		.sequence = s->sequence,
		.project = slice_of("7K3QW9M2XH4T8R5B"),
		.target = slice_of(w->target),
		.person = slice_of(names[s->person]),
		.roles = slice_of(roles[s->person]),
		.class = slice_of("normal"),
		.has_ceilings = s->ceilings,
		.ceiling_cost = s->ceiling_cost,
		.ceiling_finish = s->ceiling_finish,
		.signer = -1 };
	e->change = arena_slice(&w->arena,
		slice_trim(record_text_or(
			project_find(&now.project, kind_find(slice_of("change")), slice_of(s->change)), "uid")));
	if (s->verdict == VERDICT_SUBMIT || s->strict) {
		open_side(w, &then, s->base ? s->base : w->first);
		fill_submission(w, s, &then, &now, e);
		close_side(&then);
	}
	if (s->verdict != VERDICT_SUBMIT) {
		e->delta_text = slice_new(NULL, 0);
		if (submission) {
			e->digest = arena_slice(&w->arena, submission->digest);
			e->class = arena_slice(&w->arena, submission->class);
			e->after = arena_slice(&w->arena, submission->after);
		}
	}
	spoil(s, e);
	vec_release(&events);
	close_side(&now);
}

const char *judged_sign(struct judged *w, struct signing s)
{
	struct strbuf payload, signature, text, path;
	struct signer signer = { .environment = environment,
		.key = arena_printf(
			&w->arena, "%s/.git/key-%s", w->folder, names[s.key_given ? s.key : s.person]) };
	struct event event;
	const char *out;

	strbuf_init(&payload);
	strbuf_init(&signature);
	strbuf_init(&text);
	strbuf_init(&path);
	fill(w, &s, &event);
	event_payload(&event, &payload);
	if (key_sign(&signer, strbuf_slice(&payload), &signature, &w->err) != 0)
		stop("sign", w->err.message);
	event.signature = strbuf_slice(&signature);
	event_print(&event, &text);
	event_path(&event, &path);
	out = arena_strdup(&w->arena, path.buf);
	judged_write(w, out, text.buf);
	strbuf_release(&payload);
	strbuf_release(&signature);
	strbuf_release(&text);
	strbuf_release(&path);
	return out;
}

void judged_approved(struct judged *w, const char *change, const char *uid, const char *base)
{
	judged_change(w, change, uid);
	judged_sign(w,
		(struct signing){
			.change = change, .person = LI, .verdict = VERDICT_SUBMIT, .sequence = 1, .base = base });
	judged_sign(w,
		(struct signing){ .change = change, .person = ZHANG, .verdict = VERDICT_APPROVE, .sequence = 2 });
	judged_sign(w,
		(struct signing){ .change = change, .person = WANG, .verdict = VERDICT_APPROVE, .sequence = 3 });
}

/* --- judging --- */

void judged_judge(struct judged *w, const char *old, const char *new)
{
	struct judge_request request = { .folder = w->place ? w->place : "",
		.old = old,
		.new = new,
		.target = w->target,
		.limits = w->limits,
		.signer = { .environment = environment },
		.branches = w->branches.size ? &w->branches : NULL };

	if (w->opened)
		repository_release(&w->repository);
	if (repository_find(&w->repository, w->folder, environment, &w->err) != 0)
		stop("repository", w->err.message);
	w->opened = true;
	request.repository = &w->repository;
	vec_clear(&w->findings);
	err_release(&w->err);
	err_init(&w->err);
	w->status = judge_range(&request, &w->arena, &w->findings, &w->judgement, &w->err);
}

void judged_show(const struct judged *w)
{
	const struct finding *items = w->findings.items;

	fprintf(stderr, "status %d %s: %s\n", w->status, w->judgement == JUDGED_ACCEPTED ? "accepted" : "refused",
		w->err.message ? w->err.message : "");
	for (size_t i = 0; i < w->findings.len; i++)
		fprintf(stderr, "  %s %s %.*s %.*s: %s | %s | %s | %s\n", items[i].refused ? "-" : "+",
			items[i].id, (int)items[i].change.len, items[i].change.at ? items[i].change.at : "",
			(int)items[i].rule.len, items[i].rule.at ? items[i].rule.at : "", items[i].message,
			items[i].arguments[0] ? items[i].arguments[0] : "",
			items[i].arguments[1] ? items[i].arguments[1] : "",
			items[i].arguments[2] ? items[i].arguments[2] : "");
}

bool judged_accepts(struct judged *w, const char *old, const char *new)
{
	judged_judge(w, old, new);
	if (w->status == 0 && w->judgement == JUDGED_ACCEPTED)
		return true;
	judged_show(w);
	return false;
}

bool judged_refuses(struct judged *w, const char *old, const char *new, const char *id)
{
	const struct finding *items;
	bool found = false;

	judged_judge(w, old, new);
	items = w->findings.items;
	for (size_t i = 0; i < w->findings.len; i++)
		found |= items[i].refused && strcmp(items[i].id, id) == 0;
	if (w->status == 0 && w->judgement == JUDGED_REFUSED && found)
		return true;
	fprintf(stderr, "expected %s\n", id);
	judged_show(w);
	return false;
}
