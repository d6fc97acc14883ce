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
folder=$(mktemp -d)
cd "$folder" || exit 1
mkfifo open
mkdir pki
python3 "$root/tests/support/services.py" pki 0 <open >port &
services=$!
exec 3>open
trap 'exec 3>&-; wait $services; rm -rf "$folder"' EXIT
until [ -s port ]; do kill -0 $services || exit 1; done
TSA=http://127.0.0.1:$(cat port)/tsa
export TSA
sh "$root/tests/support/pki.sh" pki "$(cat port)" all
cat pki/signer.key pki/signer-chain.pem >identity.pem
chmod 600 identity.pem
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
