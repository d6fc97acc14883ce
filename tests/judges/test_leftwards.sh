#!/bin/sh
# test_leftwards.sh PROGRAM ROOT - letters from right to left (tests/leftwards), with Debian's Noto fonts: each line as
# Chromium has it, the words as pdftotext and pdf.js read them, links and page numbers in their places, PDF/A-2a and PDF/UA-1
# by veraPDF. TAP.
set -u
export LC_ALL=C.UTF-8
. "$(dirname "$0")/find.sh"
fc-list : family 2>/dev/null | grep -q "Noto Naskh Arabic" || absent fonts-noto-core
[ -f "$judges/node/package.json" ] || absent "pdf.js"
[ -f "$judges/vera/classpath" ] || absent veraPDF
command -v chromium >/dev/null || [ -x "${CHROMIUM:-}" ] || absent Chromium
here=$(dirname "$0")
letters=$2/tests/leftwards
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$judges/node/node_modules" "$folder/node_modules"
cp "$here"/*.mjs "$folder"
. "$here/cases.sh"

for language in arabic hebrew persian urdu yiddish; do
	"$1" batch -q --no-sign -t "$letters/$language.xml" -r "$letters/$language.csv" -o "$folder/letters/$language" \
		--also html,text >/dev/null || { echo "Bail out! $language not written" && exit 1; }
done
for width in 60 70 80 90 100 115 130 150 170 900; do
	mkdir -p "$folder/source/$width"
	cp "$letters/order.xml" "$folder/source/$width"
	sed "s/WIDTH/$((width + 20))mm/" "$letters/order.style.xml" >"$folder/source/$width/order.style.xml"
	"$1" batch -q --no-sign -t "$folder/source/$width/order.xml" -r "$letters/order.csv" -o "$folder/order/$width" \
		--also html >/dev/null || { echo "Bail out! order not written" && exit 1; }
done

# Each paragraph of the letters on one line, as of "order" at this width.
cp "$letters"/* "$folder/source"
sed -i 's|<text |<page width="920mm"/><text |' "$folder"/source/*.style.xml
for language in arabic hebrew persian urdu; do
	"$1" batch -q --no-sign -t "$folder/source/$language.xml" -r "$letters/$language.csv" -o "$folder/wide/$language" \
		--also html >/dev/null || { echo "Bail out! $language not written" && exit 1; }
	for made in "$folder/wide/$language"/*.pdf "$folder/wide/$language"/*.html; do
		cp "$made" "$folder/order/900/$language-$(basename "$made")"
	done
done

# words LANGUAGE: none of a letter's is lost, in any order; pdftotext parts stretches of the two directions by marks.
words() {
	for pdf in "$folder/letters/$1"/*.pdf; do
		pdftotext "$pdf" - | sh "$here/words.sh" >"$folder/read"
		sh "$here/words.sh" <"${pdf%.pdf}.txt" | comm -23 - "$folder/read" >"$folder/lost"
		[ ! -s "$folder/lost" ] || { cat "$folder/lost" && return 1; }
	done
}

say "order of each line, as in Chromium" node "$folder/order.mjs" "$folder/order"
for language in arabic hebrew persian yiddish; do
	say "words by pdftotext: $language" words "$language"
done
# The same letter in the other direction, whatever its language.
sed 's/xml:lang="ar" style/xml:lang="ar" dir="ltr" style/' "$letters/arabic.xml" >"$folder/source/other.xml"
cp "$letters/arabic.style.xml" "$folder/source"
"$1" batch -q --no-sign -t "$folder/source/other.xml" -r "$letters/arabic.csv" -o "$folder/other" >/dev/null ||
	{ echo "Bail out! other not written" && exit 1; }
say "links" python3 "$here/places.py" links "$folder/letters"
say "page numbers" python3 "$here/places.py" numbers "$folder/letters/arabic/fatima.pdf" "$folder/other/fatima.pdf"
say "characters by pdf.js" node "$folder/characters.mjs" "$folder/letters"
for flavour in 2a ua1; do
	say "veraPDF: $flavour" sh "$here/vera.sh" "$flavour" "$folder"/letters/*/*.pdf
done
end_cases
