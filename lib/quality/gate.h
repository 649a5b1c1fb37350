/*
 * Gates: what must hold before a release, a merge, the next phase.
 *
 * A gate is a name. It is stopped by rules (`does = gate`, and `does = exit`, whose condition must hold), by metrics and by checklists
 * that name it in `gate`; a gate rule that names none counts for every gate. An item
 *	stops   a rule of severity error trips; a metric's latest value is worse than its fail (else target, else warn); a checklist has
 *	        open items
 *	warns   a rule of severity warning trips; a metric is beyond warn, or its latest sample is stale
 *	unsure  it cannot be told: a rule that cannot be read or whose measure has no value; a metric without sample or threshold, or
 *	        with a sample that cannot be read
 *	open    nothing is against it
 * A gate is as bad as its worst item. Unsure is not open: what cannot be told does not pass.
 */
#ifndef QUALITY_GATE_H
#define QUALITY_GATE_H

#include "base/map.h"
#include "quality/metric.h"
#include "quality/rule.h"

enum gate_verdict { GATE_OPEN, GATE_WARNS, GATE_UNSURE, GATE_STOPS };

struct gate_item {
	const struct record *record; /* rule, metric or checklist */
	enum gate_verdict verdict;
	const struct rule *rule;     /* rules: and their hits */
	size_t first_hit, hit_count;
	struct metric metric;        /* metrics */
	decimal_t threshold;
	bool stale;
	size_t items, open;          /* checklists: all, and those neither done nor not needed */
	struct slice first_open;     /* the first open item's text */
	struct slice unknown;        /* rules: the measure that has no value */
};

struct gate {
	struct slice name;
	enum gate_verdict verdict;
	struct vec items; /* struct gate_item: rules, metrics, checklists, each in project order */
};

struct gates {
	struct arena arena;
	struct vec gates; /* struct gate, in the order in which they are first named */
	struct map names; /* position in gates */
};

/* The rules must have been read with RULE_GATE and RULE_EXIT and evaluated with this view at this moment. */
void gates_init(struct gates *gates, const struct rules *rules, const struct rule_view *view, moment_t now);
void gates_release(struct gates *gates);
const struct gate *gate_find(const struct gates *gates, struct slice name);

/* Items of a checklist: how many there are, how many of them are open, and the first of those. */
size_t checklist_count(const struct record *checklist, size_t *open, struct slice *first_open);

#endif
