#!/bin/sh
# draw.sh CHANCE - draws the letters of the frozen set anew, from the first hundred seeds: when the vocabulary has
# grown, or the program refuses what it took. They are kept as letters, since the same seed draws another letter from
# other tables. Afterwards: BLESS=1 ./run test frozen
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$1" keep "$work" 1 100
tar --sort=name --owner=0 --group=0 --mtime=@0 -cJf "$here/drawn.tar.xz" -C "$work" .
