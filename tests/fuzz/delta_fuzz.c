/*
 * The delta's text: any bytes. What is accepted is printed again byte for byte (one state of affairs, one text), fits nothing or can be applied,
 * and applying it does what it says.
 */
#include "change/delta.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static const char state_text[] = "[project]\nuid = AAAA\n[task T-1]\ntitle = a\neffort = 1d\n[task T-2]\ndepends = T-1\n[resource li]\n"
				 "roles = ccb\n[timesheet li]\n2026-01-02 = T-1 2h\n[baseline 1]\n[rate USD]\nvalue = 7\n";

static void must(bool good)
{
	if (!good)
		abort();
}

static void apply(const struct delta *delta, struct arena *arena)
{
	struct source *source = source_memory_new();
	struct diagnostics found;
	struct project state, made;
	struct delta actual;
	const char *stale;
	struct delta fitting = *delta;

	diagnostics_init(&found);
	source_memory_add(source, "pmt.ini", slice_of(state_text));
	source_memory_add(source, ".gitattributes", slice_of("*.ini text\n"));
	must(project_load(&state, source, 1, &found, NULL) == 0);
	delta_units(&state, fitting.units);
	delta_fits(&fitting, &state, arena, &stale);
	delta_apply(&made, &state, &fitting);
	for (size_t i = 0; i < fitting.item_count; i++)
		must(delta_same(delta_value(&made, &fitting.items[i], arena), fitting.items[i].new) || stale);
	delta_between(&actual, &state, &made, NULL, arena);
	project_release(&made);
	project_release(&state);
	source_free(source);
	diagnostics_release(&found);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice input = slice_new((const char *)data, size);
	struct arena arena;
	struct strbuf text;
	struct delta delta;
	struct err err;

	arena_init(&arena);
	strbuf_init(&text);
	err_init(&err);
	if (delta_parse(&delta, input, &arena, &err) == 0) {
		delta_print(&delta, &text);
		must(slice_equal(strbuf_slice(&text), input));
		apply(&delta, &arena);
	} else {
		must(err.code == ERR_INPUT && err.message);
	}
	err_release(&err);
	strbuf_release(&text);
	arena_release(&arena);
	return 0;
}
