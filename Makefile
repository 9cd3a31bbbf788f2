# The two commands of the README, and what developers use daily.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
NO_PACKAGES := echo "The packages could not be installed (pip says why above). Is the package index reached? Behind a proxy or with an index of your own, set HTTPS_PROXY or PIP_INDEX_URL, then run make again."; exit 1

TOOLS := .venv-tools
LOCK := $(TOOLS)/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock"

.PHONY: help run desk test check golden bench look acceptance mutate lock audit spark clean
help:  ## list what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /: /'

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) --version). Try: make run PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.runs: $(VENV)/.made requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock || { $(NO_PACKAGES); }
	@touch $@

$(VENV)/.tests: $(VENV)/.runs requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock || { $(NO_PACKAGES); }
	@touch $@

$(VENV)/.spark: $(VENV)/.runs requirements-spark.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-spark.lock || { $(NO_PACKAGES); }
	@touch $@

run: $(VENV)/.runs  ## set up, build the database if it is missing or stale, serve http://localhost:8501
	@$(BIN)/python -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); sys.exit(s.connect_ex(("127.0.0.1", $(PORT))) == 0)' \
	  || { echo "Port $(PORT) is in use. Stop what uses it, or choose another: make run PORT=8502"; exit 1; }
	$(BIN)/python -m neaspec.tables
	$(BIN)/streamlit run dashboard.py --server.port $(PORT)

desk: $(VENV)/.tests  ## try the shared desk on a copy of the tables, with a local provider of sign-ins; people in .desk/people.csv
	$(BIN)/python -m tools.desk --port $(PORT)

test: $(VENV)/.tests chromium check  ## set up, then lint, types and all tests
	$(BIN)/python -m neaspec.tables
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not cluster"
	$(BIN)/python -m pytest -m cluster

check: $(VENV)/.tests  ## lint and types only
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null || \
	  { if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq chromium; \
	    else echo "The browser tests need Chromium: install it (Debian: sudo apt-get install chromium) and run make test again."; exit 1; fi; }

.PHONY: java
java:
	@command -v java >/dev/null || [ -x "$$JAVA_HOME/bin/java" ] || \
	  { if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then apt-get update -qq && apt-get install -y -qq openjdk-17-jre-headless; \
	    else echo "Spark needs Java 17 or newer: install it (Debian: sudo apt-get install openjdk-17-jre-headless) and run make spark again."; exit 1; fi; }

spark: $(VENV)/.spark java  ## set up what a cluster needs: python -m neaspec.crossings ... --engine spark, and its tests

golden: $(VENV)/.tests  ## write the answers of all queries to tests/golden/ (read the diff before you commit)
	$(BIN)/python -m tests.golden_answers

bench: $(VENV)/.tests  ## measure; writes benchmarks/results.md
	$(BIN)/python -m benchmarks

look: $(VENV)/.tests  ## pages of what is taken away as pictures in tests/screens/ (needs poppler-utils and libreoffice-impress)
	$(BIN)/python -m tests.look

$(TOOLS)/.made: requirements-tools.txt
	$(PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-tools.txt || { $(NO_PACKAGES); }
	@touch $@

lock: $(TOOLS)/.made  ## write requirements*.lock anew from requirements*.txt: every package, with its version and hashes
	$(LOCK) requirements.txt -o requirements.lock
	$(LOCK) -c requirements.lock requirements-dev.txt -o requirements-dev.lock
	$(LOCK) -c requirements.lock requirements-spark.txt -o requirements-spark.lock

audit: $(VENV)/.tests $(TOOLS)/.made  ## licences of what is installed; known vulnerabilities, where the network reaches the database
	$(BIN)/python -m tools.audit

mutate: $(VENV)/.tests  ## plant random faults and see whether a test fails; hours; writes tests/mutation_report.md
	$(BIN)/python -m neaspec.tables
	rm -rf .covered && mkdir .covered
	NEASPEC_ASKED=.covered $(BIN)/python -m pytest -p tools.asked_queries -n 2 --dist loadfile -m "not browser and not cluster" --cov=neaspec --cov-config=tools/covering.ini --cov-context=test --cov-report=
	$(BIN)/python -m tools.mutate --covered .covered --jobs 2

acceptance: $(VENV)/.tests chromium  ## measure the dashboard against its design; writes benchmarks/acceptance.md
	$(BIN)/python -m neaspec.tables
	$(BIN)/python -m benchmarks.acceptance

clean:  ## remove what was built
	rm -rf $(VENV) $(TOOLS) data/neaspec*.duckdb*
