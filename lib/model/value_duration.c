/*
 * Durations and effort: NUMBER UNIT, or three of them for an estimate, "3d/5d/10d" or "3/5/10d".
 *
 * Working units follow the project (units), elapsed ones (eh, ed, …) are clock time. Everything
 * becomes whole minutes, rounded half away from zero: 0.3333d is 160 min. The limit, ten thousand
 * years, keeps sums of a million tasks far from overflow.
 */
#include "model/value_scan.h"

#include <string.h>

#define DURATION_LIMIT ((int64_t)10000 * 366 * MINUTES_PER_DAY)

#define EXPECTED N_("a number and a unit such as 30min, 4h, 5d, 2w, 3mo, or 3ed (elapsed)")

void units_default(struct units *units)
{
	*units = (struct units){ 480, 2400, 9600, "CNY" };
}

bool units_equal(const struct units *a, const struct units *b)
{
	return a->minutes_per_day == b->minutes_per_day && a->minutes_per_week == b->minutes_per_week &&
	       a->minutes_per_month == b->minutes_per_month && strcmp(a->currency, b->currency) == 0;
}

int64_t estimate_mean(const struct estimate *estimate)
{
	int64_t sum = estimate->optimistic + 4 * estimate->likely + estimate->pessimistic;

	if (!estimate->three_point)
		return estimate->likely;
	return (sum + (sum < 0 ? -3 : 3)) / 6;
}

/* Minutes of a unit, 0 when there is none of that name. */
static int64_t unit_minutes(struct slice word, const struct units *units, bool *elapsed)
{
	static const struct {
		const char *name;
		int64_t minutes;
	} clock[] = { { "min", 1 }, { "h", 60 }, { "d", 1440 }, { "w", 10080 }, { "mo", 43200 } };
	const int64_t working[] = { 1, 60, units->minutes_per_day, units->minutes_per_week,
		units->minutes_per_month };

	*elapsed = word.len > 1 && word.at[0] == 'e';
	if (*elapsed)
		word = slice_from(word, 1);
	for (size_t i = 0; i < sizeof(clock) / sizeof(clock[0]); i++)
		if (slice_is(word, clock[i].name))
			return *elapsed ? clock[i].minutes : working[i];
	return 0;
}

/* One of the numbers of a value, with its unit when it has one. */
struct amount {
	decimal_t number;
	int64_t unit; /* minutes; 0: none written */
	bool elapsed;
	struct slice text;
};

static int amount_scan(struct scan *scan, const struct units *units, struct amount *out)
{
	struct slice start = scan->rest, word;
	struct scan ahead;

	if (scan_decimal(scan, &out->number, EXPECTED))
		return -1;
	ahead = *scan;
	scan_blanks(&ahead);
	word = scan_letters(&ahead);
	out->unit = 0;
	out->elapsed = false;
	if (word.len) {
		out->unit = unit_minutes(word, units, &out->elapsed);
		if (!out->unit)
			return scan_fault(scan, "value-unit",
				N_("a unit: min, h, d, w, mo, or emin, eh, ed, ew, emo for elapsed "
				   "time"),
				word);
		*scan = ahead;
	}
	out->text = slice_new(start.at, (size_t)(scan->rest.at - start.at));
	return 0;
}

static int amount_minutes(const struct scan *scan, const struct amount *amount, int64_t *minutes)
{
	int64_t whole;

	if (!amount->unit && amount->number)
		return scan_fault(scan, "value-unit",
			N_("a unit behind the number: min, h, d, w, mo, or eh, ed for elapsed "
			   "time"),
			amount->text);
	whole = decimal_scale(amount->number, amount->unit, DECIMAL_ONE);
	if (whole > DURATION_LIMIT || whole < -DURATION_LIMIT)
		return scan_fault(
			scan, "value-range", N_("at most ten thousand years"), amount->text);
	*minutes = whole;
	return 0;
}

int duration_scan_one(struct scan *scan, const struct units *units, struct duration *out)
{
	struct amount amount;

	if (amount_scan(scan, units, &amount) || amount_minutes(scan, &amount, &out->minutes))
		return -1;
	out->elapsed = amount.elapsed;
	return 0;
}

/* "3/5/10d": a number without a unit takes the one behind it. */
static int three_points(struct scan *scan, struct amount *amounts, struct estimate *out)
{
	int64_t minutes[3] = { 0 };

	for (int i = 1; i >= 0; i--)
		if (!amounts[i].unit) {
			amounts[i].unit = amounts[i + 1].unit;
			amounts[i].elapsed = amounts[i + 1].elapsed;
		}
	for (int i = 0; i < 3; i++) {
		if (amount_minutes(scan, &amounts[i], &minutes[i]))
			return -1;
		if (amounts[i].elapsed != amounts[0].elapsed)
			return scan_fault(scan, "value-unit",
				N_("three values of one sort: all working time or all elapsed"),
				amounts[i].text);
		if (i && minutes[i] < minutes[i - 1])
			return scan_fault(scan, "value-order",
				N_("optimistic/most likely/pessimistic in ascending order"),
				amounts[i].text);
	}
	*out = (struct estimate){ minutes[0], minutes[1], minutes[2], true, amounts[0].elapsed };
	return 0;
}

int duration_scan(struct scan *scan, const struct units *units, struct estimate *out)
{
	struct amount amounts[3];
	int64_t minutes;
	int count = 0;

	scan_blanks(scan);
	do {
		scan_blanks(scan);
		if (amount_scan(scan, units, &amounts[count++]))
			return -1;
		scan_blanks(scan);
	} while (count < 3 && scan_char(scan, '/'));
	if (!scan_done(scan) || count == 2)
		return scan_fault_here(scan, "value-syntax",
			N_("one value such as 5d or three such as 3d/5d/10d"));
	if (count == 3)
		return three_points(scan, amounts, out);
	if (amount_minutes(scan, &amounts[0], &minutes))
		return -1;
	*out = (struct estimate){ minutes, minutes, minutes, false, amounts[0].elapsed };
	return 0;
}

int duration_parse(struct slice text, const struct units *units, struct estimate *out,
	struct value_fault *fault)
{
	struct scan scan = scan_new(text, fault);

	return duration_scan(&scan, units, out);
}

void duration_print(int64_t minutes, bool elapsed, const struct units *units, struct strbuf *out)
{
	int64_t day = elapsed ? MINUTES_PER_DAY : units->minutes_per_day;
	const char *mark = elapsed ? "e" : "";

	if (day > 0 && minutes % day == 0)
		strbuf_addf(out, "%lld%sd", (long long)(minutes / day), mark);
	else if (minutes % 60 == 0)
		strbuf_addf(out, "%lld%sh", (long long)(minutes / 60), mark);
	else if (minutes % 30 == 0)
		strbuf_addf(out, "%s%lld.5%sh", minutes < 0 ? "-" : "",
			(long long)((minutes < 0 ? -minutes : minutes) / 60), mark);
	else
		strbuf_addf(out, "%lld%smin", (long long)minutes, mark);
}
