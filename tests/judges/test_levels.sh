#!/bin/sh
# test_levels.sh PROGRAM ROOT - signed letters at every level, against services on loopback: pyHanko, EU DSS,
# pdfsig and lettermerge itself find each valid and at its level, veraPDF finds that each keeps PDF/A-2a
# and PDF/UA-1, or PDF/A-4 and PDF/UA-2 as South Wales', and a letter is the beginning of itself at the next level. Letters that were tampered
# with are refused by all. The school's letters are certified. TAP.
set -u
here=$(cd "$(dirname "$0")" && pwd)
. "$here/find.sh"
program=$1 root=$2
hanko=$judges/hanko/bin/python
[ -x "$hanko" ] || absent pyHanko
[ -f "$judges/vera/classpath" ] || absent veraPDF
[ -f "$judges/dss/classpath" ] || absent "EU DSS"
command -v pdfsig >/dev/null || absent pdfsig
. "$here/cases.sh"

pki_of=
. "$here/sealed.sh"

(cd "$root" && "$program" batch -q -o "$folder/B" --only essex --identity "$folder/identity.pem" &&
	"$program" batch -q -o "$folder/B" --only south-wales --standard ua2+a4 --identity "$folder/identity.pem") ||
	{ echo "Bail out! letters not written" && exit 1; }
"$program" batch -q -t "$root/tests/samples/school/trip.xml" -r "$root/tests/samples/school/recipients" -o B \
	--certify --identity identity.pem || { echo "Bail out! school's letters not written" && exit 1; }
for level in T LT LTA; do
	mkdir $level
	cp B/*.pdf $level
	"$program" sign -q --trust pki/root.pem --tsa "$TSA" --level $level $level/*.pdf >said 2>&1
	is "raised to $level" $?
done
cp -r LTA renewed
"$program" sign -q --renew --trust pki/root.pem --tsa "$TSA" --level LTA renewed/*.pdf >said 2>&1
is "renewed" $?
cp -r B steps
for level in T LT LTA; do
	"$program" sign -q --trust pki/root.pem --tsa "$TSA" --level $level steps/*.pdf >said 2>&1
	is "raised by one more step, to $level" $?
done
for level in T LT LTA; do
	(cd "$root" && "$program" batch -q -o "$folder/new-$level" --only essex --identity "$folder/identity.pem" \
		--trust "$folder/pki/root.pem" --tsa "$TSA" --level $level) >said 2>&1
	is "signed at $level" $?
done

# Each judge is started once and says a line of each letter.
levels="B T LT LTA steps renewed new-T new-LT new-LTA"
for level in $levels; do ls "$level"/*.pdf; done >all
grep -v south-wales all >old
grep south-wales all >new
"$hanko" "$here/seals.py" pki/root.pem $(cat all) >hanko.said 2>&1
for flavour in 2a ua1; do sh "$here/vera.sh" $flavour $(cat old); done >vera.said 2>&1
for flavour in 4 ua2; do sh "$here/vera.sh" $flavour $(cat new); done >>vera.said 2>&1
grep -v ^new- all >raised
sed 's/^/judge\t/' raised | java -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$judges/dss:$(cat "$judges/dss/classpath")" \
	Dss pki "$TSA" >answers 2>&1
grep -v '^#' answers | awk -v RS= '{ gsub("\n", "\t"); print }' | paste -d ' ' raised - >dss.said # an empty line ends an answer

# kept LEVEL FLAVOUR LETTERS: a case; veraPDF finds that all of these letters that are of the level keep it.
kept() {
	grep "^$1/\|^ " vera.said >said
	[ "$(grep -c "^$1/.*: $2 passed,.* 0 rules failed\$" said)" -eq "$(grep -c "^$1/" "$3")" ]
	is "$1: veraPDF finds $2 kept" $?
}

for level in $levels; do
	want=${level#new-}
	case $level in steps | renewed) want=LTA ;; esac
	for letter in "$level"/*.pdf; do
		"$program" verify --trust pki/root.pem "$letter" >said 2>&1 &&
			grep -q "^  level B-$want\(;\|$\)" said
		is "$letter: lettermerge finds B-$want" $?
		grep "^$letter: " hanko.said >said
		grep -q ": good $want\$" said
		is "$letter: pyHanko finds $want" $?
		pdfsig -nocert "$letter" >said 2>&1
		grep -q "Signature is Valid" said
		is "$letter: pdfsig finds the signature valid" $?
		! grep -q "Syntax" said
		is "$letter: poppler finds no error in the file" $?
		[ "${level#new-}" = "$level" ] || continue
		head -c "$(wc -c <"B/${letter#*/}")" "$letter" | cmp - "B/${letter#*/}" >said 2>&1
		is "$letter: begins with what was signed" $?
	done
	kept "$level" 2a old
	kept "$level" ua1 old
	[ -f "$level/south-wales.pdf" ] || continue
	kept "$level" 4 new
	kept "$level" ua2 new
	# In PDF 1.7 and in PDF 2.0.
	grep "^$level/" dss.said >said
	[ "$(grep -c " PAdES-BASELINE-$want	TOTAL_PASSED" said)" -eq "$(grep -c "^$level/" all)" ]
	is "$level: EU DSS finds all good, and at B-$want" $?
done

"$program" verify --trust pki/other.pem B/essex.pdf >said 2>&1
[ $? -eq 1 ] && grep -q E-UNTRUSTED said
is "lettermerge refuses a strange root" $?
"$hanko" "$here/seals.py" pki/other.pem B/essex.pdf >said 2>&1
grep -q ": refused" said
is "pyHanko refuses a strange root" $?

mkdir spoilt
"$hanko" "$here/seals.py" --spoil B/essex.pdf spoilt >said 2>&1
is "letters tampered with" $?
"$hanko" "$here/seals.py" pki/root.pem spoilt/*.pdf >hanko.said 2>&1
for letter in spoilt/*.pdf; do
	"$program" verify --trust pki/root.pem "$letter" >said 2>&1
	[ $? -eq 1 ]
	is "$letter: lettermerge refuses it" $?
	if [ "$letter" = spoilt/padding.pdf ]; then # pyHanko does not look behind the CMS
		pdfsig -nocert "$letter" >said 2>&1
		grep -q "Not total document signed" said
		is "$letter: pdfsig refuses it" $?
		continue
	fi
	grep "^$letter: " hanko.said >said
	grep -q ": refused" said
	is "$letter: pyHanko refuses it" $?
done
end_cases
