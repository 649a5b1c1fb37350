/*
 * Decimal numbers for money: exact, fixed point with four fractional digits in an int64_t
 * (±922 trillion). Products go through 128 bits and round half away from zero.
 */
#ifndef BASE_DECIMAL_H
#define BASE_DECIMAL_H

#include "base/slice.h"
#include "base/strbuf.h"

#include <stdbool.h>
#include <stdint.h>

typedef int64_t decimal_t; /* ten-thousandths */
#define DECIMAL_ONE  10000
#define DECIMAL_NONE INT64_MIN

enum decimal_fault { DECIMAL_OK, DECIMAL_SYNTAX, DECIMAL_RANGE, DECIMAL_PRECISION };

/* "-12.5", "1200"; no exponents, no separators. More than 4 fractional digits: DECIMAL_PRECISION. */
enum decimal_fault decimal_parse(struct slice text, decimal_t *out);
/* Shortest exact form with at least `digits` fractional digits: decimal_print(125000, 2) is "12.50". */
void decimal_print(struct strbuf *out, decimal_t value, int digits);
decimal_t decimal_from_integer(int64_t value);
decimal_t decimal_from_double(double value);
double decimal_to_double(decimal_t value);
/* a × numerator / denominator, rounded half away from zero; saturates. */
decimal_t decimal_scale(decimal_t a, int64_t numerator, int64_t denominator);
/* The largest whole number that divides both, whatever their signs; the other one's amount when one is 0. */
int64_t decimal_common_divisor(int64_t a, int64_t b);
/* False on overflow, *sum then saturated. */
bool decimal_add(decimal_t a, decimal_t b, decimal_t *sum);

#endif
