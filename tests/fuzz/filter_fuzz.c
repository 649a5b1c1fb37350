/*
 * Conditions, in full and as a shell word: what parses prints, what was printed parses again to
 * what prints the same; both hold for the same records; a fault points into the text.
 */
#include "tests/fuzz/fuzz.h"

#include "model/query.h"

#include <stdlib.h>

static const char project_text[] = "[project]\nname = x\ncurrency = CNY\n[resource li.wei]\n[task "
				   "T-1]\ntitle = 医院\nstatus = doing\nprogress = 40%\n"
				   "[task T-2]\nparent = T-1\ntitle = Build\neffort = 5d\nassign = "
				   "li.wei 50%\ndeadline = 2026-05-01\nx_a = 8\n"
				   "fixed_cost = 2000 CNY\ntags = pilot\n[view late]\nwhere = "
				   "deadline < today\n[view loop]\nwhere = @loop or critical\n";

static bool value(void *context, const struct record *record, const struct field *field,
	struct arena *arena, struct value *out)
{
	(void)context;
	(void)record;
	(void)arena;
	out->type = field->type;
	out->as.yes = true;
	return field->type == TYPE_YESNO;
}

static unsigned holds(
	const struct condition *condition, const struct query_scope *scope, struct arena *arena)
{
	struct record *record;
	unsigned bits = 1;

	FOREACH_RECORD(scope->project, kind_find(slice_of("task")), record)
	bits = bits * 2 + condition_holds(condition, record, scope, arena);
	return bits;
}

static void check_print(const struct condition *condition, const struct kind *kind,
	const struct query_scope *scope, struct arena *arena)
{
	struct condition *again;
	struct value_fault fault;
	struct strbuf once, twice;

	strbuf_init(&once);
	strbuf_init(&twice);
	condition_print(condition, &once);
	if (once.len) {
		if (condition_parse(&again, strbuf_slice(&once), kind, scope, arena, &fault))
			abort();
		condition_print(again, &twice);
		if (!slice_equal(strbuf_slice(&once), strbuf_slice(&twice)) ||
			holds(condition, scope, arena) != holds(again, scope, arena))
			abort();
	}
	strbuf_release(&once);
	strbuf_release(&twice);
}

static void check_full(struct slice text, const struct kind *kind, const struct query_scope *scope,
	struct arena *arena)
{
	struct condition *condition;
	struct value_fault fault;

	if (!condition_parse(&condition, text, kind, scope, arena, &fault))
		check_print(condition, kind, scope, arena);
	else if (!fault.id || !fault.expected || fault.offset > text.len ||
		 fault.found.len > text.len)
		abort();
}

static void check_word(struct slice text, const struct kind *kind, const struct query_scope *scope,
	struct arena *arena)
{
	char *word = arena_strndup(arena, text.at, text.len);
	struct condition *condition;
	struct err err;

	err_init(&err);
	if (!condition_parse_words(&condition, &word, 1, kind, scope, arena, &err))
		holds(condition, scope, arena);
	else if (!err.message)
		abort();
	err_release(&err);
}

/* Loaded once: a project is read-only for conditions. */
static const struct project *the_project(void)
{
	static struct project project;
	static struct source *source;
	struct diagnostics found;
	struct err err;

	if (source)
		return &project;
	err_init(&err);
	diagnostics_init(&found);
	source = source_memory_new();
	source_memory_add(source, "pmt.ini", slice_of(project_text));
	if (project_load(&project, source, 1, &found, &err))
		abort();
	diagnostics_release(&found);
	err_release(&err);
	return &project;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct computed computed = { .value = value };
	struct query_scope scope = {
		.project = the_project(), .computed = &computed, .now = 29000000
	};
	struct slice text = slice_new((const char *)data, size);
	const struct kind *task = kind_find(slice_of("task"));
	struct arena arena;

	arena_init(&arena);
	scope.me = slice_of("li.wei");
	check_full(text, task, &scope, &arena);
	check_full(text, NULL, &scope, &arena);
	check_word(text, task, &scope, &arena);
	arena_release(&arena);
	return 0;
}
