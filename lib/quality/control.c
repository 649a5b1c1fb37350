#include "quality/control.h"

#include "base/alloc.h"
#include "base/i18n.h"

#include <math.h>

static const double d2 = 1.128;

static double value_at(const struct metric *m, size_t i)
{
	return decimal_to_double(m->samples[i].value);
}

static void find_limits(struct control *c, const struct metric *m)
{
	double sum = 0, ranges = 0;

	for (size_t i = 0; i < c->used; i++) {
		sum += value_at(m, i);
		if (i)
			ranges += fabs(value_at(m, i) - value_at(m, i - 1));
	}
	c->known = true;
	c->centre = sum / (double)c->used;
	c->mean_range = ranges / (double)(c->used - 1);
	c->sigma = c->mean_range / d2;
	c->lower = c->centre - 3 * c->sigma;
	c->upper = c->centre + 3 * c->sigma;
}

/* The points that end at `at`, in σ from the centre; sides are asked for with a sign. */
struct window {
	const struct metric *metric;
	const struct control *control;
	size_t at;
};

static double deviation(const struct window *w, size_t back)
{
	return (value_at(w->metric, w->at - back) - w->control->centre) / w->control->sigma;
}

/* How many of the last `count` points lie beyond `limit` σ on the side of `sign`. */
static size_t beyond(const struct window *w, size_t count, double limit, int sign)
{
	size_t found = 0;

	if (w->at + 1 < count)
		return 0;
	for (size_t i = 0; i < count; i++)
		found += sign * deviation(w, i) > limit;
	return found;
}

/* Steps in a row up (1) or down (-1) that end at the point. */
static size_t steps(const struct window *w, int sign)
{
	size_t count = 0;

	while (count < w->at && sign * (deviation(w, count) - deviation(w, count + 1)) > 0)
		count++;
	return count;
}

static bool alternates(const struct window *w)
{
	enum { LENGTH = 14 };

	if (w->at + 1 < LENGTH)
		return false;
	for (size_t i = 0; i + 2 < LENGTH; i++)
		if ((deviation(w, i) - deviation(w, i + 1)) * (deviation(w, i + 1) - deviation(w, i + 2)) >= 0)
			return false;
	return true;
}

/* The last `count` points are all within (or all beyond) 1 σ, whichever the side. */
static bool all_within(const struct window *w, size_t count, bool within)
{
	if (w->at + 1 < count)
		return false;
	for (size_t i = 0; i < count; i++)
		if ((fabs(deviation(w, i)) <= 1) != within)
			return false;
	return true;
}

/* Does the rule's pattern end here, on that side? Patterns of several points end with a point that is part of them. */
static bool matches(const struct window *w, int rule, int sign)
{
	switch (rule) {
	case 1: return sign * deviation(w, 0) > 3;
	case 2: return beyond(w, 9, 0, sign) == 9;
	case 3: return steps(w, sign) >= 5;
	case 4: return alternates(w) && sign * (deviation(w, 0) - deviation(w, 1)) > 0;
	case 5: return beyond(w, 3, 2, sign) >= 2 && sign * deviation(w, 0) > 2;
	case 6: return beyond(w, 5, 1, sign) >= 4 && sign * deviation(w, 0) > 1;
	case 7: return all_within(w, 15, true) && sign * deviation(w, 0) >= 0;
	case 8: return all_within(w, 8, false) && beyond(w, 8, 0, 1) % 8 != 0 && sign * deviation(w, 0) > 0;
	default: return false;
	}
}

static void find_signals(struct control *c, const struct metric *m)
{
	for (size_t at = 0; at < m->count; at++) {
		struct window window = { m, c, at };

		for (int rule = 1; rule <= CONTROL_RULES; rule++) {
			bool above = matches(&window, rule, 1);
			if (above || matches(&window, rule, -1))
				vec_append(&c->signals, &(struct control_signal){ at, rule, above });
		}
	}
}

void control_init(struct control *control, const struct metric *metric, moment_t until)
{
	*control = (struct control){ .used = metric->count };
	vec_init(&control->signals, sizeof(struct control_signal));
	if (until != MOMENT_NONE)
		for (control->used = 0; control->used < metric->count && metric->samples[control->used].when <= until;)
			control->used++;
	if (control->used < CONTROL_LEAST)
		return;
	find_limits(control, metric);
	/* A line without any movement has no limits to be beyond of. */
	if (control->sigma > 0)
		find_signals(control, metric);
}

void control_release(struct control *control)
{
	vec_release(&control->signals);
}

const char *control_rule_text(int rule)
{
	static const char *const texts[] = { N_("one point beyond 3 σ"), N_("nine in a row on one side of the centre"),
		N_("six in a row rising or falling"), N_("fourteen in a row up and down in turn"),
		N_("two of three beyond 2 σ on one side"), N_("four of five beyond 1 σ on one side"),
		N_("fifteen in a row within 1 σ"), N_("eight in a row beyond 1 σ, on both sides") };

	return texts[(rule - 1) % CONTROL_RULES];
}

bool control_is_signal(const struct control *control, size_t at)
{
	const struct control_signal *signals = control->signals.items;

	for (size_t i = 0; i < control->signals.len; i++)
		if (signals[i].at == at)
			return true;
	return false;
}
