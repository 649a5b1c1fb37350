/*
 * What `pmt check` says of change control: keys, rules that nobody can satisfy, events that are not as pmt writes them. Texts alone: no
 * signature is verified, which is `pmt verify`'s.
 */
#ifndef CHANGE_CHECK_H
#define CHANGE_CHECK_H

#include "model/project.h"

void change_check(const struct project *project, struct diagnostics *found);

#endif
