#!/bin/sh
# test_readers.sh PROGRAM ROOT CHANCE - what other programs read in the letters is what the text twin says:
# pdf.js in the structure tree, Chromium in the HTML twin, in which axe and the Nu HTML checker find
# nothing either; and six programs, as docs/accessibility.md says of each. TAP.
set -u
. "$(dirname "$0")/find.sh"
. "$(dirname "$0")/letters.sh"
[ -f "$judges/node/package.json" ] || absent "pdf.js"
command -v chromium >/dev/null || [ -x "${CHROMIUM:-}" ] || absent Chromium
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
write_letters "$1" "$2" "$folder/letters" --no-sign || { echo "Bail out! letters not written" && exit 1; }

# Node.js looks for modules beside a program.
ln -s "$judges/node/node_modules" "$folder/node_modules"
cp "$(dirname "$0")"/*.mjs "$folder"
. "$(dirname "$0")/cases.sh"
say "reading: $(ls "$folder/letters" | wc -l) kinds" node "$folder/reading.mjs" "$folder"/letters/*
say "axe: $(ls "$folder/letters" | wc -l) kinds" node "$folder/axe.mjs" "$folder"/letters/*
mkdir "$folder/drawn.cases" "$folder/drawn"
write_drawn "$1" "$2" "$3" "$folder/drawn" 40 --also html,text || { echo "Bail out! letters not drawn" && exit 1; }
say "axe: drawn by chance" node "$folder/axe.mjs" --inline "$folder"/drawn/*
# Long words, colours and drawings, on a narrow and on a dark screen.
mkdir -p "$folder/screen.source/recipients"
cp "$2"/tests/judges/screen/*.xml "$2"/tests/samples/every-block/*.png "$2"/tests/samples/every-block/*.jpg "$2/tests/golden/svg/paints.svg" \
	"$folder/screen.source"
mv "$folder/screen.source/record.xml" "$folder/screen.source/recipients"
"$1" batch -q --no-sign -t "$folder/screen.source/letter.xml" -r "$folder/screen.source/recipients" -o "$folder/drawn/screen" \
	--also html,text || { echo "Bail out! screen not written" && exit 1; }
say "axe: long words and colours" node "$folder/axe.mjs" "$folder/drawn/screen"
say "the Nu HTML checker" java -jar "$judges/node/node_modules/vnu-jar/build/dist/vnu.jar" --Werror "$folder"/letters/*/*.html "$folder"/drawn/*/*.html
sh "$(dirname "$0")/texts.sh" "$folder/letters" >/dev/null 2>&1
say "words in their order" python3 "$(dirname "$0")/whole.py" "$folder/letters" "$2/docs/accessibility.md"
end_cases
