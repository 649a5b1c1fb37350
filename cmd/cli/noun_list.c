/* `pmt NOUN [CONDITION...]`: records as tables and data. */
#include "cmd/cli/noun_list-internal.h"

#include "base/utf8.h"
#include "plan/baseline.h"

#include <string.h>

void list_init(struct list *list, struct context *context, const struct list_options *options)
{
	memset(list, 0, sizeof(*list));
	list->context = context;
	list->kind = context->kind;
	list->options = options;
	arena_init(&list->arena);
	vec_init(&list->fields, sizeof(struct field *));
	vec_init(&list->sort, sizeof(struct sort_key));
	vec_init(&list->records, sizeof(struct record *));
	strvec_init(&list->customs);
	list->columns = options ? options->columns : NULL;
	list->sort_text = options ? options->sort : NULL;
	list->limit = options ? options->limit : 0;
}

void list_release(struct list *list)
{
	arena_release(&list->arena);
	vec_release(&list->fields);
	vec_release(&list->sort);
	vec_release(&list->records);
	strvec_release(&list->customs);
}

static void need_computed(void *context, const struct field *field)
{
	struct list *list = context;

	if (field->flags & FIELD_COMPUTED)
		list->must_plan = true;
}

/* "@mine": [view mine] of the project also says columns, order and limit, unless the command line does. */
static void take_view(struct list *list, const char *name)
{
	const struct kind *view_kind = kind_find(slice_of("view"));
	struct record *view = project_find(&list->context->project, view_kind, slice_of(name));
	struct slice field;
	struct value limit;

	if (!view)
		return;
	if (record_text(view, "columns", &field) && !list->columns)
		list->columns = arena_strndup(&list->arena, field.at, field.len);
	if (record_text(view, "sort", &field) && !list->sort_text)
		list->sort_text = arena_strndup(&list->arena, field.at, field.len);
	if (list->limit == 0 &&
		record_value(&list->context->project, view, kind_field_named(view_kind, "limit"), &list->arena, &limit))
		list->limit = limit.as.integer;
}

static int read_conditions(struct list *list, const struct strvec *words, struct err *err)
{
	int status;

	for (size_t i = 0; i < words->len; i++)
		if (words->items[i][0] == '@')
			take_view(list, words->items[i] + 1);
	status = context_condition(list->context, list->kind, words, &list->condition, err);
	if (status == 0 && list->condition)
		condition_needs(list->condition, need_computed, list);
	return status;
}

static int unknown_column(struct list *list, struct slice name, struct err *err)
{
	const char *nearest = kind_field_nearest(list->kind, name);

	err_set(err, ERR_USAGE, _("%s has no field '%.*s'"), _(list->kind->name), (int)name.len, name.at);
	if (nearest)
		err_hint(err, _("did you mean '%s'?"), nearest);
	else
		err_hint(err, _("'pmt help %s' lists its fields"), list->kind->name);
	return ERR_USAGE;
}

/* A field of the table, or a made-up one for the user's own x_… field. */
static const struct field *column_field(struct list *list, struct slice name)
{
	static const struct field id_field = { .name = "id", .type = TYPE_ID, .doc = "" };
	size_t index = kind_field_find(list->kind, name);
	struct field *custom;

	if (slice_is(name, "id"))
		return &id_field;
	if (index == FIELD_UNKNOWN)
		return NULL;
	if (index != FIELD_CUSTOM)
		return kind_field(list->kind, index);
	custom = arena_calloc(&list->arena, 1, sizeof(*custom));
	custom->name = arena_strndup(&list->arena, name.at, name.len);
	custom->type = TYPE_TEXT;
	custom->doc = "";
	return custom;
}

static int asked_columns(struct list *list, struct err *err)
{
	struct slice rest = slice_of(list->columns), name;

	while (slice_next(&rest, ",", &name)) {
		const struct field *field;
		if (name.len == 0 || slice_is(name, "id"))
			continue;
		field = column_field(list, name);
		if (!field)
			return unknown_column(list, name, err);
		if (field->flags & FIELD_COMPUTED)
			list->must_plan = true;
		vec_append(&list->fields, &field);
	}
	return 0;
}

static void collect_customs(struct list *list)
{
	struct record *record;

	FOREACH_RECORD(&list->context->project, list->kind, record)
		for (uint32_t i = 0; i < record->entry_count; i++)
			if (record->entries[i].field == FIELD_CUSTOM) {
				char *name = arena_strndup(&list->arena, record->entries[i].key.at,
					record->entries[i].key.len);
				if (!strvec_has(&list->customs, name))
					strvec_push(&list->customs, name);
			}
}

static bool own_field(const struct kind *kind, const struct field *field)
{
	return field >= kind->fields && field < kind->fields + kind->field_count;
}

/* Does any record of the list's kind have a value there? */
static bool has_values(struct list *list, const struct field *field)
{
	struct query_scope scope = context_scope(list->context);
	struct record *record;
	struct value value;

	FOREACH_RECORD(&list->context->project, list->kind, record)
		if (query_value(&scope, record, field, &list->arena, &value))
			return true;
	return false;
}

/* Tables show what the kind marks as columns; data holds every field. */
void list_default_columns(struct list *list)
{
	bool data = context_wants_data(list->context), journal = list->kind->flags & KIND_JOURNAL;
	size_t total = journal ? list->kind->field_count : kind_field_total(list->kind);
	const struct field *title = journal ? NULL : kind_field_named(list->kind, "title"), *field;

	/* A kind whose own table does not name a title still shows it, first. */
	if (!data && title && !own_field(list->kind, title))
		vec_append(&list->fields, &title);
	for (size_t i = 0; i < total; i++) {
		field = kind_field(list->kind, i);
		if (!data && !(field->flags & FIELD_COLUMN) && !(field == title && own_field(list->kind, title)))
			continue;
		if (!data && (field->flags & FIELD_SPARSE) && !has_values(list, field))
			continue;
		if (field->flags & FIELD_COMPUTED)
			list->wants_plan = true;
		vec_append(&list->fields, &field);
	}
	if (!data || journal)
		return;
	collect_customs(list);
	for (size_t i = 0; i < list->customs.len; i++) {
		field = column_field(list, slice_of(list->customs.items[i]));
		vec_append(&list->fields, &field);
	}
}

static int read_columns_and_sort(struct list *list, struct err *err)
{
	struct sort_key *keys;
	int status = 0;

	if (list->columns)
		status = asked_columns(list, err);
	else
		list_default_columns(list);
	/* Records with a file each stand in the order of the files' names. */
	if (!list->sort_text && list->kind->place && strstr(list->kind->place, "%s"))
		list->sort_text = "id";
	if (status == 0 && list->sort_text)
		status = sort_parse(&list->sort, slice_of(list->sort_text), list->kind, err);
	keys = list->sort.items;
	for (size_t i = 0; i < list->sort.len; i++)
		need_computed(list, keys[i].field);
	return status;
}

/*
 * Computed fields of tasks come from the schedule. When it was asked for by name, a plan that cannot be computed is
 * the answer (exit 3); a plain list goes on without the dates and says so.
 */
int list_prepare_computed(struct list *list, struct err *err)
{
	struct context *context = list->context;
	struct err trouble;
	int status;

	if (strcmp(list->kind->name, "task") != 0 || !(list->wants_plan || list->must_plan))
		return 0;
	if (list->must_plan && context->found.errors)
		return context_prepare_plan(context, err);
	context_err_init(&trouble);
	status = context_plan(context, list->must_plan ? err : &trouble);
	if (status < 0 && list->must_plan) {
		context_report(context, &context->found);
		return status;
	}
	if (status < 0)
		context_note(context, _("no dates: %s"), trouble.message ? trouble.message : "?");
	err_release(&trouble);
	return 0;
}

/* A journal's lines are what is listed, not its sections. */
void list_add(struct list *list, struct record *record, struct vec *out)
{
	if (list->kind->flags & KIND_JOURNAL)
		journal_records(&list->context->project, record, &list->arena, out);
	else
		vec_append(out, &record);
}

static void select_records(struct list *list)
{
	struct query_scope scope = context_scope(list->context);
	struct record **records, *record;
	struct arena scratch;
	size_t kept = 0;

	arena_init(&scratch);
	FOREACH_RECORD(&list->context->project, list->kind, record)
		list_add(list, record, &list->records);
	records = list->records.items;
	for (size_t i = 0; i < list->records.len; i++) {
		if (!list->condition || condition_holds(list->condition, records[i], &scope, &scratch))
			records[kept++] = records[i];
		arena_reset(&scratch);
	}
	list->records.len = kept;
	if (list->sort.len)
		query_sort(&list->records, &list->sort, &scope, &scratch);
	if (list->limit > 0 && (size_t)list->limit < list->records.len)
		list->records.len = (size_t)list->limit;
	arena_release(&scratch);
}

static enum align field_align(const struct field *field)
{
	switch (field->type) {
	case TYPE_DURATION:
	case TYPE_EFFORT:
	case TYPE_PERCENT:
	case TYPE_NUMBER:
	case TYPE_INTEGER:
	case TYPE_MONEY: return ALIGN_RIGHT;
	default: return ALIGN_LEFT;
	}
}

/* A narrow terminal keeps what was asked for, titles and dates; then the first few columns of the kind. */
static enum priority field_priority(const struct list *list, size_t at)
{
	const struct field *field = ((const struct field **)list->fields.items)[at];
	bool dates = (field->flags & FIELD_COMPUTED) &&
		(strcmp(field->name, "start") == 0 || strcmp(field->name, "finish") == 0);

	if (strcmp(field->name, "title") == 0 || dates)
		return PRIORITY_MUST;
	return list->columns || at < 4 ? PRIORITY_HIGH : PRIORITY_LOW;
}

static void add_columns(struct list *list, struct doc *doc, struct table *table)
{
	const struct field **fields = list->fields.items;
	bool single = (list->kind->flags & KIND_SINGLE) != 0;
	struct column *column;

	table_column(table, "kind", NULL, ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "id", N_("id"), ALIGN_LEFT, single ? PRIORITY_DATA : PRIORITY_MUST);
	for (size_t i = 0; i < list->fields.len; i++) {
		bool title = strcmp(fields[i]->name, "title") == 0;
		column = table_column(table, fields[i]->name, noun_label(&doc->arena, fields[i]), field_align(fields[i]),
			field_priority(list, i));
		column->grow = title || fields[i]->type == TYPE_TEXT;
		column->optional = !list->columns && !(fields[i]->flags & FIELD_COMPUTED);
		column->tree = title && strcmp(list->kind->name, "task") == 0 && !list->sort.len &&
			!list->condition;
	}
}

static int depth_of(struct list *list, const struct record *record)
{
	struct slice parent;
	int depth = 0;

	if (strcmp(list->kind->name, "task") != 0)
		return 0;
	while (record && depth < 64 && record_text(record, "parent", &parent)) {
		record = project_find(&list->context->project, list->kind, parent);
		depth++;
	}
	return depth;
}

/* The rows of one table: some of the list's records. */
struct rows {
	struct list *list;
	size_t from;
};

static void make_row(void *context, size_t index, struct arena *arena, struct row *row)
{
	const struct rows *rows = context;
	struct list *list = rows->list;
	const struct field **fields = list->fields.items;
	const struct record *record = ((struct record **)list->records.items)[rows->from + index];

	row->depth = depth_of(list, record);
	row->cells[0] = cell_word(arena, slice_of(record->kind->name));
	row->cells[1] = cell_ref(arena, record->id, slice_new(NULL, 0));
	for (size_t i = 0; i < list->fields.len; i++)
		row->cells[i + 2] = noun_cell(list->context, record, fields[i], arena);
}

static void add_table(struct list *list, struct doc *doc, size_t from, size_t to)
{
	struct table *table = doc_table(doc, "records", NULL);
	struct rows *rows = arena_calloc(&doc->arena, 1, sizeof(*rows));

	*rows = (struct rows){ list, from };
	table->empty = N_("nothing to show");
	add_columns(list, doc, table);
	table_make_rows(table, to - from, make_row, rows);
}

/* The records of a group share one text of the group's field. */
static struct slice group_text(struct list *list, const struct field *field, const struct record *record)
{
	struct query_scope scope = context_scope(list->context);
	struct strbuf text;
	struct value value;
	struct slice out = { NULL, 0 };

	if (!query_value(&scope, record, field, &list->arena, &value))
		return out;
	strbuf_init(&text);
	value_print(&value, &list->context->project.units, &text);
	out = arena_slice(&list->arena, strbuf_slice(&text));
	strbuf_release(&text);
	return out;
}

static int add_groups(struct list *list, struct doc *doc, struct err *err)
{
	const struct field *field = column_field(list, slice_of(list->options->group));
	struct record **records;
	struct sort_key key = { field, false };
	struct query_scope scope = context_scope(list->context);
	struct vec keys;
	size_t from = 0, to;

	if (!field)
		return unknown_column(list, slice_of(list->options->group), err);
	vec_init(&keys, sizeof(struct sort_key));
	vec_append(&keys, &key);
	query_sort(&list->records, &keys, &scope, &list->arena);
	vec_release(&keys);
	records = list->records.items;
	for (; from < list->records.len; from = to) {
		struct slice group = group_text(list, field, records[from]);
		for (to = from + 1; to < list->records.len; to++)
			if (!slice_equal(group, group_text(list, field, records[to])))
				break;
		doc_heading(doc, 2, group.len ? noun_cell(list->context, records[from], field, &doc->arena) :
						 cell_messagef(&doc->arena, N_("without %s"), field->name, NULL));
		add_table(list, doc, from, to);
	}
	return 0;
}

/* "pmt.task/1" */
const char *noun_schema(struct arena *arena, const struct kind *kind)
{
	return arena_printf(arena, "pmt.%s/1", kind->name);
}

/* Under the requirements: which rules freeze them, and whose approval a change of them takes. */
static void add_freeze(struct list *list, struct doc *doc)
{
	const struct record *baseline = baseline_current(&list->context->project);
	struct strbuf needs;
	struct vec rules;

	if (strcmp(list->kind->name, "requirement") != 0 || !list->records.len)
		return;
	strbuf_init(&needs);
	vec_init(&rules, sizeof(struct policy_rule *));
	freeze_rules(&list->context->freeze, list->kind, &rules);
	for (size_t i = 0; i < rules.len; i++) {
		const struct policy_rule *rule = *(const struct policy_rule **)vec_at(&rules, i);
		struct cell values[3] = { cell_text(&doc->arena, rule->name) };
		bool since = baseline && slice_is(slice_trim(record_text_or(rule->record, "after")), "baseline");

		strbuf_reset(&needs);
		approval_needs_print(&rule->approve, &needs);
		values[1] = cell_text(&doc->arena, strbuf_slice(&needs));
		values[2] = since ? cell_text(&doc->arena, baseline->id) : cell_none();
		doc_paragraph(doc, cell_toned(TONE_MUTED, cell_message_of(&doc->arena, since ?
			N_("frozen by rule '%s': a change needs %s (in force since baseline %s); 'pmt change add' prepares one") :
			N_("frozen by rule '%s': a change needs %s; 'pmt change add' prepares one"), values, since ? 3 : 2)));
	}
	vec_release(&rules);
	strbuf_release(&needs);
}

int list_emit(struct list *list, struct err *err)
{
	struct doc doc;
	int status = 0;

	doc_init(&doc, NULL);
	doc.schema = noun_schema(&doc.arena, list->kind);
	if (list->options && list->options->group && !context_wants_data(list->context))
		status = add_groups(list, &doc, err);
	else
		add_table(list, &doc, 0, list->records.len);
	if (!context_wants_data(list->context))
		add_freeze(list, &doc);
	if (status == 0 && list->more)
		list->more(list, &doc);
	if (status == 0)
		status = context_emit(list->context, &doc, err);
	doc_release(&doc);
	return status;
}

/*
 * A first word that is nearly a verb and is followed by what verbs take, ids or assignments, is a slip of the hand and
 * no search: 'pmt task sett T-1 effort=9d'.
 */
static int refuse_misspelt_verb(struct context *context, const struct strvec *words, struct err *err)
{
	static const char *const others[][2] = { { "delete", "rm" }, { "remove", "rm" }, { "del", "rm" },
		{ "new", "add" }, { "create", "add" }, { "update", "set" }, { "view", "show" }, { "mv", "move" } };
	const char *names[32], *meant = NULL;
	size_t count = 0;
	int nearest;

	if (words->len < 2 || strpbrk(words->items[0], "=<>:@ "))
		return 0;
	for (const struct command_verb *v = noun_verbs; v->name && count < ARRAY_SIZE(names); v++)
		names[count++] = v->name;
	for (const struct command_verb *v = context->command->verbs; v && v->name && count < ARRAY_SIZE(names); v++)
		names[count++] = v->name;
	nearest = utf8_nearest(slice_of(words->items[0]), names, count);
	if (nearest >= 0)
		meant = names[nearest];
	for (size_t i = 0; i < ARRAY_SIZE(others); i++)
		if (strcmp(words->items[0], others[i][0]) == 0)
			meant = others[i][1];
	if (!meant)
		return 0;
	err_set(err, ERR_USAGE, _("'pmt %s' has no verb '%s'"), context->kind->name, words->items[0]);
	err_hint(err, _("did you mean 'pmt %s %s'?"), context->kind->name, meant);
	return ERR_USAGE;
}

/* A file that could not be read at all: what is listed may lack anything, so the exit code says "cannot tell". */
static bool is_unreadable(const struct context *context)
{
	const struct diagnostic *items = context->found.items.items;

	for (size_t i = 0; i < context->found.items.len; i++)
		if (items[i].severity == SEVERITY_ERROR && items[i].place.line == 0 && !items[i].record)
			return true;
	return false;
}

/*
 * A note in the error output when what is listed may be incomplete. Without a number: loading sees only some of what
 * check finds.
 */
void noun_warn_faulty(struct context *context)
{
	if (context->found.errors)
		context_note(context, "%s", _("warning: the project's files have errors; 'pmt check' shows them"));
	if (is_unreadable(context))
		context->exit_code = 3;
}

/* Does a list ask for more than its kind? */
static bool is_plain(const struct list_options *o, const struct strvec *words)
{
	return words->len == 0 && !o->columns && !o->sort && !o->group && !o->limit;
}

int noun_list(struct context *context, const void *options, struct strvec *words, struct err *err)
{
	struct list list;
	int status;

	/* Of what there is one, the page says more than a table of one row. */
	if (context->kind->flags & KIND_SINGLE && is_plain(options, words) && project_count(&context->project, context->kind))
		return noun_show(context, options, words, err);
	list_init(&list, context, options);
	noun_warn_faulty(context);
	status = refuse_misspelt_verb(context, words, err);
	if (status == 0 && list.limit < 0)
		status = err_set(err, ERR_USAGE, "%s", _("--limit takes a number of records, 1 or more"));
	if (status == 0)
		status = read_conditions(&list, words, err);
	if (status == 0)
		status = read_columns_and_sort(&list, err);
	if (status == 0)
		status = list_prepare_computed(&list, err);
	if (status == 0) {
		select_records(&list);
		status = list_emit(&list, err);
	}
	list_release(&list);
	return status;
}
