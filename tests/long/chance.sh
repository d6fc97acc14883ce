#!/bin/sh
# Letters drawn by chance (tests/chance), other ones each day: 20,000 seeds, 5,000 more under AddressSanitizer and
# UndefinedBehaviorSanitizer, 300 by the program itself with signatures, and whether every attribute makes a difference
# in one letter of many.
set -u
folder=build-asan
[ -f $folder/build.ninja ] || meson setup $folder --buildtype=debugoptimized -Db_sanitize=address,undefined \
	-Db_lundef=false >/dev/null || exit 1
ninja -C $folder tests/chance/chance >/dev/null || exit 1
said=$(mktemp)
trap 'rm -f "$said"' EXIT
code=0
from=$(($(date +%s) / 86400 * 100000))

# try PROGRAM ARGUMENT...
try() {
	"$@" >>"$said" || code=1
}
try build-test/tests/chance/chance "$from" 20000
UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1 try $folder/tests/chance/chance $((from + 20000)) 5000
try build-test/tests/chance/chance effects 20000
try tests/chance/program.sh "$PWD/build-test/src/cli/lettermerge" "$PWD" "$PWD/build-test/tests/chance/chance" "$from" 300
cat "$said"
grep -E '^(not )?ok' "$said" | sed 's/^ok [0-9]* - //' | paste -s -d ';' | sed 's/;/; /g'
exit $code
