#!/bin/sh
# test_books.sh PROGRAM ROOT - the eighteen records as workbooks that LibreOffice, openpyxl and odfpy
# have written give the letters of the CSV, byte for byte; and a sheet of every kind of cell reads as
# it is shown, as .xlsx and as .ods. TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/find.sh"
program=$1 root=$2
command -v soffice >/dev/null || absent LibreOffice
for python in python3 /usr/bin/python3 ""; do
	[ -n "$python" ] && "$python" -c 'import openpyxl, odf' 2>/dev/null && break
done
[ -n "$python" ] || absent "openpyxl or odfpy"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
. "$here/cases.sh"

# FORM FILE [FILTER]: FILE in another form, as made/NAME.FORM; a CSV's cells are all text.
convert() {
	soffice --headless "-env:UserInstallation=file://$folder/office" --convert-to "$1" \
		${3:+"--infilter=$3"} --outdir "$folder/made" "$2" >"$folder/said" 2>&1 &&
		[ -s "$folder/made/$(basename "${2%.*}").$1" ]
}

"$python" "$here/books.py" "$root" "$folder" || { echo "Bail out! no workbooks" && exit 1; }
for form in xlsx ods; do
	convert $form "$folder/people.csv" "CSV:44,34,76,1,1/2/2/2/3/2/4/2/5/2/6/2/7/2/8/2/9/2/10/2/11/2/12/2"
	is "LibreOffice writes an .$form" $?
done
# What formulas give is there once a spreadsheet has opened the file.
mkdir "$folder/opened"
for form in xlsx ods; do
	convert $form "$folder/kinds.xlsx" && mv "$folder/made/kinds.$form" "$folder/opened/"
	is "LibreOffice writes the cells of every kind as .$form" $?
done

letters() { # FILE FOLDER
	(cd "$root" && "$program" batch -q --no-sign -r "$1" -o "$2") >"$folder/said" 2>&1 &&
		[ "$(find "$2" -name '*.pdf' | wc -l)" -eq 18 ] && rm -rf "$2"/.lettermerge*
}

same() { # FOLDER: all letters in it are those of the CSV
	for letter in "$folder/csv"/*.pdf; do
		cmp "$letter" "$1/$(basename "$letter")" >>"$folder/said" 2>&1 || return 1
	done
}

letters "$folder/people.csv" "$folder/csv"
is "the CSV's letters" $?
for book in made/people.xlsx made/people.ods people-2.xlsx people-2.ods; do
	letters "$folder/$book" "$folder/$book-out" && same "$folder/$book-out"
	is "$book: the same letters" $?
done

cat >"$folder/kinds.xml" <<-'XML'
	<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title>
	  <fields><declare name="name" debris="allowed"/></fields><p><field name="name"/></p></letter>
XML
for form in xlsx ods; do
	"$program" batch -q --no-sign --also text -t "$folder/kinds.xml" -r "$folder/opened/kinds.$form" \
		-o "$folder/kinds-$form" >"$folder/said" 2>&1
	for text in $(find "$folder/kinds-$form" -name '*.txt' | sort -V); do
		echo "$(basename "$text" .txt): $(tr -s '\n ' ' ' <"$text" | sed 's/^ *//; s/ *$//')"
	done >"$folder/kinds-$form.txt"
	diff "$folder/kinds.txt" "$folder/kinds-$form.txt" >"$folder/said"
	is "cells of every kind in an .$form" $?
done
end_cases
