/* Signing keys: which lines count, and whose signature it is. The second half needs ssh-keygen and passes without it,
 * saying so. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/base64.h"
#include "base/file.h"
#include "base/process.h"
#include "change/key.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

struct world {
	char folder[64];
	bool works; /* ssh-keygen is there */
	struct arena arena;
	struct vec keys;
	char **environment;
};

static const char *path_in(struct world *w, const char *name)
{
	return arena_printf(&w->arena, "%s/%s", w->folder, name);
}

static int run(struct world *w, const char *const *arguments)
{
	struct strbuf said;
	int status = -1;

	strbuf_init(&said);
	int rc = process_run(&(struct process){ .arguments = arguments,
				     .folder = w->folder,
				     .environment = w->environment,
				     .output = &said,
				     .errors = &said },
		&status, NULL);
	strbuf_release(&said);
	return rc ? -1 : status;
}

static int make_key(struct world *w, const char *name, const char *type, const char *bits)
{
	return run(w, (const char *const[]){
			      "ssh-keygen", "-q", "-t", type, "-b", bits, "-N", "", "-C", name, "-f", name, NULL });
}

static struct slice public_line(struct world *w, const char *name)
{
	struct strbuf text;
	struct slice line;

	strbuf_init(&text);
	assert_int_equal(file_read(&text, path_in(w, name), NULL), 0);
	line = arena_slice(&w->arena, slice_trim(strbuf_slice(&text)));
	strbuf_release(&text);
	return line;
}

static void add_key(struct world *w, const char *person, const char *name)
{
	const char *why;
	struct key key;

	if (key_parse(&key, public_line(w, name), &w->arena, &why) != KEY_GOOD)
		fail_msg("%s: %s", name, why);
	key.person = slice_of(person);
	vec_append(&w->keys, &key);
}

static int setup(void **state)
{
	struct world *w = calloc(1, sizeof(*w));

	snprintf(w->folder, sizeof(w->folder), "/tmp/pmt-keys-XXXXXX");
	assert_non_null(mkdtemp(w->folder));
	arena_init(&w->arena);
	vec_init(&w->keys, sizeof(struct key));
	w->environment = environment_with(environ, (const char *const[]){ "SSH_AUTH_SOCK", "SSH_ASKPASS", "DISPLAY",
		arena_printf(&w->arena, "HOME=%s", w->folder), NULL });
	w->works = make_key(w, "li", "ed25519", "256") == 0;
	*state = w;
	if (!w->works) {
		print_message("# ssh-keygen is not there: signatures are not tested\n");
		return 0;
	}
	assert_int_equal(make_key(w, "zhang", "ecdsa", "384"), 0);
	assert_int_equal(make_key(w, "wang", "rsa", "3072"), 0);
	assert_int_equal(make_key(w, "weak", "rsa", "2048"), 0);
	assert_int_equal(make_key(w, "mallory", "ed25519", "256"), 0);
	add_key(w, "li", "li.pub");
	add_key(w, "zhang", "zhang.pub");
	add_key(w, "wang", "wang.pub");
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;

	file_remove_tree(w->folder, NULL);
	environment_free(w->environment);
	vec_release(&w->keys);
	arena_release(&w->arena);
	free(w);
	return 0;
}

/* Lines. */

static void put_string(struct strbuf *out, struct slice bytes)
{
	const char len[4] = { (char)(bytes.len >> 24), (char)(bytes.len >> 16), (char)(bytes.len >> 8),
		(char)bytes.len };

	strbuf_add(out, len, 4);
	strbuf_add_slice(out, bytes);
}

static void put_zeros(struct strbuf *out, size_t len, char first)
{
	char *bytes = calloc(len, 1);

	bytes[0] = first;
	bytes[len - 1] = 1;
	put_string(out, slice_new(bytes, len));
	free(bytes);
}

/* "TYPE BASE64" of a type's name and what follows it in the blob. */
static const char *line_of(struct world *w, const char *type, const char *name, const struct strbuf *body)
{
	struct strbuf blob, line;
	const char *out;

	strbuf_init(&blob);
	strbuf_init(&line);
	put_string(&blob, slice_of(name));
	strbuf_add_slice(&blob, strbuf_slice(body));
	strbuf_addf(&line, "%s ", type);
	base64_encode(&line, strbuf_slice(&blob), 0);
	out = arena_strdup(&w->arena, line.buf);
	strbuf_release(&line);
	strbuf_release(&blob);
	return out;
}

static void parses(struct world *w, const char *line, enum key_fault wanted, const char *reason)
{
	const char *why = NULL;
	struct key key;
	enum key_fault fault = key_parse(&key, slice_of(line), &w->arena, &why);

	if (fault != wanted || (reason && !strstr(why, reason)))
		fail_msg("%s: %d, %s", line, fault, why ? why : "fine");
}

static void lines_that_count(void **state)
{
	static const char ed25519[] =
		"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGh6AcuYIIbjVe8hnweZXTGPgWlZrk+Hp3twasgGI0Of";
	struct world *w = *state;
	const char *why;
	struct key key;

	assert_int_equal(key_parse(&key, slice_of(ed25519), &w->arena, &why), KEY_GOOD);
	assert_true(slice_is(key.line, ed25519));
	assert_true(slice_is(key.fingerprint, "SHA256:tGWW6qOyjr72b+5dDd+LdwH0v3CRhAMgHlFtDvwdgPA"));
	assert_int_equal(
		key_parse(&key, slice_of(arena_printf(&w->arena, "  %s\t李伟 <a@b> * ", ed25519)), &w->arena, &why),
		KEY_GOOD);
	assert_true(slice_is(key.line, ed25519));
	parses(w, "", KEY_SYNTAX, "not an SSH public key");
	parses(w, "ssh-ed25519", KEY_SYNTAX, "base64");
	parses(w, arena_printf(&w->arena, "* %s", ed25519), KEY_SYNTAX, "not an SSH public key");
	parses(w, arena_printf(&w->arena, "cert-authority %s", ed25519), KEY_SYNTAX, "not an SSH public key");
	parses(w, arena_printf(&w->arena, "namespaces=\"x\" %s", ed25519), KEY_SYNTAX, NULL);
	parses(w, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGh6AcuYIIbjVe8hnweZXTGPgWlZrk+Hp3twasgGI0O", KEY_SYNTAX,
		"base64");
	parses(w, "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGh6AcuYIIbjVe8hnweZXTGPgWlZrk+Hp3twasgGI0Ofg", KEY_SYNTAX,
		"base64");
	parses(w, "ssh-rsa AAAAC3NzaC1lZDI1NTE5AAAAIGh6AcuYIIbjVe8hnweZXTGPgWlZrk+Hp3twasgGI0Of", KEY_SYNTAX,
		"not of the type");
	parses(w, "ssh-ed25519-cert-v01@openssh.com AAAA", KEY_WEAK, "certificates");
	parses(w, "sk-ecdsa-sha2-nistp256@openssh.com AAAA", KEY_WEAK, "this type");
	parses(w, "ssh-dss AAAA", KEY_WEAK, "this type");
}

static void blobs_that_count(void **state)
{
	struct world *w = *state;
	struct strbuf body;

	strbuf_init(&body);
	put_zeros(&body, 32, 7);
	parses(w, line_of(w, "ssh-ed25519", "ssh-ed25519", &body), KEY_GOOD, NULL);
	strbuf_add_char(&body, 'x');
	parses(w, line_of(w, "ssh-ed25519", "ssh-ed25519", &body), KEY_SYNTAX, "damaged");
	strbuf_truncate(&body, body.len - 1);
	put_string(&body, slice_of("ssh:"));
	parses(w, line_of(w, "sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519@openssh.com", &body), KEY_GOOD, NULL);
	strbuf_reset(&body);
	put_zeros(&body, 32, 7);
	put_string(&body, slice_of("https://bank"));
	parses(w, line_of(w, "sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519@openssh.com", &body), KEY_WEAK,
		"not made for SSH");
	for (size_t bytes = 128; bytes <= 512; bytes += 128) {
		strbuf_reset(&body);
		put_string(&body, slice_new("\x01\x00\x01", 3));
		put_zeros(&body, bytes, 0x7f);
		parses(w, line_of(w, "ssh-rsa", "ssh-rsa", &body), bytes >= 512 ? KEY_GOOD : KEY_WEAK, NULL);
	}
	strbuf_reset(&body);
	put_string(&body, slice_of("nistp256"));
	put_zeros(&body, 65, 4);
	parses(w, line_of(w, "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp256", &body), KEY_GOOD, NULL);
	parses(w, line_of(w, "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp384", &body), KEY_SYNTAX, "damaged");
	strbuf_release(&body);
}

/* Keys of a project: diagnostics at the line, none of a key that two people have. */
static void keys_of_people(void **state)
{
	static const char a[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGh6AcuYIIbjVe8hnweZXTGPgWlZrk+Hp3twasgGI0Of";
	static const char b[] = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGh6AcuYIIbjVe8hnweZXTGPgWlZrk+Hp3twasgGI0Og";
	struct world *w = *state;
	struct source *source = source_memory_new();
	struct diagnostics found;
	struct project project;
	struct strbuf text;
	struct vec keys;

	strbuf_init(&text);
	diagnostics_init(&found);
	strbuf_addf(&text,
		"[project]\n[resource li]\nkeys = %s li@home\n  ssh-rsa AAAA\n  %s\n[resource wang]\nkeys =\n  %s\n", b,
		b, a);
	strbuf_addf(&text, "[resource zhao]\nkeys = %s other remark\n", a);
	source_memory_add(source, "pmt.ini", strbuf_slice(&text));
	assert_int_equal(project_load(&project, source, 1, &found, NULL), 0);
	vec_init(&keys, sizeof(struct key));
	keys_read(&keys, &project, &w->arena, &found);
	assert_int_equal(keys.len, 1);
	assert_true(slice_is(((struct key *)keys.items)[0].person, "li"));
	assert_true(slice_is(((struct key *)keys.items)[0].line, b));
	assert_int_equal(found.errors, 2);
	assert_string_equal(((struct diagnostic *)found.items.items)[0].id, "key-syntax");
	assert_int_equal(((struct diagnostic *)found.items.items)[0].place.line, 4);
	assert_int_equal(((struct diagnostic *)found.items.items)[0].place.column, 3);
	assert_string_equal(((struct diagnostic *)found.items.items)[1].id, "key-shared");
	assert_int_equal(((struct diagnostic *)found.items.items)[1].place.line, 10);
	vec_release(&keys);
	strbuf_release(&text);
	project_release(&project);
	source_free(source);
	diagnostics_release(&found);
}

/* Signatures. */

static struct signer signer_of(struct world *w, const char *key)
{
	return (struct signer){
		.environment = w->environment, .folder = w->folder, .key = key ? path_in(w, key) : NULL
	};
}

static void sign(struct world *w, const char *key, const char *payload, struct strbuf *out)
{
	struct signer signer = signer_of(w, key);
	struct err err;

	err_init(&err);
	strbuf_init(out);
	if (key_sign(&signer, slice_of(payload), out, &err))
		fail_msg("%s", err.message);
}

static long who(struct world *w, const char *payload, struct slice signature)
{
	struct signer signer = signer_of(w, NULL);
	struct err err;
	long index = 7;

	err_init(&err);
	if (key_verify(&signer, &w->keys, slice_of(payload), signature, &index, &err))
		fail_msg("%s", err.message);
	return index;
}

static void whose_signature(void **state)
{
	static const char *const names[] = { "li", "zhang", "wang" };
	struct world *w = *state;
	struct strbuf signature;

	if (!w->works)
		skip();
	for (long i = 0; i < 3; i++) {
		sign(w, names[i], "what\nis signed\n", &signature);
		assert_int_equal(who(w, "what\nis signed\n", strbuf_slice(&signature)), i);
		assert_int_equal(who(w, "what\nis signed", strbuf_slice(&signature)), -1);
		assert_int_equal(who(w, "", strbuf_slice(&signature)), -1);
		strbuf_release(&signature);
	}
	sign(w, "mallory", "x", &signature);
	assert_int_equal(who(w, "x", strbuf_slice(&signature)), -1);
	strbuf_release(&signature);
	assert_int_equal(who(w, "x", slice_of("")), -1);
	assert_int_equal(who(w, "x", slice_of("U1NIU0lH")), -1);
}

/* Changes one byte at a time of what is in the blob: none is taken for a signature. */
static void no_byte_can_be_changed(void **state)
{
	enum { STEP = 7 };
	struct world *w = *state;
	struct strbuf signature, changed;
	struct slice blob;

	if (!w->works)
		skip();
	sign(w, "li", "x", &signature);
	strbuf_init(&changed);
	assert_true(base64_decode(strbuf_slice(&signature), &w->arena, &blob));
	for (size_t i = 0; i < blob.len; i += STEP) {
		char *bytes = arena_strndup(&w->arena, blob.at, blob.len);

		bytes[i] = (char)(bytes[i] ^ 1);
		strbuf_reset(&changed);
		base64_encode(&changed, slice_new(bytes, blob.len), 70);
		assert_int_equal(who(w, "x", strbuf_slice(&changed)), -1);
	}
	strbuf_release(&changed);
	strbuf_release(&signature);
}

/* A signature for another purpose, by ssh-keygen itself. */
static void other_namespaces_do_not_count(void **state)
{
	struct world *w = *state;
	struct strbuf text;
	struct slice body;

	if (!w->works)
		skip();
	assert_int_equal(file_replace(path_in(w, "m"), slice_of("x"), NULL), 0);
	assert_int_equal(
		run(w, (const char *const[]){ "ssh-keygen", "-Y", "sign", "-n", "git", "-f", "li", "m", NULL }), 0);
	strbuf_init(&text);
	assert_int_equal(file_read(&text, path_in(w, "m.sig"), NULL), 0);
	body = slice_trim(strbuf_slice(&text));
	body = slice_from(body, slice_find(body, '\n') + 1);
	body.len -= strlen("-----END SSH SIGNATURE-----");
	assert_int_equal(who(w, "x", body), -1);
	strbuf_release(&text);
}

/* A hardware key's signature without the touch flag is refused before ssh-keygen is asked. */
static void touch_is_required(void **state)
{
	struct world *w = *state;
	struct strbuf body, blob, text, inner;
	const char *line, *why;
	struct vec keys;
	struct key key;
	long index;

	strbuf_init(&body);
	strbuf_init(&blob);
	strbuf_init(&text);
	strbuf_init(&inner);
	put_zeros(&body, 32, 7);
	put_string(&body, slice_of("ssh:"));
	line = line_of(w, "sk-ssh-ed25519@openssh.com", "sk-ssh-ed25519@openssh.com", &body);
	assert_int_equal(key_parse(&key, slice_of(line), &w->arena, &why), KEY_GOOD);
	key.person = slice_of("li");
	vec_init(&keys, sizeof(struct key));
	vec_append(&keys, &key);
	for (char flags = 0; flags < 2; flags++) {
		struct signer signer = { .environment = (char *[]){ NULL }, .folder = "/nonexistent" };

		strbuf_reset(&blob);
		strbuf_reset(&inner);
		strbuf_reset(&text);
		strbuf_add(&blob, "SSHSIG\0\0\0\1", 10);
		put_string(&blob, key.blob);
		put_string(&blob, slice_of("pmt-approval"));
		put_string(&blob, slice_of(""));
		put_string(&blob, slice_of("sha512"));
		put_string(&inner, slice_of("sk-ssh-ed25519@openssh.com"));
		put_zeros(&inner, 64, 1);
		strbuf_add_char(&inner, flags);
		strbuf_add(&inner, "\0\0\0\1", 4);
		put_string(&blob, strbuf_slice(&inner));
		base64_encode(&text, strbuf_slice(&blob), 70);
		/* with the flag ssh-keygen would be asked, which needs the folder */
		assert_int_equal(
			key_verify(&signer, &keys, slice_of("x"), strbuf_slice(&text), &index, NULL) != 0, flags == 1);
		assert_int_equal(index, -1);
	}
	vec_release(&keys);
	strbuf_release(&inner);
	strbuf_release(&text);
	strbuf_release(&blob);
	strbuf_release(&body);
}

static void refused(struct world *w, const struct signer *signer, const char *message, const char *hint)
{
	struct strbuf signature;
	struct err err;

	(void)w;
	err_init(&err);
	strbuf_init(&signature);
	assert_int_equal(key_sign(signer, slice_of("x"), &signature, &err), ERR_INPUT);
	if (!strstr(err.message, message) || !err.hint || !strstr(err.hint, hint))
		fail_msg("%s (%s)", err.message, err.hint ? err.hint : "no hint");
	assert_int_equal(signature.len, 0);
	err_release(&err);
}

static void why_it_cannot_be_signed(void **state)
{
	struct world *w = *state;
	struct signer signer;

	if (!w->works)
		skip();
	signer = signer_of(w, "nowhere");
	refused(w, &signer, "there is no key", "pmt.signingkey");
	assert_int_equal(run(w, (const char *const[]){ "ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f",
					"locked", NULL }),
		0);
	signer = signer_of(w, "locked");
	refused(w, &signer, "passphrase", "ssh-add");
	assert_int_equal(unlink(path_in(w, "locked")), 0);
	signer = signer_of(w, "locked.pub");
	refused(w, &signer, "agent", "ssh-add");
}

static void which_key_is_chosen(void **state)
{
	struct world *w = *state;
	struct signer signer = signer_of(w, NULL);
	struct key_choice choice;
	struct err err;

	if (!w->works)
		skip();
	err_init(&err);
	assert_int_equal(
		key_choose(&signer, path_in(w, "zhang"), &w->keys, slice_of("ZHANG"), &w->arena, &choice, &err), 0);
	assert_int_equal(choice.index, 1);
	assert_int_equal(key_choose(&signer, "~/wang", &w->keys, slice_new(NULL, 0), &w->arena, &choice, &err), 0);
	assert_int_equal(choice.index, 2);
	assert_string_equal(choice.path, path_in(w, "wang"));
	assert_int_equal(key_choose(&signer,
				 arena_printf(&w->arena, "key::%.*s", (int)public_line(w, "li.pub").len,
					 public_line(w, "li.pub").at),
				 &w->keys, slice_new(NULL, 0), &w->arena, &choice, &err),
		0);
	assert_int_equal(choice.index, 0);
	assert_int_equal(key_choose(&signer, path_in(w, "zhang"), &w->keys, slice_of("li"), &w->arena, &choice, &err),
		ERR_INPUT);
	assert_non_null(strstr(err.message, "not among the keys of 'li'"));
	err_release(&err);
	assert_int_equal(
		key_choose(&signer, path_in(w, "mallory"), &w->keys, slice_new(NULL, 0), &w->arena, &choice, &err),
		ERR_INPUT);
	err_release(&err);
	assert_int_equal(key_choose(&signer, NULL, &w->keys, slice_of("li"), &w->arena, &choice, &err), ERR_INPUT);
	assert_non_null(strstr(err.message, "neither in the agent nor"));
	err_release(&err);
	assert_int_equal(file_make_folders(path_in(w, ".ssh"), NULL), 0);
	assert_int_equal(file_replace(path_in(w, ".ssh/a.pub"), public_line(w, "mallory.pub"), NULL), 0);
	assert_int_equal(file_replace(path_in(w, ".ssh/b.pub"), public_line(w, "li.pub"), NULL), 0);
	assert_int_equal(key_choose(&signer, NULL, &w->keys, slice_of("li"), &w->arena, &choice, &err), 0);
	assert_string_equal(choice.path, path_in(w, ".ssh/b.pub"));
	/* somebody who signs commits with GPG */
	assert_int_equal(key_choose(&signer, "0xDEADBEEF", &w->keys, slice_of("li"), &w->arena, &choice, &err), 0);
	assert_string_equal(choice.path, path_in(w, ".ssh/b.pub"));
	assert_int_equal(
		key_choose(&signer, "./0xDEADBEEF", &w->keys, slice_of("li"), &w->arena, &choice, &err), ERR_INPUT);
	err_release(&err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines_that_count),
		cmocka_unit_test(blobs_that_count),
		cmocka_unit_test(keys_of_people),
		cmocka_unit_test(whose_signature),
		cmocka_unit_test(no_byte_can_be_changed),
		cmocka_unit_test(other_namespaces_do_not_count),
		cmocka_unit_test(touch_is_required),
		cmocka_unit_test(why_it_cannot_be_signed),
		cmocka_unit_test(which_key_is_chosen),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
