#!/bin/sh
# test_kubernetes.sh PROGRAM ROOT - contrib/kubernetes against the API's schemas, and what it runs. TAP.
set -u
. "$(dirname "$0")/find.sh"
[ -x "$judges/kubernetes/bin/python" ] || absent kubernetes-validate
exec "$judges/kubernetes/bin/python" "$(dirname "$0")/kubernetes.py" "$1" "$2"
