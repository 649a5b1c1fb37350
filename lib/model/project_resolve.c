/*
 * Shortened ids: exact, then the number alone ("12" for T-12), then a prefix of the id or of what
 * follows the kind's prefix ("k7q" for CR-k7q4x), then, where asked for, a prefix of the title. The
 * first that fits anything decides.
 */
#include "base/utf8.h"
#include "model/project-internal.h"

enum fit { FIT_NUMBER, FIT_PREFIX, FIT_TITLE, FIT_COUNT };

struct resolving {
	const struct kind *kind;
	struct slice word;  /* folded */
	struct slice after; /* the folded kind prefix and '-', or empty */
	struct arena *arena;
};

static bool starts_with(struct slice text, struct slice prefix)
{
	return text.len >= prefix.len && slice_equal(slice_new(text.at, prefix.len), prefix);
}

static struct slice without_zeros(struct slice digits)
{
	while (digits.len > 1 && digits.at[0] == '0')
		digits = slice_from(digits, 1);
	return digits;
}

static bool fits(const struct resolving *resolving, const struct record *record, enum fit fit)
{
	struct slice tail = record->folded;

	if (fit == FIT_TITLE) {
		struct slice title;
		return record_text(record, "title", &title) &&
		       starts_with(id_fold(title, resolving->arena), resolving->word);
	}
	bool prefixed = resolving->after.len > 0 && starts_with(tail, resolving->after);
	if (prefixed)
		tail = slice_from(tail, resolving->after.len);
	if (fit == FIT_NUMBER)
		return prefixed && slice_equal(tail, without_zeros(resolving->word));
	return starts_with(record->folded, resolving->word) ||
	       (prefixed && starts_with(tail, resolving->word));
}

static struct record *resolve(const struct project *project, const struct resolving *resolving,
	enum fit fit, struct vec *candidates, size_t *count)
{
	struct record *record, *first = NULL;

	*count = 0;
	FOREACH_RECORD(project, resolving->kind, record)
	{
		bool again = first && slice_equal(record->folded,
					      first->folded); /* a journal's other sections */
		if (again || !fits(resolving, record, fit))
			continue;
		if (!first)
			first = record;
		if (candidates)
			vec_append(candidates, &record);
		++*count;
	}
	return first;
}

struct record *project_resolve(const struct project *project, const struct kind *kind,
	struct slice word, bool titles, struct vec *candidates)
{
	struct record *record = project_find(project, kind, word);
	struct arena arena;

	if (record || word.len == 0)
		return record;
	arena_init(&arena);
	struct resolving resolving = {
		.kind = kind, .word = id_fold(word, &arena), .arena = &arena
	};
	if (kind->prefix)
		resolving.after =
			id_fold(slice_of(arena_printf(&arena, "%s-", kind->prefix)), &arena);
	for (enum fit fit = FIT_NUMBER; fit < FIT_COUNT; fit++) {
		size_t count;
		if (fit == FIT_TITLE && !titles)
			break;
		record = resolve(project, &resolving, fit, candidates, &count);
		if (count > 0) {
			record = count == 1 ? record : NULL;
			break;
		}
	}
	arena_release(&arena);
	return record;
}
