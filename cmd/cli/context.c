#include "cmd/cli/context-internal.h"

#include "cmd/cli/config.h"
#include "cmd/cli/locale.h"
#include "cmd/cli/place.h"
#include "cmd/cli/revision.h"
#include "model/undo.h"
#include "plan/baseline.h"
#include "quality/rule.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void context_init(struct context *context)
{
	memset(context, 0, sizeof(*context));
	context->now = MOMENT_NONE;
	context->lock.descriptor = -1;
	diagnostics_init(&context->found);
	strbuf_init(&context->at);
	context->render.color = isatty(STDERR_FILENO);
}

const struct calendar *context_calendar(struct context *context)
{
	struct diagnostics ignored;
	struct err err;

	if (context->plan_ready)
		return context->plan.calendar;
	if (!context->calendars) {
		err_init(&err);
		diagnostics_init(&ignored);
		calendars_new(&context->calendars, &context->project, &ignored, &err);
		diagnostics_release(&ignored);
		err_release(&err);
	}
	return calendars_find(context->calendars, slice_of(""));
}

void context_reload(struct context *context)
{
	if (context->calendars)
		calendars_free(context->calendars);
	context->calendars = NULL;
	if (context->plan_ready)
		plan_release(&context->plan);
	if (context->project_loaded) {
		risk_register_release(&context->risks);
		metric_computed_release(&context->metrics);
		register_fields_release(&context->registers);
		freeze_release(&context->freeze);
		project_release(&context->project);
	}
	source_free(context->source);
	context->plan_ready = context->project_loaded = false;
	context->computed_count = 0;
	context->source = NULL;
	context->me = NULL;
	diagnostics_release(&context->found);
	diagnostics_init(&context->found);
}

void context_release(struct context *context)
{
	context_reload(context);
	if (context->lock.descriptor >= 0)
		lock_release(&context->lock);
	revision_close(context);
	config_forget(context);
	free(context->settings.color);
	free(context->settings.format);
	free(context->settings.lang);
	diagnostics_release(&context->found);
	strbuf_release(&context->at);
	free(context->root);
}

/*
 * The project's language. A terminal that cannot show it keeps English; files (HTML, Markdown, …) do not care about
 * the terminal, so a report made by a CI job in the C locale is in the project's language.
 */
void context_project_language(struct context *context)
{
	const char *asked = context->global.lang ? context->global.lang : context->settings.lang;
	struct slice locale = project_setting(&context->project, "locale");
	bool terminal = strcmp(context->renderer->name, "table") == 0;
	struct strbuf name;

	if ((asked && *asked) || locale.len == 0 || (terminal && !locale_is_unicode()))
		return;
	strbuf_init(&name);
	strbuf_add_slice(&name, locale);
	locale_use(name.buf);
	context->render.lang = locale_language();
	strbuf_release(&name);
}

int context_find_root(struct context *context, struct err *err)
{
	struct strbuf here, root;
	int status;

	if (context->root)
		return 0;
	strbuf_init(&here);
	strbuf_init(&root);
	status = place_here(&here, err);
	if (status == 0)
		status = place_project(here.buf, &root, err);
	if (status == 0)
		context->root = strbuf_detach(&root);
	strbuf_release(&root);
	strbuf_release(&here);
	return status;
}

int context_state_folder(struct context *context, struct strbuf *out, struct err *err)
{
	size_t start = out->len;

	if (!place_git_folder(context->root, out, NULL))
		strbuf_addf(out, "%s/.pmt", context->root);
	else
		strbuf_add_str(out, "/pmt");
	return file_make_folders(out->buf + start, err);
}

int context_intent(struct context *context, struct strbuf *out, struct err *err)
{
	int status = context_state_folder(context, out, err);

	strbuf_add_str(out, "/intent");
	return status;
}

static int require_writable(const struct context *context, const char *folder, struct err *err)
{
	if (access(folder, W_OK | X_OK) == 0 || errno == ENOENT)
		return 0;
	return err_errno(err, _("the project's folder '%s' cannot be written"), context->root);
}

int context_require_writable(struct context *context, struct err *err)
{
	int status = context_find_root(context, err);

	return status < 0 ? status : require_writable(context, context->root, err);
}

/* Where the lock is, or will be. */
static int require_state(const struct context *context, struct err *err)
{
	struct strbuf path;
	int status;

	strbuf_init(&path);
	if (!place_git_folder(context->root, &path, NULL))
		strbuf_addf(&path, "%s/.pmt", context->root);
	else
		strbuf_add_str(&path, "/pmt");
	if (!file_is_folder(path.buf)) /* it will be made in the one above */
		strbuf_truncate(&path, (size_t)(strrchr(path.buf, '/') - path.buf));
	status = require_writable(context, path.buf, err);
	strbuf_release(&path);
	return status;
}

/* Takes the write lock and finishes what an interrupted command left. */
static int take_lock(struct context *context, struct err *err)
{
	struct strbuf path, git, top;
	int status, mended;

	strbuf_init(&path);
	strbuf_init(&git);
	strbuf_init(&top);
	/* A repository's projects share one record. */
	if (!place_git_folder(context->root, &git, &top))
		strbuf_add_str(&top, context->root);
	status = require_state(context, err);
	if (status == 0)
		status = context_state_folder(context, &path, err);
	if (status == 0) {
		strbuf_add_str(&path, "/lock");
		status = lock_take(&context->lock, path.buf, 10.0, err);
	}
	if (status == 0) {
		strbuf_truncate(&path, path.len - strlen("lock"));
		strbuf_add_str(&path, "intent");
		mended = fileset_recover(path.buf, top.buf, err);
		strbuf_truncate(&path, path.len - strlen("/intent"));
		/* What a command that was killed wrote is an entry without a name. */
		if (undo_is_open(path.buf))
			undo_close(path.buf, &(struct undo_closing){ .label = slice_of(""), .when = context->now });
		if (mended > 0)
			context_note(context, "%s", _("an interrupted change was finished"));
		status = mended < 0 ? mended : 0;
	}
	strbuf_release(&git);
	strbuf_release(&top);
	strbuf_release(&path);
	return status;
}

/* Without the lock a reader still must not see half of an interrupted change: mend it when a record is there. */
static int mend(struct context *context, struct err *err)
{
	struct strbuf path;
	int status = 0;

	strbuf_init(&path);
	if (!place_git_folder(context->root, &path, NULL))
		strbuf_addf(&path, "%s/.pmt", context->root);
	else
		strbuf_add_str(&path, "/pmt");
	strbuf_add_str(&path, "/intent");
	if (file_exists(path.buf)) {
		status = take_lock(context, err);
		if (context->lock.descriptor >= 0)
			lock_release(&context->lock);
	}
	strbuf_release(&path);
	return status;
}

void context_add_computed(struct context *context, struct computed more)
{
	assert(context->computed_count < ARRAY_SIZE(context->computed_more));
	context->computed_more[context->computed_count] = more;
	if (context->computed_count)
		context->computed_more[context->computed_count - 1].next = &context->computed_more[context->computed_count];
	else
		context->computed_baselines.next = &context->computed_more[0];
	context->computed_count++;
}

int context_project(struct context *context, struct err *err)
{
	int status = 0;

	if (context->project_loaded)
		return 0;
	if (context->global.at) {
		status = revision_open(context, err);
	} else {
		status = context_find_root(context, err);
		if (status == 0 && context->lock.descriptor < 0)
			status = mend(context, err);
		if (status == 0 && !context->source)
			context->source = source_worktree_new(context->root);
	}
	if (status < 0)
		return status;
	status = project_load(&context->project, context->source, 0, &context->found, err);
	if (status < 0) {
		project_release(&context->project);
		return status;
	}
	context->project_loaded = true;
	risk_register_init(&context->risks, &context->project, rule_now(&context->project, context->now));
	context->computed_baselines = baseline_computed(&context->project);
	context_add_computed(context, risk_computed(&context->risks));
	metric_computed_init(&context->metrics, &context->project, rule_now(&context->project, context->now));
	context_add_computed(context, metric_computed(&context->metrics));
	register_fields_init(&context->registers, &context->project, context->now);
	context_add_computed(context, register_computed(&context->registers));
	freeze_init(&context->freeze, &context->project);
	context_add_computed(context, freeze_computed(&context->freeze));
	context_project_language(context);
	return 0;
}

/* Kinds whose records the schedule is computed from. */
static const char plan_kinds[] = "project|task|calendar|resource|team";

/*
 * Does an error touch the schedule? One in a record of another kind does not; one that belongs to no record (a broken
 * header, a misspelt kind) may hide a task.
 */
static bool touches(const struct diagnostic *finding, const char *kinds)
{
	struct slice name = slice_of(finding->record);

	return finding->severity == SEVERITY_ERROR && (!kinds || !finding->record ||
		word_index(kinds, slice_new(name.at, slice_find(name, ' '))) >= 0);
}

/* Refuses when there are errors that the answer would rest on: those of some kinds, or all. */
static int refuse_errors(struct context *context, const struct diagnostics *found, const char *kinds, struct err *err)
{
	const struct diagnostic *items = found->items.items;
	size_t count = 0;

	for (size_t i = 0; i < found->items.len; i++)
		count += touches(&items[i], kinds);
	if (count == 0)
		return 0;
	context_report(context, found);
	err_set(err, ERR_INPUT, "%s", _("the project has errors that this answer would rest on"));
	err_hint(err, "%s", _("mend them first; 'pmt check' lists all of them"));
	return ERR_INPUT;
}

int context_refuse(struct context *context, const char *kinds, struct err *err)
{
	return refuse_errors(context, &context->found, kinds, err);
}

void context_note_costs(struct context *context, const struct plan_costs *costs)
{
	if (costs->unknown)
		context_note(context, _("warning: amounts in %s are left out: there is no [rate %s]"), costs->unknown_currency,
			costs->unknown_currency);
}

int context_check_plan(struct context *context, struct err *err)
{
	struct diagnostics found;
	int status;

	diagnostics_init(&found);
	project_check(&context->project, 0, &found);
	status = refuse_errors(context, &found, "project|task|calendar|resource|team|rate|baseline", err);
	diagnostics_release(&found);
	return status;
}

struct plan_options context_plan_options(struct context *context)
{
	return (struct plan_options){ .facts = true, .now = context->now, .unlevelled = context->unlevelled,
		.within_float = context->within_float,
		.buffer_word = context_wants_data(context) ? NULL : _("buffer") };
}

int context_plan(struct context *context, struct err *err)
{
	struct plan_options options;
	int status = context_project(context, err);

	if (status < 0 || context->plan_ready)
		return status;
	options = context_plan_options(context);
	status = plan_build(&context->plan, &context->project, &options, &context->found, err);
	context->plan_ready = status == 0;
	if (status < 0)
		plan_release(&context->plan);
	else
		status = plan_schedule(&context->plan, &options, &context->found, err);
	if (status < 0)
		return status;
	context->computed = plan_computed(&context->plan);
	context->computed.next = &context->computed_baselines;
	return 0;
}

int context_sound_plan(struct context *context, struct err *err)
{
	int status = context_project(context, err);

	if (status == 0)
		status = refuse_errors(context, &context->found, plan_kinds, err);
	if (status < 0)
		return status;
	status = context_plan(context, err);
	if (status < 0)
		context_report(context, &context->found);
	return status;
}

/* For commands whose answer is the schedule: no errors, and the warnings said once. */
int context_prepare_plan(struct context *context, struct err *err)
{
	int status = context_sound_plan(context, err);

	if (status == 0)
		context_report(context, &context->found);
	return status;
}

/* Without its section a pmt.ini is no project: nothing is told of it or written to it but the section itself. */
static int refuse_missing(struct context *context, struct err *err)
{
	const struct diagnostic *items = context->found.items.items;
	const char *kind = context->command ? context->command->kind : NULL;

	for (size_t i = 0; i < context->found.items.len; i++)
		if (!strcmp(items[i].id, "project-missing") && !(kind && !strcmp(kind, "project")))
			return refuse_errors(context, &context->found, plan_kinds, err);
	return 0;
}

int context_prepare(struct context *context, unsigned needs, struct err *err)
{
	int status = 0;

	if ((needs & NEEDS_LOCK) && context->global.at)
		return err_set(err, ERR_USAGE, _("--at asks about the past: 'pmt %s' cannot change it"),
			context->command->name);
	if ((needs & (NEEDS_ROOT | NEEDS_LOCK)) && !context->global.at)
		status = context_find_root(context, err);
	if (status == 0 && (needs & NEEDS_LOCK))
		status = take_lock(context, err);
	if (status == 0 && (needs & NEEDS_PLAN))
		return context_prepare_plan(context, err);
	if (status == 0 && (needs & (NEEDS_PROJECT | NEEDS_CLEAN)))
		status = context_project(context, err);
	if (status == 0 && context->project_loaded)
		status = refuse_missing(context, err);
	if (status == 0 && (needs & NEEDS_CLEAN))
		status = refuse_errors(context, &context->found, NULL, err);
	return status;
}

/* Who runs pmt: PMT_ME, pmt.me, else the resource with the e-mail of git's user.email. */
struct slice context_me(struct context *context)
{
	struct strbuf me;
	struct slice id = { NULL, 0 };

	if (context->me)
		return slice_of(context->me);
	strbuf_init(&me);
	if (!config_get(context, "me", &me))
		revision_user(context, &me);
	context->me = arena_strndup(&context->project.arena, me.buf, me.len);
	strbuf_release(&me);
	id = slice_of(context->me);
	return id;
}

struct query_scope context_scope(struct context *context)
{
	return (struct query_scope){ .project = &context->project, .now = context->now,
		.me = context->me ? slice_of(context->me) : slice_new(NULL, 0),
		.computed = context->plan_ready ? &context->computed : &context->computed_baselines };
}

struct value_context context_values(struct context *context)
{
	struct value_context values = { .units = &context->project.units, .words = true,
		.now = context->now };

	return values;
}

bool context_wants_data(const struct context *context)
{
	return strcmp(context->renderer->name, "json") == 0 || strcmp(context->renderer->name, "csv") == 0;
}

bool context_wants_picture(const struct context *context)
{
	return strcmp(context->renderer->name, "html") == 0 || strcmp(context->renderer->name, "svg") == 0;
}

/* gettext's own type differs, and it may be a macro. */
static const char *translate(const char *message)
{
	return gettext(message);
}

void context_err_init(struct err *err)
{
	err_init(err);
	err->translate = translate;
}

void context_note(struct context *context, const char *format, ...)
{
	va_list args;

	if (context->global.quiet)
		return;
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}
