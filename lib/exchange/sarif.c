/* SARIF, and numbers at paths of any JSON: one pass over the stream for both. */
#include "exchange/measurement.h"

#include "base/alloc.h"
#include "base/i18n.h"
#include "base/map.h"
#include "model/kind.h"
#include "text/json_scan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { STEPS_MOST = 32, LEVELS = 4 };
static const char levels[] = "none|note|warning|error";
enum { LEVEL_NONE, LEVEL_NOTE, LEVEL_WARNING, LEVEL_ERROR };

/* --- paths ------------------------------------------------------------------------------------------------------- */

struct wanted {
	const char *name; /* as asked for */
	struct json_step steps[STEPS_MOST];
	size_t count;
	bool valid, found;
	double value;
};

static bool is_key_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
		((unsigned char)c & 0x80);
}

/* "[3]" or "['two words']" */
static bool bracket_step(struct slice *rest, struct json_step *step)
{
	struct slice inner = slice_from(*rest, 1);
	char quote = inner.len ? inner.at[0] : '\0';
	size_t end;

	if (quote == '\'' || quote == '"') {
		end = slice_find(slice_from(inner, 1), quote);
		*step = (struct json_step){ .key = slice_new(inner.at + 1, end) };
		inner = slice_from(inner, end + 2);
	} else {
		*step = (struct json_step){ .array = true };
		for (end = 0; end < inner.len && inner.at[end] >= '0' && inner.at[end] <= '9' && end < 9; end++)
			step->index = step->index * 10 + (size_t)(inner.at[end] - '0');
		if (!end)
			return false;
		inner = slice_from(inner, end);
	}
	if (!inner.len || inner.at[0] != ']')
		return false;
	*rest = slice_from(inner, 1);
	return true;
}

static bool key_step(struct slice *rest, struct json_step *step)
{
	size_t len = 0;

	*rest = slice_from(*rest, 1);
	while (len < rest->len && is_key_byte(rest->at[len]))
		len++;
	*step = (struct json_step){ .key = slice_new(rest->at, len) };
	*rest = slice_from(*rest, len);
	return len > 0;
}

/* "json:$.totals.lines[0].pct"; the "$" may be left out. */
static bool parse_path(struct wanted *w, const char *path, size_t *fault)
{
	struct slice rest = slice_of(path);
	bool good = true;

	*w = (struct wanted){ .name = path };
	if (slice_starts(rest, "json:"))
		rest = slice_from(rest, 5);
	if (slice_starts(rest, "$"))
		rest = slice_from(rest, 1);
	while (rest.len && good) {
		*fault = (size_t)(rest.at - path);
		good = w->count < STEPS_MOST && (rest.at[0] == '.' ? key_step(&rest, &w->steps[w->count]) :
			rest.at[0] == '[' && bracket_step(&rest, &w->steps[w->count]));
		w->count += good;
	}
	w->valid = good && w->count > 0;
	return w->valid;
}

bool measurement_path_valid(const char *path, size_t *fault)
{
	struct wanted w;

	*fault = strlen(path);
	return strncmp(path, "json:", 5) == 0 && parse_path(&w, path, fault);
}

static bool same_step(const struct json_step *a, const struct json_step *b)
{
	return a->array == b->array && (a->array ? a->index == b->index : slice_equal(a->key, b->key));
}

static bool is_at(const struct wanted *w, const struct json_step *path, size_t depth)
{
	if (depth != w->count)
		return false;
	/* From the end: there most paths differ. */
	for (size_t i = depth; i-- > 0;)
		if (!same_step(&w->steps[i], &path[i]))
			return false;
	return true;
}

/* --- SARIF ------------------------------------------------------------------------------------------------------- */

struct sarif {
	struct arena arena;
	struct wanted *wanted;
	size_t wanted_count;
	bool is_sarif;
	double counts[LEVELS];
	/* Of the run being read. */
	struct map defaults;       /* rule id → its default level + 1 */
	struct map unlevelled;     /* rule id → results that say no level themselves */
	struct slice rule_id;      /* of the rule or result being read; in the arena */
	int level;                 /* -1: not said */
	bool passed, suppressed, disputed, absent;
};

static bool key_is(const struct json_step *path, size_t depth, size_t at, const char *key)
{
	return at < depth && !path[at].array && slice_is(path[at].key, key);
}

/* runs[i].results[j].… */
static bool in_result(const struct json_step *path, size_t depth)
{
	return depth >= 4 && key_is(path, depth, 0, "runs") && path[1].array && key_is(path, depth, 2, "results") &&
		path[3].array;
}

/* runs[i].tool.driver.rules[j].… */
static bool in_rule(const struct json_step *path, size_t depth)
{
	return depth >= 6 && key_is(path, depth, 0, "runs") && path[1].array && key_is(path, depth, 2, "tool") &&
		key_is(path, depth, 3, "driver") && key_is(path, depth, 4, "rules") && path[5].array;
}

static void take_result_value(struct sarif *s, const struct json_step *path, size_t depth, struct slice text)
{
	if (depth == 5 && key_is(path, depth, 4, "level"))
		s->level = word_index(levels, text);
	else if (depth == 5 && key_is(path, depth, 4, "ruleId"))
		s->rule_id = arena_slice(&s->arena, text);
	else if (depth == 6 && key_is(path, depth, 4, "rule") && key_is(path, depth, 5, "id"))
		s->rule_id = arena_slice(&s->arena, text);
	else if (depth == 5 && key_is(path, depth, 4, "kind"))
		s->passed = !slice_is(text, "fail");
	else if (depth == 5 && key_is(path, depth, 4, "baselineState"))
		s->absent = slice_is(text, "absent");
	else if (depth == 6 && key_is(path, depth, 4, "suppressions"))
		s->suppressed = !s->disputed;
	else if (depth == 7 && key_is(path, depth, 4, "suppressions") && key_is(path, depth, 6, "status") &&
		!slice_is(text, "accepted")) {
		s->disputed = true; /* under review or rejected: it counts */
		s->suppressed = false;
	}
}

static void take_rule_value(struct sarif *s, const struct json_step *path, size_t depth, struct slice text)
{
	if (depth == 7 && key_is(path, depth, 6, "id"))
		s->rule_id = arena_slice(&s->arena, text);
	else if (depth == 8 && key_is(path, depth, 6, "defaultConfiguration") && key_is(path, depth, 7, "level"))
		s->level = word_index(levels, text);
}

static void begin(struct sarif *s)
{
	s->rule_id = slice_new(NULL, 0);
	s->level = -1;
	s->passed = s->suppressed = s->disputed = s->absent = false;
}

static void take_wanted(struct sarif *s, const struct json_step *path, size_t depth, enum json_kind kind,
	struct slice text)
{
	char digits[64];
	char *end;

	if ((kind != JSON_SCAN_NUMBER && kind != JSON_SCAN_STRING) || text.len >= sizeof(digits) || !text.len)
		return;
	for (size_t i = 0; i < s->wanted_count; i++) {
		if (!s->wanted[i].valid || !is_at(&s->wanted[i], path, depth))
			continue;
		memcpy(digits, text.at, text.len);
		digits[text.len] = '\0';
		s->wanted[i].value = strtod(digits, &end);
		s->wanted[i].found = end != digits && (*end == '\0' || strcmp(end, "%") == 0) &&
			isfinite(s->wanted[i].value);
	}
}

static void on_value(void *context, const struct json_step *path, size_t depth, enum json_kind kind, struct slice text)
{
	struct sarif *s = context;

	if (s->wanted_count)
		take_wanted(s, path, depth, kind, text);
	if (depth == 1 && key_is(path, depth, 0, "runs"))
		s->is_sarif = kind == JSON_SCAN_ARRAY;
	if ((in_result(path, depth) && depth == 4) || (in_rule(path, depth) && depth == 6))
		begin(s);
	else if (in_result(path, depth))
		take_result_value(s, path, depth, text);
	else if (in_rule(path, depth))
		take_rule_value(s, path, depth, text);
}

static void end_result(struct sarif *s)
{
	uintptr_t count = 0;

	if (s->passed || s->suppressed || s->absent)
		return;
	if (s->level >= 0) {
		s->counts[s->level]++;
		return;
	}
	map_get(&s->unlevelled, s->rule_id, &count);
	map_put(&s->unlevelled, s->rule_id, count + 1);
}

/* The run is read: results without a level have their rule's. */
static void end_run(struct sarif *s)
{
	for (size_t i = 0; i < s->unlevelled.len; i++) {
		const struct map_entry *entry = &s->unlevelled.entries[i];
		uintptr_t level = 0;

		if (!map_get(&s->defaults, entry->key, &level))
			level = LEVEL_WARNING + 1;
		s->counts[level - 1] += (double)entry->value;
	}
	map_clear(&s->unlevelled);
	map_clear(&s->defaults);
}

static void on_close(void *context, const struct json_step *path, size_t depth)
{
	struct sarif *s = context;

	if (depth == 4 && in_result(path, depth))
		end_result(s);
	else if (depth == 6 && in_rule(path, depth) && s->rule_id.len && s->level >= 0)
		map_put(&s->defaults, s->rule_id, (uintptr_t)s->level + 1);
	else if (depth == 2 && key_is(path, depth, 0, "runs") && path[1].array)
		end_run(s);
}

static void add_found(struct measurements *out, const struct sarif *s)
{
	for (size_t i = 0; i < s->wanted_count; i++)
		if (s->wanted[i].found)
			measurements_add(out, s->wanted[i].name, s->wanted[i].value);
	if (!s->is_sarif)
		return;
	measurements_add(out, "sarif.results",
		s->counts[LEVEL_NONE] + s->counts[LEVEL_NOTE] + s->counts[LEVEL_WARNING] +
		s->counts[LEVEL_ERROR]);
	measurements_add(out, "sarif.errors", s->counts[LEVEL_ERROR]);
	measurements_add(out, "sarif.warnings", s->counts[LEVEL_WARNING]);
	measurements_add(out, "sarif.notes", s->counts[LEVEL_NOTE]);
}

int sarif_measure(struct measurements *out, struct slice json, const char *name, const char *const *paths, size_t count,
	struct err *err)
{
	struct sarif s = { .wanted_count = count, .wanted = xcalloc(count ? count : 1, sizeof(*s.wanted)) };
	struct json_scan_events events = { &s, on_value, on_close };
	size_t fault;
	int status;

	arena_init(&s.arena);
	map_init(&s.defaults);
	map_init(&s.unlevelled);
	for (size_t i = 0; i < count; i++)
		parse_path(&s.wanted[i], paths[i], &fault);
	status = json_scan(json, name, &events, err);
	if (status == 0)
		add_found(out, &s);
	free(s.wanted);
	map_release(&s.defaults);
	map_release(&s.unlevelled);
	arena_release(&s.arena);
	return status;
}
