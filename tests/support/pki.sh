#!/bin/sh
# pki.sh FOLDER PORT [all|rules] - throw-away keys and certificates for the tests: a root, an authority below it,
# signers (good, expired, not yet valid, revoked), two time-stamp authorities, one of few days, and an OCSP responder, and
# lists of revoked certificates; with "all" also a signer for each kind of key, and some that may not
# sign letters; with "rules" one for each rule that certificates must keep. All point to http://127.0.0.1:PORT. Nothing of it is ever kept.
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
sed -n '/^\[tsa_config\]/,/^tsa_name/p' pki.cnf | sed 's/tsa_config/chain_config/; s/\(id_chain = \)no/\1yes/' >chain.cnf
cat chain.cnf >>pki.cnf
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
		-md "${digest:-sha256}" \
		-extensions "$3" -startdate "$4" -enddate "$5" -in "$1.csr" -out "$1.pem" 2>/dev/null
}

issue root "TEST root" v3_root 20200101000000Z 20491231000000Z root
issue other "TEST other root" v3_root 20200101000000Z 20491231000000Z other
issue ca "TEST authority" v3_ca 20200101000000Z 20491231000000Z root
issue signer "TEST signer" v3_signer 20200101000000Z 20491231000000Z
issue direct "TEST signer below the root" v3_signer 20200101000000Z 20491231000000Z root
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

[ -n "${3:-}" ] || exit 0
# identity NAME ALGORITHM [EXTENSIONS]: NAME-identity.pem holds the key, its certificate, the chain.
identity() {
	algorithm=$2
	issue "$1" "TEST $1 signer" "${3:-v3_signer}" 20200101000000Z 20491231000000Z "${4:-ca}"
	bundle "$1" "${4:-ca}"
}
bundle() { # NAME [ISSUER]
	cp "${2:-ca}.pem" "$1-issuer.pem"
	cat "$1.key" "$1.pem" "$1-issuer.pem" root.pem >"$1-identity.pem"
	chmod 600 "$1-identity.pem"
}
p256="EC -pkeyopt ec_paramgen_curve:P-256"
if [ "$3" = rules ]; then
	purpose() { # NAME USAGES: a signer whose certificate has these extended usages
		printf '[v3_%s]\nbasicConstraints = critical, CA:FALSE\n' "$1" >>pki.cnf
		printf 'keyUsage = critical, digitalSignature\nextendedKeyUsage = %s\n' "$2" >>pki.cnf
		identity "$1" "$p256" "v3_$1"
	}
	authority() { # NAME ALGORITHM [EXTENSIONS]: an authority, and a signer under-NAME below it
		algorithm=$2
		issue "$1" "TEST $1" "${3:-v3_ca}" 20200101000000Z 20491231000000Z root
		digest='' identity "under-$1" "$p256" v3_plain "$1"
	}
	cat >>pki.cnf <<-END
	[v3_plain]
	basicConstraints = critical, CA:FALSE
	keyUsage = critical, nonRepudiation
	[v3_tls_ca]
	basicConstraints = critical, CA:TRUE, pathlen:0
	keyUsage = critical, keyCertSign, cRLSign
	extendedKeyUsage = serverAuth, clientAuth
	[v3_both_ca]
	basicConstraints = critical, CA:TRUE, pathlen:0
	keyUsage = critical, keyCertSign, cRLSign
	extendedKeyUsage = serverAuth, emailProtection
	[v3_no_usage]
	basicConstraints = critical, CA:FALSE
	END
	identity plain "$p256" v3_plain
	identity usageless "$p256" v3_no_usage
	identity wrong "$p256" v3_wrong
	purpose documents 1.3.6.1.5.5.7.3.36
	purpose email emailProtection
	purpose adobe 1.2.840.113583.1.1.5
	purpose microsoft 1.3.6.1.4.1.311.10.3.12
	purpose any anyExtendedKeyUsage
	purpose card clientAuth,emailProtection
	purpose programs-too codeSigning,1.3.6.1.5.5.7.3.36
	purpose client clientAuth
	purpose two-logins clientAuth,1.3.6.1.4.1.311.20.2.2
	purpose server serverAuth
	purpose server-too emailProtection,serverAuth
	purpose any-server anyExtendedKeyUsage,serverAuth
	purpose stamper timeStamping
	purpose responder OCSPSigning,emailProtection
	purpose programs codeSigning
	purpose unknown 1.2.3.4
	identity p521 "EC -pkeyopt ec_paramgen_curve:P-521"
	identity brainpool "EC -pkeyopt ec_paramgen_curve:brainpoolP256r1"
	identity p192 "EC -pkeyopt ec_paramgen_curve:P-192"
	identity koblitz "EC -pkeyopt ec_paramgen_curve:secp256k1"
	identity explicit "EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit"
	identity rsa1024 "RSA -pkeyopt rsa_keygen_bits:1024"
	identity rsa2040 "RSA -pkeyopt rsa_keygen_bits:2040"
	digest=sha1 identity sha1 "$p256"
	digest=sha384 identity sha384 "$p256"
	digest=sha1 authority sha1-ca "$p256"
	authority rsa1024-ca "RSA -pkeyopt rsa_keygen_bits:1024"
	authority rsa-ca "RSA -pkeyopt rsa_keygen_bits:2048"
	digest=md5 identity md5 "$p256" v3_plain rsa-ca # ECDSA has none with MD5
	authority tls-ca "$p256" v3_tls_ca
	authority both-ca "$p256" v3_both_ca
	algorithm=$p256
	digest=sha1 issue sha1-root "TEST SHA-1 root" v3_root 20200101000000Z 20491231000000Z sha1-root
	identity under-sha1-root "$p256" v3_plain sha1-root
	algorithm="RSA -pkeyopt rsa_keygen_bits:1024"
	issue weak-root "TEST weak root" v3_root 20200101000000Z 20491231000000Z weak-root
	identity under-weak-root "$p256" v3_plain weak-root
	cat root.pem sha1-root.pem weak-root.pem >roots.pem
	exit 0
fi
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
openssl pkcs12 -export -inkey p256.key -in p256.pem -passout file:phrase -out alone.p12
openssl pkcs12 -export -legacy -inkey p256.key -in p256.pem -certfile ca.pem -certpbe PBE-SHA1-RC2-40 \
	-keypbe PBE-SHA1-3DES -passout file:phrase -out rc2.p12
openssl pkcs12 -export -legacy -inkey p256.key -in p256.pem -certfile ca.pem -certpbe NONE \
	-keypbe PBE-SHA1-RC4-128 -passout file:phrase -out rc4.p12
openssl pkcs8 -topk8 -in p256.key -passout file:phrase -out p256-locked.key
cat p256-locked.key p256.pem ca.pem >locked-identity.pem
chmod 600 p256.p12 alone.p12 rc2.p12 rc4.p12 locked-identity.pem
