#!/bin/sh
# test_officer.sh PROGRAM ROOT - two officers sign off the project's letters on the proof desk, in Chromium. TAP.
set -u
. "$(dirname "$0")/find.sh"
[ -f "$judges/node/package.json" ] || absent "playwright"
command -v chromium >/dev/null || [ -x "${CHROMIUM:-}" ] || absent Chromium
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$judges/node/node_modules" "$folder/node_modules"
cp "$(dirname "$0")/officer.mjs" "$folder"

judge() { # PROGRAM ROOT
	rm -rf "$folder/project"
	mkdir "$folder/project"
	cp -r "$2/templates" "$2/recipients" "$folder/project"
	said=$(timeout 840 node "$folder/officer.mjs" "$1" "$folder/project" 2>&1)
	code=$?
	echo "$said" | sed 's/^/# /'
}

# As in test_desk.sh: what did not come once may be the browser's fault.
judge "$1" "$2"
if [ $code -eq 2 ]; then
	echo "# again"
	judge "$1" "$2"
fi
[ $code -eq 0 ] && echo "ok 1 - two officers sign off" || echo "not ok 1 - two officers sign off"
echo "1..1"
exit $code
