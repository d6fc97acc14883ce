#!/bin/sh
# test_signers.sh PROGRAM ROOT - the eighteen letters, signed with a key of each kind: pyHanko, pdfsig
# with NSS, and openssl each find every signature valid, trusted, and over the whole letter, and with
# another root they trust none. (pdfsig 22.12 says "Unknown issue" of certificates that NSS trusts unless
# they name an extended usage and a list of revoked certificates: an error left behind by the search
# for these.) TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/find.sh"
program=$1 root=$2
hanko=$judges/hanko/bin/python
[ -x "$hanko" ] || absent pyHanko
for command in pdfsig certutil softhsm2-util pkcs11-tool; do
	command -v $command >/dev/null || absent $command
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
. "$here/cases.sh"

all() { # WHAT SAYS: as many lines of said are that as there are letters, of which there are eighteen
	count=$(grep -c -- "$2" said)
	[ "$count" -eq "$(find "$kind" -name '*.pdf' | wc -l)" ] && [ "$count" -eq 18 ]
	is "$kind: $1" $?
}

sh "$root/tests/support/pki.sh" pki 1 all
(cd pki && sh "$root/tests/support/token.sh" ../token rsa2048) >said 2>&1 || { echo "Bail out! no token" && exit 1; }
export SOFTHSM2_CONF="$folder/token/softhsm2.conf"
(umask 077 && echo 5678 >pin)
for store in root other; do
	mkdir nss-$store
	certutil -N -d sql:nss-$store --empty-password
	certutil -A -d sql:nss-$store -n root -t C,C,C -i pki/$store.pem
done

by_pdfsig() { # STORE
	for letter in "$kind"/*.pdf; do
		pdfsig -nssdir "sql:$folder/nss-$1" -no-ocsp "$letter" 2>/dev/null
	done >said
}

by_openssl() { # ROOT: a line for each letter
	for seal in taken/*.p7s; do
		openssl cms -verify -cades -binary -inform DER -in "$seal" -content "${seal%.p7s}.bytes" \
			-purpose any -CAfile "pki/$1.pem" -out copy >/dev/null 2>&1
		echo "code $?"
	done >said
}

judge() {
	"$hanko" "$here/seals.py" pki/root.pem "$kind"/*.pdf >said 2>&1
	all "pyHanko finds all valid, trusted and whole" ": good B$"
	"$hanko" "$here/seals.py" pki/other.pem "$kind"/*.pdf >said 2>&1
	all "pyHanko trusts none below another root" ": refused .*UNTRUSTED"
	by_pdfsig root
	all "pdfsig finds all valid" "Signature Validation: Signature is Valid."
	all "pdfsig finds all trusted" "Certificate Validation: Certificate is Trusted."
	all "pdfsig finds all whole" "Total document signed"
	by_pdfsig other
	! grep -q "Certificate is Trusted" said
	is "$kind: pdfsig trusts none below another root" $?
	rm -rf taken
	mkdir taken
	"$hanko" "$here/seals.py" --take taken "$kind"/*.pdf >said 2>&1
	is "$kind: signatures taken out" $?
	by_openssl root
	all "openssl finds all good, by CAdES" "code 0"
	by_openssl other
	all "openssl trusts none below another root" "code 4"
}

while read -r kind options; do
	# shellcheck disable=SC2086 # words
	(cd "$root" && "$program" batch -q -o "$folder/$kind" $options) >said 2>&1
	is "$kind: signed" $?
	judge
done <<END
rsa2048 --identity $folder/pki/rsa2048-identity.pem
rsa3072 --identity $folder/pki/rsa3072-identity.pem
pss --pss --identity $folder/pki/rsa2048-identity.pem
certified --certify --identity $folder/pki/p256-identity.pem
p256 --identity $folder/pki/p256-identity.pem
p384 --identity $folder/pki/p384-identity.pem
token --identity pkcs11:token=letters;object=rsa2048 --certificates $folder/pki/ca.pem --pass-file $folder/pin
END
end_cases
