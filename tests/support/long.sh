#!/bin/sh
# long.sh PART... - runs these scripts of tests/long from the project's root, each whatever the others found. Ends with
# a table for docs/testing.md: the last line that a part says is what it found. Code 1 if one failed.
set -u
logs=build-test/long
mkdir -p $logs
failed=0
tree=$(git describe --always --dirty --exclude '*')
for part in "$@"; do
	printf '\n== %s\n' "$part"
	sed -n '2,/^[^#]/s/^# //p' "tests/long/$part.sh"
	begin=$(date +%s)
	{
		sh "tests/long/$part.sh" 2>&1
		echo $? >"$logs/$part.code"
	} | tee "$logs/$part.log"
	result=passed
	[ "$(cat "$logs/$part.code")" -eq 0 ] || result=FAILED failed=1
	printf '| `%s` | %s | %s | %d min | %s: %s |\n' "$part" "$(date -I)" "$tree" \
		$((($(date +%s) - begin + 59) / 60)) $result "$(tail -n 1 "$logs/$part.log")" >"$logs/$part.row"
done
printf '\n%s\n\n' "Machine: $(sh tests/support/machine.sh)."
printf '| part | when | commit | how long | what it found |\n|---|---|---|--:|---|\n'
for part in "$@"; do
	cat "$logs/$part.row"
done
exit $failed
