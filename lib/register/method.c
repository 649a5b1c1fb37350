#include "register/method.h"

#include "base/alloc.h"

#include <string.h>

static bool is_method_rule(const struct record *rule)
{
	return slice_is(record_text_or(rule, "does"), "method");
}

/* "prince2" of prince2.ini. */
static struct slice file_method(const struct project *project, const struct record *rule)
{
	const struct project_file *file = vec_at(&project->files, rule->file);
	const char *slash = strrchr(file->path, '/');
	struct slice name = slice_of(slash ? slash + 1 : file->path);

	if (slice_ends(name, ".ini"))
		name.len -= strlen(".ini");
	return name;
}

static bool belongs(const struct project *from, const struct record *rule, struct slice method, bool shipped)
{
	struct slice words = record_text_or(rule, "method"), word;

	if (!slice_trim(words).len)
		return !shipped || slice_equal(file_method(from, rule), method);
	while (slice_next(&words, ",\n", &word))
		if (slice_equal(word, method))
			return true;
	return false;
}

/* "3" or "100%"; the field's check has read it before. */
static bool read_at_least(struct slice text, struct method_rule *rule)
{
	text = slice_trim(text);
	rule->share = slice_ends(text, "%");
	if (rule->share)
		text = slice_trim(slice_new(text.at, text.len - 1));
	return decimal_parse(text, &rule->at_least) == DECIMAL_OK && rule->at_least >= 0;
}

struct reading {
	struct method_set *set;
	const struct project *from;
	moment_t now;
	struct diagnostics *found;
};

static void report(struct reading *r, const struct record *record, const char *field, const struct value_fault *fault)
{
	const struct entry *entry = record_entry(record, kind_field_find(record->kind, slice_of(field)));
	struct place place = entry ? entry_place(r->from, record, entry, fault->offset) : record_place(r->from, record);
	struct arena *arena = &r->found->arena;

	diagnostic_record(r->found,
		diagnose(r->found, place, "condition-field", N_("the rule's '%s' cannot be read: '%s'"), field,
			arena_strndup(arena, fault->found.at ? fault->found.at : "", fault->found.len), NULL),
		record_name(arena, record));
}

static bool read_condition(struct reading *r, const struct record *record, const char *field, const struct kind *kind,
	struct condition **out)
{
	struct query_scope scope = { .project = r->from, .now = r->now };
	struct value_fault fault = { 0 };
	struct slice text;

	*out = NULL;
	if (!record_text(record, field, &text) || !slice_trim(text).len)
		return true;
	if (condition_parse(out, text, kind, &scope, &r->set->arena, &fault) == 0)
		return true;
	report(r, record, field, &fault);
	return false;
}

static void read_rule(struct reading *r, const struct record *record)
{
	struct method_rule rule = { .record = record, .from = r->from, .of = kind_find(record_text_or(record, "of")) };
	struct slice text;

	if (!rule.of) {
		struct value_fault fault = { .found = record_text_or(record, "of") };

		report(r, record, "of", &fault);
		return;
	}
	if (!read_condition(r, record, "when", rule.of, &rule.when) || !rule.when ||
		!read_condition(r, record, "where", rule.of, &rule.where) ||
		!read_condition(r, record, "given", kind_find(slice_of("project")), &rule.given))
		return;
	rule.counts = record_text(record, "at_least", &text) && slice_trim(text).len;
	if (rule.counts && !read_at_least(text, &rule)) {
		struct value_fault fault = { .found = text };

		report(r, record, "at_least", &fault);
		return;
	}
	vec_append(&r->set->rules, &rule);
}

static bool is_enabled(const struct record *rule)
{
	return !slice_is(record_text_or(rule, "enabled"), "no");
}

size_t method_set_init(struct method_set *set, const struct query_scope *scope, const struct project *shipped,
	struct slice method, struct diagnostics *found)
{
	const struct kind *kind = kind_find(slice_of("rule"));
	const struct project *project = scope->project;
	struct reading own = { set, project, scope->now, found }, theirs = { set, shipped, scope->now, found };
	struct record *record;

	arena_init(&set->arena);
	vec_init(&set->rules, sizeof(struct method_rule));
	vec_init(&set->results, sizeof(struct method_result));
	if (shipped)
		FOREACH_RECORD(shipped, kind, record)
			if (is_method_rule(record) && belongs(shipped, record, method, true) &&
				!project_find(project, kind, record->id))
				read_rule(&theirs, record);
	FOREACH_RECORD(project, kind, record)
		if (is_method_rule(record) && is_enabled(record) && belongs(project, record, method, false))
			read_rule(&own, record);
	return set->rules.len;
}

static void check_record(struct method_result *result, const struct record *record, const struct query_scope *scope,
	struct arena *scratch)
{
	const struct method_rule *rule = result->rule;
	bool holds;

	if (rule->where && !condition_holds(rule->where, record, scope, scratch))
		return;
	result->chosen++;
	holds = condition_holds(rule->when, record, scope, scratch);
	result->met += holds;
	/* A share names who is behind, a finding who it is of; of a number nobody can be named. */
	if (rule->counts ? rule->share && !holds : holds)
		vec_append(&result->records, &record);
}

static enum method_state judge(const struct method_result *result)
{
	const struct method_rule *rule = result->rule;
	decimal_t is;

	if (!rule->counts)
		return result->met ? METHOD_LACKING : METHOD_MET;
	if (!rule->share)
		return decimal_from_integer((int64_t)result->met) >= rule->at_least ? METHOD_MET : METHOD_LACKING;
	if (!result->chosen)
		return METHOD_MET;
	is = decimal_scale(decimal_from_integer(100), (int64_t)result->met, (int64_t)result->chosen);
	return is >= rule->at_least ? METHOD_MET : METHOD_LACKING;
}

void method_set_check(struct method_set *set, const struct query_scope *scope)
{
	const struct method_rule *rules = set->rules.items;
	struct record *record;
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; i < set->rules.len; i++) {
		struct method_result *result = vec_push(&set->results);

		*result = (struct method_result){ .rule = &rules[i], .state = METHOD_NOT_ASKED };
		vec_init(&result->records, sizeof(struct record *));
		if (rules[i].given && (!scope->project->settings ||
			!condition_holds(rules[i].given, scope->project->settings, scope, &scratch)))
			continue;
		FOREACH_RECORD(scope->project, rules[i].of, record) {
			check_record(result, record, scope, &scratch);
			arena_reset(&scratch);
		}
		result->state = judge(result);
	}
	arena_release(&scratch);
}

void method_set_release(struct method_set *set)
{
	struct method_result *results = set->results.items;

	for (size_t i = 0; i < set->results.len; i++)
		vec_release(&results[i].records);
	vec_release(&set->results);
	vec_release(&set->rules);
	arena_release(&set->arena);
}

static void add_name(struct vec *names, struct slice name)
{
	const struct slice *items = names->items;

	for (size_t i = 0; i < names->len; i++)
		if (slice_equal(items[i], name))
			return;
	if (name.len)
		vec_append(names, &name);
}

static void add_names(struct vec *names, const struct project *from, bool shipped)
{
	struct record *record;
	struct slice words, word;

	FOREACH_RECORD(from, kind_find(slice_of("rule")), record) {
		if (!is_method_rule(record))
			continue;
		words = record_text_or(record, "method");
		if (!slice_trim(words).len && shipped)
			add_name(names, file_method(from, record));
		while (slice_next(&words, ",\n", &word))
			add_name(names, word);
	}
}

static int by_name(const void *a, const void *b, void *context)
{
	(void)context;
	return slice_compare(*(const struct slice *)a, *(const struct slice *)b);
}

void method_names(const struct project *project, const struct project *shipped, struct vec *out)
{
	if (shipped)
		add_names(out, shipped, true);
	add_names(out, project, false);
	vec_sort(out, by_name, NULL);
}
