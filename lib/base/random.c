/*
 * Philox4x32-10: ten rounds that each multiply two of four 32-bit words by constants and mix
 * the halves crosswise with a key, which Weyl constants step. Salmon et al., SC'11, section 3.3.
 * The four words are counter (low, high) and stream (low, high); the key is the seed.
 */
#include "base/random.h"

#include "base/alloc.h"

#include <errno.h>
#include <sys/random.h>

struct block {
	uint64_t low, high;
};

static struct block philox(uint64_t seed, uint64_t stream, uint64_t counter)
{
	uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
	uint32_t c0 = (uint32_t)counter, c1 = (uint32_t)(counter >> 32);
	uint32_t c2 = (uint32_t)stream, c3 = (uint32_t)(stream >> 32);

	for (int i = 0; i < 10; i++) {
		uint64_t a = (uint64_t)0xd2511f53u * c0, b = (uint64_t)0xcd9e8d57u * c2;

		c0 = (uint32_t)(b >> 32) ^ c1 ^ key0;
		c1 = (uint32_t)b;
		c2 = (uint32_t)(a >> 32) ^ c3 ^ key1;
		c3 = (uint32_t)a;
		key0 += 0x9e3779b9u;
		key1 += 0xbb67ae85u;
	}
	return (struct block){ (uint64_t)c1 << 32 | c0, (uint64_t)c3 << 32 | c2 };
}

uint64_t random_at(uint64_t seed, uint64_t stream, uint64_t counter)
{
	return philox(seed, stream, counter).low;
}

static double middle(uint64_t bits)
{
	return ((double)(bits >> 12) + 0.5) * 0x1p-52;
}

void random_units(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *out)
{
	size_t i = 0;

	if (count > 0 && (first & 1))
		out[i++] = middle(philox(seed, stream, first >> 1).high);
	for (; i + 1 < count; i += 2) {
		struct block block = philox(seed, stream, (first + i) >> 1);

		out[i] = middle(block.low);
		out[i + 1] = middle(block.high);
	}
	if (i < count)
		out[i] = middle(philox(seed, stream, (first + i) >> 1).low);
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
