/* Cells: one constructor a type, and any model value as the cell of its natural type. */
#include "base/strbuf.h"
#include "doc/doc.h"

#include <stdarg.h>
#include <string.h>

static struct cell cell_of(enum cell_type type, int64_t number)
{
	struct cell cell = { .type = type, .number = number };
	return cell;
}

struct cell cell_none(void)
{
	return cell_of(CELL_NONE, 0);
}

struct cell cell_text(struct arena *arena, struct slice text)
{
	struct cell cell = cell_of(CELL_TEXT, 0);
	cell.text = arena_slice(arena, text);
	return cell;
}

struct cell cell_message(const char *message)
{
	struct cell cell = cell_of(CELL_MESSAGE, 0);
	cell.message = message;
	cell.items = NULL;
	cell.item_count = 0;
	return cell;
}

struct cell cell_messagef(struct arena *arena, const char *message, ...)
{
	struct cell cell = cell_message(message);
	const char **arguments = arena_calloc(arena, CELL_ARGUMENTS, sizeof(*arguments));
	va_list args;
	va_start(args, message);
	for (size_t i = 0; i < CELL_ARGUMENTS; i++) {
		const char *argument = va_arg(args, const char *);
		if (!argument)
			break;
		arguments[i] = arena_strdup(arena, argument);
	}
	va_end(args);
	cell.arguments = arguments;
	return cell;
}

struct cell cell_message_of(struct arena *arena, const char *message, const struct cell *arguments, size_t count)
{
	struct cell cell = cell_list(arena, arguments, count);
	cell.type = CELL_MESSAGE;
	cell.message = message;
	return cell;
}

struct cell cell_word(struct arena *arena, struct slice word)
{
	struct cell cell = cell_of(CELL_WORD, 0);
	cell.text = arena_slice(arena, word);
	return cell;
}

struct cell cell_ref(struct arena *arena, struct slice id, struct slice title)
{
	struct cell cell = cell_of(CELL_REF, 0);
	cell.text = arena_slice(arena, id);
	cell.title = title.len && !slice_equal(title, id) ? arena_slice(arena, title) : slice_new(NULL, 0);
	return cell;
}

struct cell cell_date(date_t date)
{
	return date == DATE_NONE ? cell_none() : cell_of(CELL_DATE, date);
}

struct cell cell_moment(moment_t moment)
{
	return moment == MOMENT_NONE ? cell_none() : cell_of(CELL_MOMENT, moment);
}

struct cell cell_finish(moment_t moment)
{
	return moment == MOMENT_NONE ? cell_none() : cell_of(CELL_FINISH, moment);
}

struct cell cell_end(moment_t start, moment_t finish)
{
	struct cell cell = cell_finish(finish);
	if (start == finish && cell.type == CELL_FINISH)
		cell.type = CELL_START;
	return cell;
}

struct cell cell_duration(int64_t minutes)
{
	return cell_of(CELL_DURATION, minutes);
}

struct cell cell_money(struct money money)
{
	struct cell cell = cell_of(CELL_MONEY, 0);
	if (money.amount == DECIMAL_NONE)
		return cell_none();
	cell.money = money;
	return cell;
}

struct cell cell_percent(decimal_t percent)
{
	return percent == DECIMAL_NONE ? cell_none() : cell_of(CELL_PERCENT, percent);
}

struct cell cell_number(decimal_t number)
{
	return number == DECIMAL_NONE ? cell_none() : cell_of(CELL_NUMBER, number);
}

struct cell cell_integer(int64_t number)
{
	return cell_of(CELL_INTEGER, number);
}

struct cell cell_yesno(bool yes)
{
	return cell_of(CELL_YESNO, yes);
}

struct cell cell_list(struct arena *arena, const struct cell *items, size_t count)
{
	struct cell cell = cell_of(CELL_LIST, 0);
	cell.items = arena_calloc(arena, count, sizeof(*items));
	if (count)
		memcpy(cell.items, items, count * sizeof(*items));
	cell.item_count = count;
	return cell;
}

struct cell cell_toned(enum tone tone, struct cell cell)
{
	cell.tone = tone;
	return cell;
}

/* A value in its canonical text. */
static struct cell cell_printed(struct arena *arena, const struct value *value, const struct units *units)
{
	struct strbuf text;
	strbuf_init(&text);
	value_print(value, units, &text);
	struct cell cell = cell_text(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return cell;
}

static struct cell cell_slices(struct arena *arena, const struct value *value)
{
	struct cell cell = cell_list(arena, NULL, 0);
	size_t count = value->as.list.count;
	cell.items = arena_calloc(arena, count, sizeof(*cell.items));
	cell.item_count = count;
	for (size_t i = 0; i < count; i++) {
		struct slice item = value->as.list.items[i];
		cell.items[i] = value->type == TYPE_REFS ? cell_ref(arena, item, slice_of(NULL)) : cell_text(arena, item);
	}
	return cell;
}

/* Dependencies, allocations, date ranges: each item in its canonical text, printed as a list of one. */
static struct cell cell_items(struct arena *arena, const struct value *value, size_t count, const struct units *units)
{
	struct cell cell = cell_list(arena, NULL, 0);
	cell.items = arena_calloc(arena, count, sizeof(*cell.items));
	cell.item_count = count;
	for (size_t i = 0; i < count; i++) {
		struct value one = *value;
		if (value->type == TYPE_DEPENDENCIES) {
			one.as.dependencies.items += i;
			one.as.dependencies.count = 1;
		} else if (value->type == TYPE_ALLOCATIONS) {
			one.as.allocations.items += i;
			one.as.allocations.count = 1;
		} else {
			one.as.dates.items += i;
			one.as.dates.count = 1;
		}
		cell.items[i] = cell_printed(arena, &one, units);
	}
	return cell;
}

/* Machines get the mean in minutes; people read the three points as they were written. */
static struct cell cell_estimate(struct arena *arena, const struct value *value, const struct units *units)
{
	struct cell cell = cell_duration(estimate_mean(&value->as.estimate));
	cell.elapsed = value->as.estimate.elapsed;
	if (value->as.estimate.three_point)
		cell.text = cell_printed(arena, value, units).text;
	return cell;
}

static struct cell cell_money_resolved(struct money money, const struct units *units)
{
	if (!money.currency[0])
		memcpy(money.currency, units->currency, sizeof(money.currency));
	return cell_money(money);
}

struct cell cell_value(struct arena *arena, const struct value *value, const struct units *units)
{
	switch (value->type) {
	case TYPE_TEXT: case TYPE_LINE: case TYPE_ID: case TYPE_CONDITION:
		return cell_text(arena, value->as.text);
	case TYPE_REF:
		return cell_ref(arena, value->as.text, slice_of(NULL));
	case TYPE_ENUM:
		return cell_word(arena, value->as.text);
	case TYPE_REFS: case TYPE_WORDS: case TYPE_LINES:
		return cell_slices(arena, value);
	case TYPE_DATE:
		return cell_date(moment_date(value->as.when.moment));
	case TYPE_DATETIME:
		return value->as.when.has_time ? cell_moment(value->as.when.moment)
			: cell_date(moment_date(value->as.when.moment));
	case TYPE_DURATION: case TYPE_EFFORT:
		return cell_estimate(arena, value, units);
	case TYPE_PERCENT:
		return cell_percent(value->as.number);
	case TYPE_NUMBER:
		return cell_number(value->as.number);
	case TYPE_INTEGER:
		return cell_integer(value->as.integer);
	case TYPE_YESNO:
		return cell_yesno(value->as.yes);
	case TYPE_MONEY:
		return cell_money_resolved(value->as.money, units);
	case TYPE_DEPENDENCIES:
		return cell_items(arena, value, value->as.dependencies.count, units);
	case TYPE_ALLOCATIONS:
		return cell_items(arena, value, value->as.allocations.count, units);
	case TYPE_DATES:
		return cell_items(arena, value, value->as.dates.count, units);
	case TYPE_RATE:
		if (rate_is_number(value))
			return cell_number(value->as.rate.steps[0].amount.amount);
		break;
	case TYPE_HOURS: case TYPE_COUNT:
		break;
	}
	return cell_printed(arena, value, units);
}
