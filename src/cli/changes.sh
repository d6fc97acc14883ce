#!/bin/sh
# changes.sh CHANGELOG - prints as rows of C what the list of changes says of each finding: version, code, text. An
# item is about every `CODE` that it names; the newest version comes first, as in the list.
awk '
function flush(   text, rest, code, seen) {
	text = item
	gsub(/`/, "", text)
	gsub(/\]\([^)]*\)/, "", text) # [words](link) → words
	gsub(/\[/, "", text)
	gsub(/[\\"]/, "\\\\&", text)
	for (rest = item; match(rest, /`[EWN](-[A-Z0-9]+)+`/); rest = substr(rest, RSTART + RLENGTH)) {
		code = substr(rest, RSTART + 1, RLENGTH - 2)
		if (!(code in seen))
			printf "{\"%s\", \"%s\", \"%s\"},\n", version, code, text
		seen[code]
	}
	item = ""
}
/^## / { version = $2; sub(/,$/, "", version) }
/^  [^ ]/ && item != "" { item = item " " substr($0, 3); next }
{ flush() }
/^- / { item = substr($0, 3) }
END { flush() }
' "$1"
