/*
 * Quantiles of the distributions in estimate.h.
 *
 * The beta's is found by halving on the regularised incomplete beta function I_x(a, b), computed by its continued fraction
 * (Abramowitz, Stegun 26.5.8) with Lentz's method; the normal's by Wichura's AS 241 idea of rational approximations in
 * Acklam's form, refined once by Halley's step on erfc. Example: O 0, M 5, P 10 is 10 × Beta(3, 3), whose 90 % point is 7.534.
 * Cost: about 50 continued fractions of some 20 terms a quantile.
 */
#include "plan/estimate.h"

#include <math.h>

enum { FRACTION_TERMS = 300, HALVINGS = 60 };

static const char names[] = "pert|triangular|normal|lognormal|exponential|uniform|fixed";

enum distribution distribution_named(struct slice name)
{
	int index = word_index(names, slice_trim(name));

	return index < 0 ? DISTRIBUTION_PERT : (enum distribution)index;
}

static double not_zero(double value)
{
	return fabs(value) < 1e-300 ? 1e-300 : value;
}

static double beta_fraction(double a, double b, double x)
{
	double c = 1, d = 1 / not_zero(1 - (a + b) * x / (a + 1)), h = d;

	for (int m = 1; m <= FRACTION_TERMS; m++) {
		double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		double step;

		d = 1 / not_zero(1 + even * d);
		c = not_zero(1 + even / c);
		h *= d * c;
		d = 1 / not_zero(1 + odd * d);
		c = not_zero(1 + odd / c);
		step = d * c;
		h *= step;
		if (fabs(step - 1) < 1e-15)
			break;
	}
	return h;
}

static double log_gamma(double x)
{
	int sign;

	return lgamma_r(x, &sign);
}

/* I_x(a, b). */
static double beta_cumulative(double a, double b, double x)
{
	double front;

	if (x <= 0 || x >= 1)
		return x <= 0 ? 0 : 1;
	front = exp(log_gamma(a + b) - log_gamma(a) - log_gamma(b) + a * log(x) + b * log1p(-x));
	if (x < (a + 1) / (a + b + 2))
		return front * beta_fraction(a, b, x) / a;
	return 1 - front * beta_fraction(b, a, 1 - x) / b;
}

static double beta_quantile(double a, double b, double p)
{
	double low = 0, high = 1;

	for (int i = 0; i < HALVINGS; i++) {
		double middle = (low + high) / 2;

		if (beta_cumulative(a, b, middle) < p)
			low = middle;
		else
			high = middle;
	}
	return (low + high) / 2;
}

static double normal_tail(double q)
{
	static const double c[] = { -7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
		-2.549732539343734e+00, 4.374664141464968e+00, 2.938163982698783e+00 };
	static const double d[] = { 7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
		3.754408661907416e+00 };

	return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
		((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
}

static double normal_centre(double q)
{
	static const double a[] = { -3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02,
		1.383577518672690e+02, -3.066479806614716e+01, 2.506628277459239e+00 };
	static const double b[] = { -5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
		6.680131188771972e+01, -1.328068155288572e+01 };
	double r = q * q;

	return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
		(((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

static double normal_quantile(double p)
{
	const double edge = 0.02425, root_of_two_pi = 2.5066282746310002;
	double z, error, step;

	if (p < edge)
		z = normal_tail(sqrt(-2 * log(p)));
	else if (p > 1 - edge)
		z = -normal_tail(sqrt(-2 * log1p(-p)));
	else
		z = normal_centre(p - 0.5);
	error = 0.5 * erfc(-z / sqrt(2)) - p;
	step = error * root_of_two_pi * exp(z * z / 2);
	return z - step / (1 + z * step / 2);
}

static double triangular_quantile(double o, double m, double p_end, double p)
{
	double width = p_end - o, split = (m - o) / width;

	if (p < split)
		return o + sqrt(p * width * (m - o));
	return p_end - sqrt((1 - p) * width * (p_end - m));
}

static double lognormal_quantile(double mean, double deviation, double p)
{
	double variance = log1p(deviation * deviation / (mean * mean));

	return exp(log(mean) - variance / 2 + sqrt(variance) * normal_quantile(p));
}

double estimate_quantile(const struct estimate *estimate, enum distribution distribution, double p)
{
	double o = (double)estimate->optimistic, m = (double)estimate->likely, end = (double)estimate->pessimistic;
	double width = end - o, mean = (o + 4 * m + end) / 6, deviation = width / 6;

	if (!estimate->three_point || width <= 0)
		return m;
	switch (distribution) {
	case DISTRIBUTION_TRIANGULAR:
		return triangular_quantile(o, m, end, p);
	case DISTRIBUTION_UNIFORM:
		return o + p * width;
	case DISTRIBUTION_NORMAL:
		return fmax(0, mean + deviation * normal_quantile(p));
	case DISTRIBUTION_LOGNORMAL:
		return mean > 0 ? lognormal_quantile(mean, deviation, p) : 0;
	case DISTRIBUTION_EXPONENTIAL:
		return -mean * log1p(-p);
	case DISTRIBUTION_FIXED:
		return m;
	case DISTRIBUTION_PERT:
		break;
	}
	return o + width * beta_quantile(1 + 4 * (m - o) / width, 1 + 4 * (end - m) / width, p);
}
