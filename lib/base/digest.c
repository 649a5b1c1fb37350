/*
 * libcrypto is loaded by the first digest of a process: linked, it costs every start 2 ms (measured: 3.3 ms
 * of processor time for an empty main against 1.1 ms without), and most commands compute no digest.
 */
#include "base/digest.h"

#include "base/alloc.h"

#include <dlfcn.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/opensslv.h>
#include <stdio.h>
#include <stdlib.h>

#define TEXT_OF(macro) TEXT_OF_(macro)
#define TEXT_OF_(text) #text
#ifdef __APPLE__
#define LIBRARY_NAME "libcrypto." TEXT_OF(OPENSSL_SHLIB_VERSION) ".dylib"
#else
#define LIBRARY_NAME "libcrypto.so." TEXT_OF(OPENSSL_SHLIB_VERSION)
#endif

enum { EXIT_INCOMPLETE = 128 };

struct library {
	__typeof__(&EVP_MD_CTX_new) create;
	__typeof__(&EVP_MD_CTX_free) destroy;
	__typeof__(&EVP_sha256) sha256;
	__typeof__(&EVP_DigestInit_ex) init;
	__typeof__(&EVP_DigestUpdate) update;
	__typeof__(&EVP_DigestFinal_ex) final;
};

struct context {
	struct library library;
	EVP_MD_CTX *state;
};

/* A missing or failing libcrypto ends the program as the loader would have at its start. */
static void must(int ok, const char *what)
{
	if (ok != 1) {
		fprintf(stderr, "pmt: %s: %s\n", LIBRARY_NAME, what);
		exit(EXIT_INCOMPLETE);
	}
}

static void *symbol(void *handle, const char *name)
{
	void *found = dlsym(handle, name);

	must(found != NULL, name);
	return found;
}

/* Opening again what is open costs microseconds; it is never closed. */
static void *open_library(void)
{
	void *handle = dlopen(LIBRARY_NAME, RTLD_NOW | RTLD_LOCAL);

	must(handle != NULL, "cannot be loaded: install OpenSSL (apt-get install libssl3)");
	return handle;
}

static void load(struct library *library)
{
	void *handle = open_library();

	*(void **)&library->create = symbol(handle, "EVP_MD_CTX_new");
	*(void **)&library->destroy = symbol(handle, "EVP_MD_CTX_free");
	*(void **)&library->sha256 = symbol(handle, "EVP_sha256");
	*(void **)&library->init = symbol(handle, "EVP_DigestInit_ex");
	*(void **)&library->update = symbol(handle, "EVP_DigestUpdate");
	*(void **)&library->final = symbol(handle, "EVP_DigestFinal_ex");
}

void digest_init(struct digest *digest)
{
	struct context *context = xmalloc(sizeof(*context));

	load(&context->library);
	context->state = context->library.create();
	must(context->state != NULL, "out of memory");
	must(context->library.init(context->state, context->library.sha256(), NULL), "no SHA-256");
	digest->context = context;
}

void digest_add(struct digest *digest, struct slice bytes)
{
	struct context *context = digest->context;

	must(context->library.update(context->state, bytes.at, bytes.len), "SHA-256 failed");
}

void digest_final(struct digest *digest, uint8_t out[DIGEST_BYTES])
{
	struct context *context = digest->context;

	must(context->library.final(context->state, out, NULL), "SHA-256 failed");
	context->library.destroy(context->state);
	free(context);
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

const char *digest_version(void)
{
	__typeof__(&OpenSSL_version) version;

	*(void **)&version = symbol(open_library(), "OpenSSL_version");
	return version(OPENSSL_VERSION);
}
