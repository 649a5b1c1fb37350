/*
 * Values as people read them. One place for every format, so that all of them show the same text.
 */
#include "render/render-internal.h"

#include "base/alloc.h"
#include "base/utf8.h"

#include <string.h>

enum { MESSAGE_ARGUMENTS = 8 };

void message_fill(struct strbuf *out, const char *format, const char *const *arguments, size_t count)
{
	size_t next = 0;
	for (const char *at = format; *at; at++) {
		if (at[0] == '%' && at[1] == '%') {
			strbuf_add_char(out, '%');
			at++;
		} else if (at[0] == '%' && at[1] == 's') {
			if (next < count && arguments[next])
				strbuf_add_str(out, arguments[next]);
			next++;
			at++;
		} else if (at[0] == '%' && at[1] >= '1' && at[1] <= '9' && at[2] == '$' && at[3] == 's') {
			size_t index = (size_t)(at[1] - '1');
			if (index < count && arguments[index])
				strbuf_add_str(out, arguments[index]);
			at += 3;
		} else {
			strbuf_add_char(out, *at);
		}
	}
}

/* gettext's way of telling apart what is one word here and two elsewhere. */
#define NC_(context, text) context "\004" text

/* Words that mean one thing as a field's name and another as its value. */
static const struct {
	const char *word, *message;
} meanings[] = {
	/* TRANSLATORS: the severity of an issue; the field of a task has a message of its own. */
	{ "critical", NC_("value", "critical") },
};

const char *word_translate(struct slice word, struct strbuf *scratch)
{
	strbuf_reset(scratch);
	strbuf_add_slice(scratch, word);
	for (size_t i = 0; i < ARRAY_SIZE(meanings); i++) {
		const char *said = slice_is(word, meanings[i].word) ? _(meanings[i].message) : meanings[i].message;

		if (said != meanings[i].message)
			return said;
	}
	return scratch->len ? _(scratch->buf) : "";
}

const char *label_text(const char *message, const char *key)
{
	if (message && *message)
		return _(message);
	return key ? key : "";
}

void add_line(struct strbuf *out, struct slice text)
{
	if (utf8_is_line(text)) {
		strbuf_add_slice(out, text);
		return;
	}
	while (text.len) {
		size_t n = 0;
		while (n < text.len && text.at[n] != '\n' && text.at[n] != '\t' && text.at[n] != '\r')
			n++;
		utf8_add_safe(out, slice_new(text.at, n));
		if (n < text.len) {
			strbuf_add_char(out, ' ');
			n++;
		}
		text = slice_from(text, n);
	}
}

void add_grouped(struct strbuf *out, struct slice digits)
{
	if (digits.len && (digits.at[0] == '-' || digits.at[0] == '+')) {
		strbuf_add_char(out, digits.at[0]);
		digits = slice_from(digits, 1);
	}
	size_t whole = slice_find(digits, '.');
	for (size_t i = 0; i < digits.len; i++) {
		if (i && i < whole && (whole - i) % 3 == 0)
			strbuf_add_char(out, ',');
		strbuf_add_char(out, digits.at[i]);
	}
}

void ascii_signs(struct strbuf *out, size_t start)
{
	static const struct {
		const char *sign, *plain;
	} signs[] = { { "→", "->" }, { "↗", "^" }, { "↘", "v" }, { "…", "..." }, { "–", "-" }, { "×", "x" },
		{ "≤", "<=" }, { "≥", ">=" }, { "▁", "." }, { "▂", ":" }, { "▃", "-" }, { "▄", "=" }, { "▅", "+" },
		{ "▆", "*" }, { "▇", "#" }, { "█", "@" } };

	for (size_t at = start; at < out->len; at++) {
		struct slice rest = slice_from(strbuf_slice(out), at);

		if ((unsigned char)rest.at[0] < 0xc0)
			continue;
		for (size_t i = 0; i < ARRAY_SIZE(signs); i++) {
			if (!slice_starts(rest, signs[i].sign))
				continue;
			strbuf_remove(out, at, strlen(signs[i].sign));
			strbuf_insert(out, at, signs[i].plain, strlen(signs[i].plain));
			break;
		}
	}
}

date_t finish_date(moment_t finish)
{
	return moment_minute_of_day(finish) ? moment_date(finish) : moment_date(finish) - 1;
}

bool cell_is_number(const struct cell *cell)
{
	switch (cell->type) {
	case CELL_DURATION: case CELL_MONEY: case CELL_PERCENT: case CELL_NUMBER: case CELL_INTEGER:
		return true;
	default:
		return false;
	}
}

const char *tone_mark(enum tone tone, bool ascii)
{
	switch (tone) {
	case TONE_GOOD:  return ascii ? "+" : "✓";
	case TONE_WATCH: return "!";
	case TONE_BAD:   return ascii ? "x" : "✗";
	default:         return NULL;
	}
}

const char *month_name(int month)
{
	static const char *const names[] = { N_("Jan"), N_("Feb"), N_("Mar"), N_("Apr"), N_("May"), N_("Jun"),
		N_("Jul"), N_("Aug"), N_("Sep"), N_("Oct"), N_("Nov"), N_("Dec") };
	return _(names[(month + 11) % 12]);
}

/* Tenths without a trailing .0, written from the end of the room backwards. */
static const char *tenths_text(int64_t tenths, char room[24])
{
	char *at = room + 23;
	int64_t whole = tenths / 10;
	*at = '\0';
	if (tenths % 10) {
		*--at = (char)('0' + tenths % 10);
		*--at = '.';
	}
	do
		*--at = (char)('0' + whole % 10);
	while ((whole /= 10) > 0);
	return at;
}

/* "%s" with a number that has at most one fractional digit; half away from zero. */
static void add_quantity(struct strbuf *out, const char *format, int64_t value, int64_t unit)
{
	char room[24];
	const char *argument = tenths_text((value * 10 + unit / 2) / unit, room);
	message_fill(out, format, &argument, 1);
}

static const struct render_words english_words = { .day = N_("%sd"), .hour = N_("%sh"), .minute = N_("%smin"),
	.elapsed_day = N_("%sed"), .elapsed_hour = N_("%seh"), .elapsed_minute = N_("%semin"), .yes = N_("yes"), .no = N_("no") };
const struct render_options render_english = { .words = &english_words, .english = true };

void render_words_init(struct render_words *words)
{
	const struct render_words *e = &english_words;

	*words = (struct render_words){ .day = _(e->day), .hour = _(e->hour), .minute = _(e->minute),
		.elapsed_day = _(e->elapsed_day), .elapsed_hour = _(e->elapsed_hour), .elapsed_minute = _(e->elapsed_minute),
		.yes = _(e->yes), .no = _(e->no) };
}

/* The words of this document, or found anew for a cell on its own. */
static const struct render_words *words_of(const struct render_options *options, struct render_words *own)
{
	if (options->words)
		return options->words;
	render_words_init(own);
	return own;
}

/* Minutes below an hour, hours below a day, then days: 5d, 1.5h, 12.3d. */
static void add_duration(struct strbuf *out, const struct cell *cell, const struct units *units,
	const struct render_options *options)
{
	struct render_words own;
	const struct render_words *words = words_of(options, &own);
	int64_t day = cell->elapsed ? MINUTES_PER_DAY : units->minutes_per_day;
	if (cell->text.len) {
		add_line(out, cell->text);
		return;
	}
	if (cell->number < 0)
		strbuf_add_char(out, '-');
	else if (cell->sign && cell->number > 0)
		strbuf_add_char(out, '+');
	int64_t minutes = cell->number < 0 ? -(cell->number + 1) + 1 : cell->number;
	if (minutes > INT64_MAX / 16)
		minutes = INT64_MAX / 16;
	if (day <= 0)
		day = MINUTES_PER_DAY;
	if (minutes >= day || minutes == 0)
		add_quantity(out, cell->elapsed ? words->elapsed_day : words->day, minutes, day);
	else if (minutes >= 60)
		add_quantity(out, cell->elapsed ? words->elapsed_hour : words->hour, minutes, 60);
	else
		add_quantity(out, cell->elapsed ? words->elapsed_minute : words->minute, minutes, 1);
}

static void add_decimal(struct strbuf *out, decimal_t value, int digits, bool sign)
{
	struct strbuf text;
	strbuf_init(&text);
	if (sign && value > 0)
		strbuf_add_char(&text, '+');
	decimal_print(&text, value, digits);
	add_grouped(out, strbuf_slice(&text));
	strbuf_release(&text);
}

/* 万 and 亿 with at most two fractional digits, when asked for and the amount is that large. */
static bool add_chinese_units(struct strbuf *out, decimal_t amount)
{
	const int64_t wan = 10000, yi = 100000000;
	int64_t whole = amount / DECIMAL_ONE;
	int64_t size = whole < 0 ? -whole : whole;
	if (size < wan)
		return false;
	int64_t unit = size >= yi ? yi : wan;
	decimal_t scaled = decimal_scale(amount, 1, unit);
	decimal_t rounded = decimal_scale(scaled, 1, 100) * 100;
	add_decimal(out, rounded, 0, false);
	strbuf_add_str(out, unit == yi ? "亿" : "万");
	return true;
}

static void add_money(struct strbuf *out, const struct cell *cell, const struct render_options *options)
{
	decimal_t amount = decimal_scale(cell->money.amount, 1, 100) * 100; /* people read whole cents */
	if (cell->sign && amount > 0)
		strbuf_add_char(out, '+');
	if (!options->chinese_units || !add_chinese_units(out, amount))
		add_decimal(out, amount, amount % DECIMAL_ONE ? 2 : 0, false);
	if (cell->money.currency[0])
		strbuf_addf(out, " %.3s", cell->money.currency);
}

/* People read two fractional digits of a percentage at most. */
static void add_percent(struct strbuf *out, const struct cell *cell)
{
	decimal_t rounded = decimal_scale(cell->number, 1, 100) * 100;
	add_decimal(out, rounded, 0, cell->sign);
	strbuf_add_str(out, " %");
}

static void add_moment(struct strbuf *out, moment_t moment)
{
	char text[CIVIL_TEXT];
	if (moment_minute_of_day(moment))
		strbuf_add_str(out, moment_print(moment, text));
	else
		strbuf_add_str(out, date_print(moment_date(moment), text));
}

static void add_ref(struct strbuf *out, const struct cell *cell)
{
	add_line(out, cell->text);
	if (cell->title.len && cell->text.len)
		strbuf_add_char(out, ' ');
	add_line(out, cell->title);
}

static void add_items(struct strbuf *out, const struct cell *cell, const struct units *units,
	const struct render_options *options)
{
	for (size_t i = 0; i < cell->item_count; i++) {
		if (i)
			strbuf_add_str(out, ", ");
		render_cell(&cell->items[i], units, options, out);
	}
}

static void add_word(struct strbuf *out, struct slice word, const struct render_options *options)
{
	struct strbuf scratch;
	if (options->english) {
		add_line(out, word);
		return;
	}
	strbuf_init(&scratch);
	add_line(out, slice_of(word_translate(word, &scratch)));
	strbuf_release(&scratch);
}

/* Arguments that are values are printed first, one behind the other, each with its NUL. */
static void fill_values(struct strbuf *out, const char *message, const struct cell *cell, const struct units *units,
	const struct render_options *options)
{
	const char *arguments[MESSAGE_ARGUMENTS] = { NULL };
	size_t starts[MESSAGE_ARGUMENTS], count = cell->item_count < MESSAGE_ARGUMENTS ? cell->item_count : MESSAGE_ARGUMENTS;
	struct strbuf values;
	strbuf_init(&values);
	for (size_t i = 0; i < count; i++) {
		starts[i] = values.len;
		render_cell(&cell->items[i], units, options, &values);
		strbuf_add_char(&values, '\0');
	}
	for (size_t i = 0; i < count; i++)
		arguments[i] = values.buf + starts[i];
	message_fill(out, message, arguments, count);
	strbuf_release(&values);
}

void cell_message_text(struct strbuf *out, const struct cell *cell, const struct units *units,
	const struct render_options *options)
{
	const char *message = options->english ? cell->message : _(cell->message);
	if (cell->item_count)
		fill_values(out, message, cell, units, options);
	else
		message_fill(out, message, cell->arguments, cell->arguments ? CELL_ARGUMENTS : 0);
}

static void add_message(struct strbuf *out, const struct cell *cell, const struct units *units,
	const struct render_options *options)
{
	struct strbuf text;
	strbuf_init(&text);
	cell_message_text(&text, cell, units, options);
	utf8_add_safe(out, strbuf_slice(&text));
	strbuf_release(&text);
}

static void add_yesno(struct strbuf *out, const struct cell *cell, const struct render_options *options)
{
	struct render_words own;
	const struct render_words *words = words_of(options, &own);
	strbuf_add_str(out, cell->number ? words->yes : words->no);
}

static void add_value(const struct cell *cell, const struct units *units, const struct render_options *options,
	struct strbuf *out)
{
	char date[CIVIL_TEXT];
	switch (cell->type) {
	case CELL_NONE:                                                                  break;
	case CELL_TEXT:     add_line(out, cell->text);                                   break;
	case CELL_MESSAGE:  add_message(out, cell, units, options);                      break;
	case CELL_WORD:     add_word(out, cell->text, options);                          break;
	case CELL_REF:      add_ref(out, cell);                                          break;
	case CELL_DATE:     strbuf_add_str(out, date_print((date_t)cell->number, date)); break;
	case CELL_MOMENT:   add_moment(out, cell->number);                               break;
	case CELL_START:    strbuf_add_str(out, date_print(moment_date(cell->number), date)); break;
	case CELL_FINISH:   strbuf_add_str(out, date_print(finish_date(cell->number), date)); break;
	case CELL_DURATION: add_duration(out, cell, units, options);                     break;
	case CELL_MONEY:    add_money(out, cell, options);                               break;
	case CELL_PERCENT:  add_percent(out, cell);                                      break;
	case CELL_NUMBER:   add_decimal(out, cell->number, 0, cell->sign);               break;
	case CELL_INTEGER:
		strbuf_addf(out, cell->sign ? "%+lld" : "%lld", (long long)cell->number);
		break;
	case CELL_YESNO:    add_yesno(out, cell, options);                              break;
	case CELL_LIST:     add_items(out, cell, units, options);                        break;
	}
}

void render_cell(const struct cell *cell, const struct units *units, const struct render_options *options,
	struct strbuf *out)
{
	size_t start = out->len;

	add_value(cell, units, options, out);
	if (options->ascii)
		ascii_signs(out, start);
}
