#!/bin/sh
# test_scripts.sh PROGRAM ROOT - letters in scripts other than Latin, and in Latin with marks (tests/scripts), with Debian's
# fonts: the words as pdftotext reads them, the characters as mutool and pdf.js do, PDF/A-2a and PDF/UA-1 by veraPDF. TAP.
set -u
export LC_ALL=C.UTF-8
. "$(dirname "$0")/find.sh"
for family in "IPAexMincho fonts-ipaexfont-mincho" "AR_PL_UMing_CN fonts-arphic-uming" "NanumMyeongjo fonts-nanum" \
	"Noto_Serif_Devanagari fonts-noto-core" "Noto_Sans_CJK_JP fonts-noto-cjk"; do
	fc-list : family 2>/dev/null | tr ' ' _ | grep -q "${family% *}" || absent "${family#* }"
done
[ -f "$judges/node/package.json" ] || absent "pdf.js"
[ -f "$judges/vera/classpath" ] || absent veraPDF
here=$(dirname "$0")
letters=$2/tests/scripts
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$judges/node/node_modules" "$folder/node_modules"
cp "$here"/*.mjs "$folder"
. "$here/cases.sh"

for letter in "$letters"/*.csv; do
	language=$(basename "$letter" .csv)
	"$1" batch -q --no-sign -t "$letters/$language.xml" -r "$letter" -o "$folder/letters/$language" --also text \
		>/dev/null || { echo "Bail out! $language not written" && exit 1; }
done
# CFF outlines keyed by CIDs.
mkdir "$folder/source"
cp "$letters"/* "$folder/source"
for letter in japanese.JP korean.KR simplified.SC traditional.TC; do
	language=${letter%.*}
	sed "s/family=\"[^,]*,/family=\"Noto Sans CJK ${letter#*.},/" "$letters/$language.style.xml" \
		>"$folder/source/$language.style.xml"
	"$1" batch -q --no-sign -t "$folder/source/$language.xml" -r "$letters/$language.csv" \
		-o "$folder/letters/$language, noto cjk" --also text >/dev/null ||
		{ echo "Bail out! $language not written" && exit 1; }
done
for language in arabic hebrew persian urdu; do
	"$1" batch -q --no-sign -t "$2/tests/leftwards/$language.xml" -r "$2/tests/leftwards/$language.csv" \
		-o "$folder/letters/$language" --also text >/dev/null || { echo "Bail out! $language not written" && exit 1; }
done
# light: glyphs that a letter does not show weigh nothing, and a face may have 65535.
light() {
	find "$folder/letters" -name '*.pdf' -size +128k | grep . && return 1
	echo "none is of more than 128 kB"
}

say "weight" light
say "characters by pdf.js, in the order of the tags" node "$folder/characters.mjs" "$folder/letters"
sh "$here/texts.sh" "$folder/letters"
say "what five readers give" python3 "$here/whole.py" "$folder/letters" "$2/docs/scripts.md"
for flavour in 2a ua1; do
	say "veraPDF: $flavour" sh "$here/vera.sh" "$flavour" "$folder"/letters/*/*.pdf
done
end_cases
