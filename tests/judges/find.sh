# find.sh - sourced by the judges' scripts: where install.sh has put them, and what to do without.

export XDG_CONFIG_HOME=/nonexistent # no identity of the user's own
judges=${LETTERMERGE_JUDGES:-$(cd "$(dirname "$0")/../.." && pwd)/build-judges}

# absent WHAT [CODE]: leaves as a skipped test of protocol TAP, or with CODE; as a failure where CI
# asks for all.
absent() {
	if [ "${LETTERMERGE_TESTS_REQUIRE:-}" = 1 ]; then
		echo "Bail out! $1 is not installed, run tests/judges/install.sh"
		exit 1
	fi
	echo "1..0 # SKIP $1 is not installed, run tests/judges/install.sh"
	exit "${2:-0}"
}
