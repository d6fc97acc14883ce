#!/bin/sh
# Is every source file laid out as .clang-format says? Versions of clang-format differ in details, so the one
# that the sources are written for is asked; without it the test is skipped (77).
version=14
cd "$1" || exit 1

# A comment's line that is too long is broken before its end, and what was drawn in it is spoilt.
if grep -rnE '^[[:space:]]*\*/$|^/\* -- .*-{10,}$' --include='*.[ch]' src tests; then
	echo "these comments were broken by clang-format: write them shorter, or over more lines"
	exit 1
fi
for name in clang-format-$version clang-format; do
	if $name --version 2>/dev/null | grep -q "version $version\."; then
		find src tests -name '*.[ch]' -exec $name --dry-run -Werror {} +
		exit
	fi
done
echo "clang-format $version is not installed: skipped; other versions lay out differently"
[ -z "${LETTERMERGE_TESTS_REQUIRE:-}" ] || exit 1
exit 77
