/*
 * Philox4x32-10: ten rounds that each multiply two of four 32-bit words by constants and mix
 * the halves crosswise with a key, which Weyl constants step. Salmon et al., SC'11, section 3.3.
 * The four words are counter (low, high) and stream (low, high); the key is the seed.
 */
#include "base/random.h"

#include "base/alloc.h"

#include <errno.h>
#include <sys/random.h>

static void philox_round(uint32_t c[4], const uint32_t key[2])
{
	uint64_t a = (uint64_t)0xd2511f53u * c[0], b = (uint64_t)0xcd9e8d57u * c[2];
	uint32_t c1 = c[1], c3 = c[3];

	c[0] = (uint32_t)(b >> 32) ^ c1 ^ key[0];
	c[1] = (uint32_t)b;
	c[2] = (uint32_t)(a >> 32) ^ c3 ^ key[1];
	c[3] = (uint32_t)a;
}

uint64_t random_at(uint64_t seed, uint64_t stream, uint64_t counter)
{
	uint32_t key[2] = { (uint32_t)seed, (uint32_t)(seed >> 32) };
	uint32_t c[4] = { (uint32_t)counter, (uint32_t)(counter >> 32), (uint32_t)stream,
		(uint32_t)(stream >> 32) };

	for (int i = 0; i < 10; i++) {
		philox_round(c, key);
		key[0] += 0x9e3779b9u;
		key[1] += 0xbb67ae85u;
	}
	return (uint64_t)c[1] << 32 | c[0];
}

double random_unit(uint64_t seed, uint64_t stream, uint64_t counter)
{
	return (double)(random_at(seed, stream, counter) >> 11) * 0x1p-53;
}

uint64_t random_below(uint64_t seed, uint64_t stream, uint64_t counter, uint64_t below)
{
	__extension__ typedef unsigned __int128 wide;

	return (uint64_t)((wide)random_at(seed, stream, counter) * below >> 64);
}

int random_bytes(void *out, size_t len, struct err *err)
{
	unsigned char *at = out;

	while (len) {
		ssize_t got = getrandom(at, len, 0);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return err_errno(err, "cannot get random bytes");
		at += got;
		len -= (size_t)got;
	}
	return 0;
}

int random_base32(char *out, size_t letters, int upper, struct err *err)
{
	const char *alphabet = upper ? "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
				     : "0123456789abcdefghjkmnpqrstvwxyz";
	int rc = random_bytes(out, letters, err);

	for (size_t i = 0; i < letters; i++)
		out[i] = rc ? '\0' : alphabet[(unsigned char)out[i] & 31];
	out[letters] = '\0';
	return rc;
}
