/* The requirement freeze: which rules hold a kind, from when on, and what a requirement's field says of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "change/freeze.h"

#include <string.h>

#define REQUIREMENT "[requirement REQ-1]\ntitle = 即时结算\n"

struct world {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct freeze freeze;
	struct arena arena;
};

static void begin(struct world *w, const char *text, bool baseline)
{
	struct strbuf all;

	strbuf_init(&all);
	strbuf_addf(&all, "[project]\nuid = PPPPPPPPPPPPPPPP\nstart = 2026-03-02\n%s\n%s%s", baseline ? "baseline = 1\n" : "",
		baseline ? "[baseline 1]\ndate = 2026-03-01\n" : "", text);
	w->source = source_memory_new();
	source_memory_add(w->source, "pmt.ini", strbuf_slice(&all));
	strbuf_release(&all);
	diagnostics_init(&w->found);
	assert_int_equal(project_load(&w->project, w->source, 1, &w->found, NULL), 0);
	freeze_init(&w->freeze, &w->project);
	arena_init(&w->arena);
}

static void end(struct world *w)
{
	freeze_release(&w->freeze);
	freeze_release(&w->freeze); /* twice is as good as once */
	project_release(&w->project);
	source_free(w->source);
	diagnostics_release(&w->found);
	arena_release(&w->arena);
}

/* Names of the rules that hold a kind. */
static const char *rules(struct world *w, const char *kind)
{
	const char *out = "";
	struct vec found;

	vec_init(&found, sizeof(const struct policy_rule *));
	freeze_rules(&w->freeze, kind_find(slice_of(kind)), &found);
	for (size_t i = 0; i < found.len; i++) {
		const struct policy_rule *rule = *(const struct policy_rule **)vec_at(&found, i);

		out = arena_printf(&w->arena, "%s%s%.*s", out, i ? " " : "", (int)rule->name.len, rule->name.at);
	}
	vec_release(&found);
	return out;
}

static const char scope[] = "[policy scope]\nprotect = task.effort requirement.*\nafter = baseline\napprove = sponsor\n"
			    "[policy root]\nprotect = authority\napprove = 2 of admin\n"
			    "[policy emergency]\nclass = emergency\nprotect = requirement\napprove = sponsor\n" REQUIREMENT;

static void from_the_baseline_on(void **state)
{
	struct world w;

	(void)state;
	begin(&w, scope, false);
	assert_string_equal(rules(&w, "requirement"), "");
	assert_string_equal(rules(&w, "policy"), "root");
	end(&w);
	begin(&w, scope, true);
	assert_string_equal(rules(&w, "requirement"), "scope");
	assert_string_equal(rules(&w, "task"), "scope");
	assert_string_equal(rules(&w, "risk"), "");
	assert_string_equal(rules(&w, "resource"), "root"); /* keys and roles */
	end(&w);
}

/* No rules at all: the implicit root is none that anybody wrote. */
static void without_rules(void **state)
{
	struct world w;

	(void)state;
	begin(&w, REQUIREMENT, true);
	assert_string_equal(rules(&w, "requirement"), "");
	assert_string_equal(rules(&w, "policy"), "");
	end(&w);
}

static bool value_of(struct world *w, const char *kind_name, const char *id, const char *field, struct value *out)
{
	const struct kind *kind = kind_find(slice_of(kind_name));
	const struct record *record = project_find(&w->project, kind, slice_of(id));
	struct computed computed = freeze_computed(&w->freeze);

	assert_non_null(record);
	return computed.value(computed.context, record, kind_field_named(kind, field), &w->arena, out);
}

static void the_field_frozen(void **state)
{
	struct value value;
	struct world w;

	(void)state;
	begin(&w,
		"[policy scope]\nprotect = requirement.title\napprove = sponsor\n[policy all]\nprotect = *\napprove = ccb\n"
		"[task T-1]\ntitle = a\n" REQUIREMENT,
		false);
	assert_true(value_of(&w, "requirement", "req-1", "frozen", &value));
	assert_int_equal(value.as.list.count, 2);
	assert_true(slice_is(value.as.list.items[0], "scope"));
	assert_true(slice_is(value.as.list.items[1], "all"));
	assert_false(value_of(&w, "requirement", "req-1", "tasks", &value)); /* somebody else's to compute */
	assert_false(value_of(&w, "task", "t-1", "wbs", &value));
	end(&w);
	begin(&w, REQUIREMENT, false);
	assert_false(value_of(&w, "requirement", "req-1", "frozen", &value));
	end(&w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(from_the_baseline_on),
		cmocka_unit_test(without_rules),
		cmocka_unit_test(the_field_frozen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
