/*
 * The context of one run: global options, the project's place, the loaded project, the plan when asked for, and the
 * ways out (documents to stdout, messages to stderr).
 */
#ifndef CLI_CONTEXT_H
#define CLI_CONTEXT_H

#include "base/alloc.h"
#include "base/civil.h"
#include "base/diagnostic.h"
#include "base/err.h"
#include "base/file.h"
#include "change/freeze.h"
#include "cmd/cli/command.h"
#include "doc/doc.h"
#include "model/edit.h"
#include "model/project.h"
#include "model/query.h"
#include "plan/cost.h"
#include "plan/plan.h"
#include "quality/metric.h"
#include "register/computed.h"
#include "render/render.h"
#include "risk/risk.h"

#include <libintl.h>
#include <stdbool.h>
#include <stdio.h>

#define _(text) gettext(text)

struct global_options {
	const char *folder, *at, *now, *format, *output, *lang, *color;
	bool no_pager, quiet, verbose;
};

/* Settings of the environment or of git's configuration that shape the output; owned, NULL when absent. */
struct output_settings {
	char *color, *format, *lang;
};

struct context {
	struct global_options global;
	struct output_settings settings;
	const struct command *command;
	const struct command_verb *verb; /* NULL: none was given */
	const struct kind *kind;     /* nouns: the kind they are about */
	moment_t now;
	bool now_given;              /* by --now or PMT_NOW */
	const char *me;              /* resource id of the user, once asked for */
	struct strbuf at;            /* --at as it is shown: the short commit id; empty: the work tree */
	struct revision_state *revision; /* private to revision.c: the repository, once asked */
	struct settings *config;   /* private to config.c */
	char *root;                  /* folder of pmt.ini; owned; NULL for a bare repository or none */
	struct source *source;
	struct project project;
	bool project_loaded;
	struct diagnostics found;    /* of loading and computing */
	struct lock lock;
	bool committed;              /* what this run wrote */
	uint32_t takes_back;         /* the journal's entry that this run takes back (model/undo.h); 0: none */
	bool unlevelled, within_float; /* how the plan is to be made: set before context_plan */
	struct plan plan;
	bool plan_ready;
	struct calendars *calendars;  /* private to context_calendar */
	struct computed computed, computed_baselines; /* tasks (when plan_ready), and behind it baselines */
	struct freeze freeze;              /* of requirements: which rules freeze them */
	struct register_fields registers;  /* of requirements, tests, changes */
	struct computed computed_more[8]; /* and behind that what context_add_computed was given */
	size_t computed_count;
	struct risk_register risks; /* when project_loaded */
	struct metric_computed metrics; /* of which metrics' fields are one */
	struct render_options render;
	const struct renderer *renderer; /* chosen by --format or -o; terminal when neither */
	bool strict;                 /* `check --strict`: what plan_options.strict means */
	bool emitted;                /* a document has gone out, or was about to */
	int exit_code;               /* what a run that succeeded wants to exit with */
};

/* What `needs` say, as the dispatcher does it: for who knows only while running that there is a project. */
int context_prepare(struct context *context, unsigned needs, struct err *err);
/* Finds context->root; ERR_NOWHERE when this is no project. */
int context_find_root(struct context *context, struct err *err);
/* The user's resource id, or empty. */
struct slice context_me(struct context *context);
/*
 * The project's calendar: the plan's when there is one, else made for this run without one. Its faults are the plan's to tell. The project
 * must be loaded.
 */
const struct calendar *context_calendar(struct context *context);
/* The project, loading it when it is not yet: from context->source when a command has set one before. */
int context_project(struct context *context, struct err *err);
/* The schedule, computing it when it is not yet; findings go to context->found. Commands that are about the schedule say
 * NEEDS_PLAN, which also refuses faulty projects and reports warnings. */
int context_plan(struct context *context, struct err *err);
/* What context_plan schedules with, for who schedules something else the same way. */
struct plan_options context_plan_options(struct context *context);
/* What a command's needs ask for, also for commands that find out later what they need. */
int context_prepare(struct context *context, unsigned needs, struct err *err);
/* Before long work whose answer is to be kept: can the project's folder be written? Takes no lock. */
int context_require_writable(struct context *context, struct err *err);
/*
 * Everything that is wrong: what loading found, the text's and the plan's faults. For the loaded project, before its plan
 * is asked for (which reports its faults once more).
 */
int context_check(struct context *context, struct diagnostics *found, struct err *err);
/* These are the findings that the output carries; leaves found empty. */
void context_take_findings(struct context *context, struct diagnostics *found);
/* Refuses (ERR_INPUT) when loading found errors in records of these kinds ("metric|rule"), or in what may hide one of them. */
int context_refuse(struct context *context, const char *kinds, struct err *err);
/* What NEEDS_PLAN does. */
int context_prepare_plan(struct context *context, struct err *err);
/* The same without the warnings: for answers that are not about the plan as it stands. */
int context_sound_plan(struct context *context, struct err *err);
/* Says which amounts a plan's costs leave out. */
void context_note_costs(struct context *context, const struct plan_costs *costs);
/* Refuses (ERR_INPUT) when the check finds errors in what a plan and its costs rest on, also those a schedule can live with. */
int context_check_plan(struct context *context, struct err *err);
/*
 * Computed fields of one more analysis, asked behind the others. Called when the project is loaded; what it points to lives until the context
 * is released.
 */
void context_add_computed(struct context *context, struct computed more);
/* Scope for conditions and sorting; computed fields of tasks work when the plan is ready. */
struct query_scope context_scope(struct context *context);
/*
 * The words of a command line as a condition on records of a kind, @views of the project and of the configuration put in;
 * NULL without words. An id that names nothing is warned of. Lives in the project's arena. Take the scope afterwards: it
 * knows the user then when the condition asks for @me.
 */
int context_condition(struct context *context, const struct kind *kind, const struct strvec *words,
	struct condition **out, struct err *err);
/* The same without a word about what names nothing: for who asks of several kinds at once. */
int context_condition_plain(struct context *context, const struct kind *kind, const struct strvec *words,
	struct condition **out, struct err *err);
struct value_context context_values(struct context *context);
/*
 * A date a person gave, words like "mon" included: TYPE_DATE or TYPE_DATETIME by of, whose name ("--since") the message
 * says. 0: a day, its first moment; 1: with a time of day.
 */
int context_read_moment(struct context *context, const struct field *of, const char *text, moment_t *out, struct err *err);
/* True when the output is for machines: every stored and computed field is wanted. */
bool context_wants_data(const struct context *context);
/* True when the output can hold pictures that a terminal has no room for. */
bool context_wants_picture(const struct context *context);
/* Renders and writes to stdout, the pager or -o. */
int context_emit(struct context *context, struct doc *doc, struct err *err);
/* For an err of a command's own: what it says is in the user's language. */
void context_err_init(struct err *err);
/* A line on stderr unless -q. */
void context_note(struct context *context, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints diagnostics (errors and, unless -q, warnings) to stderr. */
void context_report(struct context *context, const struct diagnostics *found);
/* Path for intent records and caches: .git/pmt in a repository, ROOT/.pmt otherwise; created. */
int context_state_folder(struct context *context, struct strbuf *out, struct err *err);
/* Ends what the run wrote as one entry of the journal of changes, named after its command line. */
void context_close_undo(struct context *context, int argc, char **argv);
/* Path of the intent record for edits. */
int context_intent(struct context *context, struct strbuf *out, struct err *err);
#endif
