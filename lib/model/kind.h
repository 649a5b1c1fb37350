/*
 * A kind is a table of typed fields. The tables in model/kinds/ are the truth from which parsing,
 * checking, the generic verbs, filters, JSON keys, completion and the format manual come.
 *
 * Adding a kind: one file in lib/model/kinds/, one row in kinds_all (model/kinds.c). Nothing else.
 */
#ifndef MODEL_KIND_H
#define MODEL_KIND_H

#include "base/diagnostic.h"
#include "base/i18n.h"
#include "base/slice.h"

#include <stdbool.h>
#include <stddef.h>

enum field_type {
	TYPE_TEXT,         /* any number of lines */
	TYPE_LINE,         /* one line */
	TYPE_ID,           /* letters, digits, - _ . */
	TYPE_REF,          /* id of a record of kind `of` ("task", or "resource|team") */
	TYPE_REFS,         /* list of ids, separated by commas or lines */
	TYPE_WORDS,        /* list of free words or lines (tags, roles, globs), commas or lines */
	TYPE_LINES,        /* list with one free item a line (items, steps, notes) */
	TYPE_DATE,
	TYPE_DATETIME,     /* date, or date and time */
	TYPE_DURATION,     /* working or elapsed time, or a three-point estimate of it */
	TYPE_EFFORT,       /* work, or a three-point estimate of it */
	TYPE_PERCENT,
	TYPE_NUMBER,       /* decimal */
	TYPE_INTEGER,
	TYPE_MONEY,
	TYPE_RATE,         /* money per time: "800/h", "1500 CNY/d", with "from DATE" steps on further lines */
	TYPE_ENUM,         /* one of `of`, "a|b|c" */
	TYPE_YESNO,
	TYPE_DEPENDENCIES, /* T-7, T-9 SS+2d */
	TYPE_ALLOCATIONS,  /* li.wei, @backend 50% */
	TYPE_HOURS,        /* weekly hours: mon-fri 09:00-12:00 13:00-18:00 */
	TYPE_DATES,        /* date ranges with remarks: 2026-02-16..2026-02-23 春节; hours or "as fri" for workdays */
	TYPE_CONDITION,
	TYPE_COUNT
};

enum field_flag {
	FIELD_REQUIRED = 1,
	FIELD_COMPUTED = 2, /* never stored; a stored one is an error. Filled by the analysis that owns it */
	FIELD_COLUMN = 4,   /* a column of the default table of the noun */
	FIELD_POSITIVE = 8, /* negative numbers, durations and money are an error */
	FIELD_LINE = 32,    /* computed from a line of a journal: of the records that journal_records makes */
	FIELD_SPARSE = 64,  /* a column only where some record has a value */
	FIELD_LONG = 16     /* belongs to `show`, not to tables */
};

/* Who may change it: design/change.md. */
enum field_class { CLASS_FREE, CLASS_FACT, CLASS_PLAN, CLASS_AUTHORITY };

struct field {
	const char *name;
	enum field_type type;
	unsigned flags;
	enum field_class class;
	const char *doc;      /* N_(one line) */
	const char *of;       /* enum words "a|b|c", kinds of a reference "resource|team", or NULL */
	const char *fallback; /* the value when absent, as it would be written, or NULL */
};

enum kind_flag {
	KIND_SINGLE = 1,  /* [project], [charter]: no id */
	KIND_JOURNAL = 2, /* sections whose keys are dates; sections of one id add up (see journal) */
	KIND_NAMED = 4,   /* ids are names the user gives; no automatic ids */
	KIND_RANDOM = 8,  /* automatic ids are random: CR-k7q4x */
	KIND_SEALED = 16, /* signed: no generic verb adds, edits or removes it */
	KIND_CHECK_OWN = 32 /* its check looks at nothing but the record and the units; worth saying where records are long */
};

/* What an entry line of a journal holds. */
enum journal_entry { JOURNAL_NONE, JOURNAL_TIME, JOURNAL_SAMPLE, JOURNAL_NOTE, JOURNAL_RUN };

struct record;
struct project;

struct kind {
	const char *name, *plural;
	const char *prefix; /* of automatic ids, or NULL */
	const char *place;  /* default file; %s: the id; %Y, %m: year and month of now; or NULL: pmt.ini */
	unsigned flags;
	enum journal_entry entry;
	const char *of;     /* journals: the kinds whose ids name the section ("resource|team") */
	const struct field *fields;
	size_t field_count;
	const char *doc;     /* N_(one line) */
	const char *explain; /* N_(a paragraph for the manual), or NULL */
	const char *example; /* a section as a person would write it, for pmt-format.5 (checked by a test) */
	/* Checks beyond single values, e.g. min ≤ max. May be NULL. */
	void (*check)(const struct project *project, const struct record *record, struct diagnostics *found);
	/* Checks between records of the kind, of which there is at least one: circles, sums. May be NULL. */
	void (*check_all)(const struct project *project, struct diagnostics *found);
};

/* title, description, plain, tags, owner, created, links: every record of every kind may have them. */
extern const struct field common_fields[];
extern const size_t common_field_count;

/* All kinds, in the order of the manual; NULL-terminated. */
extern const struct kind *const kinds_all[];
extern const size_t kinds_count;

const struct kind *kind_find(struct slice name);        /* by name or plural; NULL when unknown */
size_t kind_index(const struct kind *kind);             /* position in kinds_all */
const struct kind *kind_nearest(struct slice word);     /* for "did you mean", or NULL */

/*
 * Fields of a kind are numbered: its own in table order first, then the common ones that its table does not
 * itself name. FIELD_CUSTOM stands for x_… fields.
 */
enum { FIELD_CUSTOM = 0xfffe, FIELD_UNKNOWN = 0xffff };
enum { KIND_FIELDS_MAX = 128 }; /* no kind has more, common ones included (a test says so) */
size_t kind_field_total(const struct kind *kind);
const struct field *kind_field(const struct kind *kind, size_t index);
size_t kind_field_find(const struct kind *kind, struct slice name); /* index, or FIELD_CUSTOM, FIELD_UNKNOWN */
const struct field *kind_field_named(const struct kind *kind, const char *name); /* NULL when unknown */
const char *kind_field_nearest(const struct kind *kind, struct slice word);

/* Words of "a|b|c": position of word, or -1. */
int word_index(const char *words, struct slice word);
/* One line of documentation of a type ("a date, 2026-03-02") and its name ("date"); N_ texts. */
const char *type_name(enum field_type type);
const char *type_expected(enum field_type type);

#endif
