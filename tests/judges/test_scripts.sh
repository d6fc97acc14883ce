#!/bin/sh
# test_scripts.sh PROGRAM ROOT - letters in scripts other than Latin, and in Latin with marks (tests/scripts), with Debian's
# fonts: the words as five readers give them, and what of that is the readers' fault; PDF/A-2a and PDF/UA-1 by veraPDF. TAP.
set -u
export LC_ALL=C.UTF-8
. "$(dirname "$0")/find.sh"
for family in "IPAexMincho fonts-ipaexfont-mincho" "AR_PL_UMing_CN fonts-arphic-uming" "NanumMyeongjo fonts-nanum" \
	"Noto_Serif_Devanagari fonts-noto-core" "Noto_Sans_CJK_JP fonts-noto-cjk"; do
	fc-list : family 2>/dev/null | tr ' ' _ | grep -q "${family% *}" || absent "${family#* }"
done
[ -f "$judges/node/package.json" ] || absent "pdf.js"
[ -f "$judges/vera/classpath" ] || absent veraPDF
command -v chromium >/dev/null || [ -x "${CHROMIUM:-}" ] || absent Chromium
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$judges/node/node_modules" "$folder/node_modules"
cp "$here"/*.mjs "$folder"
. "$here/cases.sh"
. "$here/letters.sh"

write_scripts "$1" "$2" "$folder/letters" || { echo "Bail out! letters not written" && exit 1; }

# light: glyphs that a letter does not show weigh nothing, and a face may have 65535.
light() {
	find "$folder/letters" -name '*.pdf' -size +128k | grep . && return 1
	echo "none is of more than 128 kB"
}

say "weight" light
say "characters by pdf.js, in the order of the tags" node "$folder/characters.mjs" "$folder/letters"
sh "$here/texts.sh" "$folder/letters" >/dev/null 2>&1
say "what five readers give" python3 "$here/whole.py" "$folder/letters" "$2/docs/scripts.md"
# What a reader loses of letters from right to left it loses of Chromium's, too. Chromium draws each line from the left: so
# PDFBox reads more of those.
mkdir "$folder/leftwards"
for language in "arabic Noto Naskh Arabic" "hebrew Noto Serif Hebrew" "persian Noto Naskh Arabic" "urdu Noto Nastaliq Urdu" \
	"yiddish Noto Serif Hebrew"; do
	ln -s "$folder/letters/${language%% *}" "$folder/leftwards"
	echo "\"${language#* }\",\"Liberation Serif\"" >"$folder/leftwards/${language%% *}.family"
done
say "letters printed by Chromium" node "$folder/print.mjs" "$folder/leftwards" "$folder/printed"
sh "$here/texts.sh" "$folder/printed" >/dev/null 2>&1
say "what is lost beside Chromium" python3 "$here/whole.py" --beside "$folder/leftwards" "$folder/printed" pdftotext pdfjs
python3 "$here/faults.py" --write "$folder/faults"
sh "$here/texts.sh" "$folder/faults" >/dev/null 2>&1
say "faults" python3 "$here/faults.py" "$folder/faults"
for flavour in 2a ua1; do
	say "veraPDF: $flavour" sh "$here/vera.sh" "$flavour" "$folder"/letters/*/*.pdf
done
end_cases
