/*
 * What the files of lib/model share about loading. A file is parsed into a part, independent of all
 * others, so that parts can be made in parallel; project.c joins them in order.
 */
#ifndef MODEL_PROJECT_INTERNAL_H
#define MODEL_PROJECT_INTERNAL_H

#include "model/header.h"
#include "model/project.h"

struct part {
	struct arena arena;
	struct vec records; /* struct record */
	struct vec entries; /* struct entry: those of one record are adjacent */
	struct vec lost;    /* struct slice: folded ids below headers of an unknown kind */
	struct diagnostics found;
	struct part *shared; /* whose texts and entries these records use (project_cache.c), or NULL */
	struct slice text;   /* of a shared part: its own copy of the file's bytes */
	/* of a shared part: */
	uint32_t uses;
	uint64_t last_use;
	bool sound;          /* a check found nothing in it, with these units */
	struct units units;
};

void part_init(struct part *part);
void part_release(struct part *part);
/* The file's records as an earlier load read them: to be joined like any part; NULL: not kept. */
struct part *project_cache_part(struct project_cache *cache, const struct project_file *file, const char *identity,
	uint32_t number);
/* Keeps what was read from bytes of its own (part->text), if nothing was wrong with it; the part to join instead. */
struct part *project_cache_keep(
	struct project_cache *cache, struct part *part, const struct project_file *file, const char *identity);
/* Marks the records whose values an earlier load of the cache had checked (record->sound); the units are known. */
void project_cache_recall(struct project *project);
/* After a check, of what it found: which files need no second one of their values. */
void project_cache_learn(const struct project *project, const struct diagnostics *found);
/* One load is over: what none of late has used is dropped. */
void project_cache_age(struct project_cache *cache);
/* Reads one file's bytes. */
int part_read(struct part *part, const struct project_file *file, uint32_t number, struct err *err);

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

/* kind_index, without a search. */
size_t project_kind_index(const struct project *project, const struct kind *kind);
/* An empty project: no files, no records; what project_load begins with. */
void project_init(
	struct project *project, struct source *source, struct diagnostics *diagnostics);
/* Links the sections of each journal: record->more, and ids lead to the first. */
void project_chain_journals(struct project *project);
/* One finding for each block of comments that a merge of pmt's left (lib/merge). */
void conflict_blocks(struct slice bytes, const char *path, struct diagnostics *found);

/* What lies beside the text, and names that elsewhere are one. */
int project_read_steering(struct project *project, struct source *source, struct err *err);
/* Adds the overlay's files behind the project's own. */
int overlay_join(struct project *project, unsigned threads, struct err *err);
/* Reads and parses files[first …] into parts and joins their records. */
int project_read_files(struct project *project, struct source *source, size_t first,
	unsigned threads, struct err *err);
/* Lists and adds the files of a source under `prefix`; with globs where the project has them. */
int project_add_files(
	struct project *project, struct source *source, const char *prefix, struct err *err);

#endif
