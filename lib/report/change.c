#include "report/change.h"

#include "base/i18n.h"
#include "change/freeze.h"
#include "report/change-internal.h"

#include <string.h>

struct cell change_money(const struct change_writer *w, decimal_t amount)
{
	struct money value = { amount, "" };

	if (amount == DECIMAL_NONE)
		return cell_none();
	memcpy(value.currency, w->doc->units.currency, sizeof(value.currency));
	return cell_money(value);
}

struct cell change_refs(const struct change_writer *w, const char *kinds, const struct vec *ids)
{
	const struct slice *items = ids->items;
	struct cell *cells = arena_calloc(w->arena, ids->len + 1, sizeof(*cells));

	for (size_t i = 0; i < ids->len; i++) {
		const struct record *record = project_find_among(w->review->request.after, kinds, items[i]);

		cells[i] = cell_ref(
			w->arena, record ? record->id : items[i], record ? record_title(record) : slice_of(""));
	}
	return cell_list(w->arena, cells, ids->len);
}

static struct cell needs_cell(const struct change_writer *w, const struct vec *needs)
{
	struct strbuf text;
	struct cell cell;

	strbuf_init(&text);
	approval_needs_print(needs, &text);
	cell = text.len ? cell_text(w->arena, strbuf_slice(&text)) : cell_none();
	strbuf_release(&text);
	return cell;
}

/* --- the summary --- */

static enum tone stand_tone(enum review_stand stand)
{
	switch (stand) {
	case REVIEW_APPROVED:
	case REVIEW_MERGED:
	case REVIEW_CLOSED: return TONE_GOOD;
	case REVIEW_SUBMITTED: return TONE_WATCH;
	case REVIEW_REJECTED: return TONE_BAD;
	default: return TONE_MUTED;
	}
}

static void add_field(const struct change_writer *w, struct block *pairs, const char *name, const char *label)
{
	const struct record *change = w->review->request.change;
	const struct field *field = kind_field_named(change->kind, name);
	struct value value;

	if (record_entry(change, kind_field_find(change->kind, slice_of(name))) &&
		record_value(w->review->request.after, change, field, w->arena, &value))
		pairs_add(w->doc, pairs, name, label, cell_value(w->arena, &value, &w->doc->units));
}

static struct cell moment_of(const struct event *event)
{
	moment_t when;
	bool has_time;

	return moment_parse(slice_trim(event->date), &when, &has_time) == CIVIL_OK ? cell_date(moment_date(when))
										   : cell_none();
}

static void add_submission(const struct change_writer *w, struct block *pairs)
{
	const struct event *submission = w->review->submission;
	struct cell values[2];

	if (!submission)
		return;
	if (w->report->data) {
		pairs_add(w->doc, pairs, "submitted_by", NULL, cell_ref(w->arena, submission->person, slice_of("")));
		pairs_add(w->doc, pairs, "submitted", NULL, cell_text(w->arena, submission->date));
		return;
	}
	values[0] = cell_text(w->arena, submission->person);
	values[1] = moment_of(submission);
	pairs_add(w->doc, pairs, "submitted", N_("submission"), cell_message_of(w->arena, N_("by %s, %s"), values, 2));
}

static void add_obstacles(const struct change_writer *w, struct block *pairs)
{
	const struct review *r = w->review;
	struct cell stale;

	if (w->report->data) {
		pairs_add(w->doc, pairs, "edited", NULL, cell_yesno(r->edited));
		pairs_add(w->doc, pairs, "stale", NULL,
			r->stale ? cell_text(w->arena, slice_of(r->stale)) : cell_none());
		pairs_add(w->doc, pairs, "unbound", NULL, cell_yesno(r->unbound));
		pairs_add(w->doc, pairs, "beyond_ceiling", NULL, cell_yesno(r->beyond));
		return;
	}
	if (r->stale) {
		stale = cell_text(w->arena, slice_of(r->stale));
		pairs_add(w->doc, pairs, "stale", N_("stale"),
			cell_toned(TONE_BAD, cell_message_of(w->arena,
						     N_("the target has moved on: %s is not as it was"), &stale, 1)));
	} else if (r->edited) {
		pairs_add(w->doc, pairs, "edited", N_("edited"),
			cell_toned(TONE_BAD,
				cell_message(N_("the branch holds something else than what was submitted"))));
	}
	if (r->unbound)
		pairs_add(w->doc, pairs, "unbound", N_("binding"),
			cell_toned(TONE_BAD,
				cell_message(N_("approvals were given for another state of the plan, and a rule is strict"))));
	if (r->beyond)
		pairs_add(w->doc, pairs, "beyond_ceiling", N_("ceiling"),
			cell_toned(
				TONE_BAD, cell_message(N_("it costs more, or ends later, than a signer was shown"))));
}

/* --- what comes next --- */

static bool is_submitter(const struct review *r, struct slice person)
{
	const struct slice *items = r->submitters.items;

	for (size_t i = 0; i < r->submitters.len; i++)
		if (slice_equal(items[i], person))
			return true;
	return false;
}

/* The command that suits the reader, or NULL: it waits for others, or is over. */
static const char *next_command(const struct change_writer *w)
{
	const struct review *r = w->review;
	bool mine = w->report->me.len && review_waits_for(r, w->report->me) && !review_has_voted(r, w->report->me);

	switch (r->stand) {
	case REVIEW_DRAFT: return r->delta.item_count ? "pmt change submit %s" : NULL;
	case REVIEW_SUBMITTED:
		if (review_needs_renewal(r))
			return "pmt change renew %s";
		return mine ? "pmt change approve %s" : NULL;
	case REVIEW_APPROVED: return "pmt change merge %s";
	case REVIEW_MERGED: return "pmt change close %s";
	case REVIEW_REJECTED: return is_submitter(r, w->report->me) ? "pmt change renew %s" : NULL;
	default: return NULL;
	}
}

static struct cell waiting_cell(const struct change_writer *w)
{
	struct vec persons;
	struct cell cell;

	vec_init(&persons, sizeof(struct slice));
	for (size_t i = 0; i < w->review->rules.len; i++) {
		const struct review_rule *rule = vec_at(&w->review->rules, i);

		for (size_t k = 0; k < rule->may.len; k++) {
			const struct slice *person = vec_at(&rule->may, k);
			bool known = false;

			for (size_t j = 0; j < persons.len && !known; j++)
				known = slice_equal(*(const struct slice *)vec_at(&persons, j), *person);
			if (!known)
				vec_append(&persons, person);
		}
	}
	cell = persons.len ? change_refs(w, "resource", &persons) : cell_none();
	vec_release(&persons);
	return cell;
}

static void add_next(const struct change_writer *w, struct block *pairs)
{
	const struct review *r = w->review;
	const char *command = next_command(w);
	struct strbuf id;
	struct cell waiting = r->stand == REVIEW_SUBMITTED ? waiting_cell(w) : cell_none();

	strbuf_init(&id);
	strbuf_add_slice(&id, r->request.change->id);
	if (command)
		pairs_add(w->doc, pairs, "next", N_("next"),
			cell_toned(
				TONE_STRONG, cell_text(w->arena, slice_of(arena_printf(w->arena, command, id.buf)))));
	else if (r->stand == REVIEW_DRAFT && !w->report->data)
		pairs_add(w->doc, pairs, "next", N_("next"),
			cell_message(N_("edit the plan on the branch, and commit")));
	if (waiting.type != CELL_NONE || w->report->data)
		pairs_add(w->doc, pairs, "waits_for", N_("waits for"), waiting);
	strbuf_release(&id);
}

static void add_identity(const struct change_writer *w, struct block *pairs)
{
	const struct review *r = w->review;
	struct arena *arena = w->arena;

	pairs_add(w->doc, pairs, "id", NULL, cell_ref(arena, r->request.change->id, slice_of("")));
	pairs_add(w->doc, pairs, "uid", NULL, cell_text(arena, slice_trim(record_text_or(r->request.change, "uid"))));
	pairs_add(w->doc, pairs, "title", NULL, cell_text(arena, record_title(r->request.change)));
	pairs_add(w->doc, pairs, "digest", NULL, cell_text(arena, slice_of(r->digest)));
}

static void add_summary(const struct change_writer *w)
{
	const struct review *r = w->review;
	struct block *pairs = doc_pairs(w->doc, "change");

	if (w->report->data)
		add_identity(w, pairs);
	pairs_add(w->doc, pairs, "state", N_("state"),
		cell_toned(stand_tone(r->stand), cell_word(w->arena, slice_of(review_stand_word(r->stand)))));
	add_submission(w, pairs);
	add_field(w, pairs, "requested_by", N_("requested by"));
	pairs_add(w->doc, pairs, "branch", N_("branch"), cell_text(w->arena, slice_of(w->report->branch)));
	pairs_add(w->doc, pairs, "target", N_("target"), cell_text(w->arena, slice_of(w->report->target)));
	add_field(w, pairs, "class", N_("class"));
	add_field(w, pairs, "after", N_("builds on"));
	add_field(w, pairs, "reverts", N_("undoes"));
	add_field(w, pairs, "reason", N_("reason"));
	change_impact_lines(w, pairs);
	add_obstacles(w, pairs);
	add_next(w, pairs);
}

/* --- rules and events --- */

/* By what the rule is set off. */
static struct cell why_cell(const struct change_writer *w, const struct review_rule *rule)
{
	const struct trigger *trigger = rule->triggers.len ? vec_at(&rule->triggers, 0) : NULL;
	struct cell values[2];

	if (!trigger)
		return cell_none();
	values[1] = cell_text(w->arena,
		trigger_subject(trigger, w->review->request.before, w->review->request.after, w->arena));
	values[0] = cell_message_of(w->arena, trigger->why, &values[1], 1);
	values[1] = cell_integer((int64_t)rule->triggers.len - 1);
	return rule->triggers.len == 1 ? values[0] : cell_message_of(w->arena, N_("%s, and %s more"), values, 2);
}

/* People by their ids alone: their names stand above, and the table is wide. */
static struct cell ids_cell(const struct change_writer *w, const struct vec *persons)
{
	const struct slice *items = persons->items;
	struct cell *cells = arena_calloc(w->arena, persons->len + 1, sizeof(*cells));

	for (size_t i = 0; i < persons->len; i++)
		cells[i] = cell_ref(w->arena, items[i], slice_of(""));
	return cell_list(w->arena, cells, persons->len);
}

static void add_rule(const struct change_writer *w, struct table *table, const struct review_rule *rule)
{
	struct row *row = table_row(table);
	struct cell *cells = row->cells;

	cells[0] = cell_text(w->arena, rule->rule->name);
	cells[1] = why_cell(w, rule);
	cells[2] = rule->rule->implicit ? cell_message(N_("a majority of those with keys"))
					: needs_cell(w, &rule->rule->approve);
	cells[3] = rule->satisfaction.given.len ? ids_cell(w, &rule->satisfaction.given) : cell_none();
	cells[4] = rule->satisfaction.satisfied ? cell_none()
						: cell_toned(TONE_BAD, needs_cell(w, &rule->satisfaction.missing));
	cells[5] = rule->may.len ? ids_cell(w, &rule->may) : cell_none();
	cells[6] = cell_yesno(rule->satisfaction.satisfied);
}

static void add_rules(const struct change_writer *w)
{
	struct table *table;

	if (!w->report->data)
		doc_heading(w->doc, 2, cell_message(N_("Rules it sets off")));
	table = doc_table(w->doc, "rules", NULL);
	table->empty = w->review->policies.any ? N_("none: nobody has to approve it")
					       : N_("none: the project has no policy ('pmt change setup' makes one)");
	table_column(table, "rule", N_("rule"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "why", N_("because of"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "approve", N_("needed"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "given", N_("approved"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "missing", N_("still missing"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "may", N_("who could"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "satisfied", NULL, ALIGN_LEFT, PRIORITY_DATA);
	for (size_t i = 0; i < w->review->rules.len; i++)
		add_rule(w, table, vec_at(&w->review->rules, i));
}

static void add_event(const struct change_writer *w, struct table *table, const struct review_vote *vote)
{
	const struct event *event = vote->event;
	struct row *row = table_row(table);

	row->cells[0] = cell_integer(event->sequence);
	row->cells[1] = cell_word(w->arena, slice_of(verdict_word(event->verdict)));
	row->cells[2] = cell_ref(w->arena, event->person, slice_of(""));
	row->cells[3] = event->roles.len ? cell_text(w->arena, event->roles) : cell_none();
	row->cells[4] = w->report->data ? cell_text(w->arena, event->date) : moment_of(event);
	row->cells[5] = event->comment.len ? cell_text(w->arena, event->comment) : cell_none();
	row->cells[6] = cell_yesno(!vote->why_not);
	row->cells[7] = vote->why_not ? cell_toned(TONE_BAD, cell_message(vote->why_not)) : cell_none();
}

static void add_events(const struct change_writer *w)
{
	struct table *table;

	if (!w->review->votes.len && !w->report->data)
		return;
	if (!w->report->data)
		doc_heading(w->doc, 2, cell_message(N_("Votes and comments")));
	table = doc_table(w->doc, "events", NULL);
	table_column(table, "sequence", N_("#"), ALIGN_RIGHT, PRIORITY_HIGH);
	table_column(table, "verdict", N_("verdict"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "person", N_("person"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "roles", N_("roles"), ALIGN_LEFT, PRIORITY_LOW);
	table_column(table, "date", N_("date"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "comment", N_("comment"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "counts", N_("counts"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "why_not", N_("why not"), ALIGN_LEFT, PRIORITY_HIGH);
	for (size_t i = 0; i < w->review->votes.len; i++)
		add_event(w, table, vec_at(&w->review->votes, i));
}

void change_document(struct doc *doc, const struct change_report *report)
{
	struct change_writer w = { report, report->review, doc, &doc->arena };
	const struct record *change = report->review->request.change;

	doc->units = report->review->request.after->units;
	if (!report->data)
		doc_heading(doc, 1, cell_ref(&doc->arena, change->id, record_title(change)));
	add_summary(&w);
	change_alterations(&w);
	add_rules(&w);
	add_events(&w);
	change_impact(&w);
}
