#!/bin/sh
# package.sh FOLDER WORD... - a Debian source package of the last commit and what it builds, in a folder that is made anew,
# looked over by lintian. The words are what run needs for a build. ./run package calls it.
set -eu
folder=$1
shift
version=$(sed -n "s/^ *version: '\(.*\)',/\1/p" meson.build)
tree=$folder/lettermerge-$version
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH
export DEBFULLNAME="The lettermerge authors" DEBEMAIL=maintainers@lettermerge.invalid

rm -rf "$folder"
mkdir "$folder"
git archive --prefix="lettermerge-$version/" HEAD | tar -x -C "$folder"
tar -C "$folder" --sort=name --mtime=@"$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
	-cJf "$folder/lettermerge_$version.orig.tar.xz" "lettermerge-$version"

cp -r contrib/debian "$tree/debian"
rm "$tree/debian/README.md" "$tree/debian/package.sh" "$tree/debian/control.in"
# Libraries and what builds; "a|b" as Debian has it. pkg-config is the old name of pkgconf.
needed=$(for word in "$@"; do
	case $word in
	*-dev* | meson) echo " $word," | sed 's/|/ | /' ;;
	pkg-config) echo " pkgconf," ;;
	esac
done)
while IFS= read -r line; do
	case $line in @build_packages@) printf '%s\n' "$needed" ;; *) printf '%s\n' "$line" ;; esac
done <contrib/debian/control.in >"$tree/debian/control"
cat >"$tree/debian/changelog" <<END
lettermerge ($version-1) unstable; urgency=medium

  * As CHANGELOG.md says, made of $(git describe --always --exclude '*').

 -- $DEBFULLNAME <$DEBEMAIL>  $(date -R -u -d @"$SOURCE_DATE_EPOCH")
END

cd "$tree"
dpkg-buildpackage -us -uc >../build.log 2>&1 || {
	tail -40 ../build.log
	exit 1
}
cd ..
lintian --allow-root --fail-on error,warning --tag-display-limit 0 "lettermerge_$version-1_$(dpkg --print-architecture).changes"
ls -- *.deb *.dsc
