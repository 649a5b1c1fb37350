#include "model/undo.h"

#include "base/pack.h"
#include "text/ini_part.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MOST = 200 };
static const char MAGIC[] = "pmt-undo 1";

static void open_path(const char *state, struct strbuf *out)
{
	strbuf_addf(out, "%s/undo/open", state);
}

/* The part of a file that an entry keeps: with nothing left of it, the section above stands for the place. */
static void cut_sections(struct slice before, struct slice after, struct undo_change *change)
{
	size_t front = 0, back = 0;

	if (before.at && after.at) {
		ini_differing(before, after, &front, &back);
		if (front + back == after.len && front)
			front = ini_section_start(after, front);
	}
	change->front = (uint32_t)front;
	change->back = (uint32_t)back;
	change->before = before.at ? slice_new(before.at + front, before.len - front - back) : before;
	change->after = after.at ? slice_new(after.at + front, after.len - front - back) : after;
	change->digest = slice_hash(after);
	change->length = after.len;
}

static void pack_change(struct strbuf *out, const char *path, const struct undo_change *change)
{
	pack_text(out, slice_of(path));
	pack_number(out, change->front);
	pack_number(out, change->back);
	pack_number(out, (uint32_t)change->digest);
	pack_number(out, (uint32_t)(change->digest >> 32));
	pack_number(out, (uint32_t)change->length);
	pack_text(out, change->before);
	pack_text(out, change->after);
}

static bool unpack_change(struct slice *rest, struct arena *arena, struct undo_change *change)
{
	uint32_t low, high, length;
	struct slice path;

	if (!unpack_text(rest, &path) || !unpack_number(rest, &change->front) || !unpack_number(rest, &change->back) ||
		!unpack_number(rest, &low) || !unpack_number(rest, &high) || !unpack_number(rest, &length) ||
		!unpack_text(rest, &change->before) || !unpack_text(rest, &change->after))
		return false;
	change->path = arena_strndup(arena, path.at, path.len);
	change->digest = (uint64_t)high << 32 | low;
	change->length = length;
	return true;
}

void undo_keep(const char *state, const char *path, struct slice before, struct slice after)
{
	struct undo_change change;
	struct strbuf file, text;

	if (before.len > UINT32_MAX / 2 || after.len > UINT32_MAX / 2 ||
		(before.at && after.at && slice_equal(before, after)))
		return;
	strbuf_init(&file);
	strbuf_init(&text);
	open_path(state, &file);
	if (file_exists(file.buf))
		file_read(&text, file.buf, NULL);
	cut_sections(before, after, &change);
	pack_change(&text, path, &change);
	file_replace(file.buf, strbuf_slice(&text), NULL);
	strbuf_release(&text);
	strbuf_release(&file);
}

bool undo_is_open(const char *state)
{
	struct strbuf file;
	bool open;

	strbuf_init(&file);
	open_path(state, &file);
	open = file_exists(file.buf);
	strbuf_release(&file);
	return open;
}

static int by_number(const void *a, const void *b, void *context)
{
	const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	(void)context;
	return x < y ? -1 : x > y;
}

/* Numbers of the entries, ascending. */
static void list_numbers(const char *state, struct vec *numbers)
{
	struct strbuf folder;
	struct dirent *item;
	DIR *open;

	strbuf_init(&folder);
	strbuf_addf(&folder, "%s/undo", state);
	open = opendir(folder.buf);
	while (open && (item = readdir(open))) {
		char *end;
		unsigned long number = strtoul(item->d_name, &end, 10);

		if (number && number < UINT32_MAX && !*end)
			vec_append(numbers, &(uint32_t){ (uint32_t)number });
	}
	if (open)
		closedir(open);
	vec_sort(numbers, by_number, NULL);
	strbuf_release(&folder);
}

static void entry_path(const char *state, uint32_t number, struct strbuf *out)
{
	strbuf_reset(out);
	strbuf_addf(out, "%s/undo/%06u", state, number);
}

static void drop_oldest(const char *state, const struct vec *numbers)
{
	struct strbuf path;

	strbuf_init(&path);
	for (size_t i = 0; i + MOST <= numbers->len; i++) {
		entry_path(state, *(uint32_t *)vec_at(numbers, i), &path);
		unlink(path.buf);
	}
	strbuf_release(&path);
}

void undo_close(const char *state, const struct undo_closing *closing)
{
	struct strbuf file, path, text;
	struct vec numbers;
	uint32_t next = 1;

	strbuf_init(&file);
	strbuf_init(&path);
	strbuf_init(&text);
	vec_init(&numbers, sizeof(uint32_t));
	open_path(state, &file);
	list_numbers(state, &numbers);
	if (numbers.len)
		next = *(uint32_t *)vec_at(&numbers, numbers.len - 1) + 1;
	pack_text(&text, slice_of(MAGIC));
	pack_number(&text, closing->of);
	pack_number(&text, (uint32_t)closing->when);
	pack_number(&text, (uint32_t)((uint64_t)closing->when >> 32));
	pack_number(&text, closing->committed);
	pack_text(&text, closing->label);
	entry_path(state, next, &path);
	if (file_read(&text, file.buf, NULL) == 0 && file_replace(path.buf, strbuf_slice(&text), NULL) == 0)
		drop_oldest(state, &numbers);
	unlink(file.buf);
	vec_release(&numbers);
	strbuf_release(&text);
	strbuf_release(&path);
	strbuf_release(&file);
}

static bool read_entry(struct slice text, struct arena *arena, struct undo_entry *entry)
{
	uint32_t low, high, committed;
	struct vec changes;
	struct slice magic;
	bool whole = unpack_text(&text, &magic) && slice_is(magic, MAGIC) && unpack_number(&text, &entry->of) &&
		     unpack_number(&text, &low) && unpack_number(&text, &high) && unpack_number(&text, &committed) &&
		     unpack_text(&text, &entry->label);

	if (!whole)
		return false;
	entry->when = (moment_t)((uint64_t)high << 32 | low);
	entry->committed = committed != 0;
	vec_init(&changes, sizeof(struct undo_change));
	while (whole && text.len)
		whole = unpack_change(&text, arena, vec_push(&changes));
	if (changes.len) {
		struct undo_change *kept = arena_calloc(arena, changes.len, sizeof(*kept));

		memcpy(kept, changes.items, changes.len * sizeof(*kept));
		entry->changes = kept;
		entry->change_count = changes.len;
	}
	vec_release(&changes);
	return whole;
}

/* From the newest back: who is taken back by one that counts does not count. */
static void mark_taken_back(struct vec *entries)
{
	struct undo_entry *all = entries->items;

	for (size_t i = entries->len; i-- > 0;)
		for (size_t j = 0; j < i && all[i].of && !all[i].taken_back; j++)
			all[j].taken_back = all[j].taken_back || all[j].number == all[i].of;
}

void undo_read(const char *state, struct arena *arena, struct vec *entries)
{
	struct vec numbers;
	struct strbuf path, text;

	vec_init(&numbers, sizeof(uint32_t));
	strbuf_init(&path);
	list_numbers(state, &numbers);
	for (size_t i = 0; i < numbers.len; i++) {
		struct undo_entry entry = { .number = *(uint32_t *)vec_at(&numbers, i) };

		strbuf_init(&text);
		entry_path(state, entry.number, &path);
		if (file_read(&text, path.buf, NULL) == 0 &&
			read_entry(arena_slice(arena, strbuf_slice(&text)), arena, &entry))
			vec_append(entries, &entry);
		strbuf_release(&text);
	}
	mark_taken_back(entries);
	strbuf_release(&path);
	vec_release(&numbers);
}

static const struct undo_entry *entry_numbered(const struct vec *entries, uint32_t number)
{
	for (size_t i = 0; i < entries->len; i++) {
		const struct undo_entry *entry = vec_at(entries, i);

		if (entry->number == number)
			return entry;
	}
	return NULL;
}

/* Does an entry, through those it takes back, make a change again or take one back? */
static bool takes_back(const struct vec *entries, const struct undo_entry *entry)
{
	const struct undo_entry *of = entry->of ? entry_numbered(entries, entry->of) : NULL;

	return entry->of && (!of || !takes_back(entries, of));
}

const struct undo_entry *undo_last(const struct vec *entries, bool again)
{
	for (size_t i = entries->len; i-- > 0;) {
		const struct undo_entry *entry = vec_at(entries, i);

		if (entry->taken_back)
			continue;
		if (again) {
			/* What was changed since stands in the way of making it again. */
			if (!entry->of)
				return NULL;
			if (takes_back(entries, entry))
				return entry;
		} else if (!entry->of) {
			return entry;
		}
	}
	return NULL;
}

/* --- putting files back --- */

static int edited(const struct undo_change *change, struct err *err)
{
	err_set(err, ERR_CONFLICT, "'%s' was edited since at the same place", change->path);
	err_hint(err, "nothing was written; 'pmt diff' and 'git diff' show the edits");
	return ERR_CONFLICT;
}

/* Where `part` stands in the text, when it stands there once and at the start of a line. */
static bool find_once(struct slice text, struct slice part, size_t *at)
{
	const char *found = part.len ? memmem(text.at, text.len, part.at, part.len) : NULL;

	if (!found || (found > text.at && found[-1] != '\n'))
		return false;
	*at = (size_t)(found - text.at);
	/* Without a line end of its own it can only be the end of the file. */
	if (part.at[part.len - 1] != '\n' && *at + part.len != text.len)
		return false;
	return !memmem(found + 1, text.len - *at - 1, part.at, part.len);
}

static bool put_back(const struct undo_change *change, struct slice now, struct strbuf *out)
{
	size_t at = change->front;

	if (!(now.len == change->length && slice_hash(now) == change->digest) && !find_once(now, change->after, &at))
		return false;
	strbuf_add(out, now.at, at);
	strbuf_add_slice(out, change->before);
	strbuf_add_slice(out, slice_from(now, at + change->after.len));
	return true;
}

/* What the file holds: what an earlier step made of it, else what is on disk. */
static int read_now(const char *path, const struct vec *texts, struct arena *arena, struct slice *now, struct err *err)
{
	struct strbuf text;
	int status = 0;

	for (size_t i = texts->len; i-- > 0;) {
		const struct undo_text *earlier = vec_at(texts, i);

		if (strcmp(earlier->path, path) == 0) {
			*now = earlier->then;
			return 0;
		}
	}
	*now = slice_new(NULL, 0);
	if (!file_exists(path))
		return 0;
	strbuf_init(&text);
	status = file_read(&text, path, err);
	*now = arena_slice(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return status;
}

/* What the file is to hold; false when it was edited where the change was. */
static bool find_then(const struct undo_change *change, struct slice now, struct arena *arena, struct slice *then)
{
	struct strbuf text;
	bool good;

	*then = change->before;
	if (!change->after.at)
		return !now.at;
	if (!change->before.at)
		return now.at && slice_equal(now, change->after);
	strbuf_init(&text);
	good = now.at && put_back(change, now, &text);
	*then = arena_slice(arena, strbuf_slice(&text));
	strbuf_release(&text);
	return good;
}

static int plan_change(const struct undo_change *change, struct fileset *files, struct arena *arena, struct vec *texts,
	struct err *err)
{
	struct undo_text text = { .path = change->path };
	int status = read_now(change->path, texts, arena, &text.now, err);

	if (status < 0)
		return status;
	if (!find_then(change, text.now, arena, &text.then))
		return edited(change, err);
	if (text.then.at)
		fileset_write(files, change->path, text.then, &text.now);
	else
		fileset_remove(files, change->path, &text.now);
	vec_append(texts, &text);
	return 0;
}

int undo_plan(const struct undo_entry *entry, const char *inside, struct fileset *files, struct arena *arena,
	struct vec *texts, struct err *err)
{
	size_t length = strlen(inside);
	int status = 0;

	/* The newest first: a file written twice is taken back step by step, which only its last state can tell. */
	for (size_t i = entry->change_count; i-- > 0 && status == 0;) {
		const struct undo_change *change = &entry->changes[i];

		if (strncmp(change->path, inside, length) != 0 || change->path[length] != '/' ||
			strstr(change->path, "/../"))
			status = err_set(err, ERR_INPUT, "the journal speaks of '%s', which is not in '%s'",
				change->path, inside);
		else
			status = plan_change(change, files, arena, texts, err);
	}
	return status;
}
