/* A plan as a Gantt figure. */
#ifndef REPORT_GANTT_H
#define REPORT_GANTT_H

#include "doc/doc.h"
#include "plan/compare.h"
#include "report/selection.h"

enum gantt_by { GANTT_BY_TREE, GANTT_BY_PERSON, GANTT_BY_TEAM, GANTT_BY_EQUIPMENT };

struct gantt_request {
	const struct plan *plan; /* scheduled */
	struct query_scope scope;
	struct selection selection;
	int zoom;       /* 0: from the room; else 'd' 'w' 'm' 'q' */
	const struct snapshot *before; /* the bars behind are its dates; NULL: the current baseline's */
	const char *before_label;      /* what they are, a message id */
	enum gantt_by by; /* not the tree: rows for people (and what else is assigned), teams, equipment; each with its tasks below */
};

/* Adds the figure "gantt" to doc. With rows for the selection's tasks, links between them, baseline dates where the plan has them. */
struct figure *gantt_build(struct doc *doc, const struct gantt_request *request);
/* "d", "day" … to the zoom's letter, 0 for auto, -1 for an unknown word. */
int gantt_zoom_parse(const char *word);

#endif
