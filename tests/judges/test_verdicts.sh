#!/bin/sh
# test_verdicts.sh PROGRAM ROOT - letters that others raised, countersigned, certified and tampered with:
# does verify say of each what pyHanko and EU DSS say? See verdicts.py. TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/find.sh"
program=$1 root=$2
hanko=$judges/hanko/bin/python
[ -x "$hanko" ] || absent pyHanko
[ -f "$judges/dss/classpath" ] || absent "EU DSS"
pki_of=all
. "$here/sealed.sh"
batch() { # FOLDER OPTION...
	out=$1
	shift
	(cd "$root" && "$program" batch -q -o "$folder/$out" --only essex "$@") ||
		{ echo "Bail out! letters not written" && exit 1; }
}
batch signed --identity "$folder/identity.pem"
batch certified --identity "$folder/identity.pem" --certify
batch unsigned --no-sign
"$hanko" "$here/verdicts.py" "$program" pki signed/essex.pdf certified/essex.pdf unsigned/essex.pdf \
	"$root/docs/verifying.md" java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
	-cp "$judges/dss:$(cat "$judges/dss/classpath")" Dss pki "$TSA"
