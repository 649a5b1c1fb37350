#include "base/utf8.h"
#include "model/value_scan.h"

static void list_print(const struct value *value, struct strbuf *out)
{
	const char *separator = value->type == TYPE_LINES ? "\n" : ", ";

	for (size_t i = 0; i < value->as.list.count; i++) {
		strbuf_add_str(out, i ? separator : "");
		strbuf_add_slice(out, value->as.list.items[i]);
	}
}

static void when_print(const struct value *value, struct strbuf *out)
{
	char text[CIVIL_TEXT];

	if (value->type == TYPE_DATETIME && value->as.when.has_time)
		strbuf_add_str(out, moment_print(value->as.when.moment, text));
	else
		strbuf_add_str(out, date_print(moment_date(value->as.when.moment), text));
}

static void estimate_print(
	const struct estimate *estimate, const struct units *units, struct strbuf *out)
{
	duration_print(estimate->optimistic, estimate->elapsed, units, out);
	if (!estimate->three_point)
		return;
	strbuf_add_char(out, '/');
	duration_print(estimate->likely, estimate->elapsed, units, out);
	strbuf_add_char(out, '/');
	duration_print(estimate->pessimistic, estimate->elapsed, units, out);
}

static void links_print(const struct value *value, const struct units *units, struct strbuf *out)
{
	bool depends = value->type == TYPE_DEPENDENCIES;
	size_t count = depends ? value->as.dependencies.count : value->as.allocations.count;

	for (size_t i = 0; i < count; i++) {
		strbuf_add_str(out, i ? ", " : "");
		if (depends)
			dependency_print(&value->as.dependencies.items[i], units, out);
		else
			allocation_print(&value->as.allocations.items[i], units, out);
	}
}

void value_print(const struct value *value, const struct units *units, struct strbuf *out)
{
	switch (value->type) {
	case TYPE_TEXT:
	case TYPE_LINE:
	case TYPE_ID:
	case TYPE_REF:
	case TYPE_ENUM:
	case TYPE_CONDITION: strbuf_add_slice(out, value->as.text); break;
	case TYPE_REFS:
	case TYPE_WORDS:
	case TYPE_LINES: list_print(value, out); break;
	case TYPE_DATE:
	case TYPE_DATETIME: when_print(value, out); break;
	case TYPE_DURATION:
	case TYPE_EFFORT: estimate_print(&value->as.estimate, units, out); break;
	case TYPE_PERCENT:
		decimal_print(out, value->as.number, 0);
		strbuf_add_char(out, '%');
		break;
	case TYPE_NUMBER: decimal_print(out, value->as.number, 0); break;
	case TYPE_INTEGER: strbuf_addf(out, "%lld", (long long)value->as.integer); break;
	case TYPE_MONEY: money_print(&value->as.money, out); break;
	case TYPE_RATE: rate_print(value, out); break;
	case TYPE_YESNO: strbuf_add_str(out, value->as.yes ? "yes" : "no"); break;
	case TYPE_DEPENDENCIES:
	case TYPE_ALLOCATIONS: links_print(value, units, out); break;
	case TYPE_HOURS: hours_print(value->as.hours, out); break;
	case TYPE_DATES: dates_print(value, out); break;
	case TYPE_COUNT: break;
	}
}
