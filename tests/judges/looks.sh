#!/bin/sh
# looks.sh PROGRAM ROOT FOLDER [ONLY]... - the letters of tests/scripts and tests/leftwards beside the same words as Chromium
# shows them, from their twins, in the same families, language, size, width and distance of lines: FOLDER/LANGUAGE.png, ours
# on the left. For people to look at, whenever something of how scripts are set has changed. ONLY: a language, as "urdu".
set -u
export LC_ALL=C.UTF-8
. "$(dirname "$0")/find.sh"
program=$1 root=$2 out=$3
shift 3
mkdir -p "$out"
out=$(cd "$out" && pwd)
here=$(cd "$(dirname "$0")" && pwd)
. "$here/browser.sh"
. "$here/letters.sh"
write_scripts "$program" "$root" "$folder/letters" || exit 1
cp "$here/looks.mjs" "$folder"
node "$folder/looks.mjs" "$folder/letters" "$root" "$out" "$@"
