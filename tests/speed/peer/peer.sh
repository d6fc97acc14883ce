#!/bin/sh
# peer.sh BUILD - installs Typst's compiler for Node.js in BUILD/peer, then pairs it with ours: peer.py.
set -eu
build=$1 here=$(dirname "$0")
command -v npm >/dev/null && command -v pdftotext >/dev/null || {
	echo "peer.sh: npm and pdftotext are asked for: apt install npm poppler-utils" >&2
	exit 3
}
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
sh tests/support/pki.sh "$keys" 1 all >/dev/null
mkdir -p "$build/peer"
cmp -s "$here/package.json" "$build/peer/package.json" || {
	cp "$here/package.json" "$build/peer"
	npm install --silent --no-audit --no-fund --prefix "$build/peer" >&2
}
python3 "$here/peer.py" "$build/src/cli/lettermerge" "$build/tests/synthetic" "$keys/p256-identity.pem" "$build/peer"
