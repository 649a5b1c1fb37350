/*
 * Merging random projects. A project is kept as a model (records known by a token that never changes, references by
 * token), printed to text, edited on two sides, merged as text, and read back: so the test knows what should come
 * out without looking at ids. MERGE_ROUNDS=100000 runs more than the few thousand of `make check`.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/random.h"
#include "model/project.h"
#include "tests/unit/merge/trees.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { RECORDS = 40, DEPS = 6, TAGS = 8, FILES = 3, LINES = 24, COMMENTS = 3 };

struct rec {
	unsigned token, number, title, effort, priority, text[3]; /* 0: no such field */
	unsigned deps[DEPS], dep_lag[DEPS], tags, comment[COMMENTS];
	unsigned file;
	bool risk, aligned, renamed; /* renamed: on this side, title or number */
};

struct model {
	struct rec recs[RECORDS];
	size_t count;
	unsigned next[2];       /* numbers of tasks, of risks */
	unsigned lines[LINES];  /* of one journal: token of the line, day by index */
	size_t line_count;
	unsigned gap[FILES];    /* a comment at the head of the file */
	bool crlf[FILES];
};

struct dice {
	uint64_t seed, stream, at;
	unsigned *token;
};

static unsigned roll(struct dice *dice, unsigned below)
{
	return (unsigned)random_below(dice->seed, dice->stream, dice->at++, below);
}

static unsigned fresh(struct dice *dice)
{
	return ++*dice->token;
}

/* Printing */

static const struct rec *by_token(const struct model *m, unsigned token)
{
	for (size_t i = 0; i < m->count; i++)
		if (m->recs[i].token == token)
			return &m->recs[i];
	return NULL;
}

static void add_key(struct strbuf *out, const struct rec *r, const char *key)
{
	strbuf_addf(out, r->aligned ? "%-11s = " : "%s = ", key);
}

static void print_deps(struct strbuf *out, const struct model *m, const struct rec *r)
{
	bool first = true;

	for (size_t i = 0; i < DEPS; i++) {
		const struct rec *to = r->deps[i] ? by_token(m, r->deps[i]) : NULL;

		if (!to)
			continue;
		if (first)
			add_key(out, r, r->risk ? "tasks" : "depends");
		strbuf_addf(out, "%sT-%u", first ? "" : ", ", to->number);
		if (r->dep_lag[i] && !r->risk)
			strbuf_addf(out, " FS+%ud", r->dep_lag[i]);
		first = false;
	}
	if (!first)
		strbuf_add_char(out, '\n');
}

static void print_record(struct strbuf *out, const struct model *m, const struct rec *r)
{
	bool first = true;

	if (r->comment[0])
		strbuf_addf(out, "; c%u\n", r->comment[0]);
	strbuf_addf(out, "[%s %s-%u]\n", r->risk ? "risk" : "task", r->risk ? "R" : "T", r->number);
	add_key(out, r, "title");
	strbuf_addf(out, "title %u\n", r->title);
	if (r->comment[1])
		strbuf_addf(out, "; c%u\n", r->comment[1]);
	if (r->priority && !r->risk) {
		add_key(out, r, "priority");
		strbuf_addf(out, "%u\n", r->priority);
	}
	if (r->text[0] || r->text[1] || r->text[2]) {
		add_key(out, r, "description");
		for (size_t i = 0; i < 3; i++)
			if (r->text[i]) {
				strbuf_addf(out, "%sline %u\n", first ? "" : "   ", r->text[i]);
				first = false;
			}
	}
	print_deps(out, m, r);
	if (r->effort && !r->risk) {
		add_key(out, r, "effort");
		strbuf_addf(out, "%ud\n", r->effort);
	}
	first = true;
	for (unsigned i = 0; i < TAGS; i++)
		if (r->tags & 1u << i) {
			if (first)
				add_key(out, r, "tags");
			strbuf_addf(out, "%st%u", first ? "" : ", ", i);
			first = false;
		}
	strbuf_add_str(out, first ? "" : "\n");
	if (r->comment[2])
		strbuf_addf(out, "; c%u\n", r->comment[2]);
	add_key(out, r, "x_token");
	strbuf_addf(out, "%u\n", r->token);
}

static void add_crlf(struct strbuf *text, bool crlf)
{
	for (size_t i = 0; crlf && i < text->len; i++)
		if (text->buf[i] == '\n')
			strbuf_insert(text, i++, "\r", 1);
}

static void print_journal(struct strbuf *out, const struct model *m)
{
	for (unsigned day = 0; day < 5; day++) {
		bool first = true;

		for (size_t i = 0; i < m->line_count; i++)
			if (m->lines[i] % 5 == day) {
				if (first)
					strbuf_addf(out, "2026-03-0%u = ", day + 2);
				strbuf_addf(out, "%sli: n%u\n", first ? "" : "   ", m->lines[i]);
				first = false;
			}
	}
}

static struct source *print_model(const struct model *m)
{
	struct source *source = source_memory_new();
	struct strbuf out;
	char path[16];

	strbuf_init(&out);
	source_memory_add(source, "pmt.ini", slice_of("[project]\nformat = 1\nname = x\nstart = 2026-03-02\n"));
	for (unsigned file = 0; file < FILES; file++) {
		bool first = true;

		strbuf_reset(&out);
		if (m->gap[file])
			strbuf_addf(&out, "; c%u\n\n", m->gap[file]);
		for (size_t i = 0; i < m->count; i++)
			if (m->recs[i].file == file) {
				strbuf_add_str(&out, first ? "" : "\n");
				print_record(&out, m, &m->recs[i]);
				first = false;
			}
		add_crlf(&out, m->crlf[file]);
		snprintf(path, sizeof(path), "f%u.ini", file);
		if (out.len)
			source_memory_add(source, path, strbuf_slice(&out));
	}
	strbuf_reset(&out);
	strbuf_add_str(&out, "[note T-1]\n");
	print_journal(&out, m);
	source_memory_add(source, "notes.ini", strbuf_slice(&out));
	strbuf_release(&out);
	return source;
}

/* Random models and edits */

static void fill(struct model *m, struct rec *r, struct dice *dice)
{
	*r = (struct rec){ .token = fresh(dice), .risk = roll(dice, 5) == 0, .aligned = roll(dice, 2), .file = roll(dice, FILES) };
	r->number = ++m->next[r->risk];
	r->title = r->token;
	r->effort = roll(dice, 4);
	r->priority = roll(dice, 3);
	for (size_t i = 0; i < 3; i++)
		r->text[i] = roll(dice, 2) ? fresh(dice) : 0;
	r->tags = roll(dice, 1 << TAGS) & roll(dice, 1 << TAGS);
	for (size_t i = 0; i < COMMENTS; i++)
		r->comment[i] = roll(dice, 4) == 0 ? fresh(dice) : 0;
}

/* Only on earlier tasks: there are no loops on one side. */
static void depend(const struct model *m, struct rec *r, struct dice *dice)
{
	const struct rec *to = &m->recs[roll(dice, (unsigned)m->count)];
	size_t i = roll(dice, DEPS);

	if (to->risk || to->token >= r->token)
		return;
	for (size_t j = 0; j < DEPS; j++)
		if (r->deps[j] == to->token)
			return;
	r->deps[i] = to->token;
	r->dep_lag[i] = roll(dice, 3);
}

static void add_record(struct model *m, struct dice *dice)
{
	size_t at = roll(dice, (unsigned)m->count + 1);
	struct rec made;

	if (m->count == RECORDS)
		return;
	fill(m, &made, dice);
	if (m->count && roll(dice, 2))
		depend(m, &made, dice);
	memmove(&m->recs[at + 1], &m->recs[at], (m->count - at) * sizeof(made));
	m->recs[at] = made;
	m->count++;
}

static void remove_record(struct model *m, size_t at)
{
	unsigned token = m->recs[at].token;

	memmove(&m->recs[at], &m->recs[at + 1], (--m->count - at) * sizeof(m->recs[0]));
	for (size_t i = 0; i < m->count; i++)
		for (size_t j = 0; j < DEPS; j++)
			if (m->recs[i].deps[j] == token)
				m->recs[i].deps[j] = 0;
}

static void move_record(struct model *m, size_t from, size_t to)
{
	struct rec moved = m->recs[from];

	memmove(&m->recs[from], &m->recs[from + 1], (m->count - 1 - from) * sizeof(moved));
	memmove(&m->recs[to + 1], &m->recs[to], (m->count - 1 - to) * sizeof(moved));
	m->recs[to] = moved;
}

static void edit_one(struct model *m, struct dice *dice)
{
	size_t at = m->count ? roll(dice, (unsigned)m->count) : 0;
	struct rec *r = &m->recs[at];
	unsigned what = roll(dice, 18);

	if (what < 3 || m->count < 3) {
		add_record(m, dice);
		return;
	}
	switch (what) {
	case 3: r->effort = roll(dice, 9); break;
	case 4: r->priority = roll(dice, 9); break;
	case 5: r->text[roll(dice, 3)] = fresh(dice); break;
	case 6: r->text[roll(dice, 3)] = 0; break;
	case 7: r->tags ^= 1u << roll(dice, TAGS); break;
	case 8: depend(m, r, dice); break;
	case 9: r->deps[roll(dice, DEPS)] = 0; break;
	case 10: remove_record(m, at); break;
	case 11: move_record(m, at, roll(dice, (unsigned)m->count)); break;
	case 12: r->file = roll(dice, FILES); break;
	case 13: r->comment[roll(dice, COMMENTS)] = fresh(dice); break;
	case 14:
		if (m->line_count < LINES)
			m->lines[m->line_count++] = fresh(dice);
		break;
	case 15:
	case 16:
		/* Another title and another number together are another record. */
		if (r->renamed)
			break;
		r->renamed = true;
		if (what == 15)
			r->title = fresh(dice);
		else
			r->number = ++m->next[r->risk];
		break;
	default:
		if (roll(dice, 4) == 0)
			m->crlf[roll(dice, FILES)] ^= 1;
		else
			m->gap[roll(dice, FILES)] = fresh(dice);
	}
}

struct triple {
	struct model models[MERGE_SIDES];
	struct source *sources[MERGE_SIDES];
};

static void make_triple(struct triple *t, uint64_t round)
{
	unsigned token = 0;
	struct dice dice = { 77, round, 0, &token };

	memset(t, 0, sizeof(*t));
	for (unsigned i = 2 + roll(&dice, 12); i > 0; i--)
		add_record(&t->models[0], &dice);
	for (int side = MERGE_OURS; side <= MERGE_THEIRS; side++) {
		t->models[side] = t->models[MERGE_BASE];
		for (unsigned i = roll(&dice, 9); i > 0; i--)
			edit_one(&t->models[side], &dice);
	}
	for (int side = 0; side < MERGE_SIDES; side++)
		t->sources[side] = print_model(&t->models[side]);
}

static void free_triple(struct triple *t)
{
	for (int side = 0; side < MERGE_SIDES; side++)
		source_free(t->sources[side]);
}

/* Merging and looking */

struct outcome {
	struct merge_result result;
	struct source *source;
	struct project project;
	struct diagnostics found;
	char *text;
};

static void merge_sides(struct outcome *o, struct source *base, struct source *ours, struct source *theirs,
	enum merge_numbers numbers)
{
	struct merge_request request = { .sides = { base, ours, theirs }, .numbers = numbers };
	struct err err;

	err_init(&err);
	assert_int_equal(merge_projects(&request, &o->result, &err), 0);
	o->text = text_of(&o->result);
	o->source = merge_result_source(&o->result);
	diagnostics_init(&o->found);
	assert_int_equal(project_load(&o->project, o->source, 1, &o->found, &err), 0);
	err_release(&err);
}

static void outcome_release(struct outcome *o)
{
	project_release(&o->project);
	diagnostics_release(&o->found);
	source_free(o->source);
	merge_result_release(&o->result);
	free(o->text);
}

static unsigned number_of(struct slice text)
{
	unsigned number = 0;

	for (size_t i = 0; i < text.len && text.at[i] >= '0' && text.at[i] <= '9'; i++)
		number = number * 10 + (unsigned)(text.at[i] - '0');
	return number;
}

static unsigned token_of(const struct record *record)
{
	struct slice text;

	return record_text(record, "x_token", &text) ? number_of(text) : 0;
}

static const struct record *record_of(const struct project *project, unsigned token)
{
	struct record *const *records = project->records.items;

	for (size_t i = 0; i < project->records.len; i++)
		if (token_of(records[i]) == token)
			return records[i];
	return NULL;
}

static void explain(const struct triple *t, const struct outcome *o, uint64_t round, const char *why)
{
	static const char *const names[] = { "base", "ours", "theirs" };

	print_message("round %llu: %s\n", (unsigned long long)round, why);
	for (int side = 0; side < MERGE_SIDES; side++) {
		struct merge_request request = { .sides = { t->sources[side], t->sources[side], t->sources[side] } };
		struct merge_result result;
		char *text;

		merge_projects(&request, &result, NULL);
		text = text_of(&result);
		print_message("---- %s\n%s", names[side], text);
		free(text);
		merge_result_release(&result);
	}
	print_message("---- merged, %zu conflicts\n%s", o->result.conflicts.len, o->text);
	fail();
}

static bool conflicts_on(const struct outcome *o, const char *field)
{
	const struct merge_conflict *items = o->result.conflicts.items;

	for (size_t i = 0; i < o->result.conflicts.len; i++)
		if (items[i].field && strcmp(items[i].field, field) == 0)
			return true;
	return false;
}

static bool same_dep(const struct model *of_a, const struct rec *a, const struct model *of_b, const struct rec *b, size_t i)
{
	bool there = a->deps[i] && by_token(of_a, a->deps[i]);

	if (there != (b->deps[i] && by_token(of_b, b->deps[i])))
		return false;
	return !there || (a->deps[i] == b->deps[i] && (a->risk || a->dep_lag[i] == b->dep_lag[i]));
}

/* Do they say the same, but for comments and ids? */
static bool same_record(const struct model *of_a, const struct rec *a, const struct model *of_b, const struct rec *b)
{
	bool same = a->title == b->title && a->tags == b->tags && memcmp(a->text, b->text, sizeof(a->text)) == 0 &&
		(a->risk || (a->effort == b->effort && a->priority == b->priority));

	for (size_t i = 0; i < DEPS && same; i++)
		same = same_dep(of_a, a, of_b, b, i);
	return same;
}

/* What one side added, or both have, is there; what one removed and the other left alone is not. */
static const char *records_wrong(const struct triple *t, const struct outcome *o)
{
	for (int side = MERGE_OURS; side <= MERGE_THEIRS; side++)
		for (size_t i = 0; i < t->models[side].count; i++) {
			const struct rec *r = &t->models[side].recs[i];
			const struct rec *before = by_token(&t->models[MERGE_BASE], r->token);
			const struct rec *other = by_token(&t->models[MERGE_OURS + MERGE_THEIRS - side], r->token);
			bool there = record_of(&o->project, r->token) != NULL;
			bool same = before && same_record(&t->models[MERGE_BASE], before, &t->models[side], r);

			if (!there && (!before || other || !same))
				return "a record is lost";
			if (there && same && !other)
				return "a removed record is back";
		}
	return NULL;
}

/* A record that was removed and changed, or changed beyond recognition: both stay, with the block. */
static bool stays_twice(const struct outcome *o)
{
	const struct merge_conflict *items = o->result.conflicts.items;

	for (size_t i = 0; i < o->result.conflicts.len; i++)
		if (items[i].what == MERGE_REMOVED_OURS || items[i].what == MERGE_REMOVED_THEIRS)
			return true;
	return false;
}

static const char *field_wrong(const struct outcome *o, const struct record *record, const char *field, unsigned base, unsigned ours,
	unsigned theirs)
{
	unsigned wanted = base == ours ? theirs : ours;
	struct slice text;
	bool there = record_text(record, field, &text);

	if (base != ours && base != theirs && ours != theirs)
		return conflicts_on(o, field) ? NULL : "a conflict is not reported";
	return (there ? number_of(text) : 0) == wanted ? NULL : field;
}

static const char *fields_wrong(const struct triple *t, const struct outcome *o)
{
	const char *why = NULL;

	for (size_t i = 0; i < t->models[MERGE_BASE].count && !why && !stays_twice(o); i++) {
		const struct rec *b = &t->models[MERGE_BASE].recs[i];
		const struct rec *ours = by_token(&t->models[MERGE_OURS], b->token);
		const struct rec *theirs = by_token(&t->models[MERGE_THEIRS], b->token);
		const struct record *record = ours && theirs ? record_of(&o->project, b->token) : NULL;

		if (!record || b->risk)
			continue;
		why = field_wrong(o, record, "effort", b->effort, ours->effort, theirs->effort);
		if (!why)
			why = field_wrong(o, record, "priority", b->priority, ours->priority, theirs->priority);
	}
	return why;
}

static bool depends_on(const struct rec *r, unsigned token)
{
	for (size_t i = 0; r && i < DEPS; i++)
		if (r->deps[i] == token)
			return true;
	return false;
}

/* Does the merged record name the other one, by whatever id that has now? */
static bool refers(const struct record *record, const struct record *to)
{
	struct slice text, rest, item, word;

	if (!record_text(record, "depends", &text) && !record_text(record, "tasks", &text))
		return false;
	for (rest = text; slice_next(&rest, ",", &item);)
		if (slice_next(&item, " ", &word) && slice_equal(word, to->id))
			return true;
	return false;
}

static const char *references_wrong(const struct triple *t, const struct outcome *o)
{
	if (conflicts_on(o, "depends"))
		return NULL;
	for (int side = MERGE_OURS; side <= MERGE_THEIRS; side++)
		for (size_t i = 0; i < t->models[side].count; i++) {
			const struct rec *r = &t->models[side].recs[i];
			const struct record *record = record_of(&o->project, r->token);

			for (size_t d = 0; record && d < DEPS; d++) {
				const struct rec *to = r->deps[d] ? by_token(&t->models[side], r->deps[d]) : NULL;
				const struct record *target = to ? record_of(&o->project, to->token) : NULL;

				if (target && !depends_on(by_token(&t->models[MERGE_BASE], r->token), r->deps[d]) && !refers(record, target))
					return "a reference does not follow";
			}
		}
	return NULL;
}

static bool has_mark(const struct outcome *o, char letter, unsigned number)
{
	char text[24];
	const char *at = o->text;
	size_t len = (size_t)snprintf(text, sizeof(text), "%c%u", letter, number);

	while ((at = strstr(at, text)) != NULL && at[len] >= '0' && at[len] <= '9')
		at += len;
	return at != NULL;
}

/* Comments that a side added to a record that is there; lines that a side added to the journal. */
static const char *notes_wrong(const struct triple *t, const struct outcome *o)
{
	for (int side = MERGE_OURS; side <= MERGE_THEIRS; side++) {
		const struct model *m = &t->models[side];

		for (size_t i = 0; i < m->count; i++) {
			const struct rec *before = by_token(&t->models[MERGE_BASE], m->recs[i].token);

			for (size_t c = 0; c < COMMENTS; c++)
				if (m->recs[i].comment[c] && (!before || before->comment[c] != m->recs[i].comment[c]) &&
					record_of(&o->project, m->recs[i].token) && !has_mark(o, 'c', m->recs[i].comment[c]))
					return "a comment is lost";
		}
		for (size_t i = 0; i < m->line_count; i++)
			if (!has_mark(o, 'n', m->lines[i]))
				return "a journal's line is lost";
	}
	return NULL;
}

/* A record with two new ids has no block. */
static size_t blocks_of(const struct outcome *o)
{
	const struct merge_conflict *items = o->result.conflicts.items;
	size_t blocks = 0;

	for (size_t i = 0; i < o->result.conflicts.len; i++)
		blocks += items[i].line > 0;
	return blocks;
}

/* Only what the conflicts say, and references to what the other side removed. */
static const char *findings_wrong(struct outcome *o)
{
	const struct diagnostic *items;
	size_t blocks = 0;

	project_check(&o->project, 1, &o->found);
	items = o->found.items.items;
	for (size_t i = 0; i < o->found.items.len; i++) {
		if (strcmp(items[i].id, "merge-conflict") == 0)
			blocks++;
		else if (items[i].severity == SEVERITY_ERROR && strcmp(items[i].id, "ref-unknown") != 0)
			return items[i].id;
	}
	return blocks == blocks_of(o) ? NULL : "blocks are not as many as conflicts";
}

static size_t rounds(size_t few)
{
	const char *asked = getenv("MERGE_ROUNDS");

	return asked ? strtoul(asked, NULL, 10) : few;
}

static void test_random_triples(void **state)
{
	(void)state;
	for (uint64_t round = 0; round < rounds(500); round++) {
		struct outcome o;
		struct triple t;
		const char *why;

		make_triple(&t, round);
		merge_sides(&o, t.sources[0], t.sources[1], t.sources[2], MERGE_RENUMBER_THEIRS);
		why = records_wrong(&t, &o);
		if (!why)
			why = fields_wrong(&t, &o);
		if (!why)
			why = references_wrong(&t, &o);
		if (!why)
			why = notes_wrong(&t, &o);
		if (!why)
			why = findings_wrong(&o);
		if (why)
			explain(&t, &o, round, why);
		outcome_release(&o);
		free_triple(&t);
	}
}

static void assert_is(const struct triple *t, struct outcome *o, struct source *wanted, uint64_t round, const char *why)
{
	struct strvec paths;
	struct slice bytes, got;
	bool same;

	strvec_init(&paths);
	wanted->list(wanted, &paths, NULL);
	same = paths.len == 0 || o->result.conflicts.len == 0;
	for (size_t i = 0; i < paths.len && same; i++) {
		wanted->read(wanted, paths.items[i], &bytes, NULL);
		same = o->source->read(o->source, paths.items[i], &got, NULL) == 0 && slice_equal(bytes, got);
	}
	if (same) {
		size_t count = paths.len;

		strvec_clear(&paths);
		o->source->list(o->source, &paths, NULL);
		same = paths.len == count;
	}
	if (!same)
		explain(t, o, round, why);
	strvec_release(&paths);
}

static void test_one_side_alone_is_itself(void **state)
{
	(void)state;
	for (uint64_t round = 0; round < rounds(500); round++) {
		struct outcome o;
		struct triple t;

		make_triple(&t, round);
		merge_sides(&o, t.sources[0], t.sources[0], t.sources[2], (enum merge_numbers)(round % 3));
		assert_is(&t, &o, t.sources[2], round, "merge(b, b, x) is not x");
		outcome_release(&o);
		merge_sides(&o, t.sources[0], t.sources[1], t.sources[0], (enum merge_numbers)(round % 3));
		assert_is(&t, &o, t.sources[1], round, "merge(b, x, b) is not x");
		outcome_release(&o);
		merge_sides(&o, t.sources[0], t.sources[1], t.sources[1], (enum merge_numbers)(round % 3));
		assert_is(&t, &o, t.sources[1], round, "merge(b, x, x) is not x");
		outcome_release(&o);
		free_triple(&t);
	}
}

/* Every record of one result is in the other under the same id and says the same, but for what conflicts. */
static const char *differs(const struct outcome *a, const struct outcome *b)
{
	struct record *const *records = a->project.records.items;

	if (a->result.conflicts.len != b->result.conflicts.len)
		return "the sides do not agree on what conflicts";
	for (size_t i = 0; i < a->project.records.len; i++) {
		const struct record *mine = records[i], *other = token_of(mine) ? record_of(&b->project, token_of(mine)) : NULL;

		if (!token_of(mine))
			continue;
		if (!other || !slice_equal(mine->id, other->id))
			return "the sides do not agree on an id";
		for (size_t e = 0; e < mine->entry_count && a->result.conflicts.len == 0; e++) {
			struct slice text;
			char *key = xstrndup(mine->entries[e].key.at, mine->entries[e].key.len);
			bool same = record_text(other, key, &text);

			same = same && (text.len == mine->entries[e].text.len); /* lists may be in another order */
			free(key);
			if (!same)
				return "the sides do not agree on a field";
		}
	}
	return NULL;
}

static void test_sides_can_be_swapped(void **state)
{
	(void)state;
	for (uint64_t round = 0; round < rounds(500); round++) {
		struct outcome one, other;
		struct triple t;
		const char *why;

		make_triple(&t, round);
		merge_sides(&one, t.sources[0], t.sources[1], t.sources[2], MERGE_RENUMBER_THEIRS);
		merge_sides(&other, t.sources[0], t.sources[2], t.sources[1], MERGE_RENUMBER_OURS);
		why = differs(&one, &other);
		if (!why)
			why = differs(&other, &one);
		if (why) {
			print_message("---- swapped\n%s", other.text);
			explain(&t, &one, round, why);
		}
		outcome_release(&one);
		outcome_release(&other);
		free_triple(&t);
	}
}

/* Theirs goes on after it was merged, under its old numbers; what it does then meets the same records. */
static void test_again_and_again(void **state)
{
	(void)state;
	for (uint64_t round = 0; round < rounds(500); round++) {
		unsigned token = 100000;
		struct dice dice = { 99, round, 0, &token };
		struct outcome first, second;
		struct source *later;
		struct model on;
		struct triple t;

		make_triple(&t, round);
		merge_sides(&first, t.sources[0], t.sources[1], t.sources[2], MERGE_RENUMBER_THEIRS);
		on = t.models[MERGE_THEIRS];
		for (size_t i = 0; i < on.count; i++)
			on.recs[i].effort = on.recs[i].risk ? 0 : 50 + roll(&dice, 9);
		later = print_model(&on);
		merge_sides(&second, t.sources[2], first.source, later, MERGE_RENUMBER_THEIRS);
		for (size_t i = 0; i < on.count && first.result.conflicts.len == 0; i++) {
			const struct rec *ours = by_token(&t.models[MERGE_OURS], on.recs[i].token);
			const struct rec *was = by_token(&t.models[MERGE_THEIRS], on.recs[i].token);
			const struct rec *base = by_token(&t.models[MERGE_BASE], on.recs[i].token);
			const struct record *record = record_of(&second.project, on.recs[i].token);
			struct slice text = { NULL, 0 };

			if (on.recs[i].risk || (base && !ours) || (base && ours->effort != base->effort))
				continue;
			(void)was;
			if (!record || !record_text(record, "effort", &text) || number_of(text) != on.recs[i].effort) {
				print_message("---- first merge\n%s", first.text);
				explain(&t, &second, round, "what theirs went on with is lost");
			}
		}
		source_free(later);
		outcome_release(&first);
		outcome_release(&second);
		free_triple(&t);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_one_side_alone_is_itself),
		cmocka_unit_test(test_random_triples),
		cmocka_unit_test(test_sides_can_be_swapped),
		cmocka_unit_test(test_again_and_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
