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

/* One line of `keys`; *why (N_()) says what is wrong with it. */
bool key_parse(struct key *out, struct slice line, struct arena *arena, const char **why);

/*
 * All keys of all people of a project. A key under two people is a fault (diagnostic key-shared), a weak or unreadable one is left out (key-weak,
 * key-syntax); found may be NULL.
 */
void keys_read(struct vec *out /* struct key */, const struct project *project, struct arena *arena, struct diagnostics *found);

/* How ssh-keygen is run. Files are made in `folder` (0700) and removed. */
struct signer {
	char *const *environment;
	const char *folder;
	const char *key;   /* for signing: path of a private or public key file (agent), as ssh-keygen -f takes it */
};

/* *signature: the armoured text. ERR_INPUT when ssh-keygen is missing, the key is locked or refused; the hint says what to do. */
int key_sign(const struct signer *signer, struct slice payload, struct strbuf *signature, struct err *err);
/*
 * Whose signature it is: index in keys, or -1 when it is no valid signature by any of them. The signature names its key, so one run of ssh-keygen
 * decides. ERR_INPUT when it cannot be told (no ssh-keygen): never taken for a yes.
 */
int key_verify(const struct signer *signer, const struct vec *keys, struct slice payload, struct slice signature, long *who, struct err *err);

#endif
