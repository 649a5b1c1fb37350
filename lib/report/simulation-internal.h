/* What the files of the simulation's report share. */
#ifndef REPORT_SIMULATION_INTERNAL_H
#define REPORT_SIMULATION_INTERNAL_H

#include "report/simulation.h"

enum { ROWS_SHOWN = 15, BARS_SHOWN = 12 };

struct cell simulation_share(double share);          /* 0…1 as a percentage */
struct cell simulation_money(const struct doc *doc, double amount, bool sign); /* ten-thousandths of a unit */
struct cell simulation_minutes(double minutes, bool sign);
/* Does the cost vary at all, or is there any? */
bool simulation_has_cost(const struct simulation *s);
/* "T-12 结算引擎" in the document's arena. */
struct slice simulation_task_label(struct doc *doc, const struct simulation *s, uint32_t task);

/* Figures; each adds nothing when it has nothing to show. */
void simulation_histogram(struct doc *doc, const struct simulation *s);
void simulation_curve(struct doc *doc, const struct simulation *s);
void simulation_cost_curve(struct doc *doc, const struct simulation *s);
void simulation_tornado(struct doc *doc, const struct simulation *s);
void simulation_criticality(struct doc *doc, const struct simulation *s);

#endif
