#!/bin/sh
# Which lines of the rooms that make a letter the frozen set reaches: what it does not reach can come out differently
# without a test that asks for a new number.
set -eu
[ -f build-coverage/build.ninja ] || meson setup build-coverage --buildtype=debug -Db_coverage=true >/dev/null
ninja -C build-coverage >build-coverage/ninja.log || { cat build-coverage/ninja.log && exit 1; }
find build-coverage -name '*.gcda' -delete
meson test -C build-coverage --no-rebuild --timeout-multiplier 5 frozen >build-coverage/frozen.log || {
	cat build-coverage/frozen.log && exit 1
}
python3 tests/frozen/coverage.py build-coverage
