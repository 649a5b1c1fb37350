#include "cmd/cli/scenario.h"

#include "base/alloc.h"
#include "cmd/cli/revision.h"

#include <stdlib.h>
#include <string.h>

void scenario_init(struct scenario *s, struct context *context)
{
	*s = (struct scenario){ .context = context, .source = source_patch_new(context->source), .project = &context->project };
	diagnostics_init(&s->loading);
	diagnostics_init(&s->found);
	arena_init(&s->arena);
}

static void drop_project(struct scenario *s)
{
	if (s->project == &s->context->project)
		return;
	project_release(s->project);
	free(s->project);
	s->project = NULL;
}

static void close_edit(struct scenario *s)
{
	if (s->is_open)
		edit_release(&s->edit);
	s->is_open = false;
}

void scenario_release(struct scenario *s)
{
	close_edit(s);
	if (s->project)
		drop_project(s);
	source_free(s->source);
	diagnostics_release(&s->loading);
	diagnostics_release(&s->found);
	arena_release(&s->arena);
}

/* --- settling --- */

struct keeping {
	struct scenario *scenario;
	struct err *err;
	int status;
};

/* Files of an overlay are read from their own folder: they cannot be laid over. */
static void keep_file(void *context, const char *path, struct slice before, struct slice after)
{
	struct keeping *k = context;
	const struct project_file *files = k->scenario->project->files.items;
	size_t file = project_file_find(k->scenario->project, path);

	(void)before;
	if (file != SIZE_MAX && files[file].overlay)
		k->status = err_set(k->err, ERR_USAGE, _("%s belongs to the overlay: a scenario cannot change it"), path);
	else
		source_patch_set(k->scenario->source, path, after);
}

int scenario_settle(struct scenario *s, struct err *err)
{
	struct keeping keeping = { s, err, 0 };
	struct project *next;

	if (!s->is_open)
		return 0;
	edit_each_file(&s->edit, keep_file, &keeping);
	close_edit(s);
	if (keeping.status < 0)
		return keeping.status;
	diagnostics_release(&s->loading);
	diagnostics_init(&s->loading);
	next = xcalloc(1, sizeof(*next));
	keeping.status = project_load(next, s->source, 0, &s->loading, err);
	drop_project(s);
	s->project = next;
	return keeping.status;
}

static void open_edit(struct scenario *s)
{
	struct value_context values = { .units = &s->project->units, .words = true, .now = s->context->now };

	if (!s->is_open)
		edit_init(&s->edit, s->project, &values, &s->found);
	s->is_open = true;
}

/* --- reading an edit --- */

enum verb { VERB_SET, VERB_ADD, VERB_RM };

struct reading {
	struct scenario *scenario;
	enum verb verb;
	const struct kind *kind; /* NULL: not said */
	struct strvec words;     /* in front of the first assignment */
	struct vec assignments;
};

static bool next_token(struct slice *rest, struct slice *token)
{
	while (slice_next(rest, " \t", token))
		if (token->len)
			return true;
	return false;
}

/* Does a token begin an assignment? Inside a value only a field's name does. */
static bool begins_assignment(const struct reading *r, struct slice token)
{
	struct slice key = slice_new(token.at, slice_find(token, '='));
	const struct kind *kind = r->kind ? r->kind : kind_find(slice_of("task"));
	char *word = arena_strndup(&r->scenario->arena, token.at, token.len);

	if (!noun_is_assignment(word))
		return false;
	if (key.len && (key.at[key.len - 1] == '+' || key.at[key.len - 1] == '-'))
		key.len--;
	return r->assignments.len == 0 || kind_field_find(kind, key) != FIELD_UNKNOWN;
}

static enum verb verb_named(struct slice word, bool *known)
{
	static const char *const names[] = { [VERB_SET] = "set", [VERB_ADD] = "add", [VERB_RM] = "rm" };

	*known = true;
	for (size_t i = 0; i < ARRAY_SIZE(names); i++)
		if (slice_is(word, names[i]))
			return (enum verb)i;
	*known = false;
	return VERB_SET;
}

/* "set", "add", "rm" and a kind, in either order, in front. Returns what follows. */
static struct slice read_verb(struct reading *r, struct slice text)
{
	struct slice rest = text, token;
	bool verb = false;

	for (int i = 0; i < 2; i++) {
		struct slice ahead = rest;
		bool known = false;

		if (!next_token(&ahead, &token))
			break;
		if (!verb)
			r->verb = verb_named(token, &known);
		verb |= known;
		if (!known && !r->kind) {
			r->kind = kind_find(token);
			known = r->kind != NULL;
		}
		if (!known)
			break;
		rest = ahead;
	}
	return rest;
}

static int read_words(struct reading *r, struct slice rest, struct err *err)
{
	struct slice token;
	int status = 0;

	while (status == 0 && next_token(&rest, &token)) {
		struct assignment *last;

		if (begins_assignment(r, token)) {
			status = assignment_parse(vec_push(&r->assignments), token, err);
			continue;
		}
		if (r->assignments.len == 0) {
			strvec_push_slice(&r->words, token);
			continue;
		}
		last = vec_at(&r->assignments, r->assignments.len - 1);
		last->value = slice_new(last->value.at, (size_t)(token.at + token.len - last->value.at));
	}
	return status;
}

/* Without a kind: a task, else the only record of any kind with this id. */
static int find_record(struct reading *r, const char *word, struct record **out, struct err *err)
{
	const struct project *project = r->scenario->project;
	const struct kind *task = kind_find(slice_of("task"));
	struct record *only = NULL;

	if (r->kind)
		return noun_resolve_in(project, r->kind, word, out, err);
	*out = project_find(project, task, slice_of(word));
	for (size_t i = 0; i < kinds_count && !*out; i++) {
		struct record *record = kinds_all[i]->flags & KIND_JOURNAL ? NULL : project_find(project, kinds_all[i], slice_of(word));

		if (record && only)
			return noun_resolve_in(project, task, word, out, err);
		only = record ? record : only;
	}
	if (!*out)
		*out = only;
	return *out ? 0 : noun_resolve_in(project, task, word, out, err);
}

/* --- applying --- */

static int usage(struct err *err)
{
	err_set(err, ERR_USAGE, "%s", _("an edit names a record and what to set"));
	err_hint(err, "%s", _("such as \"T-12 effort=45d\", \"add task TITLE effort=5d depends=T-12\" or \"rm T-4\""));
	return ERR_USAGE;
}

static int apply_set(struct reading *r, struct err *err)
{
	struct scenario *s = r->scenario;
	bool single = r->kind && (r->kind->flags & KIND_SINGLE);
	int status = 0;

	if (r->assignments.len == 0 || (r->words.len == 0 && !single))
		return usage(err);
	if (single && r->words.len == 0)
		strvec_push(&r->words, "");
	for (size_t i = 0; i < r->words.len && status == 0; i++) {
		struct record *record;

		status = find_record(r, r->words.items[i], &record, err);
		if (status == 0)
			status = edit_set(&s->edit, record, r->assignments.items, r->assignments.len, err);
	}
	return status;
}

static int new_id(struct reading *r, struct strbuf *id, size_t *title, struct err *err)
{
	const struct kind *kind = r->kind;

	*title = 0;
	if (kind->flags & KIND_SINGLE)
		return 0;
	if (!(kind->flags & KIND_NAMED))
		return edit_next_id(r->scenario->project, kind, revision_high_water(r->scenario->context, kind), id, err);
	if (r->words.len == 0)
		return err_set(err, ERR_USAGE, _("a new %s needs a name"), _(kind->name));
	strbuf_add_str(id, r->words.items[0]);
	*title = 1;
	return 0;
}

static int apply_add(struct reading *r, struct err *err)
{
	struct strbuf id, title;
	size_t from;
	int status;

	if (!r->kind)
		r->kind = kind_find(slice_of("task"));
	strbuf_init(&id);
	strbuf_init(&title);
	status = new_id(r, &id, &from, err);
	for (size_t i = from; status == 0 && i < r->words.len; i++)
		strbuf_addf(&title, "%s%s", i > from ? " " : "", r->words.items[i]);
	if (title.len)
		vec_append(&r->assignments, &(struct assignment){ slice_of("title"), strbuf_slice(&title), EDIT_SET });
	if (status == 0)
		status = edit_add(&r->scenario->edit, r->kind, strbuf_slice(&id), r->assignments.items, r->assignments.len, NULL, err);
	strbuf_release(&id);
	strbuf_release(&title);
	return status;
}

/* References to what is removed go with it: a scenario asks what would be without it. */
static int apply_rm(struct reading *r, struct err *err)
{
	struct vec records;
	int status = r->words.len && !r->assignments.len ? 0 : usage(err);

	vec_init(&records, sizeof(struct record *));
	for (size_t i = 0; i < r->words.len && status == 0; i++) {
		struct record *record, **all = records.items;
		bool twice = false;

		status = find_record(r, r->words.items[i], &record, err);
		for (size_t k = 0; status == 0 && k < records.len; k++)
			twice |= all[k] == record;
		if (status == 0 && !twice)
			vec_append(&records, &record);
	}
	if (status == 0)
		status = edit_remove_all(&r->scenario->edit, (const struct record *const *)records.items, records.len, true, err);
	vec_release(&records);
	return status;
}

static int apply(struct reading *r, struct err *err)
{
	int status = 0;

	/* Only changes of fields can wait for one another: what was added or removed must be seen by the next edit. */
	if (r->verb != VERB_SET)
		status = scenario_settle(r->scenario, err);
	if (status < 0)
		return status;
	open_edit(r->scenario);
	status = r->verb == VERB_ADD ? apply_add(r, err) : r->verb == VERB_RM ? apply_rm(r, err) : apply_set(r, err);
	if (status == 0 && r->verb != VERB_SET)
		status = scenario_settle(r->scenario, err);
	return status;
}

int scenario_apply(struct scenario *s, const char *text, struct err *err)
{
	struct reading r = { .scenario = s };
	struct slice rest = arena_slice(&s->arena, slice_trim(slice_of(text)));
	int status;

	strvec_init(&r.words);
	vec_init(&r.assignments, sizeof(struct assignment));
	rest = read_verb(&r, rest);
	status = read_words(&r, rest, err);
	if (status == 0)
		status = apply(&r, err);
	if (s->found.errors) {
		context_report(s->context, &s->found);
		if (!err->message)
			err_set(err, ERR_USAGE, "%s", _("this edit cannot be made"));
		err->code = ERR_USAGE;
		status = ERR_USAGE;
	}
	if (status < 0)
		err_context(err, "\"%s\"", text);
	strvec_release(&r.words);
	vec_release(&r.assignments);
	return status;
}

/* --- edits from words and files --- */

/* An edit that so far only names a verb, a kind or ids, in words without blanks. */
static bool goes_on(const char *edit, const char *argument)
{
	return !strchr(edit, '=') && !strpbrk(argument, " \t") && strchr(edit, '\n') == NULL;
}

void scenario_split(const struct strvec *arguments, struct strvec *edits)
{
	bool open = false; /* the last edit was given in single words */

	for (size_t i = 0; i < arguments->len; i++) {
		const char *argument = arguments->items[i];
		bool plain = !strpbrk(argument, " \t");
		char *last = edits->len ? edits->items[edits->len - 1] : NULL;

		if (last && (noun_is_assignment(argument) || (open && goes_on(last, argument)))) {
			struct strbuf joined;

			strbuf_init(&joined);
			strbuf_addf(&joined, "%s %s", last, argument);
			strvec_remove(edits, edits->len - 1);
			strvec_take(edits, strbuf_detach(&joined));
			continue;
		}
		strvec_push(edits, argument);
		open = plain;
	}
}

int scenario_read(const char *path, struct strvec *edits, struct err *err)
{
	struct strbuf text;
	struct slice rest, line;
	int status;

	strbuf_init(&text);
	status = file_read(&text, path, err);
	rest = strbuf_slice(&text);
	if (status == 0 && memchr(text.buf, '\0', text.len))
		status = err_set(err, ERR_INPUT, _("'%s' holds a NUL byte: it is no text"), path);
	while (status == 0 && slice_next(&rest, "\n", &line))
		if (line.len && line.at[0] != '#' && line.at[0] != ';')
			strvec_push_slice(edits, line);
	strbuf_release(&text);
	return status;
}
