#!/bin/sh
# vera.sh 2a|2b|3a|ua1|4|4f|ua2|wt1a|wt1r FILE... - has veraPDF judge PDF files by one standard. Exit code 0: no file fails
# a rule; 1: some does (they are named); 77: veraPDF is not installed.
set -u
. "$(dirname "$0")/find.sh"
[ -f "$judges/vera/classpath" ] || absent veraPDF 77
exec java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$judges/vera:$(cat "$judges/vera/classpath")" Vera "$@"
