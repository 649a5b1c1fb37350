/*
 * `pmt change setup ROLE=PERSON,... [PERSON.key=FILE...]`: turns change control on. Roles and public keys go to the
 * people, the policy that `init` wrote as comments is put in force; what the project says already stays.
 */
#include "cmd/cli/change.h"

#include "base/random.h"
#include "change/key.h"
#include "cmd/cli/config.h"
#include "cmd/cli/help.h"
#include "cmd/cli/template.h"
#include "git/program.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const struct option_spec change_setup_specs[] = {
	{ 0, "key", OPTION_TEXT, offsetof(struct change_setup_options, key), N_("FILE"),
		N_("Your own public key (default: the one git signs with, else that of ~/.ssh)") },
	{ 0, "commit", OPTION_OPTIONAL, offsetof(struct change_setup_options, change.commit), N_("MESSAGE"),
		N_("Commit the touched files") },
	{ 0, "dry-run", OPTION_FLAG, offsetof(struct change_setup_options, change.dry_run), NULL,
		N_("Show what would change, write nothing") },
	OPTIONS_END,
};

/* Roles that the policy of `init` asks for, and what to ask a person at a terminal. */
struct role {
	const char *name, *question;
};
static const struct role roles[] = {
	{ "sponsor", N_("Who is the sponsor, who decides for those who pay?") },
	{ "ccb", N_("Who is on the change control board (CCB)?") },
	{ "admin", N_("Who may change the rules, roles and keys themselves?") },
};

extern char **environ;

struct setup {
	struct context *context;
	const struct change_setup_options *options;
	struct change change;
	struct vec people; /* struct person_setup */
	struct arena arena;
	size_t role_count[ARRAY_SIZE(roles)]; /* who has it, afterwards */
	size_t keys;                          /* people with keys, afterwards */
};

/* What one person is to get. */
struct person_setup {
	struct record *record;
	struct strbuf roles; /* added, "ccb, admin" */
	struct strbuf key;   /* a line */
};

static struct person_setup *person_of(struct setup *s, struct record *record)
{
	struct person_setup *items = s->people.items, *added;

	for (size_t i = 0; i < s->people.len; i++)
		if (items[i].record == record)
			return &items[i];
	added = vec_push(&s->people);
	added->record = record;
	strbuf_init(&added->roles);
	strbuf_init(&added->key);
	return added;
}

static int find_person(struct setup *s, struct slice id, struct record **out, struct err *err)
{
	char *word = arena_strndup(&s->arena, id.at, id.len);
	int status = noun_resolve(s->context, kind_find(slice_of("resource")), word, out, err);

	if (status < 0 && err && !err->hint)
		err_hint(err, "pmt resource add %s title=NAME email=ADDRESS", word);
	return status;
}

/* --- roles --- */

static bool list_has(struct slice list, struct slice word)
{
	struct slice item;

	while (slice_next(&list, ",\n", &item))
		if (slice_equal(item, word))
			return true;
	return false;
}

static bool has_role(const struct setup *s, const struct record *record, struct slice role)
{
	const struct person_setup *items = s->people.items;

	for (size_t i = 0; i < s->people.len; i++)
		if (items[i].record == record && list_has(strbuf_slice(&items[i].roles), role))
			return true;
	return list_has(record_text_or(record, "roles"), role);
}

static int give_role(struct setup *s, struct slice role, struct slice persons, struct err *err)
{
	struct slice id;
	int status = 0;

	if (!id_valid(role, NULL))
		return err_set(
			err, ERR_USAGE, _("'%.*s' is no role: letters, digits, - _ ."), (int)role.len, role.at);
	while (status == 0 && slice_next(&persons, ", ", &id)) {
		struct record *record;
		struct person_setup *person;

		if (!id.len)
			continue;
		status = find_person(s, id, &record, err);
		if (status < 0 || has_role(s, record, role))
			continue;
		person = person_of(s, record);
		strbuf_addf(&person->roles, "%s%.*s", person->roles.len ? ", " : "", (int)role.len, role.at);
	}
	return status;
}

static size_t count_role(const struct setup *s, const char *role)
{
	const struct kind *kind = kind_find(slice_of("resource"));
	const struct record *record;
	size_t count = 0;

	FOREACH_RECORD (&s->context->project, kind, record)
		count += has_role(s, record, slice_of(role));
	return count;
}

/* At a terminal, for roles that nobody has yet. */
static int ask_roles(struct setup *s, struct err *err)
{
	char line[1024];
	int status = 0;

	for (size_t i = 0; i < ARRAY_SIZE(roles) && status == 0; i++) {
		struct slice answer;

		if (count_role(s, roles[i].name))
			continue;
		fprintf(stderr, "%s\n  %s: ", _(roles[i].question), _("ids, separated by commas"));
		if (!fgets(line, sizeof(line), stdin))
			return err_set(err, ERR_CANCELLED, "%s", _("nothing was written"));
		answer = slice_trim(slice_of(line));
		status = give_role(s, slice_of(roles[i].name), answer, err);
	}
	return status;
}

static int require_roles(const struct setup *s, struct err *err)
{
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		if (!count_role(s, roles[i].name)) {
			err_set(err, ERR_USAGE, _("nobody has the role '%s', which the policy asks for"),
				roles[i].name);
			err_hint(err, "pmt change setup sponsor=PERSON ccb=PERSON,PERSON admin=PERSON,PERSON");
			return ERR_USAGE;
		}
	return 0;
}

/* --- keys --- */

static bool has_keys(const struct setup *s, const struct record *record)
{
	const struct person_setup *items = s->people.items;

	for (size_t i = 0; i < s->people.len; i++)
		if (items[i].record == record && items[i].key.len)
			return true;
	return slice_trim(record_text_or(record, "keys")).len > 0;
}

/* "ssh-ed25519 AAAA…" itself, or the file it stands in. */
static int read_key(struct setup *s, const char *text, struct strbuf *out, struct err *err)
{
	struct slice line = slice_trim(slice_of(text));
	struct strbuf bytes;
	const char *why;
	struct key key;
	int status = 0;

	strbuf_init(&bytes);
	if (slice_find(line, ' ') == line.len) {
		status = file_read(&bytes, text, err);
		line = slice_trim(strbuf_slice(&bytes));
		if (slice_starts(line, "-----BEGIN")) { /* the private half: its public one stands beside it */
			struct strbuf public;

			strbuf_init(&public);
			strbuf_addf(&public, "%s.pub", text);
			strbuf_reset(&bytes);
			status = file_read(&bytes, public.buf, err);
			line = slice_trim(strbuf_slice(&bytes));
			strbuf_release(&public);
		}
	}
	if (status == 0 && slice_find(line, '\n') < line.len)
		status = err_set(err, ERR_USAGE, _("%s: one key is expected"), text);
	if (status == 0 && key_parse(&key, line, &s->arena, &why) != KEY_GOOD)
		status = err_set(err, ERR_USAGE, "%s: %s", text, _(why));
	if (status == 0)
		strbuf_add_slice(out, key.line);
	strbuf_release(&bytes);
	return status;
}

static int give_key(struct setup *s, struct record *record, const char *text, struct err *err)
{
	struct person_setup *person = person_of(s, record);

	return read_key(s, text, &person->key, err);
}

/* The public key that git signs with, else the customary ones; false: there is none. */
static bool own_key(struct strbuf *out)
{
	static const char *const customary[] = { "id_ed25519.pub", "id_ed25519_sk.pub", "id_ecdsa.pub",
		"id_rsa.pub" };
	static const char *const settings[] = { "pmt.signingKey", "user.signingKey" };
	const char *home = getenv("HOME");

	for (size_t i = 0; i < ARRAY_SIZE(settings); i++) {
		strbuf_reset(out);
		if (!settings_value(NULL, environ, settings[i], out))
			continue;
		if (slice_starts(strbuf_slice(out), "key::"))
			strbuf_remove(out, 0, strlen("key::"));
		if (out->buf[0] == '~' && out->buf[1] == '/' && home) {
			strbuf_remove(out, 0, 1);
			strbuf_insert(out, 0, home, strlen(home));
		}
		if (slice_starts(strbuf_slice(out), "ssh-") || file_exists(out->buf))
			return true;
	}
	for (size_t i = 0; home && i < ARRAY_SIZE(customary); i++) {
		strbuf_reset(out);
		strbuf_addf(out, "%s/.ssh/%s", home, customary[i]);
		if (file_exists(out->buf))
			return true;
	}
	return false;
}

static int give_own_key(struct setup *s, struct err *err)
{
	struct slice me = context_me(s->context);
	struct record *record = project_find(&s->context->project, kind_find(slice_of("resource")), me);
	struct strbuf path;
	int status = 0;

	if (s->options->key && !record) {
		err_set(err, ERR_USAGE, "%s", _("the project does not know who you are, so --key has no owner"));
		err_hint(err, "%s",
			_("give [resource] an email as in 'git config user.email', or say PERSON.key=FILE"));
		return ERR_USAGE;
	}
	if (s->options->key)
		return give_key(s, record, s->options->key, err);
	if (!record || has_keys(s, record))
		return 0;
	strbuf_init(&path);
	if (own_key(&path))
		status = give_key(s, record, path.buf, err);
	strbuf_release(&path);
	return status;
}

/* --- what is written --- */

static int write_person(struct setup *s, struct person_setup *person, struct err *err)
{
	struct assignment assignments[2];
	size_t count = 0;

	if (person->roles.len)
		assignments[count++] =
			(struct assignment){ slice_of("roles"), strbuf_slice(&person->roles), EDIT_ADD };
	if (person->key.len)
		assignments[count++] = (struct assignment){ slice_of("keys"), strbuf_slice(&person->key), EDIT_ADD };
	return count ? edit_set(&s->change.edit, person->record, assignments, count, err) : 0;
}

/* With two admins the other one must agree; with one, somebody else must submit. */
static const char *root_approval(const struct setup *s)
{
	return count_role(s, "admin") >= 3 ? "2 of admin" : "admin";
}

static int add_rule(struct setup *s, const char *name, const struct assignment *fields, size_t count, struct err *err)
{
	const struct kind *kind = kind_find(slice_of("policy"));

	if (project_find(&s->context->project, kind, slice_of(name)))
		return 0;
	return edit_add(&s->change.edit, kind, slice_of(name), fields, count, NULL, err);
}

static int write_policy(struct setup *s, struct err *err)
{
	const struct assignment scope[] = {
		{ slice_of("protect"), slice_of("task.title task.parent task.depends task.effort requirement.*"),
			EDIT_SET },
		{ slice_of("after"), slice_of("baseline"), EDIT_SET },
		{ slice_of("approve"), slice_of("sponsor, 1 of ccb"), EDIT_SET },
	};
	const struct assignment root[] = {
		{ slice_of("protect"), slice_of("authority"), EDIT_SET },
		{ slice_of("approve"), slice_of(root_approval(s)), EDIT_SET },
	};
	int status = add_rule(s, "scope", scope, ARRAY_SIZE(scope), err);

	return status == 0 ? add_rule(s, "root", root, ARRAY_SIZE(root), err) : status;
}

/* What is signed names the project by its uid: one written by hand may have none yet. */
static int write_uid(struct setup *s, struct err *err)
{
	const struct project *project = &s->context->project;
	char uid[17];
	struct assignment assignment = { slice_of("uid"), { uid, sizeof(uid) - 1 }, EDIT_SET };
	int status;

	if (!project->settings || slice_trim(record_text_or(project->settings, "uid")).len)
		return 0;
	status = random_base32(uid, sizeof(uid) - 1, 1, err);
	return status == 0 ? edit_set(&s->change.edit, project->settings, &assignment, 1, err) : status;
}

/*
 * What `init` wrote as comments is in force from here on, and would only stand beside itself: a line that says so (in
 * the language of those days), and the rules.
 */
static int drop_comments(struct setup *s, struct err *err)
{
	const struct project_file *files = s->context->project.files.items;
	size_t file = project_file_find(&s->context->project, "policy.ini");
	struct slice text = file == SIZE_MAX ? slice_of("") : files[file].bytes, rest;
	size_t head = slice_find(text, '\n') + strlen("\n;\n");

	rest = slice_from(text, head);
	if (!slice_starts(text, ";") || !slice_starts(slice_from(text, head - 3), "\n;\n") ||
		!slice_starts(rest, template_policy))
		return 0;
	rest = slice_from(rest, strlen(template_policy));
	text.len -= slice_trim(rest).len ? rest.len : 0;
	return edit_cut_head(&s->change.edit, "policy.ini", text, err);
}

static int write_all(struct setup *s, struct err *err)
{
	struct person_setup *items = s->people.items;
	int status = 0;

	change_begin(&s->change, s->context, &s->options->change);
	strbuf_add_str(&s->change.message, "policy: set up change control");
	for (size_t i = 0; i < s->people.len && status == 0; i++)
		status = write_person(s, &items[i], err);
	if (status == 0)
		status = write_uid(s, err);
	if (status == 0)
		status = drop_comments(s, err);
	if (status == 0)
		status = write_policy(s, err);
	return change_end(&s->change, status, err);
}

/* --- the words --- */

static int read_word(struct setup *s, const struct assignment *word, struct err *err)
{
	struct slice key = word->key;
	struct record *record;
	int status;

	if (!slice_ends(key, ".key"))
		return give_role(s, key, word->value, err);
	key.len -= strlen(".key");
	status = find_person(s, key, &record, err);
	return status == 0 ? give_key(s, record, arena_strndup(&s->arena, word->value.at, word->value.len), err)
			   : status;
}

static int read_words(struct setup *s, const struct strvec *arguments, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < arguments->len && status == 0; i++) {
		struct slice word = slice_of(arguments->items[i]);
		size_t equals = slice_find(word, '=');
		struct assignment assignment = { slice_new(word.at, equals), slice_from(word, equals + 1), EDIT_SET };

		if (equals == 0 || equals == word.len)
			status = help_usage_error(
				"change", "setup [ROLE=PERSON[,PERSON...]...] [PERSON.key=FILE...]", err);
		else
			status = read_word(s, &assignment, err);
	}
	return status;
}

/* --- telling --- */

static void tell_keys(struct setup *s)
{
	const struct kind *kind = kind_find(slice_of("resource"));
	const struct record *record;
	struct strbuf without;

	strbuf_init(&without);
	FOREACH_RECORD (&s->context->project, kind, record) {
		bool asked = false;

		for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
			asked = asked || has_role(s, record, slice_of(roles[i].name));
		if (asked && !has_keys(s, record))
			strbuf_addf(&without, "%s%.*s", without.len ? ", " : "", (int)record->id.len, record->id.at);
	}
	if (without.len)
		context_note(s->context,
			_("still without a key, so they cannot approve: %s (pmt change setup PERSON.key=FILE)"),
			without.buf);
	strbuf_release(&without);
}

static int tell(struct setup *s, struct err *err)
{
	struct context *context = s->context;
	struct doc doc;
	int status;

	if (s->options->change.dry_run)
		return 0;
	doc_init(&doc, "pmt.change.setup/1");
	if (context_wants_data(context)) {
		struct block *pairs = doc_pairs(&doc, "setup");

		pairs_add(&doc, pairs, "people", NULL, cell_integer((int64_t)s->people.len));
		for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
			pairs_add(&doc, pairs, roles[i].name, NULL,
				cell_integer((int64_t)count_role(s, roles[i].name)));
	} else {
		doc_paragraph(&doc,
			cell_message(
				N_("change control is set up: [policy scope] and [policy root] are in policy.ini")));
	}
	status = context_emit(context, &doc, err);
	doc_release(&doc);
	tell_keys(s);
	if (count_role(s, "admin") == 1)
		context_note(context, "%s",
			_("there is one admin: nobody can approve what that person submits; name a second"));
	if (!s->options->change.commit)
		context_note(context, "%s", _("commit it: the rules bind from that commit on"));
	context_note(context, "%s", _("'man pmt-change-control' says how a server or CI enforces them"));
	return status;
}

int change_setup(struct context *context, const void *options, struct strvec *arguments, struct err *err)
{
	struct setup s = { .context = context, .options = options };
	struct person_setup *items;
	int status;

	arena_init(&s.arena);
	vec_init(&s.people, sizeof(struct person_setup));
	status = read_words(&s, arguments, err);
	if (status == 0 && arguments->len == 0 && isatty(STDIN_FILENO))
		status = ask_roles(&s, err);
	if (status == 0)
		status = require_roles(&s, err);
	if (status == 0)
		status = give_own_key(&s, err);
	if (status == 0)
		status = write_all(&s, err);
	if (status == 0)
		status = tell(&s, err);
	items = s.people.items;
	for (size_t i = 0; i < s.people.len; i++) {
		strbuf_release(&items[i].roles);
		strbuf_release(&items[i].key);
	}
	vec_release(&s.people);
	arena_release(&s.arena);
	return status;
}
