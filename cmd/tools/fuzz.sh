#!/bin/sh
# Runs every fuzz target of the project, one after the other, for the given time.
set -eu
cd "$(dirname "$0")/../.."
time=${1:-10s}
grep -roE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]*' cmd engine handlers sql views | sort | while IFS=: read -r file func; do
	target=${func#func }
	echo "fuzz  ./$(dirname "$file") $target for $time"
	go test -run '^$' -fuzz "^$target\$" -fuzztime "$time" "./$(dirname "$file")"
done
