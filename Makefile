# make prints what there is; every target is one line or one script.

GO      ?= go
TOOL     = $(GO) tool -modfile=cmd/tools/go.mod
ARGS    ?=
FUZZTIME ?= 10s

# The server is built without C; one setting for all of them shares one cache.
export CGO_ENABLED ?= 0

.DEFAULT_GOAL := help
.PHONY: help run dev test test/race test/update bench fuzz lint generate verify conformance

help: ## print this
	@awk -F ':.*## ' '/^[a-z\/]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## start the server; ARGS="my.yml --debug" are its arguments
	$(GO) run ./cmd/colloquy serve $(ARGS)

dev: ## the same, built again and reloaded at http://127.0.0.1:7331 when a file changes
	COLLOQUY_DEBUG=true $(TOOL) templ generate --watch --proxy=http://127.0.0.1:8080 \
		--cmd='$(GO) run ./cmd/colloquy serve $(ARGS)'

test: ## run all tests; installs Chromium and PostgreSQL first where it may
	@$(GO) -C cmd/tools run ./testrun $(ARGS)

test/race: ## the same with the race detector (needs a C compiler)
	@CGO_ENABLED=1 $(GO) -C cmd/tools run ./testrun -race $(ARGS)

test/update: ## rewrite the expected results; read the diff before you commit it
	@sh cmd/tools/update.sh $(ARGS)

bench: ## run the benchmarks with allocations
	$(GO) test -run '^$$' -bench . -benchmem $(ARGS) ./...

fuzz: ## run every fuzz target for FUZZTIME (10s)
	@sh cmd/tools/fuzz.sh $(FUZZTIME)

lint: ## gofmt, vet, staticcheck, and golangci-lint if it is installed
	@sh cmd/tools/lint.sh

generate: ## write templates as Go and build scripts and styles (needs Node.js)
	@sh cmd/tools/generate.sh

verify: ## prove that generated files are fresh, then lint and the import test
	@sh cmd/tools/verify.sh

conformance: ## run the public peer suite; UPDATE=1 adds what passes to the list
	@$(GO) -C cmd/tools run ./conformance $(ARGS)
