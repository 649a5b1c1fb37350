#include "model/kind.h"

#include <string.h>

static const struct {
	const char *name, *expected;
} types[TYPE_COUNT] = {
	[TYPE_TEXT] = { N_("text"), N_("text, in any number of lines") },
	[TYPE_LINE] = { N_("line"), N_("one line of text") },
	[TYPE_ID] = { N_("id"), N_("an id of letters, digits, '-', '_' and '.'") },
	[TYPE_REF] = { N_("reference"), N_("the id of a record, such as T-7") },
	[TYPE_REFS] = { N_("references"),
		N_("ids of records separated by commas or lines, such as T-7, T-9") },
	[TYPE_WORDS] = { N_("words"), N_("words separated by commas or lines") },
	[TYPE_LINES] = { N_("lines"), N_("one item a line") },
	[TYPE_DATE] = { N_("date"), N_("a date such as 2026-03-02") },
	[TYPE_DATETIME] = { N_("datetime"),
		N_("a date, with a time if wanted, such as 2026-03-02 14:00") },
	[TYPE_DURATION] = { N_("duration"),
		N_("a duration such as 4h, 5d, 2w, 3mo, 3ed (elapsed) or the estimate 3d/5d/10d") },
	[TYPE_EFFORT] = { N_("effort"),
		N_("an effort such as 4h, 30d, 3mo or the estimate 3d/5d/10d") },
	[TYPE_PERCENT] = { N_("percent"), N_("a percentage such as 50%") },
	[TYPE_NUMBER] = { N_("number"),
		N_("a number such as 12 or -0.5, with at most 4 decimals") },
	[TYPE_INTEGER] = { N_("integer"), N_("a whole number such as 12") },
	[TYPE_MONEY] = { N_("money"), N_("an amount such as 120000, 3500.50 USD or 12.5万") },
	[TYPE_RATE] = { N_("rate"), N_("a rate such as 800/h or 1500 CNY/d, with lines such as "
				       "'from 2026-07-01 900/h'") },
	[TYPE_ENUM] = { N_("word"), N_("one of the words the field knows") },
	[TYPE_YESNO] = { N_("yes or no"), N_("yes or no") },
	[TYPE_DEPENDENCIES] = { N_("dependencies"),
		N_("predecessors such as T-7, T-9 SS+2d, T-3 FF-1d or YB:T-12") },
	[TYPE_ALLOCATIONS] = { N_("allocations"), N_("people such as li.wei, li.wei 50%, crane x3, "
						     "@team x2, skill:k8s or li.wei|wang.fang") },
	[TYPE_HOURS] = { N_("weekly hours"),
		N_("weekly hours such as mon-fri 09:00-12:00 13:00-18:00, sat off") },
	[TYPE_DATES] = { N_("dates"),
		N_("dates, ranges or rules, one a line, such as 2026-02-16..2026-02-23 Spring Festival, yearly 05-01") },
	[TYPE_CONDITION] = { N_("condition"),
		N_("a condition such as status = doing and total_float < 2d") },
};

const char *type_name(enum field_type type)
{
	return types[type].name;
}

const char *type_expected(enum field_type type)
{
	return types[type].expected;
}

int word_index(const char *words, struct slice word)
{
	for (int i = 0; words; i++) {
		const char *end = strchr(words, '|');
		size_t len = end ? (size_t)(end - words) : strlen(words);

		if (len == word.len && memcmp(words, word.at, len) == 0)
			return i;
		words = end ? end + 1 : NULL;
	}
	return -1;
}
