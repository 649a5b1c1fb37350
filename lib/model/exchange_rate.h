/*
 * Amounts in the project's currency, by the rates of [rate USD] records.
 */
#ifndef MODEL_EXCHANGE_RATE_H
#define MODEL_EXCHANGE_RATE_H

#include "base/civil.h"
#include "model/project.h"

/*
 * What `money` is worth on a day (DATE_NONE: by the first rate there is). False, and *out 0, when its currency has no rate. A day before
 * the first dated rate takes that one.
 */
bool money_convert(const struct project *project, struct money money, date_t on, decimal_t *out);
/* The step of a rate in force on a day; NULL when there are none. Before the first one: the first. */
const struct rate_step *rate_on(const struct value *rate, date_t on);

#endif
