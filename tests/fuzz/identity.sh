#!/bin/sh
# identity.sh FUZZ SUPPORT - feeds a fuzz target with keys made for it, since none are kept.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
sh "$2/pki.sh" "$folder/pki" 1 all
mkdir "$folder/seeds"
cp "$folder"/pki/*-identity.pem "$folder"/pki/*.p12 "$folder/pki/p256.pem" "$folder/seeds"
"$1" "$folder/seeds"
