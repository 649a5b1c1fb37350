/*
 * Drawing one block of runs.
 *
 * Correlation is a one-factor normal copula: with a group's factor F and a number's own normal Z,
 *	Z' = √ρ F + √(1 - ρ) Z
 * is normal again, any two of the group have the correlation ρ, and Φ(Z') replaces the uniform number.
 * Example: ρ = 0.3 and two risks of 50 %: both happen in 29.9 % of the runs instead of 25 % (¼ + arcsin ρ / 2π).
 */
#include "simulate/simulate-internal.h"

#include "base/alloc.h"
#include "base/random.h"
#include "simulate/portable-internal.h"

#include <stdlib.h>
#include <string.h>

#ifdef __clang__
#pragma STDC FP_CONTRACT OFF
#endif

enum { AMOUNT_MOST = 1 << 28 }; /* minutes: 500 years */

void draws_init(struct draws *d, const struct inputs *inputs)
{
	d->amount = xcalloc((size_t)inputs->count + 1, sizeof(*d->amount));
	d->happened = xcalloc((size_t)inputs->event_count + 1, sizeof(*d->happened));
	d->factor = xcalloc((size_t)inputs->group_count + 1, sizeof(*d->factor));
}

void draws_release(struct draws *d)
{
	free(d->amount);
	free(d->happened);
	free(d->factor);
}

static void uniforms(const struct inputs *inputs, uint64_t stream, size_t first, double *out)
{
	random_units(inputs->options->seed, stream, first, LANES, out);
}

static void normals(const struct inputs *inputs, uint64_t stream, size_t first, double *out)
{
	uniforms(inputs, stream, first, out);
	for (size_t l = 0; l < LANES; l++)
		out[l] = portable_normal_quantile(out[l]);
}

/* factor: of the group, or NULL to draw it here. */
static void draw_values(const struct inputs *inputs, uint32_t index, size_t first, const double *factor, double *out)
{
	const struct input *input = &inputs->items[index];
	double uniform[LANES], own[LANES], common = inputs->options->task_correlation;

	uniforms(inputs, input->stream, first, uniform);
	if (input->group != NO_INPUT) {
		if (!factor) {
			normals(inputs, inputs->group_stream[input->group], first, own);
			factor = own;
		}
		for (size_t l = 0; l < LANES; l++)
			uniform[l] = portable_normal(portable_sqrt(common) * factor[l] +
				portable_sqrt(1 - common) * portable_normal_quantile(uniform[l]));
	}
	sampler_fill(&input->sampler, uniform, LANES, out);
	for (size_t l = 0; l < LANES; l++) {
		double value = out[l] * input->scale + 0.5;

		out[l] = (double)(int32_t)(value < AMOUNT_MOST ? value : AMOUNT_MOST);
	}
}

static void draw_happened(const struct inputs *inputs, uint32_t index, size_t first, const double *factor, bool *out)
{
	const struct event *event = &inputs->events[index];
	double own[LANES], common[LANES], strength = event->correlation;

	if (event->group == NO_INPUT) {
		uniforms(inputs, event->stream, first, own);
		for (size_t l = 0; l < LANES; l++)
			out[l] = own[l] < event->probability;
		return;
	}
	if (!factor) {
		normals(inputs, inputs->group_stream[event->group], first, common);
		factor = common;
	}
	normals(inputs, event->stream, first, own);
	for (size_t l = 0; l < LANES; l++)
		out[l] = portable_sqrt(strength) * (event->against ? -factor[l] : factor[l]) +
			portable_sqrt(1 - strength) * own[l] < event->threshold;
}

void draw_input(const struct inputs *inputs, uint32_t input, size_t first, double out[LANES])
{
	draw_values(inputs, input, first, NULL, out);
}

void draw_event(const struct inputs *inputs, uint32_t event, size_t first, bool out[LANES])
{
	draw_happened(inputs, event, first, NULL, out);
}

static void fill_estimates(struct draws *d, const struct inputs *inputs, size_t first)
{
	for (uint32_t i = 0; i < inputs->count; i++) {
		const struct input *input = &inputs->items[i];
		double values[LANES];

		if (!input->drawn) {
			int64_t planned = input->planned < AMOUNT_MOST ? input->planned : AMOUNT_MOST;

			for (size_t l = 0; l < LANES; l++)
				d->amount[i][l] = (int32_t)planned;
			continue;
		}
		draw_values(inputs, i, first, input->group == NO_INPUT ? NULL : d->factor[input->group], values);
		for (size_t l = 0; l < LANES; l++) {
			d->amount[i][l] = (int32_t)values[l];
			d->cost[l] += input->cost_rate * values[l];
		}
	}
}

static void change_amount(int32_t *amount, double by)
{
	double value = *amount + by;

	value = value < 0 ? 0 : value > AMOUNT_MOST ? AMOUNT_MOST : value;
	*amount = (int32_t)(value + 0.5);
}

static void fill_event(struct draws *d, const struct inputs *inputs, uint32_t index, size_t first)
{
	const struct event *event = &inputs->events[index];
	double uniform[LANES], delay[LANES];

	draw_happened(inputs, index, first, event->group == NO_INPUT ? NULL : d->factor[event->group], d->happened[index]);
	for (size_t l = 0; l < LANES; l++)
		d->cost[l] += d->happened[index][l] ? event->cost : 0;
	if (!event->delays || event->hit_count == 0)
		return;
	uniforms(inputs, event->delay_stream, first, uniform);
	sampler_fill(&event->delay, uniform, LANES, delay);
	for (uint32_t h = 0; h < event->hit_count; h++)
		for (size_t l = 0; l < LANES; l++)
			if (d->happened[index][l])
				change_amount(&d->amount[event->hits[h].input][l], event->hits[h].factor * delay[l]);
}

void draws_fill(struct draws *d, const struct inputs *inputs, size_t first)
{
	for (size_t l = 0; l < LANES; l++)
		d->cost[l] = inputs->base_cost;
	for (uint32_t g = 0; g < inputs->group_count; g++)
		normals(inputs, inputs->group_stream[g], first, d->factor[g]);
	fill_estimates(d, inputs, first);
	for (uint32_t e = 0; e < inputs->event_count; e++)
		fill_event(d, inputs, e, first);
}
