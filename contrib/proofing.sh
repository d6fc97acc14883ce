#!/bin/sh
# proofing.sh PROGRAM - the pictures of docs/proofing.md, by Chromium as tests/judges/install.sh has put it there.
set -eu
program=$1
judges=${LETTERMERGE_JUDGES:-$PWD/build-judges}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$judges/node/node_modules" "$folder/node_modules"
mkdir "$folder/project" && mkdir -p docs/proofing
cp contrib/proofing.mjs "$folder"
cp -r templates recipients "$folder/project"
(cd "$folder/project" && XDG_CONFIG_HOME="$PWD" "$program" identity new "Jo Bloggs" >/dev/null)
node "$folder/proofing.mjs" "$program" "$folder/project" "$PWD/docs/proofing"
