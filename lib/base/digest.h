/* SHA-256 over OpenSSL's libcrypto, which is loaded by the first digest of a process. */
#ifndef BASE_DIGEST_H
#define BASE_DIGEST_H

#include "base/slice.h"

#include <stdint.h>

enum { DIGEST_BYTES = 32, DIGEST_HEX = 65 };

struct digest {
	void *context; /* opaque */
};

void digest_init(struct digest *digest);
void digest_add(struct digest *digest, struct slice bytes);
/* Ends it: fills out and releases the context. */
void digest_final(struct digest *digest, uint8_t out[DIGEST_BYTES]);
void digest_of(struct slice bytes, uint8_t out[DIGEST_BYTES]);
const char *digest_hex(const uint8_t digest[DIGEST_BYTES], char out[DIGEST_HEX]);
/* "OpenSSL 3.0.15 …": what is loaded. */
const char *digest_version(void);

#endif
