/*
 * The intent record of a fileset, and what the next command makes of it.
 *
 *	pmt-intent 1
 *	write TEMPORARY TARGET OLD-DIGEST NEW-DIGEST
 *	remove - TARGET OLD-DIGEST -
 *	end DIGEST-OF-ALL-ABOVE
 *
 * Paths are relative to the record's folder, so that a folder that was moved still recovers; bytes
 * that would break a line are %XX. A digest is "-" where there was no file. The lines are
 * written before the temporaries, "end" after all of these are on disk. So without a valid end no target
 * has been touched: the temporaries are removed. With it, every target is moved to its new state; one that
 * somebody changed since (neither old nor new) stops that before anything is touched.
 */
#include "base/file-internal.h"

#include "base/alloc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char magic[] = "pmt-intent 1\n";

static bool is_plain(unsigned char c)
{
	return c > ' ' && c != '%' && c != 0x7f;
}

static void add_path(struct strbuf *out, const char *path)
{
	for (; *path; path++) {
		if (is_plain((unsigned char)*path))
			strbuf_add_char(out, *path);
		else
			strbuf_addf(out, "%%%02x", (unsigned)(unsigned char)*path);
	}
}

/* How to get from `folder` to `path`; both absolute and free of links and "..". */
static void add_relative(struct strbuf *out, const char *folder, const char *path)
{
	size_t common = 0, at = 0;
	struct strbuf relative;

	strbuf_init(&relative);
	for (; folder[at] && folder[at] == path[at]; at++)
		if (path[at] == '/')
			common = at + 1;
	if (!folder[at] && path[at] == '/')
		common = at + 1;
	if (common < strlen(folder) + 1)
		for (const char *rest = folder + common; *rest; rest++)
			if (rest == folder + common || rest[-1] == '/')
				strbuf_add_str(&relative, "../");
	strbuf_add_str(&relative, path + common);
	add_path(out, relative.buf);
	strbuf_release(&relative);
}

/* bytes NULL: there is no file. */
static void add_digest(struct strbuf *out, const struct strbuf *bytes)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_HEX] = "-";

	if (bytes) {
		digest_of(strbuf_slice(bytes), digest);
		digest_hex(digest, hex);
	}
	strbuf_addf(out, " %s", hex);
}

void intent_add(struct strbuf *record, const struct fileset_item *item, const char *folder, bool digests)
{
	if (!record->len)
		strbuf_add_str(record, magic);
	strbuf_add_str(record, item->removal ? "remove " : "write ");
	if (item->removal)
		strbuf_add_char(record, '-');
	else
		add_relative(record, folder, item->temporary);
	strbuf_add_char(record, ' ');
	add_relative(record, folder, item->path);
	add_digest(record, digests && item->existed ? &item->before : NULL);
	add_digest(record, digests && !item->removal ? &item->contents : NULL);
	strbuf_add_char(record, '\n');
}

void intent_end(struct strbuf *record)
{
	struct strbuf end;

	strbuf_init(&end);
	strbuf_add_str(&end, "end");
	add_digest(&end, record);
	strbuf_addf(record, "%s\n", end.buf);
	strbuf_release(&end);
}

/* One line read back. */
struct intent {
	char *path, *temporary; /* temporary NULL: a removal */
	char old_hex[DIGEST_HEX], new_hex[DIGEST_HEX];
};

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static char *read_path(struct slice text, const char *folder)
{
	struct strbuf path;

	strbuf_init(&path);
	strbuf_addf(&path, "%s/", folder);
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '%' && i + 2 < text.len) {
			strbuf_add_char(&path, (char)(hex_value(text.at[i + 1]) * 16 + hex_value(text.at[i + 2])));
			i += 2;
		} else {
			strbuf_add_char(&path, text.at[i]);
		}
	}
	return path.buf;
}

/* Only names that fileset gives are ever removed or renamed, whatever the record says. */
static bool is_temporary_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash && !strncmp(slash + 1, ".pmt-", 5);
}

static bool read_line(struct slice line, const char *folder, struct intent *intent)
{
	struct slice words[5], rest = line;
	size_t count = 0;

	while (count < ARRAY_SIZE(words) && slice_next(&rest, " ", &words[count]))
		count++;
	if (count != ARRAY_SIZE(words) || rest.len || words[3].len >= DIGEST_HEX || words[4].len >= DIGEST_HEX)
		return false;
	*intent = (struct intent){ 0 };
	if (words[3].len)
		memcpy(intent->old_hex, words[3].at, words[3].len);
	if (words[4].len)
		memcpy(intent->new_hex, words[4].at, words[4].len);
	intent->path = read_path(words[2], folder);
	if (!slice_is(words[1], "-"))
		intent->temporary = read_path(words[1], folder);
	return !intent->temporary || is_temporary_name(intent->temporary);
}

/* Reads the lines into *intents; true when the end stands and fits, so that the record counts. */
static bool read_record(struct slice text, const char *folder, struct vec *intents)
{
	struct slice rest = text, line;
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_HEX];

	while (slice_find(rest, '\n') < rest.len) {
		size_t at = (size_t)(rest.at - text.at);
		struct intent *intent;

		slice_next(&rest, "\n", &line);
		if (slice_starts(line, "end ")) {
			digest_of(slice_new(text.at, at), digest);
			return slice_is(slice_from(line, 4), digest_hex(digest, hex));
		}
		if (!slice_starts(line, "write ") && !slice_starts(line, "remove "))
			continue;
		intent = vec_push(intents);
		if (!read_line(line, folder, intent)) {
			free(intent->path);
			free(intent->temporary);
			intents->len--;
		}
	}
	return false;
}

enum state { STATE_OLD, STATE_NEW, STATE_OTHER };

static int target_state(const struct intent *intent, enum state *state, struct err *err)
{
	uint8_t digest[DIGEST_BYTES];
	char hex[DIGEST_HEX] = "-";
	struct strbuf text;
	bool exists;
	int rc;

	strbuf_init(&text);
	rc = file_read_if_any(&text, intent->path, &exists, err);
	if (!rc && exists) {
		digest_of(strbuf_slice(&text), digest);
		digest_hex(digest, hex);
	}
	strbuf_release(&text);
	if (rc)
		return rc;
	*state = !strcmp(hex, intent->new_hex) ? STATE_NEW : !strcmp(hex, intent->old_hex) ? STATE_OLD : STATE_OTHER;
	return 0;
}

static bool is_pending(const struct intent *intent)
{
	return !intent->temporary || file_exists(intent->temporary);
}

/* Both with links resolved; a folder that is not there holds no target. */
static bool is_inside(const char *path, const char *inside)
{
	char *folder = path_folder(path), *real = realpath(folder, NULL), *top = realpath(inside, NULL);
	size_t len = top ? strlen(top) : 0;
	bool within = real && top && !strncmp(real, top, len) && (len == 1 || real[len] == '/' || !real[len]);

	free(folder);
	free(real);
	free(top);
	return within;
}

/* A record that came with a folder from elsewhere must not reach out of it. */
static int check_places(const struct vec *intents, const char *record, const char *inside, struct err *err)
{
	const struct intent *items = intents->items;

	for (size_t i = 0; i < intents->len; i++) {
		if (!is_pending(&items[i]) || (is_inside(items[i].path, inside) &&
			(!items[i].temporary || is_inside(items[i].temporary, inside))))
			continue;
		err_set(err, ERR_CONFLICT, "'%s' speaks of a file outside '%s'", record, inside);
		err_hint(err, "pmt does not follow it: remove '%s' unless you know where it comes from", record);
		return ERR_CONFLICT;
	}
	return 0;
}

/* Can every target still be brought to its new state without losing what somebody wrote since? */
static int check_targets(const struct vec *intents, const char *record, struct err *err)
{
	const struct intent *items = intents->items;
	enum state state;
	int rc = 0;

	for (size_t i = 0; i < intents->len && !rc; i++) {
		rc = target_state(&items[i], &state, err);
		if (rc || state != STATE_OTHER || !is_pending(&items[i]))
			continue;
		rc = err_set(err, ERR_CONFLICT, "'%s' was edited after a change to it was interrupted", items[i].path);
		if (items[i].temporary)
			err_hint(err, "the interrupted change is in '%s': take over what you need, then remove '%s'",
				items[i].temporary, record);
		else
			err_hint(err, "the interrupted change removes it: do that or not, then remove '%s'", record);
	}
	return rc;
}

static int finish(const struct intent *intent, struct err *err)
{
	enum state state;
	int rc = target_state(intent, &state, err);

	if (rc)
		return rc;
	if (state == STATE_NEW || !is_pending(intent)) {
		if (intent->temporary)
			unlink(intent->temporary);
		return 0;
	}
	if (intent->temporary ? rename(intent->temporary, intent->path) : unlink(intent->path))
		return err_errno(err, "cannot finish an interrupted change of '%s'", intent->path);
	return sync_folder_of(intent->path, err);
}

static int recover_items(const struct vec *intents, bool complete, const char *record, struct err *err)
{
	const struct intent *items = intents->items;
	int rc = complete ? check_targets(intents, record, err) : 0;

	for (size_t i = 0; i < intents->len && !rc; i++) {
		if (complete)
			rc = finish(&items[i], err);
		else if (items[i].temporary)
			unlink(items[i].temporary);
	}
	return rc;
}

static void free_intents(struct vec *intents)
{
	struct intent *items = intents->items;

	for (size_t i = 0; i < intents->len; i++) {
		free(items[i].path);
		free(items[i].temporary);
	}
	vec_release(intents);
}

int fileset_recover(const char *intent, const char *inside, struct err *err)
{
	struct strbuf text;
	struct vec intents;
	bool complete;
	char *folder;
	int rc;

	if (!file_exists(intent))
		return 0;
	strbuf_init(&text);
	rc = file_read(&text, intent, err);
	if (rc) {
		strbuf_release(&text);
		return rc;
	}
	vec_init(&intents, sizeof(struct intent));
	folder = path_folder(intent);
	complete = read_record(strbuf_slice(&text), folder, &intents);
	rc = check_places(&intents, intent, inside, err);
	if (!rc)
		rc = recover_items(&intents, complete, intent, err);
	if (!rc && unlink(intent) && errno != ENOENT)
		rc = err_errno(err, "cannot remove '%s'", intent);
	free_intents(&intents);
	free(folder);
	strbuf_release(&text);
	return rc ? rc : 1;
}
