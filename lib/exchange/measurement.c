#include "exchange/measurement.h"

#include "base/i18n.h"
#include "model/kind.h"

#include <math.h>
#include <string.h>

const char measurement_formats[] = "junit|lcov|cobertura|sarif|json";

void measurements_init(struct measurements *out)
{
	arena_init(&out->arena);
	vec_init(&out->items, sizeof(struct measurement));
}

void measurements_release(struct measurements *out)
{
	vec_release(&out->items);
	arena_release(&out->arena);
}

void measurements_add(struct measurements *out, const char *name, double value)
{
	struct measurement *m;

	if (!(fabs(value) < 9e14))
		return;
	m = vec_push(&out->items);
	m->name = arena_strdup(&out->arena, name);
	m->value = decimal_from_double(value);
}

/* Per cent with two digits: what anybody reads, and what does not change with noise. */
void measurements_add_share(struct measurements *out, const char *name, double part, double whole)
{
	if (whole > 0)
		measurements_add(out, name, round(part / whole * 10000) / 100);
}

const struct measurement *measurement_find(const struct measurements *m, const char *name)
{
	const struct measurement *items = m->items.items;

	for (size_t i = 0; i < m->items.len; i++)
		if (!strcmp(items[i].name, name))
			return &items[i];
	return NULL;
}

/* The name of the first element that is one: behind declarations, comments and a document type. */
static struct slice root_element(struct slice text)
{
	while (text.len) {
		size_t start = slice_find(text, '<'), len = 0;

		text = slice_from(text, start + 1);
		if (!text.len)
			break;
		if (text.at[0] == '!' || text.at[0] == '?')
			continue;
		while (len < text.len && !strchr(" \t\r\n/>", text.at[len]))
			len++;
		return slice_new(text.at, len);
	}
	return slice_new(NULL, 0);
}

static enum measurement_format sniff_xml(struct slice text)
{
	struct slice root = root_element(text);

	if (slice_is(root, "testsuites") || slice_is(root, "testsuite"))
		return MEASUREMENT_JUNIT;
	return slice_is(root, "coverage") ? MEASUREMENT_COBERTURA : MEASUREMENT_UNKNOWN;
}

static bool holds(struct slice text, const char *word)
{
	return memmem(text.at, text.len, word, strlen(word)) != NULL;
}

enum measurement_format measurement_sniff(struct slice bytes)
{
	struct slice head = slice_new(bytes.at, bytes.len < 4096 ? bytes.len : 4096), line;

	if (slice_starts(head, "\xef\xbb\xbf"))
		head = slice_from(head, 3);
	head = slice_trim(head);
	line = slice_new(head.at, slice_find(head, '\n'));
	if (slice_starts(head, "<"))
		return sniff_xml(head);
	if (slice_starts(head, "{"))
		return holds(head, "\"runs\"") && (holds(head, "sarif") || holds(head,
			"\"tool\"")) ? MEASUREMENT_SARIF : MEASUREMENT_JSON;
	if (slice_starts(head, "["))
		return MEASUREMENT_JSON;
	return slice_starts(line, "TN:") || slice_starts(line, "SF:") ? MEASUREMENT_LCOV : MEASUREMENT_UNKNOWN;
}

static int read_as(struct measurements *out, struct slice bytes, const char *name, enum measurement_format format,
	const char *const *json_paths, size_t count, struct err *err)
{
	switch (format) {
	case MEASUREMENT_JUNIT: return junit_measure(out, bytes, name, err);
	case MEASUREMENT_COBERTURA: return cobertura_measure(out, bytes, name, err);
	case MEASUREMENT_LCOV: return lcov_measure(out, bytes, name, err);
	case MEASUREMENT_SARIF:
	case MEASUREMENT_JSON: return sarif_measure(out, bytes, name, json_paths, count, err);
	case MEASUREMENT_UNKNOWN: break;
	}
	return err_set(err, ERR_INPUT, "%s: neither JUnit XML nor lcov nor Cobertura nor SARIF nor JSON", name);
}

int measurement_read(struct measurements *out, struct slice bytes, const char *name, enum measurement_format format,
	const char *const *json_paths, size_t count, struct err *err)
{
	int status = read_as(out, bytes, name, format, json_paths, count, err);

	if (status < 0) /* what was read before the fault is no answer */
		vec_clear(&out->items);
	return status;
}
