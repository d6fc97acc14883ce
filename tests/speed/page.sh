#!/bin/sh
# page.sh BUILD MOST - runs all benches from the project's root and prints the page of their figures;
# MOST: how many letters and rows the largest runs have.
set -eu
build=$1 most=$2
program=$build/src/cli/lettermerge template=templates/vru-letter.xml
keys=$(mktemp -d)
trap 'rm -rf "$keys"' EXIT
sh tests/support/pki.sh "$keys" 1 all >/dev/null

cat <<END
# Performance

What \`./run bench\` found, with at most $most letters; \`./run bench scale\` asks for a million. The letter is
templates/vru-letter.xml, two pages with five notes, tagged, PDF/A-2a; its recipients are made up but for the eighteen.
Each figure is the median of its rounds with the lowest and the highest; one without a spread was taken once. Beside it
stands its floor, from the same run: the least work of that kind that this machine can do. Ratios travel to other
machines, figures do not.

Machine: $(sh tests/support/machine.sh).
Load when it began: $(cut -d' ' -f1-3 /proc/loadavg). Version: $("$program" --version).
END
"$build"/tests/speed/bench_letters $template
"$build"/tests/speed/bench_budget $template "$keys/p256-identity.pem" P-256 archive
echo
sh tests/speed/instructions.sh "$build" "$keys/p256-identity.pem"
"$build"/tests/speed/bench_budget $template "$keys/p256-identity.pem" P-256 files
"$build"/tests/speed/bench_budget $template "$keys/rsa2048-identity.pem" RSA-2048 archive
cat tests/speed/steps.md tests/speed/memory.md tests/speed/bytes.md tests/speed/unused.md tests/speed/peer.md
"$build"/tests/speed/bench_preview "$program" templates vru-letter.xml "$PWD/recipients" essex
python3 tests/speed/calls.py "$program"
"$build"/tests/speed/bench_desk "$program" templates vru-letter.xml "$PWD/recipients" essex
"$build"/tests/speed/bench_many "$program" $template 20000
"$build"/tests/speed/bench_tags $template templates/house-style.xml recipients essex
"$build"/tests/speed/bench_signed $template "$keys"
"$build"/tests/speed/bench_list
"$build"/tests/speed/bench_runs "$program" $template "$PWD/recipients" "$keys/p256-identity.pem" "$most"
"$build"/tests/speed/bench_rows "$program" $template "$most"
printf '\nLoad when it ended: %s.\n' "$(cut -d' ' -f1-3 /proc/loadavg)"
