/*
 * A fuzz target is one file tests/fuzz/NAME_fuzz.c with this function. With clang and
 * -fsanitize=fuzzer it is a fuzzer; linked with replay.c it runs the files it is given, as a test.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
