#!/bin/sh
# The image of contrib/container, built by buildah on a root that mmdebstrap makes; in it the pods' commands of
# contrib/kubernetes on the eighteen records, one of them rejected. RELEASE is bookworm, or another that is named.
set -eu
release=${RELEASE:-bookworm}
./run packages mmdebstrap uidmap buildah
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' 'Label: Debian' | head -n 1)
[ -n "$mirror" ] || {
	echo "this machine's apt knows no mirror of Debian: apt-get update may help"
	exit 1
}
folder=$(mktemp -d)
export BUILDAH_ISOLATION=chroot STORAGE_DRIVER=vfs
store="--root $folder/store --runroot $folder/run"
trap 'buildah $store rm --all >/dev/null 2>&1 || true; rm -rf "$folder"' EXIT
mkdir "$folder/tree"
git archive HEAD | tar -x -C "$folder/tree"

mmdebstrap --quiet --variant=minbase "$release" "$folder/base.tar" "$mirror"
base=$(buildah $store from scratch)
buildah $store add --quiet "$base" "$folder/base.tar" / >/dev/null
buildah $store commit --quiet "$base" localhost/base >/dev/null
buildah $store build --quiet --build-arg BASE=localhost/base -t localhost/lettermerge \
	-f "$folder/tree/contrib/container/Containerfile" "$folder/tree" >/dev/null

letters=$folder/letters
mkdir "$letters"
cp -r templates recipients "$letters"
sed -i 's,<name>[^<]*</name>,<name></name>,' "$letters/recipients/kent.xml"
chown -R 1000:1000 "$letters"
image=$(buildah $store from localhost/lettermerge)
in_image() { buildah $store run --user 1000:1000 --volume "$letters:/letters" "$image" -- "$@"; }
for part in 1 2 3; do
	in_image lettermerge batch -q --no-sign --jobs 1 --rejections ok --shard $part/3 2>"$folder/said"
done
in_image lettermerge merge-record
count=$(find "$letters/out" -name '*.pdf' | wc -l)
[ "$count" -eq 17 ]
grep -q '"id":"kent"' "$letters/out/failed.json"
if grep -q Fontconfig "$folder/said"; then exit 1; fi
echo "the image was built by $(buildah --version | cut -d' ' -f1-3) on $release; 17 letters and one rejected, in three parts"
