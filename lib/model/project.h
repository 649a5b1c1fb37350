/*
 * A loaded project: its files, their records, and what was wrong in them.
 *
 * Everything lives in the project's arenas and in the source's buffers; the source must outlive it.
 * Values stay text until asked for (record_value); the schedule reads them with the direct parsers.
 * Records stand in the order of files by path, then line; those of the overlay behind all others.
 * Loading never fails because of what people wrote: faults become diagnostics and the rest is
 * loaded.
 *
 * Diagnostics of loading, beside those of text/ini.h: file-unreadable, kind-unknown, id-missing,
 * id-unexpected (an id behind a kind that has none), the ids of id_valid, id-nfc, duplicate-record
 * (the second one is left out), duplicate-key (the first one counts), field-unknown,
 * project-missing, overlay-missing.
 */
#ifndef MODEL_PROJECT_H
#define MODEL_PROJECT_H

#include "base/arena.h"
#include "base/diagnostic.h"
#include "base/err.h"
#include "base/map.h"
#include "base/slice.h"
#include "base/vec.h"
#include "model/kind.h"
#include "model/source.h"
#include "model/value.h"

#include <stdbool.h>
#include <stdint.h>

/* One "key = value" of a record. */
struct entry {
	struct slice key;      /* as written (x_cost), for custom fields and journals */
	struct slice text;     /* logical value */
	uint32_t line, column; /* of the value's first byte */
	uint16_t field; /* index in the kind, FIELD_CUSTOM or FIELD_UNKNOWN; a journal's dates:
			   FIELD_CUSTOM */
};

struct record {
	const struct kind *kind;
	struct slice id;       /* as written; "" for singletons */
	struct slice folded;   /* the id as ids compare: NFC, case-folded */
	struct entry *entries; /* in the order of the file */
	uint32_t entry_count;
	uint32_t file;            /* index in project->files */
	uint32_t line, last_line; /* of the header, of the last line of the last value */
	uint32_t number;          /* position in project->records */
	uint32_t kind_number;     /* position among the records of its kind */
	bool overlay;             /* joined from the overlay */
	struct record *more;      /* journals: the next section of the same id, or NULL */
	const struct entry *sound; /* private: = entries when an earlier check found nothing in their values (project_cache.c) */
};

struct project_file {
	const char *path;     /* relative to the root ("../finance/rates.ini" in an overlay) */
	const char *own_path; /* in its own source ("rates.ini") */
	struct slice bytes;
	bool overlay;
};

/*
 * What steers how the text is read (source.h): the bytes of a .gitattributes; of a project below it matters only that it is there. Part of what
 * signatures bind (change/delta.h).
 */
struct steering {
	const char *path;
	struct slice bytes;
	struct slice digest; /* SHA-256 in hex where it is given instead of the bytes; else at NULL */
};

/*
 * [project] overlay and pool: folders whose records are joined. OVERLAY_ABSENT: one is named, but
 * cannot be read here. Figures that need it say "n/a (overlay)".
 */
enum overlay_state { OVERLAY_NONE, OVERLAY_JOINED, OVERLAY_ABSENT };

enum { KIND_SLOTS = 256 };

struct project {
	struct arena arena;
	uint8_t kind_slots[KIND_SLOTS]; /* private: hash of a kind's address → its index + 1 */
	struct source *source;
	struct vec joined; /* struct source *: of the overlay and the pool; owned */
	enum overlay_state overlay;
	struct vec parts;        /* private: the records of each file */
	struct vec files;        /* struct project_file */
	struct vec steering;     /* struct steering, by path */
	struct vec records;      /* struct record * in order (pointers are stable) */
	struct vec *by_kind;     /* kinds_count vecs of struct record * */
	struct map *ids;         /* kinds_count maps: folded id → struct record * */
	struct map lost;              /* folded ids below headers of an unknown kind: reported once there */
	struct record *settings; /* [project], or NULL when absent */
	struct units units;
	struct diagnostics *diagnostics; /* where loading reported */
	size_t faulty_files;
	struct project_cache *cache; /* while loading */
};

/*
 * Reads all files of the source. Returns 0 even with diagnostics; negative when the source cannot
 * be listed, pmt.ini is absent (ERR_NOWHERE) or of a newer format (ERR_INPUT, "format 2 is newer
 * than this pmt"). threads: 0 for all processors; the result does not depend on it.
 * The project is to be released in any case.
 */
int project_load(struct project *project, struct source *source, unsigned threads,
	struct diagnostics *diagnostics, struct err *err);
void project_release(struct project *project);

/*
 * Files that several loads share, as commits share most of theirs: one of the same path and identity (source.h: what
 * the bytes are, not what somebody says of them) is read and parsed once. Kept are those that nothing is wrong with;
 * what no load of late has used is dropped. Projects may outlive it. One thread at a time.
 */
struct project_cache *project_cache_new(void);
void project_cache_free(struct project_cache *cache);
/* As project_load, all processors; cache may be NULL. */
int project_load_cached(struct project *project, struct source *source, struct project_cache *cache,
	struct diagnostics *diagnostics, struct err *err);

/* Does [project] include / exclude let the file take part? pmt.ini always does. */
bool project_reads(const struct project *project, const char *path);
/* Index of a file by path, or SIZE_MAX. */
size_t project_file_find(const struct project *project, const char *path);
/* Units from [project]'s fields; defaults where they are absent or wrong. */
void project_units(const struct project *project, struct units *units);

/* Records of a kind in project order. */
size_t project_count(const struct project *project, const struct kind *kind);
struct record *project_at(const struct project *project, const struct kind *kind, size_t index);
/* All of them (struct record *); NULL without a kind. */
const struct vec *project_records_of(const struct project *project, const struct kind *kind);
static inline struct record *record_at(const struct vec *records, size_t index)
{
	return ((struct record **)records->items)[index];
}
/* The outer loop runs once: it looks the kind up. */
#define FOREACH_RECORD(project, of, record)                                                        \
	for (const struct vec *record##_of = project_records_of((project), (of)); record##_of;     \
		record##_of = NULL)                                                                \
		for (size_t record##_i = 0; record##_i < record##_of->len &&                       \
			((record) = record_at(record##_of, record##_i), true);                     \
			record##_i++)
/* Exact id, compared folded; NULL when absent. kinds: "resource|team" tries each. */
struct record *project_find(
	const struct project *project, const struct kind *kind, struct slice id);
struct record *project_find_among(
	const struct project *project, const char *kinds, struct slice id);
/* Ids of `kind` that the shortened id or title prefix fits (cli.md): unique → the record; else
 * candidates. */
struct record *project_resolve(const struct project *project, const struct kind *kind,
	struct slice word, bool titles, struct vec *candidates /* struct record *, may be NULL */);

/* Text of a field: by name, "" (at NULL) when absent and no fallback applies; false when not
 * stored. */
bool record_text(const struct record *record, const char *field, struct slice *out);
/* The field's stored text, else its fallback, else empty. */
struct slice record_text_or(const struct record *record, const char *field);
const struct entry *record_entry(
	const struct record *record, size_t field_index); /* NULL when not stored */
/* Typed value of a stored field or of its fallback; false when absent or malformed. */
bool record_value(const struct project *project, const struct record *record,
	const struct field *field, struct arena *arena, struct value *out);
struct slice record_title(const struct record *record); /* title, else id */
struct place record_place(const struct project *project, const struct record *record);
struct place entry_place(const struct project *project, const struct record *record,
	const struct entry *entry, size_t offset);
/* "task T-12" in the arena. */
const char *record_name(struct arena *arena, const struct record *record);
/* Setting of [project] with the field's fallback. */
struct slice project_setting(const struct project *project, const char *field);

/* Entries of a journal record: each line of each date. */
struct journal_line {
	moment_t when;
	bool has_time;
	struct slice what; /* first word: task id, value … */
	struct slice text; /* the whole line */
	const struct entry *entry;
	size_t offset; /* of the line in entry->text */
};
void journal_each(const struct record *record,
	void (*line)(void *context, const struct journal_line *line), void *context);

/*
 * The same lines as records of the journal's kind, whose fields (FIELD_LINE) are the line's parts; appended to out
 * (struct record *), in the arena, in the order of the file.
 */
void journal_records(const struct project *project, const struct record *journal, struct arena *arena, struct vec *out);

/*
 * Checking: every value parses, every reference exists, required fields are there, parents do not
 * loop, and the kinds' own checks. The schedule's checks (dependency cycles, calendars) are
 * plan_check's. O(bytes).
 */
void project_check(const struct project *project, unsigned threads, struct diagnostics *found);

#endif
