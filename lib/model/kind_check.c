#include "model/kinds/kinds.h"
#include "model/project.h"
#include "model/query.h"
#include "model/value.h"

static bool value_of(
	const struct check *check, const char *name, struct arena *arena, struct value *out)
{
	const struct field *field;
	struct slice text;

	if (!record_text(check->record, name,
		    &text)) /* mostly so: before the dearer search in the table */
		return false;
	field = kind_field_named(check->record->kind, name);
	return field && record_value(check->project, check->record, field, arena, out);
}

static struct place place_of(const struct check *check, const char *name, size_t offset)
{
	size_t field = kind_field_find(check->record->kind, slice_of(name));
	const struct entry *entry = record_entry(check->record, field);

	if (!entry)
		return record_place(check->project, check->record);
	return entry_place(check->project, check->record, entry, offset);
}

void check_fault(const struct check *check, const char *field, size_t offset, const char *id,
	const char *format, struct slice found)
{
	struct arena *arena = &check->found->arena;
	struct diagnostic *finding;

	finding = diagnose(check->found, place_of(check, field, offset), id, format,
		arena_strndup(arena, found.at, found.len), (char *)NULL);
	diagnostic_record(check->found, finding, record_name(arena, check->record));
}

void check_record_fault(
	const struct check *check, const char *id, const char *format, struct slice found)
{
	struct arena *arena = &check->found->arena;
	struct diagnostic *finding;

	finding = diagnose(check->found, record_place(check->project, check->record), id, format,
		arena_strndup(arena, found.at, found.len), (char *)NULL);
	diagnostic_record(check->found, finding, record_name(arena, check->record));
}

/* A date-only finish means the end of its day, so a whole day is compared as a day. */
static bool before(const struct value *later, const struct value *earlier)
{
	bool dates = later->type == TYPE_DATE || later->type == TYPE_DATETIME;

	if (dates && !later->as.when.has_time)
		return moment_date(later->as.when.moment) < moment_date(earlier->as.when.moment);
	if (later->type == TYPE_MONEY &&
		strcmp(later->as.money.currency, earlier->as.money.currency) != 0)
		return false;
	return value_compare(later, earlier) < 0;
}

static bool out_of_order(
	const struct check *check, const char *earlier, const char *later, enum field_type *type)
{
	struct arena arena;
	struct value a, b;
	bool wrong;

	arena_init(&arena);
	wrong = value_of(check, later, &arena, &b) && value_of(check, earlier, &arena, &a) &&
		before(&b, &a);
	if (wrong)
		*type = b.type;
	arena_release(&arena);
	return wrong;
}

static void report_order(const struct check *check, const char *earlier, const char *later,
	const char *id, const char *format)
{
	struct diagnostic *finding = diagnose(
		check->found, place_of(check, later, 0), id, format, later, earlier, (char *)NULL);

	diagnostic_record(check->found, finding, record_name(&check->found->arena, check->record));
}

void check_order(const struct check *check, const char *earlier, const char *later)
{
	enum field_type type;

	if (!out_of_order(check, earlier, later, &type))
		return;
	if (type == TYPE_DATE || type == TYPE_DATETIME)
		report_order(check, earlier, later, "date-order", N_("'%s' comes before '%s'"));
	else
		report_order(check, earlier, later, "value-order", N_("'%s' is less than '%s'"));
}

void check_constraint_order(const struct check *check, const char *earlier, const char *later)
{
	enum field_type type;

	if (out_of_order(check, earlier, later, &type))
		report_order(
			check, earlier, later, "constraint-conflict", N_("'%s' comes before '%s'"));
}

static int64_t scaled(const struct value *value)
{
	if (value->type == TYPE_INTEGER && value->as.integer > INT64_MAX / DECIMAL_ONE)
		return INT64_MAX;
	if (value->type == TYPE_INTEGER && value->as.integer < INT64_MIN / DECIMAL_ONE)
		return INT64_MIN;
	return value->type == TYPE_INTEGER ? value->as.integer * DECIMAL_ONE : value->as.number;
}

void check_range(const struct check *check, const char *field, int64_t low, int64_t high)
{
	struct arena arena;
	struct value value;
	struct diagnostic *finding;

	arena_init(&arena);
	if (value_of(check, field, &arena, &value) &&
		(scaled(&value) < low * DECIMAL_ONE || scaled(&value) > high * DECIMAL_ONE)) {
		finding = diagnose(check->found, place_of(check, field, 0), "value-range",
			N_("'%s' must be from %s to %s"), field,
			arena_printf(&arena, "%lld", (long long)low),
			arena_printf(&arena, "%lld", (long long)high), (char *)NULL);
		diagnostic_record(
			check->found, finding, record_name(&check->found->arena, check->record));
	}
	arena_release(&arena);
}

static bool written(const struct check *check, const char *field)
{
	struct slice text;

	return record_text(check->record, field, &text) && slice_trim(text).len;
}

void check_exclusive(const struct check *check, const char *a, const char *b)
{
	struct diagnostic *finding;

	if (!written(check, a) || !written(check, b))
		return;
	finding = diagnose(check->found, place_of(check, b, 0), "field-conflict",
		N_("'%s' and '%s' cannot both be given"), a, b, (char *)NULL);
	diagnostic_record(check->found, finding, record_name(&check->found->arena, check->record));
}

void check_needs(const struct check *check, const char *field, const char *words, const char *needs)
{
	struct slice text = record_text_or(check->record, field);
	struct diagnostic *finding;

	if (word_index(words, text) < 0 || written(check, needs))
		return;
	finding = diagnose(check->found, place_of(check, field, 0), "field-missing",
		N_("'%s = %s' needs '%s'"), field,
		arena_strndup(&check->found->arena, text.at, text.len), needs, (char *)NULL);
	diagnostic_record(check->found, finding, record_name(&check->found->arena, check->record));
}

void check_one_of(const struct check *check, const char *a, const char *b)
{
	struct diagnostic *finding;

	if (written(check, a) || written(check, b))
		return;
	finding = diagnose(check->found, record_place(check->project, check->record),
		"field-missing", N_("one of '%s' and '%s' is needed"), a, b, (char *)NULL);
	diagnostic_record(check->found, finding, record_name(&check->found->arena, check->record));
}

bool check_value(const struct check *check, const struct field *field, struct slice text)
{
	struct value_context context = { .units = &check->project->units };
	struct value value;
	struct arena arena;
	bool good;

	arena_init(&arena);
	good = value_parse(&value, field, text, &context, &arena, NULL) == 0;
	arena_release(&arena);
	return good;
}

void check_condition_fields(const struct check *check, const char *name, const struct kind *kind)
{
	struct query_scope scope = { .project = check->project };
	struct condition *condition;
	struct value_fault fault;
	struct slice text;
	struct arena arena;

	if (!record_text(check->record, name, &text))
		return;
	arena_init(&arena);
	if (condition_parse(&condition, text, NULL, &scope, &arena, &fault) == 0 &&
		condition_parse(&condition, text, kind, &scope, &arena, &fault) != 0)
		check_fault(check, name, fault.offset, fault.id,
			N_("the condition does not fit the kind: '%s'"), fault.found);
	arena_release(&arena);
}

void check_not_self(const struct check *check, const char *field)
{
	struct slice text, item;

	if (!record_text(check->record, field, &text))
		return;
	while (slice_next(&text, ",\n", &item))
		if (item.len && slice_equal(item, check->record->id))
			check_fault(check, field, 0, "ref-self", N_("'%s' refers to itself"), item);
}

void check_lines(const struct check *check, const char *field,
	const char *(*parse)(const struct check *check, struct slice line))
{
	struct arena *arena = &check->found->arena;
	struct slice text, rest, line;
	struct diagnostic *finding;
	const char *expected;

	if (!record_text(check->record, field, &text))
		return;
	rest = text;
	while (slice_next(&rest, "\n", &line)) {
		if (!line.len || !(expected = parse(check, line)))
			continue;
		finding = diagnose(check->found,
			place_of(check, field, (size_t)(line.at - text.at)), "value-syntax",
			N_("'%s' is no entry of '%s': expected %s"),
			arena_strndup(arena, line.at, line.len), field, expected, (char *)NULL);
		diagnostic_record(check->found, finding, record_name(arena, check->record));
	}
}
