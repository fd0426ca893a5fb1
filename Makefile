# Sayso. `make help` lists what there is to do.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export NEXT_TELEMETRY_DISABLED := 1

RUNTIME := $(VENV)/.runtime
DEV := $(VENV)/.dev
BENCH_VENV := .venv-bench
PEERS := $(BENCH_VENV)/.peers
NODE := frontend/node_modules/.installed
CLIENTS := backend/tests/clients/node_modules/.installed
PAGE := frontend/out/.built
# Test files side by side, one on each core; in their order, so that the long ones are not left to the end.
ABREAST := -n logical --maxprocesses 4 --dist loadfile --no-loadscope-reorder
PAGE_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) \
  frontend/package.json frontend/package-lock.json frontend/next.config.ts frontend/tsconfig.json \
  frontend/scripts/csp.mjs

.PHONY: help run dev test coverage wheel check quick-backend quick-page format lint-backend lint-page bench bench-scale bench-research bench-gate bench-wishes bench-model chaos lint protocol clean preflight preflight-python

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: preflight $(RUNTIME) $(NODE) $(PAGE) ## start Sayso on http://127.0.0.1:8000
	@exec $(BIN)/sayso serve

dev: preflight $(RUNTIME) $(NODE) ## both sides with reloading; the page is on http://127.0.0.1:3000
	@trap 'kill 0' EXIT; $(BIN)/sayso serve --reload & cd frontend && npm run --silent dev

test: preflight $(DEV) $(NODE) $(CLIENTS) $(PAGE) ## install what tests need, and run all of them
	@backend/tools/browser.sh
	@$(MAKE) lint
	@echo "== backend tests" && cd backend && ../$(BIN)/python -m pytest $(ABREAST)
	@echo "== page tests" && cd frontend && npm run --silent test
	@echo "== browser tests" && cd frontend && npm run --silent e2e
	@echo "== browser test of make dev" && cd frontend && npm run --silent e2e:dev
	@echo "All tests passed."

check: $(DEV) $(NODE) ## every check and the quick tests, in under a minute; before each commit
	@log=$$(mktemp); trap 'rm -f "$$log"' EXIT; \
	  $(MAKE) lint-page quick-page >"$$log" 2>&1 & page=$$!; \
	  failed=0; $(MAKE) lint-backend quick-backend || failed=1; \
	  wait $$page || failed=1; cat "$$log"; exit $$failed
	@echo "All checks passed; make test runs the slow tests too."

format: $(DEV) $(NODE) ## format both sides, and mend what the linters can
	@cd backend && ../$(BIN)/ruff check --fix --quiet . ; ../$(BIN)/ruff format --quiet .
	@cd frontend && npm run --silent format

bench: preflight-python $(DEV) $(PEERS) ## speed beside the peers (BENCH=latency,flood: parts; WRITE=1: docs/benchmarks.md)
	@cd backend && ../$(BIN)/python -m benchmarks $(BENCH) $(if $(WRITE),--write)

bench-scale: preflight-python $(DEV) $(PEERS) ## several processes on a real PostgreSQL (SCALE=across,takeover: parts; WRITE=1)
	@cd backend && ../$(BIN)/python -m benchmarks.replicas $(SCALE) $(if $(WRITE),--write)

bench-research: preflight-python $(DEV) ## how well questions are answered (PARTS=manual,small: parts; HALF=tune, MISSES=1)
	@cd backend && ../$(BIN)/python -m benchmarks.research $(PARTS) --half $(or $(HALF),held) $(if $(MISSES),--misses)

bench-gate: preflight-python $(DEV) ## what the check after writing lets through, by kind (HALF=tune or held)
	@cd backend && ../$(BIN)/python -m benchmarks.gate $(if $(HALF),--half $(HALF))

bench-wishes: preflight-python $(DEV) ## how what people say of a report is read, of a set that was held apart
	@cd backend && ../$(BIN)/python -m benchmarks.wishes

bench-model: preflight-python $(DEV) ## reports with a model beside those without (OPENAI_BASE_URL; else the scripted weak one)
	@cd backend && ../$(BIN)/python -m benchmarks.model $(if $(SHOW),--show)

wheel: preflight $(RUNTIME) $(NODE) $(PAGE) ## dist/sayso-*.whl, with the page in it: installs and runs without Node
	@rm -rf backend/build dist
	@$(BIN)/python -m pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist ./backend && ls dist/*.whl

coverage: $(DEV) ## the backend's tests once more, and what they see of each folder: it takes twice their time
	@cd backend && ../$(BIN)/coverage run -m pytest && ../$(BIN)/python tools/coverage_by_room.py

chaos: $(DEV) ## kill a server a hundred times (CHAOS_KILLS) while runs go on, and look what is left
	@cd backend && CHAOS_KILLS=$${CHAOS_KILLS:-100} ../$(BIN)/python -m pytest tests/chaos -s

lint: lint-backend lint-page ## formatting, lint, types, import rules, size and dead code, front and back

lint-backend: $(DEV)
	@echo "== backend checks"
	@cd backend && ../$(BIN)/ruff check --quiet . && ../$(BIN)/ruff format --check --quiet . && ../$(BIN)/mypy
	@cd backend && ../$(BIN)/lint-imports --no-cache && ../$(BIN)/vulture && ../$(BIN)/python tools/file_size.py

lint-page: $(NODE)
	@echo "== page checks"
	@cd frontend && npm run --silent lint && npm run --silent types

quick-backend: $(DEV)
	@echo "== quick backend tests" && cd backend && ../$(BIN)/python -m pytest -m "not slow"

quick-page: $(NODE)
	@echo "== page tests" && cd frontend && npm run --silent test

protocol: $(DEV) $(NODE) ## write the JSON Schema and the TypeScript types of the protocol
	@$(BIN)/python -m sayso.protocol.schema frontend/src/protocol/schema.json
	@cd frontend && npm run --silent protocol

clean: ## remove what was installed and built; data/ stays
	rm -rf $(VENV) $(BENCH_VENV) backend/tests/clients/node_modules frontend/node_modules frontend/out frontend/.next frontend/.next-build.log

preflight:
	@PYTHON="$(PYTHON)" backend/tools/preflight.sh python node

preflight-python:
	@PYTHON="$(PYTHON)" backend/tools/preflight.sh python

$(VENV)/bin/python: | preflight-python
	@echo "Creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): backend/requirements.lock backend/pyproject.toml | $(VENV)/bin/python
	@echo "Installing the server's libraries (about 220 MB to download, once)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r backend/requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e backend
	@touch $@

$(DEV): backend/requirements-dev.lock $(RUNTIME) | $(VENV)/bin/python
	@echo "Installing the test tools"
	@$(BIN)/python -m pip install --quiet --require-hashes -r backend/requirements-dev.lock
	@touch $@

$(PEERS): backend/requirements-bench.lock | preflight-python
	@echo "Installing the peers of the benchmarks into $(BENCH_VENV)"
	@$(PYTHON) -m venv $(BENCH_VENV)
	@$(BENCH_VENV)/bin/python -m pip install --quiet --require-hashes -r backend/requirements-bench.lock
	@touch $@

$(NODE): frontend/package-lock.json | preflight
	@echo "Installing the page's libraries (about 150 MB to download, once)"
	@cd frontend && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(CLIENTS): backend/tests/clients/package-lock.json | preflight
	@echo "Installing the generator of TypeScript clients, for a test"
	@cd backend/tests/clients && npm ci --no-audit --no-fund --loglevel=error
	@touch $@

$(PAGE): $(NODE) $(PAGE_SOURCES)
	@echo "Building the page (about half a minute, once)"
	@cd frontend && npm run --silent build >.next-build.log 2>&1 || { cat .next-build.log; exit 1; }
	@touch $@
