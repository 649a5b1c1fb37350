/*
 * The neutral document: what a command or a report has to say, as values, without a look.
 *
 * A document is a title and blocks in order: headings, paragraphs, key-value lists, tables, figures, notes. Texts that pmt
 * itself says are message ids (N_()), translated by the renderer; texts from people are TEXT values and are never translated.
 * Everything lives in the document's arena; adders copy what they are given, except message ids, which are literals.
 * JSON: every block with a key is one member. Blocks that share a key, and those called "records", become one list.
 * Renderers: render/render.h. The same document in two formats shows the same numbers.
 */
#ifndef DOC_DOC_H
#define DOC_DOC_H

#include "base/arena.h"
#include "base/civil.h"
#include "base/decimal.h"
#include "base/diagnostic.h"
#include "base/slice.h"
#include "base/vec.h"
#include "model/value.h"

#include <stdbool.h>
#include <stdint.h>

enum cell_type {
	CELL_NONE,     /* n/a; JSON null */
	CELL_TEXT,     /* people's words */
	CELL_MESSAGE,  /* pmt's words: a message id, with arguments filled through %s */
	CELL_WORD,     /* an enum value: stays English in JSON and CSV, translated for people */
	CELL_REF,      /* id of a record; text is its title when known */
	CELL_DATE,     /* start of a day: shown as the date */
	CELL_MOMENT,   /* shown as date, with time when it is not the start of a day */
	CELL_START,    /* a start: a moment that shows as its day */
	CELL_FINISH,   /* a finish: a moment whose date shows as the inclusive day (midnight belongs to the day before) */
	CELL_DURATION, /* minutes of working time; `text`, when there is one, is how people wrote it (3d/5d/10d) */
	CELL_MONEY,
	CELL_PERCENT,  /* decimal_t, 50 % is 50.0000 */
	CELL_NUMBER,   /* decimal_t */
	CELL_INTEGER,
	CELL_YESNO,
	CELL_LIST      /* of cells */
};

enum tone { TONE_NONE, TONE_GOOD, TONE_WATCH, TONE_BAD, TONE_MUTED, TONE_STRONG };

enum { CELL_ARGUMENTS = DIAGNOSTIC_ARGUMENTS };

/* Small, for tables have millions of them: what only one type needs shares its room with what others need. */
struct cell {
	enum cell_type type : 8;
	enum tone tone : 8; /* colour is never the only signal: renderers add a mark */
	bool sign : 1;      /* show + for positive numbers */
	bool elapsed : 1;   /* durations: elapsed time */
	union {
		struct slice text; /* TEXT WORD DURATION; REF: id */
		struct {
			const char *message;          /* MESSAGE */
			const char *const *arguments; /* CELL_ARGUMENTS of them; NULL: none, or `items` are its arguments */
		};
	};
	union {
		int64_t number;     /* DATE (date_t), MOMENT, FINISH, DURATION, PERCENT, NUMBER, INTEGER, YESNO */
		struct slice title; /* REF: the record's title, may be empty */
		struct money money;
		struct {
			struct cell *items; /* LIST; MESSAGE: its arguments as values */
			size_t item_count;
		};
	};
};

enum align { ALIGN_LEFT, ALIGN_RIGHT };
enum priority { PRIORITY_MUST, PRIORITY_HIGH, PRIORITY_LOW, PRIORITY_DATA /* JSON and CSV only */ };

struct column {
	const char *key;   /* JSON and CSV name: the field's name */
	const char *title; /* message id; NULL: the key as it is (custom fields) */
	enum align align;
	enum priority priority; /* narrow terminals drop LOW, then HIGH */
	bool grow;              /* takes the room that is left (titles) */
	bool tree;              /* indented by the row's depth */
	bool optional;          /* JSON leaves the key out where the cell is CELL_NONE */
};

struct row {
	struct cell *cells; /* one a column */
	int depth;          /* for the tree column */
	enum tone tone;
};

/*
 * A table of a hundred thousand rows is not kept: its rows are made while they are read, one at a time. `row` comes with
 * a CELL_NONE for each column; texts may go to `scratch`, which is emptied before the next row.
 */
struct row_maker {
	size_t count;
	void (*make)(void *context, size_t index, struct arena *scratch, struct row *row);
	void *context; /* lives as long as the document */
	struct arena scratch;
	struct row row;
};

struct table {
	const char *title; /* message id or NULL */
	const char *key;   /* JSON name of the list; "records" for the records of a noun */
	struct arena *arena;
	struct vec columns; /* struct column */
	struct vec rows;    /* struct row; read through table_length and table_row_at, for there may be a maker instead */
	struct row_maker *maker; /* or NULL */
	const char *empty;  /* message id shown instead of an empty table, or NULL */
	bool bare;          /* on a terminal the rows speak for themselves: no line of titles */
};

struct pair {
	const char *key;   /* JSON name */
	const char *label; /* message id; NULL: the key */
	struct cell value;
};

/* A Gantt chart's row. Moments; MOMENT_NONE where there is none. */
enum gantt_flag { GANTT_SUMMARY = 1, GANTT_MILESTONE = 2, GANTT_CRITICAL = 4, GANTT_MOVED = 8, GANTT_PERSON = 16, GANTT_BUFFER = 32 };
/* A stretch of work: an interrupted task has several. */
struct gantt_part {
	moment_t start, finish;
};
struct gantt_row {
	struct slice id, title, code; /* code: WBS "2.1" */
	int depth;
	unsigned flags;
	moment_t start, finish;
	moment_t baseline_start, baseline_finish;
	moment_t late_finish; /* end of the float */
	moment_t deadline;
	int progress; /* per cent 0..100 */
	struct gantt_part *parts; /* ascending, from start to finish; NULL: one, all of it */
	size_t part_count;
};
struct gantt_link {
	size_t from, to; /* rows */
	enum link_type type;
	bool critical;
};
struct gantt {
	struct vec rows;  /* struct gantt_row */
	struct vec links; /* struct gantt_link */
	moment_t from, to; /* the range shown */
	moment_t today;    /* MOMENT_NONE: no line */
	uint8_t *off_days; /* one byte a day from moment_date(from): 1 non-working; may be NULL */
	size_t off_day_count;
	const char *ghost; /* message id: what the bars behind are; NULL: the baseline */
	int zoom; /* 0 automatic, 'd' 'w' 'm' 'q' */
	/* Minutes of the day between which work is done: a day's column shows these hours alone. 0, 0: all 24. */
	int day_from, day_to;
};

/* Line, bar, area, histogram, scatter charts: series of points. A tornado has categories and two series from a common zero;
 * a fever chart has a line, and behind it the lines above which it is yellow and red. A control chart has what was measured, then the
 * points of it that are signals, then levels: straight lines that are named where they end, the first of them solid. */
struct point {
	double x, y;
};
struct series {
	const char *label;  /* message id, or NULL and then name */
	struct slice name;
	struct point *points;
	size_t count;
	enum tone tone;
	bool dashed; /* a forecast */
};
enum axis { AXIS_NUMBER, AXIS_DATE /* x in days since 1970 */, AXIS_MONEY, AXIS_PERCENT, AXIS_CATEGORY };
struct chart {
	struct vec series; /* struct series */
	enum axis x_axis, y_axis;
	const char *x_label, *y_label; /* message ids */
	struct slice *categories;
	size_t category_count;
};

/* Tree figure (WBS) node, preorder. */
struct tree_node {
	struct slice id, title, code;
	int depth;
	enum tone tone;
};
/* Network diagram node: ES EF LS LF TF FF in the boxes. */
struct network_node {
	struct slice id, title;
	moment_t early_start, early_finish, late_start, late_finish;
	int64_t total_float, free_float, duration;
	bool critical;
};
struct network_link {
	size_t from, to;
	enum link_type type;
	int64_t lag;
	bool critical;
};

/* A day of a calendar figure. */
struct calendar_day_mark {
	date_t date;
	int minutes;    /* of work */
	bool exception; /* not as the week has it */
	struct slice hours, remark; /* "09:00-12:00 13:00-18:00"; may be empty */
};

/* Something that stands in one cell of a matrix and goes to another. Cells are numbered row by row. */
struct matrix_move {
	size_t from, to;
	struct slice id;
};

/* A node of a decision tree, preorder. */
enum decision_shape { DECISION_CHOICE, DECISION_CHANCE, DECISION_OUTCOME };
struct decision_mark {
	enum decision_shape shape;
	struct slice id, title;
	int depth;
	struct cell probability, cost, value; /* CELL_NONE where there is none; value: what it is expected to be worth */
	bool best;     /* the branch its decision takes */
	bool followed; /* on the way the best decisions lead */
};

/* One of four fields of lists: upper left, upper right, lower left, lower right. */
struct quadrant {
	const char *title; /* message id */
	enum tone tone;
	struct cell *items; /* a line or more each */
	size_t count;
};

enum figure_type {
	FIGURE_CALENDAR,
	FIGURE_GANTT,
	FIGURE_LINE,
	FIGURE_BAR,
	FIGURE_AREA,
	FIGURE_HISTOGRAM,
	FIGURE_SCATTER,
	FIGURE_TORNADO,
	FIGURE_FEVER,
	FIGURE_CONTROL,
	FIGURE_MATRIX,
	FIGURE_QUADRANTS,
	FIGURE_TREE,
	FIGURE_DECISION,
	FIGURE_NETWORK
};
struct figure {
	enum figure_type type;
	const char *key;
	const char *title;       /* message id */
	const char *description; /* message id: read by screen readers */
	struct arena *arena;
	struct gantt gantt;
	struct chart chart;
	/* TREE: struct tree_node; NETWORK: struct network_node; CALENDAR: struct calendar_day_mark, whole months; MATRIX: struct matrix_move; DECISION:
	 * struct decision_mark; QUADRANTS: struct quadrant, four of them */
	struct vec nodes;
	struct vec network_links; /* struct network_link */
	/* MATRIX: rows × columns of lists of refs, row 0 on top. */
	const struct cell *row_labels, *column_labels; /* messages, or people's own words */
	const char *row_title, *column_title;          /* message ids: what the axes are; may be NULL */
	size_t row_count, column_count;
	struct cell *matrix;
	uint8_t *heat; /* 0..4 a cell */
};

enum block_type { BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_PAIRS, BLOCK_TABLE, BLOCK_FIGURE, BLOCK_ITEMS };
struct block {
	enum block_type type;
	int level;         /* HEADING: 1.. */
	struct cell text;  /* HEADING, PARAGRAPH */
	const char *key;   /* PAIRS, ITEMS: JSON name */
	struct vec pairs;  /* struct pair */
	struct vec items;  /* struct cell */
	struct table *table;
	struct figure *figure;
};

struct doc {
	struct arena arena;
	const char *schema;  /* "pmt.task/1" */
	struct cell title;
	struct slice at;     /* revision, or empty */
	moment_t now;
	struct units units;
	struct vec blocks;   /* struct block *: blocks do not move */
	const struct diagnostics *diagnostics; /* shown in JSON; may be NULL */
	bool single;         /* one record: terminal shows a page, not a table */
};

void doc_init(struct doc *doc, const char *schema);
void doc_release(struct doc *doc);

void doc_title(struct doc *doc, struct cell title);
void doc_heading(struct doc *doc, int level, struct cell text);
void doc_paragraph(struct doc *doc, struct cell text);
struct block *doc_pairs(struct doc *doc, const char *key);
void pairs_add(struct doc *doc, struct block *pairs, const char *key, const char *label, struct cell value);
struct block *doc_items(struct doc *doc, const char *key);
void items_add(struct doc *doc, struct block *items, struct cell item);
struct table *doc_table(struct doc *doc, const char *key, const char *title);
struct column *table_column(struct table *table, const char *key, const char *title, enum align align, enum priority priority);
/* A new row of CELL_NONE; fill row->cells[i]. Columns must be complete before the first row. */
struct row *table_row(struct table *table);
/* Instead of table_row: `count` rows that `make` gives. Columns must be complete. */
void table_make_rows(struct table *table, size_t count,
	void (*make)(void *context, size_t index, struct arena *scratch, struct row *row), void *context);
size_t table_length(const struct table *table);
/* Row `index` < table_length; one that is made lives until the next call. */
const struct row *table_row_at(const struct table *table, size_t index);
struct figure *doc_figure(struct doc *doc, enum figure_type type, const char *key, const char *title);

/* Cells. Texts are copied into the arena given. */
struct cell cell_none(void);
struct cell cell_text(struct arena *arena, struct slice text);
struct cell cell_message(const char *message);
/* Up to CELL_ARGUMENTS strings (copied), NULL-terminated. */
struct cell cell_messagef(struct arena *arena, const char *message, ...) __attribute__((sentinel));
/* The arguments are values, which every reader sees in their own language: money, dates, counts. Up to 8. */
struct cell cell_message_of(struct arena *arena, const char *message, const struct cell *arguments, size_t count);
struct cell cell_word(struct arena *arena, struct slice word);
struct cell cell_ref(struct arena *arena, struct slice id, struct slice title);
struct cell cell_date(date_t date);
struct cell cell_moment(moment_t moment);
struct cell cell_finish(moment_t moment);
/* The finish of what began at `start`: midnight ends the day before, but what has no length ends where it begins. */
struct cell cell_end(moment_t start, moment_t finish);
struct cell cell_duration(int64_t minutes);
struct cell cell_money(struct money money);
struct cell cell_percent(decimal_t percent);
struct cell cell_number(decimal_t number);
struct cell cell_integer(int64_t number);
struct cell cell_yesno(bool yes);
struct cell cell_list(struct arena *arena, const struct cell *items, size_t count);
/* The cell with a tone. */
struct cell cell_toned(enum tone tone, struct cell cell);
/* Any model value as a cell of its natural type. */
struct cell cell_value(struct arena *arena, const struct value *value, const struct units *units);

#endif
