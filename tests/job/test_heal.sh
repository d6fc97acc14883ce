#!/bin/sh
# test_heal.sh PROGRAM KILL_AT_LIBRARY STEP - a run over two signed letters that is killed at every STEP-th call that
# changes the disk, and one that each such call fails for: whatever was left, the next run's list is good and whole. TAP.
set -u
program=$1 library=$2 step=$3
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
export XDG_CONFIG_HOME="$folder/config" ASAN_OPTIONS=verify_asan_link_order=0
mkdir templates recipients
echo '<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB"><title>Letter</title><fields><declare name="name"/></fields>' \
	'<p>Dear <field name="name"/>, words.</p></letter>' >templates/letter.xml
for name in ann bea; do
	echo "<recipient xmlns=\"urn:lettermerge:recipient:1\"><name>$name</name></recipient>" >recipients/$name.xml
done
"$program" identity new Office >/dev/null
"$program" batch -q -o before
sed -i s/words/others/ templates/letter.xml

# What a run with a fault at this call leaves, and whether the next one mends it; false when it came to its end before.
try() {
	rm -rf out
	cp -rp before out
	env LD_PRELOAD="$library" LETTERMERGE_KILL_AT="$2" LETTERMERGE_KILL_BY="$1" "$program" batch -q >said 2>&1
	code=$?
	"$program" batch -q >said 2>&1 || wrong="$wrong $2:second-run"
	"$program" verify --strict --trust config/lettermerge/identity-root.pem --manifest out >said 2>&1 || wrong="$wrong $2"
	grep -q '^  2 letters as recorded, 0 different, 0 not there$' said || wrong="$wrong $2:count"
	ls out/*.old >/dev/null 2>&1 && wrong="$wrong $2:old"
	[ $code -ne 0 ]
}

tell() {
	[ -z "$wrong" ] && [ "$faults" -gt 0 ] || printf 'not '
	echo "ok $1 - $2 at any moment: the next run's list is good and whole"
	echo "# $faults faults;$wrong"
}

call=1 faults=0 wrong=
while try KILL $call; do
	faults=$((faults + 1)) call=$((call + step))
done
tell 1 "a run that is killed"
last=$call call=1 faults=0 wrong=
while [ $call -lt "$last" ]; do
	try EIO $call && faults=$((faults + 1))
	call=$((call + step))
done
tell 2 "a disk that fails"
echo "1..2"
