#!/bin/sh
# What lines are like at five measures in two faces, ragged and justified, beside those of LuaLaTeX with microtype where
# it is installed (tests/lines/sweep.py): the table of docs/typography.md. And whether a wide gap need be
# (tests/lines/gaps.py).
set -u
tex=
if command -v lualatex >/dev/null; then tex=--tex; else echo "no LuaLaTeX: the program's own lines alone"; fi
python3 tests/lines/sweep.py build-test/src/cli/lettermerge $tex &&
	python3 tests/lines/gaps.py build-test/src/cli/lettermerge
