/*
 * Signed events of a change: submit, approve, reject, comment, withdraw, ratify, close. Each is a sealed record
 * [event CHANGE.SEQUENCE.PERSON] in changes/CHANGE/SEQUENCE-PERSON-VERDICT.ini, never rewritten.
 *
 * What is signed is "pmt-event 1\n" and then, as netstrings NAME VALUE in this order: project (uid), target, change (uid), sequence, verdict,
 * person, roles, class, after (uids, sorted), digest (of the delta), ceiling_cost (in the project's currency, 4 decimals), ceiling_finish
 * (minutes), binding, base, result (strict only), comment. What is absent or empty is "-,"; the others are signed as they stand in the file.
 * Order comes from the sequence, never from a clock; `date` is signed by nobody. Nothing else may stand in the record.
 */
#ifndef CHANGE_EVENT_H
#define CHANGE_EVENT_H

#include "base/decimal.h"
#include "change/delta.h"
#include "change/key.h"

enum verdict { VERDICT_SUBMIT, VERDICT_APPROVE, VERDICT_REJECT, VERDICT_COMMENT, VERDICT_WITHDRAW, VERDICT_RATIFY, VERDICT_CLOSE };
const char *verdict_word(enum verdict verdict); /* "submit", … */

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
	struct slice date;       /* as it stands; proves nothing */
	long signer;             /* index of the key that signed it (events_verify), -1: nobody known */
};

/*
 * The events of one change (a [change] record) appended, by sequence (of one number a submission first), then person. Malformed ones are faults
 * (event-malformed) and left out: of another version, with fields that are not signed, under another id than event_id gives, made for another
 * change, a delta that is not the digest's or not canonical. found may be NULL. Whether project and target are the right ones is for the judge.
 */
void events_read(struct vec *out /* struct event */, const struct project *project, const struct record *change, struct arena *arena,
	struct diagnostics *found);
void event_payload(const struct event *event, struct strbuf *out);
/* The same of all events of a project, and those that belong to no change: for `pmt check`. */
void events_check(const struct project *project, struct diagnostics *found);
/* Fills `signer` of each: the key must be of the person the event names, written the same. One run of ssh-keygen an event. */
int events_verify(struct vec *events, const struct vec *keys, const struct signer *signer, struct err *err);
/* A comment as it will be read back: blanks at the ends of lines and control characters are dropped. Sign no other. */
struct slice event_comment(struct slice text, struct arena *arena);
/* The text of the record's file, ready to be written; event->signature is set. It is read back as the same event. */
void event_print(const struct event *event, struct strbuf *out);
/* CR-k7q4x.2.zhang.min; the person is cut, at a whole character, where a header would grow too long. */
void event_id(const struct event *event, struct strbuf *out);
/* changes/CR-k7q4x/2-zhang.min-approve.ini */
void event_path(const struct event *event, struct strbuf *out);

/*
 * Where a change stands, from its events alone (those with a valid signer): draft (no submission), submitted, rejected, withdrawn; whether it is
 * approved or merged is what the judge says. A renewed submission (a later sequence) opens it again and voids the votes before it: an approval
 * counts when its sequence is higher than the submission's and its digest the same. A withdrawal counts by whoever submitted it at any time; a
 * rejection by anybody, so who judges takes away the signer of those whose word has no weight (whom no triggered rule names).
 */
enum change_state { STATE_DRAFT, STATE_SUBMITTED, STATE_REJECTED, STATE_WITHDRAWN };
enum change_state events_state(const struct vec *events, const struct event **submission /* the one in force, or NULL */);

#endif
