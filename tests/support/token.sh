#!/bin/sh
# token.sh FOLDER NAME... - a token of SoftHSM (PKCS#11) named "letters" in the folder, anew, with
# NAME.key and NAME.pem of the current folder as objects NAME, and the first once more as "careful", for each
# signature of which the PIN is wanted. It is 5678. For who uses it, SOFTHSM2_CONF must name FOLDER/softhsm2.conf.
set -eu
rm -rf "$1"
mkdir -p "$1/tokens"
folder=$(cd "$1" && pwd)
shift
cat >"$folder/softhsm2.conf" <<END
directories.tokendir = $folder/tokens
objectstore.backend = file
log.level = ERROR
END
export SOFTHSM2_CONF="$folder/softhsm2.conf"
softhsm2-util --init-token --free --label letters --so-pin 1234 --pin 5678
write() { # FILE OPTION...
	file=$1
	shift
	pkcs11-tool --module /usr/lib/softhsm/libsofthsm2.so --token-label letters --login --pin 5678 \
		--write-object "$file" "$@"
}
openssl pkcs8 -topk8 -nocrypt -in "$1.key" -outform DER -out "$folder/key"
openssl x509 -in "$1.pem" -outform DER -out "$folder/certificate"
write "$folder/key" --type privkey --label careful --id 09 --usage-sign --always-auth
write "$folder/certificate" --type cert --label careful --id 09
id=10
for name in "$@"; do
	openssl pkcs8 -topk8 -nocrypt -in "$name.key" -out "$folder/key"
	softhsm2-util --import "$folder/key" --token letters --label "$name" --id $id --pin 5678
	openssl x509 -in "$name.pem" -outform DER -out "$folder/certificate"
	write "$folder/certificate" --type cert --label "$name" --id $id
	rm "$folder/key" "$folder/certificate"
	id=$((id + 1))
done
