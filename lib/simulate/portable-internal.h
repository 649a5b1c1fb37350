/*
 * Elementary functions that give the same bits on every machine: made of + - × ÷ and square roots alone, which IEEE 754 defines to
 * the last bit, in a fixed order. A simulation's JSON is compared byte by byte; the C library's log and exp differ between
 * systems. Good to about 1e-15 relative. Private to lib/simulate.
 */
#ifndef SIMULATE_PORTABLE_INTERNAL_H
#define SIMULATE_PORTABLE_INTERNAL_H

double portable_log(double x);  /* x > 0, normal */
double portable_exp(double x);  /* 0 below -700, at most e^700 */
double portable_sqrt(double x); /* x ≥ 0 */
/* P(Z ≤ z) of a standard normal Z, and its inverse for 0 < p < 1. */
double portable_normal(double z);
double portable_normal_quantile(double p);

#endif
