/*
 * What the files of lib/model share about loading. A file is parsed into a part, independent of all
 * others, so that parts can be made in parallel; project.c joins them in order.
 */
#ifndef MODEL_PROJECT_INTERNAL_H
#define MODEL_PROJECT_INTERNAL_H

#include "model/project.h"

struct part {
	struct arena arena;
	struct vec records; /* struct record */
	struct vec entries; /* struct entry: those of one record are adjacent */
	struct vec lost;    /* struct slice: folded ids below headers of an unknown kind */
	struct diagnostics found;
};

void part_init(struct part *part);
void part_release(struct part *part);
/* Reads one file's bytes. */
int part_read(struct part *part, const struct project_file *file, uint32_t number, struct err *err);

/*
 * "task T-12" → its two words. The kind is NULL when there is none of that name; id is what
 * follows, trimmed.
 */
struct header {
	const struct kind *kind;
	struct slice word, id;
};
struct header header_parse(struct slice text);
/* NFC and case folding; a slice of id itself when that changes nothing. */
struct slice id_fold(struct slice id, struct arena *arena);
/* The same without an arena, for look-ups: ASCII ids up to `size` bytes; else false. */
enum { ID_SMALL = 64 };
bool id_fold_small(struct slice id, char *room, size_t size, struct slice *folded);
/* The id in Unicode's composed form (NFC), in which ids are written; a slice of id itself when it
 * already is. */
struct slice id_compose(struct slice id, struct arena *arena);
/* Journal keys are the ones that begin with a digit. */
bool key_is_moment(const struct kind *kind, struct slice key);
/* The list in an include / exclude / overlay setting: comma- or line-separated. */
bool setting_next(struct slice *rest, struct slice *item);

/* What project_check says of one record, which need not be loaded (but names its file). */
void project_check_record(
	const struct project *project, const struct record *record, struct diagnostics *found);

/* Does the file hold conflict markers of a merge? */
bool conflict_in(struct slice bytes);
/* The text with everything but our side made comments, line for line; one finding a conflict. */
struct slice conflict_ours(
	struct slice bytes, const char *path, struct arena *arena, struct diagnostics *found);

/* An empty project: no files, no records; what project_load begins with. */
void project_init(
	struct project *project, struct source *source, struct diagnostics *diagnostics);
/* Adds the overlay's files behind the project's own. */
int overlay_join(struct project *project, unsigned threads, struct err *err);
/* Reads and parses files[first …] into parts and joins their records. */
int project_read_files(struct project *project, struct source *source, size_t first,
	unsigned threads, struct err *err);
/* Lists and adds the files of a source under `prefix`; with globs where the project has them. */
int project_add_files(
	struct project *project, struct source *source, const char *prefix, struct err *err);

#endif
