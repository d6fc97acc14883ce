# browser.sh - sourced by the judges' scripts behind find.sh: a copy of the project's letters, and a program of ours that has
# Chromium look at them.
[ -f "$judges/node/package.json" ] || absent "playwright"
command -v chromium >/dev/null || [ -x "${CHROMIUM:-}" ] || absent Chromium
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
ln -s "$judges/node/node_modules" "$folder/node_modules"

# look SCRIPT PROGRAM ROOT: gives $code.
look() {
	rm -rf "$folder/project"
	mkdir "$folder/project"
	cp "$3/tests/judges/$1" "$folder"
	cp -r "$3/templates" "$3/recipients" "$folder/project"
	said=$(timeout 840 node "$folder/$1" "$2" "$folder/project" 2>&1)
	code=$?
	echo "$said" | sed 's/^/# /'
}

# one_case NAME SCRIPT PROGRAM ROOT: all that TAP wants of it. What is wrong is wrong at once. What did not come may be a
# browser's or its driver's: only what does not come twice is the desk's.
one_case() {
	name=$1
	shift
	look "$@"
	if [ $code -eq 2 ]; then
		echo "# again"
		look "$@"
	fi
	[ $code -eq 0 ] && echo "ok 1 - $name" || echo "not ok 1 - $name"
	echo "1..1"
	exit $code
}
