#include "register/objective.h"

#include "base/alloc.h"
#include "plan/level.h"
#include "plan/workload.h"

#include <stdlib.h>
#include <string.h>

/* --- measures --- */

static const struct {
	const char *text;
	int comparison;
} comparisons[] = { { ">=", 1 }, { "≥", 1 }, { "<=", -1 }, { "≤", -1 }, { "!=", 3 }, { ">", 2 }, { "<", -2 }, { "=", 0 } };

static decimal_t read_number(struct slice text)
{
	size_t len = 0;
	decimal_t number;

	while (len < text.len && ((text.at[len] >= '0' && text.at[len] <= '9') || text.at[len] == '.' ||
		(len == 0 && text.at[len] == '-')))
		len++;
	return len && decimal_parse(slice_new(text.at, len), &number) == DECIMAL_OK ? number : DECIMAL_NONE;
}

bool measure_parse(struct slice line, struct measure *out)
{
	*out = (struct measure){ .text = line, .target = DECIMAL_NONE, .start = DECIMAL_NONE, .latest = DECIMAL_NONE,
		.measured = DATE_NONE, .progress = DECIMAL_NONE };
	for (size_t at = 1; at < line.len; at++)
		for (size_t i = 0; i < ARRAY_SIZE(comparisons); i++) {
			struct slice rest = slice_from(line, at);

			out->name = slice_trim(slice_new(line.at, at));
			if (!slice_starts(rest, comparisons[i].text) || !out->name.len || strchr("<>!", out->name.at[out->name.len - 1]))
				continue;
			out->comparison = comparisons[i].comparison;
			out->target = read_number(slice_trim(slice_from(rest, strlen(comparisons[i].text))));
			return true;
		}
	return false;
}

static bool meets(const struct measure *m)
{
	switch (m->comparison) {
	case -2: return m->latest < m->target;
	case -1: return m->latest <= m->target;
	case 0:  return m->latest == m->target;
	case 1:  return m->latest >= m->target;
	case 2:  return m->latest > m->target;
	default: return m->latest != m->target;
	}
}

static void find_progress(struct measure *m)
{
	enum { WHOLE = 100 };
	decimal_t whole = decimal_from_integer(WHOLE), share;

	if (m->latest == DECIMAL_NONE || m->target == DECIMAL_NONE)
		return;
	m->holds = meets(m);
	if (m->holds) {
		m->progress = whole;
	} else if (m->start != DECIMAL_NONE && m->start != m->target) {
		share = decimal_scale(whole, m->latest - m->start, m->target - m->start);
		m->progress = share < 0 ? 0 : share > whole ? whole : share;
	}
}

/* --- samples: the latest of each metric --- */

struct latest {
	moment_t when;
	decimal_t value;
};

struct sampling {
	struct latest *latest;
	moment_t until;
};

static void take_sample(void *context, const struct journal_line *line)
{
	struct sampling *s = context;
	decimal_t number = read_number(line->what);

	if (number == DECIMAL_NONE || line->when > s->until || (s->latest->when != MOMENT_NONE && line->when < s->latest->when))
		return;
	*s->latest = (struct latest){ line->when, number };
}

static void read_samples(struct objectives *o)
{
	struct record *record;

	FOREACH_RECORD(o->project, kind_find(slice_of("sample")), record) {
		struct sampling s = { arena_alloc(&o->arena, sizeof(*s.latest)),
			moment_from_date(moment_date(o->now) + 1) - 1 };

		s.latest->when = MOMENT_NONE;
		journal_each(record, take_sample, &s);
		if (s.latest->when != MOMENT_NONE)
			map_put(&o->samples, record->folded, (uintptr_t)s.latest);
	}
}

static void add_measure(struct objectives *o, struct objective *objective, struct slice line, bool only)
{
	struct measure *m = vec_push(&objective->measures);
	const struct latest *latest;
	struct slice start = record_text_or(objective->record, "start_value");

	if (!measure_parse(line, m))
		return;
	m->metric = project_find(o->project, kind_find(slice_of("metric")), m->name);
	if (only && start.len)
		m->start = read_number(slice_trim(start));
	if (!m->metric)
		return;
	if (m->start == DECIMAL_NONE)
		m->start = read_number(slice_trim(record_text_or(m->metric, "baseline_value")));
	latest = map_get_pointer(&o->samples, m->metric->folded);
	if (latest) {
		m->latest = latest->value;
		m->measured = moment_date(latest->when);
	}
	find_progress(m);
}

static void add_measures(struct objectives *o, struct objective *objective)
{
	struct slice text = slice_trim(record_text_or(objective->record, "measures")), rest = text, line;
	const struct measure *m;
	decimal_t sum = 0;

	while (slice_next(&rest, "\n", &line))
		if (line.len)
			add_measure(o, objective, line, slice_find(text, '\n') == text.len);
	m = objective->measures.items;
	objective->progress = objective->measures.len ? 0 : DECIMAL_NONE;
	for (size_t i = 0; i < objective->measures.len && objective->progress != DECIMAL_NONE; i++) {
		sum += m[i].progress == DECIMAL_NONE ? 0 : m[i].progress;
		objective->progress = m[i].progress == DECIMAL_NONE ? DECIMAL_NONE :
			decimal_scale(sum, 1, (int64_t)objective->measures.len);
	}
}

/* --- the letters --- */

static void fault(struct objective *objective, enum smart_letter letter, const char *message, struct slice argument)
{
	struct smart_fault *f = vec_push(&objective->faults);

	*f = (struct smart_fault){ letter, message, argument };
	objective->letters &= ~(1u << letter);
}

static struct slice field(const struct objective *objective, const char *name)
{
	return slice_trim(record_text_or(objective->record, name));
}

static void judge_specific(struct objective *o)
{
	if (!field(o, "title").len)
		fault(o, SMART_S, N_("it has no title"), slice_of(""));
	if (!field(o, "text").len && !field(o, "description").len)
		fault(o, SMART_S, N_("no text says what exactly is to be reached, where and for whom"), slice_of(""));
}

static void judge_measurable(struct objective *o)
{
	const struct measure *m = o->measures.items;

	if (!o->measures.len)
		fault(o, SMART_M, N_("it has no measure such as coverage >= 80%"), slice_of(""));
	for (size_t i = 0; i < o->measures.len; i++) {
		if (!m[i].metric)
			fault(o, SMART_M, N_("'%s' names no metric of the project"), m[i].text);
		else if (!slice_trim(record_text_or(m[i].metric, "unit")).len)
			fault(o, SMART_M, N_("the metric %s has no unit"), m[i].metric->id);
		if (m[i].target == DECIMAL_NONE)
			fault(o, SMART_M, N_("'%s' has no number as its target"), m[i].text);
	}
}

static bool due_of(const struct objective *o, date_t *due)
{
	return date_parse(field(o, "due"), due) == CIVIL_OK;
}

/* Is the owner wanted for more than they have, from now until it is due? */
static bool is_overloaded(const struct objectives *all, const struct objective *o, const struct record *owner)
{
	const struct overload *items = all->overloads.items;
	uint32_t count;
	const struct plan_resource *resources = all->plan ? plan_resources(all->plan, &count) : NULL;
	date_t due;
	bool dated = due_of(o, &due);

	for (size_t i = 0; resources && i < all->overloads.len; i++)
		if (resources[items[i].resource].record == owner && items[i].to > all->now &&
			(!dated || moment_date(items[i].from) <= due))
			return true;
	return false;
}

static void judge_achievable(const struct objectives *all, struct objective *o)
{
	struct slice id = field(o, "owner");
	const struct record *owner = id.len ? project_find_among(all->project, "resource|team|stakeholder", id) : NULL;

	if (!owner)
		fault(o, SMART_A, N_("nobody answers for it: it has no owner"), slice_of(""));
	else if (is_overloaded(all, o, owner) && !field(o, "achievable").len)
		fault(o, SMART_A, N_("%s is wanted for more than they have before it is due; `achievable` may say why it can be "
			"reached all the same"), owner->id);
}

/* Requirements that serve it, by the objective's number. */
static bool *find_served(const struct project *project, const struct kind *objectives)
{
	bool *served = xcalloc(project_count(project, objectives) + 1, sizeof(*served));
	struct record *record, *objective;
	struct slice rest, id;

	FOREACH_RECORD(project, kind_find(slice_of("requirement")), record) {
		rest = record_text_or(record, "objective");
		while (slice_next(&rest, ",\n", &id)) {
			objective = id.len ? project_find(project, objectives, id) : NULL;
			if (objective && slice_trim(record_text_or(record, "value")).len)
				served[objective->kind_number] = true;
		}
	}
	return served;
}

static void judge_relevant(struct objective *o, bool served)
{
	if (!field(o, "relevance").len && !field(o, "parent").len && !served)
		fault(o, SMART_R, N_("nothing says why it matters: no relevance, no parent objective, no requirement of value"),
			slice_of(""));
}

static void judge_time(const struct objectives *all, struct objective *o)
{
	date_t due;

	if (!due_of(o, &due))
		fault(o, SMART_T, N_("it has no due date"), slice_of(""));
	else if (slice_is(field(o, "status"), "open") && due < moment_date(all->now))
		fault(o, SMART_T, N_("it was due on %s and is still open"), field(o, "due"));
}

static void add_objective(struct objectives *all, const struct record *record, bool served)
{
	struct objective *o = vec_push(&all->items);

	*o = (struct objective){ .record = record, .letters = (1u << SMART_LETTERS) - 1 };
	vec_init(&o->faults, sizeof(struct smart_fault));
	vec_init(&o->measures, sizeof(struct measure));
	add_measures(all, o);
	judge_specific(o);
	judge_measurable(o);
	judge_achievable(all, o);
	judge_relevant(o, served);
	judge_time(all, o);
}

static void find_overloads(struct objectives *all)
{
	struct workload load;

	workload_init(&load, all->plan, WORKLOAD_MONTH, NULL);
	for (size_t i = 0; i < load.overloads.len; i++)
		vec_append(&all->overloads, vec_at(&load.overloads, i));
	workload_release(&load);
}

void objectives_init(struct objectives *objectives, const struct project *project, struct plan *plan, moment_t now)
{
	const struct kind *kind = kind_find(slice_of("objective"));
	bool *served = find_served(project, kind);
	struct record *record;

	*objectives = (struct objectives){ .project = project, .plan = plan, .now = now };
	arena_init(&objectives->arena);
	map_init(&objectives->samples);
	vec_init(&objectives->overloads, sizeof(struct overload));
	vec_init(&objectives->items, sizeof(struct objective));
	read_samples(objectives);
	if (plan && project_count(project, kind))
		find_overloads(objectives);
	FOREACH_RECORD(project, kind, record)
		add_objective(objectives, record, served[record->kind_number]);
	free(served);
}

void objectives_release(struct objectives *objectives)
{
	struct objective *items = objectives->items.items;

	for (size_t i = 0; i < objectives->items.len; i++) {
		vec_release(&items[i].faults);
		vec_release(&items[i].measures);
	}
	vec_release(&objectives->items);
	vec_release(&objectives->overloads);
	map_release(&objectives->samples);
	arena_release(&objectives->arena);
}
