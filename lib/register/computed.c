#include "register/computed.h"

#include "base/alloc.h"
#include "register/value.h"

#include <stdlib.h>
#include <string.h>

void register_fields_init(struct register_fields *fields, const struct project *project, moment_t now)
{
	*fields = (struct register_fields){ .project = project, .now = now };
}

void register_fields_release(struct register_fields *fields)
{
	if (fields->traced)
		trace_release(&fields->trace);
	fields->traced = false;
	for (size_t i = 0; i < ARRAY_SIZE(fields->returns); i++) {
		free(fields->returns[i]);
		fields->returns[i] = NULL;
	}
}

static const struct trace *trace_of(struct register_fields *fields)
{
	if (!fields->traced)
		trace_init(&fields->trace, fields->project, fields->now);
	fields->traced = true;
	return &fields->trace;
}

/* Sorting asks again and again: all of a kind are read once. */
static bool roi_value(struct register_fields *fields, const struct record *record, struct value *out)
{
	decimal_t **returns = &fields->returns[record->kind == kind_find(slice_of("change"))];
	struct record *each;

	if (!*returns) {
		*returns = xcalloc(project_count(fields->project, record->kind) + 1, sizeof(**returns));
		FOREACH_RECORD(fields->project, record->kind, each) {
			struct candidate candidate;

			candidate_read(&candidate, fields->project, each, moment_date(fields->now));
			(*returns)[each->kind_number] = candidate.roi;
		}
	}
	out->type = TYPE_PERCENT;
	out->as.number = (*returns)[record->kind_number];
	return out->as.number != DECIMAL_NONE;
}

static bool end_value(const struct trace_row *row, enum trace_end end, struct arena *arena, struct value *out)
{
	const struct record **records = row->ends[end].items;

	out->type = TYPE_REFS;
	out->as.list.count = row->ends[end].len;
	out->as.list.items = arena_calloc(arena, row->ends[end].len + 1, sizeof(struct slice));
	for (size_t i = 0; i < row->ends[end].len; i++)
		out->as.list.items[i] = records[i]->id;
	return row->ends[end].len > 0;
}

static bool requirement_value(struct register_fields *fields, const struct record *record, const char *name,
	struct arena *arena, struct value *out)
{
	static const char *const ends[TRACE_ENDS] = { "tasks", "deliverables", "tests" };

	for (size_t i = 0; i < ARRAY_SIZE(ends); i++)
		if (strcmp(name, ends[i]) == 0)
			return end_value(&trace_of(fields)->rows[record->kind_number], (enum trace_end)i, arena, out);
	return strcmp(name, "roi") == 0 && roi_value(fields, record, out);
}

static bool test_value(struct register_fields *fields, const struct record *record, const char *name, struct value *out)
{
	const struct trace *trace = trace_of(fields);
	size_t at = record->kind_number;

	if (strcmp(name, "result") == 0) {
		out->type = TYPE_ENUM;
		out->as.text = slice_of(test_result_word(trace->results[at]));
		return true;
	}
	if (strcmp(name, "last_run") != 0 || trace->ran[at] == MOMENT_NONE)
		return false;
	out->type = TYPE_DATETIME;
	out->as.when.moment = trace->ran[at];
	out->as.when.has_time = moment_minute_of_day(trace->ran[at]) != 0;
	return true;
}

static bool provide(void *context, const struct record *record, const struct field *field, struct arena *arena,
	struct value *out)
{
	struct register_fields *fields = context;
	struct slice kind = slice_of(record->kind->name);

	if (!(field->flags & FIELD_COMPUTED))
		return false;
	if (slice_is(kind, "requirement"))
		return requirement_value(fields, record, field->name, arena, out);
	if (slice_is(kind, "test"))
		return test_value(fields, record, field->name, out);
	return slice_is(kind, "change") && strcmp(field->name, "roi") == 0 && roi_value(fields, record, out);
}

struct computed register_computed(struct register_fields *fields)
{
	return (struct computed){ .context = fields, .value = provide, .next = NULL };
}
