/*
 * Split tasks: working time between a task's start and its finish on which nothing of it is done.
 *
 * Project has no list of splits. They show as gaps between what its assignments cover: each one's time-phased work where
 * the file has it, else its start to its finish; and, for work in progress, between Stop (where what is done ends) and
 * Resume. Gaps without working time (nights, weekends) are none. What is left becomes `interruptions`.
 *
 * Cost: O(spans log spans + days of the task).
 */
#include "exchange/mspdi.h"

enum { SPAN_DAYS_MOST = 3660, GAPS_MOST = 400 };

struct span {
	moment_t from, to;
};

/* Hours of one day, or whole days, as lines of a list of dates. */
static void add_gap(struct strbuf *out, struct span gap)
{
	date_t first = moment_date(gap.from), last = moment_date(gap.to);
	int begin = moment_minute_of_day(gap.from), end = moment_minute_of_day(gap.to);
	char a[CIVIL_TEXT], b[CIVIL_TEXT];

	if (first == last) {
		strbuf_addf(out, "%s%s %02d:%02d-%02d:%02d", out->len ? "\n" : "", date_print(first, a), begin / 60,
			begin % 60, end / 60, end % 60);
		return;
	}
	if (begin) {
		strbuf_addf(out, "%s%s %02d:%02d-24:00", out->len ? "\n" : "", date_print(first, a), begin / 60,
			begin % 60);
		first++;
	}
	if (first < last) {
		strbuf_addf(out, "%s%s", out->len ? "\n" : "", date_print(first, a));
		if (first < last - 1)
			strbuf_addf(out, "..%s", date_print(last - 1, b));
	}
	if (end)
		strbuf_addf(out, "%s%s 00:00-%02d:%02d", out->len ? "\n" : "", date_print(last, a), end / 60,
			end % 60);
}

static void add_span(struct vec *spans, const struct mspdi_task *t, moment_t from, moment_t to)
{
	struct span span = { from, to };

	/* Outside of its task: left behind by an older schedule. */
	if (from != MOMENT_NONE && to != MOMENT_NONE && from < to && from >= t->start && to <= t->finish)
		vec_append(spans, &span);
}

/* Types 1 and 2 are remaining and actual work of an assignment. False when the file has none. */
static bool add_timephased(struct vec *spans, const struct mspdi_task *t, const struct mspdi_assignment *a)
{
	bool any = false;

	FOREACH_XML (a->node, "TimephasedData", data) {
		int64_t type = mspdi_integer(data, "Type", 0);

		if (type != 1 && type != 2)
			continue;
		any = true;
		if (mspdi_duration(data, "Value", 0) > 0)
			add_span(spans, t, mspdi_moment(data, "Start"), mspdi_moment(data, "Finish"));
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
static const struct mspdi_calendar *counting(const struct mspdi *m, const struct mspdi_task *t, bool by_work)
{
	if (by_work && t->assignment_count == 1)
		return m->assignments[t->first_assignment].resource->calendar;
	return t->calendar;
}

/* What the spans leave open of the task, in order. */
static void find_gaps(const struct mspdi *m, const struct mspdi_task *t, bool by_work, struct vec *spans,
	struct vec *gaps)
{
	const struct mspdi_calendar *calendar = counting(m, t, by_work);
	const struct span *span = spans->items;
	moment_t covered = t->start;

	vec_sort(spans, by_start, NULL);
	for (size_t i = 0; i <= spans->len; i++) {
		struct span gap = { covered, i < spans->len ? span[i].from : t->finish };

		if (gap.to > gap.from && mspdi_working(m, calendar, gap.from, gap.to) > 0 && gaps->len < GAPS_MOST)
			vec_append(gaps, &gap);
		if (i < spans->len && span[i].to > covered)
			covered = span[i].to;
	}
}

static void find_all_gaps(const struct mspdi *m, const struct mspdi_task *t, bool by_work, struct vec *gaps)
{
	struct vec spans;

	vec_init(&spans, sizeof(struct span));
	for (uint32_t i = 0; i < t->assignment_count; i++) {
		const struct mspdi_assignment *a = &m->assignments[t->first_assignment + i];

		if (a->resource->type == 1 && !add_timephased(&spans, t, a) && !by_work)
			add_span(&spans, t, a->start, a->finish);
	}
	if (spans.len)
		find_gaps(m, t, by_work, &spans, gaps);
	vec_release(&spans);
}

void mspdi_put_splits(struct mspdi *m, struct import_section *s, const struct mspdi_task *t, bool by_work)
{
	struct strbuf text;
	struct vec gaps;
	int64_t span;

	if (t->summary || t->inactive || t->elapsed || !t->duration || t->start == MOMENT_NONE ||
	    t->finish == MOMENT_NONE || t->finish - t->start > (moment_t)SPAN_DAYS_MOST * MINUTES_PER_DAY)
		return;
	/* From start to finish just as long as the task takes: nothing is split. */
	span = mspdi_working(m, counting(m, t, by_work), t->start, t->finish);
	if (span <= t->duration)
		return;
	vec_init(&gaps, sizeof(struct span));
	find_all_gaps(m, t, by_work, &gaps);
	if (!gaps.len && t->percent > 0 && t->percent < 100 && t->resume != MOMENT_NONE &&
	    t->stop != MOMENT_NONE && t->resume > t->stop && t->stop >= t->start && t->resume <= t->finish) {
		struct span gap = { t->stop, t->resume };

		if (mspdi_working(m, counting(m, t, by_work), gap.from, gap.to) > 0)
			vec_append(&gaps, &gap);
	}
	strbuf_init(&text);
	for (size_t i = 0; i < gaps.len; i++)
		add_gap(&text, ((struct span *)gaps.items)[i]);
	import_put(s, "interruptions", strbuf_slice(&text));
	strbuf_release(&text);
	vec_release(&gaps);
}
