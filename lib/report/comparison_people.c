/* People of two plans side by side: how much work each has, and how full the busiest week is. */
#include "report/comparison-internal.h"

#include "base/alloc.h"
#include "base/map.h"
#include "plan/load.h"

struct person_pair {
	const struct person_load *before, *after; /* NULL: does nothing */
};

static const struct record *person(const struct person_pair *pair)
{
	return (pair->after ? pair->after : pair->before)->resource;
}

/* Those of `after` in order, then those who have nothing to do any more. */
static void pair_loads(const struct vec *before, const struct vec *after, struct vec *pairs)
{
	const struct person_load *then = before->items, *now = after->items;
	struct map by_id;
	uintptr_t at;

	map_init(&by_id);
	for (size_t i = 0; i < before->len; i++)
		map_put(&by_id, then[i].resource->folded, i + 1);
	for (size_t i = 0; i < after->len; i++) {
		bool known = map_get(&by_id, now[i].resource->folded, &at) && at;

		vec_append(pairs, &(struct person_pair){ known ? &then[at - 1] : NULL, &now[i] });
		if (known)
			map_put(&by_id, now[i].resource->folded, 0);
	}
	for (size_t i = 0; i < before->len; i++)
		if (map_get(&by_id, then[i].resource->folded, &at) && at)
			vec_append(pairs, &(struct person_pair){ &then[i], NULL });
	map_release(&by_id);
}

static int64_t work_of(const struct person_load *load)
{
	return load ? load->work : 0;
}

static bool same_peak(const struct person_pair *pair)
{
	return pair->before && pair->after && pair->before->peak == pair->after->peak && pair->before->available == pair->after->available;
}

static struct cell share_cell(const struct person_load *load)
{
	if (!load || load->available <= 0)
		return cell_none();
	return cell_toned(load->peak > load->available ? TONE_BAD : TONE_NONE,
		cell_percent((load->peak * 100 + load->available / 2) / load->available * DECIMAL_ONE));
}

static struct cell week_cell(const struct person_load *load)
{
	return load && load->peak ? cell_date(load->week) : cell_none();
}

static struct table *people_table(const struct writer *w)
{
	struct table *table = doc_table(w->doc, "people", NULL);

	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("name"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "work_before", w->report->before_label, ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "work", w->report->after_label, ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "difference", N_("difference"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "peak_before", N_("busiest week before"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "peak", N_("busiest week"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "peak_week", N_("week of"), ALIGN_LEFT, PRIORITY_LOW);
	if (w->report->data) {
		table_column(table, "peak_work_before", NULL, ALIGN_RIGHT, PRIORITY_DATA);
		table_column(table, "peak_work", NULL, ALIGN_RIGHT, PRIORITY_DATA);
	}
	return table;
}

static void add_person(const struct writer *w, struct table *table, const struct person_pair *pair)
{
	struct row *row = table_row(table);
	int64_t difference = work_of(pair->after) - work_of(pair->before);

	row->cells[0] = cell_ref(w->arena, person(pair)->id, slice_of(""));
	row->cells[1] = cell_text(w->arena, record_title(person(pair)));
	row->cells[2] = cell_duration(work_of(pair->before));
	row->cells[3] = cell_duration(work_of(pair->after));
	row->cells[4] = comparison_worse(cell_duration(difference), difference);
	row->cells[5] = share_cell(pair->before);
	row->cells[6] = share_cell(pair->after);
	row->cells[7] = week_cell(pair->after);
	if (w->report->data) {
		row->cells[8] = cell_duration(pair->before ? pair->before->peak : 0);
		row->cells[9] = cell_duration(pair->after ? pair->after->peak : 0);
	}
}

void comparison_people(const struct writer *w)
{
	struct vec before, after, pairs;
	struct table *table = w->report->data ? people_table(w) : NULL;

	if (!w->report->before || !w->report->after)
		return;
	plan_loads(w->report->before, &before);
	plan_loads(w->report->after, &after);
	vec_init(&pairs, sizeof(struct person_pair));
	pair_loads(&before, &after, &pairs);
	for (size_t i = 0; i < pairs.len; i++) {
		const struct person_pair *pair = vec_at(&pairs, i);

		if (work_of(pair->before) == work_of(pair->after) && same_peak(pair))
			continue;
		if (!table) {
			doc_heading(w->doc, 2, cell_message(N_("People")));
			table = people_table(w);
		}
		add_person(w, table, pair);
	}
	vec_release(&pairs);
	vec_release(&before);
	vec_release(&after);
}
