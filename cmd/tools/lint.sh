#!/bin/sh
# Says what gofmt, go vet and staticcheck (pinned in cmd/tools/go.mod) would
# have otherwise; golangci-lint too, where it is installed. Every one of them
# runs, and one complaint is enough to fail.
set -u
cd "$(dirname "$0")/../.."
status=0

unformatted=$(git ls-files -co --exclude-standard '*.go' | while read -r f; do [ ! -f "$f" ] || gofmt -l "$f"; done)
if [ -n "$unformatted" ]; then
	printf 'gofmt would change:\n%s\n' "$unformatted"
	status=1
fi
for module in . cmd/tools; do
	echo "lint  $module: vet, staticcheck"
	(cd "$module" && go vet ./...) || status=1
	(cd "$module" && go tool -modfile="$OLDPWD/cmd/tools/go.mod" staticcheck ./...) || status=1
done
if command -v golangci-lint >/dev/null 2>&1; then
	echo "lint  golangci-lint"
	golangci-lint run || status=1
fi
exit $status
