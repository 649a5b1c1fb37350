#include "report/health.h"

#include "base/alloc.h"
#include "plan/level.h"
#include "plan/progress.h"
#include "plan/workload.h"
#include "risk/risk.h"

#include <string.h>

const char *health_number(struct doc *doc, size_t value)
{
	return arena_printf(&doc->arena, "%zu", value);
}

/* The day the reader looks at: the status date when the project has one. */
moment_t health_today(const struct dashboard *d)
{
	return progress_today(d->plan, d->now);
}

/* End of this ISO week. */
moment_t health_week_end(const struct dashboard *d)
{
	date_t today = moment_date(health_today(d));

	return moment_from_date(today + 8 - date_weekday(today));
}

bool health_open_task(const struct dashboard *d, uint32_t task)
{
	return progress_is_open(d->plan, task, health_today(d));
}

/* Against a baseline: watch as soon as the finish is later than it was frozen, or something is late. */
static struct cell against_baseline(struct doc *doc, const struct dashboard *d, moment_t frozen, uint32_t late)
{
	int64_t slip = calendar_between(d->plan->calendar, frozen, d->plan->project_finish);
	struct cell values[] = { cell_finish(d->plan->project_finish), cell_finish(frozen), cell_duration(slip), cell_integer(late) };

	values[2].sign = true;
	return cell_toned(slip > 0 || late ? TONE_WATCH : TONE_GOOD,
		cell_message_of(&doc->arena, N_("finish %s, baseline %s (%s); late tasks: %s"), values, ARRAY_SIZE(values)));
}

struct cell health_schedule(struct doc *doc, const struct dashboard *d)
{
	struct progress_counts f;
	moment_t frozen;

	if (!d->plan)
		return cell_toned(TONE_BAD, cell_messagef(&doc->arena, N_("cannot be computed: %s"),
			d->plan_trouble ? d->plan_trouble : "", NULL));
	if (d->plan->task_count == 0)
		return cell_toned(TONE_MUTED, cell_message(N_("no tasks yet")));
	f = progress_counts_of(d->plan, health_today(d));
	frozen = progress_baseline_finish(d->plan);
	struct cell values[] = { cell_finish(d->plan->project_finish), cell_integer(f.missed), cell_integer(f.negative) };
	if (f.missed || f.negative)
		return cell_toned(TONE_BAD, cell_message_of(&doc->arena,
			N_("finish %s; deadlines missed: %s, tasks with negative float: %s"), values, 3));
	if (frozen != MOMENT_NONE)
		return against_baseline(doc, d, frozen, f.late);
	values[1] = cell_integer(f.late);
	if (f.late)
		return cell_toned(TONE_WATCH, cell_message_of(&doc->arena, N_("finish %s; late tasks: %s"), values, 2));
	return cell_toned(TONE_GOOD, cell_message_of(&doc->arena, N_("finish %s; nothing late"), values, 1));
}

bool health_open(const struct record *record)
{
	return word_index("closed|resolved|done|retired|expired|rejected|occurred|cancelled|withdrawn",
		record_text_or(record, "status")) < 0;
}

size_t health_count_open(const struct project *project, const char *kind_name)
{
	struct record *record;
	size_t open = 0;

	FOREACH_RECORD(project, kind_find(slice_of(kind_name)), record)
		open += health_open(record);
	return open;
}

/* In the project's currency. */
static struct cell amount(const struct dashboard *d, decimal_t sum)
{
	struct money money = { .amount = sum };

	memcpy(money.currency, d->project->units.currency, sizeof(money.currency));
	return cell_money(money);
}

/* Watch where reviews are owed: what nobody looks at any more is not under control. */
struct cell health_risk(struct doc *doc, const struct dashboard *d)
{
	struct risk_register risks;
	struct risk_totals totals;
	struct cell cell;

	risk_register_init(&risks, d->project, health_today(d));
	risk_totals(&risks, &totals);
	struct cell values[] = { cell_integer((int64_t)totals.open), amount(d, totals.threat),
		cell_text(&doc->arena, totals.worst ? totals.worst->id : slice_of("")), cell_integer((int64_t)totals.overdue) };
	if (!totals.worst) {
		values[1] = values[3];
		cell = cell_message_of(&doc->arena, totals.overdue ? N_("open: %s; reviews overdue: %s") : N_("open: %s"), values, 2);
	} else {
		cell = cell_message_of(&doc->arena, totals.overdue
			? N_("open: %s; exposure %s, most of it %s; reviews overdue: %s")
			: N_("open: %s; exposure %s, most of it %s"), values, ARRAY_SIZE(values));
	}
	risk_register_release(&risks);
	return totals.overdue ? cell_toned(TONE_WATCH, cell) : cell;
}

/* How many have an overload that is not over; the worst of theirs. */
static int64_t count_overloaded(const struct workload *w, moment_t today, const struct overload **worst)
{
	uint32_t last = LEVEL_NOBODY;
	int64_t people = 0;

	*worst = NULL;
	for (size_t i = 0; i < w->overloads.len; i++) {
		const struct overload *o = vec_at(&w->overloads, i);

		if (o->to <= today)
			continue;
		people += o->resource != last;
		last = o->resource;
		if (!*worst || o->peak > (*worst)->peak)
			*worst = o;
	}
	return people;
}

static struct cell overloaded(struct doc *doc, const struct plan_resource *resource, const struct overload *worst, int64_t people)
{
	struct cell values[] = { cell_integer(people), cell_text(&doc->arena, resource->record->id),
		cell_percent(worst->peak * 100), cell_date(moment_date(worst->from)), cell_end(worst->from, worst->to) };

	return cell_toned(TONE_BAD,
		cell_message_of(&doc->arena, N_("overloaded: %s; most of all %s with %s, %s to %s"), values, ARRAY_SIZE(values)));
}

struct cell health_people(struct doc *doc, const struct dashboard *d)
{
	const struct plan_resource *resources;
	const struct overload *worst;
	struct workload workload;
	struct cell cell;
	uint32_t count;
	int64_t people;

	if (!d->plan)
		return cell_toned(TONE_MUTED, cell_message(N_("n/a")));
	resources = plan_resources(d->plan, &count);
	workload_init(&workload, d->plan, WORKLOAD_WEEK, NULL);
	people = count_overloaded(&workload, health_today(d), &worst);
	if (workload.resources.len == 0)
		cell = cell_toned(TONE_MUTED, cell_message(N_("n/a")));
	else if (people)
		cell = overloaded(doc, &resources[worst->resource], worst, people);
	else
		cell = cell_toned(TONE_GOOD, cell_messagef(&doc->arena, N_("at work: %s; nobody is overloaded"),
			health_number(doc, workload.resources.len), NULL));
	workload_release(&workload);
	return cell;
}

struct cell health_text(struct doc *doc, const struct dashboard *d)
{
	if (d->errors || d->warnings)
		return cell_toned(d->errors ? TONE_BAD : TONE_WATCH,
			cell_messagef(&doc->arena, N_("errors: %s, warnings: %s; 'pmt check' shows them"),
				health_number(doc, d->errors), health_number(doc, d->warnings), NULL));
	return cell_toned(TONE_GOOD, cell_message(N_("no errors, no warnings")));
}

void health_rest(struct doc *doc, size_t found, size_t shown)
{
	if (found > shown)
		doc_paragraph(doc, cell_toned(TONE_MUTED,
			cell_messagef(&doc->arena, N_("and %s more"), health_number(doc, found - shown), NULL)));
}

void health_levelled(struct doc *doc, const struct plan *plan)
{
	uint32_t i = 0;

	while (i < plan->task_count && !(plan->flags[i] & PLAN_LEVELLED))
		i++;
	if (i < plan->task_count)
		doc_paragraph(doc, cell_toned(TONE_MUTED,
			cell_message(N_("Critical and float are those of the network without limits on people; 'pmt why ID' and 'pmt chain' tell what holds the levelled dates."))));
}
