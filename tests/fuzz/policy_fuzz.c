/*
 * Policies: any text as the policy of a project, and behind a byte 1 the text of its new side. Rules are read and checked;
 * between sound sides what differs is stated as a delta, which prints, reads and applies to nothing but itself; nothing
 * changed triggers nothing, authority changed always does; and nobody's votes satisfy no rule that asks for some.
 */
#include "change/delta.h"
#include "change/policy.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>

static const char frame[] = "[project]\nuid = AAAA\nbaseline = 1\nstart = 2026-03-02\n"
			    "[baseline 1]\nstart = 2026-03-02 09:00\nfinish = 2026-03-06 18:00\ncost = 1000\n"
			    "tasks = T-1 2026-03-02T09:00 2026-03-06T18:00 5d 1000\n"
			    "[resource a]\nrate = 200/d\nroles = sponsor, ccb\n[task T-1]\neffort = 5d\nassign = a\n";

struct side {
	struct source *source;
	struct project project;
	struct diagnostics found;
	bool there;
};

static void must(bool good)
{
	if (!good)
		abort();
}

static void load(struct side *side, struct slice text)
{
	side->source = source_memory_new();
	diagnostics_init(&side->found);
	source_memory_add(side->source, "pmt.ini", slice_of(frame));
	source_memory_add(side->source, "policy.ini", text);
	side->there = project_load(&side->project, side->source, 1, &side->found, NULL) == 0;
}

static void unload(struct side *side)
{
	project_release(&side->project);
	source_free(side->source);
	diagnostics_release(&side->found);
}

static bool has_authority(const struct policies *policies, const struct delta *delta)
{
	for (size_t i = 0; i < delta->item_count; i++)
		if (delta_class(policies, kind_find(delta->items[i].kind), delta->items[i].field) == CLASS_AUTHORITY)
			return true;
	return false;
}

static size_t count_triggers(struct policies *policies, const struct delta *delta, const struct project *before,
	const struct project *after)
{
	struct impact a, b;
	struct vec triggers;
	size_t count;

	vec_init(&triggers, sizeof(struct trigger));
	impact_of(&a, before);
	impact_of(&b, after);
	policy_triggers(policies, delta, &a, &b, &triggers);
	count = triggers.len;
	impact_release(&a);
	impact_release(&b);
	vec_release(&triggers);
	return count;
}

static void ask_nobody(const struct policies *policies)
{
	const struct policy_rule *rules = policies->rules.items;
	struct satisfaction satisfaction;
	struct vec votes, submitters;

	vec_init(&votes, sizeof(struct vote));
	vec_init(&submitters, sizeof(struct slice));
	for (size_t i = 0; i < policies->rules.len; i++) {
		bool asks = rules[i].approve.len > 0;

		policy_satisfied(policies, &rules[i], &votes, &submitters, &satisfaction);
		must(!asks || !satisfaction.satisfied || ((const struct approval_need *)rules[i].approve.items)->count == 0);
		satisfaction_release(&satisfaction);
	}
	vec_release(&votes);
}

static void compare(const struct side *before, const struct side *after, struct policies *policies, struct arena *arena)
{
	struct delta delta, again, none;
	struct project made;
	struct strbuf text;
	const char *stale;

	delta_between(&delta, &before->project, &after->project, policies, arena);
	strbuf_init(&text);
	delta_print(&delta, &text);
	must(delta_parse(&again, strbuf_slice(&text), arena, NULL) == 0);
	must(delta_fits(&again, &before->project, arena, &stale));
	delta_apply(&made, &before->project, &again);
	delta_between(&none, &made, &after->project, policies, arena);
	must(none.item_count == 0);
	if (delta.item_count == 0)
		must(count_triggers(policies, &delta, &before->project, &before->project) == 0);
	else if (has_authority(policies, &delta))
		must(count_triggers(policies, &delta, &before->project, &after->project) > 0);
	project_release(&made);
	strbuf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = slice_new((const char *)data, size);
	size_t end = slice_find(text, '\x01');
	struct side before, after;
	struct policies policies;
	struct arena arena;
	bool sound;

	arena_init(&arena);
	load(&before, slice_new(text.at, end));
	load(&after, slice_from(text, end + 1));
	sound = before.there && after.there && !before.found.errors && !after.found.errors;
	if (before.there && after.there) {
		policies_read(&policies, &before.project, &before.found);
		policy_check(&before.project, &before.found);
		ask_nobody(&policies);
		if (sound)
			compare(&before, &after, &policies, &arena);
		policies_release(&policies);
	}
	unload(&after);
	unload(&before);
	arena_release(&arena);
	return 0;
}
