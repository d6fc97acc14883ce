#!/bin/sh
# 10,080 letters of twelve languages in a narrow column: each of their amounts, numbers, shares, times and dates on one
# line, by poppler's word on where lines end (tests/lines/values.py); other letters each day.
set -u
said=$(mktemp)
trap 'rm -f "$said"' EXIT
code=0
python3 tests/lines/values.py build-test/src/cli/lettermerge 840 "$(date +%s | cut -c1-5)" >"$said" || code=1
cat "$said"
grep -c '^ok' "$said" | sed 's/$/ of 12 languages: every value of 840 letters each on one line/'
exit $code
