/*
 * `pmt metric import FILE`: measures of a result file as samples. Which go to which metric is said by the metrics (their field `reads`), or on the
 * command line; when neither says anything the measures are listed.
 */
#include "cmd/cli/metric.h"

#include "exchange/measurement.h"

#include <string.h>

const struct option_spec metric_import_specs[] = {
	{ 0, "type", OPTION_TEXT, offsetof(struct metric_import_options, type), "junit|lcov|cobertura|sarif|json",
		N_("Format of the file, when its content does not tell") },
	{ 0, "date", OPTION_TEXT, offsetof(struct metric_import_options, date), N_("DATE"),
		N_("When it was measured (default: today)") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct metric_import_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct metric_import_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

/* A metric and what it takes from the file. */
struct taking {
	const struct record *metric;
	const char *measure;
	bool asked; /* on the command line: not finding it is an error */
};

static int read_words(struct context *context, const struct strvec *words, struct vec *takings, struct err *err)
{
	int status = 0;

	for (size_t i = 1; i < words->len && status == 0; i++) {
		const char *equal = strchr(words->items[i], '=');
		struct record *metric = NULL;
		const char *name;

		if (!equal || equal == words->items[i] || !equal[1]) {
			err_set(err, ERR_USAGE, _("'%s' does not say which metric takes which measure"),
				words->items[i]);
			err_hint(err, "%s", "pmt metric import lcov.info coverage=lcov.lines");
			return ERR_USAGE;
		}
		name = arena_strndup(&context->project.arena, words->items[i], (size_t)(equal - words->items[i]));
		status = noun_resolve(context, context->kind, name, &metric, err);
		if (status == 0)
			vec_append(takings, &(struct taking){ metric, equal + 1, true });
	}
	return status;
}

static void read_metrics(struct context *context, struct vec *takings)
{
	struct record *metric;

	FOREACH_RECORD(&context->project, context->kind, metric) {
		struct slice reads = slice_trim(record_text_or(metric, "reads"));

		if (reads.len)
			vec_append(takings, &(struct taking){ metric,
				arena_strndup(&context->project.arena, reads.at, reads.len), false });
	}
}

/* Paths of JSON must be readable before the file is looked at. */
static int check_paths(const struct vec *takings, struct strvec *paths, struct err *err)
{
	const struct taking *items = takings->items;
	size_t fault;

	for (size_t i = 0; i < takings->len; i++) {
		if (strncmp(items[i].measure, "json:", 5) != 0)
			continue;
		if (!measurement_path_valid(items[i].measure, &fault)) {
			err_set(err, ERR_USAGE, _("'%s' is no path: what begins with '%s' cannot be read"),
				items[i].measure,
				items[i].measure + fault);
			err_hint(err, "%s", "json:$.totals.lines[0].pct, json:$['two words']");
			return ERR_USAGE;
		}
		strvec_push(paths, items[i].measure);
	}
	return 0;
}

static int list_measures(struct context *context, const struct measurements *found, struct err *err)
{
	const struct measurement *items = found->items.items;
	struct table *table;
	struct doc doc;
	int status;

	doc_init(&doc, "pmt.metric-import/1");
	table = doc_table(&doc, "records", NULL);
	table->empty = N_("the file holds no measure");
	table_column(table, "measure", N_("measure"), ALIGN_LEFT, PRIORITY_MUST);
	table_column(table, "value", N_("value"), ALIGN_RIGHT, PRIORITY_MUST);
	for (size_t i = 0; i < found->items.len; i++) {
		struct cell *cells = table_row(table)->cells;

		cells[0] = cell_text(&doc.arena, slice_of(items[i].name));
		cells[1] = cell_number(items[i].value);
	}
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	context_note(context, "%s", _("nothing was stored: no metric takes any of these"));
	context_note(context, "%s", _("say METRIC=MEASURE behind the file, or set the field 'reads' of a metric"));
	return status;
}

static int not_there(const struct measurements *found, const struct taking *taking, struct err *err)
{
	const struct measurement *items = found->items.items;
	struct strbuf names;

	strbuf_init(&names);
	for (size_t i = 0; i < found->items.len; i++)
		strbuf_addf(&names, "%s%s", i ? ", " : "", items[i].name);
	err_set(err, ERR_USAGE, _("the file holds no measure '%s'"), taking->measure);
	if (names.len)
		err_hint(err, _("it holds %s"), names.buf);
	strbuf_release(&names);
	return ERR_USAGE;
}

static int store(struct context *context, const struct metric_import_options *o, const struct measurements *found,
	const struct vec *takings, struct err *err)
{
	const struct taking *items = takings->items;
	struct new_samples samples;
	int status;

	samples_init(&samples);
	status = samples_date(&samples, context, o->date, err);
	for (size_t i = 0; i < takings->len && status == 0; i++) {
		const struct measurement *measure = measurement_find(found, items[i].measure);

		if (measure) {
			samples_add(&samples, items[i].metric->id, measure->value, slice_of(NULL));
			metric_say(context, items[i].metric, measure->value);
		} else if (items[i].asked) {
			status = not_there(found, &items[i], err);
		}
	}
	if (status == 0 && !samples.items.len)
		status = list_measures(context, found, err);
	else if (status == 0)
		status = samples_write(context, &samples, &o->change, "metric import", err);
	samples_release(&samples);
	return status;
}

static int read_file(const struct metric_import_options *o, const char *path, const struct strvec *paths,
	struct measurements *out, struct err *err)
{
	int type = o->type ? word_index(measurement_formats, slice_of(o->type)) : -1, status;
	enum measurement_format format = (enum measurement_format)(type + 1);
	struct file_view view;

	if (o->type && type < 0)
		return err_set(err, ERR_USAGE, _("--type takes %s, not '%s'"), "junit, lcov, cobertura, sarif, json",
			o->type);
	status = file_view_open(&view, path, err);
	if (status == 0) {
		if (!o->type)
			format = measurement_sniff(view.bytes);
		status = measurement_read(out, view.bytes, path, format, (const char *const *)paths->items,
			paths->len, err);
		if (status < 0 && format == MEASUREMENT_UNKNOWN)
			err_hint(err, "%s", _("--type says which format it is"));
	}
	file_view_close(&view);
	return status;
}

int metric_import(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	const struct metric_import_options *o = options;
	struct measurements found;
	struct strvec paths;
	struct vec takings;
	int status;

	if (arguments->len == 0) {
		err_set(err, ERR_USAGE, "%s", _("'pmt metric import' needs a file"));
		err_hint(err, "%s", "pmt metric import build/junit.xml");
		return ERR_USAGE;
	}
	vec_init(&takings, sizeof(struct taking));
	strvec_init(&paths);
	measurements_init(&found);
	status = read_words(context, arguments, &takings, err);
	if (status == 0 && arguments->len == 1)
		read_metrics(context, &takings);
	if (status == 0)
		status = check_paths(&takings, &paths, err);
	if (status == 0)
		status = read_file(o, arguments->items[0], &paths, &found, err);
	if (status == 0)
		status = store(context, o, &found, &takings, err);
	measurements_release(&found);
	strvec_release(&paths);
	vec_release(&takings);
	return status;
}
