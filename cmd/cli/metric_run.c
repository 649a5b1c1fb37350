/*
 * `pmt metric run`: the commands that metrics name as their source, each under a time limit, and only where the user has said that this
 * repository may run commands. A command runs without the write lock, so that it may use pmt itself.
 */
#include "cmd/cli/metric.h"

#include "base/process.h"
#include "cmd/cli/config.h"
#include "cmd/cli/context-internal.h"
#include "quality/reading.h"

#include <string.h>

extern char **environ;

enum { TIMEOUT = 60, TIMEOUT_MOST = 24 * 3600, OUTPUT_MOST = 1 << 20 };

const struct option_spec metric_run_specs[] = {
	{ 0, "timeout", OPTION_COUNT, offsetof(struct metric_run_options, timeout), N_("SECONDS"),
		N_("Stop a command after so long (default: 60)") },
	{ 0, "date", OPTION_TEXT, offsetof(struct metric_run_options, date), N_("DATE"),
		N_("When it was measured (default: today)") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct metric_run_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct metric_run_options, change.dry_run), NULL,
		N_("Run the commands, show the values, write nothing") },
	OPTIONS_END,
};

static int require_trust(struct context *context, struct err *err)
{
	struct strbuf value;
	bool trusted;

	strbuf_init(&value);
	trusted = config_get(context, CONFIG_TRUST, &value) && strcmp(value.buf, "yes") == 0;
	strbuf_release(&value);
	if (trusted)
		return 0;
	err_set(err, ERR_FAILED, "%s", _("commands in this repository's files do not run: it is not trusted"));
	err_hint(err, "%s",
		_("read the 'source' of its metrics ('pmt metric --columns=source'), then 'pmt config trust yes'"));
	return ERR_FAILED;
}

/* One command's outcome. */
struct measured {
	const struct record *metric;
	struct slice source;
	decimal_t value;
	char *trouble; /* NULL: there is a value; in the project's arena */
};

/* The last line of what a command said, for a message. */
static const char *last_line(struct context *context, const struct strbuf *text)
{
	struct slice rest = strbuf_slice(text), line, last = slice_of("");

	while (slice_next(&rest, "\n\r", &line))
		if (line.len)
			last = line;
	return arena_strndup(&context->project.arena, last.at, last.len < 200 ? last.len : 200);
}

static void read_outcome(struct context *context, struct measured *m, int code, const struct strbuf *output,
	const struct strbuf *errors, long seconds)
{
	struct arena *arena = &context->project.arena;
	const char *said = last_line(context, errors->len ? errors : output);

	if (code == PROCESS_TOO_LONG)
		m->trouble = arena_printf(arena, _("stopped after %ld s"), seconds);
	else if (code == PROCESS_TOO_MUCH)
		m->trouble = arena_printf(arena, "%s", _("stopped: it prints without end"));
	else if (code != 0 && !*said)
		m->trouble = arena_printf(arena, _("ended with %d and said nothing"), code);
	else if (code != 0)
		m->trouble = arena_printf(arena, _("ended with %d: %s"), code, said);
	else if (!reading_find(strbuf_slice(output), &m->value) && !*said)
		m->trouble = arena_printf(arena, "%s", _("printed nothing"));
	else if (!reading_find(strbuf_slice(output), &m->value))
		m->trouble = arena_printf(arena, _("printed no number: %s"), said);
}

static void measure(struct context *context, struct measured *m, long seconds)
{
	const char *command = arena_strndup(&context->project.arena, m->source.at, m->source.len);
	const char *name = arena_printf(&context->project.arena, "PMT_METRIC=%.*s", (int)m->metric->id.len,
		m->metric->id.at);
	const char *root = arena_printf(&context->project.arena, "PMT_ROOT=%s", context->root);
	char **environment = environment_with(environ, (const char *const[]){ name, root, NULL });
	struct strbuf output, errors;
	struct process process = { .arguments = (const char *const[]){ "sh", "-c", command, NULL },
		.folder = context->root,
		.environment = environment, .output = &output, .errors = &errors, .milliseconds = seconds * 1000,
		.most_output = OUTPUT_MOST };
	struct err trouble;
	int code = 0;

	strbuf_init(&output);
	strbuf_init(&errors);
	context_err_init(&trouble);
	if (process_run(&process, &code, &trouble) < 0)
		m->trouble = arena_strdup(&context->project.arena, trouble.message);
	else
		read_outcome(context, m, code, &output, &errors, seconds);
	err_release(&trouble);
	strbuf_release(&output);
	strbuf_release(&errors);
	environment_free(environment);
}

static int choose(struct context *context, const struct strvec *words, struct vec *out, struct err *err)
{
	struct record *metric;
	int status = 0;

	if (!words->len)
		FOREACH_RECORD(&context->project, context->kind, metric)
			if (slice_trim(record_text_or(metric, "source")).len)
				vec_append(out, &(struct measured){ .metric = metric });
	for (size_t i = 0; i < words->len && status == 0; i++) {
		status = noun_resolve(context, context->kind, words->items[i], &metric, err);
		if (status == 0 && !slice_trim(record_text_or(metric, "source")).len) {
			status = err_set(err, ERR_USAGE, _("metric '%s' has no source to run"), words->items[i]);
			err_hint(err, "pmt metric set %s source=\"…\"", words->items[i]);
		}
		if (status == 0)
			vec_append(out, &(struct measured){ .metric = metric });
	}
	if (status == 0 && !out->len)
		status = err_set(err, ERR_FAILED, "%s", _("no metric has a source to run"));
	return status;
}

static void fill_row(struct context *context, struct doc *doc, struct row *row, const struct measured *m)
{
	static const char *const words[] = { "good", "warn", "fail", "unknown" };
	static const enum tone tones[] = { TONE_GOOD, TONE_WATCH, TONE_BAD, TONE_MUTED };
	struct metric metric;
	enum metric_health health;

	row->cells[0] = cell_ref(&doc->arena, m->metric->id, slice_of(NULL));
	row->cells[1] = cell_text(&doc->arena, record_title(m->metric));
	row->cells[5] = cell_text(&doc->arena, m->source);
	if (m->trouble) {
		row->cells[6] = cell_toned(TONE_BAD, cell_text(&doc->arena, slice_of(m->trouble)));
		return;
	}
	metric_read(&metric, &context->project, m->metric, context->now, &doc->arena);
	health = metric_judge(&metric, m->value);
	row->cells[2] = cell_number(m->value);
	row->cells[3] = cell_text(&doc->arena, record_text_or(m->metric, "unit"));
	row->cells[4] = cell_toned(tones[health], cell_word(&doc->arena, slice_of(words[health])));
}

static int tell(struct context *context, const struct vec *measured, struct err *err)
{
	const struct measured *items = measured->items;
	struct table *table;
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.metric-run/1");
	table = doc_table(&doc, "records", NULL);
	table_column(table, "id", N_("id"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "title", N_("title"), ALIGN_LEFT, PRIORITY_HIGH)->grow = true;
	table_column(table, "value", N_("value"), ALIGN_RIGHT, PRIORITY_MUST);
	table_column(table, "unit", N_("unit"), ALIGN_LEFT, PRIORITY_HIGH);
	table_column(table, "health", N_("health"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "source", N_("source"), ALIGN_LEFT, PRIORITY_DATA);
	table_column(table, "trouble", N_("trouble"), ALIGN_LEFT, PRIORITY_MUST)->grow = true;
	for (size_t i = 0; i < measured->len; i++)
		fill_row(context, &doc, table_row(table), &items[i]);
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	return status;
}

/* What is measured is kept even when another command failed: each is a value of its own. */
static int store(struct context *context, const struct metric_run_options *o, const struct vec *measured,
	struct err *err)
{
	const struct measured *items = measured->items;
	struct new_samples samples;
	int status;

	samples_init(&samples);
	status = samples_date(&samples, context, o->date, err);
	for (size_t i = 0; i < measured->len; i++) {
		if (items[i].trouble) {
			context_note(context, _("metric '%.*s': %s"), (int)items[i].metric->id.len, items[i].metric->id.at,
				items[i].trouble);
			context->exit_code = 1;
		} else {
			samples_add(&samples, items[i].metric->id, items[i].value, slice_of(NULL));
		}
	}
	if (status == 0 && samples.items.len) {
		/* Who else wrote while the commands ran is not overwritten: the project is read again under the lock. */
		context_reload(context);
		status = context_prepare(context, NEEDS_PROJECT | NEEDS_LOCK, err);
		if (status == 0)
			status = samples_write(context, &samples, &o->change, "metric run", err);
	}
	samples_release(&samples);
	return status;
}

int metric_run(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct metric_run_options *o = options;
	long seconds = o->timeout ? o->timeout : TIMEOUT;
	struct new_samples date;
	struct measured *items;
	struct vec measured;
	int status;

	if (context->global.at)
		return err_set(err, ERR_USAGE, _("--at asks about the past: 'pmt %s' cannot change it"), "metric run");
	if (seconds < 1 || seconds > TIMEOUT_MOST)
		return err_set(err, ERR_USAGE, _("--timeout takes 1 to %d seconds, not %ld"), TIMEOUT_MOST, seconds);
	status = require_trust(context, err);
	if (status < 0)
		return status;
	vec_init(&measured, sizeof(struct measured));
	samples_init(&date);
	status = samples_date(&date, context, o->date, err); /* before anything is run */
	samples_release(&date);
	if (status == 0)
		status = choose(context, arguments, &measured, err);
	items = measured.items;
	for (size_t i = 0; i < measured.len && status == 0; i++) {
		items[i].source = slice_trim(record_text_or(items[i].metric, "source"));
		measure(context, &items[i], seconds);
	}
	if (status == 0)
		status = tell(context, &measured, err);
	if (status == 0)
		status = store(context, o, &measured, err);
	vec_release(&measured);
	return status;
}
