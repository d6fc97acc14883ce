#!/bin/sh
# program.sh PROGRAM ROOT CHANCE FROM COUNT - drawn letters as a user makes them, with the program itself: with one
# worker and with two the same bytes, a second run writes nothing, qpdf finds nothing, and what is signed is good.
# TAP: a case for each of these; the seeds that fail are said before it.
set -u
program=$1 root=$2 chance=$3 from=$4 count=$5
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export XDG_CONFIG_HOME="$folder/.config" HOME="$folder"
mkdir "$folder/cases" "$folder/bad"
"$chance" keep "$folder/cases" "$from" "$count" && "$program" identity new chance >/dev/null ||
	{ echo "Bail out! nothing to begin with" && exit 1; }
identity=$XDG_CONFIG_HOME/lettermerge/identity.pem
trusted=$(find "$XDG_CONFIG_HOME" -name '*root*.pem')

# batch OUT OPTION...: some letters do not fit their paper, which is code 1.
batch() {
	out=$1
	shift
	"$program" batch -q -t letter.xml -r recipients -o "$out" "$@" >said 2>&1
	[ $? -le 1 ]
}

# each_letter FOLDER COMMAND...: with each letter as its last argument, until one fails.
each_letter() {
	letters=$1
	shift
	for letter in "$letters"/*.pdf; do
		[ ! -e "$letter" ] || "$@" "$letter" || return 1
	done
}

same() {
	mkdir -p one two # a style that no letter can be set by makes none
	batch one --no-sign -j 1 --also html,text && batch two --no-sign -j 2 --also html,text &&
		diff -rq -x '.letter*' -x run.json one two
}

quiet() {
	touch -d '2 hours ago' marker && find one -type f -exec touch -d '3 hours ago' {} + &&
		batch one --no-sign --also html,text && [ -z "$(find one -name '*.pdf' -newer marker)" ]
}

sound() {
	each_letter one qpdf --check
}

signed() {
	batch signed --identity "$identity" --attach-source &&
		[ "$(find signed -name '*.pdf' | wc -l)" -eq "$(find one -name '*.pdf' | wc -l)" ] &&
		each_letter signed "$program" verify --trust "$trusted"
}

for case in "$folder/cases"/*/; do
	cp "$root"/tests/samples/every-block/*.png "$root"/tests/samples/every-block/*.jpg "$case"
	cd "$case" || exit 1
	for property in same quiet sound signed; do
		$property >found 2>&1 || echo "$(basename "$case"): $(cat said found)" >>"$folder/bad/$property"
	done
done
made=$(find "$folder/cases" -path '*/one/*.pdf' | wc -l)
number=0 code=0
[ "$made" -ge "$count" ] || { echo "Bail out! only $made letters were made" && exit 1; }
for property in same quiet sound signed; do
	number=$((number + 1)) not=
	[ -f "$folder/bad/$property" ] && sed 's/^/# /' "$folder/bad/$property" && not="not " code=1
	echo "${not}ok $number - $property: $made letters of the seeds $from to $((from + count - 1))"
done
echo "1..4"
exit $code
