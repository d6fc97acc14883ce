#!/bin/sh
# fresh.sh RELEASE - a root of that release of Debian as a new machine has it, made by mmdebstrap from the mirror that
# this machine's apt uses; in it a clone of the tree as it was committed last, ./run letters and ./run test. The suites of
# other people's programs are skipped there, as ./run test installs none. Nothing of the root is kept.
set -eu
release=$1
./run packages mmdebstrap uidmap # the latter for who is not root
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Label: Debian' | head -n 1)
[ -n "$mirror" ] || {
	echo "this machine's apt knows no mirror of Debian: apt-get update may help"
	exit 1
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git bundle create -q "$folder/tree.bundle" HEAD
cat >"$folder/inside.sh" <<'END'
rm -rf /var/lib/apt/lists/* # as in a new container
cd /root
git clone -q tree.bundle lettermerge
cd lettermerge
code=0
./run letters && letters="letters written" || letters="letters failed" code=1
./run test || code=1
python3 tests/support/testlog.py failed build-test
echo "$code $letters; $(python3 tests/support/testlog.py sum build-test)" >/root/found
END
# mmdebstrap hands the root to its hooks as $1.
mmdebstrap --quiet --variant=apt --include=git --format=null \
	--customize-hook="upload $folder/tree.bundle /root/tree.bundle" \
	--customize-hook="upload $folder/inside.sh /root/inside.sh" \
	--customize-hook='env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$1" sh /root/inside.sh' \
	--customize-hook="download /root/found $folder/found" \
	"$release" - "$mirror"
read -r code found <"$folder/found"
echo "$found"
exit "$code"
