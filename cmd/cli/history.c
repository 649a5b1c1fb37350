#include "cmd/cli/history.h"

#include "cmd/cli/noun.h"
#include "cmd/cli/revision.h"
#include "report/history.h"

#include <string.h>

int history_begin(struct history_run *run, struct context *context, struct err *err)
{
	struct repository *repository;
	struct revision at;
	struct strbuf text;
	struct slice folder;
	int status = 0;

	*run = (struct history_run){ .context = context };
	arena_init(&run->arena);
	arena_init(&run->scratch);
	vec_init(&run->entries, sizeof(struct history_entry));
	strvec_init(&run->unknown);
	repository = revision_repository(context, &folder, err);
	if (!repository)
		return err->code;
	run->query.walk.repository = repository;
	run->query.walk.folder = arena_strndup(&run->arena, folder.at, folder.len);
	run->query.walk.uncommitted = !context->global.at;
	strbuf_init(&text);
	if (context->global.at) {
		status = repository_resolve(repository, context->global.at, &at, err);
		if (status == 0)
			status = repository_find_project(repository, &at, run->query.walk.folder, &text, err);
		if (status == 0)
			run->query.walk.folder = arena_strdup(&run->arena, text.buf);
		run->query.walk.from = arena_strdup(&run->arena, at.id);
	}
	strbuf_reset(&text);
	/* A cache that cannot be kept costs time, nothing else. */
	if (status == 0 && repository_state_folder(repository, true, &text, NULL) == 0) {
		strbuf_add_str(&text, "/cache");
		if (file_make_folders(text.buf, NULL) == 0)
			run->query.walk.cache = arena_strdup(&run->arena, text.buf);
	}
	strbuf_release(&text);
	return status;
}

void history_end(struct history_run *run)
{
	vec_release(&run->entries);
	strvec_release(&run->unknown);
	arena_release(&run->scratch);
	arena_release(&run->arena);
}

struct record *history_resolve(const struct project *project, const char *word)
{
	const struct kind *task = kind_find(slice_of("task"));
	struct slice text = slice_of(word);
	size_t blank = slice_find(text, ' ');
	const struct kind *named = kind_find(slice_new(text.at, blank));
	struct record *record = NULL;

	if (named && blank < text.len)
		return project_resolve(project, named, slice_trim(slice_from(text, blank)), false, NULL);
	if (named && (named->flags & KIND_SINGLE) && project_count(project, named))
		return project_at(project, named, 0);
	record = project_find(project, task, text);
	for (size_t i = 0; i < kinds_count && !record; i++)
		if (!(kinds_all[i]->flags & (KIND_SINGLE | KIND_JOURNAL)))
			record = project_find(project, kinds_all[i], text);
	return record ? record : project_resolve(project, task, text, false, NULL);
}

static bool keep_record(void *context, const struct kind *kind, struct slice id)
{
	struct history_run *run = context;
	const struct project *project = &run->context->project;
	struct record *record = id.len                         ? project_find(project, kind, id)
				: project_count(project, kind) ? project_at(project, kind, 0)
							       : NULL;
	bool holds = record && condition_holds(run->condition, record, &run->scope, &run->scratch);

	arena_reset(&run->scratch);
	return holds;
}

/* "status=doing", "title:x", "@mine", a condition in full: what is no id. */
bool history_is_condition(const char *word)
{
	return word[0] == '@' || strpbrk(word, "=<>:!(") != NULL || strchr(word, ' ');
}

static int choose_records(
	struct history_run *run, const struct kind *kind, const struct strvec *words, struct err *err)
{
	struct context *context = run->context;
	struct history_id *ids = arena_calloc(&run->arena, words->len + 1, sizeof(*ids));
	struct strvec conditions;
	int status = 0;

	strvec_init(&conditions);
	for (size_t i = 0; i < words->len; i++) {
		const char *word = words->items[i];
		struct record *record;

		if (history_is_condition(word)) {
			strvec_push(&conditions, word);
			continue;
		}
		record = kind ? project_resolve(&context->project, kind, slice_of(word), false, NULL)
			      : history_resolve(&context->project, word);
		if (!record)
			strvec_push(&run->unknown, word);
		ids[run->query.id_count++] =
			record ? (struct history_id){ record->kind, record->id }
			       : (struct history_id){ kind, slice_of(arena_strdup(&run->arena, word)) };
	}
	run->query.ids = ids;
	if (conditions.len) {
		status = context_condition(context, kind, &conditions, &run->condition, err);
		run->scope = context_scope(context);
		run->query.wanted = keep_record;
		run->query.context = run;
	}
	strvec_release(&conditions);
	return status;
}

/* A resource's id, its e-mail address or title, or the name a commit has. */
static void choose_person(struct history_run *run, const char *word)
{
	struct context *context = run->context;
	struct slice id = strcmp(word, "@me") == 0 ? context_me(context) : slice_of(word);
	struct record *person = project_find(&context->project, kind_find(slice_of("resource")), id);
	struct slice *people = arena_calloc(&run->arena, 3, sizeof(*people)), email, title;

	people[run->query.person_count++] = slice_of(arena_strndup(&run->arena, id.at ? id.at : "", id.len));
	email = person ? record_text_or(person, "email") : slice_new(NULL, 0);
	title = person ? record_title(person) : slice_new(NULL, 0);
	if (email.len)
		people[run->query.person_count++] = email;
	if (title.len)
		people[run->query.person_count++] = title;
	run->query.people = people;
}

static int choose_time(struct history_run *run, const struct history_options *options, struct err *err)
{
	static const struct field since = { .name = "--since", .type = TYPE_DATETIME },
				  until = { .name = "--until", .type = TYPE_DATETIME };
	int status = 0;

	if (options->since &&
		context_read_moment(run->context, &since, options->since, &run->query.walk.since, err) < 0)
		return err->code;
	if (options->until)
		status = context_read_moment(run->context, &until, options->until, &run->query.walk.until, err);
	/* A day counts to its end. */
	if (options->until && status == 0)
		run->query.walk.until += MINUTES_PER_DAY - 1;
	if (options->since || options->until)
		run->query.walk.uncommitted = run->query.walk.uncommitted && !options->until;
	return status < 0 ? status : 0;
}

int history_kind(const char *word, const struct kind **out, struct err *err)
{
	const struct kind *kind = word ? kind_find(slice_of(word)) : NULL, *nearest;

	if (word)
		*out = kind;
	if (!word || kind)
		return 0;
	nearest = kind_nearest(slice_of(word));
	err_set(err, ERR_USAGE, _("there is no kind '%s'"), word);
	if (nearest)
		err_hint(err, _("did you mean '%s'?"), nearest->name);
	return ERR_USAGE;
}

/* Has any of the kinds (NULL: all) the field? Custom fields and the dates of journals always may be there. */
int history_check_field(const struct kind *kind, const char *field, struct err *err)
{
	const char *nearest = NULL;

	if (!field || strncmp(field, "x_", 2) == 0 || (*field >= '0' && *field <= '9'))
		return 0;
	for (size_t i = 0; i < kinds_count; i++) {
		if (kind && kinds_all[i] != kind)
			continue;
		if (kind_field_find(kinds_all[i], slice_of(field)) < FIELD_CUSTOM)
			return 0;
		if (!nearest)
			nearest = kind_field_nearest(kinds_all[i], slice_of(field));
	}
	err_set(err, ERR_USAGE, _("there is no field '%s'"), field);
	if (nearest)
		err_hint(err, _("did you mean '%s'?"), nearest);
	return ERR_USAGE;
}

int history_choose(struct history_run *run, const struct history_options *options, const struct kind *kind,
	const struct strvec *words, struct err *err)
{
	int status = history_kind(options->kind, &kind, err);

	if (status == 0)
		status = history_check_field(kind, options->field, err);
	if (status < 0)
		return status;
	run->query.kind = kind;
	run->query.field = options->field;
	if (options->person)
		choose_person(run, options->person);
	status = choose_time(run, options, err);
	if (status == 0)
		status = choose_records(run, kind, words, err);
	return status;
}

/* A word that names nothing in the project must name something that was there once. */
static int check_unknown(struct history_run *run, struct err *err)
{
	const struct history_entry *entries = run->entries.items;

	for (size_t i = 0; i < run->unknown.len; i++) {
		const char *word = run->unknown.items[i];
		struct record *record;
		bool was_there = false;

		for (size_t e = 0; e < run->entries.len && !was_there; e++)
			for (size_t c = 0; c < entries[e].commit.change_count && !was_there; c++)
				was_there = slice_is(entries[e].commit.changes[c].id, word) ||
					    slice_is(entries[e].commit.changes[c].before, word);
		if (was_there)
			continue;
		return noun_resolve(run->context, run->query.kind ? run->query.kind : kind_find(slice_of("task")),
			word, &record, err);
	}
	return 0;
}

int history_read(struct history_run *run, struct err *err)
{
	const struct history_walk *walk = &run->query.walk;
	int status = history_log(&run->query, &run->arena, &run->entries, &run->cut, err);

	if (status == 0 && run->cut)
		context_note(run->context, "%s",
			_("history incomplete: this clone is shallow; 'git fetch --unshallow' gets the rest"));
	/* What a limit or a choice has cut off may have had the rest. */
	if (status == 0 && !walk->since && !walk->until && !run->query.limit && !run->query.commit_limit &&
		!run->query.person_count && !run->query.field && !run->condition && !run->cut)
		status = check_unknown(run, err);
	return status;
}

int history_emit(struct history_run *run, struct err *err)
{
	struct history_report report = { .project = &run->context->project, .data = context_wants_data(run->context) };
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.log/1");
	doc.units = run->context->project.units;
	history_log_document(&doc, &report, &run->entries);
	status = context_emit(run->context, &doc, err);
	doc_release(&doc);
	return status;
}
