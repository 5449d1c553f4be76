# Everything a fresh machine needs is Python >= 3.11; what else there is to install, these targets install.
.DEFAULT_GOAL := help
.PHONY: help lab demo lessons test lint bench pins

PYTHON ?= python3
VENV ?= .venv
ARGS ?=
CONSTRAINTS := constraints/pins.txt
EXTRAS := --extra lab --extra grade --extra postgres --extra demo --extra author --extra test

BIN := $(VENV)/bin
UV := $(BIN)/uv
PIN := $(UV) pip compile --quiet --universal --python-version 3.11 --only-binary :all: --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate
READY := $(VENV)/.ready

help: ## Say what can be made (this list)
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo '  PYTHON=python3.13 VENV=.venv-3.13 choose the Python and the environment; ARGS="…" is passed on.'

lab: $(READY) ## Open the course in JupyterLab (ARGS="--no-browser --port 8899")
	@$(BIN)/caucusroom lab $(ARGS)

demo: $(READY) ## Show the course to the public (ARGS="--port 8866 --no-browser")
	@$(BIN)/caucusroom demo $(ARGS)

lessons: $(READY) ## Build the notebooks of the lessons and the graded work from their text
	@$(BIN)/python -m caucusroom_course.lessons

test: $(READY) ## Run every test, the browser's too (ARGS="-k journal")
	@sh tests/browser/install.sh
	@sh tests/postgres.sh
	@sh tests/nginx.sh
	$(BIN)/python -m pytest -n 2 $(ARGS)

lint: $(READY) ## Check style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY) ## Measure speed beside what it is compared with
	@sh tests/browser/install.sh
	$(BIN)/python -m tests.bench $(ARGS)

pins: $(READY) ## Write the pinned, hashed constraints anew (ARGS=--upgrade for newer versions)
	$(PIN) $(EXTRAS) --output-file $(CONSTRAINTS) $(ARGS) pyproject.toml constraints/tools.in
	$(PIN) --extra lab --extra grade --extra postgres --constraint $(CONSTRAINTS) --output-file constraints/hub.txt $(ARGS) \
		pyproject.toml constraints/hub.in
	$(PIN) --output-file constraints/exchange.txt $(ARGS) constraints/exchange.in
	$(PIN) --no-deps --output-file constraints/exchange-client.txt $(ARGS) constraints/exchange-client.in

# Set-up, again only when what it depends on changes. pip brings uv, uv brings the rest; both check every hash.
# It compiles what it installs: where PYTHONDONTWRITEBYTECODE is set nobody does that later, and each command starts slowly.
$(READY): pyproject.toml $(CONSTRAINTS)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo 'caucusroom needs Python 3.11 or newer, and $(PYTHON) is not: name one, as in make lab PYTHON=python3.13' >&2; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ echo 'This Python cannot make an environment: install its venv module (Debian and Ubuntu: apt-get install python3-venv)' >&2; exit 1; }
	@echo 'Setting up $(VENV), once: less than a minute …'
	@$(PYTHON) -m venv $(VENV)
	@sed -n '/^uv==/,/[^\\]$$/p' $(CONSTRAINTS) >$(VENV)/uv.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all: \
		--requirement $(VENV)/uv.txt
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes --only-binary :all: --compile-bytecode $(CONSTRAINTS)
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@
