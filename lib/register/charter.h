/*
 * The charter: what it must say and does not, and which method suits which part of the project.
 *
 * It must say (PMBOK 4.1): purpose, measurable goals, high-level requirements, what is in and out of scope, deliverables, overall risks,
 * milestones, money approved in advance, key stakeholders, what is approved by whom, when it is closed, manager with authority, sponsor
 * with authority. Some of it may stand in a register instead: then the register counts.
 *
 * Advice by part (a task at the top) weighs what speaks for planning ahead against what speaks for going step by step, by a table that a
 * project may replace ([scale] with type = method_advice; model/scale.h). The one that pmt brings:
 *
 *	ahead         a signed contract for a fixed price (2), requirements of law or security ≥ 30 % (2), hardware to deliver (1),
 *	              changes of its requirements in the last 90 days < 5 % (1), ≥ 60 % of its tasks wait for another (1)
 *	step by step  changes of its requirements ≥ 20 % (2), requirements nobody has approved ≥ 30 % (2), a prototype, MVP or pilot
 *	              brings its requirements (2)
 *	flow          ≥ 70 % of its tasks wait for nothing, and it serves no requirement (3), recurring work (1)
 *
 * Of several rows of a sign the first that fits counts. The most points win; ahead and step by step both at least 2 are a hybrid; no points:
 * as it is.
 * The reasons are the advice: points only order them. Cost: O(records + references).
 */
#ifndef REGISTER_CHARTER_H
#define REGISTER_CHARTER_H

#include "base/vec.h"
#include "history/change.h"
#include "plan/plan.h"
#include "register/trace.h"

enum charter_state { CHARTER_MISSING, CHARTER_REGISTER, CHARTER_THERE };

struct charter_item {
	const char *title;  /* message id */
	const char *field;  /* where it is written */
	const char *kind;   /* the register that says it as well, or NULL */
	enum charter_state state;
	size_t count;       /* REGISTER: records of it */
};

/* The items in order: struct charter_item. charter NULL: there is none. Returns how many are missing. */
size_t charter_read(const struct project *project, const struct record *charter, struct vec *items);
/* Approved, and by the sponsor among others? */
bool charter_approved(const struct record *charter);
bool charter_approved_by_sponsor(const struct project *project, const struct record *charter);

enum method { METHOD_WATERFALL, METHOD_SCRUM, METHOD_KANBAN, METHOD_HYBRID };
const char *method_word(enum method method);

struct method_reason {
	const char *message; /* message id with two %s at most */
	const char *number;  /* its argument, or NULL */
	const char *days;    /* the second one, or NULL */
	enum method speaks_for;
	int points;
};

struct method_advice {
	uint32_t task;            /* PLAN_NO_TASK: the whole project */
	enum method advised;
	struct slice now;         /* the method it has */
	struct vec reasons;       /* struct method_reason */
};

struct method_request {
	const struct plan *plan;      /* built */
	const struct trace *trace;
	const struct vec *entries;    /* struct history_entry of requirements; NULL: no history */
	moment_t now;
};

struct method_advices {
	struct arena arena;
	struct vec items; /* struct method_advice: the whole, then each part */
};
/* The rows in force, and the project's own scale they come from; *scale NULL: those that pmt brings. */
struct slice method_table(const struct project *project, const struct record **scale);
extern const char advice_rows[];
void method_advise(struct method_advices *out, const struct method_request *request);
void method_advices_release(struct method_advices *advices);

#endif
