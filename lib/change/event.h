/*
 * Signed events of a change: submit, approve, reject, comment, withdraw, ratify, close. Each is a sealed record
 * [event CHANGE.SEQUENCE.PERSON] in changes/CHANGE/SEQUENCE-PERSON-VERDICT.ini, never rewritten.
 *
 * What is signed is "pmt-event 1\n" and then, as netstrings NAME VALUE in this order: project (uid), target, change (uid), sequence, verdict,
 * person, roles, class, after (uids, sorted), digest (of the delta), ceiling_cost (in the project's currency, 4 decimals), ceiling_finish
 * (minutes), binding, base, result (strict only), comment. Order comes from the sequence, never from a clock; `date` is signed by nobody.
 */
#ifndef CHANGE_EVENT_H
#define CHANGE_EVENT_H

#include "base/decimal.h"
#include "change/delta.h"
#include "change/key.h"

enum verdict { VERDICT_SUBMIT, VERDICT_APPROVE, VERDICT_REJECT, VERDICT_COMMENT, VERDICT_WITHDRAW, VERDICT_RATIFY, VERDICT_CLOSE };

struct event {
	const struct record *record; /* NULL: being made */
	struct slice project, target, change, person, roles, class, after, digest, binding, base, result, comment, signature;
	struct slice change_id; /* CR-k7q4x */
	enum verdict verdict;
	uint32_t sequence;
	bool has_ceilings;
	decimal_t ceiling_cost;  /* may be negative */
	int64_t ceiling_finish;  /* minutes */
	struct slice delta_text; /* decoded; at NULL: none (all but submissions name the submission's digest only) */
	struct slice date;
	long signer;             /* index of the key that signed it (events_verify), -1: nobody known */
};

/* The events of one change (a [change] record), by sequence; malformed ones are faults (event-malformed) and left out. */
void events_read(struct vec *out /* struct event */, const struct project *project, const struct record *change, struct arena *arena,
	struct diagnostics *found);
void event_payload(const struct event *event, struct strbuf *out);
/* Fills `signer` of each: the key must be of the person the event names. */
int events_verify(struct vec *events, const struct vec *keys, const struct signer *signer, struct err *err);
/* The text of the record's file, ready to be written; event->signature is set. */
void event_print(const struct event *event, struct strbuf *out);
/* changes/CR-k7q4x/2-zhang.min-approve.ini */
void event_path(const struct event *event, struct strbuf *out);

/*
 * Where a change stands, from its events alone (those with a valid signer): draft (no submission), submitted, approved (what the judge says:
 * the caller knows), rejected, withdrawn, merged (its delta is in the target), closed. A renewed submission (a later sequence) voids the
 * approvals before it. A withdrawal counts by a submitter of it; a rejection by whoever a triggered rule names.
 */
enum change_state { STATE_DRAFT, STATE_SUBMITTED, STATE_REJECTED, STATE_WITHDRAWN };
enum change_state events_state(const struct vec *events, const struct event **submission /* the one in force, or NULL */);

/* 16 letters of Crockford's base32: 80 random bits. */
void uid_make(char out[17]);

#endif
