#include "base/diagnostic.h"

#include "base/diagnostic_table.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

void diagnostics_init(struct diagnostics *list)
{
	*list = (struct diagnostics){ 0 };
	arena_init(&list->arena);
	vec_init(&list->items, sizeof(struct diagnostic));
}

void diagnostics_release(struct diagnostics *list)
{
	arena_release(&list->arena);
	vec_release(&list->items);
	list->errors = list->warnings = 0;
}

static void count_severity(struct diagnostics *list, enum severity severity)
{
	if (severity == SEVERITY_ERROR)
		list->errors++;
	else if (severity == SEVERITY_WARNING)
		list->warnings++;
}

/* Paths repeat from one finding to the next: share the copy. */
static const char *copy_path(struct diagnostics *list, const char *path)
{
	const struct diagnostic *items = list->items.items;

	if (!path)
		return NULL;
	if (list->items.len > 1) {
		const char *last = items[list->items.len - 2].place.path;

		if (last && !strcmp(last, path))
			return last;
	}
	return arena_strdup(&list->arena, path);
}

struct diagnostic *diagnose(struct diagnostics *list, struct place place, const char *id,
	const char *format, ...)
{
	const struct diagnostic_entry *entry = diagnostic_entry_find(id);
	struct diagnostic *finding = vec_push(&list->items);
	const char *argument;
	va_list args;

	assert(entry); /* a row is missing in diagnostic_table.c */
	finding->place = place;
	finding->place.path = copy_path(list, place.path);
	finding->severity = entry ? entry->severity : SEVERITY_ERROR;
	finding->id = id;
	finding->format = format;
	finding->sequence = (uint32_t)list->items.len;
	va_start(args, format);
	for (size_t i = 0; (argument = va_arg(args, const char *)); i++) {
		assert(i < DIAGNOSTIC_ARGUMENTS);
		finding->arguments[i] = arena_strdup(&list->arena, argument);
	}
	va_end(args);
	count_severity(list, finding->severity);
	return finding;
}

static const char *copy_optional(struct diagnostics *list, const char *text)
{
	return text ? arena_strdup(&list->arena, text) : NULL;
}

void diagnostic_hint(struct diagnostics *list, struct diagnostic *finding, const char *format,
	const char *argument)
{
	finding->hint_format = format;
	finding->hint_argument = copy_optional(list, argument);
}

void diagnostic_record(struct diagnostics *list, struct diagnostic *finding, const char *record)
{
	finding->record = copy_optional(list, record);
}

static int compare_places(const void *a, const void *b, void *context)
{
	const struct diagnostic *x = a, *y = b;
	int order;

	(void)context;
	if (!x->place.path != !y->place.path)
		return x->place.path ? 1 : -1; /* what concerns no file comes first */
	order = x->place.path ? strcmp(x->place.path, y->place.path) : 0;
	if (order)
		return order;
	if (x->place.line != y->place.line)
		return x->place.line < y->place.line ? -1 : 1;
	if (x->place.column != y->place.column)
		return x->place.column < y->place.column ? -1 : 1;
	return (x->sequence > y->sequence) - (x->sequence < y->sequence);
}

void diagnostics_sort(struct diagnostics *list)
{
	vec_sort(&list->items, compare_places, NULL);
}

void diagnostic_copy(struct diagnostics *into, const struct diagnostic *finding)
{
	struct diagnostic *copy = vec_push(&into->items);

	*copy = *finding;
	copy->sequence = (uint32_t)into->items.len;
	copy->place.path = copy_path(into, finding->place.path);
	for (size_t k = 0; k < DIAGNOSTIC_ARGUMENTS; k++)
		copy->arguments[k] = copy_optional(into, finding->arguments[k]);
	copy->hint_argument = copy_optional(into, finding->hint_argument);
	copy->record = copy_optional(into, finding->record);
	count_severity(into, copy->severity);
}

void diagnostics_merge(struct diagnostics *into, const struct diagnostics *from)
{
	const struct diagnostic *items = from->items.items;

	for (size_t i = 0; i < from->items.len; i++)
		diagnostic_copy(into, &items[i]);
}
