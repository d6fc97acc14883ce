#!/bin/sh
# test_officer.sh PROGRAM ROOT - two officers sign off the project's letters on the proof desk, in Chromium. TAP.
set -u
. "$(dirname "$0")/find.sh"
. "$(dirname "$0")/browser.sh"
one_case "two officers sign off" officer.mjs "$1" "$2"
