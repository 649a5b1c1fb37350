/*
 * A thousand random edits of a project written by hand in many styles (tests/fixtures/good/odd):
 * after each one only the lines it was about have changed, and the project that is read back is the
 * one that was meant.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/random.h"
#include "model/edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FIXTURE "tests/fixtures/good/odd"
enum { EDITS = 1000 };

struct state {
	struct source *source; /* the files as they are now */
	struct project project;
	struct diagnostics found;
	struct edit edit;
	struct diagnostics faults;
	struct err err;
	uint64_t seed, counter;
	size_t done[8]; /* by kind of edit, to see that all are tried */
};

/* The lines of a text, with their ends. */
struct lines {
	struct slice *at;
	size_t count;
};

static uint64_t dice(struct state *s, uint64_t below)
{
	return random_below(s->seed, 1, s->counter++, below);
}

static void open_project(struct state *s)
{
	diagnostics_init(&s->found);
	diagnostics_init(&s->faults);
	err_init(&s->err);
	assert_int_equal(project_load(&s->project, s->source, 1, &s->found, &s->err), 0);
	project_check(&s->project, 1, &s->found);
	struct value_context values = { .units = &s->project.units,
		.now = moment_from_date(date_from_civil(2026, 3, 4)) };
	edit_init(&s->edit, &s->project, &values, &s->faults);
}

static void close_project(struct state *s)
{
	edit_release(&s->edit);
	project_release(&s->project);
	diagnostics_release(&s->found);
	diagnostics_release(&s->faults);
	err_release(&s->err);
}

static struct lines split(struct slice text)
{
	struct lines lines = { xcalloc(text.len + 1, sizeof(struct slice)), 0 };

	while (text.len > 0) {
		size_t len = slice_find(text, '\n');
		len += len < text.len;
		lines.at[lines.count++] = slice_new(text.at, len);
		text = slice_from(text, len);
	}
	return lines;
}

/* Without the line end: a last line that gets one is not a changed line. */
static bool same_line(struct slice a, struct slice b)
{
	while (a.len > 0 && (a.at[a.len - 1] == '\n' || a.at[a.len - 1] == '\r'))
		a.len--;
	while (b.len > 0 && (b.at[b.len - 1] == '\n' || b.at[b.len - 1] == '\r'))
		b.len--;
	return slice_equal(a, b);
}

/* Lines [first, first + before) of the old text became [first, first + after) of the new one. */
struct difference {
	size_t first, before, after;
};

static struct difference compare(struct slice old, struct slice new)
{
	struct lines a = split(old), b = split(new);
	struct difference d = { 0 };
	size_t end = 0;

	while (d.first < a.count && d.first < b.count && same_line(a.at[d.first], b.at[d.first]))
		d.first++;
	while (end < a.count - d.first && end < b.count - d.first &&
		same_line(a.at[a.count - 1 - end], b.at[b.count - 1 - end]))
		end++;
	d.before = a.count - d.first - end;
	d.after = b.count - d.first - end;
	free(a.at);
	free(b.at);
	return d;
}

struct changed_file {
	char *path;
	struct slice before, after; /* owned */
};

static void take_file(void *context, const char *path, struct slice before, struct slice after)
{
	struct changed_file *file = vec_push(context);

	file->path = xstrdup(path);
	file->before = slice_new(xstrndup(before.at ? before.at : "", before.len), before.len);
	file->after = slice_new(xstrndup(after.at, after.len), after.len);
}

static void free_files(struct vec *files)
{
	struct changed_file *file = files->items;

	for (size_t i = 0; i < files->len; i++) {
		free(file[i].path);
		free((char *)(uintptr_t)file[i].before.at);
		free((char *)(uintptr_t)file[i].after.at);
	}
	vec_release(files);
}

/* Everything a project says but where it says it: "kind id\nkey=text", sorted; without one record,
 * when asked. */
static void facts_of(const struct project *project, const char *without, struct strvec *out)
{
	struct record **records = project->records.items;

	for (size_t i = 0; i < project->records.len; i++) {
		struct strbuf name;
		strbuf_init(&name);
		strbuf_addf(&name, "%s %.*s", records[i]->kind->name, (int)records[i]->id.len,
			records[i]->id.at);
		if (!without || strcmp(without, name.buf) != 0) {
			strvec_push(out, name.buf);
			for (uint32_t e = 0; e < records[i]->entry_count; e++) {
				const struct entry *entry = &records[i]->entries[e];
				strvec_pushf(out, "%s\n%.*s=%.*s", name.buf, (int)entry->key.len,
					entry->key.at, (int)entry->text.len, entry->text.at);
			}
		}
		strbuf_release(&name);
	}
	strvec_sort(out);
}

static void assert_same_facts(const struct strvec *a, const struct strvec *b, const char *what)
{
	for (size_t i = 0; i < a->len && i < b->len; i++)
		if (strcmp(a->items[i], b->items[i]) != 0)
			fail_msg("%s: '%s' became '%s'", what, a->items[i], b->items[i]);
	if (a->len != b->len)
		fail_msg("%s: %zu facts became %zu", what, a->len, b->len);
}

static struct record *any_record(struct state *s, const char *kind)
{
	const struct kind *k = kind ? kind_find(slice_of(kind)) : NULL;

	if (k)
		return project_at(&s->project, k, (size_t)dice(s, project_count(&s->project, k)));
	for (;;) {
		struct record **records = s->project.records.items;
		struct record *record = records[dice(s, s->project.records.len)];
		if (!(record->kind->flags & KIND_JOURNAL))
			return record;
	}
}

/* The id of some record of the first kind of "resource|team" that has any. */
static bool name_one(struct state *s, const char *kinds, char *out, size_t size)
{
	struct slice rest = slice_of(kinds), name;

	while (slice_next(&rest, "|", &name)) {
		const struct kind *kind = kind_find(name);
		if (!kind || project_count(&s->project, kind) == 0)
			continue;
		struct slice id = project_at(
			&s->project, kind, (size_t)dice(s, project_count(&s->project, kind)))
					  ->id;
		snprintf(out, size, "%.*s", (int)id.len, id.at);
		return true;
	}
	return false;
}

/* A value for a field, or false when this test makes none of its type. */
static bool make_value(struct state *s, const struct field *field, char *out, size_t size)
{
	static const char *const texts[] = { "plain", "结算 引擎", "a; b # c = d", "\"quoted\" [x]",
		"e\xcc\x81 🏥" };
	unsigned n = (unsigned)dice(s, 28) + 1;

	switch (field->type) {
	case TYPE_LINE: snprintf(out, size, "%s %u", texts[dice(s, 5)], n); return true;
	case TYPE_TEXT:
		snprintf(out, size, "%s\nline %u\n\nnew paragraph", texts[dice(s, 5)], n);
		return true;
	case TYPE_LINES: snprintf(out, size, "one %u\n%s", n, texts[dice(s, 5)]); return true;
	case TYPE_WORDS: snprintf(out, size, "w%u, x", n); return true;
	case TYPE_DATE:
	case TYPE_DATETIME: snprintf(out, size, "2026-05-%02u", n); return true;
	case TYPE_DURATION:
	case TYPE_EFFORT: snprintf(out, size, "%ud", n); return true;
	case TYPE_NUMBER: snprintf(out, size, "%u.5", n); return true;
	case TYPE_PERCENT: snprintf(out, size, "%u%%", n); return true;
	case TYPE_INTEGER: snprintf(out, size, "%u", n); return true;
	case TYPE_YESNO: snprintf(out, size, n % 2 ? "yes" : "no"); return true;
	case TYPE_REF:
	case TYPE_REFS: return name_one(s, field->of, out, size);
	case TYPE_ALLOCATIONS: return name_one(s, "resource", out, size);
	case TYPE_MONEY: snprintf(out, size, "%u CNY", n * 100); return true;
	case TYPE_ENUM: {
		struct slice rest = slice_of(field->of), word;
		unsigned skip = (unsigned)dice(s, 3);
		while (slice_next(&rest, "|", &word))
			if (skip-- == 0)
				break;
		snprintf(out, size, "%.*s", (int)word.len, word.at);
		return word.len > 0;
	}
	default: return false;
	}
}

static bool settable(const struct record *record, const struct field *field)
{
	/* Those have checks over several fields, or steer the loading; the unit tests set them. */
	static const char *const apart[] = { "format", "locale", "include", "exclude", "overlay",
		"pool", "status_date", "ev_rule", "recurring", "status", "start", "finish",
		"progress", "milestone", "columns", "sort", "sponsor", "ev_milestones", "roles",
		"keys", "email", "links" };

	for (size_t i = 0; i < ARRAY_SIZE(apart); i++)
		if (strcmp(apart[i], field->name) == 0)
			return false;
	(void)record;
	return !(field->flags & FIELD_COMPUTED);
}

/* Last line of an entry: up to the next one's, comments and blanks between included. */
static uint32_t entry_end(const struct record *record, const struct entry *entry)
{
	const struct entry *next = entry + 1;

	return next < record->entries + record->entry_count ? next->line - 1 : record->last_line;
}

/* Which lines of which file an edit of one field may touch. */
struct allowed {
	char path[64];
	uint32_t first, last; /* lines that may go; first = last + 1: only new ones */
	uint32_t header, end; /* the section: new lines stand in it */
};

static struct allowed allow(
	const struct state *s, const struct record *record, const struct entry *entry)
{
	const struct project_file *files = s->project.files.items;
	struct allowed allowed = { .header = record->line, .end = record->last_line };

	snprintf(allowed.path, sizeof(allowed.path), "%s", files[record->file].path);
	allowed.first = entry ? entry->line : record->line + 1;
	allowed.last = entry ? entry_end(record, entry) : record->line;
	return allowed;
}

static void assert_only(
	const struct vec *files, const struct allowed *allowed, bool new_field, const char *what)
{
	const struct changed_file *file = files->items;

	if (files->len == 0)
		return;
	assert_int_equal(files->len, 1);
	assert_string_equal(file->path, allowed->path);
	struct difference d = compare(file->before, file->after);
	uint32_t first = (uint32_t)d.first + 1, last = (uint32_t)(d.first + d.before);
	if (new_field && d.before > 0)
		fail_msg("%s: a new field took %zu lines away", what, d.before);
	if (d.before > 0 && (first < allowed->first || last > allowed->last))
		fail_msg("%s: lines %u-%u changed; %u-%u allowed", what, first, last,
			allowed->first, allowed->last);
	if (d.before == 0 && d.after > 0 && (first <= allowed->header || first > allowed->end + 1))
		fail_msg("%s: new lines at %u, outside %u-%u", what, first, allowed->header,
			allowed->end);
}

static void write_back(struct state *s, const struct vec *files)
{
	const struct changed_file *file = files->items;

	for (size_t i = 0; i < files->len; i++)
		source_memory_add(s->source, file[i].path, file[i].after);
}

static void print_faults(const struct diagnostics *found)
{
	const struct diagnostic *items = found->items.items;

	for (size_t i = 0; i < found->items.len; i++)
		print_error("%s:%u:%u %s %s\n", items[i].place.path ? items[i].place.path : "",
			items[i].place.line, items[i].place.column, items[i].id,
			items[i].arguments[0] ? items[i].arguments[0] : "");
}

/* Takes the changes over, reads them again; what was not meant to change is as before. */
static void reopen(struct state *s, const struct vec *files, const char *without, const char *what)
{
	struct strvec before, after;

	strvec_init(&before);
	strvec_init(&after);
	facts_of(&s->project, without, &before);
	write_back(s, files);
	close_project(s);
	open_project(s);
	if (s->found.errors > 0) {
		print_faults(&s->found);
		fail_msg("%s", what);
	}
	facts_of(&s->project, without, &after);
	assert_same_facts(&before, &after, what);
	strvec_release(&before);
	strvec_release(&after);
}

static struct vec changed_files(struct state *s)
{
	struct vec files;

	vec_init(&files, sizeof(struct changed_file));
	edit_each_file(&s->edit, take_file, &files);
	return files;
}

static void set_field(struct state *s, bool unset)
{
	struct record *record = any_record(s, NULL);
	size_t index = (size_t)dice(s, kind_field_total(record->kind));
	const struct field *field = kind_field(record->kind, index);
	const struct entry *entry = record_entry(record, index);
	char value[256] = "", what[600], name[128];
	struct slice text;

	if (unset ? !entry || (field->flags & FIELD_REQUIRED) || !settable(record, field)
		  : !settable(record, field) || !make_value(s, field, value, sizeof(value)))
		return;
	snprintf(name, sizeof(name), "%s%s%.*s", record->kind->name, " ", (int)record->id.len,
		record->id.at);
	snprintf(what, sizeof(what), "%s %s=%s", name, field->name, value);
	struct allowed allowed = allow(s, record, entry);
	struct assignment assignment = { slice_of(field->name), slice_of(value), EDIT_SET };
	if (edit_set(&s->edit, record, &assignment, 1, &s->err) !=
		0) { /* a check over several fields said no */
		assert_true(s->faults.errors > 0);
		close_project(s);
		open_project(s);
		return;
	}
	struct vec files = changed_files(s);
	assert_only(&files, &allowed, !entry, what);
	const struct kind *kind = record->kind;
	char id[64];
	snprintf(id, sizeof(id), "%.*s", (int)record->id.len, record->id.at);
	reopen(s, &files, name, what);
	free_files(&files);
	record = project_find(&s->project, kind, slice_of(id));
	assert_non_null(record);
	assert_int_equal(record_text(record, field->name, &text), !unset);
	if (!unset &&
		(field->type == TYPE_LINE || field->type == TYPE_TEXT ||
			field->type == TYPE_LINES) &&
		!slice_is(text, value))
		fail_msg("%s: reads back as '%.*s'", what, (int)text.len, text.at);
	s->done[unset]++;
}

static void add_task(struct state *s)
{
	struct record *parent = any_record(s, "task");
	struct strbuf id;
	char what[200];

	strbuf_init(&id);
	assert_int_equal(edit_next_id(&s->project, parent->kind, 100, &id, &s->err), 0);
	struct assignment assignments[] = {
		{ slice_of("duration"), slice_of("3d"), EDIT_SET },
		{ slice_of("parent"), parent->id, EDIT_SET },
		{ slice_of("title"), slice_of("新任务"), EDIT_SET },
	};
	assert_int_equal(
		edit_add(&s->edit, parent->kind, strbuf_slice(&id), assignments, 3, NULL, &s->err),
		0);
	snprintf(what, sizeof(what), "add task %s below %.*s", id.buf, (int)parent->id.len,
		parent->id.at);
	struct vec files = changed_files(s);
	assert_int_equal(files.len, 1);
	const struct changed_file *file = files.items;
	struct difference d = compare(file->before, file->after);
	if (d.before != 0)
		fail_msg("%s: took %zu lines away", what, d.before);
	assert_in_range(d.after, 4, 6);
	char name[80];
	snprintf(name, sizeof(name), "task %s", id.buf);
	reopen(s, &files, name, what);
	free_files(&files);
	assert_non_null(project_find(&s->project, kind_find(slice_of("task")), strbuf_slice(&id)));
	strbuf_release(&id);
	s->done[2]++;
}

/* All lines of all files, sorted, without blank ones and without those that hold `id` or the
 * parent. */
static void lines_without(
	struct state *s, const struct vec *files, bool after, const char *id, struct strvec *out)
{
	const struct changed_file *file = files->items;

	(void)s;
	for (size_t i = 0; i < files->len; i++) {
		struct lines lines = split(after ? file[i].after : file[i].before);
		for (size_t k = 0; k < lines.count; k++) {
			struct slice line = slice_trim(lines.at[k]);
			if (slice_starts(line, "\xef\xbb\xbf"))
				line = slice_from(line, 3);
			if (line.len == 0 || (id && slice_starts(line, id)))
				continue;
			strvec_push_slice(out, line);
		}
		free(lines.at);
	}
	strvec_sort(out);
}

static void move_task(struct state *s)
{
	struct record *task = any_record(s, "task"), *target = any_record(s, "task");
	struct edit_target where = { .parent = target };
	struct strvec before, after;
	char what[200], name[100];

	if (dice(s, 2))
		where = (struct edit_target){ .before = dice(s, 2) ? target : NULL, .after = NULL };
	if (!where.parent && !where.before)
		where.after = target;
	snprintf(what, sizeof(what), "move %.*s to %.*s", (int)task->id.len, task->id.at,
		(int)target->id.len, target->id.at);
	if (edit_move(&s->edit, task, &where, &s->err) != 0) { /* below itself */
		close_project(s);
		open_project(s);
		return;
	}
	strvec_init(&before);
	strvec_init(&after);
	struct vec files = changed_files(s);
	lines_without(s, &files, false, "parent", &before);
	lines_without(s, &files, true, "parent", &after);
	assert_same_facts(&before, &after, what);
	snprintf(name, sizeof(name), "task %.*s", (int)task->id.len, task->id.at);
	/* A parent that a task depends on is a fault of the plan, not of the text: it is not looked
	 * for here. */
	reopen(s, &files, name, what);
	free_files(&files);
	strvec_release(&before);
	strvec_release(&after);
	s->done[3]++;
}

static void rename_record(struct state *s)
{
	static const char *const kinds[] = { "task", "resource", "team", "requirement", "risk" };
	struct record *record = any_record(s, kinds[dice(s, 5)]);
	const struct kind *kind = record->kind;
	char id[64], old[64], what[200];

	snprintf(old, sizeof(old), "%.*s", (int)record->id.len, record->id.at);
	snprintf(id, sizeof(id), dice(s, 3) ? "X-%llu" : "改名-%llu",
		(unsigned long long)dice(s, 100000));
	if (edit_rename(&s->edit, record, slice_of(id), &s->err) != 0)
		fail_msg("rename %s to %s", old, id);
	snprintf(what, sizeof(what), "rename %s %s to %s", kind->name, old, id);
	struct vec files = changed_files(s);
	const struct changed_file *file = files.items;
	for (size_t i = 0; i < files.len; i++) {
		struct lines a = split(file[i].before), b = split(file[i].after);
		assert_int_equal(a.count, b.count);
		for (size_t k = 0; k < a.count; k++) {
			char line[1024];
			if (same_line(a.at[k], b.at[k]))
				continue;
			snprintf(line, sizeof(line), "%.*s", (int)b.at[k].len, b.at[k].at);
			if (!strstr(line, id))
				fail_msg("%s: line %zu of %s changed: %s", what, k + 1,
					file[i].path, line);
		}
		free(a.at);
		free(b.at);
	}
	size_t records = s->project.records.len;
	write_back(s, &files);
	free_files(&files);
	close_project(s);
	open_project(s);
	if (s->found.errors > 0) {
		print_faults(&s->found);
		fail_msg("%s", what);
	}
	assert_int_equal(records, s->project.records.len);
	assert_null(project_find(&s->project, kind, slice_of(old)));
	assert_non_null(project_find(&s->project, kind, slice_of(id)));
	s->done[4]++;
}

/* Only when there are many: the project shall not run empty. */
static void remove_record(struct state *s)
{
	struct record *record = any_record(s, "task");
	const struct kind *kind = record->kind;
	char id[64];

	if (project_count(&s->project, kind) < 40)
		return;
	snprintf(id, sizeof(id), "%.*s", (int)record->id.len, record->id.at);
	int rc = edit_remove(&s->edit, record, true, &s->err);
	if (rc != 0)
		fail_msg("remove %s: %s", id, s->err.message);
	struct vec files = changed_files(s);
	size_t records = s->project.records.len;
	write_back(s, &files);
	free_files(&files);
	close_project(s);
	open_project(s);
	if (s->found.errors > 0) {
		print_faults(&s->found);
		fail_msg("remove %s", id);
	}
	assert_true(s->project.records.len < records);
	assert_null(project_find(&s->project, kind, slice_of(id)));
	s->done[5]++;
}

static void journal_entry(struct state *s)
{
	struct record *person = any_record(s, "resource"), *task = any_record(s, "task");
	const struct kind *sheet = kind_find(slice_of("timesheet"));
	date_t day = date_from_civil(2026, 3, 1) + (date_t)dice(s, 60);
	char line[128];

	snprintf(line, sizeof(line), "%.*s 2h 评审", (int)task->id.len, task->id.at);
	assert_int_equal(edit_journal(&s->edit, sheet, person->id, moment_from_date(day), false,
				 slice_of(line), &s->err),
		0);
	struct vec files = changed_files(s);
	assert_int_equal(files.len, 1);
	const struct changed_file *file = files.items;
	struct difference d = compare(file->before, file->after);
	assert_int_equal(d.before, 0);
	assert_in_range(d.after, 1, 4);
	write_back(s, &files);
	free_files(&files);
	close_project(s);
	open_project(s);
	assert_int_equal(s->found.errors, 0);
	s->done[6]++;
}

static void list_item(struct state *s)
{
	struct record *task = any_record(s, "task"), *other = any_record(s, "task");
	struct assignment assignment = { slice_of("depends"), other->id,
		dice(s, 2) ? EDIT_ADD : EDIT_REMOVE };
	const struct entry *entry =
		record_entry(task, kind_field_find(task->kind, slice_of("depends")));
	struct allowed allowed = allow(s, task, entry);
	char what[200], name[100];

	snprintf(what, sizeof(what), "%.*s depends%s%.*s", (int)task->id.len, task->id.at,
		assignment.operator== EDIT_ADD ? "+=" : "-=", (int)other->id.len, other->id.at);
	snprintf(name, sizeof(name), "task %.*s", (int)task->id.len, task->id.at);
	if (edit_set(&s->edit, task, &assignment, 1, &s->err) != 0) { /* not in the list */
		close_project(s);
		open_project(s);
		return;
	}
	struct vec files = changed_files(s);
	assert_only(&files, &allowed, !entry, what);
	reopen(s, &files, name, what);
	free_files(&files);
	s->done[7]++;
}

static void edit_once(struct state *s)
{
	switch (dice(s, 16)) {
	case 0: add_task(s); break;
	case 1: move_task(s); break;
	case 2: rename_record(s); break;
	case 3: remove_record(s); break;
	case 4: journal_entry(s); break;
	case 5:
	case 6: list_item(s); break;
	case 7:
	case 8:
	case 9: set_field(s, true); break;
	default: set_field(s, false); break;
	}
}

static void copy_fixture(struct state *s)
{
	struct source *tree = source_worktree_new(FIXTURE);
	struct strvec paths;

	s->source = source_memory_new();
	strvec_init(&paths);
	assert_int_equal(tree->list(tree, &paths, NULL), 0);
	assert_true(paths.len > 8);
	for (size_t i = 0; i < paths.len; i++) {
		struct slice text;
		assert_int_equal(tree->read(tree, paths.items[i], &text, NULL), 0);
		source_memory_add(s->source, paths.items[i], text);
	}
	strvec_release(&paths);
	source_free(tree);
}

static size_t made(const struct state *s)
{
	size_t sum = 0;

	for (size_t i = 0; i < ARRAY_SIZE(s->done); i++)
		sum += s->done[i];
	return sum;
}

static void test_random_edits(void **unused)
{
	(void)unused;
	struct state s = { .seed = 20260302 };

	copy_fixture(&s);
	open_project(&s);
	print_faults(&s.found);
	assert_int_equal(s.found.errors, 0);
	for (int i = 0; i < 4 * EDITS && made(&s) < EDITS; i++)
		edit_once(&s);
	assert_int_equal(made(&s), EDITS);
	print_message("# set %zu, cleared %zu, added %zu, moved %zu, renamed %zu, removed %zu, "
		      "entered %zu, listed %zu\n",
		s.done[0], s.done[1], s.done[2], s.done[3], s.done[4], s.done[5], s.done[6],
		s.done[7]);
	for (size_t i = 0; i < ARRAY_SIZE(s.done); i++)
		if (s.done[i] == 0)
			fail_msg("no edit of kind %zu was made", i);
	close_project(&s);
	source_free(s.source);
}

/* Opening a file for an edit and printing it changes nothing. */
static void test_identity(void **unused)
{
	struct state s = { .seed = 1 };

	(void)unused;
	copy_fixture(&s);
	open_project(&s);
	struct record **records = s.project.records.items;
	for (size_t i = 0; i < s.project.records.len; i++)
		assert_int_equal(edit_set(&s.edit, records[i], NULL, 0, &s.err), 0);
	struct vec files = changed_files(&s);
	assert_int_equal(files.len, 0);
	free_files(&files);
	close_project(&s);
	source_free(s.source);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_identity),
		cmocka_unit_test(test_random_edits),
	};
	return cmocka_run_group_tests_name("model/edit properties", tests, NULL, NULL);
}
