#!/bin/sh
# instructions.sh BUILD KEY - the instructions of a letter signed with P-256 into one archive, and
# what they are for: what Callgrind counts of 500 letters less what it counts of 100. They are the
# same on a busy machine, so a change of one in a hundred shows. From the project's root.
set -eu
build=$1 key=$2
if ! command -v valgrind >/dev/null 2>&1; then
	echo "Instructions of a letter: not counted, as there is no valgrind here."
	exit
fi
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
# What was found of fonts is kept for this program alone; a run that finds them anew does not count.
export XDG_CACHE_HOME="$dir"

count() {
	rm -rf "$dir/out" "$dir/out.tar"
	valgrind --tool=callgrind --callgrind-out-file="$2" "$build"/src/cli/lettermerge batch --jobs 1 \
		--template templates/vru-letter.xml --recipients "$dir/$1.xml" --out "$dir/out" --archive "$dir/out.tar" \
		--identity "$key" --durability fast >/dev/null 2>&1
	echo "$(sed -n 's/^summary: //p' "$2") $2"
}

# The least of two runs.
least() {
	"$build"/tests/synthetic "$dir/$1.xml" "$1"
	{ count "$1" "$dir/$1.first" && count "$1" "$dir/$1.second"; } | sort -n | sed -n '1s/.* //p'
}
few=$(least 100)
many=$(least 500)
python3 tests/speed/stages.py "$few" "$many" 400
