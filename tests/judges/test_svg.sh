#!/bin/sh
# test_svg.sh PROGRAM ROOT - drawings in letters look as librsvg draws them. TAP.
set -u
. "$(dirname "$0")/find.sh"
command -v rsvg-convert >/dev/null || absent rsvg-convert
exec python3 "$(dirname "$0")/svg.py" "$1" "$2/src/typesetting/svg/colours.def"
