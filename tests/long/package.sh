#!/bin/sh
# The Debian package of the last commit, on a bare Debian 12 and 13 (RELEASES names others): installed where no compiler is,
# a user makes an identity, lettermerge init, batch, verify; removed, nothing is left. Built here, or where this is another
# Debian, in a root of that release.
set -eu
./run packages mmdebstrap uidmap
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Label: Debian' | head -n 1)
[ -n "$mirror" ] || {
	echo "this machine's apt knows no mirror of Debian: apt-get update may help"
	exit 1
}
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
git bundle create -q "$folder/tree.bundle" HEAD
here=$(sed -n 's/^VERSION_CODENAME=//p' /etc/os-release)

cat >"$folder/build.sh" <<'END'
set -eu
cd /root
git clone -q tree.bundle lettermerge
cd lettermerge
./run package
cp build-package/lettermerge_*.deb /root/lettermerge.deb
END
cat >"$folder/try.sh" <<'END'
set -eu
export DEBIAN_FRONTEND=noninteractive
apt-get update >/dev/null
apt-get install -y --no-install-recommends /root/lettermerge.deb passwd >/dev/null
for compiler in cc gcc clang; do
	if command -v $compiler; then exit 1; fi
done
for file in man/man1/lettermerge-batch.1.gz bash-completion/completions/lettermerge zsh/site-functions/_lettermerge \
	fish/vendor_completions.d/lettermerge.fish doc/lettermerge/docs/template.md xml/lettermerge/letter.rng; do
	test -e /usr/share/$file
done
grep -q 'urn:lettermerge:project:1' /etc/xml/catalog
useradd -m office
cat >/home/office/work <<'WORK'
set -eu
cd
lettermerge identity new Office
lettermerge init letters
cd letters
lettermerge batch
LETTERMERGE_NO_SIGN=no lettermerge batch
export LETTERMERGE_TRUST=$HOME/.config/lettermerge/identity-root.pem
lettermerge verify --manifest out out/*.pdf | grep -c ': good' >../good
WORK
su office -c 'sh ~/work'
test "$(cat /home/office/good)" -eq 11
lettermerge --version | cut -d' ' -f1-2 >/root/found
apt-get purge -y lettermerge >/dev/null
test ! -e /usr/share/lettermerge
if grep -q lettermerge /etc/xml/catalog; then exit 1; fi
END

# in_root RELEASE SCRIPT FETCH TO INCLUDE...: runs a script in a new root, and takes a file from there.
in_root() {
	release=$1 script=$2 fetch=$3 to=$4
	shift 4
	mmdebstrap --quiet --variant=apt --format=null --include=ca-certificates "$@" \
		--customize-hook="upload $folder/tree.bundle /root/tree.bundle" \
		--customize-hook="[ ! -e $folder/$release.deb ] || cp $folder/$release.deb \"\$1/root/lettermerge.deb\"" \
		--customize-hook="upload $folder/$script /root/$script" \
		--customize-hook='env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot "$1" sh /root/'"$script" \
		--customize-hook="download $fetch $to" \
		"$release" - "$mirror"
}

found=
for release in ${RELEASES:-bookworm trixie}; do
	if [ "$release" = "$here" ]; then
		./run package
		cp build-package/lettermerge_*.deb "$folder/$release.deb"
	else
		in_root "$release" build.sh /root/lettermerge.deb "$folder/built.deb" --include=git
		mv "$folder/built.deb" "$folder/$release.deb"
	fi
	in_root "$release" try.sh /root/found "$folder/found"
	found="$found$(cat "$folder/found") on $release; "
done
echo "${found}ten letters, signed and verified, no compiler there; nothing left when it was removed"
