/*
 * What only the analysis of measures can find wrong: rules over measures whose names or values are unknown (condition-field,
 * value-syntax …), samples dated after today (sample-future).
 */
#ifndef QUALITY_CHECK_H
#define QUALITY_CHECK_H

#include "base/diagnostic.h"
#include "model/project.h"

/* now: today by the clock; a later status date counts instead. O(samples + rules). */
void quality_check(const struct project *project, moment_t now, struct diagnostics *found);

#endif
