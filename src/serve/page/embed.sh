#!/bin/sh
# embed.sh NAME FILE... [-- NAME FILE...] - prints a header with files as an array of bytes each.
while [ $# -gt 0 ]; do
	printf 'static const unsigned char %s[] = {' "$1"
	shift
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		od -An -v -tu1 "$1" | sed 's/[0-9][0-9]*/&,/g'
		shift
	done
	printf '};\n'
	[ $# -eq 0 ] || shift
done
