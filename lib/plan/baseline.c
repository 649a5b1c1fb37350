#include "plan/baseline.h"

#include "base/alloc.h"
#include "model/header.h"

#include <stdlib.h>

/* --- reading --- */

const struct record *baseline_current(const struct project *project)
{
	struct slice name = slice_trim(project_setting(project, "baseline"));

	return name.len ? project_find(project, kind_find(slice_of("baseline")), name) : NULL;
}

/* The next word of a line, which blanks may repeat around; empty for '-' and behind the last. */
static struct slice next_word(struct slice *line)
{
	struct slice word = { 0 };

	while (slice_next(line, " \t", &word) && !word.len)
		;
	return slice_is(word, "-") ? slice_new(word.at, 0) : word;
}

static moment_t next_moment(struct slice *line)
{
	moment_t moment;
	bool has_time;

	return moment_parse(next_word(line), &moment, &has_time) == CIVIL_OK ? moment : MOMENT_NONE;
}

static decimal_t next_amount(struct slice *line)
{
	decimal_t amount;

	return decimal_parse(next_word(line), &amount) == DECIMAL_OK ? amount : DECIMAL_NONE;
}

static int64_t next_effort(struct slice *line, const struct units *units)
{
	struct estimate estimate;

	return duration_parse(next_word(line), units, &estimate, NULL) == 0 ? estimate_mean(&estimate) : 0;
}

static struct baseline_line read_line(struct slice line, const struct units *units)
{
	struct baseline_line out = { .id = next_word(&line) };

	out.start = next_moment(&line);
	out.finish = next_moment(&line);
	out.effort = next_effort(&line, units);
	out.cost = next_amount(&line);
	out.engine_start = next_moment(&line);
	out.engine_finish = next_moment(&line);
	out.kept = next_amount(&line);
	out.engine_cost = next_amount(&line);
	if (out.engine_cost == DECIMAL_NONE)
		out.engine_cost = out.cost;
	return out;
}

void baseline_each_line(const struct project *project, const struct record *record,
	void (*visit)(void *context, const struct baseline_line *line), void *context)
{
	struct slice text, line;

	if (!record_text(record, "tasks", &text))
		return;
	while (slice_next(&text, "\n", &line)) {
		struct baseline_line read = read_line(line, &project->units);

		if (read.id.len)
			visit(context, &read);
	}
}

static void take_line(void *context, const struct baseline_line *line)
{
	vec_append(context, line);
}

static void index_lines(struct baseline *b)
{
	map_reserve(&b->by_id, b->count);
	for (size_t i = 0; i < b->count; i++)
		map_add(&b->by_id, id_fold(b->lines[i].id, &b->arena), i + 1, NULL);
}

static moment_t field_moment(const struct record *record, const char *name)
{
	moment_t moment;
	bool has_time;
	struct slice text;

	if (!record_text(record, name, &text) || moment_parse(slice_trim(text), &moment, &has_time) != CIVIL_OK)
		return MOMENT_NONE;
	return moment;
}

static moment_t earlier(moment_t a, moment_t b)
{
	return a == MOMENT_NONE || (b != MOMENT_NONE && b < a) ? b : a;
}

bool baseline_line_planned(const struct baseline_line *line)
{
	return line->start != MOMENT_NONE || line->finish != MOMENT_NONE || line->effort || line->cost != DECIMAL_NONE;
}

static decimal_t line_total(const struct baseline_line *line)
{
	decimal_t cost = line->cost == DECIMAL_NONE ? 0 : line->cost, kept = line->kept == DECIMAL_NONE ? 0 : line->kept;

	return cost > kept ? cost : kept;
}

/* What the record's own fields do not say follows from its lines. */
static void sum_lines(struct baseline *b)
{
	decimal_t cost = 0;

	for (size_t i = 0; i < b->count; i++) {
		const struct baseline_line *line = &b->lines[i];

		b->start = earlier(b->start, line->start);
		if (line->finish != MOMENT_NONE && (b->finish == MOMENT_NONE || line->finish > b->finish))
			b->finish = line->finish;
		b->effort += line->effort;
		b->values |= line->cost != DECIMAL_NONE || line->kept != DECIMAL_NONE;
		decimal_add(cost, line_total(line), &cost);
	}
	if (b->values)
		b->cost = cost;
}

static void read_fields(struct baseline *b)
{
	const struct kind *kind = b->record->kind;
	moment_t start = field_moment(b->record, "start"), finish = field_moment(b->record, "finish");
	struct value cost;

	b->start = start != MOMENT_NONE ? start : b->start;
	b->finish = finish != MOMENT_NONE ? finish : b->finish;
	if (record_value(b->project, b->record, kind_field_named(kind, "cost"), &b->arena, &cost))
		b->cost = cost.as.money.amount;
	b->frozen = field_moment(b->record, "frozen");
	b->as_of = field_moment(b->record, "status_date");
	if (b->as_of == MOMENT_NONE)
		b->as_of = b->frozen;
	b->digest = slice_trim(record_text_or(b->record, "digest"));
	b->revision = slice_trim(record_text_or(b->record, "revision"));
}

static void read_one(struct baseline *b, const struct project *project, const struct record *record)
{
	struct vec lines;

	*b = (struct baseline){ .project = project, .record = record, .frozen = MOMENT_NONE, .as_of = MOMENT_NONE,
		.start = MOMENT_NONE, .finish = MOMENT_NONE, .cost = DECIMAL_NONE };
	arena_init(&b->arena);
	map_init(&b->by_id);
	vec_init(&lines, sizeof(struct baseline_line));
	baseline_each_line(project, record, take_line, &lines);
	b->lines = lines.items; /* taken over: freed in baseline_release */
	b->count = lines.len;
	index_lines(b);
	sum_lines(b);
	read_fields(b);
}

void baseline_read(struct baseline *baseline, const struct project *project, const struct record *record)
{
	const struct kind *kind = kind_find(slice_of("baseline"));
	size_t left = project_count(project, kind);

	read_one(baseline, project, record);
	for (struct baseline *b = baseline; left > 1; left--) {
		const struct record *before = project_find(project, kind, slice_trim(record_text_or(b->record, "previous")));

		if (!before || before == record)
			break;
		b->previous = xcalloc(1, sizeof(*b->previous));
		b = b->previous;
		read_one(b, project, before);
	}
}

void baseline_release(struct baseline *baseline)
{
	for (struct baseline *b = baseline, *next; b; b = next) {
		next = b->previous;
		free(b->lines);
		map_release(&b->by_id);
		arena_release(&b->arena);
		if (b != baseline)
			free(b);
	}
	*baseline = (struct baseline){ .project = NULL };
}

const struct baseline_line *baseline_find(const struct baseline *baseline, struct slice id)
{
	struct arena arena;
	uintptr_t at = 0;

	arena_init(&arena);
	map_get(&baseline->by_id, id_fold(id, &arena), &at);
	arena_release(&arena);
	return at ? &baseline->lines[at - 1] : NULL;
}

/* --- planned value --- */

static const struct calendar *calendar_of(const struct plan *plan, struct slice id)
{
	uint32_t task = plan_find(plan, id);

	return task == PLAN_NO_TASK ? plan->calendar : plan->task_calendar[task];
}

/* amount × the share of the working time from `from` to `to` that lies before `when`. */
static decimal_t passed(const struct calendar *calendar, decimal_t amount, moment_t from, moment_t to, moment_t when)
{
	int64_t all;

	if (when >= to)
		return amount;
	if (when <= from)
		return 0;
	all = calendar_between(calendar, from, to);
	return all > 0 ? decimal_scale(amount, calendar_between(calendar, from, when), all) : 0;
}

static decimal_t line_value(const struct baseline *b, const struct plan *plan, const struct baseline_line *line, moment_t when)
{
	decimal_t kept = line->kept == DECIMAL_NONE ? 0 : line->kept, rest = line_total(line) - kept;
	moment_t from = line->start, to = line->finish;

	if (rest == 0 || from == MOMENT_NONE || to == MOMENT_NONE)
		return kept + (rest > 0 && to != MOMENT_NONE && when >= to ? rest : 0);
	if (line->kept != DECIMAL_NONE && b->as_of != MOMENT_NONE && from < b->as_of)
		from = b->as_of;
	return kept + passed(calendar_of(plan, line->id), rest, from, to > from ? to : from, when);
}

/* The baseline that was in force at a moment. */
static const struct baseline *in_force(const struct baseline *b, moment_t when)
{
	while (b->previous && b->previous->values && b->as_of != MOMENT_NONE && when < b->as_of)
		b = b->previous;
	return b;
}

decimal_t baseline_planned_value_of(const struct baseline *baseline, const struct plan *plan, struct slice id, moment_t when)
{
	const struct baseline *b = in_force(baseline, when);
	const struct baseline_line *line = baseline_find(b, id);

	return line ? line_value(b, plan, line, when) : 0;
}

decimal_t baseline_planned_value(const struct baseline *baseline, const struct plan *plan, moment_t when)
{
	const struct baseline *b = in_force(baseline, when);
	decimal_t sum = 0;

	for (size_t i = 0; i < b->count; i++)
		decimal_add(sum, line_value(b, plan, &b->lines[i], when), &sum);
	return sum;
}

/* --- computed fields --- */

static void count_planned(void *context, const struct baseline_line *line)
{
	/* '#': an occurrence or a buffer, which no section can be called */
	*(int64_t *)context += baseline_line_planned(line) && slice_find(line->id, '#') == line->id.len;
}

static bool provide(void *context, const struct record *record, const struct field *field, struct arena *arena, struct value *out)
{
	const struct project *project = context;

	(void)arena;
	if (record->kind != kind_find(slice_of("baseline")) || !(field->flags & FIELD_COMPUTED))
		return false;
	if (slice_is(slice_of(field->name), "current")) {
		out->type = TYPE_YESNO;
		out->as.yes = record == baseline_current(project);
		return true;
	}
	out->type = TYPE_INTEGER;
	out->as.integer = 0;
	baseline_each_line(project, record, count_planned, &out->as.integer);
	return true;
}

struct computed baseline_computed(struct project *project)
{
	return (struct computed){ .context = project, .value = provide, .next = NULL };
}
