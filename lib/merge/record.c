/*
 * One record that both sides touched.
 *
 * The fields are merged first: that settles what the record will say. How it is written is tried line by line, which
 * keeps both sides' comments and layout where they do not meet; when that reads back as the merged fields it is
 * taken. Else ours is edited field by field, and comments of theirs that are not there are put where they stood.
 */
#include "merge/merge-internal.h"

#include "base/diagnostic.h"
#include "base/diff.h"
#include "text/ini.h"

#include <string.h>

struct reading {
	struct vec *fields;
	struct map seen;
	bool twice;
};

static void on_section(void *context, struct slice header, uint32_t line, uint32_t column)
{
	(void)context;
	(void)header;
	(void)line;
	(void)column;
}

static void on_key(void *context, struct slice key, struct slice value, uint32_t line, uint32_t column, uint32_t last_line)
{
	struct reading *reading = context;
	struct field_text field = { key, value, line, last_line };

	(void)column;
	if (!value.at)
		field.value.at = ""; /* there, though empty */
	reading->twice |= !map_put(&reading->seen, key, 1);
	vec_append(reading->fields, &field);
}

bool section_fields(struct slice body, struct arena *arena, struct vec *out)
{
	struct reading reading = { .fields = out };
	const struct ini_events events = { &reading, on_section, on_key };
	struct diagnostics found;

	map_init(&reading.seen);
	diagnostics_init(&found);
	ini_read(body, "", &events, arena, &found, NULL);
	diagnostics_release(&found);
	map_release(&reading.seen);
	return !reading.twice;
}

const struct field_text *field_find(const struct vec *fields, struct slice key)
{
	const struct field_text *items = fields->items;

	for (size_t i = 0; i < fields->len; i++)
		if (slice_equal(items[i].key, key))
			return &items[i];
	return NULL;
}

/* What becomes of one field. */
struct outcome {
	struct slice key, value; /* in force; at NULL: absent */
	bool conflict;
};

struct joining {
	struct merging *merging;
	struct unit *unit;
	struct vec fields[MERGE_SIDES]; /* struct field_text */
	struct vec outcomes;            /* struct outcome */
	size_t conflicts;
	bool unreadable;
};

static struct slice value_on(const struct joining *joining, int side, struct slice key)
{
	const struct field_text *field = field_find(&joining->fields[side], key);

	return field ? field->value : slice_new(NULL, 0);
}

static void join_field(struct joining *joining, struct slice key)
{
	const struct section *ours = joining->unit->sides[MERGE_OURS];
	struct outcome *outcome = vec_push(&joining->outcomes);
	struct slice values[MERGE_SIDES];

	for (int side = 0; side < MERGE_SIDES; side++)
		values[side] = value_on(joining, side, key);
	outcome->key = key;
	outcome->conflict = !field_merge(ours->kind, key, values, joining->merging->arena, &outcome->value);
	joining->conflicts += outcome->conflict;
	if (outcome->conflict && joining->merging->request->as_base)
		outcome->value = slice_new(NULL, 0);
}

static void join_fields(struct joining *joining)
{
	for (int side = 0; side < MERGE_SIDES; side++) {
		const struct section *section = joining->unit->sides[side];

		if (!section)
			continue;
		if (!section_fields(section->body, joining->merging->arena, &joining->fields[side]) || section->faulty)
			joining->unreadable = true;
	}
	for (int side = MERGE_OURS; side <= MERGE_THEIRS && !joining->unreadable; side++) {
		const struct field_text *fields = joining->fields[side].items;

		for (size_t i = 0; i < joining->fields[side].len; i++)
			if (side == MERGE_OURS || !field_find(&joining->fields[MERGE_OURS], fields[i].key))
				join_field(joining, fields[i].key);
	}
}

static struct slice body_of(const struct unit *unit, int side)
{
	return unit->sides[side] ? unit->sides[side]->body : slice_new(NULL, 0);
}

/* Does the text say what the fields came out as? */
static bool says_outcome(struct joining *joining, struct slice text)
{
	const struct outcome *outcomes = joining->outcomes.items;
	size_t present = 0;
	struct vec fields;
	bool good;

	vec_init(&fields, sizeof(struct field_text));
	good = section_fields(text, joining->merging->arena, &fields);
	for (size_t i = 0; good && i < joining->outcomes.len; i++) {
		const struct field_text *field = field_find(&fields, outcomes[i].key);

		present += outcomes[i].value.at != NULL;
		good = field ? outcomes[i].value.at && slice_equal(field->value, outcomes[i].value) : !outcomes[i].value.at;
	}
	good = good && present == fields.len;
	vec_release(&fields);
	return good;
}

static bool join_lines(struct joining *joining, struct slice *out)
{
	struct slice bodies[MERGE_SIDES];
	struct strbuf text;
	size_t conflicts;

	for (int side = 0; side < MERGE_SIDES; side++)
		bodies[side] = body_of(joining->unit, side);
	strbuf_init(&text);
	conflicts = merge_lines(bodies, MERGE_CONFLICT, &text);
	if (conflicts == 0)
		*out = arena_slice(joining->merging->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return conflicts == 0;
}

/* Names that stand in front of a key: fields in the order of the kind's table, dates in order of time. */
static const char *const *keys_before(struct joining *joining, struct ini_doc *doc, struct slice key)
{
	const struct kind *kind = joining->unit->sides[MERGE_OURS]->kind;
	struct arena *arena = joining->merging->arena;
	size_t index = kind_field_find(kind, key), count, used = 0;
	const char **names;

	if (key_is_moment(kind, key)) {
		count = ini_doc_key_count(doc, 0);
		names = arena_calloc(arena, count + 1, sizeof(*names));
		for (size_t i = 0; i < count; i++) {
			struct slice other = ini_doc_key(doc, 0, i);

			if (!key_is_moment(kind, other) || slice_compare(other, key) < 0)
				names[used++] = arena_strndup(arena, other.at, other.len);
		}
		return names;
	}
	if (index >= FIELD_CUSTOM)
		return NULL;
	names = arena_calloc(arena, index + 1, sizeof(*names));
	for (size_t i = 0; i < index; i++)
		names[i] = kind_field(kind, i)->name;
	return names;
}

static struct slice join_edits(struct joining *joining)
{
	const struct outcome *outcomes = joining->outcomes.items;
	struct strbuf text;
	struct ini_doc doc;
	struct slice result;

	ini_doc_parse(&doc, body_of(joining->unit, MERGE_OURS), NULL);
	for (size_t i = 0; i < joining->outcomes.len; i++) {
		struct slice ours = value_on(joining, MERGE_OURS, outcomes[i].key);

		if (!outcomes[i].value.at)
			ini_doc_unset(&doc, 0, outcomes[i].key);
		else if (!ours.at || !slice_equal(ours, outcomes[i].value))
			ini_doc_set(&doc, 0, outcomes[i].key, outcomes[i].value, keys_before(joining, &doc, outcomes[i].key));
	}
	strbuf_init(&text);
	ini_doc_print(&doc, &text);
	result = arena_slice(joining->merging->arena, strbuf_slice(&text));
	strbuf_release(&text);
	ini_doc_release(&doc);
	return result;
}

static const char *unit_name(struct merging *merging, const struct unit *unit)
{
	const struct section *section = unit->sides[MERGE_OURS] ? unit->sides[MERGE_OURS] : unit->sides[MERGE_THEIRS];
	struct slice key = section->key;

	if (section->kind && section->id.len)
		return arena_printf(merging->arena, "%s %.*s", section->kind->name, (int)section->id.len, section->id.at);
	if (section->kind)
		return section->kind->name;
	key = slice_from(key, 1);
	key.len = slice_find(key, '\n');
	return arena_strndup(merging->arena, key.at, key.len);
}

/* What people know the record by: the title it had before. */
static const char *unit_title(struct merging *merging, const struct unit *unit)
{
	const struct section *section = unit->sides[MERGE_BASE] ? unit->sides[MERGE_BASE] : unit->sides[MERGE_OURS];
	const struct field_text *title;
	struct vec fields;
	const char *text = NULL;

	vec_init(&fields, sizeof(struct field_text));
	section_fields(section->body, merging->arena, &fields);
	title = field_find(&fields, slice_of("title"));
	if (title && title->value.len)
		text = arena_strndup(merging->arena, title->value.at, title->value.len);
	vec_release(&fields);
	return text;
}

static struct merge_conflict *add_conflict(struct merging *merging, struct unit *unit, enum merge_what what)
{
	struct merge_conflict *conflict = vec_push(&merging->result->conflicts);

	if (unit->conflicts++ == 0)
		unit->conflict = merging->result->conflicts.len - 1;
	conflict->what = what;
	conflict->record = unit_name(merging, unit);
	conflict->title = unit_title(merging, unit);
	return conflict;
}

static void report_fields(struct joining *joining)
{
	const struct outcome *outcomes = joining->outcomes.items;
	struct arena *arena = joining->merging->arena;

	for (size_t i = 0; i < joining->outcomes.len; i++) {
		struct merge_conflict *conflict;

		if (!outcomes[i].conflict)
			continue;
		conflict = add_conflict(joining->merging, joining->unit, MERGE_FIELD);
		conflict->field = arena_strndup(arena, outcomes[i].key.at, outcomes[i].key.len);
		for (int side = 0; side < MERGE_SIDES; side++)
			conflict->values[side] = value_on(joining, side, outcomes[i].key);
	}
}

/* Neither side's lines can be told apart into fields: by line, or else a conflict of the whole. */
static void join_unreadable(struct joining *joining)
{
	struct unit *unit = joining->unit;
	struct merge_conflict *conflict;

	if (join_lines(joining, &unit->body))
		return;
	unit->body = body_of(unit, MERGE_OURS);
	if (joining->merging->request->as_base)
		return;
	conflict = add_conflict(joining->merging, unit, MERGE_SECTION);
	for (int side = 0; side < MERGE_SIDES; side++)
		conflict->values[side] = body_of(unit, side);
	block_write(joining->merging, unit, NULL);
}

static void join_both(struct joining *joining)
{
	struct unit *unit = joining->unit;

	join_fields(joining);
	if (joining->unreadable) {
		join_unreadable(joining);
		return;
	}
	if (joining->conflicts == 0 && join_lines(joining, &unit->body) && says_outcome(joining, unit->body))
		return;
	unit->body = join_edits(joining);
	if (joining->merging->request->as_base)
		return;
	report_fields(joining);
	block_write(joining->merging, unit, joining->fields);
}

static void merge_bodies(struct merging *merging, struct unit *unit)
{
	struct joining joining = { .merging = merging, .unit = unit };

	for (int side = 0; side < MERGE_SIDES; side++)
		vec_init(&joining.fields[side], sizeof(struct field_text));
	vec_init(&joining.outcomes, sizeof(struct outcome));
	join_both(&joining);
	vec_release(&joining.outcomes);
	for (int side = 0; side < MERGE_SIDES; side++)
		vec_release(&joining.fields[side]);
}

/* Do the two say the same, whatever their layout and comments? */
static bool same_fields(struct merging *merging, const struct section *a, const struct section *b)
{
	struct vec x, y;
	bool same;

	vec_init(&x, sizeof(struct field_text));
	vec_init(&y, sizeof(struct field_text));
	same = section_fields(a->body, merging->arena, &x) && section_fields(b->body, merging->arena, &y) &&
		x.len == y.len && !a->faulty && !b->faulty;
	for (size_t i = 0; same && i < x.len; i++) {
		const struct field_text *field = vec_at(&x, i), *other = field_find(&y, field->key);

		same = other && slice_equal(field->value, other->value);
	}
	vec_release(&x);
	vec_release(&y);
	return same;
}

/* Removed on one side: gone, unless the other changed it. */
static void merge_removed(struct merging *merging, struct unit *unit, enum merge_side left)
{
	const struct section *base = unit->sides[MERGE_BASE], *stays = unit->sides[left];
	struct merge_conflict *conflict;

	if (slice_equal(base->body, stays->body) || same_fields(merging, base, stays)) {
		unit->path = NULL;
		return;
	}
	unit->body = stays->body;
	if (merging->request->as_base)
		return;
	conflict = add_conflict(merging, unit, left == MERGE_THEIRS ? MERGE_REMOVED_OURS : MERGE_REMOVED_THEIRS);
	conflict->values[MERGE_BASE] = base->body;
	conflict->values[left] = stays->body;
	block_write(merging, unit, NULL);
}

void record_merge(struct merging *merging, struct unit *unit)
{
	const struct section *base = unit->sides[MERGE_BASE], *ours = unit->sides[MERGE_OURS];
	const struct section *theirs = unit->sides[MERGE_THEIRS];
	enum merge_side side;

	if (!ours || !theirs) {
		const struct section *left = ours ? ours : theirs;

		if (base)
			merge_removed(merging, unit, ours ? MERGE_OURS : MERGE_THEIRS);
		else
			unit->body = left->body;
		return;
	}
	side = pick(base && slice_equal(base->body, ours->body), base && slice_equal(base->body, theirs->body),
		slice_equal(ours->body, theirs->body));
	if (side == MERGE_BASE)
		merge_bodies(merging, unit);
	else
		unit->body = unit->sides[side]->body;
}
