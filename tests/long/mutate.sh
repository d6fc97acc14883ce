#!/bin/sh
# A hundred and fifty changes of the program, drawn with a seed: which of them does no near suite notice?
sh tests/mutate.sh --count 150
