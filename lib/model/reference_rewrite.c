/*
 * Texts with references replaced or taken out, everything else as it stands.
 */
#include "model/reference.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct rewrite {
	const struct project *project;
	const struct record *old;
	struct slice text, new_id;
	struct strbuf *out;
	size_t done; /* bytes of text that are in out, or dropped */
	bool changed;
};

static void each(
	const struct referrer *referrer, struct slice text, reference_visit visit, void *context)
{
	if (referrer->field)
		reference_each(referrer->field, text, visit, context);
	else
		reference_each_in_entry(referrer->record->kind, text, visit, context);
}

static void replace_one(void *context, const struct reference *reference)
{
	struct rewrite *rewrite = context;

	if (reference_target(rewrite->project, reference) != rewrite->old)
		return;
	strbuf_add(rewrite->out, rewrite->text.at + rewrite->done, reference->at - rewrite->done);
	strbuf_add_slice(rewrite->out, rewrite->new_id);
	rewrite->done = reference->at + reference->id.len;
	rewrite->changed = true;
}

bool reference_replace(const struct project *project, const struct referrer *referrer,
	struct slice text, const struct record *old, struct slice new_id, struct strbuf *out)
{
	struct rewrite rewrite = { project, old, text, new_id, out, 0, false };

	each(referrer, text, replace_one, &rewrite);
	strbuf_add_slice(out, slice_from(text, rewrite.done));
	return rewrite.changed;
}

/* Takes [from, to) out with the separator behind it, or else the one in front. */
static void cut(struct rewrite *rewrite, size_t from, size_t to, const char *separators)
{
	struct slice text = rewrite->text;
	size_t end = to;

	while (end < text.len && is_blank(text.at[end]) && text.at[end] != '\n')
		end++;
	if (end < text.len &&
		slice_find(slice_of(separators), text.at[end]) < slice_of(separators).len) {
		end++;
		while (end < text.len && is_blank(text.at[end]) && text.at[end] != '\n')
			end++;
	} else {
		end = to; /* blanks there belong to what follows: the share behind alternatives */
		while (from > rewrite->done && is_blank(text.at[from - 1]) &&
			text.at[from - 1] != '\n')
			from--;
		if (from > rewrite->done && slice_find(slice_of(separators), text.at[from - 1]) <
						    slice_of(separators).len)
			from--;
	}
	strbuf_add(rewrite->out, text.at + rewrite->done, from - rewrite->done);
	rewrite->done = end;
	rewrite->changed = true;
}

static void drop_one(void *context, const struct reference *reference)
{
	struct rewrite *rewrite = context;
	bool alone = reference->alternative_at == reference->item_at;

	if (reference->loose) /* who said or tested it stays said */
		return;
	if (reference->item_at < rewrite->done ||
		reference_target(rewrite->project, reference) != rewrite->old)
		return;
	/* "li.wei|wang.fang 50%" without li.wei is "wang.fang 50%". */
	char behind = reference->alternative_end < rewrite->text.len
			      ? rewrite->text.at[reference->alternative_end]
			      : 0;
	if (!alone || behind == '|')
		cut(rewrite, reference->alternative_at, reference->alternative_end, "|");
	else
		cut(rewrite, reference->item_at, reference->item_end, ",\n");
}

/* A separator that is left at an end has nothing to separate. */
static void trim_separators(struct strbuf *out)
{
	size_t start = 0;

	while (out->len > 0 && (is_blank(out->buf[out->len - 1]) || out->buf[out->len - 1] == ','))
		strbuf_truncate(out, out->len - 1);
	while (start < out->len && (is_blank(out->buf[start]) || out->buf[start] == ','))
		start++;
	strbuf_remove(out, 0, start);
}

bool reference_drop(const struct project *project, const struct referrer *referrer,
	struct slice text, const struct record *old, struct strbuf *out)
{
	struct rewrite rewrite = { project, old, text, { NULL, 0 }, out, 0, false };

	if (!referrer->field || referrer->field->type != TYPE_CONDITION)
		each(referrer, text, drop_one, &rewrite);
	strbuf_add_slice(out, slice_from(text, rewrite.done));
	if (rewrite.changed)
		trim_separators(out);
	return rewrite.changed;
}
