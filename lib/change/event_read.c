/* Events as they stand in a project: read strictly, verified, and what they come to. */
#include "change/event-internal.h"

#include "base/base64.h"

#include <stdlib.h>
#include <string.h>

struct reading {
	const struct project *project;
	const struct record *change;
	struct arena *arena;
	struct diagnostics *found;
};

static bool fails(const struct reading *r, const struct record *record, const char *field, const char *format)
{
	size_t index = field ? kind_field_find(record->kind, slice_of(field)) : FIELD_UNKNOWN;
	const struct entry *entry = index < FIELD_CUSTOM ? record_entry(record, index) : NULL;
	struct place place = entry ? entry_place(r->project, record, entry, 0) : record_place(r->project, record);

	if (r->found)
		diagnostic_record(r->found,
			diagnose(r->found, place, "event-malformed", format, field ? field : "", NULL),
			record_name(r->arena, record));
	return false;
}

static struct slice text_of(const struct record *record, const char *field)
{
	struct slice text = { NULL, 0 };

	return record_text(record, field, &text) && text.len ? text : slice_new(NULL, 0);
}

static bool is_hex(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!((text.at[i] >= '0' && text.at[i] <= '9') || (text.at[i] >= 'a' && text.at[i] <= 'f')))
			return false;
	return text.len == DIGEST_HEX - 1;
}

/* A whole number in its shortest form, a '-' allowed, so that what is signed is what stands there. */
static bool parse_integer(struct slice text, int64_t *out)
{
	enum { MOST_DIGITS = 15 };
	bool negative = text.len && text.at[0] == '-';
	struct slice digits = slice_from(text, negative);

	*out = 0;
	if (!digits.len || digits.len > MOST_DIGITS || (digits.at[0] == '0' && (digits.len > 1 || negative)))
		return false;
	for (size_t i = 0; i < digits.len; i++) {
		if (digits.at[i] < '0' || digits.at[i] > '9')
			return false;
		*out = *out * 10 + (digits.at[i] - '0');
	}
	*out = negative ? -*out : *out;
	return true;
}

/* Every field is one of the kind's own: others are not signed. */
static bool check_fields(const struct reading *r, const struct record *record)
{
	for (uint32_t i = 0; i < record->entry_count; i++)
		if (record->entries[i].field >= record->kind->field_count) {
			struct place place = entry_place(r->project, record, &record->entries[i], 0);
			const char *key =
				arena_strndup(r->arena, record->entries[i].key.at, record->entries[i].key.len);

			if (r->found)
				diagnose(r->found, place, "event-malformed",
					N_("'%s' is not signed: an event cannot have it"), key, NULL);
			return false;
		}
	if (!slice_is(text_of(record, "version"), "1"))
		return fails(r, record, "version", N_("the event's %s is not one that this pmt knows"));
	return true;
}

static bool read_ceilings(const struct reading *r, struct event *event)
{
	struct slice cost = text_of(event->record, "ceiling_cost"), finish = text_of(event->record, "ceiling_finish");
	struct strbuf canonical;
	bool same;

	event->has_ceilings = cost.at && finish.at;
	if (!cost.at != !finish.at)
		return fails(r, event->record, cost.at ? "ceiling_cost" : "ceiling_finish", N_("%s stands alone"));
	if (!cost.at)
		return true;
	if (decimal_parse(cost, &event->ceiling_cost) != DECIMAL_OK)
		return fails(r, event->record, "ceiling_cost", N_("%s is not in canonical form"));
	strbuf_init(&canonical);
	decimal_print(&canonical, event->ceiling_cost, 4);
	same = slice_equal(strbuf_slice(&canonical), cost);
	strbuf_release(&canonical);
	if (!same)
		return fails(r, event->record, "ceiling_cost", N_("%s is not in canonical form"));
	if (!slice_ends(finish, "min") ||
		!parse_integer(slice_new(finish.at, finish.len - 3), &event->ceiling_finish))
		return fails(r, event->record, "ceiling_finish", N_("%s is not in canonical form"));
	return true;
}

/* A submission carries the delta whose digest it signs. */
static bool read_delta(const struct reading *r, struct event *event)
{
	struct slice text = text_of(event->record, "delta");
	char digest[DIGEST_HEX];
	struct delta delta;

	if (!text.at != (event->verdict != VERDICT_SUBMIT))
		return fails(r, event->record, "delta", N_("a submission carries the delta, and only a submission"));
	if (!text.at)
		return true;
	if (!base64_decode(text, r->arena, &event->delta_text))
		return fails(r, event->record, "delta", N_("the %s is not in base64"));
	delta_digest(event->delta_text, digest);
	if (!slice_is(event->digest, digest))
		return fails(r, event->record, "digest", N_("the %s is not that of the delta"));
	if (delta_parse(&delta, event->delta_text, r->arena, NULL))
		return fails(r, event->record, "delta", N_("the %s is not in canonical form"));
	return true;
}

static bool check_digests(const struct reading *r, const struct event *event)
{
	static const char *const names[] = { "digest", "base", "result" };
	const struct slice digests[] = { event->digest, event->base, event->result };
	bool strict = slice_is(event->binding, "strict");
	bool vote = event->verdict == VERDICT_SUBMIT || event->verdict == VERDICT_APPROVE ||
		    event->verdict == VERDICT_RATIFY;

	for (size_t i = 0; i < 3; i++) {
		bool needed = i == 0 ? vote : strict;

		if (digests[i].at ? !is_hex(digests[i]) : needed)
			return fails(r, event->record, names[i], N_("the %s is no SHA-256 in hex"));
	}
	if (event->binding.at && word_index("delta|strict", event->binding) < 0)
		return fails(r, event->record, "binding", N_("the event's %s is not one that this pmt knows"));
	if (event->class.at && word_index("normal|standard|emergency", event->class) < 0)
		return fails(r, event->record, "class", N_("the event's %s is not one that this pmt knows"));
	return true;
}

static bool check_names(const struct reading *r, const struct event *event)
{
	struct slice uid = { NULL, 0 };
	struct strbuf id;
	bool same;

	strbuf_init(&id);
	event_id(event, &id);
	same = slice_equal(strbuf_slice(&id), event->record->id);
	strbuf_release(&id);
	if (!same)
		return fails(
			r, event->record, NULL, N_("the event's id is not made of its change, sequence and person"));
	if (!event->person.at)
		return fails(r, event->record, "person", N_("the event has no %s"));
	if (!event->project.at)
		return fails(r, event->record, "project", N_("the event has no %s"));
	if (!event->target.at)
		return fails(r, event->record, "target", N_("the event has no %s"));
	if (!event->signature.at)
		return fails(r, event->record, "signature", N_("the event has no %s"));
	record_text(r->change, "uid", &uid);
	if (!uid.len || !slice_equal(uid, event->change))
		return fails(r, event->record, "change", N_("the event was made for another %s"));
	return true;
}

static bool read_event(const struct reading *r, const struct record *record, struct event *event)
{
	struct slice sequence = text_of(record, "sequence");
	int64_t number;

	*event = (struct event){ .record = record, .change_id = r->change->id, .signer = -1 };
	if (!check_fields(r, record))
		return false;
	if (!parse_integer(sequence, &number) || number < 1 || number > INT32_MAX)
		return fails(r, record, "sequence", N_("%s is not in canonical form"));
	event->sequence = (uint32_t)number;
	if (!verdict_find(text_of(record, "verdict"), &event->verdict))
		return fails(r, record, "verdict", N_("the event's %s is not one that this pmt knows"));
	for (size_t i = 0; i < event_field_count; i++)
		if (event_fields[i].offset != EVENT_NUMBER)
			*(struct slice *)((char *)event + event_fields[i].offset) =
				text_of(record, event_fields[i].name);
	event->date = text_of(record, "date");
	event->signature = text_of(record, "signature");
	return check_names(r, event) && check_digests(r, event) && read_ceilings(r, event) && read_delta(r, event);
}

static bool is_of(const struct record *event, const struct record *change)
{
	struct slice id = event->folded, own = change->folded;

	return id.len > own.len && id.at[own.len] == '.' && memcmp(id.at, own.at, own.len) == 0 &&
	       id.at[own.len + 1] >= '0' && id.at[own.len + 1] <= '9';
}

static int by_sequence(const void *a, const void *b, void *context)
{
	const struct event *x = a, *y = b;

	(void)context;
	if (x->sequence != y->sequence)
		return x->sequence < y->sequence ? -1 : 1;
	if ((x->verdict == VERDICT_SUBMIT) != (y->verdict == VERDICT_SUBMIT))
		return x->verdict == VERDICT_SUBMIT ? -1 : 1;
	return slice_compare(x->record->folded, y->record->folded);
}

void events_read(struct vec *out, const struct project *project, const struct record *change, struct arena *arena,
	struct diagnostics *found)
{
	struct reading r = { project, change, arena, found };
	const struct record *record;
	struct event event;

	FOREACH_RECORD (project, kind_find(slice_of("event")), record)
		if (!record->overlay && is_of(record, change) && read_event(&r, record, &event))
			vec_append(out, &event);
	vec_sort(out, by_sequence, NULL);
}

/* The change that an event's id begins with: "CR-k7q4x" of "CR-k7q4x.2.li". */
static const struct record *change_of(const struct project *project, const struct record *event)
{
	const struct record *change = NULL;

	for (size_t i = 0; i + 1 < event->folded.len; i++) {
		char next = event->folded.at[i + 1];

		if (event->folded.at[i] == '.' && next >= '0' && next <= '9')
			change = project_find(project, kind_find(slice_of("change")), slice_new(event->folded.at, i));
		if (change)
			return change;
	}
	return NULL;
}

void events_check(const struct project *project, struct diagnostics *found)
{
	struct reading r = { .project = project, .found = found };
	const struct record *record;
	struct arena arena;
	struct event event;

	arena_init(&arena);
	r.arena = &arena;
	FOREACH_RECORD (project, kind_find(slice_of("event")), record) {
		r.change = change_of(project, record);
		if (r.change)
			read_event(&r, record, &event);
		else
			fails(&r, record, NULL, N_("the event's change is not there"));
	}
	arena_release(&arena);
}

int events_verify(struct vec *events, const struct vec *keys, const struct signer *signer, struct err *err)
{
	struct event *all = events->items;
	struct strbuf payload;
	int rc = 0;

	strbuf_init(&payload);
	for (size_t i = 0; i < events->len && !rc; i++) {
		const struct key *key;

		strbuf_reset(&payload);
		event_payload(&all[i], &payload);
		all[i].signer = -1;
		rc = key_verify(signer, keys, strbuf_slice(&payload), all[i].signature, &all[i].signer, err);
		key = all[i].signer >= 0 ? vec_at(keys, (size_t)all[i].signer) : NULL;
		if (rc || (key && !slice_equal(key->person, all[i].person)))
			all[i].signer = -1;
	}
	strbuf_release(&payload);
	return rc;
}

static bool submitted_before(const struct vec *events, size_t at, struct slice person)
{
	const struct event *all = events->items;

	for (size_t i = 0; i < at; i++)
		if (all[i].verdict == VERDICT_SUBMIT && all[i].signer >= 0 && slice_equal(all[i].person, person))
			return true;
	return false;
}

enum change_state events_state(const struct vec *events, const struct event **submission)
{
	const struct event *all = events->items;
	enum change_state state = STATE_DRAFT;

	*submission = NULL;
	for (size_t i = 0; i < events->len; i++) {
		if (all[i].signer < 0)
			continue;
		if (all[i].verdict == VERDICT_SUBMIT) {
			*submission = &all[i];
			state = STATE_SUBMITTED;
		} else if (all[i].verdict == VERDICT_REJECT && *submission) {
			state = STATE_REJECTED;
		} else if (all[i].verdict == VERDICT_WITHDRAW && submitted_before(events, i, all[i].person)) {
			state = STATE_WITHDRAWN;
		}
	}
	return state;
}
