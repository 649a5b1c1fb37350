/* Checklists: how far each is, and one as a page. */
#ifndef REPORT_CHECKLIST_H
#define REPORT_CHECKLIST_H

#include "doc/doc.h"
#include "model/query.h"
#include "register/checklist.h"

/* Every checklist that the condition (NULL: all) chooses, with how many items are open. */
void checklist_overview(struct doc *doc, const struct query_scope *scope, const struct condition *condition);
/* Its items with who did them, when, and the proof. */
void checklist_page(struct doc *doc, const struct project *project, const struct record *checklist);

#endif
