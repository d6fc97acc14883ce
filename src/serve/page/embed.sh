#!/bin/sh
# embed.sh NAME FILE... - prints a header with each file as an array of bytes.
while [ $# -gt 0 ]; do
	printf 'static const unsigned char %s[] = {' "$1"
	od -An -v -tu1 "$2" | sed 's/[0-9][0-9]*/&,/g'
	printf '};\n'
	shift 2
done
