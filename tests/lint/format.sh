#!/bin/sh
# Is every source file laid out as .clang-format says? Skipped (77) where clang-format is absent.
cd "$1" || exit 1
command -v clang-format >/dev/null 2>&1 || {
	echo "clang-format is not installed: skipped"
	exit 77
}
find src tests -name '*.[ch]' -exec clang-format --dry-run -Werror {} +
