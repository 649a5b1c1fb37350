/*
 * Public keys: the line as it stands in a .pub file, decoded and checked down to its last byte (RFC 4253, 5656, 8709,
 * OpenSSH's PROTOCOL.u2f). A blob that passes has one reading, and is emitted anew; nothing else of the line goes on.
 */
#include "change/key-internal.h"

#include "base/base64.h"
#include "base/digest.h"

#include <string.h>

static const char damaged[] = N_("the key is cut or damaged");

enum { RSA_LEAST_BITS = 3072, RSA_MOST_BITS = 16384, ED25519_BYTES = 32 };

bool wire_number(struct slice *rest, uint32_t *out)
{
	const unsigned char *at = (const unsigned char *)rest->at;

	if (rest->len < 4)
		return false;
	*out = (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
	*rest = slice_from(*rest, 4);
	return true;
}

bool wire_string(struct slice *rest, struct slice *out)
{
	struct slice after = *rest;
	uint32_t len;

	if (!wire_number(&after, &len) || len > after.len)
		return false;
	*out = slice_new(after.at, len);
	*rest = slice_from(after, len);
	return true;
}

/* A positive whole number in its shortest form; its bits. */
static bool wire_integer(struct slice *rest, struct slice *out, size_t *bits)
{
	unsigned char first;

	if (!wire_string(rest, out) || !out->len || (unsigned char)out->at[0] >= 0x80)
		return false;
	if (out->at[0] == 0) {
		if (out->len < 2 || (unsigned char)out->at[1] < 0x80)
			return false;
		*out = slice_from(*out, 1);
	}
	first = (unsigned char)out->at[0];
	for (*bits = out->len * 8; !(first & 0x80); first = (unsigned char)(first << 1))
		--*bits;
	return true;
}

static const char *check_ed25519(struct slice rest)
{
	struct slice point;

	return wire_string(&rest, &point) && point.len == ED25519_BYTES && !rest.len ? NULL : damaged;
}

static const char *check_sk_ed25519(struct slice rest)
{
	struct slice point, application;

	if (!wire_string(&rest, &point) || point.len != ED25519_BYTES || !wire_string(&rest, &application) || rest.len)
		return damaged;
	return slice_starts(application, "ssh:") ? NULL : N_("the hardware key was not made for SSH");
}

/* The curve's name, and a point that is not compressed. */
static const char *check_curve(struct slice rest, const char *name, size_t bytes)
{
	struct slice curve, point;

	if (!wire_string(&rest, &curve) || !slice_is(curve, name) || !wire_string(&rest, &point) || rest.len ||
		point.len != 2 * bytes + 1 || point.at[0] != 4)
		return damaged;
	return NULL;
}

static const char *check_nistp256(struct slice rest)
{
	return check_curve(rest, "nistp256", 32);
}

static const char *check_nistp384(struct slice rest)
{
	return check_curve(rest, "nistp384", 48);
}

static const char *check_nistp521(struct slice rest)
{
	return check_curve(rest, "nistp521", 66);
}

static const char *check_rsa(struct slice rest)
{
	struct slice exponent, modulus;
	size_t exponent_bits, bits;

	if (!wire_integer(&rest, &exponent, &exponent_bits) || !wire_integer(&rest, &modulus, &bits) || rest.len)
		return damaged;
	if (exponent_bits < 2 || !(exponent.at[exponent.len - 1] & 1) || !(modulus.at[modulus.len - 1] & 1))
		return damaged;
	if (bits < RSA_LEAST_BITS)
		return N_("an RSA key needs at least 3072 bits");
	return bits > RSA_MOST_BITS ? N_("an RSA key may have at most 16384 bits") : NULL;
}

static const struct key_type key_types[] = {
	{ "ssh-ed25519", { "ssh-ed25519" }, false, check_ed25519 },
	{ "sk-ssh-ed25519@openssh.com", { "sk-ssh-ed25519@openssh.com" }, true, check_sk_ed25519 },
	{ "ecdsa-sha2-nistp256", { "ecdsa-sha2-nistp256" }, false, check_nistp256 },
	{ "ecdsa-sha2-nistp384", { "ecdsa-sha2-nistp384" }, false, check_nistp384 },
	{ "ecdsa-sha2-nistp521", { "ecdsa-sha2-nistp521" }, false, check_nistp521 },
	{ "ssh-rsa", { "rsa-sha2-512", "rsa-sha2-256" }, false, check_rsa },
};

const struct key_type *key_type_find(struct slice name)
{
	for (size_t i = 0; i < sizeof(key_types) / sizeof(key_types[0]); i++)
		if (slice_is(name, key_types[i].name))
			return &key_types[i];
	return NULL;
}

static const char *fingerprint(struct slice blob, struct arena *arena, size_t *len)
{
	uint8_t digest[DIGEST_BYTES];
	struct strbuf text;
	const char *kept;

	digest_of(blob, digest);
	strbuf_init(&text);
	strbuf_add_str(&text, "SHA256:");
	base64_encode(&text, slice_new((const char *)digest, sizeof(digest)), 0);
	while (text.len && text.buf[text.len - 1] == '=')
		strbuf_truncate(&text, text.len - 1);
	*len = text.len;
	kept = arena_strndup(arena, text.buf, text.len);
	strbuf_release(&text);
	return kept;
}

static void emit(struct key *out, const struct key_type *type, struct slice blob, struct arena *arena)
{
	struct strbuf line;
	size_t len;
	const char *print = fingerprint(blob, arena, &len);

	strbuf_init(&line);
	strbuf_addf(&line, "%s ", type->name);
	base64_encode(&line, blob, 0);
	*out = (struct key){ .type = slice_of(type->name),
		.blob = blob,
		.line = arena_slice(arena, strbuf_slice(&line)),
		.fingerprint = slice_new(print, len) };
	strbuf_release(&line);
}

/* A type that we know and do not accept, or no type at all. */
static enum key_fault unknown_type(struct slice word, const char **why)
{
	bool certificate = slice_ends(word, "-cert-v01@openssh.com");

	if (!certificate && !slice_is(word, "ssh-dss") && !slice_is(word, "sk-ecdsa-sha2-nistp256@openssh.com"))
		return KEY_SYNTAX;
	*why = certificate ? N_("certificates are not accepted") : N_("keys of this type are not accepted");
	return KEY_WEAK;
}

enum key_fault key_parse(struct key *out, struct slice line, struct arena *arena, const char **why)
{
	struct slice rest = slice_trim(line), word = { NULL, 0 }, text, blob, name, body;
	const struct key_type *type;

	*why = N_("not an SSH public key: expected a type and a key in base64, as in a .pub file");
	if (!slice_next(&rest, " \t", &word) || !(type = key_type_find(word)))
		return unknown_type(word, why);
	rest = slice_trim(rest);
	if (!slice_next(&rest, " \t", &text) || !base64_decode(text, arena, &blob)) {
		*why = N_("the key is not in base64");
		return KEY_SYNTAX;
	}
	body = blob;
	if (!wire_string(&body, &name) || !slice_is(name, type->name)) {
		*why = N_("the key is not of the type that stands in front of it");
		return KEY_SYNTAX;
	}
	*why = type->check(body);
	if (*why)
		return *why == damaged ? KEY_SYNTAX : KEY_WEAK;
	emit(out, type, blob, arena);
	return KEY_GOOD;
}

/* All keys of a project. */

struct collecting {
	const struct project *project;
	struct arena *arena;
	struct diagnostics *found;
	struct vec places; /* struct place: of each key */
};

static void report(struct collecting *c, const struct record *record, struct place place, const char *id,
	const char *format, const char *argument)
{
	if (c->found)
		diagnostic_record(
			c->found, diagnose(c->found, place, id, format, argument, NULL), record_name(c->arena, record));
}

static void read_line(struct collecting *c, struct vec *out, const struct record *record, const struct entry *entry,
	struct slice line)
{
	struct place place = entry_place(c->project, record, entry, (size_t)(line.at - entry->text.at));
	enum key_fault fault;
	const char *why;
	struct key key;

	fault = key_parse(&key, line, c->arena, &why);
	if (fault != KEY_GOOD) {
		report(c, record, place, fault == KEY_WEAK ? "key-weak" : "key-syntax", why, NULL);
		return;
	}
	key.person = record->id;
	vec_append(out, &key);
	vec_append(&c->places, &place);
}

static const struct record *person_of(const struct collecting *c, const struct key *key)
{
	return project_find(c->project, kind_find(slice_of("resource")), key->person);
}

/* Removes keys that several people have, and what one person has twice. */
static void settle(struct collecting *c, struct vec *keys)
{
	bool *drop = arena_calloc(c->arena, keys->len + 1, sizeof(*drop));
	struct key *all = keys->items;
	struct place *places = c->places.items;
	struct map seen; /* blob → index of the first that has it */

	map_init(&seen);
	for (size_t i = 0; i < keys->len; i++) {
		uintptr_t first;

		if (map_add(&seen, all[i].blob, i, &first))
			continue;
		drop[i] = true;
		if (slice_equal(all[i].person, all[first].person))
			continue;
		drop[first] = true;
		report(c, person_of(c, &all[i]), places[i], "key-shared", N_("'%s' has the same signing key"),
			arena_strndup(c->arena, all[first].person.at, all[first].person.len));
	}
	map_release(&seen);
	for (size_t i = keys->len; i-- > 0;)
		if (drop[i])
			vec_remove(keys, i);
}

void keys_read(struct vec *out, const struct project *project, struct arena *arena, struct diagnostics *found)
{
	struct collecting c = { .project = project, .arena = arena, .found = found };
	const struct kind *kind = kind_find(slice_of("resource"));
	size_t field = kind_field_find(kind, slice_of("keys"));
	const struct record *record;

	vec_init(&c.places, sizeof(struct place));
	FOREACH_RECORD(project, kind, record) {
		const struct entry *entry = record->overlay ? NULL : record_entry(record, field);
		struct slice rest = entry ? entry->text : slice_new(NULL, 0), line;

		while (slice_next(&rest, "\n", &line))
			if (line.len)
				read_line(&c, out, record, entry, line);
	}
	settle(&c, out);
	vec_release(&c.places);
}
