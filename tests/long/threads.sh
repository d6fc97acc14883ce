#!/bin/sh
# What runs in several threads, under ThreadSanitizer: the job tests, the proof desk's among them, those of
# signed letters, and the stages by themselves. Any data race is printed and fails, whatever the test says.
set -eu
folder=build-tsan
[ -f $folder/build.ninja ] ||
	meson setup $folder --buildtype=debugoptimized -Db_sanitize=thread -Db_lundef=false >/dev/null
ninja -C $folder >$folder/ninja.log || {
	cat $folder/ninja.log
	exit 1
}
races=$(mktemp -d)
trap 'rm -rf "$races"' EXIT
code=0
# The libraries are not built for it: what happens inside one is not looked at.
TSAN_OPTIONS="ignore_noninstrumented_modules=1:log_path=$races/race" \
	meson test -C $folder --no-rebuild --print-errorlogs --timeout-multiplier 10 \
	--suite unit --suite golden --suite job --suite sign --suite pdf || code=1
cat "$races"/race* 2>/dev/null && code=1
python3 tests/support/testlog.py failed $folder
echo "$(find "$races" -type f | wc -l) tests with data races; $(python3 tests/support/testlog.py sum $folder)"
exit $code
