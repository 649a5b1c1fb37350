#include "quality/alert.h"

#include "base/alloc.h"

#include <string.h>

static void take_name(void *context, struct slice name, const struct field *field)
{
	(void)field;
	map_put(context, name, 1);
}

/* The metrics that rules that trip speak of. */
static void collect_told(const struct rules *rules, struct map *told)
{
	const struct kind *kind = kind_find(slice_of("metric"));
	const struct rule_hit *hits = rules->hits.items;

	for (size_t i = 0; i < rules->hits.len; i++)
		if (!hits[i].record)
			condition_each_name(hits[i].rule->when, take_name, told);
		else if (hits[i].record->kind == kind)
			map_put(told, hits[i].record->id, 1);
}

static void add_metrics(const struct rules *rules, moment_t now, struct arena *arena, struct vec *out)
{
	struct record *record;
	struct map told;

	map_init(&told);
	collect_told(rules, &told);
	FOREACH_RECORD(rules->project, kind_find(slice_of("metric")), record) {
		const struct metric *metric = metric_of(rules->readings, rules->project, record, now, arena);
		enum metric_health health = metric_health(metric);

		if ((health != METRIC_WARN && health != METRIC_FAIL) || map_get(&told, record->id, NULL))
			continue;
		vec_append(out, &(struct alert){ health == METRIC_FAIL ? SEVERITY_ERROR : SEVERITY_WARNING, NULL,
			metric, metric_health_since(metric), SINCE_EXACT });
	}
	map_release(&told);
}

static int worst_first(const void *a, const void *b, void *context)
{
	const struct alert *x = a, *y = b;

	(void)context;
	if (x->severity != y->severity)
		return x->severity > y->severity ? -1 : 1;
	if ((x->since == MOMENT_NONE) != (y->since == MOMENT_NONE))
		return x->since == MOMENT_NONE ? 1 : -1;
	return (x->since > y->since) - (x->since < y->since);
}

void alerts_collect(const struct rules *rules, moment_t now, struct arena *arena, struct vec *out)
{
	const struct rule_hit *hits = rules->hits.items;

	for (size_t i = 0; i < rules->hits.len; i++)
		vec_append(out, &(struct alert){ hits[i].rule->severity, &hits[i], NULL, hits[i].since,
			hits[i].state });
	add_metrics(rules, now, arena, out);
	vec_sort(out, worst_first, NULL);
}
