/*
 * Stakeholders: the power and interest grid, and engagement as it is (C) against what is needed (D).
 *
 * The grid has three levels each way. The published one has two; the levels between go by what is greater:
 *
 *	manage closely   one is high, the other at least medium
 *	keep satisfied   else, more power than interest
 *	keep informed    else, more interest than power, or both medium
 *	monitor          both low
 *
 * Source: power/interest grid (Mendelow), engagement assessment matrix (PMBOK 13.2). Cost: O(stakeholders).
 */
#ifndef REGISTER_STAKEHOLDER_H
#define REGISTER_STAKEHOLDER_H

#include "model/project.h"

#include <stdint.h>

enum strategy { STRATEGY_UNKNOWN, STRATEGY_MONITOR, STRATEGY_INFORM, STRATEGY_SATISFY, STRATEGY_MANAGE };
enum { GRID_LEVELS = 3, ENGAGEMENT_LEVELS = 5 };

/* Levels: 0 low, 1 medium, 2 high; -1 unknown, which makes the strategy unknown. */
enum strategy stakeholder_strategy(int power, int interest);
/* "keep satisfied" as a message id. */
const char *strategy_text(enum strategy strategy);

struct stakeholder {
	const struct record *record;
	int power, interest;       /* 0..2; -1: not said */
	int engagement, desired;   /* 0 unaware … 4 leading; -1: not said */
	enum strategy strategy;
	int gap;                   /* desired - engagement; 0 when either is not said */
};
void stakeholder_read(struct stakeholder *out, const struct record *record);

/*
 * Whom the project must talk with: people of the register and the team, each counted once (a stakeholder whose `resource`
 * is one of the people is that person). n people have n(n-1)/2 channels between them.
 */
size_t communication_people(const struct project *project);
uint64_t communication_channels(size_t people);

#endif
