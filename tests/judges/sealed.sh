# sealed.sh - sourced by the judges' scripts behind find.sh: a folder of this test's own, which it goes to and which goes with
# it; in it pki/ (the kinds of identity that $pki_of says), identity.pem, and services on loopback as long as the test
# lasts. Gives $folder and $TSA.
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
# shellcheck disable=SC2086 # a word or none
sh "$root/tests/support/pki.sh" pki "$(cat port)" $pki_of
cat pki/signer.key pki/signer-chain.pem >identity.pem
chmod 600 identity.pem
