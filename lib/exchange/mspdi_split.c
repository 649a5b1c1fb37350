/*
 * Split tasks: working time between a task's start and its finish on which nothing of it is done.
 *
 * Project has no list of splits. They show as gaps between what its assignments cover: each one's
 * time-phased work where the file has it, else its start to its finish; and, for work in progress,
 * between Stop (where what is done ends) and Resume. Gaps without working time (nights, weekends)
 * are none. What is left becomes `interruptions`.
 *
 * Cost: O(spans log spans + days of the task).
 */
#include "exchange/mspdi.h"

enum { SPAN_DAYS_MOST = 3660, GAPS_MOST = 400 };

struct span {
	moment_t from, to;
};

struct split {
	const struct mspdi *m;
	const struct mspdi_task *task;
	const struct mspdi_calendar *calendar; /* on which gaps count; NULL: the project's */
	struct vec gaps;                       /* struct span */
};

/* Part of one day, when it has working time. */
static void add_hours(const struct split *split, struct strbuf *out, moment_t from, moment_t to)
{
	int begin = moment_minute_of_day(from), end = (int)(to - from) + begin;
	char day[CIVIL_TEXT];

	if (mspdi_working(split->m, split->calendar, from, to) > 0)
		strbuf_addf(out, "%s%s %02d:%02d-%02d:%02d", out->len ? "\n" : "",
			date_print(moment_date(from), day), begin / 60, begin % 60, end / 60,
			end % 60);
}

/* A gap as lines of a list of dates: hours of its first and last day, whole days between. */
static void add_gap(const struct split *split, struct strbuf *out, struct span gap)
{
	date_t first = moment_date(gap.from), last = moment_date(gap.to);
	char a[CIVIL_TEXT], b[CIVIL_TEXT];

	if (first == last) {
		add_hours(split, out, gap.from, gap.to);
		return;
	}
	if (moment_minute_of_day(gap.from))
		add_hours(split, out, gap.from, moment_from_date(++first));
	if (first < last) {
		strbuf_addf(out, "%s%s", out->len ? "\n" : "", date_print(first, a));
		if (first < last - 1)
			strbuf_addf(out, "..%s", date_print(last - 1, b));
	}
	if (moment_minute_of_day(gap.to))
		add_hours(split, out, moment_from_date(last), gap.to);
}

static void add_span(struct vec *spans, const struct mspdi_task *t, moment_t from, moment_t to)
{
	struct span span = { from, to };

	/* Outside of its task: left behind by an older schedule. */
	if (from != MOMENT_NONE && to != MOMENT_NONE && from < to && from >= t->start &&
		to <= t->finish)
		vec_append(spans, &span);
}

static void add_clipped(struct vec *spans, const struct mspdi_task *t, moment_t from, moment_t to)
{
	if (from != MOMENT_NONE && to != MOMENT_NONE)
		add_span(spans, t, from < t->start ? t->start : from,
			to > t->finish ? t->finish : to);
}

/* Types 1 and 2 are remaining and actual work of an assignment. False when the file has none. */
static bool add_timephased(
	struct vec *spans, const struct mspdi_task *t, const struct mspdi_assignment *a)
{
	bool any = false;

	FOREACH_XML (a->node, "TimephasedData", data) {
		int64_t type = mspdi_integer(data, "Type", 0);

		if (type != 1 && type != 2)
			continue;
		any = true;
		if (mspdi_duration(data, "Value", 0) > 0)
			add_clipped(spans, t, mspdi_moment(data, "Start"),
				mspdi_moment(data, "Finish"));
	}
	return any;
}

static int by_start(const void *a, const void *b, void *context)
{
	const struct span *x = a, *y = b;

	(void)context;
	return (x->from > y->from) - (x->from < y->from);
}

/* The calendar on which a gap counts: with by_work, that of the one who works. */
static const struct mspdi_calendar *counting(
	const struct mspdi *m, const struct mspdi_task *t, bool by_work)
{
	if (by_work && t->assignment_count == 1 && m->assignments[t->first_assignment].resource)
		return m->assignments[t->first_assignment].resource->calendar;
	return t->calendar;
}

static void add_gap_if_working(struct split *split, moment_t from, moment_t to)
{
	struct span gap = { from, to };

	if (to > from && split->gaps.len < GAPS_MOST &&
		mspdi_working(split->m, split->calendar, from, to) > 0)
		vec_append(&split->gaps, &gap);
}

/* What the spans leave open of the task, in order. */
static void find_gaps(struct split *split, struct vec *spans)
{
	const struct span *span = spans->items;
	moment_t covered = split->task->start;

	vec_sort(spans, by_start, NULL);
	for (size_t i = 0; i < spans->len; i++) {
		add_gap_if_working(split, covered, span[i].from);
		if (span[i].to > covered)
			covered = span[i].to;
	}
	if (spans->len)
		add_gap_if_working(split, covered, split->task->finish);
}

static void find_all_gaps(struct split *split, bool by_work)
{
	const struct mspdi_task *t = split->task;
	struct vec spans;

	vec_init(&spans, sizeof(struct span));
	for (uint32_t i = 0; i < t->assignment_count; i++) {
		const struct mspdi_assignment *a = &split->m->assignments[t->first_assignment + i];

		if (a->resource && a->resource->type != 1)
			continue;
		if (!add_timephased(&spans, t, a) && !by_work)
			add_span(&spans, t, a->start, a->finish);
	}
	find_gaps(split, &spans);
	vec_release(&spans);
	if (!split->gaps.len && t->percent > 0 && t->percent < 100 && t->stop != MOMENT_NONE &&
		t->resume != MOMENT_NONE && t->stop >= t->start && t->resume <= t->finish)
		add_gap_if_working(split, t->stop, t->resume);
}

static bool may_be_split(const struct mspdi_task *t)
{
	return !t->summary && !t->inactive && !t->elapsed && t->duration &&
	       t->start != MOMENT_NONE && t->finish != MOMENT_NONE &&
	       t->finish - t->start <= (moment_t)SPAN_DAYS_MOST * MINUTES_PER_DAY;
}

void mspdi_put_splits(
	struct mspdi *m, struct import_section *s, const struct mspdi_task *t, bool by_work)
{
	struct split split = { .m = m, .task = t, .calendar = counting(m, t, by_work) };
	struct strbuf text;

	/* From start to finish just as long as the task takes: nothing is split. */
	if (!may_be_split(t) ||
		mspdi_working(m, split.calendar, t->start, t->finish) <= t->duration)
		return;
	vec_init(&split.gaps, sizeof(struct span));
	find_all_gaps(&split, by_work);
	strbuf_init(&text);
	for (size_t i = 0; i < split.gaps.len; i++)
		add_gap(&split, &text, ((struct span *)split.gaps.items)[i]);
	import_put(s, "interruptions", strbuf_slice(&text));
	strbuf_release(&text);
	vec_release(&split.gaps);
}
