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

/* "4x8h" is four people of 8 hours each; gives "8h". */
static struct slice without_count(struct slice word)
{
	size_t digits = 0;

	while (digits < word.len && word.at[digits] >= '0' && word.at[digits] <= '9')
		digits++;
	return digits > 0 && digits < word.len && word.at[digits] == 'x'
		       ? slice_from(word, digits + 1)
		       : word;
}

static int time_fault(struct slice line, const struct units *units, struct value_fault *fault)
{
	struct slice rest = line;
	struct estimate estimate;

	cut_word(&rest);
	struct slice time = without_count(cut_word(&rest));
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

static int sample_fault(struct slice line, struct value_fault *fault)
{
	struct slice rest = line, number = cut_word(&rest);
	decimal_t value;

	if (number.len > 1 && number.at[number.len - 1] == '%')
		number.len--;
	if (decimal_parse(number, &value) == DECIMAL_OK)
		return 0;
	*fault = (struct value_fault){ .id = "value-syntax",
		.expected = N_("a number, then perhaps a remark"),
		.found = number };
	return -1;
}

/* "fail zhang.min I-9 超时" */
static int run_fault(struct slice line, struct value_fault *fault)
{
	static const char results[] = "pass|fail|blocked|skipped";
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
