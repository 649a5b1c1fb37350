/*
 * Risks, issues and decisions as figures: the one place where exposure, what a response is worth, FMEA numbers and ages are
 * computed; lists, commands, dashboards and reports ask here.
 *
 *	exposure = probability × cost impact                                    expected monetary value (EMV)
 *	after the response: the residual fields; what is not given stays as before (as in lib/simulate/risks.c)
 *	benefit  = exposure - residual exposure - cost of the response         (opportunities: residual - exposure - cost)
 *	ROI      = benefit / cost of the response
 *
 * Worked example: exposure 500,000; a response for 200,000 removes 90 %: residual 50,000, benefit 250,000, ROI 125 %.
 *
 * Amounts are in the project's currency; DECIMAL_NONE is "not known": a field is missing, or its currency has no rate.
 * Probabilities beyond 0..100 % are faults of the text and are cut here.
 *
 * A register is cheap to make: tables are built when first asked for. The project must outlive it; one thread at a time.
 */
#ifndef RISK_RISK_H
#define RISK_RISK_H

#include "base/map.h"
#include "model/project.h"
#include "model/query.h"
#include "model/scale.h"
#include "risk/tree.h"

enum { MARKS = MARK_MOST - MARK_LEAST + 1 };
enum { RISK_FIELDS = 12, RISK_MARKS = 6 };

struct risk_register {
	const struct project *project;
	date_t today;
	const struct field *fields[RISK_FIELDS], *marks[RISK_MARKS]; /* private */
	struct arena arena;
	bool priorities_ready, replaced_ready;
	uint8_t priorities[MARKS][MARKS][MARKS]; /* private: enum action_priority + 1; 0: no row fits */
	struct decision_trees *trees;            /* private: NULL until asked for */
	struct map replaced;                     /* private: folded id of a decision → struct vec * of newer ones */
};

void risk_register_init(struct risk_register *r, const struct project *project, moment_t now);
void risk_register_release(struct risk_register *r);
/* The project's decision trees, folded back (risk/tree.h); the register's. */
const struct decision_trees *risk_trees(struct risk_register *r);
/* The computed fields of risks, issues, decisions and nodes. */
struct computed risk_computed(struct risk_register *r);

/* One side of a risk: before or after its response. */
struct risk_side {
	decimal_t probability; /* 0 to 100, percent */
	decimal_t cost;        /* impact, in the project's currency */
	int64_t time;          /* impact, mean working minutes; -1: not known */
	int probability_level, impact_level; /* ordinal, from 1; 0: not given */
	decimal_t exposure;
};

struct risk {
	const struct record *record;
	bool opportunity;
	bool open;     /* open or responding: it can still happen */
	bool assessed; /* a residual field is written, so that `after` says more than `before` */
	bool unknown_currency; /* an amount has no exchange rate */
	struct risk_side before, after;
	decimal_t response_cost; /* 0: none given */
	decimal_t benefit;       /* known when both exposures are, and the residual was assessed */
};

void risk_read(struct risk_register *r, const struct record *record, struct risk *out);
bool risk_is_open(const struct record *record);
/* What the risk is expected to cost (opportunities: to bring) as it stands: the residual once its response is under way. */
decimal_t risk_standing_exposure(const struct risk *risk);
/* benefit / response_cost in percent; false when there is no cost. */
bool risk_roi(const struct risk *risk, decimal_t *out);

/* Sums over the open risks of a project. Threats and opportunities apart: they are never netted unasked. */
struct risk_totals {
	size_t open, threats, opportunities;
	size_t unknown;                /* open ones without an exposure */
	decimal_t threat, opportunity; /* exposure */
	decimal_t residual_threat, residual_opportunity;
	decimal_t response_cost;
	size_t overdue;                /* reviews */
	const struct record *worst;    /* threat with the highest exposure, or NULL */
	decimal_t worst_exposure;
};
void risk_totals(struct risk_register *r, struct risk_totals *out);
/* Measures that the register knows: exposure. For struct measures and rule_view .more; context is a struct risk_register. */
bool risk_measure(void *context, const char *name, struct value *out);

/* Days since a date that has passed; 0: it has not, or there is none. */
int64_t risk_days_since(const struct risk_register *r, const struct record *record, const char *field);

/* Issues: open until resolved, closed or rejected. */
bool issue_is_open(const struct record *record);
/* Days from raised (else created) to today, or to when it was resolved or closed; -1: not known. */
int64_t issue_age(struct risk_register *r, const struct record *record);
int64_t issue_overdue(struct risk_register *r, const struct record *record);
/* Decisions that supersede this one: struct record *, in project order; NULL: none. */
const struct vec *decision_replaced_by(struct risk_register *r, const struct record *record);
int64_t decision_overdue(struct risk_register *r, const struct record *record);

#endif
