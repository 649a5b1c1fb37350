/* What the files of the review share. */
#ifndef CHANGE_REVIEW_INTERNAL_H
#define CHANGE_REVIEW_INTERNAL_H

#include "change/review.h"

/* --- events (review_events.c), in this order --- */

int review_read_events(struct review *review, struct err *err);
/* One vote an event, with why it says nothing about this change; who submitted. */
void review_weigh_events(struct review *review);
/* With the rules known: what counts for nothing has no signer from here on. */
void review_void_events(struct review *review);
/* With the submission in force known: votes on something else. */
void review_date_votes(struct review *review);
bool review_is_vote(const struct event *event);

/* --- rules (review_rules.c) --- */

void review_collect_rules(struct review *review);
/* True when all are. */
bool review_satisfy_rules(struct review *review);
/* Does a rule that was set off name the person? */
bool review_names(const struct review *review, struct slice person);

#endif
