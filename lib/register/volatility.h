/*
 * Volatility of requirements: how many were added, changed and removed in each month, from history.
 *
 *	volatility = (added + changed + removed) / number at the month's beginning      n/a where that is 0
 *
 * A requirement counts once a month in each column, however often it was edited; one that was added or removed in the month
 * is not counted as changed as well. What changes are: fields that say what is required (title, text, type, parent, priority,
 * acceptance); progress of its status is none. The numbers at the beginnings follow from today's, walking back.
 * Source: requirements volatility, IEEE 982.1. Cost: O(changes).
 */
#ifndef REGISTER_VOLATILITY_H
#define REGISTER_VOLATILITY_H

#include "base/decimal.h"
#include "base/vec.h"
#include "history/log.h"

struct volatility_month {
	date_t first;            /* day */
	size_t at_start;         /* requirements there were */
	size_t added, changed, removed;
	decimal_t share;         /* per cent; DECIMAL_NONE: n/a */
};

/* entries: struct history_entry with the changes of requirements alone; months: struct volatility_month, oldest first,
 * without gaps from the first change to `now`. present: requirements there are today. */
void volatility_read(const struct vec *entries, size_t present, moment_t now, struct vec *months);

/* Does a field say what is required? */
bool volatility_counts(struct slice field);

#endif
