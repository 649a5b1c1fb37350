/*
 * One side's files, cut into sections.
 *
 * Most files are the same on all sides: a file that another tree holds with the same bytes is not cut again, so three
 * trees of 100,000 records cost little more than one.
 */
#include "merge/merge-internal.h"

#include "base/utf8.h"
#include "text/ini_split.h"

#include <string.h>

void tree_init(struct tree *tree)
{
	vec_init(&tree->files, sizeof(struct tree_file));
	vec_init(&tree->sections, sizeof(struct section));
	map_init(&tree->by_path);
	map_init(&tree->by_key);
}

void tree_release(struct tree *tree)
{
	vec_release(&tree->files);
	vec_release(&tree->sections);
	map_release(&tree->by_path);
	map_release(&tree->by_key);
}

struct tree_file *tree_find_file(const struct tree *tree, const char *path)
{
	uintptr_t at;

	return map_get(&tree->by_path, slice_of(path), &at) ? vec_at(&tree->files, at) : NULL;
}

struct section *tree_find(const struct tree *tree, struct slice key)
{
	uintptr_t at;

	return map_get(&tree->by_key, key, &at) ? vec_at(&tree->sections, at) : NULL;
}

static size_t count_byte(struct slice text, char c)
{
	size_t count = 0;

	for (size_t at; (at = slice_find(text, c)) < text.len; count++)
		text = slice_from(text, at + 1);
	return count;
}

static size_t count_crlf(struct slice text)
{
	size_t count = 0;

	for (size_t i = 1; i < text.len; i++)
		count += text.at[i] == '\n' && text.at[i - 1] == '\r';
	return count;
}

/* Where both ends occur, a CR is part of its line. */
static enum line_style style_of(struct slice text)
{
	size_t returns = count_byte(text, '\r'), newlines = count_byte(text, '\n');

	if (returns == 0)
		return STYLE_LF;
	if (newlines == 0)
		return STYLE_CR;
	return returns == newlines && count_crlf(text) == newlines ? STYLE_CRLF : STYLE_LF;
}

static void read_text(struct tree_file *file, struct arena *arena)
{
	struct slice text = file->raw;
	struct strbuf lines;

	file->bom = slice_starts(text, "\xef\xbb\xbf");
	text = slice_from(text, file->bom ? 3 : 0);
	file->opaque = utf8_check(text) < text.len || (text.len && memchr(text.at, '\0', text.len));
	if (file->opaque)
		return;
	file->style = style_of(text);
	file->unended = text.len > 0 && text.at[text.len - 1] != (file->style == STYLE_CR ? '\r' : '\n');
	file->text = text;
	if (file->style == STYLE_LF && !file->unended)
		return;
	strbuf_init(&lines);
	strbuf_grow(&lines, text.len + 1);
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] != '\r' || file->style == STYLE_LF)
			strbuf_add_char(&lines, text.at[i]);
		else if (file->style == STYLE_CR)
			strbuf_add_char(&lines, '\n');
	if (file->unended)
		strbuf_add_char(&lines, '\n');
	file->text = arena_slice(arena, strbuf_slice(&lines));
	strbuf_release(&lines);
}

struct slice tree_file_bytes(struct arena *arena, struct slice text, enum line_style style, bool bom, bool unended)
{
	struct strbuf out;
	struct slice bytes;

	if (unended && slice_ends(text, "\n"))
		text.len--;
	if (style == STYLE_LF && !bom)
		return text;
	strbuf_init(&out);
	strbuf_add_str(&out, bom ? "\xef\xbb\xbf" : "");
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\n' && style != STYLE_LF)
			strbuf_add_char(&out, '\r');
		if (text.at[i] != '\n' || style != STYLE_CR)
			strbuf_add_char(&out, text.at[i]);
	}
	bytes = arena_slice(arena, strbuf_slice(&out));
	strbuf_release(&out);
	return bytes;
}

void tree_add_file(struct tree *tree, const char *path, struct slice raw, struct arena *arena)
{
	struct tree_file *file = vec_push(&tree->files);

	file->path = path;
	file->raw = raw;
	read_text(file, arena);
	map_put(&tree->by_path, slice_of(path), tree->files.len - 1);
}

static int read_file(struct tree *tree, struct source *source, const char *path, struct arena *arena, struct err *err)
{
	struct slice bytes = { NULL, 0 };
	struct err trouble;
	int status;

	err_init_like(&trouble, err);
	status = source->read(source, path, &bytes, &trouble);
	if (status == 0 || status == ERR_INPUT)
		tree_add_file(tree, path, bytes, arena);
	if (status == ERR_INPUT)
		((struct tree_file *)vec_at(&tree->files, tree->files.len - 1))->link = true;
	else if (status < 0)
		err_set(err, trouble.code, "%s", trouble.message);
	err_release(&trouble);
	return status == ERR_INPUT ? 0 : status;
}

int tree_read(struct tree *tree, struct source *source, struct arena *arena, struct err *err)
{
	struct strvec paths;
	int status;

	if (!source)
		return 0;
	strvec_init(&paths);
	status = source->list(source, &paths, err);
	for (size_t i = 0; status == 0 && i < paths.len; i++)
		status = read_file(tree, source, arena_strdup(arena, paths.items[i]), arena, err);
	strvec_release(&paths);
	return status;
}

/* Sections that may stand several times, and second ones of those that may not, are known by more than kind and id. */
static void add_key(struct tree *tree, struct section *section, const char *path, struct arena *arena)
{
	struct slice key = section->key;
	bool journal = section->kind && (section->kind->flags & KIND_JOURNAL);
	uintptr_t index = tree->sections.len - 1;

	if (journal || !section->kind)
		key = slice_of(arena_printf(arena, "%.*s\n%s", (int)key.len, key.at, path));
	for (unsigned n = 2; !map_add(&tree->by_key, key, index, &(uintptr_t){ 0 }); n++)
		key = slice_of(arena_printf(arena, "%.*s\n%s\n%u", (int)section->key.len, section->key.at,
			journal || !section->kind ? path : "", n));
	section->key = key;
}

static void add_section(struct tree *tree, size_t file, const struct ini_piece *piece, struct arena *arena)
{
	const struct tree_file *files = tree->files.items;
	struct section *section = vec_push(&tree->sections);
	struct header header = header_parse(piece->header);

	section->kind = header.kind;
	section->file = (uint32_t)file;
	section->body = slice_new(piece->bytes.at, piece->body);
	section->gap = slice_from(piece->bytes, piece->body);
	section->above = (uint32_t)piece->above;
	section->faulty = piece->faulty || !header.kind;
	if (header.kind && !(header.kind->flags & KIND_SINGLE))
		section->id = header.id;
	section->folded = id_fold(section->id, arena);
	if (header.kind)
		section->key = record_key(arena, header.kind, section->folded);
	else
		section->key = slice_of(arena_printf(arena, "\n%.*s", (int)piece->header.len, piece->header.at));
	add_key(tree, section, files[file].path, arena);
}

static void cut_file(struct tree *tree, size_t number, struct arena *arena)
{
	struct tree_file *file = vec_at(&tree->files, number);
	struct ini_piece *piece;
	struct vec pieces;

	vec_init(&pieces, sizeof(struct ini_piece));
	ini_split(file->text, &pieces);
	piece = pieces.items;
	file->head = piece[0].bytes;
	for (size_t i = 1; i < pieces.len; i++)
		add_section(tree, number, &piece[i], arena);
	vec_release(&pieces);
}

/* The other tree's cut of the same file. Keys of second sections may depend on what stands elsewhere: made anew. */
static void take_over(struct tree *tree, size_t number, const struct tree *like, const struct tree_file *known, struct arena *arena)
{
	struct tree_file *file = vec_at(&tree->files, number);

	file->text = known->text;
	file->head = known->head;
	for (size_t i = 0; i < known->count; i++) {
		const struct section *from = vec_at(&like->sections, known->first + i);
		struct section *section = vec_push(&tree->sections);
		size_t plain = from->kind ? strlen(from->kind->name) + 1 + from->folded.len : 0;

		*section = *from;
		section->file = (uint32_t)number;
		if (from->kind && !(from->kind->flags & KIND_JOURNAL)) {
			section->key.len = plain;
		} else if (from->kind) {
			section->key = record_key(arena, from->kind, from->folded);
		} else {
			section->key.len = 1 + slice_find(slice_from(from->key, 1), '\n');
		}
		add_key(tree, section, file->path, arena);
	}
}

static int compare_paths(const void *a, const void *b, void *context)
{
	(void)context;
	return strcmp(((const struct tree_file *)a)->path, ((const struct tree_file *)b)->path);
}

static void index_paths(struct tree *tree)
{
	struct tree_file *files = tree->files.items;

	vec_sort(&tree->files, compare_paths, NULL);
	files = tree->files.items;
	map_clear(&tree->by_path);
	for (size_t i = 0; i < tree->files.len; i++)
		map_put(&tree->by_path, slice_of(files[i].path), i);
}

void tree_cut(struct tree *tree, const struct tree *like, struct arena *arena)
{
	index_paths(tree);
	vec_clear(&tree->sections);
	map_clear(&tree->by_key);
	for (size_t i = 0; i < tree->files.len; i++) {
		struct tree_file *file = vec_at(&tree->files, i);
		const struct tree_file *known = like ? tree_find_file(like, file->path) : NULL;

		file->first = tree->sections.len;
		if (file->opaque)
			file->head = slice_new(NULL, 0);
		else if (known && !known->opaque && slice_equal(known->raw, file->raw))
			take_over(tree, i, like, known, arena);
		else
			cut_file(tree, i, arena);
		file = vec_at(&tree->files, i);
		file->count = tree->sections.len - file->first;
	}
}
