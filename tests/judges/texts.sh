#!/bin/sh
# texts.sh FOLDER - what programs read in letters: for each FOLDER/KIND/ID.pdf ID.pdftotext.txt, ID.pdftotext-raw.txt,
# ID.mutool.txt, ID.pdfjs.txt, ID.pdfbox.txt, ID.pdfboxsorted.txt and ID.pdfminer.txt beside it, of its pages, and
# ID.struct-text.txt of its tags, as each gives it. whole.py judges them.
set -eu
. "$(dirname "$0")/find.sh"
here=$(cd "$(dirname "$0")" && pwd)
for pdf in "$1"/*/*.pdf; do
	pdftotext "$pdf" "${pdf%.pdf}.pdftotext.txt"
	pdftotext -raw "$pdf" "${pdf%.pdf}.pdftotext-raw.txt"
	pdfinfo -struct-text "$pdf" >"${pdf%.pdf}.struct-text.txt"
	mutool draw -q -F text -o "${pdf%.pdf}.mutool.txt" "$pdf"
done
java -cp "$judges/box:$(cat "$judges/box/classpath")" Box "$1"/*/*.pdf
"$judges/miner/bin/python" -c '
import sys
from pdfminer.high_level import extract_text
for path in sys.argv[1:]:
    with open(path[:-4] + ".pdfminer.txt", "w") as out:
        out.write(extract_text(path))' "$1"/*/*.pdf

# Node.js looks for modules beside a program.
scripts=$(mktemp -d)
trap 'rm -rf "$scripts"' EXIT
ln -s "$judges/node/node_modules" "$scripts/node_modules"
cp "$here/texts.mjs" "$scripts"
node "$scripts/texts.mjs" "$1"/*/*.pdf
