#!/bin/sh
# mutate.sh [OPTION]... - changes the program in one place after the other and tells which changes no
# test notices; tests/mutate.sh --help lists the options. The changes are made in a copy of the tree
# below the system's temporary folder, which is removed at the end.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP
mkdir "$scratch/tree"
(cd "$root" && tar -cf - --exclude='./build*' --exclude=./.git --exclude='./out/*' .) |
	tar -xf - -C "$scratch/tree"
meson setup "$scratch/build" "$scratch/tree" --buildtype=plain -Doptimization=1 >"$scratch/log" || {
	cat "$scratch/log" >&2
	exit 3
}
python3 "$root/tests/mutate/mutate.py" "$scratch" "$@"
