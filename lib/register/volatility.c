#include "register/volatility.h"

#include "base/arena.h"
#include "base/map.h"

static date_t month_of(moment_t when)
{
	struct civil civil = civil_from_date(moment_date(when));

	return date_from_civil(civil.year, civil.month, 1);
}

bool volatility_counts(struct slice field)
{
	return word_index("title|text|description|type|parent|priority|acceptance", field) >= 0;
}

/* What happened to a requirement within a month, together. */
enum { ADDED = 1, CHANGED = 2, REMOVED = 4 };

struct counting {
	struct arena arena;
	struct map seen; /* "months since 1970 id" → bits */
	struct volatility_month *months;
	size_t count;
};

static size_t month_index(const struct counting *c, date_t month)
{
	struct civil first = civil_from_date(c->months[0].first), then = civil_from_date(month);

	return (size_t)((then.year - first.year) * 12 + then.month - first.month);
}

static void note_change(struct counting *c, moment_t when, const struct history_change *change)
{
	size_t at = month_index(c, month_of(when));
	struct slice key = slice_of(arena_printf(&c->arena, "%zu %.*s", at, (int)change->id.len, change->id.at));
	uintptr_t bits = 0;

	if (at >= c->count || change->action == HISTORY_RENAMED ||
		(change->action == HISTORY_CHANGED && !volatility_counts(change->field)))
		return;
	map_get(&c->seen, key, &bits);
	bits |= change->action == HISTORY_ADDED ? ADDED : change->action == HISTORY_REMOVED ? REMOVED : CHANGED;
	map_put(&c->seen, key, bits);
}

static void sum_up(struct counting *c)
{
	for (size_t i = 0; i < c->seen.len; i++) {
		const struct map_entry *entry = &c->seen.entries[i];
		struct slice text = entry->key;
		size_t at = 0;

		for (size_t k = 0; k < text.len && text.at[k] != ' '; k++)
			at = at * 10 + (size_t)(text.at[k] - '0');
		c->months[at].added += entry->value & ADDED ? 1 : 0;
		c->months[at].removed += entry->value & REMOVED ? 1 : 0;
		c->months[at].changed += entry->value == CHANGED;
	}
}

/* One added and removed within the month cancels out; numbers below zero cannot be (a cut history could say so). */
static void walk_back(struct counting *c, size_t present)
{
	size_t number = present;

	for (size_t i = c->count; i-- > 0;) {
		struct volatility_month *month = &c->months[i];
		size_t before = number + month->removed;

		number = before > month->added ? before - month->added : 0;
		month->at_start = number;
		month->share = DECIMAL_NONE;
		if (number)
			month->share = decimal_scale(decimal_from_integer(100),
				(int64_t)(month->added + month->changed + month->removed), (int64_t)number);
	}
}

static moment_t entry_time(const struct history_entry *entry, moment_t now)
{
	return entry->commit.when == MOMENT_NONE ? now : entry->commit.when;
}

static date_t oldest_month(const struct vec *entries, moment_t now)
{
	const struct history_entry *items = entries->items;
	date_t oldest = month_of(now);

	for (size_t i = 0; i < entries->len; i++)
		if (month_of(entry_time(&items[i], now)) < oldest)
			oldest = month_of(entry_time(&items[i], now));
	return oldest;
}

/* What came after the last month is not of its end. */
static size_t without(size_t present, const struct history_change *change)
{
	if (change->action == HISTORY_REMOVED)
		return present + 1;
	return change->action == HISTORY_ADDED && present ? present - 1 : present;
}

void volatility_read(const struct vec *entries, size_t present, moment_t now, struct vec *months)
{
	const struct history_entry *items = entries->items;
	struct counting c = { 0 };
	moment_t end = moment_from_date(date_add_months(month_of(now), 1));

	if (!entries->len)
		return;
	for (date_t month = oldest_month(entries, now); month <= month_of(now); month = date_add_months(month, 1))
		((struct volatility_month *)vec_push(months))->first = month;
	arena_init(&c.arena);
	map_init(&c.seen);
	c.months = months->items;
	c.count = months->len;
	for (size_t i = 0; i < entries->len; i++)
		for (size_t k = 0; k < items[i].commit.change_count; k++) {
			const struct history_change *change = &items[i].commit.changes[k];
			moment_t when = entry_time(&items[i], now);

			note_change(&c, when, change);
			if (when >= end)
				present = without(present, change);
		}
	sum_up(&c);
	walk_back(&c, present);
	map_release(&c.seen);
	arena_release(&c.arena);
}
