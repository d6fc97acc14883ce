#!/bin/sh
# All suites but those of other people's programs, built by clang without a warning, in a clone of the last commit
# whose path has blanks, a quote and letters beyond ASCII. Options go to meson test instead of that choice.
set -eu
./run packages clang
place="build-clang/é l'été 中"
[ -d "$place/.git" ] || git clone -q . "$place"
git -C "$place" fetch -q "$PWD" HEAD
git -C "$place" reset -q --hard FETCH_HEAD
root=$PWD
cd "$place"
[ -f build/build.ninja ] || CC=clang meson setup build --buildtype=debugoptimized --werror >/dev/null
ninja -C build >build/ninja.log || {
	tail -40 build/ninja.log
	echo "clang does not build it, or warns"
	exit 1
}
[ $# -gt 0 ] || set -- --no-suite judges
code=0
meson test -C build --no-rebuild --print-errorlogs --timeout-multiplier 6 "$@" || code=1
python3 "$root/tests/support/testlog.py" sum build
exit $code
