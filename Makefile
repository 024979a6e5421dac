# The guide's commands. `make` alone lists them.
PYTHON ?= python3
VENV ?= .venv
PY := $(VENV)/bin/python
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

.PHONY: help serve build pdf build-zensical check test bench screenshots links links-external stale new-term new-source new-fact clean
help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 18

$(VENV)/.build: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 …")'
	$(PYTHON) -m venv $(VENV)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.test: $(VENV)/.build
	$(PY) -m pip install --quiet --disable-pip-version-check -e '.[test]'
	$(PY) tests/chromium.py
	@touch $@

serve: $(VENV)/.build ## serve the guide at http://127.0.0.1:8000 with live reload
	$(PY) -m mkdocs serve

build: $(VENV)/.build ## check everything, then build into site/
	$(PY) -m fieldguide check
	$(PY) -m mkdocs build --strict

pdf: $(VENV)/.test ## the site, then site/pdf/: each section and the whole guide; SITE=folder takes a site that is built
	$(if $(SITE),,FIELDGUIDE_PDF=true $(MAKE) build)
	$(PY) -m fieldguide pdf $(or $(SITE),site)

build-zensical: $(VENV)/.test ## the same pages by Zensical, from a copy, into site-zensical/
	$(PY) -m fieldguide copy site-zensical/source
	cd site-zensical/source && ../../$(PY) -m zensical build --clean
	rm -rf site-zensical/site && mv site-zensical/source/site site-zensical/site

check: $(VENV)/.test ## the quick loop: all problems, lint, unit tests (about a minute)
	$(PY) -m fieldguide check
	$(PY) -m ruff check
	$(PY) -m pytest -n auto -m "not site and not browser and not whole"

test: $(VENV)/.test ## all tests, the built site in Chromium included; ARGS="tests/test_numbers.py -k range" for a part
	$(PY) -m pytest $(ARGS)

bench: $(VENV)/.test ## timings as ratios; never a test
	$(PY) tests/bench.py

screenshots: $(VENV)/.test ## every page type at 360, 768 and 1440 px, light and dark, into screenshots/
	$(PY) tests/screenshots.py $(ARGS)

links: $(VENV)/.build ## record what is published in data/links.txt; nothing is ever taken out
	$(PY) -m fieldguide record-links

links-external: $(VENV)/.build ## ask every external link; reports, never a gate
	$(PY) -m fieldguide links

stale: $(VENV)/.build ## claims due for review before a day: make stale BEFORE=2027-01-01
	@$(PY) -m fieldguide stale --before "$(BEFORE)" $(if $(FIT),--fit $(FIT))

new-term: $(VENV)/.build ## a new glossary term: make new-term NAME=context-window
	@$(PY) -m fieldguide new-term "$(NAME)"

new-source: $(VENV)/.build ## a new source: make new-source NAME=hoffmann2022
	@$(PY) -m fieldguide new-source "$(NAME)"

new-fact: $(VENV)/.build ## a new fact: make new-fact NAME=gopher-budget
	@$(PY) -m fieldguide new-fact "$(NAME)"

clean: ## remove what was built
	rm -rf site site-zensical screenshots .cache/exports
