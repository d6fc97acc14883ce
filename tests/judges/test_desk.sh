#!/bin/sh
# test_desk.sh PROGRAM ROOT - the proof desk in Chromium, on the letters of the project. TAP.
set -u
. "$(dirname "$0")/find.sh"
[ -f "$judges/node/package.json" ] || absent "playwright"
command -v chromium >/dev/null || [ -x "${CHROMIUM:-}" ] || absent Chromium
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$judges/node/node_modules" "$folder/node_modules"
cp "$(dirname "$0")/desk.mjs" "$folder"

judge() { # PROGRAM ROOT
	rm -rf "$folder/project"
	mkdir "$folder/project"
	cp -r "$2/templates" "$2/recipients" "$folder/project"
	said=$(timeout 840 node "$folder/desk.mjs" "$1" "$folder/project" 2>&1)
	code=$?
	echo "$said" | sed 's/^/# /'
}

# What is wrong is wrong at once. What did not come may be a browser's or its driver's: only what
# does not come twice is the desk's.
judge "$1" "$2"
if [ $code -eq 2 ]; then
	echo "# again"
	judge "$1" "$2"
fi
[ $code -eq 0 ] && echo "ok 1 - the desk in a browser" || echo "not ok 1 - the desk in a browser"
echo "1..1"
exit $code
