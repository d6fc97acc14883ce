#!/bin/sh
# gallery.sh PROGRAM - the pictures of docs/gallery.md: pages of the examples, drawn by poppler, and a part of each close up.
set -eu
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# letters EXAMPLE TABLE ID: its letter, in $folder/EXAMPLE/ID.pdf.
letters() {
	(cd "examples/$1" && XDG_CONFIG_HOME=/nonexistent "$program" batch -q --no-sign -r "$2" --only "$3" -o "$folder/$1") >/dev/null
}

# whole NAME FILE PAGE
whole() {
	pdftoppm -png -singlefile -f "$3" -scale-to-x 460 -scale-to-y -1 "$folder/$2" "docs/gallery/$1"
}

# close NAME FILE PAGE X Y WIDTH HEIGHT: in pixels of 150 to the inch
close() {
	pdftoppm -png -singlefile -f "$3" -r 150 -x "$4" -y "$5" -W "$6" -H "$7" "$folder/$2" "docs/gallery/$1"
}

mkdir -p docs/gallery
letters plain recipients.csv shah
letters council recipients.csv rees
letters bank entries.csv ash
letters invoice items.csv albrecht
whole plain plain/shah.pdf 1
whole council-1 council/rees.pdf 1
whole council-2 council/rees.pdf 2
close council-slip council/rees.pdf 2 100 1309 1040 318
whole bank-1 bank/ash.pdf 1
whole bank-2 bank/ash.pdf 2
close bank-decimals bank/ash.pdf 1 100 761 1040 384
whole invoice invoice/albrecht.pdf 1
close invoice-close invoice/albrecht.pdf 1 110 640 1040 392
