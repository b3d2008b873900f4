# inbox-agent: every target does its own set-up. `make demo` shows the product, `make test` proves it,
# `make check` is the fast inner loop, `make bench` measures.

VENV   ?= .venv
PYTHON ?= python3
BIN    := $(VENV)/bin
# One test process more than the processors that this one may use (macOS has no nproc): some tests wait for servers and
# for programs that are told to end.
WORKERS ?= $(shell expr 1 + $$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1))
SOURCES = inbox_agent replies state tests hatch_build.py

.PHONY: demo test check lint types contracts dovecot train bench faults pictures clean

# A fresh machine may lack venv's ensurepip (Debian splits it off); say what to do instead of a trace.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv" >&2; rm -rf $(VENV); exit 1; }
	$(BIN)/python -m pip install --quiet --upgrade pip

$(VENV)/.demo: $(BIN)/python pyproject.toml hatch_build.py $(wildcard inbox_agent/locale/*/LC_MESSAGES/*.po)
	$(BIN)/python -m pip install --quiet --editable ".[demo]"
	touch $@

$(VENV)/.dev: $(VENV)/.demo
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

demo: $(VENV)/.demo
	$(BIN)/inbox-agent demo

# The real IMAP server of the tests. Without apt or without root its tests are skipped, loudly.
dovecot:
	@if command -v dovecot >/dev/null || [ -x /usr/sbin/dovecot ]; then :; \
	elif command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  test -e /usr/sbin/policy-rc.d || { printf '#!/bin/sh\nexit 101\n' > /usr/sbin/policy-rc.d; chmod +x /usr/sbin/policy-rc.d; }; \
	  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends dovecot-imapd dovecot-lmtpd openssl; } >/dev/null \
	    || echo "*** Dovecot could not be installed: the tests against a real IMAP server are SKIPPED ***" >&2; \
	else echo "*** no Dovecot, and no root or apt to install it: the tests against a real IMAP server are SKIPPED ***" >&2; fi

lint: $(VENV)/.dev
	$(BIN)/ruff format --check $(SOURCES)
	$(BIN)/ruff check $(SOURCES)

types: $(VENV)/.dev
	$(BIN)/mypy

contracts: $(VENV)/.dev
	$(BIN)/lint-imports

check: lint types contracts
	$(BIN)/pytest -q -n $(WORKERS) -m "not dovecot"

test: dovecot lint types contracts
	$(BIN)/pytest -n $(WORKERS)

train: $(VENV)/.dev
	$(BIN)/python tests/training/train.py
	$(BIN)/python tests/training/commands.py

bench: dovecot $(VENV)/.dev
	$(BIN)/python -m tests.bench.bench

faults: dovecot $(VENV)/.dev
	$(BIN)/python -m tests.faults

pictures: $(VENV)/.dev
	$(BIN)/python -m tests.pictures

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis
