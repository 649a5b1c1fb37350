/*
 * What the files of lib/plan/level*.c share; nobody else includes it.
 */
#ifndef PLAN_LEVEL_INTERNAL_H
#define PLAN_LEVEL_INTERNAL_H

#include "base/map.h"
#include "base/vec.h"
#include "plan/level.h"
#include "plan/plan-internal.h"

/* Leaf tasks whose dates are given: begun, or told when. They are placed first and never move. */
bool level_is_fixed(const struct plan *plan, uint32_t task);

#endif
