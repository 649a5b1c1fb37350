/*
 * PSPLIB instances (Kolisch, Sprecher: "PSPLIB - a project scheduling problem library", 1997),
 * single mode.
 *
 * .sm, as ProGen writes it: sections under headings, of which three count: PRECEDENCE RELATIONS
 * (job, modes, number of successors, successors), REQUESTS/DURATIONS (job, mode, duration, one
 * request a resource) and RESOURCEAVAILABILITIES. .rcp, Patterson's: only numbers: jobs, resources,
 * capacities, then for each job duration, requests, number of successors, successors. One period is
 * one day of 24 hours.
 */
#include "exchange/import.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <stdlib.h>

enum { JOBS_MOST = 1000000, RESOURCES_MOST = 1000 };

struct job {
	int32_t duration;
	int32_t *requests;
	struct vec predecessors; /* uint32_t */
};

struct instance {
	struct job *jobs;
	uint32_t job_count;
	int32_t *capacity;
	uint32_t resource_count;
};

struct numbers {
	struct slice rest, all;
	const char *name;
	struct err *err;
};

static unsigned long line_of(const struct numbers *n)
{
	unsigned long line = 1;

	for (const char *c = n->all.at; c < n->rest.at; c++)
		line += *c == '\n';
	return line;
}

static int bad(const struct numbers *n, const char *what)
{
	return err_set(n->err, ERR_INPUT, "%s:%lu: %s", n->name, line_of(n), err_word(n->err, what));
}

/* The next whole number between 0 and most. */
static int next_number(struct numbers *n, int32_t most, int32_t *out)
{
	int64_t value = 0;
	size_t digits = 0;

	n->rest = slice_trim(n->rest);
	while (digits < n->rest.len && digits < 10 && n->rest.at[digits] >= '0' &&
		n->rest.at[digits] <= '9')
		value = value * 10 + (n->rest.at[digits++] - '0');
	if (!digits)
		return bad(n, N_("a number is missing"));
	if (value > most)
		return bad(n, N_("a number is too large"));
	n->rest = slice_from(n->rest, digits);
	*out = (int32_t)value;
	return 0;
}

static int make_jobs(struct numbers *n, struct instance *in, int32_t jobs, int32_t resources,
	struct arena *arena)
{
	if (!jobs || (uint64_t)jobs > n->all.len ||
		(uint64_t)jobs * (uint64_t)resources > n->all.len)
		return bad(n, N_("the numbers of jobs and resources do not fit the file"));
	in->jobs = arena_calloc(arena, (size_t)jobs, sizeof(*in->jobs));
	in->job_count = (uint32_t)jobs;
	in->resource_count = (uint32_t)resources;
	in->capacity = arena_calloc(arena, (size_t)resources, sizeof(*in->capacity));
	for (uint32_t i = 0; i < in->job_count; i++) {
		in->jobs[i].requests = arena_calloc(arena, (size_t)resources, sizeof(int32_t));
		vec_init(&in->jobs[i].predecessors, sizeof(uint32_t));
	}
	return 0;
}

static int read_requests(struct numbers *n, struct instance *in, struct job *job)
{
	for (uint32_t r = 0; r < in->resource_count; r++)
		if (next_number(n, INT32_MAX, &job->requests[r]))
			return ERR_INPUT;
	return 0;
}

static int read_capacities(struct numbers *n, struct instance *in)
{
	for (uint32_t r = 0; r < in->resource_count; r++)
		if (next_number(n, INT32_MAX, &in->capacity[r]))
			return ERR_INPUT;
	return 0;
}

static int read_successors(struct numbers *n, struct instance *in, uint32_t job)
{
	int32_t count, successor;

	if (next_number(n, JOBS_MOST, &count))
		return ERR_INPUT;
	while (count-- > 0) {
		if (next_number(n, (int32_t)in->job_count, &successor))
			return ERR_INPUT;
		if (!successor || (uint32_t)successor == job + 1)
			return bad(n, N_("a successor that is no other job"));
		vec_append(&in->jobs[successor - 1].predecessors, &job);
	}
	return 0;
}

static int read_patterson(struct numbers *n, struct instance *in, struct arena *arena)
{
	int32_t jobs = 0, resources = 0;

	if (next_number(n, JOBS_MOST, &jobs) || next_number(n, RESOURCES_MOST, &resources) ||
		make_jobs(n, in, jobs, resources, arena) || read_capacities(n, in))
		return ERR_INPUT;
	for (uint32_t i = 0; i < in->job_count; i++)
		if (next_number(n, 1000000, &in->jobs[i].duration) ||
			read_requests(n, in, &in->jobs[i]) || read_successors(n, in, i))
			return ERR_INPUT;
	return 0;
}

/* Moves behind the line that holds `text`; false when there is none. */
static bool seek(struct numbers *n, const char *text)
{
	size_t len = strlen(text);

	for (size_t i = 0; i + len <= n->all.len; i++)
		if (!memcmp(n->all.at + i, text, len)) {
			n->rest = slice_from(n->all, i + len);
			return true;
		}
	return false;
}

static void skip_line(struct numbers *n)
{
	n->rest = slice_from(n->rest, slice_find(n->rest, '\n') + 1);
}

/* "jobs (incl. supersource/sink ):  32" */
static int number_behind(struct numbers *n, const char *text, int32_t most, int32_t *out)
{
	if (!seek(n, text))
		return err_set(
			n->err, ERR_INPUT, "%s: not a PSPLIB file: '%s' is missing", n->name, text);
	n->rest = slice_from(n->rest, slice_find(n->rest, ':') + 1);
	return next_number(n, most, out);
}

static int expect_number(struct numbers *n, int32_t expected, const char *what)
{
	int32_t found;

	if (next_number(n, INT32_MAX, &found))
		return ERR_INPUT;
	return found == expected ? 0 : bad(n, what);
}

static int read_job_lines(struct numbers *n, struct instance *in)
{
	for (uint32_t i = 0; i < in->job_count; i++)
		if (expect_number(n, (int32_t)i + 1, N_("jobs are not numbered in order")) ||
			expect_number(n, 1, N_("only instances with one mode a job are read")) ||
			read_successors(n, in, i))
			return ERR_INPUT;
	return 0;
}

static int read_request_lines(struct numbers *n, struct instance *in)
{
	for (uint32_t i = 0; i < in->job_count; i++)
		if (expect_number(n, (int32_t)i + 1, N_("jobs are not numbered in order")) ||
			expect_number(n, 1, N_("only instances with one mode a job are read")) ||
			next_number(n, 1000000, &in->jobs[i].duration) ||
			read_requests(n, in, &in->jobs[i]))
			return ERR_INPUT;
	return 0;
}

static int read_progen(struct numbers *n, struct instance *in, struct arena *arena)
{
	int32_t jobs = 0, resources = 0;

	if (number_behind(n, "jobs (incl. supersource/sink )", JOBS_MOST, &jobs) ||
		number_behind(n, "- renewable", RESOURCES_MOST, &resources) ||
		make_jobs(n, in, jobs, resources, arena))
		return ERR_INPUT;
	if (!seek(n, "PRECEDENCE RELATIONS:"))
		return bad(n, N_("PRECEDENCE RELATIONS is missing"));
	skip_line(n);
	skip_line(n);
	if (read_job_lines(n, in))
		return ERR_INPUT;
	if (!seek(n, "REQUESTS/DURATIONS:"))
		return bad(n, N_("REQUESTS/DURATIONS is missing"));
	skip_line(n);
	skip_line(n);
	skip_line(n);
	if (read_request_lines(n, in))
		return ERR_INPUT;
	if (!seek(n, "RESOURCEAVAILABILITIES:"))
		return bad(n, N_("RESOURCEAVAILABILITIES is missing"));
	skip_line(n);
	skip_line(n);
	return read_capacities(n, in);
}

/* "dir/j301_1.sm" as "j301_1". */
static struct slice short_name(const char *name)
{
	const char *slash = strrchr(name, '/'), *dot;

	name = slash ? slash + 1 : name;
	dot = strrchr(name, '.');
	return slice_new(name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static void write_frame(struct import *out, const char *calendar, const char *name, bool project)
{
	struct import_section s;

	if (project) {
		import_begin(&s, out, "pmt.ini", "project", slice_of(""));
		import_put(&s, "format", slice_of("1"));
		import_put_line(&s, "name", short_name(name));
		import_put(&s, "start", slice_of("2000-01-01"));
		import_put(&s, "hours_per_day", slice_of("24"));
		import_put(&s, "days_per_week", slice_of("7"));
		import_put(&s, "days_per_month", slice_of("30"));
		import_put(&s, "calendar", slice_of(calendar));
		import_end(&s);
	}
	import_begin(&s, out, "calendars.ini", "calendar", slice_of(calendar));
	import_put(&s, "title", slice_of("Round the clock"));
	import_put(&s, "week", slice_of("mon-sun 00:00-24:00"));
	import_end(&s);
	out->calendars++;
}

static void write_job(struct import *out, const struct instance *in, const char *const *jobs,
	const char *const *resources, uint32_t i)
{
	const struct job *job = &in->jobs[i];
	const uint32_t *before = job->predecessors.items;
	struct import_section s;
	struct import_task *task;
	struct strbuf text;

	strbuf_init(&text);
	import_begin(&s, out, "plan.ini", "task", slice_of(jobs[i]));
	import_putf(&s, "title", "Job %u", i + 1);
	for (size_t p = 0; p < job->predecessors.len; p++, out->links++)
		strbuf_addf(&text, "%s%s", p ? ", " : "", jobs[before[p]]);
	import_put(&s, "depends", strbuf_slice(&text));
	if (job->duration)
		import_putf(&s, "duration", "%dd", job->duration);
	else
		import_put(&s, "milestone", slice_of("yes"));
	strbuf_reset(&text);
	for (uint32_t r = 0; r < in->resource_count; r++)
		if (job->requests[r] > 0 && job->duration) {
			strbuf_addf(&text, "%s%s", text.len ? ", " : "", resources[r]);
			if (job->requests[r] > 1)
				strbuf_addf(&text, " x%d", job->requests[r]);
			out->assignments++;
		}
	import_put(&s, "assign", strbuf_slice(&text));
	import_end(&s);
	strbuf_release(&text);
	task = vec_push(&out->tasks);
	*task = (struct import_task){ .id = jobs[i],
		.name = jobs[i],
		.key = i + 1,
		.start = MOMENT_NONE,
		.finish = MOMENT_NONE };
}

static const char *numbered(struct import *out, const struct import_options *options,
	const char *kind, char letter, uint32_t number)
{
	char name[16];

	snprintf(name, sizeof(name), "%c%u", letter, number);
	return import_id(out, options, kind, slice_of(name), name);
}

static void write_instance(struct import *out, const struct instance *in, const char *name,
	const struct import_options *options)
{
	const char **jobs = arena_calloc(&out->arena, in->job_count, sizeof(*jobs));
	const char **resources = arena_calloc(&out->arena, in->resource_count, sizeof(*resources));
	const char *calendar = import_id(out, options, "calendar", slice_of("always"), "always");
	struct import_section s;

	write_frame(out, calendar, name, options && options->project);
	for (uint32_t r = 0; r < in->resource_count; r++) {
		resources[r] = numbered(out, options, "resource", 'R', r + 1);
		import_begin(&s, out, "people.ini", "resource", slice_of(resources[r]));
		import_put(&s, "type", slice_of("equipment"));
		import_put(&s, "calendar", slice_of(calendar));
		import_putf(&s, "capacity", "%d", in->capacity[r]);
		import_end(&s);
		out->resources++;
	}
	for (uint32_t i = 0; i < in->job_count; i++)
		jobs[i] = numbered(out, options, "task", 'J', i + 1);
	for (uint32_t i = 0; i < in->job_count; i++)
		write_job(out, in, jobs, resources, i);
}

int psplib_import(struct slice text, const char *name, const struct import_options *options,
	struct import *out, struct diagnostics *found, struct err *err)
{
	struct numbers n = { text, text, name, err };
	struct instance in = { .job_count = 0 };
	struct slice start = slice_trim(text);
	int result;

	(void)found;
	if (start.len && start.at[0] >= '0' && start.at[0] <= '9')
		result = read_patterson(&n, &in, &out->arena);
	else
		result = read_progen(&n, &in, &out->arena);
	if (!result)
		write_instance(out, &in, name, options);
	for (uint32_t i = 0; i < in.job_count; i++)
		vec_release(&in.jobs[i].predecessors);
	return result;
}
