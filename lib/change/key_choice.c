/* With which key a person signs: the configured one, else what the agent holds, else what lies in ~/.ssh. */
#include "change/key-internal.h"

#include "base/file.h"
#include "base/process.h"
#include "model/header.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

struct choosing {
	const struct signer *signer;
	const struct vec *keys;
	struct slice person;
	struct arena *arena;
	struct key_choice *out;
};

static bool is_persons(const struct choosing *c, const struct key *key)
{
	struct slice own = c->person.at ? id_fold(c->person, c->arena) : c->person;

	return !c->person.at || slice_equal(id_fold(key->person, c->arena), own);
}

/* Does the line hold a key of the person's? */
static bool take_line(struct choosing *c, struct slice line)
{
	const struct key *all = c->keys->items;
	const char *why;
	struct key key;

	if (key_parse(&key, line, c->arena, &why) != KEY_GOOD)
		return false;
	for (size_t i = 0; i < c->keys->len; i++)
		if (slice_equal(all[i].blob, key.blob) && is_persons(c, &all[i])) {
			c->out->index = i;
			return true;
		}
	return false;
}

/* The public half of a key file; the file itself when it is one. */
static bool read_public(struct choosing *c, const char *path, struct slice *line)
{
	struct strbuf name, text;
	bool good;

	strbuf_init(&name);
	strbuf_init(&text);
	strbuf_addf(&name, "%s%s", path, slice_ends(slice_of(path), ".pub") ? "" : ".pub");
	good = file_exists(name.buf) && file_read(&text, name.buf, NULL) == 0;
	*line = arena_slice(c->arena, slice_trim(strbuf_slice(&text)));
	strbuf_release(&text);
	strbuf_release(&name);
	return good;
}

static const char *home_path(const struct choosing *c, const char *path)
{
	const char *home = environment_get(c->signer->environment, "HOME");

	if (strncmp(path, "~/", 2) != 0)
		return path;
	return arena_printf(c->arena, "%s/%s", home ? home : "", path + 2);
}

static bool is_literal(const char *key)
{
	return strncmp(key, "ssh-", 4) == 0 || strncmp(key, "sk-ssh-", 7) == 0 || strncmp(key, "ecdsa-", 6) == 0;
}

static int take_configured(struct choosing *c, const char *configured, struct err *err)
{
	bool prefixed = strncmp(configured, "key::", 5) == 0;
	struct slice line = slice_of(prefixed ? configured + 5 : configured);

	c->out->path = arena_strdup(c->arena, configured);
	if (!prefixed && !is_literal(configured)) {
		c->out->path = home_path(c, c->out->path);
		if (!read_public(c, c->out->path, &line)) {
			err_set(err, ERR_INPUT,
				"the signing key '%s' of git's configuration cannot be read: '%s%s' is not there",
				configured, c->out->path, slice_ends(slice_of(c->out->path), ".pub") ? "" : ".pub");
			err_hint(err, "name one with 'git config pmt.signingkey PATH'");
			return ERR_INPUT;
		}
	}
	if (take_line(c, line))
		return 0;
	if (c->person.at)
		err_set(err, ERR_INPUT, "the signing key '%s' of git's configuration is not among the keys of '%.*s'",
			configured, (int)c->person.len, c->person.at);
	else
		err_set(err, ERR_INPUT, "the signing key '%s' of git's configuration is nobody's in this project",
			configured);
	err_hint(err,
		"put its public half into the person's 'keys', or name another with 'git config pmt.signingkey PATH'");
	return ERR_INPUT;
}

/* One line a key. No agent, no keys. */
static bool take_from_agent(struct choosing *c)
{
	struct strbuf text, said;
	struct slice rest, line;
	bool found = false;
	int status = -1;

	if (!environment_get(c->signer->environment, "SSH_AUTH_SOCK"))
		return false;
	strbuf_init(&text);
	strbuf_init(&said);
	if (key_run(&(struct process){ .arguments = (const char *const[]){ "ssh-add", "-L", NULL },
			    .environment = c->signer->environment,
			    .output = &text,
			    .errors = &said },
		    &status, NULL) != 0 ||
		status != 0)
		strbuf_reset(&text);
	for (rest = strbuf_slice(&text); !found && slice_next(&rest, "\n", &line);)
		if ((found = take_line(c, line)))
			c->out->path = arena_printf(c->arena, "key::%.*s", (int)line.len, line.at);
	strbuf_release(&said);
	strbuf_release(&text);
	return found;
}

static bool take_from_home(struct choosing *c)
{
	const char *folder = home_path(c, "~/.ssh");
	DIR *entries = opendir(folder);
	struct strvec names;
	struct slice line;
	bool found = false;

	if (!entries)
		return false;
	strvec_init(&names);
	for (struct dirent *entry; (entry = readdir(entries)) != NULL;)
		if (slice_ends(slice_of(entry->d_name), ".pub"))
			strvec_push(&names, entry->d_name);
	closedir(entries);
	strvec_sort(&names);
	for (size_t i = 0; i < names.len && !found; i++) {
		const char *path = arena_printf(c->arena, "%s/%s", folder, names.items[i]);

		if ((found = read_public(c, path, &line) && take_line(c, line)))
			c->out->path = path;
	}
	strvec_release(&names);
	return found;
}

/* user.signingkey of those who sign commits with GPG or X.509: a name that is neither a key nor a file. */
static bool is_of_another_program(struct choosing *c, const char *configured)
{
	struct slice ignored;

	return strncmp(configured, "key::", 5) != 0 && !is_literal(configured) && !strchr(configured, '/') &&
	       !read_public(c, configured, &ignored);
}

int key_choose(const struct signer *signer, const char *configured, const struct vec *keys, struct slice person,
	struct arena *arena, struct key_choice *out, struct err *err)
{
	struct choosing c = { signer, keys, person, arena, out };

	*out = (struct key_choice){ .path = NULL };
	if (configured && *configured && !is_of_another_program(&c, configured))
		return take_configured(&c, configured, err);
	if (take_from_agent(&c) || take_from_home(&c))
		return 0;
	if (person.at)
		err_set(err, ERR_INPUT, "no signing key of '%.*s' is at hand: neither in the agent nor in ~/.ssh",
			(int)person.len, person.at);
	else
		err_set(err, ERR_INPUT,
			"no signing key of a person of this project is at hand: neither in the agent nor in ~/.ssh");
	err_hint(err, "put your public key into your record (pmt resource set ID keys=…), or name it with 'git config "
		      "pmt.signingkey PATH'");
	return ERR_INPUT;
}
