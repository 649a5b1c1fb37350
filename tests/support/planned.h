/*
 * A project from text, built and scheduled, for tests. Init fills everything; release frees it.
 */
#ifndef SUPPORT_PLANNED_H
#define SUPPORT_PLANNED_H

#include "plan/plan.h"

struct planned {
	struct source *source;
	struct project project;
	struct diagnostics loading, found;
	struct plan plan;
	struct plan_options options;
	struct err err;
	int status; /* of plan_build, else of plan_schedule */
};

/* The text is pmt.ini. Now is 2026-03-02; facts count. */
void planned_init(struct planned *p, const char *text);
/* Builds only. */
void planned_build(struct planned *p, const char *text);
void planned_release(struct planned *p);

uint32_t planned_task(const struct planned *p, const char *id);
/* "2026-03-02 09:00"; the buffers live until eight more calls. */
const char *planned_start(const struct planned *p, const char *id);
const char *planned_finish(const struct planned *p, const char *id);
const char *planned_late_start(const struct planned *p, const char *id);
const char *planned_late_finish(const struct planned *p, const char *id);
/* How often a finding of this id was made. */
size_t planned_found(const struct planned *p, const char *id);
/* "2026-03-02 09:00" → moment; fails the test when malformed. */
moment_t at(const char *text);

#endif
