/*
 * The text that governs a project's plan, as one digest: two trees with the same digest plan the same.
 *
 * It covers every stored field of class plan or authority (model/kind.h) of all kinds but baselines, policies, changes and events;
 * without [project] baseline and without the overlay. What is hashed is "pmt-plan 1\n", then for each field its kind, id, name and
 * value as netstrings (LEN:BYTES,): kinds in the order of kinds_all, records by folded id, fields by name. A record without such fields
 * gives its kind and id and the name "*" with an empty value. Values are logical text (unfolded lines), so where a record stands and how its
 * text is laid out change nothing.
 */
#ifndef MODEL_GOVERNING_H
#define MODEL_GOVERNING_H

#include "base/digest.h"
#include "model/project.h"

void governing_digest(const struct project *project, char out[DIGEST_HEX]);

#endif
