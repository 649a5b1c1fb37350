/* Internal to lib/exchange: a Microsoft Project file as it stands, before it becomes text. */
#ifndef EXCHANGE_MSPDI_H
#define EXCHANGE_MSPDI_H

#include "exchange/import.h"
#include "exchange/xml_tree.h"

enum { MSPDI_RANGES = 8, MSPDI_DAYS_MOST = 40000 };

struct mspdi_hours {
	struct time_range ranges[MSPDI_RANGES];
	int count; /* 0: not working */
};

/* Days with hours of their own, from..to inclusive. */
struct mspdi_exception {
	date_t from, to;
	struct mspdi_hours hours;
	struct slice name;
};

struct mspdi_calendar {
	int64_t uid, base_uid; /* base -1: none */
	struct slice name;
	bool is_base;
	bool given[8]; /* ISO weekday 1..7 */
	struct mspdi_hours week[8];
	struct vec exceptions; /* struct mspdi_exception, disjoint, by date */
	const char *id;        /* ours, once it is written */
	const struct xml_node *node;
};

struct mspdi_resource {
	int64_t uid;
	int type;                        /* 0 material, 1 work, 2 cost */
	struct mspdi_calendar *calendar; /* NULL: the project's */
	bool own_hours;                  /* they differ from the project's */
	int64_t units;                   /* what an assignment that says nothing takes: MaxUnits, at most 10000 */
	const char *id, *team;
	const struct xml_node *node;
};

struct mspdi_assignment {
	const struct mspdi_resource
		*resource;            /* NULL: nobody; Project keeps the task's own curve so */
	int64_t units;                /* ten-thousandths: 10000 is one full-time */
	int64_t work, remaining_work; /* minutes */
	int64_t delay;                /* minutes, working; own and levelling */
	int contour;
	moment_t start, finish;
	const struct xml_node *node;
};

struct mspdi_task {
	int64_t uid;
	const struct xml_node *node;
	const char *id;
	uint32_t parent; /* index, or MSPDI_NO_TASK */
	int level;
	bool summary, milestone, manual, inactive, external, own_calendar_only;
	bool unknown_length; /* duration is 0 for want of one */
	moment_t start, finish, actual_start, actual_finish, stop, resume;
	int64_t duration, remaining; /* minutes; remaining -1: not said */
	bool elapsed;
	int percent;
	struct mspdi_calendar *calendar;
	uint32_t first_assignment, assignment_count;
};
#define MSPDI_NO_TASK UINT32_MAX

struct mspdi {
	const char *name; /* of the file, for diagnostics */
	struct diagnostics *found;
	struct import *out;
	const struct import_options *options;
	const struct xml_node *root;
	struct units units;
	struct mspdi_calendar *calendars;
	size_t calendar_count;
	struct mspdi_calendar *project_calendar; /* NULL: none said */
	struct mspdi_resource *resources;
	size_t resource_count;
	struct mspdi_task *tasks;
	size_t task_count;
	struct mspdi_assignment *assignments; /* by task */
	size_t assignment_count;
	struct map task_by_uid, resource_by_uid, calendar_by_uid; /* text of the number → index */
	struct map custom; /* text of the field's number → our key */
};

/* Values of MSPDI. Each gives the fallback when the element is absent or unreadable. */
int64_t mspdi_integer(const struct xml_node *node, const char *child, int64_t fallback);
bool mspdi_yes(const struct xml_node *node, const char *child);
moment_t mspdi_moment(const struct xml_node *node, const char *child); /* MOMENT_NONE */
/* "PT8H30M0S" in minutes. */
int64_t mspdi_duration(const struct xml_node *node, const char *child, int64_t fallback);
bool mspdi_number(const struct xml_node *node, const char *child, double *out);
/* LagFormat, DurationFormat and their like: is it elapsed time, is it a percentage? */
bool mspdi_format_elapsed(int64_t format);
bool mspdi_format_percent(int64_t format);

void mspdi_read_calendars(struct mspdi *m);
void mspdi_write_calendars(struct mspdi *m);
struct mspdi_calendar *mspdi_calendar_find(const struct mspdi *m, int64_t uid); /* NULL */
/* The calendar whose hours these are: itself, or its base when it adds nothing. */
struct mspdi_calendar *mspdi_calendar_effective(
	const struct mspdi *m, struct mspdi_calendar *calendar);
/* Puts days over what the list has for them; the list stays disjoint and sorted. */
void mspdi_override(struct vec *exceptions, const struct mspdi_exception *added);
/* DayWorking and WorkingTimes of a weekday or an exception. */
struct mspdi_hours mspdi_hours_read(const struct xml_node *node);
/* The days of a recurring exception, put into the list. */
void mspdi_recurrence(struct mspdi *m, struct vec *exceptions, const struct xml_node *exception);

void mspdi_read_resources(struct mspdi *m);
void mspdi_write_resources(struct mspdi *m);

void mspdi_read_tasks(struct mspdi *m);
void mspdi_write_tasks(struct mspdi *m);
void mspdi_write_baselines(struct mspdi *m);

/* Working minutes in [from, to); calendar NULL: the project's. O(days). */
int64_t mspdi_working(
	const struct mspdi *m, const struct mspdi_calendar *calendar, moment_t from, moment_t to);
/* `interruptions`: working time between a task's start and finish on which nothing of it is done.
 */
void mspdi_put_splits(
	struct mspdi *m, struct import_section *s, const struct mspdi_task *t, bool by_work);

/* The user's own fields (Text1 … with the names people gave them), as x_ fields. */
void mspdi_put_custom(struct mspdi *m, struct import_section *s, const struct xml_node *node);

/* Index by number, or SIZE_MAX. */
size_t mspdi_lookup(const struct map *map, int64_t uid);
void mspdi_index(struct mspdi *m, struct map *map, int64_t uid, size_t index);

#endif
