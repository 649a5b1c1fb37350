/*
 * Journals: sections whose keys are dates, one entry a line. Sections of one id add up, so a
 * journal is the chain of its records (record->more).
 */
#include "model/journal-internal.h"
#include "model/project-internal.h"

static bool read_key(struct slice key, struct journal_line *line)
{
	return moment_parse(key, &line->when, &line->has_time) == CIVIL_OK;
}

static void read_lines(const struct entry *entry, struct journal_line *line,
	void (*visit)(void *context, const struct journal_line *line), void *context)
{
	struct slice rest = entry->text, text;

	while (slice_next(&rest, "\n", &text)) {
		if (text.len == 0)
			continue;
		size_t end = 0;
		while (end < text.len && text.at[end] != ' ' && text.at[end] != '\t')
			end++;
		line->text = text;
		line->what = slice_new(text.at, end);
		line->offset = (size_t)(text.at - entry->text.at);
		visit(context, line);
	}
}

void journal_each(const struct record *record,
	void (*line)(void *context, const struct journal_line *line), void *context)
{
	for (uint32_t i = 0; i < record->entry_count; i++) {
		const struct entry *entry = &record->entries[i];
		struct journal_line found = { .entry = entry };
		if (key_is_moment(record->kind, entry->key) && read_key(entry->key, &found))
			read_lines(entry, &found, line, context);
	}
}

static struct slice cut_word(struct slice *rest)
{
	struct slice text = slice_trim(*rest);
	size_t len = 0;

	while (len < text.len && text.at[len] != ' ' && text.at[len] != '\t')
		len++;
	*rest = slice_from(text, len);
	return slice_new(text.at, len);
}

/* "4x8h" is four people of 8 hours each; gives "8h", and the four. */
static struct slice without_count(struct slice word, int64_t *count)
{
	size_t digits = 0;
	int64_t number = 0;

	while (digits < word.len && digits < 6 && word.at[digits] >= '0' && word.at[digits] <= '9')
		number = number * 10 + (word.at[digits++] - '0');
	*count = 1;
	if (digits == 0 || digits >= word.len || word.at[digits] != 'x')
		return word;
	*count = number;
	return slice_from(word, digits + 1);
}

static int time_fault(struct slice line, const struct units *units, struct value_fault *fault)
{
	struct slice rest = line;
	struct estimate estimate;
	int64_t count;

	cut_word(&rest);
	struct slice time = without_count(cut_word(&rest), &count);
	if (time.len == 0) {
		*fault = (struct value_fault){ .offset = line.len,
			.id = "value-syntax",
			.expected = N_("a task and hours, as in T-12 6h"),
			.found = line };
		return -1;
	}
	if (duration_parse(time, units, &estimate, fault) == 0)
		return 0;
	fault->offset += (size_t)(time.at - line.at);
	return -1;
}

/* A sample's number, without its per cent sign. */
static struct slice cut_number(struct slice *rest)
{
	struct slice number = cut_word(rest);

	if (number.len > 1 && number.at[number.len - 1] == '%')
		number.len--;
	return number;
}

static int sample_fault(struct slice line, struct value_fault *fault)
{
	struct slice rest = line, number = cut_number(&rest);
	decimal_t value;

	if (decimal_parse(number, &value) == DECIMAL_OK)
		return 0;
	*fault = (struct value_fault){ .id = "value-syntax",
		.expected = N_("a number, then perhaps a remark"),
		.found = number };
	return -1;
}

static const char results[] = "pass|fail|blocked|skipped";

/* "fail zhang.min I-9 超时" */
static int run_fault(struct slice line, struct value_fault *fault)
{
	struct slice rest = line, result = cut_word(&rest);

	if (word_index(results, result) >= 0)
		return 0;
	*fault = (struct value_fault){ .id = "enum-unknown", .expected = results, .found = result };
	return -1;
}

int journal_line_fault(const struct kind *kind, struct slice line, const struct units *units,
	struct value_fault *fault)
{
	if (kind->entry == JOURNAL_TIME)
		return time_fault(line, units, fault);
	if (kind->entry == JOURNAL_SAMPLE)
		return sample_fault(line, fault);
	if (kind->entry == JOURNAL_RUN)
		return run_fault(line, fault);
	return 0;
}

static void split_time(struct slice line, const struct units *units, struct journal_parts *out)
{
	struct value_fault fault;
	struct estimate estimate;
	int64_t count;

	out->task = cut_word(&line);
	struct slice time = without_count(cut_word(&line), &count);
	out->has_minutes = time.len && duration_parse(time, units, &estimate, &fault) == 0;
	if (out->has_minutes)
		out->minutes = estimate.likely * count;
}

/* "li.wei: on Friday": who noted it. */
static void split_note(struct slice line, struct journal_parts *out)
{
	struct slice word = cut_word(&line);

	if (word.len > 1 && word.at[word.len - 1] == ':')
		out->who = slice_new(word.at, word.len - 1);
}

void journal_split(const struct kind *kind, struct slice line, const struct units *units, struct journal_parts *out)
{
	*out = (struct journal_parts){ .minutes = 0 };
	if (kind->entry == JOURNAL_TIME) {
		split_time(line, units, out);
	} else if (kind->entry == JOURNAL_SAMPLE) {
		out->value = cut_number(&line);
	} else if (kind->entry == JOURNAL_RUN) {
		out->result = cut_word(&line);
		out->who = cut_word(&line);
		if (slice_starts(out->who, "@"))
			out->who = slice_from(out->who, 1);
	} else if (kind->entry == JOURNAL_NOTE) {
		split_note(line, out);
	}
}
