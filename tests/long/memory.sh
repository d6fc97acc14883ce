#!/bin/sh
# Two letters that are written anew, once for each allocation of that run, which finds no memory: either the run ends
# with code 3 and each letter is the old or the new one, or with 0 and both are new; a second run then makes both new,
# and its list is good.
set -eu
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
build-test/tests/job/test_memory "$PWD/build-test/src/cli/lettermerge" "$PWD/build-test/tests/job/liballoc_at.so" 0 \
	>"$log" 2>&1 || code=1
cat "$log"
sed -n 's/^# \(.*allocations\)$/\1/p; s/^# \(.*ended the program\)$/\1/p' "$log" | paste -sd, | sed 's/,/, /'
exit $code
