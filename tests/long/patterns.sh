#!/bin/sh
# All patterns of hyphenation that are installed, whole, read by us and by libhyphen: each word that their own patterns
# make, alone and two joined, is divided at the same places. German takes seconds, Hungarian a minute.
set -eu
find /usr/share/hyphen -name '*.dic' -type f | sort | xargs build-test/tests/unit/test_divided --all 2>&1 | tee build-test/long/patterns.out | grep -v RUN
grep -c '^\[ *OK' build-test/long/patterns.out | sed 's/$/ files of patterns, no word divided otherwise/'
! grep -q FAILED build-test/long/patterns.out
