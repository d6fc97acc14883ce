#!/bin/sh
# test_vera.sh PROGRAM ROOT CHANCE - every letter that the samples make, and some dozens that are drawn by chance, keep
# what they claim, by veraPDF: PDF/A-2a and PDF/UA-1, signed likewise, with its source attached PDF/A-3a and PDF/UA-1; and by
# --standard ua2+a4 PDF/UA-2, PDF/A-4 (4f with its source) and both parts of Well-Tagged PDF. Each is judged in a run of its own. TAP.
set -u
. "$(dirname "$0")/find.sh"
. "$(dirname "$0")/letters.sh"
[ -f "$judges/vera/classpath" ] || absent veraPDF
here=$(dirname "$0")
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
case=0 bad=0

# judge FLAVOUR FOLDER: a case for each letter; what fails is said before it.
judge() {
	sh "$here/vera.sh" "$1" "$2"/*/*.pdf >"$folder/verdicts" 2>&1
	while IFS= read -r line; do
		case $line in
		*": $1 passed"*) case=$((case + 1)) && echo "ok $case - ${line#"$2"/}" ;;
		*": $1 FAILED"*) case=$((case + 1)) bad=1 && echo "not ok $case - ${line#"$2"/}" ;;
		*) echo "# $line" ;;
		esac
	done <"$folder/verdicts"
	judged=$(grep -c ": $1 " "$folder/verdicts")
	written=$(find "$2" -name '*.pdf' | wc -l)
	[ "$judged" -eq "$written" ] && [ "$written" -ge "${3:-20}" ] && return
	echo "not ok $((case += 1)) - $1: $written letters written, $judged judged"
	bad=1
}

# with_files FOLDER CLAIM INTO: those that claim to have files inside, which the other letters must not have.
with_files() {
	grep -lar "$2" "$1" | while IFS= read -r letter; do
		mkdir -p "$3/$(basename "$(dirname "$letter")")" && mv "$letter" "$3/$(basename "$(dirname "$letter")")"
	done
}

write_letters "$1" "$2" "$folder/letters" --no-sign || { echo "Bail out! letters not written" && exit 1; }
judge 2a "$folder/letters"
judge ua1 "$folder/letters"
mkdir "$folder/drawn.cases" "$folder/drawn"
write_drawn "$1" "$2" "$3" "$folder/drawn" 60 --standard ua1+a2 || { echo "Bail out! letters not drawn" && exit 1; }
judge ua1 "$folder/drawn"
with_files "$folder/drawn" '<pdfaid:part>3<' "$folder/drawn-with-files"
judge 2a "$folder/drawn"
judge 3a "$folder/drawn-with-files" 1
# Bundles for the printer.
mkdir "$folder/bundles"
(cd "$2" && "$1" batch -q --bundle "$folder/bundles/vru.pdf") && (cd "$2/tests/samples/every-block" &&
	"$1" batch -q -t letter.xml -r recipients --simplex --bundle "$folder/bundles/every-block.pdf") &&
	(cd "$2/tests/samples/museum" && LETTERMERGE_STANDARD=ua2+a4 "$1" batch -q -t letter.xml -r recipients --bundle "$folder/bundles/museum.pdf") &&
	(cd "$2" && "$1" preview -q --proof -o "$folder/shared" --share "$folder/bundles/proof.pdf" >"$folder/why") || { echo "Bail out! no bundles" && exit 1; }
case=$((case + 1))
if sh "$here/vera.sh" 2b "$folder"/bundles/*.pdf >"$folder/verdicts" 2>&1; then
	echo "ok $case - bundles: 2b"
else
	sed 's/^/# /' "$folder/verdicts"
	echo "not ok $case - bundles: 2b" && bad=1
fi
write_letters "$1" "$2" "$folder/attached" --attach-source --no-sign --compact || { echo "Bail out! none attached" && exit 1; }
judge 3a "$folder/attached"
judge ua1 "$folder/attached"
HOME=$folder XDG_CONFIG_HOME=$folder/.config "$1" identity new >/dev/null || { echo "Bail out! no identity" && exit 1; }
write_letters "$1" "$2" "$folder/signed" --identity "$folder/.config/lettermerge/identity.pem" ||
	{ echo "Bail out! none signed" && exit 1; }
grep -qa /ETSI.CAdES.detached "$folder/signed/vru/essex.pdf" || { echo "Bail out! not signed" && exit 1; }
judge 2a "$folder/signed"
judge ua1 "$folder/signed"
write_letters "$1" "$2" "$folder/compact" --identity "$folder/.config/lettermerge/identity.pem" --compact ||
	{ echo "Bail out! none compact" && exit 1; }
judge 2a "$folder/compact"
write_letters "$1" "$2" "$folder/new" --identity "$folder/.config/lettermerge/identity.pem" --standard ua2+a4 ||
	{ echo "Bail out! none by the new standards" && exit 1; }
rm -r "$folder/new/preview"
mkdir "$folder/new-drawn.cases" "$folder/new-drawn"
write_drawn "$1" "$2" "$3" "$folder/new-drawn" 30 --standard ua2+a4 || { echo "Bail out! letters not drawn" && exit 1; }
mv "$folder/new-drawn"/* "$folder/new"
for flavour in ua2 wt1a wt1r; do judge $flavour "$folder/new"; done
with_files "$folder/new" '<pdfaid:conformance>F<' "$folder/new-with-files"
judge 4 "$folder/new"
judge 4f "$folder/new-with-files" 1
write_letters "$1" "$2" "$folder/new-attached" --attach-source --no-sign --standard ua2+a4 --compact || { echo "Bail out! none attached" && exit 1; }
judge 4f "$folder/new-attached"
echo "1..$case"
exit $bad
