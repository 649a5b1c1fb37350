/*
 * What levelling decided, for those who show it: who does what when, what a task waits for.
 *
 * Uses are made on demand, from dates and choices: for a plan that was not levelled too, whose people may then be overloaded.
 * Cost: O(tasks × members × log exceptions).
 */
#include "plan/level-internal.h"

#include "base/alloc.h"

#include <stdlib.h>

bool plan_driven_by_people(const struct plan *plan, uint32_t task)
{
	return plan->network->crew[task] != NULL;
}

int64_t plan_wait(const struct plan *plan, uint32_t task)
{
	int64_t wait = 0;

	if ((plan->flags[task] & PLAN_LEVELLED) && !plan_is_summary(plan, task))
		wait = calendar_between(plan_work_calendar(plan, task), plan->early_start[task], plan->start[task]);
	return wait > 0 ? wait : 0;
}

const struct plan_piece *plan_pieces(const struct plan *plan, uint32_t task, uint32_t *count)
{
	const struct plan_levelled *levelled = plan->network->levelled;

	*count = levelled && levelled->first_piece[task] ? levelled->piece_count[task] : 0;
	return *count > 0 ? &levelled->pieces[levelled->first_piece[task] - 1] : NULL;
}

uint32_t plan_held_by(const struct plan *plan, uint32_t task, moment_t *until)
{
	const struct plan_levelled *levelled = plan->network->levelled;

	if (!levelled || plan->reason[task] != REASON_PEOPLE)
		return LEVEL_NOBODY;
	*until = levelled->held_until[task];
	return levelled->held_resource[task];
}

uint32_t plan_people(const struct plan *plan, uint32_t task, uint32_t *out, uint32_t room)
{
	const struct plan_levelled *levelled = plan->network->levelled;
	const struct plan_assignment *a = plan->network->assignment[task];
	const uint32_t *chosen = levelled && levelled->choice[task] ? &levelled->choices[levelled->choice[task] - 1] : NULL;
	uint32_t count = 0;

	for (uint32_t s = 0; a && s < a->slot_count; s++) {
		const struct assignment_slot *slot = &a->slots[s];
		uint32_t take = slot->take < slot->candidate_count ? slot->take : slot->candidate_count;

		for (uint32_t i = 0; i < take; i++, count++)
			if (count < room)
				out[count] = chosen ? *chosen++ : slot->candidates[i];
	}
	return count;
}

/* The plan's own dates as a placing. */
static struct placing as_placing(struct plan *plan)
{
	const struct plan_levelled *levelled = plan->network->levelled;
	size_t n = (size_t)plan->task_count + 1;
	struct placing p = { .start = plan->start, .finish = plan->finish, .duration = plan->duration };

	arena_init(&p.arena);
	p.choice = levelled ? levelled->choice : arena_calloc(&p.arena, n, sizeof(*p.choice));
	p.first_piece = levelled ? levelled->first_piece : arena_calloc(&p.arena, n, sizeof(*p.first_piece));
	p.piece_count = levelled ? levelled->piece_count : arena_calloc(&p.arena, n, sizeof(*p.piece_count));
	vec_init(&p.choices, sizeof(uint32_t));
	vec_init(&p.pieces, sizeof(struct plan_piece));
	p.choices.items = levelled ? levelled->choices : NULL; /* borrowed: never released */
	p.choices.len = p.choices.cap = SIZE_MAX / sizeof(uint32_t);
	return p;
}

static void add_use(struct levelling *l, struct vec *out, uint32_t task, struct plan_piece piece)
{
	const struct member *m = l->members.items;

	for (size_t i = 0; i < l->members.len; i++) {
		const struct calendar *own = m[i].works ? m[i].works : l->lanes[m[i].resource].calendar;
		moment_t finish = level_member_finish(l, task, &m[i], piece.start, piece.finish), from = piece.start, until;

		for (; from < finish && !m[i].stock; from = until) {
			until = share_until(m[i].share, from);
			until = until < finish ? until : finish;
			vec_append(out, &(struct plan_use){ task, m[i].resource, from, until, share_at(m[i].share, from), own });
		}
	}
}

void plan_uses(struct plan *plan, struct vec *out)
{
	struct plan_options options = { .facts = true };
	struct placing placing = as_placing(plan);
	struct levelling l;

	vec_init(out, sizeof(struct plan_use));
	levelling_init(&l, plan, &options);
	l.placing = &placing;
	for (uint32_t i = 0; i < plan->task_count; i++) {
		uint32_t count;
		const struct plan_piece *pieces = plan_pieces(plan, i, &count);

		if (!level_loads(plan, i))
			continue;
		level_use(&l, i);
		if (count == 0)
			add_use(&l, out, i, (struct plan_piece){ plan->start[i], plan->finish[i] });
		for (uint32_t p = 0; p < count; p++)
			add_use(&l, out, i, pieces[p]);
	}
	levelling_release(&l);
	arena_release(&placing.arena);
}
