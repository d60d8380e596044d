#!/bin/sh
# Runs, with -update, the tests of the packages whose tests know that flag. The
# arguments go to go test.
set -eu
cd "$(dirname "$0")/../.."
packages=$(grep -rlE 'flag\.Bool\("update"' --include='*_test.go' cmd engine handlers sql views | xargs -r -n 1 dirname | sort -u | sed 's|^|./|')
if [ -z "$packages" ]; then
	echo "no test keeps its expected results in files"
	exit 0
fi
# shellcheck disable=SC2086 # a list of paths without blanks
go test "$@" $packages -update
git --no-pager diff --stat
