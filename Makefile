# One command each, on a fresh clone with Python >= 3.11, make and a package index.
#   make demo     compare, inspect, scan and advise, offline
#   make test     every test that this machine can run
#   make check    format, lint, types, import rules
#   make docs     the documentation agrees with the program
#   make bench    measure against a peer or the physical limit
#   make lock     compile requirements/ again (needs uv)
PYTHON ?= python3
UV ?= uv
PYTEST_ARGS ?=
BENCH_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input --quiet
OFFLINE_IMAGES := node:20 node:20-slim node:20-alpine gcr.io/distroless/nodejs20-debian13 scratch

.PHONY: demo test check docs bench lock clean
.DEFAULT_GOAL := demo

demo: $(VENV)/run.stamp
	@printf '\n$$ bedplate compare --offline %s\n' '$(OFFLINE_IMAGES)'
	@$(BIN)/bedplate compare --offline $(OFFLINE_IMAGES)
	@printf '\n$$ bedplate inspect --offline node:20-alpine\n'
	@$(BIN)/bedplate inspect --offline node:20-alpine
	@printf '\n$$ bedplate scan --offline node:20-alpine --severity medium\n'
	@$(BIN)/bedplate scan --offline node:20-alpine --severity medium
	@printf '\n$$ bedplate advise --offline examples/advice/node-bcrypt\n'
	@$(BIN)/bedplate advise --offline examples/advice/node-bcrypt

test: $(VENV)/dev.stamp
	$(BIN)/pytest $(PYTEST_ARGS)

check: $(VENV)/dev.stamp
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/mypy tests/real
	MYPYPATH=tests/real $(BIN)/mypy -p benchmarks
	$(BIN)/lint-imports

docs: $(VENV)/dev.stamp
	$(BIN)/pytest -q tests/unit -k docs

bench: $(VENV)/dev.stamp
	PYTHONPATH=tests/real $(BIN)/python -m benchmarks $(BENCH_ARGS)

lock:
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --upgrade \
	  pyproject.toml requirements/build.in --output-file requirements/run.txt
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --upgrade \
	  --constraint requirements/run.txt --group dev \
	  pyproject.toml requirements/build.in --output-file requirements/dev.txt
	$(UV) pip compile --universal --generate-hashes --no-emit-index-url --no-header --upgrade --no-deps \
	  requirements/fixtures.in --output-file requirements/fixtures.txt

clean:
	rm -rf $(VENV) .cache dist build .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else 1)' \
	  || { echo 'bedplate needs Python 3.11 or later: make PYTHON=/path/to/python3.11 ...' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt pyproject.toml | $(BIN)/python
	$(PIP) install --require-hashes -r requirements/dev.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/run.stamp
