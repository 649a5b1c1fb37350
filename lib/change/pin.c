/* Where trust begins: a commit, and what has authority there. */
#include "change/delta-internal.h"
#include "change/judge-internal.h"

#include <string.h>

static int open_pin(struct judging *j, const char *commit, struct state **out)
{
	int rc = state_open(j, commit, j->request->folder, out);

	if (rc == 0 && !*out)
		rc = err_set(j->err, ERR_INPUT, "there is no project in %.10s", commit);
	return rc;
}

static void add_authority(const struct project *project, struct arena *arena, struct strbuf *text)
{
	struct delta all;

	delta_authority(&all, project, arena);
	memset(all.units, '0', sizeof(all.units) - 1);
	delta_print(&all, text);
}

int pin_digest(const struct judge_request *at, const char *commit, char out[DIGEST_HEX], struct err *err)
{
	struct judging j = { .request = at, .files = at->files, .err = err };
	struct arena arena;
	struct state *state;
	struct strbuf text;
	int rc;

	arena_init(&arena);
	strbuf_init(&text);
	j.arena = &arena;
	rc = open_pin(&j, commit, &state);
	if (rc == 0) {
		add_authority(&state->project, &arena, &text);
		delta_digest(strbuf_slice(&text), out);
		state_free(state);
	}
	strbuf_release(&text);
	arena_release(&arena);
	return rc;
}

int pin_uid(const struct judge_request *at, const char *commit, struct strbuf *out, struct err *err)
{
	struct judging j = { .request = at, .files = at->files, .err = err };
	struct state *state;
	int rc = open_pin(&j, commit, &state);

	if (rc < 0)
		return rc;
	strbuf_add_slice(out, slice_trim(project_setting(&state->project, "uid")));
	state_free(state);
	return 0;
}

int pin_has_policy(const struct judge_request *at, const char *commit, bool *any, struct err *err)
{
	struct judging j = { .request = at, .files = at->files,
		.uid = slice_of(at->uid ? at->uid : ""), .err = err };
	struct arena arena;
	struct state *state;
	int rc;

	arena_init(&arena);
	j.arena = &arena;
	rc = open_pin(&j, commit, &state);
	if (rc == 0) {
		*any = state_policies(state)->any;
		state_free(state);
	}
	arena_release(&arena);
	return rc;
}
