#include "text/ini_split.h"

#include "text/ini_scan.h"

struct splitting {
	struct vec *pieces;
	struct ini_piece *open;
	const char *comments; /* where the run of free comments above this line begins; NULL: there is none */
};

static void open_piece(struct splitting *splitting, const char *at)
{
	splitting->open = vec_push(splitting->pieces);
	splitting->open->bytes.at = at;
}

/* The comments directly above a header go with it. */
static void begin_section(struct splitting *splitting, const struct ini_scanned *line)
{
	struct ini_piece *above = splitting->open;
	const char *from = splitting->comments ? splitting->comments : line->text.at;

	above->bytes.len = (size_t)(from - above->bytes.at);
	if (above->body > above->bytes.len)
		above->body = above->bytes.len;
	open_piece(splitting, from);
	splitting->open->above = (size_t)(line->text.at - from);
	if (line->kind == INI_HEADER)
		splitting->open->header = line->name;
}

static void take_line(struct splitting *splitting, const struct ini_scanned *line, const char *end)
{
	bool free_comment = line->kind == INI_COMMENT && ini_blank_bytes(line->text) == 0;

	if (line->text.len && line->text.at[0] == '[' && (line->kind == INI_HEADER || line->kind == INI_BAD))
		begin_section(splitting, line);
	if (line->kind == INI_BAD || line->kind == INI_DROPPED || line->fault != INI_NO_FAULT)
		splitting->open->faulty = true;
	if (line->kind != INI_BLANK && !free_comment)
		splitting->open->body = (size_t)(end - splitting->open->bytes.at);
	if (!free_comment)
		splitting->comments = NULL;
	else if (!splitting->comments)
		splitting->comments = line->text.at;
}

void ini_split(struct slice input, struct vec *pieces)
{
	struct splitting splitting = { .pieces = pieces };
	struct ini_scanner scanner;
	struct ini_scanned line;

	open_piece(&splitting, input.at);
	ini_scan_init(&scanner, input);
	while (ini_scan(&scanner, &line))
		take_line(&splitting, &line, input.at + input.len - scanner.rest.len);
	splitting.open->bytes.len = input.len - (size_t)(splitting.open->bytes.at - input.at);
}
