/*
 * An event as bytes: what is signed, and the record's text. Both are written from one table, so that nothing stands in
 * the file which is neither signed nor named here as unsigned.
 */
#include "change/event-internal.h"

#include "base/base64.h"
#include "base/netstring.h"
#include "base/utf8.h"

#include <string.h>

enum { HEADER_LIMIT = 49, TEXT_COLUMNS = 76 };

static const char *const verdicts[] = { "submit", "approve", "reject", "comment", "withdraw", "ratify", "close" };

const char *verdict_word(enum verdict verdict)
{
	return verdicts[verdict];
}

bool verdict_find(struct slice word, enum verdict *out)
{
	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
		if (slice_is(word, verdicts[i])) {
			*out = (enum verdict)i;
			return true;
		}
	return false;
}

const struct event_field event_fields[] = {
	{ "project", offsetof(struct event, project) },
	{ "target", offsetof(struct event, target) },
	{ "change", offsetof(struct event, change) },
	{ "sequence", EVENT_NUMBER },
	{ "verdict", EVENT_NUMBER },
	{ "person", offsetof(struct event, person) },
	{ "roles", offsetof(struct event, roles) },
	{ "class", offsetof(struct event, class) },
	{ "after", offsetof(struct event, after) },
	{ "digest", offsetof(struct event, digest) },
	{ "ceiling_cost", EVENT_NUMBER },
	{ "ceiling_finish", EVENT_NUMBER },
	{ "binding", offsetof(struct event, binding) },
	{ "base", offsetof(struct event, base) },
	{ "result", offsetof(struct event, result) },
	{ "comment", offsetof(struct event, comment) },
};
const size_t event_field_count = sizeof(event_fields) / sizeof(event_fields[0]);

void event_field_text(const struct event *event, const struct event_field *field, bool file, struct strbuf *out)
{
	if (field->offset != EVENT_NUMBER) {
		const struct slice *text = (const struct slice *)((const char *)event + field->offset);

		strbuf_add_slice(out, slice_present(*text));
	} else if (strcmp(field->name, "sequence") == 0) {
		strbuf_addf(out, "%lu", (unsigned long)event->sequence);
	} else if (strcmp(field->name, "verdict") == 0) {
		strbuf_add_str(out, verdict_word(event->verdict));
	} else if (event->has_ceilings && strcmp(field->name, "ceiling_cost") == 0) {
		decimal_print(out, event->ceiling_cost, 4);
	} else if (event->has_ceilings) {
		strbuf_addf(out, "%lld%s", (long long)event->ceiling_finish, file ? "min" : "");
	}
}

void event_payload(const struct event *event, struct strbuf *out)
{
	struct strbuf value;

	strbuf_init(&value);
	strbuf_add_str(out, "pmt-event 1\n");
	for (size_t i = 0; i < event_field_count; i++) {
		strbuf_reset(&value);
		event_field_text(event, &event_fields[i], false, &value);
		netstring_add(out, slice_of(event_fields[i].name));
		netstring_add(out, value.len ? strbuf_slice(&value) : slice_new(NULL, 0));
	}
	strbuf_release(&value);
}

/* "comment        = first line", further lines below the value. */
static void print_field(struct strbuf *out, const char *name, struct slice value)
{
	enum { WIDTH = 14 };

	if (!value.len)
		return;
	strbuf_addf(out, "%-*s = ", WIDTH, name);
	for (size_t i = 0; i < value.len; i++) {
		strbuf_add_char(out, value.at[i]);
		if (value.at[i] == '\n' && i + 1 < value.len && value.at[i + 1] != '\n')
			strbuf_add_repeat(out, " ", WIDTH + 3);
	}
	strbuf_add_char(out, '\n');
}

static void print_delta(const struct event *event, struct strbuf *out)
{
	struct strbuf text;

	if (!event->delta_text.at)
		return;
	strbuf_init(&text);
	base64_encode(&text, event->delta_text, TEXT_COLUMNS);
	print_field(out, "delta", strbuf_slice(&text));
	strbuf_release(&text);
}

void event_print(const struct event *event, struct strbuf *out)
{
	struct strbuf value;

	strbuf_init(&value);
	strbuf_add_str(out, "[event ");
	event_id(event, out);
	strbuf_add_str(out, "]\n");
	print_field(out, "version", slice_of("1"));
	for (size_t i = 0; i < event_field_count; i++) {
		strbuf_reset(&value);
		event_field_text(event, &event_fields[i], true, &value);
		print_field(out, event_fields[i].name, strbuf_slice(&value));
	}
	print_field(out, "date", event->date);
	print_delta(event, out);
	print_field(out, "signature", slice_trim(event->signature));
	strbuf_release(&value);
}

/* The longest whole characters of `text` in so many bytes. */
static struct slice cut(struct slice text, size_t limit)
{
	size_t len = 0;
	uint32_t code;

	while (len < text.len) {
		size_t next = utf8_decode(slice_from(text, len), &code);

		if (len + next > limit)
			break;
		len += next;
	}
	return slice_new(text.at, len);
}

void event_id(const struct event *event, struct strbuf *out)
{
	size_t first = out->len, used;

	strbuf_add_slice(out, event->change_id);
	strbuf_addf(out, ".%lu.", (unsigned long)event->sequence);
	used = strlen("event ") + out->len - first;
	strbuf_add_slice(out, cut(event->person, used < HEADER_LIMIT ? HEADER_LIMIT - used : 0));
}

void event_path(const struct event *event, struct strbuf *out)
{
	strbuf_addf(out, "changes/%.*s/%lu-%.*s-%s.ini", (int)event->change_id.len, event->change_id.at,
		(unsigned long)event->sequence, (int)event->person.len, event->person.at, verdict_word(event->verdict));
}

/* A line without blanks and full-width blanks at its ends and without controls, appended. */
static void add_line(struct strbuf *out, struct slice line)
{
	static const char wide[] = "\xe3\x80\x80";
	size_t first = out->len;

	for (size_t i = 0; i < line.len; i++)
		if ((unsigned char)line.at[i] >= 0x20 && line.at[i] != 0x7f)
			strbuf_add_char(out, line.at[i]);
		else if (line.at[i] == '\t')
			strbuf_add_char(out, ' ');
	for (;;) {
		struct slice kept = slice_trim(slice_new(out->buf + first, out->len - first));
		size_t lead = (size_t)(kept.at - (out->buf + first)) + (slice_starts(kept, wide) ? 3 : 0);
		size_t tail = out->len - first - lead;

		if (slice_starts(kept, wide))
			kept = slice_from(kept, 3);
		if (slice_ends(kept, wide))
			kept.len -= 3;
		if (lead == 0 && kept.len == tail)
			return;
		strbuf_truncate(out, first + lead + kept.len);
		strbuf_remove(out, first, lead);
	}
}

struct slice event_comment(struct slice text, struct arena *arena)
{
	struct slice rest = text, line, kept;
	struct strbuf out;

	if (utf8_check(text) != text.len)
		return slice_new("", 0);
	strbuf_init(&out);
	while (slice_next(&rest, "\n", &line)) {
		if (out.len)
			strbuf_add_char(&out, '\n');
		add_line(&out, line);
	}
	while (out.len && out.buf[out.len - 1] == '\n')
		strbuf_truncate(&out, out.len - 1);
	kept = arena_slice(arena, strbuf_slice(&out));
	strbuf_release(&out);
	return kept;
}
