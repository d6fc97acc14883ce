# letters.sh - sourced by the judges' scripts: the letters that they look at.

# write_letters PROGRAM ROOT FOLDER [OPTION]...: those of recipients/, of all samples and examples, with their
# twins, as FOLDER/SAMPLE/ID.pdf, and one preview.
write_letters() {
	program=$1 root=$2 into=$3
	shift 3
	case " $* " in
	*" --identity "*) preview= ;; # signs nothing
	*) set -- --no-sign "$@" && preview=$* ;;
	esac
	(cd "$root" && "$program" batch -q -o "$into/vru" --also html,text "$@" &&
		"$program" preview -q -o "$into" --also html,text $preview essex >/dev/null) || return 1
	for sample in "$root"/tests/samples/*/; do
		"$program" batch -q -t "$(grep -l urn:lettermerge:letter:1 "$sample"*.xml)" \
			-r "${sample}recipients" -o "$into/$(basename "$sample")" \
			--also html,text "$@" || return 1
	done
	for example in "$root"/examples/*/; do
		(cd "$example" && "$program" batch -q -r ./*.csv \
			-o "$into/$(basename "$example")" --also html,text "$@") || return 1
	done
}

# write_drawn PROGRAM ROOT CHANCE FOLDER COUNT [OPTION]...: those of the first seeds, as FOLDER/SEED/ID.pdf. Some
# do not fit their paper and are not written.
write_drawn() {
	"$3" keep "$4.cases" 1 "$5" || return 1
	program=$1 root=$2 into=$4
	shift 5
	for drawn in "$into.cases"/*/; do
		cp "$root"/tests/samples/every-block/*.png "$root"/tests/samples/every-block/*.jpg "$drawn"
		"$program" batch -q --no-sign -t "${drawn}letter.xml" -r "${drawn}recipients" \
			-o "$into/$(basename "$drawn")" "$@" >/dev/null 2>&1
		[ $? -le 1 ] || return 1
	done
}

# write_scripts PROGRAM ROOT FOLDER [OPTION]...: those of tests/scripts and tests/leftwards, and those in Chinese, Japanese
# and Korean once more in Noto CJK, of CFF outlines keyed by CIDs, as FOLDER/LANGUAGE/ID.pdf with their words.
write_scripts() {
	program=$1 root=$2 into=$3
	shift 3
	for letter in "$root"/tests/scripts/*.csv "$root"/tests/leftwards/*.csv; do
		language=$(basename "$letter" .csv)
		[ "$language" = order ] || write_script "${letter%.csv}.xml" "$language" "$@" || return 1
	done
	mkdir -p "$into.source"
	cp "$root"/tests/scripts/* "$into.source"
	for letter in japanese.JP korean.KR simplified.SC traditional.TC; do
		language=${letter%.*}
		sed "s/family=\"[^,]*,/family=\"Noto Sans CJK ${letter#*.},/" "$root/tests/scripts/$language.style.xml" \
			>"$into.source/$language.style.xml"
		write_script "$into.source/$language.xml" "$language, noto cjk" "$@" || return 1
	done
}

# write_script TEMPLATE NAME [OPTION]...
write_script() {
	template=$1 name=$2
	shift 2
	"$program" batch -q --no-sign -t "$template" -r "${template%.xml}.csv" -o "$into/$name" --also text,html "$@" >/dev/null
}
