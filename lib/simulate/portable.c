/*
 * log: x = m 2^k with m in [√½, √2); log m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …), s = (m - 1)/(m + 1), |s| ≤ 0.1716.
 * exp: x = k ln 2 + r, |r| ≤ 0.347; Taylor to r¹³.
 * normal: Φ(z) = ½ + φ(z) (z + z³/3 + z⁵/15 + …) (Marsaglia, "Evaluating the normal distribution", 2004) while z is small, the continued
 * fraction of Laplace for the tails; its inverse by Acklam's rational start and two of Halley's steps.
 */
#include "simulate/portable-internal.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

static double power_of_two(int k)
{
	uint64_t bits = (uint64_t)(k + 1023) << 52;
	double value;

	memcpy(&value, &bits, sizeof(value));
	return value;
}

double portable_log(double x)
{
	const double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;
	uint64_t bits;
	double m, s, square, sum = 0;
	int k;

	memcpy(&bits, &x, sizeof(bits));
	k = (int)(bits >> 52) - 1023;
	bits = (bits & 0xfffffffffffffu) | 0x3ff0000000000000u;
	memcpy(&m, &bits, sizeof(m));
	if (m > 1.4142135623730951) {
		m /= 2;
		k++;
	}
	s = (m - 1) / (m + 1);
	square = s * s;
	for (int n = 19; n >= 3; n -= 2)
		sum = (sum + 1.0 / n) * square;
	return k * ln2_high + (2 * (s + s * sum) + k * ln2_low);
}

double portable_exp(double x)
{
	const double ln2_high = 0x1.62e42fee00000p-1, ln2_low = 0x1.a39ef35793c76p-33;
	double r, sum = 1;
	int k;

	if (x < -700)
		return 0;
	if (x > 700)
		x = 700;
	k = (int)(x / 0x1.62e42fefa39efp-1 + (x < 0 ? -0.5 : 0.5));
	r = (x - k * ln2_high) - k * ln2_low;
	for (int n = 13; n >= 1; n--)
		sum = 1 + sum * r / n;
	return sum * power_of_two(k);
}

double portable_sqrt(double x)
{
	return sqrt(x);
}

static double density(double z)
{
	return 0.3989422804014327 * portable_exp(-z * z / 2);
}

/* P(Z > z) for z ≥ 3: φ(z) / (z + 1/(z + 2/(z + 3/(z + …)))). */
static double tail(double z)
{
	double fraction = z;

	for (int n = 60; n >= 1; n--)
		fraction = z + n / fraction;
	return density(z) / fraction;
}

double portable_normal(double z)
{
	double term = z, sum = z;

	if (z >= 3)
		return 1 - tail(z);
	if (z <= -3)
		return tail(-z);
	for (int n = 3; n < 120 && (term > 1e-17 || term < -1e-17); n += 2) {
		term = term * z * z / n;
		sum += term;
	}
	return 0.5 + density(z) * sum;
}

static double start_tail(double q)
{
	return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q -
		2.549732539343734e+00) * q + 4.374664141464968e+00) * q + 2.938163982698783e+00) /
		((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q +
		3.754408661907416e+00) * q + 1);
}

static double start_centre(double q)
{
	double r = q * q;

	return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r +
		1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * q /
		(((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r +
		6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1);
}

double portable_normal_quantile(double p)
{
	const double edge = 0.02425;
	double z;

	if (p > 0.5)
		return -portable_normal_quantile(1 - p);
	z = p < edge ? start_tail(portable_sqrt(-2 * portable_log(p))) : start_centre(p - 0.5);
	for (int i = 0; i < 2; i++) {
		double step = (portable_normal(z) - p) / density(z);

		z -= step / (1 + z * step / 2);
	}
	return z;
}
