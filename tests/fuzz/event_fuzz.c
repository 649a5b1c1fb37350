/*
 * Events and keys: any file of text as a project with a change. An event that is read is written again as the same event, with the same payload;
 * keys that are read are emitted in one form, which reads as itself.
 */
#include "change/event.h"
#include "tests/fuzz/fuzz.h"

#include <stdlib.h>
#include <string.h>

static const char frame[] = "[project]\nuid = AAAA\n[change CR-a]\nuid = BBBB\n";

static void must(bool good)
{
	if (!good)
		abort();
}

struct loaded {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct vec events;
};

static bool load(struct loaded *l, struct slice text, struct arena *arena)
{
	const struct kind *kind = kind_find(slice_of("change"));

	l->source = source_memory_new();
	diagnostics_init(&l->found);
	vec_init(&l->events, sizeof(struct event));
	source_memory_add(l->source, "pmt.ini", slice_of(frame));
	source_memory_add(l->source, "e.ini", text);
	if (project_load(&l->project, l->source, 1, &l->found, NULL))
		return false;
	for (size_t i = 0; i < project_count(&l->project, kind); i++)
		events_read(&l->events, &l->project, project_at(&l->project, kind, i), arena, &l->found);
	return true;
}

static void unload(struct loaded *l)
{
	vec_release(&l->events);
	project_release(&l->project);
	source_free(l->source);
	diagnostics_release(&l->found);
}

/* As text and back: the same payload. */
static void write_again(const struct event *event, struct arena *arena)
{
	struct strbuf text, before, after;
	struct loaded l;

	strbuf_init(&text);
	strbuf_init(&before);
	strbuf_init(&after);
	event_print(event, &text);
	event_payload(event, &before);
	must(load(&l, strbuf_slice(&text), arena));
	if (slice_is(event->change_id, "CR-a")) {
		must(l.events.len == 1);
		event_payload(l.events.items, &after);
		must(slice_equal(strbuf_slice(&before), strbuf_slice(&after)));
	}
	unload(&l);
	strbuf_release(&after);
	strbuf_release(&before);
	strbuf_release(&text);
}

static void read_keys(const struct project *project, struct arena *arena)
{
	const char *why;
	struct key again, *all;
	struct vec keys;

	vec_init(&keys, sizeof(struct key));
	keys_read(&keys, project, arena, NULL);
	all = keys.items;
	for (size_t i = 0; i < keys.len; i++) {
		must(key_parse(&again, all[i].line, arena, &why) == KEY_GOOD);
		must(slice_equal(again.line, all[i].line) && slice_equal(again.blob, all[i].blob));
	}
	vec_release(&keys);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct event *submission;
	struct arena arena;
	struct loaded l;

	arena_init(&arena);
	if (load(&l, slice_new((const char *)data, size), &arena)) {
		for (size_t i = 0; i < l.events.len; i++)
			write_again(vec_at(&l.events, i), &arena);
		events_state(&l.events, &submission);
		events_check(&l.project, &l.found);
		read_keys(&l.project, &arena);
	}
	unload(&l);
	arena_release(&arena);
	return 0;
}
