/*
 * Other tools' formats in and out, one file a format.
 *
 * An import reads one file and yields text files of a pmt project (path and bytes), ready to be
 * written into a new project or beside the files of one that exists; nothing is written here. What
 * a format says and pmt has no field for is kept in x_ fields where a person would miss it, and
 * dropped where it is another program's own bookkeeping. Faults in the file: ERR_INPUT with
 * "name:line:column: …" when nothing can be made of it, else diagnostics of id import-… and the
 * rest is imported.
 *
 * The import owns everything it gives out, until import_release.
 */
#ifndef EXCHANGE_EXCHANGE_H
#define EXCHANGE_EXCHANGE_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/diagnostic.h"
#include "base/err.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "text/ini.h"

#include <stdbool.h>
#include <stdint.h>

struct import_file {
	const char *path; /* relative to the project's root: "plan.ini" */
	struct strbuf text;
};

/* A task as the other tool had scheduled it: to compare with our own schedule. */
struct import_task {
	const char *id; /* ours: "T-12" */
	const char *name;
	int64_t key;            /* the other tool's number */
	moment_t start, finish; /* MOMENT_NONE when not said */
	bool summary, inactive;
};

struct import {
	struct arena arena;
	struct vec files; /* struct import_file */
	struct vec tasks; /* struct import_task */
	size_t links, resources, calendars, assignments;
	struct map taken; /* "kind id", folded: ids given out so far */
};

struct import_options {
	uint32_t first_task; /* number of the first task; 0: 1 */
	bool project;        /* also a pmt.ini with a [project] section: for a new project */
	/* Is this id in use in the project that exists? May be NULL. */
	bool (*in_use)(void *context, const char *kind, struct slice id);
	void *context;
};

void import_init(struct import *import);
void import_release(struct import *import);

/*
 * Microsoft Project XML (MSPDI, Project 2003 and later): project settings, calendars with
 * exceptions (recurring ones and work weeks written out day by day), resources, tasks with outline,
 * links, constraints, progress, assignments, costs and baselines.
 *
 * How a task's length is carried: as its duration, where those assigned work on the project's
 * calendar anyway; as the work of each of them, where their own calendars decide. Diagnostics name
 * what could not be carried. Source of the format: Microsoft's "Project XML Data Interchange
 * Schema".
 */
int mspdi_import(struct slice xml, const char *name, const struct import_options *options,
	struct import *out, struct diagnostics *found, struct err *err);

/*
 * The base calendars alone of a Microsoft Project XML file, as [calendar] sections of calendars.ini.
 */
int mspdi_import_calendars(struct slice xml, const char *name, const struct import_options *options,
	struct import *out, struct diagnostics *found, struct err *err);

/*
 * PSPLIB: .sm (ProGen, single mode) or .rcp (Patterson); which one is told by the text. One period
 * is one day of a round-the-clock calendar from 2000-01-01; jobs become tasks J1 … Jn, resources R1
 * … with their capacities.
 */
int psplib_import(struct slice text, const char *name, const struct import_options *options,
	struct import *out, struct diagnostics *found, struct err *err);

/*
 * A year of holiday-cn JSON (github NateScarlet/holiday-cn) as a calendar: days off become
 * holidays, weekend days that are worked become workdays, the year's last day the horizon. `id`
 * names the calendar ("cn"). ERR_INPUT names the first day whose date or isOffDay is no such thing:
 * a year with a hole in it is not taken in.
 */
int holiday_cn_import(struct slice json, const char *name, struct slice id,
	const struct import_options *options, struct import *out, struct err *err);
/*
 * The same year into a [calendar] section that exists: its holiday and workday lines from the
 * year's first to its last announced day are replaced, all others stay as they are; the horizon
 * moves on, never back.
 */
int holiday_cn_merge(struct slice json, const char *name, struct ini_doc *doc, size_t section,
	struct err *err);

#endif
