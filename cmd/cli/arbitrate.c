#include "cmd/cli/arbitrate.h"

#include "cmd/cli/change.h"
#include "cmd/cli/revision.h"
#include "register/value.h"
#include "report/requirement.h"

#include <string.h>

const struct option_spec arbitrate_specs[] = {
	{ 0, "by", OPTION_TEXT, offsetof(struct arbitrate_options, by), N_("PEOPLE"), N_("Who decided (default: you)") },
	{ 0, "title", OPTION_TEXT, offsetof(struct arbitrate_options, title), N_("TEXT"),
		N_("Title of the decision (default: the ruling's first line)") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct arbitrate_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct arbitrate_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

static bool has_status(const struct record *record, const char *words)
{
	return word_index(words, record_text_or(record, "status")) >= 0;
}

/* Nobody has begun it yet, or has to. */
static bool is_open(struct context *context, const struct record *record)
{
	const char *kind = record->kind->name;
	const struct field *state = kind_field_named(record->kind, "state");
	struct query_scope scope = context_scope(context);
	struct arena scratch;
	struct value value;
	bool closed;

	if (strcmp(kind, "requirement") == 0)
		return has_status(record, "proposed|analysed|approved");
	if (strcmp(kind, "issue") == 0)
		return slice_is(record_text_or(record, "type"), "vulnerability") && has_status(record, "open|doing|blocked");
	arena_init(&scratch);
	closed = query_value(&scope, record, state, &scratch, &value) &&
		word_index("rejected|withdrawn|merged|closed", value.as.text) >= 0;
	arena_release(&scratch);
	return !closed;
}

static const char *const kinds[] = { "issue", "requirement", "change" };

/* What the words of the command line ask for: of these ids, what meets the condition that each kind makes of the other words. */
struct choice {
	struct vec ids; /* const struct record * */
	struct condition *conditions[ARRAY_SIZE(kinds)]; /* NULL: no words but ids */
	bool never[ARRAY_SIZE(kinds)];                   /* the kind has not the fields that are asked about */
};

static struct record *find_any(struct context *context, const char *id)
{
	struct record *record = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(kinds) && !record; i++)
		record = project_find(&context->project, kind_find(slice_of(kinds[i])), slice_of(id));
	return record;
}

/* A condition that no kind understands is the one on requirements that is told to be wrong. */
static int read_conditions(struct context *context, struct choice *choice, const struct strvec *words, struct err *err)
{
	size_t understood = 0;
	struct err trouble;

	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
		err_init_like(&trouble, err);
		choice->never[i] = context_condition_plain(context, kind_find(slice_of(kinds[i])), words, &choice->conditions[i], &trouble) < 0;
		understood += !choice->never[i];
		err_release(&trouble);
	}
	return understood ? 0 : context_condition_plain(context, kind_find(slice_of("requirement")), words, &choice->conditions[1], err);
}

static int choice_read(struct context *context, struct choice *choice, const struct strvec *words, struct err *err)
{
	struct strvec rest;
	int status;

	*choice = (struct choice){ .never = { false } };
	vec_init(&choice->ids, sizeof(struct record *));
	strvec_init(&rest);
	for (size_t i = 0; i < words->len; i++) {
		struct record *record = find_any(context, words->items[i]);

		if (record)
			vec_append(&choice->ids, &record);
		else
			strvec_push(&rest, words->items[i]);
	}
	status = read_conditions(context, choice, &rest, err);
	strvec_release(&rest);
	return status;
}

static bool is_chosen(const struct choice *choice, size_t kind, const struct record *record, const struct query_scope *scope,
	struct arena *scratch)
{
	struct record *const *ids = choice->ids.items;
	bool named = choice->ids.len == 0;

	for (size_t i = 0; i < choice->ids.len && !named; i++)
		named = ids[i] == record;
	return named && !choice->never[kind] &&
		(!choice->conditions[kind] || condition_holds(choice->conditions[kind], record, scope, scratch));
}

/* What waits to be ruled on. */
static void collect(struct context *context, const struct choice *choice, struct vec *out)
{
	struct query_scope scope = context_scope(context);
	date_t today = moment_date(context->now);
	struct record *record;
	struct arena scratch;

	arena_init(&scratch);
	for (size_t i = 0; i < ARRAY_SIZE(kinds); i++)
		FOREACH_RECORD(&context->project, kind_find(slice_of(kinds[i])), record) {
			if ((!choice || is_chosen(choice, i, record, &scope, &scratch)) && is_open(context, record))
				candidate_read(vec_push(out), &context->project, record, today);
			arena_reset(&scratch);
		}
	arena_release(&scratch);
	candidates_rank(out);
}

int arbitrate_rank(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct change_register *changes;
	struct condition *ignored;
	struct choice choice = { .never = { false } };
	struct vec ranked;
	struct doc doc;
	int status;

	(void)options;
	vec_init(&ranked, sizeof(struct candidate));
	doc_init(&doc, "pmt.requirement.rank/1");
	status = change_register_open(&changes, context, true, err);
	if (status == 0)
		status = choice_read(context, &choice, words, err);
	if (status == 0)
		collect(context, &choice, &ranked);
	/* Nothing: perhaps a slip of the hand, which this tells. */
	if (status == 0 && words->len && ranked.len == 0 && choice.ids.len == 0 && !choice.never[1])
		status = context_condition(context, kind_find(slice_of("requirement")), words, &ignored, err);
	if (status == 0) {
		requirement_ranking(&doc, &context->project, &ranked);
		status = context_emit(context, &doc, err);
	}
	doc_release(&doc);
	vec_release(&choice.ids);
	vec_release(&ranked);
	change_register_close(changes);
	return status;
}

/* A requirement, a change or a vulnerability by its id. */
static int find_candidate(struct context *context, const char *word, struct vec *out, struct err *err)
{
	struct record *record = NULL;

	for (size_t i = 0; i < ARRAY_SIZE(kinds) && !record; i++)
		record = project_resolve(&context->project, kind_find(slice_of(kinds[i])), slice_of(word), false, NULL);
	if (!record) {
		err_set(err, ERR_USAGE, _("there is no requirement, change or issue '%s'"), word);
		err_hint(err, "%s", _("'pmt requirement rank' lists what waits to be ruled on"));
		return ERR_USAGE;
	}
	candidate_read(vec_push(out), &context->project, record, moment_date(context->now));
	return 0;
}

/* "1. REQ-14 出院结算: value 9, cost 80000 CNY, ROI 125%" a line. */
static void add_option(struct context *context, struct strbuf *out, size_t rank, const struct candidate *c)
{
	struct slice title = record_title(c->record);

	strbuf_addf(out, "%s%zu. %.*s %.*s", out->len ? "\n" : "", rank, (int)c->record->id.len, c->record->id.at,
		(int)title.len, title.at);
	if (c->value != DECIMAL_NONE) {
		strbuf_addf(out, "; %s ", _("value"));
		decimal_print(out, c->value, 0);
	}
	if (c->cost != DECIMAL_NONE) {
		strbuf_addf(out, "; %s ", _("cost"));
		decimal_print(out, c->cost, 0);
		strbuf_addf(out, " %s", context->project.units.currency);
	}
	if (c->roi != DECIMAL_NONE) {
		strbuf_addf(out, "; ROI ");
		decimal_print(out, decimal_scale(c->roi, 1, 10000) * 10000, 0);
		strbuf_add_char(out, '%');
	}
	if (c->due != DATE_NONE) {
		char date[CIVIL_TEXT];

		strbuf_addf(out, "; %s %s", _("due"), date_print(c->due, date));
	}
}

static void set(struct vec *assignments, const char *key, struct slice value)
{
	struct assignment *assignment = vec_push(assignments);

	*assignment = (struct assignment){ slice_of(key), value, EDIT_SET };
}

/* Who is me when the user is nobody of the project: the field is left out. */
static void set_people(struct context *context, const struct arbitrate_options *o, struct vec *assignments)
{
	struct slice me = o->by ? slice_of(o->by) : context_me(context);

	if (me.len)
		set(assignments, "decided_by", me);
}

/* The one change among them, if it is one alone. */
static const struct record *only_change(const struct vec *ranked)
{
	const struct candidate *c = ranked->items;
	const struct record *found = NULL;

	for (size_t i = 0; i < ranked->len; i++)
		if (strcmp(c[i].record->kind->name, "change") == 0) {
			if (found)
				return NULL;
			found = c[i].record;
		}
	return found;
}

static int write_ruling(struct context *context, const struct arbitrate_options *o, struct slice ruling,
	const struct vec *ranked, struct err *err)
{
	const struct kind *decisions = kind_find(slice_of("decision"));
	struct slice title = o->title ? slice_of(o->title) : slice_new(ruling.at, slice_find(ruling, '\n'));
	const struct record *change_record = only_change(ranked);
	struct strbuf options, id;
	struct vec assignments;
	struct change change;
	char today[CIVIL_TEXT];
	int status;

	change_begin(&change, context, &o->change);
	strbuf_init(&options);
	strbuf_init(&id);
	vec_init(&assignments, sizeof(struct assignment));
	for (size_t i = 0; i < ranked->len; i++)
		add_option(context, &options, i + 1, vec_at(ranked, i));
	set(&assignments, "title", title);
	set(&assignments, "context", slice_of(_("Arbitration by value: ranked by urgency, return on investment, value and cost")));
	set(&assignments, "options", strbuf_slice(&options));
	set(&assignments, "decision", ruling);
	set_people(context, o, &assignments);
	set(&assignments, "decided", slice_of(date_print(moment_date(context->now), today)));
	if (change_record)
		set(&assignments, "change", change_record->id);
	status = edit_next_id(&context->project, decisions, revision_high_water(context, decisions), &id, err);
	if (status == 0)
		status = edit_add(&change.edit, decisions, strbuf_slice(&id), assignments.items, assignments.len, NULL, err);
	strbuf_addf(&change.message, "decision: %s %.*s", id.buf, (int)title.len, title.at);
	status = change_end(&change, status, err);
	if (status == 0 && !o->change.dry_run)
		context_note(context, _("kept as %s"), id.buf);
	vec_release(&assignments);
	strbuf_release(&id);
	strbuf_release(&options);
	return status;
}

enum { OPTIONS_KEPT = 10 };

int arbitrate(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct change_register *changes = NULL;
	struct vec ranked;
	int status = 0;

	if (words->len == 0 || !slice_trim(slice_of(words->items[0])).len)
		return err_set(err, ERR_USAGE, "%s",
			_("'pmt requirement arbitrate' takes the ruling in words, and the ids it is about"));
	vec_init(&ranked, sizeof(struct candidate));
	for (size_t i = 1; i < words->len && status == 0; i++)
		status = find_candidate(context, words->items[i], &ranked, err);
	if (words->len == 1 && (status = change_register_open(&changes, context, false, err)) == 0) {
		collect(context, NULL, &ranked);
		ranked.len = ranked.len > OPTIONS_KEPT ? OPTIONS_KEPT : ranked.len;
	}
	candidates_rank(&ranked);
	if (status == 0)
		status = write_ruling(context, options, slice_trim(slice_of(words->items[0])), &ranked, err);
	if (changes)
		change_register_close(changes);
	vec_release(&ranked);
	return status;
}
