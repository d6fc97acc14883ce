# cases.sh - sourced by the judges' scripts: their cases, as protocol TAP has them. What a case's command said is in $folder/said.
case=0 bad=0

# is NAME CODE: a case; it holds if the code is 0.
is() {
	case=$((case + 1))
	if [ "$2" -eq 0 ]; then
		echo "ok $case - $1"
	else
		bad=1
		sed 's/^/# /' "$folder/said"
		echo "not ok $case - $1"
	fi
}

# say NAME COMMAND...: a case; it holds if the command succeeds, and the last line that it said goes with the name.
say() {
	what=$1
	shift
	"$@" >"$folder/said" 2>&1
	code=$?
	is "$what, $(tail -n 1 "$folder/said")" $code
}

# The plan, which comes last; the script's own code.
end_cases() {
	echo "1..$case"
	exit $bad
}
