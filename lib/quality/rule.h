/*
 * Rules: conditions over records or over measures of the project, and what trips them now and since when.
 *
 * A rule with `of = KIND` looks at every record of the kind that `where` chooses; one without looks at the measures of
 * quality/measure.h. `does = exit` is the other way round: its condition is what must hold before a phase may end, and what trips
 * is every record (or the project) of which it does not. A rule that cannot be read trips nothing; `fault` says why, and
 * quality_check tells it as a finding.
 *
 * Life cycle: rules_init reads the rules; rules_needs says what they ask for; rules_evaluate finds what trips; rules_since_samples
 * and rules_since (any number of past states, newest first), then rules_since_end, tell since when; rules_release. Texts live in the
 * project. Hits keep the order of rules and records. O(records × conditions), for each state again for the hits alone.
 */
#ifndef QUALITY_RULE_H
#define QUALITY_RULE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "model/project.h"
#include "model/query.h"
#include "quality/measure.h"

#include <stdbool.h>

/* In the order of the words of rule.does. */
enum rule_effect { RULE_ALERT, RULE_GATE, RULE_ESCALATE, RULE_METHOD, RULE_EXIT };

struct rule {
	const struct record *record;
	const struct kind *of;  /* NULL: measures */
	enum severity severity;
	enum rule_effect effect;
	bool enabled;
	struct condition *when, *where; /* where NULL: all; when NULL: it cannot be read */
	struct value_fault fault;       /* then why, in the text of … */
	const char *fault_field;        /* … "when", "where" or "of" */
	int64_t after;          /* working minutes before it escalates; negative: minutes on the wall; 0: at once */
	unsigned needs;         /* enum measure_need, also of computed fields of tasks */
	bool by_samples;        /* asks of nothing but metrics: their samples tell since when */
};

/* What a name of the condition holds: the value that trips it. */
struct rule_value {
	const struct field *field;
	bool present;
	struct value value;
};

enum since_state {
	SINCE_UNKNOWN, /* nobody has asked, or there is no history */
	SINCE_EXACT,   /* at `since` it began to hold */
	SINCE_BEFORE   /* it held already at `since`, the oldest state looked at */
};

struct rule_hit {
	const struct rule *rule;
	const struct record *record; /* NULL: the project */
	struct rule_value *values;   /* of the names in `when`, each once */
	size_t value_count;
	enum since_state state;
	moment_t since;
	struct slice commit;         /* that brought it, when a commit did; else empty */
};

struct rules {
	const struct project *project;
	const struct kind *measures; /* the made-up kind of measures and metrics */
	struct arena arena;
	moment_t now;
	struct vec rules; /* struct rule, in project order */
	struct vec hits;  /* struct rule_hit */
	struct metric_readings *readings; /* of the project, at `now` */
};

/* The project as rules see it: now, or as it was. */
struct rule_view {
	const struct project *project;
	struct plan *plan;               /* NULL: not computed; fields and measures of the schedule are absent then */
	const struct plan_costs *costs;  /* NULL: not computed */
	size_t errors, warnings;         /* of the check, */
	bool checked;                    /* when it was made */
	struct slice me;                 /* for @me */
	const struct computed *computed; /* fields that other analyses fill; may be NULL */
	/* Measures of other analyses: see struct measures. */
	bool (*more)(void *context, const char *name, struct value *out);
	void *more_context;
	struct measure_memo *memo; /* of measures; may be NULL */
	struct metric_readings *readings; /* the same for metrics */
};

/* The measures that rules without `of` are told. */
void rule_measures(struct measures *measures, const struct rule_view *view, moment_t now);

/* What `today` is to rules: the end of the project's status date when it has one, else now. */
moment_t rule_now(const struct project *project, moment_t now);

/*
 * effects: a set of bits 1 << enum rule_effect; other rules are left out, and so are those with enabled = no. now: what today means.
 */
void rules_init(struct rules *rules, const struct project *project, unsigned effects, moment_t now);
void rules_release(struct rules *rules);
/* Together, enum measure_need. */
unsigned rules_needs(const struct rules *rules);
/* Fills hits: what trips at `now`. */
void rules_evaluate(struct rules *rules, const struct rule_view *view, moment_t now);
/* Hits of one rule: how many, and the first of them. */
size_t rule_hits(const struct rules *rules, const struct rule *rule, size_t *first);

/* --- since when -------------------------------------------------------------------------------------------------- */

/*
 * The project as it stood from one moment (its commit) to another (the next commit, or now): the states before the present, newest
 * first. Hits that held all through it go on to the next one; the others are settled: on the day within it when they began to hold, or
 * at its end. Returns how many hits are still open; when none is, stop.
 */
struct rule_state {
	struct rule_view view;
	moment_t from, to;
	struct slice commit; /* short id */
};
size_t rules_since(struct rules *rules, const struct rule_state *state);
/* Rules that ask of nothing but metrics are dated by the samples of the project itself: no history is needed. Returns how many are open. */
size_t rules_since_samples(struct rules *rules, const struct rule_view *view, moment_t now);
/* No more states: what is open held already at the oldest of them. */
void rules_since_end(struct rules *rules);

/*
 * When a hit goes to those it escalates to: `after` working time behind since, on the calendar (NULL: a day of work a day). MOMENT_NONE: since
 * is unknown, or the rule does not escalate.
 */
moment_t rule_escalates(const struct rule_hit *hit, const struct calendar *calendar, const struct units *units);

#endif
