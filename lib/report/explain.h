/*
 * `pmt explain`: what a finding's id, a kind, a field or a type of value means, from the tables that everything else
 * comes from (base/diagnostic_table.h, model/kind.h). Needs no project.
 */
#ifndef REPORT_EXPLAIN_H
#define REPORT_EXPLAIN_H

#include "base/err.h"
#include "doc/doc.h"

/* Without a topic: every id of findings, kind and type, each with its line. */
void explain_index(struct doc *doc);
/*
 * A topic is the id of a finding ("cycle"), a kind or its plural ("task"), a field ("task.depends"), a field's name alone
 * ("depends": every kind that has it), or a type ("duration"); all that fit are explained. ERR_USAGE with the nearest
 * topic when none does.
 */
int explain_topic(struct doc *doc, struct slice topic, struct err *err);

#endif
