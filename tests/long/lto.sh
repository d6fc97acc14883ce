#!/bin/sh
# The program built as one unit by the linker (-Db_lto), by gcc and by clang: its letters are byte for byte those of
# the program that the tests use, and its web pages and texts.
set -eu
./run packages clang
letters=$(mktemp -d)
trap 'rm -rf "$letters"' EXIT
build-test/src/cli/lettermerge batch -q --no-sign --also html,text -o "$letters/plain"
for compiler in gcc clang; do
	folder=build-lto-$compiler
	[ -f "$folder/build.ninja" ] || CC=$compiler meson setup "$folder" -Db_lto=true -Dtests=false >/dev/null
	ninja -C "$folder" >"$folder/ninja.log" || {
		tail -40 "$folder/ninja.log"
		echo "$compiler does not build it"
		exit 1
	}
	"$folder/src/cli/lettermerge" batch -q --no-sign --also html,text -o "$letters/$compiler"
	for file in "$letters"/plain/*.pdf "$letters"/plain/*.html "$letters"/plain/*.txt; do
		cmp "$file" "$letters/$compiler/$(basename "$file")"
	done
done
echo "$(find "$letters/gcc" -name '*.pdf' | wc -l) letters, their web pages and texts are the same by gcc and clang"
