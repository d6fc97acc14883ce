#!/bin/sh
# install.sh - installs other people's programs that judge our letters: veraPDF, EU DSS and
# PDFBox (Java, from Maven Central), pdf.js, axe and a driver for Chromium (npm), the schemas of Kubernetes (PyPI), Slurm,
# PostgreSQL, readers of codes, and LibreOffice with what else writes workbooks. POSIX sh.
#
# They go into build-judges/ at the project's root, or where LETTERMERGE_JUDGES says. Run as root it
# also installs what they run on: Debian's Java, Maven, Node.js and Chromium. What is there already
# stays.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
judges=${LETTERMERGE_JUDGES:-$here/../../build-judges}
mkdir -p "$judges"
judges=$(cd "$judges" && pwd)

# command PACKAGE...: installs the packages unless there is such a command.
need() {
	command -v "$1" >/dev/null 2>&1 && return 0
	shift
	echo "install.sh: installing $*" >&2
	DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >/dev/null 2>&1 && return 0
	apt-get update >/dev/null
	DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" >/dev/null
}

# Twice, since the network is not ours.
persist() {
	"$@" || { sleep 5; "$@"; }
}

# install_java FOLDER POM CLASS: what the POM names, and our program that asks it.
install_java() {
	folder=$judges/$1
	[ -f "$folder/classpath" ] && cmp -s "$here/$2" "$folder/pom.xml" &&
		[ "$folder/$3.class" -nt "$here/$3.java" ] && return 0
	need javac default-jdk-headless
	need mvn maven
	mkdir -p "$folder"
	cp "$here/$2" "$folder/pom.xml"
	persist mvn -B -q -f "$folder/pom.xml" dependency:build-classpath \
		-Dmdep.outputFile="$folder/classpath.new"
	javac -cp "$(cat "$folder/classpath.new")" -d "$folder" "$here/$3.java"
	mv "$folder/classpath.new" "$folder/classpath"
}

install_node() {
	need chromium chromium
	cmp -s "$here/package.json" "$judges/node/package.json" && return 0
	need node nodejs
	need npm npm
	mkdir -p "$judges/node"
	cp "$here/package.json" "$judges/node/package.json.new"
	rm -f "$judges/node/package.json"
	mv "$judges/node/package.json.new" "$judges/node/package.json"
	(cd "$judges/node" && persist npm install --omit=optional --no-audit --no-fund --no-package-lock \
		--silent >/dev/null) || { rm "$judges/node/package.json"; return 1; }
}

install_hanko() {
	[ -x "$judges/hanko/bin/python" ] && "$judges/hanko/bin/python" -c 'import pyhanko' 2>/dev/null && return 0
	need pdfsig poppler-utils
	need certutil libnss3-tools
	python3 -c 'import ensurepip' 2>/dev/null || need no-such-command python3-venv
	python3 -m venv "$judges/hanko"
	persist "$judges/hanko/bin/pip" install -q --disable-pip-version-check pyHanko==0.38.0
}

install_miner() {
	"$judges/miner/bin/python" -c 'import pdfminer' 2>/dev/null && return 0
	python3 -c 'import ensurepip' 2>/dev/null || need no-such-command python3-venv
	python3 -m venv "$judges/miner"
	persist "$judges/miner/bin/pip" install -q --disable-pip-version-check pdfminer.six==20250506
}

# The schemas of Kubernetes' API.
install_kubernetes() {
	"$judges/kubernetes/bin/python" -c 'import kubernetes_validate' 2>/dev/null && return 0
	python3 -c 'import ensurepip' 2>/dev/null || need no-such-command python3-venv
	python3 -m venv "$judges/kubernetes"
	persist "$judges/kubernetes/bin/pip" install -q --disable-pip-version-check kubernetes-validate==1.37.0
}

install_java vera pom.xml Vera
install_java dss pom-dss.xml Dss
install_java box pom-box.xml Box
install_node
install_hanko
install_miner
install_kubernetes
need slurmctld slurm-wlm
need munged munge
need zbarimg zbar-tools
need dmtxread dmtx-utils
need rsvg-convert librsvg2-bin
need soffice libreoffice-calc
# Letters from right to left: 12 MB to fetch, 42 MB installed.
fc-list : family 2>/dev/null | grep -q "Noto Naskh Arabic" || need no-such-command fonts-noto-core
# Letters in Chinese and Korean: 18 MB to fetch, 54 MB installed.
fc-list : family 2>/dev/null | grep -q "AR PL UMing" || need no-such-command fonts-arphic-uming
# The same with CFF outlines: 57 MB to fetch, 91 MB installed.
fc-list : family 2>/dev/null | grep -q "Noto Sans CJK" || need no-such-command fonts-noto-cjk
# With CFF outlines of other makers: 2 MB to fetch, 6 MB installed.
for font in "Cantarell fonts-cantarell" "GFS_Artemisia fonts-gfs-artemisia" "Linux_Libertine_O fonts-linuxlibertine"; do
	fc-list : family 2>/dev/null | grep -q "$(echo "${font%% *}" | tr _ ' ')" || need no-such-command "${font##* }"
done
fc-list : family 2>/dev/null | grep -q "NanumMyeongjo" || need no-such-command fonts-nanum
/usr/bin/python3 -c "import openpyxl, odf" 2>/dev/null || need no-such-command python3-openpyxl python3-odf
[ -n "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null)" ] || need initdb postgresql
