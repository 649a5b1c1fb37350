#include "quality/gate.h"

#include "base/alloc.h"

#include <string.h>

struct building {
	struct gates *gates;
	const struct rules *rules;
	struct rule_view view;
	moment_t now;
};

static struct gate *find(const struct gates *gates, struct slice name)
{
	uintptr_t place;

	return map_get(&gates->names, name, &place) ? vec_at(&gates->gates, place) : NULL;
}

const struct gate *gate_find(const struct gates *gates, struct slice name)
{
	return find(gates, name);
}

/* Calls it for each gate a record names; false when it names none. */
static bool each_gate(const struct record *record, void (*call)(void *context, struct slice name), void *context)
{
	struct slice rest = record_text_or(record, "gate"), name;
	bool any = false;

	while (slice_next(&rest, ",\n", &name)) {
		if (!name.len)
			continue;
		any = true;
		call(context, name);
	}
	return any;
}

static void open_gate(void *context, struct slice name)
{
	struct gates *gates = context;
	struct gate *gate;

	if (!map_add(&gates->names, name, gates->gates.len, NULL))
		return;
	gate = vec_push(&gates->gates);
	gate->name = name;
	vec_init(&gate->items, sizeof(struct gate_item));
}

static void open_gates(struct building *b, const char *kind)
{
	struct record *record;

	FOREACH_RECORD(b->view.project, kind_find(slice_of(kind)), record)
		each_gate(record, open_gate, b->gates);
}

struct adding {
	struct gates *gates;
	const struct gate_item *item;
};

static void add_to(struct gate *gate, const struct gate_item *item)
{
	vec_append(&gate->items, item);
	if (item->verdict > gate->verdict)
		gate->verdict = item->verdict;
}

static void add_item(void *context, struct slice name)
{
	struct adding *adding = context;

	add_to(find(adding->gates, name), adding->item);
}

struct absence {
	struct measures measures;
	struct arena *arena;
	struct slice *unknown;
};

static void look_for_absence(void *context, struct slice name, const struct field *field)
{
	struct absence *a = context;
	struct value value;

	(void)name;
	if (field && !a->unknown->len &&
		!measure_value(&a->measures, slice_of(field->name), slice_of(""), a->arena, &value))
		*a->unknown = slice_of(field->name);
}

static enum gate_verdict judge_rule(struct building *b, struct gate_item *item)
{
	const struct rule *rule = item->rule;

	item->hit_count = rule_hits(b->rules, rule, &item->first_hit);
	if (!rule->when)
		return GATE_UNSURE;
	if (!rule->of) {
		struct absence absence = { .arena = &b->gates->arena, .unknown = &item->unknown };
		rule_measures(&absence.measures, &b->view, b->now);
		condition_each_name(rule->when, look_for_absence, &absence);
	}
	if (item->unknown.len && (!item->hit_count || rule->effect == RULE_EXIT))
		return GATE_UNSURE;
	if (!item->hit_count || rule->severity == SEVERITY_NOTE)
		return GATE_OPEN;
	return rule->severity == SEVERITY_ERROR ? GATE_STOPS : GATE_WARNS;
}

static void add_rules(struct building *b)
{
	const struct rule *rules = b->rules->rules.items;

	for (size_t i = 0; i < b->rules->rules.len; i++) {
		struct gate_item item = { .record = rules[i].record, .rule = &rules[i], .threshold = DECIMAL_NONE };
		struct adding adding = { b->gates, &item };

		if (rules[i].effect != RULE_GATE && rules[i].effect != RULE_EXIT)
			continue;
		item.verdict = judge_rule(b, &item);
		if (!each_gate(item.record, add_item, &adding))
			for (size_t g = 0; g < b->gates->gates.len; g++)
				add_to(vec_at(&b->gates->gates, g), &item);
	}
}

static enum gate_verdict judge_metric(const struct building *b, struct gate_item *item)
{
	const struct metric *m = &item->metric;
	int days = metric_stale_days(m);
	decimal_t last;

	item->threshold = metric_gate_threshold(m);
	if (!m->count || item->threshold == DECIMAL_NONE)
		return GATE_UNSURE;
	last = m->samples[m->count - 1].value;
	item->stale = days && moment_date(b->now) - moment_date(m->samples[m->count - 1].when) > days;
	if (metric_is_worse(m, last, item->threshold))
		return GATE_STOPS;
	if (m->unreadable)
		return GATE_UNSURE;
	return item->stale || metric_judge(m, last) == METRIC_WARN ? GATE_WARNS : GATE_OPEN;
}

static void add_metrics(struct building *b)
{
	struct record *record;

	FOREACH_RECORD(b->view.project, kind_find(slice_of("metric")), record) {
		struct gate_item item = { .record = record, .threshold = DECIMAL_NONE };
		struct adding adding = { b->gates, &item };

		if (!slice_trim(record_text_or(record, "gate")).len)
			continue;
		metric_read(&item.metric, b->view.project, record, b->now, &b->gates->arena);
		item.verdict = judge_metric(b, &item);
		each_gate(record, add_item, &adding);
	}
}

size_t checklist_count(const struct record *checklist, size_t *open, struct slice *first_open)
{
	struct slice rest = record_text_or(checklist, "items"), line;
	size_t count = 0;

	*open = 0;
	*first_open = slice_new(NULL, 0);
	while (slice_next(&rest, "\n", &line)) {
		if (!line.len)
			continue;
		count++;
		if (slice_starts(line, "[x] ") || slice_starts(line, "[-] "))
			continue;
		if (!(*open)++)
			*first_open = slice_starts(line, "[ ] ") ? slice_from(line, 4) : line;
	}
	return count;
}

static void add_checklists(struct building *b)
{
	struct record *record;
	struct slice done;

	FOREACH_RECORD(b->view.project, kind_find(slice_of("checklist")), record) {
		struct gate_item item = { .record = record, .threshold = DECIMAL_NONE };
		struct adding adding = { b->gates, &item };

		item.items = checklist_count(record, &item.open, &item.first_open);
		if (item.open || (!item.items && !record_text(record, "done", &done)))
			item.verdict = GATE_STOPS;
		each_gate(record, add_item, &adding);
	}
}

void gates_init(struct gates *gates, const struct rules *rules, const struct rule_view *view, moment_t now)
{
	struct building b = { gates, rules, *view, now };
	const struct rule *items = rules->rules.items;
	struct measure_memo memo;

	arena_init(&gates->arena);
	vec_init(&gates->gates, sizeof(struct gate));
	map_init(&gates->names);
	for (size_t i = 0; i < rules->rules.len; i++)
		if (items[i].effect == RULE_GATE || items[i].effect == RULE_EXIT)
			each_gate(items[i].record, open_gate, gates);
	open_gates(&b, "metric");
	open_gates(&b, "checklist");
	measure_memo_init(&memo);
	b.view.memo = &memo;
	add_rules(&b);
	measure_memo_release(&memo);
	add_metrics(&b);
	add_checklists(&b);
}

void gates_release(struct gates *gates)
{
	struct gate *items = gates->gates.items;

	for (size_t i = 0; i < gates->gates.len; i++)
		vec_release(&items[i].items);
	vec_release(&gates->gates);
	map_release(&gates->names);
	arena_release(&gates->arena);
}
