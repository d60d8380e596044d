#!/bin/sh
# Writes what is generated and committed: *_templ.go from the templates, and
# static/ from views/assets. Without Node.js the second part is left out, and
# the exit status is 3 to say so.
set -eu
cd "$(dirname "$0")/../.."
go tool -modfile=cmd/tools/go.mod templ generate -path views -log-level error
if ! command -v npm >/dev/null 2>&1; then
	echo "generate: Node.js is missing: scripts and styles were not built (sh cmd/tools/install.sh nodejs npm)"
	exit 3
fi
# The packages are installed again only when their list has changed.
if ! cmp -s views/assets/package-lock.json views/assets/node_modules/.installed; then
	npm --prefix views/assets ci --no-audit --no-fund --silent
	cp views/assets/package-lock.json views/assets/node_modules/.installed
fi
said=$(npm --prefix views/assets run --silent build 2>&1) || {
	echo "$said"
	exit 1
}
