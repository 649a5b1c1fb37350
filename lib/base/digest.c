#include "base/digest.h"

#include "base/alloc.h"

#include <openssl/evp.h>
#include <stdlib.h>

/* libcrypto fails here only when out of memory or broken; both end the program like xmalloc. */
static void must(int ok)
{
	if (ok != 1)
		abort();
}

void digest_init(struct digest *digest)
{
	digest->context = EVP_MD_CTX_new();
	must(digest->context != NULL);
	must(EVP_DigestInit_ex(digest->context, EVP_sha256(), NULL));
}

void digest_add(struct digest *digest, struct slice bytes)
{
	must(EVP_DigestUpdate(digest->context, bytes.at, bytes.len));
}

void digest_final(struct digest *digest, uint8_t out[DIGEST_BYTES])
{
	must(EVP_DigestFinal_ex(digest->context, out, NULL));
	EVP_MD_CTX_free(digest->context);
	digest->context = NULL;
}

void digest_of(struct slice bytes, uint8_t out[DIGEST_BYTES])
{
	struct digest digest;

	digest_init(&digest);
	digest_add(&digest, bytes);
	digest_final(&digest, out);
}

const char *digest_hex(const uint8_t digest[DIGEST_BYTES], char out[DIGEST_HEX])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < DIGEST_BYTES; i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[DIGEST_HEX - 1] = '\0';
	return out;
}
