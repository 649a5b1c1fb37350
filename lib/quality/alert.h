/*
 * What trips now, for people: hits of rules, and metrics beyond their thresholds that no rule speaks of. Worst first; of one severity the
 * longest standing first.
 */
#ifndef QUALITY_ALERT_H
#define QUALITY_ALERT_H

#include "quality/metric.h"
#include "quality/rule.h"

struct alert {
	enum severity severity;
	const struct rule_hit *hit;   /* NULL: a metric by itself */
	const struct metric *metric;  /* then this one */
	moment_t since;               /* MOMENT_NONE: not known */
	enum since_state state;
};

/* Of rules that have been evaluated (and dated). out: struct alert; it and metrics live as long as the rules and the arena. */
void alerts_collect(const struct rules *rules, moment_t now, struct arena *arena, struct vec *out);

#endif
