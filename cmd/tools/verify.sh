#!/bin/sh
# Proves that what is generated is fresh: generates it again and compares. Then
# lints, builds without C, and runs the test that imports only go down.
set -u
cd "$(dirname "$0")/../.."
status=0

generated() { git ls-files -co --exclude-standard -- '*_templ.go' static | sort | while read -r f; do [ ! -f "$f" ] || sha256sum "$f"; done; }
before=$(mktemp)
after=$(mktemp)
trap 'rm -f "$before" "$after"' EXIT
generated >"$before"
sh cmd/tools/generate.sh
case $? in
0) ;;
3)
	if [ "${CI:-}" = true ]; then status=1; fi
	;;
*) status=1 ;;
esac
generated >"$after"
if cmp -s "$before" "$after"; then
	echo "verify: generated files are fresh"
else
	echo "verify: make generate changes these files; commit what it makes:"
	diff "$before" "$after" | awk '/^[<>]/ { print "  " $3 }' | sort -u
	status=1
fi

sh cmd/tools/lint.sh || status=1
echo "verify: build without C"
CGO_ENABLED=0 go build ./... || status=1
echo "verify: imports go down"
go test -run '^(TestImportsGoDown|TestTheMapItself)$' ./cmd/colloquy || status=1

if [ $status -ne 0 ]; then
	echo "verify: failed"
fi
exit $status
