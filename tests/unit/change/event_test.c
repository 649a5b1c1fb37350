/* Signed events: what is written is read back as the same, nothing unsigned slips in, and what they come to. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/process.h"
#include "base/utf8.h"
#include "change/event.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

#define HEX "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
#define CHANGE "[project]\nuid = PPPPPPPPPPPPPPPP\n[change CR-k7q4x]\nuid = 5B7K3QW9M2XH4T8R\n"

struct loaded {
	struct source *source;
	struct project project;
	struct diagnostics found;
	struct arena arena;
	struct vec events;
};

/* Reads the events of CR-k7q4x out of the text behind CHANGE. */
static void load(struct loaded *l, const char *text)
{
	struct strbuf all;

	strbuf_init(&all);
	strbuf_addf(&all, "%s%s", CHANGE, text);
	l->source = source_memory_new();
	diagnostics_init(&l->found);
	arena_init(&l->arena);
	vec_init(&l->events, sizeof(struct event));
	source_memory_add(l->source, "pmt.ini", strbuf_slice(&all));
	assert_int_equal(project_load(&l->project, l->source, 1, &l->found, NULL), 0);
	events_read(&l->events, &l->project, project_at(&l->project, kind_find(slice_of("change")), 0), &l->arena,
		&l->found);
	strbuf_release(&all);
}

static void unload(struct loaded *l)
{
	vec_release(&l->events);
	arena_release(&l->arena);
	project_release(&l->project);
	source_free(l->source);
	diagnostics_release(&l->found);
}

static struct event *event_at(struct loaded *l, size_t index)
{
	assert_true(index < l->events.len);
	return vec_at(&l->events, index);
}

/* A submission of an empty delta with everything set. */
static struct event full_event(struct arena *arena)
{
	static const char delta[] = "pmt-delta 1\nunits " HEX "\n";
	char digest[DIGEST_HEX];

	delta_digest(slice_of(delta), digest);
	return (struct event){ .change_id = slice_of("CR-k7q4x"),
		.project = slice_of("PPPPPPPPPPPPPPPP"),
		.target = slice_of("refs/heads/main"),
		.change = slice_of("5B7K3QW9M2XH4T8R"),
		.person = slice_of("张敏"),
		.roles = slice_of("sponsor, ccb"),
		.class = slice_of("emergency"),
		.after = slice_of("AAAA, BBBB"),
		.digest = slice_of(arena_strdup(arena, digest)),
		.binding = slice_of("strict"),
		.base = slice_of(HEX),
		.result = slice_of(HEX),
		.comment = slice_of("第一行\n\n; not a comment\n[event x]\n= a = b"),
		.signature = slice_of("QUJD"),
		.verdict = VERDICT_SUBMIT,
		.sequence = 12,
		.has_ceilings = true,
		.ceiling_cost = -125000,
		.ceiling_finish = -4800,
		.delta_text = slice_of(delta),
		.date = slice_of("2026-06-08 10:00") };
}

static const char *print(const struct event *event, struct arena *arena)
{
	struct strbuf text;
	const char *out;

	strbuf_init(&text);
	event_print(event, &text);
	out = arena_strdup(arena, text.buf);
	strbuf_release(&text);
	return out;
}

static const char *payload(const struct event *event, struct arena *arena)
{
	struct strbuf text;
	const char *out;

	strbuf_init(&text);
	event_payload(event, &text);
	out = arena_strdup(arena, text.buf);
	strbuf_release(&text);
	return out;
}

static void what_is_signed(void **state)
{
	struct arena arena;
	struct event event;

	(void)state;
	arena_init(&arena);
	event = full_event(&arena);
	event.digest = slice_of(HEX);
	event.comment = slice_of("好");
	event.person = slice_of("li");
	event.after = slice_of("");
	assert_string_equal(payload(&event, &arena),
		"pmt-event "
		"1\n7:project,16:PPPPPPPPPPPPPPPP,6:target,15:refs/heads/"
		"main,6:change,16:5B7K3QW9M2XH4T8R,8:sequence,2:12,"
		"7:verdict,6:submit,6:person,2:li,5:roles,12:sponsor, "
		"ccb,5:class,9:emergency,5:after,-,6:digest,64:" HEX
		",12:ceiling_cost,8:-12.5000,14:ceiling_finish,5:-4800,7:binding,6:strict,4:base,64:" HEX
		",6:result,64:" HEX ",7:comment,3:好,");
	event.has_ceilings = false;
	assert_non_null(strstr(payload(&event, &arena), "12:ceiling_cost,-,14:ceiling_finish,-,"));
	arena_release(&arena);
}

static void read_back_the_same(void **state)
{
	struct event event, bare;
	struct arena arena;
	struct loaded l;

	(void)state;
	arena_init(&arena);
	event = full_event(&arena);
	load(&l, print(&event, &arena));
	assert_int_equal(l.found.errors, 0);
	assert_int_equal(l.events.len, 1);
	assert_string_equal(payload(event_at(&l, 0), &arena), payload(&event, &arena));
	assert_true(slice_equal(event_at(&l, 0)->delta_text, event.delta_text));
	assert_true(slice_is(event_at(&l, 0)->signature, "QUJD"));
	assert_true(slice_is(event_at(&l, 0)->date, "2026-06-08 10:00"));
	project_check(&l.project, 1, &l.found);
	assert_int_equal(l.found.errors, 0);
	unload(&l);
	bare = (struct event){ .change_id = event.change_id,
		.project = event.project,
		.target = event.target,
		.change = event.change,
		.person = slice_of("li"),
		.sequence = 1,
		.verdict = VERDICT_COMMENT,
		.signature = event.signature };
	load(&l, print(&bare, &arena));
	assert_int_equal(l.found.errors, 0);
	assert_string_equal(payload(event_at(&l, 0), &arena), payload(&bare, &arena));
	unload(&l);
	arena_release(&arena);
}

static void names_and_paths(void **state)
{
	struct event event = { .change_id = slice_of("CR-k7q4x"),
		.sequence = 2,
		.person = slice_of("zhang.min"),
		.verdict = VERDICT_APPROVE };
	struct strbuf text;

	(void)state;
	strbuf_init(&text);
	event_id(&event, &text);
	assert_string_equal(text.buf, "CR-k7q4x.2.zhang.min");
	strbuf_reset(&text);
	event_path(&event, &text);
	assert_string_equal(text.buf, "changes/CR-k7q4x/2-zhang.min-approve.ini");
	strbuf_reset(&text);
	event.person = slice_of("工程项目管理办公室副主任张敏同志");
	event_id(&event, &text);
	assert_true(strlen("event ") + text.len <= 49 && text.len > 40);
	assert_int_equal(utf8_check(strbuf_slice(&text)), text.len);
	strbuf_release(&text);
}

/* A comment is signed as it will be read. */
static void comments_survive(void **state)
{
	static const char *const comments[] = { "", "  a  \n\tb\r\n\r\n", "\n\n\nx\n\n\ny\n", "\x01z\x7f", "　全角　",
		" 　 a 　", "a\n   \nb", "\xff bad", "; x\n# y", "key = value\n[task T-1]",
		"  \n ; <<<<<<< ours\n<<<<<<< x" };
	struct arena arena;
	struct loaded l;

	(void)state;
	arena_init(&arena);
	for (size_t i = 0; i < sizeof(comments) / sizeof(comments[0]); i++) {
		struct event event = full_event(&arena);

		event.comment = event_comment(slice_of(comments[i]), &arena);
		load(&l, print(&event, &arena));
		assert_int_equal(l.found.errors, 0);
		assert_string_equal(payload(event_at(&l, 0), &arena), payload(&event, &arena));
		unload(&l);
	}
	arena_release(&arena);
}

/* `from` in the printed event replaced by `to`: a fault that says so, and no event. */
static void spoiled(const char *from, const char *to, const char *message)
{
	struct arena arena;
	struct strbuf text;
	struct loaded l;
	char *at;

	arena_init(&arena);
	strbuf_init(&text);
	struct event event = full_event(&arena);
	event_print(&event, &text);
	at = strstr(text.buf, from);
	assert_non_null(at);
	size_t offset = (size_t)(at - text.buf);
	strbuf_remove(&text, offset, strlen(from));
	strbuf_insert(&text, offset, to, strlen(to));
	load(&l, text.buf);
	if (l.events.len || !l.found.errors)
		fail_msg("'%s' for '%s' is taken", to, from);
	const struct diagnostic *finding = NULL;
	for (size_t i = 0; i < l.found.items.len; i++) /* the comment itself earns a warning */
		if (!strcmp(((struct diagnostic *)vec_at(&l.found.items, i))->id, "event-malformed"))
			finding = vec_at(&l.found.items, i);
	assert_non_null(finding);
	if (!strstr(finding->format, message))
		fail_msg("'%s' for '%s': %s", to, from, finding->format);
	unload(&l);
	strbuf_release(&text);
	arena_release(&arena);
}

static void nothing_else_is_taken(void **state)
{
	(void)state;
	spoiled("version        = 1", "version = 2", "not one that this pmt knows");
	spoiled("version        = 1\n", "", "not one that this pmt knows");
	spoiled("sequence       = 12", "sequence = 012", "canonical");
	spoiled("sequence       = 12", "sequence = 0", "canonical");
	spoiled("sequence       = 12", "sequence = 13", "id is not made");
	spoiled("sequence       = 12", "sequence = 99999999999", "canonical");
	spoiled("[event CR-k7q4x.12.", "[event CR-k7q4x.012.", "id is not made");
	spoiled("verdict        = submit", "verdict = approve", "only a submission");
	spoiled("verdict        = submit", "verdict = agree", "not one that");
	spoiled("person         = 张敏", "person = 李伟", "id is not made");
	spoiled("change         = 5B7K3QW9M2XH4T8R", "change = 5B7K3QW9M2XH4T8S", "for another");
	spoiled("target         = refs/heads/main\n", "", "has no");
	spoiled("signature      = QUJD", "signature =", "has no");
	spoiled("ceiling_cost   = -12.5000", "ceiling_cost = -12.5", "canonical");
	spoiled("ceiling_cost   = -12.5000\n", "", "alone");
	spoiled("ceiling_finish = -4800min", "ceiling_finish = -10d", "canonical");
	spoiled("ceiling_finish = -4800min", "ceiling_finish = -0min", "canonical");
	spoiled("binding        = strict", "binding = loose", "not one that");
	spoiled("base           = " HEX "\n", "", "SHA-256");
	spoiled("result         = 9f", "result = 9F", "SHA-256");
	spoiled("digest         = ", "digest = 0", "SHA-256");
	spoiled("date           =", "x_note = seen by all\ndate =", "not signed");
	spoiled("date           =", "title = Approved\ndate =", "not signed");
	spoiled("date           =", "owner = li\ndate =", "not signed");
	spoiled("delta          = cG10", "delta = cG11", "not that of the delta");
	spoiled("delta          = cG10", "delta = !", "base64");
	spoiled("class          = emergency", "class = vip", "not one that");
}

/* The delta's digest is right, but the delta is none. */
static void deltas_must_be_canonical(void **state)
{
	struct arena arena;
	struct loaded l;
	char digest[DIGEST_HEX];

	(void)state;
	arena_init(&arena);
	struct event event = full_event(&arena);
	event.delta_text = slice_of("pmt-delta 1\nunits " HEX "\nfield 4:task,3:T-1,6:effort,-,2:1d,\n");
	delta_digest(event.delta_text, digest);
	event.digest = slice_of(digest);
	load(&l, print(&event, &arena));
	assert_int_equal(l.events.len, 0);
	assert_int_equal(l.found.errors, 1);
	unload(&l);
	arena_release(&arena);
}

static void events_of_no_change(void **state)
{
	struct diagnostics found;
	struct loaded l;

	(void)state;
	diagnostics_init(&found);
	load(&l, "[event CR-zzzzz.1.li]\nversion = 1\n[event CR-k7q4x.1.li]\nversion = 1\n[event CR-k7q4xy.1.li]\n");
	assert_int_equal(l.found.errors, 1);
	events_check(&l.project, &found);
	assert_int_equal(found.errors, 3);
	unload(&l);
	diagnostics_release(&found);
}

/* State. */

static struct event said(uint32_t sequence, const char *person, enum verdict verdict, long signer)
{
	return (struct event){ .sequence = sequence, .person = slice_of(person), .verdict = verdict, .signer = signer };
}

static enum change_state state_of(const struct event *events, size_t count, uint32_t *submission)
{
	const struct event *found;
	struct vec list = { .items = (void *)(uintptr_t)events, .len = count, .size = sizeof(*events) };
	enum change_state state = events_state(&list, &found);

	*submission = found ? found->sequence : 0;
	return state;
}

static void where_a_change_stands(void **state)
{
	const struct event story[] = { said(1, "li", VERDICT_COMMENT, 0), said(2, "li", VERDICT_SUBMIT, 0),
		said(3, "wang", VERDICT_REJECT, 1), said(4, "li", VERDICT_SUBMIT, 0),
		said(5, "eve", VERDICT_WITHDRAW, 2), said(6, "eve", VERDICT_REJECT, -1),
		said(7, "li", VERDICT_WITHDRAW, -1), said(8, "li", VERDICT_WITHDRAW, 0) };
	static const struct {
		enum change_state state;
		uint32_t submission;
	} wanted[] = { { STATE_DRAFT, 0 }, { STATE_DRAFT, 0 }, { STATE_SUBMITTED, 2 }, { STATE_REJECTED, 2 },
		{ STATE_SUBMITTED, 4 }, { STATE_SUBMITTED, 4 }, { STATE_SUBMITTED, 4 }, { STATE_SUBMITTED, 4 },
		{ STATE_WITHDRAWN, 4 } };
	uint32_t submission;

	(void)state;
	for (size_t i = 0; i < sizeof(wanted) / sizeof(wanted[0]); i++) {
		assert_int_equal(state_of(story, i, &submission), wanted[i].state);
		assert_int_equal(submission, wanted[i].submission);
	}
}

/* Real signatures. */

static bool run(const char *folder, const char *const *arguments)
{
	struct strbuf ignored;
	int status = -1;

	strbuf_init(&ignored);
	int rc = process_run(&(struct process){ .arguments = arguments,
				     .folder = folder,
				     .environment = environ,
				     .output = &ignored,
				     .errors = &ignored },
		&status, NULL);
	strbuf_release(&ignored);
	return rc == 0 && status == 0;
}

static void make_person(const char *folder, const char *person, struct vec *keys, struct arena *arena)
{
	const char *path = arena_printf(arena, "%s/%s.pub", folder, person), *why;
	struct strbuf text;
	struct key key;

	assert_true(run(
		folder, (const char *const[]){ "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", person, NULL }));
	strbuf_init(&text);
	assert_int_equal(file_read(&text, path, NULL), 0);
	assert_int_equal(key_parse(&key, strbuf_slice(&text), arena, &why), KEY_GOOD);
	key.person = slice_of(person);
	vec_append(keys, &key);
	strbuf_release(&text);
}

/* Signs as `key`, writes, reads, verifies: the index of the signer. `spoil` is put over the text from `from` on. */
static long signer_of(const char *folder, const struct vec *keys, const char *person, const char *key, const char *from,
	const char *spoil)
{
	struct signer signer = { .environment = environ, .folder = folder };
	struct strbuf text, signature;
	struct arena arena;
	struct loaded l;
	long found;

	arena_init(&arena);
	strbuf_init(&text);
	strbuf_init(&signature);
	struct event event = full_event(&arena);
	event.person = slice_of(person);
	signer.key = arena_printf(&arena, "%s/%s", folder, key);
	event_payload(&event, &text);
	assert_int_equal(key_sign(&signer, strbuf_slice(&text), &signature, NULL), 0);
	event.signature = strbuf_slice(&signature);
	strbuf_reset(&text);
	event_print(&event, &text);
	if (from)
		memcpy(strstr(text.buf, from), spoil, strlen(spoil));
	load(&l, text.buf);
	assert_int_equal(l.events.len, 1);
	assert_int_equal(events_verify(&l.events, keys, &signer, NULL), 0);
	found = event_at(&l, 0)->signer;
	unload(&l);
	strbuf_release(&signature);
	strbuf_release(&text);
	arena_release(&arena);
	return found;
}

static void signed_for_real(void **state)
{
	char folder[] = "/tmp/pmt-event-XXXXXX";
	struct arena arena;
	struct vec keys;

	(void)state;
	assert_non_null(mkdtemp(folder));
	if (!run(folder, (const char *const[]){ "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", "probe", NULL })) {
		print_message("# ssh-keygen is not there: signatures are not tested\n");
		assert_int_equal(file_remove_tree(folder, NULL), 0);
		return;
	}
	arena_init(&arena);
	vec_init(&keys, sizeof(struct key));
	make_person(folder, "li", &keys, &arena);
	make_person(folder, "wang", &keys, &arena);
	assert_int_equal(signer_of(folder, &keys, "li", "li", NULL, NULL), 0);
	assert_int_equal(signer_of(folder, &keys, "wang", "wang", NULL, NULL), 1);
	assert_int_equal(signer_of(folder, &keys, "li", "wang", NULL, NULL), -1); /* another's name */
	assert_int_equal(signer_of(folder, &keys, "LI", "li", NULL, NULL), -1);
	assert_int_equal(signer_of(folder, &keys, "li", "li", "2026-06-08", "2027"), 0); /* the date is not signed */
	assert_int_equal(signer_of(folder, &keys, "li", "li", "-4800min", "-4900"), -1);
	assert_int_equal(signer_of(folder, &keys, "li", "li", "refs/heads/main", "refs/heads/mail"), -1);
	assert_int_equal(signer_of(folder, &keys, "li", "li", "sponsor, ccb", "sponsor,ccb "), -1);
	assert_int_equal(signer_of(folder, &keys, "li", "li", "PPPP", "PPPQ"), -1);
	assert_int_equal(signer_of(folder, &keys, "li", "li", "AAAA", "AAAC"), -1);
	assert_int_equal(signer_of(folder, &keys, "li", "li", "a = b", "a = c"), -1);
	assert_int_equal(file_remove_tree(folder, NULL), 0);
	vec_release(&keys);
	arena_release(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_signed),
		cmocka_unit_test(read_back_the_same),
		cmocka_unit_test(names_and_paths),
		cmocka_unit_test(comments_survive),
		cmocka_unit_test(nothing_else_is_taken),
		cmocka_unit_test(deltas_must_be_canonical),
		cmocka_unit_test(events_of_no_change),
		cmocka_unit_test(where_a_change_stands),
		cmocka_unit_test(signed_for_real),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
