/* fuzz.h - the one function of a fuzz target. libFuzzer calls it with what it makes up; without a
 * fuzzer main.c calls it with the files of a folder, so that every seed is a test. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
