/*
 * Signing keys of people, and signatures made and checked by ssh-keygen (-Y sign | verify -n pmt-approval).
 *
 * Accepted: ssh-ed25519, sk-ssh-ed25519@openssh.com (whose signatures must carry the touch flag, which we check ourselves),
 * ecdsa-sha2-nistp256/384/521, ssh-rsa of at least 3072 bits. No certificates, no options, no validity dates. A key is decoded and emitted anew as
 * "TYPE BASE64" under one synthetic principal, so that nothing of the project's text reaches the allowed-signers file.
 */
#ifndef CHANGE_KEY_H
#define CHANGE_KEY_H

#include "base/arena.h"
#include "base/err.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "model/project.h"

#include <stdbool.h>

struct key {
	struct slice person; /* id of the resource */
	struct slice type;   /* "ssh-ed25519" */
	struct slice blob;   /* decoded public key */
	struct slice line;   /* "ssh-ed25519 AAAA…", emitted anew */
	struct slice fingerprint; /* SHA256:… as ssh-keygen -l prints it */
};

/*
 * One line of `keys`: "TYPE BASE64 [remark]". KEY_SYNTAX and KEY_WEAK: it does not count, and *why (N_()) says why not. Whose it is is for the
 * caller to fill in. Everything lives in the arena.
 */
enum key_fault { KEY_GOOD, KEY_SYNTAX, KEY_WEAK };
enum key_fault key_parse(struct key *out, struct slice line, struct arena *arena, const char **why);

/*
 * All keys of all people of a project appended, in its order; people of an overlay or a pool have none. A key under two people counts for neither
 * (diagnostic key-shared), a weak or unreadable one is left out (key-weak, key-syntax); found may be NULL.
 */
void keys_read(struct vec *out /* struct key */, const struct project *project, struct arena *arena, struct diagnostics *found);

/* How ssh-keygen is run. Files are made in a folder of their own (0700) in `folder`, and removed. */
struct signer {
	char *const *environment;
	const char *folder; /* NULL: TMPDIR, else /tmp */
	const char *key;    /* for signing: path of a private or public key file (agent), as ssh-keygen -f takes it; or "key::TYPE BASE64" */
};

/*
 * *signature: appended, in base64 on lines of 70, without the armour's first and last line. ssh-keygen asks for a passphrase on the terminal if
 * there is one. ERR_INPUT when it is missing, or the key is locked, not there or refused; the hint says what to do.
 */
int key_sign(const struct signer *signer, struct slice payload, struct strbuf *signature, struct err *err);
/*
 * Whose signature it is (base64, as key_sign gives it): index in keys, or -1 when it is no valid signature by any of them. The signature names
 * its key, so one run of ssh-keygen decides; version, namespace, hash, algorithm and a hardware key's touch are checked here. ERR_INPUT when it
 * cannot be told (no ssh-keygen): never taken for a yes, nor for a no.
 */
int key_verify(const struct signer *signer, const struct vec *keys, struct slice payload, struct slice signature, long *who, struct err *err);

/*
 * With which key a person signs: `configured` (git's pmt.signingkey, else user.signingkey: a path, "~/…", "key::TYPE BASE64" or "TYPE BASE64"), which
 * must be among the project's keys; else the first key that the agent holds or that lies in ~/.ssh. person at NULL: whoever has one, for the key
 * says who signs. A configured word that is neither key nor file is another program's (GPG) and passed over. ERR_INPUT, with a
 * hint, when there is none or the configured one is nobody's.
 */
struct key_choice {
	const char *path; /* for signer.key, in the arena */
	size_t index;     /* in keys: who signs */
};
int key_choose(const struct signer *signer, const char *configured, const struct vec *keys, struct slice person,
	struct arena *arena, struct key_choice *out, struct err *err);

#endif
