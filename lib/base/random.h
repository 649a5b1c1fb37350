/*
 * Counter-based random numbers: the value is a function of (seed, stream, counter), so results
 * are the same for any number of threads. Philox4x32-10 (Salmon, Moraes, Dror, Shaw:
 * "Parallel random numbers: as easy as 1, 2, 3", SC'11). Not for secrets: random_bytes is.
 */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

uint64_t random_at(uint64_t seed, uint64_t stream, uint64_t counter);
/* [0, 1) with 53 bits. */
double random_unit(uint64_t seed, uint64_t stream, uint64_t counter);
/*
 * `count` numbers of a stream from number `first` on, each in the middle of one of 2^52 equal parts of (0, 1): never an end. Number n is made
 * of one half of random block n / 2, at half the price of random_unit. Where a loop begins and ends makes no difference.
 */
void random_units(uint64_t seed, uint64_t stream, uint64_t first, size_t count, double *out);
/* Uniform in 0 … below-1, without bias worth naming (64-bit multiply). */
uint64_t random_below(uint64_t seed, uint64_t stream, uint64_t counter, uint64_t below);
/* Bytes from the operating system. */
int random_bytes(void *out, size_t len, struct err *err);
/* `letters` characters of Crockford base32 (no I L O U), upper or lower case, NUL-terminated. */
int random_base32(char *out, size_t letters, int upper, struct err *err);

#endif
