#!/bin/sh
# freeze.sh PROGRAM FOLDER - a project as a released version of lettermerge leaves it, kept for good: what later
# versions must open (tests/job/test_old.c). 0.1/ was made so, by the program of version 0.1.0:
#
#   tests/old/freeze.sh build/src/cli/lettermerge tests/old/0.1
#
# FOLDER holds templates/, recipients/, notice/ and members.csv; the rest is made anew, but for codes, the findings
# that docs/diagnostics.md lists, which is made once, from the page of that version. Who signs is made for
# it and thrown away with its key: trust.pem, the root that verify believes, is all that stays. The day is a fixed
# one (Debian: faketime), so that no clock finds a time stamp to come from the future.
#
#   findings.json  what check finds in recipients/
#   out/         signed, as PDF, web page and plain text; bert raised to B-LTA; eve failed; frank's record is gone;
#                approvals: anna by one person, bert by two, cai by one before its record changed, dora by none
#   plain/       unsigned, from the table
#   notices.tar  signed, its record in tar/; hal stands in it twice
#   notices.zip  likewise, its record in zip/
#   parts/       signed, in two parts that were not joined
set -eu
[ "${FAKETIME:-}" ] || NO_FAKE_STAT=1 FAKETIME_DONT_FAKE_MONOTONIC=1 exec faketime -f '@2024-09-03 09:00:00' "$0" "$@"
program=$(realpath "$1")
support=$(realpath "$(dirname "$0")/../support")
folder=$(realpath "$2")
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' INT TERM HUP
unset SOURCE_DATE_EPOCH
page=$(realpath "$(dirname "$0")/../../docs/diagnostics.md")
cd "$folder"
[ -f codes ] || sed -n 's/^| `\([A-Z0-9-]*\)` .*/\1/p' "$page" >codes
rm -rf out plain tar zip parts notices.* trust.pem findings.json

mkfifo "$scratch/in" "$scratch/port"
python3 "$support/services.py" "$scratch/pki" 0 <"$scratch/in" >"$scratch/port" &
exec 9>"$scratch/in"
read -r port <"$scratch/port"
sh "$support/pki.sh" "$scratch/pki" "$port"
cat "$scratch/pki/signer.key" "$scratch/pki/signer.pem" "$scratch/pki/ca.pem" >"$scratch/identity.pem"
chmod 600 "$scratch/identity.pem"
cp "$scratch/pki/root.pem" trust.pem

batch() { "$program" batch -q --identity "$scratch/identity.pem" "$@"; }
approve() { "$program" approve -q "$@"; }
failing() { ! "$@" 2>/dev/null; } # eve's record is wrong

failing "$program" check --diag=json >findings.json

sed 's/Dora/Frank/' recipients/dora.xml >recipients/frank.xml
failing batch --also html,text
rm recipients/frank.xml
failing batch

approve anna bert --by 'A Reader'
approve bert --by 'B Checker'
cp recipients/cai.xml "$scratch"
sed -i 's/>12</>11</' recipients/cai.xml
approve cai --by 'A Reader'
cp "$scratch/cai.xml" recipients
"$program" sign -q --level LTA --tsa "http://127.0.0.1:$port/tsa" --trust trust.pem out/bert.pdf
failing batch

notices() { batch -t notice/notice.xml -r members.csv "$@"; }
"$program" batch -q -t notice/notice.xml -r members.csv --no-sign -o plain
cp members.csv "$scratch"
for form in tar zip; do
	notices -o $form --archive notices.$form
	sed -i 's/Birch/Beech/' members.csv
	notices -o $form --archive notices.$form
	cp "$scratch/members.csv" .
	notices -o $form --archive notices.$form
done
notices -o parts --shard 1/2
notices -o parts --shard 2/2
rm out/.lettermerge.lock ./*/.lettermerge*.lock 2>/dev/null || true

exec 9>&-
wait
