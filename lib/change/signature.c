/*
 * SSH signatures (OpenSSH's PROTOCOL.sshsig), made and checked by ssh-keygen.
 *
 * "SSHSIG", version 1, public key, namespace, reserved, hash, signature (algorithm, bytes; of a hardware key also flags
 * and a counter). What the blob says is checked here first; ssh-keygen then sees a blob and a key that were decoded and
 * emitted anew, one principal and one namespace of ours, and decides one thing: whether the bytes are a signature of
 * the payload by that key.
 */
#include "change/key-internal.h"

#include "base/base64.h"
#include "base/file.h"
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define NAMESPACE "pmt-approval"
#define PRINCIPAL "pmt"
static const char armour_first[] = "-----BEGIN SSH SIGNATURE-----\n", armour_last[] = "\n-----END SSH SIGNATURE-----";

enum { SIGNATURE_COLUMNS = 70, FLAG_TOUCHED = 0x01 };

/* A folder of our own for the files that ssh-keygen reads. */
struct bench {
	struct strbuf folder;
	const struct signer *signer;
};

static int bench_open(struct bench *bench, const struct signer *signer, struct err *err)
{
	const char *folder = signer->folder ? signer->folder : environment_get(signer->environment, "TMPDIR");

	bench->signer = signer;
	strbuf_init(&bench->folder);
	strbuf_addf(&bench->folder, "%s/pmt-key-XXXXXX", folder && *folder ? folder : "/tmp");
	if (mkdtemp(bench->folder.buf)) /* mode 0700 */
		return 0;
	int rc = err_errno(err, "cannot make a folder in '%s'", folder && *folder ? folder : "/tmp");
	strbuf_release(&bench->folder);
	return rc;
}

static void bench_close(struct bench *bench)
{
	file_remove_tree(bench->folder.buf, NULL);
	strbuf_release(&bench->folder);
}

static const char *bench_path(const struct bench *bench, const char *name, struct strbuf *path)
{
	strbuf_reset(path);
	strbuf_addf(path, "%s/%s", bench->folder.buf, name);
	return path->buf;
}

static int bench_put(const struct bench *bench, const char *name, struct slice bytes, struct err *err)
{
	struct strbuf path;
	int descriptor, rc;

	strbuf_init(&path);
	descriptor = open(bench_path(bench, name, &path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	rc = descriptor < 0 ? err_errno(err, "cannot write '%s'", path.buf) : file_write_all(descriptor, bytes, err);
	if (descriptor >= 0)
		close(descriptor);
	strbuf_release(&path);
	return rc;
}

int key_run(const struct process *process, int *status, struct err *err)
{
	enum { EXIT_NO = 255 }; /* with which ssh-keygen ends when the answer is no */
	struct err own;
	int rc;

	err_init_like(&own, err);
	rc = process_run(process, status, &own);
	if (rc) {
		rc = err_set(err, ERR_INPUT, "%s", own.message);
		err_hint(err, "signing and checking signatures needs OpenSSH: install openssh-client");
	} else if (*status > 128 && *status != EXIT_NO) {
		rc = err_set(err, ERR_INPUT, "'%s' was ended by signal %d", process->arguments[0], *status - 128);
	}
	err_release(&own);
	return rc;
}

/* Signatures. */

struct signature {
	struct slice blob; /* all of it */
	struct slice key;  /* the public key's blob */
	struct slice name_space, hash, algorithm;
	uint8_t flags; /* of a hardware key */
	bool has_flags;
};

static bool parse_inner(struct signature *out, struct slice inner)
{
	struct slice bytes;
	uint32_t counter;

	if (!wire_string(&inner, &out->algorithm) || !wire_string(&inner, &bytes))
		return false;
	if (!inner.len)
		return true;
	out->has_flags = true;
	out->flags = (uint8_t)inner.at[0];
	inner = slice_from(inner, 1);
	return wire_number(&inner, &counter) && !inner.len;
}

static bool parse_signature(struct signature *out, struct slice text, struct arena *arena)
{
	struct slice rest, reserved, inner;
	uint32_t version;

	*out = (struct signature){ .flags = 0 };
	if (!base64_decode(text, arena, &out->blob) || !slice_starts(out->blob, "SSHSIG"))
		return false;
	rest = slice_from(out->blob, 6);
	return wire_number(&rest, &version) && version == 1 && wire_string(&rest, &out->key) &&
	       wire_string(&rest, &out->name_space) && wire_string(&rest, &reserved) && !reserved.len &&
	       wire_string(&rest, &out->hash) && wire_string(&rest, &inner) && !rest.len && parse_inner(out, inner);
}

static bool algorithm_fits(const struct key_type *type, struct slice algorithm)
{
	for (size_t i = 0; i < 2; i++)
		if (type->algorithms[i] && slice_is(algorithm, type->algorithms[i]))
			return true;
	return false;
}

/* Is it made for us, and as a key of that type must make it? */
static bool is_acceptable(const struct signature *signature, const struct key *key)
{
	const struct key_type *type = key_type_find(key->type);

	if (!type || !slice_is(signature->name_space, NAMESPACE) || !algorithm_fits(type, signature->algorithm))
		return false;
	if (!slice_is(signature->hash, "sha512") && !slice_is(signature->hash, "sha256"))
		return false;
	if (type->touch)
		return signature->has_flags && (signature->flags & FLAG_TOUCHED);
	return !signature->has_flags;
}

static long find_key(const struct vec *keys, struct slice blob)
{
	const struct key *all = keys->items;

	for (size_t i = 0; i < keys->len; i++)
		if (slice_equal(all[i].blob, blob))
			return (long)i;
	return -1;
}

static int write_verify_files(
	const struct bench *bench, const struct key *key, const struct signature *signature, struct err *err)
{
	struct strbuf text;
	int rc;

	strbuf_init(&text);
	strbuf_addf(&text, PRINCIPAL " namespaces=\"" NAMESPACE "\" %.*s\n", (int)key->line.len, key->line.at);
	rc = bench_put(bench, "signers", strbuf_slice(&text), err);
	strbuf_reset(&text);
	strbuf_add_str(&text, armour_first);
	base64_encode(&text, signature->blob, SIGNATURE_COLUMNS);
	strbuf_addf(&text, "%s\n", armour_last);
	if (!rc)
		rc = bench_put(bench, "signature", strbuf_slice(&text), err);
	strbuf_release(&text);
	return rc;
}

/* ssh-keygen says no by 255 and one sentence; everything else that is not a yes is no answer. */
static int run_verify(const struct bench *bench, struct slice payload, bool *good, struct err *err)
{
	struct strbuf signers, signature, said;
	int rc, status = -1;

	strbuf_init(&signers);
	strbuf_init(&signature);
	strbuf_init(&said);
	const char *const arguments[] = { "ssh-keygen", "-Y", "verify", "-f", bench_path(bench, "signers", &signers),
		"-I", PRINCIPAL, "-n", NAMESPACE, "-s", bench_path(bench, "signature", &signature), NULL };
	rc = key_run(&(struct process){ .arguments = arguments,
			     .environment = bench->signer->environment,
			     .input = payload,
			     .output = &said,
			     .errors = &said },
		&status, err);
	*good = !rc && status == 0;
	if (!rc && status != 0 && !strstr(said.buf, "Signature verification failed")) {
		rc = err_set(err, ERR_INPUT, "ssh-keygen cannot check a signature: %s",
			said.len ? said.buf : err_word(err, N_("it says nothing")));
	}
	strbuf_release(&said);
	strbuf_release(&signature);
	strbuf_release(&signers);
	return rc;
}

int key_verify(const struct signer *signer, const struct vec *keys, struct slice payload, struct slice text, long *who,
	struct err *err)
{
	struct signature signature;
	struct bench bench;
	struct arena arena;
	bool good = false;
	long index = -1;
	int rc = 0;

	*who = -1;
	arena_init(&arena);
	if (parse_signature(&signature, text, &arena))
		index = find_key(keys, signature.key);
	if (index >= 0 && is_acceptable(&signature, vec_at(keys, (size_t)index))) {
		rc = bench_open(&bench, signer, err);
		if (!rc) {
			rc = write_verify_files(&bench, vec_at(keys, (size_t)index), &signature, err);
			if (!rc)
				rc = run_verify(&bench, payload, &good, err);
			bench_close(&bench);
		}
		*who = good ? index : -1;
	}
	arena_release(&arena);
	return rc;
}

/* Signing. */

static bool is_literal(const char *key, const char **rest)
{
	*rest = strncmp(key, "key::", 5) == 0 ? key + 5 : key;
	return *rest != key || strncmp(key, "ssh-", 4) == 0 || strncmp(key, "sk-ssh-", 7) == 0 ||
	       strncmp(key, "ecdsa-", 6) == 0;
}

/* The file that ssh-keygen -f takes: signer->key, or one made of what it says. */
static int key_file(const struct bench *bench, struct strbuf *path, struct err *err)
{
	const char *literal;
	int rc;

	if (!is_literal(bench->signer->key, &literal)) {
		strbuf_add_str(path, bench->signer->key);
		return 0;
	}
	rc = bench_put(bench, "key.pub", slice_of(literal), err);
	bench_path(bench, "key.pub", path);
	return rc;
}

static int explain_refusal(const char *key, const struct strbuf *said, struct err *err)
{
	if (strstr(said->buf, "incorrect passphrase")) {
		err_set(err, ERR_INPUT, "the signing key '%s' is locked by a passphrase", key);
		err_hint(err, "put it into the agent first: ssh-add '%s'", key);
	} else if (strstr(said->buf, "No private key") || strstr(said->buf, "agent")) {
		err_set(err, ERR_INPUT, "the agent does not hold the private key of '%s'", key);
		err_hint(err, "start one with 'eval $(ssh-agent)' and give it the key with 'ssh-add'");
	} else if (strstr(said->buf, "Couldn't load public key")) {
		err_set(err, ERR_INPUT, "there is no key in '%s'", key);
		err_hint(err,
			"name one with 'git config pmt.signingkey PATH', or make one with 'ssh-keygen -t ed25519'");
	} else {
		err_set(err, ERR_INPUT, "ssh-keygen did not sign with '%s': %s", key,
			said->len ? said->buf : err_word(err, N_("it says nothing")));
	}
	return ERR_INPUT;
}

/* A hardware key's prompt ("Confirm user presence") must reach the person. */
static bool waits_for_touch(const char *path)
{
	struct strbuf name, text;
	bool touch;

	strbuf_init(&name);
	strbuf_init(&text);
	strbuf_addf(&name, "%s%s", path, slice_ends(slice_of(path), ".pub") ? "" : ".pub");
	touch = file_exists(name.buf) && file_read(&text, name.buf, NULL) == 0 &&
		slice_starts(strbuf_slice(&text), "sk-");
	strbuf_release(&text);
	strbuf_release(&name);
	return touch;
}

static int run_sign(const struct bench *bench, const char *key, struct err *err)
{
	struct strbuf payload, said;
	int rc, status = -1;

	strbuf_init(&payload);
	strbuf_init(&said);
	const char *const arguments[] = { "ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", key,
		bench_path(bench, "payload", &payload), NULL };
	rc = key_run(&(struct process){ .arguments = arguments,
			     .environment = bench->signer->environment,
			     .our_input = true,
			     .output = &said,
			     .errors = waits_for_touch(key) ? NULL : &said },
		&status, err);
	if (!rc && status != 0)
		rc = explain_refusal(bench->signer->key, &said, err);
	strbuf_release(&said);
	strbuf_release(&payload);
	return rc;
}

/* The signature file without its armour; made by a key that we would not accept, it is refused here already. */
static int take_signature(const struct bench *bench, struct strbuf *signature, struct err *err)
{
	struct strbuf path, text;
	struct slice body;
	int rc;

	strbuf_init(&path);
	strbuf_init(&text);
	rc = file_read(&text, bench_path(bench, "payload.sig", &path), err);
	body = slice_trim(strbuf_slice(&text));
	if (!rc && slice_starts(body, armour_first) && slice_ends(body, armour_last)) {
		body = slice_from(body, strlen(armour_first));
		body.len -= strlen(armour_last);
		strbuf_add_slice(signature, body);
	} else if (!rc) {
		rc = err_set(err, ERR_INPUT, "ssh-keygen gave no signature");
	}
	strbuf_release(&text);
	strbuf_release(&path);
	return rc;
}

int key_sign(const struct signer *signer, struct slice payload, struct strbuf *signature, struct err *err)
{
	struct bench bench;
	struct strbuf key;
	int rc = bench_open(&bench, signer, err);

	if (rc)
		return rc;
	strbuf_init(&key);
	rc = bench_put(&bench, "payload", payload, err);
	if (!rc)
		rc = key_file(&bench, &key, err);
	if (!rc)
		rc = run_sign(&bench, key.buf, err);
	if (!rc)
		rc = take_signature(&bench, signature, err);
	strbuf_release(&key);
	bench_close(&bench);
	return rc;
}
