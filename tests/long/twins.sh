#!/bin/sh
# Each page of the examples beside a twin that LuaLaTeX sets from the same words and lengths (tests/lines/twins.py): do
# lines break at the same words, does each word stand at the same place? The table of docs/gallery.md.
set -u
if command -v lualatex >/dev/null; then
	python3 tests/lines/twins.py build-test/src/cli/lettermerge
else
	echo "no LuaLaTeX: nothing was compared"
fi
