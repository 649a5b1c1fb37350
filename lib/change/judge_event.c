/* Changes and their events, as they stand in S, in T and on the changes' branches. Decides nothing. */
#include "change/judge-internal.h"

#include <string.h>

struct slice change_uid(const struct record *change)
{
	return slice_trim(record_text_or(change, "uid"));
}

/* --- events --- */

/* Those that landed were judged then. */
static void read_events(const struct project *project, const struct record *change, struct arena *arena, struct vec *out)
{
	struct diagnostics ignored;

	diagnostics_init(&ignored);
	events_read(out, project, change, arena, &ignored);
	diagnostics_release(&ignored);
}

struct vec *events_in_t(struct cover *c, const struct record *change)
{
	struct vec found, *kept = arena_calloc(&c->arena, 1, sizeof(*kept));

	vec_init(&found, sizeof(struct event));
	read_events(&c->t->project, change, &c->arena, &found);
	*kept = found;
	kept->items = arena_calloc(&c->arena, found.len + 1, sizeof(struct event));
	if (found.len)
		memcpy(kept->items, found.items, found.len * sizeof(struct event));
	vec_release(&found);
	return kept;
}

int submission_delta(const struct event *submission, struct arena *arena, struct delta *out, struct err *err)
{
	int rc = delta_parse(out, submission->delta_text, arena, err);

	return rc < 0 ? rc : 1;
}

/* What was signed, by what, for which keys. */
static struct slice signature_name(struct judging *j, const struct state *s, const struct event *event)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_HEX];
	struct strbuf text;

	strbuf_init(&text);
	event_payload(event, &text);
	strbuf_addf(&text, "%zu %s ", text.len, s->print);
	strbuf_add_slice(&text, event->signature);
	digest_of(strbuf_slice(&text), digest);
	strbuf_release(&text);
	return slice_of(judge_text(j, slice_of(digest_hex(digest, hex))));
}

/* One signature is checked once for the same keys, in however many commits it stands. */
int event_verify(struct judging *j, struct state *s, struct event *event)
{
	struct slice name = signature_name(j, s, event);
	uintptr_t known;
	struct vec one;
	int rc;

	if (map_get(&j->verified, name, &known)) {
		event->signer = (long)known - 2;
		return 0;
	}
	vec_init(&one, sizeof(struct event));
	vec_append(&one, event);
	rc = events_verify(&one, &state_policies(s)->keys, &j->request->signer, j->err);
	if (rc == 0)
		event->signer = ((const struct event *)one.items)->signer;
	vec_release(&one);
	if (rc == 0)
		map_put(&j->verified, name, (uintptr_t)(event->signer + 2));
	return rc;
}

struct slice signer_of(const struct cover *c, const struct event *event)
{
	const struct key *keys = state_policies(c->s)->keys.items;

	return event->signer >= 0 ? keys[event->signer].person : slice_new(NULL, 0);
}

bool event_refuses(const struct event *event)
{
	return event->verdict == VERDICT_WITHDRAW || event->verdict == VERDICT_REJECT;
}

bool event_among(const struct vec *events, const struct event *event)
{
	const struct event *other;

	FOREACH_EVENT (events, other)
		if (slice_equal(other->record->folded, event->record->folded))
			return true;
	return false;
}

bool events_have(const struct vec *events, enum verdict verdict)
{
	const struct event *event;

	FOREACH_EVENT (events, event)
		if (event->verdict == verdict)
			return true;
	return false;
}

void vote_add(const struct cover *c, struct vec *votes, const struct event *event)
{
	vec_append(votes, &(struct vote){ signer_of(c, event), event->roles });
}

/* --- changes new in T --- */

struct proposal *proposal_read(struct cover *c, const struct record *change)
{
	struct proposal *p = vec_push(&c->proposals);

	*p = (struct proposal){ .id = change->id, .uid = change_uid(change) };
	vec_init(&p->events, sizeof(struct event));
	vec_init(&p->submitters, sizeof(struct slice));
	read_events(&c->t->project, change, &c->arena, &p->events);
	return p;
}

bool proposal_has_uid(const struct cover *c, struct slice uid)
{
	const struct proposal *items = c->proposals.items;

	for (size_t i = 0; i < c->proposals.len; i++)
		if (slice_equal(items[i].uid, uid))
			return true;
	return false;
}

/* Has everything that it builds on landed, or is among the first `done`? */
static bool is_ready(const struct cover *c, size_t done, const struct proposal *p)
{
	const struct proposal *items = c->proposals.items;
	struct slice rest = p->submission->after, uid;

	while (slice_next(&rest, " \t,\n", &uid)) {
		bool there = uid.len == 0 || landed_of_uid(c, uid);

		for (size_t i = 0; i < done && !there; i++)
			there = slice_equal(items[i].uid, uid);
		if (!there)
			return false;
	}
	return true;
}

const struct proposal *proposals_order(struct cover *c)
{
	struct proposal *items = c->proposals.items;

	for (size_t done = 0; done < c->proposals.len; done++) {
		size_t best = c->proposals.len;

		for (size_t i = done; i < c->proposals.len; i++)
			if (is_ready(c, done, &items[i]) &&
				(best == c->proposals.len || slice_compare(items[i].uid, items[best].uid) < 0))
				best = i;
		if (best == c->proposals.len)
			return &items[done];
		struct proposal next = items[best];

		memmove(&items[done + 1], &items[done], (best - done) * sizeof(*items));
		items[done] = next;
	}
	return NULL;
}

/* --- changes of S --- */

void landed_read(struct cover *c)
{
	const struct record *record;
	const struct event *event;

	FOREACH_RECORD (&c->s->project, kind_find(slice_of("change")), record) {
		struct landed *landed = vec_push(&c->landed);

		*landed = (struct landed){ .record = record, .uid = change_uid(record) };
		vec_init(&landed->events, sizeof(struct event));
		vec_init(&landed->submitters, sizeof(struct slice));
		read_events(&c->s->project, record, &c->arena, &landed->events);
		landed->submission = submission_in_force(&landed->events);
		landed->ratified = events_have(&landed->events, VERDICT_RATIFY);
		if (landed->submission)
			submission_delta(landed->submission, &c->arena, &landed->delta, NULL);
		FOREACH_EVENT (&landed->events, event) {
			if (event->verdict == VERDICT_SUBMIT)
				person_add(&landed->submitters, event->person);
			landed->closed |= landed->submission && event_refuses(event) &&
					  event->sequence >= landed->submission->sequence;
		}
	}
}

const struct landed *landed_of_uid(const struct cover *c, struct slice uid)
{
	const struct landed *items = c->landed.items;

	for (size_t i = 0; i < c->landed.len; i++)
		if (slice_equal(items[i].uid, uid))
			return &items[i];
	return NULL;
}

/* --- branches --- */

/* A branch of that change which holds what T does not. */
static int is_ahead(const struct cover *c, const struct named_ref *ref, bool *ahead)
{
	struct judging *j = c->judging;
	struct strbuf tail;
	bool landed = true;
	int rc = 0;

	strbuf_init(&tail);
	strbuf_addf(&tail, "/change/%.*s", (int)c->p->id.len, c->p->id.at);
	*ahead = ref->id[0] && slice_ends(slice_of(ref->name), tail.buf);
	strbuf_release(&tail);
	if (*ahead)
		rc = repository_descends(j->request->repository, ref->id, j->commit, &landed, j->err);
	*ahead = *ahead && !landed;
	return rc;
}

static int read_branch(struct cover *c, const char *commit, struct vec *out)
{
	const struct record *record;
	struct state *branch;
	int rc = state_open(c->judging, commit, c->s->folder, &branch);

	if (rc < 0 || !branch)
		return rc;
	vec_append(&c->made, &branch);
	FOREACH_RECORD (&branch->project, kind_find(slice_of("change")), record)
		if (slice_equal(change_uid(record), c->p->uid)) {
			read_events(&branch->project, record, &c->arena, out);
			break;
		}
	return rc;
}

int branch_events(struct cover *c, struct vec *out)
{
	const struct vec *branches = c->judging->request->branches;
	int rc = 0;

	vec_init(out, sizeof(struct event));
	for (size_t i = 0; branches && i < branches->len && rc == 0; i++) {
		const struct named_ref *ref = vec_at(branches, i);
		bool ahead;

		rc = is_ahead(c, ref, &ahead);
		if (rc == 0 && ahead)
			rc = read_branch(c, ref->id, out);
	}
	return rc;
}
