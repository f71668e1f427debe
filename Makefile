# The two commands: `make start` and `make test`. The others are parts of them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

.PHONY: install install-test system-test start test test-fast lint types screenshots tutorial lock messages

$(VENV)/.installed: requirements/base.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit("Høst kræver Python 3.11 eller nyere; her er "+sys.version.split()[0]) if sys.version_info < (3, 11) else 0'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Henter det, Høst bygger på. Det tager et par minutter første gang …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/base.txt
	@$(BIN)/python -c 'import pathlib, site; pathlib.Path(site.getsitepackages()[0], "hoest.pth").write_text(str(pathlib.Path.cwd()))'
	@printf '#!/bin/sh\nexec "$$(dirname "$$0")/python" -m hoest.config.cli "$$@"\n' > $(BIN)/hoest && chmod +x $(BIN)/hoest
	@touch $@

install: $(VENV)/.installed

start: install
	@$(BIN)/hoest start $(ARGS)

$(VENV)/.installed-test: $(VENV)/.installed requirements/test.txt
	@echo "Henter det, prøverne bruger …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

install-test: $(VENV)/.installed-test system-test

# Chromium, its driver and GNU gettext come from Debian's packages when they are missing.
system-test:
	@missing=""; \
	command -v chromium >/dev/null 2>&1 || missing="$$missing chromium"; \
	command -v chromedriver >/dev/null 2>&1 || missing="$$missing chromium-driver"; \
	command -v msgfmt >/dev/null 2>&1 || missing="$$missing gettext"; \
	if [ -n "$$missing" ]; then \
	  echo "Henter fra Debian:$$missing"; \
	  sudo="$$(command -v sudo || true)"; [ "$$(id -u)" = 0 ] && sudo=""; \
	  $$sudo apt-get update -q >/dev/null && \
	  DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -yq --no-install-recommends $$missing >/dev/null; \
	fi

test: install-test lint types
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(ARGS)

test-fast: install-test
	$(BIN)/python -m pytest -n 2 --dist loadgroup -m "not slow and not browser" $(ARGS)

lint: install-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: install-test
	$(BIN)/mypy hoest

# Every page at three widths, with a contact sheet: build/screenshots/index.html.
screenshots: install-test
	$(BIN)/python -m tests.support.screenshots $(ARGS)

# The pictures of docs/tutorials, renewed by the test that follows it.
tutorial: install-test
	HOEST_TUTORIAL_PICTURES=1 $(BIN)/python -m pytest tests/journeys/test_tutorial.py

lock:
	for f in base machines test; do $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header -q requirements/$$f.in -o requirements/$$f.txt; done

# Collect the texts, and compile the English catalogue after it has been filled in.
messages: system-test
	cd hoest && ../$(BIN)/python -m django makemessages --locale en --no-location --no-obsolete --no-wrap --extension html,txt,py --ignore tests --ignore migrations --ignore static
	msgfmt --output-file hoest/locale/en/LC_MESSAGES/django.mo hoest/locale/en/LC_MESSAGES/django.po
