#include "planned.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

moment_t at(const char *text)
{
	moment_t m;
	bool has_time;

	if (moment_parse(slice_of(text), &m, &has_time) != CIVIL_OK)
		abort();
	return m;
}

void planned_build(struct planned *p, const char *text)
{
	memset(p, 0, sizeof(*p));
	p->options = (struct plan_options){ .now = at("2026-03-02"), .facts = true };
	err_init(&p->err);
	diagnostics_init(&p->loading);
	diagnostics_init(&p->found);
	p->source = source_memory_new();
	source_memory_add(p->source, "pmt.ini", slice_of(text));
	if (project_load(&p->project, p->source, 1, &p->loading, &p->err) != 0) {
		fprintf(stderr, "load: %s\n", p->err.message);
		abort();
	}
	p->status = plan_build(&p->plan, &p->project, &p->options, &p->found, &p->err);
}

void planned_init(struct planned *p, const char *text)
{
	planned_build(p, text);
	if (p->status == 0)
		p->status = plan_schedule(&p->plan, &p->options, &p->found, &p->err);
}

void planned_release(struct planned *p)
{
	plan_release(&p->plan);
	project_release(&p->project);
	source_free(p->source);
	diagnostics_release(&p->loading);
	diagnostics_release(&p->found);
	err_release(&p->err);
}

uint32_t planned_task(const struct planned *p, const char *id)
{
	const struct record *record = project_find(&p->project, kind_find(slice_of("task")), slice_of(id));

	if (!record) {
		fprintf(stderr, "no task %s\n", id);
		abort();
	}
	return plan_task(&p->plan, record);
}

static const char *shown(moment_t m)
{
	static char buffers[8][CIVIL_TEXT];
	static unsigned next;

	return moment_print(m, buffers[next++ % 8]);
}

const char *planned_start(const struct planned *p, const char *id)
{
	return shown(p->plan.start[planned_task(p, id)]);
}

const char *planned_finish(const struct planned *p, const char *id)
{
	return shown(p->plan.finish[planned_task(p, id)]);
}

const char *planned_late_start(const struct planned *p, const char *id)
{
	return shown(p->plan.late_start[planned_task(p, id)]);
}

const char *planned_late_finish(const struct planned *p, const char *id)
{
	return shown(p->plan.late_finish[planned_task(p, id)]);
}

size_t planned_found(const struct planned *p, const char *id)
{
	const struct diagnostic *items = p->found.items.items;
	size_t count = 0;

	for (size_t i = 0; i < p->found.items.len; i++)
		count += strcmp(items[i].id, id) == 0;
	return count;
}
