#!/bin/sh
# font.sh FUZZ CUT - feeds a fuzz target with small fonts that are cut from those of this machine.
# KEEP=FOLDER keeps them, for libFuzzer to begin with.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/seeds"
for family in 'Liberation Serif' 'Liberation Sans' 'DejaVu Sans' 'EB Garamond' 'Latin Modern Roman' 'Inter'; do
	path=$(fc-match -f '%{file}' "$family")
	"$2" "$path" "$folder/seeds/$(basename "$path")"
done
[ -z "${KEEP:-}" ] || cp "$folder"/seeds/* "$KEEP"
"$1" "$folder/seeds"
