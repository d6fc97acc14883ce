#!/bin/sh
# test_report.sh PROGRAM ROOT - the page of batch --report in Chromium: of the project's letters with rejections, held
# letters and texts of others, and of more letters than one table holds. TAP.
set -u
. "$(dirname "$0")/find.sh"
. "$(dirname "$0")/browser.sh"
cp "$(dirname "$0")/report.mjs" "$folder"
cp -r "$2/templates" "$2/recipients" "$folder"
export XDG_CONFIG_HOME="$folder"
cd "$folder" || exit 1

case=0 failed=0
judge() { # NAME FILE LETTERS
	case=$((case + 1))
	timeout 240 node report.mjs "$2" "$3" && echo "ok $case - $1" || { echo "not ok $case - $1"; failed=1; }
}

"$1" identity new Jo >/dev/null
"$1" approve --all --except kent --by 'Anna <i>' -q 2>/dev/null
"$1" approve essex --reject 'the <b>name</b> is wrong' --by Ben -q 2>/dev/null
sed -i 's/<name>.*</<name></' recipients/sussex.xml
sed -i 's/<area>/<aera>x<\/aera><area>/' recipients/london.xml
"$1" batch --approved-only --report mixed.html >/dev/null 2>&1
judge "made, held and rejected" mixed.html 18
echo '<letter' >templates/vru-letter.xml
"$1" batch --no-sign --report broken.html >/dev/null 2>&1
judge "a broken template" broken.html 0

mkdir -p many/templates
cat >many/templates/letter.xml <<END
<letter xmlns="urn:lettermerge:letter:1" xml:lang="en-GB" date="2020-10-13"><title>T</title>
<fields><declare name="name"/></fields><p>Dear <field name="name"/></p></letter>
END
awk 'BEGIN { print "id,name"; for (i = 1; i <= 1203; i++) print "person-" i ",Name " i }' >many/people.csv
(cd many && "$1" batch --no-sign -r people.csv --report ../many.html >/dev/null 2>&1)
judge "in several tables" many.html 1203
echo "1..$case"
exit $failed
