#!/bin/sh
# Two letters that are written anew, once for each allocation of that run, which finds no memory, and for each call that
# changes the disk or reads from it, which fails, or before which the run is killed or gets a signal: either the run ends
# with its code and each letter is the old or the new one, or with 0 and both are new; a second run then makes both new,
# and its list is good.
set -eu
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
build-test/tests/job/test_faults "$PWD/build-test/tests/job/libkill_at.so" "$PWD/build-test/tests/job/liballoc_at.so" 0 \
	"$PWD/build-test/src/cli/lettermerge" >"$log" 2>&1 || code=1
cat "$log"
grep -c '^not ok' "$log" | sed 's/$/ kinds of fault not healed/'
sed -n 's/^# \(.*\): \([0-9]*\) of .*/\2 times \1/p' "$log" | paste -sd, | sed 's/,/, /g'
exit $code
