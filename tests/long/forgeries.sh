#!/bin/sh
# The forgeries of signed letters (tests/sign/forgeries.py) of letters whose objects and tables are in streams.
set -u
said=$(mktemp)
trap 'rm -f "$said"' EXIT
python3 tests/sign/forgeries.py "$PWD/build-test/src/cli/lettermerge" "$PWD" --compact >"$said"
code=$?
grep -v '^ok' "$said"
grep -c '^ok' "$said" | sed 's/$/ are as they should be/'
exit $code
