/*
 * One order for sorting and conditions. Ids and words compare as people read them: runs of digits
 * by their number, so that T-9 stands before T-10; everything else by bytes, which for UTF-8 is
 * code point order.
 */
#include "model/value_scan.h"

static int order(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct slice digit_run(struct slice text, size_t at)
{
	struct slice run = slice_from(text, at);
	size_t len = 0;

	while (len < run.len && is_digit(run.at[len]))
		len++;
	return slice_new(run.at, len);
}

static int number_order(struct slice a, struct slice b)
{
	while (a.len > 1 && a.at[0] == '0')
		a = slice_from(a, 1);
	while (b.len > 1 && b.at[0] == '0')
		b = slice_from(b, 1);
	return a.len != b.len ? order((int64_t)a.len, (int64_t)b.len) : slice_compare(a, b);
}

static int natural_order(struct slice a, struct slice b)
{
	size_t i = 0, j = 0;

	while (i < a.len && j < b.len) {
		if (is_digit(a.at[i]) && is_digit(b.at[j])) {
			struct slice x = digit_run(a, i), y = digit_run(b, j);
			int by_number = number_order(x, y);

			if (by_number)
				return by_number;
			i += x.len;
			j += y.len;
		} else if (a.at[i] != b.at[j]) {
			return (unsigned char)a.at[i] < (unsigned char)b.at[j] ? -1 : 1;
		} else {
			i++;
			j++;
		}
	}
	if (i < a.len || j < b.len)
		return i < a.len ? 1 : -1;
	return slice_compare(a, b);
}

static int list_order(const struct value *a, const struct value *b)
{
	size_t common = a->as.list.count < b->as.list.count ? a->as.list.count : b->as.list.count;

	for (size_t i = 0; i < common; i++) {
		int by_item = natural_order(a->as.list.items[i], b->as.list.items[i]);

		if (by_item)
			return by_item;
	}
	return order((int64_t)a->as.list.count, (int64_t)b->as.list.count);
}

static int rate_order(const struct value *a, const struct value *b)
{
	if (!a->as.rate.count || !b->as.rate.count)
		return order((int64_t)a->as.rate.count, (int64_t)b->as.rate.count);
	return order(a->as.rate.steps[0].amount.amount, b->as.rate.steps[0].amount.amount);
}

static int dependency_order(const struct value *a, const struct value *b)
{
	for (size_t i = 0; i < a->as.dependencies.count && i < b->as.dependencies.count; i++) {
		int by_item = natural_order(
			a->as.dependencies.items[i].id, b->as.dependencies.items[i].id);

		if (by_item)
			return by_item;
	}
	return order((int64_t)a->as.dependencies.count, (int64_t)b->as.dependencies.count);
}

static int allocation_order(const struct value *a, const struct value *b)
{
	for (size_t i = 0; i < a->as.allocations.count && i < b->as.allocations.count; i++) {
		int by_item = natural_order(a->as.allocations.items[i].alternatives[0],
			b->as.allocations.items[i].alternatives[0]);

		if (by_item)
			return by_item;
	}
	return order((int64_t)a->as.allocations.count, (int64_t)b->as.allocations.count);
}

static int dates_order(const struct value *a, const struct value *b)
{
	if (!a->as.dates.count || !b->as.dates.count)
		return order((int64_t)a->as.dates.count, (int64_t)b->as.dates.count);
	return order(a->as.dates.items[0].from, b->as.dates.items[0].from);
}

int value_compare(const struct value *a, const struct value *b)
{
	switch (a->type) {
	case TYPE_TEXT:
	case TYPE_LINE:
	case TYPE_ID:
	case TYPE_REF:
	case TYPE_ENUM:
	case TYPE_CONDITION: return natural_order(a->as.text, b->as.text);
	case TYPE_REFS:
	case TYPE_WORDS:
	case TYPE_LINES: return list_order(a, b);
	case TYPE_DATE:
	case TYPE_DATETIME: return order(a->as.when.moment, b->as.when.moment);
	case TYPE_DURATION:
	case TYPE_EFFORT:
		return order(estimate_mean(&a->as.estimate), estimate_mean(&b->as.estimate));
	case TYPE_PERCENT:
	case TYPE_NUMBER: return order(a->as.number, b->as.number);
	case TYPE_INTEGER: return order(a->as.integer, b->as.integer);
	case TYPE_MONEY: return order(a->as.money.amount, b->as.money.amount);
	case TYPE_RATE: return rate_order(a, b);
	case TYPE_YESNO: return order(a->as.yes, b->as.yes);
	case TYPE_DEPENDENCIES: return dependency_order(a, b);
	case TYPE_ALLOCATIONS: return allocation_order(a, b);
	case TYPE_DATES: return dates_order(a, b);
	case TYPE_HOURS:
	case TYPE_COUNT: break;
	}
	return 0;
}
