/*
 * Money and rates. An amount is a decimal, perhaps in 万 or 亿, and perhaps a currency: "12.5万",
 * "3500 USD", "500元". A rate is an amount per unit, with later ones from their dates on: "1500
 * CNY/d\nfrom 2026-07-01 1600 CNY/d".
 */
#include "model/value_scan.h"

#define EXPECTED N_("an amount such as 120000, 3500.50 USD or 12.5万, without thousands separators")

static int myriads(struct scan *scan, struct slice number, decimal_t *amount)
{
	int64_t factor = 1;

	if (scan_text(scan, "万"))
		factor *= 10000;
	if (scan_text(scan, "亿"))
		factor *= 100000000;
	if (__builtin_mul_overflow(*amount, factor, amount) || *amount == DECIMAL_NONE)
		return scan_fault(scan, "value-range", N_("a smaller amount"), number);
	return 0;
}

static bool is_currency(struct slice word)
{
	if (word.len != 3)
		return false;
	for (size_t i = 0; i < word.len; i++)
		if (word.at[i] < 'A' || word.at[i] > 'Z')
			return false;
	return true;
}

int money_scan(struct scan *scan, struct money *out)
{
	struct slice number, word;
	struct scan ahead;

	scan_blanks(scan);
	number = scan_peek_token(scan);
	*out = (struct money){ 0, "" };
	if (scan_decimal(scan, &out->amount, EXPECTED))
		return -1;
	ahead = *scan;
	scan_blanks(&ahead);
	if (myriads(&ahead, number, &out->amount))
		return -1;
	if (ahead.rest.at != scan->rest.at)
		*scan = ahead;
	ahead = *scan;
	scan_blanks(&ahead);
	if (scan_text(&ahead, "元")) {
		memcpy(out->currency, "CNY", 4);
		*scan = ahead;
		return 0;
	}
	word = scan_letters(&ahead);
	if (!word.len || slice_is(word, "from"))
		return 0;
	if (!is_currency(word))
		return scan_fault(scan, "value-syntax",
			N_("a currency of three capital letters such as CNY"), word);
	memcpy(out->currency, word.at, 3);
	*scan = ahead;
	return 0;
}

void money_print(const struct money *money, struct strbuf *out)
{
	decimal_print(out, money->amount, money->amount % DECIMAL_ONE ? 2 : 0);
	if (money->currency[0])
		strbuf_addf(out, " %s", money->currency);
}

static const struct {
	char per;
	const char *name;
} rate_units[] = { { 'm', "min" }, { 'h', "h" }, { 'd', "d" }, { 'w', "w" }, { 'M', "mo" },
	{ 'u', "unit" }, { 'f', "use" } };

static int rate_unit_scan(struct scan *scan, char *per)
{
	struct slice word;

	scan_blanks(scan);
	*per = 'f';
	if (!scan_char(scan, '/'))
		return 0;
	scan_blanks(scan);
	word = scan_letters(scan);
	for (size_t i = 0; i < sizeof(rate_units) / sizeof(rate_units[0]); i++)
		if (slice_is(word, rate_units[i].name)) {
			*per = rate_units[i].per;
			return 0;
		}
	if (!word.len)
		word = scan_peek_token(scan);
	return scan_fault(
		scan, "value-unit", N_("a unit of the rate: min, h, d, w, mo, unit or use"), word);
}

static int rate_from_scan(struct scan *scan, date_t *from)
{
	struct slice word;
	enum civil_fault fault;

	scan_blanks(scan);
	if (!scan_text(scan, "from"))
		return 0;
	scan_blanks(scan);
	word = scan_token(scan);
	fault = date_parse(word, from);
	if (fault == CIVIL_IMPOSSIBLE)
		return scan_fault(scan, "date-impossible", N_("a day that exists"), word);
	if (fault)
		return scan_fault(
			scan, "value-syntax", N_("a date such as 2026-07-01 behind 'from'"), word);
	return 0;
}

/* The date may stand before the amount or behind it. */
static int rate_step_scan(struct scan *scan, struct rate_step *out)
{
	out->from = DATE_NONE;
	if (rate_from_scan(scan, &out->from) || money_scan(scan, &out->amount) ||
		rate_unit_scan(scan, &out->per))
		return -1;
	if (out->from == DATE_NONE && rate_from_scan(scan, &out->from))
		return -1;
	if (!scan_done(scan))
		return scan_fault_here(scan, "value-syntax", N_("nothing more behind the rate"));
	return 0;
}

int rate_scan(struct scan *scan, struct arena *arena, struct value *out)
{
	size_t room = scan_count_items(scan->rest, ",\n"), count = 0;
	struct rate_step *steps = arena_calloc(arena, room, sizeof(*steps));
	struct scan item;
	int more;

	while ((more = scan_item(scan, &item)) > 0) {
		struct slice whole = item.rest;

		if (rate_step_scan(&item, &steps[count]))
			return -1;
		if (count && steps[count].from <= steps[count - 1].from)
			return scan_fault(scan, "value-order",
				N_("rates in the order of their dates"), whole);
		count++;
	}
	if (more < 0)
		return -1;
	if (!count)
		return scan_fault_here(scan, "value-syntax", type_expected(TYPE_RATE));
	out->as.rate.steps = steps;
	out->as.rate.count = count;
	return 0;
}

static void rate_step_print(const struct rate_step *step, struct strbuf *out)
{
	char date[CIVIL_TEXT];

	if (step->from != DATE_NONE)
		strbuf_addf(out, "from %s ", date_print(step->from, date));
	money_print(&step->amount, out);
	for (size_t i = 0; i < sizeof(rate_units) / sizeof(rate_units[0]); i++)
		if (rate_units[i].per == step->per && step->per != 'f')
			strbuf_addf(out, "/%s", rate_units[i].name);
}

bool rate_is_number(const struct value *value)
{
	const struct rate_step *step = value->as.rate.steps;

	return value->as.rate.count == 1 && step->from == DATE_NONE && step->per == 'f' && !step->amount.currency[0];
}

void rate_print(const struct value *value, struct strbuf *out)
{
	for (size_t i = 0; i < value->as.rate.count; i++) {
		if (i)
			strbuf_add_char(out, '\n');
		rate_step_print(&value->as.rate.steps[i], out);
	}
}
