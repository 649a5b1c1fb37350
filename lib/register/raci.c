#include "register/raci.h"

#include "base/alloc.h"
#include "model/reference.h"

static uint32_t person_of(struct raci *raci, struct slice id)
{
	struct record *record = project_find_among(raci->plan->project, "resource|team|stakeholder", id);
	struct slice key = record ? record->folded : arena_slice(&raci->arena, id);
	struct raci_person *person;
	uintptr_t at;

	if (map_get(&raci->by_id, key, &at))
		return (uint32_t)at;
	person = vec_push(&raci->people);
	*person = (struct raci_person){ .record = record, .id = record ? record->id : key };
	map_put(&raci->by_id, key, raci->people.len - 1);
	return (uint32_t)(raci->people.len - 1);
}

static void add_mark(struct raci *raci, struct raci_row *row, struct slice id, uint8_t letters)
{
	struct raci_mark *marks = raci->marks.items, *mark;
	uint32_t person = person_of(raci, id);

	for (uint32_t i = 0; i < row->count; i++)
		if (marks[row->first + i].person == person) {
			marks[row->first + i].letters |= letters;
			return;
		}
	mark = vec_push(&raci->marks);
	*mark = (struct raci_mark){ person, letters };
	row->count++;
}

struct naming {
	struct raci *raci;
	struct raci_row *row;
	uint8_t letters;
};

/* Machines and goods are assigned, too, but answer for nothing. */
static bool is_thing(const struct raci *raci, struct slice id)
{
	const struct record *record = project_find(raci->plan->project, kind_find(slice_of("resource")), id);

	return record && !slice_is(record_text_or(record, "type"), "person");
}

static void add_named(void *context, const struct reference *reference)
{
	struct naming *naming = context;

	if (!is_thing(naming->raci, reference->id))
		add_mark(naming->raci, naming->row, reference->id, naming->letters);
}

/* Everybody a field names; false when it is empty. A skill names nobody yet, but somebody will be found for it. */
static bool add_field(struct raci *raci, struct raci_row *row, const char *name, uint8_t letters)
{
	const struct record *record = raci->plan->records[row->task];
	struct naming naming = { raci, row, letters };
	struct slice text;

	if (!record_text(record, name, &text) || !slice_trim(text).len)
		return false;
	reference_each(kind_field_named(record->kind, name), text, add_named, &naming);
	return true;
}

static bool add_accountable(struct raci *raci, struct raci_row *row)
{
	static const char *const fields[] = { "accountable", "owner" };
	struct slice id;

	for (uint32_t t = row->task; t != PLAN_NO_TASK; t = raci->plan->parent[t])
		for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
			if (record_text(raci->plan->records[t], fields[i], &id) && slice_trim(id).len) {
				add_mark(raci, row, slice_trim(id), t == row->task ? RACI_A : RACI_A | RACI_INHERITED);
				return true;
			}
	return false;
}

static bool says_something(const struct record *record)
{
	static const char *const fields[] = { "responsible", "accountable", "consulted", "informed" };
	struct slice text;

	for (size_t i = 0; i < ARRAY_SIZE(fields); i++)
		if (record_text(record, fields[i], &text))
			return true;
	return false;
}

static bool is_row(const struct plan *plan, uint32_t task)
{
	if (plan_is_synthetic(plan, task) || plan->flags[task] & PLAN_CANCELLED)
		return false;
	return !(plan->flags[task] & PLAN_SUMMARY) || says_something(plan->records[task]);
}

static void add_row(struct raci *raci, uint32_t task)
{
	struct raci_row *row = vec_push(&raci->rows);
	uint16_t flags = raci->plan->flags[task];
	bool responsible;

	*row = (struct raci_row){ .task = task, .first = (uint32_t)raci->marks.len };
	responsible = add_field(raci, row, "responsible", RACI_R) || add_field(raci, row, "assign", RACI_R);
	row->no_accountable = !add_accountable(raci, row);
	add_field(raci, row, "consulted", RACI_C);
	add_field(raci, row, "informed", RACI_I);
	/* A parent's work is its children's, and nobody works at a milestone. */
	row->no_responsible = !responsible && !(flags & (PLAN_SUMMARY | PLAN_MILESTONE));
	raci->faulty += row->no_accountable || row->no_responsible;
}

static void count_letters(struct raci *raci, long most)
{
	struct raci_person *people = raci->people.items;
	const struct raci_row *rows = raci->rows.items;
	const struct raci_mark *marks = raci->marks.items;

	for (size_t r = 0; r < raci->rows.len; r++)
		for (uint32_t m = rows[r].first; m < rows[r].first + rows[r].count; m++) {
			uint16_t flags = raci->plan->flags[rows[r].task];

			for (int letter = 0; letter < 4; letter++)
				if (marks[m].letters & 1 << letter && (letter != 1 || !(flags & (PLAN_FINISHED | PLAN_SUMMARY))))
					people[marks[m].person].letters[letter]++;
		}
	for (size_t p = 0; most > 0 && p < raci->people.len; p++)
		people[p].overloaded = people[p].letters[1] > (uint32_t)most;
}

void raci_init(struct raci *raci, const struct plan *plan, const uint8_t *shown, long most)
{
	*raci = (struct raci){ .plan = plan };
	arena_init(&raci->arena);
	map_init(&raci->by_id);
	vec_init(&raci->people, sizeof(struct raci_person));
	vec_init(&raci->rows, sizeof(struct raci_row));
	vec_init(&raci->marks, sizeof(struct raci_mark));
	for (uint32_t t = 0; t < plan->task_count; t++)
		if ((!shown || shown[t]) && is_row(plan, t))
			add_row(raci, t);
	count_letters(raci, most);
}

void raci_release(struct raci *raci)
{
	arena_release(&raci->arena);
	map_release(&raci->by_id);
	vec_release(&raci->people);
	vec_release(&raci->rows);
	vec_release(&raci->marks);
}

uint8_t raci_letters(const struct raci *raci, const struct raci_row *row, uint32_t person)
{
	const struct raci_mark *marks = raci->marks.items;

	for (uint32_t m = row->first; m < row->first + row->count; m++)
		if (marks[m].person == person)
			return marks[m].letters;
	return 0;
}
