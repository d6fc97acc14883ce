#!/bin/sh
# pki.sh FOLDER PORT [all] - throw-away keys and certificates for the tests: a root, an authority below it,
# signers (good, expired, not yet valid, revoked), two time-stamp authorities, one of few days, and an OCSP responder, and
# lists of revoked certificates; with "all" also a signer for each kind of key, and some that may not
# sign letters. All point to http://127.0.0.1:PORT. Nothing of it is ever kept.
set -eu
mkdir -p "$1"
cd "$1"
url=http://127.0.0.1:$2
mkdir -p issued
: >index.txt
: >root-index.txt
echo 1000 >serial
echo 01 >crlnumber
cat >pki.cnf <<END
[ca]
default_ca = issuing
[issuing]
dir = .
database = index.txt
new_certs_dir = issued
serial = serial
crlnumber = crlnumber
default_md = sha256
policy = any
unique_subject = no
default_crl_days = 30
copy_extensions = none
[root]
dir = .
database = root-index.txt
new_certs_dir = issued
serial = serial
crlnumber = crlnumber
default_md = sha256
policy = any
unique_subject = no
default_crl_days = 30
[any]
commonName = supplied
[req]
distinguished_name = name
[name]
[v3_root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[v3_ca]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:$url/root.crl
[v3_signer]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, nonRepudiation
extendedKeyUsage = emailProtection
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
authorityInfoAccess = OCSP;URI:$url/ocsp
crlDistributionPoints = URI:$url/ca.crl
[v3_wrong]
basicConstraints = critical, CA:FALSE
keyUsage = critical, keyEncipherment
[v3_server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
[v3_tsa]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
crlDistributionPoints = URI:$url/ca.crl
[v3_ocsp]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = OCSPSigning
noCheck = ignored
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[tsa]
default_tsa = tsa_config
[tsa_config]
dir = .
serial = ./tsa-serial
signer_cert = ./tsa.pem
certs = ./ca.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
ess_cert_id_alg = sha256
ess_cert_id_chain = no
ordering = no
tsa_name = no
END
sed -n '/^\[tsa_config\]/,$p' pki.cnf | sed 's/tsa_config/short_config/; s/tsa\.\(pem\|key\)/short.\1/' >short.cnf
cat short.cnf >>pki.cnf
echo 01 >tsa-serial

algorithm="EC -pkeyopt ec_paramgen_curve:P-256"
key() { # NAME
	# shellcheck disable=SC2086 # words
	openssl genpkey -algorithm $algorithm -out "$1.key" 2>/dev/null
	chmod 600 "$1.key"
}
issue() { # NAME "COMMON NAME" EXTENSIONS FROM TO [ISSUER]
	key "$1"
	openssl req -new -config pki.cnf -key "$1.key" -subj "/CN=$2" -out "$1.csr"
	by=${6:-ca}
	self=
	[ "$by" != "$1" ] || self=-selfsign
	section=issuing
	[ "$by" = ca ] || section=root
	# shellcheck disable=SC2086 # no word, or one
	openssl ca -batch -notext -config pki.cnf -name $section $self -cert "$by.pem" -keyfile "$by.key" \
		-extensions "$3" -startdate "$4" -enddate "$5" -in "$1.csr" -out "$1.pem" 2>/dev/null
}

issue root "TEST root" v3_root 20200101000000Z 20491231000000Z root
issue other "TEST other root" v3_root 20200101000000Z 20491231000000Z other
issue ca "TEST authority" v3_ca 20200101000000Z 20491231000000Z root
issue signer "TEST signer" v3_signer 20200101000000Z 20491231000000Z
issue expired "TEST expired signer" v3_signer 20200101000000Z 20210101000000Z
issue early "TEST early signer" v3_signer 20480101000000Z 20491231000000Z
issue revoked "TEST revoked signer" v3_signer 20200101000000Z 20491231000000Z
issue tsa "TEST time-stamp authority" v3_tsa 20200101000000Z 20491231000000Z
issue short "TEST short-lived authority" v3_tsa 20200101000000Z "$(date -u -d '30 days' +%Y%m%d%H%M%SZ)"
issue ocsp "TEST OCSP responder" v3_ocsp 20200101000000Z 20491231000000Z
openssl ca -config pki.cnf -cert ca.pem -keyfile ca.key -revoke revoked.pem -crl_reason keyCompromise 2>/dev/null
openssl ca -config pki.cnf -cert ca.pem -keyfile ca.key -gencrl -out ca.crl.pem 2>/dev/null
openssl ca -config pki.cnf -name root -cert root.pem -keyfile root.key -gencrl -out root.crl.pem 2>/dev/null
openssl crl -in ca.crl.pem -outform DER -out ca.crl
openssl crl -in root.crl.pem -outform DER -out root.crl
cat signer.pem ca.pem >signer-chain.pem

[ "${3:-}" = all ] || exit 0
# identity NAME ALGORITHM [EXTENSIONS]: NAME-identity.pem holds the key, its certificate, the chain.
identity() {
	algorithm=$2
	issue "$1" "TEST $1 signer" "${3:-v3_signer}" 20200101000000Z 20491231000000Z
	bundle "$1"
}
bundle() {
	cat "$1.key" "$1.pem" ca.pem root.pem >"$1-identity.pem"
	chmod 600 "$1-identity.pem"
}
identity rsa2048 "RSA -pkeyopt rsa_keygen_bits:2048"
identity rsa3072 "RSA -pkeyopt rsa_keygen_bits:3072"
identity p256 "EC -pkeyopt ec_paramgen_curve:P-256"
identity p384 "EC -pkeyopt ec_paramgen_curve:P-384"
identity weak "RSA -pkeyopt rsa_keygen_bits:1024"
identity curve "EC -pkeyopt ec_paramgen_curve:secp256k1"
identity ed25519 ED25519
identity wrong "EC -pkeyopt ec_paramgen_curve:P-256" v3_wrong
identity server "EC -pkeyopt ec_paramgen_curve:P-256" v3_server
for name in expired early revoked; do bundle $name; done
cat p256.key rsa2048.pem >mismatch-identity.pem
cat p256.pem ca.pem >keyless-identity.pem
cp p256-identity.pem open-identity.pem
chmod 600 mismatch-identity.pem keyless-identity.pem
chmod 640 open-identity.pem
printf 'right phrase\n' >phrase
printf 'wrong phrase\n' >wrong-phrase
openssl pkcs12 -export -inkey p256.key -in p256.pem -certfile ca.pem -passout file:phrase -out p256.p12
openssl pkcs8 -topk8 -in p256.key -passout file:phrase -out p256-locked.key
cat p256-locked.key p256.pem ca.pem >locked-identity.pem
chmod 600 p256.p12 locked-identity.pem
