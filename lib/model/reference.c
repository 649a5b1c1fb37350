#include "model/reference.h"

#include "base/utf8.h"
#include "model/project-internal.h"

enum { EXACT = 0, LOOSE = 1, FOREIGN = 2 };
enum { NEAREST_CANDIDATES = 20000 }; /* more ids than this are not compared for a hint */

struct reading {
	const char *kinds;
	struct slice text;
	reference_visit visit;
	void *context;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool reference_type(enum field_type type)
{
	return type == TYPE_REF || type == TYPE_REFS || type == TYPE_DEPENDENCIES || type == TYPE_ALLOCATIONS ||
	       type == TYPE_CONDITION;
}

static size_t offset_of(const struct reading *reading, struct slice part)
{
	return part.at ? (size_t)(part.at - reading->text.at) : 0;
}

static void found(const struct reading *reading, struct slice item, struct slice alternative, struct slice id,
	const char *kinds, unsigned how)
{
	struct reference reference = { .id = id,
		.kinds = kinds,
		.at = offset_of(reading, id),
		.loose = how & LOOSE,
		.foreign = how & FOREIGN };

	if (id.len == 0)
		return;
	reference.item_at = offset_of(reading, item);
	reference.item_end = reference.item_at + item.len;
	reference.alternative_at = offset_of(reading, alternative);
	reference.alternative_end = reference.alternative_at + alternative.len;
	reading->visit(reading->context, &reference);
}

static struct slice first_word(struct slice text)
{
	size_t len = 0;

	while (len < text.len && !is_blank(text.at[len]))
		len++;
	return slice_new(text.at, len);
}

static void read_dependency(const struct reading *reading, struct slice item)
{
	struct slice word = first_word(item);
	size_t colon = slice_find(word, ':');

	if (colon < word.len)
		found(reading, item, item, slice_from(word, colon + 1), reading->kinds, FOREIGN);
	else
		found(reading, item, item, word, reading->kinds, EXACT);
}

/* "li.wei|wang.fang 50%", "@backend x2", "skill:k8s": skills are no records. */
static void read_allocation(const struct reading *reading, struct slice item)
{
	size_t start = 0;

	while (start < item.len) {
		size_t end = start;
		while (end < item.len && item.at[end] != '|' && !is_blank(item.at[end]))
			end++;
		struct slice alternative = slice_new(item.at + start, end - start);
		if (slice_starts(alternative, "@"))
			found(reading, item, alternative, slice_from(alternative, 1), "team", EXACT);
		else if (!slice_starts(alternative, "skill:"))
			found(reading, item, alternative, alternative, "resource", EXACT);
		while (end < item.len && is_blank(item.at[end]))
			end++;
		if (end >= item.len || item.at[end] != '|')
			return;
		for (start = end + 1; start < item.len && is_blank(item.at[start]);)
			start++;
	}
}

static void read_list(const struct reading *reading, enum field_type type)
{
	struct slice rest = reading->text, item;

	while (slice_next(&rest, ",\n", &item)) {
		if (type == TYPE_DEPENDENCIES)
			read_dependency(reading, item);
		else if (type == TYPE_ALLOCATIONS)
			read_allocation(reading, item);
		else
			found(reading, item, item, item, reading->kinds, EXACT);
	}
}

/* A word, number or quoted text of a condition, or an operator. */
static struct slice next_token(struct slice *rest)
{
	static const char operators[] = "=!<>~:,()";
	size_t len = 0;

	while (rest->len > 0 && is_blank(rest->at[0]))
		*rest = slice_from(*rest, 1);
	if (rest->len == 0)
		return *rest;
	char first = rest->at[0];
	if (first == '"' || first == '\'') {
		for (len = 1; len < rest->len && rest->at[len] != first;)
			len++;
		len += len < rest->len;
	} else if (slice_find(slice_of(operators), first) < sizeof(operators) - 1) {
		len = 1;
	} else {
		while (len < rest->len && !is_blank(rest->at[len]) && rest->at[len] != '"' &&
		       slice_find(slice_of(operators), rest->at[len]) == sizeof(operators) - 1)
			len++;
	}
	struct slice token = slice_new(rest->at, len);
	*rest = slice_from(*rest, len);
	return token;
}

/* What a field of this name refers to in whichever kind has it: conditions may be about any kind. */
static const char *named_kinds(struct slice name, bool *refers)
{
	char text[INT8_MAX];

	*refers = slice_is(name, "under") || slice_is(name, "id");
	if (*refers || name.len == 0 || name.len >= sizeof(text))
		return slice_is(name, "under") ? "task" : NULL;
	for (size_t i = 0; i < name.len; i++)
		text[i] = name.at[i];
	text[name.len] = '\0';
	for (size_t k = 0; k < kinds_count; k++) {
		const struct field *field = kind_field_named(kinds_all[k], text);
		if (!field || !reference_type(field->type) || field->type == TYPE_CONDITION)
			continue;
		*refers = true;
		if (field->type == TYPE_ALLOCATIONS)
			return "resource|team";
		return field->type == TYPE_DEPENDENCIES ? "task" : field->of;
	}
	return NULL;
}

static bool joins_conditions(struct slice token)
{
	return slice_is(token, "and") || slice_is(token, "or") || slice_is(token, "not");
}

/* field = value, value and … : the values behind the operator of a field that refers to records. */
static void read_condition(const struct reading *reading)
{
	struct slice rest = reading->text, field = { NULL, 0 };
	const char *kinds = NULL;
	bool values = false, refers = false;

	for (struct slice token; (token = next_token(&rest)).len > 0;) {
		bool sign = token.len == 1 && slice_find(slice_of("=!<>~:"), token.at[0]) < 6;
		if (sign && !values) {
			kinds = named_kinds(field, &refers);
			values = true;
		} else if (joins_conditions(token) || token.at[0] == '(' || token.at[0] == ')') {
			values = false;
		} else if (values && refers && !sign && token.at[0] != ',') {
			bool quoted = token.len > 1 && (token.at[0] == '"' || token.at[0] == '\'');
			struct slice id = quoted ? slice_new(token.at + 1, token.len - 2) : token;
			if (slice_starts(id, "@"))
				id = slice_from(id, 1);
			found(reading, token, token, id, kinds, LOOSE);
		} else if (!values) {
			field = token;
		}
	}
}

void reference_each(const struct field *field, struct slice text, reference_visit visit, void *context)
{
	struct reading reading = { field->of, text, visit, context };

	switch (field->type) {
	case TYPE_REF: {
		struct slice id = slice_trim(text);
		found(&reading, id, id, id, field->of, EXACT);
		break;
	}
	case TYPE_DEPENDENCIES:
		reading.kinds = field->of ? field->of : "task";
		read_list(&reading, field->type);
		break;
	case TYPE_REFS:
	case TYPE_ALLOCATIONS: read_list(&reading, field->type); break;
	case TYPE_CONDITION: read_condition(&reading); break;
	default: break;
	}
}

static void read_entry_line(const struct reading *reading, enum journal_entry entry, struct slice line)
{
	struct slice word = first_word(line), rest = slice_from(line, word.len);

	if (entry == JOURNAL_TIME)
		found(reading, line, line, word, "task", EXACT);
	else if (entry == JOURNAL_RUN && (rest = slice_trim(rest)).len > 0)
		found(reading, first_word(rest), first_word(rest), first_word(rest), "resource|stakeholder", LOOSE);
	else if (entry == JOURNAL_NOTE && slice_ends(word, ":"))
		found(reading, word, word, slice_new(word.at, word.len - 1), "resource|stakeholder", LOOSE);
}

void reference_each_in_entry(const struct kind *kind, struct slice text, reference_visit visit, void *context)
{
	struct reading reading = { NULL, text, visit, context };
	struct slice rest = text, line;

	while (slice_next(&rest, "\n", &line))
		if (line.len > 0)
			read_entry_line(&reading, kind->entry, line);
}

static bool names_any(const char *kinds)
{
	return !kinds || slice_is(slice_of(kinds), "*");
}

struct record *reference_target(const struct project *project, const struct reference *reference)
{
	if (reference->foreign)
		return NULL;
	if (!names_any(reference->kinds))
		return project_find_among(project, reference->kinds, reference->id);
	for (size_t k = 0; k < kinds_count; k++) {
		struct record *record = project_find(project, kinds_all[k], reference->id);
		if (record && !(kinds_all[k]->flags & KIND_JOURNAL))
			return record;
	}
	return NULL;
}

/* "T-12" of a kind whose ids are T-1, T-2 … */
static bool is_numbered(const struct kind *kind, struct slice id)
{
	size_t prefix = kind->prefix ? slice_of(kind->prefix).len : 0;

	if (prefix == 0 || id.len <= prefix + 1 || id.at[prefix] != '-')
		return false;
	for (size_t i = prefix + 1; i < id.len; i++)
		if (id.at[i] < '0' || id.at[i] > '9')
			return false;
	return true;
}

static void collect_ids(const struct project *project, const struct kind *kind, struct arena *arena, struct vec *names)
{
	const struct record *record;

	FOREACH_RECORD (project, kind, record) {
		if (record->id.len == 0)
			continue;
		const char *name = arena_strndup(arena, record->id.at, record->id.len);
		vec_append(names, &name);
	}
}

const char *reference_nearest(const struct project *project, const char *kinds, struct slice id, struct arena *arena)
{
	struct slice rest = slice_of(kinds), name;
	const char *near = NULL;
	struct vec names;

	vec_init(&names, sizeof(const char *));
	while (slice_next(&rest, "|", &name)) {
		const struct kind *kind = kind_find(name);
		if (kind && !is_numbered(kind, id) && project_count(project, kind) <= NEAREST_CANDIDATES)
			collect_ids(project, kind, arena, &names);
	}
	int index = names.len > 0 ? utf8_nearest(id, names.items, names.len) : -1;
	if (index >= 0)
		near = ((const char **)names.items)[index];
	vec_release(&names);
	return near;
}

struct search {
	const struct project *project;
	const struct record *target;
	struct referrer referrer;
	void (*visit)(void *context, const struct referrer *referrer);
	void *context;
	struct arena *arena;
	bool found;
};

/* Folding is dear and ids differ mostly in length or first letter: only likely ones are looked up. */
static bool same_id(struct search *search, struct slice id)
{
	struct slice folded = id_fold(id, search->arena);

	return slice_equal(folded, search->target->folded);
}

static void search_visit(void *context, const struct reference *reference)
{
	struct search *search = context;

	if (!search->found && !reference->foreign && same_id(search, reference->id) &&
		reference_target(search->project, reference) == search->target)
		search->found = true;
}

static void search_entry(struct search *search, const struct record *record, const struct entry *entry)
{
	search->found = false;
	search->referrer = (struct referrer){ .record = record, .entry = entry };
	if (entry->field < FIELD_CUSTOM) {
		const struct field *field = kind_field(record->kind, entry->field);
		if (!reference_type(field->type))
			return;
		search->referrer.field = field;
		reference_each(field, entry->text, search_visit, search);
	} else if (key_is_moment(record->kind, entry->key)) {
		reference_each_in_entry(record->kind, entry->text, search_visit, search);
	}
	if (search->found)
		search->visit(search->context, &search->referrer);
}

void referrers(const struct project *project, const struct record *target,
	void (*visit)(void *context, const struct referrer *referrer), void *context)
{
	struct record **records = project->records.items;
	struct arena arena;
	struct search search = { project, target, { 0 }, visit, context, &arena, false };

	arena_init(&arena);
	for (size_t i = 0; i < project->records.len; i++) {
		struct record *record = records[i];
		if ((record->kind->flags & KIND_JOURNAL) && slice_equal(record->folded, target->folded)) {
			struct reference section = { .id = record->id, .kinds = record->kind->of };
			if (reference_target(project, &section) == target) {
				search.referrer = (struct referrer){ .record = record };
				visit(context, &search.referrer);
			}
		}
		for (uint32_t e = 0; e < record->entry_count; e++)
			search_entry(&search, record, &record->entries[e]);
	}
	arena_release(&arena);
}

struct rewrite {
	const struct project *project;
	const struct record *old;
	struct slice text, new_id;
	struct strbuf *out;
	size_t done; /* bytes of text that are in out, or dropped */
	bool changed;
};

static void each(const struct referrer *referrer, struct slice text, reference_visit visit, void *context)
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

bool reference_replace(const struct project *project, const struct referrer *referrer, struct slice text,
	const struct record *old, struct slice new_id, struct strbuf *out)
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
	if (end < text.len && slice_find(slice_of(separators), text.at[end]) < slice_of(separators).len) {
		end++;
		while (end < text.len && is_blank(text.at[end]) && text.at[end] != '\n')
			end++;
	} else {
		end = to; /* blanks there belong to what follows: the share behind alternatives */
		while (from > rewrite->done && is_blank(text.at[from - 1]) && text.at[from - 1] != '\n')
			from--;
		if (from > rewrite->done && slice_find(slice_of(separators), text.at[from - 1]) < slice_of(separators).len)
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
	if (reference->item_at < rewrite->done || reference_target(rewrite->project, reference) != rewrite->old)
		return;
	/* "li.wei|wang.fang 50%" without li.wei is "wang.fang 50%". */
	char behind = reference->alternative_end < rewrite->text.len ? rewrite->text.at[reference->alternative_end] : 0;
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

bool reference_drop(const struct project *project, const struct referrer *referrer, struct slice text,
	const struct record *old, struct strbuf *out)
{
	struct rewrite rewrite = { project, old, text, { NULL, 0 }, out, 0, false };

	if (!referrer->field || referrer->field->type != TYPE_CONDITION)
		each(referrer, text, drop_one, &rewrite);
	strbuf_add_slice(out, slice_from(text, rewrite.done));
	if (rewrite.changed)
		trim_separators(out);
	return rewrite.changed;
}
