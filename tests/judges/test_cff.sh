#!/bin/sh
# test_cff.sh PROGRAM ROOT - a letter (tests/cff) in fonts with CFF outlines, of several makers: the outlines embedded, the
# words as five readers give them, PDF/A-2a and PDF/UA-1 by veraPDF. TAP.
set -u
export LC_ALL=C.UTF-8
. "$(dirname "$0")/find.sh"
[ -f "$judges/vera/classpath" ] || absent veraPDF
[ -d "$judges/miner" ] || absent pdfminer.six
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
. "$here/cases.sh"
echo "id
one" >"$folder/one.csv"

for family in "Cantarell" "EB Garamond" "GFS Artemisia" "Linux Libertine O"; do
	fc-list : family fontformat | grep "^$family[:,]" | grep -q CFF || absent "$family"
	kind=$(echo "$family" | tr 'A-Z' 'a-z')
	mkdir -p "$folder/$kind"
	cp "$2/tests/cff/letter.xml" "$folder/$kind"
	echo "<style xmlns=\"urn:lettermerge:style:1\"><text family=\"$family, Liberation Serif\" size=\"11pt\"/></style>" \
		>"$folder/$kind/style.xml"
	"$1" batch -q --no-sign -t "$folder/$kind/letter.xml" -r "$folder/one.csv" -o "$folder/letters/$kind" --also text \
		>/dev/null 2>&1 || { echo "Bail out! $family: not written" && exit 1; }
done

# embedded: no face but those asked for and the next of the list, their outlines as they are.
embedded() {
	for pdf in "$folder"/letters/*/*.pdf; do
		pdffonts "$pdf" | tail -n +3 | grep -v "CID Type 0C .*yes yes yes\|LiberationSerif" && return 1
		pdffonts "$pdf" | grep -q "CID Type 0C" || return 1
	done
	find "$folder/letters" -name '*.pdf' -size +128k | grep . && return 1
	echo "none is of more than 128 kB"
}

say "fonts" embedded
sh "$here/texts.sh" "$folder/letters" >/dev/null 2>&1
say "what five readers give" python3 "$here/whole.py" "$folder/letters" "$2/docs/scripts.md"
for flavour in 2a ua1; do
	say "veraPDF: $flavour" sh "$here/vera.sh" "$flavour" "$folder"/letters/*/*.pdf
done
end_cases
