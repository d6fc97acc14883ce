#!/bin/sh
# test_desk.sh PROGRAM ROOT - the proof desk in Chromium, on the letters of the project. TAP.
set -u
. "$(dirname "$0")/find.sh"
. "$(dirname "$0")/browser.sh"
one_case "the desk in a browser" desk.mjs "$1" "$2"
