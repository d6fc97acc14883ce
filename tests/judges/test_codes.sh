#!/bin/sh
# test_codes.sh PROGRAM ROOT - zbarimg and dmtxread, other people's readers, find in the rendered pages
# what the codes were given to hold, to the byte. TAP.
set -u
. "$(dirname "$0")/find.sh"
command -v zbarimg >/dev/null || absent zbarimg
command -v dmtxread >/dev/null || absent dmtxread
exec python3 "$(dirname "$0")/codes.py" "$1"
