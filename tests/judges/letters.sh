# letters.sh - sourced by the judges' scripts: the letters that they look at.

# write_letters PROGRAM ROOT FOLDER [OPTION]...: those of recipients/ and of all samples, with their
# twins, as FOLDER/SAMPLE/ID.pdf, and one preview.
write_letters() {
	program=$1 root=$2 into=$3
	shift 3
	case " $* " in
	*" --identity "*) ;;
	*) set -- --no-sign "$@" ;;
	esac
	(cd "$root" && "$program" batch -q -o "$into/vru" --also html,text "$@" &&
		"$program" preview -q -o "$into" --also html,text "$@" essex >/dev/null) || return 1
	for sample in "$root"/tests/samples/*/; do
		"$program" batch -q -t "$(grep -l urn:lettermerge:letter:1 "$sample"*.xml)" \
			-r "${sample}recipients" -o "$into/$(basename "$sample")" \
			--also html,text "$@" || return 1
	done
}
