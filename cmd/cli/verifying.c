#include "cmd/cli/verifying.h"

#include "base/process.h"

#include "cmd/cli/config.h"
#include "cmd/cli/context.h"
#include "cmd/cli/revision.h"
#include "git/branch.h"
#include "git/merging.h"
#include "git/range.h"
#include "report/verification.h"

#include <stdlib.h>
#include <string.h>

extern char **environ;

static const char heads[] = "refs/heads/";

/* --- what the configuration says --- */

static const char *setting(const struct verification *v, const char *name)
{
	const char *value = config_environment(name);
	struct strbuf full;

	if (value && *value)
		return value;
	strbuf_init(&full);
	strbuf_addf(&full, "pmt.%s", name);
	value = settings_get(&v->settings, full.buf);
	strbuf_release(&full);
	return value;
}

static int read_limit(const struct verification *v, const char *name, size_t *limit, struct err *err)
{
	const char *text = setting(v, name);
	unsigned long long number;
	char *end;

	if (!text)
		return 0;
	number = strtoull(text, &end, 10);
	if (*text < '0' || *text > '9' || *end || number == 0 || number > UINT32_MAX)
		return err_set(err, ERR_USAGE, _("pmt.%s is '%s', which is no number"), name, text);
	*limit = (size_t)number;
	return 0;
}

static int read_limits(const struct verification *v, struct judge_limits *limits, struct err *err)
{
	size_t records, commits;
	int status;

	*limits = judge_limits_default();
	records = limits->records;
	commits = limits->commits;
	status = read_limit(v, "limit.records", &records, err);
	if (status == 0)
		status = read_limit(v, "limit.commits", &commits, err);
	if (status == 0)
		status = read_limit(v, "limit.blob", &limits->blob, err);
	limits->records = (uint32_t)records;
	limits->commits = (uint32_t)commits;
	return status;
}

static bool is_hex(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!((text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f')))
			return false;
	return true;
}

static int read_pin(struct verification *v, const char *given, struct err *err)
{
	const char *text = given ? given : setting(v, "trust");
	size_t commit = GIT_HEX - 1, digest = DIGEST_HEX - 1;

	if (!text || !*text)
		return 0;
	if (strlen(text) != commit + 1 + digest || text[commit] != ':' || !is_hex(text, commit) ||
		!is_hex(text + commit + 1, digest)) {
		err_set(err, ERR_USAGE, _("'%s' is no pin: expected COMMIT:DIGEST"), text);
		err_hint(err, "%s", _("'pmt verify --pin COMMIT' prints one"));
		return ERR_USAGE;
	}
	memcpy(v->pin, text, commit);
	memcpy(v->pin_digest, text + commit + 1, digest);
	return 0;
}

/* As --ref says, else the branch that is guarded; where there is none at all yet, the one that there will be. */
static int choose_ref(struct verification *v, const char *given, struct err *err)
{
	struct vec branches;
	int status;

	if (!given)
		given = config_environment("guard");
	if (given && *given) {
		strbuf_addf(&v->ref, "%s%s", strncmp(given, "refs/", 5) == 0 ? "" : heads, given);
		return 0;
	}
	vec_init(&branches, sizeof(struct branch));
	status = repository_branches(v->repository, &branches, err);
	if (status == 0)
		status = repository_guarded_branch(v->repository, &branches, &v->ref, err);
	if (status == 0 && !v->ref.len)
		strbuf_addf(&v->ref, "%smain", heads);
	branches_release(&branches);
	return status;
}

static int read_branches(struct verification *v, struct err *err)
{
	int status = repository_refs(v->repository, "refs/heads/change/", &v->branches, err);

	return status == 0 ? repository_refs(v->repository, "refs/remotes/", &v->branches, err) : status;
}

int verification_open(
	struct verification *v, struct context *context, const char *trust, const char *ref, struct err *err)
{
	int status = 0;

	*v = (struct verification){ .context = context, .judgement = JUDGED_REFUSED };
	strvec_init(&v->settings.names);
	strvec_init(&v->settings.values);
	arena_init(&v->arena);
	vec_init(&v->findings, sizeof(struct finding));
	vec_init(&v->branches, sizeof(struct named_ref));
	strbuf_init(&v->ref);
	strbuf_init(&v->folder);
	strbuf_init(&v->uid);
	context_find_root(context, NULL);
	v->repository = revision_repository(context, NULL, err);
	if (!v->repository)
		return ERR_NOWHERE;
	v->environment = repository_environment(v->repository);
	settings_release(&v->settings);
	status = settings_read(&v->settings, v->repository->git_folder, v->environment, "pmt.", err);
	if (status == 0)
		status = read_pin(v, trust, err);
	if (status == 0)
		status = choose_ref(v, ref, err);
	return status == 0 ? read_branches(v, err) : status;
}

void verification_release(struct verification *v)
{
	settings_release(&v->settings);
	environment_free(v->environment);
	vec_release(&v->findings);
	named_refs_release(&v->branches);
	strbuf_release(&v->ref);
	strbuf_release(&v->folder);
	strbuf_release(&v->uid);
	arena_release(&v->arena);
}

int verification_commit(struct verification *v, const char *text, char out[GIT_HEX], struct err *err)
{
	struct revision revision;
	int status = repository_commit_of(v->repository, text, &revision, err);

	memcpy(out, revision.id, GIT_HEX);
	if (status == 0 || !repository_is_shallow(v->repository))
		return status;
	err_release(err);
	err_set(err, ERR_INPUT, _("the history is not all here: '%s' cannot be found"), text);
	err_hint(err, "git fetch --unshallow");
	return ERR_INPUT;
}

/* --- where to begin --- */

static bool is_nothing(const char *commit)
{
	return strspn(commit, "0") == strlen(commit);
}

int verification_folder(struct verification *v, const char *commit, struct err *err)
{
	struct revision revision = { .committed = 0 };
	const char *folder = setting(v, "folder");
	struct slice hint = { NULL, 0 };

	strbuf_reset(&v->folder);
	if (folder) {
		strbuf_add_slice(&v->folder, slice_is(slice_of(folder), ".") ? slice_of("") : slice_of(folder));
		return 0;
	}
	revision_repository(v->context, &hint, NULL);
	memcpy(revision.id, commit, strlen(commit) + 1);
	return repository_find_project(v->repository, &revision, hint.at ? hint.at : "", &v->folder, err);
}

static struct judge_request pin_request(const struct verification *v)
{
	return (struct judge_request){ .repository = v->repository,
		.folder = v->folder.buf,
		.files = revision_files(v->context),
		.limits = judge_limits_default() };
}

int verification_pin(const struct verification *v, const char *commit, char digest[DIGEST_HEX], struct err *err)
{
	struct judge_request at = pin_request(v);

	return pin_digest(&at, commit, digest, err);
}

static int check_pin(struct verification *v, struct err *err)
{
	char digest[DIGEST_HEX];
	int status = verification_folder(v, v->pin, err);
	struct judge_request at = pin_request(v);

	if (status == 0)
		status = pin_digest(&at, v->pin, digest, err);
	strbuf_reset(&v->uid);
	if (status == 0 && strcmp(digest, v->pin_digest) == 0)
		return pin_uid(&at, v->pin, &v->uid, err);
	if (status < 0)
		return status;
	err_set(err, ERR_INPUT, _("what has authority in %.10s is not what was pinned"), v->pin);
	err_hint(err, _("if the pin is wrong: git config pmt.trust %s:%s"), v->pin, digest);
	return ERR_INPUT;
}

static struct finding *refuse(struct verification *v, const char *id, const char *message, const char *argument)
{
	struct finding *finding = vec_push(&v->findings);

	*finding = (struct finding){ .id = id, .message = message, .refused = true };
	finding->commit = slice_of(arena_strdup(&v->arena, v->new));
	finding->arguments[0] = arena_strdup(&v->arena, argument);
	v->judgement = JUDGED_REFUSED;
	return finding;
}

/* Is `old` on the branch behind the pin? A range that begins before it begins there instead. 1 yes, 0 refused. */
static int begin_at_pin(struct verification *v, struct err *err)
{
	bool behind, before;
	int status = check_pin(v, err);

	if (status < 0)
		return status;
	if (is_nothing(v->old)) {
		memcpy(v->old, v->pin, GIT_HEX);
		return 1;
	}
	status = repository_descends(v->repository, v->pin, v->old, &behind, err);
	if (status == 0)
		status = repository_descends(v->repository, v->old, v->pin, &before, err);
	if (status < 0)
		return status;
	if (!behind && !before) {
		refuse(v, "history-rewritten", N_("%s does not build on the commit that is pinned"), v->old);
		return 0;
	}
	if (!behind)
		memcpy(v->old, v->pin, GIT_HEX);
	return 1;
}

/* Wherever the pinned project stands by then: a pmt.ini put where it was shadows nothing. */
static int has_policy(struct verification *v, struct err *err)
{
	struct judge_request at = pin_request(v);
	int status = read_limits(v, &at.limits, err);

	at.uid = v->uid.buf;
	return status < 0 ? status : pin_has_policy(&at, v->old, &v->policy, err);
}

/* Without a pin somebody must have said beforehand who may approve what. */
static int begin_unpinned(struct verification *v, struct err *err)
{
	char digest[DIGEST_HEX];
	const char *commit = is_nothing(v->old) ? v->new : v->old;
	int status = verification_folder(v, commit, err);

	if (status == 0 && !is_nothing(v->old))
		status = has_policy(v, err);
	if (status < 0 || v->policy)
		return status < 0 ? status : 1;
	status = verification_pin(v, commit, digest, err);
	if (status < 0)
		return status;
	err_set(err, ERR_FAILED, "%s",
		_("nothing says whom to trust: there is no pin, and no policy before these commits"));
	err_hint(err, _("when %.10s is as it should be, pin it: git config pmt.trust %s:%s"), commit, commit,
		digest);
	return ERR_FAILED;
}

static int begin(struct verification *v, struct err *err)
{
	int status = v->pin[0] ? begin_at_pin(v, err) : begin_unpinned(v, err);

	if (status > 0 && v->pin[0]) {
		int found = has_policy(v, err);

		status = found < 0 ? found : 1;
	}
	return status;
}

static int judge(struct verification *v, bool audit, struct err *err)
{
	struct judge_request request = { .repository = v->repository,
		.folder = v->folder.buf,
		.uid = v->uid.buf,
		.old = v->old,
		.new = v->new,
		.target = v->ref.buf,
		.files = revision_files(v->context),
		.signer = { .environment = v->environment },
		.branches = &v->branches,
		.audit = audit };
	enum range_relation relation;
	struct vec commits;
	int status = read_limits(v, &request.limits, err);

	if (status < 0)
		return status;
	if (audit)
		request.limits.commits = UINT32_MAX;
	vec_init(&commits, sizeof(struct revision));
	if (repository_first_parents(v->repository, v->old, v->new, UINT32_MAX, &commits, &relation, NULL) == 0)
		v->commits = commits.len;
	vec_release(&commits);
	return judge_range(&request, &v->arena, &v->findings, &v->judgement, err);
}

static int range(struct verification *v, const char *old, const char *new, bool audit, struct err *err)
{
	int status;

	v->judgement = JUDGED_REFUSED;
	vec_clear(&v->findings);
	memset(v->old, 0, sizeof(v->old));
	memcpy(v->old, old, strlen(old));
	memcpy(v->new, new, strlen(new) + 1);
	status = begin(v, err);
	return status > 0 ? judge(v, audit, err) : status;
}

int verification_range(struct verification *v, const char *old, const char *new, struct err *err)
{
	return range(v, old, new, false, err);
}

int verification_audit(struct verification *v, const char *new, struct err *err)
{
	return range(v, "", new, true, err);
}

/* --- the last verified tip --- */

static int kept_path(struct verification *v, struct strbuf *out, struct err *err)
{
	int status = repository_state_folder(v->repository, true, out, err);

	strbuf_add_str(out, "/verified");
	return status;
}

/* "COMMIT REF" a line. */
static void read_kept(struct verification *v, struct strbuf *others, char out[GIT_HEX])
{
	struct strbuf path, text;
	struct slice rest, line;

	*out = '\0';
	strbuf_init(&path);
	strbuf_init(&text);
	if (kept_path(v, &path, NULL) == 0 && file_exists(path.buf) && file_read(&text, path.buf, NULL) == 0)
		for (rest = strbuf_slice(&text); slice_next(&rest, "\n", &line);) {
			if (line.len > GIT_HEX && slice_is(slice_from(line, GIT_HEX), v->ref.buf) &&
				is_hex(line.at, GIT_HEX - 1)) {
				memcpy(out, line.at, GIT_HEX - 1);
				out[GIT_HEX - 1] = '\0';
			} else if (others && line.len) {
				strbuf_addf(others, "%.*s\n", (int)line.len, line.at);
			}
		}
	strbuf_release(&text);
	strbuf_release(&path);
}

void verification_last(struct verification *v, char out[GIT_HEX])
{
	read_kept(v, NULL, out);
}

int verification_keep(struct verification *v, struct err *err)
{
	struct strbuf path, text;
	char last[GIT_HEX];
	int status;

	strbuf_init(&path);
	strbuf_init(&text);
	read_kept(v, &text, last);
	strbuf_addf(&text, "%s %s\n", v->new, v->ref.buf);
	status = kept_path(v, &path, err);
	if (status == 0)
		status = file_replace(path.buf, strbuf_slice(&text), err);
	strbuf_release(&text);
	strbuf_release(&path);
	return status;
}

bool verification_is_tip(struct verification *v, const char *commit)
{
	const char *branch =
		strncmp(v->ref.buf, heads, strlen(heads)) == 0 ? v->ref.buf + strlen(heads) : v->ref.buf;
	struct strbuf name;
	char tip[GIT_HEX];
	bool is = verification_commit(v, v->ref.buf, tip, NULL) == 0 && strcmp(tip, commit) == 0;

	strbuf_init(&name);
	strbuf_addf(&name, "refs/remotes/origin/%s", branch);
	is = is || (verification_commit(v, name.buf, tip, NULL) == 0 && strcmp(tip, commit) == 0);
	strbuf_release(&name);
	return is;
}

/* --- telling --- */

void verification_say(const struct verification *v)
{
	const struct finding *findings = v->findings.items;
	struct arena arena;
	struct strbuf text;

	arena_init(&arena);
	strbuf_init(&text);
	for (size_t i = 0; i < v->findings.len; i++) {
		const struct finding *f = &findings[i];
		struct cell cell = finding_cell(&arena, f);

		if (!f->refused)
			continue;
		strbuf_reset(&text);
		render_cell(&cell, NULL, &v->context->render, &text);
		fprintf(stderr, "pmt: %.10s%s%.*s%s%.*s: %s [%s]\n", f->commit.at ? f->commit.at : "",
			f->change.len ? " " : "", (int)f->change.len, f->change.at ? f->change.at : "",
			f->rule.len ? " " : "", (int)f->rule.len, f->rule.at ? f->rule.at : "", text.buf, f->id);
		if (f->mend)
			fprintf(stderr, "  %s\n", f->mend);
	}
	strbuf_release(&text);
	arena_release(&arena);
}
