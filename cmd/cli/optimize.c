#include "cmd/cli/optimize.h"
#include "cmd/cli/options.h"
#include "cmd/cli/progress.h"

#include "base/strbuf.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { SECONDS_DEFAULT = 10, SECONDS_MOST = 7 * 24 * 3600, SAVED_A_LINE = 10, WIDE = 104 };

/* "20s", "1.5min", "500ms", "5000schedules"; a number alone counts seconds. */
static bool read_limit(const char *text, struct plan_optimize_options *how)
{
	static const struct {
		const char *name;
		double seconds;
	} units[] = { { "", 1 }, { "s", 1 }, { "ms", 0.001 }, { "min", 60 }, { "m", 60 }, { "h", 3600 } };
	size_t digits = strspn(text, "0123456789.");
	struct slice number = slice_new(text, digits);
	const char *unit = text + digits + strspn(text + digits, " ");
	decimal_t amount;

	if (digits == 0 || decimal_parse(number, &amount) != DECIMAL_OK || amount <= 0)
		return false;
	if (strcmp(unit, "schedules") == 0 || strcmp(unit, "schedule") == 0) {
		how->schedules = (uint64_t)(amount / DECIMAL_ONE);
		return amount % DECIMAL_ONE == 0;
	}
	for (size_t i = 0; i < ARRAY_SIZE(units); i++)
		if (strcmp(unit, units[i].name) == 0)
			how->seconds = (double)amount / DECIMAL_ONE * units[i].seconds;
	return how->seconds > 0 && how->seconds <= SECONDS_MOST;
}

int optimize_read(const struct optimize_options *given, struct plan_optimize_options *how, struct err *err)
{
	int objective = given->objective ? word_index(plan_objectives, slice_of(given->objective)) : 0;

	*how = (struct plan_optimize_options){ .seed = 1 };
	if (!given->optimize && (given->objective || given->seed || given->save || given->change.commit))
		return err_set(err, ERR_USAGE, "%s", _("--objective, --seed, --save and --commit go with --optimize"));
	if (given->change.commit && !given->save)
		return err_set(err, ERR_USAGE, "%s", _("--commit goes with --save"));
	if (objective < 0)
		return err_set(err, ERR_USAGE, _("--objective takes finish, cost, lateness or levelled, not '%s'"), given->objective);
	how->objective = (enum plan_objective)objective;
	if (!given->optimize)
		return 0;
	if (!*given->optimize)
		how->seconds = SECONDS_DEFAULT;
	else if (!read_limit(given->optimize, how))
		return err_set(err, ERR_USAGE, _("--optimize takes a time such as 20s or 5min, or 5000schedules, not '%s'"),
			given->optimize);
	return given->seed ? option_seed(given->seed, &how->seed, err) : 0;
}

/* --- running --------------------------------------------------------------------------------- */

struct running {
	struct progress progress;
	const struct plan_optimize_options *how;
	const struct plan *plan;
	bool wide; /* room for the rate */
};

static double seconds_now(void *context)
{
	struct timespec now;

	(void)context;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static void add_date(struct strbuf *out, const struct plan *plan, const char *word, moment_t moment)
{
	char text[CIVIL_TEXT];

	if (moment == MOMENT_NONE)
		return;
	date_print(moment_date(moment > plan->project_start ? moment - 1 : moment), text);
	strbuf_addf(out, "  %s %s", word, text);
}

/* How far the finish may still be from the best, of the working time from the start: hundredths of a percent. */
static decimal_t gap_percent(const struct plan *plan, moment_t finish, moment_t bound)
{
	int64_t length = calendar_between(plan->calendar, plan->project_start, finish);
	int64_t gap = calendar_between(plan->calendar, bound, finish);

	return length > 0 && gap > 0 ? gap * 100 * DECIMAL_ONE / length : 0;
}

static void show(void *context, const struct plan_optimize_progress *p)
{
	struct running *r = context;
	double share = r->how->seconds > 0 ? p->seconds / r->how->seconds : (double)p->schedules / (double)r->how->schedules;
	struct strbuf text;

	if (!progress_due(&r->progress))
		return;
	strbuf_init(&text);
	strbuf_addf(&text, "%.0f s", p->seconds);
	add_date(&text, r->plan, _("best"), p->finish);
	add_date(&text, r->plan, _("bound"), p->bound);
	if (p->finish != MOMENT_NONE && p->bound != MOMENT_NONE)
		strbuf_addf(&text, "  %s %.1f %%", _("gap"), (double)gap_percent(r->plan, p->finish, p->bound) / DECIMAL_ONE);
	if (r->wide && p->seconds > 0)
		strbuf_addf(&text, _("  %.0f schedules/s"), (double)p->schedules / p->seconds);
	progress_show(&r->progress, share, text.buf);
	strbuf_release(&text);
}

static void tell(struct context *context, const struct plan_optimized *found, double seconds, bool stopped)
{
	if (stopped)
		context_note(context, "%s", _("stopped: this is the best schedule until then"));
	if (found->optimal)
		context_note(context, _("%llu schedules in %.1f s: no order is better"), (unsigned long long)found->schedules, seconds);
	else
		context_note(context, _("%llu schedules in %.1f s"), (unsigned long long)found->schedules, seconds);
}

int optimize_run(struct context *context, const struct plan_optimize_options *how, struct plan_optimized *out,
	struct err *err)
{
	struct plan_options options = context_plan_options(context);
	struct plan_optimize_options chosen = *how;
	struct running running = { .how = &chosen, .plan = &context->plan };
	double began = seconds_now(NULL);
	bool stopped;
	int status;

	running.wide = context->render.width >= WIDE;
	chosen.clock = seconds_now;
	chosen.progress = show;
	chosen.context = &running;
	progress_start(&running.progress, context, _("schedules"));
	chosen.cancel = &running.progress.cancel;
	status = plan_optimize(&context->plan, &options, &chosen, out, err);
	stopped = progress_end(&running.progress);
	if (status == 0)
		tell(context, out, seconds_now(NULL) - began, stopped);
	return status;
}

/* --- saving ---------------------------------------------------------------------------------- */

static int by_rank(const void *a, const void *b, void *context)
{
	const uint32_t *rank = context;
	uint32_t x = rank[*(const uint32_t *)a], y = rank[*(const uint32_t *)b];

	return (x > y) - (x < y);
}

/* Ids of tasks without children, in the order in which levelling places them. */
static void print_order(const struct plan *plan, uint32_t *rank, struct strbuf *out)
{
	uint32_t *order = xcalloc((size_t)plan->task_count + 1, sizeof(*order)), count = 0;

	for (uint32_t i = 0; i < plan->task_count; i++)
		if (!(plan->flags[i] & (PLAN_SUMMARY | PLAN_CANCELLED)) && !plan_is_synthetic(plan, i))
			order[count++] = i;
	stable_sort(order, count, sizeof(*order), by_rank, rank);
	for (uint32_t i = 0; i < count; i++) {
		strbuf_add_slice(out, plan->records[order[i]]->id);
		if (i + 1 < count)
			strbuf_add_str(out, (i + 1) % SAVED_A_LINE ? ", " : ",\n");
	}
	free(order);
}

int optimize_save(struct context *context, const struct optimize_options *given, const struct plan_optimized *found,
	struct err *err)
{
	const struct kind *kind = kind_find(slice_of("sequence"));
	const struct record *present = project_count(&context->project, kind) ? project_at(&context->project, kind, 0) : NULL;
	struct assignment fields[2];
	struct change change;
	struct strbuf text;
	int status = context_prepare(context, NEEDS_LOCK, err);

	if (status < 0)
		return status;
	strbuf_init(&text);
	print_order(&context->plan, found->rank, &text);
	change_begin(&change, context, &given->change);
	strbuf_add_str(&change.message, "schedule: order of tasks");
	fields[0] = (struct assignment){ slice_of("objective"), slice_of(given->objective ? given->objective : "finish"), EDIT_SET };
	fields[1] = (struct assignment){ slice_of("tasks"), strbuf_slice(&text), EDIT_SET };
	status = present ? edit_set(&change.edit, present, fields, 2, err) :
			   edit_add(&change.edit, kind, slice_of(""), fields, 2, NULL, err);
	status = change_end(&change, status, err);
	strbuf_release(&text);
	return status;
}

/* --- showing --------------------------------------------------------------------------------- */

void optimize_summary(struct doc *doc, struct block *summary, const struct plan *plan, const struct plan_optimized *found)
{
	bool known = found->bound != MOMENT_NONE;

	pairs_add(doc, summary, "lower_bound", N_("lower bound"), known ? cell_finish(found->bound) : cell_none());
	pairs_add(doc, summary, "gap", N_("gap"),
		known ? cell_percent(gap_percent(plan, plan->project_finish, found->bound)) : cell_none());
	pairs_add(doc, summary, "optimal", N_("optimal"), cell_yesno(found->optimal));
	pairs_add(doc, summary, "schedules", N_("schedules"), cell_integer((int64_t)found->schedules));
}
