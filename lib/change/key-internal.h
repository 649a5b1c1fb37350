/* What the files about keys share. */
#ifndef CHANGE_KEY_INTERNAL_H
#define CHANGE_KEY_INTERNAL_H

#include "change/key.h"

#include <stdint.h>

struct key_type {
	const char *name;
	const char *algorithms[2]; /* by which its signatures may be made; the second may be NULL */
	bool touch;                /* a signature must say that somebody was there */
	const char *(*check)(struct slice body); /* of the blob behind its type: NULL, or what is wrong (N_()) */
};
/* NULL: not accepted. */
const struct key_type *key_type_find(struct slice name);

/* SSH's wire format: cut a number of four bytes, or a string with its length in front, off *rest. */
bool wire_number(struct slice *rest, uint32_t *out);
bool wire_string(struct slice *rest, struct slice *out);

/* Runs ssh-keygen or ssh-add; ERR_INPUT with a hint when it is not there. */
struct process;
int key_run(const struct process *process, int *status, struct err *err);

#endif
