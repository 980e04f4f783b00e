# Everything a developer does here, by name. `make` alone lists it.
#
# One virtual environment, .venv, filled from hashed lock files. `make run` installs what running needs and
# leaves alone what tests and checks added; each goal needs the network only when a lock file changed.

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

PORT ?= 8000
WORKERS ?= 2
ONLY ?=
ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
UV := $(BIN)/uv
RUNS := $(VENV)/.runs
TESTS := $(VENV)/.tests

# An installation is five processes, and the tests start dozens: what one has compiled is kept for the others,
# also where the surroundings forbid it to every program.
export PYTHONDONTWRITEBYTECODE :=

help: ## list the goals
	@echo "make <goal>; goals:"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-10s  %s\n", $$1, $$2 }' Makefile

run: $(RUNS) ## start Consult on this machine: make run [PORT=8000]
	@$(BIN)/consult serve --port $(PORT)

test: $(TESTS) browser ## everything a change must pass, a real browser included
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m "not deep" $(ARGS)

test-deep: $(TESTS) browser ## the tests too long for every change
	@$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -m deep $(ARGS)

check: $(TESTS) ## format, lint, types, contracts between rooms, templates
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/djlint templates --lint --quiet

bench: $(TESTS) ## figures beside their yardsticks: make bench [ONLY=name]
	@$(BIN)/python -m tests.bench $(ONLY)

shots: $(TESTS) browser ## pictures of every page at three widths and in both themes, in var/shots: make shots [ARGS="--only home"]
	@$(BIN)/python -m tests.shots $(ARGS)

fmt: $(TESTS) ## format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix --exit-zero --quiet .

lock: $(UV) ## write the lock files anew from pyproject.toml
	@$(UV) pip compile $(LOCKING) pyproject.toml -o requirements.lock
	@$(UV) pip compile $(LOCKING) pyproject.toml --group dev -o requirements-dev.lock

LOCKING := --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url \
	--no-emit-find-links

# --- the virtual environment -------------------------------------------------------------------------

INSTALL_PROJECT = $(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
SYNC = $(UV) pip sync --quiet --python $(BIN)/python --require-hashes

$(UV):
	@python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	|| { echo "Consult needs Python 3.11 or newer as python3."; exit 1; }
	@python3 -m venv $(VENV) || { echo "Install once: sudo apt-get install python3-venv"; exit 1; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check 'uv>=0.9,<1'

# a venv that already serves tests is kept complete
$(RUNS): requirements.lock pyproject.toml | $(UV)
	@echo "Installing what Consult runs on into $(VENV)"
	@if [ -e $(TESTS) ]; then $(SYNC) requirements-dev.lock; else $(SYNC) requirements.lock; fi
	@$(INSTALL_PROJECT)
	@touch $@

$(TESTS): requirements-dev.lock pyproject.toml | $(UV)
	@echo "Installing what tests and checks need into $(VENV)"
	@$(SYNC) requirements-dev.lock
	@$(INSTALL_PROJECT)
	@touch $@ $(RUNS)

# --- what the browser tests need from the system -----------------------------------------------------

browser:
	@missing=""; \
	command -v chromium >/dev/null || missing="chromium"; \
	find /usr/lib /usr/lib64 /lib -maxdepth 2 -name libatomic.so.1 2>/dev/null | grep -q . \
	|| missing="$$missing libatomic1"; \
	if [ -z "$$missing" ]; then exit 0; fi; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing for the browser tests: $$missing"; \
	  export DEBIAN_FRONTEND=noninteractive; \
	  apt-get update -qq && apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
	else \
	  echo "The browser tests need a browser. Run once: sudo apt-get install -y $$missing"; exit 1; \
	fi

.PHONY: help run test test-deep check bench shots fmt lock browser
