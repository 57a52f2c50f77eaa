# Two commands do all set-up on a fresh Debian machine that has Swift: make run, make test.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
CONFIG ?= config.json
# One build for everything: what is tested is what is run.
SWIFT_FLAGS := -c release
BINARY := .build/release/patchbay
# Real records and conformance vectors; tests that need them skip loudly where they are absent.
export PATCHBAY_DATA ?= $(abspath ../shared/data)

.PHONY: run build test lint format clean call-log bench system-packages test-packages

run: build
	$(BINARY) run $(CONFIG)

build: system-packages
	swift build $(SWIFT_FLAGS) --product patchbay

test: test-packages build
	swift build $(SWIFT_FLAGS) --build-tests
	PATCHBAY_BINARY=$(abspath $(BINARY)) swift test $(SWIFT_FLAGS) --skip-build

# The real call log, January and August 1999, through the whole pipeline on the virtual clock.
call-log: build
	for month in january august; do \
	  CALL_LOG=$(PATCHBAY_DATA)/anonymous-bank-1999/$${month}1999.txt \
	    $(BINARY) run Examples/call-log/real.json; \
	done

bench: build
	scripts/measure-memory $(BINARY)

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources Tests

format:
	swift format --in-place --recursive --parallel Package.swift Sources Tests

clean:
	rm -rf .build .build-* .venv

system-packages:
	@scripts/need-packages libcurl4-openssl-dev

test-packages: system-packages
	@scripts/need-packages nginx-light openssl python3
