/* Reading rules, and which of them a step sets off. */
#include "change/policy.h"

#include "change/delta.h"
#include "plan/baseline.h"

#include <stdlib.h>

/* --- reading --- */

static struct slice words_of(const struct record *record, const char *field)
{
	struct slice text;

	return record_text(record, field, &text) ? text : slice_of("");
}

static void read_protect(struct policy_rule *rule)
{
	struct slice rest = words_of(rule->record, "protect"), item;

	while (slice_next(&rest, " \t,\n", &item))
		if (item.len)
			vec_append(&rule->protect, &item);
}

/* "sponsor", "2 of ccb". A number too large to be meant is kept as one that nobody can satisfy. */
static void read_needs(const struct record *record, const char *field, struct vec *out)
{
	struct slice rest = words_of(record, field), item;

	while (slice_next(&rest, ",\n", &item)) {
		struct approval_need need = { 1, item };
		size_t digits = 0;
		uint32_t count = 0;

		while (digits < item.len && item.at[digits] >= '0' && item.at[digits] <= '9')
			if (count = count * 10 + (uint32_t)(item.at[digits++] - '0'), count > 1000)
				count = 1000;
		if (digits && slice_starts(slice_trim(slice_from(item, digits)), "of "))
			need = (struct approval_need){ count,
				slice_trim(slice_from(slice_trim(slice_from(item, digits)), 3)) };
		if (item.len)
			vec_append(out, &need);
	}
}

static void rule_init(struct policy_rule *rule)
{
	*rule = (struct policy_rule){ .bound = true };
	vec_init(&rule->protect, sizeof(struct slice));
	vec_init(&rule->approve, sizeof(struct approval_need));
	vec_init(&rule->review, sizeof(struct approval_need));
}

static uint32_t small_number(struct slice text)
{
	decimal_t number;

	if (decimal_parse(slice_trim(text), &number) != DECIMAL_OK || number < 0)
		return 0;
	return number > 1000 * DECIMAL_ONE ? 1000 : (uint32_t)(number / DECIMAL_ONE);
}

/* Views are free for all to edit: a condition that names one is not read here, and so always holds. */
static void read_when(struct policy_rule *rule, struct arena *arena)
{
	struct query_scope scope = { .project = NULL };
	struct condition *condition;

	rule->when_text = slice_trim(words_of(rule->record, "when"));
	if (rule->when_text.len && condition_parse(&condition, rule->when_text, NULL, &scope, arena, NULL) == 0)
		rule->when = condition;
}

static void read_rule(struct policies *policies, const struct record *record, bool current)
{
	struct policy_rule rule;

	rule_init(&rule);
	rule.record = record;
	rule.name = record->id;
	read_protect(&rule);
	read_needs(record, "approve", &rule.approve);
	read_needs(record, "review", &rule.review);
	read_when(&rule, &policies->arena);
	rule.strict = slice_is(slice_trim(record_text_or(record, "binding")), "strict");
	rule.emergency = slice_is(slice_trim(record_text_or(record, "class")), "emergency");
	rule.bound = !slice_is(slice_trim(record_text_or(record, "after")), "baseline") || current;
	rule.open = small_number(words_of(record, "open"));
	vec_append(&policies->rules, &rule);
}

/* People with at least one key. */
static uint32_t count_holders(const struct policies *policies)
{
	const struct key *keys = policies->keys.items;
	uint32_t count = 0;

	for (size_t i = 0; i < policies->keys.len; i++) {
		bool known = false;

		for (size_t j = 0; j < i && !known; j++)
			known = slice_equal(keys[i].person, keys[j].person);
		count += !known;
	}
	return count;
}

/* The last rule, whether or not it is needed. */
static void add_implicit(struct policies *policies)
{
	struct approval_need majority = { count_holders(policies) / 2 + 1, slice_of("") };
	struct policy_rule rule;

	rule_init(&rule);
	rule.name = slice_of("root");
	rule.implicit = true;
	vec_append(&rule.approve, &majority);
	vec_append(&policies->rules, &rule);
}

void policies_read(struct policies *policies, const struct project *project, struct diagnostics *found)
{
	const struct kind *kind = kind_find(slice_of("policy"));
	bool current = baseline_current(project) != NULL;
	const struct record *record;

	*policies = (struct policies){ .project = project };
	arena_init(&policies->arena);
	vec_init(&policies->rules, sizeof(struct policy_rule));
	vec_init(&policies->keys, sizeof(struct key));
	keys_read(&policies->keys, project, &policies->arena, found);
	FOREACH_RECORD (project, kind, record)
		if (!record->overlay)
			read_rule(policies, record, current);
	policies->any = policies->rules.len > 0;
	add_implicit(policies);
}

void policies_release(struct policies *policies)
{
	struct policy_rule *rules = policies->rules.items;

	for (size_t i = 0; i < policies->rules.len; i++) {
		vec_release(&rules[i].protect);
		vec_release(&rules[i].approve);
		vec_release(&rules[i].review);
	}
	if (policies->base)
		impact_base_release(policies->base);
	vec_release(&policies->rules);
	vec_release(&policies->keys);
	arena_release(&policies->arena);
}

static void read_base(struct policies *policies, const struct impact_base *like)
{
	policies->base = arena_alloc(&policies->arena, sizeof(*policies->base));
	impact_base_read(policies->base, policies->project, like);
}

const struct impact_base *policies_base(struct policies *policies)
{
	if (!policies->base)
		read_base(policies, NULL);
	return policies->base;
}

void policies_base_like(struct policies *policies, const struct policies *before)
{
	if (!policies->base && before->base)
		read_base(policies, before->base);
}

const struct policy_rule *policies_emergency(const struct policies *policies)
{
	const struct policy_rule *rules = policies->rules.items;

	for (size_t i = 0; i < policies->rules.len; i++)
		if (rules[i].emergency && rules[i].bound)
			return &rules[i];
	return NULL;
}

/* --- protecting --- */

static const char *const class_words[] = {
	[CLASS_FREE] = "free", [CLASS_FACT] = "fact", [CLASS_PLAN] = "plan", [CLASS_AUTHORITY] = "authority"
};

/* Does "task.effort", "requirement.*", "requirement", "plan" or "*" mean this field? Whose fields are protected
 * comes and goes under protection. */
static bool pattern_means(struct slice pattern, const struct kind *kind, struct slice field)
{
	size_t dot = slice_find(pattern, '.');
	struct slice own = slice_from(pattern, dot + 1);

	if (dot == pattern.len && word_index("free|fact|plan|authority", pattern) >= 0)
		return slice_is(pattern, class_words[delta_class(NULL, kind, field)]);
	if (slice_is(pattern, "*"))
		return true;
	if (!kind || kind_find(slice_new(pattern.at, dot)) != kind)
		return false;
	return dot == pattern.len || slice_is(own, "*") || slice_equal(own, field) || slice_is(field, "*");
}

bool policy_rule_protects(const struct policy_rule *rule, const struct kind *kind, struct slice field)
{
	const struct slice *patterns = rule->protect.items;

	for (size_t i = 0; rule->bound && !rule->emergency && i < rule->protect.len; i++)
		if (pattern_means(patterns[i], kind, field))
			return true;
	return false;
}

bool policy_protects(const struct policies *policies, const struct kind *kind, struct slice field)
{
	const struct policy_rule *rules = policies->rules.items;

	for (size_t i = 0; i < policies->rules.len; i++)
		if (policy_rule_protects(&rules[i], kind, field))
			return true;
	return false;
}

/* Does the rule say who decides about authority? One that names nobody does not. */
static bool is_root(const struct policy_rule *rule)
{
	const struct slice *patterns = rule->protect.items;

	for (size_t i = 0; rule->bound && !rule->emergency && rule->approve.len && i < rule->protect.len; i++)
		if (slice_is(patterns[i], "authority"))
			return true;
	return false;
}

/* --- triggers --- */

static void add_trigger(struct vec *out, struct trigger trigger)
{
	const struct trigger *known = out->items;

	for (size_t i = 0; i < out->len; i++)
		if (known[i].rule == trigger.rule)
			return;
	vec_append(out, &trigger);
}

struct slice trigger_subject(const struct trigger *trigger, const struct project *before, const struct project *after,
	struct arena *arena)
{
	return trigger->item ? delta_item_name(trigger->item, after, before, arena) : trigger->what;
}

/* The baseline was added, changed, removed, or another one became the current one. */
static bool moves_baseline(const struct delta_item *item)
{
	return slice_is(item->kind, "baseline") ||
	       (slice_is(item->kind, "project") && slice_is(item->field, "baseline"));
}

static void item_triggers(struct policies *policies, const struct delta_item *item, struct vec *out)
{
	const struct policy_rule *rules = policies->rules.items;
	const struct kind *kind = kind_find(item->kind);
	bool rooted = delta_class(policies, kind, item->field) != CLASS_AUTHORITY;

	for (size_t i = 0; i < policies->rules.len; i++) {
		const struct policy_rule *rule = &rules[i];

		if (policy_rule_protects(rule, kind, item->field)) {
			add_trigger(out, (struct trigger){ rule, N_("protected: %s"), .item = item });
			rooted |= is_root(rule);
		}
		if (moves_baseline(item) && rule->when_text.len && !rule->emergency)
			add_trigger(out, (struct trigger){ rule, N_("the baseline changes: %s"), .item = item });
		if (rule->implicit && !rooted) /* the last one */
			add_trigger(out, (struct trigger){ rule, N_("authority: %s"), .item = item });
	}
}

struct measuring {
	const struct impact_base *base;
	const struct impact *before, *after;
	bool untold, worse;
};

static bool measure(void *context, struct slice name, struct slice wanted, struct arena *arena, struct value *out)
{
	const struct measuring *m = context;

	(void)arena;
	return impact_measure(m->base, m->after, name, wanted, out);
}

static void judge_part(void *context, const struct condition_part *part)
{
	struct measuring *m = context;
	struct value value;

	if (!part->plain || !impact_measure(m->base, m->after, part->name, part->wanted, &value))
		m->untold = true;
	else
		m->worse |= impact_worse(m->base, m->before, m->after, part->name, part->direction);
}

/* The condition is true of B, and something it names is worse than in A. What cannot be told is true and worse. */
static bool when_holds(struct policies *policies, const struct policy_rule *rule, const struct impact *before,
	const struct impact *after)
{
	struct measuring m = { policies_base(policies), before, after, rule->when == NULL, false };
	struct query_scope scope = { .project = policies->project, .measure = measure, .measure_context = &m };

	if (!m.base->current)
		return false; /* nothing to measure against yet */
	if (rule->when)
		condition_parts(rule->when, judge_part, &m);
	return m.untold || (m.worse && condition_holds(rule->when, NULL, &scope, &policies->arena));
}

bool delta_plans(const struct delta *delta)
{
	for (size_t i = 0; i < delta->item_count; i++)
		if (delta_class(NULL, kind_find(delta->items[i].kind), delta->items[i].field) >= CLASS_PLAN)
			return true;
	return false;
}

void policy_triggers(struct policies *policies, const struct delta *delta, const struct impact *before,
	const struct impact *after, struct vec *out)
{
	const struct policy_rule *rules = policies->rules.items;

	for (size_t i = 0; i < delta->item_count; i++)
		item_triggers(policies, &delta->items[i], out);
	for (size_t i = 0; before && after && i < policies->rules.len; i++)
		if (rules[i].when_text.len && rules[i].bound && !rules[i].emergency &&
			when_holds(policies, &rules[i], before, after))
			add_trigger(out, (struct trigger){ &rules[i], N_("impact: %s"), .what = rules[i].when_text });
}
